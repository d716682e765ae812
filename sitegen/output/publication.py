"""The output folder: staged beside the target and exchanged at the end, so that a reader sees the old
site or the new one. Only a folder that a build made is ever replaced."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path, PurePath
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

from sitegen.problems import UsageError, msg

MARKER = ".papan-tps"
"""File that tells a folder of ours from anybody else's."""


def write_file(folder: Path, path: str, data: bytes) -> None:
    """Write ``data`` to ``path`` below ``folder``, making the folders between."""
    with new_file(folder, path) as file:
        file.write(data)


def new_file(folder: Path, path: str) -> BinaryIO:
    """An empty file at ``path`` below ``folder``. One that lies there already may stand in another publication too,
    so it is never written into but leaves this folder."""
    target = os.path.join(folder, path)
    try:
        return open(target, "xb")
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)
    except FileExistsError:
        os.unlink(target)
    return open(target, "xb")


def link_file(old: Path, folder: Path, path: str) -> None:
    """Make the file ``old`` stand at ``path`` below ``folder`` too: as the same file where the file system can,
    otherwise as a copy."""
    target = os.path.join(folder, path)
    try:
        os.link(old, target)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.link(old, target)
    except OSError:
        with open(old, "rb") as source, new_file(folder, path) as file:
            shutil.copyfileobj(source, file)


def all_there(folder: Path, paths: Iterable[str]) -> bool:
    """Whether there is a file at each of ``paths`` below ``folder``."""
    return all(os.path.isfile(os.path.join(folder, path)) for path in paths)


def remove_files(folder: Path, paths: Iterable[str]) -> None:
    """Remove the files at ``paths`` below ``folder`` that are there."""
    for path in paths:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(os.path.join(folder, path))


def remove_empty_folders(folder: Path, paths: Iterable[str]) -> None:
    """Remove the folders of ``paths`` below ``folder`` in which nothing is left."""
    folders = {parent for path in {os.path.dirname(path) for path in paths} for parent in (path, *_above(path))}
    for path in sorted(filter(None, folders), reverse=True):  # the inner ones first
        with contextlib.suppress(OSError):
            os.rmdir(os.path.join(folder, path))


def _above(path: str) -> list[str]:
    return [str(parent) for parent in PurePath(path).parents[:-1]]


class Stage(NamedTuple):
    """Where a build writes: the site, and what the next build may use of this one (see ``sitegen.ledger``)."""

    site: Path
    ledger: Path

    @classmethod
    def below(cls, folder: Path) -> Stage:
        """The two folders inside ``folder``."""
        return cls(folder / "site", folder / "ledger")

    def key(self) -> str:
        """The key that the site was published with; empty if there is none."""
        try:
            return (self.site / MARKER).read_text("ascii")
        except (OSError, UnicodeDecodeError):
            return ""


class Publication:
    """A stage whose site becomes ``out`` and whose ledger lies beside it, or that vanishes when the block around it
    is left before ``publish`` was called. The stage is empty, or the spare: the publication before the last, if it
    was kept.

    Raises:
        UsageError: ``out`` holds something that no build made, or lies in or around ``sources``.
    """

    def __init__(self, out: Path, sources: Path) -> None:
        self.out = out.absolute()
        self.last = Stage(self.out, self.out.with_name(f".{self.out.name}.ledger"))
        self._spare = Stage.below(self.out.with_name(f".{self.out.name}.spare"))
        _refuse_foreign(self.out, sources.absolute())

    def __enter__(self) -> Self:
        self.out.parent.mkdir(parents=True, exist_ok=True)
        self._place = Path(tempfile.mkdtemp(prefix=f".{self.out.name}-", dir=self.out.parent))
        self.stage = Stage.below(self._place)
        for spare, folder in zip(self._spare, self.stage, strict=True):
            with contextlib.suppress(FileNotFoundError):
                spare.rename(folder)
        for folder in self.stage:
            folder.mkdir(0o755, exist_ok=True)
        return self

    def clear(self) -> None:
        """Make the stage empty."""
        for folder in self.stage:
            shutil.rmtree(folder)
            folder.mkdir(0o755)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._place, ignore_errors=True)

    def publish(self, key: str = "", *, keep: bool = False) -> None:
        """Put the stage in the place of the old site and its ledger, which become the spare if they shall be kept.
        ``key`` tells which content was published."""
        write_file(self.stage.site, MARKER, key.encode())
        old = Stage.below(self._place / "old")
        old.site.parent.mkdir()
        for new, target, before in zip(self.stage, self.last, old, strict=True):
            if target.exists():
                target.rename(before)
            new.rename(target)
        spare = self._spare.site.parent
        shutil.rmtree(spare, ignore_errors=True)
        if keep:
            old.site.parent.rename(spare)


def _refuse_foreign(out: Path, sources: Path) -> None:
    if out.is_relative_to(sources) or sources.is_relative_to(out):
        raise UsageError(
            msg("The output folder %(path)s lies in or around the sources; choose another with --out", path=str(out))
        )
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise UsageError(msg("%(path)s is not a folder; choose another with --out", path=str(out)))
    if out.exists() and any(out.iterdir()) and not (out / MARKER).exists():
        raise UsageError(
            msg("%(path)s holds files that no build made; choose another folder with --out", path=str(out))
        )
