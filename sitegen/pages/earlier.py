"""What pages of a village in the current election tell of the earlier ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sitegen.content.shard import Before
from sitegen.model.tps import Previously, Tps
from sitegen.pages import urls

if TYPE_CHECKING:
    from sitegen.pages.views import Site


class Became(NamedTuple):
    """TPS of an earlier election, and those where their voters come now."""

    then: int
    now: tuple[int, ...]


class Earlier(NamedTuple):
    """The same village in an earlier election: name of the election, its page, and what became of its TPS, as far as
    the office knows."""

    election: str
    url: str
    became: tuple[Became, ...]


def earlier(site: Site, before: Sequence[Before], village: str, stations: Sequence[Tps]) -> tuple[Earlier, ...]:
    """The village (its code) in each earlier election for which it has a file; ``stations`` are its TPS now."""
    found = ((slug, name, _page(slug, before, village)) for slug, name in site.earlier)
    return tuple(Earlier(name, url, _became(slug, stations)) for slug, name, url in found if url)


def _page(election: str, before: Sequence[Before], village: str) -> str:
    for one in (one for one in before if one.election == election):
        for then in (then for then in one.villages if then.code == village):
            slug = urls.village_slug(then)
            if slug in one.files:
                return urls.village_url(election, one.slug, slug)
    return ""


def _became(election: str, stations: Sequence[Tps]) -> tuple[Became, ...]:
    now: dict[int, list[int]] = {}
    for tps in stations:
        for number in then(tps.previously, election):
            now.setdefault(number, []).append(tps.number)
    return tuple(Became(then, tuple(numbers)) for then, numbers in sorted(now.items()))


def then(previously: Iterable[Previously], election: str) -> Collection[int]:
    """Numbers that TPS had at ``election``, each once."""
    return dict.fromkeys(number for one in previously if one.election == election for number in one.tps)


def previously(before: Sequence[Earlier], number: int) -> tuple[tuple[str, Became], ...]:
    """TPS of earlier elections whose voters come to TPS ``number`` now, with the election's name."""
    return tuple((one.election, row) for one in before for row in one.became if number in row.now)
