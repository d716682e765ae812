"""The numbers on the pages are those of the content, counted a second time without the generator."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.html_pages import HtmlPage
from tests.official import Content, indonesian


def totals(content: Content, kecamatan: str | None = None) -> dict[str, int]:
    """Counts by the words that stand beside them on the pages."""
    tps = content.tps if kecamatan is None else content.of(kecamatan)
    villages = sum(content.villages.values()) if kecamatan is None else content.villages[kecamatan]
    return {
        "desa/kelurahan": villages,
        "TPS": len(tps),
        "petugas KPPS": sum(each.kpps for each in tps),
        "pemilih tetap": sum(each.voters for each in tps),
    }


def test_the_content_adds_up_to_the_official_figures(content: Content) -> None:
    assert len(content.villages) == 18
    assert totals(content) == {"desa/kelurahan": 327, "TPS": 1249, "petugas KPPS": 8743, "pemilih tetap": 577_241}
    assert {tps.kpps for tps in content.tps} == {7}
    assert max(tps.voters for tps in content.tps) <= 600


@pytest.mark.parametrize("url", ["index.html", "data.html"])
def test_home_and_data_show_the_totals(url: str, pages: dict[str, HtmlPage], content: Content) -> None:
    for word, number in totals(content).items():
        assert f"{word} {indonesian(number)}" in pages[url].text


def test_home_and_the_list_count_the_kecamatan(pages: dict[str, HtmlPage], content: Content) -> None:
    links = {target for _, target, _ in pages["cek-tps.html"].targets() if target.startswith("pilkada-2024/")}
    assert len([target for target in links if target.count("/") == 1]) == len(content.villages) == 18


def test_the_list_shows_villages_and_tps_of_each_kecamatan(pages: dict[str, HtmlPage], content: Content) -> None:
    for name, villages in content.villages.items():
        assert f"{name} {villages} desa/kelurahan · {len(content.of(name))} TPS" in pages["cek-tps.html"].text


def test_kpps_page_shows_how_the_total_comes_about(pages: dict[str, HtmlPage], content: Content) -> None:
    text = pages["kpps.html"].text
    assert f"{indonesian(len(content.tps))} TPS × 7 petugas = {indonesian(7 * len(content.tps))} KPPS" in text
    for name in content.villages:
        tps = content.of(name)
        assert f"{name} {len(tps)} {sum(each.kpps for each in tps)}" in text


def test_each_kecamatan_page_shows_its_own_totals(pages: dict[str, HtmlPage], content: Content) -> None:
    titles = {page.h1[0]: page for url, page in pages.items() if url.startswith("pilkada-2024/")}
    for name in content.villages:
        page = titles[f"Kecamatan {name}"]
        for word, number in totals(content, name).items():
            assert f"{word} {indonesian(number)}" in page.text, page.url


@pytest.mark.parametrize(("name", "rows"), [("villages", 327), ("tps", 1249), ("kpps", 8743)])
def test_downloads_hold_every_row_and_say_what_they_are(name: str, rows: int, built_site: Path) -> None:
    with (built_site / "data" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    listing = json.loads((built_site / "data" / f"{name}.json").read_text("utf-8"))
    assert len(table) == len(listing[name]) == rows
    assert listing["data_status"] == "sample"
    assert {row["data_status"] for row in table} == {"sample"}


def test_downloads_add_up_to_the_content(built_site: Path, content: Content) -> None:
    with (built_site / "data" / "villages.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    sums = [sum(int(row[column]) for row in table) for column in ("tps", "kpps", "voters")]
    assert sums == list(totals(content).values())[1:]
