"""Facts against the content: what would be new, what would change, what would be gone, and the files that say so."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

from pydantic import ValidationError

from sitegen.checks.changes import is_from
from sitegen.content.shard import KECAMATAN, VILLAGE_TPS
from sitegen.content.yaml_edit import changed
from sitegen.content.yaml_write import document
from sitegen.importer import decisions
from sitegen.importer.cells import text_of
from sitegen.importer.facts import Fact, Facts, TpsFacts
from sitegen.importer.kept import kept
from sitegen.importer.present import Present
from sitegen.importer.values import Before, areas
from sitegen.model.tps import (
    NO_SOURCE,
    ChangeKind,
    Coordinates,
    Coverage,
    Kpps,
    Pps,
    Previously,
    Source,
    Tps,
    VillageTps,
    Voters,
)
from sitegen.model.tps import Change as Decision
from sitegen.names import plain
from sitegen.problems import Message, Problem, msg

T = TypeVar("T")
MOST_GONE = 0.02
"""Share of the TPS that may disappear without a word: of those in the kecamatan that the files speak of."""
_OF_FILE = frozenset({"document", "as_of", "responsible", "pps"})
_SCHEMA = "../../../../../docs/schemas/village_tps.json"
_TYPED = frozenset({"voters", "coordinates", "previously"})
"""Keys whose value is a type of the model."""
_CANNOT = msg("Correct the cell.")
LABELS = {
    "place": msg("place"), "address": msg("address"), "landmark": msg("landmark"), "by_water": msg("way by boat"),
    "wheelchair": msg("wheelchair"), "coordinates": msg("coordinates"), "coverage": msg("RT and RW"),
    "voters": msg("voters (L + P)"), "kpps": msg("KPPS"), "changes": msg("changes"),
    "previously": msg("TPS of earlier elections"),
}  # fmt: skip


class Difference(NamedTuple):
    """One value that changes."""

    label: Message
    before: str
    after: str


class Change(NamedTuple):
    """What happens to one TPS."""

    kind: Literal["new", "changed", "gone"]
    village: str
    number: int
    differences: tuple[Difference, ...] = ()


@dataclass
class Plan:
    """What an import would do. ``files`` are the new texts by path; ``tps`` and ``villages`` count what the files
    speak of; ``base`` counts the TPS that are there now in the kecamatan that they speak of."""

    files: dict[Path, str] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    tps: int = 0
    villages: int = 0
    base: int = 0
    unsourced: list[str] = field(default_factory=list)

    def count(self, kind: str) -> int:
        """How many TPS are new, changed or gone."""
        return sum(change.kind == kind for change in self.changes)

    @property
    def needs_yes(self) -> bool:
        """Whether so many TPS would be gone that somebody must say yes."""
        return self.count("gone") > MOST_GONE * self.base


class Planner:
    """Makes the plan; what cannot become content is a problem of its cell."""

    def __init__(self, present: Present, facts: Facts, source: str | None = None) -> None:
        self.present, self.facts, self.source = present, facts, source
        self.problems: list[Problem] = []
        self.regions = present.regions()

    def plan(self) -> Plan:
        """Compare everything."""
        plan = Plan()
        self._require_kpps()
        codes = self.facts.codes
        plan.tps = len(self.facts.tps)
        plan.villages = len({village for village, _ in self.facts.tps})
        touched = {code[:8] for code in codes}
        plan.base = sum(len(doc.data.tps) for code, doc in self.present.tps.items() if code[:8] in touched)
        for code in codes:
            self._village(plan, code)
        self._other_names(plan)
        self._counted()
        return plan

    def _village(self, plan: Plan, code: str) -> None:
        before = self.present.tps.get(code)
        old = before.data if before else None
        found = {facts.number: facts for facts in self.facts.of_village(code)}
        listed = any(facts.listed for facts in found.values())
        known = {tps.number: tps for tps in old.tps} if old else {}
        made: dict[int, Tps] = {}
        for number, facts in found.items():
            unknown = number not in known and (known or facts.decisions)
            if not facts.listed and (listed or unknown):
                self._unlisted(facts, listed=listed)
            elif (tps := self._tps(known.get(number), facts)) is not None:
                made[number] = tps
        gone = [number for number in known if listed and number not in found]
        plan.changes += [
            *(Change("gone", code, number) for number in gone),
            *(Change("new", code, number) for number in made if number not in known),
            *(
                Change("changed", code, n, _differences(known[n], tps))
                for n, tps in made.items()
                if n in known and tps != known[n]
            ),
        ]
        kept = [made.get(number, tps) for number, tps in known.items() if number not in gone]
        new = self._file(code, old, _in_order(kept, [tps for n, tps in made.items() if n not in known]))
        if new.source.document == NO_SOURCE and new.tps:
            plan.unsourced.append(code)
        if new != old and (old or new.tps or _OF_FILE & self._said(code).keys()):
            self._write(plan, code, new)

    def _file(self, code: str, old: VillageTps | None, tps: tuple[Tps, ...]) -> VillageTps:
        said = self._said(code)
        base = old or VillageTps(village=code, source=Source(document=NO_SOURCE), tps=())
        source = base.source
        if self.source and self.facts.of_village(code):
            source = replace(source, document=self.source)
        if "document" in said:
            source = replace(source, document=str(said["document"].value))
        if "responsible" in said:
            source = replace(source, responsible=str(said["responsible"].value))
        if "as_of" in said:
            source = self._made(lambda: replace(source, as_of=said["as_of"].value), said) or source
        pps = Pps(place=str(said["pps"].value)) if "pps" in said else base.pps
        return kept(old, replace(base, source=source, pps=pps, tps=tps))

    def _said(self, code: str) -> dict[str, Fact]:
        """What is said about a village itself."""
        return self.facts.villages[code].values if code in self.facts.villages else {}

    def _tps(self, old: Tps | None, facts: TpsFacts) -> Tps | None:
        """The TPS with what the files say, and with all else as it was."""
        values: dict[str, Any] = {name: fact.value for name, fact in facts.values.items() if name not in _TYPED}
        if "voters" in facts.values:
            men, women = facts.values["voters"].value
            self._require_rule(facts, men + women)
            values["voters"] = Voters(men=men, women=women)
        if "coordinates" in facts.values:
            lat, lon = facts.values["coordinates"].value
            values["coordinates"] = Coordinates(lat=lat, lon=lon)
        if "previously" in facts.values:
            cells = {"": facts.values["previously"]}
            values["previously"] = self._made(
                lambda: tuple(Previously(election=b.election, tps=b.tps) for b in facts.values["previously"].value),
                cells,
            )
        if facts.people:
            ketua = next((person.name for person in facts.people if person.is_ketua), facts.people[0].name)
            anggota = tuple(person.name for person in facts.people if not person.is_ketua)
            values["kpps"] = self._made(
                lambda: Kpps(ketua=ketua, anggota=anggota), {"": Fact("", facts.people[0].cell)}
            )
        if facts.coverage:
            cells = {"": Fact("", facts.coverage[0][1])}
            values["coverage"] = self._made(
                lambda: tuple(Coverage(dusun=a.dusun, rw=a.rw, rt=a.rt) for a, _ in facts.coverage), cells
            )
        if facts.decisions:
            values["changes"] = self._decisions(facts)
        values = {name: value for name, value in values.items() if value is not None}  # what was refused is told
        new = self._made(lambda: kept(old, replace(old or Tps(number=facts.number), **values)), facts.values)
        if new and "place" in facts.values:
            self._require_moved(old, new, facts)
        return new

    def _decisions(self, facts: TpsFacts) -> tuple[Decision, ...]:
        """All decisions about a TPS, as the rows tell them."""
        found: list[Decision] = []
        for said in facts.decisions:
            problems = list(decisions.problems_of(said, self.present.election))
            self.problems += problems
            made = None if problems else self._made(partial(decisions.change_of, said, self.present.election), said)
            found += [made] if made else []
        return tuple(found)

    def _made(self, make: Callable[[], T], cells: dict[str, Fact]) -> T | None:
        """What ``make`` makes; None when the model refuses a value, which is told at its cell."""
        try:
            return make()
        except ValidationError as error:
            for detail in error.errors():
                name = str(detail["loc"][0])
                fact = cells.get(name) or next(iter(cells.values()))
                what = msg("The value cannot be used (%(detail)s)", detail=detail["msg"])
                self.problems.append(fact.cell.problem("import.value", what, _CANNOT))
            return None

    def _require_moved(self, old: Tps | None, new: Tps, facts: TpsFacts) -> None:
        """A list from before a move does not undo it: the page would say that the TPS moved to its old place."""
        left = [change for change in new.changes if change.kind is ChangeKind.MOVED and is_from(change, new.place)]
        if not left:
            return
        returns = old and old.changes == new.changes and plain(old.place or "") != plain(new.place or "")
        if returns or left[-1] is new.moved:
            what = msg(
                "TPS %(number)s %(village)s moved from this place (%(decree)s); the file names the old place again",
                number=facts.number, village=self.regions.label(facts.village), decree=left[-1].decree or "–",
            )  # fmt: skip
            fix = msg("Write the new place into the file, or record another move with build.py change.")
            self.problems.append(facts.values["place"].cell.problem("import.moved-back", what, fix))

    def _require_rule(self, facts: TpsFacts, voters: int) -> None:
        limit = self.present.election.rules.max_voters_per_tps
        if voters > limit:
            self.problems.append(
                facts.values["voters"].cell.problem(
                    "import.voters",
                    msg(
                        "TPS %(number)s has %(voters)s voters; the rule allows %(limit)s",
                        number=facts.number, voters=voters, limit=limit,
                    ),
                    msg("Check the figures. The rule stands in election.yaml (rules.max_voters_per_tps)."),
                )
            )  # fmt: skip

    def _require_kpps(self) -> None:
        rule = self.present.election.rules.kpps_per_tps
        for facts in self.facts.people():
            ketua = sum(person.is_ketua for person in facts.people)
            anggota = len(facts.people) - ketua
            if (ketua, anggota) != (rule.ketua, rule.anggota):
                self.problems.append(
                    facts.people[0].cell.problem(
                        "import.kpps",
                        msg(
                            "TPS %(number)s %(village)s has %(ketua)s ketua and %(found)s anggota here; "
                            "the rule is %(one)s ketua and %(anggota)s anggota",
                            number=facts.number, village=self.regions.label(facts.village), ketua=ketua, found=anggota,
                            one=rule.ketua, anggota=rule.anggota,
                        ),
                        msg("Complete the names and roles of this TPS."),
                    )
                )  # fmt: skip

    def _unlisted(self, facts: TpsFacts, *, listed: bool) -> None:
        """People or decisions of a TPS that does not exist: a slip in a number must not make one."""
        village = self.regions.label(facts.village)
        if listed:
            what = msg("The list of TPS has no TPS %(number)s in %(village)s", number=facts.number, village=village)
            fix = msg("Correct the number here or in the list. If this TPS is no more, delete its rows here too.")
        else:
            what = msg("%(village)s has no TPS %(number)s", number=facts.number, village=village)
            fix = msg("Correct the number, or import the list of TPS first.")
        self.problems.append(facts.cell.problem("import.unknown-tps", what, fix))

    def _write(self, plan: Plan, code: str, new: VillageTps) -> None:
        path, before = self.present.path(code), self.present.tps.get(code)
        if before is None:
            plan.files[path] = document(new, _SCHEMA, self.present.title(code))
            return
        text = changed(before.text, VILLAGE_TPS, before.data, new)
        if text is None:
            self._layout(before.path)
        else:
            plan.files[path] = text

    def _layout(self, path: str) -> None:
        self.problems.append(
            Problem(
                path,
                0,
                "import.layout",
                msg("This file is written in a way that the import cannot change without losing something"),
                msg("Write every key on a line of its own, as in the other files."),
            )
        )

    def _other_names(self, plan: Plan) -> None:
        for kecamatan in sorted({code[:8] for code in self.facts.villages}):
            before = self.present.kecamatan[kecamatan]
            villages = tuple(
                replace(village, other_names=self._names(village.code, "other_names") or village.other_names)
                for village in before.data.villages
            )
            own = next((n for v in villages if (n := self._names(v.code, "kecamatan_names"))), before.data.other_names)
            new = kept(before.data, replace(before.data, villages=villages, other_names=own))
            if new == before.data:
                continue
            text = changed(before.text, KECAMATAN, before.data, new)
            if text is None:
                self._layout(before.path)
            else:
                plan.files[Path(before.path)] = text

    def _names(self, code: str, name: str) -> tuple[str, ...]:
        fact = self._said(code).get(name)
        return tuple(map(str, fact.value)) if fact and isinstance(fact.value, tuple) else ()

    def _counted(self) -> None:
        """Compare how many TPS a village is said to have with how many it would have."""
        for counted in self.facts.counted:
            found = self.facts.of_village(counted.village)
            before = self.present.tps.get(counted.village)
            would = len(found) if any(facts.listed for facts in found) else len(before.data.tps) if before else 0
            if would != counted.tps:
                self.problems.append(
                    counted.cell.problem(
                        "import.counted",
                        msg(
                            "%(village)s has %(counted)s TPS here, but %(found)s in the content after this import",
                            village=self.regions.label(counted.village), counted=counted.tps, found=would,
                        ),
                        msg("Correct the number, or import the list of the TPS of this village."),
                    )
                )  # fmt: skip


def _in_order(kept: list[Tps], new: list[Tps]) -> tuple[Tps, ...]:
    """The TPS that stay, as they were ordered, with each new one before the first of a larger number."""
    found = list(kept)
    for tps in sorted(new, key=lambda t: t.number):
        at = next((index for index, other in enumerate(found) if other.number > tps.number), len(found))
        found.insert(at, tps)
    return tuple(found)


def _differences(old: Tps, new: Tps) -> tuple[Difference, ...]:
    return tuple(
        Difference(LABELS[name], *(_shown(name, getattr(tps, name)) for tps in (old, new)))
        for name in (f.name for f in dataclasses.fields(old))
        if getattr(old, name) != getattr(new, name)
    )


def _shown(name: str, value: Any) -> str:
    """A value as people compare it; names of people are only counted."""
    if not value:
        return "–"
    if name == "voters":
        return f"{value.men} + {value.women}"
    if name == "kpps":
        return f"{value.ketua}, …"
    if name == "coordinates":
        return f"{value.lat}, {value.lon}"
    if name == "coverage":
        return "; ".join(coverage_text(area) for area in value)
    if name == "previously":
        return "; ".join(map(previously_text, value))
    if name == "changes":
        return "; ".join(", ".join(text_of(text) for text in decisions.texts(change) if text) for change in value)
    return str(value)


def previously_text(one: Previously) -> str:
    """``pilkada-2024: 5, 6``, as ``values.before`` reads it."""
    return str(Before(one.election, one.tps))


def coverage_text(area: Coverage) -> str:
    """``Dusun II, RW 1 RT 1-4``, as ``values.areas`` reads it; a name that would be read otherwise stands in quotes."""
    parts = [
        f"{word} {', '.join(_range(*r) for r in found)}" for word, found in (("RW", area.rw), ("RT", area.rt)) if found
    ]
    text = ", ".join(part for part in (area.dusun, " ".join(parts)) if part)
    if area.dusun and ('"' in area.dusun or areas(text) != ((area.dusun, area.rw, area.rt),)):
        quoted = area.dusun.replace('"', '""')
        return f'"{quoted}" {" ".join(parts)}'.strip()
    return text


def _range(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}-{high}"
