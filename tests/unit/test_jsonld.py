"""schema.org objects: they say what the page says, never more."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from sitegen.model.article import Correction
from sitegen.model.config import Contact
from sitegen.model.election import Election, TimeZone
from sitegen.pages import jsonld
from sitegen.pages.page import Link, Page
from sitegen.problems import msg
from sitegen.render.environment import environment
from tests.support import mini_news, mini_site, plans, with_config

PAGE = Page(url="a/b.html", template="", title=msg("Home"), description=msg("Home"), source="")


def as_json(block: jsonld.Block, language: str = "id") -> str:
    return str(environment(language).filters["json"](block))


@pytest.mark.parametrize(("zone", "offset"), [("WIB", "+07:00"), ("WITA", "+08:00"), ("WIT", "+09:00")])
def test_moments_carry_the_offset_of_their_zone(zone: TimeZone, offset: str) -> None:
    election: Election = replace(mini_site().election, time_zone=zone)
    assert jsonld.iso(dt.datetime(2024, 11, 27, 7), election) == f"2024-11-27T07:00:00{offset}"


def test_voting_day() -> None:
    block = jsonld.voting_day(mini_site())
    assert (block["@type"], block["startDate"], block["endDate"]) == (
        "Event",
        "2024-11-27T07:00:00+07:00",
        "2024-11-27T13:00:00+07:00",
    )
    assert block["location"]["name"] == "Kabupaten Contoh"


def test_the_office_tells_only_what_is_known() -> None:
    assert jsonld.office(mini_site().config) == {
        "@context": "https://schema.org",
        "@type": "GovernmentOffice",
        "name": "KPU Kabupaten Contoh",
        "areaServed": "Kabupaten Contoh",
        "address": "Kantor KPU (contoh)",
    }
    config = with_config(contact=Contact(phone="112", email="a@b.example", website="https://kpu.example")).config
    office = jsonld.office(config)
    assert (office["telephone"], office["email"], office["url"]) == ("112", "a@b.example", "https://kpu.example")
    assert "address" not in office


def test_a_polling_place_is_named_and_no_copy_of_it_can_mislead() -> None:
    view = next(v for v in plans()["kayu-agung"].villages if v.name == "Jua-jua")
    text = as_json(jsonld.place(mini_site(), view, view.tps[1]))
    block = json.loads(text)
    assert (block["@type"], block["name"]) == ("Place", "TPS 2 Jua-jua, Kec. Kayu Agung")
    assert block["address"]["addressLocality"] == "Jua-jua, Kayu Agung"
    assert "SDN 1" not in text
    assert "Petugas" not in text


def test_an_article_and_its_correction() -> None:
    [item] = mini_news()
    block = jsonld.article(mini_site(), item)
    assert (block["@type"], block["headline"]) == ("NewsArticle", "Pelantikan KPPS")
    assert (block["datePublished"], block["dateModified"]) == ("2024-11-07", "2024-11-07")
    head = replace(item.head, corrections=(Correction(date=dt.date(2024, 11, 9), text="Salah."),))
    block = jsonld.article(mini_site(), replace(item, head=head))
    assert (block["datePublished"], block["dateModified"]) == ("2024-11-07", "2024-11-09")


def test_breadcrumbs_need_absolute_addresses() -> None:
    page = replace(PAGE, breadcrumbs=(Link(msg("News"), "berita.html"),))
    [block] = jsonld.breadcrumbs(page, lambda url: f"https://x.example/{url}")
    assert [(entry["position"], entry["name"].id, entry["item"]) for entry in block["itemListElement"]] == [
        (1, "News", "https://x.example/berita.html"),
        (2, "Home", "https://x.example/a/b.html"),
    ]
    assert jsonld.breadcrumbs(page, lambda _: None) == ()
    assert jsonld.breadcrumbs(PAGE, lambda url: url) == ()


def test_messages_are_translated_and_nothing_can_end_the_script() -> None:
    block = {"a": msg("Home"), "b": ["</script><!--", {"c": msg("Find TPS")}], "d": 1, "e": "&"}
    text = as_json(block)
    assert not set("<>&") & set(text)
    assert json.loads(text) == {"a": "Beranda", "b": ["</script><!--", {"c": "Cek TPS"}], "d": 1, "e": "&"}
    assert json.loads(as_json(block, "en"))["a"] == "Home"
