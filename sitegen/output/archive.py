"""The site as one ZIP file, for a memory card: the same files give the same bytes, wherever and whenever."""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Iterator
from pathlib import Path

from sitegen.output.publication import MARKER
from sitegen.problems import UsageError, msg

COMMENT = b"Papan TPS"
"""Tells an archive of ours from anybody else's."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_READABLE = 0o100644


def archive_of(out: Path) -> Path:
    """Where the archive of the site in ``out`` lies: beside it.

    Raises:
        UsageError: something that no build made is in its place.
    """
    target = out.absolute().with_name(f"{out.absolute().name}.zip")
    if target.is_symlink() or (target.exists() and not _is_ours(target)):
        raise UsageError(msg("%(path)s is not an archive that a build made; move it away", path=str(target)))
    return target


@contextlib.contextmanager
def archived(folder: Path, target: Path, place: Path) -> Iterator[None]:
    """Write the archive of ``folder`` into ``place``; it becomes ``target`` when the block ends well."""
    archive = place / target.name
    write_archive(folder, archive)
    yield
    archive.replace(target)


def write_archive(folder: Path, target: Path) -> None:
    """Write all files below ``folder`` into ``target``: sorted, with one time and one permission for all."""
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    with zipfile.ZipFile(target, "w") as archive:
        archive.comment = COMMENT
        for path in paths:
            if path != MARKER:
                archive.writestr(_entry(path), (folder / path).read_bytes(), zipfile.ZIP_DEFLATED, 9)


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _EARLIEST)
    entry.create_system = _UNIX
    entry.external_attr = _READABLE << 16
    return entry


def _is_ours(file: Path) -> bool:
    if not zipfile.is_zipfile(file):
        return False
    with zipfile.ZipFile(file) as archive:
        return archive.comment == COMMENT
