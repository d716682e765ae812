"""Showing the site while it is written: built again on every change, addresses as on GitHub Pages."""

from __future__ import annotations

import contextlib
import errno
import html
import logging
import mimetypes
import os
import re
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from livereload import Server
from livereload.handlers import LiveReloadHandler
from livereload.watcher import Watcher
from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.web import RequestHandler

from sitegen import catalogs
from sitegen.build import build
from sitegen.content.documents import Loader
from sitegen.content.site import CONFIG
from sitegen.options import Options
from sitegen.output.assets import STATIC
from sitegen.output.worker import WORKER, goodbye
from sitegen.problems import ContentError, Failed, Message, Problem, UsageError, Verdict, msg, system_error
from sitegen.render.environment import TEMPLATES, environment

PORTS_TRIED = 50
SHORTEST_PAUSE = 25
"""Milliseconds between two looks for changes."""
DUTY = 30
"""A pause is so many times as long as a look: 3 % of one core."""
UNTIL_NEXT_TRY = 2
"""Seconds."""
# The policy forbids livereload's script, which stands in the page itself. A copy instead of what was just written
# would confuse, so pages start no worker, and one that is left from another day is taken back.
_NOT_HERE = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>\n?| data-worker(?=[ >])')


@dataclass
class Workshop:
    """The site being worked on. After a build with errors the last good site stays, and ``panel``
    holds what the browser shows above it."""

    options: Options
    report: Callable[[Verdict], None]
    panel_of: Callable[[Verdict], str]
    panel: str = field(default="", init=False)
    _next_try: object | None = field(default=None, init=False)

    def restart(self) -> None:
        """Build with templates read again."""
        environment.cache_clear()
        catalogs.translations.cache_clear()
        self.rebuild()

    def rebuild(self) -> None:
        """Build after a change. What is not due to the content (a file is away for a moment, another build is
        writing) is told like its errors, and the build tried again until it succeeds or something changes."""
        if self._next_try:
            IOLoop.current().remove_timeout(self._next_try)
            self._next_try = None
        try:
            self.build()
        except (UsageError, Failed, OSError) as error:
            what = system_error(error) if isinstance(error, OSError) else error.what
            fix = msg("Remove the cause; the build is then tried again by itself.")
            verdict = Verdict.of([Problem(str(self.options.out), 0, "serve.failed", what, fix)])
            before, self.panel = self.panel, self.panel_of(verdict)
            if self.panel != before:
                self.report(verdict)
            self._next_try = IOLoop.current().call_later(UNTIL_NEXT_TRY, self._try_again)

    def build(self) -> None:
        """Build; problems go to the terminal, errors to the browser too.

        Raises:
            UsageError, Failed, OSError: what is wrong is not the content.
        """
        try:
            verdict = build(self.options).verdict
            self.panel = ""
        except ContentError as error:
            verdict = Verdict.of(error.problems)
            self.panel = self.panel_of(verdict)
        self.report(verdict)

    def _try_again(self) -> None:
        before = self.panel
        self.rebuild()
        if self.panel != before:
            LiveReloadHandler.reload_waiters()

    def base_path(self) -> str:
        """Path below which the site is published, as on a project page of GitHub: ``/`` or ``/name/``."""
        config = Loader().yaml(self.options.config, CONFIG)
        base_url = config.data.base_url if config else None
        return urlsplit(base_url or "").path.rstrip("/") + "/"


def find_file(folder: Path, path: str) -> Path | None:
    """The file that GitHub Pages would answer ``path`` with: the file itself, the same with ``.html``,
    or a folder's ``index.html``. None when there is none, or when it lies outside ``folder``."""
    candidates = (path, f"{path}.html", f"{path.rstrip('/')}/index.html" if path else "index.html")
    for candidate in candidates:
        found = folder.joinpath(candidate.lstrip("/")).resolve()
        if found.is_file() and found.is_relative_to(folder.resolve()):
            return found
    return None


class PageHandler(RequestHandler):
    """Answers with files of the site, the 404 page, and the problems of the last build."""

    def initialize(self, workshop: Workshop, base: str) -> None:
        """Called by Tornado for every request."""
        self.workshop, self.base = workshop, base

    def get(self, path: str) -> None:
        """Answer one request."""
        if path.rpartition("/")[2] == WORKER:  # wherever an earlier one was
            self._send("text/javascript", goodbye())
            return
        if not f"/{path}".startswith(self.base):
            self.redirect(self.base)
            return
        folder = self.workshop.options.out
        file = find_file(folder, f"/{path}".removeprefix(self.base))
        if file is None:
            self.set_status(404)
            file = find_file(folder, "404.html")
        data = file.read_bytes() if file else b"<!doctype html><html><head></head><body></body></html>"
        kind = mimetypes.guess_type(file.name)[0] if file else "text/html"
        self._send(kind, self._with_panel(_NOT_HERE.sub(b"", data)) if kind == "text/html" else data)

    head = get

    def _send(self, kind: str | None, data: bytes) -> None:
        self.set_header("Content-Type", f"{kind or 'application/octet-stream'}; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.write(data)

    def _with_panel(self, data: bytes) -> bytes:
        before, body, after = data.partition(b"<body")
        tag, end, rest = after.partition(b">")
        return before + body + tag + end + self.workshop.panel.encode() + rest


class _Watcher(Watcher):  # type: ignore[misc]
    """livereload's watcher, which looks for changes every 0.8 s, looking more often where a look is quick, and asking
    the system once for each file."""

    def __init__(self) -> None:
        super().__init__()
        self.filepath: str | None = None
        self._seen: dict[str, dict[str, int]] = {}

    def start(self, callback: Callable[[], None]) -> bool:
        """Look again and again; called once."""
        took = min(_milliseconds(callback) for _ in range(3))  # the first look finds nothing in the system's memory
        PeriodicCallback(callback, max(SHORTEST_PAUSE, DUTY * took)).start()
        return True

    def is_folder_changed(self, path: str, ignore: Callable[[str], bool] | None = None) -> bool:
        """Whether anything below the folder was written, added or removed since the last look."""
        now = _times(path)
        now = {file: time for file, time in now.items() if not (self.ignore(file) or (ignore and ignore(file)))}
        before = self._seen.setdefault(path, now)
        self._seen[path] = now
        self.filepath = self.filepath or (path if before != now else None)
        return before != now


def _milliseconds(task: Callable[[], None]) -> float:
    started = time.perf_counter()
    task()
    return 1000 * (time.perf_counter() - started)


def _times(folder: str) -> dict[str, int]:
    """When each file below ``folder`` was last written, in nanoseconds; links are followed."""
    found: dict[str, int] = {}
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with contextlib.suppress(OSError):  # removed in this moment, or a link to itself
                if entry.is_dir():
                    found |= _times(entry.path)
                else:
                    found[entry.path] = entry.stat().st_mtime_ns
    return found


class _Server(Server):  # type: ignore[misc]
    """livereload's server with our addresses and without its log."""

    def __init__(self, workshop: Workshop) -> None:
        super().__init__(watcher=_Watcher())
        self.workshop = workshop

    def get_web_handlers(self, script: bytes) -> list[Any]:  # noqa: ARG002 livereload's signature
        return [(r"/(.*)", PageHandler, {"workshop": self.workshop, "base": self.workshop.base_path()})]

    def _setup_logging(self) -> None:
        """Only errors: the terminal belongs to the problems of the content."""
        logging.getLogger("tornado.access").setLevel(logging.ERROR)


def serve(
    options: Options,
    host: str,
    port: int,
    say: Callable[[Message], None],
    report: Callable[[Verdict], None],
    text: Callable[[Verdict], str],
) -> None:
    """Build, then serve on ``host`` until interrupted, rebuilding on every change. ``text`` writes
    problems as the browser shows them.

    Raises:
        UsageError: no port is free, or there is no site.
    """
    workshop = Workshop(options, report, lambda verdict: _panel(text(verdict)))
    workshop.build()
    free = free_port(host, port)
    if free != port:
        say(msg("Port %(taken)s is taken; using %(free)s.", taken=str(port), free=str(free)))
    say(msg("Look at it: %(url)s (stop with Ctrl-C)", url=f"http://{host}:{free}{workshop.base_path()}"))
    server = _Server(workshop)
    for path in (options.config, options.content, STATIC):
        server.watch(str(path), workshop.rebuild)
    server.watch(str(TEMPLATES), workshop.restart, ignore=lambda path: "__pycache__" in path)
    # livereload ignores a change within three seconds of the last one; a quick second save counts too.
    LiveReloadHandler.DEFAULT_RELOAD_TIME = 0
    _end_at_interrupt()
    server.serve(port=free, host=host)


def _end_at_interrupt() -> None:
    """Let Ctrl-C end the loop. Tornado logs what is raised while it reads a request, and goes on, an interrupt too. One
    more, while a long build runs, is raised."""
    loop = IOLoop.current()

    def stop(*_: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        loop.add_callback(loop.stop)

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else somebody wants it to be ignored
        signal.signal(signal.SIGINT, stop)


def free_port(host: str, first: int) -> int:
    """The first free port from ``first`` on.

    Raises:
        UsageError: none of the next 50 is free, or the address cannot be used.
    """
    for port in range(first, min(first + PORTS_TRIED, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                if error.errno == errno.EADDRINUSE:
                    continue
                raise UsageError(
                    msg("Cannot listen on %(host)s (%(detail)s)", host=host, detail=error.strerror)
                ) from error
            return port
    raise UsageError(msg("No port from %(first)s on is free; choose another with --port", first=str(first)))


def _panel(text: str) -> str:
    """What the browser shows above the last good site, also when it scrolls to where the reader was. The page is ours
    alone, so it may carry style."""
    return (
        '<pre role="alert" style="position:sticky;top:0;z-index:9;max-height:60vh;overflow:auto;margin:0;padding:16px;'
        "border-left:6px solid #b45309;background:#fff1c7;"
        f'color:#1a1a1a;font:16px/1.5 monospace;white-space:pre-wrap">{html.escape(text)}</pre>'
    )
