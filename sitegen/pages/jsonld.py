"""schema.org objects of the pages. They say what the page says, never more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from sitegen.model.article import Correction
from sitegen.model.config import SiteConfig
from sitegen.model.election import UTC_OFFSET, Election
from sitegen.model.tps import ChangeKind
from sitegen.pages.articles import NewsItem
from sitegen.pages.page import Page
from sitegen.pages.views import Site, TpsState, TpsView, VillageView
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


def tps(site: Site, village: VillageView, view: TpsView) -> tuple[Block, ...]:
    """A polling place, and its vote when something about it changed."""
    where = place(site, village, view)
    return (where, _vote(site, view.state, where)) if view.state else (where,)


_STATUS = {
    ChangeKind.MOVED: "EventScheduled",
    ChangeKind.REPEAT_VOTE: "EventScheduled",
    ChangeKind.CONTINUED: "EventRescheduled",
    ChangeKind.CANCELLED: "EventCancelled",
    ChangeKind.MERGED: "EventCancelled",
}


def _vote(site: Site, state: TpsState, where: Block) -> Block:
    """The vote of one TPS with what changed about it. The place before is told in words that stay true."""
    election, vote, deciding = site.election, state.vote, state.deciding
    first = dt.datetime.combine(election.date, election.opens)
    status = _STATUS.get(deciding.change.kind) or ("EventRescheduled" if vote.date else "EventPostponed")
    begin = dt.datetime.combine(vote.date, vote.opens) if vote.date and vote.opens else vote.date or first
    moved = state.moved and msg("It moved; it is no longer at: %(place)s.", place=state.moved.from_place)
    return {
        "@context": _CONTEXT,
        "@type": "Event",
        "name": msg("%(what)s: %(tps)s", what=deciding.tag, tps=where["name"]) if deciding.vote else where["name"],
        "eventStatus": f"{_CONTEXT}/{status}",
        "startDate": iso(begin, election) if isinstance(begin, dt.datetime) else begin.isoformat(),
        **(
            {"endDate": iso(dt.datetime.combine(vote.date, vote.closes), election)} if vote.date and vote.closes else {}
        ),
        **({"previousStartDate": iso(first, election)} if status == "EventRescheduled" else {}),
        **({"description": moved} if moved else {}),
        "eventAttendanceMode": f"{_CONTEXT}/OfflineEventAttendanceMode",
        "location": {key: value for key, value in where.items() if key != "@context"},
        "organizer": {"@type": "GovernmentOffice", "name": site.config.office.name},
    }


def article(site: Site, item: NewsItem) -> Block:
    """A news item."""
    return {
        "@context": _CONTEXT,
        "@type": "NewsArticle",
        "headline": item.head.title,
        "description": item.head.summary,
        "datePublished": item.date.isoformat(),
        "dateModified": item.updated.isoformat(),
        "inLanguage": "id",
        "author": {"@type": "GovernmentOffice", "name": site.config.office.name},
        **({"correction": [_correction(one) for one in item.corrections]} if item.corrections else {}),
    }


def _correction(correction: Correction) -> Block:
    return {"@type": "CorrectionComment", "datePublished": correction.date.isoformat(), "text": correction.text}


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
