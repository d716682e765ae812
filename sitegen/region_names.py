"""Finding a provinsi, kabupaten or kota by the name that people give it: ``Kab. Pamekasan``, ``Surabaya``, ``OKI``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from functools import cache
from typing import NamedTuple

from sitegen import hierarchy
from sitegen.hierarchy import Area
from sitegen.names import readings, words
from sitegen.problems import Message, UsageError, lines, msg, verbatim

MOST_CANDIDATES = 12
_KINDS = {
    "kabupaten": "kabupaten", "kab": "kabupaten", "kota": "kota", "provinsi": "provinsi", "prov": "provinsi",
    "propinsi": "provinsi",
}  # fmt: skip
_TITLES = (("administrasi",), ("adm",), ("daerah", "istimewa"), ("daerah", "khusus", "ibukota"))
"""Words that belong to the kind of a region more than to its name."""


Ask = Callable[[Message], str | None]
"""Puts a question to a person and gives the answer, or None where nobody can answer."""


class _Known(NamedTuple):
    """A region, its kind, and all that its name and its short names can be compared by."""

    area: Area
    kind: str
    names: frozenset[str]
    short_names: frozenset[str]


class Found(NamedTuple):
    """What a name can mean. ``areas`` are all regions of exactly this name; ``similar`` those that come close, and only
    when there is none of this name."""

    areas: tuple[Area, ...]
    similar: tuple[Area, ...] = ()


def region_code(text: str, ask: Ask) -> str:
    """The Kemendagri code of the region that ``text`` names; a code is given back as it is. Where several may be meant
    the person chooses.

    Raises UsageError when there is none, or several and nobody chooses.
    """
    if re.fullmatch(r"[\d.]*", text):
        return text
    areas, similar = find_regions(text)
    if len(areas) == 1:
        return areas[0].code
    choices = areas or similar
    if not choices:
        raise UsageError(msg("No kabupaten, kota or provinsi is called %(name)s", name=text))
    several = msg("%(name)s is the name of several regions:", name=text)
    none = msg("No region is called %(name)s. Near to it are:", name=text)
    listed = lines(several if areas else none, *(verbatim(f"  {area.code:5}  {area.name}") for area in choices))
    codes = {area.code for area in choices}
    answer = ask(lines(listed, msg("Which one? Type its code:")))
    while answer is not None and answer.strip() not in codes:
        answer = ask(msg("Type one of the codes above:"))
    if answer is None:
        raise UsageError(lines(listed, msg("Give its code: --region %(code)s", code=choices[0].code)))
    return answer.strip()


def find_regions(text: str) -> Found:
    """The regions that ``text`` may mean, in the order of their codes: by their name, else by the first letters of
    its words (``OKI``, ``OKU Timur``). With ``Kabupaten``, ``Kota`` or ``Provinsi`` before it only those.
    """
    kind, asked = _parts(words(text))
    keys = _keys([asked]) if asked else frozenset()
    places = [place for place in _known() if kind in {"", place.kind}]
    by_name = tuple(place.area for place in places if keys & place.names)
    found = by_name or tuple(place.area for place in places if keys & place.short_names)
    return Found(found) if found else Found((), _similar(asked, [place.area for place in places]))


@cache
def _known() -> tuple[_Known, ...]:
    return tuple(
        _Known(area, _kind(area), _keys([_parts(words(area.name))[1]]), _keys(_short_names(area)))
        for area in hierarchy.down_to(2)
    )


def _parts(found: list[str]) -> tuple[str, list[str]]:
    """Kind of region (empty when it is not said) and the words of its name."""
    kind = _KINDS.get(found[0], "") if len(found) > 1 else ""
    name = found[1:] if kind else found
    for title in _TITLES:
        if tuple(name[: len(title)]) == title and len(name) > len(title):
            return kind, name[len(title) :]
    return kind, name


def _kind(area: Area) -> str:
    if "." not in area.code:
        return "provinsi"
    return "kota" if hierarchy.is_city(area.code) else "kabupaten"


def _short_names(area: Area) -> Iterator[list[str]]:
    """The name with its first words, two or more, given by their first letters."""
    full = words(area.name)
    for name in (full, _parts(full)[1]):
        for count in range(2, len(name) + 1):
            yield ["".join(word[0] for word in name[:count]), *name[count:]]


def _keys(forms: Iterable[list[str]]) -> frozenset[str]:
    return frozenset(reading.key for form in forms for reading in readings(" ".join(form)))


def _similar(asked: list[str], places: list[Area]) -> tuple[Area, ...]:
    """Regions whose name holds the words, or is written much like them."""
    held = [area for area in places if asked and set(asked) <= set(words(area.name))]
    if not held:
        by_name = {" ".join(_parts(words(area.name))[1]): area.name for area in places}
        close = {by_name[name] for name in get_close_matches(" ".join(asked), by_name, MOST_CANDIDATES, 0.7)}
        held = [area for area in places if area.name in close]
    return tuple(held[:MOST_CANDIDATES])
