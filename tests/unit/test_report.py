"""The report of ``check``: what a chair reads, as text, as a page and for machines."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sitegen.cli import main
from sitegen.problems import Problem, msg
from sitegen.report.text import problem_text
from tests.support import ELECTION_FOLDER, JUA_JUA, edit, mini, snapshot

Said = pytest.CaptureFixture[str]
ELECTION = f"{ELECTION_FOLDER}/election.yaml"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small good site as the current folder."""
    monkeypatch.chdir(mini(tmp_path))
    return tmp_path


def report(capsys: Said, *arguments: str, code: int = 0) -> str:
    assert main(["check", "--jobs", "1", *arguments]) == code
    said = capsys.readouterr()
    assert said.err == ""
    return said.out


def spoil(site: Path) -> None:
    """An error in Kayu Agung, a warning in Pedamaran, and a total that differs."""
    edit(site / JUA_JUA, "men: 200", "men: 401")
    edit(site / ELECTION_FOLDER / "tps/pedamaran/sukaraja.yaml", "    place: Balai Sukaraja (contoh)\n", "")


@pytest.mark.usefixtures("site")
def test_the_table_of_a_good_site(capsys: Said) -> None:
    lines = report(capsys).splitlines()
    start = lines.index("") + 1
    assert [line.split() for line in lines[start + 1 : start + 4]] == [
        ["Kayu", "Agung", "2", "3", "1.200", "100", "0", "100", "100", "100"],
        ["Pedamaran", "1", "1", "400", "100", "0", "100", "100", "100"],
        ["Contoh", "3", "4", "1.600", "100", "0", "100", "100", "100"],
    ]
    assert "Dalam kurung" not in "\n".join(lines)


def test_what_differs_stands_in_brackets(site: Path, capsys: Said) -> None:
    edit(site / ELECTION, "voters: 400", "voters: 401")
    out = report(capsys)
    assert re.search(r"^Pedamaran +1 +1 +400 \(401\) ", out, re.MULTILINE)
    assert "Dalam kurung: jumlah yang diumumkan, jika berbeda." in out
    assert "[totals.difference 16.02.03]" in out


def test_sections_by_weight_with_place_and_advice(site: Path, capsys: Said) -> None:
    spoil(site)
    out = report(capsys, code=1)
    assert re.search(r"^Kayu Agung\* ", out, re.MULTILINE)
    headings = [line.partition(" ·")[0] for line in out.splitlines() if re.match(r"[A-Z ]+\(\d+\) · ", line)]
    assert headings == ["KESALAHAN (1)", "PERINGATAN (1)", "DITERIMA DENGAN ALASAN (1)"]
    assert "  - Jua-jua, Kec. Kayu Agung: TPS 1 punya 601 pemilih; aturannya paling banyak 600\n" in out
    assert f"    {JUA_JUA}:7 [tps.voters 16.02.05.1010 TPS 1]\n    Perbaiki: Periksa angkanya." in out
    assert "  - Belum satu TPS pun di Kec. Pedamaran punya tempat (1)\n" in out
    assert "    Alasan: Letak TPS tidak dikarang (contoh).\n" in out


def test_the_same_advice_is_given_once(site: Path, capsys: Said) -> None:
    edit(site / ELECTION, "tps: 4", "tps: 5")
    edit(site / ELECTION, "kpps: 28", "kpps: 29")
    out = report(capsys)
    assert out.count("[totals.difference 16.02]") == 2
    assert out.count("Betulkan berkas TPS") == 1


def test_a_broken_configuration_has_no_table(site: Path, capsys: Said) -> None:
    edit(site / "site_config.yaml", "data_status: sample", "data_status: sampel")
    out = report(capsys, code=1)
    assert out.startswith("Belum dapat diterbitkan")
    assert "Kayu Agung" not in out
    report(capsys, "--html", "laporan.html", code=1)
    assert "data_status" in Path("laporan.html").read_text("utf-8")


def test_for_machines(site: Path, capsys: Said) -> None:
    spoil(site)
    found = json.loads(report(capsys, "--json", code=1))
    first, second = found["kecamatan"]
    assert first["has_errors"]
    assert second == {
        "code": "16.02.03",
        "name": "Pedamaran",
        "villages": {"counted": 1, "announced": 1},
        "tps": {"counted": 1, "announced": 1},
        "voters": {"counted": 400, "announced": 400},
        "known": {
            fact: {"due": 1, "known": int(fact not in ("place", "coordinates"))}
            for fact in ("place", "coordinates", "coverage", "voters", "kpps")
        },
        "has_errors": False,
    }
    assert [(one["code"], one["place"], one["tps"]) for one in found["problems"] if one["severity"] == "error"] == [
        ("tps.voters", "16.02.05.1010", [1])
    ]


def test_without_announced_totals_the_counts_stand_alone(site: Path, capsys: Said) -> None:
    path = site / ELECTION
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("official_totals:")], "utf-8")
    edit(site / JUA_JUA, "men: 200", "men: 199")
    out = report(capsys, "--html", "laporan.html")
    assert "diumumkan" not in out
    page = Path("laporan.html").read_text("utf-8")
    assert "Belum ada jumlah yang diumumkan" in page
    assert "<td>1.599</td>" in page
    found = json.loads(report(capsys, "--json"))
    assert found["kecamatan"][0]["voters"] == {"counted": 1199, "announced": None}


def test_the_page_stands_alone_and_is_not_for_search_engines(site: Path, capsys: Said) -> None:
    spoil(site)
    before = snapshot(site)
    out = report(capsys, "--html", "laporan.html", code=1)
    assert out.endswith("Laporan sebagai halaman: laporan.html\n")
    page = Path("laporan.html").read_text("utf-8")
    assert set(snapshot(site)) - set(before) == {"laporan.html"}
    assert '<meta name="robots" content="noindex">' in page
    assert "Untuk kantor. Bukan bagian dari situs publik." in page
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert "<script" not in page
    for text in ("Jua-jua, Kec. Kayu Agung: TPS 1 punya 601 pemilih", f"{JUA_JUA}:7", "tps.voters 16.02.05.1010 TPS 1",
                 "Letak TPS tidak dikarang (contoh).", "Paling banyak 600 pemilih", "Kesalahan (1)"):  # fmt: skip
        assert text in page


def test_texts_of_the_content_stay_texts(site: Path, capsys: Said) -> None:
    edit(site / ELECTION_FOLDER / "acknowledged.yaml", "Letak TPS", "<b>Letak & TPS</b>")
    report(capsys, "--html", "laporan.html")
    assert "&lt;b&gt;Letak &amp; TPS&lt;/b&gt;" in Path("laporan.html").read_text("utf-8")


def test_no_name_of_a_person_stands_in_the_report(site: Path, capsys: Said) -> None:
    edit(site / JUA_JUA, "Petugas Contoh 21", "Petugas Contoh 11")
    out = report(capsys, "--html", "laporan.html")
    assert "kpps.name-twice" in out
    assert "Petugas" not in out + Path("laporan.html").read_text("utf-8")


@pytest.mark.parametrize(
    "file", ["_site/laporan.html", "_site/data/x.html", "public/x.html", "content/laporan.html", "a/../_site/x.htm"]
)
def test_the_page_is_never_part_of_the_site(site: Path, capsys: Said, file: str) -> None:
    for out in ("_site", "public"):
        assert main(["--jobs", "1", "--out", out]) == 0
    capsys.readouterr()
    before = snapshot(site)
    assert main(["check", "--jobs", "1", "--html", file]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("GALAT Laporan ini untuk kantor dan tidak boleh terbit: pilih berkas di luar ")
    assert snapshot(site) == before


def test_the_page_takes_the_place_of_nothing_else(site: Path, capsys: Said) -> None:
    before = snapshot(site)
    assert main(["check", "--jobs", "1", "--html", "site_config.yaml"]) == 2
    assert ".html" in capsys.readouterr().err
    assert snapshot(site) == before


def test_a_build_only_counts_warnings(site: Path, capsys: Said) -> None:
    edit(site / JUA_JUA, "number: 2", "number: 3")
    assert main(["--jobs", "1"]) == 0
    assert capsys.readouterr().err == "PERINGATAN 1 hal perlu dilihat; build.py check menampilkannya\n"


def test_every_kind_of_check_reaches_the_report(site: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.checks.positions.LEAST_KECAMATAN", 2)
    edit(site / "site_config.yaml", "data_status: sample", "data_status: provisional")
    edit(site / JUA_JUA, "rt: 4-6", "rt: 3-6")
    edit(site / JUA_JUA, "    place: SDN 1", "    coordinates: {lat: -3.4, lon: 96.0}\n    place: SDN 1")
    sukaraja = site / ELECTION_FOLDER / "tps/pedamaran/sukaraja.yaml"
    edit(sukaraja, "    place:", "    coordinates: {lat: -3.4, lon: 140.0}\n    place:")
    edit(sukaraja, "rt: 1-4", "rt: 2-4")
    found = json.loads(report(capsys, "--json"))["problems"]
    assert sorted(one["code"] for one in found) == [
        "coordinates.kecamatan-far",
        "coordinates.kecamatan-far",
        "coverage.missing",
        "coverage.twice",
        "kpps.same-team",
        "missing.coordinates",
    ]


def test_a_problem_is_told_on_two_lines_whatever_it_quotes() -> None:
    problem = Problem(
        "a.yaml", 1, "x", msg('"%(key)s" is missing', key="a\nb\x1b[2J"), msg("Check %(name)s", name="c\nd")
    )
    assert problem_text(problem, "en") == 'ERROR a.yaml:1 "a\\u000ab\\u001b[2J" is missing\n  Mend: Check c\\u000ad'
