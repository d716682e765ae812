"""RT and RW of a village: each belongs to one TPS, and none is left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.checks.coverage import Group, check_coverage, claims_of, missing_of
from sitegen.model.tps import Coverage, Tps
from sitegen.problems import Severity
from tests.support import CANCELLED, MERGED, village_file


def told(*coverage: str) -> dict[str, str]:
    """Code and areas of every finding; each coverage belongs to the next TPS."""
    lines = [f"number: {number}, coverage: [{areas}]" for number, areas in enumerate(coverage, start=1)]
    problems = list(check_coverage(village_file(*lines)))
    assert all(problem.severity is Severity.WARNING and problem.place == "16.02.05.1010" for problem in problems)
    return {problem.code: str(dict(problem.what.values)["areas"]) for problem in problems}


@pytest.mark.parametrize(
    ("coverage", "areas"),
    [
        (("{rw: 1, rt: 1-3}", "{rw: 1, rt: 3-5}"), "RT 3 RW 1"),
        (("{rw: 1, rt: 1-4}", "{rw: 1, rt: 2-3}"), "RT 2–3 RW 1"),
        (("{rw: 1}", "{rw: 1, rt: 1}"), "RT 1 RW 1"),
        (("{rw: 1}", "{rw: 1}"), "RW 1"),
        (("{rt: 1-2}", "{rt: 2-3}"), "RT 2"),
        (("{rw: 1-2, rt: 1}", "{rw: 2, rt: 1}"), "RT 1 RW 2"),
        (("{dusun: Dusun I, rt: 1-2}", "{dusun: DUSUN I, rt: 2}"), "RT 2 Dusun I"),
        (("{dusun: Timur}", "{dusun: Timur, rw: 1, rt: 1}"), "RT 1 RW 1 Timur"),
    ],
)
def test_what_two_tps_take(coverage: tuple[str, ...], areas: str) -> None:
    assert told(*coverage)["coverage.twice"].casefold() == areas.casefold()


def test_the_tps_are_named_and_the_line_is_that_of_the_last() -> None:
    document = village_file("number: 1, coverage: [{rt: 1}]", "number: 4, coverage: [{rt: 1}]")
    (problem,) = check_coverage(document)
    assert problem.tps == (1, 4)
    assert problem.line == document.line("tps", 1)


@pytest.mark.parametrize(
    "coverage",
    [
        ("{rw: 1, rt: 1-3}", "{rw: 1, rt: 4-6}"),
        ("{rw: 1, rt: 1-3}", "{rw: 2, rt: 1-3}"),
        ("{dusun: I, rt: 1}", "{dusun: II, rt: 1}"),
        # RT in an RW and RT without one cannot be compared.
        ("{rw: 1, rt: 1}", "{rt: 1}"),
        # Counted through the village: RW 2 begins with RT 4.
        ("{rw: 1, rt: 1-3}", "{rw: 2, rt: 4-6}"),
        ("{rw: 1}", "{rw: 2}"),
        ("{rw: 1, rt: 1-2}, {rw: 2, rt: 1}", "{rw: 2, rt: 2-3}"),
    ],
)
def test_what_is_in_order(coverage: tuple[str, ...]) -> None:
    assert told(*coverage) == {}


@pytest.mark.parametrize(
    ("coverage", "areas"),
    [
        (("{rw: 1, rt: 1-2}", "{rw: 1, rt: 4-5}"), "RT 3 RW 1"),
        (("{rw: 1, rt: 2-5}",), "RT 1 RW 1"),
        (("{rw: 1, rt: 1-3}", "{rw: 3, rt: 1-3}"), "RW 2"),
        (("{rw: 1, rt: 1-3}", "{rw: 2, rt: 5-6}"), "RT 4"),
        (("{rw: 1, rt: 1-3}", "{rw: 2, rt: 1, 3}".replace("1, 3", "'1, 3'")), "RT 2 RW 2"),
        (("{dusun: Timur, rt: 1-2}", "{dusun: Timur, rt: 4}"), "RT 3 Timur"),
    ],
)
def test_what_nobody_takes(coverage: tuple[str, ...], areas: str) -> None:
    assert told(*coverage) == {"coverage.missing": areas}


def test_nothing_is_missing_while_a_tps_has_none() -> None:
    assert told("{rt: 1}", "{rt: 3}") == {"coverage.missing": "RT 2"}
    lines = ("number: 1, coverage: [{rt: 1}]", "number: 2", "number: 3, coverage: [{rt: 3}]")
    assert list(check_coverage(village_file(*lines))) == []


def test_a_special_tps_needs_none() -> None:
    found = list(check_coverage(village_file("number: 1, coverage: [{rt: '1, 3'}]", "number: 901")))
    assert [problem.code for problem in found] == ["coverage.missing"]


def test_a_village_of_a_thousand_rw_is_a_slip_and_takes_no_time() -> None:
    assert told("{rw: 1-999, rt: 1-999}", "{rw: 1-999, rt: 1-999}") == {}


RTS = st.sets(st.integers(1, 12), min_size=1)


def station(number: int, rw: int, rts: set[int]) -> Tps:
    return Tps(number=number, coverage=(Coverage(rw=((rw, rw),), rt=tuple((rt, rt) for rt in sorted(rts))),))


@given(st.lists(RTS, min_size=1, max_size=5))
def test_every_shared_rt_is_told_with_its_tps(parts: list[set[int]]) -> None:
    claims = claims_of(tuple(station(number, 1, rts) for number, rts in enumerate(parts, start=1)))
    for rt in range(1, 13):
        takers = {number for number, rts in enumerate(parts, start=1) if rt in rts}
        assert claims[Group("", 1)].get(rt, set()) == takers


@given(RTS, RTS)
def test_rt_counted_anew_in_each_rw_are_missing_in_their_rw(first: set[int], second: set[int]) -> None:
    first, second = first | {1}, second | {1}  # RT 1 in both: counted anew
    missing = missing_of(claims_of((station(1, 1, first), station(2, 2, second))))
    assert missing.get(Group("", 1), []) == sorted(set(range(1, max(first))) - first)
    assert missing.get(Group("", 2), []) == sorted(set(range(1, max(second))) - second)


@given(st.integers(1, 30), st.data())
def test_rt_counted_through_the_village_are_missing_once(last: int, data: st.DataObject) -> None:
    bound = data.draw(st.integers(1, last + 1))
    gone = data.draw(st.sets(st.integers(1, last)))
    kept = [rt for rt in range(1, last + 2) if rt not in gone]  # the highest stays
    parts = [{rt for rt in kept if rt < bound}, {rt for rt in kept if rt >= bound}]
    if all(parts):
        missing = missing_of(claims_of((station(1, 1, parts[0]), station(2, 2, parts[1]))))
        assert missing == ({Group("", None): sorted(gone)} if gone else {})


@pytest.mark.parametrize(
    ("ended", "findings"),
    [
        (f"coverage: [{{rt: 2}}], {MERGED}", {}),
        (f"coverage: [{{rt: 1-2}}], {MERGED}", {}),
        (f"coverage: [{{rt: 2-3}}], {MERGED}", {"coverage.twice": "RT 3"}),
        (f"coverage: [{{rt: 2}}], {CANCELLED}", {"coverage.missing": "RT 2"}),
        (CANCELLED, {"coverage.missing": "RT 2"}),
        ("coverage: [{rt: 2}], changes: [{kind: merged, into: 9, decree: SK 1}]", {"coverage.missing": "RT 2"}),
    ],
)
def test_what_a_tps_took_where_nobody_votes(ended: str, findings: dict[str, str]) -> None:
    document = village_file("number: 1, coverage: [{rt: 1}]", f"number: 2, {ended}", "number: 3, coverage: [{rt: 3}]")
    problems = check_coverage(document)
    assert {problem.code: dict(problem.what.values)["areas"] for problem in problems} == findings
