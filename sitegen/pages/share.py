"""Messages that a voter sends to the family: complete even if the link behind them never opens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from sitegen.addresses import quoted
from sitegen.model.region import Village
from sitegen.model.tps import Tps
from sitegen.pages.states import NOBODY_VOTES
from sitegen.pages.views import Site, TpsState, Vote
from sitegen.problems import Message, lines, msg

MOST_LISTED = 19
"""Most TPS that a village's message lists; a longer list is not read on a phone."""
ROOM = 1200
"""Characters for places inside a WhatsApp link, which may have about 2,000 with everything else in it."""
MOVED_HERE = msg("moved, not the old place")
_BEFORE = len(quoted("\nTPS 00: "))


class Telling(NamedTuple):
    """What all messages of a village say: whose site, which village, data of when."""

    site: Site
    village: Village
    kecamatan: str
    as_of: dt.datetime

    @property
    def kind(self) -> str:
        """Desa, Kelurahan or Desa adat."""
        return self.village.kind.value.capitalize()


def tps_text(about: Telling, tps: Tps, state: TpsState | None) -> Message:
    """Village, TPS, place, date, hours, what to bring, as of when; marked when the data are a sample."""
    head = msg(
        "%(mark)sTPS %(number)s, %(kind)s %(village)s, Kec. %(kecamatan)s.",
        mark=about.site.mark,
        number=tps.number,
        kind=about.kind,
        village=about.village.name,
        kecamatan=about.kecamatan,
    )
    if state and not state.is_open:
        return lines(head, *_gone(state), _source(about))
    return lines(
        head,
        msg("Place: %(place)s.", place=_place(tps.place, tps.address)),
        *_way(tps),
        *(
            _own_day(about.site, state.deciding.tag, state.vote)
            if state and state.deciding.vote
            else (_day(about.site),)
        ),
        msg("Bring your KTP-el and the C.Pemberitahuan."),
        _source(about),
    )


def village_text(about: Telling, stations: Sequence[Tps], states: Sequence[TpsState | None]) -> Message:
    """The same for a village: every TPS with its place, or where to find them when they are many."""
    head = msg(
        "%(mark)s%(kind)s %(village)s, Kec. %(kecamatan)s: %(count)s TPS.",
        mark=about.site.mark,
        count=len(stations),
        kind=about.kind,
        village=about.village.name,
        kecamatan=about.kecamatan,
    )
    changed = [(tps.number, state) for tps, state in zip(stations, states, strict=True) if state]
    return lines(
        head,
        *_places(about, stations, {number for number, state in changed if not state.is_open}),
        _day(about.site),
        *(line for number, state in changed for line in _change(about.site, number, state)),
        msg("Bring your KTP-el and the C.Pemberitahuan."),
        _source(about),
    )


def _change(site: Site, number: int, state: TpsState) -> Iterator[Message]:
    name = msg("TPS %(number)s", number=number)
    if not state.is_open:
        yield from (msg("%(tps)s: %(text)s", tps=name, text=text) for text in _gone(state))
    elif state.deciding.vote:
        yield from (
            msg("%(tps)s: %(text)s", tps=name, text=text) for text in _own_day(site, state.deciding.tag, state.vote)
        )


def _gone(state: TpsState) -> Iterator[Message]:
    target = state.deciding.target
    yield msg("It was merged: go to %(tps)s.", tps=target.label) if target else NOBODY_VOTES


def _own_day(site: Site, what: Message, vote: Vote) -> Iterator[Message]:
    """The day of a postponed, continued or repeated vote."""
    if vote.date is None:
        yield msg("%(what)s: the day is not decided yet.", what=what)
        return
    values = {"what": what, "date": vote.date, "opens": vote.opens, "closes": vote.closes}
    zone = site.election.time_zone
    if vote.opens is None:
        yield msg("%(what)s: %(date)s.", **values)
    elif vote.closes is None:
        yield msg("%(what)s: %(date)s, from %(opens)s %(zone)s.", zone=zone, **values)
    else:
        yield msg("%(what)s: %(date)s, %(opens)s–%(closes)s %(zone)s.", zone=zone, **values)
    if vote.races:
        yield msg("Only the ballot for %(races)s.", races=", ".join(race.short_name for race in vote.races))


def _place(place: str | None, address: str | None = None) -> str | Message:
    if place and address and _fits(place, address):
        return f"{place}, {address}"
    return place or address or msg("not decided yet")


def _way(tps: Tps) -> Iterator[Message]:
    """What helps to find the place, as far as there is room for it."""
    if tps.moved:
        yield msg("It moved; it is no longer at: %(place)s.", place=tps.moved.from_place)
    if _fits(tps.place, tps.address, tps.landmark, tps.by_water):
        if tps.landmark:
            yield msg("Landmark: %(text)s.", text=tps.landmark)
        if tps.by_water:
            yield msg("By water: %(text)s.", text=tps.by_water)


def _places(about: Telling, stations: Sequence[Tps], gone: Collection[int]) -> Iterator[Message]:
    moved = [MOVED_HERE.id for tps in stations if tps.moved]
    if len(stations) <= MOST_LISTED and _fits(*(tps.place for tps in stations), *moved):
        for tps in stations:
            if tps.number not in gone:
                place = _place(tps.place)
                place = msg("%(place)s (%(moved)s)", place=place, moved=MOVED_HERE) if tps.moved else place
                yield msg("TPS %(number)s: %(place)s", number=tps.number, place=place)
    else:
        yield msg(
            "All places stand on the page of %(kind)s %(village)s in %(title)s %(office)s.",
            kind=about.kind,
            village=about.village.name,
            title=about.site.config.title,
            office=about.site.config.office.short_name,
        )


def _fits(*texts: str | None) -> bool:
    return sum(len(quoted(text)) if text else 0 for text in texts) + _BEFORE * len(texts) <= ROOM


def _day(site: Site) -> Message:
    election = site.election
    return msg(
        "%(date)s, %(opens)s–%(closes)s %(zone)s.",
        date=election.date,
        opens=election.opens,
        closes=election.closes,
        zone=election.time_zone,
    )


def _source(about: Telling) -> Message:
    return msg(
        "Data as of %(as_of)s %(zone)s, %(office)s.",
        as_of=about.as_of,
        zone=about.site.election.time_zone,
        office=about.site.config.office.short_name,
    )
