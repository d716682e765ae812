"""The data files of a publication, with the manifest over them."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from sitegen.history.manifest import MANIFEST, SUMS
from sitegen.history.previous import Previous
from sitegen.history.tell import write_manifest
from sitegen.output.publication import Outlet
from sitegen.output.site import write_data
from sitegen.pages.index import SiteIndex
from sitegen.pages.views import Downloads


class Past(NamedTuple):
    """The publication before, if there is one, and the folder where the rows of the new one are gathered."""

    previous: Previous | None
    parts: Path


class Data(NamedTuple):
    """Data files that were written: those for readers, the paths of all, and the number of the publication."""

    downloads: Downloads = MappingProxyType({})
    paths: tuple[str, ...] = ()
    number: int = 0


def publish_data(past: Past, out: Outlet, index: SiteIndex, content: str) -> Data:
    """Write the data files, and the manifest over them and the log, which lies in ``out`` already; ``content`` is the
    digest of the content's list."""
    downloads = write_data(out, past.parts, index)
    known = write_manifest(out, past.previous, index, content)
    return Data(downloads, (*known.manifest.files, MANIFEST, SUMS), known.manifest.number)
