"""What is compiled from a source once and kept beside it, in ``__pycache__`` as Python keeps its own."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from importlib.util import cache_from_source
from pathlib import Path


def compiled(source: Path, kind: str, key: str, make: Callable[[], bytes]) -> bytes:
    """What ``make`` gives, or what it gave when ``source`` was last compiled with the same ``key``. Where nothing
    can be kept it is made each time."""
    place = Path(cache_from_source(str(source))).with_suffix(f".{kind}")
    head = key.encode() + b"\n"
    with contextlib.suppress(OSError):
        found = place.read_bytes()
        if found.startswith(head):
            return found[len(head) :]
    data = make()
    if not sys.dont_write_bytecode:
        with contextlib.suppress(OSError):
            _write(place, head + data)
    return data


def _write(place: Path, data: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    # Another process may read or write it at the same time.
    mine = place.with_name(f"{place.name}.{os.getpid()}")
    mine.write_bytes(data)
    mine.replace(place)
