"""The OKI build after a change, as a whole process, against a build from nothing.

``python benchmarks/bench_rebuild.py [--runs N]`` changes a copy of the content and builds, case after case, in turn
with clean builds; prints a table in Markdown with medians, and of the ratios run by run.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.measure import TIMES, Run, run  # noqa: E402

TPS = "content/elections/pilkada-2024/tps/kayu-agung/jua-jua.yaml"
NEWS = "content/news/2024-11-07-kpps-dilantik.md"


def nothing(site: Path, run: int) -> None:
    """Leave everything as it is."""


def one_tps(site: Path, run: int) -> None:
    """Another name for the place of the first TPS of a village."""
    file = site / TPS
    before, label, after = file.read_text("utf-8").partition("place: ")
    file.write_text(f"{before}{label}Balai {run}\n{after.partition(chr(10))[2]}", "utf-8")


def one_news_item(site: Path, run: int) -> None:
    """One news item more, that names no village."""
    shutil.copyfile(site / NEWS, site / f"content/news/2024-10-{run + 1:02}-berita-{run}.md")


def configuration(site: Path, run: int) -> None:
    """A configuration that says the same in other bytes."""
    with (site / "site_config.yaml").open("a", encoding="utf-8") as file:
        file.write(f"# {run}\n")


CASES: dict[str, Callable[[Path, int], None]] = {
    "nothing": nothing,
    "one TPS": one_tps,
    "one news item": one_news_item,
    "configuration": configuration,
}


def build(site: Path, *arguments: str) -> Run:
    """Build as a process of its own."""
    places = ["--config", site / "site_config.yaml", "--content", site / "content", "--out", site / "_site"]
    return run([sys.executable, "build.py", *map(str, places), *arguments], ROOT)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="OKI build after a change")
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    found: dict[str, list[Run]] = {"everything": [], **{name: [] for name in CASES}}
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        shutil.copytree(ROOT / "content", site / "content")
        shutil.copyfile(ROOT / "site_config.yaml", site / "site_config.yaml")
        for turn in range(runs):
            found["everything"].append(build(site, "--clean"))
            for name, change in CASES.items():
                change(site, turn)
                found[name].append(build(site))
    print(f"{platform.machine()}, Python {platform.python_version()}, {time.strftime('%d %B %Y')}, {runs} runs each\n")
    print("| what changed | wall s | cpu s | wall of all | cpu of all |\n|---|---:|---:|---:|---:|")
    for name, mine in found.items():
        wall, cpu = (statistics.median(getattr(one, field) for one in mine) for field in TIMES)
        pairs = list(zip(mine, found["everything"], strict=True))
        ratios = (statistics.median(getattr(a, field) / getattr(b, field) for a, b in pairs) for field in TIMES)
        print(f"| {name} | {wall:.2f} | {cpu:.2f} | " + " | ".join(f"{ratio:.2f}" for ratio in ratios) + " |")


if __name__ == "__main__":
    main()
