"""What index pages may know of a shard: small, quick to pickle, no more than they show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sitegen.model.region import VillageKind
from sitegen.model.tps import Change, Previously, end_of


class Totals(NamedTuple):
    """Counts that add up: of a village, a kecamatan or the site. ``tps`` are those where people vote, with their
    ``kpps``; ``ended`` are those that were cancelled or merged, with ``ended_kpps``. Voters stay in the DPT, so those
    of all TPS count. Of ``without_kpps`` and ``without_voters`` of the ``tps`` these are not known."""

    villages: int = 0
    tps: int = 0
    kpps: int = 0
    men: int = 0
    women: int = 0
    ended: int = 0
    ended_kpps: int = 0
    without_kpps: int = 0
    without_voters: int = 0

    @property
    def voters(self) -> int:
        """Men and women together."""
        return self.men + self.women

    @property
    def knows_voters(self) -> bool:
        """Whether the voters of all TPS are known, and there are any."""
        return self.tps + self.ended > 0 and not self.without_voters

    def tps_beside(self, announced: int | None) -> int:
        """TPS as the announced figure counts them: a decree of before a TPS ended counts it still."""
        return announced if announced == self.tps + self.ended else self.tps

    def kpps_beside(self, announced: int | None) -> int:
        """The same of KPPS."""
        return announced if announced == self.kpps + self.ended_kpps else self.kpps

    @classmethod
    def sum(cls, parts: Iterable[Totals]) -> Totals:
        """Add up ``parts``."""
        return cls(*map(sum, zip(*parts, strict=True)))


class TpsSummary(NamedTuple):
    """A TPS about which something changed, or that continues others of an earlier election. ``url`` is relative to the
    language's root."""

    number: int
    place: str | None
    url: str
    changes: tuple[Change, ...] = ()
    previously: tuple[Previously, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether voters go there: it was neither cancelled nor merged into another."""
        return end_of(self.changes) is None


class VillageSummary(NamedTuple):
    """One village as a list or the search shows it."""

    code: str
    name: str
    kind: VillageKind
    other_names: tuple[str, ...]
    url: str
    numbers: tuple[int, ...]
    """Numbers of its TPS."""
    noted: tuple[TpsSummary, ...]
    """Those about which something changed, or that continue others: few."""
    lacks: Mapping[str, tuple[int, ...]]
    """Numbers of those of which a fact is not known, by fact."""
    totals: Totals
    as_of: dt.datetime | None = None
    """Date of its data, when they have one of their own."""

    @property
    def changed(self) -> tuple[TpsSummary, ...]:
        """TPS of the village about which something changed."""
        return tuple(tps for tps in self.noted if tps.changes)

    @property
    def slug(self) -> str:
        """The village's name in addresses."""
        return self.url.rpartition("/")[2].removesuffix(".html")

    @property
    def ended(self) -> int:
        """How many of its TPS were cancelled or merged."""
        return self.totals.ended

    @property
    def changed_numbers(self) -> tuple[int, ...]:
        """Numbers of its TPS about which something changed."""
        return tuple([tps.number for tps in self.noted if tps.changes])


@dataclass(frozen=True, slots=True)
class KecamatanSummary:
    """One shard as index pages and checks between shards see it; villages in alphabetical order. ``middle`` is the
    latitude and longitude in the middle of its TPS, ``teams`` a key of the KPPS of each TPS, in order."""

    code: str
    name: str
    slug: str
    other_names: tuple[str, ...]
    url: str
    villages: tuple[VillageSummary, ...]
    totals: Totals
    middle: tuple[float, float] | None = None
    teams: bytes = b""
