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
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from sitegen import hierarchy
from sitegen.content.folders import Folders
from sitegen.content.sources import ShardFiles
from sitegen.digests import Digests, is_own
from sitegen.keys import key_of
from sitegen.options import Options
from sitegen.output.assets import STATIC
from sitegen.output.exports import part_names
from sitegen.output.publication import (
    Publication,
    Stage,
    all_there,
    link_file,
    remove_empty_folders,
    remove_files,
    write_file,
)
from sitegen.output.shared import Made, SharedOutlet
from sitegen.output.site import Kept
from sitegen.privacy.gate import Gate
from sitegen.render.environment import TEMPLATES
from sitegen.shards import ShardResult

LIBRARIES = ("babel", "jinja2", "markdown", "nh3", "pillow", "pydantic", "pyyaml", "segno", "tdewolff-minify")
"""Libraries whose version may change what is written."""
_OWNER, _REPORT, _SHARED, _DIGESTS, _SHARD = "publication", "report", "shared", "digests", ".shard"


class ShardKey(NamedTuple):
    """What a shard is made of: ``frame``, what all its pages have in common, and the digests of its files by path."""

    frame: str
    files: dict[str, bytes]


class Keys:
    """Keys of all that a build reads: the same key, the same bytes published. ``previous`` is the digest of the
    publication before, if the build was told one: it covers all its data files."""

    def __init__(self, options: Options, digests: Digests, folders: Folders, previous: str = "") -> None:
        self.digests = digests
        self._config, self._content = str(options.config), str(options.content)
        self._files = digests.below(self._content, folders)
        self.base = key_of(_generator(digests), options.base_url, digests.of(self._config))
        self.site = key_of(self.base, options.only, options.drafts, self._key_of_sources(self._files), previous)
        # Messages name files as they were given.
        self._names = key_of(self._config, self._content)

    def still_hold(self, unread: Collection[str]) -> bool:
        """Whether the sources are now what they were before they were read, without the folders ``unread``."""
        now = self.digests.below(self._content, Folders(), lambda path: path not in unread)
        return self._key_of_sources(now) == self._key_of_sources(_without(self._files, unread))

    def _key_of_sources(self, files: Mapping[str, bytes]) -> str:
        return key_of(self.digests.of(self._config), _key_of_files(files, self._content))

    def report(self) -> str:
        """Key of what is said of the whole site."""
        return key_of(self.site, self._names)

    def content(self) -> str:
        """Digest of the list of digests of the content, as ``sha256sum`` writes it (``docs/verifying.md``)."""
        files = {_below(self._content, path): digest for path, digest in self._files.items() if is_own(digest)}
        listing = (f"{digest.hex()}  content/{path}\n" for path, digest in sorted(files.items()))
        return hashlib.sha256("".join(listing).encode(errors="surrogateescape")).hexdigest()

    def shard(self, files: ShardFiles, others: object) -> ShardKey:
        """Key of a shard: its files, and ``others``, what it is given besides."""
        folder, kecamatan = str(files.folder), str(files.kecamatan)
        own = {path: self._of(path) for path in (kecamatan, *(f"{folder}{os.sep}{name}" for name in files.names))}
        before = [(one.election, self._of(str(one.kecamatan)), one.names) for one in files.before]
        return ShardKey(key_of(self.base, self._names, others, before, own[kecamatan]), own)

    def _of(self, path: str) -> bytes:
        return self._files.get(path) or self.digests.of(path)


KeyOf = Callable[[str], ShardKey]
"""The key that a shard has now, given the code of its kecamatan."""


class Entry(NamedTuple):
    """What is known of a shard: what its result was made of, the folders of the languages with its pages, and how large
    its rows of the data files are."""

    key: ShardKey
    result: ShardResult
    folders: tuple[str, ...]
    sizes: tuple[int, ...] = ()

    def is_right(self, now: KeyOf) -> bool:
        """Whether the shard would come out the same."""
        return now(self.code) == self.key

    @property
    def code(self) -> str:
        """Code of the kecamatan."""
        return self.result.summary.code if self.result.summary else ""

    def pages(self) -> list[str]:
        """Its pages below a site."""
        return [folder + url for folder in self.folders for claim in self.result.claims for url in claim.urls]

    def notes(self) -> list[str]:
        """Its files in a ledger."""
        return [f"{self.result.name}{_SHARD}", *part_names(self.result.name)]

    def is_whole(self, stage: Stage) -> bool:
        """Whether all its files are there, and its rows as long as they were: a power cut shortens files."""
        return all_there(stage.site, self.pages()) and self.sizes_in(stage.ledger) == self.sizes

    def sizes_in(self, ledger: Path) -> tuple[int, ...]:
        """How large its rows of the data files are in a ledger; empty if they are not all there."""
        start = os.path.join(ledger, "")
        with contextlib.suppress(FileNotFoundError):
            return tuple(os.stat(start + name).st_size for name in part_names(self.result.name))
        return ()


class Ledger:
    """The ledger of the last publication, those of ``parts``, and the next one that a build is writing. Nothing is
    found in one that belongs to another publication or generator, or in the last when all shall be made anew."""

    def __init__(self, publication: Publication, options: Options, previous: str = "") -> None:
        self._publication = publication
        self._last = publication.last
        known = None if options.clean else _read(self._last.ledger / _DIGESTS)
        self.folders = Folders()
        """What lay in the folders of the content when the build began."""
        self.keys = Keys(options, Digests(known or {}), self.folders, previous)
        self.is_usable = not options.clean and self._belongs(self._last)
        self._spare: dict[str, Entry] = {}
        self._standing: dict[str, ShardResult] = {}
        self._here: dict[str, Made] = {}
        self._gate = ""
        self._unread: set[str] = set()
        self._removed: list[str] = []
        self._parts: dict[str, list[Path]] = {}
        for part in options.merge:
            for path in _shards(Stage.below(part).ledger):
                self._parts.setdefault(path.stem, []).append(part)
        self.unused: Counter[Path] = Counter()
        """How many shards of a part were asked for and could not be used."""

    @property
    def stage(self) -> Stage:
        """Where the build writes."""
        return self._publication.stage

    @property
    def last_site(self) -> Path | None:
        """The publication, if it is of this generator and not all shall be made anew."""
        return self._last.site if self.is_usable else None

    def report(self) -> Any:
        """The report of the publication if nothing changed since, otherwise None."""
        if self.is_usable and self._last.key() == self.keys.site:
            return _read(self._last.ledger / _REPORT, self.keys.report())
        return None

    def begin(self, names: Collection[str], gate: str) -> None:
        """Make the stage ready. Of a spare in it, only shards with these names stay until they are settled, and files
        that passed a gate with the same key."""
        self._gate = gate
        if not (self.is_usable and self._belongs(self.stage) and self._open_spare(names)):
            self._here = {}
            self._publication.clear()

    def _open_spare(self, names: Collection[str]) -> bool:
        """Take the shards of the spare, and remove all else; False if not all of it is known."""
        entries = [_read(path) for path in _shards(self.stage.ledger)]
        shared = _read(self.stage.ledger / _SHARED, self._gate)
        if shared is None or None in entries:
            return False
        self._here = dict(shared)
        for entry in entries:
            if entry.result.name in names:
                self._spare[entry.result.name] = entry
            else:
                self._remove_shard(entry)
        return True

    def settle(self, now: Mapping[str, KeyOf]) -> None:
        """Remove from the stage those shards of ``now`` (their keys by name) that are not right any more. It is done
        before any of their election is made; no two elections have an address in common as long as one is current."""
        for name, key in now.items():
            entry = self._spare.pop(name, None)
            if entry and entry.is_right(key) and entry.is_whole(self.stage):
                self._standing[name] = entry.result
            elif entry:
                self._remove_shard(entry)

    def _remove_shard(self, entry: Entry) -> None:
        self._remove(entry.pages())
        remove_files(self.stage.ledger, entry.notes())

    def _remove(self, paths: Iterable[str]) -> None:
        # Their folders are left until the end: most are filled again, and making one takes longer than a file.
        gone = list(paths)
        remove_files(self.stage.site, gone)
        self._removed += gone

    def kept(self, files: ShardFiles, now: KeyOf) -> ShardResult | None:
        """The result of a shard that did not change, and its files stand in the next publication; otherwise None."""
        found = self._kept(files.name, now)
        if found:
            self._unread.add(str(files.folder))
        return found

    def _kept(self, name: str, now: KeyOf) -> ShardResult | None:
        if name in self._standing:
            return self._standing[name]
        if entry := self._take(self._entry(name), now, self._last):
            return entry.result
        for part in self._parts.get(name, ()):
            place = Stage.below(part)
            if entry := self._take(_read(place.ledger / f"{name}{_SHARD}"), now, place):
                return entry.result
            self.unused[part] += 1
        return None

    def _take(self, entry: object, now: KeyOf, place: Stage) -> Entry | None:
        """Let the files of ``entry``, which lie at ``place``, stand in the stage too; None if they are not right."""
        if not isinstance(entry, Entry) or not entry.is_right(now) or not entry.is_whole(place):
            return None
        self._take_over(entry.pages())
        for page in entry.pages():
            link_file(place.site / page, self.stage.site, page)
        for note in entry.notes():
            link_file(place.ledger / note, self.stage.ledger, note)
        return entry

    def _take_over(self, pages: Iterable[str]) -> None:
        """Where a redirect stood there may be the page of a shard now: nobody removes it."""
        for page in pages:
            self._here.pop(page, None)

    def unchanged(self, name: str, now: KeyOf) -> Kept | None:
        """Pages of a shard that changed which are still right: those of files that did not change, if what they
        share did not either."""
        entry = self._entry(name)
        key = now(entry.code) if entry else None
        if entry is None or key is None or key.frame != entry.key.frame:
            return None
        same = {path for path, digest in key.files.items() if entry.key.files.get(path) == digest}
        claims = (claim for claim in entry.result.claims if claim.source in same)
        pages = frozenset((url, claim.source) for claim in claims for url in claim.urls)
        return Kept(self._last.site, pages)

    def note(self, entry: Entry) -> None:
        """Write down what is known of a shard."""
        self._take_over(entry.pages())
        known = entry._replace(sizes=entry.sizes_in(self.stage.ledger))
        _write(self.stage.ledger / f"{entry.result.name}{_SHARD}", known)

    def shared(self, gate: Gate) -> SharedOutlet:
        """Where the files are written that no shard makes."""
        before = (_read(self._last.ledger / _SHARED, self._gate) if self.is_usable else None) or {}
        return SharedOutlet(self.stage.site, gate, last=self._last.site, here=self._here, before=before)

    def recall(self, name: str) -> Any:
        """What the last build remembered under ``name``; None if it may not be used."""
        return _read(self._last.ledger / name) if self.is_usable else None

    def remember(self, name: str, value: object) -> None:
        """Write down plain data for the next build."""
        _write(self.stage.ledger / name, value)

    def close(self, report: object, shared: Mapping[str, Made]) -> None:
        """Write down the report, the files that no shard made, and what the ledger belongs to."""
        self._remove(self._here.keys() - shared.keys())
        remove_empty_folders(self.stage.site, self._removed)
        _write(self.stage.ledger / _REPORT, report, self.keys.report())
        _write(self.stage.ledger / _SHARED, shared, self._gate)
        _write(self.stage.ledger / _OWNER, self.keys.base, self.keys.site)

    def still_holds(self) -> bool:
        """Whether the sources are now what they were before they were read; what is known of them is written down.
        Shards that were kept are those of the state that the key tells, whatever their files are now."""
        is_same = self.keys.still_hold(self._unread)
        _write(self.stage.ledger / _DIGESTS, self.keys.digests.known)
        return is_same

    def _entry(self, name: str) -> Entry | None:
        found: Entry | None = _read(self._last.ledger / f"{name}{_SHARD}") if self.is_usable else None
        return found

    def _belongs(self, stage: Stage) -> bool:
        """Whether site and ledger were published together, by this generator with this configuration."""
        key = stage.key()
        return key != "" and _read(stage.ledger / _OWNER, key) == self.keys.base


def is_part(folder: Path) -> bool:
    """Whether a build left a part in ``folder``. Its marker is not asked for: hidden files get lost on the way."""
    return Stage.below(folder).ledger.joinpath(_OWNER).is_file()


def _shards(ledger: Path) -> list[Path]:
    return [ledger / name for name in os.listdir(ledger) if name.endswith(_SHARD)]


class _Reader(pickle.Unpickler):
    """Makes what the generator's own types describe and calls nothing else, for parts come from other machines."""

    def find_class(self, module: str, name: str) -> Any:
        """The type of that name."""
        is_known = module == "datetime" or module.startswith("sitegen.")
        found = super().find_class(module, name) if is_known else None
        if not isinstance(found, type):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found


def _read(path: Path, key: str = "") -> Any:
    """What was written under ``key``, or None."""
    with contextlib.suppress(
        OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, KeyError,
        TypeError, ValueError,
    ):  # fmt: skip
        found, _, data = path.read_bytes().partition(b"\n")
        return _loaded(data) if found == key.encode() else None
    return None


@lru_cache(maxsize=64)
def _loaded(data: bytes) -> Any:
    """What was written, never to be changed. In ``serve`` most of it is the same at every change: 8 of 100 ms."""
    return _Reader(io.BytesIO(data)).load()


def _write(path: Path, value: object, key: str = "") -> None:
    write_file(path.parent, path.name, key.encode() + b"\n" + pickle.dumps(value))


def _key_of_files(files: Mapping[str, bytes], folder: str) -> str:
    return key_of("\n".join(sorted(f"{_below(folder, path)}\0{digest.hex()}" for path, digest in files.items())))


def _without(files: Mapping[str, bytes], folders: Collection[str]) -> dict[str, bytes]:
    """``files``, each folder before what lies in it, without all that lies below ``folders``."""
    left, closed = {}, set(folders)
    for path, digest in files.items():
        if path.rpartition(os.sep)[0] not in closed:
            left[path] = digest
        elif not digest:
            closed.add(path)
    return left


def _below(folder: str, path: str) -> str:
    """``path`` as it is called in ``folder``, the same on every system."""
    return path[len(folder) + 1 :].replace(os.sep, "/")


def _generator(digests: Digests) -> str:
    """A key of the generator: its code, templates, catalogs, static files, table of regions and libraries."""
    folders = (TEMPLATES, STATIC, hierarchy.TABLE.parent)
    return key_of(_libraries(), _code(), *(_key_of_folder(digests, str(folder)) for folder in folders))


@cache
def _code() -> str:
    """Of the code as it runs: what is changed later does not count until it is started anew."""
    return _key_of_folder(Digests({}), str(Path(__file__).parent))


def _key_of_folder(digests: Digests, folder: str) -> str:
    found = digests.below(folder, Folders(), lambda path: not path.endswith("__pycache__")).items()
    return _key_of_files({path: data for path, data in found if data}, folder)


@cache
def _libraries() -> tuple[str, ...]:
    return (platform.python_version(), *map(version, LIBRARIES))
