"""What templates receive: typed, finished objects, so that no template works on data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from sitegen import __version__
from sitegen.model.config import DataStatus, SiteConfig
from sitegen.model.election import Citation, Election, Race, StageKind
from sitegen.model.export import SiteExport
from sitegen.model.portal import PortalConfig
from sitegen.model.region import VillageKind
from sitegen.model.summary import Totals
from sitegen.model.tps import Change, ChangeKind, Pps, Tps
from sitegen.pages import urls
from sitegen.pages.articles import NewsItem
from sitegen.pages.earlier import Became, Earlier
from sitegen.pages.page import Link
from sitegen.pages.sessions import SessionView, StageKecamatan
from sitegen.problems import Message, msg


class Notice(NamedTuple):
    """The one notice of a page: a bold fact, the rest of the sentence, one link, and the vote that it tells of."""

    fact: Message
    rest: Message
    link: Link
    vote: Vote | None = None


class Style(NamedTuple):
    """A style that stands inside a page, and its hash as a content security policy names it."""

    text: Markup
    digest: str


class Assets(NamedTuple):
    """Static files as pages need them: ``addresses`` by path below ``static/``, relative to the publication's
    root, and the ``styles`` of the kinds of pages."""

    addresses: Mapping[str, str]
    styles: Mapping[str, Style]


class Vote(NamedTuple):
    """A day on which people vote, None while it is not decided; no races means all. ``is_over`` is what the data tell;
    ``ends`` is the midnight after it, for readers whose clock says more."""

    date: dt.date | None
    opens: dt.time | None
    closes: dt.time | None
    races: tuple[Race, ...]
    is_over: bool
    ends: str


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """What every page knows; ``as_of`` is the date of the newest data that all pages share. It is compared by identity:
    what was made for one site is kept for that site."""

    config: SiteConfig
    election: Election
    election_slug: str
    as_of: dt.datetime
    menu: tuple[Link, ...]
    footer: tuple[Link, ...]
    assets: Assets
    current: str = ""
    """Name of the current election, on pages of an earlier one."""
    earlier: tuple[tuple[str, str], ...] = ()
    """Slugs and names of the earlier elections, the newest first, on pages of the current one."""

    @property
    def is_past(self) -> bool:
        """Whether its election is over and another one is current."""
        return self.current != ""

    @property
    def status(self) -> DataStatus:
        """How far the data can be relied on."""
        return self.election.data_status or self.config.data_status

    @property
    def is_sample(self) -> bool:
        """Whether the data are invented."""
        return self.status is DataStatus.SAMPLE

    @property
    def voting_day_file(self) -> str:
        """Address of the calendar file of voting day."""
        return urls.voting_day_file(self.election_slug)

    @property
    def schedule_file(self) -> str:
        """Address of the calendar file of all stages."""
        return urls.schedule_file(self.election_slug)

    @property
    def version(self) -> str:
        """Version of the generator, for reports of mistakes."""
        return __version__

    def kpps_names(self, as_of: dt.datetime) -> bool:
        """Whether names of KPPS may be shown, by the configuration and the date of the data; of a past election never,
        as ``names_until`` is then that of the next one."""
        rule = self.config.kpps
        is_time = rule.names_until is None or as_of.date() <= rule.names_until
        return rule.publish == "names" and is_time and not self.is_past

    def seen_from(self, as_of: dt.datetime) -> dt.datetime:
        """The moment from which pages with data of ``as_of`` judge what is over: in a past election everything is."""
        return dt.datetime.max if self.is_past else max(as_of, self.as_of)

    @property
    def mark(self) -> Message:
        """The word that a text for reading elsewhere begins with; empty when the data are official."""
        return _MARKS[self.status]


_MARKS = {
    DataStatus.SAMPLE: msg("[Sample] "),
    DataStatus.PROVISIONAL: msg("[Provisional] "),
    DataStatus.OFFICIAL: Message(""),
}


class SiteBelow(NamedTuple):
    """A site that a portal leads to."""

    url: str
    export: SiteExport


@dataclass(frozen=True, slots=True, eq=False)
class Portal:
    """What every page of a portal knows; ``sites`` by name, at least one. Compared by identity, like a site."""

    config: PortalConfig
    sites: tuple[SiteBelow, ...]
    menu: tuple[Link, ...]
    footer: tuple[Link, ...]
    assets: Assets

    @property
    def status(self) -> DataStatus:
        """That of the site whose data can be relied on least."""
        found = {site.export.data_status for site in self.sites}
        return next(status for status in DataStatus if status in found)

    @property
    def is_sample(self) -> bool:
        """Whether data of any site are invented."""
        return self.status is DataStatus.SAMPLE

    @property
    def mark(self) -> Message:
        """The word that a text for reading elsewhere begins with; empty when all data are official."""
        return _MARKS[self.status]

    @property
    def oldest(self) -> SiteExport:
        """The site whose data are of the earliest moment."""
        return min((site.export for site in self.sites), key=lambda export: export.data_as_of)

    @property
    def totals(self) -> Totals:
        """Counts of all sites."""
        return Totals.sum(site.export.totals for site in self.sites)


Publisher = Site | Portal
"""Whoever publishes pages."""


class ChangeView(NamedTuple):
    """A decision about a TPS with what was before and what is since; ``vote`` is its own day, if it set one, ``target``
    the TPS where the voters go."""

    change: Change
    tag: Message
    before: Message
    after: Message
    vote: Vote | None
    target: Link | None


class Was(NamedTuple):
    """What was true of a TPS until a moment, what has been since, and what that rests on."""

    until: dt.datetime
    tag: Message
    before: tuple[Message, ...]
    after: tuple[Message, ...]
    basis: Message | None


class TpsState(NamedTuple):
    """What became of a TPS that was changed: all decisions, the one that decides, its last move, the vote that its
    voters go to, the votes on days of its own, and whether anybody votes there."""

    changes: tuple[ChangeView, ...]
    deciding: ChangeView
    moved: Change | None
    vote: Vote
    votes: tuple[ChangeView, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class KecamatanLink:
    """The kecamatan of a page, as much as the page needs."""

    code: str
    name: str
    url: str


class Directions(NamedTuple):
    """Ways to a place on a map: in an app of the reader's phone (``geo:``), and in the browser."""

    app: str
    web: str


@dataclass(frozen=True, slots=True)
class TpsView:
    """One TPS with what its pages add: address, message to share, state if something changed.

    ``kpps_names`` tells whether names may be shown; ``directions`` is None without coordinates; ``cover`` is the
    coverage as ``static/js/coverage.js`` reads it; ``calendar`` is the calendar file of its vote, if it has a day;
    ``news`` names it; ``history`` is what was true before, where the page says it nowhere else, the newest first."""

    tps: Tps
    url: str
    share_text: Message
    state: TpsState | None
    calendar: str | None
    kpps_names: bool
    directions: Directions | None
    cover: str
    news: tuple[NewsItem, ...] = ()
    history: tuple[Was, ...] = ()
    previously: tuple[tuple[str, Became], ...] = ()
    """TPS of earlier elections whose voters come here now, with the election's name."""
    became: tuple[int, ...] = ()
    """Of a past election: the TPS where its voters come now, as far as the office knows."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the facts of a page come from, and the unit that answers for them when it is not the office."""

    document: str
    as_of: dt.datetime
    responsible: str | None = None


@dataclass(frozen=True, slots=True)
class VillageView:
    """One village with its TPS; no provenance means that no file speaks of its TPS yet. ``vote`` is that of the
    election, ``as_of`` the date of what the page says."""

    code: str
    name: str
    kind: VillageKind
    url: str
    permanent_url: str
    kecamatan: KecamatanLink
    share_text: Message
    tps: tuple[TpsView, ...]
    totals: Totals
    pps: Pps | None
    provenance: Provenance | None
    as_of: dt.datetime
    vote: Vote
    news: tuple[NewsItem, ...]
    sessions: tuple[SessionView, ...] = ()
    earlier: tuple[Earlier, ...] = ()

    @property
    def calendar(self) -> str | None:
        """The calendar file of the votes of its TPS: that of voting day, or its own when one of them has its own."""
        if any(tps.calendar == urls.own_calendar_file(tps.url) for tps in self.tps):
            return urls.own_calendar_file(self.url)
        return next((tps.calendar for tps in self.tps if tps.calendar), None)

    @property
    def sessions_file(self) -> str:
        """Calendar file of its sessions."""
        return urls.sessions_file(self.url)

    @property
    def is_covered(self) -> bool:
        """Whether RT and RW can tell its TPS apart."""
        return len(self.tps) > 1 and any(tps.cover for tps in self.tps)


class StagePlaceView(NamedTuple):
    """A TPS that votes on a day of its own, with its page."""

    number: int
    village: str
    kecamatan: str
    url: str
    races: tuple[Race, ...]
    reason: str | None


class StageView(NamedTuple):
    """A stage of the calendar as seen from the date of the data; ``basis`` are decrees, ``ends`` is the midnight after
    its last day."""

    id: str
    kind: StageKind | ChangeKind
    title: Message
    start: dt.date
    end: dt.date | None
    opens: dt.time | None
    closes: dt.time | None
    description: str | None
    topics: tuple[str, ...]
    basis: tuple[str, ...]
    sources: tuple[Citation, ...]
    places: tuple[StagePlaceView, ...]
    ends: str
    kecamatan: tuple[StageKecamatan, ...] = ()
    is_past: bool = False
    is_next: bool = False


class LedgerEntry(NamedTuple):
    """A declared change of one TPS. ``moment`` is when it was decided, or what comes closest; ``anchor`` is the moment
    in its name, which stays the same when newer data come; ``election`` is the name of a past election."""

    number: int
    village: str
    kecamatan: str
    kecamatan_code: str
    url: str
    moment: dt.datetime
    anchor: dt.datetime
    view: ChangeView
    election: str = ""


class LedgerDay(NamedTuple):
    """Changes decided on one day."""

    date: dt.date
    entries: tuple[LedgerEntry, ...]


class SearchContext(NamedTuple):
    """What the search form needs; ``index_url`` is relative to the publication's root, ``list_label`` is the way on to
    the list of everything."""

    index_url: str
    list_label: Message = msg("Choose from the list of kecamatan")


class Download(NamedTuple):
    """A file of ``/data/``; ``path`` is relative to the publication's root, ``size`` in bytes."""

    path: str
    label: Message
    about: Message
    rows: int
    size: int


Downloads = Mapping[str, tuple[Download, ...]]
"""The files of each election, by its slug."""
