"""Pictures without what a camera or program wrote beside the picture: place, time, device, names, a small copy.

The picture itself is not touched: parts of the file that hold no picture are left out. Only how it is turned is kept.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator

from sitegen.problems import msg

SUFFIXES = (".avif", ".bmp", ".gif", ".heic", ".heif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp")
FIX = msg("Save it as PNG, JPEG, WebP or GIF.")
HIDDEN = msg("The picture carries what a camera or program wrote into it: perhaps place, time or names")
HIDDEN_FIX = msg("Save it anew without these data: a screenshot of it has none.")
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_PICTURE = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT".split()
)
_WEBP_PICTURE = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_EXIF, _EXIF_AND_XMP = 0x08, 0x0C
"""Flags of ``VP8X`` that tell of parts which are left out."""
_ORIENTATION = 0x0112
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


class NotAPicture(Exception):
    """The bytes are no picture of a kind that can be made bare, or a broken one."""


def is_image(path: str) -> bool:
    """Whether ``path`` names a picture made of dots; drawings (SVG) are text."""
    return path.lower().endswith(SUFFIXES)


def bare(data: bytes) -> bytes:
    """The picture without metadata.

    Raises:
        NotAPicture: it is broken, or neither JPEG, PNG, WebP nor GIF.
    """
    for begins, strip in _KINDS.items():
        if data.startswith(begins):
            try:
                return b"".join(strip(data))
            except (IndexError, struct.error) as error:
                raise NotAPicture from error
    raise NotAPicture


def is_bare(data: bytes) -> bool:
    """Whether the picture has no metadata; what cannot be read may have some."""
    try:
        return bare(data) == data
    except NotAPicture:
        return False


def _jpeg(data: bytes) -> Iterator[bytes]:
    yield data[:2]
    at, turned = 2, 1
    segments: list[bytes] = []
    while data[at + 1] != 0xDA:
        if data[at] != 0xFF:
            raise NotAPicture
        length = 2 + struct.unpack_from(">H", data, at + 2)[0]
        segment = data[at : at + length]
        if segment[4:10] == b"Exif\0\0":
            turned = _turned(segment[10:])
        elif _is_of_jpeg(segment):
            segments.append(segment)
        at += length
    if turned != 1:
        exif = b"Exif\0\0" + _exif(turned)
        yield b"\xff\xe1" + struct.pack(">H", 2 + len(exif)) + exif
    yield from segments
    yield data[at : _end_of_scans(data, at)]


def _is_of_jpeg(segment: bytes) -> bool:
    """Whether a segment is needed to show the picture: tables, JFIF, colours (ICC profile, Adobe)."""
    kind = segment[1]
    named = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
    if 0xE0 <= kind <= 0xEF:
        return kind in named and segment[4:].startswith(named[kind])
    return kind != 0xFE


def _end_of_scans(data: bytes, at: int) -> int:
    """Behind the end of the picture; what phones hang on (a film, a second picture) lies after it."""
    while data[at + 1] != 0xD9:
        found = _MARKER.search(data, at + 2 + struct.unpack_from(">H", data, at + 2)[0])
        if found is None:
            raise NotAPicture
        at = found.start()
    return at + 2


def _png(data: bytes) -> Iterator[bytes]:
    yield _PNG
    at, kind = len(_PNG), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, at)
        chunk = data[at : at + 12 + length]
        if len(chunk) != 12 + length:
            raise NotAPicture
        if kind in _PNG_PICTURE:
            yield chunk
        elif kind == b"eXIf" and (turned := _turned(chunk[8:-4])) != 1:
            body = b"eXIf" + _exif(turned)
            yield struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
        at += 12 + length


def _webp(data: bytes) -> Iterator[bytes]:
    if data[8:12] != b"WEBP":
        raise NotAPicture
    end = 8 + struct.unpack_from("<I", data, 4)[0]
    at, turned = 12, 1
    chunks: list[bytes] = []
    while at < end:
        kind, length = struct.unpack_from("<4sI", data, at)
        chunk = data[at : at + 8 + length + length % 2]
        if len(chunk) < 8 + length:
            raise NotAPicture
        at += len(chunk)
        if kind in _WEBP_PICTURE:
            chunks.append(chunk)
        elif kind == b"EXIF":
            turned = _turned(chunk[8:].removeprefix(b"Exif\0\0"))
    if turned != 1:
        chunks.append(b"EXIF" + struct.pack("<I", len(_exif(turned))) + _exif(turned))
    if chunks[0].startswith(b"VP8X"):
        flags = chunks[0][8] & ~_EXIF_AND_XMP | (_EXIF if turned != 1 else 0)
        chunks[0] = chunks[0][:8] + bytes([flags]) + chunks[0][9:]
    body = b"WEBP" + b"".join(chunks)
    yield b"RIFF" + struct.pack("<I", len(body)) + body


def _gif(data: bytes) -> Iterator[bytes]:
    at = 13 + _colours(data[10])
    yield data[:at]
    while data[at] != 0x3B:
        start = at
        if data[at] == 0x2C:
            at = _blocks_end(data, at + 11 + _colours(data[at + 9]))
            yield data[start:at]
        elif data[at] == 0x21:
            at = _blocks_end(data, at + 2)
            if data[start + 1] == 0xF9 or data[start + 3 : start + 14] in (b"NETSCAPE2.0", b"ANIMEXTS1.0"):
                yield data[start:at]
        else:
            raise NotAPicture
    yield b";"


def _colours(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks_end(data: bytes, at: int) -> int:
    while data[at]:
        at += 1 + data[at]
    return at + 1


def _turned(exif: bytes) -> int:
    """How a picture is turned, by its EXIF; 1 if it is not, or if that cannot be read."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return 1
    try:
        at = struct.unpack_from(f"{order}I", exif, 4)[0]
        for entry in range(struct.unpack_from(f"{order}H", exif, at)[0]):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", exif, at + 2 + 12 * entry)
            if tag == _ORIENTATION:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        pass
    return 1


def _exif(turned: int) -> bytes:
    """EXIF that tells how a picture is turned, and nothing else."""
    return b"MM\0\x2a" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)


_KINDS: dict[bytes, Callable[[bytes], Iterator[bytes]]] = {
    b"\xff\xd8": _jpeg,
    _PNG: _png,
    b"RIFF": _webp,
    b"GIF87a": _gif,
    b"GIF89a": _gif,
}
