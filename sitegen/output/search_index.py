"""The index that the place search loads: every kecamatan and village, as few bytes as are readable.

The format is described in ``docs/search.md``; ``static/js/search.js`` reads it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from sitegen.model.region import village_kind
from sitegen.model.summary import KecamatanSummary, VillageSummary

FORMAT = 1
"""Version of the format; the script refuses any other and points to the list of kecamatan instead."""

_PLAIN_NAME = re.compile(r"[A-Za-z0-9]+(?:[ -]+[A-Za-z0-9]+)*")


def index_text(kecamatan: Sequence[KecamatanSummary]) -> str:
    """The index as JSON, without line breaks. Same summaries, same text."""
    path = kecamatan[0].url.rpartition("/")[0] + "/" if kecamatan else ""
    index = {"format": FORMAT, "path": path, "kecamatan": [_kecamatan_row(one) for one in kecamatan]}
    return json.dumps(index, ensure_ascii=False, separators=(",", ":"))


def _kecamatan_row(kecamatan: KecamatanSummary) -> list[object]:
    villages = [_village_row(village) for village in kecamatan.villages]
    return _short([kecamatan.name, villages, list(kecamatan.other_names), _slug_if_odd(kecamatan.name, kecamatan.slug)])


def _village_row(village: VillageSummary) -> list[object]:
    kind = int(village.code.rpartition(".")[2][0])
    return _short(
        [
            village.name,
            _numbers(tps.number for tps in village.tps),
            0 if village_kind(village.code) == "desa" else kind,
            list(village.other_names),
            _slug_if_odd(village.name, village.url.rpartition("/")[2].removesuffix(".html")),
            _numbers(tps.number for tps in village.moved),
        ]
    )


def _short(row: list[object]) -> list[object]:
    """``row`` with ``0`` for everything empty and without what is empty at its end."""
    cells = [cell or 0 for cell in row]
    while cells and cells[-1] == 0:
        cells.pop()
    return cells


def _slug_if_odd(name: str, slug: str) -> str:
    """The slug, or nothing if it is the name in small letters with hyphens, as the script can see itself."""
    plain = _PLAIN_NAME.fullmatch(name) and slug == re.sub(r"[ -]+", "-", name.lower())
    return "" if plain else slug


def _numbers(numbers: Iterable[int]) -> int | str:
    """TPS numbers: ``4`` stands for 1 to 4, everything else is written out as ``"1-3,5,901-902"``."""
    runs = list(_runs(sorted(numbers)))
    if not runs:
        return 0
    if len(runs) == 1 and runs[0][0] == 1:
        return runs[0][1]
    return ",".join(str(low) if low == high else f"{low}-{high}" for low, high in runs)


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """First and last number of every row of neighbours in ``numbers``, which are sorted."""
    gaps = [after for before, after in enumerate(range(1, len(numbers))) if numbers[after] != numbers[before] + 1]
    for start, end in pairwise([0, *gaps, len(numbers)]):
        if start < end:
            yield numbers[start], numbers[end - 1]
