"""RT and RW of a village: each belongs to one TPS, and none is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sitegen.content.documents import Document
from sitegen.model.tps import FIRST_SPECIAL, Coverage, Tps, VillageTps
from sitegen.names import plain
from sitegen.problems import Problem, Severity, msg
from sitegen.ranges import Range, listed

MOST_RW = 100
"""An area of more RW than any village has is a slip, and is left to the eye."""


class Group(NamedTuple):
    """Where RT are counted together: an RW, a dusun, or an RW of a dusun; empty and None where none is told."""

    dusun: str
    rw: int | None


Claims = dict[Group, dict[int | None, set[int]]]
"""Numbers of the TPS that take an RT, by group and RT; None stands for the whole group."""


def check_coverage(document: Document[VillageTps]) -> Iterator[Problem]:
    """RT/RW that several TPS of a village take, and those that none takes."""
    claims = claims_of(document.data.tps)
    for tps, parts in _twice(claims).items():
        yield document.problem(
            "coverage.twice",
            msg("%(areas)s stands at TPS %(tps)s", areas=_areas(parts), tps=", ".join(map(str, tps))),
            msg("Give each RT to one TPS, or acknowledge that it is divided."),
            "tps", _index(document.data.tps, tps[-1]), "coverage",
            severity=Severity.WARNING, place=document.data.village, tps=tps,
        )  # fmt: skip
    missing = missing_of(claims) if _is_whole(document.data.tps) else {}
    if missing:
        yield document.problem(
            "coverage.missing",
            msg("No TPS takes %(areas)s", areas=_areas(missing)),
            msg("Add it to the TPS where its voters come, or acknowledge that it does not exist."),
            "tps", severity=Severity.WARNING, place=document.data.village,
        )  # fmt: skip


def claims_of(stations: tuple[Tps, ...]) -> Claims:
    """Which TPS take which RT. Those of a merged TPS go where its voters go; a cancelled one takes none."""
    claims: Claims = {}
    numbers = {tps.number for tps in stations}
    for tps in stations:
        taker = tps.end.into if tps.end else tps.number
        if taker is None or taker not in numbers:
            continue
        for area in tps.coverage:
            for group in _groups(area):
                for rt in _numbers(area.rt) if area.rt else (None,):
                    claims.setdefault(group, {}).setdefault(rt, set()).add(taker)
    return claims


def _groups(area: Coverage) -> list[Group]:
    dusun = plain(area.dusun) if area.dusun else ""
    if area.rw is None:
        return [Group(dusun, None)]
    rws = _numbers(area.rw)
    return [Group(dusun, rw) for rw in rws] if len(rws) <= MOST_RW else []


def _numbers(ranges: tuple[Range, ...]) -> list[int]:
    return sorted({number for low, high in ranges for number in range(low, high + 1)})


def _twice(claims: Claims) -> Mapping[tuple[int, ...], dict[Group, list[int]]]:
    """RT by the TPS that share them; no RT stands for the whole group."""
    found: dict[tuple[int, ...], dict[Group, list[int]]] = {}
    for group, rts in claims.items():
        whole = rts.get(None, set()) | _whole_dusun(claims, group)
        for rt, tps in rts.items():
            takers = tuple(sorted(tps | whole))
            if len(takers) > 1:
                found.setdefault(takers, {}).setdefault(group, []).extend([] if rt is None else [rt])
    return found


def _whole_dusun(claims: Claims, group: Group) -> set[int]:
    """TPS that take the whole dusun of a group that is an RW of it."""
    return claims.get(Group(group.dusun, None), {}).get(None, set()) if group.dusun and group.rw is not None else set()


def _is_whole(stations: tuple[Tps, ...]) -> bool:
    """Whether all TPS where people vote tell their RT/RW: of a part nothing can be concluded."""
    usual = [tps for tps in stations if tps.number < FIRST_SPECIAL and not tps.end]
    return bool(usual) and all(tps.coverage for tps in usual)


def missing_of(claims: Claims) -> dict[Group, list[int]]:
    """RT below the highest known that nobody takes, and whole RW (without RT). Some villages count RT through all
    their RW, others anew in each; numbers that stand in no two RW mean the former."""
    rws = {group.rw for group in claims if group.rw is not None and not group.dusun}
    found: dict[Group, list[int]] = {
        Group("", rw): [] for rw in range(1, max(rws, default=0)) if rw not in rws and claims
    }
    known = {group: {rt for rt in rts if rt is not None} for group, rts in claims.items() if None not in rts}
    if _counts_through(known):
        if len(known) == len(claims):  # the RT of an RW that is taken as a whole are not told
            gap = _gap(set().union(*known.values()))
            found |= {Group("", None): gap} if gap else {}
        return found
    return found | {group: gap for group, rts in known.items() if (gap := _gap(rts))}


def _counts_through(known: Mapping[Group, set[int]]) -> bool:
    total = sum(map(len, known.values()))
    return len(known) > 1 and len(set().union(*known.values())) == total


def _gap(numbers: set[int]) -> list[int]:
    return sorted(set(range(1, max(numbers))) - numbers)


def _areas(parts: Mapping[Group, list[int]]) -> str:
    return "; ".join(_area(group, parts[group]) for group in sorted(parts, key=lambda g: (g.dusun, g.rw or 0)))


def _area(group: Group, rts: list[int]) -> str:
    names = [f"RT {listed(rts)}"] if rts else []
    names += [f"RW {group.rw}"] if group.rw is not None else []
    names += [group.dusun.title()] if group.dusun else []
    return " ".join(names) or "RT"


def _index(stations: tuple[Tps, ...], number: int) -> int:
    return next(index for index, tps in enumerate(stations) if tps.number == number)
