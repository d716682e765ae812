"""The few lines of a text that may hold personal data, found without reading each line.

A line is made small: digits and what looks like them become ``0``, signs between digits vanish. What can hold a
telephone number, a NIK, a date or a word of birth then has a piece that a plain search finds. Too many lines may come
out, never too few. Why it is done this way: ``docs/decisions/0013-privacy-gate.md``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote_to_bytes

_DIGITS = b"0123456789"
_LIKE_DIGITS = b"oOlLiI"
_BETWEEN = b" \t\r\v\f.-()[]{}/_*'`~\\"
"""Signs that people write between digits."""
_ENDS_LETTER, _BEGINS_LETTER = bytes(range(0x80, 0xC0)), bytes(range(0xC0, 0x100))
"""Bytes of letters beyond ASCII, of which any may be a digit of another script."""
_SMALL = bytes(
    ord("0") if byte in _DIGITS + _LIKE_DIGITS + _BEGINS_LETTER else bytes([byte]).lower()[0] for byte in range(256)
)
_NOTHING = _BETWEEN + b"," + _ENDS_LETTER
_PLAIN = bytes(ord("0") if byte in _DIGITS else byte for byte in range(256))
_NOTHING_PLAIN = _BETWEEN + _ENDS_LETTER + _BEGINS_LETTER
_NINE = b"0" * 9
_NUMBERS = (_NINE, b"@")
_WORDS = tuple(word.encode().translate(_SMALL) for word in ("lahir", "lhr", "ttl", "umur", "usia", "born", "birth"))
_YEARS = tuple(sign + year for year in ("19", "200") for sign in " -/.|")
_AT = ("(a", "[a", "{a", "(A", "[A", "{A", "( a", "[ a", "\uff20", "\ufe6b", " dot ", " DOT ", " titik ", " TITIK ")
_AS_WRITTEN = tuple(sign.encode() for sign in (*_AT, *_YEARS))
"""What stands in a line with a mail address that is written in words, or with a year in which adults were born."""
_ESCAPE = re.compile(rb"\\(?:[nrt_]|(?:x(?=..)|u(?=.{4})|U(?=.{8}))([0-9a-fA-F]{2,8}))")
"""Signs as YAML and JavaScript write them in quotes."""
_ENTITY = re.compile(rb"&(?:#(?!(?:x0*[aA]|0*10);)\w{1,7}|\w{2,12});")
_GOES_ON = re.compile(rb"\r?\n[ \t>]*(?=[0-9+(\xc0-\xff])")
INLINE = re.compile(
    rb"</?(?:a|abbr|b|code|del|em|i|ins|mark|s|small|span|strong|sub|sup|u|wbr)(?:\s[^<>\n]*)?>|<!--.*?-->"
)
"""Tags that part no word."""
JOINT = "\v"
"""Stands where a line begins with a digit and may go on with the number of the line before."""


def suspects(text: bytes, *, numbers_only: bool = False) -> Iterator[tuple[int, str]]:
    """Suspicious lines of ``text`` with their numbers from 1. A line that goes on is joined to the one before.
    ``numbers_only`` looks for numbers and mail addresses, not for words."""
    joined = _GOES_ON.sub(JOINT.encode(), _decoded(text))
    places = set(_lines_with(() if numbers_only else _AS_WRITTEN, joined))
    for read in (joined, *([INLINE.sub(b"", joined)] if b"<" in joined else [])):
        # A quotation mark before @ begins a key of JSON-LD, never a mail address.
        small = read.translate(_SMALL, _NOTHING).replace(b'"@', b"")
        places.update(_lines_with(_NUMBERS if numbers_only else _NUMBERS + _WORDS, small))
    if not places:
        return
    lines = joined.split(b"\n")
    number, before = 1, 0
    for place in sorted(places):
        number += place - before + _joints(lines[before:place])
        before = place
        yield number, lines[place].decode("utf-8", "replace")


def _decoded(text: bytes) -> bytes:
    """``text`` without the escapes of YAML and JavaScript, HTML, and addresses; it keeps its lines."""
    if b"\\" in text:
        text = _ESCAPE.sub(_unescaped, text)
    if b"&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0].decode()).encode("utf-8", "replace"), text)
    if b"%" in text:
        text = unquote_to_bytes(text.replace(b"%0A", b"\x01"))
    return text


def _unescaped(match: re.Match[bytes]) -> bytes:
    digits = match[1]
    if digits is None:
        return b" "
    wanted = {b"x": 2, b"u": 4, b"U": 8}[match[0][1:2]]
    if len(digits) < wanted or int(digits[:wanted], 16) > 0x10FFFF:
        return match[0]
    sign = chr(int(digits[:wanted], 16))
    return (sign if sign.isprintable() or sign > " " else " ").encode("utf-8", "replace") + digits[wanted:]


def _joints(lines: list[bytes]) -> int:
    """How many lines of the text were joined to ``lines``."""
    return sum(line.count(JOINT.encode()) for line in lines)


def _lines_with(signs: Iterable[bytes], text: bytes) -> Iterator[int]:
    """Places of the lines of ``text`` in which any of ``signs`` stands."""
    for sign in signs:
        place, counted, at = 0, 0, text.find(sign)
        while at >= 0:
            place += text.count(b"\n", counted, at)
            yield place
            counted = text.find(b"\n", at)
            at = text.find(sign, counted) if counted >= 0 else -1


def suspects_of_page(page: bytes) -> list[bytes]:
    """Suspicious lines of a page whose words were searched before: it is read once, as whole as it is. Only numbers in
    plain digits and mail addresses are found; village codes in permanent addresses are left out."""
    small = page.translate(_PLAIN, _NOTHING_PLAIN)
    places = {small.count(b"\n", 0, at) for at in _all(_NINE, small) if not _is_permanent_address(small, at)}
    places |= {page.count(b"\n", 0, at) for at in _all(b"@", page) if page[at - 1 : at] != b'"'}
    if not places:
        return []
    lines = page.split(b"\n")
    return [lines[place] for place in sorted(places)]


def _all(sign: bytes, text: bytes) -> Iterator[int]:
    """Where ``sign`` stands in ``text``, at most once in a row of digits."""
    at = text.find(sign)
    while at >= 0:
        yield at
        at = text.find(sign, at + len(sign))


def _is_permanent_address(small: bytes, at: int) -> bool:
    return small[at - 1 : at] == b"d" and small[at + 10 : at + 14] == b"html"
