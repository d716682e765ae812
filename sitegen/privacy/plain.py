"""A line as a reader sees it, in plain signs: no markup, no escapes, digits of every script as 0 to 9."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from sitegen.privacy.suspects import INLINE

GAP = r"[\s.\-()/\[\]{}_*'`~\\]"
"""Signs that people write between the digits of one number."""
_LOOKS_LIKE = str.maketrans("oOlIi", "00111")
_BEYOND = re.compile(r"[^\x00-\x7f]")
_DRAWING = re.compile(r"<(?:path|polyline|svg)\b[^<>]*>")
"""Icons, charts and QR codes: their numbers are places on a page."""
_END = "\x01"
"""Stands for the end of a paragraph or cell: no number goes on behind it."""
_INLINE = re.compile(INLINE.pattern.decode())
_TAG = re.compile(r"</?[a-zA-Z!][^<>@]*>")
_MIXED = re.compile(r"\d[oOlIi]|[oOlIi]\d")
_WORD = re.compile(r"[0-9A-Za-z]+")
_ONLY_DIGITS = re.compile(r"[0-9oOlIi]+")
_HIDDEN = re.compile(r"(?=[0-9oOlIi]*[0-9]{2})[0-9oOlIi]{9,}")
_DASHES, _DOTS = "\u2212\u2043", "\u00b7\u2022\u2219\u22c5\u2024\u3002"
_LETTERS = str.maketrans("\u041e\u043e\u039f\u03bf\u0406\u0456\u0399\u04cf\u04c0", "OoOoIiIlI")
"""Letters of other alphabets that look like ours."""


def readings(line: str) -> tuple[str, ...]:
    """The plain texts that ``line`` can be read as: with its tags, and without them."""
    text = _DRAWING.sub(_END, line)
    texts = [text] if "<" not in text else [text, _TAG.sub(_END, _INLINE.sub("", text))]
    return tuple(dict.fromkeys(map(_plain, texts)))


def _plain(text: str) -> str:
    if not text.isascii():
        text = _BEYOND.sub(lambda match: _sign(match[0]), text)
    return _digits(text)


@cache
def _sign(sign: str) -> str:
    """A sign beyond ASCII in plain signs; nothing when it is invisible."""
    latin = sign.translate(_LETTERS)
    if latin != sign:
        return latin
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(sign)
    if category in ("Cf", "Mn", "Me"):
        return ""
    if category == "Pd" or sign in _DASHES:
        return "-"
    if category == "Zs":
        return " "
    if sign in _DOTS:
        return "."
    normal = unicodedata.normalize("NFKC", sign)
    return normal if normal.isascii() else sign


def _digits(text: str) -> str:
    """``text`` with letters that stand for digits as digits: ``O8I2`` as ``0812``."""
    if _MIXED.search(text):
        text = _WORD.sub(lambda word: _number(word[0]), text)
    return _LONELY.sub(lambda match: match[0].translate(_LOOKS_LIKE), text)


def _number(word: str) -> str:
    if word.isdigit() or word.isalpha():
        return word
    if _ONLY_DIGITS.fullmatch(word):
        return word.translate(_LOOKS_LIKE)
    return _HIDDEN.sub(lambda match: match[0].translate(_LOOKS_LIKE), word)


_LONELY = re.compile(rf"(?<=\d)(?:{GAP}[oOlI]{{1,4}})+(?={GAP}\d)|(?<![^\W\d_])[oO](?={GAP}?8{GAP}?[1-9])")
"""Letters alone between digits, and the first of a telephone number."""
