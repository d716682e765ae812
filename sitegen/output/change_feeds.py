"""The ledger of changes as Atom feeds (RFC 4287): one of the whole, one of every kecamatan with changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from sitegen import catalogs
from sitegen.output.feeds import Absolute, child, document, of_its_election
from sitegen.pages import urls
from sitegen.pages.changes import AnyEntry, Chain, Changes
from sitegen.pages.index import SiteIndex
from sitegen.pages.jsonld import iso
from sitegen.pages.states import basis
from sitegen.problems import Message, lines, msg, verbatim

CHANGES_ATOM = urls.changes_feed(urls.PERUBAHAN)
_MOVING = frozenset({"place", "directions", "position", "added"})
"""A feed is read late, so where a TPS is now is left to the page."""


def change_feeds(index: SiteIndex, chain: Chain, absolute: Absolute, language: str) -> Iterator[tuple[str, bytes]]:
    """The feeds by their addresses."""
    changes = Changes(index, chain.recent)
    region = index.site.config.region.short_name
    title = msg("Changes of TPS, %(name)s", name=region)
    yield CHANGES_ATOM, _feed(index, changes.together(), urls.PERUBAHAN, title, absolute, language)
    slugs = index.slugs
    for code, name in changes.kecamatan.items():
        if code in slugs:
            url = urls.changes_url(slugs[code])
            title = msg("Changes of TPS, Kec. %(name)s", name=name)
            yield urls.changes_feed(url), _feed(index, changes.of(code), url, title, absolute, language)


def _feed(
    index: SiteIndex, entries: Sequence[AnyEntry], url: str, title: Message, absolute: Absolute, language: str
) -> bytes:
    site = index.site
    own = absolute(urls.changes_feed(url))
    mark = catalogs.translate(site.mark, language)
    feed = ET.Element("feed", xmlns="http://www.w3.org/2005/Atom")
    child(feed, "title", mark + catalogs.translate(title, language))
    child(feed, "id", own)
    child(feed, "updated", iso(max((entry.moment for entry in entries), default=index.as_of), site.election))
    child(child(feed, "author"), "name", site.config.office.name)
    child(feed, "link", rel="self", type="application/atom+xml", href=own)
    child(feed, "link", rel="alternate", type="text/html", href=absolute(url))
    for entry, name in zip(entries, _names(entries, absolute), strict=True):
        _entry(child(feed, "entry"), entry, name, mark, iso(entry.moment, site.election), absolute, language)
    return document(feed)


def _names(entries: Sequence[AnyEntry], absolute: Absolute) -> list[str]:
    """A name for each entry, which stays the same when newer ones come."""
    seen: Counter[str] = Counter()
    names = []
    for entry in reversed(entries):
        what = entry.view.change.kind.value if entry.view else entry.what
        parts = (what, *(() if entry.url else (entry.kecamatan_code, entry.number)), f"{entry.anchor:%Y%m%d%H%M}")
        at = "-".join(str(part) for part in parts if part)
        name = f"{absolute(entry.url or urls.PERUBAHAN)}#{at}"
        seen[name] += 1
        names.append(f"{name}-{seen[name]}" if seen[name] > 1 else name)
    return names[::-1]


def _entry(
    target: ET.Element, entry: AnyEntry, name: str, mark: str, moment: str, absolute: Absolute, language: str
) -> None:
    title = of_its_election(_title(entry), entry.election)
    child(target, "title", mark + catalogs.translate(title, language))
    child(target, "id", name)
    child(target, "link", rel="alternate", type="text/html", href=absolute(entry.url or urls.PERUBAHAN))
    child(target, "updated", moment)
    child(target, "summary", catalogs.translate(lines(*_summary(entry), between=". "), language))


def _title(entry: AnyEntry) -> Message:
    what = entry.view.tag if entry.view else entry.tag
    if entry.number:
        values = {"number": entry.number, "village": entry.village, "kecamatan": entry.kecamatan}
        return msg("TPS %(number)s %(village)s, Kec. %(kecamatan)s: %(what)s", **values, what=what)
    return msg("Kec. %(kecamatan)s: %(what)s", kecamatan=entry.kecamatan, what=what) if entry.kecamatan else what


def _summary(entry: AnyEntry) -> Iterator[Message]:
    """What it rests on, and where it may be told, what was before and what is since."""
    if entry.view:
        vote = entry.view.vote
        if vote and vote.date:
            yield msg("%(date)s", date=vote.date)
        yield basis(entry.view.change.decree, entry.view.change.published)
        return
    if entry.what not in _MOVING and entry.after:
        yield lines(*entry.after, between=", ")
    if entry.basis:
        yield entry.basis
    if entry.reason:
        yield verbatim(entry.reason)
    if not entry.basis and not entry.reason:
        yield msg("Old and new stand on the page")
