"""``data/manifest.json``: what a publication consists of, and which one it follows."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from sitegen.problems import Failed, msg

if TYPE_CHECKING:
    from sitegen.history.places import Place

MANIFEST = "data/manifest.json"
"""The file that makes a folder a publication."""
FORMAT = 1
SUMS = "data/sha256sums.txt"
"""The same digests as ``sha256sum -c`` reads them."""
MAX_BYTES = 1_000_000
"""No manifest is larger: it names a handful of files."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_PATH = re.compile(r"data/(?:[a-z0-9][a-z0-9-]*/)?[a-z0-9][a-z0-9.-]*")


class Manifest(NamedTuple):
    """A publication. ``vote`` is the election's day with its hours, ``totals`` are counts of the whole. ``previous`` is
    the digest of the manifest before, None for the first; ``content`` that of the list of digests of the content
    (``docs/verifying.md``); ``files`` are digests of the data files by path."""

    number: int
    previous: str | None
    region: str
    election: str
    data_status: str
    data_as_of: str
    vote: Mapping[str, str]
    totals: Mapping[str, int]
    content: str
    files: Mapping[str, str]

    def encode(self) -> bytes:
        """As a file, the same for the same publication."""
        return (json.dumps({"format": FORMAT, **self._asdict()}, ensure_ascii=False, indent=1) + "\n").encode()

    def sums(self, own: str) -> bytes:
        """Its digests, and ``own``, that of the manifest itself, one a line."""
        return "".join(f"{digest}  {path}\n" for path, digest in [*self.files.items(), (MANIFEST, own)]).encode()


class Known(NamedTuple):
    """A publication that was found: its manifest, and the manifest's own digest."""

    manifest: Manifest
    digest: str

    @classmethod
    def of(cls, manifest: Manifest) -> Known:
        """``manifest`` as it is published."""
        return cls(manifest, hashlib.sha256(manifest.encode()).hexdigest())


def read_manifest(place: Place) -> Known:
    """The manifest at ``place``.

    Raises:
        Failed: there is none, or it cannot be understood.
    """
    with place.open(MANIFEST) as file:
        data = file.read(MAX_BYTES + 1)
    try:
        found = _parsed(json.loads(data)) if len(data) <= MAX_BYTES else None
    except (ValueError, RecursionError):
        found = None
    if found is None:
        raise Failed(
            msg("%(place)s: %(path)s is not a manifest that this version understands", place=place.name, path=MANIFEST)
        )
    return Known(found, hashlib.sha256(data).hexdigest())


def _parsed(raw: Any) -> Manifest | None:
    """``raw`` as a manifest; None if anything in it is not what it should be."""
    if not isinstance(raw, dict) or raw.get("format") != FORMAT or set(raw) != {"format", *Manifest._fields}:
        return None
    found = Manifest(**{key: value for key, value in raw.items() if key != "format"})
    texts = (found.region, found.election, found.data_status, found.data_as_of)
    if type(found.number) is not int or found.number < 1 or not all(isinstance(text, str) for text in texts):
        return None
    if (found.number == 1) is not (found.previous is None) or not isinstance(found.files, dict):
        return None
    if not _holds(found.vote, str) or not _holds(found.totals, int):
        return None
    digests = [found.content, *filter(None, (found.previous,)), *found.files.values()]
    if not all(isinstance(digest, str) and _DIGEST.fullmatch(digest) for digest in digests):
        return None
    return found if found.files and all(map(_PATH.fullmatch, found.files)) else None


def _holds(values: object, kind: type) -> bool:
    """Whether ``values`` are several of this kind by name."""
    return isinstance(values, dict) and all(type(value) is kind for value in values.values())


def digest_of(file: IO[bytes]) -> str:
    """SHA-256 of what is left to read of ``file``."""
    digest = hashlib.sha256()
    while part := file.read(1 << 20):
        digest.update(part)
    return digest.hexdigest()


def differing(place: Place, manifest: Manifest) -> list[str]:
    """The data files at ``place`` that are not those of ``manifest``.

    Raises:
        Failed: one cannot be read.
    """
    found = []
    for path, digest in manifest.files.items():
        with place.open(path) as file:
            if digest_of(file) != digest:
                found.append(path)
    return found
