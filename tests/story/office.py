"""An election office for a story: some villages of the OKI site before anything changed, and what its operator does."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

from sitegen.cli import main
from tests import spreadsheets
from tests.support import ELECTION_FOLDER, ROOT, edit

VILLAGES = {
    "air-sugihan": ("kerta-mukti", "nusakerta"),
    "kayu-agung": ("celikah", "cintaraja", "jua-jua"),
    "mesuji-makmur": ("karya-jaya", "mesuji-jaya", "mukti-karya"),
    "mesuji-raya": ("kertamukti", "sumbu-sari"),
    "sungai-menang": ("gajah-mati", "gajah-mukti"),
}
"""The villages of each kecamatan."""
BASE = "https://papan.example/"

SCHEDULE = """\
as_of: {year}-11-25 18:00
stages:
  - {{id: hari, kind: voting, title: Hari memilih, start: {date}, opens: "07:00", closes: "13:00", source: {{name: A}}}}
"""
"""The calendar of an election."""


class Publication(NamedTuple):
    """A published site: its folder, and the moment at which voters read it, with its offset from UTC."""

    folder: Path
    read_at: str

    @property
    def addresses(self) -> frozenset[str]:
        """Every file of it."""
        paths = (path for path in self.folder.rglob("*") if path.is_file())
        return frozenset(path.relative_to(self.folder).as_posix() for path in paths)


class Office:
    """The folder of an operator, in which every change is made by a command or by hand."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        _first_content(folder)

    def run(self, command: str, *arguments: str) -> int:
        """Run a command of ``build.py`` here; its exit code."""
        paths = ("--config", str(self.folder / "site_config.yaml"), "--content", str(self.folder / "content"))
        return main([command, *arguments, *paths])

    def change(self, village: str, tps: str, kind: str, **options: str) -> None:
        """Write a decision about a TPS down."""
        told = [text for key, value in options.items() for text in (f"--{key.replace('_', '-')}", value)]
        assert self.run("change", village, tps, kind, *told, "--yes", "--jobs", "1") == 0

    def edit(self, path: str, old: str, new: str) -> None:
        """Change a file of the content by hand."""
        edit(self.folder / "content" / path, old, new)

    def write_news(self, date: str, title: str, head: str, body: str) -> None:
        """Begin a news item with the command, then fill in what else its head says, and the text."""
        news = self.folder / "content" / "news"
        before = set(news.iterdir())
        assert main(["new", "news", title, "--date", date, "--content", str(news.parent)]) == 0
        [path] = set(news.iterdir()) - before
        [first] = re.findall(r"(?m)^title: .*\n", path.read_text("utf-8"))
        path.write_text(f"---\n{first}{head}---\n\n{body}\n", "utf-8")

    def prepare(self, slug: str, name: str, date: str, tps: Mapping[str, int]) -> None:
        """Write the files of another election from those of the last one, and import its TPS: so many in each village
        (its slug), in the building of that number."""
        elections = self.folder / "content" / "elections"
        last, folder = elections / "pilkada-2024", elections / slug
        folder.mkdir()
        shutil.copy(last / "acknowledged.yaml", folder)
        text = (last / "election.yaml").read_text("utf-8")
        for key, value in (("name", name), ("title", name), ("date", date), ("data_as_of", f"{date[:5]}11-25 18:00")):
            text = re.sub(rf"(?m)^{key}: .*$", f"{key}: {value}", text, count=1)
        (folder / "election.yaml").write_text(text, "utf-8")
        (folder / "schedule.yaml").write_text(SCHEDULE.format(date=date, year=date[:4]), "utf-8")
        rows = [["Kecamatan", "Desa", "TPS", "Nama Tempat", "Laki-laki", "Perempuan"]]
        for kecamatan, villages in VILLAGES.items():
            for village in villages:
                numbers = range(1, tps.get(village, 3) + 1)
                rows += [[kecamatan, village, str(n), f"Gedung {n} {village} (contoh)", "200", "210"] for n in numbers]
        table = spreadsheets.csv(self.folder / f"{slug}.csv", rows)
        assert self.run("import", str(table), "--election", slug, "--source", "SK KPU OKI nomor 9 (contoh)") == 0

    def build(self, name: str, previous: Publication | None = None) -> int:
        """Build the site, which continues the ``previous`` publication; the exit code."""
        more = ("--previous", str(previous.folder)) if previous else ()
        return self.run("build", "--out", str(self.folder / name), "--jobs", "1", "--base-url", BASE, *more)

    def publish(self, name: str, read_at: str, previous: Publication | None = None) -> Publication:
        """Build the site without errors, for somebody who reads it ``read_at``."""
        assert self.build(name, previous) == 0
        return Publication(self.folder / name, read_at)


def _first_content(folder: Path) -> None:
    """The content of the OKI site as it was before the first change, of some kecamatan only."""
    shutil.copy(ROOT / "site_config.yaml", folder)
    content = folder / "content"
    shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns("addresses.txt"))
    for path in content.glob("regions/*.yaml"):
        stations = content / "elections/pilkada-2024/tps" / path.stem
        if path.stem in VILLAGES:
            _keep(path, stations, VILLAGES[path.stem])
        else:
            path.unlink()
            shutil.rmtree(stations)
    election = folder / ELECTION_FOLDER / "election.yaml"
    text = election.read_text("utf-8").partition("# What the office announced")[0]
    election.write_text(text.replace("data_as_of: 2024-11-26 18:00", "data_as_of: 2024-11-25 18:00"), "utf-8")
    edit(folder / ELECTION_FOLDER / "schedule.yaml", "as_of: 2024-12-04 06:00", "as_of: 2024-11-25 18:00")
    for news in content.glob("news/*"):
        if "kpps-dilantik" not in news.name:
            news.unlink()


def _keep(kecamatan: Path, stations: Path, villages: Collection[str]) -> None:
    """Keep some villages of a kecamatan, as they were before the first change."""
    head, *items = re.split(r"(?m)^(?=  - code: )", kecamatan.read_text("utf-8"))
    for path in stations.glob("*.yaml"):
        text = path.read_text("utf-8")
        if path.stem in villages:
            path.write_text(re.sub(r"    changes:\n(      .*\n)+|  as_of: .*\n", "", text), "utf-8")
        else:
            code = re.search(r"village: (\S+)", text)
            items = [item for item in items if code and f"code: {code[1]}\n" not in item]
            path.unlink()
    kecamatan.write_text(head + "".join(items), "utf-8")
