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
from tests.hostile.everything import command, full, is_text, plant
from tests.hostile.strings import scripts
from tools.browsing import phone
from tools.pages_server import serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PROBE = "window.hits = []; window.hit = (...what) => window.hits.push(what); window.alert = window.hit;"
LEFT = r"""() => { const RUNS = /^on|^srcdoc$|^style$/; return [
    ...hits,
    ...[...document.querySelectorAll("*")].filter((e) => [...e.attributes].some((a) => RUNS.test(a.name))),
    ...[...document.links].filter((e) => !/^(https?|mailto|tel|geo):$/.test(e.protocol)),
    ...document.querySelectorAll("form:not(.search, .rtrw), custom-x"),
    ...document.querySelectorAll("base, iframe, object, embed, img, xss, [autofocus]"),
].map((found) => found.outerHTML || String(found)); }"""
FEW = int(os.environ.get("EVERY", "3"))
"""One script of so many is planted; ``make torture`` plants each."""
LINE = 280
"""So long a text may be in every field."""


def packed(texts: Sequence[str]) -> list[str]:
    """``texts``, several in a line, as long as a field takes them."""
    lines = [""]
    for text in texts:
        if len(lines[-1]) + len(text) > LINE:
            lines.append("")
        lines[-1] += f"{text} "
    return lines


class Used:
    """Plants each of ``texts`` once, then again from the beginning; ``count`` tells how many places there were."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts, self.count = texts, 0

    def __call__(self, keys: str) -> str | None:
        """The next text, if any text may stand here."""
        if keys == "body" or not is_text(keys) or keys.startswith("acknowledged"):
            return None
        self.count += 1
        return self.texts[(self.count - 1) % len(self.texts)]


def sites(folder: Path, texts: Sequence[str]) -> Iterator[Path]:
    """Sites that hold all of ``texts``, as many as are needed for it."""
    left = packed([re.sub(r"[\f\t\u2028]", " ", text) for text in texts])
    while left:
        site = full(folder / f"{len(left)}")
        used = Used(left)
        plant(site, used)
        said = command(site, "build")
        assert said.code == 0, said.err
        left = left[used.count :]
        yield site / "_site"


def all_pages(page: Page, site: Path, url: str) -> Iterator[str]:
    """Open every page of a site, and use the search."""
    for path in sorted(site.rglob("*.html")):
        if "/d/" not in path.as_posix():
            page.goto(url + path.relative_to(site).as_posix())
            yield path.name
    for words in ("hit", "script", "img", "a"):
        page.goto(f"{url}index.html")
        page.get_by_role("searchbox").press_sequentially(words)
        page.wait_for_timeout(100)
        yield f"search {words}"


def blank(page: Page) -> None:
    """An empty page of some site."""
    page.add_init_script(PROBE)
    page.route("**/*", lambda route: route.fulfill(body="<main></main>", content_type="text/html"))
    page.goto("http://papan.example/berita/2024/11/x.html")


@pytest.mark.parametrize("with_policy", [False, True], ids=["without a policy", "with it"])
def test_no_text_of_any_field_runs(browser: Browser, tmp_path: Path, *, with_policy: bool) -> None:
    texts = [*scripts()][:: FEW * (8 if with_policy else 1)]
    assert len(texts) > 60
    for site in sites(tmp_path, texts):
        with serve(site) as url, phone(browser, bypass_csp=not with_policy, service_workers="block") as context:
            context.add_init_script(PROBE)
            page = context.new_page()
            for name in all_pages(page, site, url):
                assert page.evaluate(LEFT) == [], name
                assert page.evaluate("watched.violations") == [], name


def test_no_markdown_runs(browser: Browser) -> None:
    with phone(browser, bypass_csp=True) as context:
        page = context.new_page()
        blank(page)
        for number, text in enumerate(scripts()):
            if number % 3 == 0 and not too_much(text):
                made = to_html(f"{text}\n\n# {text}\n\n| {text} |\n|-|\n| {text} |\n\n[x](<{text}>) `{text}`").html
                html = illustrated(made, lambda _: Markup())  # none of these pictures is there
                page.evaluate("(html) => { document.querySelector('main').innerHTML = html; }", str(html))
                assert page.evaluate(LEFT) == [], text
        page.wait_for_timeout(100)
        assert page.evaluate("hits") == []


def test_the_probe_sees_a_script(browser: Browser) -> None:
    with phone(browser, bypass_csp=True) as context:
        page = context.new_page()
        blank(page)
        page.evaluate("() => { document.querySelector('main').innerHTML = '<img src=x: onerror=hit()>'; }")
        page.wait_for_function("hits.length")
        assert any("onerror" in found for found in page.evaluate(LEFT))
