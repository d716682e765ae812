"""The calendar and the ledger of changes, seen from the date of their data and never from a clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from sitegen.model.election import Citation, Schedule, Stage, StageKind
from sitegen.model.summary import KecamatanSummary
from sitegen.model.tps import Change, ChangeKind
from sitegen.pages.calendar import ChangedTps, changed_tps, ledger, next_stage, stage_views
from sitegen.pages.shard import ShardPlan
from sitegen.pages.views import Site, StageView
from tests.support import change, mini_site, plans, with_changes


def shards(**changes: tuple[Change, ...]) -> tuple[KecamatanSummary, ...]:
    """The small site; the TPS named like ``jua_jua_2`` have ``changes``, all others none."""

    def changed(plan: ShardPlan) -> KecamatanSummary:
        shard = with_changes(plan, lambda one, n: changes.get(f"{one.slug.replace('-', '_')}_{n}", ()))
        return replace(shard, villages=tuple(village._replace(as_of=None) for village in shard.villages))

    return tuple(changed(plan) for plan in plans().values())


def found(site: Site | None = None, **changes: tuple[Change, ...]) -> tuple[ChangedTps, ...]:
    site = site or mini_site()
    return changed_tps(site, shards(**changes), site.as_of)


def stage(name: str, start: dt.date, kind: StageKind = StageKind.VOTING, end: dt.date | None = None) -> Stage:
    return Stage(id=name, kind=kind, title=name, start=start, end=end, source=Citation(name="Sumber"))


def day(month: int, number: int) -> dt.date:
    return dt.date(2024, month, number)


def seen(as_of: dt.datetime, *stages: Stage, changed: tuple[ChangedTps, ...] = ()) -> tuple[StageView, ...]:
    return stage_views(mini_site(), Schedule(as_of=as_of, stages=stages), changed, as_of)


VOTE = stage("vote", day(11, 27))
TRAINING = stage("training", day(11, 7), StageKind.TRAINING, end=day(11, 30))
PSU = change(ChangeKind.REPEAT_VOTE, date=day(12, 1), races=("bupati",), reason="Sebab.")
AGAIN = "repeat-vote-2024-12-01"


@pytest.mark.parametrize(
    ("as_of", "past", "coming"),
    [
        (dt.datetime(2024, 11, 1), [], "vote"),
        (dt.datetime(2024, 11, 27), [], "vote"),
        (dt.datetime(2024, 11, 27, 23, 59), [], "vote"),
        (dt.datetime(2024, 11, 28), ["vote"], AGAIN),
        (dt.datetime(2024, 11, 30, 18), ["vote"], AGAIN),
        (dt.datetime(2024, 12, 1, 12), ["training", "vote"], AGAIN),
        (dt.datetime(2024, 12, 2), ["training", "vote", AGAIN], None),
    ],
)
def test_past_and_next_follow_the_date_of_the_data(as_of: dt.datetime, past: list[str], coming: str | None) -> None:
    views = seen(as_of, VOTE, TRAINING, changed=found(sukaraja_1=(PSU,)))
    assert [view.id for view in views] == ["training", "vote", AGAIN]
    assert [view.id for view in views if view.is_past] == past
    following = next_stage(views)
    assert (following.id if following else None) == coming
    assert [view.id for view in views if view.is_next] == ([coming] if coming else [])


def test_a_reader_whose_clock_says_more_is_told_from_midnight_on() -> None:
    views = seen(dt.datetime(2024, 11, 1), VOTE, TRAINING)
    assert [(view.id, view.ends) for view in views] == [
        ("training", "2024-12-01T00:00+07:00"),
        ("vote", "2024-11-28T00:00+07:00"),
    ]


def test_a_training_is_never_the_next_vote() -> None:
    assert next_stage(seen(dt.datetime(2024, 11, 1), TRAINING)) is None


def test_stages_of_one_day_stand_by_end_and_name() -> None:
    first = day(11, 7)
    views = seen(dt.datetime(2024, 11, 1), stage("long", first, end=day(11, 9)), stage("b", first), stage("a", first))
    assert [view.id for view in views] == ["a", "b", "long"]


def test_tps_that_vote_again_at_the_same_time_make_one_stage() -> None:
    both = replace(PSU, races=(), decree="SK 2", reason=None)
    later = replace(PSU, opens=dt.time(7))
    views = seen(dt.datetime(2024, 11, 1), changed=found(sukaraja_1=(PSU,), jua_jua_2=(both,), celikah_1=(later,)))
    assert [(view.id, view.start, view.opens) for view in views] == [
        (AGAIN, day(12, 1), None),
        (f"{AGAIN}-2", day(12, 1), dt.time(7)),
    ]
    assert views[0].basis == ("SK 2", "SK 1")
    assert [(p.number, p.village, p.kecamatan, p.url, [r.id for r in p.races], p.reason) for p in views[0].places] == [
        (2, "Jua-jua", "Kayu Agung", "pilkada-2024/kayu-agung/jua-jua/tps-2.html", [], None),
        (1, "Sukaraja", "Pedamaran", "pilkada-2024/pedamaran/sukaraja/tps-1.html", ["bupati"], "Sebab."),
    ]


def test_a_corrected_hour_is_the_same_event() -> None:
    for opens in (None, dt.time(7), dt.time(8)):
        [view] = seen(dt.datetime(2024, 11, 1), changed=found(sukaraja_1=(replace(PSU, opens=opens),)))
        assert (view.id, view.opens) == (AGAIN, opens)


def test_a_day_that_was_taken_back_stands_nowhere() -> None:
    postponed = change(ChangeKind.POSTPONED, date=day(12, 5))
    assert [v.id for v in seen(dt.datetime(2024, 11, 1), changed=found(sukaraja_1=(PSU, postponed)))] == [
        "postponed-2024-12-05"
    ]
    gone = change(ChangeKind.CANCELLED)
    assert seen(dt.datetime(2024, 11, 1), changed=found(sukaraja_1=(PSU, gone), jua_jua_1=(gone,))) == ()
    again = replace(PSU, date=day(12, 4))
    assert len(seen(dt.datetime(2024, 11, 1), changed=found(sukaraja_1=(PSU, again)))) == 2, "both are held"


def test_a_vote_without_a_day_has_no_place_in_the_calendar() -> None:
    assert seen(dt.datetime(2024, 11, 1), changed=found(sukaraja_1=(change(ChangeKind.POSTPONED),))) == ()


def moved(hour: int) -> tuple[Change, ...]:
    return (change(ChangeKind.MOVED, from_place="Lama", decided=dt.datetime(2024, 11, 26, hour)),)


def test_changes_stand_by_day_newest_first() -> None:
    repeat = replace(PSU, decided=dt.datetime(2024, 11, 29, 16))
    changed = found(jua_jua_1=moved(16), jua_jua_2=moved(17), celikah_1=moved(16), sukaraja_1=(repeat,))
    days = ledger(changed)
    assert [entry.date for entry in days] == [day(11, 29), day(11, 26)]
    assert [(entry.village, entry.moment) for entry in days[0].entries] == [("Sukaraja", repeat.decided)]
    assert [(e.kecamatan, e.village, e.number, e.view.before.values, e.view.after.values) for e in days[1].entries] == [
        ("Kayu Agung", "Jua-jua", 2, (("text", "Lama"),), (("text", "SDN 1 Jua-jua (contoh)"),)),
        ("Kayu Agung", "Celikah", 1, (("text", "Lama"),), (("text", "Balai Celikah (contoh)"),)),
        ("Kayu Agung", "Jua-jua", 1, (("text", "Lama"),), (("text", "Balai Jua-jua (contoh)"),)),
    ]


@pytest.mark.parametrize(
    ("as_of", "moment"),
    [
        (dt.datetime(2024, 11, 30, 12), dt.datetime(2024, 11, 30, 12)),
        (dt.datetime(2024, 12, 3), dt.datetime(2024, 12, 1)),
    ],
)
def test_what_nobody_dated_is_told_neither_before_its_time_nor_after_its_vote(
    as_of: dt.datetime, moment: dt.datetime
) -> None:
    site = replace(mini_site(), election=replace(mini_site().election, data_as_of=as_of))
    [[entry]] = [one.entries for one in ledger(found(site, sukaraja_1=(PSU,)))]
    assert (entry.moment, entry.anchor) == (moment, dt.datetime(2024, 12, 1))


def test_without_changes_the_ledger_is_empty() -> None:
    assert ledger(found()) == ()
