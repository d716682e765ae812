"""What the last build of an output folder left, so that only what changed is made again.

A folder beside the output: for every shard its result, under a key of all that the shard was made of, and its rows
of the data files; and the report of the whole site. Losing the folder only costs time.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import pickle
import platform
import shutil
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sitegen import hierarchy
from sitegen.content.sources import ShardFiles
from sitegen.output.assets import STATIC
from sitegen.output.exports import part_names
from sitegen.output.publication import PART, Publication, Stage, key_in, part_in
from sitegen.render.environment import TEMPLATES

LIBRARIES = ("babel", "jinja2", "markdown", "nh3", "pydantic", "pyyaml", "segno", "tdewolff-minify")
"""Libraries whose version may change what is written."""
_OWNER = "publication"
_REPORT = "report"


class Keys:
    """Keys of all that a build reads: the same key, the same bytes published."""

    def __init__(self, config: Path, content: Path, base_url: str | None, only: str | None = None) -> None:
        self._files = _digests(content)
        self._base = key_of(_generator(), base_url, _digest(config))
        self.site = key_of(self._base, only, _key_of_files(self._files, content))
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
    """The ledgers of a publication and of parts made elsewhere, and the next one that a build is writing. Nothing is
    found in one that belongs to another publication, nor in the publication's own when all shall be made anew."""

    def __init__(self, publication: Publication, keys: Keys, *, clean: bool, parts: Sequence[Path] = ()) -> None:
        self.keys = keys
        self._new = publication.stage
        published = publication.key()
        self._old = [publication.old] if not clean and _is_whole(publication.old, published) else []
        self._is_current = bool(self._old) and published == keys.site
        self._old += map(part_in, parts)
        self._holders: dict[str, list[Stage]] = {}
        for old in self._old:
            for path in old.ledger.glob("*.shard"):
                self._holders.setdefault(path.stem, []).append(old)
        self._found: dict[str, Stage] = {}

    def report(self) -> Any:
        """The report of the publication if nothing changed since, otherwise None."""
        return _read(self._old[0].ledger / _REPORT, self.keys.report()) if self._is_current else None

    def result(self, slug: str, key: str) -> Any:
        """The result of a shard if it had the same ``key``, otherwise None."""
        for old in self._holders.get(slug, ()):
            if (result := _read(old.ledger / f"{slug}.shard", key)) is not None:
                self._found[slug] = old
                return result
        return None

    def keep(self, slug: str, pages: Iterable[str]) -> bool:
        """Let the pages and rows that a shard left stand in the new publication; False if some are missing."""
        found, new = self._found[slug], self._new
        old = {found.site / url: new.site / url for url in pages}
        old |= {found.ledger / name: new.ledger / name for name in (f"{slug}.shard", *part_names(slug))}
        if not all(map(os.path.isfile, old)):
            return False
        for folder in {target.parent for target in old.values()}:
            folder.mkdir(parents=True, exist_ok=True)
        for path, target in old.items():
            _link(path, target)
        return True

    def note(self, slug: str, key: str, result: object) -> None:
        """Write down the result of a shard."""
        self._write(f"{slug}.shard", key, result)

    def close(self, report: object) -> None:
        """Write down the report, and what the ledger belongs to."""
        self._write(_REPORT, self.keys.report(), report)
        self._write(_OWNER, self.keys.site, True)

    def outdated(self, part: Path) -> tuple[int, int]:
        """How many shards of ``part`` are not those of this build, and how many it holds."""
        held = list(part_in(part).ledger.glob("*.shard"))
        return sum(_first_line(path) != _first_line(self._new.ledger / path.name) for path in held), len(held)

    def _write(self, name: str, key: str, value: object) -> None:
        (self._new.ledger / name).write_bytes(key.encode() + b"\n" + pickle.dumps(value))


def is_part(folder: Path) -> bool:
    """Whether ``folder`` holds a part that a build finished."""
    return _is_whole(part_in(folder), key_in(folder / PART))


def _is_whole(place: Stage, published: str) -> bool:
    """Whether a ledger is the one of the pages that were ``published`` with this key."""
    return published != "" and _read(place.ledger / _OWNER, published) is not None


class _Reader(pickle.Unpickler):
    """Reads what the generator knows and nothing else, for parts come from other machines."""

    def find_class(self, module: str, name: str) -> Any:
        """Called for everything that is no plain value."""
        is_known = module == "datetime" or module.startswith("sitegen.")
        found = super().find_class(module, name) if is_known else None
        if not isinstance(found, type):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found


def _read(path: Path, key: str) -> Any:
    with contextlib.suppress(OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError):
        found, _, data = path.read_bytes().partition(b"\n")
        return _Reader(io.BytesIO(data)).load() if found == key.encode() else None
    return None


def _first_line(path: Path) -> bytes:
    """The key of a file of the ledger; empty if it is not there."""
    try:
        with path.open("rb") as file:
            return file.readline()
    except OSError:
        return b""


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
