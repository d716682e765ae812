"""Pages of one shard: its villages and TPS. They see the shard and the site, never another shard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from sitegen.checks.missing import lacking
from sitegen.checks.people import team_keys
from sitegen.checks.positions import middle_of
from sitegen.content.documents import Document
from sitegen.content.shard import ShardContent
from sitegen.model.region import Village
from sitegen.model.summary import KecamatanSummary, Totals, TpsSummary, VillageSummary
from sitegen.model.tps import Coverage, Tps, VillageTps
from sitegen.pages import jsonld, urls
from sitegen.pages.notices import tps_notice, village_notice
from sitegen.pages.page import Link, Page
from sitegen.pages.share import Telling, tps_text, village_text
from sitegen.pages.states import election_vote, state_of
from sitegen.pages.views import (
    Directions,
    KecamatanLink,
    NewsItem,
    Provenance,
    Site,
    TpsState,
    TpsView,
    VillageView,
)
from sitegen.problems import Message, msg, verbatim

HOME_LINK = Link(msg("Home"), urls.HOME)


@dataclass(frozen=True, slots=True)
class Extras:
    """What belongs to shards from elsewhere: news linked to villages."""

    news: tuple[NewsItem, ...] = ()

    def of(self, kecamatan: str) -> Extras:
        """What belongs to the kecamatan with this code."""
        return Extras(
            tuple(item for item in self.news if any(code.startswith(kecamatan) for code in item.head.villages))
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
    views = tuple(_view(site, shard.slug, link, v, files.get(v.code), extras) for v in ordered)
    pages: list[Page] = [_redirect(link.code, link.url, msg("Kec. %(name)s", name=link.name), shard.kecamatan.path)]
    for view in views:
        file = files.get(view.code)
        pages += _pages(site, view, file.path if file else shard.kecamatan.path)
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
    kecamatan_slug: str,
    link: KecamatanLink,
    village: Village,
    file: Document[VillageTps] | None,
    extras: Extras,
) -> VillageView:
    slug = urls.village_slug(village)
    content = file.data if file else None
    provenance = _provenance(site, content)
    as_of = provenance.as_of if provenance else site.election.data_as_of
    seen = max(as_of, site.as_of)
    stations = sorted(content.tps, key=lambda tps: tps.number) if content else []
    made = [(tps, urls.tps_url(site.election_slug, kecamatan_slug, slug, tps.number)) for tps in stations]
    states = [state_of(site.election, tps.changes, tps.place, url, seen) for tps, url in made]
    text = Telling(site, village, link.name, as_of)
    return VillageView(
        code=village.code,
        name=village.name,
        kind=village.kind,
        url=urls.village_url(site.election_slug, kecamatan_slug, slug),
        permanent_url=urls.permanent_url(village.code),
        kecamatan=link,
        share_text=village_text(text, stations, states),
        tps=tuple(_tps_view(text, tps, url, state) for (tps, url), state in zip(made, states, strict=True)),
        totals=_totals(stations),
        pps=content.pps if content else None,
        provenance=provenance,
        as_of=as_of,
        vote=election_vote(site.election, seen),
        news=tuple(item for item in extras.news if village.code in item.head.villages),
    )


def _tps_view(text: Telling, tps: Tps, url: str, state: TpsState | None) -> TpsView:
    return TpsView(
        tps=tps,
        url=url,
        share_text=tps_text(text, tps, state),
        state=state,
        calendar=_calendar(text.site, url, state),
        kpps_names=text.site.kpps_names(text.as_of),
        directions=_directions(tps, text.village.name),
        cover=";".join(_cover(area) for area in tps.coverage),
    )


def _calendar(site: Site, url: str, state: TpsState | None) -> str | None:
    if state is None or (state.is_open and state.deciding.vote is None):
        return site.voting_day_file
    return urls.own_calendar_file(url) if state.is_open and state.vote.date else None


def _totals(stations: list[Tps]) -> Totals:
    voters = [tps.voters for tps in stations if tps.voters]
    return Totals(
        villages=1,
        tps=len(stations),
        kpps=sum(len(tps.kpps) for tps in stations if tps.kpps),
        men=sum(v.men for v in voters),
        women=sum(v.women for v in voters),
    )


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
    return VillageSummary(
        code=view.code,
        name=view.name,
        kind=view.kind,
        other_names=other_names,
        url=view.url,
        tps=tuple(TpsSummary(v.tps.number, v.tps.place, v.url, v.tps.changes, lacking(v.tps)) for v in view.tps),
        totals=view.totals,
        as_of=view.as_of,
    )


def _pages(site: Site, view: VillageView, source: str) -> Iterator[Page]:
    kind = view.kind.value.capitalize()
    title = msg("%(kind)s %(village)s, Kec. %(kecamatan)s", kind=kind, village=view.name, kecamatan=view.kecamatan.name)
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
    yield _redirect(view.code, view.url, title, source)
    for tps in view.tps:
        yield _tps_page(site, view, tps, source, kecamatan)


def _tps_page(site: Site, view: VillageView, tps: TpsView, source: str, kecamatan: Link) -> Page:
    names = {"number": tps.tps.number, "village": view.name, "kecamatan": view.kecamatan.name}
    return Page(
        url=tps.url,
        template="pages/tps.html",
        title=msg("TPS %(number)s %(village)s, Kec. %(kecamatan)s", **names),
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


def _redirect(code: str, target: str, label: Message, source: str) -> Page:
    return Page(
        url=urls.permanent_url(code),
        template="pages/redirect.html",
        title=label,
        description=label,
        source=source,
        context={"target": target, "label": label},
        listed=False,
    )
