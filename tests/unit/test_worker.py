"""What the build writes into the service worker: what to keep, and a version that follows every page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from sitegen.cli import main
from tests.support import JUA_JUA, edit, mini, snapshot


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small good site as the current folder."""
    monkeypatch.chdir(mini(tmp_path))
    return tmp_path


def build(site: Path) -> dict[str, bytes]:
    assert main(["--jobs", "1"]) == 0
    return snapshot(site / "_site")


def publication(files: dict[str, bytes]) -> dict[str, Any]:
    """What stands in the worker; the minifier leaves quotes from its keys."""
    match = re.search(rb'\{files:.*?version:"[0-9a-f]{8}"\}', files["sw.js"])
    assert match
    found: dict[str, Any] = json.loads(re.sub(r"(?<=[{,])(\w+):", r'"\1":', match[0].decode()))
    return found


def test_everything_it_keeps_is_published(site: Path) -> None:
    files = build(site)
    known = publication(files)
    kept = [*known["files"], *known["pages"], *known["rest"]]
    assert {path.partition("?")[0] for path in kept} <= files.keys()
    assert {path.partition("?")[0] for path in known["files"]} >= {
        "static/home.js",
        "static/page.js",
    }
    assert any(path.startswith("search/") for path in known["files"])
    assert known["pages"] == ["index.html", "luring.html"]
    assert known["rest"] == ["cek-tps.html", "cara-memilih.html", "kpps.html", "tentang.html"]
    assert [one["folder"] for one in known["languages"]] == [""]


def test_pages_ask_for_the_files_that_it_keeps(site: Path) -> None:
    files = build(site)
    html = "".join(data.decode() for path, data in files.items() if path.endswith(".html"))
    assert [path for path in publication(files)["files"] if path not in html] == []


def test_every_language_is_kept(site: Path) -> None:
    edit(site / "site_config.yaml", "data_status", "languages: [id, en]\ndata_status")
    known = publication(build(site))
    assert known["pages"] == ["index.html", "luring.html", "en/index.html", "en/luring.html"]
    assert [(one["folder"], one["again"]) for one in known["languages"]] == [("en/", "Try again"), ("", "Coba lagi")]
    assert {"kpps.html", "en/kpps.html"} <= set(known["rest"])


def test_the_version_follows_any_page_and_nothing_else(site: Path) -> None:
    first = build(site)
    assert build(site)["sw.js"] == first["sw.js"]
    edit(site / JUA_JUA, "SDN 1 Jua-jua", "Gedung Baru")
    second = build(site)
    assert publication(second) | {"version": ""} == publication(first) | {"version": ""}
    assert publication(second)["version"] != publication(first)["version"]


def test_every_page_can_say_that_it_is_a_copy(site: Path) -> None:
    pages = {path: data.decode() for path, data in build(site).items() if path.endswith(".html")}
    full = {path for path in pages if not path.startswith("d/") and path not in {"404.html", "luring.html"}}
    dated = {path for path, html in pages.items() if html.count(' data-as-of="Data per ') == 1 and "<main" in html}
    assert dated == full | {"404.html", "luring.html"}
    assert {path for path, html in pages.items() if " data-worker" in html} == full | {"404.html", "luring.html"}


def test_switched_off_no_page_knows_of_it(site: Path) -> None:
    edit(site / "site_config.yaml", "data_status", "offline: false\ndata_status")
    files = build(site)
    assert b"unregister" in files["sw.js"]
    assert b"fetch" not in files["sw.js"]
    assert "luring.html" not in files
    html = [path for path, data in files.items() if path.endswith(".html") and re.search(rb"data-(worker|as-of)", data)]
    assert html == []


@pytest.mark.parametrize("value", ["no", "off", "0", "maybe"])
def test_only_true_and_false_are_understood(site: Path, value: str, capsys: pytest.CaptureFixture[str]) -> None:
    edit(site / "site_config.yaml", "data_status", f"offline: {value}\ndata_status")
    assert main(["check", "--jobs", "1"]) == 1
    assert "site_config.yaml:5" in capsys.readouterr().out
