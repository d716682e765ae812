"""The calendar and the ledger of changes, seen from the date of their data and never from a clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import pytest

from sitegen.model.election import Citation, Schedule, Stage, StageKind, StagePlace
from sitegen.model.summary import KecamatanSummary, TpsSummary, VillageSummary
from sitegen.model.tps import Move
from sitegen.pages.calendar import changes, next_stage, stage_views
from sitegen.pages.views import StageView
from tests.support import mini_site, plans

SUKARAJA = "16.02.03.2005"
JUA_JUA = "16.02.05.1010"


@cache
def shards() -> tuple[KecamatanSummary, ...]:
    return tuple(plan.summary for plan in plans().values())


def villages(kecamatan: Iterable[KecamatanSummary]) -> dict[str, tuple[KecamatanSummary, VillageSummary]]:
    return {village.code: (shard, village) for shard in kecamatan for village in shard.villages}


def stage(
    name: str,
    start: dt.date,
    kind: StageKind = StageKind.VOTING,
    end: dt.date | None = None,
    opens: dt.time | None = None,
    places: tuple[StagePlace, ...] = (),
    basis: str | None = None,
) -> Stage:
    source = Citation(name="Sumber")
    return Stage(
        id=name, kind=kind, title=name, start=start, end=end, opens=opens, places=places, basis=basis, source=source
    )


def day(month: int, number: int) -> dt.date:
    return dt.date(2024, month, number)


def seen(as_of: dt.datetime, *stages: Stage) -> tuple[StageView, ...]:
    return stage_views(mini_site(), Schedule(as_of=as_of, stages=stages), villages(shards()))


VOTE = stage("vote", day(11, 27))
AGAIN = stage("again", day(12, 1), StageKind.REPEAT_VOTE)
TRAINING = stage("training", day(11, 7), StageKind.TRAINING, end=day(11, 30))


@pytest.mark.parametrize(
    ("as_of", "past", "coming"),
    [
        (dt.datetime(2024, 11, 1), [], "vote"),
        (dt.datetime(2024, 11, 27), [], "vote"),
        (dt.datetime(2024, 11, 27, 23, 59), [], "vote"),
        (dt.datetime(2024, 11, 28), ["vote"], "again"),
        (dt.datetime(2024, 11, 30, 18), ["vote"], "again"),
        (dt.datetime(2024, 12, 1, 12), ["training", "vote"], "again"),
        (dt.datetime(2024, 12, 2), ["training", "vote", "again"], None),
    ],
)
def test_past_and_next_follow_the_date_of_the_calendar(as_of: dt.datetime, past: list[str], coming: str | None) -> None:
    views = seen(as_of, AGAIN, VOTE, TRAINING)
    assert [view.stage.id for view in views] == ["training", "vote", "again"]
    assert [view.stage.id for view in views if view.is_past] == past
    found = next_stage(views)
    assert (found.stage.id if found else None) == coming
    assert [view.stage.id for view in views if view.is_next] == ([coming] if coming else [])


def test_a_training_is_never_the_next_vote() -> None:
    assert next_stage(seen(dt.datetime(2024, 11, 1), TRAINING)) is None


def test_stages_of_one_day_stand_by_end_and_name() -> None:
    first = day(11, 7)
    views = seen(dt.datetime(2024, 11, 1), stage("long", first, end=day(11, 9)), stage("b", first), stage("a", first))
    assert [view.stage.id for view in views] == ["a", "b", "long"]


def test_places_of_a_repeat_vote_have_name_page_and_races() -> None:
    places = (StagePlace(village=SUKARAJA, tps=1, races=("bupati",)), StagePlace(village=JUA_JUA, tps=2))
    [view] = seen(dt.datetime(2024, 11, 1), replace(AGAIN, places=places))
    assert [(p.number, p.village, p.kind, p.kecamatan, p.url, [r.id for r in p.races]) for p in view.places] == [
        (1, "Sukaraja", "desa", "Pedamaran", "pilkada-2024/pedamaran/sukaraja/tps-1.html", ["bupati"]),
        (2, "Jua-jua", "kelurahan", "Kayu Agung", "pilkada-2024/kayu-agung/jua-jua/tps-2.html", []),
    ]


def test_a_place_that_does_not_exist_is_left_to_the_checks() -> None:
    places = (StagePlace(village="16.02.99.2001", tps=1), StagePlace(village=SUKARAJA, tps=9))
    [view] = seen(dt.datetime(2024, 11, 1), replace(AGAIN, places=places))
    assert view.places == ()


def moved(shard: KecamatanSummary, number: int, decided: dt.datetime) -> KecamatanSummary:
    """``shard`` with TPS ``number`` of its last village moved."""
    *before, village = shard.villages
    move = Move(from_place="Lama", decree="SK 1", decided=decided)
    stations: list[TpsSummary] = [replace(t, moved=move) if t.number == number else t for t in village.tps]
    return replace(shard, villages=(*before, replace(village, tps=tuple(stations))))


def test_changes_stand_by_day_newest_first() -> None:
    kayu_agung, pedamaran = shards()
    kecamatan = (
        moved(moved(kayu_agung, 1, dt.datetime(2024, 11, 26, 16)), 2, dt.datetime(2024, 11, 26, 17)),
        moved(pedamaran, 1, dt.datetime(2024, 11, 26, 16)),
    )
    again = replace(
        AGAIN, opens=dt.time(7), basis="Surat 1", places=(StagePlace(village=SUKARAJA, tps=1, races=("bupati",)),)
    )
    schedule = Schedule(as_of=dt.datetime(2024, 12, 1), stages=(VOTE, again))
    days = changes(mini_site(), kecamatan, schedule, villages(kecamatan))
    assert [entry.date for entry in days] == [day(12, 1), day(11, 26)]
    repeat = days[0].changes[0]
    assert (repeat.village, repeat.decided, repeat.basis) == ("Sukaraja", dt.datetime(2024, 12, 1, 7), "Surat 1")
    assert repeat.repeat_vote is not None
    assert [race.id for race in repeat.repeat_vote.races] == ["bupati"]
    assert [(c.kecamatan, c.village, c.number, c.moved_from, c.moved_to) for c in days[1].changes] == [
        ("Kayu Agung", "Jua-jua", 2, "Lama", "SDN 1 Jua-jua (contoh)"),
        ("Kayu Agung", "Jua-jua", 1, "Lama", "Balai Jua-jua (contoh)"),
        ("Pedamaran", "Sukaraja", 1, "Lama", "Balai Sukaraja (contoh)"),
    ]


def test_without_changes_the_ledger_is_empty() -> None:
    assert changes(mini_site(), shards(), None, villages(shards())) == ()
