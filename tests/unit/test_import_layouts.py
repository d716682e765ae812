"""Tables as offices write them: the same facts come out of every layout."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.catalogs import translate
from sitegen.importer.cells import Area, Sheet, Trouble
from sitegen.importer.collect import Collector
from sitegen.importer.locate import Locator
from sitegen.importer.run import Import, ImportOptions, Outcome
from sitegen.problems import ContentError, Severity
from tests import spreadsheets as made
from tests.support import mini

JUA_JUA, CELIKAH, SUKARAJA = "16.02.05.1010", "16.02.05.2001", "16.02.03.2005"
Found = dict[tuple[str, int], dict[str, Any]]
THREE: Found = {
    (JUA_JUA, 1): {"voters": (100, 110)},
    (JUA_JUA, 2): {"voters": (90, 95)},
    (CELIKAH, 1): {"voters": (80, 85)},
}
PEOPLE = [f"Orang {letter}" for letter in "ABCDEFG"]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small good site; what ``check`` would say of it after an import is no question of layouts."""
    monkeypatch.setattr(Import, "_verify", lambda *_: [])
    return mini(tmp_path / "site")


def look(site: Path, *files: Path, answers: Sequence[tuple[str, str]] = ()) -> tuple[Import, Outcome]:
    task = Import(ImportOptions(files, site / "site_config.yaml", site / "content", answers=tuple(answers)))
    return task, task.look()


def facts_of(site: Path, *files: Path, answers: Sequence[tuple[str, str]] = ()) -> Found:
    """What an import would write of each TPS that the files name; there must be no errors and no questions."""
    task, outcome = look(site, *files, answers=answers)
    assert outcome.errors == []
    assert outcome.questions == []
    collector = Collector(Locator(task.regions, task.answers))
    for table in task._tables([]):
        collector.add(table)
    found: Found = {}
    for key, facts in collector.facts.tps.items():
        found[key] = {name: fact.value for name, fact in facts.values.items()}
        if facts.people:
            found[key]["kpps"] = [(p.name, p.is_ketua) for p in facts.people]
        if facts.coverage:
            found[key]["coverage"] = [tuple(area) for area, _ in facts.coverage]
    return found


def codes(outcome: Outcome, severity: Severity = Severity.ERROR) -> list[tuple[str, str]]:
    return [(p.code, p.path.rpartition("!")[2]) for p in outcome.problems if p.severity is severity]


PLAIN: list[list[Any]] = [
    ["KECAMATAN", "KELURAHAN", "TPS", "L", "P", "PEMILIH"],
    ["Kayu Agung", "Jua-jua", 1, 100, 110, 210],
    ["Kayu Agung", "Jua-jua", 2, 90, 95, 185],
    ["Kayu Agung", "Celikah", 1, 80, 85, 165],
]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "csv"])
def test_the_plain_table_in_every_format(site: Path, tmp_path: Path, kind: str) -> None:
    assert facts_of(site, getattr(made, kind)(tmp_path / f"a.{kind}", PLAIN)) == THREE


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(6)), st.integers(0, 3), st.integers(0, 2))
def test_columns_in_any_order_below_any_titles(
    site: Path, tmp_path: Path, order: list[int], titles: int, left: int
) -> None:
    rows: list[list[Any]] = [["DAFTAR TPS", "", ""], [], ["Keadaan 1 November 2024"]][:titles]
    rows += [[""] * left + [row[column] for column in order] for row in PLAIN]
    assert facts_of(site, made.xlsx(tmp_path / "a.xlsx", rows)) == THREE


@pytest.mark.parametrize(
    "number", ["{}", "00{}", "TPS {}", "TPS 00{}", "TPS-{}", "TPS.00{}", "TPS00{}", "No. {}", "tps {}", "{}.", " 0{} "]
)
def test_numbers_of_tps_in_all_their_spellings(site: Path, tmp_path: Path, number: str) -> None:
    rows: list[list[Any]] = [PLAIN[0], *([*row[:2], number.format(row[2]), *row[3:]] for row in PLAIN[1:])]
    assert facts_of(site, made.xlsx(tmp_path / "a.xlsx", rows)) == THREE


@pytest.mark.parametrize(
    ("kecamatan", "village"),
    [
        ("KAYUAGUNG", "JUA JUA"),
        ("Kec. Kayu Agung", "Kel. Jua-jua"),
        ("Kecamatan Kayu Agung", "KELURAHAN JUA-JUA"),
        ("1602050 - KAYU AGUNG", "1602051010-JUAJUA"),
        ("4631-KAYU AGUNG", "4631-JUA JUA"),
        ("16.02.05 Kayu Agung", "16.02.05.1010 Jua-jua"),
        ("[16.02.05] Kayu Agung", "Jua-jua (16.02.05.1010)"),
        ("Kayoe Agoeng", "Djua-djua"),
    ],
)
def test_names_with_all_that_is_glued_to_them(site: Path, tmp_path: Path, kecamatan: str, village: str) -> None:
    rows: list[list[Any]] = [["Kecamatan", "Desa/Kel", "No TPS", "L", "P"], [kecamatan, village, "001", 5, 6]]
    assert facts_of(site, made.xlsx(tmp_path / "a.xlsx", rows)) == {(JUA_JUA, 1): {"voters": (5, 6)}}


def test_a_header_of_two_rows_with_merged_cells_numbers_and_totals(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["REKAPITULASI DAFTAR PEMILIH TETAP"],
        ["KABUPATEN CONTOH"],
        [],
        ["No", "Kecamatan", "Desa/Kelurahan", "TPS", "Jumlah Pemilih", "", ""],
        ["", "", "", "", "L", "P", "L+P"],
        [1, 2, 3, 4, 5, 6, "7=5+6"],
        [1, "Kayu Agung", "Jua-jua", 1, 100, 110, 210],
        ["", "", "", 2, 90, 95, 185],
        ["", "", "JUMLAH JUA-JUA", "", 190, 205, 395],
        [2, "", "Celikah", 1, 80, 85, 165],
        ["", "", "JUMLAH", "", 80, 85, 165],
        ["TOTAL", "", "", "", 270, 290, 560],
        [],
        ["", "", "", "", "Kayu Agung, 7 November 2024"],
        ["", "", "", "", "Ketua KPU Kabupaten Contoh"],
        [],
        ["", "", "", "", "M. CONTOH, S.H."],
    ]
    merged = ["A1:G1", "A2:G2", "A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:G4", "B7:B10", "C7:C8", "A7:A8", "A12:D12"]
    assert facts_of(site, made.xlsx(tmp_path / "a.xlsx", rows, merged=merged)) == THREE
    assert facts_of(site, made.csv(tmp_path / "a.csv", rows, delimiter=";")) == THREE


def test_a_header_whose_words_stand_in_two_rows(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Nama", "Desa /", "Nomor", "Pemilih", "Pemilih"],
        ["Kecamatan", "Kelurahan", "TPS", "Laki-laki", "Perempuan"],
    ]
    assert facts_of(site, made.xlsx(tmp_path / "a.xlsx", [*rows, *(row[:5] for row in PLAIN[1:])])) == THREE


def test_other_groups_of_voters_are_not_the_roll(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Kecamatan", "Desa", "TPS", "DPTb", "", "DPT", ""],
        ["", "", "", "L", "P", "L", "P"],
        *([*row[:3], 1, 2, *row[3:5]] for row in PLAIN[1:]),
    ]
    path = made.xlsx(tmp_path / "a.xlsx", rows, merged=["D1:E1", "F1:G1", "A1:A2", "B1:B2", "C1:C2"])
    assert facts_of(site, path) == THREE
    only = [[*row[:5]] for row in rows]
    _, outcome = look(site, made.xlsx(tmp_path / "b.xlsx", only, merged=["D1:E1", "A1:A2", "B1:B2", "C1:C2"]))
    assert outcome.plan.count("changed") == 0


@pytest.mark.parametrize(
    "block",
    [
        [["KECAMATAN : KAYU AGUNG"], ["DESA/KELURAHAN : JUA-JUA"]],
        [["KECAMATAN", ": KAYU AGUNG"], ["DESA / KELURAHAN", ": JUA-JUA"]],
        [["Kecamatan", ":", "Kayu Agung"], ["Kelurahan", ":", "Jua-jua"]],
        [["Kecamatan:", "Kayu Agung"], ["Nama Desa/Kelurahan:", "Jua-jua"]],
        [["KECAMATAN : KAYU AGUNG      KELURAHAN : JUA-JUA"]],
        [["DAFTAR TPS KELURAHAN JUA-JUA KECAMATAN KAYU AGUNG KABUPATEN CONTOH TAHUN 2024"]],
        [["Kecamatan", "Kayu Agung"], ["Desa", "Jua-jua"]],
        [["KECAMATAN : KAYU AGUNG"], ["KELURAHAN : JUA-JUA"], ["Diterima di Kantor Kecamatan Pedamaran"]],
    ],
)
def test_a_block_above_the_table_tells_the_village(site: Path, tmp_path: Path, block: list[list[str]]) -> None:
    rows: list[list[Any]] = [
        ["DAFTAR TPS"],
        [],
        *block,
        [],
        ["No", "TPS", "Alamat TPS"],
        [1, "001", "Jalan A"],
        [2, "002", "Jalan B"],
    ]
    found = facts_of(site, made.xlsx(tmp_path / "a.xlsx", rows))
    assert found == {(JUA_JUA, 1): {"address": "Jalan A"}, (JUA_JUA, 2): {"address": "Jalan B"}}


def test_one_sheet_for_each_kecamatan_by_its_name(site: Path, tmp_path: Path) -> None:
    rows: dict[str, list[list[Any]]] = {
        "Kayu Agung": [["Desa", "TPS", "L", "P"], ["Celikah", 1, 80, 85]],
        "Kec. Pedamaran": [["Desa", "TPS", "L", "P"], ["Sukaraja", 1, 70, 75]],
        "Catatan": [["Hubungi operator", "bila ada pertanyaan"]],
    }
    found = facts_of(site, made.xlsx(tmp_path / "a.xlsx", rows))
    assert found == {(CELIKAH, 1): {"voters": (80, 85)}, (SUKARAJA, 1): {"voters": (70, 75)}}


def test_addresses_and_positions(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["kecamatan", "kelurahan", "noTps", "alamat", "lat", "lon"],
        ["KAYU AGUNG", "Jua-jua", "001", "Jl. Contoh 1", -3.39, 104.83],
        ["KAYU AGUNG", "Jua-jua", "002", "Jl. Contoh 2", "-3,391", "104,84"],
    ]
    assert facts_of(site, made.xlsx(tmp_path / "a.xlsx", rows)) == {
        (JUA_JUA, 1): {"address": "Jl. Contoh 1", "coordinates": (-3.39, 104.83)},
        (JUA_JUA, 2): {"address": "Jl. Contoh 2", "coordinates": (-3.391, 104.84)},
    }


def test_rows_of_another_kabupaten_are_left_out_and_told(site: Path, tmp_path: Path) -> None:
    header: list[Any] = [
        "No",
        "Provinsi",
        "Kota / Kabupaten",
        "Kecamatan",
        "Kelurahan / Desa",
        "No TPS",
        "Alamat TPS",
        "Lokasi GPS",
    ]
    rows: list[list[Any]] = [
        header,
        [1, "16-SUMATERA SELATAN", "1602-CONTOH", "Kayu Agung", "Jua-jua", 1, "Jl. A", "-3.39, 104.83"],
        [2, "36-BANTEN", "4631-TANGERANG", "Kayu Agung", "Jua-jua", 2, "Jl. B", "-6.2, 106.6"],
    ]
    path = made.xlsx(tmp_path / "a.xlsx", rows)
    assert facts_of(site, path) == {(JUA_JUA, 1): {"address": "Jl. A", "coordinates": (-3.39, 104.83)}}
    _, outcome = look(site, path)
    assert any("4631-TANGERANG" in dict(note.values).values() for note in outcome.notes)


def test_only_the_sum_of_voters_is_not_taken_for_either(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["#", "TPS", "Desa/Kelurahan", "Kecamatan", "Jumlah Pemilih Tetap", "Aksi"],
        [1, "TPS 001", "Jua-jua", "Kayu Agung", 210, "Lihat"],
        [2, "TPS 002", "Jua-jua", "Kayu Agung", 185, "Lihat"],
    ]
    path = made.xlsx(tmp_path / "a.xlsx", rows)
    assert facts_of(site, path) == {(JUA_JUA, 1): {}, (JUA_JUA, 2): {}}
    _, outcome = look(site, path)
    assert any("Jumlah Pemilih Tetap" in dict(note.values).values() for note in outcome.notes)


def kpps(number: int = 0) -> list[list[Any]]:
    return [[n, f"{name} {number}", "Ketua" if n == 1 else "Anggota"] for n, name in enumerate(PEOPLE, 1)]


def people(number: int) -> list[tuple[str, bool]]:
    return [(f"{name} {number}", name == "Orang A") for name in PEOPLE]


FOOT: list[list[Any]] = [
    [],
    ["", "Kayu Agung, 7 November 2024"],
    ["", "Ketua PPS Jua-jua"],
    [],
    ["", "BUDI CONTOH", ""],
]


@pytest.mark.parametrize(
    "title",
    [["TPS : 00{}"], ["TPS", ":", "00{}"], ["TPS", "00{}"], ["TPS 00{}"], ["DAFTAR KPPS TPS {} KELURAHAN JUA-JUA"]],
)
def test_one_table_of_kpps_for_each_tps(site: Path, tmp_path: Path, title: list[str]) -> None:
    rows: list[list[Any]] = [["KECAMATAN : KAYU AGUNG"], ["KELURAHAN : JUA-JUA"], []]
    for number in (1, 2):
        rows += [[text.format(number) for text in title], ["No", "Nama", "Jabatan"], *kpps(number), []]
    found = facts_of(site, made.xlsx(tmp_path / "a.xlsx", [*rows, *FOOT]))
    assert found == {(JUA_JUA, n): {"kpps": people(n)} for n in (1, 2)}


def test_tables_of_kpps_side_by_side(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["KECAMATAN : KAYU AGUNG"], ["KELURAHAN : JUA-JUA"], ["TPS 1", "", "", "", "TPS 2"]]
    rows += [["No", "Nama", "Jabatan", "", "No", "Nama", "Jabatan"]]
    rows += [[*left, "", *right] for left, right in zip(kpps(1), kpps(2), strict=True)]
    for merged in ([], ["A3:C3", "E3:G3"]):
        found = facts_of(site, made.xlsx(tmp_path / "a.xlsx", rows, merged=merged))
        assert found == {(JUA_JUA, n): {"kpps": people(n)} for n in (1, 2)}


def test_kpps_under_headings_inside_one_table(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["KELURAHAN JUA-JUA KECAMATAN KAYU AGUNG"], ["No", "Nama", "Jabatan"]]
    rows += [["TPS 001"], *kpps(1), [], ["TPS 002"], *kpps(2)]
    found = facts_of(site, made.xlsx(tmp_path / "a.xlsx", rows))
    assert found == {(JUA_JUA, n): {"kpps": people(n)} for n in (1, 2)}


def test_kpps_with_tps_in_a_column_that_is_filled_once(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Kecamatan", "Desa", "TPS", "No", "Nama", "Jabatan"]]
    for number in (1, 2):
        rows += [
            ["Kayu Agung", "Jua-jua", number, *row] if n == 0 else ["", "", "", *row]
            for n, row in enumerate(kpps(number))
        ]
    found = facts_of(site, made.xlsx(tmp_path / "a.xlsx", rows))
    assert found == {(JUA_JUA, n): {"kpps": people(n)} for n in (1, 2)}


def test_kpps_in_columns_of_the_list_of_tps(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Kecamatan", "Desa", "No TPS", "Ketua KPPS", *(f"Anggota {n}" for n in range(1, 7))],
        ["Kayu Agung", "Jua-jua", 1, *(f"{name} 1" for name in PEOPLE)],
        ["Kayu Agung", "Jua-jua", 2, *(f"{name} 2" for name in PEOPLE)],
    ]
    found = facts_of(site, made.xlsx(tmp_path / "a.xlsx", rows))
    assert found == {(JUA_JUA, n): {"kpps": people(n)} for n in (1, 2)}


def test_without_roles_it_asks_who_is_ketua(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["KELURAHAN : JUA-JUA"], ["KECAMATAN : KAYU AGUNG"], ["No", "Nama Lengkap", "Nomor TPS"]]
    rows += [[n, name, f"TPS 00{number}"] for number in (1, 2) for n, name, _ in kpps(number)]
    path = made.xlsx(tmp_path / "a.xlsx", rows)
    _, outcome = look(site, path)
    assert [(q.topic, q.written) for q in outcome.questions] == [("ketua", "ketua")]
    found = facts_of(site, path, answers=[("ketua", "pertama")])
    assert found == {(JUA_JUA, n): {"kpps": people(n)} for n in (1, 2)}


def test_who_keeps_order_is_not_one_of_the_seven(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["TPS 1 KELURAHAN JUA-JUA KECAMATAN KAYU AGUNG"], ["No", "Nama", "Jabatan"], *kpps(1)]
    rows += [[8, "Orang H", "Petugas Ketertiban"], [9, "Orang I", "Linmas"]]
    assert facts_of(site, made.xlsx(tmp_path / "a.xlsx", rows)) == {(JUA_JUA, 1): {"kpps": people(1)}}


def test_special_tps_and_coverage(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Kecamatan", "Desa", "TPS", "RW", "RT", "Lokasi TPS"],
        ["Kayu Agung", "Jua-jua", "001", 1, "01 s/d 03", "Balai"],
        ["", "", "001", 2, "1, 2", ""],
        ["", "", "TPS 901 (Lapas)", "", "", "Lapas Contoh"],
    ]
    found = facts_of(site, made.xlsx(tmp_path / "a.xlsx", rows))
    assert found == {
        (JUA_JUA, 1): {
            "place": "Balai",
            "coverage": [(None, ((1, 1),), ((1, 3),)), (None, ((2, 2),), ((1, 1), (2, 2)))],
        },
        (JUA_JUA, 901): {"place": "Lapas Contoh"},
    }


def test_facts_of_one_tps_come_from_several_files(site: Path, tmp_path: Path) -> None:
    first = made.xlsx(tmp_path / "a.xlsx", PLAIN)
    second = made.csv(
        tmp_path / "b.csv", [["Kecamatan", "Desa", "TPS", "Alamat TPS"], ["Kayu Agung", "Jua-jua", 1, "Jl. A"]]
    )
    expected = {**THREE, (JUA_JUA, 1): {"voters": (100, 110), "address": "Jl. A"}}
    assert facts_of(site, first, second) == expected


# Refused or asked about, never guessed.


def test_a_total_that_is_another_number_is_asked_about(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [PLAIN[0], *([*row[:5], row[5] * 2] for row in PLAIN[1:])]
    path = made.xlsx(tmp_path / "a.xlsx", rows)
    _, outcome = look(site, path)
    (question,) = outcome.questions
    assert (question.topic, question.place) == ("total", "a.xlsx:Sheet1!F1")
    assert outcome.errors == []
    assert facts_of(site, path, answers=[("PEMILIH", "l+p")]) == THREE


def test_a_single_wrong_total_is_an_error_of_its_cell(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [list(row) for row in PLAIN]
    rows[2][5] = 186
    _, outcome = look(site, made.xlsx(tmp_path / "a.xlsx", rows))
    assert codes(outcome) == [("import.sum", "F3")]


def test_a_column_tps_that_may_count_is_asked_about(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [PLAIN[0], ["Kayu Agung", "Jua-jua", 4, 1, 2, 3], ["Kayu Agung", "Celikah", 3, 1, 2, 3]]
    path = made.xlsx(tmp_path / "a.xlsx", rows)
    _, outcome = look(site, path)
    assert [(q.topic, q.place) for q in outcome.questions] == [("count", "a.xlsx:Sheet1!C1")]
    assert outcome.plan.changes == []
    found = facts_of(site, path, answers=[("TPS", "nomor-tps")])
    assert found == {(JUA_JUA, 4): {"voters": (1, 2)}, (CELIKAH, 3): {"voters": (1, 2)}}


def test_a_list_that_only_counts_makes_no_tps_unasked(site: Path, tmp_path: Path) -> None:
    header: list[Any] = ["No", "Kelurahan/Desa", "Jumlah TPS", "Jumlah Kepala Keluarga"]
    agrees = made.xlsx(tmp_path / "a.xlsx", [header, [1, "Jua-jua", 2, 900], [2, "Celikah", 1, 800]])
    assert facts_of(site, agrees) == {}
    differs = made.xlsx(tmp_path / "b.xlsx", [header, [1, "Jua-jua", 3, 900], [2, "Celikah", 1, 800]])
    _, outcome = look(site, differs)
    assert codes(outcome) == [("import.counted", "C2")]
    (site / "content/elections/pilkada-2024/tps/kayu-agung/celikah.yaml").unlink()
    _, outcome = look(site, agrees)
    assert [q.topic for q in outcome.questions] == ["count"]
    _, outcome = look(site, agrees, answers=[("Jumlah TPS", "nomor-urut")])
    assert [(c.kind, c.village, c.number) for c in outcome.plan.changes] == [("new", CELIKAH, 1)]


def test_two_columns_of_one_meaning_are_asked_about(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Kecamatan", "Desa", "No TPS", "L", "P", "L", "P"],
        *([*row[:5], 1, 2] for row in PLAIN[1:]),
    ]
    path = made.xlsx(tmp_path / "a.xlsx", rows)
    _, outcome = look(site, path)
    assert {q.topic for q in outcome.questions} == {"column"}
    assert facts_of(site, path, answers=[("L", "D"), ("P", "E")]) == THREE


def test_an_unknown_village_and_an_unknown_kecamatan_are_asked_about(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        PLAIN[0],
        ["Kayu Agung", "Jua-jua Baru", 1, 100, 110, 210],
        ["Kayu Agung", "Jua-jua Baru", 2, 100, 110, 210],
        ["Kayu Ayung", "Celikah", 1, 80, 85, 165],
        ["Kayu Agung", "Sukaraja", 1, 80, 85, 165],
    ]
    path = made.xlsx(tmp_path / "a.xlsx", rows)
    _, outcome = look(site, path)
    asked = {(q.topic, q.written, q.place.rpartition("!")[2]): q for q in outcome.questions}
    assert list(asked) == [
        ("village", "Jua-jua Baru", "B2"),
        ("kecamatan", "Kayu Ayung", "A4"),
        ("village", "Sukaraja", "B5"),
    ]
    assert JUA_JUA in [choice.answer for choice in outcome.questions[0].choices]
    assert SUKARAJA in [choice.answer for choice in outcome.questions[2].choices]
    answers = [("Jua-jua Baru", JUA_JUA), ("Kayu Ayung", "Kayu Agung"), ("Sukaraja", "lewati")]
    found = facts_of(site, path, answers=answers)
    assert set(found) == {(JUA_JUA, 1), (JUA_JUA, 2), (CELIKAH, 1)}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["Jua-jua", "1A", 1, 2], ("import.tps-number", "C2")),
        (["Jua-jua", "0", 1, 2], ("import.tps-number", "C2")),
        (["Jua-jua", "1-4", 1, 2], ("import.tps-number", "C2")),
        (["Jua-jua", "1", "-", 2], ("import.count", "D2")),
        (["Jua-jua", "1", 1.5, 2], ("import.count", "D2")),
        (["Jua-jua", "1", 1, 2, "a" * 301], ("import.too-long", "F2")),
        (["Jua-jua", "1", -1, 2], ("import.count", "D2")),
        (["Jua-jua", "1", "=1+1", 2], ("import.formula", "D2")),
        (["Jua-jua", "1", True, 2], ("import.value", "D2")),
        (["Jua-jua", "1", "", 2], ("import.half-voters", "E2")),
        (["Jua-jua", "1", 500, 200], ("import.voters", "D2")),
        (["Jua-jua", "", 500, 200], ("import.incomplete", "C2")),
        (["16.02.05.2001 Jua-jua", "1", 1, 2], ("import.code-and-name", "B2")),
    ],
)
def test_a_wrong_cell_is_named(site: Path, tmp_path: Path, cells: list[Any], expected: tuple[str, str]) -> None:
    rows: list[list[Any]] = [
        ["Kecamatan", "Desa", "TPS", "L", "P", "Alamat TPS"],
        ["Kayu Agung", *cells],
        ["Kayu Agung", "Celikah", 1, 1, 2],
    ]
    if not cells[1]:
        rows.insert(1, ["Kayu Agung", "Celikah", 2, 1, 2])
        expected = (expected[0], "C3")
    _, outcome = look(site, made.xlsx(tmp_path / "a.xlsx", rows))
    assert codes(outcome) == [expected]


def test_a_date_in_a_column_of_numbers_is_named(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Kecamatan", "Desa", "TPS", "L", "P"],
        ["Kayu Agung", "Jua-jua", dt.date(2024, 1, 2), 1, 2],
    ]
    _, outcome = look(site, made.xlsx(tmp_path / "a.xlsx", rows))
    assert codes(outcome) == [("import.date", "C2")]


def test_a_number_used_twice_names_both_cells(site: Path, tmp_path: Path) -> None:
    _, outcome = look(site, made.xlsx(tmp_path / "a.xlsx", [*PLAIN, ["Kayu Agung", "Jua-jua", "TPS 2", 1, 1, 2]]))
    assert codes(outcome) == [("import.tps-twice", "C5")]
    assert dict(outcome.errors[0].what.values)["place"] == "C3"


def test_two_files_that_differ_name_both_cells(site: Path, tmp_path: Path) -> None:
    first = made.xlsx(tmp_path / "a.xlsx", PLAIN)
    rows: list[list[Any]] = [list(row) for row in PLAIN]
    rows[1][3:] = [99, 110, 209]
    _, outcome = look(site, first, made.xlsx(tmp_path / "b.xlsx", rows))
    assert [(p.code, p.path) for p in outcome.errors] == [("import.differs", "b.xlsx:Sheet1!D2")]


@pytest.mark.parametrize(("lat", "lon"), [(104.83, -3.39), (-33904, 104.83), (-3.39, 1048301), (-3.39, ""), (0, 0)])
def test_positions_outside_the_country_are_named(site: Path, tmp_path: Path, lat: Any, lon: Any) -> None:
    rows: list[list[Any]] = [
        ["Kecamatan", "Desa", "TPS", "lat", "lon"],
        ["Kayu Agung", "Jua-jua", 1, lat, lon],
        ["", "", 2, -3.39, 104.8],
    ]
    _, outcome = look(site, made.xlsx(tmp_path / "a.xlsx", rows))
    assert [place for _, place in codes(outcome)] == ["D2"]


@pytest.mark.parametrize("drop", [0, 3])
def test_kpps_that_are_not_seven_are_named(site: Path, tmp_path: Path, drop: int) -> None:
    rows: list[list[Any]] = [["TPS 1 KELURAHAN JUA-JUA KECAMATAN KAYU AGUNG"], ["No", "Nama", "Jabatan"], *kpps(1)]
    del rows[2 + drop]
    _, outcome = look(site, made.xlsx(tmp_path / "a.xlsx", rows))
    assert codes(outcome) == [("import.kpps", "B3")]


def test_kpps_of_a_tps_that_does_not_exist_are_named(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["TPS 7 KELURAHAN JUA-JUA KECAMATAN KAYU AGUNG"], ["No", "Nama", "Jabatan"], *kpps(1)]
    _, outcome = look(site, made.xlsx(tmp_path / "a.xlsx", rows))
    assert codes(outcome) == [("import.unknown-tps", "B3")]


def test_kpps_without_tps_or_village_are_named(site: Path, tmp_path: Path) -> None:
    _, outcome = look(site, made.xlsx(tmp_path / "a.xlsx", [["No", "Nama", "Jabatan"], *kpps(1)]))
    assert {code for code, _ in codes(outcome)} == {"import.no-village"}
    rows: list[list[Any]] = [["KELURAHAN : JUA-JUA"], ["No", "Nama", "Jabatan"], *kpps(1)]
    _, outcome = look(site, made.xlsx(tmp_path / "b.xlsx", rows))
    assert {code for code, _ in codes(outcome)} == {"import.no-tps"}


def test_an_unknown_role_is_named(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["TPS 1 KELURAHAN JUA-JUA KECAMATAN KAYU AGUNG"], ["No", "Nama", "Jabatan"], *kpps(1)]
    rows[4][2] = "Sekretaris"
    _, outcome = look(site, made.xlsx(tmp_path / "a.xlsx", rows))
    assert ("import.role", "C5") in codes(outcome)


def test_rows_of_totals_that_do_not_fit_are_warned_about(site: Path, tmp_path: Path) -> None:
    good = [*PLAIN, ["JUMLAH", "", "", 270, 290, 560]]
    _, outcome = look(site, made.xlsx(tmp_path / "a.xlsx", good))
    assert outcome.problems == []
    bad = [*PLAIN, ["JUMLAH", "", "", 271, 290, 561]]
    _, outcome = look(site, made.xlsx(tmp_path / "b.xlsx", bad))
    assert codes(outcome, Severity.WARNING) == [("import.total", "D5")]


def test_a_total_below_totals_of_groups_is_compared_with_all_their_rows(site: Path, tmp_path: Path) -> None:
    rows = [
        *PLAIN[:3],
        ["JUMLAH JUA-JUA", "", "", 190, 205, 395],
        PLAIN[3],
        ["JUMLAH CELIKAH", "", "", 80, 85, 165],
        ["JUMLAH KECAMATAN", "", "", 271, 290, 561],
        ["Pedamaran", "Sukaraja", 1, 60, 70, 130],
        ["JUMLAH SUKARAJA", "", "", 60, 70, 130],
        ["JUMLAH KECAMATAN", "", "", 62, 70, 132],
        ["TOTAL", "", "", 331, 361, 692],
    ]
    _, outcome = look(site, made.xlsx(tmp_path / "a.xlsx", rows))
    told = [(p.path.rpartition("!")[2], translate(p.what, "en").rpartition(";")[2]) for p in outcome.problems]
    assert told == [
        ("D7", " the rows above it give 270"),
        ("D10", " the rows above it give 60"),
        ("D11", " the rows above it give 330"),
        ("E11", " the rows above it give 360"),
    ]


def test_hidden_rows_are_read_and_told_hidden_sheets_are_not_read(site: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = made.xlsx(
        tmp_path / "a.xlsx", {"A": PLAIN, "B": [PLAIN[0], ["Kayu Agung", "Celikah", 9, 1, 2, 3]]}, hidden_rows=[3]
    )
    book = load_workbook(path)
    book["B"].sheet_state = "hidden"
    book.save(path)
    assert facts_of(site, path) == THREE
    _, outcome = look(site, path)
    assert [p.code for p in outcome.problems] == ["import.hidden-rows", "import.hidden-sheet"]


def test_what_is_not_read_is_told(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [[*PLAIN[0], "Warna Kotak"], *([*row, "biru"] for row in PLAIN[1:])]
    _, outcome = look(site, made.xlsx(tmp_path / "a.xlsx", rows))
    said = list(chain.from_iterable(dict(note.values).values() for note in outcome.notes))
    assert "G (Warna Kotak)" in said


@pytest.mark.parametrize(
    "rows", [[["Halo"]], [["Warna", "Rasa"], ["biru", "asam"]], [["Kecamatan", "Desa"], ["Kayu Agung", "Celikah"]]]
)
def test_files_without_a_table_of_tps_are_refused(site: Path, tmp_path: Path, rows: list[list[str]]) -> None:
    _, outcome = look(site, made.xlsx(tmp_path / "a.xlsx", rows))
    assert [p.code for p in outcome.errors] in (["import.nothing"], ["import.no-number"])


def test_a_column_can_be_named_by_hand(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Kecamatan", "Desa", "Bilik", "L", "P"], *(row[:5] for row in PLAIN[1:])]
    path = made.xlsx(tmp_path / "a.xlsx", rows)
    _, outcome = look(site, path)
    assert [p.code for p in outcome.errors] == ["import.no-number"]
    assert facts_of(site, path, answers=[("Bilik", "nomor-tps")]) == THREE


def test_a_role_in_merged_cells_holds_for_all_of_them(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["TPS 1 KELURAHAN JUA-JUA KECAMATAN KAYU AGUNG"], ["No", "Nama", "L/P", "Jabatan"]]
    rows += [[n, name, "L", role if n < 3 else ""] for n, name, role in kpps(1)]
    path = made.xlsx(tmp_path / "a.xlsx", rows, merged=["D4:D9"])
    assert facts_of(site, path) == {(JUA_JUA, 1): {"kpps": people(1)}}


def test_empty_rows_inside_a_wide_table_lose_nothing(site: Path, tmp_path: Path) -> None:
    header: list[Any] = [
        "Kecamatan",
        "Desa",
        "No TPS",
        "Nama Tempat",
        "Alamat TPS",
        "Patokan",
        "RW",
        "RT",
        "Lintang",
        "Bujur",
        "L",
        "P",
    ]
    rows: list[list[Any]] = [header, []]
    for kecamatan, village, number, men, women, _ in PLAIN[1:]:
        rows += [[kecamatan, village, number, *[""] * 7, men, women], [], []]
    rows += [["Kayu Agung", "Celikah", 2, "Balai"], ["catatan: nomor sementara"], ["Kayu Agung", "Celikah", 3]]
    found = facts_of(site, made.xlsx(tmp_path / "a.xlsx", rows))
    assert found == {**THREE, (CELIKAH, 2): {"place": "Balai"}, (CELIKAH, 3): {}}


def test_sums_without_a_word_are_no_tps(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["KELURAHAN : JUA-JUA"],
        ["KECAMATAN : KAYU AGUNG"],
        ["No", "TPS", "L", "P"],
        [1, 1, 100, 110],
        [2, 2, 90, 95],
    ]
    assert set(facts_of(site, made.xlsx(tmp_path / "a.xlsx", [*rows, ["", "", 190, 205]]))) == {
        (JUA_JUA, 1),
        (JUA_JUA, 2),
    }
    gaps: list[list[list[Any]]] = [[], [[]]]
    for gap in gaps:
        path = made.xlsx(tmp_path / "b.xlsx", [*rows, *gap, ["", "", 191, 205]])
        _, outcome = look(site, path)
        assert codes(outcome) == [("import.incomplete", f"B{6 + len(gap)}")]


def test_villages_as_headings_inside_a_table_of_tps(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["No", "TPS", "L", "P"],
        ["KECAMATAN KAYU AGUNG"],
        ["KELURAHAN JUA-JUA"],
        [1, "TPS 1", 100, 110],
    ]
    rows += [
        [2, "TPS 2", 90, 95],
        ["JUMLAH", "", 190, 205],
        ["DESA CELIKAH"],
        [1, "TPS 1", 80, 85],
        ["JUMLAH", "", 80, 85],
    ]
    for merged in ([], ["A2:D2", "A3:D3", "A7:D7"]):
        assert facts_of(site, made.xlsx(tmp_path / "a.xlsx", rows, merged=merged)) == THREE


def test_a_recapitulation_by_village_gives_no_voters_to_any_tps(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["NO", "NAMA DESA/KELURAHAN", "JUMLAH TPS", "JUMLAH PEMILIH", "", ""],
        ["", "", "", "L", "P", "L+P"],
        [1, "Jua-jua", 2, 400, 400, 800],
        [2, "Celikah", 1, 200, 200, 400],
        ["JUMLAH", "", 3, 600, 600, 1200],
    ]
    path = made.xlsx(tmp_path / "a.xlsx", rows, merged=["A1:A2", "B1:B2", "C1:C2", "D1:F1"])
    assert facts_of(site, path) == {}


def test_names_of_columns_as_databases_write_them(site: Path, tmp_path: Path) -> None:
    rows: list[Any] = [["nama_kec", "nama_kel", "no_tps", "jml_l", "jml_p", "jml_pemilih"], *PLAIN[1:]]
    assert facts_of(site, made.csv(tmp_path / "a.csv", rows)) == THREE
    rows = [["namaKecamatan", "namaKelurahan", "nomorTps", "lakiLaki", "perempuan", "total"], *PLAIN[1:]]
    assert facts_of(site, made.csv(tmp_path / "a.csv", rows)) == THREE


def test_codes_in_columns_of_their_own(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Kode Kecamatan", "Kecamatan", "Kode Desa", "Desa", "TPS", "L", "P"]]
    rows += [
        ["16.02.05", row[0], {"Jua-jua": 1602051010, "Celikah": "16.02.05.2001"}[row[1]], *row[1:5]]
        for row in PLAIN[1:]
    ]
    assert facts_of(site, made.xlsx(tmp_path / "a.xlsx", rows)) == THREE
    alone = [[row[0], row[2], *row[4:]] for row in rows]
    assert facts_of(site, made.xlsx(tmp_path / "b.xlsx", alone)) == THREE
    wrong = [*rows[:3], ["16.02.05", "Kayu Agung", "16.02.05.1010", "Celikah", 1, 80, 85]]
    _, outcome = look(site, made.xlsx(tmp_path / "c.xlsx", wrong))
    assert codes(outcome) == [("import.code-and-name", "D4")]
    wrong = [*rows[:3], ["16.02.03", "Kayu Agung", "", "Celikah", 1, 80, 85]]
    _, outcome = look(site, made.xlsx(tmp_path / "d.xlsx", wrong))
    assert codes(outcome) == [("import.code-and-name", "B4")]


def test_a_list_of_tps_and_one_of_people_in_one_sheet(site: Path, tmp_path: Path) -> None:
    rows: list[Any] = [*PLAIN, [], ["DAFTAR KPPS TPS 1 KELURAHAN JUA-JUA"], ["No", "Nama", "Jabatan"], *kpps(1)]
    found = facts_of(site, made.xlsx(tmp_path / "a.xlsx", rows))
    assert found == {**THREE, (JUA_JUA, 1): {"voters": (100, 110), "kpps": people(1)}}


def test_one_sheet_for_each_tps(site: Path, tmp_path: Path) -> None:
    block: list[list[Any]] = [["KPPS KELURAHAN JUA-JUA KECAMATAN KAYU AGUNG"], ["No", "Nama", "Jabatan"]]
    path = made.xlsx(tmp_path / "a.xlsx", {f"TPS {n}": [*block, *kpps(n)] for n in (1, 2)})
    assert facts_of(site, path) == {(JUA_JUA, n): {"kpps": people(n)} for n in (1, 2)}


def test_columns_that_a_list_of_people_or_counts_does_not_use_are_told(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["KELURAHAN JUA-JUA KECAMATAN KAYU AGUNG"], ["Nama", "Jabatan", "No TPS", "Lokasi TPS"]]
    rows += [[name, role, 1, "Balai"] for _, name, role in kpps(1)]
    _, outcome = look(site, made.xlsx(tmp_path / "a.xlsx", rows))
    assert "D (Lokasi TPS)" in [dict(note.values).get("columns") for note in outcome.notes]
    counts: list[list[Any]] = [["Kecamatan", "Desa", "Jumlah TPS", "L", "P"], ["Kayu Agung", "Jua-jua", 2, 400, 400]]
    _, outcome = look(site, made.xlsx(tmp_path / "b.xlsx", counts))
    assert "D (L), E (P)" in [dict(note.values).get("columns") for note in outcome.notes]


def test_a_header_that_is_repeated_on_every_page(site: Path, tmp_path: Path) -> None:
    header: list[Any] = [
        ["No", "Kecamatan", "Desa", "No TPS", "Pemilih", ""],
        ["", "", "", "", "L", "P"],
        [1, 2, 3, 4, 5, 6],
    ]
    rows: list[list[Any]] = [["DAFTAR TPS"], *header, [1, "Kayu Agung", "Jua-jua", 1, 100, 110], [], *header]
    rows += [[2, "", "", 2, 90, 95], *header, [3, "", "Celikah", 1, 80, 85]]
    assert facts_of(site, made.csv(tmp_path / "a.csv", rows, delimiter=";")) == THREE


def test_tps_without_voters_among_others_are_warned_about(site: Path, tmp_path: Path) -> None:
    rows: list[Any] = [*PLAIN, ["Kayu Agung", "Celikah", 2, "", "", ""]]
    _, outcome = look(site, made.xlsx(tmp_path / "a.xlsx", rows))
    assert codes(outcome, Severity.WARNING) == [("import.no-voters", "D5")]


def test_the_data_files_of_a_site_can_be_read_again(site: Path, tmp_path: Path) -> None:
    columns = ["kecamatan_code", "kecamatan", "village_code", "village", "tps", "place", "address", "lat", "lon"]
    rows: list[Any] = [
        [*columns, "coverage", "voters_men", "voters_women", "voters", "page"],
        ["16.02.05", "Kayu Agung", "16.02.05.1010", "Jua-jua", 1, "Balai", "Jalan A", -3.39, 104.83]
        + ["RW 1 RT 1–4", 100, 110, 210, "x.html"],
    ]
    assert facts_of(site, made.csv(tmp_path / "tps.csv", rows)) == {
        (JUA_JUA, 1): {
            "place": "Balai",
            "address": "Jalan A",
            "coordinates": (-3.39, 104.83),
            "voters": (100, 110),
            "coverage": [(None, ((1, 1),), ((1, 4),))],
        }
    }


def test_a_file_of_another_kabupaten_is_refused(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["KABUPATEN : PAMEKASAN"], ["Kecamatan", "Desa", "No TPS"], ["Kayu Agung", "Celikah", 1]]
    _, outcome = look(site, made.xlsx(tmp_path / "a.xlsx", rows))
    assert [p.code for p in outcome.errors] == ["import.elsewhere"]


def test_an_open_question_about_columns_makes_no_further_noise(site: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Kecamatan", "Desa", "Kelurahan", "TPS"], ["Kayu Agung", "Celikah", "", 1]]
    _, outcome = look(site, made.xlsx(tmp_path / "a.xlsx", rows))
    assert [(q.topic, q.place.rpartition("!")[2]) for q in outcome.questions] == [("column", "B1")]
    assert outcome.errors == []


POOL: list[Any] = [
    *("Kecamatan", "Desa", "TPS", "No TPS", "L", "P", "Jumlah", "PEMILIH", "Nama", "Jabatan", "RT", "RW", "lat", "lon"),
    *("Lokasi GPS", "Ketua KPPS", "Anggota 1", "Jumlah TPS", "Kode Desa", "No", "Alamat TPS", "Nama TPS", "Kabupaten"),
    *(
        "Kayu Agung",
        "Jua-jua",
        "Celikah",
        "Sukaraja",
        "16.02.05.1010",
        "TPS 001",
        "TPS : 2",
        "KECAMATAN : PEDAMARAN",
        ":",
    ),
    *(
        "Ketua",
        "Anggota",
        "Orang A",
        "JUMLAH",
        "RW 1 RT 2",
        "-",
        "901",
        "TPS 902 - Lapas",
        "Desa Celikah",
        "x",
        "(",
        "%(a)s",
    ),
    *(1, 2, 3.0, 0, -1, 1.5, 100, 104.83, -3.39, 1e300, float("inf"), True, Trouble("#REF!"), Trouble("")),
    *(dt.date(2024, 1, 2), dt.time(7), dt.timedelta(hours=30), "", "", "", ""),
]
AREA = st.tuples(st.integers(0, 6), st.integers(0, 5), st.integers(0, 2), st.integers(0, 2))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(st.sampled_from(POOL), min_size=6, max_size=6), max_size=9), st.lists(AREA, max_size=2))
def test_no_grid_of_cells_breaks_it(
    site: Path, tmp_path: Path, rows: list[list[Any]], areas: list[tuple[int, ...]]
) -> None:
    task, _ = look(site, made.csv(tmp_path / "a.csv", PLAIN))
    merged = [Area(top, left, top + high, left + wide) for top, left, high, wide in areas]
    task.sheets = [Sheet("a.xlsx", "TPS", [list(row) for row in rows], merged)]
    try:
        outcome = task.look()
    except ContentError as error:
        problems = error.problems
    else:
        problems = outcome.problems
        assert all(translate(note, "id") for note in outcome.notes)
    assert all(translate(problem.what, "id") and translate(problem.fix, "en") for problem in problems)
