"""Positions on the map: distances, neighbourhoods, and what a slip was meant to be."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.positions import Neighbourhood, Position, distance, mended, middle, neighbourhood

HERE = Position(-3.3904, 104.8312)
AROUND = Neighbourhood(HERE, 20.0)
LATITUDES, LONGITUDES = st.floats(-11.9, 6.9), st.floats(94.1, 141.9)


def in_country(position: Position) -> bool:
    return position.is_in_country


def test_distances() -> None:
    assert distance(HERE, HERE) == 0
    assert distance(Position(0, 100), Position(0, 101)) == pytest.approx(111.19, abs=0.01)
    assert distance(Position(-60, 100), Position(-60, 101)) == pytest.approx(55.6, abs=0.01)
    assert distance(Position(0, 0), Position(0, 180)) == pytest.approx(math.pi * 6371)


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_distance_is_the_same_both_ways(lat: float, lon: float, other_lat: float, other_lon: float) -> None:
    one, other = Position(lat, lon), Position(other_lat, other_lon)
    assert distance(one, other) == pytest.approx(distance(other, one))


@pytest.mark.parametrize(
    "written",
    [
        (104.8312, -3.3904), (104.8312, 3.3904), (3.3904, 104.8312), (-3.3904, -104.8312), (-0.33904, 104.8312),
        (-33.904, 104.8312), (-33904, 104.8312), (-3.3904, 1048312), (-3.3904, 10.48312), (-33904, 1048312),
        (33904, 104.8312), (1048312, -33904),
    ],
)  # fmt: skip
def test_a_slip_is_mended_by_the_neighbours(written: tuple[float, float]) -> None:
    meant = mended(Position(*written), AROUND.holds)
    assert meant is not None
    assert meant == pytest.approx(HERE)


@given(LATITUDES, LONGITUDES, st.sampled_from(range(-4, 5)), st.booleans())
def test_a_mended_position_fits(lat: float, lon: float, power: int, swap: bool) -> None:
    written = Position(lon, lat * 10.0**power) if swap else Position(lat * 10.0**power, lon)
    meant = mended(written, Neighbourhood(Position(lat, lon), 15.0).holds)
    assert meant is None or distance(meant, Position(lat, lon)) <= 15.0


def test_nothing_is_guessed() -> None:
    assert mended(Position(-3.3904, 120.5), AROUND.holds) is None
    # Without neighbours -33.904 may be -3.3904 or -0.33904.
    assert mended(Position(-33.904, 104.8312), in_country) is None
    assert mended(Position(104.8312, -3.3904), in_country) == HERE


def test_the_middle_is_not_moved_by_a_few() -> None:
    points = [Position(-3.0 + n / 100, 104.0) for n in range(7)]
    assert middle([*points, Position(3.0, 104.0), Position(0.0, 0.0)]) == pytest.approx((-2.96, 104.0))


def test_a_neighbourhood_keeps_to_its_limits() -> None:
    point = Position(-3.0, 104.0)
    assert neighbourhood([point] * 5, 10, 150).reach == 10
    spread = [Position(-3.0, 100.0 + n) for n in range(9)]
    assert neighbourhood(spread, 10, 150).reach == 150


@given(st.lists(st.tuples(st.floats(-0.1, 0.1), st.floats(-0.1, 0.1)), min_size=9, max_size=40), st.data())
def test_a_fifth_of_wrong_positions_stays_outside(offsets: list[tuple[float, float]], data: st.DataObject) -> None:
    good = [Position(HERE.lat + lat, HERE.lon + lon) for lat, lon in offsets]
    count = data.draw(st.integers(1, len(good) // 5))
    wrong = [Position(-good[n].lat, good[n].lon) for n in range(count)]
    around = neighbourhood([*good, *wrong], 10, 5000)
    assert not any(around.holds(position) for position in wrong)
