"""Pages of a past election. They stay at their addresses, tell everything as over, and lead to the current election."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.pages import urls
from sitegen.pages.page import Link, Page
from sitegen.pages.views import Notice, Site, TpsView, VillageView
from sitegen.problems import Message, ShortDate, lines, msg, verbatim


def titled(site: Site, title: Message) -> Message:
    """The title of a page; one of a past election names it, so that search engines show which is which."""
    return msg("%(title)s (%(election)s)", title=title, election=site.election.name) if site.is_past else title


def past_notice(site: Site, code: str, place: Message, now: Message | None = None) -> Notice | None:
    """What a page of a past election says first; ``now`` tells what became of its TPS. Its link is the permanent
    address of the kecamatan or village with this code, which leads to the current election whatever became of it."""
    fact = msg("This page is about a past election: %(election)s, %(date)s.", **_named(site))
    return _notice(site, fact, Link(msg("%(place)s now", place=place), urls.permanent_url(code)), now)


def past_news(site: Site) -> Notice | None:
    """What a news item from the time of a past election says first: numbers, places and days in it were of that one."""
    fact = msg("This news is from the time of %(election)s, %(date)s.", **_named(site))
    return _notice(site, fact, Link(msg("Find your TPS"), urls.CEK_TPS))


def _named(site: Site) -> dict[str, object]:
    return {"election": site.election.name, "date": ShortDate(site.election.date)}


def _notice(site: Site, fact: Message, link: Link, now: Message | None = None) -> Notice | None:
    """The notice of a past election; none of the current one."""
    rest = now or msg("At %(current)s your TPS can be another one.", current=site.current)
    return Notice(fact, rest, link) if site.is_past else None


def past_pages(site: Site, view: VillageView, source: str) -> Iterator[Page]:
    """The pages of a village and its TPS."""
    kind = view.kind.value.capitalize()
    place = msg("%(kind)s %(village)s", kind=kind, village=view.name)
    kecamatan = Link(msg("Kec. %(name)s", name=view.kecamatan.name), view.kecamatan.url)
    title = msg("%(kind)s %(village)s, Kec. %(kecamatan)s", kind=kind, village=view.name, kecamatan=view.kecamatan.name)
    yield Page(
        url=view.url,
        template="pages/desa-lalu.html",
        title=titled(site, title),
        description=_description(site, title),
        source=source,
        context={"village": view, "notice": past_notice(site, view.code, place)},
        breadcrumbs=(kecamatan,),
        as_of=view.as_of,
    )
    for tps in view.tps:
        yield _tps_page(site, view, tps, source, (kecamatan, Link(verbatim(view.name), view.url)), place)


def _tps_page(
    site: Site, view: VillageView, tps: TpsView, source: str, way: tuple[Link, ...], village: Message
) -> Page:
    title = msg(
        "TPS %(number)s %(village)s, Kec. %(kecamatan)s",
        number=tps.tps.number, village=view.name, kecamatan=view.kecamatan.name,
    )  # fmt: skip
    return Page(
        url=tps.url,
        template="pages/tps-lalu.html",
        title=titled(site, title),
        description=_description(site, title),
        source=source,
        context={"village": view, "tps": tps, "notice": past_notice(site, view.code, village, _now(site, tps))},
        breadcrumbs=way,
        as_of=view.as_of,
    )


def _now(site: Site, tps: TpsView) -> Message | None:
    """Where the voters of a TPS come now, if the office knows."""
    if not tps.became:
        return None
    stations = [msg("TPS %(number)s", number=number) for number in tps.became]
    return msg(
        "At %(current)s the voters of TPS %(number)s come to %(stations)s.",
        current=site.current, number=tps.tps.number, stations=lines(*stations, between=" / "),
    )  # fmt: skip


def _description(site: Site, title: Message) -> Message:
    return msg(
        "%(title)s: how it was at %(election)s on %(date)s.",
        title=title, election=site.election.name, date=site.election.date,
    )  # fmt: skip
