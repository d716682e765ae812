"""Showing the site while it is written: addresses as on GitHub Pages, and the last good site stays."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import errno
import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple, NoReturn

import pytest

from sitegen.news import new_news
from sitegen.options import Options
from sitegen.output.folders import locked
from sitegen.output.publication import write_file
from sitegen.problems import UsageError, Verdict
from sitegen.serve import PORTS_TRIED, Workshop, find_file, free_port
from tests.support import JUA_JUA, ROOT, edit, mini

HOST = "127.0.0.1"
TPS = "/situs/pilkada-2024/kayu-agung/jua-jua/tps-2.html"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site's folder with a secret beside it."""
    for path in ("index.html", "a.html", "a/b.html", "c/index.html", "data/x.csv"):
        write_file(tmp_path / "_site", path, b"x")
    write_file(tmp_path, "secret.html", b"x")
    write_file(tmp_path, "_site2/secret.html", b"x")
    return tmp_path / "_site"


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("", "index.html"),
        ("/", "index.html"),
        ("index.html", "index.html"),
        ("a", "a.html"),
        ("a.html", "a.html"),
        ("a/b", "a/b.html"),
        ("c", "c/index.html"),
        ("c/", "c/index.html"),
        ("data/x.csv", "data/x.csv"),
        ("data/x", None),
        ("data", None),
        ("none.html", None),
        ("../secret", None),
        ("../secret.html", None),
        ("a/../../secret.html", None),
        ("../_site2/secret.html", None),
        ("/etc/passwd", None),
        ("//etc/passwd", None),
    ],
)
def test_a_file_is_found_as_github_pages_finds_it(folder: Path, path: str, file: str | None) -> None:
    assert find_file(folder, path) == (folder / file if file else None)


def test_a_link_out_of_the_folder_is_not_followed(folder: Path) -> None:
    (folder / "way-out.html").symlink_to(folder.parent / "secret.html")
    assert find_file(folder, "way-out") is None


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.create_server((HOST, 0)) as other:
        yield other.getsockname()[1]


def test_a_taken_port_is_skipped(taken: int) -> None:
    assert taken < free_port(HOST, taken) < taken + PORTS_TRIED


def test_without_a_free_port_or_address_it_is_wrong_usage(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError):
        free_port("203.0.113.1", taken)
    monkeypatch.setattr("sitegen.serve.PORTS_TRIED", 1)
    with pytest.raises(UsageError):
        free_port(HOST, taken)


class Answer(NamedTuple):
    """What the server said."""

    status: int
    location: str | None
    body: str


class Served(NamedTuple):
    """A site that is being served."""

    site: Path
    port: int
    said: list[str]

    def get(self, path: str) -> Answer:
        """Ask for ``path`` once, without following anything."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=10)
        connection.request("GET", path)
        answer = connection.getresponse()
        found = Answer(answer.status, answer.getheader("Location"), answer.read().decode())
        connection.close()
        return found

    def wait(self, path: str, seen: Callable[[str], bool]) -> str:
        """The page at ``path`` as soon as it looks as it should."""
        for _ in range(150):
            body = self.get(path).body
            if seen(body):
                return body
            time.sleep(0.1)
        raise AssertionError(f"{path} did not change:\n{body}")


def reached(port: int) -> int:
    """``port``, as soon as somebody listens there: the server says where it will be just before."""
    for _ in range(100):
        with contextlib.suppress(ConnectionRefusedError), socket.create_connection((HOST, port)):
            return port
        time.sleep(0.1)
    raise AssertionError(f"nobody listens on {port}")


@contextlib.contextmanager
def serving(site: Path, port: int) -> Iterator[Served]:
    """``site`` served by the command line from ``port`` on."""
    command = [sys.executable, str(ROOT / "build.py"), "serve", "--jobs", "1", "--port", str(port)]
    # A shell that starts the tests in the background lets them, and whom they start, ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(command, cwd=site, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        said = [process.stdout.readline()]
        while said[-1] and "http://" not in said[-1]:
            said.append(process.stdout.readline())
        try:
            assert "http://" in said[-1], said
            yield Served(site, reached(int(said[-1].partition(f"{HOST}:")[2].partition("/")[0])), said)
        finally:
            process.send_signal(signal.SIGINT)
            try:
                rest = process.communicate(timeout=20)[0]
            except subprocess.TimeoutExpired:
                process.kill()
                raise
    assert process.returncode == 0
    assert "Traceback" not in rest


@pytest.fixture
def served(tmp_path: Path, taken: int) -> Iterator[Served]:
    """The small site, served from a port after one that is taken."""
    with serving(mini(tmp_path), taken) as found:
        yield found


def test_writing_with_the_site_in_view(served: Served, taken: int) -> None:
    assert str(taken) in served.said[0]
    assert str(served.port) in served.said[0]
    file = served.site / JUA_JUA

    page = served.get(TPS)
    assert page.status == 200
    assert "SDN 1 Jua-jua (contoh)" in page.body
    assert 'role="alert"' not in page.body
    assert "livereload.js" in page.body
    assert served.get(TPS.removesuffix(".html")).body == page.body

    assert "Content-Security-Policy" not in page.body
    assert "data-worker" not in page.body
    for path in ("/sw.js", "/situs/sw.js"):
        assert "unregister" in served.get(path).body
    assert "Content-Security-Policy" in (served.site / "_site" / TPS.removeprefix("/situs/")).read_text("utf-8")

    missing = served.get("/situs/tidak-ada")
    assert missing.status == 404
    assert 'href="/situs/cek-tps.html"' in missing.body
    assert served.get("/situs/../../site_config.yaml").status in (301, 302, 404)
    for path in ("/", "/index.html", "/situs"):
        assert served.get(path)[:2] == (302, "/situs/")

    edit(file, "SDN 1 Jua-jua", "Gedung Baru")
    served.wait(TPS, lambda body: "Gedung Baru (contoh)" in body)

    edit(file, "number: 2", "number: 1")
    panel = served.wait(TPS, lambda body: 'role="alert"' in body)
    assert "Gedung Baru (contoh)" in panel
    assert f"{JUA_JUA}:17 Nomor TPS 1 sudah dipakai di baris 4" in panel
    assert 'role="alert"' in served.get("/situs/jadwal.html").body

    text = file.read_text("utf-8").splitlines(keepends=True)
    text[16] = text[16].replace("number: 1", "number: 2")
    file.write_text("".join(text), "utf-8")
    mended = served.wait(TPS, lambda body: 'role="alert"' not in body)
    assert "Gedung Baru (contoh)" in mended

    new_news(served.site / "content", "Rapat terbuka", dt.date(2024, 11, 7))
    served.wait("/situs/berita.html", lambda body: "Rapat terbuka" in body)


def test_a_build_that_cannot_be_is_told_and_tried_again(served: Served) -> None:
    config, aside = served.site / "site_config.yaml", served.site / "aside.yaml"
    config.rename(aside)
    edit(served.site / JUA_JUA, "SDN 1 Jua-jua", "Gedung Baru")
    panel = served.wait(TPS, lambda body: 'role="alert"' in body)
    assert "Di sini tidak ada site_config.yaml" in panel
    assert "SDN 1 Jua-jua (contoh)" in panel
    aside.rename(config)
    mended = served.wait(TPS, lambda body: 'role="alert"' not in body)
    assert "Gedung Baru (contoh)" in mended

    with locked(served.site / "._site.lock"):
        edit(served.site / JUA_JUA, "Gedung Baru", "Balai Desa")
        served.wait(TPS, lambda body: "Pembuatan lain sedang menulis" in body)
    mended = served.wait(TPS, lambda body: 'role="alert"' not in body)
    assert "Balai Desa (contoh)" in mended


@pytest.mark.parametrize("again", range(3))
def test_an_interrupt_between_many_requests_ends_it(tmp_path: Path, again: int) -> None:
    def ask(site: Served) -> None:
        with contextlib.suppress(OSError, http.client.HTTPException):  # until nobody answers any more
            while True:
                site.get(TPS)

    with ThreadPoolExecutor(4) as readers, serving(mini(tmp_path), 8000) as site:
        for _ in range(4):
            readers.submit(ask, site)
        time.sleep(0.5 + again / 10)


def test_what_goes_wrong_again_and_again_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Options) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device", "x.html")

    async def twice() -> None:
        workshop.rebuild()
        workshop.rebuild()

    told: list[Verdict] = []
    monkeypatch.setattr("sitegen.serve.build", full)
    workshop = Workshop(Options(tmp_path / "x.yaml", tmp_path, tmp_path / "_site"), told.append, str)
    with ThreadPoolExecutor(1) as other:  # in this one a browser's loop may run
        other.submit(asyncio.run, twice()).result()
    assert "No space left on device" in workshop.panel
    assert len(told) == 1
