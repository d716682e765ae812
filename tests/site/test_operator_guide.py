"""The guide for operators does what it says: every command in it, in its order, where there are only Python and Git."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import ROOT

REPLACED = {"https://github.com/NAMA-AKUN/situs-tps.git": "github.git"}
NOT_RUN = ("winget install ", "sudo apt install ")
"""What changes the machine itself."""


def commands(repo: Path) -> list[str]:
    """The commands of the guide in their order: its indented lines that begin like one."""
    text = (repo / "docs" / "panduan-operator.md").read_text("utf-8")
    return re.findall(r"^ {4}((?:py|git|cd|winget|sudo) .+)$", text, re.MULTILINE)


def run(command: str, folder: Path, home: Path) -> subprocess.CompletedProcess[str]:
    words = [REPLACED.get(word, word) for word in shlex.split(command)]
    words = [str(home / word) if word == "github.git" else word for word in words]
    if words[0] == "py":
        words[0] = sys.executable
    environment = {**os.environ, "HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def served(folder: Path) -> str:
    """What ``serve`` says before it waits for readers."""
    command = [sys.executable, "build.py", "serve", "--jobs", "1", "--port", "8100"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if "http://" in line:
                break
        process.send_signal(signal.SIGTERM)
    return said


def steps(repo: Path) -> Iterator[str]:
    for command in commands(repo):
        if not command.startswith(NOT_RUN):
            yield command


def test_every_step_works_as_it_is_written(repo: Path, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", "--bare", tmp_path / "github.git"], check=True)
    place = repo
    made = tmp_path / "situs-tps"
    for command in steps(repo):
        if command.startswith("cd "):
            place = made
            continue
        if command == "py build.py serve":
            assert "http://127.0.0.1:" in served(place)
            continue
        if "Tempat TPS 3" in command:  # the day after: something was changed
            (made / "content" / "news").mkdir(exist_ok=True)
            assert run('py build.py new news "Rapat" --date 2024-11-07', made, tmp_path).returncode == 0
            assert run("git add .", made, tmp_path).returncode == 0
        done = run(command.replace("../situs-tps", str(made)), place, tmp_path)
        assert done.returncode == 0, (command, done.stdout, done.stderr)
    log = run("git --git-dir github.git log --format=%s main", tmp_path, tmp_path).stdout.splitlines()
    assert log == ["Tempat TPS 3 Konang pindah", "Situs TPS"]
    sent = run("git --git-dir github.git ls-tree -r --name-only main", tmp_path, tmp_path).stdout.splitlines()
    assert {"site_config.yaml", ".github/workflows/situs.yml", "content/news/2024-11-07-rapat.md"} <= set(sent)
    assert [name for name in sent if name.startswith(("_site", ".venv")) or name.endswith(".xlsx")] == []


def test_the_guide_names_the_steps_of_the_workflow(repo: Path) -> None:
    guide = (repo / "docs" / "panduan-operator.md").read_text("utf-8")
    workflow = (repo / "data" / "starter" / "repository" / ".github" / "workflows" / "situs.yml").read_text("utf-8")
    names = re.findall(r"^ {4}name: (\w+)$", workflow, re.MULTILINE)
    assert names == ["Periksa", "Buat", "Terbitkan"]
    assert all(f"*{name}*" in guide for name in names)
    assert re.search(r"^name: Situs$", workflow, re.MULTILINE)


@pytest.mark.parametrize("guide", sorted(ROOT.glob("docs/panduan-*.md")), ids=lambda path: path.stem)
def test_every_guide_writes_commands_in_one_way_and_says_how_they_are_on_linux(guide: Path) -> None:
    text = guide.read_text("utf-8")
    assert re.findall(r"(?:python3?|\./)\s*build\.py", text) == []
    assert "py build.py" in text
    assert re.search(r"Linux.*`python3`", text)
