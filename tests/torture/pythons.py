"""Every Python that may build gives the same bytes. ``PYTHONS`` names interpreters with the locked packages, divided by
blanks. Run by ``make torture``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.figures import note
from tests.support import ROOT, snapshot

OTHERS = os.environ.get("PYTHONS", "").split()


def built(python: str, out: Path) -> dict[str, bytes]:
    command = [python, str(ROOT / "build.py"), "--jobs", "2", "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = snapshot(out)
    del found[".papan-tps"]  # names the version that made it
    return found


@pytest.mark.skipif(not OTHERS, reason="PYTHONS names no other Python")
def test_every_python_gives_the_same_bytes(tmp_path: Path) -> None:
    expected = built(sys.executable, tmp_path / "own")
    for number, python in enumerate(OTHERS):
        assert built(python, tmp_path / str(number)) == expected, python
    note(f"same bytes: {len(expected)} files by {len(OTHERS) + 1} versions of Python")
