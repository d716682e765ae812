"""What the files say about villages and TPS, before it is compared with the content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sitegen.importer.cells import Cell
from sitegen.importer.values import Area
from sitegen.problems import Message, Problem, Severity, msg


class Fact(NamedTuple):
    """A value with the cell that says it."""

    value: Any
    cell: Cell


class Person(NamedTuple):
    """One of the KPPS."""

    name: str
    is_ketua: bool
    cell: Cell


@dataclass(slots=True)
class TpsFacts:
    """What is said about one TPS. ``values`` are fields of the content's ``Tps``; ``listed`` tells that a list of TPS
    names it, and not only a list of people."""

    village: str
    number: int
    cell: Cell
    listed: bool = False
    values: dict[str, Fact] = field(default_factory=dict)
    coverage: list[tuple[Area, Cell]] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    tables: set[int] = field(default_factory=set)
    people_from: int | None = None


@dataclass(slots=True)
class VillageFacts:
    """What is said about a village itself: fields of the content by name."""

    values: dict[str, Fact] = field(default_factory=dict)


class Counted(NamedTuple):
    """How many TPS a village is said to have."""

    village: str
    tps: int
    cell: Cell
    table: str


@dataclass
class Facts:
    """Everything that the files say."""

    tps: dict[tuple[str, int], TpsFacts] = field(default_factory=dict)
    villages: dict[str, VillageFacts] = field(default_factory=dict)
    counted: list[Counted] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def of_village(self, code: str) -> list[TpsFacts]:
        """All that is said about the TPS of a village, by number."""
        return [facts for (village, _), facts in sorted(self.tps.items()) if village == code]

    @property
    def codes(self) -> list[str]:
        """Villages that something is said about, in the order of their codes."""
        return sorted({village for village, _ in self.tps} | set(self.villages))

    def say(self, values: dict[str, Fact], name: str, fact: Fact) -> None:
        """Note one value; two that differ are a problem."""
        before = values.setdefault(name, fact)
        if before.value != fact.value:
            self.problems.append(
                fact.cell.problem(
                    "import.differs",
                    msg(
                        '"%(value)s" stands here, "%(other)s" in %(place)s',
                        value=shown(fact.value), other=shown(before.value), place=before.cell.place,
                    ),
                    msg("Both cells are about the same TPS or village: correct one of them."),
                )
            )  # fmt: skip

    def warn(self, cell: Cell, code: str, what: Message, fix: Message) -> None:
        """Note something that does not stop the import."""
        self.problems.append(cell.problem(code, what, fix, Severity.WARNING))

    def people(self) -> Iterator[TpsFacts]:
        """TPS whose KPPS are named."""
        return (facts for _, facts in sorted(self.tps.items()) if facts.people)


def shown(value: object) -> str:
    """A value inside a message."""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
