"""What a run of the tests has counted, told at its end: docs/reliability.md quotes the figures of ``make torture``."""

from __future__ import annotations

FIGURES: list[str] = []


def note(figure: str) -> None:
    """Let ``figure`` be told when all tests are done."""
    FIGURES.append(figure)
