"""The search form as people use it: by touch, by keys, on a bad network, read aloud."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from benchmarks.search.places import summaries
from sitegen.output import search_index
from sitegen.output.publication import write_file
from tools.pages_server import serve

pytestmark = pytest.mark.browser

INDEX_FILE = re.compile(r"/search/\w+\.js")
SUKARAJA = ["Pangkalan Lampam", "Pedamaran", "Sirah Pulau Padang"]
COUNT_SPOKEN = """() => {
    window.spoken = [];
    const status = document.querySelector("[role=status]");
    new MutationObserver(() => spoken.push(status.textContent)).observe(status, {childList: true});
}"""


@pytest.fixture(scope="module")
def cut_site_url(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The OKI site with its search index cut as that of a country is."""
    folder = tmp_path_factory.mktemp("cut")
    for path in ("index.html", "static"):
        (folder / path).symlink_to(built_site / path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_index, "WHOLE", 100)
        patch.setattr(search_index, "ENTRIES", 60)
        index = search_index.search_index(list(summaries("16.02")), ())
    for path, data in index.files.items():
        write_file(folder, path, data)
    html = (built_site / "index.html").read_text("utf-8")
    (folder / "index.html").unlink()
    (folder / "index.html").write_text(re.sub(r"search/\w+\.js", index.root, html), "utf-8")
    with serve(folder) as url:
        yield url


@pytest.fixture
def home(browser_page: Page, site_url: str) -> Page:
    """The home page on a phone."""
    browser_page.set_viewport_size({"width": 360, "height": 640})
    browser_page.goto(f"{site_url.rstrip('/')}/index.html")
    return browser_page


def field(page: Page) -> Any:
    return page.get_by_label("Nama desa atau kelurahan")


def links(page: Page) -> Any:
    return page.locator(".search-link > b")


def active(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.innerText"))


def index_file(url: str, content: str) -> str:
    """A file of the index with this content, as the product writes it."""
    return f'(globalThis.papanData??={{}})["search/{url.rpartition("/")[2]}"]={content}'


def test_row_tells_kind_kecamatan_and_number_of_tps(home: Page) -> None:
    field(home).fill("jua jua")
    expect(links(home)).to_have_text(["Jua-jua"])
    expect(home.locator(".search-link > span")).to_have_text(re.compile(r"^Kelurahan · Kec\. Kayu Agung · \d+\sTPS"))
    expect(home.locator(".search-link mark")).to_have_text("Jua-jua")
    expect(home.get_by_text("Desa saya tidak ada di daftar ini")).to_be_visible()


def test_namesakes_are_a_group_whose_links_say_the_kecamatan(home: Page) -> None:
    field(home).fill("sukaraja")
    expect(home.locator(".search-group > p")).to_have_text("Ada 3 Sukaraja. Lihat kecamatannya.")
    expect(home.locator(".search-group span b")).to_have_text(SUKARAJA)
    for name in SUKARAJA:
        expect(home.get_by_role("link", name=f"Sukaraja Desa · Kec. {name}")).to_have_count(1)


def test_cut_list_says_so(home: Page) -> None:
    field(home).fill("suka")
    status = home.locator(".search-status").first
    expect(status).to_have_text(re.compile(r"^[5-8] dari 18 desa\. Ketik lebih lengkap\.$"))
    folded = home.locator(".search-link[href*='?q=']")
    expect(folded).to_have_text("Suka Mulya Ada 3 Suka Mulya. Lihat kecamatannya.")
    expect(links(home)).to_have_count(int(status.inner_text().split()[0]) + 1)
    folded.click()
    expect(home.locator(".search-group")).to_have_text(re.compile("^Ada 3 Suka Mulya"))


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
        reached.append(next((i for i, name in enumerate(SUKARAJA, 1) if name in active(home)), active(home)))
    assert reached == [1, 2, 1, "q", 1, 2, "q"]
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


@pytest.mark.parametrize("number", ["1602011234567890", "1602 0112 3456 7890 jua jua"])
def test_a_nik_is_not_repeated(number: str, home: Page) -> None:
    field(home).fill(number)
    field(home).press("Enter")
    expect(home.locator("[role=status]")).to_have_text("Tidak perlu NIK. Ketik nama desa.")
    assert not home.locator(".search-ways").is_visible()
    assert home.locator("[data-part=list]").is_visible()
    assert "1602" not in home.locator("main").inner_text()


def test_none_has_ways_on(home: Page) -> None:
    field(home).fill("qwertyuiop tps 3")
    expect(home.locator(".search-status").first).to_have_text("Tidak ada desa bernama “qwertyuiop”.")
    none = home.locator(".search-ways:visible")
    expect(none.get_by_role("link")).to_have_text(["Pilih dari daftar kecamatan", "Tanya kantor KPU"])
    expect(links(home)).to_have_count(0)
    field(home).press("ArrowDown")
    assert active(home) == "Pilih dari daftar kecamatan"


def test_nothing_is_shown_for_an_empty_field(home: Page) -> None:
    field(home).fill("jua jua")
    expect(links(home)).to_have_count(1)
    field(home).fill("")
    expect(home.locator(".search-results, .search-ways, [data-part=onward]").locator("visible=true")).to_have_count(0)
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
    expect(home.locator(".search-ways:visible").get_by_role("link")).to_have_text(
        ["Pilih dari daftar kecamatan", "Tanya kantor KPU"]
    )
    home.unroute(INDEX_FILE)
    field(home).press_sequentially("a")
    expect(links(home)).to_have_text(["Jua-jua"])


def test_names_are_text_never_markup(home: Page) -> None:
    name = "Suka<img src=x onerror=alert(1)>"
    places = f"\t\te/\n\t{name}\n{name}\t1\t\t{name}"
    index = json.dumps({"places": places})
    home.route(INDEX_FILE, lambda route: route.fulfill(body=index_file(route.request.url, index)))
    field(home).fill("suka")
    expect(links(home).first).to_have_text(name)
    expect(home.locator(".search-results img")).to_have_count(0)


def test_query_of_the_address_is_searched(browser_page: Page, site_url: str) -> None:
    browser_page.goto(f"{site_url.rstrip('/')}/cek-tps.html?q=jua+jua")
    expect(links(browser_page)).to_have_text(["Jua-jua"])
    expect(field(browser_page)).to_have_value("jua jua")


def test_without_a_script_the_list_stands_instead_of_a_search_that_answers_nothing(
    browser: Browser, site_url: str, built_site: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url.rstrip('/')}/index.html")
    field(page).fill("sukaraja")
    field(page).press("Enter")
    page.wait_for_url("**/cek-tps.html?q=sukaraja")
    expect(page.get_by_role("search")).to_be_hidden()
    expect(page.get_by_role("main").get_by_role("link", name="Pedamaran", exact=True)).to_be_visible()
    context.close()
    # Chromium shows no <noscript> where a test takes its scripts away.
    sentence = "<noscript><p>Pencarian memerlukan JavaScript. Pilih dari daftar di bawah.</p></noscript>"
    assert sentence in (built_site / "cek-tps.html").read_text("utf-8")


def test_with_a_script_nothing_is_said_of_it(browser_page: Page, site_url: str) -> None:
    browser_page.goto(f"{site_url.rstrip('/')}/cek-tps.html")
    expect(field(browser_page)).to_be_visible()
    expect(browser_page.get_by_text("memerlukan JavaScript")).to_be_hidden()


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


def test_guesses_are_told_apart_from_what_was_typed(home: Page) -> None:
    field(home).fill("sukarajo")
    expect(home.locator(".search-status").first).to_have_text("Tidak ada desa bernama “sukarajo”. Mungkin maksud Anda:")
    expect(links(home).first).to_have_text("Sukaraja")
    field(home).press("Enter")
    assert home.url.endswith("index.html")


def test_names_one_letter_away_stand_below_a_line(home: Page) -> None:
    field(home).fill("tanjung alai")
    rows = home.locator(".search-results > li")
    expect(rows).to_have_text([re.compile("^Tanjung Alai"), "Mungkin maksud Anda:", re.compile("^Tanjung Ali")])


def test_news_and_guides_are_listed_after_places(home: Page) -> None:
    field(home).fill("dilantik")
    expect(home.locator(".search-link").first).to_have_text(re.compile("KPPS dilantik.*Berita$"))
    expect(home.locator(".search-ways")).to_be_hidden()
    home.locator(".search-link").first.click()
    expect(home).to_have_url(re.compile(r"/berita/2024/11/kpps-dilantik\.html$"))


def test_rt_leads_to_the_filter_of_the_village(home: Page) -> None:
    field(home).fill("jua jua rt 5")
    links(home).click()
    expect(home.get_by_label("RT", exact=True)).to_have_value("5")
    expect(home.locator("[data-fits]")).not_to_have_count(0)


def test_a_reader_in_the_results_keeps_the_place_when_typing_has_paused(home: Page) -> None:
    field(home).press_sequentially("sukaraja")
    home.keyboard.press("ArrowDown")
    home.wait_for_timeout(1200)
    assert SUKARAJA[0] in active(home)


def test_search_of_a_cut_index_fetches_what_it_needs(browser_page: Page, cut_site_url: str) -> None:
    asked: list[str] = []
    browser_page.on("request", lambda request: asked.append(request.url))
    browser_page.goto(f"{cut_site_url}index.html")
    field(browser_page).fill("jua jua")
    expect(links(browser_page).first).to_have_text("Jua-jua")
    files = {url for url in asked if INDEX_FILE.search(url)}
    assert 1 < len(files) < 5
    field(browser_page).fill("xungai menang")
    expect(links(browser_page).first).to_have_text("Sungai Menang")
    assert len({url for url in asked if INDEX_FILE.search(url)}) > 2
