"""Pages of villages, TPS and guides on a phone: what they answer, with a script and without."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.test_axe import Watched, violations
from tools.browsing import PAGE_TYPES as PAGES
from tools.browsing import sticking_out

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

JUA_JUA = PAGES["desa with a moved TPS"]
MOVED = PAGES["tps that moved"]
GUIDE = "belum-terdaftar.html"


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A small phone without JavaScript."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, locale="id-ID", java_script_enabled=False)
    yield context.new_page()
    context.close()


WRITE_DIGITS = "Tulis angka RT atau RW, misalnya 5."


def marked(page: Page) -> list[str]:
    """The TPS that are marked."""
    return page.locator("[data-fits] .plate").all_inner_texts()


def ask(page: Page, rt: str, rw: str) -> str:
    """Fill in RT and RW and send; what is answered."""
    page.get_by_label("RT", exact=True).fill(rt)
    page.get_by_label("RW", exact=True).fill(rw)
    page.get_by_role("button", name="Cari").click()
    return page.locator(".rtrw [role=status]").inner_text()


@pytest.mark.parametrize(
    ("rt", "rw", "answer", "numbers"),
    [
        ("5", "3", "Kemungkinan TPS 3. Pastikan di surat C.Pemberitahuan.", ["3"]),
        ("005", "03", "Kemungkinan TPS 3. Pastikan di surat C.Pemberitahuan.", ["3"]),
        ("2", "", "Kemungkinan TPS 1, TPS 2, TPS 4. Pastikan di surat C.Pemberitahuan.", ["1", "2", "4"]),
        ("", "3", "Kemungkinan TPS 2, TPS 3. Pastikan di surat C.Pemberitahuan.", ["2", "3"]),
        ("99", "3", "Tidak ada TPS yang menyebut RT dan RW ini. Tanyakan kepada PPS.", []),
        ("rt 5", "rw 3", "Kemungkinan TPS 3. Pastikan di surat C.Pemberitahuan.", ["3"]),
        ("005/003", "", "Kemungkinan TPS 3. Pastikan di surat C.Pemberitahuan.", ["3"]),
        ("RT 005 / RW 003", "", "Kemungkinan TPS 3. Pastikan di surat C.Pemberitahuan.", ["3"]),
        ("5/3", "2", WRITE_DIGITS, []),
        ("rw 3", "", WRITE_DIGITS, []),
        ("V", "3", WRITE_DIGITS, []),
        ("5", "abc", WRITE_DIGITS, []),
        ("", "", WRITE_DIGITS, []),
    ],
)
def test_rt_and_rw_suggest_a_tps(
    rt: str, rw: str, answer: str, numbers: list[str], browser_page: Page, site_url: str
) -> None:
    browser_page.goto(site_url + JUA_JUA)
    assert ask(browser_page, rt, rw) == answer
    assert [text.split()[-1] for text in marked(browser_page)] == numbers
    assert browser_page.locator(".tps-card:visible").count() == 4, "the others stay"
    assert browser_page.url == site_url + JUA_JUA


def test_the_address_can_ask_and_the_answer_leads_on(browser_page: Page, site_url: str) -> None:
    browser_page.goto(f"{site_url}{JUA_JUA}?rt=5&rw=3")
    browser_page.locator("[data-fits]").wait_for()
    assert browser_page.get_by_label("RT", exact=True).input_value() == "5"
    assert browser_page.get_by_label("RW", exact=True).input_value() == "3"
    assert browser_page.locator("[data-fits]").evaluate("e => getComputedStyle(e).borderTopWidth") == "3px"
    browser_page.get_by_role("link", name="TPS 3", exact=True).click()
    browser_page.wait_for_url(site_url + MOVED)


def test_rt_and_rw_in_one_field_are_put_into_two(browser_page: Page, site_url: str) -> None:
    browser_page.goto(site_url + JUA_JUA)
    assert browser_page.locator(".rtrw [role=status]").inner_text() == ""
    ask(browser_page, "005/003", "")
    assert browser_page.get_by_label("RT", exact=True).input_value() == "005"
    assert browser_page.get_by_label("RW", exact=True).input_value() == "003"


def test_a_new_question_takes_the_old_marks_away(browser_page: Page, site_url: str) -> None:
    browser_page.goto(site_url + JUA_JUA)
    ask(browser_page, "5", "3")
    assert ask(browser_page, "", "") == WRITE_DIGITS
    assert marked(browser_page) == []


def test_without_a_script_there_is_no_form_and_no_print_button(plain: Page, site_url: str) -> None:
    plain.goto(site_url + JUA_JUA)
    assert not plain.locator(".rtrw").is_visible()
    assert not plain.locator("[data-print]").is_visible()
    assert plain.get_by_text("RT 4–9 · RW 3").is_visible(), "the cards tell RT and RW"


def test_the_answer_is_accessible_and_fits(browser_page: Page, site_url: str) -> None:
    watched = Watched(browser_page, site_url)
    browser_page.goto(f"{site_url}{JUA_JUA}?rt=2")
    browser_page.locator("[data-fits]").first.wait_for()
    assert violations(browser_page) == []
    browser_page.set_viewport_size({"width": 320, "height": 640})
    assert sticking_out(browser_page) == []
    assert watched.faults == []


def test_the_form_does_not_push_the_cards_away_while_it_loads(browser_page: Page, site_url: str) -> None:
    browser_page.route("**/village.js*", lambda route: route.abort())
    browser_page.goto(site_url + JUA_JUA)
    before = browser_page.locator(".tps-card").first.bounding_box()
    browser_page.unroute("**/village.js*")
    browser_page.reload()
    assert browser_page.locator(".tps-card").first.bounding_box() == before


def test_print_buttons_open_the_print_dialogue(browser_page: Page, site_url: str) -> None:
    for url in (JUA_JUA, MOVED):
        browser_page.goto(site_url + url)
        browser_page.evaluate("window.print = () => { window.printed = true }")
        browser_page.locator("[data-print]").click()
        assert browser_page.evaluate("window.printed")


def test_a_moved_tps_says_where_and_when_without_scrolling(browser_page: Page, site_url: str) -> None:
    browser_page.goto(site_url + MOVED)
    for text in ("Balai Kelurahan Jua-jua (contoh)", "Rabu, 27 November 2024", "pukul 07.00–13.00 WIB"):
        box = browser_page.locator(".ground").get_by_text(text).first.bounding_box()
        assert box, text
        assert box["y"] + box["height"] <= 640, text


@pytest.mark.parametrize("kind", ["berita", "artikel"])
def test_news_fill_their_right_column_on_a_wide_screen(kind: str, browser_page: Page, site_url: str) -> None:
    browser_page.set_viewport_size({"width": 1280, "height": 800})
    browser_page.goto(site_url + PAGES[kind])
    side = browser_page.locator(".side").bounding_box()
    assert side
    assert side["x"] >= 640
    assert side["y"] < 300
    assert side["height"] >= 300
    assert len(browser_page.locator(".side h2").all()) >= 2


def cases(page: Page) -> list[str]:
    return page.locator(".cases > section:visible h2").all_inner_texts()


@pytest.mark.parametrize("script", [True, False])
def test_a_chosen_case_stands_alone(script: bool, browser_page: Page, plain: Page, site_url: str) -> None:
    page = browser_page if script else plain
    page.goto(site_url + GUIDE)
    every = ["Saya terdaftar", "Saya belum dapat surat", "Saya pindah memilih", "Saya belum terdaftar"]
    assert cases(page) == every
    page.locator(".chooser").get_by_role("link", name="Saya pindah memilih").click()
    assert cases(page) == ["Saya pindah memilih"]
    assert "mulai pukul 11.00 WIB" in page.locator(".cases").inner_text()
    page.get_by_role("link", name="Tampilkan semua keadaan").click()
    assert cases(page) == every


def test_the_hours_of_every_case_are_those_of_the_election(browser_page: Page, site_url: str) -> None:
    browser_page.goto(site_url + GUIDE)
    texts = browser_page.locator(".cases > section").all_inner_texts()
    hours = ["pukul 07.00–13.00 WIB", "pukul 07.00–13.00 WIB", "mulai pukul 11.00 WIB", "mulai pukul 12.00 WIB"]
    assert [hour in text for hour, text in zip(hours, texts, strict=True)] == [True] * 4
