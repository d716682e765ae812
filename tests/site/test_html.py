"""Every page of the OKI site is valid, and carries what every page must."""

from __future__ import annotations

import json
from collections import Counter

from tests.html_pages import HtmlPage


def test_every_page_parses_without_an_error(pages: dict[str, HtmlPage]) -> None:
    assert {url: page.faults for url, page in pages.items() if page.faults} == {}


def test_ids_are_unique_in_a_page(pages: dict[str, HtmlPage]) -> None:
    twice = {url: [i for i, count in Counter(page.ids).items() if count > 1] for url, page in pages.items()}
    assert {url: ids for url, ids in twice.items() if ids} == {}


def test_every_page_says_its_language(pages: dict[str, HtmlPage]) -> None:
    assert {url: page.lang for url, page in pages.items() if page.lang != "id"} == {}


def test_every_page_has_one_main_title(pages: dict[str, HtmlPage]) -> None:
    assert {url: page.h1 for url, page in pages.items() if len(page.h1) != 1 or not page.h1[0]} == {}


def test_titles_tell_pages_apart(pages: dict[str, HtmlPage]) -> None:
    titles = Counter(page.title for url, page in pages.items() if page.refresh is None)
    assert [title for title, count in titles.items() if count > 1 or not title] == []


def test_every_page_describes_itself_and_fits_a_phone(pages: dict[str, HtmlPage]) -> None:
    full = {url: page for url, page in pages.items() if page.refresh is None}
    assert [url for url, page in full.items() if not page.meta.get("description")] == []
    assert [url for url, page in pages.items() if "width=device-width" not in page.meta.get("viewport", "")] == []


def test_styles_and_scripts_are_files(pages: dict[str, HtmlPage]) -> None:
    assert {url: page.inline for url, page in pages.items() if page.inline} == {}


def test_structured_data_is_json_of_schema_org(pages: dict[str, HtmlPage]) -> None:
    blocks = [(url, json.loads(block)) for url, page in pages.items() for block in page.jsonld]
    assert blocks
    assert [url for url, block in blocks if block["@context"] != "https://schema.org" or not block["@type"]] == []


def test_structured_data_is_of_every_kind_that_readers_search(pages: dict[str, HtmlPage]) -> None:
    kinds = {json.loads(block)["@type"] for page in pages.values() for block in page.jsonld}
    assert kinds >= {"GovernmentOffice", "Event", "Place", "NewsArticle", "BreadcrumbList"}
