"""Sites of four sizes: OKI as it ships, one province, several, and the country, filled with the usual sample."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from sitegen import hierarchy, starter
from sitegen.content.yaml_write import document, plain
from sitegen.hierarchy import Area, KecamatanArea
from sitegen.model.election import KecamatanTotals, OfficialTotals
from sitegen.new import write_regions, write_tps
from sitegen.sample import SampleRule, rule_for

ROOT = Path(__file__).resolve().parents[2]
ELECTION = "pilkada-2024"
QUARTER = tuple(map(str, range(12, 22)))
"""Provinces with about a quarter of the country's villages: Sumatera without Aceh."""
PROVINCES = {"quarter": QUARTER, "country": ()}
SIZES = ("oki", "sumsel", *PROVINCES)
ABOVE_PROVINCES = (
    "import sys; from sitegen.model import fields; fields.RegionCode = str; from sitegen.cli import run; run()"
)
"""The command line for a site above the provinces: Kemendagri has no code for it, the model asks for one."""


class Content(NamedTuple):
    """A site's content and configuration, and how Python is to start its build."""

    content: Path
    config: Path
    start: tuple[str, ...] = ("build.py",)


def make(size: str, folder: Path) -> Content:
    """The content of a size, written below ``folder`` unless it ships."""
    if size == "oki":
        return Content(ROOT / "content", ROOT / "site_config.yaml")
    target = folder / f"content-{size}"
    if size == "sumsel":
        command = [sys.executable, "build.py", "new", str(target), "--region", "16", "--sample", "--content-only"]
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        return Content(target / "content", target / "site_config.yaml")
    _provinces(target, PROVINCES[size])
    return Content(target / "content", target / "site_config.yaml", ("-c", ABOVE_PROVINCES))


def _provinces(target: Path, codes: tuple[str, ...]) -> None:
    """A site of several provinces (no codes: of all), as ``build.py new`` would write it if it could."""
    regions = tuple(area for code in codes or ("",) for area in hierarchy.kecamatan(code))
    above = Area("00", "Indonesia")
    election = replace(starter.election_of(ELECTION, above, above), time_zone="WIB")
    config = starter.config_of(above, starter.office_of(above), ELECTION, is_sample=True)
    folder = target / "content" / "elections" / ELECTION
    write_regions(target / "content" / "regions", regions)
    totals = _write_tps(folder, regions, rule_for(election, config.office.short_name))
    _write(folder / "election.yaml", replace(election, official_totals=totals))
    region = {**plain(config.region), "code": ""}
    told = {"title": config.title, "data_status": config.data_status, **plain(config), "region": region}
    _write(target / "site_config.yaml", told)
    started = starter.folder_of(ELECTION)
    (folder / "schedule.yaml").write_bytes((started / "schedule.yaml").read_bytes())
    for path in started.glob("pages/*.md"):
        copy = target / "content" / "pages" / path.name
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())


def _write_tps(folder: Path, regions: tuple[KecamatanArea, ...], rule: SampleRule) -> OfficialTotals:
    counts = write_tps(folder, regions, rule)
    return starter.totals_of(
        [KecamatanTotals(code=c.code, villages=c.villages, tps=c.tps, voters=c.men + c.women) for c in counts],
        men=sum(c.men for c in counts),
        women=sum(c.women for c in counts),
        kpps=sum(c.kpps for c in counts),
        source="Data contoh: dijumlahkan dari contoh ini, bukan angka resmi",
    )


def _write(path: Path, value: object) -> None:
    path.write_text(document(value), "utf-8")
