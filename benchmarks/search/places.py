"""Places of any size to search in, from the country's hierarchy; numbers of TPS are invented by a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator

from sitegen import hierarchy
from sitegen.model.region import village_kind
from sitegen.model.summary import KecamatanSummary, Totals, VillageSummary
from sitegen.slugs import kecamatan_slugs, village_slugs


def summaries(within: str) -> Iterator[KecamatanSummary]:
    """Every kecamatan of the region ``within`` (empty: the country) as the search index takes it."""
    names = {area.code: area.name for area in hierarchy.regencies(within)}
    areas = list(hierarchy.kecamatan(within))
    chance = random.Random(within)  # noqa: S311 a sample, not a secret
    for region in dict.fromkeys(area.code[:5] for area in areas):
        inside = [area for area in areas if area.code.startswith(region)]
        slugs = kecamatan_slugs(((area.code, area.name) for area in inside), names)
        for area in inside:
            folder = f"{region.replace('.', '')}/pilkada-2024/{slugs[area.code]}"
            own = village_slugs(area.villages)
            villages = tuple(
                _village(v.code, v.name, f"{folder}/{own[v.code]}.html", chance.randint(1, 12)) for v in area.villages
            )
            totals = Totals.sum(v.totals for v in villages) if villages else Totals()
            yield KecamatanSummary(area.code, area.name, slugs[area.code], (), f"{folder}.html", villages, totals)


def _village(code: str, name: str, url: str, stations: int) -> VillageSummary:
    numbers = tuple(range(1, stations + 1))
    return VillageSummary(code, name, village_kind(code), (), url, numbers, (), {}, Totals(villages=1, tps=stations))
