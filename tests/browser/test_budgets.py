"""The budgets that do not depend on time: bytes, requests, nothing from elsewhere, nothing that jumps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tools.browsing import PAGE_TYPES, STILL, Look, first_answer, look, phone
from tools.page_weight import HOME_BYTES, HOME_REQUESTS, TPS_BYTES, first_visit
from tools.pages_server import Answer, serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

FAULTY = """<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="img-src 'self'">
<script>document.cookie = "a=1"; document.write("<p>kata</p>")</script>
<h1 id="late" hidden>datang<br>lambat</h1><h1 onclick="x()">isi<br>halaman<br>ini</h1>
<img src="https://pihak-ketiga.example/x.png" alt="">
<script>setTimeout(() => { document.querySelector("#late").hidden = false }, 600)</script>"""


def assert_clean(found: Look) -> None:
    assert found == Look(third_parties=[], cookies=[], inline_scripts=[], violations=[], shift=found.shift)
    assert found.shift < STILL


@pytest.fixture(scope="module")
def clean_phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone that all page types are opened on, so that a cookie of any would be seen."""
    with phone(browser) as context:
        yield context


def test_home_answers_its_first_search_within_the_budget(browser: Browser, built_site: Path) -> None:
    log: list[Answer] = []
    with serve(built_site, log=log) as url:
        files = first_answer(browser, built_site, url, log)
    assert any(file.startswith("search/") for file in files)
    assert len(files) <= HOME_REQUESTS, files
    assert sum(files.values()) <= HOME_BYTES, files


def test_every_tps_page_is_within_the_budget(built_site: Path, site_files: frozenset[str]) -> None:
    pages = [file for file in site_files if "/tps-" in file and file.endswith(".html")]
    assert len(pages) == 1249
    weights = {page: first_visit(built_site, page) for page in pages}
    assert {page: files for page, files in weights.items() if sum(files.values()) > TPS_BYTES} == {}


def test_a_first_visit_fetches_what_its_files_tell(browser: Browser, built_site: Path) -> None:
    page = PAGE_TYPES["tps"]
    log: list[Answer] = []
    with serve(built_site, log=log) as url, phone(browser, service_workers="block") as context:
        context.new_page().goto(url + page, wait_until="networkidle")
    fetched = {answer.path.lstrip("/"): answer.size for answer in log}
    told = first_visit(built_site, page)
    assert fetched == {name: told[name] for name in fetched}
    # The browser may leave out the icon when nobody looks.
    assert len(told) - len(fetched) <= 1


@pytest.mark.parametrize("kind", PAGE_TYPES)
def test_page_type_is_clean_and_still(kind: str, clean_phone: BrowserContext, site_url: str) -> None:
    assert_clean(look(clean_phone, site_url + PAGE_TYPES[kind]))


@pytest.mark.parametrize("words", ["sukaraja", "jua jua tps 3", "kec pedamaran"])
def test_results_appear_without_a_jump(words: str, clean_phone: BrowserContext, site_url: str) -> None:
    assert_clean(look(clean_phone, site_url, words))


def test_a_page_that_breaks_every_rule_is_found_out(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(FAULTY, "utf-8")
    with serve(tmp_path) as url, phone(browser) as context:
        found = look(context, url, settle=900)
    assert found.third_parties == ["pihak-ketiga.example"]
    assert found.cookies == ["a"]
    assert len(found.inline_scripts) == 3
    assert found.violations == ["img-src https://pihak-ketiga.example/x.png"]
    assert found.shift > STILL


PAST = ("desa-lalu", "tps-lalu")
"""Pages of past elections, of which the site has none; they say less than the others: test_past_election.py."""


def test_every_template_has_its_page_in_the_list(repo: Path) -> None:
    templates = {file.stem for file in (repo / "templates" / "pages").glob("*.html")}
    assert {kind.split()[0] for kind in PAGE_TYPES} == templates - {"redirect", *PAST}
