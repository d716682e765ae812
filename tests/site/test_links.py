"""Every address that the site itself gives leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import build_site
from tests.html_pages import HtmlPage, is_external, read_site
from tests.official import Content

ATOM = {"atom": "http://www.w3.org/2005/Atom"}
SITEMAP = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def dead_links(pages: dict[str, HtmlPage], files: frozenset[str]) -> list[str]:
    """Links that lead to no file or to no place in it, one line each."""
    ids = {url: set(page.ids) for url, page in pages.items()}
    return [
        f"{page.url}: <{link.tag}> {link.address}"
        for page in pages.values()
        for link, target, fragment in page.targets()
        if target not in files or (fragment and fragment not in ids.get(target, ()))
    ]


def test_every_internal_link_resolves(pages: dict[str, HtmlPage], site_files: frozenset[str]) -> None:
    assert sum(1 for page in pages.values() for _ in page.targets()) > 10 * len(pages)
    assert dead_links(pages, site_files) == []


def test_internal_links_are_relative_so_that_the_site_works_anywhere(pages: dict[str, HtmlPage]) -> None:
    found = {(url, link.address) for url, page in pages.items() for link in page.links if link.address.startswith("/")}
    assert {(url, address) for url, address in found if url != "404.html"} == set()
    assert {address for url, address in found if url == "404.html"}, "the 404 page is shown at any depth"
    assert [link for link, _, _ in pages["404.html"].targets() if not link.address.startswith(("/", "#"))] == []


def test_external_links_are_encrypted(pages: dict[str, HtmlPage]) -> None:
    schemes = {
        urlsplit(link.address).scheme for page in pages.values() for link in page.links if is_external(link.address)
    }
    assert schemes <= {"https", "mailto", "tel", "geo"}


def test_nothing_is_loaded_from_elsewhere(pages: dict[str, HtmlPage]) -> None:
    loaded = {
        link.address
        for page in pages.values()
        for link in page.links
        if link.tag not in {"a", "area"} and link.rel != "canonical" and is_external(link.address)
    }
    assert loaded == set()


def test_every_file_of_static_is_used(pages: dict[str, HtmlPage], site_files: frozenset[str]) -> None:
    used = {target for page in pages.values() for _, target, _ in page.targets()}
    assert {name for name in site_files if name.startswith("static/")} - used == set()


def test_canonical_addresses_are_the_pages_own(pages: dict[str, HtmlPage]) -> None:
    base = pages["index.html"].canonical or ""
    assert re.fullmatch(r"https://.*/", base)
    full = [page for page in pages.values() if page.refresh is None and page.url != "index.html"]
    assert [page.url for page in full if page.canonical != base + page.url] == []
    assert [page.url for page in full if page.meta.get("og:url") != page.canonical] == []


def test_sitemap_lists_pages_once_and_only_pages(built_site: Path, pages: dict[str, HtmlPage]) -> None:
    base = pages["index.html"].canonical or ""
    tree = ET.parse(built_site / "sitemap.xml")
    found = [place.text or "" for place in tree.findall("map:url/map:loc", SITEMAP)]
    assert len(found) == len(set(found))
    assert {place.removeprefix(base) or "index.html" for place in found} == {
        url for url, page in pages.items() if page.refresh is None and url not in {"404.html", "luring.html"}
    }


def test_feed_entries_are_news_with_readable_text_and_changed_tps(built_site: Path, pages: dict[str, HtmlPage]) -> None:
    base = pages["index.html"].canonical or ""
    entries = ET.parse(built_site / "berita.atom").findall("atom:entry", ATOM)
    linked = {entry.find("atom:link", ATOM).get("href", ""): entry for entry in entries}  # type: ignore[union-attr]
    news = {url: entry for url, entry in linked.items() if "/berita/" in url}
    assert set(news) == {base + url for url in pages if re.match(r"berita/\d{4}/\d\d/", url)}
    for entry in news.values():
        body = entry.findtext("atom:content", "", ATOM)
        assert body.startswith("<p>"), f"escaped twice: {body[:80]}"
    changed = {url.removeprefix(base) for url in linked.keys() - news.keys()}
    assert changed == {target for _, target, _ in pages["perubahan.html"].targets() if "/tps-" in target}
    assert len(changed) == 4


def test_permanent_addresses_lead_to_their_village_or_kecamatan(pages: dict[str, HtmlPage], content: Content) -> None:
    wanted = {tps.code.replace(".", ""): tps.village for tps in content.tps}
    wanted |= {tps.code[:8].replace(".", ""): tps.kecamatan for tps in content.tps}
    assert {url for url in pages if url.startswith("d/")} == {f"d/{code}.html" for code in wanted}
    for code, name in wanted.items():
        page = pages[f"d/{code}.html"]
        (target,) = {target for link, target, _ in page.targets() if link.tag in {"meta", "a"}}
        assert (page.refresh or "").startswith("0; url=")
        assert re.fullmatch(rf"(Desa|Kelurahan|Kecamatan) {re.escape(name)}", pages[target].h1[0]), (code, target)


@pytest.mark.parametrize("base", ["https://kpu.example/", "https://kpu.github.io/papan-tps/"])
def test_the_404_page_works_under_the_address_given(base: str, repo: Path, tmp_path: Path) -> None:
    mini = repo / "tests" / "sites" / "mini"
    out = tmp_path / "site"
    done = build_site(
        out, "--config", str(mini / "site_config.yaml"), "--content", str(mini / "content"), "--base-url", base
    )
    assert done.returncode == 0, done.stdout + done.stderr
    root = urlsplit(base).path
    page = (out / "404.html").read_text("utf-8")
    assert set(re.findall(r'(?:href|src|action)="(/[^"]*)', page)) <= set(
        re.findall(rf'"({re.escape(root)}[^"]*)', page)
    )
    files = frozenset(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    assert dead_links(read_site(out, root), files) == []
