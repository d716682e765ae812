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
from sitegen.model.election import Stage, StageKind
from sitegen.model.region import Village
from sitegen.model.summary import KecamatanSummary, Totals, TpsSummary, VillageSummary
from sitegen.model.tps import Coverage, Tps, VillageTps
from sitegen.pages import jsonld, urls
from sitegen.pages.page import Link, Page
from sitegen.pages.share import tps_text, village_text
from sitegen.pages.views import (
    Directions,
    KecamatanLink,
    NewsItem,
    Notice,
    Provenance,
    RepeatVote,
    Site,
    TpsView,
    VillageView,
)
from sitegen.problems import Message, msg, verbatim

HOME_LINK = Link(msg("Home"), urls.HOME)


@dataclass(frozen=True, slots=True)
class Extras:
    """What belongs to shards from elsewhere: news linked to villages and stages that name TPS."""

    news: tuple[NewsItem, ...] = ()
    stages: tuple[Stage, ...] = ()

    def of(self, kecamatan: str) -> Extras:
        """What belongs to the kecamatan with this code."""
        return Extras(
            tuple(item for item in self.news if any(code.startswith(kecamatan) for code in item.head.villages)),
            tuple(stage for stage in self.stages if any(place.village.startswith(kecamatan) for place in stage.places)),
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
    stations = sorted(content.tps, key=lambda tps: tps.number) if content else []
    votes = {tps.number: _repeat_votes(site, extras.stages, village.code, tps.number) for tps in stations}
    again = [(tps, vote) for tps in stations for vote in votes[tps.number]]
    return VillageView(
        code=village.code,
        name=village.name,
        kind=village.kind,
        url=urls.village_url(site.election_slug, kecamatan_slug, slug),
        permanent_url=urls.permanent_url(village.code),
        kecamatan=link,
        share_text=village_text(site, village, link.name, stations, again),
        tps=tuple(
            TpsView(
                tps=tps,
                url=urls.tps_url(site.election_slug, kecamatan_slug, slug, tps.number),
                share_text=tps_text(site, village, link.name, tps, votes[tps.number]),
                repeat_votes=votes[tps.number],
                kpps_names=site.kpps_names,
                directions=_directions(tps, village.name),
                cover=";".join(_cover(area) for area in tps.coverage),
            )
            for tps in stations
        ),
        totals=_totals(stations),
        pps=content.pps if content else None,
        provenance=_provenance(site, content),
        news=tuple(item for item in extras.news if village.code in item.head.villages),
    )


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
    return Provenance(content.source.document, content.source.as_of or site.election.data_as_of)


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


def _repeat_votes(site: Site, stages: tuple[Stage, ...], code: str, number: int) -> tuple[RepeatVote, ...]:
    return tuple(
        RepeatVote(stage, tuple(race for race in site.election.races if race.id in place.races))
        for stage in stages
        if stage.kind is StageKind.REPEAT_VOTE
        for place in stage.places
        if place.village == code and place.tps == number
    )


def _summary(view: VillageView, other_names: tuple[str, ...]) -> VillageSummary:
    return VillageSummary(
        code=view.code,
        name=view.name,
        kind=view.kind,
        other_names=other_names,
        url=view.url,
        tps=tuple(TpsSummary(v.tps.number, v.tps.place, v.url, v.tps.moved, lacking(v.tps)) for v in view.tps),
        totals=view.totals,
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
        context={"village": view, "notice": _village_notice(view)},
        breadcrumbs=(HOME_LINK, kecamatan),
        section=urls.CEK_TPS,
        printed_url=view.permanent_url,
    )
    yield _redirect(view.code, view.url, title, source)
    for tps in view.tps:
        yield _tps_page(site, view, tps, source, kecamatan)


def _tps_page(site: Site, view: VillageView, tps: TpsView, source: str, kecamatan: Link) -> Page:
    number, place = tps.tps.number, tps.tps.place
    names = {"number": number, "village": view.name, "kecamatan": view.kecamatan.name}
    return Page(
        url=tps.url,
        template="pages/tps.html",
        title=msg("TPS %(number)s %(village)s, Kec. %(kecamatan)s", **names),
        # The place is left out on purpose: a preview that was cached must not send anyone to an old place.
        description=msg(
            "Place, date, hours and what to bring for TPS %(number)s in %(village)s, Kec. %(kecamatan)s.", **names
        ),
        source=source,
        context={"village": view, "tps": tps, "notice": _tps_notice(tps) if place else None},
        breadcrumbs=(kecamatan, Link(verbatim(view.name), view.url)),
        section=urls.CEK_TPS,
        jsonld=(jsonld.place(site, view, tps),),
        printed_url=tps.url,
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


def _village_notice(view: VillageView) -> Notice | None:
    moved = [tps for tps in view.tps if tps.tps.moved]
    if len(moved) == 1:
        tps = moved[0]
        return Notice(
            msg("TPS %(number)s moved", number=tps.tps.number),
            msg("to %(place)s.", place=tps.tps.place),
            Link(msg("See TPS %(number)s", number=tps.tps.number), tps.url),
        )
    if moved:
        return Notice(
            msg("%(count)s TPS moved.", count=len(moved)), Message(""), Link(msg("See the list"), urls.PERUBAHAN)
        )
    return None


def _tps_notice(tps: TpsView) -> Notice | None:
    if tps.tps.moved is None:
        return None
    return Notice(msg("This TPS moved."), msg("Do not go to the old place."), Link(msg("All changes"), urls.PERUBAHAN))
