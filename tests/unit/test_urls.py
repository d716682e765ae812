"""Addresses: once published they never change, so they stand here letter by letter."""

from __future__ import annotations

import datetime as dt

import pytest

from sitegen.content.pictures import Pictures
from sitegen.history.recent import Recent
from sitegen.model.region import Village
from sitegen.pages import urls
from sitegen.pages.changes import Chain
from sitegen.pages.index import SiteIndex, plan_index
from sitegen.pages.site import texts
from tests.support import lists_keys, mini_content, mini_site, plans


@pytest.mark.parametrize(
    ("url", "root"),
    [
        ("index.html", ""),
        ("cara-memilih.html", ""),
        ("pilkada-2024/kayu-agung.html", "../"),
        ("pilkada-2024/kayu-agung/jua-jua/tps-3.html", "../../../"),
        ("", ""),
        ("en/", "../"),
    ],
)
def test_the_way_to_the_root(url: str, root: str) -> None:
    assert urls.root_of(url) == root


@pytest.mark.parametrize(
    ("code", "url"),
    [("16.02.05.1010", "d/1602051010.html"), ("16.02.05", "d/160205.html"), ("91.03.01.3001", "d/9103013001.html")],
)
def test_the_address_that_printed_codes_carry(code: str, url: str) -> None:
    assert urls.permanent_url(code) == url


def test_addresses_of_every_kind() -> None:
    assert urls.kecamatan_url("pilkada-2024", "kayu-agung") == "pilkada-2024/kayu-agung.html"
    assert urls.village_url("pilkada-2024", "kayu-agung", "jua-jua") == "pilkada-2024/kayu-agung/jua-jua.html"
    assert urls.tps_url("pilkada-2024", "kayu-agung", "jua-jua", 901) == "pilkada-2024/kayu-agung/jua-jua/tps-901.html"
    assert urls.news_url(dt.date(2024, 3, 7), "kpps") == "berita/2024/03/kpps.html"
    assert urls.guide_url("bawa-apa") == "bawa-apa.html"


def test_a_village_keeps_the_address_that_its_file_pins() -> None:
    assert urls.village_slug(Village(code="16.02.05.1010", name="Jua-jua Baru")) == "jua-jua-baru"
    assert urls.village_slug(Village(code="16.02.05.1010", name="Jua-jua Baru", slug="jua-jua")) == "jua-jua"


def test_every_address_of_the_small_site() -> None:
    site, content = mini_site(), mini_content()
    ready = texts(content, Pictures())
    schedule = content.schedule.data if content.schedule else None
    shards = plans()
    kecamatan = tuple(plan.summary for plan in shards.values())
    index = SiteIndex(site, kecamatan, ready.news, ready.guides, schedule, "", lists_keys(kecamatan))
    pages = [*plan_index(index, {}, Chain(Recent(), 0)), *(page for plan in shards.values() for page in plan.pages)]
    assert {page.url for page in pages if page.listed} == {
        "berita.html",
        "berita/2024/11.html",
        "berita/2024/11/pelantikan.html",
        "cara-memilih.html",
        "cek-tps.html",
        "data.html",
        "index.html",
        "jadwal.html",
        "kpps.html",
        "perubahan.html",
        "perubahan/pedamaran.html",
        "pilkada-2024/kayu-agung.html",
        "pilkada-2024/kayu-agung/celikah.html",
        "pilkada-2024/kayu-agung/celikah/tps-1.html",
        "pilkada-2024/kayu-agung/jua-jua.html",
        "pilkada-2024/kayu-agung/jua-jua/tps-1.html",
        "pilkada-2024/kayu-agung/jua-jua/tps-2.html",
        "pilkada-2024/pedamaran.html",
        "pilkada-2024/pedamaran/sukaraja.html",
        "pilkada-2024/pedamaran/sukaraja/tps-1.html",
        "tentang.html",
    }
    assert {page.url for page in pages if not page.listed} == {
        "404.html",
        "d/160203.html",
        "d/1602032005.html",
        "d/160205.html",
        "d/1602051010.html",
        "d/1602052001.html",
        "luring.html",
    }
    assert len(pages) == 28
