"""Workbooks that an office fills in, and the content as such a workbook: what they hold, the import reads without a
question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sitegen.importer import decisions
from sitegen.importer.plan import coverage_text, previously_text
from sitegen.importer.present import Present
from sitegen.model.region import Kecamatan, Village
from sitegen.model.summary import Totals
from sitegen.model.tps import Tps, VillageTps
from sitegen.names import readings

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEADER_ROW = 6
EMPTY_ROWS = 2000
"""Rows of a template that have drop-downs."""
_Row = Sequence[str | int | float | None]
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class _Column(NamedTuple):
    """A column: its header, its width in letters, whether it holds text that must stay as it is typed."""

    header: str
    width: int
    is_text: bool = True


class _SheetForm(NamedTuple):
    """A sheet: its name, what its rows above the header say, and its columns."""

    name: str
    help: tuple[str, ...]
    columns: tuple[_Column, ...]


_PRIVATE = "Jangan menambah kolom NIK, nomor HP, tanggal lahir, atau alamat rumah: impor akan berhenti."
DESA = _SheetForm(
    "Desa",
    (
        "DESA DAN KELURAHAN",
        "Jangan mengubah kode dan nama: lembar ini menjadi daftar pilihan di lembar lain.",
        "Sumber: nomor SK atau daftar asal data. Tanggal data: 2024-11-26 18:00.",
        "Nama lain: ejaan lain yang dipakai orang, dipisah titik koma. PPS: tempat dan jam bertanya.",
    ),
    (
        _Column("Kode Desa", 16), _Column("Kecamatan", 24), _Column("Desa/Kelurahan", 28), _Column("Nama Lain", 24),
        _Column("Nama Lain Kecamatan", 24), _Column("Sumber", 36), _Column("Tanggal Data", 18),
        _Column("Penanggung Jawab", 28), _Column("PPS", 36),
    ),
)  # fmt: skip
TPS = _SheetForm(
    "TPS",
    (
        "DAFTAR TPS",
        "Satu baris untuk satu TPS. Pilih kecamatan dulu, lalu desa atau kelurahan. Nomor TPS boleh 1 atau 001.",
        "L dan P: jumlah pemilih laki-laki dan perempuan, angka saja. Kosongkan sel yang belum diketahui.",
        "Cakupan: RW 1 RT 1-4; RW 2 RT 1-3. Lintang dan bujur dengan titik: -3.3904 dan 104.8301.",
        "TPS Dulu: TPS pemilihan lalu yang pemilihnya sekarang ke sini, misalnya pilkada-2024: 5, 6.",
    ),
    (
        _Column("Kecamatan", 24), _Column("Desa/Kelurahan", 28), _Column("Nomor TPS", 11), _Column("Nama Tempat", 32),
        _Column("Alamat TPS", 36), _Column("Patokan", 28), _Column("L", 8, False), _Column("P", 8, False),
        _Column("Cakupan RT/RW", 28), _Column("Lintang", 14, False), _Column("Bujur", 14, False),
        _Column("Lewat Air", 24), _Column("Kursi Roda", 11), _Column("TPS Dulu", 24),
    ),
)  # fmt: skip
KPPS = _SheetForm(
    "KPPS",
    (
        "DAFTAR KPPS",
        "Satu baris untuk satu orang: satu ketua dan anggota sesuai aturan di tiap TPS.",
        _PRIVATE,
        "Jabatan: Ketua atau Anggota.",
    ),
    (
        _Column("Kecamatan", 24), _Column("Desa/Kelurahan", 28), _Column("Nomor TPS", 11), _Column("Nama", 36),
        _Column("Jabatan", 12),
    ),
)  # fmt: skip

CHANGES = _SheetForm(
    "Perubahan",
    (
        "PERUBAHAN SETELAH TPS DIUMUMKAN",
        "Satu baris untuk satu keputusan, yang terlama di atas. Baris satu TPS mengganti semua keputusan TPS itu.",
        "Pindah: tempat lama, dasar, waktu. Digabung: nomor TPS tujuan. Susulan, lanjutan, ulang: tanggal baru.",
        "Tanggal 2024-12-01, jam 07:00, waktu 2024-11-26 16:30. Jenis pemilihan, jika tidak semua: bupati; gubernur.",
    ),
    (
        _Column("Kecamatan", 24), _Column("Desa/Kelurahan", 28), _Column("Nomor TPS", 11),
        *(_Column(field.header, field.width) for field in decisions.FIELDS),
    ),
)  # fmt: skip


def write_workbook(path: Path, present: Present, *, filled: bool) -> Totals:
    """Write the workbook of a region to ``path``: with all that the content says, or with empty sheets to fill in.
    Returns what it holds."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    places = list(_places(present))
    tps = [(names, village) for code, names in places if filled and (village := _village(present, code))]
    _sheet(
        book.create_sheet(DESA.name), DESA, (_desa_row(present, code, names, filled=filled) for code, names in places)
    )
    for form, rows_of in ((TPS, _tps_rows), (KPPS, _kpps_rows), (CHANGES, _change_rows)):
        _sheet(book.create_sheet(form.name), form, (row for names, village in tps for row in rows_of(names, village)))
        _drop_downs(book[form.name], len(places), len({names[0] for _, names in places}))
    _kecamatan_list(book[DESA.name], [names[0] for _, names in places])
    _list(book[KPPS.name], "E", '"Ketua,Anggota"')
    _list(book[TPS.name], "M", '"Ya,Tidak"')
    _list(book[CHANGES.name], "D", f'"{",".join(decisions.KINDS.values())}"')
    book.active = 1
    book.save(path)
    found = [entry for _, village in tps for entry in village.tps]
    return Totals(len(places), len(found), sum(len(entry.kpps) for entry in found if entry.kpps))


def _village(present: Present, code: str) -> VillageTps | None:
    return present.tps[code].data if code in present.tps else None


def _places(present: Present) -> Iterator[tuple[str, tuple[str, str]]]:
    """Every village with the names that the sheets call it and its kecamatan by, kecamatan after kecamatan."""
    every = [document.data for document in present.kecamatan.values()]
    for kecamatan in sorted(every, key=lambda k: k.code):
        for village in kecamatan.villages:
            yield village.code, (_clear(kecamatan, every), _clear(village, kecamatan.villages))


def _clear(place: Village | Kecamatan, others: Iterable[Village | Kecamatan]) -> str:
    """The name of a place, with its code before it where another place is called alike."""
    forms = {reading.plain for reading in readings(place.name)}
    alike = any(
        other.code != place.code
        and any(r.plain in forms for name in (other.name, *other.other_names) for r in readings(name))
        for other in others
    )
    return f"{place.code} {place.name}" if alike else place.name


def _desa_row(present: Present, code: str, names: tuple[str, str], *, filled: bool) -> _Row:
    village = _village(present, code) if filled else None
    if not filled:
        return (code, *names)
    as_of = village.source.as_of if village else None
    return (
        code, *names, "; ".join(present.village(code).other_names),
        "; ".join(present.kecamatan[code[:8]].data.other_names), village.source.document if village else None,
        f"{as_of:%Y-%m-%d %H:%M}" if as_of else None, village.source.responsible if village else None,
        village.pps.place if village and village.pps else None,
    )  # fmt: skip


def _tps_rows(names: tuple[str, str], village: VillageTps) -> Iterator[_Row]:
    for tps in village.tps:
        at, voters = tps.coordinates, tps.voters
        wheelchair = {"yes": "Ya", "no": "Tidak"}.get(tps.wheelchair or "")
        yield (
            *names, f"{tps.number:03}", tps.place, tps.address, tps.landmark, voters.men if voters else None,
            voters.women if voters else None, "; ".join(coverage_text(area) for area in tps.coverage),
            at.lat if at else None, at.lon if at else None, tps.by_water, wheelchair,
            "; ".join(map(previously_text, tps.previously)),
        )  # fmt: skip


def _kpps_rows(names: tuple[str, str], village: VillageTps) -> Iterator[_Row]:
    for tps in village.tps:
        for name, role in _people(tps):
            yield (*names, f"{tps.number:03}", name, role)


def _change_rows(names: tuple[str, str], village: VillageTps) -> Iterator[_Row]:
    for tps in village.tps:
        for change in tps.changes:
            yield (*names, f"{tps.number:03}", *decisions.texts(change))


def _people(tps: Tps) -> Iterator[tuple[str, str]]:
    if tps.kpps:
        yield tps.kpps.ketua, "Ketua"
        yield from ((name, "Anggota") for name in tps.kpps.anggota)


def _sheet(sheet: Worksheet, form: _SheetForm, rows: Iterable[_Row]) -> None:
    """Instructions, header and rows. Text stays text, whatever it looks like: ``001`` and ``=1`` too."""
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    for number, text in enumerate(form.help, 1):
        sheet.cell(number, 1, text).font = Font(bold=number == 1, size=14 if number == 1 else 11)
    for index, column in enumerate(form.columns, 1):
        cell: Any = sheet.cell(HEADER_ROW, index, column.header)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDDDDD")
        letter = get_column_letter(index)
        sheet.column_dimensions[letter].width = column.width
        sheet.column_dimensions[letter].number_format = "@" if column.is_text else "General"
    for number, row in enumerate(rows, HEADER_ROW + 1):
        for index, value in enumerate(row, 1):
            if value is not None and value != "":
                _put(sheet, number, index, value)
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"


def _put(sheet: Worksheet, row: int, column: int, value: str | float) -> None:
    cell: Any = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = _FORBIDDEN.sub("", value)
        cell.data_type = "s"  # openpyxl would take "=…" for a formula
        cell.number_format = "@"
    else:
        cell.value = value


def _kecamatan_list(sheet: Worksheet, names: Sequence[str]) -> None:
    """A hidden column of the sheet of villages with each kecamatan once, for the drop-downs."""
    for row, name in enumerate(dict.fromkeys(names), HEADER_ROW + 1):
        _put(sheet, row, 27, name)
    sheet.column_dimensions["AA"].hidden = True


def _drop_downs(sheet: Worksheet, villages: int, kecamatan: int) -> None:
    first, last = HEADER_ROW + 1, HEADER_ROW + villages
    _list(sheet, "A", f"{DESA.name}!$AA${first}:$AA${HEADER_ROW + kecamatan}")
    names = f"{DESA.name}!$B${first}:$B${last}"
    # Villages of the kecamatan beside it: they stand together in the sheet of villages.
    start = f"{DESA.name}!$C${first}"
    _list(sheet, "B", f"OFFSET({start},MATCH($A{first},{names},0)-1,0,COUNTIF({names},$A{first}),1)")


def _list(sheet: Worksheet, column: str, formula: str) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = "Papan TPS", "Pilih dari daftar."
    rule.add(f"{column}{HEADER_ROW + 1}:{column}{HEADER_ROW + EMPTY_ROWS}")
    sheet.add_data_validation(rule)
