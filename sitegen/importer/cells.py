"""Sheets as grids of cells, whatever file they come from, and the place of every cell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sitegen.problems import Message, Problem, Severity


class Trouble(NamedTuple):
    """A cell that holds no value: an error such as ``#REF!``, or (``shown`` empty) a formula that was never
    computed."""

    shown: str


Value = str | int | float | bool | dt.date | dt.time | dt.timedelta | Trouble
"""A cell as the file has it; an empty cell is the empty text."""


class Area(NamedTuple):
    """Merged cells: first and last row and column, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int

    def cells_within(self, rows: int, columns: int) -> int:
        """How many of its cells lie in a sheet of so many rows and columns."""
        high, wide = min(self.bottom + 1, rows) - self.top, min(self.right + 1, columns) - self.left
        return max(0, high) * max(0, wide)


@dataclass(slots=True)
class Sheet:
    """One sheet. Rows are of one length; rows and columns count from 0."""

    file: str
    name: str
    rows: list[list[Value]]
    merged: Sequence[Area] = ()
    hidden: bool = False
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    owner: dict[tuple[int, int], Area] = field(default_factory=dict)

    def __post_init__(self) -> None:
        width = max(map(len, self.rows), default=0)
        for row in self.rows:
            row.extend([""] * (width - len(row)))
        for area in self.merged:
            for number in range(area.top, min(area.bottom + 1, len(self.rows))):
                columns = range(area.left, min(area.right + 1, width))
                self.owner.update({(number, column): area for column in columns})

    @property
    def label(self) -> str:
        """File and sheet; a CSV file has no sheets."""
        return f"{self.file}:{self.name}" if self.name else self.file

    def place(self, row: int, column: int) -> str:
        """``tps.xlsx:TPS!C214``, as a spreadsheet names the cell."""
        return f"{self.label}!{letters(column)}{row + 1}"

    def value(self, row: int, column: int) -> Value:
        """The cell, or what stands in the merged cells that it belongs to."""
        area = self.owner.get((row, column))
        return self.rows[area.top][area.left] if area else self.rows[row][column]

    def text(self, row: int, column: int) -> str:
        """The cell as one line of text."""
        return text_of(self.rows[row][column])

    def filled(self, row: int) -> list[int]:
        """Columns of a row that hold something."""
        return [column for column, value in enumerate(self.rows[row]) if value != "" and text_of(value)]


class Cell(NamedTuple):
    """A value with its place, for what is said about it."""

    value: Value
    place: str

    @property
    def text(self) -> str:
        """The value as one line of text."""
        return text_of(self.value)

    def problem(self, code: str, what: Message, fix: Message, severity: Severity = Severity.ERROR) -> Problem:
        """A problem of this cell."""
        return Problem(self.place, 0, code, what, fix, severity)


_SPACES = re.compile(r"[\s\u200b\u00ad\ufeff]+")


def text_of(value: Value) -> str:
    """A value as one line of text: whole numbers without a point, all spaces alike; of an error what it shows."""
    if isinstance(value, str):
        return _SPACES.sub(" ", value).strip()
    if isinstance(value, Trouble):
        return value.shown or "="
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        return str(int(value))
    return str(value)


def letters(column: int) -> str:
    """0 → A, 26 → AA: the name of a column."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def position(reference: str) -> tuple[int, int]:
    """``C214`` → (213, 2)."""
    found = re.match(r"([A-Z]+)(\d+)", reference)
    if not found:
        raise ValueError(reference)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def put(rows: list[list[Value]], values: Mapping[tuple[int, int], Value]) -> None:
    """Set cells of a grid that may be too small for them."""
    for (row, column), value in values.items():
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend([""] * (column + 1 - len(rows[row])))
        rows[row][column] = value
