"""Where the time of a build goes: processor seconds by stage, over all processes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from sitegen.problems import Message, msg

Item = TypeVar("Item")
Result = TypeVar("Result")
Spent = dict[str, float]
"""Seconds by stage."""

STAGES = {
    "read": msg("Reading"),
    "validate": msg("Typing"),
    "check": msg("Checking"),
    "plan": msg("Planning"),
    "render": msg("Rendering"),
    "write": msg("Writing"),
    "keep": msg("Keeping what did not change"),
    "exports": msg("Data files"),
    "index": msg("Search and lists"),
    "publish": msg("Publishing"),
}
_spent: Spent = {}
_running = [False]
"""Whether anybody asked. Looking at the clock takes a twentieth of a build: a page enters seven blocks."""


def begin() -> None:
    """Count from now on, and in the tasks that are made from now on."""
    _running[0] = True


class stage:  # noqa: N801 used as a statement
    """Count the time inside the block; of a block inside another only once, for the inner one."""

    __slots__ = ("before", "name", "started")

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        if _running[0]:
            self.before, self.started = sum(_spent.values()), time.process_time()

    def __exit__(self, *error: object) -> None:
        if _running[0]:
            inner = sum(_spent.values()) - self.before
            _add({self.name: time.process_time() - self.started - inner})


def _add(spent: Spent) -> None:
    for name, seconds in spent.items():
        _spent[name] = _spent.get(name, 0.0) + seconds


def take() -> Spent:
    """What was counted in this process since the last time; the count begins anew."""
    found = dict(_spent)
    _spent.clear()
    return found


@dataclass(frozen=True, slots=True)
class Timed(Generic[Item, Result]):
    """A task that tells what it spent along with its result, in whatever process it runs."""

    task: Callable[[Item], Result]
    running: bool = field(default_factory=lambda: _running[0])

    def __call__(self, item: Item) -> tuple[Result, Spent]:
        """The result for ``item``, and the seconds that it took."""
        _running[0] = self.running
        before = take()
        result = self.task(item)
        spent = take()
        _add(before)
        return result, spent


def counted(results: Iterable[tuple[Result, Spent]]) -> Iterator[Result]:
    """The results of timed tasks; what they spent is counted here."""
    for result, spent in results:
        _add(spent)
        yield result


def profile() -> list[tuple[Message, float]]:
    """Seconds of every stage since the program began, then of all else (starting, above all), then of all."""
    spent = take()
    total = sum(os.times()[:4])
    stages = [(label, spent.get(name, 0.0)) for name, label in STAGES.items()]
    return [*stages, (msg("Starting and other"), total - sum(spent.values())), (msg("Total"), total)]
