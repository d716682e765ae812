"""Writing what the whole site shares: index pages, data, search index, feeds and static files."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sitegen import stopwatch
from sitegen.content.portal import EXPORT_PATH
from sitegen.keys import key_of, key_of_value
from sitegen.output.assets import static_files
from sitegen.output.change_feeds import change_feeds
from sitegen.output.exports import Rows, join_parts
from sitegen.output.feeds import ATOM, atom, robots, sitemap_names, sitemaps
from sitegen.output.headers import HEADERS, headers
from sitegen.output.ics import calendar_files
from sitegen.output.publication import Outlet, link_file
from sitegen.output.search_index import SearchIndex
from sitegen.output.shared import SharedOutlet
from sitegen.output.site_export import export_key, site_export
from sitegen.output.worker import WORKER, worker
from sitegen.pages.changes import Chain
from sitegen.pages.index import SiteIndex
from sitegen.pages.page import Page
from sitegen.pages.views import Downloads, Publisher, Site
from sitegen.render.pages import absolute, render, targets


class Kept(NamedTuple):
    """Pages of another publication that are still right: where it lies, and their addresses with their sources."""

    site: Path
    pages: frozenset[tuple[str, str]]

    def take(self, page: Page, stage: Path, path: str) -> bytes | None:
        """The bytes of ``page``, which then stands at ``path`` in ``stage`` too; None if it must be made."""
        if (page.url, page.source) not in self.pages:
            return None
        with contextlib.suppress(OSError), stopwatch.stage("keep"):
            data = (self.site / path).read_bytes()
            link_file(self.site / path, stage, path)
            return data
        return None


def write_pages(out: Outlet, site: Publisher, pages: Iterable[Page], kept: Kept | None = None) -> str:
    """Render ``pages`` in every language of the site, except those that are ``kept``; gives a digest of all."""
    digest = hashlib.sha256()
    for page in pages:
        for target in targets(site):
            path = target.folder + page.url
            data = kept.take(page, out.folder, path) if kept else None
            if data is None:
                with stopwatch.stage("render"):
                    data = render(page, site, target).encode()
                out.write(path, data, page.source)
            digest.update(data)
    return digest.hexdigest()


def write_shared_pages(out: SharedOutlet, site: Site, pages: Iterable[Page]) -> str:
    """Render ``pages`` as above, except those that are made of the same as before."""
    digest = hashlib.sha256()
    frame = key_of_value(site)
    for page in pages:
        with stopwatch.stage("keep"):
            key = key_of(frame, key_of_value(page))
        for target in targets(site):
            path = target.folder + page.url
            with stopwatch.stage("keep"):
                is_kept = out.keep(path, key)
            if not is_kept:
                with stopwatch.stage("render"):
                    data = render(page, site, target).encode()
                out.write(path, data, page.source, key)
            digest.update(out.made[path].digest.encode())
    return digest.hexdigest()


def write_data(out: SharedOutlet, parts: Path, index: SiteIndex, rows: Rows, search: SearchIndex) -> Downloads:
    """Join what the shards left in ``parts`` into the data files of every election, and write the one for portals."""
    key = export_key(index, search.cut.key if search.cut else "")
    if not key or not out.keep(EXPORT_PATH, key):
        out.write(EXPORT_PATH, site_export(index), key=key)
    return {one.site.election_slug: join_parts(out, parts, one, rows) for one in index.elections}


def write_sitemaps(out: SharedOutlet, site: Site, listed: Sequence[str], key: str) -> None:
    """Write the sitemaps of ``listed`` addresses in every language; ``key`` is one of all that they are made of."""
    trees = targets(site)
    if all(out.keep(name, key) for name in sitemap_names(len(listed) * len(trees))):
        return
    everywhere = [absolute(site, target, url) or "" for target in trees for url in listed]
    for path, data in sitemaps(everywhere, lambda name: absolute(site, trees[0], name) or "").items():
        out.write(path, data, key=key)


class AdminFiles(NamedTuple):
    """Files of ``/admin/``, path and bytes: ours, and the editor's as its makers published them."""

    own: tuple[tuple[str, bytes], ...]
    theirs: tuple[tuple[str, bytes], ...]


NO_ADMIN = AdminFiles((), ())


def copy_files(out: Outlet, files: Iterable[tuple[str, bytes]]) -> None:
    """Write ``files`` of known bytes as they are, past the gate, whose patterns mean texts of people."""
    for path, data in files:
        out.put(path, data)


def write_files(out: Outlet, files: Iterable[tuple[str, bytes]]) -> None:
    """Write ``files``."""
    for path, data in files:
        out.write(path, data)


def write_search(out: SharedOutlet, search: SearchIndex) -> None:
    """Write the search index."""
    for path, data in search.files.items():
        out.write(path, data, key=search.key(path))


def rest(
    index: SiteIndex,
    chain: Chain,
    files: Mapping[str, bytes],
    digests: Iterable[str],
) -> Iterator[tuple[str, bytes]]:
    """All that is no page, path and bytes: static ``files``, calendars, the worker for pages with ``digests``, and for
    feed readers and search engines what needs a base URL, except the sitemaps."""
    site = index.site
    main = targets(site)[0]
    yield from static_files(files)
    yield HEADERS, headers()
    for target in targets(site):
        for one in index.elections:
            for name, data in calendar_files(one, target.language, partial(absolute, site, target)).items():
                yield target.folder + name, data
    yield WORKER, worker(index, digests)
    if site.config.base_url is None:
        yield "robots.txt", robots(None)
        return

    def address(url: str) -> str:
        return absolute(site, main, url) or ""

    yield "robots.txt", robots(address)
    yield ATOM, atom(index, address, main.language)
    yield from change_feeds(index, chain, address, main.language)
