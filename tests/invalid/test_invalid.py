"""Wrong content: every folder here holds the files that differ from tests/sites/mini, and the exact
messages that a build must give. ``UPDATE_EXPECTED=1`` writes the messages anew; read them then."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from sitegen.cli import main

HERE = Path(__file__).parent
MINI = HERE.parent / "sites" / "mini"
CASES = sorted(path.name for path in HERE.iterdir() if path.is_dir() and not path.name.startswith("__"))


@pytest.mark.parametrize("case", CASES)
def test_wrong_content_publishes_nothing_and_says_why(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(MINI, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    assert main(["build", "--jobs", "1"]) == 0
    before = snapshot(tmp_path / "_site")
    capsys.readouterr()

    shutil.copytree(HERE / case, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))
    code = main(["build", "--jobs", "1"])

    said = capsys.readouterr()
    expected = HERE / case / "expected.txt"
    if os.environ.get("UPDATE_EXPECTED"):
        expected.write_text(said.err, "utf-8")
    assert code == 1
    assert said.err == expected.read_text("utf-8")
    assert said.out == ""
    assert snapshot(tmp_path / "_site") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "._site.ledger",
        "_site",
        "content",
        "site_config.yaml",
    ]


def test_there_are_cases() -> None:
    assert CASES, "the cases of wrong content were not found"


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
