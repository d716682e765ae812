"""Pages at addresses of earlier publications, which lead to where their content is now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sitegen.model.redirect import Redirect
from sitegen.pages import urls
from sitegen.pages.index import SiteIndex
from sitegen.pages.page import Page
from sitegen.pages.shard import tps_title, village_title
from sitegen.problems import Message, msg, verbatim


def targets_of(redirects: Sequence[Redirect], lost: Iterable[str], planned: Collection[str]) -> dict[str, str]:
    """Where addresses lead: every page that is redirected by itself, and those of ``lost`` that lie in a folder that
    is. Of two folders the inner one counts. What would lead to no page of ``planned`` is left out."""
    pages = {one.old: one.new for one in redirects if not one.old.endswith("/")}
    folders = sorted((one for one in redirects if one.old.endswith("/")), key=lambda one: -len(one.old))
    found = dict(pages)
    for address in lost:
        folder = next((one for one in folders if address.startswith(one.old)), None)
        if folder and address not in pages:
            rest = address.removeprefix(folder.old) if folder.new.endswith("/") else ""
            found[address] = folder.new + rest
    return {old: new for old, new in sorted(found.items()) if new in planned and old not in planned}


def plan_redirects(index: SiteIndex, pages: Iterable[Page], leading: Mapping[str, str], source: str) -> Iterator[Page]:
    """A page for each address of ``leading``; ``pages`` are those of the index, ``source`` declares the redirects."""
    wanted = set(leading.values())
    titles = {page.url: page.title for page in pages if page.url in wanted} | _titles(index, wanted)
    for old, new in leading.items():
        label = msg("This page moved: %(page)s", page=titles.get(new, verbatim(new)))
        yield Page(
            url=old,
            template="pages/redirect.html",
            title=label,
            description=label,
            source=source,
            context={"target": new, "label": label},
            listed=False,
        )


def _titles(index: SiteIndex, wanted: Collection[str]) -> dict[str, Message]:
    """Titles of villages and TPS."""
    found = {}
    for kecamatan, village in index.villages.values() if wanted else ():
        if village.url in wanted:
            found[village.url] = village_title(village, kecamatan.name)
        for number in village.numbers:
            if (url := urls.tps_below(village.url, number)) in wanted:
                found[url] = tps_title(number, village.name, kecamatan.name)
    return found
