"""Positions on the map: how far apart they are, what a neighbourhood is, and what a slip was meant to be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import asin, cos, radians, sin, sqrt
from statistics import median
from typing import NamedTuple

from sitegen.model.tps import LATITUDES, LONGITUDES

_EARTH = 6371.0
_QUARTER = 0.75
_TIMES = 3
_POWERS = (-1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6, -7, 7)


class Position(NamedTuple):
    """Degrees."""

    lat: float
    lon: float

    @property
    def is_in_country(self) -> bool:
        """Whether it lies in the rectangle around Indonesia."""
        return LATITUDES[0] <= self.lat <= LATITUDES[1] and LONGITUDES[0] <= self.lon <= LONGITUDES[1]


class Neighbourhood(NamedTuple):
    """A circle that holds what belongs together, in kilometres."""

    middle: Position
    reach: float

    def holds(self, position: Position) -> bool:
        """Whether ``position`` lies inside."""
        return distance(self.middle, position) <= self.reach


def distance(one: Position, other: Position) -> float:
    """Kilometres between two positions, on a sphere."""
    lat, other_lat = radians(one.lat), radians(other.lat)
    half = sin((lat - other_lat) / 2) ** 2
    half += cos(lat) * cos(other_lat) * sin(radians(one.lon - other.lon) / 2) ** 2
    return 2 * _EARTH * asin(sqrt(min(1.0, half)))


def middle(positions: Iterable[Position]) -> Position:
    """The median of each direction: few wrong positions do not move it."""
    found = list(positions)
    return Position(median(p.lat for p in found), median(p.lon for p in found))


def neighbourhood(positions: Sequence[Position], least: float, most: float) -> Neighbourhood:
    """Around the middle, three times as far as three quarters of ``positions`` lie, and between ``least`` and ``most``
    kilometres. Up to a quarter of wrong positions do not widen it."""
    centre = middle(positions)
    distances = sorted(distance(centre, position) for position in positions)
    usual = distances[min(len(distances) - 1, int(len(distances) * _QUARTER))]
    return Neighbourhood(centre, min(most, max(least, _TIMES * usual)))


def mended(position: Position, fits: Callable[[Position], bool]) -> Position | None:
    """What was meant, if one slip explains it: lat and lon swapped, sign lost, decimal point in another place. None
    when nothing fits, or when several mendings of one kind do."""
    for kind in _mendings(position):
        found = {candidate for candidate in kind if candidate != position and fits(candidate)}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _mendings(position: Position) -> Iterator[list[Position]]:
    """Simple slips first; each list holds mendings that are equally likely."""
    lat, lon = position
    swapped = [Position(lon, lat)]
    signs = [Position(-lat, lon), Position(lat, -lon), Position(-lat, -lon)]
    yield swapped
    yield signs
    yield [Position(-lon, lat), Position(lon, -lat)]
    yield [Position(_moved(lat, power), lon) for power in _POWERS]
    yield [Position(lat, _moved(lon, power)) for power in _POWERS]
    for one in (position, *signs, *swapped):
        yield [Position(_moved(one.lat, a), _moved(one.lon, b)) for a in (0, *_POWERS) for b in (0, *_POWERS)]


def _moved(value: float, power: int) -> float:
    """``value`` with its decimal point moved by ``power`` places; dividing keeps the digits."""
    moved = value * 10.0**power if power >= 0 else value / 10.0**-power
    return round(moved, 8)
