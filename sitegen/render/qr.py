"""QR codes for paper, as one path of an SVG."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from sitegen.render.qr_symbol import symbol

QUIET = 4
"""Modules of white that a reader needs on every side (ISO/IEC 18004)."""


class QrCode(NamedTuple):
    """A code of ``size`` × ``size`` modules with its quiet zone; ``path`` strokes each row's dark runs."""

    size: int
    path: str


def qr_code(text: str) -> QrCode:
    """The code of ``text`` with error correction M."""
    side, modules = symbol(text.encode())
    bits = f"{modules:0{side * side}b}"
    path = "".join([_row(row, bits[row * side : (row + 1) * side]) for row in range(side)])
    return QrCode(side + 2 * QUIET, path)


def _row(row: int, bits: str) -> str:
    """``M4 4.5h7m3 0h2``: every move but the first is from the end of the last run."""
    runs = bits.rstrip("0").replace("10", "1 0").split(" ")
    return f"M{QUIET} {QUIET + row}.5{''.join(map(_run, runs))}"


@cache
def _run(bits: str) -> str:
    """Light modules are leapt over, then dark ones drawn."""
    light = bits.count("0")
    leap = f"m{light} 0" if light else ""
    return f"{leap}h{len(bits) - light}"
