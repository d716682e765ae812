"""The report of `check`: what a chair reads before publishing."""
