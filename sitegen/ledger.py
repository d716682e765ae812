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
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from sitegen import hierarchy
from sitegen.content.sources import ShardFiles, shard_name
from sitegen.keys import key_of
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
from sitegen.output.site import Kept
from sitegen.pages.index import SiteIndex
from sitegen.render.environment import TEMPLATES
from sitegen.shards import ShardResult

LIBRARIES = ("babel", "jinja2", "markdown", "nh3", "pillow", "pydantic", "pyyaml", "segno", "tdewolff-minify")
"""Libraries whose version may change what is written."""
_OWNER, _REPORT, _SHARED, _INDEX, _SHARD = "publication", "report", "shared", "index", ".shard"


class ShardKey(NamedTuple):
    """What a shard is made of: ``frame``, what all its pages have in common, and the digests of its files by path."""

    frame: str
    files: dict[str, bytes]


class Keys:
    """Keys of all that a build reads: the same key, the same bytes published. ``previous`` is the digest of the
    publication before, if the build was told one: it covers all its data files."""

    def __init__(
        self,
        config: Path,
        content: Path,
        base_url: str | None,
        only: str | None = None,
        previous: str = "",
        *,
        drafts: bool = False,
    ) -> None:
        self._config, self._content = config, content
        self._files = _digests(content)
        self.base = key_of(_generator(), base_url, _digest(config))
        self._sources = self._key_of_sources(self._files)
        self.site = key_of(self.base, only, drafts, self._sources, previous)
        # Messages name files as they were given.
        self._names = key_of(str(config), str(content))

    def still_hold(self) -> bool:
        """Whether the sources are now what they were before they were read."""
        return self._key_of_sources(_digests(self._content)) == self._sources

    def _key_of_sources(self, files: Mapping[Path, bytes]) -> str:
        return key_of(_digest(self._config), _key_of_files(files, self._content))

    def report(self) -> str:
        """Key of what is said of the whole site."""
        return key_of(self.site, self._names)

    def content(self) -> str:
        """Digest of the list of digests of the content, as ``sha256sum`` writes it (``docs/verifying.md``)."""
        files = {
            (Path("content") / path.relative_to(self._content)).as_posix().encode(): digest
            for path, digest in self._files.items()
            if len(digest) == hashlib.sha256().digest_size and not path.is_symlink()
        }
        listing = (digest.hex().encode() + b"  " + path + b"\n" for path, digest in sorted(files.items()))
        return hashlib.sha256(b"".join(listing)).hexdigest()

    def shard(self, files: ShardFiles, others: object) -> ShardKey:
        """Key of a shard: its files, and ``others``, what it is given besides."""
        own = {str(path): self._of(path) for path in (files.kecamatan, *files.tps)}
        before = [(one.election, self._of(one.kecamatan), [path.name for path in one.tps]) for one in files.before]
        return ShardKey(key_of(self.base, self._names, others, before, own[str(files.kecamatan)]), own)

    def _of(self, path: Path) -> bytes:
        return self._files.get(path) or _digest(path)


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
        return [folder + claim.url for folder in self.folders for claim in self.result.claims]

    def notes(self) -> list[str]:
        """Its files in a ledger."""
        return [f"{self.result.name}{_SHARD}", *part_names(self.result.name)]

    def is_whole(self, stage: Stage) -> bool:
        """Whether all its files are there, and its rows as long as they were: a power cut shortens files."""
        return all_there(stage.site, self.pages()) and self.sizes_in(stage) == self.sizes

    def sizes_in(self, stage: Stage) -> tuple[int, ...]:
        """How large its rows of the data files are in a ledger; empty if they are not all there."""
        with contextlib.suppress(FileNotFoundError):
            return tuple((stage.ledger / name).stat().st_size for name in part_names(self.result.name))
        return ()


class Ledger:
    """The ledger of the last publication, those of ``parts``, and the next one that a build is writing. Nothing is
    found in one that belongs to another publication or generator, or in the last when all shall be made anew."""

    def __init__(self, publication: Publication, keys: Keys, *, clean: bool, parts: Sequence[Path] = ()) -> None:
        self.keys = keys
        self._publication = publication
        self._last = publication.last
        self.is_usable = not clean and self._belongs(self._last)
        self._now: dict[str, KeyOf] = {}
        self._spare: dict[str, Entry] = {}
        self._standing: dict[str, ShardResult] = {}
        self._removed: list[str] = []
        self._parts: dict[str, list[Path]] = {}
        for part in parts:
            for path in Stage.below(part).ledger.glob(f"*{_SHARD}"):
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

    def begin(self, names: Collection[str]) -> None:
        """Make the stage ready. Of a spare in it, only shards with these names stay until they are settled."""
        if not (self.is_usable and self._belongs(self.stage) and self._open_spare(names)):
            self._publication.clear()

    def _open_spare(self, names: Collection[str]) -> bool:
        """Take the shards of the spare, and remove all else; False if not all of it is known."""
        entries = [_read(path) for path in self.stage.ledger.glob(f"*{_SHARD}")]
        shared = _read(self.stage.ledger / _SHARED)
        if shared is None or None in entries:
            return False
        self._remove(shared)
        for entry in entries:
            if entry.result.name in names:
                self._spare[entry.result.name] = entry
            else:
                self._remove_shard(entry)
        return True

    def settle(self, now: Mapping[str, KeyOf]) -> None:
        """Remove from the stage those shards of ``now`` (their keys by name) that are not right any more. It is done
        before any of their election is made; no two elections have an address in common as long as one is current."""
        self._now |= now
        for name, key in now.items():
            entry = self._spare.pop(name, None)
            if entry and entry.is_right(key) and entry.is_whole(self.stage):
                self._standing[name] = entry.result
            elif entry:
                self._remove_shard(entry)

    def _remove_shard(self, entry: Entry) -> None:
        self._remove(entry.pages())
        remove_files(self.stage.ledger, entry.notes())

    def _remove(self, pages: Sequence[str]) -> None:
        # Their folders are left until the end: most are filled again, and making one takes longer than a file.
        remove_files(self.stage.site, pages)
        self._removed += pages

    def kept(self, name: str, now: KeyOf) -> ShardResult | None:
        """The result of a shard that did not change, and its files stand in the next publication; otherwise None."""
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
        for page in entry.pages():
            link_file(place.site / page, self.stage.site, page)
        for note in entry.notes():
            link_file(place.ledger / note, self.stage.ledger, note)
        return entry

    def unchanged(self, name: str, now: KeyOf) -> Kept | None:
        """Pages of a shard that changed which are still right: those of files that did not change, if what they
        share did not either."""
        entry = self._entry(name)
        key = now(entry.code) if entry else None
        if entry is None or key is None or key.frame != entry.key.frame:
            return None
        same = {path for path, digest in key.files.items() if entry.key.files.get(path) == digest}
        pages = frozenset((claim.url, claim.source) for claim in entry.result.claims if claim.source in same)
        return Kept(self._last.site, pages)

    def same_index(self, index: SiteIndex) -> Kept:
        """Pages of kecamatan that are still right: they show their kabupaten's kecamatan and the totals of their
        election."""
        now: dict[tuple[str, str], str] = {}
        for one in index.elections:
            for group in one.neighbours.values():
                names = (shard_name(one.site.election_slug, shard.slug) for shard in group)
                codes = (shard.code for shard in group)
                key = key_of(one.totals, *(self._now[name](code) for name, code in zip(names, codes, strict=True)))
                now |= dict.fromkeys(((shard.url, shard.slug) for shard in group), key)
        before = (_read(self._last.ledger / _INDEX) if self.is_usable else None) or {}
        _write(self.stage.ledger / _INDEX, now)
        return Kept(self._last.site, frozenset(page for page, key in now.items() if before.get(page) == key))

    def note(self, entry: Entry) -> None:
        """Write down what is known of a shard."""
        known = entry._replace(sizes=entry.sizes_in(self.stage))
        _write(self.stage.ledger / f"{entry.result.name}{_SHARD}", known)

    def close(self, report: object, shared: Iterable[str]) -> None:
        """Write down the report, the files that no shard made, and what the ledger belongs to."""
        remove_empty_folders(self.stage.site, self._removed)
        _write(self.stage.ledger / _REPORT, report, self.keys.report())
        _write(self.stage.ledger / _SHARED, tuple(shared))
        _write(self.stage.ledger / _OWNER, self.keys.base, self.keys.site)

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
        return _Reader(io.BytesIO(data)).load() if found == key.encode() else None
    return None


def _write(path: Path, value: object, key: str = "") -> None:
    write_file(path.parent, path.name, key.encode() + b"\n" + pickle.dumps(value))


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
        if not path.is_file():
            return b""  # a pipe would never end
        with path.open("rb", buffering=0) as file:  # at once: most files are small, and there are many
            return hashlib.sha256(file.read()).digest()
    except OSError:
        return b""  # whoever needs the file will say what is wrong with it


def _key_of_files(files: Mapping[Path, bytes], folder: Path) -> str:
    return key_of(*sorted((path.relative_to(folder).as_posix(), digest) for path, digest in files.items()))


def _generator() -> str:
    """A key of the generator: its code, templates, catalogs, static files, table of regions and libraries."""
    return key_of(_libraries(), _code(), *map(_key_of_folder, (TEMPLATES, STATIC, hierarchy.TABLE.parent)))


@cache
def _code() -> str:
    """Of the code as it runs: what is changed later does not count until it is started anew."""
    return _key_of_folder(Path(__file__).parent)


def _key_of_folder(folder: Path) -> str:
    files = _digests(folder).items()
    return _key_of_files({path: data for path, data in files if data and "__pycache__" not in path.parts}, folder)


@cache
def _libraries() -> tuple[str, ...]:
    return (platform.python_version(), *map(version, LIBRARIES))
