"""Spreadsheets that are meant to harm, or made by careless programs: each ends in a message that names file or cell, or
in an import of what a person sees in it. Nothing of them is ever run."""

from __future__ import annotations

import csv
import io
import os
import re
import resource
import sys
import time
import zipfile
from collections.abc import Callable, Mapping
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sitegen.content import yaml_events
from sitegen.importer.zipped import MAX_TEXT
from tests import spreadsheets as made
from tests.figures import note
from tests.hostile.everything import Said, full, plant, run
from tests.hostile.test_texts import MESSAGE
from tests.support import ELECTION_FOLDER, snapshot

HEADERS = ["Kecamatan", "Desa/Kelurahan", "Nomor TPS", "Nama Tempat", "Alamat TPS", "L", "P"]
ROW = ["Kayu Agung", "Celikah", 1, "Balai", "Jalan A", 100, 90]
ROWS: list[list[Any]] = [HEADERS, ROW]
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOMB = "<!DOCTYPE x [<!ENTITY a '1234567890'>" + "".join(
    f"<!ENTITY {chr(98 + number)} '{f'&{chr(97 + number)};' * 10}'>" for number in range(9)
) + "]>"  # fmt: skip
OUTSIDE = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
MANY = 1_000_000
CELIKAH = f"{ELECTION_FOLDER}/tps/kayu-agung/celikah.yaml"
Maker = Callable[[Path], Path]


def sheet(**changes: str) -> Maker:
    """An .xlsx file with something else in the XML of its sheet; each change is named by where it stands."""
    marks = {
        "dimension": 'ref="A1:G2"',
        "first": 'r="A2"',
        "row": '<row r="2"',
        "end": "</sheetData>",
        "begin": "<sheetData>",
    }

    def make(folder: Path) -> Path:
        path = made.xlsx(folder / "a.xlsx", ROWS)
        return made.with_xml(path, SHEET, {marks[name]: new for name, new in changes.items()})

    return make


def parts(changed: Mapping[str, Callable[[str], str]]) -> Maker:
    """An .xlsx file with other parts, or with more of them."""

    def make(folder: Path) -> Path:
        path = made.xlsx(folder / "a.xlsx", ROWS)
        with zipfile.ZipFile(path) as archive:
            found = {name: archive.read(name) for name in archive.namelist()}
        for name, change in changed.items():
            found[name] = change(found.get(name, b"").decode()).encode()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in found.items():
                archive.writestr(name, data)
        return path

    return make


def with_entities(text: str) -> str:
    """XML that begins with a document type, one of whose entities stands in its first element."""
    at = text.find("<", text.find("?>") + 1) if text.startswith("<?xml") else 0
    return text[:at] + BOMB + re.sub(r"(<[^>/]*>)", r"\1&j;", text[at:], count=1)


def ods(behind: str = "", before: str = "") -> Maker:
    """An .ods file with more rows."""
    rows = "".join(f"<table:table-row>{''.join(map(made.ods_cell, row))}</table:table-row>" for row in ROWS)
    return lambda folder: made.ods(folder / "a.ods", before + rows + behind)


def ods_with(declaration: str) -> Maker:
    start = "<office:document-content"
    return lambda folder: made.with_xml(ods()(folder), "content.xml", {start: declaration + start})


def ods_row(value: object, times: str, of_row: str = "1") -> str:
    cell = made.ods_cell(value, f' table:number-columns-repeated="{times}"')
    return f'<table:table-row table:number-rows-repeated="{of_row}">{cell}</table:table-row>'


def text(content: str) -> Maker:
    def make(folder: Path) -> Path:
        path = folder / "a.csv"
        path.write_text(content, "utf-8")
        return path

    return make


def listed(*more: str) -> str:
    return "\n".join([",".join(HEADERS), ",".join(map(str, ROW)), *more])


def archive(entries: int) -> Maker:
    def make(folder: Path) -> Path:
        path = folder / "a.xlsx"
        path.write_bytes(made.zipped({str(number): "" for number in range(entries)}))
        return path

    return make


def inline(content: str) -> str:
    return f'<c t="inlineStr"><is><t>{content}</t></is></c>'


SPANNED = (
    '<table:table-row><table:table-cell table:number-columns-spanned="999999999" table:number-rows-spanned="99999999">'
    "<text:p>Kecamatan</text:p></table:table-cell></table:table-row>"
)
MERGED = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
SHARED = f'<sst xmlns="{MAIN}">%s</sst>'
GOOD: dict[str, Maker] = {
    "dimensions to the end of the world": sheet(dimension='ref="A1:XFD1048576"'),
    "dimensions of one cell": sheet(dimension='ref="A1:A1"'),
    "dimensions that overflow": sheet(dimension='ref="ZZZZZZ99999999999:A1"'),
    "a million empty cells": sheet(end=f"<row>{'<c/>' * MANY}</row></sheetData>"),
    "a million empty rows": sheet(end="<row/>" * MANY + "</sheetData>"),
    "a format at the end of the world": sheet(end='<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'),
    "elements inside each other": sheet(end="<a>" * 90_000 + "</a>" * 90_000 + "</sheetData>"),
    "all columns hidden, often": sheet(
        begin="<cols>" + '<col min="8" max="16384" hidden="1"/>' * 20_000 + "</cols><sheetData>"
    ),
    "entities in the styles": parts({"xl/styles.xml": with_entities}),
    "entities in the list of types": parts({"[Content_Types].xml": with_entities}),
    "entities in the properties": parts({"docProps/core.xml": with_entities}),
    "an entry that leads out": parts({"../../../../../../tmp/out-of-it": lambda _: "x"}),
    "ods: empty to the end of the world": ods(ods_row(None, "16384", "1048574")),
    "ods: empty beyond it": ods(ods_row(None, "999999999", "999999999999")),
    "csv: a million empty columns": text(listed("," * MANY)),
    "csv: a million empty lines": text(listed("\n" * MANY)),
}  # fmt: skip
REFUSED: dict[str, Maker] = {
    "entities in the sheet": parts({SHEET: with_entities}),
    "entities in the workbook": parts({"xl/workbook.xml": with_entities}),
    "entities in the relations": parts({"xl/_rels/workbook.xml.rels": with_entities}),
    "dimensions that are none": sheet(dimension='ref="-1:x"'),
    "a cell in the last column": sheet(first='r="XFD2"'),
    "a cell beyond all columns": sheet(first='r="AAAAAAAAAAAAAAA99999999999999999999"'),
    "a cell in row 0": sheet(first='r="A0"'),
    "a cell without a column": sheet(first='r="2"'),
    "a row before the first": sheet(row='<row r="-7"'),
    "one area merged over everything": sheet(end=f"</sheetData>{MERGED}"),
    "a million columns": sheet(end=f"<row>{'<c><v>1</v></c>' * MANY}</row></sheetData>"),
    "a million rows": sheet(end="<row><c><v>1</v></c></row>" * MANY + "</sheetData>"),
    "a text of fifty million characters": sheet(end=f"<row>{inline('x' * MAX_TEXT)}</row></sheetData>"),
    "ods: a text of fifty million characters": ods(ods_row("x" * MAX_TEXT, "1")),
    "a long text in many cells by its number": parts({
        "xl/sharedStrings.xml": lambda _: SHARED % f"<si><t>{'x' * 32_000}</t></si>",
        SHEET: lambda old: old.replace("</sheetData>", "<row><c t='s'><v>0</v></c></row>" * 50_000 + "</sheetData>"),
    }),
    "many entries": archive(20_000),
    "a zip bomb": lambda folder: made.bomb(folder / "a.xlsx", 400_000_000),
    "nothing but 190 MB of blanks": lambda folder: made.bomb(folder / "a.xlsx", 190_000_000),
    "ods: entities": ods_with(BOMB),
    "ods: a file of the machine": ods_with(OUTSIDE),
    "ods: a number that is none": ods(ods_row(None, "x", "-5")),
    "ods: a cell a million times": ods(ods_row("x", f"{MANY}")),
    "ods: a long text many times": ods(ods_row("x" * 2_000, "900", "1000")),
    "ods: one cell over all others": ods(before=SPANNED),
    "csv: a million columns": text(listed("x," * MANY)),
    "csv: a million headers": text(",".join(f"K{number}" for number in range(MANY)) + "\n1\n"),
    "csv: a quote that never ends": text('"' + "a,b\n" * MANY),
    "csv: a field of ten million characters": text(listed("x" * 10_000_000)),
    "csv: nothing but signs between cells": text(";,|\t" * MANY),
}  # fmt: skip
LARGE: dict[str, Maker] = {
    "five million elements": sheet(end="<c/>" * 5 * MANY + "</sheetData>"),
    "many shared texts": parts({"xl/sharedStrings.xml": lambda _: SHARED % ("<si><t>x</t></si>" * 3 * MANY)}),
}
"""What takes seconds to make and refuse, tried by ``make torture`` only."""
if os.environ.get("EVERY") == "1":
    REFUSED |= LARGE


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return full(tmp_path_factory.mktemp("sheets") / "s")


def imported(site: Path, path: Path, *options: str) -> Said:
    """Run an import; within bounds, where the long tests run."""
    started = time.process_time()
    said = run(
        "import", str(path), *options, "--config", str(site / "site_config.yaml"), "--content", str(site / "content")
    )
    if os.environ.get("EVERY") == "1":
        assert time.process_time() - started < 5
    return said


@pytest.mark.parametrize("name", GOOD)
def test_what_a_person_sees_in_it_is_imported(site: Path, tmp_path: Path, name: str) -> None:
    said = imported(site, GOOD[name](tmp_path), "--dry-run")
    assert said.code == 0, said.err
    assert "Balai" in said.out
    assert not Path("/tmp/out-of-it").exists()


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_its_name(site: Path, tmp_path: Path, name: str) -> None:
    before = snapshot(site)
    said = imported(site, REFUSED[name](tmp_path))
    assert said.code == 1
    rest = MESSAGE.sub("", said.err).replace("Tidak ada yang ditulis.\n", "")
    assert not rest, rest
    assert re.search(r"^GALAT a\.(xlsx|ods|csv)\b", said.err, re.MULTILINE), said.err
    assert snapshot(site) == before


def test_memory_stays_in_its_bounds() -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "linux" else 1024 * 1024)
    note(f"spreadsheets: {len(GOOD)} imported as they look, {len(REFUSED)} refused, peak {peak} MB with making them")


def test_formulas_are_texts_or_problems_of_their_cell(site: Path, tmp_path: Path) -> None:
    harm = ["=HYPERLINK(A1)", "=cmd|' /C calc'!A0", "@SUM(1+1)", "+1+1", "-1+1", "\t=1+1"]
    rows: list[list[Any]] = [
        HEADERS,
        *([*ROW[:2], number, value, "Jalan", 1, 1] for number, value in enumerate(harm, 1)),
    ]
    said = imported(site, made.xlsx(tmp_path / "a.xlsx", rows), "--dry-run")
    assert said.code == 1
    assert "a.xlsx:Sheet1!D2" in said.err
    assert "a.xlsx:Sheet1!D3" in said.err
    assert "!D4" not in said.err
    own = full(tmp_path / "s")
    said = imported(own, text("\n".join(",".join(map(str, row)) for row in rows))(tmp_path), "--yes")
    assert said.code == 0, said.err
    written: Any = yaml_events.parse((own / CELIKAH).read_text("utf-8"))
    assert [tps["place"] for tps in written["tps"]] == [value.strip() for value in harm]


def test_what_is_imported_leaves_defused(tmp_path: Path) -> None:
    site = full(tmp_path / "s")
    harm = cycle(["=1+1", "+1+1", "-1+1", "@SUM(1)", "=cmd|' /C calc'!A0"])
    plant(
        site, lambda keys: next(harm) if keys in ("tps/place", "tps/address", "tps/landmark", "tps/by_water") else None
    )
    folders = ["--config", str(site / "site_config.yaml"), "--content", str(site / "content")]
    assert run("build", *folders, "--out", str(tmp_path / "_site"), "--jobs", "1").code == 0
    cells = [
        cell
        for path in tmp_path.glob("_site/data/*.csv")
        for row in csv.reader(io.StringIO(path.read_text("utf-8"), newline=""))
        for cell in row
    ]
    assert [cell for cell in cells if re.match(r"[=+@\t\r]|-(?!\d+(\.\d+)?$)", cell)] == []
    assert {"'=1+1", "'+1+1", "'-1+1", "'@SUM(1)"} <= set(cells)
    book = tmp_path / "a.xlsx"
    assert run("export", "--xlsx", str(book), *folders).code == 0
    kinds = {cell.data_type for page in load_workbook(book) for row in page.iter_rows() for cell in row}
    assert "f" not in kinds
    before = snapshot(site)
    assert imported(site, book, "--yes").code == 0
    assert snapshot(site) == before
