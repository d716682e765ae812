"""Where the content lies: finding the files, without reading them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sitegen.content.own import Own
from sitegen.problems import Problem


@dataclass(frozen=True, slots=True)
class ShardFiles:
    """Files of one shard: a kecamatan and its villages' TPS in the current election."""

    kecamatan: Path
    tps: tuple[Path, ...]

    @property
    def slug(self) -> str:
        """The kecamatan's name in addresses: the name of its file."""
        return self.kecamatan.stem


@dataclass(frozen=True, slots=True)
class Sources:
    """All files of a site, each group in the order of their names."""

    election: Path | None
    schedule: Path | None
    acknowledged: Path | None
    """May be missing: nothing was acknowledged then."""
    news: tuple[Path, ...]
    guides: tuple[Path, ...]
    shards: tuple[ShardFiles, ...]
    tps: Path
    """Folder of the folders of TPS."""
    stray: tuple[Path, ...]
    """Folders of TPS whose kecamatan has no file in ``regions/``."""
    problems: tuple[Problem, ...]
    """What was found and may not be read."""


def find(content: Path, election: str) -> Sources:
    """Look through the content folder for everything that the site of ``election`` needs."""
    folder = content / "elections" / election
    own = Own(content)
    regions = own.kecamatan(content / "regions")
    shards = tuple(ShardFiles(file, own.files(folder / "tps" / file.stem, ".yaml")) for file in regions)
    known = {shard.slug for shard in shards}
    tps_folders = sorted(path for path in folder.glob("tps/*") if path.is_dir())
    return Sources(
        election=own.file(folder / "election.yaml"),
        schedule=own.file(folder / "schedule.yaml"),
        acknowledged=own.file(folder / "acknowledged.yaml"),
        news=own.files(content / "news", ".md"),
        guides=own.files(content / "pages", ".md"),
        shards=shards,
        tps=folder / "tps",
        stray=own.folders(path for path in tps_folders if path.name not in known),
        problems=tuple(own.problems),
    )


def latest_election(content: Path) -> str:
    """Name of the last election's folder; empty when there is none."""
    return max((path.name for path in content.glob("elections/*") if path.is_dir()), default="")
