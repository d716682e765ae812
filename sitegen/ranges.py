"""Whole numbers as ranges: ``1, 2, 3, 6`` is ``1–3, 6``."""

from __future__ import annotations

from collections.abc import Iterable

Range = tuple[int, int]
"""Lowest and highest number, both included."""


def runs(numbers: Iterable[int]) -> tuple[Range, ...]:
    """The fewest ranges that hold exactly ``numbers``, in order."""
    found: list[Range] = []
    for number in sorted(set(numbers)):
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(found)


def shown(ranges: Iterable[Range]) -> str:
    """``((1, 4), (6, 6))`` as ``1–4, 6``."""
    return ", ".join(str(low) if low == high else f"{low}–{high}" for low, high in ranges)


def listed(numbers: Iterable[int]) -> str:
    """``numbers`` in order, as ranges."""
    return shown(runs(numbers))
