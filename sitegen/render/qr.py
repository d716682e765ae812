"""QR codes for paper, as one path of an SVG."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import segno

QUIET = 4
"""Modules of white that a reader needs on every side (ISO/IEC 18004)."""
_LARGEST = 177
_STEPS = (
    {"1" * length: f"h{length}" for length in range(1, _LARGEST)}
    | {"0" * length: f"m{length} 0" for length in range(1, _LARGEST)}
    | {chr(256 + row): f"M{QUIET} {QUIET + row}.5" for row in range(_LARGEST)}
)
"""A dark run is drawn, a light one leapt over; the sign of a row leads to where it begins."""


class QrCode(NamedTuple):
    """A code of ``size`` × ``size`` modules with its quiet zone; ``path`` strokes each row's dark runs."""

    size: int
    path: str


class _Symbol(NamedTuple):
    """The modules of a code, row after row, as the bits of one number, and the bytes that it holds."""

    version: int
    side: int
    modules: int
    data: bytes


_first: dict[int, _Symbol] = {}
"""The first code of every length of text."""


def qr_code(text: str) -> QrCode:
    """The code of ``text`` with error correction M.

    Codes are linear: each bit of a text turns the same modules, whatever the others are. So only the bits that differ
    from an earlier text of the same length are turned. Encoding anew takes 20 times as long, and an office's addresses
    differ in few places (docs/decisions/0008-qr-codes.md).
    """
    data = text.encode()
    first = _first.get(len(data)) or _first.setdefault(len(data), _encoded(data))
    modules = first.modules
    for position, (here, there) in enumerate(zip(data, first.data, strict=True)):
        if here != there:
            modules ^= _turned(first.version, position, here ^ there)
    return QrCode(first.side + 2 * QUIET, _path(first.side, modules))


@cache
def _turned(version: int, position: int, bits: int) -> int:
    """The modules that ``bits`` of the byte at ``position`` turn."""
    first, rest = bits & -bits, bits & (bits - 1)
    if rest:
        return _turned(version, position, first) ^ _turned(version, position, rest)
    return _blank(version, position + 1).modules ^ _encoded(bytes(position) + bytes([bits]), version).modules


@cache
def _blank(version: int, length: int) -> _Symbol:
    return _encoded(bytes(length), version)


def _encoded(data: bytes, version: int | None = None) -> _Symbol:
    """``data`` encoded from nothing. The mask is fixed: a reader takes any."""
    code = segno.make_qr(data, error="m", boost_error=False, mode="byte", version=version, mask=0)
    matrix = code.matrix
    bits = b"".join(bytes(row) for row in matrix).translate(bytes.maketrans(b"\0\1", b"01"))
    return _Symbol(int(code.version), len(matrix), int(bits, 2), data)


def _path(side: int, modules: int) -> str:
    """``M4 4.5h7m3 0h2``: every move but the first of a row is from the end of the last run."""
    bits = f"{modules:0{side * side}b}"
    rows = (f"{chr(256 + row)} {bits[row * side : (row + 1) * side].rstrip('0')}" for row in range(side))
    runs = " ".join(rows).replace("01", "0 1").replace("10", "1 0")
    return "".join([_STEPS[run] for run in runs.split(" ")])
