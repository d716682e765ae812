"""The data files of a publication, with the manifest over them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sitegen.history.previous import Previous
from sitegen.history.tell import write_manifest
from sitegen.output.shared import SharedOutlet
from sitegen.pages.index import SiteIndex


class Past(NamedTuple):
    """The publication before, if there is one, and the folder where the rows of the new one are gathered."""

    previous: Previous | None
    parts: Path

    @property
    def number(self) -> int:
        """The number of the new one in the chain."""
        return self.previous.manifest.number + 1 if self.previous else 1


def seal(past: Past, out: SharedOutlet, index: SiteIndex, content: str) -> None:
    """Write the manifest over all data files, which lie in ``out`` already. ``content`` is the digest of the content's
    list."""
    write_manifest(out, past.previous, index, content)
