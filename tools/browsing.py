"""A Chromium for browser tests and benchmarks, the pages they look at, and what a look at a page tells."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from tools.page_weight import first_visit
from tools.pages_server import Answer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

KAYU_AGUNG = "pilkada-2024/kayu-agung"
PAGE_TYPES = {
    "home": "index.html",
    "cek-tps": "cek-tps.html",
    "kecamatan": f"{KAYU_AGUNG}.html",
    "desa": f"{KAYU_AGUNG}/cintaraja.html",
    "desa with a moved TPS": f"{KAYU_AGUNG}/jua-jua.html",
    "tps": f"{KAYU_AGUNG}/jua-jua/tps-1.html",
    "tps that moved": f"{KAYU_AGUNG}/jua-jua/tps-3.html",
    "tps that votes again": "pilkada-2024/sungai-menang/gajah-mati/tps-1.html",
    "guide": "cara-memilih.html",
    "guide of cases": "belum-terdaftar.html",
    "kpps": "kpps.html",
    "jadwal": "jadwal.html",
    "berita": "berita.html",
    "arsip": "berita/2024/11.html",
    "artikel": "berita/2024/11/kpps-dilantik.html",
    "artikel with a picture": "berita/2024/09/contoh-gambar.html",
    "data": "data.html",
    "perubahan": "perubahan.html",
    "tentang": "tentang.html",
    "luring": "luring.html",
    "404": "404.html",
}
"""One page of every type and of its important states. A name begins with that of the page's template."""

PHONE = {"viewport": {"width": 360, "height": 640}, "locale": "id-ID"}
_CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_WATCH = """
    window.watched = {shifts: [], violations: []};
    new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) if (!shift.hadRecentInput) watched.shifts.push(shift.value);
    }).observe({type: "layout-shift", buffered: true});
    addEventListener("securitypolicyviolation", ({violatedDirective, blockedURI}) => {
        watched.violations.push(`${violatedDirective} ${blockedURI}`);
    });
"""
STICKING_OUT = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.body.querySelectorAll("*")]
        .filter((element) => element.getBoundingClientRect().right > width + 1 && !element.closest(".scroll"))
        .map((element) => element.outerHTML.slice(0, 120));
}"""
_INLINE_SCRIPTS = """() => [
    ...[...document.scripts].filter((script) => !script.src && script.type !== "application/ld+json"),
    ...[...document.querySelectorAll("*")].filter((e) => [...e.attributes].some((a) => a.name.startsWith("on"))),
].map((element) => element.outerHTML.slice(0, 80))"""


CHOSEN_FOLDER = """
    window.showDirectoryPicker = async () => {
        const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("repo", {create: true});
        await folder.getDirectoryHandle(".git", {create: true});
        return folder;
    };
    FileSystemHandle.prototype.requestPermission ??= async () => "granted";
"""
"""The browser's own storage as the folder of a repository that a person would choose in a window of the system."""


STILL = 0.02
"""Largest layout shift of a page that stands still. A browser that paints while a page is still arriving may show the
posts of a board before its words: 0.011. Google calls up to 0.1 good."""


class Look(NamedTuple):
    """What must not be found on a page, as lists that should be empty, and how far its layout shifted."""

    third_parties: list[str]
    cookies: list[str]
    inline_scripts: list[str]
    violations: list[str]
    shift: float


def find_chromium() -> str | None:
    """Path of a Chromium that is installed."""
    names = filter(None, (os.environ.get("CHROMIUM"), *_CHROMIUM_NAMES))
    return next((path for path in map(shutil.which, names) if path), None)


@contextlib.contextmanager
def chromium(path: str) -> Iterator[Browser]:
    """A headless Chromium that asks the network for nothing by itself."""
    from playwright.sync_api import sync_playwright

    options = ["--disable-background-networking", "--disable-dev-shm-usage"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--no-sandbox")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=options)
        yield browser
        browser.close()


@contextlib.contextmanager
def phone(browser: Browser, **options: Any) -> Iterator[BrowserContext]:
    """A small phone with nothing remembered, whose pages note layout shifts and violations of the policy."""
    context = browser.new_context(**{**PHONE, **options})
    context.add_init_script(_WATCH)
    yield context
    context.close()


def search(page: Page, words: str) -> None:
    """Type ``words`` on home and wait for the answer."""
    page.get_by_role("searchbox").press_sequentially(words)
    page.locator(".search-link").first.wait_for()


def look(context: BrowserContext, url: str, words: str = "", settle: int = 0) -> Look:
    """Open ``url``, search for ``words`` if there are any, wait ``settle`` milliseconds, tell what was found."""
    page = context.new_page()
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto(url)
    if words:
        search(page, words)
    page.wait_for_timeout(settle)
    painted(page)
    watched = page.evaluate("watched")
    found = Look(
        third_parties=sorted(filter(None, hosts - {urlsplit(url).netloc})),
        cookies=[str(cookie.get("name")) for cookie in context.cookies()],
        inline_scripts=page.evaluate(_INLINE_SCRIPTS),
        violations=watched["violations"],
        shift=round(sum(watched["shifts"]), 4),
    )
    page.close()
    return found


def sticking_out(page: Page) -> list[str]:
    """Elements that stick out of the window to the right, when the page scrolls sideways."""
    found: list[str] = page.evaluate(STICKING_OUT)
    return found


def painted(page: Page) -> None:
    """Wait until what the page shows now is on the screen."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def first_answer(browser: Browser, site: Path, url: str, log: list[Answer]) -> dict[str, int]:
    """Every file, with its compressed bytes, that home has fetched when it answers its first search.

    ``log`` is that of the server. What a service worker fetches later, for days without a network, is not needed for
    the answer. The icon counts even where the browser has not asked for it yet.
    """
    with phone(browser, service_workers="block") as context:
        log.clear()
        page = context.new_page()
        page.goto(url)
        search(page, "jua jua")
        sent = {answer.path.lstrip("/") or "index.html": answer.size for answer in log}
    return first_visit(site, "index.html") | sent
