"""The search form as people use it: by touch, by keys, on a bad network, read aloud."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

INDEX_FILE = re.compile(r"/search/index\.json")
SUKARAJA = ["Pangkalan Lampam", "Pedamaran", "Sirah Pulau Padang"]
COUNT_SPOKEN = """() => {
    window.spoken = [];
    const status = document.querySelector("[role=status]");
    new MutationObserver(() => spoken.push(status.textContent)).observe(status, {childList: true});
}"""


@pytest.fixture
def home(browser_page: Page, site_url: str) -> Page:
    """The home page on a phone."""
    browser_page.set_viewport_size({"width": 360, "height": 640})
    browser_page.goto(f"{site_url.rstrip('/')}/index.html")
    return browser_page


def field(page: Page) -> Any:
    return page.get_by_label("Nama desa atau kelurahan")


def links(page: Page) -> Any:
    return page.locator(".search-results a")


def active(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent"))


def test_row_tells_kind_kecamatan_and_number_of_tps(home: Page) -> None:
    field(home).fill("jua jua")
    expect(links(home)).to_have_text(["Jua-jua"])
    expect(home.locator(".search-meta")).to_have_text(re.compile(r"^Kelurahan · Kec\. Kayu Agung · \d+\sTPS"))
    expect(home.locator(".search-name mark")).to_have_text("Jua-jua")
    expect(home.get_by_text("Desa saya tidak ada di daftar ini")).to_be_visible()


def test_namesakes_are_a_group_whose_links_say_the_kecamatan(home: Page) -> None:
    field(home).fill("sukaraja")
    expect(home.locator(".search-group-title")).to_have_text("Ada 3 Sukaraja. Lihat kecamatannya.")
    expect(home.locator(".search-group .search-meta b")).to_have_text(SUKARAJA)
    for name in SUKARAJA:
        expect(home.get_by_role("link", name=f"Sukaraja Desa · Kec. {name}")).to_have_count(1)


def test_cut_list_says_so(home: Page) -> None:
    field(home).fill("suka")
    status = home.locator(".search-status").first
    expect(status).to_have_text(re.compile(r"^[5-8] dari 18 desa\. Ketik lebih lengkap\.$"))
    expect(links(home)).to_have_count(int(status.inner_text().split()[0]))


def test_one_message_is_spoken_after_typing(home: Page) -> None:
    field(home).focus()
    home.evaluate(COUNT_SPOKEN)
    field(home).press_sequentially("sukaraja", delay=20)
    expect(home.locator("[role=status]")).to_have_text("3 desa ditemukan.")
    assert home.evaluate("spoken") == ["3 desa ditemukan."]


def test_keys(home: Page) -> None:
    field(home).fill("sukaraja")
    expect(links(home)).to_have_count(3)
    reached = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown", "Escape"):
        home.keyboard.press(key)
        reached.append(active(home).removeprefix("search-link-"))
    assert reached == ["1", "2", "1", "q", "1", "2", "q"]
    expect(field(home)).to_have_value("sukaraja")


def test_enter_opens_a_single_exact_match(home: Page) -> None:
    field(home).fill("jua jua")
    field(home).press("Enter")
    expect(home).to_have_url(re.compile(r"/kayu-agung/jua-jua\.html$"))


def test_enter_before_the_index_is_there_opens_too(home: Page) -> None:
    home.route(INDEX_FILE, delayed)
    field(home).fill("jua jua tps 1")
    field(home).press("Enter")
    expect(home).to_have_url(re.compile(r"/kayu-agung/jua-jua/tps-1\.html$"))


def test_enter_stays_when_there_is_doubt(home: Page) -> None:
    address = home.url
    field(home).fill("sukaraja")
    field(home).press("Enter")
    expect(home.locator("[role=status]")).to_have_text("3 desa ditemukan.")
    assert home.url == address


def test_enter_with_too_little_says_what_to_do(home: Page) -> None:
    field(home).fill("tps 3")
    field(home).press("Enter")
    expect(home.locator("[role=status]")).to_have_text("Ketik paling sedikit dua huruf nama desa.")


def test_none_has_ways_on(home: Page) -> None:
    field(home).fill("sukaraya tps 3")
    expect(home.locator(".search-status").first).to_have_text("Tidak ada desa bernama “sukaraya”.")
    none = home.locator(".search-none:visible")
    expect(none.get_by_role("link")).to_have_text(["Pilih dari daftar kecamatan", "Tanya kantor KPU"])
    expect(links(home)).to_have_count(0)
    field(home).press("ArrowDown")
    assert active(home) == "Pilih dari daftar kecamatan"


def test_nothing_is_shown_for_an_empty_field(home: Page) -> None:
    field(home).fill("jua jua")
    expect(links(home)).to_have_count(1)
    field(home).fill("")
    expect(home.locator(".search-results, .search-none, [data-part=onward]").locator("visible=true")).to_have_count(0)
    expect(home.locator(".search-status").first).to_have_text("")


def delayed(route: Route) -> None:
    route.request.frame.page.wait_for_timeout(400)
    route.continue_()


def test_index_is_loaded_on_focus_and_typed_text_is_not_lost(browser_page: Page, site_url: str) -> None:
    asked: list[str] = []
    browser_page.on("request", lambda request: asked.append(request.url))
    browser_page.route(INDEX_FILE, delayed)
    browser_page.goto(f"{site_url.rstrip('/')}/index.html")
    assert not [url for url in asked if INDEX_FILE.search(url)]
    field(browser_page).fill("jua jua")
    expect(browser_page.locator(".search-status").first).to_have_text("Daftar desa sedang dimuat …")
    expect(links(browser_page)).to_have_text(["Jua-jua"])
    assert len([url for url in asked if INDEX_FILE.search(url)]) == 1


def test_failure_leads_to_the_list_and_the_next_key_tries_again(home: Page) -> None:
    home.route(INDEX_FILE, lambda route: route.abort())
    field(home).fill("jua ju")
    expect(home.locator(".search-status").first).to_have_text("Daftar desa tidak dapat dimuat.")
    expect(home.locator(".search-none:visible").get_by_role("link")).to_have_text(["Pilih dari daftar kecamatan"])
    home.unroute(INDEX_FILE)
    field(home).press_sequentially("a")
    expect(links(home)).to_have_text(["Jua-jua"])


def test_unknown_format_is_a_failure(home: Page) -> None:
    home.route(INDEX_FILE, lambda route: route.fulfill(json={"format": 99, "path": "", "kecamatan": []}))
    field(home).fill("jua jua")
    expect(home.locator(".search-status").first).to_have_text("Daftar desa tidak dapat dimuat.")


def test_names_are_text_never_markup(home: Page) -> None:
    name = "Suka<img src=x onerror=alert(1)>"
    index = {"format": 1, "path": "e/", "kecamatan": [[name, [[name, 1, 0, [name]]]]]}
    home.route(INDEX_FILE, lambda route: route.fulfill(body=json.dumps(index), content_type="application/json"))
    field(home).fill("suka")
    expect(links(home).first).to_have_text(name)
    expect(home.locator(".search-results img")).to_have_count(0)


def test_query_of_the_address_is_searched(browser_page: Page, site_url: str) -> None:
    browser_page.goto(f"{site_url.rstrip('/')}/cek-tps.html?q=jua+jua")
    expect(links(browser_page)).to_have_text(["Jua-jua"])
    expect(field(browser_page)).to_have_value("jua jua")


def test_results_push_the_page_down(home: Page) -> None:
    following = home.locator(".side")
    before = following.evaluate("element => element.getBoundingClientRect().top + scrollY")
    field(home).fill("sukaraja")
    expect(links(home)).to_have_count(3)
    after = following.evaluate("element => element.getBoundingClientRect().top + scrollY")
    assert after > before + 3 * 64


def test_focus_leaves_the_screen_to_the_results(home: Page) -> None:
    field(home).focus()
    assert home.locator(".search-label").evaluate("label => label.getBoundingClientRect().top") < 16
