"""Characters that may not stand in content: they are not seen, or turn round what is read, or are what is left of a
text that was read with a wrong encoding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from sitegen.problems import Message, msg

MAX_LINE = 5_000
"""Longest line of a file in characters: what looks for patterns in a line takes time with its length squared."""
MOST = 100
"""So many places of a file are told."""
# Written out, not asked of unicodedata, which knows other characters in every version of Python. Joiners (200C, 200D)
# are needed behind letters of Javanese and Jawi and between emoji, never behind a Latin letter.
_HIDDEN = re.compile(
    "[\0-\b\v\f\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ue000-\uf8ff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\uffff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]|(?<![\u0250-\U0010ffff])[\u200c\u200d]"
)


class Fault(NamedTuple):
    """What is wrong in a line (from 1)."""

    line: int
    code: str
    what: Message
    fix: Message


def faults(text: str) -> Iterator[Fault]:
    """Lines of a file that are too long or hold hidden characters, each once."""
    if len(text) > MAX_LINE:
        long = (number for number, line in enumerate(text.split("\n"), 1) if len(line) > MAX_LINE)
        for number in islice(long, MOST):
            yield Fault(
                number,
                "text.line",
                msg("The line is longer than %(limit)s characters", limit=MAX_LINE),
                msg("Break it into several lines, or remove what does not belong in it."),
            )
    lines: dict[int, re.Match[str]] = {}
    for match in islice(_HIDDEN.finditer(text), MOST):
        lines.setdefault(text.count("\n", 0, match.start()) + 1, match)
    for number, match in lines.items():
        yield Fault(number, "text.hidden", *_told(match))


def hidden(text: str) -> tuple[Message, Message] | None:
    """What is wrong with a value that holds a hidden character, and how to mend it."""
    match = None if text.isprintable() else _HIDDEN.search(text)
    return _told(match) if match else None


def escaped(text: str) -> str:
    """``text`` as a message can show it: what is not printable by its number."""
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)


def for_terminal(text: str) -> str:
    """``text`` without hidden characters: a terminal obeys some, and others turn round what is read."""
    return text if text.isascii() and text.isprintable() else _HIDDEN.sub(lambda sign: escaped(sign[0]), text)


def _told(match: re.Match[str]) -> tuple[Message, Message]:
    before = match.string[: match.start()].rpartition("\n")[2][-20:]
    return (
        msg(
            'A character that nobody sees (U+%(number)s) stands behind "%(before)s"',
            number=f"{ord(match[0]):04X}",
            before=escaped(before.lstrip()),
        ),
        msg("Delete it, or type the words around it anew: it hides them from search and can turn them round."),
    )
