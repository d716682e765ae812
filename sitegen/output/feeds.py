"""Feed, sitemap and robots.txt: what readers and search engines fetch by themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from html import escape
from operator import itemgetter
from xml.etree import ElementTree as ET

from sitegen import catalogs
from sitegen.content.markdown import placed
from sitegen.pages.articles import NewsItem
from sitegen.pages.index import SiteIndex
from sitegen.pages.jsonld import iso
from sitegen.pages.states import basis
from sitegen.pages.views import LedgerEntry, Site
from sitegen.problems import Message, lines, msg

MAX_URLS = 50_000
"""Most addresses in one sitemap file (sitemaps.org protocol)."""
Absolute = Callable[[str], str]
ATOM = "berita.atom"
_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'


def atom(index: SiteIndex, absolute: Absolute, language: str) -> bytes:
    """News with the full text and declared changes of TPS as an Atom feed (RFC 4287), newest first."""
    site = index.site
    news = [(_midnight(site, item.date), partial(_news, site, item, language)) for item in index.news]
    changes = [
        (iso(entry.moment, site.election), partial(_change, site, entry, language))
        for day in index.ledger
        for entry in day.entries
    ]
    feed = ET.Element("feed", xmlns="http://www.w3.org/2005/Atom")
    mark = catalogs.translate(site.mark, language)
    title = catalogs.translate(msg("News of %(office)s", office=site.config.office.name), language)
    child(feed, "title", mark + title)
    child(feed, "id", absolute(ATOM))
    updated = [moment for moment, _ in changes] + [_updated(site, item) for item in index.news]
    child(feed, "updated", max(updated, default=_midnight(site, site.election.date)))
    child(child(feed, "author"), "name", site.config.office.name)
    child(feed, "link", rel="self", type="application/atom+xml", href=absolute(ATOM))
    child(feed, "link", rel="alternate", type="text/html", href=absolute("berita.html"))
    for _, write in sorted(news + changes, key=itemgetter(0), reverse=True):
        write(child(feed, "entry"), mark, absolute)
    return document(feed)


def _news(site: Site, item: NewsItem, language: str, entry: ET.Element, mark: str, absolute: Absolute) -> None:
    url = absolute(item.url)
    child(entry, "title", mark + item.head.title)
    child(entry, "id", url)
    child(entry, "link", rel="alternate", type="text/html", href=url)
    child(entry, "published", _midnight(site, item.date))
    child(entry, "updated", _updated(site, item))
    child(entry, "summary", item.head.summary)
    child(entry, "content", _whole(item, url, absolute, language), type="html")


def _whole(item: NewsItem, url: str, absolute: Absolute, language: str) -> str:
    """Text and corrections of a news item, whose links and pictures a reader finds from anywhere."""
    text = str(placed(item.body, absolute)).replace('href="#', f'href="{escape(url)}#')
    return "\n".join([text, *_corrections(item, language)])


def _corrections(item: NewsItem, language: str) -> Iterator[str]:
    if item.corrections:
        yield f"<h2>{escape(catalogs.translate(msg('Corrections'), language))}</h2>"
    said = catalogs.translate(msg("It said:"), language)
    for one in item.corrections:
        was = f"{escape(said)} <s>{escape(one.was)}</s> " if one.was else ""
        yield f"<p><b>{catalogs.pattern(one.date, 'd MMMM y', language)}.</b> {was}{escape(one.text)}</p>"


def _change(site: Site, change: LedgerEntry, language: str, entry: ET.Element, mark: str, absolute: Absolute) -> None:
    """A change of a TPS. A feed is read late, so the place itself is left to the page."""
    url, moment, view = absolute(change.url), iso(change.moment, site.election), change.view
    what = msg(
        "TPS %(number)s %(village)s, Kec. %(kecamatan)s: %(what)s",
        number=change.number,
        village=change.village,
        kecamatan=change.kecamatan,
        what=view.tag,
    )
    text = [basis(view.change.decree, view.change.published)]
    if view.vote and view.vote.date:
        text.insert(0, msg("%(date)s", date=view.vote.date))
    child(entry, "title", mark + catalogs.translate(of_its_election(what, change.election), language))
    child(entry, "id", f"{url}#{view.change.kind.value.replace('_', '-')}-{change.anchor:%Y%m%d%H%M}")
    child(entry, "link", rel="alternate", type="text/html", href=url)
    child(entry, "updated", moment)
    child(entry, "summary", catalogs.translate(lines(*text, between=". "), language))


def of_its_election(title: Message, election: str) -> Message:
    """The title of a change, with the ``election`` when that is past: TPS of the current one have the same names."""
    return msg("%(title)s (%(election)s)", title=title, election=election) if election else title


def sitemap_names(count: int) -> list[str]:
    """Names of the sitemap files of so many addresses: those that hold them, then an index if these are several."""
    parts = -(-count // MAX_URLS)
    return (
        ["sitemap.xml"] if parts == 1 else [*(f"sitemap-{number}.xml" for number in range(1, parts + 1)), "sitemap.xml"]
    )


def sitemaps(addresses: Sequence[str], absolute: Absolute) -> dict[str, bytes]:
    """Sitemap files by name, for absolute ``addresses``. More than one file may hold are split below an
    index, whose own addresses ``absolute`` makes."""
    *parts, last = sitemap_names(len(addresses))
    if not parts:
        return {last: _locations("urlset", "url", addresses)}
    starts = range(0, len(addresses), MAX_URLS)
    files = {
        name: _locations("urlset", "url", addresses[start : start + MAX_URLS])
        for name, start in zip(parts, starts, strict=True)
    }
    return {**files, last: _locations("sitemapindex", "sitemap", [absolute(name) for name in parts])}


def robots(absolute: Absolute | None) -> bytes:
    """Everything may be read; a sample says ``noindex`` on its pages, which must be readable for that."""
    lines = ["User-agent: *", "Allow: /"]
    if absolute:
        lines.append(f"Sitemap: {absolute('sitemap.xml')}")
    return ("\n".join(lines) + "\n").encode()


def _midnight(site: Site, date: dt.date) -> str:
    return iso(dt.datetime.combine(date, dt.time()), site.election)


def _updated(site: Site, item: NewsItem) -> str:
    return _midnight(site, item.updated)


def _locations(name: str, child: str, addresses: Sequence[str]) -> bytes:
    # As text: a tree of so many elements takes ten times as long.
    entries = (f"  <{child}>\n    <loc>{escape(address)}</loc>\n  </{child}>\n" for address in addresses)
    top = f'<{name} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{"".join(entries)}</{name}>\n'
    return (_DECLARATION + top).encode()


def child(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    """A new element inside ``parent``."""
    element = ET.SubElement(parent, name, attributes)
    element.text = text
    return element


def document(top: ET.Element) -> bytes:
    """An XML file."""
    ET.indent(top)
    return f"{_DECLARATION}{ET.tostring(top, encoding='unicode')}\n".encode()
