"""Papan TPS: a notice board for polling places, as a static site."""

__version__ = "0.1.0"
