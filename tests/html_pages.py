"""What the tests want to know of a built page, gathered in one strict parse."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E as MESSAGES

LINK_ATTRIBUTES = ("href", "src", "action", "poster", "data", "srcset")
HEAD_LINKS_TO_ELSEWHERE = {"canonical"}


@dataclass(frozen=True, slots=True)
class Link:
    """One address in a page as it is written; ``rel`` is that of the element."""

    tag: str
    address: str
    rel: str


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """One page. ``url`` is its path in the site; ``faults`` are parse errors; ``inline`` is what a strict
    content security policy would refuse; ``texts`` are the pieces of visible text in order."""

    url: str
    faults: tuple[str, ...]
    lang: str | None
    title: str
    h1: tuple[str, ...]
    ids: tuple[str, ...]
    links: tuple[Link, ...]
    inline: tuple[str, ...]
    jsonld: tuple[str, ...]
    meta: dict[str, str]
    canonical: str | None
    refresh: str | None
    texts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The visible text, pieces separated by one space."""
        return " ".join(self.texts)

    def targets(self) -> Iterator[tuple[Link, str, str]]:
        """Links that stay inside the site: the link, the path it leads to, the fragment.

        A link that climbs above the site's root keeps its ``..`` and so is found nowhere."""
        for link in self.links:
            if link.rel in HEAD_LINKS_TO_ELSEWHERE or is_external(link.address) or link.address.startswith("data:"):
                continue
            parts = urlsplit(resolve(self.url, link.address))
            yield link, unquote(parts.path), unquote(parts.fragment)


def is_external(address: str) -> bool:
    """Whether the address leaves the site."""
    parts = urlsplit(address)
    return bool(parts.scheme or parts.netloc) and parts.scheme != "data"


def resolve(url: str, address: str) -> str:
    """Where ``address`` on page ``url`` leads, as a path from the site's root without a leading slash."""
    if not urlsplit(address).path:
        return url + address
    if address.startswith("/"):
        return address.lstrip("/")
    # urljoin swallows a climb above the root; a deep base keeps it visible.
    climbed = len(re.match(r"(?:\.\./)*", address)[0]) // 3  # type: ignore[index]
    if climbed > url.count("/"):
        return address
    return urljoin(f"http://site/{url}", address).removeprefix("http://site/")


def read_site(folder: Path, root: str = "/") -> dict[str, HtmlPage]:
    """Every HTML file of ``folder`` by its path. ``root`` is where the site is published; 404.html may link from it."""
    files = sorted(folder.rglob("*.html"))
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        pages = pool.map(partial(read_page, folder, root), files, chunksize=40)
        return {page.url: page for page in pages}


def read_page(folder: Path, root: str, file: Path) -> HtmlPage:
    """Parse one file strictly, as browsers do, and note every error."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    document: Element = parser.parse(file.read_text(encoding="utf-8"))
    faults = tuple(f"line {place[0]}: {MESSAGES[code] % data}" for place, code, data in parser.errors)
    elements = [element for element in document.iter() if not callable(element.tag)]
    url = file.relative_to(folder).as_posix()
    body = document.find("body")
    return HtmlPage(
        url=url,
        faults=faults,
        lang=document.get("lang"),
        title=joined(document.find("head/title")),
        h1=tuple(joined(element) for element in elements if element.tag == "h1"),
        ids=tuple(element.attrib["id"] for element in elements if "id" in element.attrib),
        links=tuple(links_of(elements, root if url.endswith("404.html") else "")),
        inline=tuple(inline_of(elements)),
        jsonld=tuple(e.text or "" for e in elements if e.tag == "script" and e.get("type") == "application/ld+json"),
        meta={e.get("name") or e.get("property") or "": e.get("content", "") for e in elements if e.tag == "meta"},
        canonical=next((e.get("href") for e in elements if e.tag == "link" and e.get("rel") == "canonical"), None),
        refresh=next((e.get("content") for e in elements if e.get("http-equiv") == "refresh"), None),
        texts=tuple(texts_of(body)) if body is not None else (),
    )


def joined(element: Element | None) -> str:
    """The text of an element, white space collapsed."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def links_of(elements: list[Element], root: str) -> Iterator[Link]:
    """Every address in the page; those that begin with ``root`` are rewritten as if from ``/``."""
    for element in elements:
        rel = element.get("rel", "")
        for name in LINK_ATTRIBUTES:
            address = element.get(name)
            if address is not None and not (name == "data" and element.tag != "object"):
                inside = root not in {"", "/"} and address.startswith(root)
                yield Link(str(element.tag), "/" + address.removeprefix(root) if inside else address, rel)
        if element.get("http-equiv") == "refresh":
            yield Link("meta", element.get("content", "").partition("url=")[2], rel)


def inline_of(elements: list[Element]) -> Iterator[str]:
    """Styles and scripts that stand in the page itself."""
    for element in elements:
        if "style" in element.attrib:
            yield f"style in <{element.tag}>"
        if element.tag == "script" and "src" not in element.attrib and element.get("type") != "application/ld+json":
            yield "<script> without src"
        yield from (f"{name} in <{element.tag}>" for name in element.attrib if str(name).startswith("on"))
        if element.get("href", "").lower().startswith("javascript:"):
            yield f"javascript: in <{element.tag}>"


def texts_of(element: Element) -> Iterator[str]:
    """Pieces of visible text, white space collapsed, empty ones left out. What only stands in a ``<template>``
    or ``<script>`` is not visible."""
    if element.tag not in {"script", "template", "style"}:
        if element.text and element.text.strip():
            yield " ".join(element.text.split())
        for child in element:
            yield from texts_of(child)
    if element.tail and element.tail.strip():
        yield " ".join(element.tail.split())
