"""The questions of ``build.py change``: what has to be known for each kind of change, asked or given as options."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from sitegen.change import CHANGE, OF_THE_PLACE, SOURCE, TPS, Office, Wish, one_village, station, typed
from sitegen.change_options import option
from sitegen.model.tps import VOTES, Change, ChangeKind
from sitegen.pages.states import TAGS
from sitegen.problems import Message, UsageError, lines, msg, verbatim

Given = Mapping[str, str | None]
Ask = Callable[[Message, Sequence[Message]], str]
"""Asks a question, after some messages."""


class Question(NamedTuple):
    """What is asked for a key; what is not needed may be left empty."""

    key: str
    text: Message
    is_needed: bool = False


_PLACE = (
    Question("place", msg("New place"), is_needed=True),
    Question("address", msg("Address (empty if unknown)")),
    Question("landmark", msg("Landmark (empty if unknown)")),
    Question("by_water", msg("Way by water (empty if there is none)")),
)
_DAY = (
    Question("date", msg("New day, such as 2024-12-01 (empty while it is not decided)")),
    Question("opens", msg("Begins at, such as 07:00 (empty if unknown)")),
    Question("closes", msg("Ends at, such as 13:00 (empty if unknown)")),
    Question("races", msg("Ballots, with commas between (empty for all)")),
)
_BASIS = (
    Question("decree", msg("Decree, minutes or recommendation (empty if unknown)")),
    Question("source", msg("Where was it published"), is_needed=True),
)
_INSTEAD = {"source": "decree", "as_of": "decided"}
"""Keys that are only needed while a better one is not known."""
_REASON = Question("reason", msg("Why, in one sentence for the reader (empty for nothing)"))


def questions(kind: ChangeKind) -> Iterator[Question]:
    """All questions about a change, in their order."""
    if kind is ChangeKind.MOVED:
        yield from _PLACE
        yield Question("decree", msg("Decree or minutes"), is_needed=True)
        yield Question("decided", msg("When was it decided, such as 2024-11-26 16:30"), is_needed=True)
    else:
        if kind in VOTES:
            yield from _DAY
        elif kind is ChangeKind.MERGED:
            yield Question("into", msg("Number of the TPS where its voters go"), is_needed=True)
        yield from _BASIS
        yield Question("decided", msg("When was it decided, such as 2024-11-26 16:30 (empty if unknown)"))
        yield Question("as_of", msg("Of when are these data, such as 2024-11-26 18:00"), is_needed=True)
    yield _REASON


def _is_idle(question: Question, found: Given) -> bool:
    """Whether an earlier answer makes a question needless: hours without a day, a publication beside a decree, the date
    of the data where that of the decision is known."""
    if question.key in ("opens", "closes", "races"):
        return not found.get("date")
    return bool(found.get(_INSTEAD.get(question.key, "")))


def _not_told(key: str) -> Message:
    """The option for a key; of two that serve, the better one first."""
    better = _INSTEAD.get(key)
    if not better:
        return verbatim(option(key))
    return msg("%(option)s (if it is not known: %(other)s)", option=option(better), other=option(key))


def by_options(given: Given) -> Wish:
    """The wish as the options tell it.

    Raises UsageError that names what is missing, or what does not go with the kind.
    """
    missing = [verbatim(key) for key in ("village", "tps", "kind") if not given.get(key)]
    if not missing:
        wanted = list(questions(_kind(given["kind"] or "")))
        needed = (question.key for question in wanted if question.is_needed and not _is_idle(question, given))
        missing = [_not_told(key) for key in needed if not given.get(key)]
        foreign = [option(key) for key in _asked() if given.get(key) and key not in {each.key for each in wanted}]
        if foreign:
            raise UsageError(
                msg("%(options)s does not go with %(kind)s", options=", ".join(foreign), kind=given["kind"])
            )
    if missing:
        raise UsageError(msg("Not told: %(missing)s", missing=lines(*missing, between=", ")))
    return _wish(given)


def by_questions(office: Office, given: Given, ask: Ask) -> Wish:
    """The wish after everything that is not given has been asked; a wrong answer is asked for again."""
    found = dict(given)

    def until_right(question: Question, check: Callable[[str], object], before: Sequence[Message] = ()) -> None:
        while True:
            value = found.get(question.key) or ask(question.text, before).strip()
            try:
                check(value)
            except UsageError as error:
                found[question.key], before = None, [error.what]
                continue
            found[question.key] = value
            return

    until_right(Question("village", msg("Village")), lambda value: one_village(office, value))
    where = one_village(office, found["village"] or "")
    until_right(Question("tps", msg("Number of the TPS")), lambda value: station(where, value))
    kinds = [msg("%(number)s. %(kind)s", number=number, kind=TAGS[kind]) for number, kind in enumerate(ChangeKind, 1)]
    until_right(Question("kind", msg("What happened (number)")), _kind, kinds)
    kind = _kind(found["kind"] or "")
    for question in questions(kind):
        if not _is_idle(question, found):
            until_right(question, partial(_check, office, kind, question))
    return _wish(found)


def _kind(text: str) -> ChangeKind:
    kinds = list(ChangeKind)
    if text.isdecimal() and 0 < int(text) <= len(kinds):
        return kinds[int(text) - 1]
    if text.replace("-", "_") in kinds:
        return ChangeKind(text.replace("-", "_"))
    raise UsageError(msg("Possible here: %(keys)s.", keys=", ".join(kinds)))


def _check(office: Office, kind: ChangeKind, question: Question, value: str) -> None:
    key = question.key
    if not value and question.is_needed:
        raise UsageError(msg("This must be told."))
    if key == "races" and not set(_races(value)) <= set(office.races):
        raise UsageError(msg("Possible here: %(keys)s.", keys=", ".join(office.races)))
    if value and key == "as_of":
        typed(SOURCE, {"document": "-", key: value})
    elif value and key in OF_THE_PLACE:
        typed(TPS, {"number": "1", key: value})
    elif value and key not in ("races", "source"):
        typed(CHANGE, {"kind": kind.value, key: value})


def _races(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _asked() -> list[str]:
    return list(dict.fromkeys(question.key for kind in ChangeKind for question in questions(kind)))


def _wish(found: Given) -> Wish:
    keys = Change.__dataclass_fields__.keys() - {"kind", "races", "source", "from_place"}
    change: dict[str, object] = {key: found.get(key) for key in keys}
    change["kind"] = _kind(found["kind"] or "").value
    change["races"] = _races(found.get("races") or "")
    change["source"] = {"name": found["source"]} if found.get("source") and not found.get("decree") else None
    place = {key: value for key in OF_THE_PLACE if (value := found.get(key))}
    return Wish(found["village"] or "", found["tps"] or "", change, place, found.get("as_of"))
