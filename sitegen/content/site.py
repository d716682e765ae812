"""Reading what belongs to the whole site: configuration, election, calendar, news and guides."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter

from sitegen.content.costs import too_much
from sitegen.content.documents import Document, Loader
from sitegen.content.sources import Sources
from sitegen.model.acknowledged import AcknowledgedFile, Acknowledgement
from sitegen.model.article import GuideHead, NewsHead
from sitegen.model.config import SiteConfig
from sitegen.model.election import Election, Schedule
from sitegen.model.redirect import RedirectsFile
from sitegen.problems import Problem, msg
from sitegen.slugs import RESERVED

CONFIG = TypeAdapter(SiteConfig)
ELECTION = TypeAdapter(Election)
SCHEDULE = TypeAdapter(Schedule)
ACKNOWLEDGED = TypeAdapter(AcknowledgedFile)
REDIRECTS = TypeAdapter(RedirectsFile)
NEWS = TypeAdapter(NewsHead)
GUIDE = TypeAdapter(GuideHead)
_NEWS_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-([a-z0-9]+(?:-[a-z0-9]+)*)", re.ASCII)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class NewsFile:
    """A news item as written; date and slug come from the file's name."""

    document: Document[NewsHead]
    date: dt.date
    slug: str


@dataclass(frozen=True, slots=True)
class GuideFile:
    """A guide as written; the slug is the file's name."""

    document: Document[GuideHead]
    slug: str


@dataclass(frozen=True, slots=True)
class SiteContent:
    """What could be read; a file with problems is None or missing from its list."""

    election: Document[Election] | None
    schedule: Document[Schedule] | None
    news: tuple[NewsFile, ...]
    guides: tuple[GuideFile, ...]
    acknowledged: Document[AcknowledgedFile] | None = None
    redirects: Document[RedirectsFile] | None = None

    @property
    def accepted(self) -> tuple[Acknowledgement, ...]:
        """What the office accepts."""
        return self.acknowledged.data.acknowledged if self.acknowledged else ()

    @property
    def drafts(self) -> tuple[NewsFile, ...]:
        """News that is not finished."""
        return tuple(item for item in self.news if item.document.data.draft)

    def without_drafts(self) -> SiteContent:
        """The same with nothing but finished news."""
        return replace(self, news=tuple(item for item in self.news if not item.document.data.draft))


def read_site(sources: Sources, loader: Loader) -> SiteContent:
    """Read the site's own files, noting every problem in ``loader``."""
    news = [_news(path, loader) for path in sources.news]
    guides = [_guide(path, loader) for path in sources.guides]
    return SiteContent(
        election=loader.yaml(sources.election, ELECTION),
        schedule=loader.yaml(sources.schedule, SCHEDULE),
        news=tuple(item for item in news if item),
        guides=tuple(item for item in guides if item),
        acknowledged=loader.yaml(_there(sources.acknowledged), ACKNOWLEDGED),
        redirects=loader.yaml(_there(sources.redirects), REDIRECTS),
    )


def _there(path: Path | None) -> Path | None:
    """A file that may be missing."""
    return path if path and path.exists() else None


def _news(path: Path, loader: Loader) -> NewsFile | None:
    document = loader.markdown(path, NEWS)
    name = _NEWS_NAME.fullmatch(path.stem)
    date = _date(name[1]) if name else None
    if date is None or name is None or name[2] in RESERVED:
        loader.problems.append(
            Problem(
                str(path),
                0,
                "news.file-name",
                msg("The name of the file has no date or cannot stand in an address"),
                msg("Name it year-month-day-title in small letters: 2024-11-07-kpps-dilantik.md."),
            )
        )
        return None
    if document is None or not _fits(document, loader):
        return None
    return NewsFile(document, date, name[2])


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _guide(path: Path, loader: Loader) -> GuideFile | None:
    document = loader.markdown(path, GUIDE)
    if not _SLUG.fullmatch(path.stem) or path.stem in RESERVED:
        loader.problems.append(
            Problem(
                str(path),
                0,
                "guide.file-name",
                msg("The name of the file cannot stand in an address"),
                msg("Use small letters, digits and single hyphens: cara-memilih.md."),
            )
        )
        return None
    return GuideFile(document, path.stem) if document and _fits(document, loader) else None


def _fits(document: Document[NewsHead] | Document[GuideHead], loader: Loader) -> bool:
    """Whether the text can be turned into HTML in bounded time."""
    found = too_much(document.body)
    if found:
        loader.problems.append(
            Problem(document.path, document.body_line + found.line, found.code, found.what, found.fix)
        )
    return found is None
