"""What a publication tells that no publication before it told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sitegen.content.sources import shard_name
from sitegen.history.compare import Difference, Kecamatan, Station, compare, differing
from sitegen.history.decisions import decisions
from sitegen.history.log import CHANGES, Cell, Entry, Key, besides, read_log
from sitegen.history.previous import Previous
from sitegen.history.rows import Rows, facts, split
from sitegen.model.summary import Totals
from sitegen.pages.index import SiteIndex
from sitegen.pages.jsonld import iso
from sitegen.pages.views import Site


def since(previous: Previous | None, index: SiteIndex, parts: Path) -> Iterator[Difference]:
    """What is new in an election since ``previous``, kecamatan by kecamatan: decisions in the content, and what differs
    in the data. The rows of the kecamatan lie in ``parts``. Without a previous publication, or with one that knows
    nothing of the election, only decisions: the TPS of another one have other numbers.

    Raises:
        Failed: the data of ``previous`` cannot be understood.
    """
    site = index.site
    fresh: dict[str, dict[Station, list[Entry]]] = {}
    for entry in besides(decisions(site, index.changed), _told(previous)):
        station = (entry.village_code or "", entry.tps or 0)
        fresh.setdefault(entry.kecamatan_code or "", {}).setdefault(station, []).append(entry)
    folder = previous.folder_of(site.election_slug) if previous else None
    if previous is None or folder is None:
        for code in sorted(fresh):
            yield from (Difference(entry) for told in fresh[code].values() for entry in told)
        return
    if previous.manifest.election == site.election_slug:
        yield from _whole(previous, index)
    slugs = {shard.code: shard.slug for shard in index.kecamatan}
    tables = tuple(Rows(previous.path(f"{folder}{name}.json"), previous.name) for name in ("tps", "kpps"))
    for code in sorted({*slugs, *tables[0].codes}):
        yield from _kecamatan(index, tables, parts, slugs.get(code), code, fresh.get(code, {}))


def _told(previous: Previous | None) -> list[Key]:
    """Keys of the decisions that the chain told."""
    if previous is None:
        return []
    return [entry.key for entry in read_log(previous.path(CHANGES), previous.name) if entry.declared]


def _kecamatan(
    index: SiteIndex,
    tables: tuple[Rows, ...],
    parts: Path,
    slug: str | None,
    code: str,
    fresh: Mapping[Station, Sequence[Entry]],
) -> Iterator[Difference]:
    old = [table.of(code) for table in tables]
    shard = shard_name(index.site.election_slug, slug) if slug else None
    new = [split(_part(parts, shard, table)) for table in ("tps", "kpps")]
    if not fresh and [list(map(facts, rows)) for rows in old] == [list(map(facts, rows)) for rows in new]:
        return
    before, after = (
        Kecamatan.of(*(table.parsed(rows) for table, rows in zip(tables, both, strict=True))) for both in (old, new)
    )
    site = index.site
    yield from compare(site.election_slug, iso(index.as_of, site.election), before, after, fresh)


def _part(parts: Path, shard: str | None, table: str) -> bytes:
    return (parts / f"{shard}.{table}.json").read_bytes() if shard else b""


def vote(site: Site) -> dict[str, str]:
    """The day of the election and its hours."""
    election = site.election
    return {"date": election.date.isoformat(), "opens": f"{election.opens:%H:%M}", "closes": f"{election.closes:%H:%M}"}


def counts(totals: Totals) -> dict[str, int]:
    """Counts of the whole."""
    return {"villages": totals.villages, "tps": totals.tps, "kpps": totals.kpps, "voters": totals.voters}


def _whole(previous: Previous, index: SiteIndex) -> Iterator[Difference]:
    """What differs in the whole. Totals follow from what is told of each TPS, so they need no reason of their own."""
    pairs: tuple[tuple[str, Mapping[str, Cell], Mapping[str, Cell]], ...] = (
        ("election", previous.manifest.vote, vote(index.site)),
        ("totals", previous.manifest.totals, counts(index.totals)),
    )
    for what, old, new in pairs:
        keys = differing(old, new, new)
        if keys:
            was, now = {key: old.get(key) for key in keys}, {key: new[key] for key in keys}
            entry = Entry(index.site.election_slug, iso(index.as_of, index.site.election), what, was, now)
            yield Difference(entry, is_unexplained=what == "election")
