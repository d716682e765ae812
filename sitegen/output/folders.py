"""What the operating system gives for a folder that several programs use: an exchange in one step, a lock."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator
from pathlib import Path

_CURRENT_FOLDER = -100
_RENAME_EXCHANGE = 2


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places, so that at every moment there is one at each; False where the system cannot."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    if rename is None:
        return False
    places = (_CURRENT_FOLDER, os.fsencode(one), _CURRENT_FOLDER, os.fsencode(other))
    return bool(rename(*places, _RENAME_EXCHANGE) == 0)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[bool]:
    """Hold the file at ``path`` while the block runs, if no other process does; the value tells whether. The system
    lets go of it however a process dies; one that ends well leaves no file."""
    with path.open("ab") as file:
        is_held = _hold(file.fileno()) and _is_at(file.fileno(), path)
        try:
            yield is_held
        finally:
            if is_held:
                with contextlib.suppress(OSError):
                    path.unlink()


def _is_at(file: int, path: Path) -> bool:
    """Whether an open file still has its name: the process that held it before may just have removed it."""
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _hold(file: int) -> bool:
        with contextlib.suppress(OSError):
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
            return True
        return False

else:
    import fcntl

    def _hold(file: int) -> bool:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False
