"""Strange texts where they also come out: in the check report, in a portal, in the page for writing news, and in what
commands say."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sitegen.content.characters import hidden
from sitegen.content.yaml_write import scalar
from sitegen.output import admin
from tests.figures import note
from tests.hostile.everything import command, everywhere, files, full, plant, run
from tests.hostile.strings import HIDDEN, ODD, WHOLE, scripts
from tests.hostile.test_in_chromium import LEFT, PROBE
from tests.hostile.test_texts import HIDDEN_SIGN, in_text, planted, shapes
from tests.support import ROOT
from tests.unit.test_admin import package
from tools.browsing import phone
from tools.pages_server import serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EVERY = 12 if os.environ.get("EVERY") == "1" else 250
"""One script of so many is tried: each takes a site, two reports and a portal. ``make torture`` tries more."""
TEXTS = [text for text in scripts() if not HIDDEN_SIGN.search(text)][::EVERY]
ADMIN = "admin:\n  repository: kantor-contoh/situs\n  branch: "
PORTAL = """\
title: {0}
office: {{name: {0}, short_name: {0}}}
contact: {{address: {0}, hours: {0}, phone: {0}}}
region: {0}
sites: [{{url: "https://satu.example/", data: satu}}]
"""


@pytest.fixture(autouse=True)
def _editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admin, "fetched", package)


def pages_with(folder: Path, text: str) -> Path:
    """A folder with a check report, a portal, and a site with its page for writing news, all of which show ``text``."""
    site = planted(folder / "s", in_text(text))
    with (site / "site_config.yaml").open("a", encoding="utf-8") as config:
        config.write(f"{ADMIN}{scalar(text)}\n")
    shown = folder / "shown"
    said = command(site, "check", "--html", str(folder / "report.html"))
    assert said.code == 0, said.out
    json.loads(command(site, "check", "--json").out)
    assert command(site, "build").code == 0
    site.joinpath("_site").rename(folder / "satu")
    (folder / "portal.yaml").write_text(PORTAL.format(scalar(text)), "utf-8")
    said = run("portal", "--sites", str(folder / "portal.yaml"), "--out", str(shown))
    assert said.code == 0, said.err
    (folder / "report.html").rename(shown / "report.html")
    folder.joinpath("satu", "admin").rename(shown / "admin")
    return shown


def forms(shown: Path) -> Any:
    """The forms of the page for writing news, without any of their texts."""

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: bare(inner) for key, inner in value.items()}
        return [bare(inner) for inner in value] if isinstance(value, list) else type(value)

    return bare(json.loads((shown / "admin/config.json").read_text("utf-8")))


def test_text_never_changes_report_portal_and_editor(tmp_path: Path) -> None:
    plain = pages_with(tmp_path / "plain", "Teks contoh")
    expected, form = shapes(plain), forms(plain)
    assert {"report.html", "index.html", "admin/index.html"} <= expected.keys()
    for number, text in enumerate(TEXTS):
        shown = pages_with(tmp_path / f"{number}", text)
        assert shapes(shown) == expected, text
        assert forms(shown) == form, text
    note(f"scripts in check report, portal and page for writing news: {len(TEXTS)} compared element by element")


@pytest.mark.browser
def test_none_of_them_runs(browser: Browser, tmp_path: Path) -> None:
    for number, text in enumerate(TEXTS[::4]):
        shown = pages_with(tmp_path / f"{number}", text)
        with serve(shown) as url, phone(browser, bypass_csp=True, service_workers="block") as context:
            context.add_init_script(PROBE)
            page = context.new_page()
            for path in sorted(shown.rglob("*.html")):
                page.goto(url + path.relative_to(shown).as_posix())
                assert page.evaluate(LEFT) == [], (path, text)


def cells() -> Iterator[str]:
    yield from (f"a{sign}b" for sign in HIDDEN)
    yield from (*WHOLE, *ODD, "\x1b[31mx", "\x1b]0;x\x07", "\x9b2J", "\u202ex")


def test_what_an_import_says_is_no_code_for_a_terminal(tmp_path: Path) -> None:
    site = full(tmp_path / "s")
    before = {path: path.read_bytes() for path in files(site)}
    texts = list(cells())
    path = tmp_path / "a.csv"
    for text in texts:
        cell = '"' + text.replace('"', '""') + '"'
        lines = [
            f"Kecamatan,Desa/Kelurahan,Nomor TPS,Nama Tempat,Alamat TPS,{cell}",
            f"Kayu Agung,Celikah,1,{cell},{cell},1",
        ]
        lines += [f"{cell},Celikah,1,x,y,1", f"Kayu Agung,{cell},1,x,y,1", f"Kayu Agung,Celikah,{cell},x,y,1"]
        path.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
        options = ["--config", str(site / "site_config.yaml"), "--content", str(site / "content")]
        said = run("import", str(path), *options)
        assert said.code == 1, text
        assert [line for line in (said.out + said.err).split("\n") if hidden(line)] == [], ascii(text)
    assert {path: path.read_bytes() for path in files(site)} == before
    note(f"spreadsheet cells shown on a terminal: {len(texts)} strange texts in six places each, none obeyed")


def test_what_other_commands_say_is_none_either(tmp_path: Path) -> None:
    site = full(tmp_path / "s")
    plant(site, everywhere(["\x1b[31mx", "\u202ex"]))
    for name in ("build", "check"):
        said = command(site, name)
        assert said.code == 1
        assert [line for line in (said.out + said.err).split("\n") if hidden(line)] == []
    said = run("build", "--content", "\x1b[31m", "--config", str(ROOT / "site_config.yaml"))
    assert said.code == 2
    assert "\\u001b[31m" in said.err
