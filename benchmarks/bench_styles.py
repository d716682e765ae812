"""Where the style should stand: inside the pages, or in a file that they share.

``python benchmarks/bench_styles.py [--runs N]`` rewrites the built OKI site both ways and opens, on a slow phone and
network, home → village → TPS → news with one cache, and each page alone with an empty cache. Variants in turn, medians.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.browsing import PAGE_TYPES, chromium, find_chromium, phone  # noqa: E402
from tools.pages_server import Answer, serve  # noqa: E402
from tools.slow_phone import CPU, NETWORK, paint_times  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

PATH = [PAGE_TYPES[kind] for kind in ("home", "desa", "tps", "artikel")]
_POLICY = re.compile(r"style-src '[^']+'")
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


class Visit(NamedTuple):
    """One page opened: bytes of all bodies, and milliseconds to the first and the largest paint."""

    size: int
    first: float
    largest: float


def as_published(site: Path) -> None:
    """Every page with its style inside."""


def in_a_file(site: Path) -> None:
    """Every page with one file that all share: the style of most pages, which holds all rules."""
    most = _STYLE.search((site / PATH[-1]).read_text("utf-8"))
    if most is None:
        sys.exit(f"{PATH[-1]} has no style inside any more: this benchmark must learn where it is")
    (site / "static/style.css").write_text(most[1], "utf-8")
    for page in PATH:
        link = f'<link rel="stylesheet" href="{"../" * page.count("/")}static/style.css">'
        html = (site / page).read_text("utf-8")
        (site / page).write_text(_STYLE.sub(link, _POLICY.sub("style-src 'self'", html)), "utf-8")


VARIANTS = {"inside (as published)": as_published, "in a file": in_a_file}


def visit(context: BrowserContext, url: str, log: list[Answer]) -> Visit:
    """Open one page and account for it."""
    log.clear()
    page = context.new_page()
    times = paint_times(page, url)
    page.wait_for_load_state("networkidle")
    page.close()
    return Visit(sum(answer.size for answer in log), times["FCP"], times["LCP"])


def measure(browser: Browser, url: str, log: list[Answer]) -> dict[str, list[Visit]]:
    """The path with one cache, then each page alone."""
    with phone(browser, service_workers="block") as context:
        path = [visit(context, url + page, log) for page in PATH]
    alone = []
    for page in PATH:
        with phone(browser, service_workers="block") as context:
            alone.append(visit(context, url + page, log))
    return {"one after the other": path, "each alone": alone}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Style inside the pages or in a file")
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    chrome = find_chromium()
    if chrome is None:
        sys.exit("no Chromium found; install it or set CHROMIUM to its path")
    found: dict[tuple[str, str], list[list[Visit]]] = {}
    with tempfile.TemporaryDirectory() as folder, chromium(chrome) as browser:
        built = Path(folder) / "built"
        subprocess.run(
            [sys.executable, "build.py", "--out", str(built)], check=True, cwd=ROOT, stdout=subprocess.DEVNULL
        )
        for name, rewrite in VARIANTS.items():
            rewrite(Path(shutil.copytree(built, Path(folder) / name)))
        for _ in range(runs):
            for name in VARIANTS:
                log: list[Answer] = []
                with serve(Path(folder) / name, log=log) as url:
                    for way, visits in measure(browser, url, log).items():
                        found.setdefault((way, name), []).append(visits)
    report(found, runs)


def report(found: dict[tuple[str, str], list[list[Visit]]], runs: int) -> None:
    """Print a table in Markdown: for each page, bytes and seconds to the first and the largest paint."""
    print(f"{NETWORK}, {CPU}× slower processor, medians of {runs} runs; bytes · first paint · largest paint\n")
    print("| visited | style | home | village | TPS | news | all bytes |\n|---|---|---|---|---|---|---:|")
    for (way, name), all_runs in found.items():
        cells = []
        for visits in zip(*all_runs, strict=True):
            size, first, largest = (statistics.median(getattr(one, part) for one in visits) for part in Visit._fields)
            cells.append(f"{size:,.0f} · {first / 1000:.1f} s · {largest / 1000:.1f} s")
        total = statistics.median(sum(one.size for one in visits) for visits in all_runs)
        print(f"| {way} | {name} | {' | '.join(cells)} | {total:,.0f} |")


if __name__ == "__main__":
    main()
