"""Files that the whole site shares: what comes out as it was stays, the rest is written and passes the gate."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from sitegen.keys import key_of_value
from sitegen.output.publication import Outlet, link_file, write_file
from sitegen.output.shared import Made, SharedOutlet
from sitegen.pages.changes import Shown
from sitegen.privacy.declared import NOTHING
from sitegen.privacy.gate import Gate

NIK = b"<p>1602054101900001</p>"


class Gatekeeper(Gate):
    """A gate that tells what it was shown."""

    def __init__(self) -> None:
        super().__init__(NOTHING)
        self.seen: list[str] = []

    def look(self, path: str, data: bytes, source: str = "") -> None:
        """Look at one file."""
        self.seen.append(path)
        super().look(path, data, source)


def made(key: str, data: bytes) -> Made:
    return Made(key, hashlib.sha256(data).hexdigest(), len(data))


def outlet(folder: Path, *, here: bytes | None = None, before: bytes | None = None) -> SharedOutlet:
    """An outlet with a file that stands there, or in the last publication."""
    for name, data in (("new", here), ("last", before)):
        if data is not None:
            write_file(folder / name, "a.txt", data)
    known = [{} if data is None else {"a.txt": made("key of " + data.decode(), data)} for data in (here, before)]
    (folder / "new").mkdir(exist_ok=True)
    return SharedOutlet(folder / "new", Gatekeeper(), last=folder / "last", here=known[0], before=known[1])


def looked_at(out: Outlet) -> list[str]:
    assert isinstance(out.gate, Gatekeeper)
    return out.gate.seen


def inode(folder: Path) -> int:
    return (folder / "a.txt").stat().st_ino


def test_the_same_bytes_are_not_written_again(tmp_path: Path) -> None:
    out = outlet(tmp_path, here=b"one", before=b"two")
    stood = inode(tmp_path / "new")
    out.write("a.txt", b"one")
    assert inode(tmp_path / "new") == stood
    assert looked_at(out) == []
    assert out.made == {"a.txt": made("", b"one")}


def test_the_same_bytes_of_the_last_publication_are_the_same_file(tmp_path: Path) -> None:
    out = outlet(tmp_path, here=b"one", before=b"two")
    out.put("a.txt", b"two")
    assert inode(tmp_path / "new") == inode(tmp_path / "last")
    assert (tmp_path / "new/a.txt").read_bytes() == b"two"


def test_other_bytes_pass_the_gate_and_leave_the_last_publication_alone(tmp_path: Path) -> None:
    out = outlet(tmp_path, before=b"one")
    link_file(tmp_path / "last/a.txt", tmp_path / "new", "a.txt")
    out.write("a.txt", NIK, key="k")
    assert (tmp_path / "new/a.txt").read_bytes() == NIK
    assert (tmp_path / "last/a.txt").read_bytes() == b"one"
    assert [problem.code for problem in out.gate.problems] == ["privacy.nik"]
    assert out.made == {"a.txt": made("k", NIK)}


@pytest.mark.parametrize("place", ["here", "before"])
def test_a_file_made_of_the_same_stays(tmp_path: Path, place: str) -> None:
    out = outlet(tmp_path, **{place: b"one"})
    assert not out.keep("a.txt", "key of two")
    assert not out.keep("b.txt", "key of one")
    assert out.made == {}
    assert out.keep("a.txt", "key of one")
    assert (tmp_path / "new/a.txt").read_bytes() == b"one"
    assert out.made == {"a.txt": made("key of one", b"one")}


@pytest.mark.parametrize("place", ["here", "before"])
def test_a_file_that_is_gone_is_made_again(tmp_path: Path, place: str) -> None:
    out = outlet(tmp_path, **{place: b"one"})
    for folder in ("new", "last"):
        (tmp_path / folder / "a.txt").unlink(missing_ok=True)
    assert not out.keep("a.txt", "key of one")
    out.write("a.txt", b"one")
    assert (tmp_path / "new/a.txt").read_bytes() == b"one"


@pytest.mark.parametrize("place", ["here", "before"])
@pytest.mark.parametrize("damaged", [b"on", b"", b"two"])
def test_a_file_that_is_not_what_it_was_is_made_again(tmp_path: Path, place: str, damaged: bytes) -> None:
    out = outlet(tmp_path, **{place: b"one"})
    (tmp_path / {"here": "new", "before": "last"}[place] / "a.txt").write_bytes(damaged)
    assert out.keep("a.txt", "key of one") is (len(damaged) == 3)  # one of the same length is not looked into
    out.write("a.txt", b"one")
    assert (tmp_path / "new/a.txt").read_bytes() == b"one"


def test_a_file_written_piece_by_piece_is_noted_with_its_digest(tmp_path: Path) -> None:
    out = outlet(tmp_path, here=b"old")
    with out.new_file("a.txt", "k") as file:
        file.write(b"one")
        file.write(b"two")
    assert (tmp_path / "new/a.txt").read_bytes() == b"onetwo"
    assert out.made == {"a.txt": made("k", b"onetwo")}


def test_the_key_of_a_value_is_that_of_what_it_holds() -> None:
    one, other = ("Balai", 1), ("di Balai"[3:], 1)
    assert key_of_value([one, one]) == key_of_value([one, other])
    assert key_of_value([one, one]) != key_of_value([one, ("Balai", 2)])
    assert key_of_value(("1",)) != key_of_value((1,))


def test_a_page_of_changes_is_made_of_its_own_changes_alone() -> None:
    class Changes:
        def __init__(self, *others: str) -> None:
            self.others = others

        def of(self, code: str) -> list[str]:
            return [code]

        def together(self) -> list[str]:
            return [*self.others]

    here, elsewhere = Changes("a"), Changes("a", "b")
    assert key_of_value(Shown(here, "16.02.05")) == key_of_value(Shown(elsewhere, "16.02.05"))  # type: ignore[arg-type]
    assert key_of_value(Shown(here)) != key_of_value(Shown(elsewhere))  # type: ignore[arg-type]
    assert key_of_value(Shown(here, "16.02.05")) != key_of_value(Shown(here, "16.02.06"))  # type: ignore[arg-type]
