"""Where the time of a build goes."""

from __future__ import annotations

import time

import pytest

from sitegen import stopwatch
from sitegen.cli import main
from sitegen.stopwatch import Timed, counted, stage, take
from sitegen.tasks import run
from tests.support import MINI


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that only goes when it is told to."""
    now = [0.0]
    monkeypatch.setattr(time, "process_time", lambda: now[0])
    monkeypatch.setattr(stopwatch, "_spent", {})
    monkeypatch.setattr(stopwatch, "_running", [False])
    return now


def test_nothing_is_counted_unless_somebody_asks(clock: list[float]) -> None:
    with stage("plan"):
        clock[0] += 1
    assert list(counted(run(Timed(str), [1], 1))) == ["1"]
    assert take() == {}


def test_a_stage_inside_another_is_not_counted_twice(clock: list[float]) -> None:
    stopwatch.begin()
    with stage("plan"):
        clock[0] += 1
        with stage("read"):
            clock[0] += 10
        clock[0] += 2
    with stage("read"):
        clock[0] += 5
    assert take() == {"read": 15, "plan": 3}
    assert take() == {}


def test_what_a_task_spent_is_counted_where_its_result_arrives(clock: list[float]) -> None:
    stopwatch.begin()

    def task(item: int) -> int:
        with stage("render"):
            clock[0] += item
        return -item

    with stage("plan"):
        clock[0] += 4
    assert list(counted(run(Timed(task), [1, 2], 1))) == [-1, -2]
    assert take() == {"render": 3, "plan": 4}


def test_the_profile_is_shown_when_asked_for(tmp_path: object, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--config", str(MINI / "site_config.yaml"), "--content", str(MINI / "content"), "--out", f"{tmp_path}/a"]
    assert main([*options, "--jobs", "1", "--profile", "--clean"]) == 0
    shown = capsys.readouterr().out.splitlines()[2:]
    assert [line.split("  ")[0] for line in shown][-1] == "Jumlah"
    assert shown[-1].endswith("100.0%")
    assert len(shown) == len(stopwatch.STAGES) + 2
