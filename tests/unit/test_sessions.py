"""Trainings of KPPS, village by village: on pages, in calendar files, and what is said of those that cannot be."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import icalendar
import pytest

from sitegen.cli import main
from sitegen.content.site import SCHEDULE
from sitegen.content.yaml_events import parse
from sitegen.model.election import TimeZone
from sitegen.output.ics import calendar_files
from tests.support import ELECTION_FOLDER, edit, mini, mini_index, mini_site, snapshot

JUA_JUA, CELIKAH = "pilkada-2024/kayu-agung/jua-jua", "pilkada-2024/kayu-agung/celikah"
KAYU_AGUNG, PEDAMARAN = "pilkada-2024/kayu-agung", "pilkada-2024/pedamaran"
SCHEDULE_FILE = Path(ELECTION_FOLDER, "schedule.yaml")
STAGE = """
  - id: bimtek
    kind: training
    title: Bimtek KPPS
    start: 2024-11-08
    end: 2024-11-25
    source: {name: Contoh}
    sessions:
      - {villages: [16.02.05.1010, 16.02.05.2001], date: 2024-11-09, opens: "08:00", closes: "12:00", place: Aula}
      - {villages: [16.02.05.1010], date: 2024-11-25, opens: "13:30", place: Balai Jua-jua, participants: KPPS TPS 2}
"""


def files(zone: TimeZone = "WIB") -> Mapping[str, bytes]:
    """Calendar files of the small site with the trainings."""
    site = mini_site()
    schedule = SCHEDULE.validate_python(parse(f"as_of: 2024-11-10 06:00\nstages:{STAGE}"))
    index = mini_index(replace(site, election=replace(site.election, time_zone=zone)), schedule=schedule)
    return calendar_files(index, "id", lambda url: f"https://papan.example/{url}")


def events(data: bytes) -> list[Any]:
    calendar = icalendar.Calendar.from_ical(data)
    assert [part for part in calendar.walk() if part.errors] == []
    return calendar.walk("VEVENT")


@pytest.mark.parametrize(("zone", "hour"), [("WIB", 1), ("WITA", 0), ("WIT", -1)])
def test_a_village_has_its_trainings_at_their_hours(zone: TimeZone, hour: int) -> None:
    first, second = events(files(zone)[f"{JUA_JUA}/bimtek.ics"])
    day = dt.datetime(2024, 11, 9, tzinfo=dt.UTC)
    assert (first["dtstart"].dt, first["dtend"].dt) == (
        day + dt.timedelta(hours=hour),
        day + dt.timedelta(hours=hour + 4),
    )
    assert second["dtstart"].dt == dt.datetime(2024, 11, 25, 5, 30, tzinfo=dt.UTC) + dt.timedelta(hours=hour)
    assert "dtend" not in second
    assert second["summary"] == "[Contoh] Bimtek KPPS"
    assert second["description"].splitlines() == [
        "Tempat: Balai Jua-jua (data per Sabtu, 30 November 2024)",
        "Untuk: KPPS TPS 2",
        "Jua-jua",
        "Tempat pelatihan dapat berubah. Periksa lagi sebelum berangkat.",
        f"https://papan.example/{JUA_JUA}.html",
    ]


def test_a_kecamatan_has_those_of_its_villages_and_voters_have_none() -> None:
    made = files()
    of_all = [event["uid"] for event in events(made[f"{KAYU_AGUNG}/bimtek.ics"])]
    assert of_all == [event["uid"] for event in events(made[f"{JUA_JUA}/bimtek.ics"])]
    assert of_all[:1] == [event["uid"] for event in events(made[f"{CELIKAH}/bimtek.ics"])]
    assert len(set(of_all)) == 2
    assert f"{PEDAMARAN}/bimtek.ics" not in made
    voters = [name for name in made if not name.endswith("/bimtek.ics")]
    assert not any(b"Aula" in made[name] or b"Balai" in made[name] for name in voters)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small good site with trainings, as the current folder."""
    monkeypatch.chdir(mini(tmp_path))
    edit(SCHEDULE_FILE, "stages:\n", f"stages:{STAGE}")
    return tmp_path


def words(path: str) -> str:
    text = re.sub(
        r"<(script|style)\b.*?</\1>|<(\w+)[^>]* hidden>.*?</\2>|<[^>]*>",
        " ",
        Path("_site", path).read_text("utf-8"),
        flags=re.DOTALL,
    )
    return " ".join(text.split())


def test_pages_tell_place_day_hours_and_for_whom(site: Path) -> None:
    assert main(["build", "--jobs", "1"]) == 0
    first = "Bimtek KPPS Sabtu, 9 November 2024 Sudah lewat pukul 08.00–12.00 WIB Aula KPPS"
    second = "Bimtek KPPS Senin, 25 November 2024 Sudah lewat mulai pukul 13.30 WIB Balai Jua-jua KPPS TPS 2"
    assert f"Untuk petugas KPPS {first} {second} Masukkan" in words(f"{JUA_JUA}.html")
    assert f"Untuk petugas KPPS {first} Masukkan" in words(f"{CELIKAH}.html")
    assert f"{first}: Celikah, Jua-jua {second}: Jua-jua Masukkan" in words(f"{KAYU_AGUNG}.html")
    assert "petugas KPPS Bimtek" not in words(f"{PEDAMARAN}.html")
    assert "Tempat dan jam di kecamatan Anda: Kayu Agung (2)" in words("jadwal.html")
    for page in (JUA_JUA, KAYU_AGUNG):
        assert f"{page.rpartition('/')[2]}/bimtek.ics" in Path(f"_site/{page}.html").read_text("utf-8")
        assert Path(f"_site/{page}/bimtek.ics").is_file()
    assert 'href="pilkada-2024/kayu-agung.html#bimtek"' in Path("_site/jadwal.html").read_text("utf-8")
    assert 'id="bimtek"' in Path(f"_site/{KAYU_AGUNG}.html").read_text("utf-8")
    del site


def test_a_training_that_moved_is_made_again_where_it_is_shown_alone(site: Path) -> None:
    assert main(["build", "--jobs", "1"]) == 0
    old = snapshot(Path("_site"))
    edit(SCHEDULE_FILE, "Balai Jua-jua", "Gedung Jua-jua")
    assert main(["build", "--jobs", "1"]) == 0
    new = snapshot(Path("_site"))
    pages = {path for path in new if path.endswith(".html") and new[path] != old[path]}
    assert pages == {f"{JUA_JUA}.html", f"{KAYU_AGUNG}.html"}
    assert main(["build", "--jobs", "2", "--clean", "--out", "clean"]) == 0
    clean = snapshot(Path("clean"))
    assert {path: data for path, data in new.items() if path != ".papan-tps"} == {
        path: data for path, data in clean.items() if path != ".papan-tps"
    }
    del site


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("date: 2024-11-09", "date: 2024-11-07", "Kamis, 7 November 2024 tidak termasuk"),
        ("date: 2024-11-25", "date: 2024-11-26", "Selasa, 26 November 2024 tidak termasuk"),
        ('closes: "12:00"', 'closes: "07:00"', "selesai sebelum mulai"),
        ("[16.02.05.1010, 16.02.05.2001]", "[16.02.05.1010, 16.02.05.2002]", "16.02.05.2002"),
        ("villages: [16.02.05.1010], ", "villages: [], ", '"villages"'),
    ],
)
def test_a_training_that_cannot_be_says_why(
    site: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, what: str
) -> None:
    edit(SCHEDULE_FILE, old, new)
    assert main(["build", "--jobs", "1"]) == 1
    said = capsys.readouterr().err
    assert re.search(rf"{SCHEDULE_FILE}:1?\d ", said)
    assert what in said
    del site
