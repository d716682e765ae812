"""Two languages: the first one's tree is the publication's root, the other lies in a folder of its own."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from sitegen.cli import main
from tests.support import edit, mini, snapshot

HREF = re.compile(r'(?:href|src|action|data-page)="([^"]*)"')


def build(folder: Path, languages: str) -> dict[str, bytes]:
    site = mini(folder)
    edit(site / "site_config.yaml", "election:", f"languages: {languages}\nelection:")
    options = ["--config", str(site / "site_config.yaml"), "--content", str(site / "content")]
    assert main([*options, "--out", str(site / "_site"), "--jobs", "1"]) == 0
    return snapshot(site / "_site")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The small site in Indonesian and English."""
    return build(tmp_path_factory.mktemp("both"), "[id, en]")


def pages(files: dict[str, bytes]) -> dict[str, str]:
    return {path: data.decode() for path, data in files.items() if path.endswith(".html")}


def test_both_trees_have_the_same_pages(files: dict[str, bytes]) -> None:
    english = {path.removeprefix("en/") for path in pages(files) if path.startswith("en/")}
    assert english == {path for path in pages(files) if not path.startswith("en/")}
    assert len(english) == 28
    assert not [path for path in files if path.startswith(("en/static", "en/data/", "en/search", "en/media"))]


def test_every_link_of_both_trees_leads_to_a_file(files: dict[str, bytes]) -> None:
    dead = []
    for path, html in pages(files).items():
        for href in HREF.findall(html):
            parts = urlsplit(href)
            if parts.scheme or not parts.path:
                continue
            base = "" if parts.path.startswith("/situs/") else posixpath.dirname(path)
            target = posixpath.normpath(posixpath.join(base, parts.path.removeprefix("/situs/")))
            if target not in files:
                dead.append((path, href))
    assert dead == []


def test_every_page_says_its_language_and_leads_to_the_other(files: dict[str, bytes]) -> None:
    for path, html in pages(files).items():
        if "/d/" in f"/{path}":
            continue
        own, other = ("en", "id") if path.startswith("en/") else ("id", "en")
        assert f'<html lang="{own}">' in html, path
        [href] = re.findall(rf'<link rel="alternate" hreflang="{other}" href="([^"]*)">', html)
        twin = path.removeprefix("en/") if own == "en" else f"en/{path}"
        found = href.removeprefix("/situs/")
        assert (found if found != href else posixpath.normpath(posixpath.join(posixpath.dirname(path), href))) == twin


def test_texts_are_in_their_language(files: dict[str, bytes]) -> None:
    both = pages(files)
    assert "27 November 2024" in both["pilkada-2024/kayu-agung/jua-jua/tps-1.html"]
    assert "<title>[Contoh] " in both["index.html"]
    assert "<title>[Sample] " in both["en/index.html"]
    assert "Rabu" in both["jadwal.html"]
    assert "Wednesday" in both["en/jadwal.html"]
    assert "Rabu" not in both["en/jadwal.html"]
    assert "1.600" in both["data.html"]
    assert "1,600" in both["en/data.html"]


def test_the_sitemap_holds_both_trees(files: dict[str, bytes]) -> None:
    found = set(re.findall(r"<loc>https://papan.example/situs/([^<]*)</loc>", files["sitemap.xml"].decode()))
    assert {"", "en/", "jadwal.html", "en/jadwal.html"} <= found
    assert {f"en/{url}" for url in found if not url.startswith("en/")} <= found


def test_the_main_tree_is_the_one_of_a_site_with_one_language(files: dict[str, bytes], tmp_path: Path) -> None:
    alone = build(tmp_path, "[id]")
    assert set(alone) == {path for path in files if not path.startswith("en/")}
    # The list of addresses has those of all languages, and the manifest its digest.
    listed = {"data/addresses.txt", "data/manifest.json", "data/sha256sums.txt"}
    data = {path for path in alone if path.startswith("data/")} - listed
    assert {path: alone[path] for path in data} == {path: files[path] for path in data}
    lines = files["data/addresses.txt"].decode().splitlines()
    assert [line for line in lines if not line.startswith("en/")] == alone["data/addresses.txt"].decode().splitlines()


def test_english_may_be_the_main_language(tmp_path: Path) -> None:
    made = build(tmp_path, "[en, id]")
    assert b'<html lang="en">' in made["index.html"]
    assert b'<html lang="id">' in made["id/index.html"]
