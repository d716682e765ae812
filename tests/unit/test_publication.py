"""The output folder: replaced in one step, and only when it is ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.output import publication as publication_module
from sitegen.output.publication import MARKER, Publication, link_file, remove_empty_folders, remove_files, write_file
from sitegen.problems import UsageError
from tests.support import snapshot


def publish(out: Path, sources: Path, **files: bytes) -> None:
    with Publication(out, sources) as publication:
        for name, data in files.items():
            write_file(publication.stage.site, name, data)
        publication.publish()


def test_the_folder_appears_with_its_marker(tmp_path: Path) -> None:
    publish(tmp_path / "deep" / "_site", tmp_path / "content", index=b"1")
    assert snapshot(tmp_path) == {"deep/_site/index": b"1", f"deep/_site/{MARKER}": b"\nindex"}
    assert (tmp_path / "deep" / "_site").stat().st_mode & 0o777 == 0o755


def test_the_new_folder_replaces_the_old_one_whole(tmp_path: Path) -> None:
    publish(tmp_path / "_site", tmp_path / "content", old=b"1", both=b"1")
    publish(tmp_path / "_site", tmp_path / "content", new=b"2", both=b"2")
    assert snapshot(tmp_path) == {"_site/new": b"2", "_site/both": b"2", f"_site/{MARKER}": b"\nboth\nnew"}


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    (tmp_path / "_site").mkdir()
    publish(tmp_path / "_site", tmp_path / "content", index=b"1")
    assert (tmp_path / "_site" / "index").exists()


def test_a_failure_leaves_the_old_site_and_nothing_else(tmp_path: Path) -> None:
    publish(tmp_path / "_site", tmp_path / "content", index=b"1")
    before = snapshot(tmp_path)
    with pytest.raises(TypeError):
        publish(tmp_path / "_site", tmp_path / "content", index=b"2", wrong="no bytes")  # type: ignore[arg-type]
    assert snapshot(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["._site.ledger", "_site"]


def test_leaving_without_publishing_changes_nothing(tmp_path: Path) -> None:
    with Publication(tmp_path / "_site", tmp_path / "content"):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("out", ["content", ".", "content/pages", "content/_site", ".."])
def test_the_sources_are_never_replaced(tmp_path: Path, out: str) -> None:
    sources = tmp_path / "site" / "content"
    write_file(sources, "pages/a.md", b"mine")
    write_file(sources, MARKER, b"")
    write_file(sources.parent, MARKER, b"")
    before = snapshot(tmp_path)
    with pytest.raises(UsageError):
        publish(sources.parent / out, sources)
    assert snapshot(tmp_path) == before


def test_a_folder_of_somebody_else_is_never_replaced(tmp_path: Path) -> None:
    write_file(tmp_path, "home/letter.txt", b"mine")
    with pytest.raises(UsageError):
        publish(tmp_path / "home", tmp_path / "content")
    assert snapshot(tmp_path) == {"home/letter.txt": b"mine"}


def test_a_file_is_never_replaced(tmp_path: Path) -> None:
    write_file(tmp_path, "file", b"mine")
    with pytest.raises(UsageError):
        publish(tmp_path / "file", tmp_path / "content")
    assert snapshot(tmp_path) == {"file": b"mine"}


def test_a_link_is_never_followed(tmp_path: Path) -> None:
    write_file(tmp_path, f"real/{MARKER}", b"")
    for name, target in (("link", tmp_path / "real"), ("dangling", tmp_path / "nowhere")):
        (tmp_path / name).symlink_to(target)
        with pytest.raises(UsageError):
            publish(tmp_path / name, tmp_path / "content")
    assert (tmp_path / "real" / MARKER).exists()


def test_folders_between_are_made(tmp_path: Path) -> None:
    write_file(tmp_path, "a/b/c.html", b"1")
    write_file(tmp_path, "a/b/c.html", b"2")
    assert snapshot(tmp_path) == {"a/b/c.html": b"2"}


def test_a_file_that_another_publication_has_too_is_not_written_into(tmp_path: Path) -> None:
    write_file(tmp_path / "old", "a.html", b"1")
    link_file(tmp_path / "old/a.html", tmp_path / "new", "deep/a.html")
    assert (tmp_path / "new/deep/a.html").samefile(tmp_path / "old/a.html")
    write_file(tmp_path / "new", "deep/a.html", b"2")
    assert snapshot(tmp_path) == {"old/a.html": b"1", "new/deep/a.html": b"2"}


def test_where_files_cannot_be_linked_they_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.link", refuse)
    write_file(tmp_path / "old", "a.html", b"1")
    link_file(tmp_path / "old/a.html", tmp_path / "new", "deep/a.html")
    assert snapshot(tmp_path) == {"old/a.html": b"1", "new/deep/a.html": b"1"}


def test_folders_go_with_their_last_file(tmp_path: Path) -> None:
    for path in ("a/b/1.html", "a/b/c/2.html", "a/3.html", "4.html"):
        write_file(tmp_path, path, b"")
    gone = ["a/b/1.html", "a/b/c/2.html", "4.html", "a/gone.html"]
    remove_files(tmp_path, gone)
    remove_empty_folders(tmp_path, gone)
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == ["a", "a/3.html"]


def test_a_kept_publication_is_the_stage_of_the_one_after_the_next(tmp_path: Path) -> None:
    for data in (b"1", b"2"):
        with Publication(tmp_path / "_site", tmp_path / "content") as publication:
            write_file(publication.stage.site, "index", data)
            publication.publish(keep=True)
    with Publication(tmp_path / "_site", tmp_path / "content") as publication:
        assert (publication.stage.site / "index").read_bytes() == b"1"
        publication.clear()
        assert list(publication.stage.site.iterdir()) == []
        publication.publish(keep=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["._site.ledger", "_site"]


def test_where_folders_cannot_be_exchanged_they_are_renamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publication_module, "exchange", lambda *_: False)
    for data in (b"1", b"2", b"3"):
        publish(tmp_path / "_site", tmp_path / "content", index=data)
    assert (tmp_path / "_site" / "index").read_bytes() == b"3"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["._site.ledger", "_site"]


def test_a_site_that_a_killed_build_had_put_aside_comes_back(tmp_path: Path) -> None:
    publish(tmp_path / "_site", tmp_path / "content", index=b"1")
    (tmp_path / "._site.building").mkdir()
    (tmp_path / "_site").rename(tmp_path / "._site.building" / "site.old")
    with Publication(tmp_path / "_site", tmp_path / "content"):
        assert (tmp_path / "_site" / "index").read_bytes() == b"1"


def test_what_a_killed_build_left_goes(tmp_path: Path) -> None:
    publish(tmp_path / "_site", tmp_path / "content", index=b"1")
    before = snapshot(tmp_path)
    write_file(tmp_path, "._site.building/site/half.html", b"")
    write_file(tmp_path, "._site.lock", b"")
    with Publication(tmp_path / "_site", tmp_path / "content") as publication:
        assert list(publication.stage.site.iterdir()) == []
    assert snapshot(tmp_path) == before


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    with Publication(tmp_path / "_site", tmp_path / "content") as first:
        with pytest.raises(UsageError, match="Another build"), Publication(tmp_path / "_site", tmp_path / "content"):
            pass
        with Publication(tmp_path / "_other", tmp_path / "content"):
            pass
        write_file(first.stage.site, "index", b"1")
        first.publish()
    publish(tmp_path / "_site", tmp_path / "content", index=b"2")
    assert (tmp_path / "_site" / "index").read_bytes() == b"2"


@pytest.mark.parametrize("name", [".git/config", "CNAME"])
def test_what_somebody_put_beside_our_files_is_never_lost(tmp_path: Path, name: str) -> None:
    publish(tmp_path / "_site", tmp_path / "content", index=b"1")
    write_file(tmp_path / "_site", name, b"mine")
    with pytest.raises(UsageError, match="would be lost"):
        publish(tmp_path / "_site", tmp_path / "content", index=b"2")
    assert (tmp_path / "_site" / name).read_bytes() == b"mine"


def test_a_publication_that_does_not_tell_what_it_holds_is_replaced(tmp_path: Path) -> None:
    publish(tmp_path / "_site", tmp_path / "content", index=b"1")
    (tmp_path / "_site" / MARKER).write_text("a key alone")
    publish(tmp_path / "_site", tmp_path / "content", index=b"2")
    assert (tmp_path / "_site" / "index").read_bytes() == b"2"


def test_what_comes_while_a_build_runs_is_not_lost_either(tmp_path: Path) -> None:
    publish(tmp_path / "_site", tmp_path / "content", index=b"1")
    with Publication(tmp_path / "_site", tmp_path / "content") as publication:
        write_file(tmp_path / "_site", "CNAME", b"mine")
        with pytest.raises(UsageError, match="would be lost"):
            publication.publish()
    assert (tmp_path / "_site" / "CNAME").read_bytes() == b"mine"


@pytest.mark.parametrize("out", ["home", "home/.."])
def test_a_home_is_never_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "above" / "home"))
    (tmp_path / "above" / "home").mkdir(parents=True)
    with pytest.raises(UsageError, match="home folder"):
        Publication((tmp_path / "above" / out).resolve(), tmp_path / "content")
