"""Findings that the office accepts with a reason, so that a clean report stays clean."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from sitegen.content.documents import Document
from sitegen.model.acknowledged import AcknowledgedFile, Acknowledgement
from sitegen.problems import Problem, Severity, msg

T = TypeVar("T")

STOPPING = frozenset({"tps.voters", "tps.kpps", "coordinates.slip", "change.unexplained"})
"""Errors that can be right after all: a rule of the election was set aside, a position is unusual, a change needs no
decree."""
POSSIBLE = STOPPING | {
    "change.untold",
    "coordinates.far", "coordinates.kecamatan-far", "coordinates.same-point",
    "coverage.missing", "coverage.twice",
    "kpps.name-twice", "kpps.names-in-villages", "kpps.same-names", "kpps.same-team",
    "missing.coordinates", "missing.coverage", "missing.kpps", "missing.place", "missing.tps", "missing.voters",
    "numbers.missing", "place.shared", "totals.difference",
}  # fmt: skip
"""Everything that can be acknowledged. Wrong facts, files that cannot be read and personal data never can."""


def covers(entry: Acknowledgement, code: str, place: str, tps: Sequence[int]) -> bool:
    """Whether ``entry`` speaks of this finding."""
    within = _is_within(place, entry.place)
    return entry.code == code and within and (not entry.tps or (bool(tps) and set(tps) <= set(entry.tps)))


def about(entries: Iterable[Acknowledgement], code: str) -> tuple[Acknowledgement, ...]:
    """Those of ``entries`` that may speak of the kecamatan with this code, or of something in it."""
    return tuple(entry for entry in entries if _is_within(entry.place, code) or _is_within(code, entry.place))


def _is_within(place: str, other: str) -> bool:
    return f"{place}.".startswith(f"{other}.")


def acknowledge(problem: Problem, entries: Iterable[Acknowledgement]) -> Problem:
    """``problem`` with the reason of the first of ``entries`` that covers it."""
    if problem.reason or (problem.severity is Severity.ERROR and problem.code not in STOPPING):
        return problem
    for entry in entries:
        if covers(entry, problem.code, problem.place, problem.tps):
            return problem._replace(reason=entry.reason)
    return problem


@dataclass
class Acknowledgements:
    """The entries of a site, and which of them were needed so far."""

    entries: tuple[Acknowledgement, ...] = ()
    used: set[int] = field(default_factory=set)

    def apply(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """``problems``, each with the reason that accepts it, if there is one."""
        for problem in problems:
            found = acknowledge(problem, self.entries)
            if found.reason:
                self._note(found.code, found.place, found.tps)
            yield found

    def sorted(self, code: str, findings: Iterable[tuple[str, int, T]]) -> dict[str, list[T]]:
        """``findings`` of ``code`` (place, TPS or 0, what it is) by the reason that accepts them; those that nothing
        accepts stand under an empty reason."""
        entries = [entry for entry in self.entries if entry.code == code]
        if not entries:  # the usual case, of very many findings
            every = [finding for _, _, finding in findings]
            return {"": every} if every else {}
        found: dict[str, list[T]] = {}
        for place, number, finding in findings:
            tps = (number,) if number else ()
            entry = next((entry for entry in entries if covers(entry, code, place, tps)), None)
            if entry:
                self._note(code, place, tps)
            found.setdefault(entry.reason if entry else "", []).append(finding)
        return found

    def _note(self, code: str, place: str, tps: Sequence[int]) -> None:
        self.used |= {index for index, entry in enumerate(self.entries) if covers(entry, code, place, tps)}


def check_codes(document: Document[AcknowledgedFile]) -> Iterator[Problem]:
    """Entries about something that cannot be acknowledged."""
    for index, entry in enumerate(document.data.acknowledged):
        if entry.code not in POSSIBLE:
            near = difflib.get_close_matches(entry.code, POSSIBLE, n=1, cutoff=0.7)
            codes = ", ".join(sorted(POSSIBLE))
            yield document.problem(
                "acknowledged.code",
                msg('"%(code)s" cannot be acknowledged', code=entry.code),
                msg('Did you mean "%(guess)s"?', guess=near[0])
                if near
                else msg("Mend what it is about. What can be acknowledged: %(codes)s.", codes=codes),
                "acknowledged", index, "code",
            )  # fmt: skip


def check_used(
    document: Document[AcknowledgedFile], accepted: Acknowledgements, broken: Iterable[str], unknown: Iterable[str] = ()
) -> Iterator[Problem]:
    """Entries that nothing needs any more. ``broken`` are codes of kecamatan that have errors, of which nothing is
    concluded; ``unknown`` are codes of findings that were not looked for."""
    possible = POSSIBLE.difference(unknown)
    for index, entry in enumerate(document.data.acknowledged):
        uncertain = any(about([entry], code) for code in broken)
        if index not in accepted.used and entry.code in possible and not uncertain:
            yield document.problem(
                "acknowledged.unused",
                msg("Nothing is found any more that this entry accepts (%(code)s in %(place)s)",
                    code=entry.code, place=entry.place),
                msg("Remove the entry, or correct its code, place or TPS."),
                "acknowledged", index,
                severity=Severity.WARNING,
                place=entry.place,
            )  # fmt: skip
