"""Pages of a past election as a voter meets them behind an old link or a printed code."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from sitegen.cli import main
from tests.browser.test_axe import SCHEMES, violations
from tests.support import make_next_current, mini
from tools.browsing import STICKING_OUT, phone
from tools.pages_server import serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAST = {
    "kecamatan": "pilkada-2024/kayu-agung.html",
    "desa": "pilkada-2024/kayu-agung/celikah.html",
    "tps": "pilkada-2024/kayu-agung/jua-jua/tps-2.html",
    "tps that voted again": "pilkada-2024/pedamaran/sukaraja/tps-1.html",
    "desa now": "pilkada-2029/kayu-agung/celikah.html",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small site after its next election became the current one; one kecamatan is no more."""
    site = mini(tmp_path_factory.mktemp("past"))
    make_next_current(site)
    shutil.copytree(site / "content/regions", site / "content/elections/pilkada-2024/regions")
    (site / "content/regions/pedamaran.yaml").unlink()
    shutil.rmtree(site / "content/elections/pilkada-2029/tps/pedamaran")
    options = ["--config", str(site / "site_config.yaml"), "--content", str(site / "content")]
    out: Path = site / "_site"
    assert main([*options, "--out", str(out), "--jobs", "1"]) == 0
    with serve(out) as url:
        yield url


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("kind", PAST)
def test_pages_of_a_past_election_are_accessible(kind: str, scheme: str, browser: Browser, address: str) -> None:
    with phone(browser, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(address + PAST[kind])
        assert violations(page) == []
        assert page.evaluate(STICKING_OUT) == []
        assert page.evaluate("watched.violations") == []


def test_an_old_link_leads_to_the_current_election_in_one_tap(browser_page: Page, address: str) -> None:
    browser_page.goto(address + PAST["tps"])
    browser_page.get_by_role("link", name="Kelurahan Jua-jua sekarang").click()
    expect(browser_page).to_have_url(f"{address}pilkada-2029/kayu-agung/jua-jua.html")
    browser_page.goto(address + PAST["tps that voted again"])
    browser_page.get_by_role("link", name="Desa Sukaraja sekarang").click()
    expect(browser_page).to_have_url(f"{address}cek-tps.html")


def test_the_search_finds_the_current_election(browser_page: Page, address: str) -> None:
    browser_page.goto(address)
    browser_page.get_by_role("searchbox").press_sequentially("celikah")
    found = browser_page.locator(".search-link")
    expect(found).to_have_count(1)
    found.click()
    expect(browser_page).to_have_url(f"{address}pilkada-2029/kayu-agung/celikah.html")
