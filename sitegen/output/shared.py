"""Files that the whole site shares. One that comes out as it was is not written again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NamedTuple

from sitegen.output.publication import Outlet, link_file, new_file, remove_files


class Made(NamedTuple):
    """A file: a key of what it was made of, if that was asked before it was made, the SHA-256 of its bytes, and how
    many they are."""

    key: str
    digest: str
    size: int


class Digesting:
    """A file that is written, with the digest of what was written into it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> object:
        """Write ``data`` behind the rest."""
        self.digest.update(data)
        return self._file.write(data)


@dataclass(frozen=True, slots=True)
class SharedOutlet(Outlet):
    """Where shared files are written. ``here`` tells of those that stand in the folder already, ``before`` of those of
    the last publication, which lies at ``last``; ``made`` of all that belong to the new one."""

    last: Path = Path()
    here: Mapping[str, Made] = field(default_factory=dict)
    before: Mapping[str, Made] = field(default_factory=dict)
    made: dict[str, Made] = field(default_factory=dict)

    def keep(self, path: str, key: str) -> bool:
        """Whether the file at ``path`` was made of the same before; then it stands in the folder. One that is shorter
        than it was, as after a power cut, is not kept."""
        for folder, known in self._known():
            made = known.get(path)
            if made and made.key == key and _size(folder, path) == made.size:
                self.made[path] = made
                self._stand(folder, path)
                return True
        return False

    def has(self, path: str, data: bytes, key: str = "") -> bool:
        """Whether the file at ``path`` had these bytes before, and has them still; they are noted."""
        made = self.made[path] = Made(key, hashlib.sha256(data).hexdigest(), len(data))
        for folder, known in self._known():
            if path in known and known[path].digest == made.digest and _data(folder, path) == data:
                self._stand(folder, path)
                return True
        return False

    @contextmanager
    def new_file(self, path: str, key: str = "") -> Iterator[Digesting]:
        """A new file at ``path`` for as long as the block lasts; nobody shows it to the gate but the block itself."""
        with new_file(self.folder, path) as file:
            writer = Digesting(file)
            yield writer
            self.made[path] = Made(key, writer.digest.hexdigest(), file.tell())

    def _known(self) -> tuple[tuple[Path, Mapping[str, Made]], ...]:
        """The folders that may have the file, and what is known of those in them."""
        return ((self.folder, self.here), (self.last, self.before))

    def _stand(self, folder: Path, path: str) -> None:
        """Let the file of ``folder`` stand in the folder that is written."""
        if folder is not self.folder:
            remove_files(self.folder, [path])
            link_file(folder / path, self.folder, path)


def _size(folder: Path, path: str) -> int:
    try:
        return os.stat(os.path.join(folder, path)).st_size
    except OSError:
        return -1


def _data(folder: Path, path: str) -> bytes | None:
    try:
        with open(os.path.join(folder, path), "rb") as file:
            return file.read()
    except OSError:
        return None
