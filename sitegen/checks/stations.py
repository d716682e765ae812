"""Numbers and places of the TPS of a village."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.content.documents import Document
from sitegen.model.tps import FIRST_SPECIAL, NO_SOURCE, VillageTps
from sitegen.names import plain
from sitegen.problems import Problem, Severity, msg
from sitegen.ranges import listed


def check_stations(document: Document[VillageTps]) -> Iterator[Problem]:
    """A source that nobody named, numbers that are left out between others, and places that several TPS share where
    people vote."""
    yield from _source(document)
    yield from _numbers(document)
    yield from _places(document)


def _source(document: Document[VillageTps]) -> Iterator[Problem]:
    if document.data.tps and document.data.source.document == NO_SOURCE:
        yield document.problem(
            "tps.source",
            msg("Nothing says where the TPS of this village were announced"),
            msg("Write the decree or list into source: document:, or import with --source."),
            "source", "document", severity=Severity.WARNING, place=document.data.village,
        )  # fmt: skip


def _numbers(document: Document[VillageTps]) -> Iterator[Problem]:
    missing = missing_numbers([tps.number for tps in document.data.tps])
    if missing:
        yield document.problem(
            "numbers.missing",
            msg("TPS %(numbers)s is missing between the others", numbers=listed(missing)),
            msg("Add it, or correct the numbers. A merged or cancelled TPS stays in the file, with that change."),
            "tps", severity=Severity.WARNING, place=document.data.village,
        )  # fmt: skip


def missing_numbers(numbers: list[int]) -> list[int]:
    """Numbers below the highest that no TPS has; special TPS have a count of their own."""
    usual = {number for number in numbers if number < FIRST_SPECIAL}
    special = set(numbers) - usual
    expected = {*range(1, max(usual, default=0)), *range(FIRST_SPECIAL, max(special, default=0))}
    return sorted(expected - usual - special)


def _places(document: Document[VillageTps]) -> Iterator[Problem]:
    shared: dict[str, list[int]] = {}
    for index, tps in enumerate(document.data.tps):
        if tps.place and not tps.end:
            shared.setdefault(plain(tps.place), []).append(index)
    for indexes in shared.values():
        if len(indexes) > 1:
            numbers = tuple(sorted(document.data.tps[index].number for index in indexes))
            yield document.problem(
                "place.shared",
                msg("TPS %(numbers)s are at the same place: %(place)s",
                    numbers=listed(numbers), place=document.data.tps[indexes[0]].place),
                msg("Nothing to do if they really are. Otherwise correct the place."),
                "tps", indexes[1], "place",
                severity=Severity.NOTE, place=document.data.village, tps=numbers,
            )  # fmt: skip
