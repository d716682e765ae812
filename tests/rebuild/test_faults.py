"""Whatever happens to a build, readers see the old site or the new one, and the next build needs no cleaning."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import faults
from tests.figures import note
from tests.support import JUA_JUA, edit, mini, snapshot

EVERY = int(os.environ.get("EVERY", "20"))
"""One step of so many is tried; ``make torture`` tries each."""
ARGUMENTS = ("--jobs", "1")
LEFT = {"._site.ledger", "._site.lock", "._site.spare", "_site", "content", "site_config.yaml"}


class Scene:
    """A site with its publication, about to be built again."""

    def __init__(self, folder: Path, name: str, *, is_first: bool, has_spare: bool) -> None:
        self.name = name
        self.start = mini(folder / "start")
        if not is_first:
            assert faults.build(self.start, ARGUMENTS).code == 0
        if has_spare:
            self._change("Gedung")
            assert faults.build(self.start, ARGUMENTS).code == 0
        self.before = snapshot(self.start / "_site")
        self._change("Masjid")
        self.site = folder / "site"
        self.fresh()
        done = faults.build(self.site, ARGUMENTS)
        assert done.code == 0
        self.steps = done.steps
        self.after = snapshot(self.site / "_site")

    def _change(self, place: str) -> None:
        edit(self.start / JUA_JUA, "place: ", f"place: {place} ")

    def fresh(self) -> None:
        """Begin anew."""
        shutil.rmtree(self.site, ignore_errors=True)
        shutil.copytree(self.start, self.site)

    def strike(self, fault: Callable[[str], None], step: int) -> faults.Outcome:
        """Build with a fault, look at what readers see, and build again."""
        self.fresh()
        outcome = faults.build(self.site, ARGUMENTS, fault, step)
        seen = snapshot(self.site / "_site")
        assert seen in (self.before, self.after), step
        assert outcome.code == 0 or "Traceback" not in outcome.said, outcome.said
        again = faults.build(self.site, ARGUMENTS)
        assert again.code == 0, again.said
        assert snapshot(self.site / "_site") == self.after, step
        assert {path.name for path in self.site.iterdir()} <= LEFT
        return outcome


SCENES = {
    "first": {"is_first": True, "has_spare": False},
    "second": {"is_first": False, "has_spare": False},
    "third": {"is_first": False, "has_spare": True},
}


@pytest.fixture(scope="module", params=SCENES)
def scene(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """The first build of a site, the one after it, and one with a spare."""
    faults.prepare()
    made = Scene(tmp_path_factory.mktemp("scene"), request.param, **SCENES[request.param])
    assert made.steps > 40
    assert made.before != made.after
    return made


@pytest.mark.parametrize(
    ("event", "arguments", "counts"),
    [
        ("open", ("/site/a", "xb", 0), True),
        ("open", ("/site/a", "rb", 0), False),
        ("os.rmdir", ("a", 5), True),
        ("os.rename", ("/site/a", "/site/b", -1, -1), True),
        ("os.rename", ("/sitegen/__pycache__/x.pyc.1", "/sitegen/__pycache__/x.pyc", -1, -1), False),
        ("os.listdir", ("/site/",), False),
    ],
)
def test_only_what_is_done_to_the_site_counts(event: str, arguments: tuple[object, ...], *, counts: bool) -> None:
    assert faults.touches(event, arguments, "/site/") is counts


def some_steps(scene: Scene, offset: int) -> list[int]:
    """Steps spread over the whole build, the last ones closely: there the site is exchanged."""
    return sorted({*range(1 + offset, scene.steps, EVERY), *range(scene.steps - 7, scene.steps + 1)})


def test_a_build_that_is_killed(scene: Scene) -> None:
    steps = some_steps(scene, 0)
    codes = {scene.strike(faults.kill, step).code for step in steps}
    assert codes == {-9}
    note(f"{scene.name} build killed at {len(steps)} of its {scene.steps} steps")


def test_a_disk_that_is_full(scene: Scene) -> None:
    steps = some_steps(scene, 3)
    failed = 0
    for step in steps:
        outcome = scene.strike(faults.full, step)
        if outcome.code:
            failed += 1
            assert outcome.code == 1
            assert outcome.said.startswith("GALAT ")
            assert "No space left on device" in outcome.said.splitlines()[0]
            assert len(outcome.said.splitlines()) == 1
    assert failed > len(steps) / 3
    note(f"{scene.name} build on a disk full from {len(steps)} of its steps on: {failed} failed, others ended well")


def test_a_disk_that_becomes_read_only(scene: Scene) -> None:
    steps = some_steps(scene, 9)
    failed = 0
    for step in steps:
        outcome = scene.strike(faults.read_only, step)
        assert outcome.code in {0, 1}
        if outcome.code:
            failed += 1
            assert outcome.said.startswith("GALAT ")
            assert len(outcome.said.splitlines()) == 1
    assert failed > len(steps) / 3
    note(
        f"{scene.name} build on a disk read-only from {len(steps)} of its steps on: {failed} failed, others ended well"
    )


def test_an_interrupted_build(scene: Scene) -> None:
    steps = some_steps(scene, 6)
    for step in steps:
        outcome = scene.strike(faults.Once(faults.interrupt), step)
        assert outcome.code in {0, 130}
        assert outcome.code == 0 or outcome.said == ""
    note(f"{scene.name} build interrupted at {len(steps)} of its steps")
