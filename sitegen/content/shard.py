"""Reading one shard: a kecamatan and the TPS of its villages."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import TypeAdapter

from sitegen.content.documents import Document, Loader
from sitegen.content.sources import ShardFiles
from sitegen.model.region import Kecamatan
from sitegen.model.tps import VillageTps

KECAMATAN = TypeAdapter(Kecamatan)
VILLAGE_TPS = TypeAdapter(VillageTps)


@dataclass(frozen=True, slots=True)
class ShardContent:
    """A shard that could be read; files with problems are missing from ``tps``."""

    slug: str
    kecamatan: Document[Kecamatan]
    tps: tuple[Document[VillageTps], ...]


def read_shard(files: ShardFiles, loader: Loader) -> ShardContent | None:
    """Read all files of a shard, noting every problem in ``loader``; None without its kecamatan."""
    kecamatan = loader.yaml(files.kecamatan, KECAMATAN)
    tps = [loader.yaml(path, VILLAGE_TPS) for path in files.tps]
    if kecamatan is None:
        return None
    return ShardContent(files.slug, kecamatan, tuple(document for document in tps if document))
