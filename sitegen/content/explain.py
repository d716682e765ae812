"""Validation errors in words that help: what is wrong with which value, and how to mend it."""

from __future__ import annotations

import dataclasses
import difflib
import typing
from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from sitegen.content.yaml_events import Loc
from sitegen.model.fields import ADDRESS, KECAMATAN, PLACE, REGION, SITE_ADDRESS, VILLAGE, WEB_ADDRESS
from sitegen.problems import Message, msg


class Explanation(NamedTuple):
    """An error of one value: where, stable code, what, how to mend."""

    loc: Loc
    code: str
    what: Message
    fix: Message


_WORDS: dict[str, tuple[Message, Message]] = {
    "not_count": (
        msg('"%(value)s" is not a whole number (%(key)s)'),
        msg("Write digits only, without dots, spaces or leading zeros: 577241."),
    ),
    "not_tps_number": (
        msg('"%(value)s" is not a TPS number (%(key)s)'),
        msg("Write a number from 1 to 999 without leading zeros: 3."),
    ),
    "not_degrees": (
        msg('"%(value)s" is not a position in degrees (%(key)s)'),
        msg("Write degrees with a decimal point: -3.3904."),
    ),
    "not_date": (msg('"%(value)s" is not a date (%(key)s)'), msg("Write year-month-day: 2024-11-27.")),
    "not_moment": (
        msg('"%(value)s" is not a date with time (%(key)s)'),
        msg("Write year-month-day hour:minute: 2024-11-26 18:00."),
    ),
    "not_our_time": (
        msg('"%(value)s" is not of our time (%(key)s)'),
        msg("Write a year from %(first)s to %(last)s."),
    ),
    "not_hour": (msg('"%(value)s" is not a time of day (%(key)s)'), msg('Write hour:minute in quotes: "07:00".')),
    "not_ranges": (
        msg('"%(value)s" is not a list of RT or RW (%(key)s)'),
        msg("Write numbers or ranges: 4, 1-4 or 1-3, 5."),
    ),
    "reserved": (
        msg('"%(value)s" is a name that systems keep for themselves (%(key)s)'),
        msg("Choose another one."),
    ),
    "not_boolean": (msg('"%(value)s" is neither true nor false (%(key)s)'), msg("Write true or false.")),
    "dataclass_type": (
        msg('"%(key)s" should hold keys and values'),
        msg('Write each on a line of its own below "%(key)s:", indented by two spaces.'),
    ),
    "tuple_type": (
        msg('"%(key)s" should be a list'),
        msg('Write each entry on a line of its own below "%(key)s:", beginning with "- ".'),
    ),
    "string_type": (msg('"%(key)s" should be text'), msg('Write the text behind "%(key)s:" on the same line.')),
    "string_too_short": (msg('"%(key)s" is empty'), msg("Write the text, or remove the line.")),
    "string_too_long": (msg('"%(key)s" is too long'), msg("Write at most %(max_length)s characters.")),
    "too_short": (msg('"%(key)s" has too few entries'), msg("Write at least %(min_length)s.")),
    "greater_than_equal": (msg('"%(value)s" is too small (%(key)s)'), msg("Write at least %(ge)s.")),
    "less_than_equal": (msg('"%(value)s" is too large (%(key)s)'), msg("Write at most %(le)s.")),
}
_SHAPES: dict[str, tuple[Message, Message]] = {
    r"^[^\n\r]*$": (msg('"%(key)s" has more than one line'), msg("Write it on one line.")),
    r"^[a-z0-9]+(-[a-z0-9]+)*$": (
        msg('"%(value)s" cannot stand in an address (%(key)s)'),
        msg("Use small letters, digits and single hyphens: pilkada-2024."),
    ),
    REGION: (
        msg('"%(value)s" is not a code of a region (%(key)s)'),
        msg('Write the Kemendagri code in quotes: "16.02".'),
    ),
    KECAMATAN: (
        msg('"%(value)s" is not a code of a kecamatan (%(key)s)'),
        msg("Write the Kemendagri code with dots: 16.02.05."),
    ),
    VILLAGE: (
        msg('"%(value)s" is not a code of a village (%(key)s)'),
        msg("Write the Kemendagri code with dots: 16.02.05.1010."),
    ),
    PLACE: (
        msg('"%(value)s" is not a code of a place (%(key)s)'),
        msg('Write the Kemendagri code in quotes: "16.02" is a kabupaten, "16.02.05" a kecamatan.'),
    ),
    ADDRESS: (
        msg('"%(value)s" is not the address of a page (%(key)s)'),
        msg("Write it from the root of the site: /berita/2024/11/kpps-dilantik.html, or a folder with / at its end."),
    ),
    WEB_ADDRESS: (
        msg('"%(value)s" is not a web address (%(key)s)'),
        msg("Write the whole address, beginning with https://."),
    ),
    SITE_ADDRESS: (
        msg('"%(value)s" is not the address of a site (%(key)s)'),
        msg("Write the address of its folder, with a slash at the end: https://tps.example.go.id/oki/."),
    ),
}
_OTHER = (msg('"%(value)s" cannot be used here (%(key)s)'), msg("See docs/content-reference.md for what is possible."))


def explain(error: ValidationError, model: TypeAdapter[Any]) -> Iterator[Explanation]:
    """Every error of ``error``, in the words of this site. ``model`` is what was validated."""
    root = typing.cast(Any, model)._type
    for detail in error.errors(include_url=False):
        yield _explain(detail, root)


def _explain(detail: Any, root: Any) -> Explanation:
    loc: Loc = detail["loc"]
    kind: str = detail["type"]
    if kind == "missing":
        key = str(loc[-1])
        return Explanation(
            loc, "content.missing-key", msg('"%(key)s" is missing', key=key), msg('Add "%(key)s:" here.', key=key)
        )
    if kind == "unexpected_keyword_argument":
        return _unknown_key(loc, root)
    if kind in ("enum", "literal_error"):
        return _not_possible(loc, detail)
    context = detail.get("ctx", {})
    if kind == "string_pattern_mismatch":
        what, fix = _SHAPES.get(context["pattern"], _OTHER)
    elif kind == "string_type" and detail["input"] is None:
        what, fix = _WORDS["string_too_short"]
    else:
        what, fix = _WORDS.get(kind, _OTHER)
    values = {"key": _key(loc), "value": _shown(detail["input"]), **context}
    return Explanation(loc, "content.value", msg(what.id, **values), msg(fix.id, **values))


def _unknown_key(loc: Loc, root: Any) -> Explanation:
    key = str(loc[-1])
    known = _known_keys(root, loc[:-1])
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
    if near:
        fix = msg('Did you mean "%(guess)s"?', guess=near[0])
    else:
        fix = msg("Possible here: %(keys)s.", keys=", ".join(known))
    return Explanation(loc, "content.unknown-key", msg('"%(key)s" is not a known key', key=key), fix)


def _not_possible(loc: Loc, detail: Any) -> Explanation:
    what = msg('"%(value)s" is not possible here (%(key)s)', value=_shown(detail["input"]), key=_key(loc))
    choices = detail["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
    near = difflib.get_close_matches(str(detail["input"]), choices.split(", "), n=1, cutoff=0.6)
    fix = msg('Did you mean "%(guess)s"?', guess=near[0]) if near else msg("Possible here: %(keys)s.", keys=choices)
    return Explanation(loc, "content.value", what, fix)


def _key(loc: Loc) -> str:
    """The innermost key of ``loc``: what the writer of the file calls the value."""
    return next((part for part in reversed(loc) if isinstance(part, str)), "?")


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else "…" if value is not None else ""
    return text if len(text) <= 60 else text[:57] + "…"


def _known_keys(model: Any, loc: Loc) -> list[str]:
    """Keys of the dataclass that ``loc`` leads to from ``model``."""
    for part in loc:
        model = _dataclass_in(model)
        if isinstance(part, str):
            model = typing.get_type_hints(model)[part]
    return [field.name for field in dataclasses.fields(_dataclass_in(model))]


def _dataclass_in(hint: Any) -> Any:
    """The dataclass inside ``Annotated[tuple[X, ...] | None, …]`` and the like."""
    if dataclasses.is_dataclass(hint):
        return hint
    return next((found for arg in typing.get_args(hint) if (found := _dataclass_in(arg)) is not None), None)
