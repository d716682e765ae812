"""Whole numbers as ranges."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sitegen.ranges import listed, runs

NUMBERS = st.sets(st.integers(0, 999))


@given(NUMBERS)
def test_ranges_hold_exactly_the_numbers(numbers: set[int]) -> None:
    assert [number for low, high in runs(numbers) for number in range(low, high + 1)] == sorted(numbers)


@given(NUMBERS)
def test_ranges_are_the_fewest(numbers: set[int]) -> None:
    found = runs(numbers)
    assert all(after[0] - before[1] > 1 for before, after in pairwise(found))


def test_as_people_write_them() -> None:
    assert listed([3, 1, 2, 6, 6]) == "1–3, 6"
    assert listed([]) == ""
