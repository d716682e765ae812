"""``build.py`` where the packages are not installed: it installs them and goes on."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import environment

ROOT = Path(__file__).parents[2]


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A script that says what it was given, and ends with 3."""
    path = tmp_path / "script.py"
    path.write_text("import sys\nprint(sys.argv[1:], sys.flags.utf8_mode)\nsys.exit(3)\n")
    return path


def test_the_command_runs_with_the_packages_and_its_exit_code_is_kept(
    script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "set_up", asked.append)
    monkeypatch.setattr(environment, "interpreter", lambda _folder: Path(sys.executable))
    assert environment.run_inside([str(script), "new", "Kab. Pamekasan"]) == 3
    assert asked == ["site"]
    # UTF-8 whatever the machine's own encoding is: Windows has another one in pipes.
    assert capfd.readouterr().out == "['new', 'Kab. Pamekasan'] 1\n"


def test_what_cannot_be_set_up_is_told(
    script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(_kind: str) -> None:
        raise environment.SetupError("no network")

    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "set_up", fail)
    assert environment.run_inside([str(script)]) == 1
    assert capfd.readouterr() == ("", "no network\n")


def test_broken_packages_are_not_installed_for_ever(
    script: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "VENV", Path(sys.prefix))
    monkeypatch.setattr(environment, "set_up", lambda _kind: pytest.fail("again"))
    assert environment.run_inside([str(script)]) == 1
    assert "rusak" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("missing", "code", "said"), [("some_package", 7, "['build.py', 'check']"), ("sitegen.x", 1, "")]
)
def test_only_a_package_that_is_missing_is_installed(tmp_path: Path, missing: str, code: int, said: str) -> None:
    shutil.copy(ROOT / "build.py", tmp_path)
    for name, text in (
        ("sitegen/__init__.py", ""),
        ("sitegen/cli.py", f"import {missing}\n"),
        ("tools/environment.py", "def run_inside(command):\n    print(command)\n    return 7\n"),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    done = subprocess.run(
        [sys.executable, "build.py", "check"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (code, said)
    assert ("Traceback" in done.stderr) == (missing == "sitegen.x")
