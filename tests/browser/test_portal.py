"""The search of a portal in a browser: it finds villages of every site and leads to the right one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from sitegen.portal import build_portal
from tests.support import portal_folder
from tools.browsing import STICKING_OUT
from tools.pages_server import serve

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = ["index.html", "cek-tps.html", "tentang.html", "404.html"]
CELIKAH = "pilkada-2024/kayu-agung/celikah.html"


@pytest.fixture(scope="module")
def portal_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a portal above two small sites, which are not on this server."""
    folder = portal_folder(tmp_path_factory.mktemp("portal"))
    build_portal(folder / "portal.yaml", folder / "_portal")
    with serve(folder / "_portal") as url:
        yield url.rstrip("/")


@pytest.fixture
def home(browser_page: Page, portal_url: str) -> Page:
    """The portal's home on a phone."""
    browser_page.goto(f"{portal_url}/index.html")
    return browser_page


def field(page: Page) -> Any:
    return page.get_by_label("Nama desa atau kelurahan")


def hrefs(page: Page) -> list[str]:
    return [str(link.get_attribute("href")) for link in page.locator(".search-link").all()]


def test_a_village_of_either_site_is_found(home: Page) -> None:
    field(home).fill("celikah")
    row = home.locator(".search-link").first
    expect(row).to_have_text(re.compile(r"^Celikah Desa · Kec\. Kayu Agung, Kabupaten Contoh · 1\sTPS"))
    assert hrefs(home)[0] == f"https://satu.example/{CELIKAH}"
    field(home).fill("cempaka")
    expect(row).to_have_text(re.compile(r"^Cempaka Desa · Kec\. Kayu Agung, Kota Contoh · 1\sTPS"))
    assert hrefs(home) == [f"https://dua.example/kota/{CELIKAH}"]


def test_namesakes_of_two_sites_are_told_apart(home: Page) -> None:
    field(home).fill("jua jua tps 1")
    expect(home.locator(".search-group > p")).to_have_text("Ada 2 Jua-jua. Lihat kecamatannya.")
    expect(home.locator(".search-group span b")).to_have_text(
        ["Kayu Agung, Kota Contoh", "Kayu Agung, Kabupaten Contoh"]
    )
    assert all(href.endswith("/pilkada-2024/kayu-agung/jua-jua/tps-1.html") for href in hrefs(home))


@pytest.mark.parametrize("opens", ["Enter", "a tap"])
def test_the_reader_arrives_at_the_other_site(home: Page, opens: str) -> None:
    def answer(route: Route) -> None:
        route.fulfill(body="<h1>Cempaka</h1>", content_type="text/html")

    home.route("https://dua.example/**", answer)
    field(home).fill("cempaka")
    expect(home.locator(".search-link")).to_have_count(1)
    if opens == "Enter":
        field(home).press("Enter")
    else:
        home.locator(".search-link").click()
    home.wait_for_url(f"https://dua.example/kota/{CELIKAH}")


def test_without_javascript_the_form_opens_the_list(browser: Any, portal_url: str) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640}) as context:
        page = context.new_page()
        page.goto(f"{portal_url}/index.html")
        field(page).fill("cempaka")
        page.get_by_role("button", name="Cari").click()
        page.wait_for_url(f"{portal_url}/cek-tps.html?q=cempaka")
        expect(page.get_by_role("link", name="Kota Contoh")).to_have_attribute(
            "href", "https://dua.example/kota/cek-tps.html"
        )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_are_accessible_and_fit(browser_page: Page, portal_url: str, path: str, scheme: Any) -> None:
    faults: list[str] = []
    browser_page.on("console", lambda message: faults.append(message.text))
    browser_page.on("pageerror", lambda error: faults.append(str(error)))
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.goto(f"{portal_url}/{path}")
    assert browser_page.evaluate(STICKING_OUT) == []
    browser_page.evaluate(AXE)
    found = browser_page.evaluate("tags => axe.run({runOnly: tags}).then((found) => found.violations)", RULES)
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
    assert faults == []
