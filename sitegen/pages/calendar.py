"""The calendar and the declared changes, as seen from the date of their data, never from a clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import groupby

from sitegen.model.election import Schedule, Stage, StageKind
from sitegen.model.summary import KecamatanSummary, TpsSummary, VillageSummary
from sitegen.pages.views import Change, ChangeDay, RepeatVote, Site, StagePlaceView, StageView

Villages = Mapping[str, tuple[KecamatanSummary, VillageSummary]]
VOTES = (StageKind.VOTING, StageKind.REPEAT_VOTE)


def stage_views(site: Site, schedule: Schedule, villages: Villages) -> tuple[StageView, ...]:
    """All stages in the order of their dates; the next vote is the first one that is not over."""
    today = schedule.as_of.date()
    ordered = sorted(schedule.stages, key=lambda stage: (stage.start, stage.end or stage.start, stage.id))
    coming = next((stage for stage in ordered if stage.kind in VOTES and _last_day(stage) >= today), None)
    return tuple(
        StageView(stage, _places(site, stage, villages), _last_day(stage) < today, stage is coming) for stage in ordered
    )


def next_stage(stages: Sequence[StageView]) -> StageView | None:
    """The stage marked as next."""
    return next((view for view in stages if view.is_next), None)


def _last_day(stage: Stage) -> dt.date:
    return stage.end or stage.start


def _places(site: Site, stage: Stage, villages: Villages) -> tuple[StagePlaceView, ...]:
    found = []
    for place in stage.places:
        shard, village = villages.get(place.village, (None, None))
        station = _station(village, place.tps)
        if shard and village and station:
            races = tuple(race for race in site.election.races if race.id in place.races)
            found.append(StagePlaceView(place.tps, village.name, village.kind, shard.name, station.url, races))
    return tuple(found)


def _station(village: VillageSummary | None, number: int) -> TpsSummary | None:
    stations = village.tps if village else ()
    return next((tps for tps in stations if tps.number == number), None)


def changes(
    site: Site, kecamatan: Sequence[KecamatanSummary], schedule: Schedule | None, villages: Villages
) -> tuple[ChangeDay, ...]:
    """Moves and repeat votes that the content declares, newest day first.

    A repeat vote has no time of decision in the content; it stands under its own day.
    """
    found = [
        Change(
            tps.number, village.name, shard.name, shard.code, tps.url,
            tps.moved.decided, tps.moved.decree, tps.moved.from_place, tps.place, None,
        )
        for shard in kecamatan
        for village in shard.villages
        for tps in village.moved
        if tps.moved
    ]  # fmt: skip
    for stage in schedule.stages if schedule else ():
        if stage.kind is StageKind.REPEAT_VOTE:
            found += _repeat_votes(site, stage, villages)
    found.sort(key=lambda change: (change.kecamatan, change.village, change.number))
    found.sort(key=lambda change: change.decided, reverse=True)
    days = groupby(found, key=lambda change: change.decided.date())
    return tuple(ChangeDay(day, tuple(group)) for day, group in days)


def _repeat_votes(site: Site, stage: Stage, villages: Villages) -> list[Change]:
    decided = dt.datetime.combine(stage.start, stage.opens or dt.time())
    return [
        Change(
            place.tps, village.name, shard.name, shard.code, station.url,
            decided, stage.basis or stage.source.name, None, None,
            RepeatVote(stage, tuple(race for race in site.election.races if race.id in place.races)),
        )
        for place in stage.places
        if place.village in villages
        for shard, village in [villages[place.village]]
        if (station := _station(village, place.tps))
    ]  # fmt: skip
