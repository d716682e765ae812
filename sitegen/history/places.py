"""Where a publication may lie: a folder, a ZIP file, a git commit or a web address. All are read file by file."""

from __future__ import annotations

import contextlib
import http.client
import subprocess
import tempfile
import urllib.error
import urllib.request
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple, Protocol

from sitegen.history.manifest import MANIFEST
from sitegen.problems import Failed, Message, msg

TIMEOUT = 20
"""Seconds that a web server may be silent."""


class Place(Protocol):
    """A place with a publication; ``name`` is what it was called."""

    @property
    def name(self) -> str:
        """What it was called."""

    def open(self, path: str) -> contextlib.AbstractContextManager[IO[bytes]]:
        """The file at ``path`` of the publication.

        Raises:
            Failed: it is not there, or cannot be read.
        """


class Folder(NamedTuple):
    """A publication's own folder."""

    name: str
    folder: Path

    @contextlib.contextmanager
    def open(self, path: str) -> Iterator[IO[bytes]]:
        """See ``Place``."""
        try:
            with (self.folder / path).open("rb") as file:
                yield file
        except FileNotFoundError:
            raise _unread(self.name, path) from None
        except OSError as error:
            raise _unread(self.name, path, error.strerror or "") from None


class Archive(NamedTuple):
    """A publication as a ZIP file, as ``build --zip`` writes it."""

    name: str
    file: Path

    @contextlib.contextmanager
    def open(self, path: str) -> Iterator[IO[bytes]]:
        """See ``Place``."""
        try:
            with zipfile.ZipFile(self.file) as archive, archive.open(path) as file:
                yield file
        except KeyError:
            raise _unread(self.name, path) from None
        except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
            raise _unread(self.name, path, str(error)) from None


class Commit(NamedTuple):
    """A publication in a git commit; ``tree`` is ``commit:folder/``, with everything before a path in it."""

    name: str
    tree: str

    @contextlib.contextmanager
    def open(self, path: str) -> Iterator[IO[bytes]]:
        """See ``Place``."""
        with tempfile.TemporaryFile() as file:
            done = subprocess.run(  # noqa: S603 a fixed program, and a name that git itself gave or checked
                ["git", "cat-file", "blob", f"{self.tree}{path}"],  # noqa: S607 git as the user has it
                stdout=file, stderr=subprocess.DEVNULL, check=False,
            )  # fmt: skip
            if done.returncode:
                raise _unread(self.name, path)
            file.seek(0)
            yield file


class Website(NamedTuple):
    """A publication on the web."""

    name: str

    @contextlib.contextmanager
    def open(self, path: str) -> Iterator[IO[bytes]]:
        """See ``Place``."""
        root = self.name.removesuffix("index.html").rstrip("/")
        try:
            request = urllib.request.Request(f"{root}/{path}", headers={"User-Agent": "papan-tps"})  # noqa: S310 http only
            with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
                yield answer
        except urllib.error.HTTPError as error:
            error.close()
            raise _unread(self.name, path, f"HTTP {error.code}") from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise _unread(self.name, path, str(getattr(error, "reason", error))) from None


def find_place(text: str) -> Place:
    """The place that ``text`` names: a web address, a folder, a ZIP file, a manifest beside its data, or a git commit
    (``ref`` or ``ref:folder``).

    Raises:
        Failed: there is no such place, or no publication in it.
    """
    if text.startswith(("https://", "http://")):
        return Website(text)
    path = Path(text)
    if path.is_dir():
        if not (path / MANIFEST).is_file():
            raise Failed(msg("%(place)s holds no publication: there is no %(path)s", place=text, path=MANIFEST))
        return Folder(text, path)
    if path.is_file():
        if path.as_posix().endswith(MANIFEST) or path.name == "manifest.json":
            return Folder(text, path.absolute().parents[1])
        if zipfile.is_zipfile(path):
            return Archive(text, path)
        raise Failed(msg("%(place)s is neither a ZIP file of a publication nor its data/manifest.json", place=text))
    return _commit(text)


def _commit(text: str) -> Commit:
    ref, _, folder = text.partition(":")
    wanted = f"{ref}^{{commit}}"
    commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", wanted).strip() if ref else ""
    if not commit:
        raise Failed(msg("%(place)s is no folder, file or git commit here", place=text))
    listing = _git("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit).split("\0")
    found = [name.removesuffix(MANIFEST) for name in listing if f"/{name}".endswith(f"/{MANIFEST}")]
    if folder:
        found = [name for name in found if name == folder.strip("/") + "/"]
    if not found:
        raise Failed(msg("%(place)s holds no publication: there is no %(path)s", place=text, path=MANIFEST))
    if len(found) > 1 and "" not in found:
        folders = ", ".join(name.rstrip("/") for name in found)
        raise Failed(msg("%(place)s holds several publications: write %(ref)s: and one of %(folders)s",
                         place=text, ref=ref, folders=folders))  # fmt: skip
    return Commit(text, f"{commit}:{min(found)}")


def _git(*arguments: str) -> str:
    """What git answers; empty when it refuses."""
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, check=False)  # noqa: S603, S607 as above
    except FileNotFoundError:
        raise Failed(msg("git is not installed here: name a folder or a ZIP file instead, or install git")) from None
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else ""


def _unread(place: str, path: str, detail: str = "") -> Failed:
    if detail:
        what: Message = msg("%(place)s: %(path)s cannot be read (%(detail)s)", place=place, path=path, detail=detail)
    else:
        what = msg("%(place)s: there is no %(path)s", place=place, path=path)
    return Failed(what)
