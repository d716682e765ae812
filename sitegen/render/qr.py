"""QR codes for paper, as one path of an SVG."""

from __future__ import annotations

import re
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
    width = len(modules) // side
    strokes = [*map(_STROKES.__getitem__, modules)]
    strokes[width - 1 :: width] = map(_last_strokes(side).__getitem__, modules[width - 1 :: width])
    return QrCode(side + 2 * QUIET, f"M{QUIET} {QUIET}.5{''.join(strokes)}")


def _drawn(modules: int, wide: int = 8) -> str:
    """The first ``wide`` modules of a byte: light ones are leapt over, dark ones drawn."""
    runs = re.findall("0+|1+", f"{modules:08b}"[:wide])
    return "".join(f"h{len(run)}" if run[0] == "1" else f"m{len(run)} 0" for run in runs)


_STROKES = [_drawn(modules) for modules in range(256)]


@cache
def _last_strokes(side: int) -> list[str]:
    """The same for the last byte of a row, after which the next row begins."""
    wide = (side - 1) % 8 + 1
    return [f"{_drawn(modules, wide)}m-{side} 1" for modules in range(256)]
