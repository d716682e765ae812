"""Pages that were built before a vote and are read after it: only the reader's clock can tell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from sitegen.cli import main
from tests.host import AT_ONCE
from tests.support import before_the_vote, mini
from tools.browsing import phone
from tools.pages_server import serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

TPS = "pilkada-2024/kayu-agung/jua-jua/tps-1.html"
PAGES = {
    "jadwal.html": "Rabu",
    "pilkada-2024/kayu-agung/jua-jua.html": "27 November 2024",
    TPS: "27 November 2024",
    "berita.html": "27 November 2024",
}


@pytest.fixture(scope="module")
def eve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small site as it was published on the eve of the vote."""
    folder = tmp_path_factory.mktemp("eve")
    site = mini(folder / "site")
    before_the_vote(site)
    published(site, folder / "out")
    with serve(folder / "out") as url:
        yield url


def published(site: Path, out: Path) -> None:
    paths = ["--config", str(site / "site_config.yaml"), "--content", str(site / "content")]
    assert main([*paths, "--out", str(out), "--jobs", "1"]) == 0


def shown(page: Page, text: str) -> int:
    return page.locator(f"text={text} >> visible=true").count()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("now", "is_over"),
    [
        ("2024-11-26T20:00:00+07:00", False),
        ("2024-11-27T23:59:59+07:00", False),
        ("2024-11-28T00:00:00+07:00", True),
        ("2026-01-01T00:00:00+07:00", True),
    ],
)
def test_the_readers_clock_tells_that_the_vote_is_over(
    path: str, now: str, is_over: bool, browser_page: Page, eve: str
) -> None:
    browser_page.clock.set_fixed_time(now)
    browser_page.goto(eve + path)
    if path != "pilkada-2024/kayu-agung/jua-jua.html":  # its day stands on paper alone
        assert (shown(browser_page, "Sudah lewat") > 0) == is_over
    if path == "jadwal.html":
        assert (shown(browser_page, "Berikutnya") > 0) == (not is_over)


def test_home_learns_it_with_the_scripts_that_come_later(browser_page: Page, eve: str) -> None:
    browser_page.goto(eve)
    browser_page.get_by_text("Sudah lewat").wait_for(state="visible", timeout=15_000)


@pytest.mark.parametrize(
    ("now", "is_over"), [("2024-12-01T23:59:59+07:00", False), ("2024-12-02T00:00:00+07:00", True)]
)
def test_the_notice_of_home_is_over_with_the_last_vote_that_it_tells_of(
    now: str, is_over: bool, tmp_path: Path, browser_page: Page
) -> None:
    published(mini(tmp_path / "site"), tmp_path / "out")
    with serve(tmp_path / "out") as url:
        browser_page.clock.set_fixed_time(now)
        browser_page.add_init_script(AT_ONCE)
        browser_page.goto(url)
        notice = browser_page.locator(".notice")
        expect(notice).to_contain_text("memilih lagi 1 Des 2024")
        browser_page.wait_for_load_state("networkidle")  # the script that asks the clock comes later
        expect(notice.get_by_text("Sudah lewat")).to_be_visible(visible=is_over)


@pytest.mark.parametrize("path", ["index.html", *PAGES])
def test_without_a_script_nothing_is_claimed_about_today(path: str, browser: Browser, eve: str) -> None:
    with phone(browser, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(eve + path)
        assert shown(page, "Sudah lewat") == shown(page, "Berikutnya") == 0
