"""What stands above a table, or in the name of its sheet: ``KECAMATAN : KAYU AGUNG``, ``TPS 001 DESA CELIKAH``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sitegen.importer.cells import Cell, Sheet
from sitegen.importer.headers import Meaning, meaning_of

REGIONS = (
    Meaning.PROVINCE, Meaning.REGENCY, Meaning.KECAMATAN, Meaning.KECAMATAN_CODE, Meaning.VILLAGE, Meaning.VILLAGE_CODE,
    Meaning.TPS,
)  # fmt: skip
"""What a block above a table may tell, from the largest to the smallest."""
_LABEL = (
    r"(?P<province>prov(?:insi)?|propinsi)|(?P<regency>kab(?:upaten)?\s*/\s*kota|kab(?:upaten)?|kota)|(?P<kecamatan>kec(?:amatan)?|distrik)"
    r"|(?P<village>(?:nama\s+)?(?:desa\s*/\s*kel(?:urahan)?|kel(?:urahan)?\s*/\s*desa|desa|ds|kel(?:urahan)?|kampung|nagari|gampong))"
    r"|(?P<tps>(?:no(?:mor)?\.?\s*)?tps(?:\s*no(?:mor)?)?)|(?P<other>tahun|pilkada|pemilihan|pemilu|rt|rw|ppk|pps|alamat|jumlah|se)"
)
_LABELLED = re.compile(rf"(?<![\w/])(?:{_LABEL})(?![^\W\d_])\s*\.?\s*(?P<colon>:)?", re.IGNORECASE)
_GROUPS = {
    "province": Meaning.PROVINCE, "regency": Meaning.REGENCY, "kecamatan": Meaning.KECAMATAN,
    "village": Meaning.VILLAGE, "tps": Meaning.TPS,
}  # fmt: skip


class Hint(NamedTuple):
    """What a block or a name of a sheet tells. Only what stands behind a colon or in a cell of its own is ``sure``."""

    cell: Cell
    sure: bool


Context = dict[Meaning, Hint]


def of_name(sheet: Sheet) -> Context:
    """What the name of a sheet may tell: ``Kec. Kayu Agung``, or the bare name of a kecamatan."""
    if not sheet.name:
        return {}
    bare = Hint(Cell(sheet.name, sheet.label), False)
    return dict(labelled(sheet.name, sheet.label)) or {Meaning.KECAMATAN: bare, Meaning.VILLAGE: bare}


def above(sheet: Sheet, rows: range, columns: tuple[int, int] | None) -> Context:
    """What rows above a table tell of region and TPS. A table beside others has its own ``columns`` (first and
    last); what stands elsewhere holds for all of them, except the TPS."""
    low, high = columns or (0, 1 << 20)
    found: Context = {}
    for row in rows:
        near: Context = {}
        far: Context = {}
        for column, hint in _of_row(sheet, row):
            for meaning, value in hint.items():
                (near if low <= column <= high else far).setdefault(meaning, value)
        far.pop(Meaning.TPS, None)
        for meaning, value in {**far, **near}.items():
            if value.sure or meaning not in found or not found[meaning].sure:
                found[meaning] = value
    return found


def _of_row(sheet: Sheet, row: int) -> Iterator[tuple[int, Context]]:
    """What the cells of one row tell: label and value in one cell, or in two or three."""
    columns = sheet.filled(row)
    for number, column in enumerate(columns):
        text = sheet.text(row, column)
        rest = [c for c in columns[number + 1 :] if sheet.text(row, c) != ":"]
        found = dict(labelled(text, sheet.place(row, column)))
        if found:
            yield column, found
        meaning = meaning_of(text.rstrip(": "))
        has_value = rest and (
            number + 1 == len(columns) - 1 or text.endswith(":") or ":" in sheet.text(row, columns[number + 1])[:1]
        )
        if meaning in REGIONS and has_value and meaning_of(sheet.text(row, rest[0])) is None:
            value = sheet.rows[row][rest[0]]
            shown = value.strip().lstrip(": ") if isinstance(value, str) else value
            yield column, {meaning: Hint(Cell(shown, sheet.place(row, rest[0])), True)}


def labelled(text: str, place: str) -> Iterator[tuple[Meaning, Hint]]:
    """Labels with their values inside one text: ``KECAMATAN : KAYU AGUNG``, ``TPS 001 DESA CELIKAH KECAMATAN KAYU
    AGUNG``."""
    labels = list(_LABELLED.finditer(text))
    ends = [label.start() for label in labels[1:]] + [len(text)]
    for label, end in zip(labels, ends, strict=False):
        value = text[label.end() : end].strip(" ,;-–()")
        meaning = next((meaning for group, meaning in _GROUPS.items() if label[group]), None)
        if meaning and value and not value.startswith(("/", "dan ", "DAN ")):
            yield meaning, Hint(Cell(value, place), bool(label["colon"]))
