"""The data files: safe in a spreadsheet, the same rows in both formats, no name longer than allowed."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from sitegen.model.config import DataStatus, KppsPublication
from sitegen.output.exports import TABLES, Row, _records, csv_text, join_parts, write_parts
from sitegen.output.publication import Outlet
from sitegen.output.shared import SharedOutlet
from sitegen.pages.views import Download, Site
from sitegen.privacy.declared import NOTHING
from sitegen.privacy.gate import Gate
from tests.support import JUA_JUA, edit, mini, mini_index, mini_site, plans, with_config

NAMES = [f"Petugas Contoh {number}" for number in range(31, 38)]


def export(folder: Path, stage: Path, site: Site | None = None) -> tuple[Download, ...]:
    """The data files of the site in ``folder``, in ``stage``."""
    site = site or mini_site()
    made = plans(folder, site)
    parts = stage.with_name("parts")
    rows = {
        f"pilkada-2024.{slug}": write_parts(Outlet(parts, Gate(NOTHING)), site, f"pilkada-2024.{slug}", plan)
        for slug, plan in made.items()
    }
    stage.mkdir()
    return join_parts(SharedOutlet(stage, Gate(NOTHING)), parts, mini_index(site, folder=folder), rows)


def as_csv(rows: Sequence[Row]) -> str:
    return csv_text(rows, {cell for row in rows for cell in row if isinstance(cell, str)})


def rows(stage: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(stage.joinpath(f"data/{name}.csv").read_text("utf-8"))))


def records(stage: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(stage.joinpath(f"data/{name}.json").read_bytes())[name]
    return found


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_text(sign: str) -> None:
    assert as_csv([(f"{sign}HYPERLINK(1)", "a" + sign, 1)]).lstrip('"').startswith(f"'{sign}HYPERLINK(1)")
    assert as_csv([("a" + sign,)]).lstrip('"').startswith("a")


def test_numbers_stay_numbers_and_nothing_stays_empty() -> None:
    assert as_csv([(-3.39, 0, None, "")]) == "-3.39,0,,\n"


def test_commas_quotes_and_lines_stay_inside_their_cell() -> None:
    cells = ["a,b", 'c"d', "e\nf", " g "]
    assert next(csv.reader(io.StringIO(as_csv([tuple(cells)]), newline=""))) == cells


def test_a_record_reads_back_as_its_row() -> None:
    for table in TABLES:
        row: Row = (1, True, False, None, -3.5, 'Balai "A"\n\\ \u2028', 1, *("é" for _ in table.columns[7:]))
        (found,) = json.loads(f"[{_records(table, [row])}]")
        assert found == dict(zip(table.columns, row, strict=True))
        assert [type(cell) for cell in found.values()] == [type(cell) for cell in row]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_both_formats_hold_the_same_rows(tmp_path: Path, table: Any) -> None:
    export(mini(tmp_path / "site"), tmp_path / "out")
    found = records(tmp_path / "out", table.name)
    assert [{key: "" if v is None else str(v) for key, v in row.items()} for row in found] == rows(
        tmp_path / "out", table.name
    )
    assert all(tuple(row) == table.columns for row in found)


def test_the_rows_are_the_content(tmp_path: Path) -> None:
    site = mini(tmp_path / "site")
    edit(site / JUA_JUA, "coverage: [{rw: 1, rt: 1-3}]", "coverage: [{dusun: II, rw: 1, rt: '1-3, 5'}, {rw: 2}]")
    edit(
        site / JUA_JUA, "place: Balai Jua-jua (contoh)", "place: =Balai, lama\n    coordinates: {lat: -3.4, lon: 104.8}"
    )
    downloads = export(site, tmp_path / "out")
    assert [(d.path, d.rows) for d in downloads] == [
        (f"data/{name}.{form}", count)
        for name, count in (("villages", 3), ("tps", 4), ("kpps", 28))
        for form in ("csv", "json")
    ]
    assert all(d.size == (tmp_path / "out" / d.path).stat().st_size for d in downloads)
    assert records(tmp_path / "out", "villages")[1] == {
        "kecamatan_code": "16.02.05", "kecamatan": "Kayu Agung", "village_code": "16.02.05.1010", "village": "Jua-jua",
        "kind": "kelurahan", "tps": 2, "kpps": 14, "voters_men": 400, "voters_women": 400, "voters": 800,
        "page": "pilkada-2024/kayu-agung/jua-jua.html", "data_status": "sample",
        "data_as_of": "2024-11-26T18:00:00+07:00",
    }  # fmt: skip
    tps = records(tmp_path / "out", "tps")[1]
    assert (tps["tps"], tps["place"], tps["lat"], tps["lon"]) == (1, "=Balai, lama", -3.4, 104.8)
    assert tps["coverage"] == "II RW 1 RT 1–3, 5; RW 2"
    assert rows(tmp_path / "out", "tps")[1]["place"] == "'=Balai, lama"


PLANNED = {
    "status": "planned", "vote_date": "2024-11-27", "vote_opens": "07:00", "vote_closes": "13:00",
    "vote_races": "gubernur bupati", "merged_into": None, "decree": None, "decided": None,
    "moved_from": None, "moved_decree": None, "moved_decided": None,
}  # fmt: skip


def test_every_row_tells_the_status_of_its_tps(tmp_path: Path) -> None:
    site = mini(tmp_path / "site")
    edit(
        site / JUA_JUA,
        "    place: SDN 1 Jua-jua (contoh)\n",
        "    changes:\n"
        "      - {kind: moved, from_place: Lama, decree: BA 1, decided: 2024-11-25 09:00}\n"
        "      - {kind: merged, into: 1, decree: BA 2, decided: 2024-11-26 09:00}\n",
    )
    export(site, tmp_path / "out")
    found = {(row["village"], row["tps"]): row for row in records(tmp_path / "out", "tps")}
    assert {key: found["Jua-jua", 1][key] for key in PLANNED} == PLANNED
    assert {key: found["Sukaraja", 1][key] for key in PLANNED} == PLANNED | {
        "status": "repeat_vote", "vote_date": "2024-12-01", "vote_closes": None, "vote_races": "bupati",
        "decree": "Rekomendasi nomor 000 (contoh)", "decided": "2024-11-29T16:00:00+07:00",
    }  # fmt: skip
    assert {key: found["Jua-jua", 2][key] for key in PLANNED} == PLANNED | {
        "status": "merged", "vote_date": None, "vote_opens": None, "vote_closes": None, "vote_races": None,
        "merged_into": 1, "decree": "BA 2", "decided": "2024-11-26T09:00:00+07:00",
        "moved_from": "Lama", "moved_decree": "BA 1", "moved_decided": "2024-11-25T09:00:00+07:00",
    }  # fmt: skip
    assert found["Jua-jua", 1]["data_as_of"] == "2024-11-26T18:00:00+07:00"
    assert found["Sukaraja", 1]["data_as_of"] == "2024-11-30T18:00:00+07:00", "the date of its own file"


def test_a_file_says_what_its_data_are(tmp_path: Path) -> None:
    export(mini(tmp_path / "site"), tmp_path / "out", with_config(data_status=DataStatus.PROVISIONAL))
    head = json.loads((tmp_path / "out/data/kpps.json").read_bytes())
    del head["kpps"]
    assert head == {
        "data_status": "provisional",
        "office": "KPU Kabupaten Contoh",
        "region_code": "16.02",
        "election": "pilkada-2024",
        "data_as_of": "2024-11-30T18:00:00+07:00",
    }
    assert {row["data_status"] for table in TABLES for row in rows(tmp_path / "out", table.name)} == {"provisional"}


def test_a_shard_without_rows_leaves_the_files_readable(tmp_path: Path) -> None:
    site = mini(tmp_path / "site")
    (site / "content/elections/pilkada-2024/tps/kayu-agung/celikah.yaml").unlink()
    (site / JUA_JUA).unlink()
    export(site, tmp_path / "out")
    assert [row["village"] for row in records(tmp_path / "out", "tps")] == ["Sukaraja"]
    assert len(records(tmp_path / "out", "kpps")) == len(rows(tmp_path / "out", "kpps")) == 7
    assert len(records(tmp_path / "out", "villages")) == 3


@pytest.mark.parametrize(
    ("rule", "shown"),
    [
        (KppsPublication(publish="names"), True),
        (KppsPublication(publish="names", names_until=dt.date(2024, 11, 26)), True),
        (KppsPublication(publish="names", names_until=dt.date(2024, 11, 25)), False),
        (KppsPublication(publish="roles"), False),
        (KppsPublication(publish="roles", names_until=dt.date(2024, 12, 8)), False),
    ],
)
def test_names_of_kpps_are_published_only_while_they_may_be(tmp_path: Path, rule: KppsPublication, shown: bool) -> None:
    site = with_config(kpps=rule)
    export(mini(tmp_path / "site"), tmp_path / "out", site)
    found = [row for row in records(tmp_path / "out", "kpps") if row["village"] == "Celikah"]
    assert [row["role"] for row in found] == ["ketua", *["anggota"] * 6]
    assert [row["name"] for row in found] == (NAMES if shown else [None] * 7)
    everything = b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert (b"Petugas" in everything) == shown
