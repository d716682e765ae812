"""Calendar files (RFC 5545) of voting day and of all stages.

A copy in somebody's phone is never updated, so no file names the place of a TPS: a place can move. Times are UTC,
so that no file needs to describe a time zone; nothing comes from a clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sitegen import catalogs
from sitegen.model.election import UTC_OFFSET, StageKind
from sitegen.pages import urls
from sitegen.pages.calendar import stage_views
from sitegen.pages.index import SiteIndex
from sitegen.pages.views import Site, StageView
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


def calendar_files(index: SiteIndex, language: str, page: str | None) -> dict[str, bytes]:
    """Every calendar file by its address. ``page`` is the public address to look up a place, if it is known."""
    site = index.site
    vote = voting_day(site, page)
    files = {urls.voting_day_file(site.election_slug): _file(site, [vote], language)}
    if index.schedule:
        views = stage_views(site, index.schedule, index.villages)
        events = [_stage_or_vote(view, vote, index.schedule.as_of) for view in views]
        files[urls.schedule_file(site.election_slug)] = _file(site, events, language)
    return files


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


def _stage_or_vote(view: StageView, vote: Event, as_of: dt.datetime) -> Event:
    stage = view.stage
    if stage.kind is StageKind.VOTING and isinstance(vote.begin, dt.datetime) and stage.start == vote.begin.date():
        return vote
    about = [verbatim(text) for text in (stage.description, stage.basis) if text]
    about += [
        msg(
            "TPS %(number)s %(village)s, Kec. %(kecamatan)s",
            number=place.number,
            village=place.village,
            kecamatan=place.kecamatan,
        )
        for place in view.places
    ]
    if stage.opens is None or stage.end is not None:
        last = stage.end or stage.start
        return Event(stage.id, verbatim(stage.title), lines(*about), stage.start, last + dt.timedelta(days=1), as_of)
    begin = dt.datetime.combine(stage.start, stage.opens)
    end = dt.datetime.combine(stage.start, stage.closes) if stage.closes else None
    return Event(stage.id, verbatim(stage.title), lines(*about), begin, end, as_of)


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
