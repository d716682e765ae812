"""Same sources, same bytes: whoever builds, wherever, however often and with how many processes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.cli import main
from tests.support import MINI, ROOT, mini, snapshot


def build(out: Path, *arguments: str) -> dict[str, bytes]:
    options = ["--config", str(MINI / "site_config.yaml"), "--content", str(MINI / "content"), "--out", str(out)]
    assert main([*options, "--jobs", "1", *arguments]) == 0
    return snapshot(out)


def test_a_second_build_gives_the_same_bytes(tmp_path: Path) -> None:
    first = build(tmp_path / "a")
    assert len(first) > 35
    assert build(tmp_path / "a") == first
    assert build(tmp_path / "elsewhere" / "b") == first


def test_the_number_of_processes_has_no_influence(tmp_path: Path) -> None:
    assert build(tmp_path / "two", "--jobs", "2") == build(tmp_path / "one", "--jobs", "1")


VARIANTS: dict[str, dict[str, str]] = {
    "east": {"TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    "west": {"TZ": "America/Los_Angeles", "LANG": "C", "PYTHONHASHSEED": "4242", "HOME": "/nonexistent"},
    "umask": {"UMASK": "077"},
    "clock": {"LATER": str(400 * 86_400)},
    "clock jumps": {"LATER": "-20000000", "JUMPS": "1"},
    "order": {"LISTING": "reversed"},
    "without utf-8": {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
    "processes": {"JOBS": "3"},
}
"""Surroundings of a build. What no variable of the system decides, ``CHILD`` arranges; that nobody asks datetime for
the time of day, which cannot be changed here, ruff sees to (DTZ)."""
CHILD = """
import itertools, os, sys, time
os.umask(int(os.environ.get("UMASK", "022"), 8))
later = int(os.environ.get("LATER", "0"))
if later:
    now, local, universal = time.time, time.localtime, time.gmtime
    moves = itertools.cycle([later, -later, 0] if os.environ.get("JUMPS") else [later])
    time.time = lambda: now() + next(moves)
    time.localtime = lambda seconds=None: local(time.time() if seconds is None else seconds)
    time.gmtime = lambda seconds=None: universal(time.time() if seconds is None else seconds)
if os.environ.get("LISTING"):
    scan, listed = os.scandir, os.listdir
    class Reversed(list):
        def __enter__(self): return self
        def __exit__(self, *_): return None
        def close(self): return None
        def __next__(self):
            if not self: raise StopIteration
            return self.pop(0)
    os.scandir = lambda *path: Reversed(sorted(scan(*path), key=lambda entry: entry.name, reverse=True))
    os.listdir = lambda *path: sorted(listed(*path), reverse=True)
from sitegen.cli import main
sys.exit(main(["--jobs", os.environ.get("JOBS", "1"), "--json"]))
"""


@pytest.mark.parametrize("variant", VARIANTS)
def test_nothing_around_a_build_has_an_influence(tmp_path: Path, variant: str) -> None:
    site = mini(tmp_path / "a folder" / "sité")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "PYTHON", "TZ"))}
    surroundings = {**kept, "PYTHONPATH": str(ROOT), **VARIANTS[variant]}
    done = subprocess.run([sys.executable, "-c", CHILD], cwd=site, env=surroundings, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert snapshot(site / "_site") == build(tmp_path / "here")


def test_a_checkout_elsewhere_gives_the_same_bytes(tmp_path: Path) -> None:
    checkout = tmp_path / "lain"
    for name in ("sitegen", "templates", "static", "data"):
        shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "build.py", checkout / "build.py")
    site = mini(tmp_path / "site")
    done = subprocess.run(
        [sys.executable, str(checkout / "build.py"), "--jobs", "1"], cwd=site, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert snapshot(site / "_site") == build(tmp_path / "here")


def test_no_path_of_this_machine_is_published(tmp_path: Path) -> None:
    places = [str(path).encode() for path in (tmp_path, ROOT, MINI)]
    assert [name for name, data in build(tmp_path / "a").items() if any(place in data for place in places)] == []
