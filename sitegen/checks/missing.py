"""What is not known yet of TPS and villages, and how much of the whole is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from sitegen.checks.acknowledged import Acknowledgements
from sitegen.model.summary import KecamatanSummary, VillageSummary
from sitegen.model.tps import FIRST_SPECIAL, Tps
from sitegen.problems import Message, Problem, Severity, msg, verbatim
from sitegen.ranges import listed

FACTS: Mapping[str, Message] = {
    "place": msg("place"),
    "coordinates": msg("coordinates"),
    "coverage": msg("RT/RW"),
    "voters": msg("voters"),
    "kpps": msg("KPPS"),
}
"""What should be known of every TPS."""
MOST_NAMED = 6
"""Villages that a message names; of the others it tells how many they are."""


def lacking(stations: Iterable[Tps]) -> dict[str, tuple[int, ...]]:
    """Numbers of those of ``stations`` of which a fact is not known, by fact. A special TPS has no RT and RW; where
    nobody votes nothing is due."""
    found: dict[str, list[int]] = {}
    for tps in (tps for tps in stations if not tps.end):
        for fact in FACTS:
            if not getattr(tps, fact) and not (fact == "coverage" and tps.number >= FIRST_SPECIAL):
                found.setdefault(fact, []).append(tps.number)
    return {fact: tuple(numbers) for fact, numbers in found.items()}


@dataclass(frozen=True, slots=True)
class Known:
    """Of how many TPS a fact should be known, and of how many it is."""

    due: int
    known: int

    @property
    def percent(self) -> int | None:
        """Rounded down, so that 100 means all; None where nothing is due."""
        return self.known * 100 // self.due if self.due else None


def completeness(kecamatan: Iterable[KecamatanSummary]) -> dict[str, Known]:
    """How much is known, by fact."""
    numbers = special = 0
    villages = [village for one in kecamatan for village in one.villages]
    for village in villages:
        ended = {tps.number for tps in village.noted if not tps.is_open}
        still = [number for number in village.numbers if number not in ended]
        numbers += len(still)
        special += sum(number >= FIRST_SPECIAL for number in still)
    due = {fact: numbers - (special if fact == "coverage" else 0) for fact in FACTS}
    lacked = _lacked(villages)
    return {fact: Known(due[fact], due[fact] - lacked[fact]) for fact in FACTS}


def check_missing(
    kecamatan: Sequence[KecamatanSummary], region: str, folder: Path, accepted: Acknowledgements, broken: frozenset[str]
) -> Iterator[Problem]:
    """What is not known yet: one message for a fact and kecamatan, or for the whole ``region`` (its code) where it is
    known of no TPS at all. ``folder`` holds the folders of TPS; of the shards in ``broken`` nothing is concluded."""
    certain = [one for one in kecamatan if one.slug not in broken]
    for one in certain:
        yield from _villages(one, str(folder / one.slug), accepted)
    lacked = _lacked(village for one in certain for village in one.villages)
    for fact in filter(lacked.__getitem__, FACTS):
        found = [(one, accepted.sorted(f"missing.{fact}", _lacking(one, fact))) for one in certain]
        reason = _reason_of_all(found)
        if reason is None or len(found) != len(kecamatan):
            for one, lacks in found:
                yield from _fact(one, fact, lacks, str(folder / one.slug))
        else:
            what = msg(_NEVER[fact].id, count=sum(_due(one) for one, _ in found))
            yield Problem(str(folder), 0, f"missing.{fact}", what, _FIX[fact], Severity.WARNING, region, (), reason)


Stations = list[tuple[VillageSummary, int]]
Lacks = Mapping[str, Stations]
"""TPS that lack a fact, by the reason that accepts it."""


def _lacked(villages: Iterable[VillageSummary]) -> Counter[str]:
    """How many TPS lack a fact, by fact."""
    found: Counter[str] = Counter()
    for fact, numbers in chain.from_iterable(village.lacks.items() for village in villages):
        found[fact] += len(numbers)
    return found


def _lacking(one: KecamatanSummary, fact: str) -> Iterator[tuple[str, int, tuple[VillageSummary, int]]]:
    """TPS that lack ``fact``, as acknowledgements are asked for them."""
    for village in one.villages:
        for number in village.lacks.get(fact, ()):
            yield village.code, number, (village, number)


def _reason_of_all(found: Sequence[tuple[KecamatanSummary, Lacks]]) -> str | None:
    """The reason that accepts (or that nothing does) that all TPS of several kecamatan lack a fact, else None."""
    reasons = {reason for _, lacks in found for reason in lacks}
    whole = all(sum(map(len, lacks.values())) == _due(one) for one, lacks in found)
    return reasons.pop() if whole and len(reasons) == 1 and len(found) > 1 else None


def _due(one: KecamatanSummary) -> int:
    """Of how many TPS everything should be known."""
    return one.totals.tps


def _villages(one: KecamatanSummary, path: str, accepted: Acknowledgements) -> Iterator[Problem]:
    empty: Iterator[tuple[str, int, tuple[VillageSummary, int]]]
    empty = ((village.code, 0, (village, 0)) for village in one.villages if not village.numbers)
    for reason, found in accepted.sorted("missing.tps", empty).items():
        what = msg(
            "%(count)s of %(all)s villages in Kec. %(kecamatan)s have no TPS: %(names)s",
            count=len(found), all=len(one.villages), kecamatan=one.name, names=_named(found, with_numbers=False),
        )  # fmt: skip
        fix = msg("Write their files into %(folder)s, or acknowledge it with the reason.", folder=path)
        yield Problem(path, 0, "missing.tps", what, fix, Severity.WARNING, one.code, (), reason)


def _fact(one: KecamatanSummary, fact: str, lacks: Lacks, path: str) -> Iterator[Problem]:
    for reason, found in lacks.items():
        values = {"count": len(found), "all": _due(one), "kecamatan": one.name}
        if len(found) == values["all"]:
            what = msg(_NONE[fact].id, **values)
        else:
            what = msg(_SOME[fact].id, **values, names=_named(found))
        yield Problem(path, 0, f"missing.{fact}", what, _FIX[fact], Severity.WARNING, one.code, (), reason)


def _named(found: Sequence[tuple[VillageSummary, int]], *, with_numbers: bool = True) -> Message:
    """The villages with the numbers of their TPS: ``Celikah 1–3; Jua-jua 2``."""
    numbers: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    for village, number in found:
        numbers.setdefault(village.code, []).append(number)
        names[village.code] = village.name
    parts = [f"{names[code]} {listed(numbers[code])}" if with_numbers else names[code] for code in numbers]
    text = ("; " if with_numbers else ", ").join(parts[:MOST_NAMED])
    if len(parts) <= MOST_NAMED:
        return verbatim(text)
    return msg("%(names)s and %(count)s more villages", names=text, count=len(parts) - MOST_NAMED)


_NEVER = {
    "place": msg("No TPS at all has a place (%(count)s)"),
    "coordinates": msg("No TPS at all has coordinates (%(count)s)"),
    "coverage": msg("No TPS at all has RT/RW (%(count)s)"),
    "voters": msg("No TPS at all has its number of voters (%(count)s)"),
    "kpps": msg("No TPS at all has its KPPS (%(count)s)"),
}
_NONE = {
    "place": msg("No TPS in Kec. %(kecamatan)s has a place (%(count)s)"),
    "coordinates": msg("No TPS in Kec. %(kecamatan)s has coordinates (%(count)s)"),
    "coverage": msg("No TPS in Kec. %(kecamatan)s has RT/RW (%(count)s)"),
    "voters": msg("No TPS in Kec. %(kecamatan)s has its number of voters (%(count)s)"),
    "kpps": msg("No TPS in Kec. %(kecamatan)s has its KPPS (%(count)s)"),
}
_SOME = {
    "place": msg("%(count)s of %(all)s TPS in Kec. %(kecamatan)s have no place: %(names)s"),
    "coordinates": msg("%(count)s of %(all)s TPS in Kec. %(kecamatan)s have no coordinates: %(names)s"),
    "coverage": msg("%(count)s of %(all)s TPS in Kec. %(kecamatan)s have no RT/RW: %(names)s"),
    "voters": msg("%(count)s of %(all)s TPS in Kec. %(kecamatan)s have no number of voters: %(names)s"),
    "kpps": msg("%(count)s of %(all)s TPS in Kec. %(kecamatan)s have no KPPS: %(names)s"),
}
_FIX = {
    "place": msg("Ask the PPS where the TPS will be; until then their pages say that it is not decided."),
    "coordinates": msg("Take the position on the spot with a telephone, or leave it out and acknowledge it."),
    "coverage": msg("Write which RT and RW come to the TPS; without it voters get no suggestion."),
    "voters": msg("Write men and women of the DPT; without them the totals cannot be compared."),
    "kpps": msg("Write the KPPS as they were appointed, or acknowledge that they are not yet."),
}
