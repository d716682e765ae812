"""Running one task over many items, here or in other processes, with one interface; and other programs."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from sitegen.problems import Failed, msg

Item = TypeVar("Item")
Result = TypeVar("Result")


def default_jobs() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(task: Callable[[Item], Result], items: Sequence[Item], jobs: int) -> Iterator[Result]:
    """Results of ``task`` for ``items``, in their order. With more than one job the items are spread
    over processes; task, items and results must then be picklable."""
    workers = min(jobs, len(items))
    if workers < 2:
        return map(task, items)
    return _spread(task, items, workers)


def program(command: Sequence[str], folder: Path) -> tuple[int, str]:
    """Run another program in ``folder``; its exit code and all that it said."""
    import subprocess

    done = subprocess.run(  # noqa: S603 our own arguments
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return done.returncode, done.stdout


def _spread(task: Callable[[Item], Result], items: Iterable[Item], workers: int) -> Iterator[Result]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    # The task goes to each process once, not with every item: OKI's is 54 KB, and what was made once for it stays.
    with ProcessPoolExecutor(workers, initializer=_begin, initargs=(task,)) as pool:
        try:
            yield from pool.map(_work, items)
        except BrokenProcessPool:
            raise Failed(
                msg(
                    "A process of the build was ended from outside, perhaps because memory ran out. "
                    "Run the command again, if need be with --jobs 1."
                )
            ) from None


def _begin(task: Callable[[Any], Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that waits for this one
    _given.append(task)


_given: list[Callable[[Any], Any]] = []
"""The task of this process, if it was started for one."""


def _work(item: Any) -> Any:
    return _given[-1](item)
