"""Files to sheets: .xlsx, .xls, .ods and .csv, told apart by what is in them and not by their names."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

from sitegen.importer.cells import Area, Sheet, Value, put
from sitegen.importer.csv_file import csv_rows
from sitegen.importer.zipped import NotReadable, TooLarge, Traits, require_size, traits_of
from sitegen.problems import ContentError, Message, Problem, msg

MAX_BYTES = 20_000_000
MAX_MERGED = 300_000
"""Cells of a sheet that belong to merged ones."""
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_WEB_PAGE = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<style")
_SAVE_AGAIN = msg("Open it in Excel or LibreOffice, save it as a new .xlsx file, and import that.")


def read_sheets(path: Path) -> list[Sheet]:
    """Every sheet of a file. Raises ContentError when the file is refused or cannot be read."""
    raw = _bytes(path)
    if raw.startswith(_ZIP):
        return _zipped(path, raw)
    if raw.startswith(_OLE):
        return _workbook(path, raw, {})
    if raw[:500].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_WEB_PAGE):
        raise _refusal(path, "import.web-page", msg("This is a web page that only has the name of a spreadsheet"))
    if path.suffix.lower() in (".xlsx", ".xls", ".ods", ".xlsm", ".xlsb", ".pdf", ".doc", ".docx"):
        raise _refusal(path, "import.unreadable", msg("This is not a spreadsheet, or it is damaged"))
    try:
        rows = csv_rows(raw)
    except ValueError as error:
        raise _refusal(path, "import.unreadable", msg("This is not a spreadsheet, or it is damaged")) from error
    _require_size(path, len(rows), max(map(len, rows), default=0))
    return [Sheet(path.name, "", rows)]


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise _refusal(path, "import.missing", msg("There is no such file"), msg("Check the name and the folder."))
    if path.stat().st_size > MAX_BYTES:
        what = msg("The file is larger than %(limit)s MB", limit=MAX_BYTES // 1_000_000)
        raise _refusal(path, "import.size", what, _COPY)
    raw = path.read_bytes()
    if not raw.strip():
        raise _refusal(path, "import.empty", msg("The file is empty"), msg("Choose the file with the data."))
    return raw


def _zipped(path: Path, raw: bytes) -> list[Sheet]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            traits = traits_of(archive)
    except TooLarge as error:
        raise _too_large(path, error) from error
    except (NotReadable, zipfile.BadZipFile) as error:
        raise _refusal(path, "import.unreadable", msg("This is not a spreadsheet, or it is damaged")) from error
    return _workbook(path, raw, traits)


def _workbook(path: Path, raw: bytes, traits: dict[str, Traits]) -> list[Sheet]:
    from python_calamine import CalamineError, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

    try:
        with load_workbook(io.BytesIO(raw)) as book:
            return [
                _sheet(
                    path,
                    book.get_sheet_by_name(meta.name),
                    traits.get(meta.name, Traits()),
                    hidden=meta.visible != SheetVisibleEnum.Visible,
                )
                for meta in book.sheets_metadata
                if meta.typ == SheetTypeEnum.WorkSheet
            ]
    except PasswordError as error:
        raise _refusal(
            path,
            "import.password",
            msg("The file is protected with a password"),
            msg("Open it, take the password away, save it, and import it again."),
        ) from error
    except (CalamineError, ValueError, OSError) as error:
        raise _refusal(path, "import.unreadable", msg("This is not a spreadsheet, or it is damaged")) from error


def _sheet(path: Path, sheet: Any, traits: Traits, *, hidden: bool) -> Sheet:
    _require_size(path, sheet.total_height, sheet.total_width)
    rows: list[list[Value]] = sheet.to_python(skip_empty_area=False)
    put(rows, dict(traits.troubles))
    merged = traits.merged or [Area(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    width = max(map(len, rows), default=0)
    if sum(area.cells_within(len(rows), width) for area in merged) > MAX_MERGED:
        raise _refusal(path, "import.size", msg("More than %(limit)s of its cells are merged", limit=MAX_MERGED), _COPY)
    return Sheet(
        path.name,
        sheet.name,
        rows,
        merged,
        hidden or traits.hidden,
        [row for row in traits.hidden_rows if row < len(rows)],
        traits.hidden_columns,
    )


def _refusal(path: Path, code: str, what: Message, fix: Message = _SAVE_AGAIN) -> ContentError:
    return ContentError([Problem(path.name, 0, code, what, fix)])


def _require_size(path: Path, rows: int, columns: int) -> None:
    try:
        require_size(rows, columns)
    except TooLarge as error:
        raise _too_large(path, error) from error


_COPY = msg("Copy the table alone into a new file and import that.")


def _too_large(path: Path, error: TooLarge) -> ContentError:
    what = msg("Unpacked it would be far larger than a list of TPS can be")
    if error.where:
        what = msg("Its cells reach over %(size)s rows and columns", size=error.where)
    return _refusal(path, "import.size", what, _COPY)
