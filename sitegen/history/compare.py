"""What differs between the TPS of one kecamatan in two publications."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sitegen.history.log import Cell, Entry
from sitegen.history.rows import Row
from sitegen.model.tps import ENDS, VOTES, ChangeKind

FACETS: Mapping[str, tuple[str, ...]] = {
    "place": ("place", "address"),
    "directions": ("landmark", "by_water", "wheelchair"),
    "position": ("lat", "lon"),
    "coverage": ("coverage",),
    "voters": ("voters_men", "voters_women"),
    "vote": ("status", "vote_date", "vote_opens", "vote_closes", "vote_races", "merged_into"),
    "basis": ("decree", "decided", "moved_from", "moved_decree", "moved_decided"),
}
"""What can differ at a TPS, with its columns in ``data/tps.json``."""
WITHOUT_DECREE = frozenset({"directions"})
"""Descriptions: anybody who knows the place may better them."""
_HOURS = ("opens", "closes")
_OWN_DAY = frozenset(kind.value for kind in (*VOTES, *ENDS))
_COVERED = {
    **{kind.value: ("vote", "basis") for kind in VOTES},
    ChangeKind.CANCELLED.value: ("vote", "basis"),
    ChangeKind.MERGED.value: ("vote", "basis", "coverage", "voters", "kpps"),
    ChangeKind.MOVED.value: ("place", "directions", "position", "basis"),
}
"""What a decision says itself, so that it is not told twice."""
Station = tuple[str, int]
"""Code of a village and number of a TPS."""
Stations = Mapping[Station, Row]
Person = tuple[str, str | None]
"""Role, and name while names are published."""
Teams = Mapping[Station, Sequence[Person]]
Values = tuple[str, dict[str, Cell], dict[str, Cell]]
"""What differs, with the values before and after."""


class Difference(NamedTuple):
    """A change, and whether it needs a decree or a reason that it has not."""

    entry: Entry
    is_unexplained: bool = False


class Kecamatan(NamedTuple):
    """The TPS of a kecamatan in one publication, and their KPPS."""

    stations: Stations
    teams: Teams

    @classmethod
    def of(cls, stations: Iterable[Row], people: Iterable[Row]) -> Kecamatan:
        """From rows of ``tps.json`` and ``kpps.json``."""
        teams: dict[Station, list[Person]] = {}
        for row in people:
            teams.setdefault(_station(row), []).append((row["role"], row.get("name")))
        return cls({_station(row): row for row in stations}, teams)

    @property
    def villages(self) -> frozenset[str]:
        """Villages with TPS."""
        return frozenset(village for village, _ in self.stations)

    def sources(self) -> dict[str, str | None]:
        """The document that the TPS of each village were taken from."""
        return {village: row.get("source") for (village, _), row in self.stations.items()}


def _station(row: Row) -> Station:
    return row["village_code"], row["tps"]


def compare(
    election: str, as_of: str, old: Kecamatan, new: Kecamatan, decisions: Mapping[Station, Sequence[Entry]]
) -> Iterator[Difference]:
    """Everything that differs, TPS by TPS, behind the ``decisions`` that are told for the first time. Facts that were
    not known before are counted in one entry. ``as_of`` is the date of the data, for what is gone."""
    filled: Counter[str] = Counter()
    basis = _Basis(election, as_of, old.sources(), new.sources(), _merged(decisions))
    for station in sorted({*old.stations, *new.stations, *decisions}):
        told = decisions.get(station, ())
        yield from map(Difference, told)
        before, after = old.stations.get(station), new.stations.get(station)
        if before is None and station[0] not in old.villages:
            filled["tps"] += 1
            continue
        covered = {what for entry in told for what in _COVERED[entry.what]}
        for what, was, now in _differing(before, after, old.teams.get(station, ()), new.teams.get(station, ())):
            if what in covered:
                continue
            if before and after and was and all(value is None for value in was.values()):
                filled[what] += 1
            else:
                yield basis.difference(after or before or {}, what, was, now)
    if filled:
        row = next(iter(new.stations.values()))
        about = {key: row[key] for key in ("kecamatan_code", "kecamatan")}
        moment = max(row["data_as_of"] for row in new.stations.values())
        yield Difference(Entry(election, moment, "filled", {}, dict(sorted(filled.items())), **about))


def _merged(decisions: Mapping[Station, Sequence[Entry]]) -> dict[Station, Entry]:
    """Decisions to merge a TPS, by the TPS where its voters go."""
    return {
        (village, int(entry.new["merged_into"] or 0)): entry
        for (village, _), told in decisions.items()
        for entry in told
        if entry.what == ChangeKind.MERGED
    }


def _differing(
    before: Row | None, after: Row | None, team: Sequence[Person], now: Sequence[Person]
) -> Iterator[Values]:
    """What differs at one TPS, with the values before and after."""
    if after is None:
        yield "removed", _about(before or {}), {}
    elif before is None:
        yield "added", {}, _about(after)
    else:
        for what, columns in FACETS.items():
            if what == "vote" and _vote(before) == _vote(after):
                continue
            keys = differing(before, after, columns)
            if keys:
                yield what, {key: before.get(key) for key in keys}, {key: after.get(key) for key in keys}
        yield from _people(team, now)


def differing(before: Mapping[str, Cell], after: Mapping[str, Cell], columns: Iterable[str]) -> list[str]:
    """The columns whose values are others now. Hours are told together: with its begin alone, a vote would seem to have
    no end."""
    found = {column for column in columns if before.get(column) != after.get(column)}
    changes_hours = any(column.endswith(_HOURS) for column in found)
    return [column for column in columns if column in found or (changes_hours and column.endswith(_HOURS))]


def _vote(row: Row) -> tuple[Any, ...]:
    """When people vote at a TPS, if that differs from the election: its day is told once, not at every TPS."""
    return tuple(map(row.get, FACETS["vote"])) if row.get("status") in _OWN_DAY else ()


def _about(row: Row) -> dict[str, Cell]:
    return {key: row.get(key) for key in ("place", "coverage", "voters_men", "voters_women")}


def _people(before: Sequence[Person], after: Sequence[Person]) -> Iterator[Values]:
    """How many KPPS are others now; never who. While names are not published only their number can be compared."""
    is_named = all(name is not None for _, name in (*before, *after))
    if not is_named:
        before, after = [(role, None) for role, _ in before], [(role, None) for role, _ in after]
    others = sum((Counter(after) - Counter(before)).values()) if before else 0
    differs = len(before) != len(after)
    if others or differs:
        now: dict[str, Cell] = {"kpps": len(after) or None} if differs else {}
        yield "kpps", {"kpps": len(before) or None} if differs else {}, now | ({"replaced": others} if others else {})


class _Basis(NamedTuple):
    """What differences in a kecamatan can rest on: the document of each village before and now, and decisions that send
    voters to another TPS, by that TPS."""

    election: str
    as_of: str
    before: Mapping[str, str | None]
    now: Mapping[str, str | None]
    merged: Mapping[Station, Entry]

    def difference(self, row: Row, what: str, old: dict[str, Cell], new: dict[str, Cell]) -> Difference:
        """A difference with what it rests on: a decision, or a new document for the TPS of the village."""
        village, is_there = row["village_code"], what != "removed"
        decision = self.merged.get(_station(row)) if what in ("coverage", "voters", "kpps") else None
        decree, source = (decision.decree, decision.source) if decision else (None, None)
        if what == "basis":
            decree = next((str(new[key]) for key in ("decree", "moved_decree") if new.get(key)), None)
        elif decision is None and self.now.get(village) != self.before.get(village):
            decree = self.now.get(village)
        entry = Entry(
            election=self.election,
            as_of=row["data_as_of"] if is_there else self.as_of,
            what=what, old=old, new=new, decree=decree, source=source,
            decided=decision.decided if decision else None,
            page=row["page"] if is_there else None,
            **{key: row[key] for key in ("kecamatan_code", "kecamatan", "village_code", "village", "tps")},
        )  # fmt: skip
        return Difference(entry, not (decree or source) and what not in WITHOUT_DECREE)
