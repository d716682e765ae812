"""Files to grids of cells: every format, and what in them must not be taken for a value."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import pytest

from sitegen.importer import reading, zipped
from sitegen.importer.cells import Area, Sheet, Trouble, letters, position, text_of
from sitegen.importer.reading import read_sheets
from sitegen.problems import ContentError
from tests import spreadsheets as made

ROWS: list[list[Any]] = [["Desa", "TPS", "L"], ["Celikah", "001", 200], ["Jua-jua", "002", 199.5]]
SHEET = "xl/worksheets/sheet1.xml"


def texts(sheet: Sheet) -> list[list[str]]:
    return [[text_of(value) for value in row] for row in sheet.rows]


def refused(path: Path) -> str:
    with pytest.raises(ContentError) as caught:
        read_sheets(path)
    (problem,) = caught.value.problems
    assert problem.path == path.name
    return problem.code


def one(path: Path) -> Sheet:
    (sheet,) = read_sheets(path)
    return sheet


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_table_is_the_same_in_every_format(tmp_path: Path, kind: str) -> None:
    sheet = one(getattr(made, kind)(tmp_path / f"a.{kind}", ROWS))
    assert texts(sheet) == [["Desa", "TPS", "L"], ["Celikah", "001", "200"], ["Jua-jua", "002", "199.5"]]
    assert sheet.place(1, 2).endswith("!C2")
    assert sheet.place(1, 2).startswith(f"a.{kind}:")


def test_the_format_is_told_by_the_content(tmp_path: Path) -> None:
    assert texts(one(made.xlsx(tmp_path / "a.xls", ROWS)))[1] == ["Celikah", "001", "200"]
    assert texts(one(made.csv(tmp_path / "a.txt", ROWS)))[1] == ["Celikah", "001", "200"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_in_any_encoding_with_any_delimiter(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = [["Desa", "TPS"], ["Café", "001"], ["Pané", "002"]]
    sheet = one(made.csv(tmp_path / "a.csv", rows, delimiter=delimiter, encoding=encoding))
    assert sheet.rows == rows
    assert sheet.place(1, 1) == "a.csv!B2"


def test_csv_keeps_commas_inside_quotes_and_numbers_rows_behind_a_hint(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'sep=;\r\nDesa;Alamat\r\nCelikah;"Jalan A; nomor 1, RT 2"\r\n')
    sheet = one(path)
    assert sheet.rows[2] == ["Celikah", "Jalan A; nomor 1, RT 2"]
    assert sheet.place(2, 0) == "a.csv!A3"


def test_formulas_without_a_value_and_errors_are_no_values(tmp_path: Path) -> None:
    path = made.xlsx(tmp_path / "a.xlsx", [["Desa", "L", "P"], ["Celikah", "=1+1", 3], ["Jua-jua", 1, 4]])
    made.with_xml(path, SHEET, {'<c r="C3" t="n"><v>4</v></c>': '<c r="C3" t="e"><f>A9</f><v>#REF!</v></c>'})
    sheet = one(path)
    assert sheet.rows[1][1] == Trouble("")
    assert sheet.rows[2][2] == Trouble("#REF!")
    made.with_xml(path, SHEET, {'<c r="B2"><f>1+1</f><v /></c>': '<c r="B2" t="str"><f>""</f><v></v></c>'})
    assert one(path).rows[1][1] == ""


def test_a_wrong_record_of_dimensions_hides_nothing(tmp_path: Path) -> None:
    path = made.xlsx(tmp_path / "a.xlsx", ROWS)
    made.with_xml(path, SHEET, {'<dimension ref="A1:C3"': '<dimension ref="A1:A1"'})
    assert texts(one(path))[2] == ["Jua-jua", "002", "199.5"]
    made.with_xml(path, SHEET, {'<dimension ref="A1:A1"': '<dimension ref="A1:XFD1048576"'})
    assert texts(one(path))[2] == ["Jua-jua", "002", "199.5"]


def test_a_cell_at_the_end_of_the_world_is_refused(tmp_path: Path) -> None:
    path = made.xlsx(tmp_path / "a.xlsx", ROWS)
    made.with_xml(path, SHEET, {'<row r="3"': '<row r="1048576"', 'r="A3"': 'r="XFD1048576"'})
    assert refused(path) == "import.size"
    row = '<table:table-row table:number-rows-repeated="1000000">' + made.ods_cell(
        1, ' table:number-columns-repeated="900"'
    )
    assert refused(made.ods(tmp_path / "a.ods", row + "</table:table-row>")) == "import.size"


def test_dates_stay_dates(tmp_path: Path) -> None:
    sheet = one(made.xlsx(tmp_path / "a.xlsx", [["TPS"], [dt.date(2024, 3, 1)]]))
    assert sheet.rows[1][0] == dt.date(2024, 3, 1)


def test_what_is_hidden_is_told(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = made.xlsx(tmp_path / "a.xlsx", {"A": ROWS, "B": ROWS}, hidden_rows=[2])
    book = load_workbook(path)
    book["B"].sheet_state = "hidden"
    book["A"].column_dimensions["B"].hidden = True
    book.save(path)
    first, second = read_sheets(path)
    assert (first.hidden, list(first.hidden_rows), list(first.hidden_columns)) == (False, [1], [1])
    assert second.hidden


def test_ods_tells_errors_hidden_rows_and_merged_cells(tmp_path: Path) -> None:
    rows = (
        "<table:table-row>" + made.ods_cell("Pemilih", ' table:number-columns-spanned="2"')
        + "<table:covered-table-cell/></table:table-row>"
        + '<table:table-row table:visibility="collapse">' + made.ods_cell(1) + "</table:table-row>"
        + '<table:table-row><table:table-cell table:formula="of:=A9" office:value-type="string" '
        + 'calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell></table:table-row>'
        + '<table:table-row><table:table-cell table:formula="of:=1+1"/></table:table-row>'
    )  # fmt: skip
    sheet = one(made.ods(tmp_path / "a.ods", rows))
    assert sheet.merged == [Area(0, 0, 0, 1)]
    assert list(sheet.hidden_rows) == [1]
    assert sheet.rows[2][0] == Trouble("#REF!")
    assert sheet.rows[3][0] == Trouble("")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "import.empty"),
        (b" \r\n ", "import.empty"),
        (b"<html><table><tr><td>Desa</td></tr></table></html>", "import.web-page"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html>", "import.web-page"),
        (b"PK\x03\x04 broken", "import.unreadable"),
        (b"\xd0\xcf\x11\xe0 broken", "import.unreadable"),
        (b"%PDF-1.7\0\0", "import.unreadable"),
        (made.zipped({"word/document.xml": "<w/>"}), "import.unreadable"),
        (made.zipped({"xl/workbook.xml": "<workbook>"}), "import.unreadable"),
        (made.zipped({"content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "import.unreadable"),
    ],
)
def test_what_is_no_spreadsheet_is_refused(tmp_path: Path, raw: bytes, code: str) -> None:
    for name in ("a.xlsx", "a.xls"):
        path = tmp_path / name
        path.write_bytes(raw)
        assert refused(path) == code


def test_a_binary_file_is_no_csv(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\x00\x01\x02")
    assert refused(path) == "import.unreadable"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.xlsx") == "import.missing"
    assert refused(tmp_path) == "import.missing"


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    assert refused(made.bomb(tmp_path / "a.xlsx", zipped.MAX_UNPACKED + 2_000_000)) == "import.size"


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = made.bomb(tmp_path / "a.xlsx", 3_000_000)
    raw = path.read_bytes().replace((3_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    path.write_bytes(raw)
    assert refused(path) in ("import.size", "import.unreadable")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 10)
    assert refused(made.csv(tmp_path / "a.csv", ROWS)) == "import.size"


def test_a_csv_with_too_many_cells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "MAX_CELLS", 8)
    assert refused(made.csv(tmp_path / "a.csv", ROWS)) == "import.size"


@pytest.mark.parametrize(
    ("limit", "most"),
    [("MAX_COLUMNS", 2), ("MAX_CELLS", 8), ("MAX_ELEMENTS", 20), ("MAX_TEXT", 30), ("MAX_CELL", 5)],
)
def test_limits_stop_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int) -> None:
    paths = [made.xlsx(tmp_path / "a.xlsx", ROWS), made.ods(tmp_path / "a.ods", ROWS)]
    for path in paths:
        read_sheets(path)
    monkeypatch.setattr(zipped, limit, most)
    assert [refused(path) for path in paths] == ["import.size"] * 2


def test_a_text_that_many_cells_name_counts_in_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made.xlsx(tmp_path / "a.xlsx", ROWS)
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{space}"><si><t>{"x" * 50}</t></si></sst>')
    cells = '<row r="4">' + '<c t="s"><v>0</v></c>' * 3 + "</row>"
    made.with_xml(path, SHEET, {"</sheetData>": f"{cells}</sheetData>"})
    assert texts(one(path))[3] == ["x" * 50] * 3
    monkeypatch.setattr(zipped, "MAX_TEXT", 150)
    assert refused(path) == "import.size"


def test_merged_cells_over_everything_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made.xlsx(tmp_path / "a.xlsx", ROWS)
    areas = '<mergeCells><mergeCell ref="A1:C3"/><mergeCell ref="A2:XFD3"/></mergeCells>'
    made.with_xml(path, SHEET, {"</sheetData>": f"</sheetData>{areas}"})
    read_sheets(path)
    monkeypatch.setattr(reading, "MAX_MERGED", 14)
    assert refused(path) == "import.size"


def test_what_is_hidden_is_noted_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "MAX_HIDDEN", 10)
    traits = zipped.Traits()
    for _ in range(5):
        traits.hide_rows(range(4))
        traits.hide_columns(range(7, 16_384))
    assert len(traits.hidden_rows) == 10
    assert traits.hidden_columns == [*range(7, 17)]


def test_empty_cells_and_rows_at_the_end_of_a_csv_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Desa,TPS,,,\nCelikah,1,,\n" + ",,,\n" * 5, "utf-8")
    assert one(path).rows == [["Desa", "TPS"], ["Celikah", "1"]]


def test_names_of_cells() -> None:
    assert [letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert position("C214") == (213, 2)
    assert position("AA1") == (0, 26)


def test_numbers_as_text() -> None:
    assert [text_of(v) for v in (1.0, 1.5, 1602050101900001.0, " a\n\u00a0b ", Trouble("#N/A"), Trouble(""))] == [
        "1", "1.5", "1602050101900001", "a b", "#N/A", "=",
    ]  # fmt: skip
