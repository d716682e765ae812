"""The data files of a publication, with the manifest over them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sitegen.history.previous import Previous
from sitegen.history.tell import write_manifest
from sitegen.output.exports import Rows
from sitegen.output.shared import SharedOutlet
from sitegen.output.site import write_data
from sitegen.pages.index import SiteIndex
from sitegen.pages.views import Download


class Past(NamedTuple):
    """The publication before, if there is one, and the folder where the rows of the new one are gathered."""

    previous: Previous | None
    parts: Path


class Data(NamedTuple):
    """Data files that were written, those for readers, and the number of the publication."""

    downloads: tuple[Download, ...] = ()
    number: int = 0


def publish_data(past: Past, out: SharedOutlet, index: SiteIndex, rows: Rows, content: str) -> Data:
    """Write the data files, and the manifest over them and the log, which lies in ``out`` already; ``content`` is the
    digest of the content's list."""
    downloads = write_data(out, past.parts, index, rows)
    return Data(downloads, write_manifest(out, past.previous, index, content).number)
