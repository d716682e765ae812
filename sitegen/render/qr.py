"""QR codes for paper, as one path of an SVG."""

from __future__ import annotations

import re
from typing import NamedTuple

import segno

QUIET = 4
"""Modules of white that a reader needs on every side (ISO/IEC 18004)."""
_RUN = re.compile("\1+")


class QrCode(NamedTuple):
    """A code of ``size`` × ``size`` modules with its quiet zone; ``path`` strokes each row's dark runs."""

    size: int
    path: str


def qr_code(text: str) -> QrCode:
    """The code of ``text`` with error correction M.

    The mask is fixed: a reader takes any, and trying all eight, as encoders may, takes five times as long. That every
    code of the sample can be read is tested.
    """
    matrix = segno.make_qr(text, error="m", boost_error=False, mode="byte", encoding="utf-8", mask=0).matrix
    size = len(matrix) + 2 * QUIET
    return QrCode(size, "".join(_row(bytes(row).decode(), y) for y, row in enumerate(matrix, QUIET)))


def _row(modules: str, y: int) -> str:
    """``M4 4.5h7m3 0h2``: every move but the first is from the end of the last run."""
    path, here = f"M{QUIET} {y}.5", 0
    for run in _RUN.finditer(modules):
        gap = run.start() - here
        path += f"m{gap} 0h{len(run[0])}" if gap else f"h{len(run[0])}"
        here = run.end()
    return path
