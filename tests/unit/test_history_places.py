"""Where a publication may lie, and what is said when it does not."""

from __future__ import annotations

import hashlib
import subprocess
import threading
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from sitegen.history import places
from sitegen.history.manifest import MANIFEST, Known, Manifest, read_manifest
from sitegen.history.places import find_place
from sitegen.history.previous import previous_at
from sitegen.problems import Failed

TPS = b'{"tps": []}\n'


def manifest(**values: Any) -> Manifest:
    """The manifest of a publication with one data file."""
    files = {"data/tps.json": hashlib.sha256(TPS).hexdigest()}
    first = Manifest(1, None, "16.02", "pilkada", "sample", "2024-11-26T18:00:00+07:00", {}, {}, "0" * 64, files)
    return first._replace(**values)


def publication(folder: Path) -> Path:
    """A publication with one data file in ``folder``."""
    (folder / "data").mkdir(parents=True)
    (folder / MANIFEST).write_bytes(manifest().encode())
    (folder / "data/tps.json").write_bytes(TPS)
    return folder


def git(folder: Path, *arguments: str) -> None:
    name = ("-c", "user.name=Contoh", "-c", "user.email=contoh@kpu.example")
    subprocess.run(["git", *name, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a publication in ``site``, as the current folder."""
    monkeypatch.chdir(tmp_path)
    publication(tmp_path / "site")
    return tmp_path


@pytest.fixture
def host(home: Path) -> Iterator[str]:
    """Address of a web server that shows ``home``."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 as the base class calls it
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(home)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def committed(home: Path) -> None:
    git(home, "init", "-q", "-b", "main")
    git(home, "add", ".")
    git(home, "commit", "-qm", "publication")


def packed(home: Path) -> None:
    with zipfile.ZipFile(home / "site.zip", "w") as archive:
        for path in ("data/manifest.json", "data/tps.json"):
            archive.write(home / "site" / path, path)


def nothing(home: Path) -> None:
    del home


PLACES = {
    "folder": ("site", nothing),
    "manifest": ("site/data/manifest.json", nothing),
    "ZIP file": ("site.zip", packed),
    "git": ("main", committed),
    "git with a folder": ("HEAD:site", committed),
    "git with a slash": ("HEAD:site/", committed),
}


@pytest.mark.parametrize(("name", "ready"), PLACES.values(), ids=PLACES)
def test_a_publication_is_found_and_its_files_can_be_read(home: Path, name: str, ready: Callable[[Path], None]) -> None:
    ready(home)
    with previous_at(name) as previous:
        assert previous is not None
        assert previous.name == name
        assert previous.digest == Known.of(manifest()).digest
        assert previous.path("tps.json").read_bytes() == TPS
        with pytest.raises(Failed):
            previous.path("kpps.json")


@pytest.mark.parametrize("ending", ["", "/", "/index.html"])
def test_a_website_is_read_too(host: str, ending: str) -> None:
    with previous_at(f"{host}/site{ending}") as previous:
        assert previous is not None
        assert previous.path("tps.json").read_bytes() == TPS


def test_several_publications_in_one_commit_are_told_apart(home: Path) -> None:
    publication(home / "other")
    committed(home)
    with pytest.raises(Failed) as caught:
        find_place("main")
    assert dict(caught.value.what.values)["folders"] == "other, site"
    assert read_manifest(find_place("main:other")).manifest == manifest()


def test_a_publication_at_the_top_of_a_commit_is_the_one_that_is_meant(home: Path) -> None:
    publication(home / "inner")
    (home / "site/data").rename(home / "data")
    committed(home)
    with previous_at("main") as previous:
        assert previous is not None
        assert previous.path("tps.json").read_bytes() == TPS


WRONG = {
    "nowhere": ("nowhere", "%(place)s is no folder, file or git commit here"),
    "an option": ("--upload-pack=x", "%(place)s is no folder, file or git commit here"),
    "only a folder of a commit": (":site", "%(place)s is no folder, file or git commit here"),
    "an empty name": ("", "%(place)s holds no publication: there is no %(path)s"),
    "an empty folder": ("empty", "%(place)s holds no publication: there is no %(path)s"),
    "another folder of a commit": ("HEAD:other", "%(place)s holds no publication: there is no %(path)s"),
    "another file": (
        "site/data/tps.json",
        "%(place)s is neither a ZIP file of a publication nor its data/manifest.json",
    ),
    "a ZIP file of something else": ("other.zip", "%(place)s: there is no %(path)s"),
}


@pytest.mark.parametrize(("name", "message"), WRONG.values(), ids=WRONG)
def test_what_is_no_publication_is_said(home: Path, name: str, message: str) -> None:
    (home / "empty").mkdir()
    with zipfile.ZipFile(home / "other.zip", "w") as archive:
        archive.writestr("x", "")
    committed(home)
    with pytest.raises(Failed) as caught, previous_at(name):
        pass
    assert caught.value.what.id == message


def test_without_git_only_files_are_read(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(home))
    with pytest.raises(Failed, match="git is not installed"):
        find_place("main")
    with previous_at("site") as previous:
        assert previous is not None


def test_a_web_server_that_says_no_or_nothing(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Failed) as caught:
        read_manifest(find_place(f"{host}/nowhere"))
    assert ("detail", "HTTP 404") in caught.value.what.values
    monkeypatch.setattr(places, "TIMEOUT", 0.2)
    for address in ("http://127.0.0.1:1/", "http://[/", "https://tidak-ada.invalid/"):
        with pytest.raises(Failed, match="cannot be read"):
            read_manifest(find_place(address))


def test_a_publication_that_was_changed_is_refused(home: Path) -> None:
    (home / "site/data/tps.json").write_bytes(TPS + b" ")
    with pytest.raises(Failed) as caught, previous_at("site"):
        pass
    assert ("paths", "data/tps.json") in caught.value.what.values
    (home / "site/data/tps.json").unlink()
    with pytest.raises(Failed, match="there is no"), previous_at("site"):
        pass


BROKEN = {
    "no JSON": b"{",
    "no object": b"[]",
    "too deep": b"[" * 100_000,
    "no text": b"\xff\xfe",
    "another format": manifest().encode().replace(b'"format": 1', b'"format": 2'),
    "a key more": manifest().encode().replace(b'"format"', b'"more": 1, "format"'),
    "a number that is none": manifest(number="1").encode(),
    "a number below one": manifest(number=0).encode(),
    "the second without the first": manifest(number=2).encode(),
    "the first with one before": manifest(previous="0" * 64).encode(),
    "a digest that is none": manifest(content="x").encode(),
    "no files": manifest(files={}).encode(),
    "a file elsewhere": manifest(files={"data/../../x": "0" * 64}).encode(),
    "a file of the computer": manifest(files={"/etc/hosts": "0" * 64}).encode(),
    "counts that are none": manifest(totals={"tps": "1"}).encode(),
    "an election that is none": manifest(election=1).encode(),
    "very long": manifest(election="x" * 1_000_000).encode(),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_a_manifest_that_is_none_is_said(home: Path, data: bytes) -> None:
    (home / "site" / MANIFEST).write_bytes(data)
    with pytest.raises(Failed, match="not a manifest"):
        read_manifest(find_place("site"))
