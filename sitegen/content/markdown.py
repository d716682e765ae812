"""Markdown to safe HTML. What the sanitiser lets through is the only markup that content can make."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
from typing import NamedTuple

import markdown
import nh3
from markupsafe import Markup

TAGS = set("h2 h3 h4 p ul ol li strong em code pre blockquote hr br a sup div table thead tbody tr th td".split())
ATTRIBUTES = {
    "a": {"href", "title", "id"},
    "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "li": {"id"}, "sup": {"id"},
    "ol": {"start"},
}  # fmt: skip
CLASSES = {"a": {"footnote-ref", "footnote-backref"}, "div": {"footnote"}}
SCHEMES = {"https", "http", "mailto", "tel"}
_SITE_LINK = re.compile(r'(<a [^>]*?href=")/([^"#]*)')
_HEADING = re.compile(r'<h2 id="([^"]*)">(.*?)</h2>')
_TABLE = re.compile(r"(<table>.*?</table>)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Rendered:
    """``links`` are the targets of all links as written, ``ids`` the anchors that other pages may use."""

    html: Markup
    links: tuple[str, ...]
    ids: frozenset[str]
    refused: frozenset[str]
    """Elements that were written and cannot be published, such as img or h1."""


@lru_cache(maxsize=1024)
def to_html(text: str, root: str) -> Rendered:
    """Turn ``text`` into sanitised HTML. ``root`` is the way from the page to the language's root;
    links that begin with ``/`` mean the site and are made relative with it."""
    raw = _converter().reset().convert(text)
    seen = _Elements()
    seen.feed(raw)
    clean = nh3.clean(
        raw,
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
    )
    relative = _SITE_LINK.sub(lambda match: f"{match[1]}{root}{match[2] or 'index.html'}", clean)
    # A wide table scrolls by itself; the page never does.
    framed = _TABLE.sub(r'<div class="table-scroll" tabindex="0">\1</div>', relative)
    return Rendered(Markup(framed), tuple(seen.links), frozenset(seen.ids), frozenset(seen.names - TAGS))


class Section(NamedTuple):
    """A heading of the second level, with the anchor it has, and what stands under it."""

    id: str
    title: Markup
    body: Markup


def sections(html: Markup) -> tuple[Markup, tuple[Section, ...]]:
    """What stands before the first heading, and the sections after it."""
    intro, *rest = _HEADING.split(html)
    parts = zip(rest[0::3], rest[1::3], rest[2::3], strict=True)
    return Markup(intro), tuple(Section(name, Markup(title), Markup(body)) for name, title, body in parts)


@lru_cache
def _converter() -> markdown.Markdown:
    return markdown.Markdown(
        extensions=["tables", "footnotes", "toc", "sane_lists"],
        extension_configs={"footnotes": {"BACKLINK_TITLE": "Kembali ke catatan %d"}},
        output_format="html",
    )


class _Elements(HTMLParser):
    """Names of all elements, targets of links and ids."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        for name, value in attrs:
            if name == "href" and value:
                self.links.append(value)
            elif name == "id" and value:
                self.ids.add(value)
