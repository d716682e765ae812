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
    rows = "\n".join([bits[start : start + side] for start in range(0, side * side, side)])
    runs = rows.replace("10", "1 0").replace("\n", " \n ").split(" ")
    return QrCode(side + 2 * QUIET, f"M{QUIET} {QUIET}.5{''.join(map(_strokes(side).__getitem__, runs))}")


class _Strokes(dict[str, str]):
    """What is drawn for the runs of a code ``side`` modules wide: light modules are leapt over, dark ones drawn. The end of
    a row goes back to where it began, one lower."""

    def __init__(self, side: int) -> None:
        self["\n"] = f"m-{side} 1"

    def __missing__(self, bits: str) -> str:
        light = bits.count("0")
        dark = len(bits) - light
        self[bits] = (f"m{light} 0" if light else "") + (f"h{dark}" if dark else "")
        return self[bits]


_strokes = cache(_Strokes)
