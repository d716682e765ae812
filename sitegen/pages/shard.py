"""Pages of one shard: its villages and TPS. They see the shard and the site, never another shard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import quote

from sitegen.checks.missing import lacking
from sitegen.checks.people import team_keys
from sitegen.checks.positions import middle_of
from sitegen.content.documents import Document
from sitegen.content.shard import ShardContent
from sitegen.history.log import Entry
from sitegen.model.region import Village
from sitegen.model.summary import KecamatanSummary, Totals, TpsSummary, VillageSummary
from sitegen.model.tps import Coverage, Tps, VillageTps
from sitegen.pages import jsonld, urls
from sitegen.pages.articles import NewsItem
from sitegen.pages.earlier import Earlier, earlier, previously
from sitegen.pages.notices import tps_notice, village_notice
from sitegen.pages.page import Link, Page
from sitegen.pages.past import past_pages
from sitegen.pages.sessions import Held, views
from sitegen.pages.share import Telling, tps_text, village_text
from sitegen.pages.states import election_vote, state_of
from sitegen.pages.views import (
    Directions,
    KecamatanLink,
    Provenance,
    Site,
    TpsState,
    TpsView,
    VillageView,
)
from sitegen.pages.was import by_tps, history_of
from sitegen.problems import Message, msg, verbatim

HOME_LINK = Link(msg("Home"), urls.HOME)


class Successor(NamedTuple):
    """A TPS of an earlier election, by village and number, and one of the current election where its voters come."""

    village: str
    then: int
    now: int


@dataclass(frozen=True, slots=True)
class Extras:
    """What belongs to shards from elsewhere: news linked to villages and TPS; to those of an earlier election, what the
    current one tells of their TPS; and by the code of the kecamatan sessions of KPPS and what was told of its TPS
    before."""

    news: tuple[NewsItem, ...] = ()
    successors: tuple[Successor, ...] = ()
    sessions: Mapping[str, tuple[Held, ...]] = field(default_factory=dict)
    past: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)

    def of(self, kecamatan: str) -> Extras:
        """What belongs to the kecamatan with this code."""
        return Extras(
            tuple(item for item in self.news if any(code.startswith(kecamatan) for code in item.villages)),
            tuple(one for one in self.successors if one.village.startswith(kecamatan)),
            {kecamatan: self.sessions[kecamatan]} if kecamatan in self.sessions else {},
            {kecamatan: self.past[kecamatan]} if kecamatan in self.past else {},
        )


@dataclass(frozen=True, slots=True)
class ShardPlan:
    """A shard made ready: what it shows, its pages, and what index pages may know of it."""

    villages: tuple[VillageView, ...]
    pages: tuple[Page, ...]
    summary: KecamatanSummary


def plan_shard(site: Site, shard: ShardContent, extras: Extras) -> ShardPlan:
    """Plan all pages of ``shard``, villages in alphabetical order."""
    kecamatan = shard.kecamatan.data
    link = KecamatanLink(kecamatan.code, kecamatan.name, urls.kecamatan_url(site.election_slug, shard.slug))
    files = {document.data.village: document for document in shard.tps}
    ordered = sorted(kecamatan.villages, key=lambda village: (village.name.casefold(), village.code))
    views = tuple(_view(site, shard, link, v, files.get(v.code), extras) for v in ordered)
    pages: list[Page] = []
    if not site.is_past:  # permanent addresses lead to the current election
        pages.append(redirect(link.code, link.url, msg("Kec. %(name)s", name=link.name), shard.kecamatan.path))
    make = past_pages if site.is_past else _pages
    for view in views:
        file = files.get(view.code)
        pages += make(site, view, file.path if file else shard.kecamatan.path)
    names = {village.code: village.other_names for village in ordered}
    stations = [tps.tps for view in views for tps in view.tps]
    summary = KecamatanSummary(
        code=kecamatan.code,
        name=kecamatan.name,
        slug=shard.slug,
        other_names=kecamatan.other_names,
        url=link.url,
        villages=tuple(_summary(view, names[view.code]) for view in views),
        totals=Totals.sum(view.totals for view in views) if views else Totals(),
        middle=middle_of(stations),
        teams=b"" if site.is_sample else team_keys(stations),
    )
    return ShardPlan(views, tuple(pages), summary)


def _view(
    site: Site,
    shard: ShardContent,
    link: KecamatanLink,
    village: Village,
    file: Document[VillageTps] | None,
    extras: Extras,
) -> VillageView:
    slug = urls.village_slug(village)
    content = file.data if file else None
    provenance = _provenance(site, content)
    as_of = provenance.as_of if provenance else site.election.data_as_of
    seen = site.seen_from(as_of)
    stations = sorted(content.tps, key=lambda tps: tps.number) if content else []
    made = [(tps, urls.tps_url(site.election_slug, shard.slug, slug, tps.number)) for tps in stations]
    states = [state_of(site.election, tps.changes, tps.place, url, seen) for tps, url in made]
    about = Telling(site, village, link.name, as_of)
    before = earlier(site, shard.before, village.code, stations)
    return VillageView(
        code=village.code,
        name=village.name,
        kind=village.kind,
        url=urls.village_url(site.election_slug, shard.slug, slug),
        permanent_url=urls.permanent_url(village.code),
        kecamatan=link,
        share_text=village_text(about, stations, states),
        tps=tuple(_tps_views(about, made, states, extras, before)),
        totals=_totals(stations),
        pps=content.pps if content else None,
        provenance=provenance,
        as_of=as_of,
        vote=election_vote(site.election, seen),
        news=tuple(item for item in extras.news if village.code in item.villages),
        sessions=tuple(views(site.election, _sessions(extras, village.code), seen)),
        earlier=before,
    )


def _tps_views(
    about: Telling,
    stations: Sequence[tuple[Tps, str]],
    states: Sequence[TpsState | None],
    extras: Extras,
    before: Sequence[Earlier],
) -> Iterator[TpsView]:
    """The TPS of a village; ``stations`` come with their addresses."""
    site, village = about.site, about.village
    names = site.kpps_names(about.as_of)
    then = [one for one in extras.successors if one.village == village.code]
    past = by_tps(extras.past.get(village.code[:8], ()), village.code)
    for (tps, url), state in zip(stations, states, strict=True):
        yield TpsView(
            tps=tps,
            url=url,
            share_text=tps_text(about, tps, state),
            state=state,
            calendar=_calendar(site, url, state),
            kpps_names=names,
            directions=_directions(tps, village.name),
            cover=";".join(_cover(area) for area in tps.coverage),
            news=tuple(item for item in extras.news if item.names(village.code, tps.number)),
            history=history_of(site.election, state, past.get(tps.number, ()), about.as_of),
            previously=previously(before, tps.number),
            became=tuple(one.now for one in then if one.then == tps.number),
        )


def _sessions(extras: Extras, village: str) -> Iterator[Held]:
    return (one for one in extras.sessions.get(village[:8], ()) if village in one.session.villages)


def _calendar(site: Site, url: str, state: TpsState | None) -> str | None:
    if state is None or (state.is_open and state.deciding.vote is None):
        return site.voting_day_file
    return urls.own_calendar_file(url) if state.is_open and state.vote.date else None


def _totals(stations: list[Tps]) -> Totals:
    voters = [tps.voters for tps in stations if tps.voters]
    ended = [tps for tps in stations if tps.end]
    held = [tps for tps in stations if not tps.end]
    ended_kpps = _kpps(ended)
    return Totals(
        villages=1,
        tps=len(held),
        kpps=_kpps(stations) - ended_kpps,
        men=sum(v.men for v in voters),
        women=sum(v.women for v in voters),
        ended=len(ended),
        ended_kpps=ended_kpps,
        without_kpps=sum(tps.kpps is None for tps in held),
        without_voters=sum(tps.voters is None for tps in held),
    )


def _kpps(stations: list[Tps]) -> int:
    return sum(len(tps.kpps) for tps in stations if tps.kpps)


def _provenance(site: Site, content: VillageTps | None) -> Provenance | None:
    if content is None:
        return None
    source = content.source
    return Provenance(source.document, source.as_of or site.election.data_as_of, source.responsible)


def _directions(tps: Tps, village: str) -> Directions | None:
    if tps.coordinates is None:
        return None
    lat, lon = tps.coordinates.lat, tps.coordinates.lon
    label = quote(f"TPS {tps.number} {village}")
    return Directions(
        f"geo:{lat},{lon}?q={lat},{lon}({label})",  # map apps set their pin where q says, not at the bare position
        f"https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=18/{lat}/{lon}",
    )


def _cover(area: Coverage) -> str:
    """RT and RW of an area: ``1-4,6/2``; what is left out is open."""
    return "/".join(",".join(f"{low}-{high}" for low, high in part or ()) for part in (area.rt, area.rw))


def _summary(view: VillageView, other_names: tuple[str, ...]) -> VillageSummary:
    noted = [v for v in view.tps if v.tps.changes or v.tps.previously]
    return VillageSummary(
        code=view.code,
        name=view.name,
        kind=view.kind,
        other_names=other_names,
        url=view.url,
        numbers=tuple([v.tps.number for v in view.tps]),
        noted=tuple([TpsSummary(v.tps.number, v.tps.place, v.url, v.tps.changes, v.tps.previously) for v in noted]),
        lacks=lacking(v.tps for v in view.tps),
        totals=view.totals,
        as_of=view.as_of,
    )


def village_title(village: VillageView | VillageSummary, kecamatan: str) -> Message:
    """What the page of a village is called."""
    kind = village.kind.value.capitalize()
    return msg("%(kind)s %(village)s, Kec. %(kecamatan)s", kind=kind, village=village.name, kecamatan=kecamatan)


def tps_title(number: int, village: str, kecamatan: str) -> Message:
    """What the page of a TPS is called."""
    return msg("TPS %(number)s %(village)s, Kec. %(kecamatan)s", number=number, village=village, kecamatan=kecamatan)


def _pages(site: Site, view: VillageView, source: str) -> Iterator[Page]:
    kind = view.kind.value.capitalize()
    title = village_title(view, view.kecamatan.name)
    kecamatan = Link(msg("Kec. %(name)s", name=view.kecamatan.name), view.kecamatan.url)
    yield Page(
        url=view.url,
        template="pages/desa.html",
        title=title,
        description=msg(
            "%(count)s TPS in %(kind)s %(village)s, Kec. %(kecamatan)s, for %(election)s.",
            count=view.totals.tps,
            kind=kind,
            village=view.name,
            kecamatan=view.kecamatan.name,
            election=site.election.name,
        ),
        source=source,
        context={"village": view, "notice": village_notice(site, view)},
        breadcrumbs=(HOME_LINK, kecamatan),
        section=urls.CEK_TPS,
        printed_url=view.permanent_url,
        as_of=view.as_of,
    )
    yield redirect(view.code, view.url, title, source)
    for tps in view.tps:
        yield _tps_page(site, view, tps, source, kecamatan)


def _tps_page(site: Site, view: VillageView, tps: TpsView, source: str, kecamatan: Link) -> Page:
    names: dict[str, Any] = {"number": tps.tps.number, "village": view.name, "kecamatan": view.kecamatan.name}
    return Page(
        url=tps.url,
        template="pages/tps.html",
        title=tps_title(**names),
        # The place is left out on purpose: a preview that was cached must not send anyone to an old place.
        description=msg(
            "Place, date, hours and what to bring for TPS %(number)s in %(village)s, Kec. %(kecamatan)s.", **names
        ),
        source=source,
        context={"village": view, "tps": tps, "notice": tps_notice(site, view, tps)},
        breadcrumbs=(kecamatan, Link(verbatim(view.name), view.url)),
        section=urls.CEK_TPS,
        jsonld=jsonld.tps(site, view, tps),
        printed_url=tps.url,
        as_of=view.as_of,
    )


def redirect(code: str, target: str, label: Message, source: str) -> Page:
    """The permanent address of a kecamatan or village, which leads to ``target``."""
    return Page(
        url=urls.permanent_url(code),
        template="pages/redirect.html",
        title=label,
        description=label,
        source=source,
        context={"target": target, "label": label},
        listed=False,
    )
