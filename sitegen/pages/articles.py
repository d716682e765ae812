"""What templates receive of news and guides."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from sitegen.model.article import Correction, GuideHead, NewsHead


@dataclass(frozen=True, slots=True)
class NewsItem:
    """A news item; ``body`` is sanitised HTML, ``source`` its content file."""

    head: NewsHead
    date: dt.date
    slug: str
    url: str
    body: Markup
    source: str

    @property
    def villages(self) -> frozenset[str]:
        """Codes of the villages whose pages show it."""
        return frozenset((*self.head.villages, *(tps.village for tps in self.head.tps)))

    def names(self, village: str, number: int) -> bool:
        """Whether the page of this TPS shows it."""
        return any((tps.village, tps.number) == (village, number) for tps in self.head.tps)

    def is_pinned(self, today: dt.date) -> bool:
        """Whether it is shown first on this day."""
        return self.head.pinned_until is not None and self.head.pinned_until >= today

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """What was corrected, newest first."""
        return tuple(sorted(self.head.corrections, key=lambda correction: correction.date, reverse=True))

    @property
    def corrected(self) -> dt.date | None:
        """When it was corrected last."""
        return self.corrections[0].date if self.corrections else None

    @property
    def updated(self) -> dt.date:
        """The day of its last word."""
        return max(self.date, self.corrected or self.date)


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide; ``body`` is sanitised HTML, ``source`` its content file."""

    head: GuideHead
    slug: str
    url: str
    body: Markup
    source: str


class Month(NamedTuple):
    """News of one month, newest first; ``first`` is the month's first day, ``url`` the page with all of them."""

    first: dt.date
    url: str
    items: tuple[NewsItem, ...]
