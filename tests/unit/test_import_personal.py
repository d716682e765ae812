"""Personal data in a spreadsheet stop the import before anything is read; what only looks like them does not.

All persons, numbers and addresses are invented.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from sitegen import hierarchy
from sitegen.cli import main
from sitegen.importer import personal
from sitegen.importer.cells import Sheet
from tests import spreadsheets as made
from tests.support import mini, snapshot

NIK = "1602059901900001"
PERSONS = ["No", "Nama", "Jabatan"]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = mini(tmp_path / "site")
    monkeypatch.chdir(folder)
    return folder


def list_of(header: str, value: Any) -> list[list[Any]]:
    """A list of KPPS with one column more."""
    rows: list[list[Any]] = [["TPS 1 KELURAHAN JUA-JUA KECAMATAN KAYU AGUNG"], [*PERSONS, header]]
    return rows + [[n, f"Contoh {'ABCDEFG'[n - 1]}", "Ketua" if n == 1 else "Anggota", value] for n in range(1, 8)]


def stopped(path: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Lines of the message of an import that personal data stopped; nothing was written."""
    before = snapshot(Path.cwd())
    assert main(["import", str(path), "--yes"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert snapshot(Path.cwd()) == before
    assert said.err.splitlines()[-1] == "Tidak ada yang ditulis."
    return [line for line in said.err.splitlines() if line.startswith("GALAT")]


HEADERS = """\
NIK|N I K|No. NIK|NIK KTP|Nomor Induk Kependudukan|No KTP|No. KTP/NIK|KTP|NKK|No. KK|Nomor KK|No KK
Nomor Kartu Keluarga|NIP
Tanggal Lahir|Tgl. Lahir|Tempat, Tanggal Lahir|Tempat/Tgl Lahir|TTL|Tempat Lahir|Umur|Usia|tglLahir|tanggal_lahir
No. HP|No HP|NO.HP|HP|Nomor HP/WA|WA|No. WA|WhatsApp|Telepon|No. Telp|Telp/HP|Nomor Handphone|Kontak|noHp|No Telpon
Email|E-mail|Alamat Email|E-Mail|Surel|Alamat Surel
Alamat|Alamat Rumah|Alamat Lengkap|Alamat KPPS|Alamat Tempat Tinggal|Alamat Domisili|Domisili|Alamat sesuai KTP
NPWP|No. Rekening|Rekening Bank|Agama|BPJS|Nama Ibu Kandung|Status Perkawinan|Jenis Disabilitas|Riwayat Penyakit"""


@pytest.mark.parametrize("header", [header for line in HEADERS.splitlines() for header in line.split("|")])
@pytest.mark.usefixtures("site")
def test_a_personal_column_stops_the_import_and_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], header: str
) -> None:
    (line,) = stopped(made.xlsx(tmp_path / "kpps.xlsx", list_of(header, "x")), capsys)
    assert line.startswith(f'GALAT kpps.xlsx:Sheet1!D2 Kolom D ("{header}") berisi data pribadi: ')


@pytest.mark.parametrize(
    "value",
    [
        NIK, int(NIK), float(NIK), "1602 0599 0190 0001", "1602.0599.0190.0001", "'" + NIK, "1,60206E+15",
        "1.60206E+15",
        "081200000001", "0812-0000-0001", "+62 812 0000 0001", 81200000001, "orang@contoh.example", dt.date(1990, 1, 1),
        "Contoh, 01-01-1990", "1 Januari 1990", "1990-01-01",
    ],
)  # fmt: skip
@pytest.mark.parametrize("header", ["", "Keterangan", "Kolom X"])
@pytest.mark.usefixtures("site")
def test_personal_values_in_any_other_column_stop_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], header: str, value: Any
) -> None:
    rows = list_of(header, value)
    path = made.xlsx(tmp_path / "kpps.xlsx", rows)
    (line,) = stopped(path, capsys)
    assert line.startswith("GALAT kpps.xlsx:Sheet1!D3 Kolom D berisi data pribadi: ")
    assert str(value)[4:12] not in line


@pytest.mark.usefixtures("site")
def test_a_list_of_tps_stops_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows: list[list[Any]] = [
        ["Kecamatan", "Desa", "TPS", "L", "P", "NIK Ketua"],
        ["Kayu Agung", "Jua-jua", 1, 1, 2, NIK],
    ]
    assert stopped(made.csv(tmp_path / "a.csv", rows, delimiter=";"), capsys)[0].startswith(
        'GALAT a.csv!F1 Kolom F ("NIK Ketua")'
    )
    assert stopped(made.ods(tmp_path / "a.ods", rows), capsys)
    assert stopped(made.xls(tmp_path / "a.xls", rows), capsys)


@pytest.mark.usefixtures("site")
def test_other_sheets_hidden_ones_and_sheets_without_a_table_stop_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from openpyxl import load_workbook

    good: list[list[Any]] = [["Kecamatan", "Desa", "TPS"], ["Kayu Agung", "Jua-jua", 1]]
    for rows in ([["Nomor Induk", "NIK"], ["a", "b"]], [["catatan"], [NIK]]):
        path = made.xlsx(tmp_path / "a.xlsx", {"TPS": good, "Lain": rows})
        assert stopped(path, capsys)[0].startswith("GALAT a.xlsx:Lain!")
        book = load_workbook(path)
        book["Lain"].sheet_state = "hidden"
        book.save(path)
        assert stopped(path, capsys)[0].startswith("GALAT a.xlsx:Lain!")


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Jumlah Kepala Keluarga", 300), ("Jumlah KK", 300), ("KK", 300), ("Jenis Kelamin", "L"), ("JK", "P"),
        ("Tanda Tangan", ""), ("Keterangan", "pengganti"), ("Alamat TPS", "Jalan Contoh nomor 12, RT 3 RW 1"),
        ("Kode Wilayah", "1602051010"), ("Nomor SK", "122/PM.00.01/K.SS-09/11/2024"), ("Tanggal SK", dt.date(2024, 11,
        7)),
        ("Koordinat", "-3.390412345678901, 104.8301234567890"), ("Jumlah Pemilih Disabilitas", 3),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("site")
def test_what_only_looks_personal_does_not_stop_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], header: str, value: Any
) -> None:
    rows: list[list[Any]] = [["Kecamatan", "Desa", "TPS", header], ["Kayu Agung", "Jua-jua", 1, value]]
    if header in ("Jenis Kelamin", "JK", "Tanda Tangan", "Keterangan", "Alamat TPS"):
        rows = list_of(header, value)
    assert main(["import", str(made.xlsx(tmp_path / "a.xlsx", rows)), "--dry-run", "--yes"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("site")
def test_the_letterhead_and_the_signature_of_an_office_do_not_stop_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows: list[list[Any]] = [
        ["KOMISI PEMILIHAN UMUM KABUPATEN CONTOH"],
        ["Jalan Contoh nomor 1, telepon (0712) 000000, surel: kantor@contoh.example"],
        ["Telepon", ":", "(0712) 000000"],
        [],
        ["Kecamatan", "Desa", "TPS", "L", "P"],
        ["Kayu Agung", "Jua-jua", 1, 200, 200],
        ["Kayu Agung", "Jua-jua", 2, 200, 200],
        [],
        ["", "", "Kayu Agung, 7 November 2024"],
        ["", "", "NIP. 199001012020011001"],
    ]
    assert main(["import", str(made.xlsx(tmp_path / "a.xlsx", rows)), "--dry-run"]) == 0
    assert capsys.readouterr().err == ""


def test_no_name_of_a_place_looks_like_a_header() -> None:
    places = [
        "Pos Kesehatan Desa",
        "Rumah Tinggal Contoh",
        "Balai Kontak Tani",
        "Gedung BPJS",
        "Kantor Urusan Agama",
        "Pos WA",
    ]
    names = sorted({area.name for area in hierarchy.areas()}) + places
    sheet = Sheet("a.xlsx", "A", [["TPS A", name] for name in names])
    assert personal.in_sheet(sheet) == []


def test_a_personal_column_in_words_nobody_foresaw(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for header in ("NIK Ybs", "Nomor WA Aktif Bersangkutan", "Umur per 27 November"):
        assert header in stopped(made.xlsx(tmp_path / "a.xlsx", list_of(header, "x")), capsys)[0]
    assert site.exists()
