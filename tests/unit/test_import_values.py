"""Single cells and headers to what they mean, and names to codes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import hierarchy
from sitegen.importer import values
from sitegen.importer.cells import Cell, Trouble
from sitegen.importer.context import labelled
from sitegen.importer.headers import Meaning, meaning_of
from sitegen.importer.places import Regions
from sitegen.importer.plan import coverage_text, previously_text
from sitegen.importer.questions import Answers
from sitegen.importer.values import Unclear
from sitegen.model.tps import Coverage, Previously
from sitegen.new import kecamatan_of


def cell(value: Any) -> Cell:
    return Cell(value, "a.xlsx:A!A1")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1), ("001", 1), (1.0, 1), (12, 12), ("TPS 001", 1), ("TPS-12", 12), ("TPS.3", 3), ("TPS007", 7),
        ("No. 5", 5),
        ("TPS 901", 901), ("901 (Lapas)", 901), ("TPS 902 - Rutan Contoh", 902), ("1 Balai", None), ("TPS KHUSUS 901",
        901), ("tps : 4", 4), ("TPS NO 4", None), ("1000",
        None),
        ("0", None), ("1.5", None), (1.5, None), ("1-3", None), ("1A", None), ("I", None), (True, None), ("TPS", None),
        (dt.date(2024, 1, 2), None), (Trouble("#REF!"), None), (Trouble(""), None), (-1, None),
    ],
)  # fmt: skip
def test_numbers_of_tps(text: Any, number: int | None) -> None:
    if number is None:
        with pytest.raises(Unclear):
            values.tps_number(cell(text))
    else:
        assert values.tps_number(cell(text)) == number


@given(st.integers(1, 999), st.sampled_from(["{}", "{:03}", "TPS {}", "TPS {:03}", "TPS{:02}", "No. {}", "TPS - {}"]))
def test_every_number_of_a_tps_in_every_spelling(number: int, form: str) -> None:
    assert values.tps_number(cell(form.format(number))) == number


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (233.0, 233), ("233", 233), ("1.234", 1234), ("12.345", 12345), ("233 orang", 233), (0, 0), ("1,234", None),
        (1.5, None), ("1.23", None), ("-", None), ("dua", None), (-3, None), (1e15, None), (dt.date(2024, 1, 1), None),
    ],
)  # fmt: skip
def test_counts(text: Any, people: int | None) -> None:
    if people is None:
        with pytest.raises(Unclear):
            values.count(cell(text))
    else:
        assert values.count(cell(text)) == people


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("-3.39, 104.83", (-3.39, 104.83)), ("-3.39 104.83", (-3.39, 104.83)),
        ("(-3.39;104.83)", (-3.39, 104.83)),
        ("104.83, -3.39", (-3.39, 104.83)), ("-3,39 104,83", (-3.39, 104.83)), ("-3,39; 104,83", (-3.39, 104.83)),
        ("https://maps.google.com/?q=-3.39,104.83", (-3.39, 104.83)),
        ("https://www.google.com/maps/@-3.39,104.83,17z", (-3.39, 104.83)),
        ("https://www.google.com/maps/place/X/data=!3d-3.39!4d104.83", (-3.39, 104.83)),
        ("""3°23'24.0"S 104°49'48.0"E""", (-3.39, 104.83)), ("https://maps.app.goo.gl/abc", None), ("dekat pasar",
        None),
    ],
)  # fmt: skip
def test_positions(text: str, at: tuple[float, float] | None) -> None:
    assert values.position(cell(text)) == at


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        (-3.39, -3.39),
        ("-3,39", -3.39),
        ("\u22123.39", -3.39),
        ("3.39 LS", -3.39),
        ("104.83 BT", 104.83),
        ("-3.39°", -3.39),
    ],
)
def test_degrees(text: Any, degrees: float) -> None:
    assert values.degrees(cell(text)) == degrees


RANGE = st.tuples(st.integers(1, 40), st.integers(0, 9)).map(lambda pair: (pair[0], pair[0] + pair[1]))
DUSUN = ["Dusun II", "Sukamaju", "Lingkungan 3", "A; B", 'Si "X"', "RT 1", "003/004", "Jalan – 2", "7"]
ODD = st.text('ARTW 01;,"/-–', min_size=1, max_size=8).map(lambda text: " ".join(text.split())).filter(bool)
AREAS = st.builds(
    Coverage,
    dusun=st.none() | st.sampled_from(DUSUN) | ODD,
    rw=st.none() | st.lists(RANGE, min_size=1, max_size=2).map(tuple),
    rt=st.none() | st.lists(RANGE, min_size=1, max_size=3).map(tuple),
).filter(lambda area: bool(area.dusun or area.rw or area.rt))


@given(st.lists(AREAS, min_size=1, max_size=3))
def test_coverage_that_was_exported_reads_back(areas: list[Coverage]) -> None:
    text = "; ".join(coverage_text(area) for area in areas)
    assert values.areas(text) == tuple((area.dusun, area.rw, area.rt) for area in areas)


PREVIOUSLY = st.builds(
    Previously,
    election=st.sampled_from(["pilkada-2024", "2024", "pemilu-2024-ulang"]),
    tps=st.lists(st.integers(1, 999), min_size=1, max_size=4, unique=True).map(tuple),
)


@given(st.lists(PREVIOUSLY, min_size=1, max_size=3))
def test_tps_of_earlier_elections_that_were_exported_read_back(said: list[Previously]) -> None:
    text = "; ".join(map(previously_text, said))
    assert values.before(cell(text)) == tuple((one.election, one.tps) for one in said)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("pilkada-2024: 5, 6", (("pilkada-2024", (5, 6)),)),
        ("Pilkada-2024 : TPS 005 dan 7-9;", (("pilkada-2024", (5, 7, 8, 9)),)),
        ("pemilu-2024:1;pilkada-2024:2", (("pemilu-2024", (1,)), ("pilkada-2024", (2,)))),
        ("pilkada-2024: 5, 5, 4-6", (("pilkada-2024", (5, 4, 6)),)),
        ("5", None), (5, None), ("Pilkada 2024: 5", None), ("pilkada-2024:", None), ("pilkada-2024: 0", None),
        ("pilkada-2024: lima", None), ("pilkada-2024: 5; 6", None), (";", None),
    ],
)  # fmt: skip
def test_tps_of_earlier_elections(text: Any, found: object) -> None:
    if found is None:
        with pytest.raises(Unclear, match="does not say which TPS of which election"):
            values.before(cell(text))
    else:
        assert values.before(cell(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1-4", ((1, 4),)), ("01 s/d 04", ((1, 4),)), ("RT 001, 003", ((1, 1), (3, 3))), ("1, 3 dan 5", ((1, 1), (3,
        3), (5, 5))),
        ("4-1", None), ("semua", None), ("", None), ("1-", None),
    ],
)  # fmt: skip
def test_ranges(text: str, found: object) -> None:
    assert values.ranges(text) == found


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ketua", "ketua"), ("KETUA KPPS", "ketua"), ("Ketua merangkap Anggota", "ketua"), ("anggota", "anggota"),
        ("Anggota 2", "anggota"), ("ANGGOTA KPPS 3", "anggota"), ("Anggota Ke-4", "anggota"), ("Petugas Ketertiban",
        "other"),
        ("Linmas", "other"), ("Sekretaris", None), ("KPPS 2", None), ("Wakil Ketua", None), ("Ketua PPS", None), ("x",
        None),
    ],
)  # fmt: skip
def test_roles(text: str, role: str | None) -> None:
    if role is None:
        with pytest.raises(Unclear):
            values.role(cell(text))
    else:
        assert values.role(cell(text)) == role


@pytest.mark.parametrize(
    ("headers", "meanings"),
    [
        (
            "KECAMATAN | KELURAHAN | TPS | L | P | PEMILIH",
            "kecamatan desa nomor-tps laki-laki perempuan jumlah-pemilih",
        ),
        ("No | Kelurahan/Desa | Jumlah TPS | Jumlah Kepala Keluarga", "urutan desa jumlah-tps abaikan"),
        ("kecamatan | kelurahan | noTps | alamat | lat | lon", "kecamatan desa nomor-tps alamat-tps lintang bujur"),
        ("# | TPS | Desa/Kelurahan | Jumlah Pemilih Tetap | Aksi", "urutan nomor-tps desa jumlah-pemilih abaikan"),
        (
            "No | Provinsi | Kota / Kabupaten | Alamat TPS | Lokasi GPS",
            "urutan provinsi kabupaten alamat-tps koordinat",
        ),
        ("No | Nama | Jabatan", "urutan nama jabatan"),
        ("No | Nama Lengkap | Nomor TPS", "urutan nama nomor-tps"),
        (
            "NO. URUT | NAMA DESA / KEL. | NO. TPS | LK | PR | LK+PR",
            "urutan desa nomor-tps laki-laki perempuan jumlah-pemilih",
        ),
        ("Laki - Laki | Perempuan | Jumlah L + P", "laki-laki perempuan jumlah-pemilih"),
        ("Nama TPS | Lokasi TPS | Titik Koordinat (Lat, Long)", "nama-tempat nama-tempat koordinat"),
        ("Lintang (Latitude) | Bujur (Longitude) | RT/RW", "lintang bujur rt-rw"),
        ("Ketua KPPS | Anggota 1 | ANGGOTA KPPS 6", "ketua anggota anggota"),
        ("JUMLAH PEMILIH LAKI-LAKI | JUMLAH PEMILIH PEREMPUAN | DPT", "laki-laki perempuan jumlah-pemilih"),
        ("Kode Wilayah Desa | namaKecamatan | Jml TPS", "kode-desa kecamatan jumlah-tps"),
        ("DPTb L | Pemilih Disabilitas | TPS Lama | Pemilih Baru L | Surat Suara", "- - - - -"),
    ],
)
def test_headers_seen_in_the_wild(headers: str, meanings: str) -> None:
    found = [meaning_of(header) for header in headers.split("|")]
    assert " ".join(meaning.value if meaning else "-" for meaning in found) == meanings


@given(st.sampled_from(list(Meaning)))
def test_every_meaning_has_a_header(meaning: Meaning) -> None:
    from sitegen.importer import headers

    known = {*headers._EXACT, *headers._PEOPLE.values(), Meaning.ANGGOTA}
    assert meaning in known


@pytest.fixture(scope="module")
def oki() -> Regions:
    return Regions(
        [kecamatan_of(k) for k in hierarchy.kecamatan("16.02")], ("16.02", "Kabupaten Ogan Komering Ilir", "OKI")
    )


@pytest.fixture(scope="module")
def palembang() -> Regions:
    return Regions(
        [kecamatan_of(k) for k in hierarchy.kecamatan("16.71")], ("16.71", "Kota Palembang", "Kota Palembang")
    )


def test_every_village_of_a_kabupaten_finds_itself(oki: Regions) -> None:
    answers = Answers()
    for code, place in oki.all.places.items():
        for text in (
            place.name,
            place.name.upper(),
            f"Desa {place.name}",
            f"{code} {place.name}",
            f"4631-{place.name}",
            code,
        ):
            assert oki.village_of(cell(text), code[:8], answers) == code, text
    assert answers.asked == {}


def test_villages_that_begin_with_a_number(palembang: Regions) -> None:
    answers = Answers()
    for code, place in palembang.all.places.items():
        for text in (
            place.name,
            f"KELURAHAN {place.name}",
            f"12 - {place.name}" if not place.name[0].isdigit() else place.name,
        ):
            assert palembang.village_of(cell(text), code[:8], answers) == code, text
    assert answers.asked == {}


def test_without_a_kecamatan_namesakes_and_near_namesakes_are_asked_about(oki: Regions) -> None:
    answers = Answers()
    assert oki.village_of(cell("Sukaraja"), None, answers) is None
    assert oki.village_of(cell("Kerta Mukti"), None, answers) is None
    assert oki.village_of(cell("Jua-jua"), None, answers) == "16.02.05.1001"
    first, second = answers.asked.values()
    assert len(first.choices) == 4
    assert {choice.answer[:8] for choice in second.choices[:-1]} == {"16.02.14", "16.02.21"}


@pytest.mark.parametrize(
    ("name", "is_here"),
    [
        ("Ogan Komering Ilir", True), ("KAB. OGAN KOMERING ILIR", True), ("1602-OGAN KOMERING ILIR", True), ("OKI",
        True),
        ("Ogan Komering Ulu", False), ("Kota Ogan Komering Ilir", False), ("4631-TANGERANG", False),
    ],
)  # fmt: skip
def test_names_of_the_kabupaten(oki: Regions, name: str, is_here: bool) -> None:
    assert oki.is_here(name) == is_here


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("KECAMATAN : KAYU AGUNG   DESA : CELIKAH", {"kecamatan": "KAYU AGUNG", "desa": "CELIKAH"}),
        (
            "KPPS TPS 001 DESA CELIKAH KEC. KAYU AGUNG",
            {"nomor-tps": "001", "desa": "CELIKAH", "kecamatan": "KAYU AGUNG"},
        ),
        ("TPS001", {"nomor-tps": "001"}),
        ("Nama Desa/Kelurahan: Jua-jua", {"desa": "Jua-jua"}),
        ("DAFTAR TPS SE-KECAMATAN KAYU AGUNG TAHUN 2024", {"kecamatan": "KAYU AGUNG"}),
        ("Kelapa Dua", {}),
        ("KOTABUMI", {}),
        ("Kecil", {}),
        ("Desain", {}),
    ],
)
def test_labels_inside_a_text(text: str, told: dict[str, str]) -> None:
    assert {meaning.value: hint.cell.text for meaning, hint in labelled(text, "x")} == told
