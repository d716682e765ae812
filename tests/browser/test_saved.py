"""Villages that a reader saves: on this device only, first on home, gone with one tap."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.test_axe import SCHEMES, violations
from tests.host import NEVER, Host, hosted, is_kept, settle, wait
from tests.support import JUA_JUA, edit
from tools.browsing import sticking_out

pytestmark = pytest.mark.browser

JUA = "pilkada-2024/kayu-agung/jua-jua.html"
SUKARAJA = "pilkada-2024/pedamaran/sukaraja.html"
NEW_PLACE = "url => caches.match(url).then(found => found.text()).then(text => text.includes('Gedung Baru'))"
FORBIDDEN = (
    """Object.defineProperty(window, "localStorage", {get() { throw new DOMException("no", "SecurityError") }})"""
)
FULL = """Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError") }"""


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """The small site on its host."""
    with hosted(tmp_path) as found:
        yield found


@pytest.fixture
def reader(browser_page: Page) -> Iterator[Page]:
    """A reader; nothing may fail in the scripts."""
    errors: list[str] = []
    browser_page.on("pageerror", lambda error: errors.append(str(error)))
    yield browser_page
    assert errors == []


def button(page: Page) -> Locator:
    return page.locator("[data-save] button")


def save(page: Page, url: str) -> None:
    page.goto(url)
    button(page).click()
    expect(button(page)).to_have_text("Hapus dari simpanan", use_inner_text=True)


def rows(page: Page) -> Locator:
    return page.locator("[data-saved] li")


def stored(page: Page) -> Any:
    return page.evaluate("Object.values(localStorage).map(value => JSON.parse(value))")


def store(page: Page, host: Host, value: str) -> None:
    page.goto(f"{host.url}jadwal.html")
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [f"papan-tps {host.url}", value])


def test_a_saved_village_stands_on_home_until_it_is_removed(reader: Page, host: Host) -> None:
    reader.goto(host.url)
    expect(rows(reader)).to_have_count(0)
    expect(reader.get_by_text("Desa yang Anda simpan")).to_be_hidden()
    save(reader, host.url + JUA)
    expect(reader.locator("[data-save] [role=status]")).to_have_text(
        "Tersimpan. Tampil di beranda perangkat ini.", use_inner_text=True
    )
    save(reader, host.url + SUKARAJA.removesuffix(".html"))
    assert stored(reader) == [[[SUKARAJA, "Sukaraja", "Pedamaran"], [JUA, "Jua-jua", "Kayu Agung"]]]
    reader.goto(f"{host.url}index.html")
    expect(rows(reader).locator("a")).to_have_text(["Sukaraja", "Jua-jua"])
    expect(rows(reader).locator(".meta")).to_have_text(["Kec. Pedamaran", "Kec. Kayu Agung"])
    reader.get_by_role("button", name="Hapus Sukaraja, Pedamaran").click()
    expect(rows(reader).locator("a")).to_have_text(["Jua-jua"])
    assert reader.evaluate("document.activeElement.textContent") == "Hapus Jua-jua, Kayu Agung"
    rows(reader).locator("a").click()
    expect(reader).to_have_url(host.url + JUA)
    button(reader).click()
    expect(button(reader)).to_have_text("Simpan kelurahan ini", use_inner_text=True)
    assert stored(reader) == []
    reader.go_back()
    expect(reader.get_by_text("Desa yang Anda simpan")).to_be_hidden()


def test_home_shows_it_before_the_time_of_what_comes_later(reader: Page, host: Host) -> None:
    reader.add_init_script(NEVER)
    save(reader, host.url + JUA)
    reader.goto(host.url)
    expect(rows(reader)).to_have_count(1)


def test_home_follows_when_it_is_shown_again(reader: Page, host: Host) -> None:
    save(reader, host.url + JUA)
    reader.goto(host.url)
    expect(rows(reader)).to_have_count(1)
    # As after the browser's Back, which may bring home back as it was.
    reader.evaluate("localStorage.clear(); dispatchEvent(new Event('pageshow'))")
    expect(rows(reader)).to_have_count(0)


def test_nothing_leaves_the_device(reader: Page, host: Host) -> None:
    reader.goto(host.url + JUA)
    settle(reader, host)
    host.log.clear()
    button(reader).click()
    is_kept(reader, host.url + JUA.replace(".html", "/tps-2.html"))
    assert {path for path in host.asked() if path != "sw.js"} <= {
        JUA,
        *(JUA.replace(".html", f"/tps-{n}.html") for n in (1, 2)),
    }
    assert {answer.path for answer in host.log if "?" in answer.path} == set()
    assert reader.context.cookies() == []


def test_a_saved_village_and_its_tps_stay_without_a_network(reader: Page, host: Host) -> None:
    save(reader, host.url + JUA)
    settle(reader, host)
    is_kept(reader, f"{host.url}{JUA}?saved")
    host.is_away = True
    for number in (1, 2):
        reader.goto(host.url + JUA.replace(".html", f"/tps-{number}.html"))
        expect(reader.locator(".board-number")).to_have_text(f"TPS {number}")


def test_a_new_publication_renews_it_without_opening_it(reader: Page, host: Host) -> None:
    save(reader, host.url + JUA)
    settle(reader, host)
    is_kept(reader, f"{host.url}{JUA}?saved")
    edit(host.site / JUA_JUA, "SDN 1 Jua-jua", "Gedung Baru")
    host.publish()
    reader.goto(f"{host.url}jadwal.html")
    wait(reader, NEW_PLACE, host.url + JUA.replace(".html", "/tps-2.html"))


@pytest.mark.parametrize(
    "garbage",
    [
        "",
        "{",
        "null",
        "7",
        '"abc"',
        "{}",
        json.dumps([None, 7, "abc", {}, [], [JUA], [JUA, "x"]]),
        json.dumps(
            [["javascript:alert(1)", "x", "y"], ["https://evil.example/a/b.html", "x", "y"], ["../../x.html", "x", "y"]]
        ),
    ],
)
def test_garbage_in_the_storage_counts_as_nothing(reader: Page, host: Host, garbage: str) -> None:
    store(reader, host, garbage)
    reader.goto(host.url)
    expect(rows(reader)).to_have_count(0)
    save(reader, host.url + JUA)
    reader.goto(host.url)
    expect(rows(reader).locator("a")).to_have_text(["Jua-jua"])


def test_names_are_text_never_markup(reader: Page, host: Host) -> None:
    name = "<img src=x onerror=alert(1)>"
    store(reader, host, json.dumps([[JUA, name, name]]))
    reader.goto(host.url)
    expect(rows(reader).locator("a")).to_have_text(name)
    expect(reader.locator("[data-saved] img")).to_have_count(0)


def test_a_browser_that_forbids_storage_shows_no_button(reader: Page, host: Host) -> None:
    reader.add_init_script(FORBIDDEN)
    reader.goto(host.url + JUA, wait_until="networkidle")
    expect(button(reader)).to_be_hidden()
    reader.goto(host.url, wait_until="networkidle")
    expect(rows(reader)).to_have_count(0)
    reader.get_by_role("searchbox").fill("jua jua")
    expect(reader.locator(".search-link > b")).to_have_text("Jua-jua")


def test_a_full_device_says_so(reader: Page, host: Host) -> None:
    reader.add_init_script(FULL)
    reader.goto(host.url + JUA)
    button(reader).click()
    expect(reader.locator("[data-save] [role=status]")).to_have_text(
        "Tidak dapat disimpan di perangkat ini.", use_inner_text=True
    )
    expect(button(reader)).to_have_text("Simpan kelurahan ini", use_inner_text=True)


def test_without_javascript_there_is_no_button(browser: Browser, host: Host) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(host.url + JUA)
    expect(button(page)).to_be_hidden()
    page.goto(host.url)
    expect(page.get_by_text("Desa yang Anda simpan")).to_be_hidden()
    context.close()


def test_it_works_from_a_folder(reader: Page, host: Host) -> None:
    save(reader, (host.out / JUA).as_uri())
    reader.goto((host.out / "index.html").as_uri())
    rows(reader).locator("a").click()
    expect(reader.locator("h1")).to_have_text("Kelurahan Jua-jua")


@pytest.fixture(params=SCHEMES)
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """A phone in a light or dark scheme."""
    made = browser.new_context(
        viewport={"width": 360, "height": 640}, color_scheme=request.param, locale="id-ID", reduced_motion="reduce"
    )
    yield made
    made.close()


def test_button_and_list_are_accessible_and_fit(context: BrowserContext, host: Host) -> None:
    page = context.new_page()
    page.goto(host.url + JUA)
    assert violations(page) == []
    save(page, host.url + JUA)
    assert violations(page) == []
    page.goto(host.url)
    expect(rows(page)).to_have_count(1)
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert sticking_out(page) == []
    size = rows(page).get_by_role("button").bounding_box()
    assert size is not None
    assert size["height"] >= 48
