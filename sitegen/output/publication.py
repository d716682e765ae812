"""The output folder: staged beside the target and exchanged at the end, so that a reader sees the old
site or the new one. Only a folder that a build made is ever replaced."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

from sitegen.output.folders import exchange, locked
from sitegen.privacy.gate import Gate
from sitegen.problems import UsageError, msg
from sitegen.stopwatch import stage

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
    """Whether there is something at each of ``paths`` below ``folder``."""
    start = os.path.join(folder, "")
    return all(os.access(start + path, os.F_OK) for path in paths)


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


@dataclass(frozen=True, slots=True)
class Outlet:
    """A folder that a build writes to, the gate that every file passes on its way there, and the content file that
    files are made of when they name no other."""

    folder: Path
    gate: Gate
    source: str = ""

    def write(self, path: str, data: bytes, source: str = "", key: str = "") -> None:
        """Write a file of the publication; ``source`` is the content file that it was made of, ``key`` a key of all
        that it was made of, for outlets that ask for one."""
        if not self.has(path, data, key):
            with stage("check"):
                self.gate.look(path, data, source or self.source)
            self._write(path, data)

    def put(self, path: str, data: bytes) -> None:
        """Write a file past the gate: one without a text of people."""
        if not self.has(path, data):
            self._write(path, data)

    def has(self, path: str, data: bytes, key: str = "") -> bool:  # noqa: ARG002 see SharedOutlet
        """Whether these bytes stand at ``path`` and passed the gate already."""
        return False

    def _write(self, path: str, data: bytes) -> None:
        with stage("write"):
            write_file(self.folder, path, data)


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
        return self._marker()[0]

    def names(self) -> list[str]:
        """What the site had at its top when it was published."""
        return self._marker()[1:]

    def _marker(self) -> list[str]:
        try:
            return (self.site / MARKER).read_text("utf-8").split("\n")
        except (OSError, UnicodeDecodeError):
            return [""]


class Publication:
    """A stage whose site becomes ``out`` and whose ledger lies beside it, or that vanishes when the block around it
    is left before ``publish`` was called. The stage is empty, or the spare: the publication before the last, if it
    was kept. Beside ``out`` lie, while they are needed, ``.{out}.building``, ``.ledger`` (unless it has another
    place), ``.spare`` and ``.lock``.

    Raises:
        UsageError: ``out`` is a whole disk, holds something that no build made, lies in or around one of ``sources``,
            or another build is writing there.
    """

    def __init__(self, out: Path, *sources: Path, ledger: Path | None = None) -> None:
        self.out = out.absolute()
        _refuse_sources(self.out, sources)
        self.last = Stage(self.out, ledger.absolute() if ledger else self._beside("ledger"))
        self.place = self._beside("building")
        """A folder of this build alone."""
        self.stage = Stage.below(self.place)
        self._spare = self._beside("spare")
        self._is_kept = False
        self._refuse_foreign()

    def _beside(self, kind: str) -> Path:
        return self.out.with_name(f".{self.out.name}.{kind}")

    def __enter__(self) -> Self:
        self.out.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.ExitStack() as stack:
            if not stack.enter_context(locked(self._beside("lock"))):
                raise UsageError(
                    msg(
                        "Another build is writing %(path)s; wait until it is done, or choose another folder with --out",
                        path=str(self.out),
                    )
                )
            self._mend()
            stack.callback(self._leave)
            if self._spare.is_dir():
                self._spare.rename(self.place)
            for folder in self.stage:
                folder.mkdir(0o755, parents=True, exist_ok=True)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def clear(self) -> None:
        """Make the stage empty."""
        for folder in self.stage:
            shutil.rmtree(folder)
            folder.mkdir(0o755)

    def publish(self, key: str = "", *, keep: bool = False) -> None:
        """Put the stage in the place of the old site and its ledger, which become the spare if they shall be kept.
        ``key`` tells which content was published.

        Raises:
            UsageError: somebody put something into ``out`` in the meantime.
        """
        names = sorted(entry.name for entry in self.stage.site.iterdir() if entry.name != MARKER)
        write_file(self.stage.site, MARKER, "\n".join([key, *names]).encode())
        self._refuse_foreign()
        for new, target in zip(self.stage, self.last, strict=True):
            _replace(target, new)
        self._is_kept = keep

    def _leave(self) -> None:
        """Leave nothing behind but what the next build may use."""
        if self._is_kept:
            shutil.rmtree(self._spare, ignore_errors=True)
            self.place.rename(self._spare)
        else:
            shutil.rmtree(self.place, ignore_errors=True)

    def _mend(self) -> None:
        """Take up what a build left that was killed."""
        if not self.out.exists() and _aside(self.stage.site).is_dir():
            _aside(self.stage.site).rename(self.out)
        if self.place.exists():
            shutil.rmtree(self.place)

    def _refuse_foreign(self) -> None:
        out = self.out
        if out.is_symlink() or (out.exists() and not out.is_dir()):
            raise UsageError(msg("%(path)s is not a folder; choose another with --out", path=str(out)))
        found = {entry.name for entry in out.iterdir()} if out.exists() else set()
        if found and MARKER not in found:
            raise UsageError(
                msg("%(path)s holds files that no build made; choose another folder with --out", path=str(out))
            )
        ours = self.last.names()  # a build of long ago wrote none
        if ours and (foreign := sorted(found - {MARKER, *ours})):
            raise UsageError(
                msg("%(path)s was not made by a build and would be lost; move it away", path=str(out / foreign[0]))
            )


def _replace(target: Path, new: Path) -> None:
    """Put ``new`` in the place of ``target``, if there is one; what was there is then in the place of ``new``."""
    if not target.exists():
        new.rename(target)
    elif not exchange(new, target):
        target.rename(_aside(new))  # the nearest to one step: see Publication._mend
        new.rename(target)
        _aside(new).rename(new)


def _aside(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.old")


def _refuse_sources(out: Path, sources: Iterable[Path]) -> None:
    if not out.name:
        raise UsageError(msg("%(path)s is a whole disk; choose a folder on it with --out", path=str(out)))
    for source in map(Path.absolute, sources):
        if out.is_relative_to(source) or source.is_relative_to(out):
            raise UsageError(
                msg(
                    "The output folder %(path)s lies in or around the sources; choose another with --out",
                    path=str(out),
                )
            )
    if Path.home().is_relative_to(out):
        raise UsageError(msg("%(path)s is a home folder or lies around one; choose another with --out", path=str(out)))
