"""What templates receive: typed, finished objects, so that no template works on data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from sitegen import __version__
from sitegen.model.article import GuideHead, NewsHead
from sitegen.model.config import DataStatus, SiteConfig
from sitegen.model.election import Election, Race, Stage
from sitegen.model.export import SiteExport
from sitegen.model.portal import PortalConfig
from sitegen.model.region import VillageKind
from sitegen.model.summary import Totals
from sitegen.model.tps import Pps, Tps
from sitegen.pages import urls
from sitegen.pages.page import Link
from sitegen.problems import Message, msg


class Notice(NamedTuple):
    """The one notice of a page: a bold fact, the rest of the sentence, one link."""

    fact: Message
    rest: Message
    link: Link


class Style(NamedTuple):
    """A style that stands inside a page, and its hash as a content security policy names it."""

    text: Markup
    digest: str


class Assets(NamedTuple):
    """Static files as pages need them: ``addresses`` by path below ``static/``, relative to the publication's
    root, and the ``styles`` of the kinds of pages."""

    addresses: Mapping[str, str]
    styles: Mapping[str, Style]


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """What every page knows. It is compared by identity: what was made for one site is kept for that site."""

    config: SiteConfig
    election: Election
    election_slug: str
    menu: tuple[Link, ...]
    footer: tuple[Link, ...]
    assets: Assets

    @property
    def status(self) -> DataStatus:
        """How far the data can be relied on."""
        return self.config.data_status

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

    @property
    def kpps_names(self) -> bool:
        """Whether names of KPPS may be shown, by the configuration and the date of the data."""
        rule = self.config.kpps
        in_time = rule.names_until is None or self.election.data_as_of.date() <= rule.names_until
        return rule.publish == "names" and in_time

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


class RepeatVote(NamedTuple):
    """A repeat vote (PSU) of one TPS; no races means all."""

    stage: Stage
    races: tuple[Race, ...]


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
    """One TPS with what its pages add: address, message to share, repeat votes.

    ``kpps_names`` tells whether names may be shown; ``directions`` is None without coordinates; ``cover`` is the
    coverage as ``static/js/coverage.js`` reads it."""

    tps: Tps
    url: str
    share_text: Message
    repeat_votes: tuple[RepeatVote, ...]
    kpps_names: bool
    directions: Directions | None
    cover: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the facts of a page come from."""

    document: str
    as_of: dt.datetime


@dataclass(frozen=True, slots=True)
class VillageView:
    """One village with its TPS; no provenance means that no file speaks of its TPS yet."""

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
    news: tuple[NewsItem, ...]

    @property
    def is_covered(self) -> bool:
        """Whether RT and RW can tell its TPS apart."""
        return len(self.tps) > 1 and any(tps.cover for tps in self.tps)


@dataclass(frozen=True, slots=True)
class NewsItem:
    """A news item; ``body`` is sanitised HTML, ``source`` its content file."""

    head: NewsHead
    date: dt.date
    slug: str
    url: str
    body: Markup
    source: str


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide; ``body`` is sanitised HTML, ``source`` its content file."""

    head: GuideHead
    slug: str
    url: str
    body: Markup
    source: str


class Month(NamedTuple):
    """News of one month, newest first; ``first`` is the month's first day."""

    first: dt.date
    items: tuple[NewsItem, ...]


class StagePlaceView(NamedTuple):
    """A TPS that a stage concerns, with its page."""

    number: int
    village: str
    kind: VillageKind
    kecamatan: str
    url: str
    races: tuple[Race, ...]


class StageView(NamedTuple):
    """A stage of the calendar as seen from the calendar's own date."""

    stage: Stage
    places: tuple[StagePlaceView, ...]
    is_past: bool
    is_next: bool


class ChartRow(NamedTuple):
    """One bar: ``width`` in user units of the drawing, of at most ``Chart.width``."""

    label: str
    value: int
    width: float
    y: int
    own: bool
    url: str


class Chart(NamedTuple):
    """A bar chart with all coordinates worked out."""

    title: Message
    unit: Message
    rows: tuple[ChartRow, ...]
    width: int
    height: int


class Change(NamedTuple):
    """A declared change of one TPS: a move or a repeat vote."""

    number: int
    village: str
    kecamatan: str
    kecamatan_code: str
    url: str
    decided: dt.datetime
    basis: str
    moved_from: str | None
    moved_to: str | None
    repeat_vote: RepeatVote | None


class ChangeDay(NamedTuple):
    """Changes decided on one day."""

    date: dt.date
    changes: tuple[Change, ...]


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
