"""Every page type on paper: what is printed, and on how many sheets of A4."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from sitegen.cli import main
from tests.support import JUA_JUA, edit, mini
from tools.browsing import KAYU_AGUNG
from tools.browsing import PAGE_TYPES as PAGES
from tools.pages_server import serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ONLY_ON_SCREEN = ".menu, .nav, .crumbs, .buttons:not(.contact), button, input, .onward, .rows, summary"
BARE_HEADINGS = """() => [...document.querySelectorAll("main h2")]
    .filter((h2) => h2.checkVisibility() && h2.parentElement.innerText.trim() === h2.innerText.trim())
    .map((h2) => h2.innerText)"""
LONG = "Sekolah Dasar Negeri Pematang Panggang Sungai Menang Ulu (contoh) di seberang lapangan"
FULL = f"""\
    place: {LONG}
    address: Jalan Raya Lintas Timur Sumatera nomor 1234, RT 12 RW 3, Dusun Tanjung Makmur Sejahtera
    landmark: Dekat jembatan gantung, 200 meter dari pasar lama, di belakang kantor desa
    by_water: Dermaga pasar, lalu jalan kaki 300 meter menyusuri sungai ke arah hulu
    coordinates: {{lat: -3.39, lon: 104.83}}
    changes:
      - kind: moved
        from_place: {LONG.replace("Ulu", "Ilir")}
        decree: Berita acara PPS nomor 12 tahun 2024
        decided: 2024-11-26 16:30
        reason: Halaman sekolah tergenang setelah hujan lebat semalam.
"""


@pytest.fixture(scope="module")
def odd_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small site with everything long that can be long, and a TPS without a place."""
    site = mini(tmp_path_factory.mktemp("odd"))
    edit(site / JUA_JUA, "    place: Balai Jua-jua (contoh)\n", FULL)
    edit(site / JUA_JUA, "    place: SDN 1 Jua-jua (contoh)\n", "")
    edit(site / JUA_JUA, "- number: 2", "- number: 999")
    names = (site / "content/regions/kayu-agung.yaml").read_text("utf-8")
    names = names.replace("name: Jua-jua", "name: Pematang Panggang Sungai Menang Baru\n    slug: jua-jua", 1)
    (site / "content/regions/kayu-agung.yaml").write_text(names, "utf-8")
    options = ["--config", str(site / "site_config.yaml"), "--content", str(site / "content")]
    assert main([*options, "--out", str(site / "_site"), "--jobs", "1"]) == 0
    with serve(site / "_site") as url:
        yield url


@pytest.fixture
def paper(browser: Browser) -> Iterator[Page]:
    """A page that looks as if it were printed: as wide as an A4 between its margins."""
    context = browser.new_context(viewport={"width": 680, "height": 1000}, locale="id-ID", color_scheme="dark")
    page = context.new_page()
    page.emulate_media(media="print")
    yield page
    context.close()


def sheets(page: Page) -> int:
    """Sheets of A4 that the page takes."""
    return len(re.findall(rb"/Type /Page\b", page.pdf(format="A4", prefer_css_page_size=True)))


def visible(page: Page, selector: str) -> list[str]:
    """What of ``selector`` would be printed."""
    return [e.evaluate("e => e.outerHTML.slice(0, 80)") for e in page.locator(selector).all() if e.is_visible()]


@pytest.mark.parametrize("kind", PAGES)
def test_paper_has_the_content_and_nothing_to_press(kind: str, paper: Page, site_url: str) -> None:
    paper.goto(site_url + PAGES[kind])
    assert visible(paper, ONLY_ON_SCREEN) == []
    assert paper.evaluate(BARE_HEADINGS) == [], "a heading with nothing under it"
    strip = paper.locator(".strip")
    assert strip.inner_text().startswith("Data contoh · bukan data resmi KPU")
    assert strip.is_visible()
    assert paper.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert paper.evaluate("getComputedStyle(document.body).color") == "rgb(26, 26, 26)"
    assert paper.locator("main").inner_text().strip()
    assert 1 <= sheets(paper) <= 4


@pytest.mark.parametrize("kind", ["tps", "tps that moved", "tps that votes again"])
def test_a_tps_is_one_sheet(kind: str, paper: Page, site_url: str) -> None:
    paper.goto(site_url + PAGES[kind])
    assert sheets(paper) == 1
    assert visible(paper, ".names, .foot, .notice, .side") == [], "names of workers are not put up"
    for part in (".board", ".place", ".scan svg", ".sheet-end"):
        assert paper.locator(part).is_visible(), part
    assert "papan-tps.example/pilkada-2024" in paper.locator(".scan p").inner_text()
    assert "Contoh, jangan ditempel." in paper.locator(".sheet-end").inner_text()


def test_the_day_of_a_repeat_vote_is_larger_than_the_day_before(paper: Page, site_url: str) -> None:
    paper.goto(site_url + PAGES["tps that votes again"])
    now, was = (
        paper.locator(part).evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
        for part in (".day-now b", ".was s")
    )
    assert now > 1.2 * was


@pytest.mark.parametrize("number", ["1", "999"])
def test_a_tps_is_one_sheet_however_long_its_texts_are(number: str, paper: Page, odd_site: str) -> None:
    paper.goto(f"{odd_site}{KAYU_AGUNG}/jua-jua/tps-{number}.html")
    assert paper.locator(".board-number").inner_text().split() == ["TPS", number]
    assert sheets(paper) == 1
    box = paper.locator(".board-number b").bounding_box()
    board = paper.locator(".board").bounding_box()
    assert box
    assert board
    assert board["x"] <= box["x"]
    assert box["x"] + box["width"] <= board["x"] + board["width"]


def test_the_number_can_be_read_from_afar(paper: Page, site_url: str) -> None:
    paper.goto(site_url + PAGES["tps"])
    size = paper.evaluate("parseFloat(getComputedStyle(document.querySelector('.board-number b')).fontSize)")
    assert size / 96 * 25.4 * 0.72 >= 55, "a figure is about 0.72 of the size of its font"


def test_a_village_is_a_poster(paper: Page, site_url: str) -> None:
    paper.goto(site_url + PAGES["desa with a moved TPS"])
    assert sheets(paper) == 1
    assert paper.locator(".board").inner_text().split("\n")[0] == "Kelurahan"
    assert "Rabu, 27 November 2024" in paper.locator(".day").inner_text()
    assert "d/1602051001.html" in paper.locator(".scan p").inner_text()
    assert len(visible(paper, ".tps-card")) == 4
    for part in (".scan svg", ".number", ".sheet-end", ".side .things"):
        assert paper.locator(part).is_visible(), part
    assert visible(paper, ".rtrw, .foot, h1") == []
    code = paper.locator(".scan svg").bounding_box()
    assert code
    assert 60 <= code["width"] / 96 * 25.4 <= 70


def test_the_codes_stand_on_white_and_are_drawn_sharp(paper: Page, site_url: str) -> None:
    for kind in ("tps", "desa"):
        paper.goto(site_url + PAGES[kind])
        style = "getComputedStyle(document.querySelector('.scan svg'))"
        assert paper.evaluate(f"{style}.stroke") == "rgb(0, 0, 0)"
        assert paper.evaluate(f"{style}.shapeRendering") == "crispedges"


def test_every_case_of_a_guide_is_printed_whatever_was_chosen(paper: Page, site_url: str) -> None:
    paper.goto(f"{site_url}belum-terdaftar.html#saya-pindah-memilih")
    assert len(visible(paper, ".cases > section")) == 4


def test_the_phone_of_the_office_is_printed(paper: Page, site_url: str) -> None:
    paper.goto(site_url + PAGES["tentang"])
    assert paper.get_by_text("(0712) 000000").is_visible()


def test_what_is_for_paper_is_not_on_the_screen(paper: Page, site_url: str) -> None:
    paper.emulate_media(media="screen")
    for kind in ("tps", "desa"):
        paper.goto(site_url + PAGES[kind])
        assert visible(paper, ".paper") == []
