"""What a first visit costs, from the files: the page and all that it names, compressed as a web host does."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from tools.pages_server import compressed, find

HOME_BYTES = 14 * 1024
"""Home with all that it needs to answer the first search."""
HOME_REQUESTS = 4
TPS_BYTES = 10 * 1024
"""Any TPS page on its first visit."""

_NAMED = re.compile(r'<(?:link|script|img)\b[^>]*? (?:href|src)="(?!data:)([^"]+)"[^>]*>')
_FETCHED_LINK = re.compile(r'\brel="(?:stylesheet|icon|manifest|preload|modulepreload)"')


def first_visit(site: Path, page: str) -> dict[str, int]:
    """Every file that a browser fetches for ``page`` by its address in the site, with its compressed bytes."""
    html = (site / page).read_text("utf-8")
    named = [match for match in _NAMED.finditer(html) if not is_link(match[0]) or _FETCHED_LINK.search(match[0])]
    urls = dict.fromkeys([page, *(urljoin(f"/{page}", match[1]).lstrip("/") for match in named)])
    return {url: weight(site, urlsplit(url).path) for url in urls}


def is_link(tag: str) -> bool:
    """Whether ``tag`` is a link element, most of which fetch nothing."""
    return tag.startswith("<link")


@cache
def weight(site: Path, name: str) -> int:
    """Compressed bytes of one file of the site.

    Raises FileNotFoundError when there is none.
    """
    file = find(site, name)
    if file is None:
        raise FileNotFoundError(name)
    return len(compressed(file.read_bytes(), file.suffix))
