"""The output folder: staged beside the target and exchanged at the end, so that a reader sees the old
site or the new one. Only a folder that a build made is ever replaced."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from sitegen.problems import UsageError, msg

MARKER = ".papan-tps"
"""File that tells a folder of ours from anybody else's."""
PART = "papan-tps-part"
"""The same in a part of a site. Not hidden, for hidden files are left behind when folders travel as artifacts."""


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


class Stage(NamedTuple):
    """Where a build writes: the site, and what the next build may use of this one (see ``sitegen.ledger``)."""

    site: Path
    ledger: Path


class Publication:
    """A stage whose site becomes ``out`` and whose ledger lies beside it, or that vanishes when the block around it
    is left before ``publish`` was called. A part of a site holds both in ``out``, so that it travels as one folder.

    Raises:
        UsageError: ``out`` holds something that no such build made, or lies in or around ``sources``.
    """

    def __init__(self, out: Path, sources: Path, *, is_part: bool = False) -> None:
        self.out = out.absolute()
        self._is_part = is_part
        self._marker = PART if is_part else MARKER
        self.old = part_in(self.out) if is_part else _site_in(self.out)
        _refuse_foreign(self.out, sources.absolute(), self._marker)

    def __enter__(self) -> Self:
        self.out.parent.mkdir(parents=True, exist_ok=True)
        self._place = Path(tempfile.mkdtemp(prefix=f".{self.out.name}-", dir=self.out.parent))
        self._new = self._place / "new"
        self._new.mkdir(0o755)
        self.stage = part_in(self._new) if self._is_part else _site_in(self._new)
        for folder in self.stage:
            folder.mkdir(0o755, exist_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._place, ignore_errors=True)

    def publish(self, key: str = "") -> None:
        """Put the stage in the place of the old site and its ledger. ``key`` tells which content was published."""
        write_file(self._new, self._marker, key.encode())
        moves = {self._new: self.out} if self._is_part else dict(zip(self.stage, self.old, strict=True))
        for new, target in moves.items():
            if target.exists():
                target.rename(self._place / f"old-{new.name}")
            new.rename(target)

    def key(self) -> str:
        """The key that ``out`` was published with; empty if there is none."""
        return key_in(self.out / self._marker)


def part_in(folder: Path) -> Stage:
    """Where pages and ledger of a part lie."""
    return Stage(folder / "site", folder / "ledger")


def _site_in(folder: Path) -> Stage:
    return Stage(folder, folder.with_name(f".{folder.name}.ledger"))


def key_in(marker: Path) -> str:
    """The key that a folder was published with, from its marker; empty if there is none."""
    try:
        return marker.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return ""


def _refuse_foreign(out: Path, sources: Path, marker: str) -> None:
    if out.is_relative_to(sources) or sources.is_relative_to(out):
        raise UsageError(
            msg("The output folder %(path)s lies in or around the sources; choose another with --out", path=str(out))
        )
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise UsageError(msg("%(path)s is not a folder; choose another with --out", path=str(out)))
    if out.exists() and any(out.iterdir()) and not (out / marker).exists():
        raise UsageError(
            msg("%(path)s holds files that no build made; choose another folder with --out", path=str(out))
        )
