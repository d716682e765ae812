"""Where a TPS stands in the content: found again when something is to be said about it."""

from __future__ import annotations

from pathlib import Path

from sitegen.content.documents import Document, Loader
from sitegen.content.shard import VILLAGE_TPS
from sitegen.model.tps import VillageTps


class VillageFiles:
    """The files below ``folder``, which holds the folders of TPS. The last one is kept: who asks goes village by
    village."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._last: Document[VillageTps] | None = None

    def line(self, kecamatan: str, village: str, tps: int | None, *loc: str | int) -> tuple[str, int]:
        """File and line of the TPS of a village (its code), or of the value at ``loc`` in it; of a kecamatan (its slug)
        where the village has no file."""
        folder = self._folder / kecamatan
        document = self._document(folder, village)
        if document is None:
            return str(folder), 0
        position = next((at for at, one in enumerate(document.data.tps) if one.number == tps), None)
        return document.path, document.line("tps") if position is None else document.line("tps", position, *loc)

    def _document(self, folder: Path, village: str) -> Document[VillageTps] | None:
        if self._last is None or self._last.data.village != village:
            files = (path for path in sorted(folder.glob("*.yaml")) if village.encode() in path.read_bytes())
            found = (Loader().yaml(path, VILLAGE_TPS) for path in files)
            self._last = next((document for document in found if document and document.data.village == village), None)
        return self._last
