"""Running a command and accounting for it: time, processor time and memory of all its processes together."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from pathlib import Path
from typing import NamedTuple

DUTY = 50
"""The memory is looked at, then left alone for so many times as long as the look took: 2 % of one core."""
SHORTEST, LONGEST = 0.02, 0.25
"""Seconds between two looks."""


class Run(NamedTuple):
    """One finished command: seconds of wall and processor time, and the most memory (PSS) in MB."""

    wall: float
    cpu: float
    memory: float


TIMES = ("wall", "cpu")
"""Fields of a run that are times."""


def run(command: list[str], folder: Path, env: dict[str, str] | None = None) -> Run:
    """Run ``command`` in ``folder`` and account for it and all its descendants.

    Raises CalledProcessError when it fails.
    """
    # Python keeps what it compiled, as on any machine where nobody forbids it.
    here = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env={**here, **(env or {})}, stdout=subprocess.DEVNULL, start_new_session=True
    )
    found, done = [0.0], threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, found, done))
    watcher.start()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    done.set()
    watcher.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(wall, usage.ru_utime + usage.ru_stime, max(found))


def _watch(session: int, found: list[float], done: threading.Event) -> None:
    """Note the memory of a session's processes again and again."""
    pause = SHORTEST
    while not done.wait(pause):
        started = time.perf_counter()
        found[0] = max(found[0], sum(_pss(pid) for pid in _members(session)))
        pause = min(LONGEST, max(SHORTEST, DUTY * (time.perf_counter() - started)))


def _members(session: int) -> list[str]:
    """Processes of a session: the command that began it and all that came from it."""
    return [entry.name for entry in os.scandir("/proc") if entry.name.isdigit() and _session(entry.name) == session]


def _session(pid: str) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[3])
    except OSError:
        return 0


def _pss(pid: str) -> float:
    """Memory of a process in MB, what it shares with others in equal parts; nothing when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0)
