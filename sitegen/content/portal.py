"""Reading a portal: its file, and what each site below it exported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from sitegen.content.documents import Document, Loader
from sitegen.model.export import SiteExport
from sitegen.model.portal import PortalConfig
from sitegen.problems import Problem, msg

PORTAL = TypeAdapter(PortalConfig)
EXPORT = TypeAdapter(SiteExport)
EXPORT_PATH = "data/portal.json"
"""Where a built site has its export."""


class Found(NamedTuple):
    """The export of the site at ``position`` of the list."""

    position: int
    url: str
    file: Path
    export: SiteExport


def read_portal(path: Path, loader: Loader) -> tuple[Document[PortalConfig] | None, tuple[Found, ...]]:
    """The file at ``path`` and every export that can be read, noting every problem in ``loader``."""
    document = loader.yaml(path, PORTAL)
    if document is None:
        return None, ()
    return document, tuple(_exports(document, path.parent, loader))


def _exports(document: Document[PortalConfig], folder: Path, loader: Loader) -> Iterator[Found]:
    for position, entry in enumerate(document.data.sites):
        file = folder / entry.data
        if file.is_dir():
            file /= EXPORT_PATH
        try:
            yield Found(position, entry.url, file, EXPORT.validate_json(file.read_bytes()))
        except OSError as error:
            loader.problems.append(_unreadable(document, position, file, error))
        except ValidationError:
            loader.problems.append(_not_an_export(document, position, file))


def _unreadable(document: Document[PortalConfig], position: int, file: Path, error: OSError) -> Problem:
    return document.problem(
        "portal.unreadable",
        msg("%(file)s cannot be read (%(detail)s)", file=str(file), detail=error.strerror),
        msg("Build that site first, and name its output folder."),
        *("sites", position, "data"),
    )


def _not_an_export(document: Document[PortalConfig], position: int, file: Path) -> Problem:
    return document.problem(
        "portal.not-an-export",
        msg("%(file)s is not what this version of Papan TPS exports", file=str(file)),
        msg("Build that site again with this version, and name its output folder."),
        *("sites", position, "data"),
    )
