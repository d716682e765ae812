"""Bar charts with every coordinate worked out, so that the template only draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from sitegen.model.summary import KecamatanSummary, Totals
from sitegen.problems import Message, msg

WIDTH = 320
ROW_HEIGHT = 28


class ChartRow(NamedTuple):
    """One bar: ``width`` in user units of the drawing, of at most ``Chart.width``."""

    label: str
    value: int
    width: float
    y: int
    own: bool
    url: str


class Chart(NamedTuple):
    """A bar chart with all coordinates worked out."""

    title: Message
    unit: Message
    rows: tuple[ChartRow, ...]
    width: int
    height: int


def _bars(
    title: Message, unit: Message, shards: Sequence[KecamatanSummary], value: Callable[[Totals], int], own: str
) -> Chart:
    """One bar a kecamatan, longest first, kecamatan of equal value by name."""
    ranked = sorted(shards, key=lambda shard: (-value(shard.totals), shard.name))
    most = max((value(shard.totals) for shard in ranked), default=0) or 1
    rows = tuple(
        ChartRow(
            label=shard.name,
            value=value(shard.totals),
            width=round(WIDTH * value(shard.totals) / most, 1),
            y=index * ROW_HEIGHT,
            own=shard.code == own,
            url=shard.url,
        )
        for index, shard in enumerate(ranked)
    )
    return Chart(title, unit, rows, WIDTH, len(rows) * ROW_HEIGHT)


def tps_chart(shards: Sequence[KecamatanSummary], own: str = "") -> Chart:
    """TPS per kecamatan; the kecamatan with code ``own`` stands out."""
    return _bars(msg("TPS per kecamatan"), msg("TPS"), shards, lambda totals: totals.tps, own)


def voters_chart(shards: Sequence[KecamatanSummary], own: str = "") -> Chart:
    """Voters per kecamatan; the kecamatan with code ``own`` stands out."""
    return _bars(msg("Voters per kecamatan"), msg("voters"), shards, lambda totals: totals.voters, own)
