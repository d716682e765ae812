"""The build after a change, as a whole process, against a build from nothing, at four sizes.

``python benchmarks/bench_rebuild.py [--size oki sumsel quarter country] [--case NAME ...] [--runs N] [--folder DIR]``
changes a copy of the content and builds, case after case, in turn with clean builds; prints a table in Markdown with
medians, and of the ratios run by run. The country needs 40 GB in the folder.
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

from benchmarks.hugo.sizes import SIZES, Content, make  # noqa: E402
from benchmarks.measure import TIMES, Run, run  # noqa: E402

NEWS = "content/news/2024-11-07-kpps-dilantik.md"


def nothing(site: Path, run: int) -> None:
    """Leave everything as it is."""


def first_village(site: Path) -> Path:
    """The file with the TPS of the first village."""
    return min(site.glob("content/elections/*/tps/*/*.yaml"))


def one_tps(site: Path, run: int) -> None:
    """Another name for the place of the first TPS of the first village."""
    file = first_village(site)
    before, label, after = file.read_text("utf-8").partition("    place: ")
    file.write_text(f"{before}{label}Balai {run}\n{after.partition(chr(10))[2]}", "utf-8")


def one_news_item(site: Path, run: int) -> None:
    """One news item more, that names no village."""
    file = site / f"content/news/2024-10-{run + 1:02}-berita-{run}.md"
    file.parent.mkdir(exist_ok=True)
    shutil.copyfile(ROOT / NEWS, file)


def configuration(site: Path, run: int) -> None:
    """A configuration that says the same in other bytes."""
    with (site / "site_config.yaml").open("a", encoding="utf-8") as file:
        file.write(f"# {run}\n")


CASES: dict[str, Callable[[Path, int], None]] = {
    "nothing": nothing,
    "one TPS": one_tps,
    "one TPS, once more": lambda site, run: one_tps(site, run + 1000),
    "one news item": one_news_item,
    "configuration": configuration,
}


def build(content: Content, *arguments: str) -> Run:
    """Build as a process of its own."""
    site = content.config.parent
    places = ["--config", content.config, "--content", content.content, "--out", site / "_site"]
    return run([sys.executable, *content.start, "build", *map(str, places), *arguments], ROOT)


def copied(size: str, folder: Path) -> Content:
    """A site of a size that may be changed."""
    content = make(size, folder)
    if content.config.is_relative_to(folder):
        return content
    shutil.copytree(content.content, folder / "content")
    return Content(folder / "content", Path(shutil.copy(content.config, folder)), content.start)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="The build after a change")
    parser.add_argument("--size", nargs="+", choices=SIZES, default=["oki"])
    parser.add_argument("--case", nargs="+", choices=CASES, default=list(CASES))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    options = parser.parse_args()
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    print(f"{machine}, {time.strftime('%d %B %Y')}, {options.runs} runs each\n")
    print("| size | what changed | wall s | cpu s | peak MB | wall of all | cpu of all |\n|---|---|" + "---:|" * 5)
    for size in options.size:
        found: dict[str, list[Run]] = {"everything": [], **{name: [] for name in options.case}}
        with tempfile.TemporaryDirectory(prefix="papan-rebuild-", dir=options.folder) as folder:
            content = copied(size, Path(folder))
            for turn in range(options.runs):
                found["everything"].append(build(content, "--clean"))
                for name in options.case:
                    CASES[name](content.config.parent, turn)
                    found[name].append(build(content))
            report(size, found)


def report(size: str, found: dict[str, list[Run]]) -> None:
    """Print the lines of a size; ratios are medians of the ratios run by run."""
    for name, mine in found.items():
        wall, cpu, memory = (statistics.median(getattr(one, field) for one in mine) for field in Run._fields)
        pairs = list(zip(mine, found["everything"], strict=True))
        ratios = (statistics.median(getattr(a, field) / getattr(b, field) for a, b in pairs) for field in TIMES)
        cells = [size, name, f"{wall:.2f}", f"{cpu:.2f}", f"{memory:.0f}", *(f"{ratio:.3f}" for ratio in ratios)]
        print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
