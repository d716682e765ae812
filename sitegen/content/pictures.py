"""Pictures of news and guides: files of ``content/media/``, and what is published of them."""

from __future__ import annotations

import difflib
import hashlib
import struct
from collections.abc import Iterable
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from sitegen.privacy import images
from sitegen.problems import Message, msg
from sitegen.slugs import slug

FOLDER = "media"
"""Folder of the pictures, in the content and in the publication; a text names one as ``/media/foto.jpg``."""
MAX_FILE = 20_000_000
"""Largest file that is read, in bytes."""
_KINDS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
_LETTERS = str.maketrans("0123456789", "ghijklmnop")


class Picture(NamedTuple):
    """A picture as it is published; ``url`` lies below the publication's root, ``is_bare`` tells that its source holds
    nothing but the picture."""

    url: str
    width: int
    height: int
    data: bytes
    source: Path
    is_bare: bool


class Fault(NamedTuple):
    """Why there is no picture, and how to mend it."""

    code: str
    what: Message
    fix: Message


class Pictures:
    """The pictures at ``files``, each made when it is first asked for. ``last`` is a publication of the same generator,
    if there is one: what it has is not made again. An address holds a digest of the source, so that equal addresses
    are equal pictures."""

    def __init__(self, files: Iterable[Path] = (), last: Path | None = None) -> None:
        self._files = {path.name: path for path in files}
        self._last = last
        self._found: dict[str, Picture | Fault] = {}

    def find(self, src: str) -> Picture | Fault:
        """The picture that a text names ``src``."""
        if src not in self._found:
            self._found[src] = self._find(src)
        return self._found[src]

    @property
    def found(self) -> list[Picture]:
        """All pictures that were asked for and are there."""
        return [picture for picture in self._found.values() if isinstance(picture, Picture)]

    def _find(self, src: str) -> Picture | Fault:
        folder, _, name = src.removeprefix("/").partition("/")
        if not src.startswith("/") or folder != FOLDER:
            return _elsewhere(src)
        path = self._files.get(name)
        if path is None:
            return self._missing(name)
        try:
            with path.open("rb") as file:
                data = file.read(MAX_FILE + 1)
        except OSError as error:
            what = msg("The file cannot be read (%(detail)s)", detail=error.strerror)
            return Fault("picture.unreadable", what, msg("Check that it exists and that you may read it."))
        if len(data) > MAX_FILE:
            what = msg("The file of the picture is larger than %(limit)s MB", limit=MAX_FILE // 1_000_000)
            return Fault("picture.size", what, msg("Make it smaller: a width of 1600 dots is more than enough."))
        if not data.startswith(_KINDS):
            what = msg("The picture is neither JPEG, PNG nor WebP")
            return Fault("picture.kind", what, msg("Save it as JPEG or PNG; a screenshot of it is one."))
        return self._made(path, data)

    def _made(self, path: Path, data: bytes) -> Picture | Fault:
        key = hashlib.sha256(self._maker + data).hexdigest()[:10]
        # Without digits, which could look like a telephone number.
        url = f"{FOLDER}/{slug(path.stem)}-{key.translate(_LETTERS)}.webp"
        small = self._published(url)
        if small is None:
            from sitegen.content.shrink import Unusable, shrunk

            try:
                small = shrunk(data)
            except Unusable as error:
                return Fault("picture.unusable", error.what, error.fix)
        return Picture(url, *_size(small), small, path, images.is_bare(data))

    def _published(self, url: str) -> bytes | None:
        """The picture of the last publication, if it is there and whole."""
        try:
            data = (self._last / url).read_bytes() if self._last else b""
        except OSError:
            return None
        is_whole = data[8:16] == b"WEBPVP8 " and len(data) == 8 + struct.unpack_from("<I", data, 4)[0]
        return data if is_whole else None

    @cached_property
    def _maker(self) -> bytes:
        """What the bytes of a picture depend on besides its source. A change of our own code leaves no last
        publication."""
        return version("pillow").encode()

    def _missing(self, name: str) -> Fault:
        stems = {path.stem.lower(): known for known, path in self._files.items()}
        near = difflib.get_close_matches(Path(name).stem.lower(), stems, n=1, cutoff=0.6)
        fix = (
            msg('Did you mean "/%(guess)s"?', guess=f"{FOLDER}/{stems[near[0]]}")
            if near
            else msg("Put the picture into content/media; capital letters count.")
        )
        return Fault("picture.missing", msg("There is no picture %(name)s in content/media", name=name), fix)


def _elsewhere(src: str) -> Fault:
    if "//" in src:
        what = msg("The picture lies on another site, which would see who reads this page")
    else:
        what = msg("The picture does not lie in content/media")
    fix = msg("Put the picture into content/media and write ![what it shows](/media/name.jpg).")
    return Fault("picture.place", what, fix)


def _size(webp: bytes) -> tuple[int, int]:
    """Width and height, from the head of the one kind of WebP that is published (RFC 6386, 9.1)."""
    width, height = struct.unpack_from("<HH", webp, 26)
    return width & 0x3FFF, height & 0x3FFF
