"""Checks inside one shard: villages and TPS of one kecamatan against each other and the election's rules."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from sitegen.checks.changes import check_changes
from sitegen.checks.coverage import check_coverage
from sitegen.checks.people import check_people
from sitegen.checks.positions import check_positions
from sitegen.checks.stations import check_stations
from sitegen.content.documents import Document
from sitegen.content.shard import ShardContent
from sitegen.model.election import Election, Rules
from sitegen.model.region import Kecamatan, Village
from sitegen.model.tps import Tps, VillageTps
from sitegen.pages.urls import village_slug
from sitegen.problems import Problem, msg


def check_shard(shard: ShardContent, election: Election | None, region: str | None) -> Iterator[Problem]:
    """Every problem of a shard. Without ``election`` or ``region`` (their file has problems of its own)
    what depends on them is not checked."""
    yield from _codes(shard.kecamatan, region)
    yield from _villages_of_files(shard)
    yield from check_people(shard)
    yield from check_positions(shard)
    for document in shard.tps:
        yield from _numbers(document)
        yield from check_changes(document, election)
        yield from check_stations(document)
        yield from check_coverage(document)
        if election:
            for index, tps in enumerate(document.data.tps):
                yield from _rules(document, index, tps, election.rules)


def _codes(document: Document[Kecamatan], region: str | None) -> Iterator[Problem]:
    kecamatan = document.data
    if region and not f"{kecamatan.code}.".startswith(f"{region}."):
        yield document.problem(
            "region.outside",
            msg("Kecamatan %(code)s is not in the region %(region)s", code=kecamatan.code, region=region),
            msg("Check the code here and region.code in site_config.yaml."),
            "code",
        )
    seen: set[str] = set()
    slugs: dict[str, str] = {}
    for index, village in enumerate(kecamatan.villages):
        if not village.code.startswith(f"{kecamatan.code}."):
            yield document.problem(
                "region.village-outside",
                msg("Village %(code)s is not in kecamatan %(kecamatan)s", code=village.code, kecamatan=kecamatan.code),
                msg("Check both codes, or move the village to the file of its kecamatan."),
                "villages", index, "code",
            )  # fmt: skip
        if village.code in seen:
            yield document.problem(
                "region.village-twice",
                msg("Village %(code)s stands here twice", code=village.code),
                msg("Remove one of the two entries."),
                "villages", index, "code",
            )  # fmt: skip
        slug = village_slug(village)
        if slug in slugs and village.code not in seen:
            yield document.problem(
                "region.slug-twice",
                msg("%(village)s and %(other)s would have the same address", village=village.name, other=slugs[slug]),
                msg("Give one of them a slug of its own: slug: %(slug)s-2.", slug=slug),
                "villages", index, "name",
            )  # fmt: skip
        seen.add(village.code)
        slugs.setdefault(slug, village.name)


def _villages_of_files(shard: ShardContent) -> Iterator[Problem]:
    villages = {village.code: village for village in shard.kecamatan.data.villages}
    files: dict[str, str] = {}
    for document in shard.tps:
        code = document.data.village
        village = villages.get(code)
        if village is None:
            yield _unknown_village(document, shard.kecamatan, list(villages))
            continue
        if code in files:
            yield document.problem(
                "tps.village-twice",
                msg("%(other)s also holds the TPS of village %(code)s", other=files[code], code=code),
                msg("Put all TPS of a village into one file."),
                "village",
            )
        files.setdefault(code, document.path)
        yield from _file_name(document, village)


def _unknown_village(document: Document[VillageTps], kecamatan: Document[Kecamatan], known: list[str]) -> Problem:
    code = document.data.village
    near = difflib.get_close_matches(code, known, n=1, cutoff=0.8)
    name = next((v.name for v in kecamatan.data.villages if near and v.code == near[0]), "")
    fix = (
        msg("Did you mean %(code)s (%(name)s)?", code=near[0], name=name)
        if near
        else msg("Use a code of %(path)s, or add the village there.", path=kecamatan.path)
    )
    return document.problem(
        "tps.unknown-village",
        msg("Village %(code)s is not in kecamatan %(kecamatan)s", code=code, kecamatan=kecamatan.data.name),
        fix,
        "village",
    )


def _file_name(document: Document[VillageTps], village: Village) -> Iterator[Problem]:
    slug = village_slug(village)
    if not document.path.endswith(f"/{slug}.yaml"):
        yield document.problem(
            "tps.file-name",
            msg("The file of %(village)s should be called %(slug)s.yaml", village=village.name, slug=slug),
            msg("Rename the file, or check the code of the village."),
            "village",
        )


def _numbers(document: Document[VillageTps]) -> Iterator[Problem]:
    first: dict[int, int] = {}
    for index, tps in enumerate(document.data.tps):
        if tps.number in first:
            yield document.problem(
                "tps.number-twice",
                msg(
                    "TPS number %(number)s is already used in line %(line)s",
                    number=tps.number,
                    line=str(document.line("tps", first[tps.number], "number")),
                ),
                msg("A number stands only once in a village."),
                "tps", index, "number",
            )  # fmt: skip
        first.setdefault(tps.number, index)


def _rules(document: Document[VillageTps], index: int, tps: Tps, rules: Rules) -> Iterator[Problem]:
    if tps.voters and tps.voters.total > rules.max_voters_per_tps:
        yield document.problem(
            "tps.voters",
            msg(
                "TPS %(number)s has %(voters)s voters; the rule allows %(limit)s",
                number=tps.number,
                voters=tps.voters.total,
                limit=rules.max_voters_per_tps,
            ),
            msg("Check the figures. The rule stands in election.yaml (rules.max_voters_per_tps)."),
            "tps", index, "voters",
            place=document.data.village, tps=(tps.number,),
        )  # fmt: skip
    anggota = rules.kpps_per_tps.anggota
    if tps.kpps and len(tps.kpps.anggota) != anggota:
        yield document.problem(
            "tps.kpps",
            msg(
                "TPS %(number)s has 1 ketua and %(found)s anggota; the rule is 1 ketua and %(anggota)s anggota",
                number=tps.number,
                found=len(tps.kpps.anggota),
                anggota=anggota,
            ),
            msg("Write %(anggota)s names, one to a line.", anggota=anggota),
            "tps", index, "kpps", "anggota",
            place=document.data.village, tps=(tps.number,),
        )  # fmt: skip
