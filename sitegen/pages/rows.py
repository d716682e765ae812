"""Kecamatan and villages as lists show them: less than their Summaries, so that fewer changes concern a list."""

from __future__ import annotations

from typing import NamedTuple

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


class KecamatanList(NamedTuple):
    """A kecamatan with its villages, as its page shows it."""

    code: str
    name: str
    totals: Totals
    villages: tuple[VillageRow, ...]

    @classmethod
    def of(cls, shard: KecamatanSummary) -> KecamatanList:
        """The list of ``shard``."""
        rows = (VillageRow(v.name, v.url, v.kind, v.totals, v.changed_numbers) for v in shard.villages)
        return cls(shard.code, shard.name, shard.totals, tuple(rows))
