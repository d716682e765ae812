"""Same sources, same bytes: whoever builds, wherever, however often and with how many processes."""

from __future__ import annotations

import os
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


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Los_Angeles", "LANG": "C", "PYTHONHASHSEED": "4242", "PYTHONUTF8": "0", "HOME": "/nonexistent"},
    ],
    ids=["east", "west"],
)
def test_clock_locale_seed_and_folder_have_no_influence(tmp_path: Path, surroundings: dict[str, str]) -> None:
    site = mini(tmp_path / "a folder" / "sité")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "PYTHON", "TZ"))}
    command = [sys.executable, str(ROOT / "build.py"), "--jobs", "1", "--json"]
    done = subprocess.run(command, cwd=site, env=kept | surroundings, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert snapshot(site / "_site") == build(tmp_path / "here")


def test_no_path_of_this_machine_is_published(tmp_path: Path) -> None:
    places = [str(path).encode() for path in (tmp_path, ROOT, MINI)]
    assert [name for name, data in build(tmp_path / "a").items() if any(place in data for place in places)] == []
