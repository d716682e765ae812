"""``make torture``: which tests its parts run, and what it tells of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT
from tools import torture
from tools.torture import PARTS, Ended, main, report

PASSED = """\
tests/x.py ..                                                            [100%]
------------------------------------ figures -------------------------------------
kills survived: 200
races: 20
============================= slowest 5 durations ==============================
1.00s call x
======================== 2 passed in 75.00s (0:01:15) =========================
"""


def test_every_long_test_belongs_to_a_part() -> None:
    named = {argument for arguments in PARTS.values() for argument in arguments}
    for path in (*ROOT.glob("tests/torture/*.py"), *ROOT.glob("tests/hostile/test_*.py")):
        name = path.relative_to(ROOT).as_posix()
        left_to_another = f"--ignore={name}" in PARTS["hostile"]
        assert name in named or (name.startswith("tests/hostile/") and not left_to_another), name
    using = [path for path in ROOT.glob("tests/rebuild/*.py") if '"EVERY"' in path.read_text("utf-8")]
    assert {path.relative_to(ROOT).as_posix() for path in using} <= named


def test_figures_and_closing_line_are_told() -> None:
    assert list(report(Ended("kills", 0, 75.0, PASSED))) == [
        "kills: 2 passed in 75.00s (0:01:15)",
        "  kills survived: 200",
        "  races: 20",
    ]


def test_all_is_told_of_a_part_that_failed() -> None:
    assert list(report(Ended("kills", 1, 1.0, "E  assert\n=== 1 failed in 1.00s ===\n"))) == [
        "kills: 1 failed in 1.00s",
        "E  assert\n=== 1 failed in 1.00s ===\n",
    ]
    assert next(report(Ended("kills", -9, 1.0, ""))) == "kills: exit code -9"


def test_parts_run_and_their_failures_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "test_good.py", tmp_path / "test_bad.py"
    good.write_text("import os\ndef test_a(): assert os.environ['EVERY'] == '1'\n", "utf-8")
    bad.write_text("def test_a(): assert 0\n", "utf-8")
    monkeypatch.setattr(torture, "LOGS", tmp_path / "logs")
    monkeypatch.setattr(torture, "PARTS", {"good": (str(good),), "bad": (str(bad),)})
    assert main(["good"]) == 0
    assert "good: 1 passed" in capsys.readouterr().out
    assert main([]) == 1
    said = capsys.readouterr().out
    assert "bad: 1 failed" in said
    assert said.endswith("failed: bad\n")


def test_an_unknown_part_is_wrong_usage() -> None:
    done = subprocess.run(
        [sys.executable, "tools/torture.py", "nothing"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "nothing" in done.stderr
