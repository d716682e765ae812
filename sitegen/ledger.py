"""What the last build of an output folder left, so that only what changed is made again.

A folder beside the output: for every shard its result, under a key of all that the shard was made of, and its rows
of the data files; and the report of the whole site. Losing the folder only costs time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import platform
import shutil
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sitegen import hierarchy
from sitegen.content.sources import ShardFiles
from sitegen.output.assets import STATIC
from sitegen.output.exports import part_names
from sitegen.output.publication import Publication
from sitegen.render.environment import TEMPLATES

LIBRARIES = ("babel", "jinja2", "markdown", "nh3", "pydantic", "pyyaml", "segno", "tdewolff-minify")
"""Libraries whose version may change what is written."""
_OWNER = "publication"
_REPORT = "report"


class Keys:
    """Keys of all that a build reads: the same key, the same bytes published. ``options`` are those that change what is
    published."""

    def __init__(self, config: Path, content: Path, options: tuple[object, ...]) -> None:
        self._files = _digests(content)
        self._base = key_of(_generator(), *options, _digest(config))
        self.site = key_of(self._base, _key_of_files(self._files, content))
        # Messages name files as they were given.
        self._names = key_of(str(config), str(content))

    def report(self) -> str:
        """Key of what is said of the whole site."""
        return key_of(self.site, self._names)

    def shard(self, files: ShardFiles, others: str) -> str:
        """Key of a shard: its files, and ``others``, a key of what it is given besides."""
        own = ((path.name, self._files.get(path) or _digest(path)) for path in (files.kecamatan, *files.tps))
        return key_of(self._base, self._names, others, *own)


class Ledger:
    """The ledger of a publication, and the next one that a build is writing. Nothing is found in one that belongs
    to another publication, or when all shall be made anew."""

    def __init__(self, publication: Publication, keys: Keys, *, clean: bool) -> None:
        self.keys = keys
        self._old, self._out = publication.ledger, publication.out
        self._new, self._site = publication.stage.ledger, publication.stage.site
        published = publication.key()
        self._is_usable = not clean and published != "" and self._read(_OWNER, published) is not None
        self._is_current = self._is_usable and published == keys.site

    def report(self) -> Any:
        """The report of the publication if nothing changed since, otherwise None."""
        return self._read(_REPORT, self.keys.report()) if self._is_current else None

    def result(self, slug: str, key: str) -> Any:
        """The result of a shard if it had the same ``key``, otherwise None."""
        return self._read(f"{slug}.shard", key) if self._is_usable else None

    def keep(self, slug: str, pages: Iterable[str]) -> bool:
        """Let the pages and rows that a shard left stand in the new publication; False if some are missing."""
        old = {self._out / url: self._site / url for url in pages}
        old |= {self._old / name: self._new / name for name in (f"{slug}.shard", *part_names(slug))}
        if not all(map(os.path.isfile, old)):
            return False
        for folder in {new.parent for new in old.values()}:
            folder.mkdir(parents=True, exist_ok=True)
        for path, new in old.items():
            _link(path, new)
        return True

    def note(self, slug: str, key: str, result: object) -> None:
        """Write down the result of a shard."""
        self._write(f"{slug}.shard", key, result)

    def close(self, report: object) -> None:
        """Write down the report, and what the ledger belongs to."""
        self._write(_REPORT, self.keys.report(), report)
        self._write(_OWNER, self.keys.site, True)

    def _read(self, name: str, key: str) -> Any:
        with contextlib.suppress(OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError):
            found, _, data = (self._old / name).read_bytes().partition(b"\n")
            return pickle.loads(data) if found == key.encode() else None  # noqa: S301 our own file
        return None

    def _write(self, name: str, key: str, value: object) -> None:
        (self._new / name).write_bytes(key.encode() + b"\n" + pickle.dumps(value))


def key_of(*parts: object) -> str:
    """A key of ``parts``: bytes as they are, other things by what they say of themselves."""
    key = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part if isinstance(part, bytes) else repr(part).encode()
        key.update(len(data).to_bytes(8, "big") + data)
    return key.hexdigest()


def _digests(folder: Path) -> dict[Path, bytes]:
    """A digest of every file below ``folder``. Folders are named too, for one may be there that should not; what lies
    behind a link to a folder is never taken for the same."""
    found: dict[Path, bytes] = {}
    for place, folders, names in os.walk(folder):
        here = Path(place)
        found |= {here: b"", **{here / name: _digest(here / name) for name in names}}
        found |= {here / name: os.urandom(16) for name in folders if (here / name).is_symlink()}
    return found


def _digest(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError:
        return b""  # whoever needs the file will say what is wrong with it


def _key_of_files(files: Mapping[Path, bytes], folder: Path) -> str:
    return key_of(*sorted((path.relative_to(folder).as_posix(), digest) for path, digest in files.items()))


def _generator() -> str:
    """A key of the generator: its code, templates, catalogs, static files, table of regions and libraries."""
    folders = (Path(__file__).parent, TEMPLATES, STATIC, hierarchy.TABLE.parent)
    found = (_digests(folder).items() for folder in folders)
    sources = ({path: data for path, data in files if data and path.suffix != ".pyc"} for files in found)
    return key_of(_libraries(), *map(_key_of_files, sources, folders))


@cache
def _libraries() -> tuple[str, ...]:
    return (platform.python_version(), *map(version, LIBRARIES))


def _link(old: Path, new: Path) -> None:
    """Make ``old`` stand at ``new`` too: as the same file where the file system can, otherwise as a copy."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)
