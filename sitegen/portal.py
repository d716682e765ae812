"""A portal from its list of sites to its publication: a search above several sites that leads into them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sitegen import hierarchy
from sitegen.checks.portal import check_portal
from sitegen.content.documents import Document, Loader
from sitegen.content.portal import Found, read_portal
from sitegen.model.export import SiteExport
from sitegen.model.portal import PortalConfig
from sitegen.model.summary import Totals
from sitegen.output.assets import assets, published, static_files
from sitegen.output.feeds import robots, sitemaps
from sitegen.output.headers import HEADERS, headers
from sitegen.output.publication import Outlet, Publication
from sitegen.output.search_index import SearchIndex, search_index
from sitegen.output.site import write_files, write_pages
from sitegen.output.worker import WORKER, goodbye
from sitegen.pages.page import Page
from sitegen.pages.portal import plan_portal, portal_view
from sitegen.pages.views import Portal, SiteBelow
from sitegen.privacy.declared import Declared
from sitegen.privacy.gate import Gate, all_declared, check_texts
from sitegen.problems import ContentError, Problem, UsageError, msg
from sitegen.render.pages import absolute, targets


@dataclass(frozen=True, slots=True)
class PortalReport:
    """What was published."""

    sites: int
    totals: Totals


def build_portal(path: Path, out: Path, base_url: str | None = None) -> PortalReport:
    """Build the portal that the file at ``path`` describes, and publish it to ``out``.

    Raises:
        ContentError: the file or an export has errors; nothing was published.
        UsageError: there is no such file, or the output folder cannot be used.
    """
    if not path.exists():
        raise UsageError(msg("There is no %(path)s here; name the list of sites with --sites", path=str(path)))
    with Publication(out, path) as publication:
        document, found, declared = _read(path)
        config = replace(document.data, base_url=base_url) if base_url else document.data
        files = published()
        portal = portal_view(config, tuple(SiteBelow(one.url, one.export) for one in found), assets(files))
        gate = Gate(declared)
        _write(Outlet(publication.stage.site, gate), portal, files)
        if gate.problems:
            raise ContentError(gate.problems)
        publication.publish()
    return PortalReport(len(found), portal.totals)


def _read(path: Path) -> tuple[Document[PortalConfig], tuple[Found, ...], Declared]:
    loader = Loader()
    document, found = read_portal(path, loader)
    problems: list[Problem] = [*loader.problems, *check_texts(loader.texts, loader.trees)]
    if document:
        problems += check_portal(document, found)
    if problems or document is None:
        raise ContentError(problems)
    return document, found, all_declared(loader.trees)


def portal_index(sites: Sequence[SiteBelow]) -> SearchIndex:
    """The search index of all villages of ``sites``. Addresses are absolute: they lead to the site of the village."""
    kecamatan = [replace(one, url=site.url + one.url) for site in sites for one in site.export.kecamatan]
    names = {code: _region_name(site.export, code) for site in sites for code in site.export.kabupaten}
    return search_index(kecamatan, (), lambda: names)


def _region_name(export: SiteExport, code: str) -> str:
    """The name of a kabupaten or kota, also where a site covers several."""
    area = None if code == export.region.code else hierarchy.find(code)
    return area.name if area else export.region.name


def _write(out: Outlet, portal: Portal, files: Mapping[str, bytes]) -> None:
    index = portal_index(portal.sites)
    pages = tuple(plan_portal(portal, index.root))
    write_pages(out, portal, pages)
    # Where a whole site stood before, its worker must go.
    others = ((WORKER, goodbye()), (HEADERS, headers()))
    write_files(out, (*static_files(files), *index.files.items(), *others, *_for_search_engines(portal, pages)))


def _for_search_engines(portal: Portal, pages: Iterable[Page]) -> Iterable[tuple[str, bytes]]:
    main = targets(portal)[0]
    if portal.config.base_url is None:
        return [("robots.txt", robots(None))]

    def address(url: str) -> str:
        return absolute(portal, main, url) or ""

    everywhere = [
        absolute(portal, target, page.url) or "" for target in targets(portal) for page in pages if page.listed
    ]
    return [("robots.txt", robots(address)), *sitemaps(everywhere, address).items()]
