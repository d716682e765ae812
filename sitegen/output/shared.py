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
    """A file: a key of what it was made of, if that was asked before it was made, and the SHA-256 of its bytes."""

    key: str
    digest: str


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
        """Whether the file at ``path`` was made of the same before; then it stands in the folder."""
        known = self.here.get(path), self.before.get(path)
        same = next((one for one in known if one and one.key == key), None)
        if same and self._stands(path, same.digest):
            self.made[path] = same
            return True
        return False

    def has(self, path: str, data: bytes, key: str = "") -> bool:
        """Whether the file at ``path`` had these bytes before; they are noted."""
        digest = hashlib.sha256(data).hexdigest()
        self.made[path] = Made(key, digest)
        return self._stands(path, digest)

    @contextmanager
    def new_file(self, path: str, key: str = "") -> Iterator[Digesting]:
        """A new file at ``path`` for as long as the block lasts; nobody shows it to the gate but the block itself."""
        with new_file(self.folder, path) as file:
            writer = Digesting(file)
            yield writer
        self.made[path] = Made(key, writer.digest.hexdigest())

    def _stands(self, path: str, digest: str) -> bool:
        """Whether the file with these bytes is there, put there from the last publication if need be."""
        if self._is(self.here, path, digest) and os.path.isfile(os.path.join(self.folder, path)):
            return True
        if self._is(self.before, path, digest) and os.path.isfile(os.path.join(self.last, path)):
            remove_files(self.folder, [path])
            link_file(self.last / path, self.folder, path)
            return True
        return False

    @staticmethod
    def _is(known: Mapping[str, Made], path: str, digest: str) -> bool:
        return path in known and known[path].digest == digest
