"""Scripts in every field of every type at once, in a browser whose policy is switched off: none runs, and with the
policy nothing is violated either, because nothing of it is markup."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from markupsafe import Markup

from sitegen.content.costs import too_much
from sitegen.content.markdown import illustrated, to_html
from tests.figures import note
from tests.hostile.everything import command, full, is_text, plant
from tests.hostile.strings import scripts
from tools.browsing import phone
from tools.pages_server import serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PROBE = """window.hits = []; window.hit = (...what) => window.hits.push(what);
window.alert = window.prompt = window.confirm = window.print = window.hit;"""
LEFT = r"""() => { const RUNS = /^on|^srcdoc$|^style$/; return [
    ...hits,
    ...[...document.querySelectorAll("*")].filter((e) => [...e.attributes].some((a) => RUNS.test(a.name))),
    ...[...document.links].filter((e) => URL.canParse(e.href) && !/^(https?|mailto|tel|geo):$/.test(e.protocol)),
    ...document.querySelectorAll("form:not(.search, .rtrw), custom-x"),
    ...document.querySelectorAll("base, iframe, object, embed, img, xss, [autofocus]"),
].map((found) => found.outerHTML || String(found)); }"""
SHAPE = """(html) => [...new DOMParser().parseFromString(html, "text/html").querySelectorAll("*")]
    .filter((e) => !(e.localName == "span" && e.className == "whole"))
    .map((e) => `${e.localName} ${[...e.attributes].map((a) => a.name).sort()}`).sort().join("\\n")"""
"""Elements of a page with the names of their attributes, in any order: a page sorts by names. Around words with hyphens
there is a span."""
FEW = int(os.environ.get("EVERY", "3"))
"""One script of so many is planted, and one of eight times as many with the policy; ``make torture`` plants each."""
FEW_WITH_POLICY = int(os.environ.get("EVERY", "24"))
LINE = 280
"""So long a text may be in every field."""
MANY = 400
"""From so many texts on, several are put into one field."""


def packed(texts: Sequence[str]) -> list[str]:
    """``texts``, several in a line if there are many, as long as a field takes them."""
    texts = [re.sub(r"[\f\t\u2028]", " ", text) for text in texts]
    if len(texts) < MANY:
        return texts
    lines = [""]
    for text in texts:
        if len(lines[-1]) + len(text) > LINE:
            lines.append("")
        lines[-1] += f"{text} "
    return lines


class Used:
    """Plants ``texts`` one after another, from ``start`` on and round again, each time a little different, because two
    equal names can change a page; ``count`` tells how many were planted."""

    def __init__(self, texts: Sequence[str], start: int) -> None:
        self.texts, self.start, self.count = texts, start, 0

    def __call__(self, keys: str) -> str | None:
        """The next text, if any text may stand here."""
        if keys == "body" or not is_text(keys) or keys.startswith("acknowledged"):
            return None
        self.count += 1
        turn, at = divmod(self.start + self.count - 1, len(self.texts))
        return self.texts[at] + " x" * turn


def sites(folder: Path, lines: Sequence[str]) -> Iterator[Path]:
    """Sites that hold all of ``lines``, as many as are needed for it."""
    planted = 0
    while planted < len(lines):
        site = full(folder / f"{planted}")
        used = Used(lines, planted)
        plant(site, used)
        said = command(site, "build")
        assert said.code == 0, said.err
        planted += used.count
        yield site / "_site"


def all_pages(page: Page, site: Path, url: str) -> Iterator[str]:
    """Open every page of a site, and use the search."""
    for path in sorted(site.rglob("*.html")):
        if b'http-equiv="refresh"' not in path.read_bytes():
            page.goto(url + path.relative_to(site).as_posix())
            yield path.name
    for words in ("hit", "script", "img", "a"):
        page.goto(f"{url}index.html")
        page.get_by_role("searchbox").press_sequentially(words)
        page.wait_for_timeout(100)
        yield f"search {words}"


def harmless() -> list[str]:
    """Plain words, others for every field."""
    return [f"Teks {chr(97 + one)}{chr(97 + other)}" for one in range(26) for other in range(26)]


def none_runs(browser: Browser, folder: Path, texts: Sequence[str], *, with_policy: bool) -> int:
    """Plant all of ``texts`` and look at every page; gives how many pages were looked at."""
    looked = 0
    with phone(browser, bypass_csp=not with_policy, service_workers="block") as context:
        context.add_init_script(PROBE)
        page = context.new_page()
        plain = next(sites(folder / "plain", harmless()))
        shapes = {
            path.relative_to(plain): page.evaluate(SHAPE, path.read_text("utf-8")) for path in plain.rglob("*.html")
        }
        for site in sites(folder, packed(texts)):
            for name, shape in shapes.items():
                assert page.evaluate(SHAPE, (site / name).read_text("utf-8")) == shape, name
            with serve(site) as url:
                for seen in all_pages(page, site, url):
                    assert page.evaluate(LEFT) == [], seen
                    assert page.evaluate("watched.violations") == [], seen
                    looked += 1
                page.goto("about:blank")
    return looked


def blank(page: Page) -> None:
    """An empty page of some site."""
    page.add_init_script(PROBE)
    page.route("**/*", lambda route: route.fulfill(body="<main></main>", content_type="text/html"))
    page.goto("http://papan.example/berita/2024/11/x.html")


def markdown_runs_nowhere(browser: Browser, texts: Sequence[str]) -> int:
    """Make HTML of each of ``texts`` in several places of Markdown and show it; gives how many could be made."""
    made = 0
    with phone(browser, bypass_csp=True) as context:
        page = context.new_page()
        blank(page)
        for text in texts:
            markdown = f"{text}\n\n# {text}\n\n| {text} |\n|-|\n| {text} |\n\n[x](<{text}>) `{text}`"
            if too_much(markdown):
                continue
            html = illustrated(to_html(markdown).html, lambda _: Markup())  # none of these pictures is there
            page.evaluate("(html) => { document.querySelector('main').innerHTML = html; }", str(html))
            assert page.evaluate(LEFT) == [], text
            made += 1
        page.wait_for_timeout(100)
        assert page.evaluate("hits") == []
    return made


@pytest.mark.parametrize("with_policy", [False, True], ids=["without a policy", "with it"])
def test_no_text_of_any_field_runs(browser: Browser, tmp_path: Path, *, with_policy: bool) -> None:
    texts = [*scripts()][:: FEW_WITH_POLICY if with_policy else FEW]
    assert len(texts) > 60
    looked = none_runs(browser, tmp_path, texts, with_policy=with_policy)
    policy = "with the policy" if with_policy else "with the policy switched off"
    note(f"scripts in Chromium {policy}: {len(texts)} in {looked} pages and searches, 0 ran, 0 violations")


def test_no_markdown_runs(browser: Browser) -> None:
    made = markdown_runs_nowhere(browser, [*scripts()][::FEW])
    assert made > 400
    note(f"scripts as Markdown in Chromium: {made}, 0 ran")


def test_the_probe_sees_a_script(browser: Browser) -> None:
    with phone(browser, bypass_csp=True) as context:
        page = context.new_page()
        blank(page)
        page.evaluate("() => { document.querySelector('main').innerHTML = '<img src=x: onerror=hit()>'; }")
        page.wait_for_function("hits.length")
        assert any("onerror" in found for found in page.evaluate(LEFT))
