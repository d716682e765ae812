"""A new site folder for any kabupaten, kota or provinsi of the country."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sitegen import hierarchy, starter
from sitegen.content.documents import Loader
from sitegen.content.pictures import FOLDER
from sitegen.content.shard import VILLAGE_TPS
from sitegen.content.site import CONFIG, ELECTION
from sitegen.content.yaml_write import document
from sitegen.hierarchy import Area, KecamatanArea
from sitegen.model.acknowledged import AcknowledgedFile, Acknowledgement
from sitegen.model.config import DataStatus, SiteConfig
from sitegen.model.election import Election, KecamatanTotals, OfficialTotals
from sitegen.model.region import Kecamatan, Village, village_kind
from sitegen.model.tps import NO_SOURCE, Source, VillageTps
from sitegen.problems import UsageError, msg
from sitegen.sample import DEFAULT_SEED, SampleRule, rule_for
from sitegen.sample import sample as sample_of
from sitegen.slugs import kecamatan_slugs, slug, village_slugs

SHIPPED = Path(__file__).resolve().parent.parent
SAMPLE_SOURCE = "Data contoh: dijumlahkan dari contoh ini, bukan angka resmi"


@dataclass(frozen=True, slots=True)
class NewSiteReport:
    """What was written."""

    folder: Path
    config: SiteConfig
    kecamatan: int
    villages: int
    tps: int


@dataclass(frozen=True, slots=True)
class _Start:
    """What a region's site begins with. ``shipped`` tells that the repository itself holds a sample of this region:
    its own election, calendar and news, which speak of the sample's TPS, are then used instead of the country's.
    """

    area: Area
    config: SiteConfig
    election: Election
    shipped: bool


def new_site(target: Path, region_code: str, *, election: str, sample: bool, seed: str | None = None) -> NewSiteReport:
    """Write a complete site folder for a region: configuration, regions, election, guides, and one TPS file per
    village, empty or with sample data of ``seed``.

    Raises UsageError when there is no such region or election, or when ``target`` is not an empty folder.
    """
    start = _start(region_code, election, is_sample=sample)
    _require_empty(target)
    regions = tuple(hierarchy.kecamatan(region_code))
    content = target / "content"
    elections = content / "elections" / election
    write_regions(content / "regions", regions)
    rule = rule_for(start.election, start.config.office.short_name, seed or DEFAULT_SEED) if sample else None
    counts = write_tps(elections, regions, rule, _published(election) if start.shipped and sample else {})
    _write_election(elections, start, counts, is_sample=sample)
    _write_text(target / "site_config.yaml", starter.config_text(start.config))
    _copy_licence(content / "regions")
    _write_articles(content, start)
    return NewSiteReport(
        target,
        start.config,
        len(counts),
        sum(count.villages for count in counts),
        sum(count.tps for count in counts),
    )


def _start(code: str, election: str, *, is_sample: bool) -> _Start:
    area = hierarchy.find(code)
    if area is None or code.count(".") > 1:
        raise UsageError(msg("No kabupaten, kota or provinsi has the code %(code)s", code=code))
    province = area if "." not in code else hierarchy.find(code[:2]) or area
    config = starter.config_of(area, starter.office_of(area), election, is_sample=is_sample)
    national = starter.election_of(election, province, area)
    loader = Loader()
    known = loader.yaml(SHIPPED / "site_config.yaml", CONFIG) if is_sample else None
    if known is None or (known.data.region.code, known.data.election) != (code, election):
        return _Start(area, config, national, shipped=False)
    own = loader.yaml(_shipped_election(election) / "election.yaml", ELECTION)
    if own is None:
        return _Start(area, config, national, shipped=False)
    return _Start(area, replace(known.data, data_status=DataStatus.SAMPLE), own.data, shipped=True)


def _shipped_election(election: str) -> Path:
    return SHIPPED / "content" / "elections" / election


def _require_empty(target: Path) -> None:
    if target.is_file() or (target.is_dir() and any(target.iterdir())):
        raise UsageError(msg("%(folder)s is not an empty folder; nothing was written", folder=str(target)))


def write_regions(folder: Path, regions: Iterable[KecamatanArea]) -> None:
    """Write ``<kecamatan>.yaml`` for each kecamatan; villages with one name in a kecamatan get their
    address spelled out, so that it stays when another namesake comes.
    """
    regions = tuple(regions)
    names = _file_names(regions)
    for area in regions:
        _write(folder / f"{names[area.code]}.yaml", kecamatan_of(area), "kecamatan", depth=2)


def kecamatan_of(area: KecamatanArea) -> Kecamatan:
    """The content of a kecamatan's file."""
    slugs = village_slugs(area.villages)
    villages = tuple(
        Village(code=v.code, name=v.name, slug=None if slugs[v.code] == slug(v.name) else slugs[v.code])
        for v in area.villages
    )
    return Kecamatan(code=area.code, name=area.name, villages=villages)


def _file_names(regions: tuple[KecamatanArea, ...]) -> dict[str, str]:
    codes = [area.code for area in regions]
    within = next((codes[0][:length] for length in (5, 2) if len({code[:length] for code in codes}) == 1), "")
    names = {area.code: area.name for area in hierarchy.regencies(within)}
    return kecamatan_slugs(((area.code, area.name) for area in regions), names)


@dataclass(slots=True)
class TpsCount:
    """What was written for one kecamatan."""

    code: str
    villages: int = 0
    tps: int = 0
    kpps: int = 0
    men: int = 0
    women: int = 0

    def add(self, village: VillageTps) -> None:
        """Count the TPS of a village."""
        self.villages += 1
        self.tps += len(village.tps)
        for tps in village.tps:
            self.kpps += len(tps.kpps) if tps.kpps else 0
            self.men += tps.voters.men if tps.voters else 0
            self.women += tps.voters.women if tps.voters else 0


def write_tps(
    folder: Path,
    regions: Iterable[KecamatanArea],
    rule: SampleRule | None,
    published: Mapping[str, VillageTps] | None = None,
) -> list[TpsCount]:
    """Write ``tps/<kecamatan>/<village>.yaml`` into an election's folder: the sample of ``rule``, or files
    without TPS. Villages in ``published`` (by code) get the decisions about their TPS from there. Returns the counts
    per kecamatan, in order.
    """
    regions = tuple(regions)
    names = _file_names(regions)
    contents = sample_of(regions, rule) if rule else _without_tps(regions)
    contents = (_decided(content, (published or {}).get(content.village)) for content in contents)
    return [_write_kecamatan(folder / "tps" / names[area.code], area, contents) for area in regions]


def _published(election: str) -> dict[str, VillageTps]:
    """Villages of the shipped region about whose TPS something was decided and published: that is no sample."""
    loader = Loader()
    paths = sorted(_shipped_election(election).glob("tps/*/*.yaml"))
    read = (loader.yaml(path, VILLAGE_TPS) for path in paths if "changes:" in path.read_text(encoding="utf-8"))
    villages = (document.data for document in read if document)
    return {one.village: one for one in villages if any(change.source for tps in one.tps for change in tps.changes)}


def _decided(content: VillageTps, known: VillageTps | None) -> VillageTps:
    if known is None:
        return content
    changes = {tps.number: tps.changes for tps in known.tps}
    tps = tuple(replace(one, changes=changes.get(one.number, ())) for one in content.tps)
    return replace(content, tps=tps, source=replace(content.source, as_of=known.source.as_of))


def _write_kecamatan(folder: Path, area: KecamatanArea, contents: Iterator[VillageTps]) -> TpsCount:
    slugs = village_slugs(area.villages)
    count = TpsCount(area.code)
    folder.mkdir(parents=True, exist_ok=True)
    for village, content in zip(area.villages, contents, strict=False):
        title = f"{village_kind(village.code).capitalize()} {village.name}, Kecamatan {area.name}"
        _write(folder / f"{slugs[village.code]}.yaml", content, "village_tps", depth=5, comment=title)
        count.add(content)
    return count


def _without_tps(regions: Iterable[KecamatanArea]) -> Iterator[VillageTps]:
    for area in regions:
        for village in area.villages:
            yield VillageTps(village=village.code, source=Source(document=NO_SOURCE), tps=())


def _write_election(folder: Path, start: _Start, counts: list[TpsCount], *, is_sample: bool) -> None:
    """Election, calendar and what a sample never has: copied with all their comments when the repository holds them."""
    if start.shipped:
        for name in ("election.yaml", "schedule.yaml", "acknowledged.yaml"):
            shutil.copyfile(_shipped_election(folder.name) / name, folder / name)
        return
    totals = _totals_of_sample(counts) if is_sample else None
    _write(folder / "election.yaml", replace(start.election, official_totals=totals), "election", depth=3)
    shutil.copyfile(starter.folder_of(folder.name) / "schedule.yaml", folder / "schedule.yaml")
    if is_sample:
        comment = "Temuan `build.py check` yang memang begitu, dengan alasannya. Hapus bersama data contohnya."
        _write(
            folder / "acknowledged.yaml", _not_in_a_sample(start.area.code), "acknowledged", depth=3, comment=comment
        )


def _not_in_a_sample(region: str) -> AcknowledgedFile:
    reason = "Data contoh. Letak TPS di peta tidak pernah dikarang."
    return AcknowledgedFile(acknowledged=(Acknowledgement(code="missing.coordinates", place=region, reason=reason),))


def _totals_of_sample(counts: list[TpsCount]) -> OfficialTotals:
    return starter.totals_of(
        [KecamatanTotals(code=c.code, villages=c.villages, tps=c.tps, voters=c.men + c.women) for c in counts],
        men=sum(c.men for c in counts),
        women=sum(c.women for c in counts),
        kpps=sum(c.kpps for c in counts),
        source=SAMPLE_SOURCE,
    )


def _write_articles(content: Path, start: _Start) -> None:
    """Guides and news as the repository has them for this region; for another one the guides that hold in
    the whole country, with hours in the region's time zone.
    """
    if start.shipped:
        for name in ("pages", "news", FOLDER):
            shutil.copytree(SHIPPED / "content" / name, content / name)
        return
    for path in sorted(starter.folder_of(start.config.election).glob("pages/*.md")):
        text = path.read_text(encoding="utf-8").replace("WIB", start.election.time_zone)
        if starter.is_kip(start.area.code):
            text = text.replace("kantor KPU", "kantor KIP")
        _write_text(content / "pages" / path.name, text)


def _copy_licence(folder: Path) -> None:
    """Names and codes stay under the licence of the table they come from."""
    for name in ("LICENSE", "NOTICE.md"):
        shutil.copyfile(hierarchy.TABLE.parent / name, folder / name)


def _write(path: Path, value: object, schema: str, *, depth: int, comment: str | None = None) -> None:
    """Write a content object that lies ``depth`` folders below the site's folder."""
    _write_text(path, document(value, f"{'../' * depth}docs/schemas/{schema}.json", comment))


def _write_text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
