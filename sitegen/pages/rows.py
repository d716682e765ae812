"""Kecamatan and villages as lists show them: less than their Summaries, so that fewer changes concern a list."""

from __future__ import annotations

from typing import NamedTuple

from sitegen.keys import Keyed, key_of_value
from sitegen.model.region import VillageKind
from sitegen.model.summary import KecamatanSummary, Totals


class KecamatanRow(NamedTuple):
    """A kecamatan as a list of all shows it."""

    code: str
    name: str
    url: str
    totals: Totals


class VillageRow(NamedTuple):
    """A village as the page of its kecamatan shows it; ``changed`` are numbers of TPS."""

    name: str
    url: str
    kind: VillageKind
    totals: Totals
    changed: tuple[int, ...]


class KecamatanList(Keyed):
    """A kecamatan with its villages, as its page shows it."""

    def __init__(self, shard: KecamatanSummary, key: str) -> None:
        self.code, self.name, self.totals = shard.code, shard.name, shard.totals
        self._shard, self._key = shard, key

    @property
    def key(self) -> str:
        """A key of all that it shows."""
        return self._key

    @property
    def villages(self) -> tuple[VillageRow, ...]:
        """Its villages. They are only asked for when the page is rendered."""
        return _rows(self._shard)


def lists_key(shard: KecamatanSummary) -> str:
    """A key of all that lists and its own page show of ``shard``."""
    return key_of_value((shard.code, shard.name, shard.url, shard.totals, _rows(shard)))


def _rows(shard: KecamatanSummary) -> tuple[VillageRow, ...]:
    return tuple([VillageRow(v.name, v.url, v.kind, v.totals, v.changed_numbers) for v in shard.villages])
