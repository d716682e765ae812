"""The server of the browser tests and benchmarks answers as GitHub Pages does."""

from __future__ import annotations

import gzip
import http.client
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from sitegen.output.publication import write_file
from tools.pages_server import Answer, serve

TEXT = b"teks yang cukup panjang untuk dipadatkan" * 9
PAGES = ("index.html", "404.html", "a.html", "both.html", "both/index.html", "folder/index.html", "folder/b.html")
FILES = ("s.css", "s.js", "s.json", "s.webmanifest", "s.ics", "s.csv", "s.svg", "s.atom", "s.zip", "s.png", "s.xlsx")


class Got(NamedTuple):
    """An answer of the server."""

    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site with a secret beside it."""
    for path in (*PAGES, *FILES):
        write_file(tmp_path / "_site", path, path.encode() + TEXT)
    write_file(tmp_path / "_site", "short.txt", b"pendek")
    write_file(tmp_path, "secret.html", b"x")
    write_file(tmp_path, "_site.html", b"x")
    return tmp_path / "_site"


@pytest.fixture(params=["/", "/situs/"])
def site(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """The site's address at the root of a domain and below it."""
    with serve(folder, request.param) as url:
        yield url


def ask(url: str, path: str, method: str = "GET", **headers: str) -> Got:
    """Ask once for ``path`` as it is, following nothing."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    got = Got(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    connection.close()
    return got


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("", "index.html"),
        ("index.html", "index.html"),
        ("a", "a.html"),
        ("a.html", "a.html"),
        ("a.html?v=1", "a.html"),
        ("both", "both.html"),
        ("both/", "both/index.html"),
        ("folder/", "folder/index.html"),
        ("folder/b", "folder/b.html"),
        ("a/../folder/b", "folder/b.html"),
    ],
)
def test_an_address_leads_to_its_file(site: str, path: str, file: str) -> None:
    got = ask(site, urlsplit(site).path + path)
    assert (got.status, got.body) == (200, file.encode() + TEXT)


@pytest.mark.parametrize(
    "path", ["none", "a/", "index.html/", "../secret", "../secret.html", "folder/none", "%2e%2e/secret"]
)
def test_an_address_without_a_file_shows_the_404_page(site: str, path: str) -> None:
    got = ask(site, urlsplit(site).path + path)
    assert (got.status, got.body) == (404, b"404.html" + TEXT)


def test_two_slashes_do_not_lead_out_of_the_folder(site: str, folder: Path) -> None:
    assert ask(site, f"/{urlsplit(site).path}{folder.parent / 'secret.html'}").status == 404


def test_a_folder_is_sent_to_its_slash(site: str) -> None:
    root = urlsplit(site).path
    got = ask(site, f"{root}folder")
    assert (got.status, got.headers["location"], got.headers["content-length"]) == (301, f"{root}folder/", "0")


def test_the_name_of_the_project_is_sent_to_its_slash(folder: Path) -> None:
    with serve(folder, "/situs/") as url:
        assert ask(url, "/situs").headers["location"] == "/situs/"
        assert ask(url, "/lain").status == 404


@pytest.mark.parametrize(
    ("file", "kind", "packed"),
    [
        ("a.html", "text/html; charset=utf-8", True),
        ("s.css", "text/css; charset=utf-8", True),
        ("s.js", "text/javascript; charset=utf-8", True),
        ("s.json", "application/json; charset=utf-8", True),
        ("s.webmanifest", "application/manifest+json; charset=utf-8", True),
        ("s.ics", "text/calendar; charset=utf-8", True),
        ("s.csv", "text/csv; charset=utf-8", True),
        ("s.svg", "image/svg+xml", True),
        ("s.atom", "application/atom+xml", True),
        ("short.txt", "text/plain; charset=utf-8", False),
        ("s.zip", "application/zip", False),
        ("s.png", "image/png", False),
        ("s.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", False),
    ],
)
def test_type_and_compression(site: str, folder: Path, file: str, kind: str, packed: bool) -> None:
    plain = (folder / file).read_bytes()
    got = ask(site, site + file, Accept_Encoding="gzip, deflate, br")
    assert got.headers["content-type"] == kind
    assert got.headers["content-length"] == str(len(got.body))
    assert got.headers.get("content-encoding") == ("gzip" if packed else None)
    assert (gzip.decompress(got.body) if packed else got.body) == plain
    assert ask(site, site + file).body == plain


def test_a_known_file_is_not_sent_again(site: str) -> None:
    first = ask(site, f"{site}a.html", Accept_Encoding="gzip")
    assert first.headers["cache-control"] == "max-age=600"
    assert first.headers["vary"] == "Accept-Encoding"
    again = ask(site, f"{site}a.html", Accept_Encoding="gzip", If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert {name: again.headers[name] for name in ("etag", "cache-control", "vary")} == {
        name: first.headers[name] for name in ("etag", "cache-control", "vary")
    }
    assert ask(site, f"{site}a.html", If_None_Match='W/"other"').status == 200
    assert ask(site, f"{site}none", If_None_Match=ask(site, f"{site}none").headers["etag"]).status == 404


def test_head_is_get_without_the_body(site: str) -> None:
    full, head = (ask(site, f"{site}a.html", method, Accept_Encoding="gzip") for method in ("GET", "HEAD"))
    assert head.body == b""
    assert {**head.headers, "date": ""} == {**full.headers, "date": ""}


def test_answers_are_noted(folder: Path) -> None:
    log: list[Answer] = []
    with serve(folder, log=log) as url:
        size = len(ask(url, "/a?v=1", Accept_Encoding="gzip").body)
        ask(url, "/none")
    assert log == [Answer("/a?v=1", 200, size), Answer("/none", 404, len(b"404.html" + TEXT))]


def test_a_browser_that_breaks_off_is_no_fault(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answering: list[threading.Thread] = []
    start = threading.Thread.start

    def noted(thread: threading.Thread) -> None:
        answering.append(thread)
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", noted)
    with serve(folder) as url:
        host, port = urlsplit(url).netloc.split(":")
        with socket.create_connection((host, int(port))) as browser:
            browser.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            browser.sendall(b"GET /a HTTP/1.1\r\n")
        assert ask(url, "/a").status == 200
    for thread in answering:
        thread.join()
    assert len(answering) == 3
    assert capfd.readouterr().err == ""
