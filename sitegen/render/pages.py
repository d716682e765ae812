"""Rendering one planned page."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

from sitegen.pages import jsonld, urls
from sitegen.pages.page import Page
from sitegen.pages.views import Publisher
from sitegen.render.environment import environment


class Target(NamedTuple):
    """A language's tree inside the publication: where it lies and what it is called."""

    language: str
    folder: str
    """Empty for the main language, otherwise ``en/``."""


def targets(site: Publisher) -> tuple[Target, ...]:
    """The trees that the site's languages make; the first one is the publication's root."""
    first, *others = site.config.languages
    return (Target(first, ""), *(Target(language, f"{language}/") for language in others))


def render(page: Page, site: Publisher, target: Target) -> str:
    """The HTML of ``page`` in one language."""
    root, asset_root = _roots(page, site, target)
    found = environment(target.language).get_template(page.template)
    return found.render(
        page.context,
        site=site,
        page=page,
        lang=target.language,
        root=root,
        asset_root=asset_root,
        canonical=absolute(site, target, page.url),
        printed=absolute(site, target, page.printed_url) if page.printed_url else None,
        alternates=_alternates(page, site, target, asset_root),
        jsonld=(*page.jsonld, *jsonld.breadcrumbs(page, lambda url: absolute(site, target, url))),
    )


def absolute(site: Publisher, target: Target, url: str) -> str | None:
    """The public address of ``url``, or None when the site does not know where it will be."""
    if site.config.base_url is None:
        return None
    shown = "" if url == urls.HOME else url
    return f"{site.config.base_url.rstrip('/')}/{target.folder}{shown}"


def _roots(page: Page, site: Publisher, target: Target) -> tuple[str, str]:
    if page.url == urls.NOT_FOUND:
        # A host answers with this page at any depth, so only absolute paths lead anywhere.
        path = urlsplit(site.config.base_url or "").path.rstrip("/") + "/"
        return path + target.folder, path
    root = urls.root_of(page.url)
    return root, root + urls.root_of(target.folder)


def _alternates(page: Page, site: Publisher, target: Target, asset_root: str) -> tuple[tuple[str, str], ...]:
    return tuple((t.language, asset_root + t.folder + page.url) for t in targets(site) if t != target)
