"""What python-calamine does not tell of .xlsx and .ods files, from their XML: errors, formulas without a value, hidden
rows, and how far the cells reach. Files that would unpack to more than a machine holds are refused on the way.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import IO, Any
from xml.parsers import expat

from sitegen.importer.cells import Area, Trouble, position

MAX_UNPACKED = 200_000_000
MAX_ENTRIES = 5_000
MAX_CELLS = 1_000_000
"""Cells of a sheet from A1 to its last one, empty ones included; calamine needs room for all."""
MAX_COLUMNS = 1_000
MAX_ELEMENTS = 3_000_000
"""Elements of the XML of a file: each takes about a microsecond, and a cell has three at most."""
MAX_TEXT = 50_000_000
"""Characters of all cells of a sheet. One text may stand in many cells, and each gets a copy."""
MAX_CELL = 100_000
"""Characters of one cell; Excel lets it have 32,767."""
MAX_HIDDEN = 100_000
"""So many hidden rows and columns of a sheet are noted."""
_CHUNK = 1 << 16


class TooLarge(Exception):
    """The file would unpack to more than is sane. ``where`` names the far cell, or is empty."""

    def __init__(self, where: str = "") -> None:
        super().__init__(where)
        self.where = where


class NotReadable(Exception):
    """The file is damaged, or not what its name says."""


@dataclass(slots=True)
class Traits:
    """What the XML tells of one sheet. Positions are (row, column) from 0."""

    troubles: dict[tuple[int, int], Trouble] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    hidden: bool = False
    bottom: int = 0
    right: int = 0
    characters: int = 0

    def reach(self, row: int, column: int, characters: int) -> None:
        """Note that there is a cell with so many characters, or several whose last is this one. Raises TooLarge when it
        lies too far away, or there is too much text."""
        self.bottom, self.right = max(self.bottom, row), max(self.right, column)
        self.characters += characters
        require_size(self.bottom + 1, self.right + 1)
        if self.characters > MAX_TEXT:
            raise TooLarge

    def hide_rows(self, rows: range) -> None:
        """Note hidden rows."""
        self.hidden_rows += rows[: MAX_HIDDEN - len(self.hidden_rows)]

    def hide_columns(self, columns: range) -> None:
        """Note hidden columns; that all are hidden up to the last possible one is common."""
        self.hidden_columns += columns[: min(MAX_COLUMNS, MAX_HIDDEN - len(self.hidden_columns))]


def require_size(rows: int, columns: int) -> None:
    """Raises TooLarge when no list of TPS has so many rows and columns."""
    if columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise TooLarge(f"{rows} x {columns}")


def traits_of(archive: zipfile.ZipFile) -> dict[str, Traits]:
    """The traits of every sheet of an .xlsx or .ods file by the sheet's name.

    Raises:
        TooLarge: unpacked it would be too large.
        NotReadable: it is not such a file.
    """
    _require_sane(archive)
    names = set(archive.namelist())
    try:
        if "content.xml" in names:
            return _Ods(archive).sheets
        if "xl/workbook.xml" in names:
            shared = _shared_texts(archive) if _SHARED in names else []
            return {name: _xlsx_sheet(archive, path, shared) for name, path in _xlsx_sheets(archive) if path in names}
    except (expat.ExpatError, zipfile.BadZipFile, ValueError, KeyError, EOFError) as error:
        raise NotReadable(str(error)) from error
    if any(name.endswith("workbook.bin") for name in names):  # .xlsb: calamine reads it, there is no XML to look at
        return {}
    raise NotReadable("no sheets")


def _require_sane(archive: zipfile.ZipFile) -> None:
    """Unpack everything once and throw it away: what the archive says of itself may be a lie."""
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise TooLarge
    total = 0
    for entry in entries:
        try:
            with archive.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    total += len(chunk)
                    if total > MAX_UNPACKED:
                        raise TooLarge
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
            raise NotReadable(str(error)) from error


Attributes = dict[str, str]


def _parse(
    stream: IO[bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Read XML as events, names without their namespace. A document type, which no spreadsheet has, is refused."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_: Any) -> None:
        raise ValueError("DOCTYPE")

    count = 0

    def element(name: str, found: Attributes) -> None:
        nonlocal count
        count += 1
        if count > MAX_ELEMENTS:
            raise TooLarge
        start(_local(name), {_local(key): value for key, value in found.items()})

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = element
    if end:
        parser.EndElementHandler = lambda name: end(_local(name))
    if text:
        parser.CharacterDataHandler = text
    parser.ParseFile(stream)


def _longer(shown: str, data: str) -> str:
    """The text of a cell with what comes next. Raises TooLarge before it grows beyond all measure."""
    if len(shown) + len(data) > MAX_CELL:
        raise TooLarge
    return shown + data


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _xlsx_sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name and path of every sheet."""
    sheets: list[tuple[str, str]] = []
    targets: dict[str, str] = {}

    def sheet(name: str, found: Attributes) -> None:
        if name == "sheet":
            sheets.append((found["name"], found.get("id", "")))

    def relation(name: str, found: Attributes) -> None:
        if name == "Relationship":
            targets[found["Id"]] = found["Target"]

    with archive.open("xl/workbook.xml") as stream:
        _parse(stream, sheet)
    with archive.open("xl/_rels/workbook.xml.rels") as stream:
        _parse(stream, relation)
    for title, key in sheets:
        target = targets.get(key, "")
        yield title, target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


_SHARED = "xl/sharedStrings.xml"


def _shared_texts(archive: zipfile.ZipFile) -> list[int]:
    """How long the texts are that cells name by their number."""
    lengths: list[int] = []

    def start(name: str, _: Attributes) -> None:
        if name == "si":
            lengths.append(0)

    def text(data: str) -> None:
        if lengths:
            lengths[-1] += len(data)

    with archive.open(_SHARED) as stream:
        _parse(stream, start, text=text)
    return lengths


def _xlsx_sheet(archive: zipfile.ZipFile, path: str, shared: Sequence[int]) -> Traits:
    with archive.open(path) as stream:
        return _XlsxSheet(stream, shared).traits


class _XlsxSheet:
    """One sheet of an .xlsx file."""

    def __init__(self, stream: IO[bytes], shared: Sequence[int]) -> None:
        self.traits = Traits()
        self.shared = shared
        self.row, self.column = -1, -1
        self.kind, self.has_formula, self.shown = "", False, ""
        self.in_value = False
        _parse(stream, self.start, self.end, self.text)

    def start(self, name: str, found: Attributes) -> None:
        if name == "row":
            self.row = int(found["r"]) - 1 if "r" in found else self.row + 1
            self.column = -1
            if found.get("hidden") in ("1", "true"):
                self.traits.hide_rows(range(self.row, self.row + 1))
        elif name == "c":
            self.row, self.column = position(found["r"]) if "r" in found else (self.row, self.column + 1)
            self.kind, self.has_formula, self.shown = found.get("t", ""), False, ""
        elif name == "f":
            self.has_formula = True
        elif name in ("v", "is"):
            self.in_value = True
        elif name == "col" and found.get("hidden") in ("1", "true"):
            self.traits.hide_columns(range(int(found["min"]) - 1, int(found["max"])))

    def text(self, data: str) -> None:
        if self.in_value:
            self.shown = _longer(self.shown, data)

    def end(self, name: str) -> None:
        if name in ("v", "is"):
            self.in_value = False
        elif name == "c" and (self.has_formula or self.shown):
            self.traits.reach(self.row, self.column, self._length())
            if self.kind == "e":
                self.traits.troubles[self.row, self.column] = Trouble(self.shown or "#?")
            elif self.has_formula and not self.shown and self.kind != "str":
                self.traits.troubles[self.row, self.column] = Trouble("")

    def _length(self) -> int:
        """Characters of the cell."""
        if self.kind != "s":
            return len(self.shown)
        number = int(self.shown or 0)
        return self.shared[number] if number < len(self.shared) else 0


_ERROR = re.compile(r"#[A-Z/0!?]+|(Err|Galat):\d+")


class _Ods:
    """All sheets of an .ods file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.sheets: dict[str, Traits] = {}
        self.now = Traits()
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.row, self.next_row, self.column, self.next_column = 0, 0, 0, 0
        self.filter_column = 0
        self.is_error, self.has_formula, self.has_value, self.shown = False, False, False, ""
        self.depth = 0
        with archive.open("content.xml") as stream:
            _parse(stream, self.start, self.end, self.text)

    def start(self, name: str, found: Attributes) -> None:
        steps: dict[str, Callable[[Attributes], None]] = {
            "style": self._style, "table-properties": self._properties, "table": self._table,
            "table-column": self._table_column, "table-row": self._table_row,
            "table-cell": self._cell, "covered-table-cell": self._cell,
        }  # fmt: skip
        if name in steps:
            steps[name](found)

    def _style(self, found: Attributes) -> None:
        self.style = found.get("name", "")

    def _properties(self, found: Attributes) -> None:
        if found.get("display") == "false":
            self.hidden_styles.add(self.style)

    def _table(self, found: Attributes) -> None:
        self.now = self.sheets[found.get("name", "")] = Traits(hidden=found.get("style-name") in self.hidden_styles)
        self.next_row = self.filter_column = 0

    def _table_column(self, found: Attributes) -> None:
        count = int(found.get("number-columns-repeated", 1))
        if found.get("visibility", "visible") != "visible":
            self.now.hide_columns(range(self.filter_column, self.filter_column + count))
        self.filter_column += count

    def _table_row(self, found: Attributes) -> None:
        count = int(found.get("number-rows-repeated", 1))
        self.row, self.next_row, self.next_column = self.next_row, self.next_row + count, 0
        if found.get("visibility", "visible") != "visible":
            self.now.hide_rows(range(self.row, self.row + count))

    def _cell(self, found: Attributes) -> None:
        count = int(found.get("number-columns-repeated", 1))
        self.column, self.next_column = self.next_column, self.next_column + count
        self.has_formula = "formula" in found
        kind = found.get("value-type", "")
        self.is_error = kind == "error"
        self.has_value = bool(found.get("value") or found.get("string-value") or found.get("date-value"))
        self.has_value = self.has_value or kind in ("boolean", "time")
        self.shown, self.depth = "", 1
        high, wide = int(found.get("number-rows-spanned", 1)), int(found.get("number-columns-spanned", 1))
        if high > 1 or wide > 1:
            self.now.merged.append(Area(self.row, self.column, self.row + high - 1, self.column + wide - 1))

    def text(self, data: str) -> None:
        if self.depth:
            self.shown = _longer(self.shown, data)

    def end(self, name: str) -> None:
        if name not in ("table-cell", "covered-table-cell"):
            return
        self.depth = 0
        shown = self.shown.strip()
        if shown or self.has_value:
            cells = (self.next_row - self.row) * (self.next_column - self.column)
            self.now.reach(self.next_row - 1, self.next_column - 1, cells * len(shown))
        if self.has_formula and (self.is_error or _ERROR.fullmatch(shown)):
            self.now.troubles[self.row, self.column] = Trouble(shown or "#?")
        elif self.has_formula and not shown and not self.has_value:
            self.now.troubles[self.row, self.column] = Trouble("")
