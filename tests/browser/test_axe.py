"""Every page type on a small phone: accessible, nothing sticks out, nothing fails, nothing comes from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from tools.browsing import KAYU_AGUNG, PAGE_TYPES, phone

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

pytestmark = pytest.mark.browser

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SCHEMES = ["light", "dark"]
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


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
    """What axe finds against WCAG 2.2 AA, one line for each element."""
    page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then(found => found.violations)", WCAG
    )
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def overflow(page: Page) -> list[str]:
    """Elements that stick out of the window to the right, when the page scrolls sideways."""
    found: list[str] = page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return [];
            return [...document.body.querySelectorAll('*')]
                .filter(element => element.getBoundingClientRect().right > width + 1)
                .filter(element => !element.closest('.scroll'))
                .map(element => element.outerHTML.slice(0, 120));
        }"""
    )
    return found


@pytest.mark.parametrize("kind", PAGE_TYPES)
def test_page_type_is_accessible_fits_and_loads_cleanly(kind: str, watched: Watched, site_url: str) -> None:
    page = watched.page
    page.goto(site_url + PAGE_TYPES[kind])
    assert violations(page) == []
    page.evaluate("document.querySelectorAll('main details').forEach(details => { details.open = true })")
    assert violations(page) == [], "with every disclosure open"
    page.set_viewport_size({"width": 320, "height": 640})
    assert overflow(page) == [], "at 320 px"
    page.set_viewport_size({"width": 360, "height": 640})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert overflow(page) == [], "with text at 200 %"
    assert watched.faults == []


def test_menu_is_accessible(watched: Watched, site_url: str) -> None:
    watched.page.goto(site_url)
    watched.page.locator("header summary").click()
    assert violations(watched.page) == []


@pytest.mark.parametrize("typed", ["sukaraja", "jua jua tps 3", "zzzz"])
def test_search_results_are_accessible_and_fit(typed: str, watched: Watched, site_url: str) -> None:
    page = watched.page
    page.goto(site_url)
    page.get_by_role("searchbox").press_sequentially(typed)
    page.locator(".search-result, .search-none").first.wait_for()
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert overflow(page) == []
    assert watched.faults == []


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
