"""Dividing whole numbers fairly, and chance that is the same on every machine. Used by the sample
generator, where every sum must come out exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Chance from a text: the same text gives the same numbers in every Python version and process.

    Built on ``Random.random`` alone, the one method whose sequence Python promises to keep.
    """

    def __init__(self, seed: str) -> None:
        self._next = Random(seed).random  # noqa: S311 (chance for samples, not for secrets)

    def below(self, limit: int) -> int:
        """A whole number from 0 to ``limit - 1``."""
        return int(self._next() * limit)

    def between(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + self.below(high - low + 1)

    def percent(self, chance: int) -> bool:
        """True in ``chance`` of 100 cases."""
        return self.below(100) < chance

    def pick(self, choices: Sequence[T]) -> T:
        """One of ``choices``."""
        return choices[self.below(len(choices))]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in another order."""
        return [item for _, _, item in sorted((self._next(), place, item) for place, item in enumerate(items))]


def share(total: int, weights: Sequence[int], caps: Sequence[int] | None = None) -> list[int]:
    """Divide ``total`` by ``weights`` (positive) with the method of the largest remainder; no part
    exceeds its cap. Whole numbers only, so no rounding of a processor can change the result.

    Raises ValueError when the caps leave no room for the total.
    """
    caps = caps or [total] * len(weights)
    if sum(caps) < total:
        raise ValueError(f"{total} do not fit into {sum(caps)}")
    parts = [0] * len(weights)
    rest = total
    while rest:
        open_parts = [place for place, part in enumerate(parts) if part < caps[place]]
        for place, extra in zip(open_parts, _largest_remainder(rest, [weights[p] for p in open_parts]), strict=True):
            parts[place] = min(caps[place], parts[place] + extra)
        rest = total - sum(parts)
    return parts


def _largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts
