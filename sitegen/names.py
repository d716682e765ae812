"""Names of places as the search compares them: the same reading as in ``static/js/names.js``.

Everything that people write in several ways is made one: accents, signs and spaces go, numerals become
numbers, short words are written out, and letters that sound alike are one letter.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import chain, islice, product
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d_]+|\d+")
_QUOTES = re.compile("['’‘`\u00b4\u02bc\u02bb\"“”]")
_SIGNS = {code: None if chr(code) in "'`\"" else " " for code in range(128) if not chr(code).isalnum()}
_TWICE = re.compile(r"(\D)\1+")
_SOUND = re.compile(r"oe|tj|dj|[hywoefvqz]")
SOUNDS = {
    "oe": "u", "tj": "c", "dj": "j", "h": "", "y": "i", "w": "u", "o": "u", "e": "a",
    "f": "p", "v": "p", "q": "k", "z": "s",
}  # fmt: skip
ROMAN = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv".split()
DIGITS = "satu dua tiga empat lima enam tujuh delapan sembilan".split()
_DIGIT = "|".join(DIGITS)
_NUMBER = re.compile(rf"\b(?:({_DIGIT}|se) ?(puluh|belas)(?: ({_DIGIT}))?|(?:{_DIGIT}))\b")
"""Numbers in words: "tiga puluh lima", "dua belas", "sepuluh", "sebelas", "tiga"."""
SHORT = {
    "tj": ("tanjung",), "tjg": ("tanjung",), "tg": ("tanjung",), "sei": ("sungai",), "sg": ("sungai",),
    "s": ("sungai",),
    "pkl": ("pangkalan",), "p": ("pulau",), "pl": ("pulau",), "tlg": ("tulung", "talang"), "tl": ("tulung", "talang"),
    "lb": ("lubuk", "lebung"), "lbk": ("lubuk",), "sp": ("simpang", "sirah pulau"), "gn": ("gunung",), "ps": ("pasar",),
    "psr": ("pasar",), "kp": ("kampung",), "mns": ("meunasah",), "tgk": ("teungku",), "pd": ("padang",),
}  # fmt: skip
"""Words that are written short, and what each may stand for."""
MOST_READINGS = 8


class Reading(NamedTuple):
    """One way to read a name: the letters as they are written, and as they sound."""

    plain: str
    key: str


def words(text: str) -> list[str]:
    """The words of a text: small letters and digits, without accents and quotes."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text).lower() if unicodedata.category(c)[0] != "M")
    return _WORD.findall(_QUOTES.sub("", plain))


def plain(text: str) -> str:
    """``text`` as two spellings of one name are compared: its words in small letters, without accents and signs."""
    if text.isascii():  # most names are, and this is five times faster
        return " ".join(text.lower().translate(_SIGNS).split())
    return " ".join(words(text))


def readings(text: str) -> tuple[Reading, ...]:
    """Every way to read ``text``; the first is the one that its villages are grouped by."""
    written = words(text)
    counted = _NUMBER.sub(_in_digits, " ".join(written)).split()
    ways = [counted, written] if counted != written else [written]
    choices = (choice for way in ways for choice in product(*(_meanings(word, i) for i, word in enumerate(way))))
    # Never more than are used: of thirty short words there are a billion.
    spaced = [_reading([*chain(*choice)]) for choice in islice(choices, MOST_READINGS)]
    joined = [Reading(plain, _sounds(plain)) for (plain, key), rigid in spaced if not rigid and _sounds(plain) != key]
    return (*(found for found, _ in spaced), *joined)


def _meanings(word: str, position: int) -> list[list[str]]:
    number = [[str(ROMAN.index(word) + 1)]] if position and word in ROMAN else []
    return [*number, *(long.split() for long in SHORT.get(word, ())), [word]]


def _in_digits(match: re.Match[str]) -> str:
    count, unit, rest = match.groups()
    if unit is None:
        return str(DIGITS.index(match[0]) + 1)
    value = DIGITS.index(count) + 1 if count in DIGITS else 1
    if unit == "belas":
        return str(10 + value)
    return str(10 * value + (DIGITS.index(rest) + 1 if rest else 0))


def _reading(found: list[str]) -> tuple[Reading, bool]:
    rigid = any(word in ROMAN for word in found[1:])
    plain = "".join(found)
    return Reading(plain, plain if rigid else _once("".join(map(_sounds, found)))), rigid


def _sounds(word: str) -> str:
    return _once(_SOUND.sub(lambda match: SOUNDS[match[0]], word))


def _once(word: str) -> str:
    return _TWICE.sub(r"\1", word)
