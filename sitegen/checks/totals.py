"""The counts of the content against what the office announced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sitegen.content.documents import Document
from sitegen.model.config import DataStatus
from sitegen.model.election import Election, OfficialTotals
from sitegen.model.summary import KecamatanSummary, Totals
from sitegen.problems import Problem, Severity, msg


def check_totals(
    document: Document[Election],
    status: DataStatus,
    kecamatan: Sequence[KecamatanSummary],
    broken: frozenset[str],
    region: str = "",
) -> Iterator[Problem]:
    """Every figure of ``official_totals``, if there are any, that the content does not add up to: an error when the
    data are official, a warning otherwise. Shards in ``broken`` do not count all they hold, so neither
    their figures nor those of the whole ``region`` (its code) are compared."""
    severity = Severity.ERROR if status is DataStatus.OFFICIAL else Severity.WARNING
    official = document.data.official_totals
    if official is None:
        return
    counted = Totals.sum(shard.totals for shard in kecamatan) if kecamatan else Totals()
    pairs: list[tuple[str, int, int, tuple[str | int, ...]]] = [
        ("villages", official.villages, counted.villages, ("villages",)),
        ("TPS", official.tps, counted.tps_beside(official.tps), ("tps",)),
        ("KPPS", official.kpps, counted.kpps_beside(official.kpps), ("kpps",)),
        ("voters", official.voters.total, counted.voters, ("voters", "total")),
        ("men", official.voters.men, counted.men, ("voters", "men")),
        ("women", official.voters.women, counted.women, ("voters", "women")),
    ]
    whole = msg("the region")
    for unit, announced, found, loc in pairs:
        if announced != found and not broken:
            yield _difference(document, severity, whole, unit, announced, found, loc, region)
    yield from _kecamatan(document, severity, official, {shard.code: shard for shard in kecamatan}, broken)


def _kecamatan(
    document: Document[Election],
    severity: Severity,
    announced_totals: OfficialTotals,
    shards: Mapping[str, KecamatanSummary],
    broken: frozenset[str],
) -> Iterator[Problem]:
    for index, official in enumerate(announced_totals.kecamatan):
        at: tuple[str | int, ...] = ("kecamatan", index)
        shard = shards.get(official.code)
        if shard is None:
            yield document.problem(
                "totals.unknown-kecamatan",
                msg("There is no kecamatan with the code %(code)s in content/regions", code=official.code),
                msg("Check the code, or add the kecamatan."),
                "official_totals", *at, "code",
                severity=severity,
            )  # fmt: skip
            continue
        if shard.slug in broken:
            continue
        name = msg("Kec. %(name)s", name=shard.name)
        for unit, key, announced, found in (
            ("villages", "villages", official.villages, shard.totals.villages),
            ("TPS", "tps", official.tps, shard.totals.tps_beside(official.tps)),
            ("voters", "voters", official.voters, shard.totals.voters),
        ):
            if announced != found:
                yield _difference(document, severity, name, unit, announced, found, (*at, key), shard.code)


_UNITS = {
    "villages": msg("villages"),
    "TPS": msg("TPS"),
    "KPPS": msg("KPPS"),
    "voters": msg("voters"),
    "men": msg("men"),
    "women": msg("women"),
}


def _difference(
    document: Document[Election],
    severity: Severity,
    where: object,
    unit: str,
    announced: int,
    found: int,
    loc: tuple[str | int, ...],
    place: str,
) -> Problem:
    return document.problem(
        "totals.difference",
        msg(
            "The content counts %(found)s %(unit)s in %(where)s; %(announced)s were announced",
            found=found,
            unit=_UNITS[unit],
            where=where,
            announced=announced,
        ),
        msg("Correct the TPS files, or the announced figure with its source."),
        "official_totals", *loc,
        severity=severity,
        place=place,
    )  # fmt: skip
