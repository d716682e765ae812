"""Builds that something happens to: a child process in which the n-th thing done to the disk kills the build,
finds no space, or is interrupted."""

from __future__ import annotations

import errno
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from sitegen.cli import main
from sitegen.render.environment import load_templates

REMOVING = {"os.remove", "os.rmdir", "os.rename"}
MAKING = {"os.mkdir", "os.link"}
EXCHANGING = "ctypes.dlsym"
"""Comes before the system is asked to exchange two folders."""


class Outcome(NamedTuple):
    """How a build ended: its exit code, negative for a signal; what it said; how much it did to the disk."""

    code: int
    said: str
    steps: int


def kill(_: str) -> None:
    """As ``kill -9``."""
    os.kill(os.getpid(), signal.SIGKILL)


def full(event: str) -> None:
    """As a disk that is full from now on: nothing can be made, all else works."""
    if event not in REMOVING and event != EXCHANGING:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def read_only(_: str) -> None:
    """As a disk that nothing can be changed on from now on."""
    raise OSError(errno.EROFS, os.strerror(errno.EROFS))


def interrupt(_: str) -> None:
    """As Ctrl-C."""
    raise KeyboardInterrupt


class Once:
    """A fault that strikes a single time."""

    def __init__(self, fault: Callable[[str], None]) -> None:
        self.fault: Callable[[str], None] | None = fault

    def __call__(self, event: str) -> None:
        """Strike, if it did not yet."""
        fault, self.fault = self.fault, None
        if fault:
            fault(event)


def prepare() -> None:
    """Load here what every child would load again."""
    import_module("sitegen.build")
    load_templates("id")


def build(folder: Path, arguments: Sequence[str], fault: Callable[[str], None] | None = None, step: int = 0) -> Outcome:
    """Build in ``folder`` in a child process, with ``fault`` from the given step on."""
    log, count = folder.with_name("log"), folder.with_name("count")
    child = os.fork()
    if child == 0:
        _child(folder, arguments, fault, step, log, count)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    steps = int(count.read_text("ascii")) if count.exists() else 0
    count.unlink(missing_ok=True)
    return Outcome(status, log.read_text("utf-8"), steps)


def _child(
    folder: Path, arguments: Sequence[str], fault: Callable[[str], None] | None, step: int, log: Path, count: Path
) -> None:
    code = 70
    try:
        os.chdir(folder)
        sys.stdout = sys.stderr = log.open("w", encoding="utf-8")
        steps = _watch(folder, fault, step)
        code = main(arguments)
        count.write_text(str(steps[0]), "ascii")
    except BaseException:  # noqa: BLE001 the child ends here, whatever it was
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)


def _watch(folder: Path, fault: Callable[[str], None] | None, step: int) -> list[int]:
    steps = [0]

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if touches(event, arguments, str(folder)):
            steps[0] += 1
            if fault and steps[0] >= step:
                fault(event)

    sys.addaudithook(hook)
    return steps


def touches(event: str, arguments: tuple[Any, ...], folder: str) -> bool:
    """Whether an event changes something below ``folder``."""
    if event == EXCHANGING:
        return bool(arguments[1] == "renameat2")
    if event == "open":
        path, mode, _ = arguments
        return bool(isinstance(mode, str) and set(mode) & set("wxa+")) and str(path).startswith(folder)
    if event in REMOVING or event in MAKING:
        path = os.fsdecode(arguments[0])
        # Inside a folder that is being removed paths have no beginning. Python's own compiled modules lie elsewhere.
        return path.startswith(folder) or not Path(path).is_absolute()
    return False
