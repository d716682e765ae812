"""What became of a TPS, and what its pages say of it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sitegen.catalogs import translate
from sitegen.model.tps import Change, ChangeKind, Tps
from sitegen.pages.calendar import changed_tps
from sitegen.pages.notices import home_notice, tps_notice, village_notice
from sitegen.pages.shard import ShardPlan
from sitegen.pages.states import election_vote, state_of
from sitegen.pages.views import Notice, Site, TpsState, TpsView, VillageView
from sitegen.render.environment import environment
from tests.support import JUA_JUA, before_the_vote, change, edit, mini, mini_index, mini_site, plans, with_changes

EVE = dt.datetime(2024, 11, 26, 18)
DAY = dt.date(2024, 12, 1)
MOVED = change(ChangeKind.MOVED, from_place="Sekolah", decided=EVE)
AGAIN = change(ChangeKind.REPEAT_VOTE, date=DAY, opens=dt.time(7), races=("bupati",))
POSTPONED = change(ChangeKind.POSTPONED, date=dt.date(2024, 12, 5), opens=dt.time(7), closes=dt.time(13))
MERGED = change(ChangeKind.MERGED, into=2)
CANCELLED = change(ChangeKind.CANCELLED)


def state(*changes: Change, as_of: dt.datetime = EVE) -> TpsState:
    found = state_of(mini_site().election, changes, "Balai", "p/jua-jua/tps-1.html", as_of)
    assert found is not None
    return found


def on_the_eve() -> Site:
    return replace(mini_site(), as_of=EVE)


def planned(folder: Path, yaml: str, number: int = 2) -> ShardPlan:
    """The small site on the eve of the vote with ``yaml`` instead of the place of a TPS of Jua-jua."""
    site = mini(folder)
    place = {1: "Balai Jua-jua (contoh)", 2: "SDN 1 Jua-jua (contoh)"}[number]
    edit(site / JUA_JUA, f"    place: {place}\n", yaml)
    return plans(site, on_the_eve())["kayu-agung"]


def jua_jua(plan: ShardPlan) -> VillageView:
    return next(view for view in plan.villages if view.name == "Jua-jua")


def said(notice: Notice | None) -> str | None:
    return notice and f"{translate(notice.fact, 'id')} {translate(notice.rest, 'id')}".strip()


def test_nothing_changed() -> None:
    assert state_of(mini_site().election, (), "Balai", "x", EVE) is None
    assert Tps(number=1).status == "planned"
    assert Tps(number=1).moved is None


@pytest.mark.parametrize(
    ("changes", "status", "date", "is_open"),
    [
        ((MOVED,), "moved", dt.date(2024, 11, 27), True),
        ((AGAIN,), "repeat_vote", DAY, True),
        ((AGAIN, MOVED), "repeat_vote", DAY, True),
        ((MOVED, AGAIN), "repeat_vote", DAY, True),
        ((POSTPONED,), "postponed", dt.date(2024, 12, 5), True),
        ((change(ChangeKind.POSTPONED),), "postponed", None, True),
        ((change(ChangeKind.CONTINUED, date=DAY),), "continued", DAY, True),
        ((MOVED, MERGED), "merged", dt.date(2024, 11, 27), False),
        ((CANCELLED,), "cancelled", dt.date(2024, 11, 27), False),
    ],
)
def test_the_last_decision_about_the_vote_decides(
    changes: tuple[Change, ...], status: str, date: dt.date | None, is_open: bool
) -> None:
    found = state(*changes)
    assert Tps(number=1, changes=changes).status == status == found.deciding.change.kind
    assert (found.vote.date, found.is_open) == (date, is_open)
    assert (found.moved == MOVED) == (MOVED in changes)


def test_what_is_over_is_told_by_the_date_of_the_data() -> None:
    assert not state(AGAIN, as_of=dt.datetime(2024, 12, 1, 23, 59)).vote.is_over
    assert state(AGAIN, as_of=dt.datetime(2024, 12, 2)).vote.is_over
    assert state(AGAIN).vote.ends == "2024-12-02T00:00+07:00"
    assert not state(change(ChangeKind.POSTPONED), as_of=dt.datetime(2025, 1, 1)).vote.is_over
    vote = election_vote(mini_site().election, dt.datetime(2024, 11, 28))
    assert (vote.date, vote.is_over, vote.races) == (dt.date(2024, 11, 27), True, ())


def test_each_decision_tells_what_was_before() -> None:
    views = state(MOVED, AGAIN, POSTPONED, replace(MOVED, from_place="Pasar"), MERGED).changes
    assert [(translate(view.before, "id"), translate(view.after, "id")) for view in views] == [
        ("Sekolah", "Pasar"),
        ("Rabu, 27 November 2024", "Minggu, 1 Desember 2024"),
        ("Minggu, 1 Desember 2024", "Kamis, 5 Desember 2024"),
        ("Pasar", "Balai"),
        ("Kamis, 5 Desember 2024", "TPS 2"),
    ]
    assert views[-1].target is not None
    assert views[-1].target.url == "p/jua-jua/tps-2.html"


MOVE = "    place: Pasar\n    changes: [{kind: moved, from_place: SDN, decree: BA 1, decided: 2024-11-26 16:30}]\n"
NOTICES = {
    "moved": (MOVE, "TPS ini pindah tempat. Jangan datang ke tempat lama.", "TPS 2 pindah ke Pasar.",
              "TPS 2 Jua-jua (Kayu Agung) pindah tempat."),
    "moved, nobody knows where to": (
        MOVE.partition("\n")[2], "TPS ini pindah tempat. Tempat barunya belum ditetapkan.", "TPS 2 pindah tempat.",
        "TPS 2 Jua-jua (Kayu Agung) pindah tempat.",
    ),
    "again": ("    changes: [{kind: repeat_vote, date: 2024-12-01, decree: A}]\n", None,
              "TPS 2 memilih lagi 1 Des 2024.", "TPS 2 Jua-jua (Kayu Agung) memilih lagi 1 Des 2024."),
    "postponed": ("    changes: [{kind: postponed, decree: A}]\n", None, "TPS 2 ditunda: harinya belum ditetapkan.",
                  "TPS 2 Jua-jua (Kayu Agung) ditunda: harinya belum ditetapkan."),
    "continued": ("    changes: [{kind: continued, date: 2024-11-28, decree: A}]\n", None,
                  "TPS 2 melanjutkan pemungutan suara: 28 Nov 2024.",
                  "TPS 2 Jua-jua (Kayu Agung) melanjutkan pemungutan suara: 28 Nov 2024."),
    "merged": ("    changes: [{kind: merged, into: 1, decree: A}]\n", "TPS ini digabung. Datanglah ke TPS 1.",
               "TPS 2 digabung ke TPS 1.", "TPS 2 Jua-jua (Kayu Agung) digabung ke TPS 1."),
    "cancelled": ("    changes: [{kind: cancelled, decree: A}]\n",
                  "Tidak ada pemungutan suara di TPS ini. Tanyakan kepada PPS di mana Anda memilih.",
                  "TPS 2 dibatalkan.", "TPS 2 Jua-jua (Kayu Agung) dibatalkan."),
}  # fmt: skip


@pytest.mark.parametrize(("yaml", "station", "village", "home"), NOTICES.values(), ids=NOTICES)
def test_every_page_has_its_notice(tmp_path: Path, yaml: str, station: str | None, village: str, home: str) -> None:
    plan = planned(tmp_path, yaml)
    view = jua_jua(plan)
    assert said(tps_notice(on_the_eve(), view, view.tps[1])) == station
    assert said(village_notice(on_the_eve(), view)) == village
    assert said(home_notice(changed_tps(on_the_eve(), [plan.summary], EVE), view.vote)) == home
    assert tps_notice(on_the_eve(), view, view.tps[0]) is None


def home(*changes: tuple[Change, ...], as_of: dt.datetime = EVE) -> str | None:
    """The notice of home when the first TPS have these changes."""
    site = replace(mini_site(), as_of=as_of)
    left = iter(changes)
    shard = with_changes(plans()["kayu-agung"], lambda _, __: next(left, ()))
    return said(home_notice(changed_tps(site, [shard], as_of), election_vote(site.election, as_of)))


def test_home_sums_up_several_changes() -> None:
    assert home() is None
    assert home((MOVED,), (MOVED,)) == "2 TPS pindah tempat."
    assert home((AGAIN,), (AGAIN,), (AGAIN,)) == "3 TPS memilih lagi 1 Des 2024."
    assert home((AGAIN,), (replace(AGAIN, date=dt.date(2024, 12, 4)),)) == "2 TPS memilih lagi."
    assert home((AGAIN,), (MOVED,)) == "2 TPS berubah."


def test_home_tells_only_what_is_still_to_come() -> None:
    after = dt.datetime(2024, 11, 28)
    assert home((MOVED,), (CANCELLED,), (AGAIN,), as_of=after) == "TPS 2 Jua-jua (Kayu Agung) memilih lagi 1 Des 2024."
    assert home((MOVED,), (CANCELLED,), (AGAIN,), as_of=dt.datetime(2024, 12, 2)) is None


def test_home_takes_the_date_of_the_newest_data_of_any_village(tmp_path: Path) -> None:
    site = mini(tmp_path)
    before_the_vote(site)
    edit(site / JUA_JUA, "    place: SDN 1 Jua-jua (contoh)\n", MOVE)
    sukaraja = site / "content/elections/pilkada-2024/tps/pedamaran/sukaraja.yaml"
    assert said(home_notice(mini_index(on_the_eve(), folder=site).changed, election_vote(mini_site().election, EVE)))
    edit(sukaraja, "(contoh)}", "(contoh), as_of: 2024-11-28 08:00}")
    index = mini_index(on_the_eve(), folder=site)
    assert index.vote.is_over
    assert home_notice(index.changed, index.vote) is None


def test_a_village_leaves_a_vote_that_is_over_to_its_card(tmp_path: Path) -> None:
    site = replace(mini_site(), as_of=dt.datetime(2024, 12, 2))
    edit(mini(tmp_path) / JUA_JUA, "  - number: 2\n", "  - number: 2\n" + NOTICES["again"][0])
    view = jua_jua(plans(tmp_path, site)["kayu-agung"])
    assert village_notice(site, view) is None
    assert view.tps[1].state is not None
    assert view.tps[1].state.vote.is_over


def test_old_data_say_so_on_their_pages(tmp_path: Path) -> None:
    site = mini(tmp_path)
    edit(site / JUA_JUA, "(contoh)}", "(contoh), as_of: 2024-11-19 18:00}")
    found = plans(site, on_the_eve())["kayu-agung"]
    notice = "Data ini dari 8 hari sebelum hari memilih. Tempat bisa sudah berubah: lihat lagi sebelum berangkat."
    view = jua_jua(found)
    assert said(village_notice(on_the_eve(), view)) == notice
    assert said(tps_notice(on_the_eve(), view, view.tps[0])) == notice
    pages = {page.url: page for page in found.pages}
    assert pages["pilkada-2024/kayu-agung/jua-jua/tps-1.html"].as_of == dt.datetime(2024, 11, 19, 18)
    patient = replace(on_the_eve(), config=replace(on_the_eve().config, fresh_days=8))
    assert village_notice(patient, view) is None, "eight days are allowed"
    assert village_notice(mini_site(), jua_jua(plans(site)["kayu-agung"])) is None, "the vote is over"


def test_names_are_withdrawn_by_the_date_of_their_own_file(tmp_path: Path) -> None:
    site = mini(tmp_path)
    edit(site / JUA_JUA, "(contoh)}", "(contoh), as_of: 2024-12-09 08:00}")
    own = mini_site()
    rule = replace(own.config.kpps, publish="names", names_until=dt.date(2024, 12, 8))
    found = plans(site, replace(own, config=replace(own.config, kpps=rule)))["kayu-agung"].villages
    assert {view.name: view.tps[0].kpps_names for view in found} == {"Celikah": True, "Jua-jua": False}


def event(view: TpsView, plan: ShardPlan) -> dict[str, Any]:
    """The vote of a TPS as search engines read it."""
    page = next(page for page in plan.pages if page.url == view.url)
    assert len(page.jsonld) == 2
    found: dict[str, Any] = json.loads(str(environment("id").filters["json"](page.jsonld[1])))
    return found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("moved", {"eventStatus": "EventScheduled", "startDate": "2024-11-27T07:00:00+07:00",
                   "description": "Pindah tempat, bukan lagi di: SDN."}),
        ("again", {"eventStatus": "EventScheduled", "startDate": "2024-12-01",
                   "name": "Pemungutan suara ulang: TPS 2 Jua-jua, Kec. Kayu Agung"}),
        ("postponed", {"eventStatus": "EventPostponed", "startDate": "2024-11-27T07:00:00+07:00"}),
        ("continued", {"eventStatus": "EventRescheduled", "startDate": "2024-11-28",
                       "previousStartDate": "2024-11-27T07:00:00+07:00"}),
        ("merged", {"eventStatus": "EventCancelled", "startDate": "2024-11-27T07:00:00+07:00"}),
        ("cancelled", {"eventStatus": "EventCancelled", "startDate": "2024-11-27T07:00:00+07:00"}),
    ],
)  # fmt: skip
def test_search_engines_are_told(tmp_path: Path, name: str, expected: dict[str, str]) -> None:
    plan = planned(tmp_path, NOTICES[name][0])
    found = event(jua_jua(plan).tps[1], plan)
    assert {key: found[key].removeprefix("https://schema.org/") for key in expected} == expected
    assert "Pasar" not in json.dumps(found), "a copy must not send anybody to a place that is old by then"
    assert ("previousStartDate" in found) == ("previousStartDate" in expected)


def test_the_calendar_of_a_tps_is_that_of_its_own_vote(tmp_path: Path) -> None:
    own = "pilkada-2024/kayu-agung/jua-jua/tps-2.ics"
    everybody = "pilkada-2024/hari-memilih.ics"
    expected = {"moved": everybody, "again": own, "continued": own, "postponed": None, "merged": None}
    for name, address in expected.items():
        view = jua_jua(planned(tmp_path / name, NOTICES[name][0]))
        assert (view.tps[0].calendar, view.tps[1].calendar) == (everybody, address), name
        assert view.calendar == ("pilkada-2024/kayu-agung/jua-jua.ics" if address == own else everybody), name
