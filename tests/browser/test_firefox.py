"""A second engine: Firefox goes from home to a TPS, on a web server and from a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.browsing import KAYU_AGUNG
from tools.firefox import Firefox, find_firefox, firefox

pytestmark = pytest.mark.browser

STRIPES = "getComputedStyle(document.querySelector('.strip')).backgroundImage"
WIDER_THAN_THE_WINDOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def window() -> Iterator[Firefox]:
    """Firefox. Where none is installed the tests are skipped, but on CI they fail."""
    path = find_firefox()
    if path is None:
        missing = "no Firefox found; install it or set FIREFOX to its path"
        if os.environ.get("CI", "").lower() in {"true", "1"}:
            pytest.fail(missing, pytrace=False)
        pytest.skip(missing)
    with firefox(path) as running:
        yield running


@pytest.fixture(params=["http", "file"])
def start(request: pytest.FixtureRequest, site_url: str, built_site: Path) -> str:
    """The address of home."""
    return f"{site_url}index.html" if request.param == "http" else (built_site / "index.html").as_uri()


def assert_page_is_whole(window: Firefox) -> None:
    assert "gradient" in window.evaluate(STRIPES)
    assert window.evaluate(WIDER_THAN_THE_WINDOW) == 0


def test_from_home_through_the_search_to_a_tps(window: Firefox, start: str) -> None:
    window.open(start)
    assert_page_is_whole(window)
    window.type("#q", "jua jua")
    window.click(".search-link")
    window.wait_for_url(f"{KAYU_AGUNG}/jua-jua.html")
    assert_page_is_whole(window)
    window.click(".tps-card a")
    window.wait_for_url(f"{KAYU_AGUNG}/jua-jua/tps-1.html")
    assert_page_is_whole(window)
    assert window.evaluate("document.querySelector('h1').innerText").startswith("TPS 1")


def test_from_home_through_the_list_to_a_tps(window: Firefox, start: str) -> None:
    window.open(start)
    window.click("[data-part=list]")
    window.wait_for_url("cek-tps.html")
    window.click("main a[href$='kayu-agung.html']")
    window.wait_for_url(f"{KAYU_AGUNG}.html")
    window.click("main a[href$='/cintaraja.html']")
    window.wait_for_url(f"{KAYU_AGUNG}/cintaraja.html")
    assert_page_is_whole(window)
