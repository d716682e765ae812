"""Builds of the OKI site that are killed at random moments, and builds that race: run by ``make torture``."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.figures import note
from tests.support import ROOT, edit

KILLS = int(os.environ.get("KILLS", "200"))
RACES = 20
PLACE = "content/elections/pilkada-2024/tps/kayu-agung/jua-jua.yaml"


class Site:
    """A copy of the OKI site that is switched between two states of its content."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "content", folder / "content")
        shutil.copyfile(ROOT / "site_config.yaml", folder / "site_config.yaml")
        self.turn = False
        self.states = [self._state(), self._state()]

    def _state(self) -> str:
        self.switch()
        assert self.build("--clean").returncode == 0
        return self.seen()

    def switch(self) -> None:
        """Change the content to its other state."""
        self.turn = not self.turn
        old, new = ("place: ", "place: Gedung ") if self.turn else ("place: Gedung ", "place: ")
        edit(self.folder / PLACE, old, new)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Begin a build with two processes, in a group of its own."""
        command = [sys.executable, str(ROOT / "build.py"), "build", "--jobs", "2", *arguments]
        return subprocess.Popen(
            command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
        )

    def build(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """Build to the end."""
        running = self.start(*arguments)
        _, said = running.communicate()
        return subprocess.CompletedProcess(running.args, running.returncode, b"", said)

    def seen(self) -> str:
        """A digest of what readers see."""
        found = hashlib.sha256()
        for path in sorted((self.folder / "_site").rglob("*")):
            if path.is_file() and path.name != ".papan-tps":
                found.update(f"{path.relative_to(self.folder)}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
        return found.hexdigest()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(tmp_path_factory.mktemp("oki") / "site")


def test_builds_killed_at_random_moments(site: Site) -> None:
    chance = random.Random(1)
    lasts = {}
    for arguments in ((), ("--clean",)):
        started = time.monotonic()
        site.switch()
        assert site.build(*arguments).returncode == 0
        lasts[arguments] = time.monotonic() - started
    killed = 0
    while killed < KILLS:
        arguments = ("--clean",) if killed % 10 == 9 else ()
        site.switch()
        running = site.start(*arguments)
        time.sleep(chance.uniform(0, lasts[arguments]))
        if killed % 2:
            os.killpg(running.pid, signal.SIGKILL)
        else:
            running.kill()  # its workers live on until they notice
        running.communicate()
        killed += running.returncode == -signal.SIGKILL
        assert site.seen() in site.states, killed
        if killed % 10 == 0:
            done = site.build()
            assert done.returncode == 0, done.stderr
            assert site.seen() == site.states[not site.turn], killed
    assert site.build().returncode == 0
    note(f"kills survived: {killed}")


def test_builds_that_race(site: Site) -> None:
    refused = 0
    for number in range(RACES):
        site.switch()
        running = [site.start(), site.start()]
        ends = [(one.communicate()[1], one.returncode) for one in running]
        assert {code for _, code in ends} <= {0, 2}, ends
        assert any(code == 0 for _, code in ends), ends
        assert all(b"Traceback" not in said for said, _ in ends)
        refused += sum(code == 2 for _, code in ends)
        assert site.seen() == site.states[not site.turn], number
    note(f"races: {RACES}, of two builds one was told to wait {refused} times")
    assert refused
