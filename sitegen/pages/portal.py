"""Pages of a portal. The same names as in a site, so that the search form leads on in both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from sitegen.model.portal import PortalConfig
from sitegen.pages import urls
from sitegen.pages.page import Link, Page
from sitegen.pages.shard import HOME_LINK
from sitegen.pages.views import Assets, Portal, SearchContext, SiteBelow
from sitegen.problems import Message, msg, verbatim

MENU = (Link(msg("Find TPS"), urls.CEK_TPS), Link(msg("About"), urls.TENTANG))


def portal_view(config: PortalConfig, sites: tuple[SiteBelow, ...], assets: Assets) -> Portal:
    """What every page of the portal knows."""
    by_name = sorted(sites, key=lambda site: (site.export.region.name.casefold(), site.url))
    return Portal(config, tuple(by_name), MENU, MENU, assets)


def plan_portal(portal: Portal, search_url: str) -> Iterator[Page]:
    """Plan every page."""
    search = SearchContext(search_url, msg("Choose from the list of kabupaten and kota"))
    election, region = portal.oldest.election, portal.config.region
    yield _page(
        urls.HOME,
        "home",
        msg("Where is your TPS? %(election)s in %(region)s", election=election.name, region=region),
        msg("Find your TPS in %(region)s: place, date, hours and what to bring.", region=region),
        {"search": search, "day": voting_day(portal)},
        breadcrumbs=(),
    )
    yield _page(
        urls.CEK_TPS,
        "cek-tps",
        msg("Find your TPS"),
        msg("All kabupaten and kota of %(region)s with their TPS.", region=region),
        {"search": search},
    )
    yield _page(
        urls.TENTANG, "tentang", msg("About this portal"), msg("Who answers for it, and where its data are from."), {}
    )
    yield _page(urls.NOT_FOUND, "404", msg("Page not found"), msg("This page does not exist."), {}, listed=False)


class PortalDay(NamedTuple):
    """The day of the vote as a portal tells it."""

    date: dt.date
    opens: dt.time | None
    closes: dt.time | None
    zone: Message


def voting_day(portal: Portal) -> PortalDay:
    """Date of the vote; hours only if they are the same everywhere, with the time zone if there is one."""
    days = [site.export.election for site in portal.sites]
    hours = {(day.opens, day.closes) for day in days}
    opens, closes = hours.pop() if len(hours) == 1 else (None, None)
    zones = {day.time_zone for day in days}
    zone = verbatim(zones.pop()) if len(zones) == 1 else msg("local time")
    return PortalDay(days[0].date, opens, closes, zone)


def _page(url: str, name: str, title: Message, description: Message, context: dict[str, Any], **more: Any) -> Page:
    template = f"portal/{name}.html"
    defaults: dict[str, Any] = {"breadcrumbs": (HOME_LINK,), "section": url, "source": f"templates/{template}"}
    return Page(
        url=url, template=template, title=title, description=description, context=context, **{**defaults, **more}
    )
