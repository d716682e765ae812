"""Reading one shard: a kecamatan and the TPS of its villages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter

from sitegen.content.documents import Document, Loader
from sitegen.content.sources import ShardFiles
from sitegen.model.region import Kecamatan, Village
from sitegen.model.tps import VillageTps

KECAMATAN = TypeAdapter(Kecamatan)
VILLAGE_TPS = TypeAdapter(VillageTps)


class Before(NamedTuple):
    """The kecamatan in an earlier election: its villages then, and the names of the files with their TPS."""

    election: str
    slug: str
    villages: tuple[Village, ...]
    files: frozenset[str]


@dataclass(frozen=True, slots=True)
class ShardContent:
    """A shard that could be read; files with problems are missing from ``tps``."""

    slug: str
    kecamatan: Document[Kecamatan]
    tps: tuple[Document[VillageTps], ...]
    before: tuple[Before, ...] = ()


def read_shard(files: ShardFiles, loader: Loader) -> ShardContent | None:
    """Read all files of a shard, noting every problem in ``loader``; None without its kecamatan."""
    kecamatan = loader.yaml(files.kecamatan, KECAMATAN)
    tps = [loader.yaml(path, VILLAGE_TPS) for path in files.tps]
    if kecamatan is None:
        return None
    before = tuple(_before(files, kecamatan.data))
    return ShardContent(files.slug, kecamatan, tuple(document for document in tps if document), before)


def _before(files: ShardFiles, kecamatan: Kecamatan) -> Iterator[Before]:
    for one in files.before:
        then = kecamatan if one.kecamatan == files.kecamatan else _kecamatan(one.kecamatan)
        if then:
            yield Before(one.election, one.slug, then.villages, frozenset(path.stem for path in one.tps))


def _kecamatan(path: Path) -> Kecamatan | None:
    document = Loader().yaml(path, KECAMATAN)  # the shard of that election tells what is wrong with it
    return document.data if document else None
