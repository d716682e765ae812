"""The site as one ZIP file: the same bytes for the same files, all or nothing, never over a stranger's file."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from sitegen.cli import main
from sitegen.output.archive import COMMENT, archive_of, archived
from sitegen.output.publication import MARKER, write_file
from sitegen.problems import UsageError
from tests.support import JUA_JUA, edit, mini, snapshot


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small good site as the current folder."""
    monkeypatch.chdir(mini(tmp_path))
    return tmp_path


def build(*arguments: str) -> int:
    return main(["build", "--jobs", "1", "--zip", *arguments])


def test_it_holds_every_file_once_and_opens_at_its_root(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build() == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Arsip untuk kartu memori: _site.zip"
    with zipfile.ZipFile(site / "_site.zip") as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        held = {name: archive.read(name) for name in names}
    files = snapshot(site / "_site")
    del files[MARKER]
    assert held == files
    assert names == sorted(files)
    assert "index.html" in names


def test_neither_clock_nor_permissions_nor_folder_show_in_it(site: Path) -> None:
    assert build() == 0
    first = (site / "_site.zip").read_bytes()
    before = os.umask(0o077)
    try:
        assert build("--out", "elsewhere/copy") == 0
    finally:
        os.umask(before)
    assert (site / "elsewhere" / "copy.zip").read_bytes() == first
    with zipfile.ZipFile(site / "_site.zip") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o100644}
        assert {entry.create_system for entry in archive.infolist()} == {3}


def test_it_follows_the_content(site: Path) -> None:
    assert build() == 0
    first = (site / "_site.zip").read_bytes()
    edit(site / JUA_JUA, "SDN 1 Jua-jua", "Gedung Baru")
    assert build() == 0
    assert (site / "_site.zip").read_bytes() != first


def test_errors_in_the_content_leave_the_old_one_and_nothing_else(site: Path) -> None:
    assert build() == 0
    before = snapshot(site)
    edit(site / JUA_JUA, "number: 2", "number: 1")
    assert build() == 1
    edit(site / JUA_JUA, "number: 1\n    place: SDN", "number: 2\n    place: SDN")
    assert {name for name, data in snapshot(site).items() if before.get(name) != data} <= {JUA_JUA}


def test_a_failed_publication_leaves_the_old_one(tmp_path: Path) -> None:
    write_file(tmp_path / "stage", "a.html", b"1")
    (tmp_path / "place").mkdir()

    def fail() -> None:
        with archived(tmp_path / "stage", tmp_path / "_site.zip", tmp_path / "place"):
            raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        fail()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["place", "stage"]


@pytest.mark.parametrize("stranger", ["text", "zip", "folder", "link"])
def test_a_strangers_file_is_never_replaced(tmp_path: Path, stranger: str) -> None:
    target = tmp_path / "_site.zip"
    if stranger == "text":
        target.write_bytes(b"mine")
    elif stranger == "zip":
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("mine.txt", COMMENT)
    elif stranger == "folder":
        target.mkdir()
    else:
        target.symlink_to(tmp_path / "nowhere")
    with pytest.raises(UsageError):
        archive_of(tmp_path / "_site")


def test_a_strangers_file_stops_the_build_before_it_begins(site: Path) -> None:
    (site / "_site.zip").write_bytes(b"mine")
    assert build() == 2
    assert (site / "_site.zip").read_bytes() == b"mine"
    assert not (site / "_site").exists()


def test_nobody_who_does_not_ask_gets_one(site: Path) -> None:
    assert main(["--jobs", "1"]) == 0
    assert not (site / "_site.zip").exists()
