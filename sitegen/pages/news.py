"""The news as pages need it: what is shown first, months, neighbours, and the places that an item is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Protocol, TypeVar

from sitegen.model.summary import KecamatanSummary, VillageSummary
from sitegen.pages import urls
from sitegen.pages.articles import Month, NewsItem
from sitegen.pages.page import Link
from sitegen.problems import msg

T = TypeVar("T")
LATEST = 12
"""So many items stand in the list of news; the pages of the months have them all."""
Villages = Mapping[str, tuple[KecamatanSummary, VillageSummary]]


class Election(Protocol):
    """What belongs to an election, with the last day whose news does."""

    @property
    def news_until(self) -> dt.date:
        """That day."""


E = TypeVar("E", bound=Election)


def at_time_of(day: dt.date, elections: Sequence[E]) -> E:
    """The one of ``elections``, the newest first, that news of this day belongs to."""
    return next(one for one in reversed(elections) if day <= one.news_until)


def pinned(news: Sequence[NewsItem], as_of: dt.datetime) -> tuple[NewsItem, ...]:
    """Items that are still shown first: as far as is known from the dates of data (``as_of``) and news."""
    today = max([as_of.date(), *(item.updated for item in news)])
    return tuple(item for item in news if item.is_pinned(today))


def months(news: Iterable[NewsItem]) -> tuple[Month, ...]:
    """``news``, newest first, by month."""
    grouped = groupby(news, key=lambda item: item.date.replace(day=1))
    return tuple(Month(first, urls.month_url(first), tuple(items)) for first, items in grouped)


def with_neighbours(items: Sequence[T]) -> Iterator[tuple[T, T | None, T | None]]:
    """Each of ``items``, newest first, with the next newer and the next older one."""
    return zip(items, (None, *items), (*items[1:], None), strict=False)


def places(item: NewsItem, villages: Villages) -> tuple[Link, ...]:
    """Pages of the TPS and villages that ``item`` is about; a village only where it names none of its TPS."""
    links = []
    for code in sorted(item.villages & villages.keys(), key=lambda code: (villages[code][1].name.casefold(), code)):
        kecamatan, village = villages[code]
        stations = [number for number in village.numbers if item.names(code, number)]
        names = {"village": village.name, "kecamatan": kecamatan.name}
        links += [
            Link(
                msg("TPS %(number)s %(village)s, Kec. %(kecamatan)s", number=number, **names),
                urls.tps_below(village.url, number),
            )
            for number in stations
        ]
        if not stations:
            links.append(Link(msg("%(village)s, Kec. %(kecamatan)s", **names), village.url))
    return tuple(links)
