"""The output folder: staged beside the target and exchanged at the end, so that a reader sees the old
site or the new one. Only a folder that a build made is ever replaced."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from sitegen.privacy.gate import Gate
from sitegen.problems import UsageError, msg
from sitegen.stopwatch import stage

MARKER = ".papan-tps"
"""File that tells a folder of ours from anybody else's."""


def write_file(folder: Path, path: str, data: bytes) -> None:
    """Write ``data`` to ``path`` below ``folder``, making the folders between."""
    target = os.path.join(folder, path)
    try:
        with open(target, "wb") as file:
            file.write(data)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as file:
            file.write(data)


class Outlet(NamedTuple):
    """A folder that a build writes to, the gate that every file passes on its way there, and the content file that
    files are made of when they name no other."""

    folder: Path
    gate: Gate
    source: str = ""

    def write(self, path: str, data: bytes, source: str = "") -> None:
        """Write a file of the publication; ``source`` is the content file that it was made of."""
        with stage("check"):
            self.gate.look(path, data, source or self.source)
        with stage("write"):
            write_file(self.folder, path, data)


class Stage(NamedTuple):
    """Where a build writes: the site, and what the next build may use of this one (see ``sitegen.ledger``)."""

    site: Path
    ledger: Path


class Publication:
    """A stage whose site becomes ``out`` and whose ledger lies beside it, or that vanishes when the block around it
    is left before ``publish`` was called.

    Raises:
        UsageError: ``out`` holds something that no build made, or lies in or around ``sources``.
    """

    def __init__(self, out: Path, sources: Path) -> None:
        self.out = out.absolute()
        self.ledger = self.out.with_name(f".{self.out.name}.ledger")
        _refuse_foreign(self.out, sources.absolute())

    def __enter__(self) -> Self:
        self.out.parent.mkdir(parents=True, exist_ok=True)
        self._place = Path(tempfile.mkdtemp(prefix=f".{self.out.name}-", dir=self.out.parent))
        self.stage = Stage(self._place / "site", self._place / "ledger")
        for folder in self.stage:
            folder.mkdir(0o755)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._place, ignore_errors=True)

    def publish(self, key: str = "") -> None:
        """Put the stage in the place of the old site and its ledger. ``key`` tells which content was published."""
        write_file(self.stage.site, MARKER, key.encode())
        for new, target in ((self.stage.site, self.out), (self.stage.ledger, self.ledger)):
            if target.exists():
                target.rename(self._place / f"old-{new.name}")
            new.rename(target)

    def key(self) -> str:
        """The key that ``out`` was published with; empty if there is none."""
        try:
            return (self.out / MARKER).read_text("ascii")
        except (OSError, UnicodeDecodeError):
            return ""


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
