"""Messages that a voter sends to the family: complete even if the link behind them never opens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from sitegen.model.region import Village
from sitegen.model.tps import Tps
from sitegen.pages.views import RepeatVote, Site
from sitegen.problems import Message, lines, msg

MOST_LISTED = 19
"""Most TPS that a village's message lists; a longer list is not read on a phone."""
ROOM = 1200
"""Characters for places inside a WhatsApp link, which may have about 2,000 with everything else in it."""


def tps_text(site: Site, village: Village, kecamatan: str, tps: Tps, votes: Sequence[RepeatVote]) -> Message:
    """Village, TPS, place, date, hours, what to bring, as of when; marked when the data are a sample."""
    return lines(
        msg(
            "%(mark)sTPS %(number)s, %(kind)s %(village)s, Kec. %(kecamatan)s.",
            mark=site.mark,
            number=tps.number,
            kind=village.kind.value.capitalize(),
            village=village.name,
            kecamatan=kecamatan,
        ),
        msg("Place: %(place)s.", place=_place(tps.place, tps.address)),
        *_way(tps),
        _day(site),
        *(_repeat_vote(site, tps, vote) for vote in votes),
        *_end(site),
    )


def village_text(
    site: Site, village: Village, kecamatan: str, stations: Sequence[Tps], votes: Sequence[tuple[Tps, RepeatVote]]
) -> Message:
    """The same for a village: every TPS with its place, or where to find them when they are many."""
    names = {"kind": village.kind.value.capitalize(), "village": village.name, "kecamatan": kecamatan}
    return lines(
        msg(
            "%(mark)s%(kind)s %(village)s, Kec. %(kecamatan)s: %(count)s TPS.",
            mark=site.mark,
            count=len(stations),
            **names,
        ),
        *_places(site, stations, names["kind"], village.name),
        _day(site),
        *(_repeat_vote(site, tps, vote) for tps, vote in votes),
        *_end(site),
    )


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


def _places(site: Site, stations: Sequence[Tps], kind: str, village: str) -> Iterator[Message]:
    if len(stations) <= MOST_LISTED and _fits(*(tps.place for tps in stations)):
        for tps in stations:
            yield msg("TPS %(number)s: %(place)s", number=tps.number, place=_place(tps.place))
    else:
        yield msg(
            "All places stand on the page of %(kind)s %(village)s in %(title)s %(office)s.",
            kind=kind,
            village=village,
            title=site.config.title,
            office=site.config.office.short_name,
        )


def _fits(*texts: str | None) -> bool:
    return sum(len(quote(text or "")) + len(quote("\nTPS 00: ")) for text in texts) <= ROOM


def _day(site: Site) -> Message:
    election = site.election
    return msg(
        "%(date)s, %(opens)s–%(closes)s %(zone)s.",
        date=election.date,
        opens=election.opens,
        closes=election.closes,
        zone=election.time_zone,
    )


def _repeat_vote(site: Site, tps: Tps, vote: RepeatVote) -> Message:
    stage, zone = vote.stage, site.election.time_zone
    if stage.opens is None:
        return msg("TPS %(number)s votes again: %(date)s.", number=tps.number, date=stage.start)
    return msg(
        "TPS %(number)s votes again: %(date)s, from %(opens)s %(zone)s.",
        number=tps.number,
        date=stage.start,
        opens=stage.opens,
        zone=zone,
    )


def _end(site: Site) -> tuple[Message, ...]:
    election = site.election
    return (
        msg("Bring your KTP-el and the C.Pemberitahuan."),
        msg(
            "Data as of %(as_of)s %(zone)s, %(office)s.",
            as_of=election.data_as_of,
            zone=election.time_zone,
            office=site.config.office.short_name,
        ),
    )
