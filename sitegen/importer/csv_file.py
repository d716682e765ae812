"""CSV files: which encoding, which sign between cells."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TypeVar

from sitegen.importer.cells import Value

Item = TypeVar("Item")
DELIMITERS = ";,\t|"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def csv_rows(raw: bytes) -> list[list[Value]]:
    """The cells of a CSV file, all of them text.

    Raises ValueError when it is not text.
    """
    text = _decoded(raw)
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        # Excel's own hint; the line stays as an empty row, so that rows keep their numbers.
        return [[], *_rows(rest, first.strip()[4])]
    return _rows(text, max(DELIMITERS, key=lambda sign: _fits(text, sign)))


def _decoded(raw: bytes) -> str:
    if raw.startswith(_UTF16):
        return raw.decode("utf-16")
    if b"\0" in raw:
        raise ValueError("binary")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252")


def _rows(text: str, delimiter: str) -> list[list[Value]]:
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        rows: list[list[Value]] = [[*_without_end(row)] for row in reader]
        return _without_end(rows)
    except csv.Error as error:
        raise ValueError(str(error)) from error


def _without_end(line: list[Item]) -> list[Item]:
    """Cells of a row, or rows, without the empty ones at their end, of which some programs write thousands."""
    end = len(line)
    while end and not line[end - 1]:
        end -= 1
    return line[:end]


def _fits(text: str, delimiter: str) -> tuple[int, int]:
    """How well ``delimiter`` parts the text: how many rows have the most frequent number of cells, and that number."""
    try:
        lengths = Counter(len(row) for row in csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=delimiter))
    except csv.Error:
        return (0, 0)
    several = {length: times for length, times in lengths.items() if length > 1}
    return max(((times, length) for length, times in several.items()), default=(0, 0))
