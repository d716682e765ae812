"""Calendar files (RFC 5545) of voting day, of all stages, and of each TPS that votes on a day of its own, its
village and its kecamatan. Those of all other villages would be that of voting day. Trainings of KPPS have files of
their own, by village and kecamatan, so that no voter puts them into a calendar.

A copy in somebody's phone is never updated, so no file names the place of a TPS: a place can move. Times are UTC,
so that no file needs to describe a time zone; nothing comes from a clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from sitegen import catalogs
from sitegen.model.election import UTC_OFFSET, Race, StageKind
from sitegen.model.tps import ChangeKind
from sitegen.pages import urls
from sitegen.pages.calendar import ChangedTps
from sitegen.pages.index import SiteIndex
from sitegen.pages.sessions import SessionView
from sitegen.pages.views import Site, StagePlaceView, StageView
from sitegen.problems import Message, lines, msg, verbatim

MAX_OCTETS = 75
"""Longest line, without its end."""


class Event(NamedTuple):
    """One entry: ``begin`` and ``end`` are local moments, or days when it takes whole days."""

    id: str
    title: Message
    about: Message
    begin: dt.datetime | dt.date
    end: dt.datetime | dt.date | None
    stamp: dt.datetime


def calendar_files(index: SiteIndex, language: str, address: Callable[[str], str | None]) -> dict[str, bytes]:
    """Every calendar file by its address. ``address`` makes the public address of a page, if it is known."""
    site = index.site
    vote = voting_day(site, address(urls.CEK_TPS))
    files = {urls.voting_day_file(site.election_slug): _file(site, [vote], language)}
    if index.stages:
        events = [_stage_or_vote(view, vote, index.as_of) for view in index.stages]
        files[urls.schedule_file(site.election_slug)] = _file(site, events, language)
    for url, stations in index.own_days.items():
        events = [_own_vote(one, index.as_of, address(one.tps.url)) for one in stations]
        if _has_voting_day(url, stations[0]):
            events.insert(0, vote)
        files[urls.own_calendar_file(url)] = _file(site, events, language)
    for url in index.sessions:
        events = [_session(one, index.as_of, address(url)) for one in index.sessions_at(url)]
        files[urls.sessions_file(url)] = _file(site, events, language)
    return files


def _session(session: SessionView, as_of: dt.datetime, page: str | None) -> Event:
    """A training of KPPS. Its place is told with the date of the data, because a copy is never updated."""
    about = lines(
        msg("Place: %(place)s (data of %(day)s)", place=session.place, day=as_of.date()),
        msg("For: %(participants)s", participants=session.participants or msg("KPPS")),
        verbatim(", ".join(session.villages)),
        msg("The place of a training can change. Look again before you go."),
        *([verbatim(page)] if page else []),
    )
    return Event(
        session.id, verbatim(session.title), about, *_span(session.date, None, session.opens, session.closes), as_of
    )


def _has_voting_day(url: str, one: ChangedTps) -> bool:
    """Whether a TPS of the village or kecamatan with this page, in which ``one`` lies, votes on voting day."""
    villages = {one.kecamatan.url: one.kecamatan.villages, one.village.url: (one.village,)}.get(url, ())
    if any(len(village.numbers) > len(village.changed) for village in villages):
        return True
    kinds = ({change.kind for change in tps.changes} for village in villages for tps in village.changed)
    return any(found <= {ChangeKind.MOVED} for found in kinds)


def _own_vote(one: ChangedTps, as_of: dt.datetime, page: str | None) -> Event:
    """The day of one TPS."""
    vote = one.state.vote
    name = msg(
        "TPS %(number)s %(village)s, Kec. %(kecamatan)s",
        number=one.tps.number,
        village=one.village.name,
        kecamatan=one.kecamatan.name,
    )
    about = lines(
        *_ballots(vote.races),
        msg("Bring your KTP-el and the C.Pemberitahuan."),
        msg("The place of a TPS can change. Look again before you go."),
        *([verbatim(page)] if page else []),
    )
    deciding = one.state.deciding
    title = msg("%(what)s: %(tps)s", what=deciding.tag, tps=name)
    id_ = f"{one.village.code}.tps-{one.tps.number}.{deciding.change.kind.value.replace('_', '-')}"
    return Event(id_, title, about, *_span(vote.date or as_of.date(), None, vote.opens, vote.closes), as_of)


def voting_day(site: Site, page: str | None) -> Event:
    """Voting day with hours and what to bring."""
    election = site.election
    return Event(
        "hari-memilih",
        msg("Voting day: %(election)s", election=election.name),
        lines(
            msg("In the queue before %(time)s? You will still be served.", time=election.closes),
            msg("Bring your KTP-el and the C.Pemberitahuan."),
            msg("The place of a TPS can change. Look again before you go."),
            *([verbatim(page)] if page else []),
        ),
        dt.datetime.combine(election.date, election.opens),
        dt.datetime.combine(election.date, election.closes),
        election.data_as_of,
    )


def _stage_or_vote(stage: StageView, vote: Event, as_of: dt.datetime) -> Event:
    if stage.kind is StageKind.VOTING and isinstance(vote.begin, dt.datetime) and stage.start == vote.begin.date():
        return vote
    about = [verbatim(text) for text in (stage.description, *stage.basis) if text]
    about += map(_tps, stage.places)
    return Event(stage.id, stage.title, lines(*about), *_span(stage.start, stage.end, stage.opens, stage.closes), as_of)


def _tps(place: StagePlaceView) -> Message:
    """A TPS that votes that day, and for which ballots."""
    values = {"number": place.number, "village": place.village, "kecamatan": place.kecamatan}
    return lines(msg("TPS %(number)s %(village)s, Kec. %(kecamatan)s", **values), *_ballots(place.races), between=". ")


def _ballots(races: Sequence[Race]) -> Iterator[Message]:
    """Which ballots, when not all of them."""
    if races:
        yield msg("Only the ballot for %(races)s.", races=", ".join(race.short_name for race in races))


def _span(
    first: dt.date, last: dt.date | None, opens: dt.time | None, closes: dt.time | None
) -> tuple[dt.datetime | dt.date, dt.datetime | dt.date | None]:
    """Begin and end: moments where the hours of a single day are known, otherwise whole days."""
    if opens is None or last is not None:
        return first, (last or first) + dt.timedelta(days=1)
    return dt.datetime.combine(first, opens), dt.datetime.combine(first, closes) if closes else None


def _file(site: Site, events: Sequence[Event], language: str) -> bytes:
    content = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Papan TPS//{language.upper()}",
        *(line for event in events for line in _event(site, event, language)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in content).encode()


def _event(site: Site, event: Event, language: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.id}.{site.election_slug}.{site.config.region.code}@papan-tps"
    yield _time("DTSTAMP", event.stamp, site)
    yield _time("DTSTART", event.begin, site)
    if event.end:
        yield _time("DTEND", event.end, site)
    title = catalogs.translate(site.mark, language) + catalogs.translate(event.title, language)
    yield f"SUMMARY:{escaped(title)}"
    about = catalogs.translate(event.about, language)
    if about:
        yield f"DESCRIPTION:{escaped(about)}"
    yield "END:VEVENT"


def _time(name: str, value: dt.datetime | dt.date, site: Site) -> str:
    if isinstance(value, dt.datetime):
        return f"{name}:{value - UTC_OFFSET[site.election.time_zone]:%Y%m%dT%H%M%SZ}"
    return f"{name};VALUE=DATE:{value:%Y%m%d}"


def escaped(text: str) -> str:
    """``text`` as the value of a property."""
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def folded(line: str) -> str:
    """``line`` cut into pieces of at most 75 octets; a letter of several octets stays whole."""
    pieces = [""]
    for letter in line:
        if len((pieces[-1] + letter).encode()) > MAX_OCTETS:
            pieces.append(" ")
        pieces[-1] += letter
    return "\r\n".join(pieces)
