"""What the pages of a site share, and its texts made ready for them."""

from __future__ import annotations

from typing import Any, NamedTuple

from markupsafe import Markup

from sitegen.content.documents import Document
from sitegen.content.markdown import Image, Rendered, illustrated, to_html
from sitegen.content.pictures import Picture, Pictures
from sitegen.content.site import SiteContent
from sitegen.model.config import SiteConfig
from sitegen.model.election import Election, Schedule
from sitegen.pages import urls
from sitegen.pages.articles import Guide, NewsItem
from sitegen.pages.page import Link
from sitegen.pages.views import Assets, Site
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


def texts(content: SiteContent, pictures: Pictures) -> Texts:
    """Turn all Markdown of the site into HTML with its ``pictures``."""
    found: list[Text] = []

    def html(document: Document[Any], url: str) -> Markup:
        rendered = to_html(document.body)
        found.append(Text(document, url, rendered))
        return illustrated(rendered.html, lambda image: _figure(image, pictures))

    news = []
    for item in sorted(content.news, key=lambda file: (file.date, file.slug), reverse=True):
        url = urls.news_url(item.date, item.slug)
        news.append(
            NewsItem(item.document.data, item.date, item.slug, url, html(item.document, url), item.document.path)
        )
    guides = []
    for guide in sorted(content.guides, key=lambda file: (file.document.data.order, file.slug)):
        url = urls.guide_url(guide.slug)
        guides.append(Guide(guide.document.data, guide.slug, url, html(guide.document, url), guide.document.path))
    return Texts(tuple(news), tuple(guides), tuple(found))


def _figure(image: Image, pictures: Pictures) -> Markup:
    """A picture of a text; nothing where it is missing, which ``checks.pictures`` tells."""
    picture = pictures.find(image.src)
    if not isinstance(picture, Picture):
        return Markup()
    shown = Markup('<img src="/{}" width="{}" height="{}" alt="{}" loading="lazy">').format(
        picture.url, picture.width, picture.height, image.description
    )
    caption = Markup("<figcaption>{}</figcaption>").format(image.caption) if image.caption else ""
    return Markup("<figure>{}{}</figure>").format(shown, caption)
