"""The search beside Pagefind on the same OKI site in the same run.

``python benchmarks/bench_pagefind.py [--runs N]``: bytes, requests and time until the first answer to one name, in
turn, each with an empty cache on a local server; then the share of names and mistyped names whose village is among the
first five results. Pagefind indexes the pages of the villages with its defaults and is asked through its own interface.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.search.places import summaries  # noqa: E402
from benchmarks.search.queries import MAKERS  # noqa: E402
from tools.browsing import chromium, find_chromium, phone, search  # noqa: E402
from tools.pages_server import Answer, serve  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WORDS = "jua jua"
ASKED = 300
"""Queries of a set that are asked, a seeded sample."""
PAGE = """<!DOCTYPE html><html lang="id"><title>Pagefind</title><input type="search"><ol></ol>
<script type="module">
const pagefind = await import("./pagefind/pagefind.js");
const field = document.querySelector("input");
window.ask = async (text) => {
    const {results} = await pagefind.search(text);
    return Promise.all(results.slice(0, 5).map((one) => one.data()));
};
field.oninput = async () => {
    const typed = field.value;
    const found = await ask(typed);
    if (typed !== field.value) return;
    const row = (one) => `<li><a href="${one.url}">${one.meta.title}</a>`;
    document.querySelector("ol").innerHTML = found.map(row).join("");
};
window.isReady = true;
</script>"""
OURS = """(texts) => {
    const places = papanTps.readPlaces(Object.values(papanData).find((one) => one.places.includes("Jua-jua")).places);
    return texts.map((text) => papanTps.search(places, text).units.slice(0, 5).flat().map(({url}) => url));
}"""
THEIRS = """async (texts) => {
    const all = [];
    for (const text of texts) all.push((await ask(text)).map(({url}) => url));
    return all;
}"""


class First(NamedTuple):
    """The way to the first answer: compressed bodies, requests, milliseconds from the first key."""

    size: int
    requests: int
    milliseconds: float


def indexed(site: Path, folder: Path) -> Path:
    """The pages of the villages with Pagefind's index of them."""
    for page in site.glob("pilkada-2024/*/*.html"):
        target = folder / page.relative_to(site)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(page, target)
    command = [sys.executable, "-m", "pagefind", "--site", str(folder), "--force-language", "id"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (folder / "index.html").write_text(PAGE, "utf-8")
    return folder


def first_answer(browser: Browser, url: str, log: list[Answer], *, is_ours: bool) -> First:
    """Type the words with an empty cache until there is an answer."""
    log.clear()
    with phone(browser, service_workers="block") as context:
        page = context.new_page()
        page.goto(url)
        if not is_ours:
            page.wait_for_function("window.isReady")
        started = page.evaluate("performance.now()")
        if is_ours:
            search(page, WORDS)
        else:
            page.get_by_role("searchbox").press_sequentially(WORDS)
            page.locator("li").first.wait_for()
        ended = page.evaluate("performance.now()")
    return First(sum(answer.size for answer in log), len(log), ended - started)


def shares(page: Page, ask: str) -> dict[str, float]:
    """How many villages of each set of queries are among the first five results, in percent."""
    villages = [village for one in summaries("16.02") for village in one.villages]
    found = {}
    for name, make in MAKERS.items():
        queries = [(text, village) for village in villages for text in make(village.name)]
        chosen = random.Random(1).sample(queries, min(ASKED, len(queries)))  # noqa: S311 a sample, not a secret
        answers: list[list[str]] = page.evaluate(ask, [text for text, _ in chosen])
        paths = [village.url.removeprefix("1602/") for _, village in chosen]
        hits = sum(any(url.endswith(path) for url in urls) for path, urls in zip(paths, answers, strict=True))
        found[name] = 100 * hits / len(chosen)
    return found


def opened(browser: Browser, url: str, *, is_ours: bool) -> Any:
    """A page that can be asked, with everything loaded."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.goto(url)
    if is_ours:
        search(page, WORDS)
    else:
        page.wait_for_function("window.isReady")
    return page


def main() -> None:
    """Measure both and print."""
    parser = argparse.ArgumentParser(description="The search beside Pagefind")
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    chrome = find_chromium()
    if chrome is None:
        sys.exit("no Chromium found; install it or set CHROMIUM to its path")
    with tempfile.TemporaryDirectory() as folder, chromium(chrome) as browser:
        site = Path(folder) / "site"
        command = [sys.executable, "build.py", "--out", str(site)]
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        theirs = indexed(site, Path(folder) / "pagefind")
        logs: dict[str, list[Answer]] = {"Papan TPS": [], "Pagefind": []}
        with serve(site, log=logs["Papan TPS"]) as our_url, serve(theirs, log=logs["Pagefind"]) as their_url:
            urls = {"Papan TPS": our_url, "Pagefind": their_url}
            report(browser, urls, logs, runs)


def report(browser: Browser, urls: dict[str, str], logs: dict[str, list[Answer]], runs: int) -> None:
    """Print a table in Markdown."""
    firsts: dict[str, list[First]] = {name: [] for name in urls}
    for _ in range(runs):
        for name, url in urls.items():
            firsts[name].append(first_answer(browser, url, logs[name], is_ours=name == "Papan TPS"))
    print(f"\n| until the first answer to “{WORDS}” | bytes | requests | ms |\n|---|---:|---:|---:|")
    for name, found in firsts.items():
        size, requests, milliseconds = (statistics.median(column) for column in zip(*found, strict=True))
        print(f"| {name} | {size:,.0f} | {requests:.0f} | {milliseconds:.0f} |")
    print(f"\n| village among the first five | {' | '.join(MAKERS)} |\n|---|{'---:|' * len(MAKERS)}")
    for name, url in urls.items():
        is_ours = name == "Papan TPS"
        page = opened(browser, url, is_ours=is_ours)
        found_shares = shares(page, OURS if is_ours else THEIRS)
        print(f"| {name} | {' | '.join(f'{share:.1f} %' for share in found_shares.values())} |")


if __name__ == "__main__":
    main()
