"""Grids to tables: where a header stands, what lies above and below it, and which rows are data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple, Protocol

from sitegen.importer.cells import Cell, Sheet
from sitegen.importer.context import REGIONS, Context, above, labelled, of_name
from sitegen.importer.headers import REPEATABLE, SPECIFIC, Meaning, meaning_of
from sitegen.importer.values import looks_like_number

MOST_HEADER_ROWS = 3
_KEYS = frozenset({Meaning.TPS, Meaning.TPS_COUNT, Meaning.NAME, Meaning.ROLE, Meaning.VILLAGE, Meaning.VILLAGE_CODE})
_WEAK = frozenset({Meaning.KETUA, Meaning.MEN, Meaning.WOMEN, Meaning.NUMBERING, Meaning.IGNORED, Meaning.VOTERS})
"""Meanings of short words that stand in rows of data too."""
_SHARED = frozenset(REGIONS) | {
    Meaning.PLACE, Meaning.ADDRESS, Meaning.LAT, Meaning.LON, Meaning.POSITION, Meaning.DUSUN, Meaning.RW,
    Meaning.SOURCE, Meaning.AS_OF, Meaning.PPS, Meaning.ROLE,
}  # fmt: skip
"""What merged cells may hold for several rows; merged counts would be counted for each of them."""
_TOTAL = re.compile(r"(sub\s*-?\s*total|grand\s+total|total|jumlah|jml|jumlah\s+total|rekapitulasi)\b.*", re.IGNORECASE)


class Column(NamedTuple):
    """A column of a table: its position, its header as one text, what it holds, and where its header stands."""

    at: int
    header: str
    meaning: Meaning | None
    place: str


@dataclass(slots=True)
class Row:
    """A row of data: its cells by meaning, those that several columns may hold in their order. ``context`` is what
    stands above the row."""

    number: int
    cells: dict[Meaning, Cell]
    many: dict[Meaning, list[Cell]]
    context: Context

    def get(self, meaning: Meaning) -> Cell | None:
        """The cell, if it is not empty."""
        found = self.cells.get(meaning)
        return found if found and found.text else None


@dataclass(slots=True)
class Table:
    """A table of one sheet; ``left_out`` are rows below its header that are no data, ``totals`` those that add up."""

    sheet: Sheet
    top: int
    columns: tuple[Column, ...]
    rows: list[Row] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    incomplete: list[int] = field(default_factory=list)

    @property
    def meanings(self) -> frozenset[Meaning]:
        """Everything that the columns hold."""
        return frozenset(column.meaning for column in self.columns if column.meaning)

    @property
    def name(self) -> str:
        """The headers, as one text."""
        return " | ".join(column.header for column in self.columns)

    @property
    def place(self) -> str:
        """Where it begins."""
        return self.columns[0].place

    @property
    def key(self) -> Meaning | None:
        """What every row of data must have."""
        order = (Meaning.NAME, Meaning.TPS, Meaning.TPS_COUNT, Meaning.VILLAGE, Meaning.VILLAGE_CODE)
        return next((meaning for meaning in order if meaning in self.meanings), None)


class Reader(Protocol):
    """Who decides what columns hold: the vocabulary, with what people answered."""

    def meaning(self, header: str) -> Meaning | None:
        """What a header means; None when that is not certain."""

    def settled(self, sheet: Sheet, start: int, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        """The columns of one table after a look at its rows, which begin at ``start``."""


class _Block(NamedTuple):
    """Rows ``top`` to ``bottom`` (not included) that are one header."""

    top: int
    bottom: int
    columns: tuple[Column, ...]

    @property
    def score(self) -> int:
        """How much it tells: meanings, each counted once."""
        return len({column.meaning for column in self.columns if column.meaning})


def tables_of(sheet: Sheet, reader: Reader) -> list[Table]:
    """Every table of a sheet, with its rows."""
    blocks = list(_blocks(sheet, reader))
    ends = [block.top for block in blocks[1:]] + [len(sheet.rows)]
    tables: list[Table] = []
    filling: list[_Rows] = []
    headers: tuple[str, ...] = ()
    inherited: Context = of_name(sheet)
    start = 0
    for block, end in zip(blocks, ends, strict=False):
        same = headers == (headers := tuple(column.header for column in block.columns))
        # A long list repeats its header on every page; then nothing stands between.
        if not same or any(sheet.filled(row) for row in range(start, block.top)):
            filling = []
            for segment in _segments(block.columns):
                context = {**inherited, **above(sheet, range(start, block.top), _span(segment, block.columns))}
                tables.append(Table(sheet, block.top, reader.settled(sheet, block.bottom, segment)))
                filling.append(_Rows(tables[-1], context))
        for rows in filling:
            rows.fill(block.bottom, end)
        inherited = {meaning: hint for meaning, hint in filling[-1].context.items() if meaning is not Meaning.TPS}
        last = [*(row.number for row in tables[-1].rows[-1:]), *tables[-1].totals[-1:]]
        start = max(last, default=block.bottom - 1) + 1
    return tables


def _blocks(sheet: Sheet, reader: Reader) -> Iterator[_Block]:
    """Headers from top to bottom."""
    row = 0
    while row < len(sheet.rows):
        found = _block_at(sheet, row, reader)
        if found:
            yield found
            row = found.bottom
        else:
            row += 1


def _block_at(sheet: Sheet, top: int, reader: Reader) -> _Block | None:
    """The header that begins in row ``top``: all rows that merged cells tie together, and as many more as tell the
    most."""
    if _is_tied(sheet, top):
        return None
    least = 1
    while least < MOST_HEADER_ROWS and _is_tied(sheet, top + least):
        least += 1
    best: _Block | None = None
    for height in range(1, MOST_HEADER_ROWS + 1):
        bottom = top + height
        if bottom > len(sheet.rows) or not _may_be_header(sheet, bottom - 1, first=height == 1):
            break
        block = _Block(top, bottom, _columns(sheet, top, bottom, reader))
        if height >= least and (best is None or block.score > best.score):
            best = block
    if best is None or not _is_header(best):
        return None
    starts = range(top + least, best.bottom)
    later = [_Block(start, best.bottom, _columns(sheet, start, best.bottom, reader)) for start in starts]
    return None if any(block.score >= best.score for block in later) else best


def _is_tied(sheet: Sheet, row: int) -> bool:
    """Whether merged cells make a row the lower part of the one above it: they reach into it, or span several of its
    words."""
    if not 0 < row < len(sheet.rows):
        return False
    above = {area for column in sheet.filled(row - 1) if (area := sheet.owner.get((row - 1, column)))}
    if any(area.bottom >= row for area in above):
        return True
    wide = [
        area for area in above if area.right > area.left and not list(labelled(sheet.text(area.top, area.left), ""))
    ]
    if len({sheet.owner.get((row - 1, column), column) for column in sheet.filled(row - 1)}) < 2:
        return False
    words = [
        c for c in sheet.filled(row) if isinstance(sheet.rows[row][c], str) and not _is_numeric(sheet.text(row, c))
    ]
    return any(sum(area.left <= column <= area.right for column in words) > 1 for area in wide)


def _may_be_header(sheet: Sheet, row: int, *, first: bool) -> bool:
    """Whether a row holds only words. Where a header begins there are at least two."""
    columns = sheet.filled(row)
    areas = {sheet.owner.get((row, column), column) for column in columns}
    if first and len(areas) < 2:
        return False
    return bool(columns) and all(
        isinstance(sheet.rows[row][column], str) and not _is_numeric(sheet.text(row, column)) for column in columns
    )


def _is_numeric(text: str) -> bool:
    return text.strip("().").replace(".", "").isdigit()


def _is_header(block: _Block) -> bool:
    known = [column.meaning for column in block.columns if column.meaning]
    strong = [meaning for meaning in known if meaning not in _WEAK]
    keys = _KEYS.union({Meaning.KETUA} if Meaning.ANGGOTA in known else ())
    filled = sum(bool(column.header) for column in block.columns)
    return len(known) >= 2 and bool(strong) and bool(keys & set(known)) and len(known) * 3 >= filled


def _columns(sheet: Sheet, top: int, bottom: int, reader: Reader) -> tuple[Column, ...]:
    """The columns under a header of some rows, each with all words that stand above it."""
    width = len(sheet.rows[top])
    found = []
    for index in range(width):
        pieces = [_heading(sheet, row, bottom, index) for row in range(top, bottom)]
        header = " ".join(dict.fromkeys(piece for piece in pieces if piece))
        row = next((row for row in range(bottom - 1, top - 1, -1) if sheet.text(row, index)), top)
        found.append(Column(index, header, reader.meaning(header), sheet.place(row, index)))
    return tuple(found)


def _heading(sheet: Sheet, row: int, bottom: int, index: int) -> str:
    """The words above a column in one row; a cell that spans several columns stands above each of them. Where a file
    tells nothing of merged cells, an empty cell with words below belongs to the one before it that has words below
    too."""
    area = sheet.owner.get((row, index))
    if area:
        return sheet.text(area.top, area.left)
    text = sheet.text(row, index)
    if text or row == bottom - 1 or not any(sheet.text(below, index) for below in range(row + 1, bottom)):
        return text
    for before in range(index - 1, -1, -1):
        if (row, before) in sheet.owner:
            return ""
        if sheet.text(row, before):
            spans = any(sheet.text(below, before) for below in range(row + 1, bottom))
            return sheet.text(row, before) if spans else ""
    return ""


def _segments(columns: Sequence[Column]) -> list[tuple[Column, ...]]:
    """Tables that stand side by side under one row of headers; usually there is one."""
    used = [column for column in columns if column.header]
    meanings = [column.meaning for column in used]
    for size in range(2, len(used) // 2 + 1):
        part = meanings[:size]
        unique = [m for m in part if m in SPECIFIC and m not in REPEATABLE]
        if unique and _KEYS & set(part) and len(meanings) % size == 0 and meanings == part * (len(meanings) // size):
            return [tuple(used[start : start + size]) for start in range(0, len(used), size)]
    return [tuple(used)]


def _span(own: Sequence[Column], every: Sequence[Column]) -> tuple[int, int] | None:
    """First and last column of a table that stands beside others."""
    return (own[0].at, own[-1].at) if len(own) < sum(bool(column.header) for column in every) else None


def _is_column_numbers(table: Table, row: int) -> bool:
    """Whether a row only numbers the columns: 1 | 2 | 3."""
    texts = [table.sheet.text(row, column.at).strip("() ") for column in table.columns]
    numbers = [re.match(r"\d+", text) for text in texts if text]
    found = [int(number[0]) for number in numbers if number]
    return len(found) >= 3 and len(found) == len(numbers) and found == list(range(1, len(found) + 1))


class _Rows:
    """Reading the rows of a table from top to bottom."""

    def __init__(self, table: Table, context: Context) -> None:
        self.table, self.context = table, context
        self.sheet = table.sheet
        self.carried: dict[Meaning, Cell] = {}
        self.gap = self.below = False
        self.least = len(table.columns)
        self.known = [column for column in table.columns if column.meaning]
        self.fills = [
            m for m in REGIONS if m in table.meanings and (m is not Meaning.TPS or Meaning.NAME in table.meanings)
        ]

    def fill(self, start: int, end: int) -> None:
        """Read the rows below a header."""
        skip = start < end and _is_column_numbers(self.table, start)
        for number in range(start + skip, end):
            self.read(number)

    def read(self, number: int) -> None:
        """Take a row as data, as a heading of the rows that follow, or leave it out."""
        filled = [column for column in self.table.columns if self.sheet.text(number, column.at)]
        if not filled:
            self.gap = self.gap or not self._is_covered(number)
            return
        row = self._row(number)
        if self._is_total(filled, row):
            self.table.totals.append(number)
            self.carried = {m: cell for m, cell in self.carried.items() if m in REGIONS[:4]}
        elif self._is_data(filled, row):
            self._carry(row)
            self.table.rows.append(row)
            self.least = min(self.least, sum(column.meaning is not None for column in filled))
            self.gap = self.below = False
        else:
            self._other(row, filled)

    def _adds_up(self, row: Row) -> bool:
        """Whether a row without words holds the sums of rows above it."""
        people = _people(row)
        above = [_people(other) or (0, 0) for other in reversed(self.table.rows)]
        return people is not None and people in set(accumulate(above, lambda a, b: (a[0] + b[0], a[1] + b[1])))

    def _is_covered(self, number: int) -> bool:
        return any((number, column.at) in self.sheet.owner for column in self.table.columns)

    def _row(self, number: int) -> Row:
        row = Row(number, {}, {}, self.context)
        for column in self.known:
            shared = column.meaning in _SHARED
            value = self.sheet.value(number, column.at) if shared else self.sheet.rows[number][column.at]
            cell = Cell(value, self.sheet.place(number, column.at))
            if column.meaning in REPEATABLE:
                row.many.setdefault(column.meaning, []).append(cell)
            elif column.meaning:
                row.cells[column.meaning] = cell
        return row

    def _is_total(self, filled: Sequence[Column], row: Row) -> bool:
        places = {Meaning.NAME, Meaning.PLACE, Meaning.ADDRESS}
        labels = [column for column in filled[:3] if column.meaning not in places]
        return any(_TOTAL.fullmatch(self.sheet.text(row.number, column.at)) for column in labels)

    def _is_data(self, filled: Sequence[Column], row: Row) -> bool:
        key = self.table.key
        if key is None or not row.get(key):
            return False
        own = [column for column in filled if column.meaning]
        if len(own) < min(2, len(self.known)) or self._is_label(row.number, filled):
            return False
        if not (self.gap and self.table.rows) and not self.below:
            return True
        if key is Meaning.NAME:
            role, number = row.get(Meaning.ROLE), row.get(Meaning.TPS)
            counted = any(cell.text for cell in row.many.get(Meaning.NUMBERING, ()))
            return counted or bool(number and looks_like_number(number)) or bool(role and len(own) > 2)
        return key is not Meaning.TPS or looks_like_number(row.cells[key]) or len(own) >= self.least

    def _is_label(self, number: int, filled: Sequence[Column]) -> bool:
        """Whether a row only names a region or TPS for the rows below: ``TPS | : | 002``."""
        texts = [self.sheet.text(number, column.at) for column in filled]
        return any(text.startswith(":") for text in texts) or (len(texts) == 2 and meaning_of(texts[0]) in REGIONS)

    def _carry(self, row: Row) -> None:
        """Give a row the regions that stand only in the first row of their group."""
        for index, meaning in enumerate(self.fills):
            cell = row.get(meaning)
            if cell is None:
                if meaning in self.carried:
                    row.cells[meaning] = self.carried[meaning]
                continue
            before = self.carried.get(meaning)
            if before is None or before.text != cell.text:
                for smaller in self.fills[index + 1 :]:
                    if REGIONS.index(smaller) > REGIONS.index(meaning) + 1 or "kode" not in smaller:
                        self.carried.pop(smaller, None)
            self.carried[meaning] = cell

    def _other(self, row: Row, filled: Sequence[Column]) -> None:
        """A row without what every row has: a heading, a sum, a forgotten cell, or what stands below a table."""
        number = row.number
        found = above(self.sheet, range(number, number + 1), None)
        sure = {m: hint for m, hint in found.items() if hint.sure or len(filled) == 1}
        own = [column for column in filled if column.meaning and column.meaning is not Meaning.NUMBERING]
        if sure and len(own) <= 2:
            largest = min(map(REGIONS.index, sure))
            kept = {m: hint for m, hint in self.context.items() if m not in REGIONS or REGIONS.index(m) <= largest}
            self.context = {**kept, **sure}
            self.carried = {m: cell for m, cell in self.carried.items() if REGIONS.index(m) < largest}
            self.gap = False
        elif self._adds_up(row):
            self.table.totals.append(number)
        elif self.table.rows and (_people(row) or (len(own) >= 2 and not self.gap and not self.below)):
            self.table.incomplete.append(number)
        else:
            self.below = True
            self.table.left_out.append(number)


def _people(row: Row) -> tuple[float, float] | None:
    """Men and women of a row, when both are numbers."""
    men, women = (row.cells[m].value if m in row.cells else "" for m in (Meaning.MEN, Meaning.WOMEN))
    numbers = [float(str(value)) if str(value).replace(".", "", 1).isdigit() else None for value in (men, women)]
    return None if numbers[0] is None or numbers[1] is None else (numbers[0], numbers[1])
