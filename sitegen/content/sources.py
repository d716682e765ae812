"""Where the content lies: finding the files, without reading them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from sitegen.content.folders import Folders
from sitegen.content.own import Own
from sitegen.content.pictures import FOLDER
from sitegen.problems import Problem


@dataclass(frozen=True, slots=True)
class ShardFiles:
    """Files of one shard: a kecamatan and its villages' TPS in one election, the files called ``names`` in ``folder``.
    ``before`` are those of the same kecamatan in earlier elections, which a page leads to."""

    election: str
    kecamatan: Path
    folder: Path
    names: tuple[str, ...]
    before: tuple[ShardFiles, ...] = ()

    @property
    def tps(self) -> tuple[Path, ...]:
        """The files with the TPS of a village each. Of shards that did not change nobody needs the paths: in the
        country that are 83,000."""
        return tuple(self.folder / name for name in self.names)

    @property
    def slug(self) -> str:
        """The kecamatan's name in addresses: the name of its file."""
        return self.kecamatan.stem

    @property
    def name(self) -> str:
        """What nothing else is called, for files about the shard."""
        return shard_name(self.election, self.slug)


def shard_name(election: str, kecamatan: str) -> str:
    """What a shard is called, by two slugs."""
    return f"{election}.{kecamatan}"


@dataclass(frozen=True, slots=True)
class Sources:
    """All files of an election, each group in the order of their names; news, guides and pictures belong to the current
    one."""

    slug: str
    election: Path | None
    schedule: Path | None
    acknowledged: Path | None
    """May be missing: nothing was acknowledged then."""
    shards: tuple[ShardFiles, ...]
    tps: Path
    """Folder of the folders of TPS."""
    stray: tuple[Path, ...]
    """Folders of TPS whose kecamatan has no file in ``regions/``."""
    problems: tuple[Problem, ...]
    """What was found and may not be read."""
    news: tuple[Path, ...] = ()
    guides: tuple[Path, ...] = ()
    pictures: tuple[Path, ...] = ()
    redirects: Path | None = None
    addresses: Path | None = None
    """Addresses that stay; may be missing, as may the redirects."""


def find(content: Path, election: str, folders: Folders) -> Sources:
    """Look through the content folder for everything that the site of ``election`` needs."""
    own = Own(content, folders)
    news = own.files(content / "news", ".md")
    guides = own.files(content / "pages", ".md")
    pictures = tuple(path for path in own.files(content / FOLDER, "") if not path.is_dir())
    found = _election(content / "elections" / election, _regions(content, own), own, folders)
    return replace(
        found,
        news=news,
        guides=guides,
        pictures=pictures,
        redirects=own.file(content / "redirects.yaml"),
        addresses=own.file(content / "addresses.txt"),
        problems=tuple(own.problems),
    )


def find_others(content: Path, current: Sources, folders: Folders) -> tuple[tuple[Sources, ...], tuple[Problem, ...]]:
    """The other elections, and what is wrong with their folders."""
    own = Own(content, folders)
    elections = own.elections(map(Path, folders.below(content / "elections")))
    shared = tuple(shard.kecamatan for shard in current.shards)
    others = (folder for folder in elections if folder.name != current.slug)
    return tuple(_election(folder, shared, Own(content, folders), folders) for folder in others), tuple(own.problems)


def _regions(folder: Path, own: Own) -> tuple[Path, ...]:
    return own.kecamatan(folder / "regions")


def _election(folder: Path, shared: tuple[Path, ...], own: Own, folders: Folders) -> Sources:
    """The election in ``folder``: with the kecamatan and villages of its own folder ``regions``, which keeps what was
    true then, or with the ``shared`` ones."""
    regions = _regions(folder, own) if folder.joinpath("regions").is_dir() else shared
    known = {file.stem for file in regions}
    tps = folder / "tps"
    of_tps = map(Path, folders.below(tps))
    return Sources(
        slug=folder.name,
        election=own.file(folder / "election.yaml"),
        schedule=own.file(folder / "schedule.yaml"),
        acknowledged=own.file(folder / "acknowledged.yaml"),
        shards=tuple(_shard(folder.name, file, tps / file.stem, own) for file in regions),
        tps=tps,
        stray=own.folders(path for path in of_tps if path.name not in known),
        problems=tuple(own.problems),
    )


def _shard(election: str, kecamatan: Path, folder: Path, own: Own) -> ShardFiles:
    return ShardFiles(election, kecamatan, folder, own.names(folder, ".yaml"))


def latest_election(content: Path, folders: Folders) -> str:
    """Name of the last election's folder; empty when there is none."""
    return max((Path(path).name for path in folders.below(content / "elections")), default="")
