"""What the pages of a site share, and its texts made ready for them."""

from __future__ import annotations

from typing import Any, NamedTuple

from sitegen.content.documents import Document
from sitegen.content.markdown import Rendered, to_html
from sitegen.content.site import SiteContent
from sitegen.model.config import SiteConfig
from sitegen.model.election import Election, Schedule
from sitegen.pages import urls
from sitegen.pages.page import Link
from sitegen.pages.views import Assets, Guide, NewsItem, Site
from sitegen.problems import msg

MENU = (
    Link(msg("Find TPS"), urls.CEK_TPS),
    Link(msg("How to vote"), urls.CARA_MEMILIH),
    Link(msg("Schedule"), urls.JADWAL),
    Link(msg("News"), urls.BERITA),
    Link(msg("Changes"), urls.PERUBAHAN),
)
FOOTER = (
    Link(msg("Find TPS"), urls.CEK_TPS),
    Link(msg("How to vote"), urls.CARA_MEMILIH),
    Link(msg("Schedule"), urls.JADWAL),
    Link(msg("News"), urls.BERITA),
    Link(msg("KPPS"), urls.KPPS),
    Link(msg("Changes"), urls.PERUBAHAN),
    Link(msg("Download data"), urls.DATA),
    Link(msg("About"), urls.TENTANG),
)
REQUIRED_GUIDES = ("cara-memilih", "kpps", "tentang")
"""Guides that every page links to."""


class Text(NamedTuple):
    """A Markdown file with its page's address and its HTML."""

    document: Document[Any]
    url: str
    rendered: Rendered


class Texts(NamedTuple):
    """News newest first, guides in their order, and every text behind them."""

    news: tuple[NewsItem, ...]
    guides: tuple[Guide, ...]
    all: tuple[Text, ...]


NO_TEXTS = Texts((), (), ())


def site_view(
    config: SiteConfig, election: Election, schedule: Schedule | None, assets: Assets, slug: str | None = None
) -> Site:
    """What every page of an election knows of the site; without ``slug`` it is the current one."""
    as_of = max(election.data_as_of, schedule.as_of) if schedule else election.data_as_of
    return Site(config, election, slug or config.election, as_of, MENU, FOOTER, assets)


def texts(content: SiteContent) -> Texts:
    """Turn all Markdown of the site into HTML."""
    found: list[Text] = []

    def html(document: Document[Any], url: str) -> Rendered:
        rendered = to_html(document.body, urls.root_of(url))
        found.append(Text(document, url, rendered))
        return rendered

    news = []
    for item in sorted(content.news, key=lambda file: (file.date, file.slug), reverse=True):
        url = urls.news_url(item.date, item.slug)
        news.append(
            NewsItem(item.document.data, item.date, item.slug, url, html(item.document, url).html, item.document.path)
        )
    guides = []
    for guide in sorted(content.guides, key=lambda file: (file.document.data.order, file.slug)):
        url = urls.guide_url(guide.slug)
        guides.append(Guide(guide.document.data, guide.slug, url, html(guide.document, url).html, guide.document.path))
    return Texts(tuple(news), tuple(guides), tuple(found))
