"""What a screen reader is given of the search, from the accessibility tree of the browser, and the way of Tab."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

NAMED = {"searchbox", "button", "link"}
WITH_TEXT = {"paragraph", "status"}
FORM = ["searchbox Nama desa atau kelurahan", "button Cari"]
PAUSE_IS_OVER = 1200
COUNT_SPOKEN = """() => {
    window.spoken = [];
    const status = document.querySelector("[role=status]");
    new MutationObserver(() => spoken.push(status.textContent)).observe(status, {childList: true});
}"""
FOCUSED = """() => {
    const {outlineStyle, boxShadow} = getComputedStyle(document.activeElement);
    return [document.activeElement.textContent.trim(), outlineStyle !== "none" || boxShadow !== "none"];
}"""


class Tree:
    """The accessibility tree of a page as Chromium hands it to a screen reader."""

    def __init__(self, page: Page) -> None:
        session = page.context.new_cdp_session(page)
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        self.nodes: dict[str, dict[str, Any]] = {node["nodeId"]: node for node in nodes}

    def all(self, role: str) -> list[dict[str, Any]]:
        """Every node of one role."""
        return [node for node in self.nodes.values() if self.role(node) == role and not node["ignored"]]

    def role(self, node: dict[str, Any]) -> str:
        """The role of a node."""
        return str(node.get("role", {}).get("value"))

    def children(self, node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The nodes directly under a node."""
        return (self.nodes[child] for child in node.get("childIds", []) if child in self.nodes)

    def text(self, node: dict[str, Any]) -> str:
        """All text under a node."""
        if self.role(node) == "StaticText":
            return str(node["name"]["value"])
        return "".join(self.text(child) for child in self.children(node))

    def read(self, node: dict[str, Any], depth: int = 0) -> Iterator[str]:
        """Lines in reading order: role and what is said, indented by lists."""
        role = self.role(node)
        said = {**dict.fromkeys(NAMED, node.get("name", {}).get("value")), **dict.fromkeys(WITH_TEXT, self.text(node))}
        if role in said and not node["ignored"]:
            yield "  " * depth + f"{role} {said[role]}".replace("\u00a0", " ").rstrip()
            return
        if role in {"list", "listitem"}:
            yield "  " * depth + role
            depth += 1
        for child in self.children(node):
            yield from self.read(child, depth)


def read_search(page: Page) -> list[str]:
    """What is read in the search, after the pause that lets it speak."""
    page.wait_for_timeout(PAUSE_IS_OVER)
    tree = Tree(page)
    (landmark,) = tree.all("search")
    return list(tree.read(landmark))


@pytest.fixture
def home(browser_page: Page, site_url: str) -> Page:
    """The home page."""
    browser_page.goto(site_url)
    return browser_page


def type_words(page: Page, words: str) -> None:
    page.get_by_role("searchbox").press_sequentially(words, delay=20)


def test_an_empty_search_is_a_field_a_button_a_silent_status_and_the_way_without_it(home: Page) -> None:
    assert read_search(home) == [*FORM, "status", "link Pilih dari daftar 18 kecamatan"]
    (status,) = Tree(home).all("status")
    live = {each["name"]: each["value"]["value"] for each in status["properties"]}
    assert (live["live"], live["atomic"]) == ("polite", True)


def test_a_result_is_a_link_that_tells_village_kind_kecamatan_and_number_of_tps(home: Page) -> None:
    type_words(home, "cintaraja")
    lines = read_search(home)
    assert lines[:5] == [*FORM, "status 1 desa ditemukan.", "list", "  listitem"]
    assert re.fullmatch(r" {4}link Cintaraja Kelurahan · Kec\. Kayu Agung · \d+ TPS", lines[5])
    assert lines[6:] == ["link Desa saya tidak ada di daftar ini"]


def test_a_tps_is_a_link_that_tells_its_number_first(home: Page) -> None:
    type_words(home, "jua jua tps 3")
    (link,) = [line for line in read_search(home) if line.startswith("    link")]
    assert re.fullmatch(r" {4}link TPS 3 Jua-jua Kelurahan · Kec\. Kayu Agung · 4 TPS · TPS ini berubah", link)


def test_namesakes_are_a_list_under_a_sentence_that_says_how_many(home: Page) -> None:
    type_words(home, "sukaraja")
    lines = [re.sub(r"\d+ TPS$", "n TPS", line) for line in read_search(home)]
    group = ["list", "  listitem", "    paragraph Ada 3 Sukaraja. Lihat kecamatannya.", "    list"]
    assert lines[2:7] == ["status 3 desa ditemukan.", *group]
    assert [line for line in lines if "link Sukaraja" in line] == [
        f"        link Sukaraja Desa · Kec. {name} · n TPS"
        for name in ("Pangkalan Lampam", "Pedamaran", "Sirah Pulau Padang")
    ]


def test_nothing_found_is_said_and_followed_by_ways_on(home: Page) -> None:
    type_words(home, "qqzzqq")
    lines = read_search(home)
    assert lines[2] == "status Tidak ada desa bernama “qqzzqq”."
    assert [line for line in lines if "link" in line] == ["link Pilih dari daftar kecamatan", "link Tanya kantor KPU"]


def test_one_message_is_spoken_after_each_pause(home: Page) -> None:
    home.evaluate(COUNT_SPOKEN)
    type_words(home, "sukaraja")
    home.wait_for_timeout(PAUSE_IS_OVER)
    type_words(home, "bcdf")
    home.wait_for_timeout(PAUSE_IS_OVER)
    assert home.evaluate("spoken") == ["3 desa ditemukan.", "Tidak ada desa bernama “sukarajabcdf”."]


def test_enter_speaks_at_once_and_only_once(home: Page) -> None:
    type_words(home, "suka")
    expect(home.locator(".search-link").first).to_be_visible()
    home.evaluate(COUNT_SPOKEN)
    home.keyboard.press("Enter")
    home.wait_for_timeout(PAUSE_IS_OVER)
    assert len(home.evaluate("spoken")) == 1


def test_tab_goes_from_the_field_through_the_results_and_shows_where_it_is(home: Page) -> None:
    type_words(home, "sukaraja")
    expect(home.locator(".search-link")).to_have_count(3)
    reached = []
    for _ in range(5):
        home.keyboard.press("Tab")
        name, is_shown = home.evaluate(FOCUSED)
        reached.append([name.partition(" ·")[0], is_shown])
    assert reached == [
        ["Cari", True],
        *[["Sukaraja Desa", True]] * 3,
        ["Desa saya tidak ada di daftar ini", True],
    ]
