"""Bar charts with every coordinate worked out, so that the template only draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import NamedTuple

from sitegen.keys import Keyed, key_of_value
from sitegen.model.summary import Totals
from sitegen.pages.rows import KecamatanRow
from sitegen.problems import Message, msg

WIDTH = 320
ROW_HEIGHT = 28


class ChartRow(NamedTuple):
    """The bar of a kecamatan: ``width`` in user units of the drawing, of at most ``Chart.width``."""

    code: str
    label: str
    value: int
    width: float
    y: int


class Chart(NamedTuple):
    """A bar chart with all coordinates worked out."""

    title: Message
    unit: Message
    rows: tuple[ChartRow, ...]
    width: int
    height: int


def _bars(title: Message, unit: Message, kecamatan: Sequence[KecamatanRow], value: Callable[[Totals], int]) -> Chart:
    """One bar a kecamatan, longest first, kecamatan of equal value by name."""
    ranked = sorted(kecamatan, key=lambda one: (-value(one.totals), one.name))
    most = max((value(one.totals) for one in ranked), default=0) or 1
    rows = tuple(
        ChartRow(
            code=one.code,
            label=one.name,
            value=value(one.totals),
            width=round(WIDTH * value(one.totals) / most, 1),
            y=index * ROW_HEIGHT,
        )
        for index, one in enumerate(ranked)
    )
    return Chart(title, unit, rows, WIDTH, len(rows) * ROW_HEIGHT)


class Comparison(Keyed):
    """Kecamatan beside each other, as table and charts. All pages of a kabupaten/kota show the same one."""

    def __init__(self, rows: tuple[KecamatanRow, ...]) -> None:
        self.rows = rows

    @cached_property
    def tps_chart(self) -> Chart:
        """TPS per kecamatan."""
        return _bars(msg("TPS per kecamatan"), msg("TPS"), self.rows, lambda totals: totals.tps)

    @cached_property
    def voters_chart(self) -> Chart:
        """Voters per kecamatan."""
        return _bars(msg("Voters per kecamatan"), msg("voters"), self.rows, lambda totals: totals.voters)

    @cached_property
    def key(self) -> str:
        """A key of the rows, from which all follows."""
        return key_of_value(self.rows)
