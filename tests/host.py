"""The small site on a web host that can be slow, broken or away, and that gets new publications."""

from __future__ import annotations

import contextlib
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Error

from sitegen.cli import main
from tests.support import before_the_vote, mini
from tools.pages_server import Answer, PagesHandler

if TYPE_CHECKING:
    from playwright.sync_api import Page

PREFIX = "/papan-tps/"
LATE = 5
"""Seconds; longer than the worker waits."""
_HOME = Path(__file__).parents[1] / "static/js/home.js"
_LATER = re.findall(r"const LATER = (\d+);", _HOME.read_text("utf-8"))[0]
_TIMERS = "const timer = setTimeout; setTimeout = (task, wait) => "
AT_ONCE = f"{_TIMERS} timer(task, wait === {_LATER} ? 0 : wait);"
"""A script by which home loads without a wait what must not slow down the first answer."""
NEVER = f"{_TIMERS} wait === {_LATER} ? 0 : timer(task, wait);"
"""One by which it is still waiting."""


@dataclass
class Host:
    """A published site. ``is_away``: no answer at all. ``is_broken``: an error of the server. ``delay``: seconds before
    a page is sent."""

    site: Path
    log: list[Answer] = field(default_factory=list)
    url: str = ""
    is_away: bool = False
    is_broken: bool = False
    delay: float = 0

    @property
    def out(self) -> Path:
        """Folder that is published."""
        return self.site / "_site"

    def publish(self, *options: str) -> None:
        """Build into the same folder."""
        paths = {"--config": "site_config.yaml", "--content": "content", "--out": "_site"}
        places = [part for option, path in paths.items() for part in (option, str(self.site / path))]
        assert main([*places, "--jobs", "1", *options]) == 0

    def asked(self) -> list[str]:
        """Addresses that were asked for until now, below the site's root."""
        return [answer.path.removeprefix(PREFIX) for answer in self.log]


class _Handler(PagesHandler):
    def __init__(self, *args: object, host: Host) -> None:
        self.host = host
        super().__init__(*args, folder=host.out, prefix=PREFIX, log=host.log)

    def do_GET(self) -> None:  # noqa: N802 http.server's name
        """Answer in the mood of the host."""
        time.sleep(self.host.delay)
        if self.host.is_away:
            self.close_connection = True
        elif self.host.is_broken:
            self.send(HTTPStatus.SERVICE_UNAVAILABLE, {"Content-Type": "text/html"}, b"<h1>503</h1>")
        else:
            super().do_GET()


@contextlib.contextmanager
def hosted(folder: Path) -> Iterator[Host]:
    """The small site, published below a path as on a project page of GitHub."""
    host = Host(mini(folder))
    before_the_vote(host.site)
    host.publish()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, host=host))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    host.url = f"http://127.0.0.1:{server.server_address[1]}{PREFIX}"
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def wait(page: Page, condition: str, arg: object = None) -> None:
    """Wait until ``condition`` holds in the page. Playwright's own way is refused by the pages' policy."""
    for _ in range(300):
        # The page may be reloading just now.
        with contextlib.suppress(Error):
            if page.evaluate(condition, arg):
                return
        page.wait_for_timeout(50)
    raise AssertionError(f"never happened: {condition}")


def is_kept(page: Page, url: str) -> None:
    """Wait until the browser has a copy of ``url``."""
    wait(page, "url => caches.match(url).then(Boolean)", url)


def settle(page: Page, host: Host) -> None:
    """Wait until a worker is there and has fetched everything that it fetches by itself."""
    is_kept(page, f"{host.url}rest")
    wait(page, "navigator.serviceWorker.controller !== null")
