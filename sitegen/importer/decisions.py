"""Decisions about a TPS as rows of a sheet, one row for each, oldest first: how they are written and read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from sitegen.checks.changes import NEEDED, OWN
from sitegen.importer import values
from sitegen.importer.cells import Cell
from sitegen.importer.facts import Fact
from sitegen.importer.headers import Meaning
from sitegen.importer.values import Unclear
from sitegen.model.election import Citation, Election, Race
from sitegen.model.tps import Change, ChangeKind
from sitegen.problems import Problem, msg

KINDS = {
    ChangeKind.MOVED: "Pindah",
    ChangeKind.POSTPONED: "Susulan (PSS)",
    ChangeKind.CONTINUED: "Lanjutan (PSL)",
    ChangeKind.REPEAT_VOTE: "Ulang (PSU)",
    ChangeKind.CANCELLED: "Batal",
    ChangeKind.MERGED: "Digabung",
}
"""What a drop-down offers."""
_SPOKEN = {"pindah tempat": ChangeKind.MOVED, "dibatalkan": ChangeKind.CANCELLED, "gabung": ChangeKind.MERGED}
_SOURCE = ("name", "url")


class Field(NamedTuple):
    """A column: what it holds, the key in the content, its header, its width in letters, and its reader."""

    meaning: Meaning
    key: str
    header: str
    width: int
    read: Callable[[Cell], Any]


def kind(cell: Cell) -> ChangeKind:
    """``Ulang (PSU)``, ``ulang``, ``PSU``, ``pemungutan suara ulang`` or ``repeat_vote``."""
    text = values.line(cell).lower()
    bare = text.removeprefix("pemungutan suara ")
    known = {**_SPOKEN}
    for found, label in KINDS.items():
        known |= dict.fromkeys((found.value, label.lower(), *re.findall(r"\w+", label.lower())), found)
    if bare not in known:
        raise Unclear(
            "import.change-kind",
            msg('"%(value)s" is not a kind of change', value=cell.text[:40]),
            msg("Possible here: %(keys)s.", keys=", ".join(KINDS.values())),
        )
    return known[bare]


def _parts(cell: Cell) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split("[;,]", values.text(cell)) if part.strip())


FIELDS = (
    Field(Meaning.CHANGE, "kind", "Jenis Perubahan", 18, kind),
    Field(Meaning.FROM_PLACE, "from_place", "Tempat Lama", 28, values.line),
    Field(Meaning.INTO, "into", "Digabung ke TPS", 16, values.tps_number),
    Field(Meaning.NEW_DATE, "date", "Tanggal Baru", 14, values.date),
    Field(Meaning.NEW_OPENS, "opens", "Jam Mulai", 11, values.hour),
    Field(Meaning.NEW_CLOSES, "closes", "Jam Selesai", 11, values.hour),
    Field(Meaning.RACES, "races", "Jenis Pemilihan", 24, _parts),
    Field(Meaning.DECREE, "decree", "Dasar Keputusan", 32, values.line),
    Field(Meaning.DECIDED, "decided", "Waktu Keputusan", 18, values.moment),
    Field(Meaning.REASON, "reason", "Alasan", 40, values.prose),
    Field(Meaning.CITED, "name", "Sumber Keputusan", 36, values.line),
    Field(Meaning.CITED_AT, "url", "Tautan Sumber", 36, values.line),
)
MEANINGS = frozenset(field.meaning for field in FIELDS)
_HEADERS = {field.key: field.header for field in FIELDS}


def texts(change: Change) -> tuple[str | None, ...]:
    """The cells of a decision, in the order of ``FIELDS``."""
    return tuple(_text(change, field.key) for field in FIELDS)


def _text(change: Change, key: str) -> str | None:
    value = getattr(change.source if key in _SOURCE else change, key, None)
    if isinstance(value, ChangeKind):
        return KINDS[value]
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return None if value is None else str(value)


def problems_of(said: dict[str, Fact], election: Election) -> Iterator[Problem]:
    """What is wrong in one row, each at its cell: cells that a kind needs or does not know, and ballots that the
    election has not."""
    found: ChangeKind = said["kind"].value
    foreign = {key for keys in OWN.values() for key in keys} - set(OWN[found])
    for key in [key for key in _HEADERS if key in said and key in foreign]:
        what = msg('"%(key)s" does not go with "%(kind)s"', key=_HEADERS[key], kind=KINDS[found])
        yield said[key].cell.problem("import.change-key", what, msg("Empty the cell, or correct the kind."))
    needed = [(key,) for key in NEEDED.get(found, ())]
    for keys in [*needed, *([] if ("decree",) in needed else [("decree", "name")])]:
        if not said.keys() & set(keys):
            yield _missing(said["kind"].cell, KINDS[found], keys)
    if "url" in said and "name" not in said:
        yield _missing(said["url"].cell, _HEADERS["url"], ("name",))
    for key in ("opens", "closes", "races"):
        if key in said and "date" not in said and key not in foreign:
            yield _missing(said[key].cell, _HEADERS[key], ("date",))
    for race in said["races"].value if "races" in said else ():
        if _race(race, election.races) is None:
            what = msg('"%(race)s" is not a race of this election', race=race[:60])
            fix = msg("Possible here: %(keys)s.", keys=", ".join(race.id for race in election.races))
            yield said["races"].cell.problem("import.change-race", what, fix)


def _missing(cell: Cell, what: str, keys: tuple[str, ...]) -> Problem:
    headers = " / ".join(_HEADERS[key] for key in keys)
    return cell.problem(
        "import.change-key-missing",
        msg('"%(kind)s" needs "%(key)s"', kind=what, key=headers),
        msg('Fill "%(header)s" in this row.', header=headers),
    )


def _race(text: str, races: tuple[Race, ...]) -> str | None:
    """The race that is meant by its id or its name."""
    wanted = text.casefold()
    return next((r.id for r in races if wanted in (r.id, r.name.casefold(), r.short_name.casefold())), None)


def change_of(said: dict[str, Fact], election: Election) -> Change:
    """The decision that a row without problems tells. Raises ValidationError where the model refuses a value."""
    plain = {key: fact.value for key, fact in said.items() if key not in _SOURCE}
    if "races" in plain:
        plain["races"] = tuple(_race(race, election.races) for race in plain["races"])
    if "name" in said:
        plain["source"] = Citation(**{key: said[key].value for key in _SOURCE if key in said})
    return Change(**plain)
