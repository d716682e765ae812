"""What export writes, import gives back: the same bytes where the content is still there, the same facts where it is
not; and the sheet of decisions in the hands of people."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from sitegen.cli import main
from sitegen.importer import decisions
from sitegen.importer.cells import Cell
from sitegen.importer.facts import Facts
from sitegen.importer.present import read_present
from sitegen.importer.rows import RowReader
from sitegen.importer.tables import Row
from sitegen.model.election import Citation
from sitegen.model.tps import VOTES, Change, ChangeKind
from tests import spreadsheets as made
from tests.support import ELECTION_FOLDER, JUA_JUA, ROOT, edit, make_next_current, mini, mini_site, snapshot

CELIKAH = f"{ELECTION_FOLDER}/tps/kayu-agung/celikah.yaml"
SUKARAJA = f"{ELECTION_FOLDER}/tps/pedamaran/sukaraja.yaml"
Said = pytest.CaptureFixture[str]
EVERYTHING = """\
village: 16.02.05.2001
source: {document: "SK  7", as_of: 2024-12-30 08:00, responsible: Subbag Teknis}
pps: {place: Balai desa}
tps:
  - number: 1
    place: Balai  Celikah (contoh)
    address: '=1+1'
    landmark: Di seberang
    by_water: Dermaga
    wheelchair: no
    coordinates: {lat: -3.3904123456, lon: 104.8301}
    coverage: [{rw: 1, rt: "1-4, 6"}, {dusun: Dusun II}, {dusun: Dusun 3, rw: 2, rt: 1}, {dusun: "RT A; B", rt: 1}]
    voters: {men: 200, women: 0}
    changes:
      - {kind: moved, from_place: SD, decree: SK 1, decided: 2024-11-26 16:30, reason: banjir}
      - kind: moved
        from_place: SMP
        decree: SK 2
        decided: 2024-11-26 17:30
        reason: |
          Baris satu.

          Baris  dua.
      - {kind: postponed, decree: "0012"}
      - kind: continued
        date: 2024-12-01
        opens: "07:00"
        closes: "12:30"
        races: [gubernur, bupati]
        source: {name: "KPU  Contoh", url: "https://contoh.example/a?b=1"}
      - {kind: repeat_vote, date: 2024-12-04, decree: SK 3, source: {name: Contoh}}
      - {kind: merged, into: 901, decree: SK 4}
  - {number: 2, changes: [{kind: cancelled, source: {name: Berita acara (contoh)}}]}
  - {number: 901, place: Lapas (contoh), wheelchair: yes}
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small good site as the current folder."""
    folder = mini(tmp_path / "site")
    monkeypatch.chdir(folder)
    return folder


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def contents(site: Path) -> list[Any]:
    """Every region and every village of a site, typed."""
    present = read_present(site / "site_config.yaml", site / "content", None)
    parts: list[dict[str, Any]] = [dict(present.kecamatan), dict(present.tps)]
    return [document.data for part in parts for _, document in sorted(part.items())]


def test_every_key_goes_out_and_comes_back(site: Path, tmp_path: Path, capsys: Said) -> None:
    (site / CELIKAH).write_text(EVERYTHING, "utf-8")
    (site / JUA_JUA).unlink()  # a village without a file gets none
    before = snapshot(site)
    assert run("export", "--xlsx", tmp_path / "all.xlsx") == 0
    assert run("import", tmp_path / "all.xlsx") == 0
    assert "Tidak ada yang perlu diubah" in capsys.readouterr().out
    assert snapshot(site) == before
    for path in (site / "content").rglob("tps/*/*.yaml"):
        path.unlink()
    for path in (site / "content/regions").glob("*.yaml"):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if "other_names" not in line), "utf-8")
    assert run("import", tmp_path / "all.xlsx") == 0
    after = contents(site)
    for name, data in before.items():
        (site / name).write_bytes(data)
    for double in ("SK  7", "Balai  Celikah", "KPU  Contoh"):  # spaces of a sheet are read as one
        edit(site / CELIKAH, double, double.replace("  ", " "))
    edit(site / CELIKAH, "-3.3904123456", "-3.3904123")  # and positions to a centimetre
    assert contents(site) == after


def test_the_demonstration_goes_out_and_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copy(ROOT / "site_config.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)
    before = snapshot(tmp_path / "content")
    assert sum(b"kind: repeat_vote" in data for data in before.values()) >= 3
    assert run("export", "--xlsx") == 0
    assert run("import", "papan-tps.xlsx") == 0
    assert snapshot(tmp_path / "content") == before
    shutil.rmtree(tmp_path / ELECTION_FOLDER / "tps")
    assert run("import", "papan-tps.xlsx") == 0
    assert snapshot(tmp_path / "content") == before


def test_tps_of_an_earlier_election_go_out_and_come_back(site: Path, capsys: Said) -> None:
    make_next_current(site)
    before = snapshot(site / "content")
    (path,) = site.glob("content/elections/pilkada-2029/tps/*/celikah.yaml")
    assert path.read_text("utf-8").count("previously") == 2
    assert run("export", "--xlsx", "all.xlsx") == 0
    assert run("import", "all.xlsx") == 0
    assert snapshot(site / "content") == before
    path.unlink()
    assert run("import", "all.xlsx") == 0
    text = path.read_text("utf-8")
    assert text.count("    previously:\n      - election: pilkada-2024\n        tps:\n          - 1\n") == 2

    book = load_workbook("all.xlsx")
    row = next(r for r in book["TPS"].iter_rows(min_row=7) if r[1].value == "Celikah")
    assert (book["TPS"]["N6"].value, row[13].value) == ("TPS Dulu", "pilkada-2024: 1")
    row[13].value = "pilkada-2024: 7"
    book.save("slip.xlsx")
    capsys.readouterr()
    assert run("import", "slip.xlsx") == 1  # the check of the whole site sees it before anything is written
    assert "Celikah tidak punya TPS 7 pada Pilkada 2024" in capsys.readouterr().err
    assert path.read_text("utf-8") == text


# Decisions, one row each.

ELECTION = mini_site().election
_NOTHING_SAID = ("na", "nihil", "kosong", "belum ada", "tidak ada")
LINES = st.from_regex(r"[A-Za-z0-9=+'][ -~é]{0,40}[A-Za-z.)]", fullmatch=True).map(lambda t: " ".join(t.split()))
WORDS = LINES.filter(lambda t: t.lower() not in _NOTHING_SAID)
PROSE = st.lists(WORDS, min_size=1, max_size=3).map("\n\n".join)
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2030, 1, 1))
HOURS = st.builds(dt.time, st.integers(0, 23), st.integers(0, 59))
MOMENTS = st.builds(dt.datetime.combine, DAYS, HOURS)


@st.composite
def changes(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Change:
    """Decisions that the checks allow."""
    kind = draw(st.sampled_from(ChangeKind))

    def maybe(strategy: st.SearchStrategy[Any]) -> Any:
        return draw(st.none() | strategy)

    url = maybe(st.just("https://contoh.example/a?b=1&c=2"))
    source = maybe(st.builds(Citation, name=WORDS, url=st.just(url)))
    needs_decree = kind is ChangeKind.MOVED or source is None
    values: dict[str, Any] = {
        "source": source, "decree": draw(WORDS) if needs_decree else maybe(WORDS), "reason": maybe(PROSE),
        "decided": draw(MOMENTS) if kind is ChangeKind.MOVED else maybe(MOMENTS),
    }  # fmt: skip
    if kind is ChangeKind.MOVED:
        values["from_place"] = draw(WORDS)
    if kind is ChangeKind.MERGED:
        values["into"] = draw(st.integers(1, 999))
    if kind in VOTES and draw(st.booleans()):
        races = st.lists(st.sampled_from([race.id for race in ELECTION.races]), unique=True).map(tuple)
        values |= {
            "date": draw(DAYS),
            "opens": maybe(HOURS), "closes": maybe(HOURS), "races": draw(races),
        }  # fmt: skip
    return Change(kind=kind, **values)


@given(changes())
def test_every_decision_is_read_as_it_was_written(change: Change) -> None:
    cells = {
        field.meaning: Cell(text or "", f"a.xlsx:Perubahan!{field.header}")
        for field, text in zip(decisions.FIELDS, decisions.texts(change), strict=True)
    }
    facts = Facts()
    said = RowReader(facts).decision(Row(7, cells, {}, {}))
    assert facts.problems == []
    assert list(decisions.problems_of(said, ELECTION)) == []
    assert decisions.change_of(said, ELECTION) == change


HEADER: list[Any] = ["Kecamatan", "Desa/Kelurahan", "Nomor TPS", *(field.header for field in decisions.FIELDS)]


def row(number: object = "001", village: str = "Jua-jua", **cells: Any) -> list[Any]:
    """A row of the sheet of decisions; ``cells`` by their keys."""
    return ["Kayu Agung", village, number, *(cells.get(field.key, "") for field in decisions.FIELDS)]


AGAIN: dict[str, Any] = {
    "kind": "PSU",
    "date": dt.date(2024, 12, 1),
    "opens": dt.time(7),
    "races": "Bupati",
    "decree": "SK 2",
}


def test_a_list_of_decisions_alone_says_only_decisions(site: Path, tmp_path: Path, capsys: Said) -> None:
    before = snapshot(site)
    moved = row(kind="Pindah tempat", from_place="SD", decree="SK 1", decided="2024-11-26 16.30")
    path = made.xlsx(tmp_path / "a.xlsx", {"Perubahan": [HEADER, moved, row(**AGAIN)]})
    assert run("import", path) == 0
    assert "1 TPS di 1 desa: 0 baru, 1 berubah, 0 hilang; 0 kesalahan" in capsys.readouterr().out
    after = snapshot(site)
    assert {name for name in after if after[name] != before[name]} == {JUA_JUA}
    added = """\
    changes:
      - kind: moved
        from_place: SD
        decree: SK 1
        decided: 2024-11-26 16:30
      - kind: repeat_vote
        date: 2024-12-01
        opens: "07:00"
        races:
          - bupati
        decree: SK 2
"""
    assert after[JUA_JUA].decode().replace(added, "") == before[JUA_JUA].decode()
    assert run("import", path) == 0
    assert snapshot(site) == after


def test_rows_of_a_tps_replace_its_decisions_and_no_row_leaves_them(site: Path, capsys: Said) -> None:
    before = snapshot(site)
    assert run("export", "--xlsx", "a.xlsx") == 0
    book = load_workbook("a.xlsx")
    row = next(r for r in book["Perubahan"].iter_rows(min_row=7) if r[1].value == "Sukaraja")
    assert row[3].value == "Ulang (PSU)"
    row[7].value = "08:00"
    book.save("changed.xlsx")
    del book["Perubahan"]
    book.save("without.xlsx")
    capsys.readouterr()
    assert run("import", "without.xlsx") == 0
    assert (site / SUKARAJA).read_bytes() == before[SUKARAJA]
    assert run("import", "changed.xlsx") == 0
    assert "TPS 1 Sukaraja, Kec. Pedamaran, perubahan: Ulang (PSU)" in capsys.readouterr().out
    after = (site / SUKARAJA).read_text("utf-8")
    assert after.replace('opens: "08:00"', 'opens: "07:00"') == before[SUKARAJA].decode()
    assert after.encode() != before[SUKARAJA]


@pytest.mark.parametrize(
    ("cells", "column", "message"),
    [
        ({"kind": "diulang mungkin"}, "D", '"diulang mungkin" bukan jenis perubahan'),
        ({"date": "1 Desember"}, "G", '"1 Desember" bukan tanggal'),
        ({"date": "2024-02-30"}, "G", '"2024-02-30" bukan tanggal'),
        ({"opens": "pagi"}, "H", '"pagi" bukan jam'),
        ({"opens": 7}, "H", '"7" bukan jam'),
        ({"closes": "25:00"}, "I", '"25:00" bukan jam'),
        ({"races": "bupati; lurah"}, "J", '"lurah" bukan'),
        ({"decided": "kemarin"}, "L", '"kemarin" bukan tanggal dengan jam'),
        ({"reason": "a" * 2001}, "M", "Nilai ini tidak dapat dipakai"),
        ({"url": "contoh"}, "O", '"Tautan Sumber" memerlukan "Sumber Keputusan"'),
        ({"url": "contoh", "name": "Contoh"}, "O", "Nilai ini tidak dapat dipakai"),
        ({"into": "dua"}, "F", '"dua" bukan nomor TPS'),
        ({"from_place": "SD"}, "E", '"Tempat Lama" tidak dipakai bersama "Ulang (PSU)"'),
        ({"decree": ""}, "D", '"Ulang (PSU)" memerlukan "Dasar Keputusan / Sumber Keputusan"'),
        ({"date": ""}, "H", '"Jam Mulai" memerlukan "Tanggal Baru"'),
        ({"kind": ""}, "D", 'Baris 2 tidak punya "Jenis Perubahan"'),
        ({"kind": "Digabung", "date": "", "opens": "", "races": ""}, "D", '"Digabung" memerlukan "Digabung ke TPS"'),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_and_nothing_is_written(
    cells: dict[str, Any], column: str, message: str, site: Path, tmp_path: Path, capsys: Said
) -> None:
    before = snapshot(site)
    path = made.xlsx(tmp_path / "a.xlsx", {"Perubahan": [HEADER, row(**{**AGAIN, **cells}), row("002", **AGAIN)]})
    assert run("import", path) == 1
    said = capsys.readouterr().err
    assert f"a.xlsx:Perubahan!{column}2 {message}" in said
    assert snapshot(site) == before


def test_decisions_about_no_tps_or_in_two_tables(site: Path, tmp_path: Path, capsys: Said) -> None:
    before = snapshot(site)
    sheets = {"A": [HEADER, row(**AGAIN), row("007", **AGAIN), row("", **AGAIN)], "B": [HEADER, row(**AGAIN)]}
    assert run("import", made.xlsx(tmp_path / "a.xlsx", sheets)) == 1
    said = capsys.readouterr().err
    assert "a.xlsx:B!D2 Perubahan TPS 1 Jua-jua, Kec. Kayu Agung juga ada di a.xlsx:A!D2" in said
    assert "a.xlsx:A!D3 Jua-jua, Kec. Kayu Agung tidak punya TPS 7" in said
    assert "a.xlsx:A!D4 Tidak tertulis untuk TPS mana keputusan ini" in said
    assert snapshot(site) == before


def test_a_decision_makes_no_tps_in_an_empty_village(site: Path, tmp_path: Path, capsys: Said) -> None:
    (site / JUA_JUA).unlink()
    before = snapshot(site)
    assert run("import", made.xlsx(tmp_path / "a.xlsx", [HEADER, row(**AGAIN)])) == 1
    assert "tidak punya TPS 1" in capsys.readouterr().err
    assert snapshot(site) == before


PLACES: list[Any] = ["Kecamatan", "Desa/Kelurahan", "Nomor TPS", "Nama Tempat", "L", "P"]


def places(one: str) -> list[list[Any]]:
    """The list of TPS of a village, as an office has it."""
    second = "SDN 1 Jua-jua (contoh)"
    return [PLACES, *(["Kayu Agung", "Jua-jua", n, at, 200, 200] for n, at in ((1, one), (2, second)))]


def test_an_old_list_of_tps_does_not_undo_a_move(site: Path, tmp_path: Path, capsys: Said) -> None:
    edit(
        site / JUA_JUA,
        "    place: Balai Jua-jua (contoh)\n",
        "    place: Pasar\n"
        "    changes:\n"
        "      - {kind: moved, from_place: Lapangan, decree: BA 1, decided: 2024-11-25 09:00}\n"
        "      - {kind: moved, from_place: Balai Jua-jua (contoh), decree: BA 2, decided: 2024-11-26 09:00}\n",
    )
    before = snapshot(site)
    old = made.xlsx(tmp_path / "a.xlsx", places("BALAI JUA-JUA  (contoh)"))
    for arguments in ((old,), (old, "--dry-run")):
        assert run("import", *arguments) == 1
        said = capsys.readouterr().err
        assert "a.xlsx:Sheet1!D2 TPS 1 Jua-jua, Kec. Kayu Agung sudah pindah dari tempat ini (BA 2), tetapi" in said
        assert said.count("GALAT") == 1
    assert run("import", made.xlsx(tmp_path / "older.xlsx", places("Lapangan"))) == 1
    assert "TPS 1 Jua-jua, Kec. Kayu Agung sudah pindah dari tempat ini (BA 1)" in capsys.readouterr().err
    assert snapshot(site) == before
    assert run("import", made.xlsx(tmp_path / "new.xlsx", places("PASAR"))) == 0
    assert run("import", made.xlsx(tmp_path / "later.xlsx", places("Gedung Serbaguna"))) == 0


def test_a_tps_may_move_back(site: Path, tmp_path: Path, capsys: Said) -> None:
    away = row(kind="Pindah", from_place="Balai Jua-jua (contoh)", decree="BA 1", decided="2024-11-26 16:30")
    back = row(kind="Pindah", from_place="Pasar", decree="BA 2", decided="2024-11-26 17:30")
    forgotten = {"TPS": places("Balai Jua-jua (contoh)"), "Perubahan": [HEADER, away]}
    assert run("import", made.xlsx(tmp_path / "a.xlsx", forgotten)) == 1
    assert "a.xlsx:TPS!D2 TPS 1 Jua-jua, Kec. Kayu Agung sudah pindah dari tempat ini (BA 1)" in capsys.readouterr().err
    assert run("import", made.xlsx(tmp_path / "b.xlsx", {**forgotten, "TPS": places("Pasar")})) == 0
    path = made.xlsx(tmp_path / "c.xlsx", {**forgotten, "Perubahan": [HEADER, away, back]})
    assert run("import", path) == 0
    after = snapshot(site)
    assert "place: Balai Jua-jua (contoh)" in after[JUA_JUA].decode()
    assert run("import", path) == 0
    assert run("import", made.xlsx(tmp_path / "d.xlsx", places("Balai Jua-jua (contoh)"))) == 0
    assert snapshot(site) == after
