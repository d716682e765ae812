"""A disk that is really full: a small file system in memory, which only root can make. Run by ``make torture``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.figures import note
from tests.support import JUA_JUA, MINI, ROOT, edit, mini, snapshot

SIZES = range(20, 1_000, 60)
"""Kilobytes that are left for a build; the small site takes about half a megabyte."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """An empty file system of 16 MB."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a file system")
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if done.returncode:
        pytest.skip(f"no file system can be mounted here: {done.stderr.decode()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def build(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "build.py"), "--jobs", "2", *arguments]
    return subprocess.run(command, cwd=site, capture_output=True, text=True, check=False)


def fill(disk: Path, left: int) -> Path:
    """Take all space but ``left`` kilobytes."""
    ballast = disk / "ballast"
    free = shutil.disk_usage(disk).free // 1024
    with ballast.open("wb") as file:
        for _ in range(max(0, free - left)):
            file.write(bytes(1024))
    return ballast


def test_readers_see_a_whole_site_when_the_disk_is_full(disk: Path) -> None:
    site = mini(disk / "site")
    assert build(site).returncode == 0
    full = 0
    for number, left in enumerate(SIZES):
        before = snapshot(site / "_site")
        shutil.copyfile(MINI / JUA_JUA, site / JUA_JUA)
        edit(site / JUA_JUA, "place: ", f"place: Gedung-{number} ")
        ballast = fill(disk, left)
        done = build(site, "--clean")
        if done.returncode:
            full += 1
            assert done.returncode == 1
            assert "No space left on device" in done.stderr, done.stderr
            assert "Traceback" not in done.stderr
            assert snapshot(site / "_site") == before
        ballast.unlink()
        assert build(site).returncode == 0
        after = snapshot(site / "_site")
        assert any(f"Gedung-{number}".encode() in data for data in after.values())
        assert {path.name for path in site.iterdir()} <= {
            "._site.ledger", "._site.lock", "._site.spare", "_site", "content", "site_config.yaml",
        }  # fmt: skip
    note(f"disk full: {full} of {len(SIZES)} builds found no space")
    assert full > 3
