"""Coordinates of TPS: outside the country, away from their kecamatan, copied."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sitegen.checks.positions import check_middles, check_positions, neighbourhood_of
from sitegen.content.documents import Document
from sitegen.model.summary import KecamatanSummary, Totals
from sitegen.model.tps import VillageTps
from sitegen.positions import Position
from sitegen.problems import Problem, Severity
from tests.support import shard_of, village_file


def station(number: int, lat: object, lon: object, place: str = "") -> str:
    return f"number: {number}, coordinates: {{lat: {lat}, lon: {lon}}}" + (f", place: {place}" if place else "")


def neighbours(count: int = 6) -> list[Document[VillageTps]]:
    """Villages whose only TPS lie some kilometres apart."""
    return [
        village_file(station(1, round(-3.4 + n / 50, 4), round(104.8 + n / 40, 4)), village=f"16.02.05.20{10 + n}")
        for n in range(count)
    ]


def found(*tps: str, others: int = 6) -> list[Problem]:
    return list(check_positions(shard_of(village_file(*tps), *neighbours(others))))


def test_what_lies_together_is_no_problem() -> None:
    assert found(station(1, "-3.39", "104.83"), "number: 2") == []


@pytest.mark.parametrize(
    ("lat", "lon"), [("-12.1", "100"), ("7.1", "100"), ("0", "93.9"), ("0", "142.1"), ("104.8312", "-3.3904")]
)
def test_outside_indonesia_is_an_error(lat: str, lon: str) -> None:
    (problem,) = found(station(1, lat, lon))
    assert (problem.code, problem.severity) == ("coordinates.outside-country", Severity.ERROR)


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        ("104.8312", "-3.3904", "coordinates.outside-country"),
        ("-33904", "104.8312", "coordinates.outside-country"),
        ("-3.3904", "1048312", "coordinates.outside-country"),
        ("3.3904", "104.8312", "coordinates.slip"),
        ("-0.33904", "104.8312", "coordinates.slip"),
    ],
)
def test_a_slip_is_an_error_with_what_was_meant(lat: str, lon: str, code: str) -> None:
    (problem,) = found(station(2, lat, lon))
    assert (problem.code, problem.severity, problem.place) == (code, Severity.ERROR, "16.02.05.1010")
    assert problem.tps == (2,)
    assert dict(problem.fix.values) == {"lat": "-3.3904", "lon": "104.8312"}


def test_far_away_without_a_slip_is_a_warning() -> None:
    (problem,) = found(station(1, "-3.3904", "106.5"))
    assert (problem.code, problem.severity) == ("coordinates.far", Severity.WARNING)
    assert problem.line == 4


def test_without_neighbours_only_the_country_is_known() -> None:
    assert found(station(1, "3.3904", "104.8312"), others=2) == []
    (problem,) = found(station(1, "104.8312", "-3.3904"), others=2)
    assert dict(problem.fix.values) == {"lat": "-3.3904", "lon": "104.8312"}
    (problem,) = found(station(1, "-33.904", "104.8312"), others=2)
    assert "south" in dict(problem.fix.values)


def test_a_town_does_not_decide_alone() -> None:
    town = [("a", Position(-3.4, 104.8))] * 50
    villages = [(str(n), Position(-3.4 + n / 10, 104.8)) for n in range(1, 5)]
    around = neighbourhood_of([*town, *villages])
    assert around is not None
    assert all(around.holds(position) for _, position in villages)


def test_few_villages_with_enough_tps_have_a_neighbourhood() -> None:
    assert neighbourhood_of([("a", Position(-3.4, 104.8))] * 4) is None
    assert neighbourhood_of([("a", Position(-3.4, 104.8))] * 5) is not None
    assert neighbourhood_of([]) is None


def test_what_lies_outside_the_country_does_not_count() -> None:
    inside = [(str(n), Position(-3.4 + n / 50, 104.8)) for n in range(5)]
    swapped = [(f"x{n}", Position(104.8, -3.4)) for n in range(5)]
    assert neighbourhood_of([*inside, *swapped]) == neighbourhood_of(inside)


def test_one_point_for_different_places() -> None:
    point = ("-3.39", "104.83")
    (problem,) = found(station(1, *point, "Balai"), station(2, *point, "SDN 1"), station(3, *point))
    assert (problem.code, problem.severity) == ("coordinates.same-point", Severity.WARNING)
    assert (problem.place, problem.tps) == ("16.02.05.1010", (1, 2, 3))
    assert found(station(1, *point, "SDN 1"), station(2, *point, "sdn 1"), station(3, *point)) == []


def test_one_point_in_two_villages() -> None:
    one = village_file(station(1, "-3.39", "104.83", "Balai Desa"))
    other = village_file(station(1, "-3.390001", "104.830001", "Balai Desa"), village="16.02.05.2011")
    (problem,) = check_positions(shard_of(one, other))
    assert (problem.code, problem.place, problem.tps) == ("coordinates.same-point", "16.02.05", ())
    assert "TPS 1 Desa 10, TPS 1 Desa 11" in str(problem.what)


def kecamatan(n: int, lat: float, lon: float) -> KecamatanSummary:
    return KecamatanSummary(f"16.02.{n:02}", f"Kecamatan {n}", f"kecamatan-{n}", (), "", (), Totals(), (lat, lon))


def test_a_whole_kecamatan_elsewhere() -> None:
    right = [kecamatan(n, -3.4 + n / 10, 104.8) for n in range(1, 6)]
    assert list(check_middles(right, Path("tps"))) == []
    (problem,) = check_middles([*right, kecamatan(9, 3.4, 104.8)], Path("tps"))
    assert (problem.code, problem.severity) == ("coordinates.kecamatan-far", Severity.WARNING)
    assert (problem.path, problem.place) == ("tps/kecamatan-9", "16.02.09")
    assert dict(problem.fix.values) == {"lat": "-3.4", "lon": "104.8"}


def test_kecamatan_of_another_kabupaten_are_no_neighbours() -> None:
    right = [kecamatan(n, -3.4 + n / 10, 104.8) for n in range(1, 6)]
    other = replace(kecamatan(9, -8.0, 115.0), code="51.71.01")
    assert list(check_middles([*right, other, replace(right[0], middle=None)], Path("tps"))) == []
    assert list(check_middles([kecamatan(1, -3.4, 96.0), kecamatan(2, -3.4, 140.0)], Path("tps"))) == []
