"""Markdown to safe HTML. What the sanitiser lets through is the only markup that content can make."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote

import markdown
import nh3
from markupsafe import Markup

TAGS = set("h2 h3 h4 p ul ol li strong em code pre blockquote hr br a sup div table thead tbody tr th td img".split())
ATTRIBUTES = {
    "a": {"href", "title", "id"},
    "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "li": {"id"}, "sup": {"id"},
    "ol": {"start"}, "img": {"src", "alt", "title"},
}  # fmt: skip
CLASSES = {"a": {"footnote-ref", "footnote-backref"}, "div": {"footnote"}}
SCHEMES = {"https", "http", "mailto", "tel"}
_SITE_LINK = re.compile(r'(<(?:a|img) [^>]*?(?:href|src)=")/([^"#]*)')
_HEADING = re.compile(r'<h2 id="([^"]*)">(.*?)</h2>')
_TABLE = re.compile(r"(<table>.*?</table>)", re.DOTALL)
_IMAGE = re.compile(r'(<p>)?(<img(?: [a-z]+="[^"]*")*>)(</p>)?')


class Image(NamedTuple):
    """A picture of a text as it was written: its file, what it shows, what stands below it, and whether it is a
    paragraph of its own."""

    src: str
    description: str
    caption: str
    is_alone: bool


@dataclass(frozen=True, slots=True)
class Rendered:
    """``links`` are the targets of all links as written, ``ids`` the anchors that other pages may use. Links in
    ``html`` that begin with ``/`` mean the site (see ``placed``), and its ``images`` are as they were written."""

    html: Markup
    links: tuple[str, ...]
    ids: frozenset[str]
    refused: frozenset[str]
    """Elements that were written and cannot be published, such as h1."""
    images: tuple[Image, ...] = ()


@lru_cache(maxsize=1024)
def to_html(text: str) -> Rendered:
    """Turn ``text`` into sanitised HTML."""
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
    # A wide table scrolls by itself; the page never does.
    framed = _TABLE.sub(r'<div class="table-scroll" tabindex="0">\1</div>', clean)
    images = tuple(map(_image, _IMAGE.finditer(framed)))
    return Rendered(Markup(framed), tuple(seen.links), frozenset(seen.ids), frozenset(seen.names - TAGS), images)


def placed(html: str, way: Callable[[str], str]) -> Markup:
    """``html`` with every link that means the site as ``way`` makes it of an address below the language's root."""
    return Markup(_SITE_LINK.sub(lambda match: match[1] + way(match[2] or "index.html"), html))


def illustrated(html: Markup, figure: Callable[[Image], Markup]) -> Markup:
    """``html`` with the ``figure`` of every picture in its place."""
    return Markup(_IMAGE.sub(lambda match: figure(_image(match)), html))


def _image(match: re.Match[str]) -> Image:
    seen = _Elements()
    seen.feed(match[2])
    values = seen.image
    return Image(
        unquote(values.get("src", "")),
        values.get("alt", "").strip(),
        values.get("title", "").strip(),
        bool(match[1] and match[3]),
    )


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
    """Names of all elements, targets of links, ids, and the attributes of the last picture."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.image: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        if tag == "img":
            self.image = {name: value or "" for name, value in attrs}
        for name, value in attrs:
            if name == "href" and value:
                self.links.append(value)
            elif name == "id" and value:
                self.ids.add(value)
