"""What readers take along: QR codes, calendar files, messages, the way to tell the office of a mistake."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import icalendar
import pytest

from sitegen.cli import main
from tests.html_pages import HtmlPage
from tests.qr_reader import codes_in
from tests.support import edit, mini

TPS_URL = re.compile(r"pilkada-2024/[a-z0-9-]+/[a-z0-9-]+/tps-\d+\.html")
VILLAGE_URL = re.compile(r"pilkada-2024/[a-z0-9-]+/[a-z0-9-]+\.html")
BASE = "https://papan-tps.example/"


def whatsapp_texts(page: HtmlPage) -> list[str]:
    return [
        parse_qs(urlsplit(link.address).query)["text"][0]
        for link in page.links
        if link.address.startswith("https://wa.me/?text=")
    ]


def test_the_code_of_every_tps_page_is_read_as_its_own_address(built_site: Path, pages: dict[str, HtmlPage]) -> None:
    urls = [url for url in pages if TPS_URL.fullmatch(url)]
    assert len(urls) == 1249
    wrong = {url for url in urls if codes_in((built_site / url).read_text("utf-8")) != [BASE + url]}
    assert wrong == set()


def test_the_code_of_every_village_page_is_its_permanent_address(built_site: Path, pages: dict[str, HtmlPage]) -> None:
    urls = [url for url in pages if VILLAGE_URL.fullmatch(url)]
    assert len(urls) == 327
    for url in urls:
        html = (built_site / url).read_text("utf-8")
        [address] = codes_in(html)
        assert address.removeprefix("https://") in html
        redirect = pages[address.removeprefix(BASE)]
        assert url in {target for _, target, _ in redirect.targets()}


def test_without_a_base_url_no_page_has_a_code(tmp_path: Path) -> None:
    site = mini(tmp_path)
    edit(site / "site_config.yaml", "base_url: https://papan.example/situs/\n", "")
    pages = build(site)
    assert not any(codes_in(html) for html in pages.values())
    assert "pindai kode" not in pages["pilkada-2024/kayu-agung/jua-jua/tps-1.html"]
    message = (
        unquote(pages["pilkada-2024/kayu-agung/jua-jua/tps-1.html"]).partition("wa.me/?text=")[2].partition('"')[0]
    )
    assert message.endswith("KPU Contoh.")


def build(site: Path) -> dict[str, str]:
    """Build the site in ``site``; its pages."""
    out = site / "_site"
    options = ["--config", str(site / "site_config.yaml"), "--content", str(site / "content"), "--out", str(out)]
    assert main([*options, "--jobs", "1"]) == 0
    return {path.relative_to(out).as_posix(): path.read_text("utf-8") for path in out.rglob("*.html")}


SUNDAY = "Pemungutan suara ulang: Minggu, 1 Desember 2024, mulai pukul 07.00 WIB."
AGAIN = {
    "pilkada-2024/sungai-menang/gajah-mati/tps-1.html": SUNDAY,
    "pilkada-2024/air-sugihan/kerta-mukti/tps-1.html": SUNDAY,
    "pilkada-2024/mesuji-makmur/mesuji-jaya/tps-1.html": (
        "Pemungutan suara ulang: Rabu, 4 Desember 2024, pukul 07.00–13.00 WIB."
    ),
}


def test_messages_end_with_the_address_of_their_page_and_fit_a_link(pages: dict[str, HtmlPage]) -> None:
    for url, page in pages.items():
        if TPS_URL.fullmatch(url) or VILLAGE_URL.fullmatch(url):
            [text] = whatsapp_texts(page)
            assert text.splitlines()[-1] == BASE + url
            assert text.startswith("[Contoh] "), url
            day = AGAIN.get(url, "Rabu, 27 November 2024, pukul 07.00–13.00 WIB.")
            assert day in text.splitlines(), url
    links = [link.address for page in pages.values() for link in page.links if "wa.me" in link.address]
    assert max(map(len, links)) <= 2000


def test_the_message_that_is_shown_is_the_one_that_is_sent(pages: dict[str, HtmlPage]) -> None:
    for url in ("pilkada-2024/kayu-agung/jua-jua.html", "pilkada-2024/kayu-agung/jua-jua/tps-3.html"):
        [text] = whatsapp_texts(pages[url])
        assert " ".join(text.split()) in pages[url].texts


def test_calendars_are_linked_and_hold_every_stage(built_site: Path, pages: dict[str, HtmlPage]) -> None:
    folder = built_site / "pilkada-2024"
    stages = icalendar.Calendar.from_ical((folder / "jadwal.ics").read_bytes()).walk("VEVENT")
    [vote] = icalendar.Calendar.from_ical((folder / "hari-memilih.ics").read_bytes()).walk("VEVENT")
    assert len({event["uid"] for event in stages}) == len(stages) == 9  # seven of schedule.yaml, two of TPS
    assert vote["uid"] in {event["uid"] for event in stages}
    linked = {target for _, target, _ in pages["jadwal.html"].targets()}
    assert {"pilkada-2024/jadwal.ics", "pilkada-2024/hari-memilih.ics"} <= linked
    tps = pages["pilkada-2024/kayu-agung/jua-jua/tps-1.html"]
    assert "pilkada-2024/hari-memilih.ics" in {target for _, target, _ in tps.targets()}


def test_tps_that_vote_again_tell_their_own_day_and_ballots(built_site: Path, pages: dict[str, HtmlPage]) -> None:
    for url, line in AGAIN.items():
        page, calendar = pages[url], url.replace(".html", ".ics")
        targets = {target for _, target, _ in page.targets()}
        assert calendar in targets
        assert "pilkada-2024/hari-memilih.ics" not in targets
        event: Any = icalendar.Calendar.from_ical((built_site / calendar).read_bytes()).walk("VEVENT")[0]
        is_sunday = line == SUNDAY
        assert event["dtstart"].dt.isoformat() == f"2024-12-0{1 if is_sunday else 4}T00:00:00+00:00"
        assert ("dtend" in event) == (not is_sunday), "when the first two ended is not known"
        assert ("Hanya surat suara Bupati." in page.text) == ("gajah-mati" not in url)
        assert "okinews" in page.text or "122/PM.00.01/K.SS-09/11/2024" in page.text
        assert "Pindah memilih: mulai pukul" not in page.text, "not known for a repeat vote"
    namesake = pages["pilkada-2024/mesuji-raya/kertamukti.html"]
    assert "Pemungutan suara ulang" not in namesake.text


CONTACTS = {
    "{address: Kantor KPU (contoh)}": "../../../tentang.html#kontak-kantor",
    "{email: kantor@kpu.example, whatsapp: 6281200000000}": "mailto:kantor@kpu.example?subject=",
    "{whatsapp: 6281200000000}": "https://wa.me/6281200000000?text=",
}


@pytest.mark.parametrize("contact", CONTACTS)
def test_a_mistake_is_told_to_the_offices_own_contact(contact: str, tmp_path: Path) -> None:
    site = mini(tmp_path)
    edit(site / "site_config.yaml", "{address: Kantor KPU (contoh)}", contact)
    page = build(site)["pilkada-2024/kayu-agung/jua-jua/tps-1.html"]
    [href] = re.findall(r'href="([^"]*)"[^>]*>Ada yang salah\? Beri tahu kami', page)
    assert href.startswith(CONTACTS[contact])
    if "kontak-kantor" in href:
        return
    text = unquote(unescape(href))
    assert "Halaman: TPS 1 Jua-jua, Kec. Kayu Agung https://papan.example/situs/pilkada-2024/kayu-agung" in text
    assert re.search(r"Versi: data per Selasa, 26 November 2024 pukul 18\.00 WIB, Papan TPS \d", text)
    assert "Jangan kirim NIK" in text
    assert "%0D%0A" in href, "line ends as RFC 6068 wants them"
    assert len(href) <= 2000


def test_where_the_contact_stands_is_said_what_to_tell(pages: dict[str, HtmlPage]) -> None:
    assert "Jangan kirim NIK, foto KTP, atau foto surat." in pages["tentang.html"].texts


def test_other_hours_come_from_the_election(pages: dict[str, HtmlPage], tmp_path: Path) -> None:
    line = "Pindah memilih: mulai pukul 11.00. Belum terdaftar: mulai pukul 12.00 WIB."
    assert line in pages["pilkada-2024/kayu-agung/jua-jua/tps-1.html"].texts
    assert "Pindah memilih:" not in build(mini(tmp_path))["pilkada-2024/kayu-agung/jua-jua/tps-1.html"]
