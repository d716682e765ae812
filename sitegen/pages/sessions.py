"""Trainings of the KPPS, village by village. They stand in the calendar and are handed to the shards."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sitegen.model.election import Election, Schedule, Session, Stage
from sitegen.model.summary import KecamatanSummary, VillageSummary

Villages = Mapping[str, tuple[KecamatanSummary, VillageSummary]]


class SessionView(NamedTuple):
    """A training of KPPS, or another meeting, as seen from the date of the data; ``id`` tells it from all others,
    ``ends`` is the midnight after it. ``villages`` are named where a page speaks of several."""

    id: str
    title: str
    date: dt.date
    opens: dt.time | None
    closes: dt.time | None
    place: str
    participants: str | None
    is_over: bool
    ends: str
    villages: tuple[str, ...] = ()


class StageKecamatan(NamedTuple):
    """A kecamatan in which a stage has so many sessions, and its page."""

    name: str
    url: str
    sessions: int


class Held(NamedTuple):
    """A session and the stage that it belongs to, by id and title."""

    stage: str
    title: str
    session: Session


def held(schedule: Schedule | None) -> tuple[Held, ...]:
    """Every session, the earliest first."""
    stages = schedule.stages if schedule else ()
    found = (Held(stage.id, stage.title, session) for stage in stages for session in stage.sessions)
    return tuple(sorted(found, key=_order))


def _order(one: Held) -> tuple[dt.date, dt.time, tuple[str, ...]]:
    return one.session.date, one.session.opens or dt.time(), one.session.villages


def in_kecamatan(found: Iterable[Held]) -> dict[str, tuple[Held, ...]]:
    """Sessions by the code of each kecamatan whose KPPS come."""
    grouped: dict[str, list[Held]] = {}
    for one in found:
        for code in dict.fromkeys(village[:8] for village in one.session.villages):
            grouped.setdefault(code, []).append(one)
    return {code: tuple(group) for code, group in grouped.items()}


def views(
    election: Election, found: Iterable[Held], as_of: dt.datetime, villages: Villages | None = None
) -> Iterator[SessionView]:
    """Sessions as data of ``as_of`` see them, with the names of their ``villages`` if these are given."""
    for stage, title, session in found:
        hour = f".from-{session.opens:%H%M}" if session.opens else ""
        named = sorted(villages[code][1].name for code in session.villages if code in villages) if villages else ()
        yield SessionView(
            # Words stand between the numbers, which would look like one of a telephone.
            id=f"{min(session.villages)}.{stage}.on-{session.date}{hour}",
            title=title,
            date=session.date,
            opens=session.opens,
            closes=session.closes,
            place=session.place,
            participants=session.participants,
            is_over=session.date < as_of.date(),
            ends=election.midnight_after(session.date),
            villages=tuple(named),
        )


def by_kecamatan(stage: Stage, villages: Villages) -> tuple[StageKecamatan, ...]:
    """The kecamatan in which ``stage`` has sessions, by name."""
    if not stage.sessions:
        return ()
    counts = Counter(code for one in stage.sessions for code in {village[:8] for village in one.villages})
    shards = {shard.code: shard for shard, _ in villages.values()}
    there = sorted((shard.name, shard.url, counts[code]) for code, shard in shards.items() if counts[code])
    return tuple(StageKecamatan(*one) for one in there)
