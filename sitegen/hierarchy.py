"""Provinces, kabupaten/kota, kecamatan and villages of the whole country, from the table that ships
in ``data/wilayah/`` (ODbL 1.0, see the notice there). Rows are read as a stream in the order of their
codes, so a kabupaten costs a fraction of a second and the whole country no more memory than a row.
"""

from __future__ import annotations

import csv
import lzma
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).resolve().parent.parent / "data" / "wilayah" / "wilayah.csv.xz"


class Area(NamedTuple):
    """A region of any level: Kemendagri code and official name as published."""

    code: str
    name: str


class KecamatanArea(NamedTuple):
    """A kecamatan with its villages in the order of their codes."""

    code: str
    name: str
    villages: tuple[Area, ...]


def areas(within: str = "", depths: Collection[int] = (1, 2, 3, 4)) -> Iterator[Area]:
    """The region ``within`` and everything in it, each region before its parts; all regions when
    ``within`` is empty, none when there is no such code. Only those whose code has so many groups: 1 provinsi,
    2 kabupaten/kota, 3 kecamatan, 4 villages.
    """
    with lzma.open(TABLE, "rt", encoding="utf-8", newline="") as lines:
        next(lines)
        # Most are villages: to read the rest of a line takes three times as long as to count its groups.
        wanted = (line for line in _lines_within(lines, within) if _depth(line) in depths)
        yield from map(Area._make, csv.reader(wanted))


def _depth(line: str) -> int:
    return 1 + line.count(".", 0, line.index(","))


def _lines_within(lines: Iterator[str], within: str) -> Iterator[str]:
    ends = (f"{within},", f"{within}.") if within else ("",)
    found = False
    for line in lines:
        if line.startswith(ends):
            found = True
            yield line
        elif found:
            return


def down_to(depth: int) -> Iterator[Area]:
    """Regions of the country whose code has at most ``depth`` groups, each before its parts."""
    return areas(depths=range(1, depth + 1))


def provinces() -> tuple[Area, ...]:
    """All provinsi."""
    return tuple(areas(depths=[1]))


def regencies(within: str = "") -> tuple[Area, ...]:
    """The kabupaten and kota of a provinsi, or of the country."""
    return tuple(areas(within, [2]))


def kecamatan(within: str = "") -> Iterator[KecamatanArea]:
    """The kecamatan within a region with their villages, one at a time."""
    current: Area | None = None
    villages: list[Area] = []
    for area in areas(within):
        depth = area.code.count(".")
        if depth == 3:
            villages.append(area)
            continue
        if current:
            yield KecamatanArea(current.code, current.name, tuple(villages))
        current, villages = (area if depth == 2 else None), []
    if current:
        yield KecamatanArea(current.code, current.name, tuple(villages))


def find(code: str) -> Area | None:
    """The region with exactly this code, or None."""
    return next(areas(code), None) if code else None


def is_city(code: str) -> bool:
    """Whether a region lies in a kota: Kemendagri numbers kota from 71 in each provinsi."""
    return code[3:5] >= "71"
