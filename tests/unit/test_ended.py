"""A TPS that was cancelled or merged: found by its number, and counted nowhere as one where people vote."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from sitegen.cli import main
from sitegen.model.summary import Totals
from tests.search_script import in_search
from tests.support import JUA_JUA, edit, mini

KAYU_AGUNG = "pilkada-2024/kayu-agung.html"
NOTE = "Tidak termasuk 1 TPS yang dibatalkan atau digabung."


@pytest.fixture(params=["merged, into: 1", "cancelled"])
def site(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small good site, of whose two TPS in Jua-jua the second one has ended, as the current folder; its data are
    official, and the totals of before the decision were announced."""
    monkeypatch.chdir(mini(tmp_path))
    place = "    place: SDN 1 Jua-jua (contoh)\n"
    edit(tmp_path / JUA_JUA, place, f"{place}    changes: [{{kind: {request.param}, decree: SK 1}}]\n")
    edit(tmp_path / "site_config.yaml", "data_status: sample", "data_status: official")
    assert main(["build", "--jobs", "1"]) == 0
    return tmp_path / "_site"


def words(path: Path) -> str:
    text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", path.read_text("utf-8"), flags=re.DOTALL)
    return " ".join(text.split())


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def test_pages_count_where_people_vote_and_say_what_is_left_out(site: Path) -> None:
    assert f"3 desa/kelurahan TPS 3 petugas KPPS 21 pemilih tetap 1.600 {NOTE}" in re.sub(
        r"(desa/kelurahan) (\d+)", r"\2 \1", words(site / "index.html")
    )
    for page in ("data.html", "tentang.html", KAYU_AGUNG):
        assert NOTE in words(site / page)
    assert NOTE not in words(site / "pilkada-2024/pedamaran.html")
    assert "Kelurahan · 1 TPS" in words(site / KAYU_AGUNG)
    assert "Kec. Kayu Agung · 1 TPS ·" in words(site / "pilkada-2024/kayu-agung/jua-jua.html")
    assert "3 desa/kelurahan · 3 TPS" in words(site / "cek-tps.html")
    assert "3 TPS × 7 petugas = 21 KPPS" in words(site / "kpps.html")
    assert "Jua-jua/TPS-2".lower() in (site / "sitemap.xml").read_text("utf-8")


def test_data_files_have_a_row_for_it_still(site: Path) -> None:
    rows = {name: rows_of(site / f"data/{name}.csv") for name in ("villages", "tps", "kpps")}
    assert {name: len(found) for name, found in rows.items()} == {"villages": 3, "tps": 4, "kpps": 28}
    page = words(site / "data.html")
    assert "4 baris" in page
    assert "28 baris" in page
    assert {row["village"]: row["tps"] for row in rows["villages"]} == {"Celikah": "1", "Jua-jua": "1", "Sukaraja": "1"}
    assert json.loads((site / "data/manifest.json").read_bytes())["totals"]["tps"] == 3


def test_the_search_finds_its_number_and_does_not_count_it(site: Path) -> None:
    index = next(data for data in map(Path.read_bytes, site.glob("search/*")) if b"Jua-jua" in data).decode()
    code = """const places = readPlaces(data.index.split("`")[1]);
        console.log(JSON.stringify(places.map(one => [one.name, one.tpsCount, (one.tps || []).length])));"""
    found = {name: (count, numbers) for name, count, numbers in in_search(code, {"index": index})}
    assert found["Jua-jua"] == (1, 2)
    assert found["Kayu Agung"][0] == 2


@pytest.mark.parametrize(("announced", "counted"), [(3, 3), (4, 4), (5, 3), (2, 3), (None, 3)])
def test_the_announced_figure_may_be_of_before_or_after(announced: int | None, counted: int) -> None:
    assert Totals(tps=3, ended=1).tps_beside(announced) == counted
    assert Totals(kpps=3, ended_kpps=1).kpps_beside(announced) == counted


@pytest.mark.parametrize(("announced", "code"), [(4, 0), (3, 0), (5, 1)])
def test_official_totals_are_compared_with_both(site: Path, announced: int, code: int) -> None:
    election = site.parent / "content/elections/pilkada-2024/election.yaml"
    text = election.read_text("utf-8")
    start = text.index("official_totals")
    election.write_text(text[:start] + re.sub(r"\btps: 4\b", f"tps: {announced}", text[start:], count=1), "utf-8")
    assert main(["check", "--jobs", "1"]) == code
