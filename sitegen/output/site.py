"""Writing what the whole site shares: index pages, data, search index, feeds and static files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sitegen import stopwatch
from sitegen.content.portal import EXPORT_PATH
from sitegen.output.assets import write_assets
from sitegen.output.exports import join_parts
from sitegen.output.feeds import ATOM, atom, robots, sitemaps
from sitegen.output.ics import calendar_files
from sitegen.output.publication import Outlet
from sitegen.output.search_index import SearchIndex
from sitegen.output.site_export import site_export
from sitegen.pages import urls
from sitegen.pages.index import SiteIndex
from sitegen.pages.page import Page
from sitegen.pages.views import Download, Publisher
from sitegen.render.pages import absolute, render, targets


def write_pages(out: Outlet, site: Publisher, pages: Iterable[Page]) -> str:
    """Render ``pages`` in every language of the site; gives a digest of what was written."""
    digest = hashlib.sha256()
    for page in pages:
        for target in targets(site):
            with stopwatch.stage("render"):
                data = render(page, site, target).encode()
            out.write(target.folder + page.url, data, page.source)
            digest.update(data)
    return digest.hexdigest()


def write_data(out: Outlet, parts: Path, index: SiteIndex) -> tuple[Download, ...]:
    """Join what the shards left in ``parts`` into the data files."""
    totals = index.totals
    slugs = [shard.slug for shard in index.kecamatan]
    return join_parts(out, parts, index.site, slugs, (totals.villages, totals.tps, totals.kpps))


def write_rest(
    out: Outlet, index: SiteIndex, files: Mapping[str, bytes], search: SearchIndex, listed: Sequence[str]
) -> None:
    """Write search index, static ``files``, calendars, and for search engines and feed readers what needs a
    base URL."""
    site = index.site
    main = targets(site)[0]
    for path, data in search.files.items():
        out.write(path, data)
    write_assets(out, files)
    out.write(EXPORT_PATH, site_export(index))
    for target in targets(site):
        for name, data in calendar_files(index, target.language, absolute(site, target, urls.CEK_TPS)).items():
            out.write(target.folder + name, data)
    if site.config.base_url is None:
        out.write("robots.txt", robots(None))
        return

    def address(url: str) -> str:
        return absolute(site, main, url) or ""

    out.write("robots.txt", robots(address))
    out.write(ATOM, atom(site, index.news, address, main.language))
    everywhere = [absolute(site, target, url) or "" for target in targets(site) for url in listed]
    for name, data in sitemaps(everywhere, address).items():
        out.write(name, data)
