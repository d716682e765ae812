"""Papan TPS beside Hugo: the same data, the same pages."""
