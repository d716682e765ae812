"""schema.org objects of the pages. They say what the page says, never more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from sitegen.model.config import SiteConfig
from sitegen.model.election import UTC_OFFSET, Election
from sitegen.pages.page import Page
from sitegen.pages.views import NewsItem, Site, TpsView, VillageView
from sitegen.problems import msg

_CONTEXT = "https://schema.org"
Block = Mapping[str, Any]


def iso(moment: dt.datetime, election: Election) -> str:
    """A local moment of the election with its offset from UTC: 2024-11-27T07:00:00+07:00."""
    return in_zone(moment, election).isoformat()


def in_zone(moment: dt.datetime, election: Election) -> dt.datetime:
    """A local moment of the election that knows its offset from UTC."""
    return moment.replace(tzinfo=dt.timezone(UTC_OFFSET[election.time_zone]))


def office(config: SiteConfig) -> Block:
    """The election office."""
    contact = {"telephone": config.contact.phone, "email": config.contact.email, "address": config.contact.address}
    return {
        "@context": _CONTEXT,
        "@type": "GovernmentOffice",
        "name": config.office.name,
        "areaServed": config.region.name,
        **({"url": config.contact.website} if config.contact.website else {}),
        **{key: value for key, value in contact.items() if value},
    }


def voting_day(site: Site) -> Block:
    """Voting day as an event in the whole region."""
    election = site.election
    return {
        "@context": _CONTEXT,
        "@type": "Event",
        "name": election.title,
        "startDate": iso(dt.datetime.combine(election.date, election.opens), election),
        "endDate": iso(dt.datetime.combine(election.date, election.closes), election),
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {"@type": "AdministrativeArea", "name": site.config.region.name},
        "organizer": {"@type": "GovernmentOffice", "name": site.config.office.name},
    }


def place(site: Site, village: VillageView, tps: TpsView) -> Block:
    """A polling place: which one, not where. Copies of this object outlive a move of the TPS, so they
    must not be able to send anyone to the old place; the page itself says where."""
    return {
        "@context": _CONTEXT,
        "@type": "Place",
        "name": msg(
            "TPS %(number)s %(village)s, Kec. %(kecamatan)s",
            number=tps.tps.number,
            village=village.name,
            kecamatan=village.kecamatan.name,
        ),
        "address": {
            "@type": "PostalAddress",
            "addressLocality": f"{village.name}, {village.kecamatan.name}",
            "addressRegion": site.config.region.name,
            "addressCountry": "ID",
        },
    }


def article(site: Site, item: NewsItem) -> Block:
    """A news item."""
    return {
        "@context": _CONTEXT,
        "@type": "NewsArticle",
        "headline": item.head.title,
        "description": item.head.summary,
        "datePublished": item.date.isoformat(),
        "dateModified": max([item.date, *(c.date for c in item.head.corrections)]).isoformat(),
        "inLanguage": "id",
        "author": {"@type": "GovernmentOffice", "name": site.config.office.name},
    }


def breadcrumbs(page: Page, absolute: Callable[[str], str | None]) -> tuple[Block, ...]:
    """The way to a page; needs absolute addresses, so there is none without a base URL."""
    here = [(page.title, absolute(page.url))]
    steps = [(link.label, absolute(link.url)) for link in page.breadcrumbs] + here
    if not page.breadcrumbs or any(address is None for _, address in steps):
        return ()
    items = [
        {"@type": "ListItem", "position": position, "name": label, "item": address}
        for position, (label, address) in enumerate(steps, 1)
    ]
    return ({"@context": _CONTEXT, "@type": "BreadcrumbList", "itemListElement": items},)
