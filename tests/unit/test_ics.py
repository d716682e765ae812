"""Calendar files, read by a library that knows RFC 5545."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import icalendar
import pytest

from sitegen.model.election import Citation, Schedule, Stage, StageKind, TimeZone
from sitegen.output.ics import calendar_files, escaped, folded
from sitegen.pages.views import Site
from tests.support import JUA_JUA, edit, mini, mini_index, mini_site

SOURCE = Citation(name="Contoh")
UTC = dt.UTC
VOTE, ALL = "pilkada-2024/hari-memilih.ics", "pilkada-2024/jadwal.ics"
OWN = "pilkada-2024/pedamaran/sukaraja/tps-1.ics"
AROUND = ("pilkada-2024/pedamaran/sukaraja.ics", "pilkada-2024/pedamaran.ics")
PLACES = ("pilkada-2024/kayu-agung/jua-jua.ics", "pilkada-2024/kayu-agung.ics")
STAGES = (
    Stage(id="daftar", kind=StageKind.RECRUITMENT, title="Pendaftaran; KPPS, dibuka", start=dt.date(2024, 9, 17),
          end=dt.date(2024, 9, 28), description="Baris \\ satu.", source=SOURCE),
    Stage(id="memilih", kind=StageKind.VOTING, title="Memilih", start=dt.date(2024, 11, 27), source=SOURCE),
)  # fmt: skip


def files(site: Site | None = None, language: str = "id", stages: tuple[Stage, ...] = STAGES) -> dict[str, bytes]:
    schedule = Schedule(as_of=dt.datetime(2024, 12, 4, 6), stages=stages) if stages else None
    return calendar_files(
        mini_index(site, schedule=schedule), language, lambda url: f"https://papan.example/situs/{url}"
    )


def events(data: bytes) -> list[Any]:
    calendar = icalendar.Calendar.from_ical(data)
    assert calendar["version"] == "2.0"
    assert [part for part in calendar.walk() if part.errors] == []
    return calendar.walk("VEVENT")


@pytest.mark.parametrize(("zone", "opens", "closes"), [("WIB", 0, 6), ("WITA", -1, 5), ("WIT", -2, 4)])
def test_voting_day_begins_and_ends_at_its_hours(zone: TimeZone, opens: int, closes: int) -> None:
    site = mini_site()
    [vote] = events(files(replace(site, election=replace(site.election, time_zone=zone)))[VOTE])
    day = dt.datetime(2024, 11, 27, tzinfo=UTC)
    assert vote["dtstart"].dt == day + dt.timedelta(hours=opens)
    assert vote["dtend"].dt == day + dt.timedelta(hours=closes)
    assert vote["dtstamp"].dt == dt.datetime(2024, 11, 26, 11 + opens, tzinfo=UTC)
    assert vote["uid"] == "hari-memilih.pilkada-2024.16.02@papan-tps"


def test_voting_day_says_what_to_bring_and_that_it_may_be_a_sample() -> None:
    [vote] = events(files()[VOTE])
    assert vote["summary"] == "[Contoh] Hari memilih: Pilkada 2024"
    assert vote["description"].splitlines() == [
        "Sudah antre sebelum pukul 13.00? Anda tetap dilayani.",
        "Bawa KTP-el dan surat C.Pemberitahuan.",
        "Tempat TPS dapat berubah. Periksa lagi sebelum berangkat.",
        "https://papan.example/situs/cek-tps.html",
    ]
    [english] = events(files(language="en")[VOTE])
    assert english["summary"] == "[Sample] Voting day: Pilkada 2024"


def test_all_stages_have_their_days() -> None:
    first, vote, again = events(files()[ALL])
    assert (first["dtstart"].dt, first["dtend"].dt) == (dt.date(2024, 9, 17), dt.date(2024, 9, 29))
    assert first["summary"] == "[Contoh] Pendaftaran; KPPS, dibuka"
    assert first["description"] == "Baris \\ satu."
    assert vote["uid"] == events(files()[VOTE])[0]["uid"], "voting day is one event, wherever it comes from"
    assert again["dtstart"].dt == dt.datetime(2024, 12, 1, tzinfo=UTC)
    assert "dtend" not in again
    assert again["description"].splitlines() == [
        "Rekomendasi nomor 000 (contoh)",
        "TPS 1 Sukaraja, Kec. Pedamaran. Hanya surat suara Bupati.",
    ]
    assert again["summary"] == "[Contoh] Pemungutan suara ulang di 1 TPS"
    assert again["uid"] == "repeat-vote-2024-12-01.pilkada-2024.16.02@papan-tps"


def test_a_tps_that_votes_on_its_own_day_has_a_file_of_its_own() -> None:
    made = files()
    assert set(made) == {VOTE, ALL, OWN, *AROUND}
    [event] = events(made[OWN])
    assert event["summary"] == "[Contoh] Pemungutan suara ulang: TPS 1 Sukaraja, Kec. Pedamaran"
    assert event["dtstart"].dt == dt.datetime(2024, 12, 1, tzinfo=UTC)
    assert event["description"].splitlines() == [
        "Hanya surat suara Bupati.",
        "Bawa KTP-el dan surat C.Pemberitahuan.",
        "Tempat TPS dapat berubah. Periksa lagi sebelum berangkat.",
        "https://papan.example/situs/pilkada-2024/pedamaran/sukaraja/tps-1.html",
    ]
    assert event["uid"] == "16.02.03.2005.tps-1.repeat-vote.pilkada-2024.16.02@papan-tps"


def of_jua_jua(folder: Path, second: str, first: str = "") -> dict[str, bytes]:
    """The files when this was decided about the two TPS of Jua-jua."""
    site = mini(folder)
    for place, kind in (("Balai Jua-jua (contoh)", first), ("SDN 1 Jua-jua (contoh)", second)):
        changes = f"    changes: [{{{kind}, decree: SK 1}}]\n"
        if kind:
            edit(site / JUA_JUA, f"    place: {place}\n", changes)
    return calendar_files(mini_index(folder=site), "id", lambda _: None)


REPEAT = "kind: repeat_vote, date: 2024-12-01"


def test_a_village_and_a_kecamatan_have_all_days_of_their_tps(tmp_path: Path) -> None:
    made = of_jua_jua(tmp_path, f"{REPEAT}, opens: '07:00', closes: '13:00'")
    for place in PLACES:
        whole, own = events(made[place])
        assert whole == events(made[VOTE])[0]
        assert own == events(made[PLACES[0].replace(".ics", "/tps-2.ics")])[0]
        assert own["dtend"].dt == dt.datetime(2024, 12, 1, 6, tzinfo=UTC)


def test_voting_day_is_left_out_where_no_tps_votes_on_it(tmp_path: Path) -> None:
    for data in map(files().get, AROUND):
        assert data == files()[OWN]
    made = of_jua_jua(tmp_path, REPEAT, "kind: merged, into: 2")
    assert [len(events(made[place])) for place in PLACES] == [1, 2], "another village of the kecamatan votes"


@pytest.mark.parametrize("kind", ["kind: postponed", "kind: cancelled", "kind: moved, from_place: SDN"])
def test_without_a_day_of_its_own_no_file(tmp_path: Path, kind: str) -> None:
    assert set(of_jua_jua(tmp_path, kind)) == {VOTE, ALL, OWN, *AROUND}


def test_no_file_names_a_place_that_can_move() -> None:
    for data in files().values():
        assert b"SDN 1" not in data
        assert b"LOCATION" not in data


def test_without_a_schedule_the_votes_of_single_tps_are_there() -> None:
    made = files(stages=())
    assert list(made) == [VOTE, ALL, OWN, *AROUND]
    assert [event["uid"].partition(".")[0] for event in events(made[ALL])] == ["repeat-vote-2024-12-01"]


def test_lines_are_folded_and_end_as_the_format_wants() -> None:
    for data in files().values():
        lines = data.split(b"\r\n")
        assert lines[-1] == b""
        assert not any(b"\n" in line or b"\r" in line for line in lines)
        assert max(map(len, lines)) <= 75


@pytest.mark.parametrize("text", ["a" * 200, "é" * 100, "x" + "–" * 80, "", "a" * 75])
def test_folding_is_undone_by_a_reader(text: str) -> None:
    cut = folded(text)
    assert cut.replace("\r\n ", "") == text
    assert max(len(line.encode()) for line in cut.split("\r\n")) <= 75


def test_signs_with_a_meaning_are_escaped() -> None:
    assert escaped("a;b,c\\d\ne") == "a\\;b\\,c\\\\d\\ne"
