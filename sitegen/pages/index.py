"""Pages of the whole site: they see all Summaries, the news, the guides and the calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Any

from sitegen.content.markdown import sections
from sitegen.model.election import Schedule
from sitegen.model.summary import KecamatanSummary, Totals, VillageSummary
from sitegen.pages import jsonld, news, urls
from sitegen.pages.articles import Guide, Month, NewsItem
from sitegen.pages.calendar import ChangedTps, changed_tps, ledger, next_stage, own_days, stage_views
from sitegen.pages.changes import Chain, Changes, ChangesLinks, Shown
from sitegen.pages.chart import Comparison
from sitegen.pages.notices import home_notice
from sitegen.pages.page import Link, Page
from sitegen.pages.past import past_news, past_notice, titled
from sitegen.pages.rows import KecamatanList, KecamatanRow
from sitegen.pages.sessions import Held, SessionView, held, views
from sitegen.pages.shard import HOME_LINK, redirect
from sitegen.pages.states import election_vote
from sitegen.pages.views import Downloads, LedgerDay, SearchContext, Site, StageView, Vote
from sitegen.problems import Message, MonthOf, msg, verbatim

HOME_NEWS = 3
_BELOW_NEWS = (HOME_LINK, Link(msg("News"), urls.BERITA))
HOME_QUESTIONS = 4
OWN_TEMPLATE = {"kpps": "pages/kpps.html", "tentang": "pages/tentang.html"}
"""Guides that show more than their text."""


@dataclass(frozen=True)
class SiteIndex:
    """Everything that index pages are made of. News newest first, kecamatan by name, guides in order."""

    site: Site
    kecamatan: tuple[KecamatanSummary, ...]
    news: tuple[NewsItem, ...]
    guides: tuple[Guide, ...]
    schedule: Schedule | None
    search_url: str
    """Address of the search index, relative to the publication's root."""
    lists: Mapping[str, str]
    """Keys of what lists show of each kecamatan, by its code."""
    earlier: tuple[SiteIndex, ...] = ()
    """The same of each earlier election, the newest first, without news and guides."""
    news_until: dt.date = dt.date.max
    """The last day whose news belongs to this election."""

    @property
    def elections(self) -> tuple[SiteIndex, ...]:
        """The index of the current and those of the earlier elections."""
        return (self, *self.earlier)

    @cached_property
    def totals(self) -> Totals:
        """Counts of the whole site."""
        return Totals.sum(shard.totals for shard in self.kecamatan) if self.kecamatan else Totals()

    @cached_property
    def rows(self) -> dict[str, KecamatanRow]:
        """What lists of kecamatan show of each, by its code."""
        return {shard.code: KecamatanRow(shard.code, shard.name, shard.url, shard.totals) for shard in self.kecamatan}

    @cached_property
    def neighbours(self) -> dict[str, Comparison]:
        """The kecamatan of each kabupaten/kota, by its code."""
        ordered = sorted(self.rows.values(), key=lambda row: row.code[:5])  # stable: by name inside a kabupaten
        return {code: Comparison(tuple(group)) for code, group in groupby(ordered, key=lambda row: row.code[:5])}

    @cached_property
    def villages(self) -> dict[str, tuple[KecamatanSummary, VillageSummary]]:
        """Every village with its kecamatan, by code."""
        return {village.code: (shard, village) for shard in self.kecamatan for village in shard.villages}

    @cached_property
    def slugs(self) -> dict[str, str]:
        """Slugs of the kecamatan of all elections by code, as the newest election has them."""
        return {shard.code: shard.slug for index in self.elections[::-1] for shard in index.kecamatan}

    @cached_property
    def as_of(self) -> dt.datetime:
        """The date of the newest data."""
        own = (village.as_of for shard in self.kecamatan for village in shard.villages)
        return max([self.site.as_of, *filter(None, own)])

    @cached_property
    def vote(self) -> Vote:
        """The election's own vote."""
        return election_vote(self.site.election, self.site.seen_from(self.as_of))

    @cached_property
    def pinned(self) -> tuple[NewsItem, ...]:
        """News that is shown first."""
        return news.pinned(self.news, self.as_of)

    @cached_property
    def changed(self) -> tuple[ChangedTps, ...]:
        """Every TPS about which something changed."""
        return changed_tps(self.site, self.kecamatan, self.as_of)

    @cached_property
    def own_days(self) -> dict[str, list[ChangedTps]]:
        """TPS that vote on a day of their own, by the address of the page of TPS, village and kecamatan."""
        return own_days(self.changed)

    @cached_property
    def sessions(self) -> dict[str, list[Held]]:
        """Sessions of KPPS, by the address of the page of village and kecamatan."""
        found: dict[str, list[Held]] = {}
        for one in held(self.schedule):
            places = (self.villages[code] for code in one.session.villages if code in self.villages)
            for url in dict.fromkeys(page.url for pair in places for page in pair):
                found.setdefault(url, []).append(one)
        return found

    def sessions_at(self, url: str) -> tuple[SessionView, ...]:
        """Those of the village or kecamatan with this page."""
        return tuple(views(self.site.election, self.sessions.get(url, ()), self.as_of, self.villages))

    @cached_property
    def ledger(self) -> tuple[LedgerDay, ...]:
        """Every declared change of every election."""
        return ledger([one for index in self.elections for one in index.changed])

    @cached_property
    def stages(self) -> tuple[StageView, ...]:
        """The calendar."""
        return stage_views(self.site, self.schedule, self.changed, self.as_of, self.villages)


def plan_index(index: SiteIndex, downloads: Downloads, chain: Chain) -> Iterator[Page]:
    """Plan every page that is not a shard's, without those of earlier elections."""
    return (replace(page, as_of=index.as_of) for page in _pages(index, downloads, chain))


def plan_earlier(index: SiteIndex) -> Iterator[Page]:
    """Plan every page of an earlier election that is not a shard's."""
    return (replace(_kecamatan(index, shard), as_of=index.as_of) for shard in index.kecamatan)


def _pages(index: SiteIndex, downloads: Downloads, chain: Chain) -> Iterator[Page]:
    yield _home(index)
    yield _cek_tps(index)
    yield from (_kecamatan(index, shard) for shard in index.kecamatan)
    yield from _gone(index)
    yield _jadwal(index)
    yield from _perubahan(index, chain)
    yield _data(index, downloads)
    yield from _news(index)
    yield from (_guide(index, guide) for guide in index.guides)
    yield _page(
        urls.NOT_FOUND,
        "pages/404.html",
        msg("Page not found"),
        msg("This page does not exist."),
        {"guides": _questions(index)},
        listed=False,
    )
    if index.site.config.offline:
        yield _page(
            urls.OFFLINE,
            "pages/luring.html",
            msg("Page not on this device"),
            msg("What can be read without a network."),
            {},
            listed=False,
        )


def _page(
    url: str,
    template: str,
    title: Message,
    description: Message,
    context: dict[str, Any],
    **more: Any,
) -> Page:
    """A page of the site itself: below home, its own entry of the menu."""
    defaults: dict[str, Any] = {"breadcrumbs": (HOME_LINK,), "section": url, "source": f"templates/{template}"}
    return Page(
        url=url, template=template, title=title, description=description, context=context, **{**defaults, **more}
    )


def _search(index: SiteIndex) -> SearchContext:
    return SearchContext(index.search_url)


def _questions(index: SiteIndex) -> tuple[Guide, ...]:
    return tuple(guide for guide in index.guides if guide.head.question)[:HOME_QUESTIONS]


def _home(index: SiteIndex) -> Page:
    site = index.site
    current = [item for item in index.news if news.at_time_of(item.date, index.elections) is index]
    return _page(
        urls.HOME,
        "pages/home.html",
        msg(
            "Where is your TPS? %(election)s in %(region)s", election=site.election.name, region=site.config.region.name
        ),
        msg("Find your TPS in %(region)s: place, date, hours and what to bring.", region=site.config.region.name),
        {
            "totals": index.totals,
            "kecamatan_count": len(index.kecamatan),
            "notice": home_notice(index.changed, index.vote),
            "vote": index.vote,
            "guides": _questions(index),
            "news": sorted(current, key=lambda item: item not in index.pinned)[:HOME_NEWS],
            "search": _search(index),
        },
        breadcrumbs=(),
    )


def _cek_tps(index: SiteIndex) -> Page:
    return _page(
        urls.CEK_TPS,
        "pages/cek-tps.html",
        msg("Find your TPS"),
        msg("All kecamatan and villages of %(region)s with their TPS.", region=index.site.config.region.name),
        {"kecamatan": tuple(index.rows.values()), "totals": index.totals, "search": _search(index)},
    )


def _gone(index: SiteIndex) -> Iterator[Page]:
    """What permanent addresses lead to of which only an earlier election knows the kecamatan or village."""
    seen = {*index.villages, *(shard.code for shard in index.kecamatan)}
    for shard in (shard for earlier in index.earlier for shard in earlier.kecamatan):
        for code in (shard.code, *(village.code for village in shard.villages)):
            if code not in seen:
                seen.add(code)
                yield redirect(code, urls.CEK_TPS, msg("Find your TPS"), shard.slug)


def _kecamatan(index: SiteIndex, shard: KecamatanSummary) -> Page:
    return _page(
        shard.url,
        "pages/kecamatan.html",
        titled(index.site, msg("Kecamatan %(name)s", name=shard.name)),
        msg(
            "%(villages)s villages and %(tps)s TPS of Kecamatan %(name)s.",
            villages=shard.totals.villages,
            tps=shard.totals.tps,
            name=shard.name,
        ),
        {
            "kecamatan": KecamatanList(shard, index.lists[shard.code]),
            "neighbours": index.neighbours[shard.code[:5]],
            "total": index.totals,
            "has_own_days": shard.url in index.own_days,
            "calendar": urls.own_calendar_file(shard.url),
            "notice": past_notice(index.site, shard.code, msg("Kec. %(name)s", name=shard.name)),
            "sessions": index.sessions_at(shard.url),
            "sessions_file": urls.sessions_file(shard.url),
        },
        breadcrumbs=(HOME_LINK, Link(msg("Kecamatan"), urls.CEK_TPS)),
        section=urls.CEK_TPS,
        source=shard.slug,
    )


def _jadwal(index: SiteIndex) -> Page:
    return _page(
        urls.JADWAL,
        "pages/jadwal.html",
        msg(
            "Schedule of %(election)s in %(region)s",
            election=index.site.election.name,
            region=index.site.config.region.short_name,
        ),
        msg("Dates and hours of all stages of %(election)s.", election=index.site.election.name),
        {"stages": index.stages, "next_stage": next_stage(index.stages), "vote": index.vote},
        jsonld=(jsonld.voting_day(index.site),),
    )


def _perubahan(index: SiteIndex, chain: Chain) -> Iterator[Page]:
    """The ledger of changes, and the same of every kecamatan with changes."""
    changes = Changes(index, chain.recent)
    slugs = index.slugs
    named = {code: name for code, name in changes.kecamatan.items() if code in slugs}
    links = ChangesLinks({code: Link(verbatim(name), urls.changes_url(slugs[code])) for code, name in named.items()})
    followed = bool(index.site.config.base_url)
    context: dict[str, Any] = {"links": links, "number": chain.number, "followed": followed}
    title = msg("Ledger of changes")
    yield _page(
        urls.PERUBAHAN,
        "pages/perubahan.html",
        title,
        msg("Every change of a TPS with old and new, time and decree."),
        {**context, "shown": Shown(changes), "feed": urls.changes_feed(urls.PERUBAHAN)},
    )
    for code, link in links.by_code.items():
        yield _page(
            link.url,
            "pages/perubahan.html",
            msg("Ledger of changes, Kec. %(name)s", name=named[code]),
            msg("Every change of a TPS in Kecamatan %(name)s with old and new, time and decree.", name=named[code]),
            {**context, "shown": Shown(changes, code), "feed": urls.changes_feed(link.url)},
            breadcrumbs=(HOME_LINK, Link(title, urls.PERUBAHAN)),
            section=urls.PERUBAHAN,
            source=slugs[code],
        )


def _data(index: SiteIndex, downloads: Downloads) -> Page:
    return _page(
        urls.DATA,
        "pages/data.html",
        msg("Download the data"),
        msg("Villages, TPS and KPPS as CSV and JSON."),
        {
            "downloads": downloads.get(index.site.election_slug, ()),
            "earlier": [(name, downloads.get(slug, ())) for slug, name in index.site.earlier],
            "totals": index.totals,
            "kecamatan": Comparison(tuple(index.rows.values())),
        },
    )


def _news(index: SiteIndex) -> Iterator[Page]:
    """The list of news, the months, and every item."""
    months = news.months(index.news)
    rest = [item for item in index.news if item not in index.pinned]
    yield _page(
        urls.BERITA,
        "pages/berita.html",
        msg("News"),
        msg("News of %(office)s.", office=index.site.config.office.name),
        {"pinned": index.pinned, "latest": news.months(rest[: news.LATEST]), "months": months, "vote": index.vote},
    )
    yield from (_month(index, months, *month) for month in news.with_neighbours(months))
    yield from (_article(index, *item) for item in news.with_neighbours(index.news))


def _month(index: SiteIndex, months: tuple[Month, ...], month: Month, newer: Month | None, older: Month | None) -> Page:
    name, office = MonthOf(month.first), index.site.config.office.name
    return _page(
        month.url,
        "pages/arsip.html",
        msg("News of %(month)s", month=name),
        msg("All news of %(office)s in %(month)s.", office=office, month=name),
        {"month": month, "newer": newer, "older": older, "months": months},
        breadcrumbs=_BELOW_NEWS,
        section=urls.BERITA,
    )


def _article(index: SiteIndex, item: NewsItem, newer: NewsItem | None, older: NewsItem | None) -> Page:
    then = news.at_time_of(item.date, index.elections)
    return _page(
        item.url,
        "pages/artikel.html",
        verbatim(item.head.title),
        verbatim(item.head.summary),
        {
            "item": item,
            "notice": past_news(then.site),
            "totals": then.totals,
            "kpps_rule": then.site.election.rules.kpps_per_tps,
            "places": news.places(item, then.villages),
            "others": tuple(other for other in index.news if other is not item)[:HOME_NEWS],
            "newer": newer,
            "older": older,
        },
        breadcrumbs=_BELOW_NEWS,
        section=urls.BERITA,
        source=item.source,
        jsonld=(jsonld.article(index.site, item),),
    )


def _guide(index: SiteIndex, guide: Guide) -> Page:
    intro, cases = sections(guide.body) if guide.head.cases else (guide.body, ())
    context: dict[str, Any] = {
        "guide": guide,
        "intro": intro,
        "cases": cases,
        "others": tuple(other for other in index.guides if other is not guide),
        "totals": index.totals,
        "kecamatan": tuple(index.rows.values()),
    }
    return _page(
        guide.url,
        OWN_TEMPLATE.get(guide.slug, "pages/guide.html"),
        verbatim(guide.head.title),
        verbatim(guide.head.summary),
        context,
        source=guide.source,
        jsonld=(jsonld.office(index.site.config),) if guide.url == urls.TENTANG else (),
    )
