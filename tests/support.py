"""What several tests need: the small good site, typed parts of it, and ways to change its files."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from sitegen.cli import main
from sitegen.content import yaml_events
from sitegen.content.documents import Document, Loader
from sitegen.content.folders import Folders
from sitegen.content.pictures import Pictures
from sitegen.content.shard import KECAMATAN, VILLAGE_TPS, ShardContent, read_shard
from sitegen.content.site import CONFIG, ELECTION, SCHEDULE, SiteContent, read_site
from sitegen.content.sources import find
from sitegen.model.election import Schedule
from sitegen.model.summary import KecamatanSummary, TpsSummary, VillageSummary
from sitegen.model.tps import Change, ChangeKind, VillageTps
from sitegen.pages.articles import NewsItem
from sitegen.pages.index import SiteIndex
from sitegen.pages.rows import lists_key
from sitegen.pages.shard import Extras, ShardPlan, plan_shard
from sitegen.pages.site import site_view, texts
from sitegen.pages.views import Assets, Site

ROOT = Path(__file__).parents[1]
MINI = ROOT / "tests" / "sites" / "mini"
ELECTION_FOLDER = "content/elections/pilkada-2024"
JUA_JUA = f"{ELECTION_FOLDER}/tps/kayu-agung/jua-jua.yaml"

MOVED = """\
    place: Gedung Baru
    changes: [{kind: moved, from_place: Tempat Lama, decree: BA 1, decided: 2024-11-26 16:30}]
"""
"""Instead of the place of a TPS: it moved."""


def mini(folder: Path) -> Path:
    """A copy of the small good site in ``folder``."""
    return Path(shutil.copytree(MINI, folder, dirs_exist_ok=True))


def edit(path: Path, old: str, new: str) -> None:
    """Replace ``old``, which must stand in the file, once."""
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} does not stand in {path}"
    path.write_text(text.replace(old, new, 1), "utf-8")


def before_the_vote(site: Path) -> None:
    """Nothing is known of what happened after the eve of the vote."""
    edit(site / ELECTION_FOLDER / "schedule.yaml", "as_of: 2024-11-30", "as_of: 2024-11-26")
    sukaraja = site / ELECTION_FOLDER / "tps/pedamaran/sukaraja.yaml"
    edit(sukaraja, ", as_of: 2024-11-30 18:00", "")
    sukaraja.write_text(sukaraja.read_text("utf-8").partition("    changes:")[0], "utf-8")


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def village_file(*tps: str, village: str = "16.02.05.1010") -> Document[VillageTps]:
    """The file of a village with these TPS, each as YAML on one line: ``number: 1, place: Balai``."""
    listed = "\n".join(f"  - {{{line}}}" for line in tps)
    text = f"village: {village}\nsource: {{document: SK}}\ntps:{' []' if not tps else ''}\n{listed}\n"
    return Document(f"tps/{village}.yaml", VILLAGE_TPS.validate_python(yaml_events.parse(text)), text)


MERGED = "changes: [{kind: merged, into: 1, decree: SK 1}]"
CANCELLED = "changes: [{kind: cancelled, decree: SK 1}]"
"""For ``village_file``: what ends a TPS."""


def shard_of(*files: Document[VillageTps]) -> ShardContent:
    """A kecamatan of these villages, which are called by the last digits of their code."""
    codes = [file.data.village for file in files]
    villages = "".join(f"  - {{code: {code}, name: Desa {code[-2:]}}}\n" for code in codes)
    text = f"code: {codes[0][:8]}\nname: Contoh\nvillages:\n{villages}"
    kecamatan = Document("regions/contoh.yaml", KECAMATAN.validate_python(yaml_events.parse(text)), text)
    return ShardContent("contoh", kecamatan, files)


@cache
def mini_site() -> Site:
    """What every page of the small site knows."""
    loader = Loader()
    config = loader.yaml(MINI / "site_config.yaml", CONFIG)
    election = loader.yaml(MINI / ELECTION_FOLDER / "election.yaml", ELECTION)
    schedule = loader.yaml(MINI / ELECTION_FOLDER / "schedule.yaml", SCHEDULE)
    assert config is not None
    assert election is not None
    assert schedule is not None
    return site_view(config.data, election.data, schedule.data, Assets({}, {}))


def with_config(**changes: Any) -> Site:
    """The small site with another configuration."""
    site = mini_site()
    return replace(site, config=replace(site.config, **changes))


def mini_content(folder: Path = MINI) -> SiteContent:
    """The small site's own files, read from ``folder``."""
    return read_site(find(folder / "content", "pilkada-2024", Folders()), Loader())


def mini_news() -> tuple[NewsItem, ...]:
    """The news of the small site."""
    return texts(mini_content(), Pictures()).news


def plans(folder: Path = MINI, site: Site | None = None, extras: Extras | None = None) -> dict[str, ShardPlan]:
    """The plan of every shard of the small site, by its slug."""
    loader = Loader()
    read = [read_shard(files, loader) for files in find(folder / "content", "pilkada-2024", Folders()).shards]
    assert loader.problems == []
    return {shard.slug: plan_shard(site or mini_site(), shard, extras or Extras()) for shard in read if shard}


def mini_index(
    site: Site | None = None, news: tuple[NewsItem, ...] = (), schedule: Schedule | None = None, folder: Path = MINI
) -> SiteIndex:
    """What index pages of the small site are made of."""
    kecamatan = tuple(plan.summary for plan in plans(folder, site).values())
    return SiteIndex(site or mini_site(), kecamatan, news, (), schedule, "", lists_keys(kecamatan))


def lists_keys(kecamatan: Iterable[KecamatanSummary]) -> dict[str, str]:
    """Keys of what lists show, as shards tell them."""
    return {one.code: lists_key(one) for one in kecamatan}


def with_changes(plan: ShardPlan, changes: Callable[[VillageSummary, int], tuple[Change, ...]]) -> KecamatanSummary:
    """The summary of ``plan`` whose TPS have the ``changes`` of their village and number."""
    found = []
    for village, view in zip(plan.summary.villages, plan.villages, strict=True):
        told = (TpsSummary(v.tps.number, v.tps.place, v.url, changes(village, v.tps.number)) for v in view.tps)
        found.append(village._replace(noted=tuple(told)))
    return replace(plan.summary, villages=tuple(found))


def change(kind: ChangeKind, **values: Any) -> Change:
    """A decision about a TPS with a decree."""
    return Change(kind=kind, **{"decree": "SK 1", **values})


def mini_elsewhere(folder: Path, code: str = "16.71", name: str = "Kota Contoh") -> Path:
    """A copy of the small good site with its villages in another kabupaten or kota."""
    site = mini(folder)
    for path in (*site.rglob("*.yaml"), *site.rglob("*.md")):
        text = path.read_text("utf-8").replace("16.02", code).replace("Kabupaten Contoh", name)
        path.write_text(text, "utf-8")
    return site


PORTAL = """\
office: {name: KPU Provinsi Contoh, short_name: KPU Contoh}
contact: {address: Kantor KPU (contoh)}
region: Provinsi Contoh
sites:
  - url: https://satu.example/
    data: satu
  - url: https://dua.example/kota/
    data: dua/data/portal.json
"""


def portal_folder(folder: Path) -> Path:
    """``portal.yaml`` in ``folder`` above two small sites that were built; Celikah is Cempaka in the second."""
    first, second = mini(folder / "content-1"), mini_elsewhere(folder / "content-2")
    edit(second / "content" / "regions" / "kayu-agung.yaml", "name: Celikah\n", "name: Cempaka\n    slug: celikah\n")
    for site, out in ((first, "satu"), (second, "dua")):
        options = ["--config", str(site / "site_config.yaml"), "--content", str(site / "content")]
        assert main([*options, "--out", str(folder / out), "--jobs", "1"]) == 0
    (folder / "portal.yaml").write_text(PORTAL, "utf-8")
    return folder


NEXT = ROOT / "tests" / "sites" / "next"
"""The election after the one of the small site, with more TPS in one village and fewer in another."""


def prepare_next(site: Path) -> None:
    """Put the files of the next election beside those of the current one."""
    shutil.copytree(NEXT, site, dirs_exist_ok=True)


def make_next_current(site: Path) -> None:
    """Prepare the next election and make it the current one."""
    prepare_next(site)
    edit(site / "site_config.yaml", "election: pilkada-2024", "election: pilkada-2029")
