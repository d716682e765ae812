"""Coordinates of TPS. There are no boundaries to compare with, so the neighbourhood of a kecamatan is told by its own
TPS (docs/check-report.md says how)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from sitegen.content.documents import Document
from sitegen.content.shard import ShardContent
from sitegen.model.summary import KecamatanSummary
from sitegen.model.tps import LATITUDES, LONGITUDES, Coordinates, Tps, VillageTps
from sitegen.names import plain
from sitegen.positions import Neighbourhood, Position, distance, mended, middle, neighbourhood
from sitegen.problems import Message, Problem, Severity, msg

LEAST_VILLAGES, LEAST_TPS = 4, 5
"""A kecamatan with fewer positions has no neighbourhood."""
LEAST_KECAMATAN = 4
KECAMATAN_REACH = (10.0, 150.0)
REGION_REACH = (50.0, 500.0)
"""Kilometres between which a neighbourhood reaches: of a kecamatan, and of the middles of all kecamatan."""
MOST_NAMED = 5


class Pin(NamedTuple):
    """A TPS on the map."""

    document: Document[VillageTps]
    order: int
    position: Position

    @property
    def tps(self) -> Tps:
        """The TPS."""
        return self.document.data.tps[self.order]


def check_positions(shard: ShardContent) -> Iterator[Problem]:
    """Positions outside the country, away from the kecamatan, or the same for different places."""
    pins = [
        Pin(document, index, position_of(tps.coordinates))
        for document in shard.tps
        for index, tps in enumerate(document.data.tps)
        if tps.coordinates
    ]
    around = neighbourhood_of((pin.document.data.village, pin.position) for pin in pins)
    for pin in pins:
        yield from _place(pin, around)
    yield from _same_point(shard, pins)


def position_of(coordinates: Coordinates) -> Position:
    """The position of ``coordinates``."""
    return Position(coordinates.lat, coordinates.lon)


def neighbourhood_of(positions: Iterable[tuple[str, Position]]) -> Neighbourhood | None:
    """The neighbourhood of a kecamatan, from positions of its TPS with the code of their village. Each village counts
    once, so that a town with many TPS does not decide alone."""
    villages: dict[str, list[Position]] = {}
    for village, position in positions:
        if position.is_in_country:
            villages.setdefault(village, []).append(position)
    points = [middle(found) for found in villages.values()]
    if len(points) < LEAST_VILLAGES:
        points = [position for found in villages.values() for position in found]
        if len(points) < LEAST_TPS:
            return None
    return neighbourhood(points, *KECAMATAN_REACH)


def middle_of(stations: Iterable[Tps]) -> Position | None:
    """The middle of all positions, or None without any."""
    found = [position_of(tps.coordinates) for tps in stations if tps.coordinates]
    return middle(found) if found else None


def _place(pin: Pin, around: Neighbourhood | None) -> Iterator[Problem]:
    inside = pin.position.is_in_country
    if inside and (around is None or around.holds(pin.position)):
        return
    meant = mended(pin.position, around.holds if around else lambda other: other.is_in_country)
    values = {"number": pin.tps.number, "position": _shown(pin.position)}
    if not inside:
        what = msg("TPS %(number)s lies outside Indonesia (%(position)s)", **values)
        code, severity = "coordinates.outside-country", Severity.ERROR
    else:
        far = round(distance(around.middle, pin.position)) if around else 0
        what = msg("TPS %(number)s lies %(far)s km from the middle of its kecamatan (%(position)s)", far=far, **values)
        code, severity = ("coordinates.slip", Severity.ERROR) if meant else ("coordinates.far", Severity.WARNING)
    yield pin.document.problem(
        code, what, _fix(meant), "tps", pin.order, "coordinates",
        severity=severity, place=pin.document.data.village, tps=(pin.tps.number,),
    )  # fmt: skip


def _fix(meant: Position | None) -> Message:
    if meant:
        return msg(
            "Probably meant: lat: %(lat)s, lon: %(lon)s. Look at it on a map.",
            lat=_degrees(meant.lat),
            lon=_degrees(meant.lon),
        )
    return msg(
        "Look at it on a map. In Indonesia lat is between %(south)s and %(north)s, lon between %(west)s and %(east)s.",
        south=str(LATITUDES[0]), north=str(LATITUDES[1]), west=str(LONGITUDES[0]), east=str(LONGITUDES[1]),
    )  # fmt: skip


def _shown(position: Position) -> str:
    return f"{_degrees(position.lat)}, {_degrees(position.lon)}"


def _degrees(value: float) -> str:
    """As it stands in a file: with a decimal point, never with an exponent."""
    return f"{value:.8f}".rstrip("0").rstrip(".")


def _same_point(shard: ShardContent, pins: Sequence[Pin]) -> Iterator[Problem]:
    villages = {village.code: village.name for village in shard.kecamatan.data.villages}
    points: dict[tuple[float, float], list[Pin]] = {}
    for pin in pins:
        points.setdefault((round(pin.position.lat, 5), round(pin.position.lon, 5)), []).append(pin)
    for found in points.values():
        places = {(pin.document.data.village, plain(pin.tps.place)) for pin in found if pin.tps.place}
        if len(places) > 1:
            yield _at_one_point(found, villages, len(places))


def _at_one_point(pins: Sequence[Pin], villages: dict[str, str], places: int) -> Problem:
    first, second = pins[0], pins[1]
    codes = {pin.document.data.village for pin in pins}
    code = first.document.data.village
    names = [f"TPS {pin.tps.number} {villages.get(pin.document.data.village, '')}".strip() for pin in pins]
    shown = ", ".join(names[:MOST_NAMED]) + (", …" if len(names) > MOST_NAMED else "")
    return second.document.problem(
        "coordinates.same-point",
        msg("%(count)s different places have the same position %(position)s: %(stations)s",
            count=places, position=_shown(first.position), stations=shown),
        msg("Take the position of each entrance; a position that was copied leads voters to the wrong place."),
        "tps", second.order, "coordinates",
        severity=Severity.WARNING,
        place=code if len(codes) == 1 else code.rpartition(".")[0],
        tps=tuple(sorted(pin.tps.number for pin in pins)) if len(codes) == 1 else (),
    )  # fmt: skip


def check_middles(kecamatan: Iterable[KecamatanSummary], folder: Path) -> Iterator[Problem]:
    """Kecamatan whose positions all lie away from those of the rest of their kabupaten or kota."""
    regencies: dict[str, list[tuple[KecamatanSummary, Position]]] = {}
    for one in kecamatan:
        if one.middle:
            regencies.setdefault(one.code[:5], []).append((one, Position(*one.middle)))
    for found in regencies.values():
        if len(found) < LEAST_KECAMATAN:
            continue
        around = neighbourhood([position for _, position in found], *REGION_REACH)
        for one, position in found:
            if not around.holds(position):
                yield _kecamatan_far(one, position, around, folder)


def _kecamatan_far(one: KecamatanSummary, position: Position, around: Neighbourhood, folder: Path) -> Problem:
    return Problem(
        str(folder / one.slug), 0, "coordinates.kecamatan-far",
        msg("The positions of Kec. %(kecamatan)s lie %(far)s km from those of the other kecamatan (%(position)s)",
            kecamatan=one.name, far=round(distance(around.middle, position)), position=_shown(position)),
        _fix(mended(position, around.holds)),
        Severity.WARNING, one.code,
    )  # fmt: skip
