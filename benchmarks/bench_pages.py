"""The budgets of the pages, measured in headless Chromium against a server that answers as GitHub Pages does.

``python benchmarks/bench_pages.py [bytes] [clean] [keys] [slow] [--runs N]`` builds the OKI site and prints a table in
Markdown; without names, all parts. Bytes and counts are held by ``tests/browser/test_budgets.py``; times are only told.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.browsing import PAGE_TYPES, chromium, find_chromium, first_answer, look, phone, search  # noqa: E402
from tools.page_weight import first_visit  # noqa: E402
from tools.pages_server import Answer, serve  # noqa: E402
from tools.slow_phone import CPU, NETWORK, key_times, key_work, paint_times, slow_down  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TYPED = (
    "jua jua",
    "juajua",
    "sukaraja",
    "tanjung lubuk",
    "tj lubuk",
    "kota raya",
    "sp padang",
    "pengarayan",
    "kayuagung",
    "sukamju",
    "jua jua tps 3",
    "kec pedamaran",
    "pangkalan lampam",
    "lebung gajah ii",
    "zzzzzzzz",
)
PLAIN_ROWS = """
    const results = document.querySelector("[data-part=results]");
    document.querySelector("#q").oninput = ({target}) => {
        results.hidden = false;
        results.replaceChildren(...Array.from({length: 8}, (_, i) => {
            const row = document.createElement("li"), link = document.createElement("a");
            link.className = "search-link";
            link.href = `page-${i}.html`;
            link.textContent = `${target.value} ${i}`;
            row.append(link);
            return row;
        }));
    };
"""
"""Eight rows of plain text that change with every key: what it costs to show results that cost nothing to find."""
KEY_SCRIPTS = {"p95: ≤ 50 ms": None, "eight rows of plain text, no search": PLAIN_ROWS, "the bare field": ""}
SLOW_PAGES = {"home": "home", "village": "desa", "TPS": "tps", "news": "artikel"}


@dataclass
class Bench:
    """A built site that is being served, a browser, and the rows found so far."""

    site: Path
    url: str
    browser: Browser
    log: list[Answer]
    runs: int
    rows: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, budget: str, measured: str, part: str) -> None:
        """One row of the table."""
        self.rows.append((budget, measured, f"`bench_pages.py {part}`"))


def kb(size: int) -> str:
    """Bytes as the table shows them."""
    return f"{size:,} B"


def measure_bytes(bench: Bench) -> None:
    """What goes over the wire, bodies only, and once more as the browser counts it, with headers."""
    files = first_answer(bench.browser, bench.site, bench.url, bench.log)
    wire = with_headers(bench)
    total = f"{kb(sum(files.values()))}, {len(files)} requests ({wire:,} B with headers, icon left out)"
    bench.add("home until the first answer: ≤ 14,336 B, ≤ 4 requests", total, "bytes")
    kinds = {"TPS": "pilkada-2024/*/*/tps-*.html", "village": "pilkada-2024/*/*.html", "news": "berita/*/*/*.html"}
    for name, pattern in kinds.items():
        pages = [path.relative_to(bench.site).as_posix() for path in bench.site.glob(pattern)]
        sizes = sorted((sum(first_visit(bench.site, page).values()) for page in pages), reverse=True)
        budget = "≤ 10,240 B" if name == "TPS" else "none"
        found = f"largest {kb(sizes[0])}, median {kb(int(statistics.median(sizes)))}, {len(sizes):,} pages"
        bench.add(f"{name} page, first visit: {budget}", found, "bytes")
    bench.add("fetched later for days without a network: none", background(bench), "bytes")


def with_headers(bench: Bench) -> int:
    """Bytes on the wire until the first answer, with headers, as Chromium counts them."""
    sizes: list[int] = []
    with phone(bench.browser, service_workers="block") as context:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
        page.goto(bench.url)
        search(page, "jua jua")
        return sum(sizes)


def background(bench: Bench) -> str:
    """What a first visit to home makes the service worker fetch, when the reader does nothing."""
    with phone(bench.browser) as context:
        bench.log.clear()
        page = context.new_page()
        page.goto(bench.url)
        seen = -1
        # The worker starts when the page is idle.
        while seen != len(bench.log):
            seen = len(bench.log)
            page.wait_for_timeout(8000)
    own = len(first_visit(bench.site, "index.html"))
    later = bench.log[own:]
    return f"{kb(sum(answer.size for answer in later))}, {len(later)} requests"


def measure_clean(bench: Bench) -> None:
    """What must not be on any page."""
    with phone(bench.browser) as context:
        looks = [look(context, bench.url + path) for path in PAGE_TYPES.values()]
        looks += [look(context, bench.url, words) for words in ("sukaraja", "jua jua tps 3")]
    for name in ("third_parties", "cookies", "inline_scripts", "violations"):
        count = sum(len(getattr(each, name)) for each in looks)
        title = {"third_parties": "third-party requests", "violations": "violations of the content policy"}
        bench.add(f"{title.get(name, name.replace('_', ' '))}: 0", f"{count} on {len(looks)} pages and states", "clean")
    bench.add("layout shift: 0", f"largest {max(each.shift for each in looks)}", "clean")


def measure_keys(bench: Bench) -> None:
    """From a key to the frame that shows its results, on a slow processor; beside it what no search can do without."""
    for name, script in KEY_SCRIPTS.items():
        with ready_to_type(bench, script) as page:
            slow_down(page, network=False)
            bench.add(f"key press to results painted, {CPU}× slower, {name}", shares(key_times(page, TYPED)), "keys")
        with ready_to_type(bench, script) as page:
            bench.add(f"processor time for a key, × {CPU}, {name}", shares(key_work(page, TYPED)), "keys")


@contextmanager
def ready_to_type(bench: Bench, script: str | None) -> Iterator[Page]:
    """Home with the list of villages there, which the first focus fetches and no key should pay for. ``script``
    stands for the search."""
    with phone(bench.browser, service_workers="block") as context:
        if script is not None:
            context.route("**/home.js*", lambda route: route.fulfill(body=script, content_type="text/javascript"))
        page = context.new_page()
        page.goto(bench.url)
        page.get_by_role("searchbox").focus()
        page.wait_for_load_state("networkidle")
        yield page


def shares(times: list[float]) -> str:
    """How long most, half and the slowest took."""
    times = sorted(times)
    p95, median = times[int(len(times) * 0.95)], statistics.median(times)
    return f"p95 {p95:.0f} ms, median {median:.0f} ms, slowest {times[-1]:.0f} ms, {len(times)} keys"


def measure_slow(bench: Bench) -> None:
    """First visits with an empty cache on a slow phone and network, pages in turn."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in SLOW_PAGES}
    for _ in range(bench.runs):
        for name, kind in SLOW_PAGES.items():
            with phone(bench.browser, service_workers="block") as context:
                found[name].append(paint_times(context.new_page(), bench.url + PAGE_TYPES[kind], name == "home"))
    for name, runs in found.items():
        times = {key: statistics.median(run[key] for run in runs) / 1000 for key in runs[0]}
        told = ", ".join(f"{key} {seconds:.1f} s" for key, seconds in times.items())
        bench.add(f"{name} on {NETWORK}, {CPU}× slower processor: none", told, "slow")


PARTS: dict[str, Callable[[Bench], None]] = {
    "bytes": measure_bytes,
    "clean": measure_clean,
    "keys": measure_keys,
    "slow": measure_slow,
}


@contextmanager
def opened(runs: int) -> Iterator[Bench]:
    """Build the site, serve it, start the browser."""
    path = find_chromium()
    if path is None:
        sys.exit("no Chromium found; install it or set CHROMIUM to its path")
    with tempfile.TemporaryDirectory() as folder:
        site, log = Path(folder) / "_site", list[Answer]()
        subprocess.run(
            [sys.executable, "build.py", "--out", str(site)], check=True, cwd=ROOT, stdout=subprocess.DEVNULL
        )
        with serve(site, log=log) as url, chromium(path) as browser:
            yield Bench(site, url, browser, log, runs)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Budgets of the pages")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="what to measure (default: all)")
    parser.add_argument("--runs", type=int, default=5, help="visits of each page on the slow network")
    options = parser.parse_args()
    with opened(options.runs) as bench:
        for part in options.parts or PARTS:
            PARTS[part](bench)
        version = bench.browser.version
    machine = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, Chromium {version}"
    print(f"{machine}, {time.strftime('%d %B %Y')}, medians of {options.runs} visits\n")
    print("| budget | measured | command |\n|---|---|---|")
    for row in bench.rows:
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
