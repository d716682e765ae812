"""Web addresses that a site may name."""

from __future__ import annotations

HOST = r"https?://[A-Za-z0-9._-]+(:[0-9]{1,5})?"
"""Regular expression of scheme and host. Letters of other scripts, which look like Latin ones, and a name before an @,
which looks like a host, are no part of it."""
