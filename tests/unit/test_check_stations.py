"""Numbers and places of the TPS of a village."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.checks.stations import check_stations, missing_numbers
from sitegen.model.tps import NO_SOURCE
from sitegen.problems import Severity
from tests.support import CANCELLED, MERGED, village_file


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [
        ([], []),
        ([1, 2, 3], []),
        ([1, 3], [2]),
        ([2], [1]),
        ([1, 901], []),
        ([1, 903], [901, 902]),
        ([3, 902], [1, 2, 901]),
    ],
)
def test_numbers_that_are_left_out(numbers: list[int], missing: list[int]) -> None:
    assert missing_numbers(numbers) == missing


@given(st.sets(st.integers(1, 999)))
def test_missing_and_present_numbers_are_a_whole_count(numbers: set[int]) -> None:
    missing = missing_numbers(sorted(numbers))
    assert not numbers & set(missing)
    whole = numbers | set(missing)
    usual = {number for number in whole if number < 901}
    assert usual == set(range(1, len(usual) + 1))
    assert whole - usual == set(range(901, 901 + len(whole - usual)))


def test_a_gap_is_a_warning_of_the_village() -> None:
    (problem,) = check_stations(village_file("number: 1", "number: 4"))
    assert (problem.code, problem.severity) == ("numbers.missing", Severity.WARNING)
    assert (problem.place, problem.line) == ("16.02.05.1010", 3)
    assert dict(problem.what.values) == {"numbers": "2–3"}


def test_a_source_that_nobody_named_is_a_warning() -> None:
    named = village_file("number: 1")
    assert list(check_stations(named)) == []
    data = replace(named.data, source=replace(named.data.source, document=NO_SOURCE))
    (problem,) = check_stations(replace(named, data=data))
    assert (problem.code, problem.severity, problem.place) == ("tps.source", Severity.WARNING, "16.02.05.1010")
    assert list(check_stations(replace(named, data=replace(data, tps=())))) == []


def test_one_place_of_several_tps_is_a_note() -> None:
    document = village_file("number: 1, place: SDN 1", "number: 2, place: Balai", "number: 3, place: 'S.D.N.  1'",
                            "number: 4, place: sdn 1", "number: 5", "number: 6")  # fmt: skip
    (problem,) = check_stations(document)
    assert (problem.code, problem.severity, problem.tps) == ("place.shared", Severity.NOTE, (1, 4))
    assert problem.line == document.line("tps", 3, "place")


def test_a_tps_where_nobody_votes_keeps_its_number_and_shares_no_place() -> None:
    document = village_file("number: 1, place: SDN 1", f"number: 2, place: SDN 1, {MERGED}",
                            f"number: 3, place: SDN 1, {CANCELLED}", "number: 4, place: Balai")  # fmt: skip
    assert list(check_stations(document)) == []
