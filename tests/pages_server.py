"""A local web server that answers as GitHub Pages does: addresses without .html, the 404 page, gzip, caching."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import mimetypes
import posixpath
import threading
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

COMPRESSED = {
    "text/html",
    "text/css",
    "text/javascript",
    "application/json",
    "application/xml",
    "image/svg+xml",
    "text/csv",
    "text/plain",
}
TYPES = {".atom": "application/xml", ".js": "text/javascript", ".mjs": "text/javascript", ".csv": "text/csv"}


@contextlib.contextmanager
def serve(folder: Path, prefix: str = "/") -> Iterator[str]:
    """Serve ``folder`` under ``prefix`` on a free port; gives the address, ending in ``/``."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(PagesHandler, folder=folder, prefix=prefix))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class PagesHandler(BaseHTTPRequestHandler):
    """Answers GET and HEAD from one folder."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, folder: Path, prefix: str) -> None:
        self.folder = folder
        self.prefix = prefix
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer with a file, a redirect to a folder, or the 404 page."""
        path = unquote(urlsplit(self.path).path)
        normal = posixpath.normpath(path) + ("/" if path.endswith("/") and path != "/" else "")
        if not normal.startswith(self.prefix):
            self.answer_missing()
            return
        name = normal.removeprefix(self.prefix)
        target = self.folder / name
        for file in (target, target.with_name(f"{target.name}.html"), target / "index.html"):
            if file.is_file() and (file.parent != target or not name or name.endswith("/")):
                self.answer(HTTPStatus.OK, file)
                return
        if (target / "index.html").is_file():
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"{normal}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.answer_missing()

    def do_HEAD(self) -> None:
        """Answer like GET, without the body."""
        self.do_GET()

    def answer_missing(self) -> None:
        """The site's own 404 page, under the address that was asked for."""
        self.answer(HTTPStatus.NOT_FOUND, self.folder / "404.html")

    def answer(self, status: HTTPStatus, file: Path) -> None:
        """Send ``file``, compressed where the browser can take it."""
        data = file.read_bytes() if file.is_file() else b""
        kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        etag = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
        if status is HTTPStatus.OK and self.headers.get("If-None-Match") == etag:
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self.send_header("ETag", etag)
            self.end_headers()
            return
        self.send_response(status)
        if kind in COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", ""):
            data = gzip.compress(data, 6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        text = kind.startswith("text/") or kind.endswith(("json", "xml"))
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("ETag", etag)
        self.send_header("Vary", "Accept-Encoding")
        self.end_headers()
        if self.command != "HEAD":
            with contextlib.suppress(ConnectionError):
                self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        """Stay quiet."""
