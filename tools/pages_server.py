"""A local web server that answers as GitHub Pages does, for browser tests and benchmarks.

Same as there: addresses without ``.html``, ``/folder`` leading to ``/folder/``, the 404 page under the address that
was asked for, types and charset, ten minutes in the browser's cache, ETag with 304, gzip of text but never of files
that are compressed already. Different: HTTP/1.1 without TLS, no other cache between, ETags made of the bytes.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import posixpath
import threading
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

TEXT = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".svg": "image/svg+xml",
    ".xml": "application/xml",
    ".atom": "application/atom+xml",
}
BINARY = {
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".zip": "application/zip",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SHORTEST_COMPRESSED = 20
GZIP_LEVEL = 6


class Answer(NamedTuple):
    """One answer as it went over the wire; ``size`` counts the body, compressed, without headers."""

    path: str
    status: int
    size: int


@contextlib.contextmanager
def serve(folder: Path, prefix: str = "/", log: list[Answer] | None = None) -> Iterator[str]:
    """Serve ``folder`` under ``prefix`` on a free port; gives the address. ``log`` receives every answer."""
    handler = partial(PagesHandler, folder=folder, prefix=prefix, log=[] if log is None else log)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def compressed(data: bytes, suffix: str) -> bytes:
    """``data`` as it goes over the wire to a browser that takes gzip."""
    if suffix not in TEXT or len(data) < SHORTEST_COMPRESSED:
        return data
    return gzip.compress(data, GZIP_LEVEL, mtime=0)


def find(folder: Path, name: str) -> Path | None:
    """The file that ``name``, an address below the site's root, leads to."""
    target = folder / name
    if not name or name.endswith("/"):
        candidates = [target / "index.html"]
    else:
        candidates = [target, target.with_name(f"{target.name}.html")]
    return next((file for file in candidates if file.is_file()), None)


class PagesHandler(BaseHTTPRequestHandler):
    """Answers GET and HEAD from one folder."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, folder: Path, prefix: str, log: list[Answer]) -> None:
        self.folder = folder
        self.prefix = prefix
        self.log = log
        super().__init__(*args)  # type: ignore[arg-type]

    def handle(self) -> None:
        """Answer until the browser is gone, which may be at any time."""
        with contextlib.suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        """Answer with a file, a redirect to a folder, or the 404 page."""
        path = unquote(urlsplit(self.path).path)
        normal = posixpath.normpath(f"/{path.lstrip('/')}") + ("/" if path.endswith("/") and path.strip("/") else "")
        if f"{normal}/" == self.prefix:
            self.redirect(self.prefix)
            return
        name = normal.removeprefix(self.prefix)
        file = find(self.folder, name) if normal.startswith(self.prefix) else None
        if file:
            self.answer(HTTPStatus.OK, file)
        elif not name.endswith("/") and (self.folder / name / "index.html").is_file():
            self.redirect(f"{normal}/")
        else:
            self.answer(HTTPStatus.NOT_FOUND, self.folder / "404.html")

    def do_HEAD(self) -> None:
        """Answer like GET, without the body."""
        self.do_GET()

    def redirect(self, path: str) -> None:
        """Send the browser to ``path``."""
        self.send(HTTPStatus.MOVED_PERMANENTLY, {"Location": path}, b"")

    def answer(self, status: HTTPStatus, file: Path) -> None:
        """Send ``file``, compressed where the browser can take it, or the news that it did not change."""
        data = file.read_bytes() if file.is_file() else b""
        tag = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
        kind = TEXT.get(file.suffix) or BINARY.get(file.suffix, "application/octet-stream")
        headers = {"Content-Type": kind, "ETag": tag, "Cache-Control": "max-age=600", "Vary": "Accept-Encoding"}
        body = compressed(data, file.suffix) if "gzip" in self.headers.get("Accept-Encoding", "") else data
        if body is not data:
            headers |= {"Content-Encoding": "gzip", "ETag": f"W/{tag}"}
        if status is HTTPStatus.OK and self.has(tag):
            del headers["Content-Type"]
            headers.pop("Content-Encoding", None)
            self.send(HTTPStatus.NOT_MODIFIED, headers, None)
        else:
            self.send(status, headers, body)

    def has(self, tag: str) -> bool:
        """Whether the browser has the file with this ``tag`` already."""
        known = self.headers.get("If-None-Match", "").split(",")
        return tag in (each.strip().removeprefix("W/") for each in known)

    def send(self, status: HTTPStatus, headers: dict[str, str], body: bytes | None) -> None:
        """Write one answer and note it."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Access-Control-Allow-Origin", "*")
        if body is not None:
            self.send_header("Content-Length", str(len(body)))
        sent = b"" if body is None or self.command == "HEAD" else body
        self.log.append(Answer(self.path, status, len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, *args: object) -> None:
        """Stay quiet."""
