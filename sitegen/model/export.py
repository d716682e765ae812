"""What a site tells a portal above it (``data/portal.json``): enough to find its villages, and to list it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import StringConstraints

from sitegen.model.config import DataStatus, Region
from sitegen.model.election import TimeZone
from sitegen.model.fields import KecamatanCode, Line, Slug, VillageCode, content_type
from sitegen.model.summary import Totals

PageUrl = Annotated[str, StringConstraints(pattern=r"^\S+\.html$")]


@content_type
class VillageExport:
    """A village with the numbers of its TPS, as the search index takes it; at so many ``ended`` ones nobody
    votes any more."""

    code: VillageCode
    name: Line
    slug: Slug
    numbers: tuple[int, ...] = ()
    other_names: tuple[Line, ...] = ()
    changed_numbers: tuple[int, ...] = ()
    ended: int = 0


@content_type
class KecamatanExport:
    """A kecamatan with its villages; ``url`` is its page, below the site until a portal makes it absolute."""

    code: KecamatanCode
    name: Line
    slug: Slug
    url: PageUrl
    villages: tuple[VillageExport, ...]
    other_names: tuple[Line, ...] = ()

    @property
    def totals(self) -> Totals:
        """Counts of its villages and their TPS."""
        ended = sum(village.ended for village in self.villages)
        numbers = sum(len(village.numbers) for village in self.villages)
        return Totals(villages=len(self.villages), tps=numbers - ended, ended=ended)


@content_type
class VotingDay:
    """The vote that the site is about."""

    name: Line
    date: dt.date
    opens: dt.time
    closes: dt.time
    time_zone: TimeZone


@content_type
class SiteExport:
    """A whole site."""

    data_status: DataStatus
    office: Line
    region: Region
    election: VotingDay
    data_as_of: dt.datetime
    kecamatan: tuple[KecamatanExport, ...]

    @property
    def totals(self) -> Totals:
        """Counts of all villages and TPS."""
        return Totals.sum((Totals(), *(one.totals for one in self.kecamatan)))

    @property
    def kabupaten(self) -> frozenset[str]:
        """Codes of the kabupaten and kota that the site covers."""
        return frozenset(one.code[:5] for one in self.kecamatan)
