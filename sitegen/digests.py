"""Digests of files. One is only read again when the system says anything else of it than when it was read last."""

from __future__ import annotations

import hashlib
import os
import stat
import struct
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

from sitegen.content.folders import Folders, is_folder

FRESH = 5_000_000_000
"""Nanoseconds. A file that was written so lately may be written again without a new time: some systems count in steps
of two seconds."""
_LINK = b"@"
"""Before the digest of what lies behind a link, which is not the content's own."""


class Seen(NamedTuple):
    """What the system said of a file when it was read, and its digest."""

    said: bytes
    digest: bytes


class Digests:
    """Digests of files. ``before`` is what was known by path at an earlier time, ``known`` what is now."""

    def __init__(self, before: Mapping[str, Seen]) -> None:
        self._before = before
        self.known: dict[str, Seen] = {}

    def below(self, folder: str, folders: Folders, is_open: Callable[[str], bool] = lambda _: True) -> dict[str, bytes]:
        """A digest of every file below ``folder``, in those folders that are open. Folders are named too, before what
        lies in them, for one may be there that should not; what lies behind a link to a folder is never taken for the
        same."""
        found: dict[str, bytes] = {folder: b""}
        for entry in folders.entries(folder) if is_open(folder) else ():
            if not is_folder(entry):
                found[entry.path] = self.of(entry.path)
                if entry.is_symlink():
                    found[entry.path] = _LINK + found[entry.path]
            elif entry.is_symlink():
                found[entry.path] = os.urandom(16)
            else:
                found |= self.below(entry.path, folders, is_open)
        return found

    def of(self, path: str) -> bytes:
        """The digest of one file; empty if it cannot be read: whoever needs it will say what is wrong with it."""
        try:
            found = os.stat(path)
            if not stat.S_ISREG(found.st_mode):
                return b""  # a pipe would never end
            said, seen = _said(found), self.known.get(path) or self._before.get(path)
            if seen and seen.said == said:
                self.known[path] = seen
                return seen.digest
            now = time.time_ns()
            with open(path, "rb", buffering=0) as file:  # at once: most files are small, and there are many
                digest = hashlib.sha256(file.read()).digest()
        except OSError:
            return b""
        if max(found.st_mtime_ns, found.st_ctime_ns) < now - FRESH:
            self.known[path] = Seen(said, digest)
        return digest


def is_own(digest: bytes) -> bool:
    """Whether a digest is of a file that lies in the folder itself."""
    return len(digest) == hashlib.sha256().digest_size


def _said(found: os.stat_result) -> bytes:
    """Whatever is written into a file, one of these changes."""
    return struct.pack(
        "5q", found.st_dev & 0x7FFFFFFFFFFFFFFF, found.st_ino & 0x7FFFFFFFFFFFFFFF, found.st_size,
        found.st_mtime_ns, found.st_ctime_ns,
    )  # fmt: skip
