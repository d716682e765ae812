"""Whether two sites are the same: pages of a seeded sample, compared by what a reader, a browser or a search engine
takes from them; the data files row by row, in any order; the addresses in the sitemap.

Compared are the title, all visible text with white space as a browser joins it, and every element in its order with
its attributes, addresses decoded, and the JSON-LD as objects. Not compared: the drawing of the QR code, which Hugo
cannot make as SVG, and on the page with the search what only our script reads.
"""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

KINDS = {
    "TPS": "*/*/*/tps-*.html",
    "village": "*/*/*.html",
    "kecamatan": "*/*.html",
    "redirect": "d/*.html",
    "list of kecamatan": "cek-tps.html",
}
"""Pages that both sides make, by their place below the root."""
MARK = b'class="tag tag-act"'
"""Class that stands on pages of moved TPS and repeat votes."""
LARGEST = 64_000_000
"""Bytes of the largest data file that is compared: it is read as a whole."""
_SEARCH_DATA = frozenset({"data-index", "data-files", "data-root", "data-texts"})
_NOT_SHOWN = ("script", "style")


class Difference(Exception):
    """Two pages that should be the same are not."""


class Reading(HTMLParser):
    """A page taken apart; ``elements`` leaves out head's order and the QR code."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.elements: list[str] = []
        self.objects: list[Any] = []
        self._stack: list[str] = []
        self._in_scan = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        values = {name: unquote(value or "").replace(".0em", "em") for name, value in attrs if name not in _SEARCH_DATA}
        self._in_scan = self._in_scan or "scan" in values.get("class", "").split()
        if not (self._in_scan and tag in ("svg", "path", "img")):
            self.elements.append(f"{tag} {sorted(values.items())}")
        self._stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note where the element's text ends."""
        while self._stack and self._stack.pop() != tag:
            pass
        self._in_scan = self._in_scan and tag != "div"

    def handle_data(self, data: str) -> None:
        """Note what is seen, or what is said to search engines."""
        inside = self._stack[-1] if self._stack else ""
        if inside == "script" and data.strip():
            self.objects.append(json.loads(data))
        elif inside == "style":
            self.elements.append(data)
        elif inside not in _NOT_SHOWN:
            self.words += data.split()


def pages(site: Path, kind: str) -> list[str]:
    """All pages of a kind by their address; villages lie as deep as nothing else does, but for ``berita`` and ``d``."""
    found = (path.relative_to(site).as_posix() for path in site.glob(KINDS[kind]))
    mine = ("d/", "cek-tps.html") if kind in ("redirect", "list of kecamatan") else ("pilkada-",)
    return sorted(path for path in found if path.startswith(mine))


def compare(ours: Path, theirs: Path, count: int) -> dict[str, int]:
    """Compare up to ``count`` pages of each kind, and as many of those with a mark; how many there were.

    Raises Difference at the first page that differs, or when one side lacks pages of the other.
    """
    chance = random.Random(1)  # noqa: S311 a sample, not a secret
    compared = {}
    for kind in KINDS:
        mine, other = pages(ours, kind), pages(theirs, kind)
        if mine != other or not mine:
            raise Difference(f"{kind}: {len(mine)} and {len(other)} pages, {sorted({*mine} ^ {*other})[:5]}")
        compared[kind] = _compare(ours, theirs, chance.sample(mine, min(count, len(mine))))
    villages = pages(ours, "village")
    marked = [page for page in chance.sample(villages, min(2000, len(villages))) if MARK in (ours / page).read_bytes()]
    stations = [page for village in marked for page in _stations(ours, village)]
    compared["moved or voting again"] = _compare(ours, theirs, [*marked, *stations][:count])
    return compared


def compare_data(ours: Path, theirs: Path) -> dict[str, int]:
    """Compare the data files of both and the sitemap; how many rows there were. Files above ``LARGEST`` are left out.

    Raises Difference at the first file that differs.
    """
    compared = {}
    for path in sorted(theirs.glob("data/*")):
        if path.stat().st_size <= LARGEST:
            mine, other = _rows(ours / "data" / path.name), _rows(path)
            if mine != other:
                raise Difference(f"data/{path.name}: {_first(mine, other)}")
            compared[path.name] = len(mine)
    addresses = _addresses(theirs)
    if missing := {address for address in _addresses(ours) ^ addresses if "/pilkada-" in address}:
        raise Difference(f"only one sitemap has {sorted(missing)[:5]}")
    compared["sitemap"] = len(addresses)
    return compared


def _rows(path: Path) -> list[str]:
    """What a data file says, in an order of our own; of JSON what stands above the rows, too."""
    text = path.read_text("utf-8")
    if path.suffix == ".csv":
        return sorted(map(repr, csv.reader(text.splitlines())))
    found = json.loads(text)
    return [*sorted(repr(row) for row in found.pop(path.stem)), json.dumps(found, sort_keys=True)]


def _addresses(site: Path) -> set[str]:
    return {found for path in site.glob("sitemap*.xml") for found in re.findall("<loc>(.*?)</loc>", path.read_text())}


def _stations(site: Path, village: str) -> Iterator[str]:
    """Pages of a village's TPS."""
    folder = site / village.removesuffix(".html")
    return (path.relative_to(site).as_posix() for path in sorted(folder.glob("tps-*.html")))


def _compare(ours: Path, theirs: Path, chosen: list[str]) -> int:
    for page in chosen:
        mine, other = (Reading((site / page).read_text("utf-8")) for site in (ours, theirs))
        for part in ("words", "objects", "elements"):
            a, b = getattr(mine, part), getattr(other, part)
            if part == "elements":
                a, b = _head_sorted(a), _head_sorted(b)
            if a != b:
                raise Difference(f"{page}: {part} differ: {_first(a, b)}")
    return len(chosen)


def _head_sorted(elements: list[str]) -> list[str]:
    """Elements with those of the head sorted, whose order says nothing."""
    body = next(index for index, element in enumerate(elements) if element.startswith("body "))
    return sorted(elements[:body]) + elements[body:]


def _first(a: list[Any], b: list[Any]) -> str:
    at = next((index for index, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return f"{a[max(0, at - 3) : at + 4]} and {b[max(0, at - 3) : at + 4]}"
