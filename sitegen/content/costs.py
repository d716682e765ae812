"""Markdown that would take long to turn into HTML, or that Python-Markdown has not stack enough for, found before it is
tried. The limits were measured, see docs/decisions/0018-hostile-content.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sitegen.problems import Message, msg

MAX_TEXT = 100_000
"""Longest text in characters."""
COSTLY, MAX_SIGNS = "[<`", 1_500
"""So many of one of these signs a text may hold: the time grows with their number squared."""
MAX_EMPHASIS = 1_500
"""So many ``*`` and ``_`` may stand in one paragraph or list, where each may begin emphasis inside another."""
MAX_HEADINGS = 500
"""Each is compared with those before it, so that no two have the same anchor."""
MAX_DEPTH = 20
"""So many lists and quotes may stand inside each other."""
_HEADING = re.compile(r"^(?:#|[=-]+[ \t]*$)", re.MULTILINE)
_PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|$))+")
_INSIDE = re.compile(r"^[ \t]*+(?:(?:(?:[-*+]|\d++\.)[ \t]|>)[ \t]*+)++(?=[^\s>*+-])", re.MULTILINE)
"""What makes lists and quotes at the beginning of a line; a line of nothing else is a rule."""
_MARK = re.compile(r"[-*+>]|\d+\.")


class TooMuch(NamedTuple):
    """Where a text is refused, in lines behind its first, and why."""

    line: int
    code: str
    what: Message
    fix: Message


def too_much(text: str) -> TooMuch | None:
    """The first thing that makes a text too costly, or None."""
    return next(_all(text), None)


def _all(text: str) -> Iterator[TooMuch]:
    split = msg("Split it into several pages.")
    if len(text) > MAX_TEXT:
        yield TooMuch(0, "markdown.size", msg("The text is longer than %(limit)s characters", limit=MAX_TEXT), split)
    for sign in COSTLY:
        if text.count(sign) > MAX_SIGNS:
            what = msg('The text holds more than %(limit)s of the sign "%(sign)s"', limit=MAX_SIGNS, sign=sign)
            yield TooMuch(0, "markdown.signs", what, split)
    if len(_HEADING.findall(text)) > MAX_HEADINGS:
        what = msg("The text has more than %(limit)s headings", limit=MAX_HEADINGS)
        yield TooMuch(0, "markdown.headings", what, split)
    for match in _PARAGRAPH.finditer(text):
        if match[0].count("*") + match[0].count("_") > MAX_EMPHASIS:
            what = msg("The paragraph or list holds more than %(limit)s of the signs * and _", limit=MAX_EMPHASIS)
            fix = msg("Write fewer of them, or divide it with empty lines.")
            yield TooMuch(_line(text, match), "markdown.emphasis", what, fix)
    for match in _INSIDE.finditer(text):
        if _depth(match[0]) > MAX_DEPTH:
            what = msg("More than %(limit)s lists or quotes stand inside each other", limit=MAX_DEPTH)
            fix = msg("Remove the signs (- * + > or numbers) at the beginning of the line that are too many.")
            yield TooMuch(_line(text, match), "markdown.depth", what, fix)


def _line(text: str, match: re.Match[str]) -> int:
    return text.count("\n", 0, match.start())


def _depth(start: str) -> int:
    """How deep a line lies that begins like this: a step for every sign, and for every four columns before."""
    indent = start[: len(start) - len(start.lstrip(" \t"))]
    return len(indent.expandtabs(4)) // 4 + len(_MARK.findall(start))
