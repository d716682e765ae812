"""Every page type on the smallest phones and with the reader's own text settings: nothing sticks out, nothing is cut,
nothing is too small to touch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tools.browsing import PAGE_TYPES, phone

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SEARCHES = ["sukaraja", "jua jua tps 3", "zzzz"]
OPEN_ALL = "document.querySelectorAll('main details').forEach((details) => { details.open = true })"
# WCAG 1.4.12. A sheet made by script is not under the page's policy, as a reader's own style is not.
TEXT_SPACING = """
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important}
        p {margin-bottom: 2em !important}`);
    document.adoptedStyleSheets = [sheet];
"""
TWICE_THE_TEXT = "document.documentElement.style.fontSize = '200%'"
STICKING_OUT = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.body.querySelectorAll("*")]
        .filter((element) => element.getBoundingClientRect().right > width + 1 && !element.closest(".scroll"))
        .map((element) => element.outerHTML.slice(0, 120));
}"""
# Text must stay inside every box around it that can be seen or that cuts, and beside other text. Glyphs may be a little
# taller than their line.
CUT_OR_COVERED = """() => {
    const found = [], lines = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const isHidden = (element) => !element.checkVisibility() || element.closest(".vh, .skip, svg");
    const isEdge = ({overflowX, borderTopWidth, backgroundColor}) =>
        overflowX !== "visible" || borderTopWidth !== "0px" || backgroundColor !== "rgba(0, 0, 0, 0)";
    while (texts.nextNode()) {
        const text = texts.currentNode, name = text.data.trim().slice(0, 40);
        if (!name || isHidden(text.parentElement)) continue;
        const range = document.createRange();
        range.selectNodeContents(text);
        const word = range.getBoundingClientRect();
        const tall = parseFloat(getComputedStyle(text.parentElement).fontSize) / 4;
        for (const {left, right, top, bottom} of range.getClientRects()) {
            lines.push({name, left: left + 2, right: right - 2, top: top + tall, bottom: bottom - tall});
        }
        // A wide table scrolls in its own box.
        for (let box = text.parentElement; box !== document.body && !box.matches(".scroll"); box = box.parentElement) {
            const style = getComputedStyle(box), edge = box.getBoundingClientRect();
            if (!isEdge(style)) continue;
            const beside = Math.max(edge.left - word.left, word.right - edge.right);
            if (beside > 2 || Math.max(edge.top - word.top, word.bottom - edge.bottom) > tall) {
                found.push(`${name} out of ${box.outerHTML.slice(0, 80)}`);
            }
        }
    }
    const isOn = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    const pairs = lines.flatMap((a, i) => lines.slice(i + 1).map((b) => [a, b])).filter(([a, b]) => isOn(a, b));
    return [...found, ...pairs.map(([a, b]) => `${a.name} on ${b.name}`)];
}"""
# How tall a link or control is for a finger: where a touch at its middle, moved up and down, still hits it.
TOO_SMALL = """([smallest, place]) => {
    const hits = (target, x, y) => target.contains(document.elementFromPoint(x, y));
    const block = (link) => link.closest("p, dd, li, h1, h2, h3, td, th, div");
    const isStretched = (link) => getComputedStyle(link, "::after").position === "absolute";
    const isInText = (link) => getComputedStyle(link).display === "inline" && !isStretched(link)
        && block(link).textContent.trim() !== link.textContent.trim();
    const height = (target) => {
        const {left, width, top, bottom} = target.getClientRects()[0];
        const x = left + Math.min(width / 2, 20);
        let high = (top + bottom) / 2, low = high;
        while (hits(target, x, high - 1)) high -= 1;
        while (hits(target, x, low + 1)) low += 1;
        return low - high + 1;
    };
    return [...document.querySelector(place).querySelectorAll("a, button, input, select, summary")]
        .filter((target) => target.checkVisibility() && !target.matches(".skip") && !isInText(target))
        .map((target) => [target, height(target)])
        .filter(([, size]) => size < smallest)
        .map(([target, size]) => `${size}: ${target.parentElement.outerHTML.slice(0, 140)}`);
}"""
SMALLEST_TARGET = 47.5


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """The smallest phone."""
    with phone(browser, viewport={"width": 320, "height": 640}) as context:
        yield context.new_page()


def assert_fits(page: Page) -> None:
    """With plain text, with wide text and with large text."""
    for name, setting in {"plain": "", "text spacing": TEXT_SPACING}.items():
        page.evaluate(setting)
        assert page.evaluate(STICKING_OUT) == [], name
        assert page.evaluate(CUT_OR_COVERED) == [], name
    page.evaluate("document.adoptedStyleSheets = []")
    page.set_viewport_size({"width": 360, "height": 640})
    page.evaluate(TWICE_THE_TEXT)
    assert page.evaluate(STICKING_OUT) == [], "text at 200 %"
    assert page.evaluate(CUT_OR_COVERED) == [], "text at 200 %"


def assert_touchable(page: Page, place: str = "body") -> None:
    """Every target but links in running text is 48 px high, the smallest that thumbs hit."""
    height: int = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": 360, "height": height + 40})
    assert page.evaluate(TOO_SMALL, [SMALLEST_TARGET, place]) == []


@pytest.mark.parametrize("assertion", [assert_fits, assert_touchable])
@pytest.mark.parametrize("kind", PAGE_TYPES)
def test_page_type(kind: str, assertion: Callable[[Page], None], page: Page, site_url: str) -> None:
    page.goto(site_url + PAGE_TYPES[kind])
    page.evaluate(OPEN_ALL)
    assertion(page)


@pytest.mark.parametrize("assertion", [assert_fits, assert_touchable])
@pytest.mark.parametrize("words", SEARCHES)
def test_search_results(words: str, assertion: Callable[[Page], None], page: Page, site_url: str) -> None:
    page.goto(site_url)
    page.get_by_role("searchbox").press_sequentially(words)
    page.locator(".search-result, .search-none:visible").first.wait_for()
    assertion(page)


def test_menu(page: Page, site_url: str) -> None:
    page.goto(site_url)
    page.locator("header summary").click()
    assert page.evaluate(STICKING_OUT) == []
    assert_touchable(page, "header")


@pytest.mark.parametrize(
    ("script", "style"),
    [
        (STICKING_OUT, "width: 400px"),
        (CUT_OR_COVERED, "height: 20px; overflow: hidden"),
        (CUT_OR_COVERED, "margin-bottom: -20px"),
        (TOO_SMALL, ""),
    ],
)
def test_the_scripts_find_what_they_look_for(script: str, style: str, page: Page) -> None:
    page.set_content(
        f"<p style='{style}'>satu dua tiga empat lima enam tujuh delapan sembilan</p><div><a href=''>x</a></div>"
    )
    assert page.evaluate(script, [SMALLEST_TARGET, "body"]) != []
