"""Digests of files: read again when anything that the system says of them is different."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from sitegen import digests
from sitegen.content.folders import Folders
from sitegen.digests import Digests, is_own

LONG_AGO = 1_700_000_000


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose files were written long ago, as the clock of the test says."""
    written(tmp_path / "content/a.yaml", b"one")
    written(tmp_path / "content/b/c.yaml", b"two")
    monkeypatch.setattr(digests, "FRESH", -digests.FRESH)
    return tmp_path / "content"


def written(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (LONG_AGO, LONG_AGO))


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def test_every_file_and_folder_is_named(folder: Path) -> None:
    found = Digests({}).below(str(folder), Folders())
    assert found == {
        str(folder): b"",
        str(folder / "a.yaml"): sha(b"one"),
        str(folder / "b"): b"",
        str(folder / "b/c.yaml"): sha(b"two"),
    }


def test_a_file_of_which_the_system_says_the_same_is_not_read_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Digests({})
    found = first.below(str(folder), Folders())
    monkeypatch.setattr("builtins.open", lambda *_, **__: pytest.fail("read again"))
    second = Digests(first.known)
    assert second.below(str(folder), Folders()) == found
    assert second.known == first.known


def test_a_file_is_read_again_though_size_and_time_are_the_same(folder: Path) -> None:
    first = Digests({})
    first.below(str(folder), Folders())
    written(folder / "a.yaml", b"eno")  # the time of the change of its entry cannot be set back
    assert Digests(first.known).below(str(folder), Folders())[str(folder / "a.yaml")] == sha(b"eno")


def test_a_file_in_the_place_of_another_is_read(folder: Path) -> None:
    first = Digests({})
    first.below(str(folder), Folders())
    written(folder.with_name("new"), b"eno")
    folder.with_name("new").replace(folder / "a.yaml")
    assert Digests(first.known).of(str(folder / "a.yaml")) == sha(b"eno")


def test_what_was_written_just_now_is_not_remembered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "FRESH", -digests.FRESH)
    (folder / "a.yaml").write_bytes(b"new")
    found = Digests({})
    found.below(str(folder), Folders())
    assert found.known == {}


def test_files_that_are_gone_are_forgotten(folder: Path) -> None:
    first = Digests({})
    first.below(str(folder), Folders())
    (folder / "a.yaml").unlink()
    second = Digests(first.known)
    second.below(str(folder), Folders())
    assert second.known.keys() == {str(folder / "b/c.yaml")}


def test_what_is_no_file_of_the_folder_is_told_apart(folder: Path) -> None:
    (folder / "link.yaml").symlink_to("a.yaml")
    (folder / "nowhere.yaml").symlink_to("nowhere")
    (folder / "self").symlink_to("self")
    (folder / "d").symlink_to("b")
    os.mkfifo(folder / "pipe")
    found, again = Digests({}).below(str(folder), Folders()), Digests({}).below(str(folder), Folders())
    assert found[str(folder / "link.yaml")] == b"@" + sha(b"one")
    assert [path for path, digest in found.items() if is_own(digest)] == [
        path for path in found if path.endswith(("/a.yaml", "/c.yaml"))
    ]
    assert found[str(folder / "pipe")] == b""
    assert found.keys() >= {str(folder / "nowhere.yaml"), str(folder / "self")}
    assert found[str(folder / "d")] != again[str(folder / "d")]
