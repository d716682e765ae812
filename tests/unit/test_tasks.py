"""One task over many items, here or in other processes, with the same outcome."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

import pytest

from sitegen import tasks
from sitegen.problems import Failed


def double(number: int) -> int:
    return 2 * number


def slow_first(number: int) -> int:
    time.sleep(0.05 if number == 0 else 0)
    return number


def process(_: int) -> int:
    return os.getpid()


def fail_at_three(number: int) -> int:
    if number == 3:
        raise ValueError("three")
    return number


@pytest.mark.parametrize("jobs", [1, 2, 8])
@pytest.mark.parametrize("items", [[], [7], list(range(9))])
@pytest.mark.parametrize("task", [double, slow_first])
def test_results_come_in_the_order_of_the_items(task: Callable[[int], int], items: list[int], jobs: int) -> None:
    assert list(tasks.run(task, items, jobs)) == [task(item) for item in items]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_exception_passes_through(jobs: int) -> None:
    with pytest.raises(ValueError, match="three"):
        list(tasks.run(fail_at_three, range(9), jobs))


def die(_: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def test_a_process_that_is_killed_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Failed, match="ended from outside"):
        list(tasks.run(die, range(9), 2))
    assert capsys.readouterr() == ("", "")


def interrupt(number: int) -> int:
    os.kill(os.getpid(), signal.SIGINT)
    return number


def test_ctrl_c_is_not_for_the_processes() -> None:
    assert list(tasks.run(interrupt, range(4), 2)) == [0, 1, 2, 3]


def test_one_job_and_one_item_stay_in_this_process() -> None:
    assert set(tasks.run(process, [1, 2, 3], 1)) == {os.getpid()}
    assert set(tasks.run(process, [1], 8)) == {os.getpid()}


def test_more_jobs_use_other_processes() -> None:
    assert os.getpid() not in set(tasks.run(process, [1, 2, 3], 2))


def test_there_is_always_a_processor() -> None:
    assert tasks.default_jobs() >= 1
