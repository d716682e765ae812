"""What lies in the folders of the content. Each is looked into once, so that everything in a run sees the same."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence


class Folders:
    """Folders as they were when they were first asked for."""

    def __init__(self) -> None:
        self._seen: dict[str, list[os.DirEntry[str]]] = {}

    def entries(self, folder: str | os.PathLike[str]) -> Sequence[os.DirEntry[str]]:
        """What lies in ``folder``, in no order; nothing if it cannot be looked into."""
        path = os.fspath(folder)
        if path not in self._seen:
            self._seen[path] = []
            with contextlib.suppress(OSError), os.scandir(path) as entries:
                self._seen[path] += entries
        return self._seen[path]

    def below(self, folder: str | os.PathLike[str]) -> list[str]:
        """The folders in ``folder``, in the order of their names."""
        return sorted(entry.path for entry in self.entries(folder) if is_folder(entry))


def is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether this is a folder, or a link to one."""
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False
