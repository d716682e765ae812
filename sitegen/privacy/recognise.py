"""What personal data look like: 16-digit numbers, telephone numbers, mail addresses and dates of birth."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from sitegen.privacy.plain import GAP, readings
from sitegen.privacy.suspects import JOINT, suspects


class Kind(StrEnum):
    """What was found."""

    NIK = "nik"
    PHONE = "phone"
    EMAIL = "email"
    BIRTH = "birth"


class Find(NamedTuple):
    """Something personal: its line, and how it stands there in plain signs. It is never shown unmasked."""

    line: int
    kind: Kind
    value: str

    @property
    def masked(self) -> str:
        """The first two signs; stars for all others."""
        return self.value[:2] + "*" * (len(self.value) - 2)

    def hide(self, path: str) -> str:
        """``path`` without the value."""
        return path.replace(self.value, self.masked)

    @property
    def digits(self) -> str:
        """Its digits alone."""
        return re.sub(r"\D", "", self.value)


_SEP = rf"{GAP}{{0,4}}"
_MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mar(?:et)?|apr(?:il)?|mei|may|jun[ie]?|jul[iy]?|agu(?:stus)?|ags?t?|aug|sept?(?:ember)?"
    r"|okt(?:ober)?|oct|nov(?:ember)?|nop(?:ember)?|des(?:ember)?|dec)"
)
_DAY_MONTH = r"(?:0?[1-9]|[12]\d|3[01])\s?[-./ ]\s?(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:19|20)\d\d"
_NEUTRAL = re.compile(
    rf"""
    (?<![\d./-])(?:{_DAY_MONTH}[-./ ]{_YEAR}|{_YEAR}-\d\d-\d\d)(?![./-]?\d)(?=\D|$)    # a date
    |(?<!\d)(?:[01]?\d|2[0-4])[.:][0-5]\d\s?-\s?(?:[01]?\d|2[0-4])[.:][0-5]\d(?![.-]?\d)   # 07.00-13.00
    |\b(?:m?lat|m?lon)(?:["']?\s?[:=]\s?["']?)-?\d{{1,3}}\.\d++(?![.-]?\d)(?!\s\d)    # a position
    |(?<![\d.])-?(?:\d|1[0-2])\.\d{{3,}}\s?,\s?(?:9[4-9]|1[0-4]\d)\.\d{{3,}}(?![\d.])
    |(?<![\d.])\d\d\.\d\d\.\d\d\.[123]\d{{3}}(?![.-]?\d)(?!{GAP}{{1,4}}\d(?:{GAP}?\d){{5}}(?!{GAP}?\d)) # a village
    |\bd/\d{{10}}(?=\.html)                                                                 # its permanent address
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Numbers that are something else."""
_URL = re.compile(r"//[^\s\"'<>]+")
"""Each part of an address stands by itself: years, months and numbers of articles are no telephone number."""
_DIGITS = re.compile(r"\d(?:[\s,.\-()/\[\]{}_*'`~\\]{0,4}\d){7,}")
_BEFORE, _BEHIND = 24, 16
"""So much around digits tells whether they are something else."""
_MAIL = 64
"""So much beside an @ can belong to a mail address."""
_CODE = re.compile(r"[ |-]*(?:village|code): \d\d\.\d\d\.\d\d\.[123]\d{3}")
"""By far the most suspicious lines hold the code of a village and nothing else."""
_RUN = re.compile(rf"\d(?:{_SEP}\d){{15,}}")
_PERSON = re.compile(
    r"(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-9])\d{4}(?:0[1-9]|[1256]\d|[37][01]|4[1-9])(?:0[1-9]|1[0-2])\d{6}"
)
"""How a NIK is made: region, day of birth (40 more for women), month, year, number."""
_COUNTS = re.compile(rf"{_YEAR}(?: {_YEAR})+|(?=.*\.\d{{3}})\d{{1,3}}(?:\.\d{{3}})*(?: \d{{1,3}}(?:\.\d{{3}})*)+")
"""Years, or numbers with dots at the thousands, one after another."""
_CELL = r"8(?:1[1-9]|2[1-38]|3[1-38]|5[1-9]|7[7-9]|8[1-9]|9[5-9])"
_START = r"(?<!\d)(?<!\d[.,])"
_PHONE = re.compile(
    rf"""
    {_START}(?:\(?\+{_SEP}|00{_SEP})\(?6{_SEP}2{_SEP}(?:0{_SEP})?[1-9](?:{_SEP}\d){{6,12}}(?!\d)
    |{_START}6{_SEP}2{_SEP}(?:0{_SEP})?[2-9](?:{_SEP}\d){{8,12}}(?!\d)
    |{_START}\(?0{_SEP}[2-9](?:{_SEP}\d){{7,12}}(?!\d)
    |\+{_SEP}[1-9](?:{_SEP}\d){{8,14}}(?!\d)
    |{_START}{_CELL}\d{{7,9}}(?!\d)
    |{_START}{_CELL}[ .-]\d{{3,4}}[ .-]\d{{3,5}}(?!\d)
    |(?<!\d)08\d\d,\s?\d{{3,4}},\s?\d{{3,5}}(?!\d)
    """,
    re.VERBOSE,
)
_TOP = r"(?:com|id|net|org|edu|gov|info|biz|me|xyz|example|test|invalid)\b"
_AT = re.compile(r"@|[\[({<]\s?(?:at|a|et)\s?[\])}>]|\s(?:dot|titik)\s", re.IGNORECASE)
_EMAIL = re.compile(
    rf"""
    [\w.+'-]+[*\\`]{{0,3}}@[*\\`]{{0,3}}(?!\dx\.)[\w-]+\.[\w.]+
    |[\w.+-]+\s?@\s?[\w-]+(?:\s?\.\s?[\w-]+)*?\s?\.\s?{_TOP}
    |[\w.+-]+\s?[\[({{<]\s?(?:at|a|et)\s?[\])}}>]\s?[\w-]+(?:(?:\s?[\[({{]\s?(?:dot|titik|\.)\s?[\])}}]\s?|\s?\.\s?|\s(?:dot|titik)\s)[\w-]+)*?
        (?:\s?[\[({{]\s?(?:dot|titik|\.)\s?[\])}}]\s?|\s?\.\s?|\s(?:dot|titik)\s){_TOP}
    |[\w.+-]+\s(?:at|et)\s[\w-]+(?:\s(?:dot|titik)\s[\w-]+)+
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DATE = re.compile(
    rf"""(?<!\d)(?:
    (?P<digits>{_DAY_MONTH}\s?[-./ ]\s?(?:{_YEAR}|\d\d)|{_YEAR}[-./]\d\d[-./]\d\d)
    |(?P<words>\d{{1,2}}[\s-]{_MONTH}\.?[\s-](?:{_YEAR}|\d\d))
    |[0-3]\d[01]\d(?:{_YEAR}|\d\d)
    )(?!\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_ADULT = re.compile(r"(?<!\d)(?:19[4-9]\d|200\d)(?!\d)")
"""A year in which an adult was born."""
_AGE = re.compile(r"\b(?:umur|usia)\s?[:=]\s?\d\d(?!\d)", re.IGNORECASE)
_WORDS_OF_BIRTH = ("lahir", "lhr", "ttl", "t.t.l", "t t l", "umur", "usia", "born", "birth", "dob")
_BORN = r"(?:lahir|\blhr\b|\bt\.?\s?t\.?\s?l\b|\bborn\b|\bbirth(?:day|date)?\b|\bdob\b)"
_BORN_BEFORE = re.compile(
    rf"{_BORN}(?!\s(?:pancasila|sebelum|sesudah|setelah|sejak|paling))[^\d\n]{{0,40}}$", re.IGNORECASE
)
_BORN_BEHIND = re.compile(rf"\W{{0,3}}{_BORN}", re.IGNORECASE)
_OLD_BEFORE = re.compile(r"\b(?:ber)?(?:umur|usia)\b[^\n]{0,20}$", re.IGNORECASE)
_TOWN_BEFORE = re.compile(r"[^\W\d_]{3,},\s$")
"""``Palembang, 1 Februari 1980``: a date of birth is written like that, and the date of a letter, but not of 1980."""


def finds(text: bytes, *, numbers_only: bool = False) -> Iterator[Find]:
    """Everything personal in ``text``, line by line; each value of a line once. ``numbers_only`` looks
    only at lines in which a number or mail address can be: for texts whose words were searched before."""
    for number, line in suspects(text, numbers_only=numbers_only):
        for kind, value, joints in _of_line(line):
            yield Find(number + joints, kind, value)


@lru_cache(4096)
def _of_line(line: str) -> tuple[tuple[Kind, str, int], ...]:
    """What is personal in ``line``, and in which of the lines joined to it. Many pages have the same lines."""
    if _CODE.fullmatch(line):
        return ()
    found: dict[tuple[Kind, str], int] = {}
    for text in readings(line):
        joints = [joint.start() for joint in re.finditer(JOINT, text)]
        for kind, start, end in _spans(_URL.sub(lambda match: match[0].replace("/", ":"), text)):
            found.setdefault((kind, text[start:end].strip()), bisect_left(joints, start))
    return tuple((kind, value, joints) for (kind, value), joints in found.items())


def _spans(text: str) -> Iterator[tuple[Kind, int, int]]:
    """Kind and place of everything personal; what overlaps is told once."""
    taken: list[tuple[int, int]] = []
    for kind, start, end in (*_births(text), *_emails(text), *_numbers(text)):
        # Nothing in ``taken`` overlaps, so only its last entry before the end of a new one may reach into that.
        before = bisect_right(taken, (end - 1, len(text)))
        if before == 0 or taken[before - 1][1] <= start:
            insort(taken, (start, end))
            yield kind, start, end


def _births(text: str) -> Iterator[tuple[Kind, int, int]]:
    small = text.lower()
    if not any(word in small for word in _WORDS_OF_BIRTH) and not _ADULT.search(text):
        return
    for match in _AGE.finditer(text):
        yield Kind.BIRTH, *match.span()
    for match in _DATE.finditer(text):
        before, behind = text[max(0, match.start() - _MAIL) : match.start()], text[match.end() : match.end() + _BEHIND]
        if _BORN_BEFORE.search(before) or _BORN_BEHIND.match(behind) or _is_of_an_adult(match, before, behind):
            yield Kind.BIRTH, *match.span()


def _is_of_an_adult(date: re.Match[str], before: str, behind: str) -> bool:
    """Whether a date by itself is one of birth: a full one in digits, or in words behind a town or an age."""
    if not _ADULT.search(date[0]):
        return False
    if _OLD_BEFORE.search(before):
        return True
    if date["digits"]:
        return before[-1:] not in ("-", ".", "/") and not re.match(r"[./-]?\d", behind)
    return bool(date["words"] and _TOWN_BEFORE.search(before))


def _emails(text: str) -> Iterator[tuple[Kind, int, int]]:
    told = 0
    for sign in _AT.finditer(text):
        if sign.start() < told:
            continue
        for match in _EMAIL.finditer(text, max(told, sign.start() - _MAIL), sign.end() + _MAIL):
            if match.start() <= sign.start() < match.end():  # others are of other signs, and may be cut short
                told = match.end()
                yield Kind.EMAIL, *match.span()


def _numbers(text: str) -> Iterator[tuple[Kind, int, int]]:
    """Telephone numbers and numbers of sixteen digits. Only what stands around eight digits or more is looked at."""
    for run in _DIGITS.finditer(text):
        start = max(0, run.start() - _BEFORE)
        piece = _NEUTRAL.sub(lambda match: ":" * len(match[0]), text[start : run.end() + _BEHIND])
        for kind, spans in (
            (Kind.NIK, _sixteen(piece)),
            (Kind.PHONE, (match.span() for match in _PHONE.finditer(piece))),
        ):
            for first, last in spans:
                yield kind, start + first, start + last


def _sixteen(text: str) -> Iterator[tuple[int, int]]:
    """Numbers of sixteen digits: in one piece, or in pieces that make up a whole row of them, or a NIK within it."""
    for run in _RUN.finditer(text):
        pieces = [(match.start() + run.start(), match[0]) for match in re.finditer(r"\d+", run[0])]
        digits = "".join(piece for _, piece in pieces)
        is_list = JOINT in run[0] or _COUNTS.fullmatch(run[0])
        if len(digits) == 16 and (_PERSON.fullmatch(digits) or not is_list):
            yield run.span()
        elif len(digits) > 16:
            yield from _within(pieces)


def _within(pieces: list[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    first = 0
    while first < len(pieces):
        digits = ""
        for last in range(first, len(pieces)):
            digits += pieces[last][1]
            if len(digits) >= 16:
                break
        if len(digits) == 16 and (first == last or _PERSON.fullmatch(digits)):
            yield pieces[first][0], pieces[last][0] + len(pieces[last][1])
            first = last
        first += 1
