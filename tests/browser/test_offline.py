"""Without a network, with a bad one, and after a new publication."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from sitegen.output.assets import version
from tests.browser.test_axe import SCHEMES, Watched, violations
from tests.host import AT_ONCE, LATE, Host, hosted, is_kept, settle, wait
from tests.support import JUA_JUA, MOVED, edit, snapshot
from tools.browsing import sticking_out

pytestmark = pytest.mark.browser

VILLAGE = "pilkada-2024/kayu-agung/jua-jua.html"
TPS = "pilkada-2024/kayu-agung/jua-jua/tps-2.html"
OTHER = "pilkada-2024/pedamaran/sukaraja.html"
DATE = "Data per 26 November 2024, 18.00 WIB."
OFFLINE = f"Anda luring. {DATE} Coba lagi"
SLOW = f"Jaringan lambat. {DATE} Coba lagi"
NOT_HERE = "Halaman ini belum ada di perangkat Anda"
NAMES = "caches.keys().then(names => names.length)"
NOBODY = "navigator.serviceWorker.getRegistrations().then(all => all.length == 0)"


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """The small site on its host."""
    with hosted(tmp_path) as found:
        yield found


@pytest.fixture
def reader(host: Host, browser_page: Page) -> Page:
    """Somebody who searched on home, opened a village and a TPS, and has a worker."""
    browser_page.add_init_script(AT_ONCE)
    browser_page.goto(host.url)
    browser_page.get_by_role("searchbox").fill("jua jua")
    expect(browser_page.locator(".search-link > b")).to_have_text("Jua-jua")
    settle(browser_page, host)
    for path in (VILLAGE, TPS):
        browser_page.goto(host.url + path)
        is_kept(browser_page, host.url + path)
    return browser_page


def bar(page: Page) -> str:
    """What the bar says; nothing if it is hidden."""
    found = page.locator(".copy")
    return found.inner_text() if found.is_visible() else ""


def title(page: Page) -> str:
    return page.locator("h1").inner_text()


def has_style(page: Page) -> bool:
    return bool(page.evaluate("getComputedStyle(document.querySelector('.strip')).backgroundImage != 'none'"))


def forget_http_cache(page: Page) -> None:
    """What ten minutes do to the browser's own cache; the worker's copies stay."""
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")


def second_publication(host: Host) -> None:
    """TPS 2 moves, Celikah gets another name, and every page another style."""
    edit(
        host.site / JUA_JUA,
        "    place: SDN 1 Jua-jua (contoh)\n",
        MOVED,
    )
    edit(host.site / "content/regions/kayu-agung.yaml", "name: Celikah", "name: Celikah Baru\n    slug: celikah")
    host.publish()
    rescript(host)


def rescript(host: Host) -> None:
    """What a new script of the generator would do: other bytes, other address, other worker."""
    script = host.out / "static/page.js"
    old = f"page.js?v={version(script.read_bytes())}"
    script.write_text(script.read_text("utf-8") + ";document.documentElement.lang = 'x-new'", "utf-8")
    for path, data in snapshot(host.out).items():
        new = data.replace(old.encode(), f"page.js?v={version(script.read_bytes())}".encode())
        if path == "sw.js":
            new += b"//"
        (host.out / path).write_bytes(new)


def switch_off(host: Host) -> None:
    edit(host.site / "site_config.yaml", "data_status", "offline: false\ndata_status")
    host.publish()


# Without a network


@pytest.mark.parametrize("address", ["", "index.html"])
def test_home_and_its_search_stay(reader: Page, host: Host, address: str) -> None:
    host.is_away = True
    reader.goto(host.url + address)
    assert bar(reader) == OFFLINE
    reader.get_by_role("searchbox").fill("celikah tps 1")
    expect(reader.locator(".search-link > b")).to_have_text("TPS 1 Celikah")
    reader.reload()
    assert bar(reader) == OFFLINE


@pytest.mark.parametrize(
    "path", [VILLAGE, TPS, VILLAGE.removesuffix(".html"), "cara-memilih.html", "cek-tps.html?q=jua"]
)
def test_what_was_opened_guides_and_list_stay(reader: Page, host: Host, path: str) -> None:
    host.is_away = True
    reader.goto(host.url + path)
    assert bar(reader) == OFFLINE
    assert title(reader) != NOT_HERE
    assert has_style(reader)


def test_a_page_that_was_never_opened_says_what_is_there(reader: Page, host: Host) -> None:
    host.is_away = True
    answer = reader.goto(host.url + OTHER)
    assert answer is not None
    assert answer.status == 503
    assert title(reader) == NOT_HERE
    assert has_style(reader)
    assert bar(reader) == ""
    host.is_away = False
    reader.get_by_role("link", name="Coba lagi").click()
    expect(reader.locator("h1")).to_have_text("Desa Sukaraja")
    host.is_away = True
    reader.goto(host.url + OTHER.replace(".html", "/tps-1.html"))
    reader.get_by_role("link", name="Ke beranda").click()
    expect(reader).to_have_url(f"{host.url}index.html")
    assert bar(reader) == OFFLINE


def test_the_very_first_page_stays_too(browser_page: Page, host: Host) -> None:
    browser_page.goto(host.url + VILLAGE)
    settle(browser_page, host)
    host.is_away = True
    browser_page.reload()
    assert title(browser_page) == "Kelurahan Jua-jua"
    assert bar(browser_page) == OFFLINE
    browser_page.goto(host.url)
    browser_page.get_by_role("searchbox").fill("sukaraja")
    expect(browser_page.locator(".search-link > b")).to_have_text("Sukaraja")


def test_with_a_network_there_is_no_bar(reader: Page, host: Host) -> None:
    for path in ("", VILLAGE, "cara-memilih.html"):
        reader.goto(host.url + path)
        assert bar(reader) == ""


def test_each_language_has_its_own_words(host: Host, browser_page: Page) -> None:
    edit(host.site / "site_config.yaml", "data_status", "languages: [id, en]\ndata_status")
    host.publish()
    browser_page.add_init_script(AT_ONCE)
    browser_page.goto(f"{host.url}en/")
    browser_page.get_by_role("searchbox").fill("jua jua")
    settle(browser_page, host)
    host.is_away = True
    browser_page.reload()
    assert bar(browser_page).startswith("You are offline. Data as of")
    browser_page.goto(f"{host.url}en/{VILLAGE}")
    assert title(browser_page) == "This page is not on your device yet"
    assert has_style(browser_page)
    browser_page.goto(host.url + VILLAGE)
    assert title(browser_page) == NOT_HERE


# With a bad one


@pytest.mark.parametrize("path", ["", VILLAGE])
def test_a_slow_network_gives_the_copy(reader: Page, host: Host, path: str) -> None:
    host.delay = LATE
    reader.goto(host.url + path)
    assert bar(reader) == SLOW


def test_a_late_answer_is_kept_for_the_next_time(reader: Page, host: Host) -> None:
    second_publication(host)
    host.delay = LATE
    reader.goto(host.url + TPS)
    assert bar(reader) == SLOW
    assert "SDN 1 Jua-jua" in reader.locator("main").inner_text()
    wait(reader, "url => caches.match(url).then(r => r.text()).then(t => t.includes('Gedung Baru'))", host.url + TPS)
    host.is_away, host.delay = True, 0
    reader.get_by_role("link", name="Coba lagi").click()
    expect(reader.locator(".place")).to_have_text("Gedung Baru")
    assert bar(reader) == OFFLINE


def test_without_a_copy_a_slow_network_is_waited_for(reader: Page, host: Host) -> None:
    host.delay = LATE
    reader.goto(host.url + OTHER)
    assert title(reader) == "Desa Sukaraja"
    assert bar(reader) == ""


def test_an_error_of_the_server_gives_the_copy(reader: Page, host: Host) -> None:
    host.is_broken = True
    reader.goto(host.url + VILLAGE)
    assert bar(reader) == SLOW
    reader.goto(host.url + OTHER)
    assert title(reader) == "503"


def test_a_page_that_is_gone_is_forgotten(reader: Page, host: Host) -> None:
    (host.out / TPS).unlink()
    reader.goto(host.url + TPS)
    assert title(reader) == "Halaman ini tidak ada"
    host.is_away = True
    reader.reload()
    assert title(reader) == NOT_HERE


# After a new publication


@pytest.mark.parametrize("path", ["", VILLAGE, TPS])
def test_a_returning_reader_gets_the_new_publication_at_once(reader: Page, host: Host, path: str) -> None:
    second_publication(host)
    reader.goto(host.url + path)
    if path:
        assert "Gedung Baru" in reader.locator("main").inner_text()
        assert reader.evaluate("document.documentElement.lang") == "x-new"
    else:
        assert "TPS 2 Jua-jua" in reader.locator(".notice:visible").inner_text()
        reader.get_by_role("searchbox").fill("celikah")
        expect(reader.locator(".search-link > b")).to_have_text("Celikah Baru")


def test_after_it_home_is_new_and_what_was_opened_stays(reader: Page, host: Host) -> None:
    old = reader.evaluate("caches.keys()")
    second_publication(host)
    reader.goto(f"{host.url}tentang.html")
    wait(reader, "old => caches.keys().then(names => names.length == 2 && names.join() != old.join())", old)
    settle(reader, host)
    forget_http_cache(reader)
    host.is_away = True
    reader.goto(host.url)
    assert "TPS 2 Jua-jua" in reader.locator("main").inner_text()
    reader.get_by_role("searchbox").fill("celikah")
    expect(reader.locator(".search-link > b")).to_have_text("Celikah Baru")
    reader.goto(host.url + TPS)
    assert bar(reader) == OFFLINE
    assert "SDN 1 Jua-jua" in reader.locator("main").inner_text(), "not opened since: the copy is of the first one"
    assert has_style(reader), "it carries its own"


def test_the_switch_takes_everything_back(reader: Page, host: Host) -> None:
    switch_off(host)
    reader.goto(host.url)
    reader.get_by_role("searchbox").fill("jua jua")
    wait(reader, NOBODY)
    reader.goto(host.url + VILLAGE)  # from the browser's own cache, so it still asks for a worker
    assert title(reader) == "Kelurahan Jua-jua"
    assert reader.evaluate("navigator.serviceWorker.controller") is None
    reader.wait_for_load_state("networkidle")
    wait(reader, NOBODY)
    reader.goto(host.url + OTHER)
    wait(reader, f"{NAMES}.then(count => count == 0)")
    assert not (host.out / "luring.html").exists()


def test_what_the_worker_was_fetching_while_it_went_is_deleted_by_the_next_page(reader: Page, host: Host) -> None:
    switch_off(host)
    reader.goto(host.url)
    wait(reader, NOBODY)
    elsewhere = "papan-tps http://127.0.0.1/other/ pages"  # of another site on the same origin
    for name in (f"papan-tps {host.url} pages", elsewhere):
        reader.evaluate("name => caches.open(name)", name)
    reader.goto(host.url + OTHER)
    wait(reader, f"{NAMES}.then(count => count == 1)")
    assert reader.evaluate("caches.keys()") == [elsewhere]


def test_the_worker_goes_even_if_its_file_is_missing(reader: Page, host: Host) -> None:
    switch_off(host)
    (host.out / "sw.js").unlink()
    reader.goto(host.url + VILLAGE)
    wait(reader, NOBODY)


# What it costs


def test_nothing_is_kept_before_the_first_answer(browser_page: Page, host: Host) -> None:
    browser_page.goto(host.url, wait_until="networkidle")
    assert "sw.js" not in host.asked()
    browser_page.get_by_role("searchbox").fill("jua jua")
    settle(browser_page, host)
    asked = host.asked()
    assert asked.index("sw.js") > next(at for at, path in enumerate(asked) if path.startswith("search/"))


def test_without_a_search_it_begins_a_little_later(browser_page: Page, host: Host) -> None:
    browser_page.goto(host.url)
    settle(browser_page, host)


def test_what_the_browser_has_is_not_fetched_again(browser_page: Page, host: Host) -> None:
    browser_page.add_init_script(AT_ONCE)
    browser_page.goto(host.url)
    browser_page.get_by_role("searchbox").fill("jua jua")
    settle(browser_page, host)
    whole = [answer.path for answer in host.log if answer.status == 200]
    assert [path for path in whole if whole.count(path) > 1 or path.endswith("/index.html")] == []


def test_who_saves_data_gets_only_what_home_needs(browser_page: Page, host: Host) -> None:
    browser_page.add_init_script(AT_ONCE)
    browser_page.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    browser_page.goto(host.url)
    browser_page.get_by_role("searchbox").fill("jua jua")
    wait(browser_page, "navigator.serviceWorker.controller !== null")
    browser_page.goto(host.url + VILLAGE, wait_until="networkidle")
    assert not [path for path in host.asked() if path in {"cek-tps.html", "cara-memilih.html"}]
    host.is_away = True
    browser_page.goto(host.url)
    assert bar(browser_page) == OFFLINE


def test_a_download_is_not_kept(reader: Page, host: Host) -> None:
    reader.goto(f"{host.url}data/tps.json")
    assert reader.evaluate("url => caches.match(url).then(Boolean)", f"{host.url}data/tps.json") is False


# Elsewhere


def test_another_site_of_the_same_origin_is_left_alone(reader: Page, host: Host) -> None:
    reader.evaluate(
        "caches.open('papan-tps http://127.0.0.1/other/ x').then(cache => cache.put('/x', new Response('x')))"
    )
    old = reader.evaluate("caches.keys()")
    second_publication(host)
    reader.goto(host.url + VILLAGE)
    wait(reader, "old => caches.keys().then(names => names.length == 3 && names.join() != old.join())", old)
    assert "papan-tps http://127.0.0.1/other/ x" in reader.evaluate("caches.keys()")


def test_from_a_folder_nothing_fails(browser: Browser, host: Host) -> None:
    context = browser.new_context()
    watched = Watched(context.new_page(), "file:")
    for path in ("index.html", VILLAGE, TPS, "cek-tps.html"):
        watched.page.goto((host.out / path).as_uri())
        watched.page.wait_for_load_state("networkidle")
        assert has_style(watched.page)
    context.close()
    assert watched.faults == []


# Accessible


@pytest.fixture(params=SCHEMES)
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """A phone in a light or dark scheme."""
    made = browser.new_context(
        viewport={"width": 360, "height": 640}, color_scheme=request.param, locale="id-ID", reduced_motion="reduce"
    )
    yield made
    made.close()


def test_copies_and_their_bar_are_accessible_and_fit(context: BrowserContext, host: Host) -> None:
    page = context.new_page()
    page.goto(host.url + VILLAGE)
    settle(page, host)
    page.goto(host.url + TPS)
    host.is_away = True
    for path in ("", VILLAGE, TPS, OTHER):
        page.goto(host.url + path)
        assert violations(page) == []
        page.set_viewport_size({"width": 320, "height": 640})
        assert sticking_out(page) == []
        page.set_viewport_size({"width": 360, "height": 640})


def test_the_bar_is_low_and_grows_with_the_text(reader: Page, host: Host) -> None:
    height = "bar => bar.getBoundingClientRect().height"
    host.is_away = True
    reader.goto(host.url + VILLAGE)
    assert reader.locator(".copy").evaluate(height) <= 72
    reader.evaluate("document.documentElement.style.fontSize = '200%'")
    assert reader.locator(".copy").evaluate(height) > 100
    assert reader.locator(".copy").evaluate("bar => bar.scrollWidth <= bar.clientWidth")
