"""What the workflow continues: the publication of the last run, whatever a web server shows at the moment."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sitegen.cli import main
from sitegen.problems import Failed
from tests.support import mini
from tools import last_publication as tool
from tools.pages_server import serve

KEPT = Path("last")


@pytest.fixture(autouse=True)
def _publications(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two publications of the small site, ``p1`` and ``p2``, in the current folder."""
    monkeypatch.chdir(mini(tmp_path))
    monkeypatch.delenv("NEW_CHAIN", raising=False)
    assert main(["build", "--jobs", "1", "--out", "p1"]) == 0
    assert main(["build", "--jobs", "1", "--out", "p2", "--previous", "p1"]) == 0


def keep(publication: str) -> None:
    """The run that published kept its data."""
    shutil.copytree(Path(publication, "data"), KEPT / "data")


def found(shown: str) -> Path | None:
    """What is continued while the web server shows ``shown``."""
    with serve(Path(shown)) as url:
        return tool.last_publication(url, KEPT, lambda _: None)


def is_copy_of(publication: str) -> bool:
    names = sorted(path.name for path in Path(publication, "data").iterdir() if path.name != "sha256sums.txt")
    return all((KEPT / "data" / name).read_bytes() == Path(publication, "data", name).read_bytes() for name in names)


def test_nothing_was_published_yet() -> None:
    Path("empty").mkdir()
    assert found("empty") is None


def test_without_a_copy_the_site_itself_is_continued() -> None:
    assert found("p2") == KEPT
    assert is_copy_of("p2")
    assert main(["build", "--jobs", "1", "--out", "p3", "--previous", str(KEPT)]) == 0
    assert main(["verify", "p1", "p2", "p3"]) == 0


def test_of_copy_and_site_the_newer_is_continued() -> None:
    keep("p2")
    assert found("p1") == KEPT
    assert is_copy_of("p2"), "the web server shows an older one for some minutes"
    shutil.rmtree(KEPT)
    keep("p1")
    assert found("p2") == KEPT
    assert is_copy_of("p2"), "the copy of the last run was not kept"


def test_a_copy_is_enough_while_the_web_server_does_not_answer() -> None:
    keep("p2")
    assert tool.last_publication("http://127.0.0.1:9/", KEPT) == KEPT


def test_a_chain_is_never_broken_because_a_web_server_does_not_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert tool.main(["http://127.0.0.1:9/", str(KEPT)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "data/manifest.json" in said.err
    assert "new chain" in said.err


def test_files_of_two_publications_are_asked_for_again(capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree("p2", "mixed")
    Path("mixed/data/changes.json").write_bytes(b"{}")
    with serve(Path("mixed")) as url:
        right = Path("p2/data/changes.json").read_bytes()
        waited: list[float] = []

        def settle(seconds: float) -> None:
            waited.append(seconds)
            Path("mixed/data/changes.json").write_bytes(right)

        assert tool.last_publication(url, KEPT, settle) == KEPT
    assert waited == [tool.PAUSE]
    assert is_copy_of("p2")
    assert "data/changes.json differ (1/10)" in capsys.readouterr().err


def test_files_that_never_fit_break_no_chain() -> None:
    shutil.copytree("p2", "mixed")
    Path("mixed/data/changes.json").write_bytes(b"{}")
    with pytest.raises(Failed):
        found("mixed")


def test_a_new_chain_can_be_begun_on_purpose(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keep("p2")
    monkeypatch.setenv("NEW_CHAIN", "true")
    assert tool.main(["http://127.0.0.1:9/", str(KEPT)]) == 0
    assert capsys.readouterr().out == ""
    monkeypatch.setenv("NEW_CHAIN", "false")
    assert tool.main(["http://127.0.0.1:9/", str(KEPT)]) == 0
    assert capsys.readouterr().out == f"{KEPT}\n"
