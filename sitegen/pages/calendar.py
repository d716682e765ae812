"""The calendar and the declared changes, as seen from the date of their data, never from a clock."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from sitegen.model.election import Schedule, Stage, StageKind
from sitegen.model.summary import KecamatanSummary, TpsSummary, VillageSummary
from sitegen.model.tps import VOTES, ChangeKind
from sitegen.pages.sessions import StageKecamatan, Villages, by_kecamatan
from sitegen.pages.states import state_of
from sitegen.pages.views import (
    ChangeView,
    LedgerDay,
    LedgerEntry,
    Site,
    StagePlaceView,
    StageView,
    TpsState,
)
from sitegen.problems import msg, verbatim


class ChangedTps(NamedTuple):
    """A TPS about which something changed, with where it lies, the date of its data, and the name of its election when
    that is past."""

    kecamatan: KecamatanSummary
    village: VillageSummary
    tps: TpsSummary
    state: TpsState
    as_of: dt.datetime
    election: str = ""


def changed_tps(site: Site, kecamatan: Iterable[KecamatanSummary], as_of: dt.datetime) -> tuple[ChangedTps, ...]:
    """All TPS about which something changed, in the order of kecamatan and villages, as data of ``as_of`` see them."""
    name = site.election.name if site.is_past else ""
    seen, data_as_of = site.seen_from(as_of), site.election.data_as_of
    return tuple(
        ChangedTps(shard, village, tps, state, village.as_of or data_as_of, name)
        for shard in kecamatan
        for village in shard.villages
        for tps in village.changed
        if (state := state_of(site.election, tps.changes, tps.place, tps.url, seen))
    )


def own_days(changed: Iterable[ChangedTps]) -> dict[str, list[ChangedTps]]:
    """TPS that vote on a day of their own, by the address of the page of TPS, village and kecamatan."""
    found: dict[str, list[ChangedTps]] = {}
    for one in changed:
        vote = one.state.deciding.vote
        if vote and vote.date:
            for page in (one.tps, one.village, one.kecamatan):
                found.setdefault(page.url, []).append(one)
    return found


def stage_views(
    site: Site,
    schedule: Schedule | None,
    changed: Sequence[ChangedTps],
    as_of: dt.datetime,
    villages: Villages | None = None,
) -> tuple[StageView, ...]:
    """All stages, with the kecamatan of their sessions if ``villages`` are given, and the votes on days of their own,
    in the order of their dates; the next vote is the first one that is not over."""
    stages = [_stage(site, stage, by_kecamatan(stage, villages or {})) for stage in schedule.stages] if schedule else []
    stages += _votes(site, changed)
    stages.sort(key=lambda stage: (stage.start, stage.end or stage.start, stage.id))
    today = as_of.date()
    votes = (StageKind.VOTING, *VOTES)
    coming = next((stage for stage in stages if stage.kind in votes and _last_day(stage) >= today), None)
    return tuple(stage._replace(is_past=_last_day(stage) < today, is_next=stage is coming) for stage in stages)


def next_stage(stages: Sequence[StageView]) -> StageView | None:
    """The stage marked as next."""
    return next((view for view in stages if view.is_next), None)


def _last_day(stage: StageView) -> dt.date:
    return stage.end or stage.start


def _stage(site: Site, stage: Stage, kecamatan: tuple[StageKecamatan, ...]) -> StageView:
    return StageView(
        id=stage.id,
        kind=stage.kind,
        title=verbatim(stage.title),
        start=stage.start,
        end=stage.end,
        opens=stage.opens,
        closes=stage.closes,
        description=stage.description,
        topics=stage.topics,
        basis=(stage.basis,) if stage.basis else (),
        sources=(stage.source,),
        places=(),
        kecamatan=kecamatan,
        ends=site.election.midnight_after(stage.end or stage.start),
    )


_TITLES = {
    ChangeKind.POSTPONED: msg("Postponed vote (TPS: %(count)s)"),
    ChangeKind.CONTINUED: msg("Continued vote (TPS: %(count)s)"),
    ChangeKind.REPEAT_VOTE: msg("Repeat vote (TPS: %(count)s)"),
}


def _votes(site: Site, changed: Sequence[ChangedTps]) -> Iterator[StageView]:
    """One stage for all TPS that vote at the same time for the same cause."""
    found = [(view, one) for one in changed for view in one.state.votes if view.vote and view.vote.date]
    found.sort(key=lambda pair: _occasion(pair[0]))
    count: Counter[str] = Counter()
    for (day, kind, *_), group in groupby(found, key=lambda pair: _occasion(pair[0])):
        name = f"{kind.replace('_', '-')}-{day}"
        count[name] += 1
        # A calendar keeps its event when only the hour is corrected: the hour has no part in its name.
        yield _occasion_stage(site, f"{name}-{count[name]}" if count[name] > 1 else name, day, list(group))


def _occasion(view: ChangeView) -> tuple[str, ...]:
    change = view.change
    hours = (hour.isoformat("minutes") if hour else "" for hour in (change.opens, change.closes))
    return (str(change.date), change.kind.value, *hours)


def _occasion_stage(site: Site, name: str, day: str, group: Sequence[tuple[ChangeView, ChangedTps]]) -> StageView:
    change = group[0][0].change
    changes = [view.change for view, _ in group]
    return StageView(
        id=name,
        kind=change.kind,
        title=msg(_TITLES[change.kind].id, count=len(group)),
        start=dt.date.fromisoformat(day),
        end=None,
        opens=change.opens,
        closes=change.closes,
        description=None,
        topics=(),
        basis=tuple(dict.fromkeys(one.decree for one in changes if one.decree)),
        sources=tuple(dict.fromkeys(one.source for one in changes if one.source)),
        places=tuple(_place(view, one) for view, one in group),
        ends=site.election.midnight_after(dt.date.fromisoformat(day)),
    )


def _place(view: ChangeView, one: ChangedTps) -> StagePlaceView:
    races = view.vote.races if view.vote else ()
    return StagePlaceView(one.tps.number, one.village.name, one.kecamatan.name, one.tps.url, races, view.change.reason)


def ledger(changed: Sequence[ChangedTps]) -> tuple[LedgerDay, ...]:
    """Every declared change, newest day first."""
    entries = [_entry(one, view) for one in changed for view in one.state.changes]
    entries.sort(key=attrgetter("kecamatan", "village", "number"))
    entries.sort(key=attrgetter("moment"), reverse=True)
    days = groupby(entries, key=lambda entry: entry.moment.date())
    return tuple(LedgerDay(day, tuple(group)) for day, group in days)


def moment_of(view: ChangeView, as_of: dt.datetime) -> dt.datetime:
    """When a change was decided. Where nobody knows: before its vote, and not after the data that tell it."""
    return view.change.decided or min(_vote(view, as_of), as_of)


def _vote(view: ChangeView, as_of: dt.datetime) -> dt.datetime:
    change = view.change
    return dt.datetime.combine(change.date, change.opens or dt.time()) if change.date else as_of


def _entry(one: ChangedTps, view: ChangeView) -> LedgerEntry:
    return LedgerEntry(
        number=one.tps.number,
        village=one.village.name,
        kecamatan=one.kecamatan.name,
        kecamatan_code=one.kecamatan.code,
        url=one.tps.url,
        moment=moment_of(view, one.as_of),
        anchor=view.change.decided or _vote(view, one.as_of),
        view=view,
        election=one.election,
    )
