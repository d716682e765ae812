"""Web addresses that a site may name."""

from __future__ import annotations

from urllib.parse import quote

HOST = r"https?://[A-Za-z0-9._-]+(:[0-9]{1,5})?"
"""Regular expression of scheme and host. Letters of other scripts, which look like Latin ones, and a name before an @,
which looks like a host, are no part of it."""

_QUOTED = [quote(bytes([number])) for number in range(256)]


def quoted(text: str) -> str:
    """``text`` as it stands in a query, as by ``urllib.parse.quote``, which takes twice as long; a page has a thousand
    characters to quote."""
    return "".join(map(_QUOTED.__getitem__, text.encode()))
