"""Spreadsheets of every kind, made by the tests themselves."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook

Rows = Sequence[Sequence[Any]]


def xlsx(
    path: Path, rows: Rows | Mapping[str, Rows], *, merged: Sequence[str] = (), hidden_rows: Sequence[int] = ()
) -> Path:
    """An .xlsx file with one sheet, or with several by their names; ``merged`` and ``hidden_rows`` are of the first."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheets = rows if isinstance(rows, Mapping) else {"Sheet1": rows}
    for name, content in sheets.items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(list(row))
    for area in merged:
        book.worksheets[0].merge_cells(area)
    for number in hidden_rows:
        book.worksheets[0].row_dimensions[number].hidden = True
    book.save(path)
    return path


def with_xml(path: Path, entry: str, change: Mapping[str, str]) -> Path:
    """Rewrite a part of a zipped spreadsheet, as a careless program would have written it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts[entry].decode()
    for old, new in change.items():
        assert old in text, (old, text[:500])
        text = text.replace(old, new)
    parts[entry] = text.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def csv(path: Path, rows: Rows, *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    """A .csv file without any quoting."""
    text = "".join(delimiter.join(map(str, row)) + "\r\n" for row in rows)
    path.write_bytes(text.encode(encoding))
    return path


def ods_cell(value: Any, attributes: str = "") -> str:
    """One cell of an .ods file."""
    if value is None or value == "":
        return f"<table:table-cell{attributes}/>"
    if isinstance(value, (int, float)):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}"{attributes}>'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    return (
        f'<table:table-cell office:value-type="string"{attributes}><text:p>{escape(value)}</text:p></table:table-cell>'
    )


def ods(path: Path, rows: Rows | str, *, name: str = "Lembar1") -> Path:
    """An .ods file with one sheet; ``rows`` may be XML of rows already."""
    body = rows
    if not isinstance(rows, str):
        body = "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows)
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
        for prefix, space in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f"<office:body><office:spreadsheet><table:table table:name={quoteattr(name)}>{body}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _biff(rows: Rows, name: str) -> bytes:
    """A workbook of Excel 97 with one sheet."""
    title = name.encode("latin-1")

    def globals_(offset: int) -> bytes:
        sheet = struct.pack("<IBBBB", offset, 0, 0, len(title), 0) + title
        return (
            _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
            + _record(0x0042, struct.pack("<H", 1200))
            + _record(0x0085, sheet)
            + _record(0x000A, b"")
        )

    cells = b""
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            place = struct.pack("<HHH", number, column, 0)
            if isinstance(value, str) and value:
                text = value.encode("utf-16-le")
                cells += _record(0x0204, place + struct.pack("<HB", len(value), 1) + text)
            elif isinstance(value, (int, float)):
                cells += _record(0x0203, place + struct.pack("<d", value))
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + cells + _record(0x000A, b"")
    return globals_(len(globals_(0))) + sheet


def xls(path: Path, rows: Rows, *, name: str = "Sheet1") -> Path:
    """An .xls file: the records of the workbook inside a compound file of 512-byte sectors."""
    stream = _biff(rows, name)
    stream += b"\0" * (max(4096, -(-len(stream) // 512) * 512) - len(stream))
    sectors = len(stream) // 512
    free, end, fat_mark = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    assert sectors + 2 <= 128, "one sector of the allocation table is enough for a test"
    fat = [fat_mark, end, *(number + 1 for number in range(2, sectors + 1)), end]
    fat += [free] * (128 - len(fat))

    def entry(title: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = title.encode("utf-16-le") + b"\0\0"
        head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text) if title else 0, kind, 1)
        return head + struct.pack("<III", free, free, child) + b"\0" * 36 + struct.pack("<IQ", start, size)

    directory = entry("Root Entry", 5, 1, end, 0) + entry("Workbook", 2, free, 2, len(stream))
    directory += entry("", 0, free, 0, 0) * 2
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0, 0)
    header += struct.pack("<I", free) * 108
    path.write_bytes(header + struct.pack("<128I", *fat) + directory + stream)
    return path


def bomb(path: Path, size: int) -> Path:
    """A zipped spreadsheet that unpacks to ``size`` bytes of nothing."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as stream:
            for _ in range(size // 1_000_000):
                stream.write(b" " * 1_000_000)
    return path


def zipped(entries: Mapping[str, str]) -> bytes:
    """A ZIP file with some entries."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name, text in entries.items():
            archive.writestr(name, text)
    return raw.getvalue()
