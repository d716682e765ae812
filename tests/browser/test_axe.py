"""Every page type on a small phone and every state of the search: accessible, and nothing fails to load."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tools.browsing import KAYU_AGUNG, PAGE_TYPES, phone

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCHEMES = ["light", "dark"]
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
SEARCH_STATES = {
    "empty": ("", "Tab", "^$"),
    "too short": ("j", "Enter", "paling sedikit dua huruf"),
    "one village": ("jua jua", "Shift", "1 desa"),
    "in the results": ("jua jua", "ArrowDown", "1 desa"),
    "namesakes": ("sukaraja", "Shift", "3 desa"),
    "kecamatan": ("kec pedamaran", "Shift", "."),
    "TPS": ("jua jua tps 3", "Shift", "1 desa"),
    "TPS that is not there": ("jua jua tps 99", "Shift", "1 desa"),
    "many": ("suka", "Shift", "Ketik lebih lengkap"),
    "none": ("qqzzqq", "Shift", "Tidak ada desa"),
}
"""What is typed, the key after it, and what is spoken then."""


class Watched:
    """A page with everything that went wrong while it was open."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page = page
        self.origin = origin
        self.faults: list[str] = []
        page.on("console", self.on_console)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("requestfailed", lambda request: self.faults.append(f"failed: {request.url}"))
        page.on("request", self.on_request)
        page.on("response", self.on_response)

    def on_console(self, message: ConsoleMessage) -> None:
        """Note warnings and errors of the console."""
        if message.type in {"error", "warning"}:
            self.faults.append(f"console: {message.text}")

    def on_request(self, request: Request) -> None:
        """Note requests that leave the site."""
        if not request.url.startswith((self.origin, "data:")):
            self.faults.append(f"elsewhere: {request.url}")

    def on_response(self, response: Response) -> None:
        """Note answers that are not good."""
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")


@pytest.fixture(params=SCHEMES)
def watched(request: pytest.FixtureRequest, browser: Browser, site_url: str) -> Iterator[Watched]:
    """A new 360×640 page in a light or dark scheme."""
    with phone(browser, color_scheme=request.param, reduced_motion="reduce") as context:
        yield Watched(context.new_page(), site_url)


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA and good practice, one line for each element."""
    page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then(found => found.violations)", RULES
    )
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("kind", PAGE_TYPES)
def test_page_type_is_accessible_and_loads_cleanly(kind: str, watched: Watched, site_url: str) -> None:
    page = watched.page
    page.goto(site_url + PAGE_TYPES[kind])
    assert violations(page) == []
    page.evaluate("document.querySelectorAll('main details').forEach(details => { details.open = true })")
    assert violations(page) == [], "with every disclosure open"
    assert watched.faults == []


def test_menu_is_accessible(watched: Watched, site_url: str) -> None:
    watched.page.goto(site_url)
    watched.page.locator("header summary").click()
    assert violations(watched.page) == []


@pytest.mark.parametrize("state", SEARCH_STATES)
def test_search_is_accessible_in_every_state(state: str, watched: Watched, site_url: str) -> None:
    words, key, status = SEARCH_STATES[state]
    page = watched.page
    page.goto(site_url)
    page.get_by_role("searchbox").press_sequentially(words)
    page.keyboard.press(key)
    # The words for screen readers come last, after a pause.
    expect(page.locator("[role=status]")).to_have_text(re.compile(status))
    assert violations(page) == []
    assert watched.faults == []


@pytest.mark.parametrize(("answer", "status"), [("never", "sedang dimuat"), ("broken", "tidak dapat dimuat")])
def test_search_without_its_list_is_accessible(answer: str, status: str, watched: Watched, site_url: str) -> None:
    page = watched.page
    page.route("**/search/**", lambda route: route.fulfill(body="x") if answer == "broken" else None)
    page.goto(site_url)
    page.get_by_role("searchbox").press_sequentially("jua jua")
    expect(page.locator("[role=status]")).to_have_text(re.compile(status))
    assert violations(page) == []


def test_unknown_address_shows_the_404_page_with_styles(browser_page: Page, site_url: str) -> None:
    answer = browser_page.goto(f"{site_url}pilkada-2024/kayu-agung/tidak-ada.html")
    assert answer is not None
    assert answer.status == 404
    assert browser_page.locator("h1").inner_text() == "Halaman ini tidak ada"
    assert browser_page.evaluate("getComputedStyle(document.querySelector('.strip')).backgroundImage") != "none"
    browser_page.locator("main a").first.click()
    assert browser_page.locator("h1").inner_text() != "Halaman ini tidak ada"


def test_permanent_address_opens_the_village(browser_page: Page, site_url: str) -> None:
    browser_page.goto(f"{site_url}d/1602051001.html")
    browser_page.wait_for_url(f"{site_url}{KAYU_AGUNG}/jua-jua.html")
    assert browser_page.locator("h1").inner_text() == "Kelurahan Jua-jua"


def test_axe_finds_what_it_looks_for(browser_page: Page) -> None:
    browser_page.set_content("<p>kata</p><img src='x.png'>")
    assert any(line.startswith("image-alt") for line in violations(browser_page))
