"""Links in Markdown: every one that stays inside the site must lead somewhere."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from sitegen.content.documents import Document
from sitegen.content.markdown import SCHEMES, Rendered
from sitegen.problems import Message, Problem, msg


def check_links(
    document: Document[Any],
    rendered: Rendered,
    pages: Collection[str],
    anchors: Mapping[str, frozenset[str]],
    uncertain: tuple[str, ...],
) -> Iterator[Problem]:
    """Dead links of one text. ``pages`` are all addresses of the site, ``anchors`` the ids of those
    pages whose ids are known before rendering; of addresses that begin with one of ``uncertain``
    nothing is known."""
    for link in dict.fromkeys(rendered.links):
        if link.lstrip("/").startswith(uncertain):
            continue
        found = _fault(link, rendered, pages, anchors)
        if found:
            code, what, fix = found
            yield Problem(document.path, line_of(document, link), code, what, fix)


def check_elements(document: Document[Any], rendered: Rendered) -> Iterator[Problem]:
    """Elements that would vanish silently: raw HTML, a second main title."""
    for name in sorted(rendered.refused):
        fix = _ELEMENTS.get(name, msg("Use Markdown only; HTML is not published."))
        needle = "# " if name == "h1" else f"<{name}"
        yield Problem(
            document.path,
            line_of(document, needle),
            "markdown.element",
            msg("<%(name)s> cannot be used in a text", name=name),
            fix,
        )


_ELEMENTS = {
    "h1": msg("The page already has its title. Begin the heading with ##."),
}


def _fault(
    link: str, rendered: Rendered, pages: Collection[str], anchors: Mapping[str, frozenset[str]]
) -> tuple[str, Message, Message] | None:
    try:
        parts = urlsplit(link)
    except ValueError:
        return _unclear(link)
    if parts.scheme:
        if parts.scheme in SCHEMES:
            return None
        return (
            "link.scheme",
            msg('The link "%(link)s" is of a kind that is not published', link=link),
            msg("Use an address that begins with https://."),
        )
    if parts.netloc or not (parts.path.startswith("/") or (parts.fragment and not parts.path)):
        return _unclear(link)
    target = parts.path.lstrip("/")
    if parts.path and target and target not in pages:
        near = difflib.get_close_matches(target, pages, n=1, cutoff=0.6)
        fix = (
            msg('Did you mean "/%(guess)s"?', guess=near[0]) if near else msg("Correct the address or remove the link.")
        )
        return "link.dead", msg('The link "%(link)s" leads to no page of this site', link=link), fix
    ids = anchors.get(target) if parts.path else rendered.ids
    if parts.fragment and ids is not None and parts.fragment not in ids:
        return (
            "link.anchor",
            msg('The link "%(link)s" leads to a heading that does not exist', link=link),
            msg("Headings there: %(ids)s.", ids=", ".join(sorted(ids)) or "–"),
        )
    return None


def _unclear(link: str) -> tuple[str, Message, Message]:
    return (
        "link.form",
        msg('The link "%(link)s" does not say where it leads', link=link),
        msg("Write pages of this site from their root: /cara-memilih.html. Other sites begin with https://."),
    )


def line_of(document: Document[Any], needle: str) -> int:
    """Line of the first place where ``needle`` is written, or of the text's beginning."""
    before, found, _ = document.body.partition(needle)
    return document.body_line + (before.count("\n") if found else 0)
