"""The writer's view: a save shows itself, and no copy of another day stands in its way."""

from __future__ import annotations

from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page, expect

from sitegen.cli import main
from tests.host import wait
from tests.support import JUA_JUA, edit, mini
from tests.unit.test_serve import HOST, TPS, serving
from tools.pages_server import PagesHandler

pytestmark = pytest.mark.browser


class _Earlier(PagesHandler):
    """Closes every connection, so that none outlives the server."""

    protocol_version = "HTTP/1.0"


WORKERS = "navigator.serviceWorker.getRegistrations().then(all => all.length)"


def test_a_save_reloads_the_page_by_itself(tmp_path: Path, browser_page: Page) -> None:
    faults: list[str] = []
    browser_page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    with serving(mini(tmp_path), 8000) as served:
        browser_page.goto(f"http://{HOST}:{served.port}{TPS}")
        expect(browser_page.locator(".place")).to_have_text("SDN 1 Jua-jua (contoh)")
        browser_page.wait_for_load_state("networkidle")
        edit(served.site / JUA_JUA, "SDN 1 Jua-jua", "Gedung Baru")
        expect(browser_page.locator(".place")).to_have_text("Gedung Baru (contoh)", timeout=20_000)
        assert browser_page.evaluate(WORKERS) == 0
    assert faults == []


def test_a_mistake_is_in_view_wherever_the_page_was_scrolled_to(tmp_path: Path, browser_page: Page) -> None:
    with serving(mini(tmp_path), 8000) as served:
        browser_page.goto(f"http://{HOST}:{served.port}{TPS}")
        browser_page.wait_for_load_state("networkidle")
        browser_page.evaluate("scrollTo(0, document.body.scrollHeight)")
        edit(served.site / JUA_JUA, "number: 2", "number: 1")
        expect(browser_page.locator("pre[role=alert]")).to_be_in_viewport(timeout=20_000)


@pytest.mark.parametrize("prefix", ["/", "/situs/"])
def test_a_worker_of_another_day_goes(
    prefix: str, tmp_path: Path, browser_page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = mini(tmp_path)
    monkeypatch.chdir(site)
    assert main(["--jobs", "1"]) == 0
    server = ThreadingHTTPServer((HOST, 0), partial(_Earlier, folder=site / "_site", prefix=prefix, log=[]))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    port = server.server_address[1]
    browser_page.goto(f"http://{HOST}:{port}{prefix}cek-tps.html")
    browser_page.get_by_role("searchbox").fill("jua jua")
    wait(browser_page, "navigator.serviceWorker.controller !== null")
    browser_page.goto("about:blank")
    server.shutdown()
    server.server_close()
    thread.join()
    with serving(site, port) as served:
        assert served.port == port
        browser_page.goto(f"http://{HOST}:{port}{TPS}")
        expect(browser_page.locator(".place")).to_have_text("SDN 1 Jua-jua (contoh)")
        # Where the server is slow to begin, the worker answers with its copy of a page; the next one takes it back.
        if not browser_page.evaluate("document.querySelector('script[data-worker]') === null"):
            browser_page.reload()
        wait(browser_page, f"{WORKERS}.then(count => count == 0)")
