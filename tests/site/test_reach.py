"""Every TPS has one page, and plain links lead there from home in four taps."""

from __future__ import annotations

import re
from collections import Counter, deque

from tests.html_pages import HtmlPage
from tests.official import Content

TPS_TITLE = re.compile(r"TPS (\d+) (.+), Kec\. (.+?) · ")
TPS_URL = re.compile(r"pilkada-2024/[a-z0-9-]+/[a-z0-9-]+/tps-\d+\.html")
VILLAGE_URL = re.compile(r"pilkada-2024/[a-z0-9-]+/[a-z0-9-]+\.html")
UNLINKED = re.compile(r"d/\d+\.html|404\.html|luring\.html")


def taps_from_home(pages: dict[str, HtmlPage]) -> dict[str, int]:
    """How many plain links lie between home and each page."""
    taps = {"index.html": 0}
    queue = deque(taps)
    while queue:
        url = queue.popleft()
        for link, target, _ in pages[url].targets():
            if link.tag == "a" and target in pages and target not in taps:
                taps[target] = taps[url] + 1
                queue.append(target)
    return taps


def test_every_tps_has_exactly_one_page(pages: dict[str, HtmlPage], content: Content) -> None:
    found = [TPS_TITLE.search(page.title) for page in pages.values() if page.h1[0].startswith("TPS ")]
    titled = Counter((int(match[1]), match[2], match[3]) for match in found if match)
    assert len(found) == sum(titled.values())
    assert titled == Counter((tps.number, tps.village, tps.kecamatan) for tps in content.tps)
    assert sum(1 for url in pages if TPS_URL.fullmatch(url)) == len(content.tps)


def test_every_village_has_exactly_one_page(pages: dict[str, HtmlPage], content: Content) -> None:
    assert sum(1 for url in pages if VILLAGE_URL.fullmatch(url)) == sum(content.villages.values())


def test_the_board_names_number_village_and_kecamatan(pages: dict[str, HtmlPage]) -> None:
    for url, page in pages.items():
        match = TPS_TITLE.search(page.title)
        if match and TPS_URL.fullmatch(url):
            assert page.h1[0] in {f"TPS {match[1]} {kind} {match[2]}" for kind in ("Desa", "Kelurahan")}, url
            assert f"Kecamatan {match[3]}" in page.text, url


def test_every_page_is_reached_in_four_taps_without_javascript(pages: dict[str, HtmlPage]) -> None:
    taps = taps_from_home(pages)
    assert [url for url in pages if url not in taps and not UNLINKED.fullmatch(url)] == []
    assert {url: count for url, count in taps.items() if count > 4} == {}


def test_every_village_links_its_tps_in_order(pages: dict[str, HtmlPage]) -> None:
    for url in filter(VILLAGE_URL.fullmatch, pages):
        folder = url.removesuffix(".html") + "/"
        links = [target for link, target, _ in pages[url].targets() if link.tag == "a" and target.startswith(folder)]
        numbers = [int(re.findall(r"\d+", target)[-1]) for target in dict.fromkeys(links)]
        own = sorted(int(re.findall(r"\d+", page)[-1]) for page in pages if page.startswith(folder))
        assert sorted(numbers) == own, url


def test_every_page_says_that_the_data_are_a_sample(pages: dict[str, HtmlPage]) -> None:
    for url, page in pages.items():
        text = page.text.removeprefix("Langsung ke isi ")
        assert text.startswith("Data contoh · bukan data resmi KPU "), url
        assert page.title.startswith("[Contoh] "), url
        assert page.meta.get("og:title", "[Contoh] ").startswith("[Contoh] "), url
        assert "noindex" in page.meta["robots"], url
