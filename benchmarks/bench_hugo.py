"""The build beside Hugo: the same data into the same pages, from cold, at four sizes.

``python benchmarks/bench_hugo.py [--size oki sumsel quarter country] [--runs N] [--folder DIR ...]`` makes the content,
runs the sides in turn, as fresh processes without anything left from the run before, proves on a sample that they made
the same pages, and prints tables in Markdown. ``--folder`` tells where content and output lie (default: ``/dev/shm``
and the folder for temporary files); the country needs 35 GB there. Linux only.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.hugo.prepare import prepare  # noqa: E402
from benchmarks.hugo.same import Difference, compare, compare_data  # noqa: E402
from benchmarks.hugo.sizes import SIZES, Content, make  # noqa: E402
from benchmarks.measure import Run, run  # noqa: E402

BASE_URL = "https://papan-tps.example/"
OURS, HUGO, PLAIN = "Papan TPS", "Hugo", "Hugo, no QR codes"
SIDES = (OURS, HUGO, PLAIN)
MEMORY = Path("/dev/shm")  # noqa: S108 a file system in memory, for folders of our own
COMPARED = 200
"""Pages of each kind that are compared, a seeded sample."""


@dataclass
class Bench:
    """One size in one folder: what was measured, how many pages each side made, what was compared."""

    size: str
    folder: Path
    content: Content
    runs: dict[str, list[Run]] = field(default_factory=lambda: {side: [] for side in SIDES})
    pages: dict[str, int] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    compared: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    only_ours: list[str] = field(default_factory=list)

    def out(self, side: str) -> Path:
        """Where a side writes."""
        return self.folder / f"out-{SIDES.index(side)}"

    @property
    def hugo(self) -> Path:
        """The Hugo site."""
        return self.folder / "hugo"


@lru_cache
def hugo_binary() -> str:
    """The program itself, without the Python around it."""
    try:
        files = distribution("hugo").files or []
    except PackageNotFoundError:
        sys.exit("the package hugo is not installed; run: make bench BENCH=hugo")
    return next(str(path.locate()) for path in files if path.parent.name == "binaries")


def build(bench: Bench, side: str) -> Run:
    """One cold build of a side."""
    shutil.rmtree(bench.out(side), ignore_errors=True)
    os.sync()  # what was written before is not to be written during the run
    if side == OURS:
        options = {"--config": bench.content.config, "--content": bench.content.content, "--out": bench.out(side)}
        paths = [str(part) for pair in options.items() for part in pair]
        return run([sys.executable, *bench.content.start, *paths, "--base-url", BASE_URL], ROOT)
    cache = bench.folder / "hugo-cache"
    shutil.rmtree(cache, ignore_errors=True)
    command = [hugo_binary(), "--quiet", "--cacheDir", str(cache), "--destination", str(bench.out(side))]
    return run(command, bench.hugo, {"HUGO_PARAMS_QR": str(side == HUGO).lower()})


def measure(bench: Bench, runs: int) -> None:
    """Run the sides in turn; the first round is compared, and no output outlives its use."""
    for number in range(runs):
        for side in SIDES:
            bench.runs[side].append(build(bench, side))
            if number == 0:
                examine(bench, side)
            if number or side != OURS:
                shutil.rmtree(bench.out(side))
        shutil.rmtree(bench.out(OURS), ignore_errors=True)


def examine(bench: Bench, side: str) -> None:
    """Count what a side made; compare it with ours. Our first output is what Hugo's assets are taken from."""
    made = [path.relative_to(bench.out(side)).as_posix() for path in bench.out(side).rglob("*") if path.is_file()]
    bench.files[side] = len(made)
    bench.pages[side] = sum(path.endswith(".html") for path in made)
    if side == OURS:
        prepare(bench.hugo, bench.content.content, bench.content.config, bench.out(OURS))
        bench.only_ours = made
        return
    if stray := set(made).difference(bench.only_ours):
        raise Difference(f"only {side} makes {sorted(stray)[:5]}")
    bench.compared = compare(bench.out(OURS), bench.out(side), COMPARED)
    bench.rows = compare_data(bench.out(OURS), bench.out(side))
    if side == SIDES[-1]:
        bench.only_ours = sorted(set(bench.only_ours).difference(made))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="The build beside Hugo")
    parser.add_argument("--size", nargs="+", choices=SIZES, default=["oki", "sumsel"])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", nargs="+", type=Path, default=[MEMORY, Path(tempfile.gettempdir())])
    options = parser.parse_args()
    benches = []
    for size in options.size:
        for base in options.folder:
            with tempfile.TemporaryDirectory(prefix="papan-hugo-", dir=base) as name:
                bench = Bench(size, Path(name), make(size, Path(name)))
                measure(bench, options.runs)
            benches.append(bench)
            tell_pages(bench)
            for side in SIDES:
                print(row(bench, side), file=sys.stderr, flush=True)  # large sizes take long
    report(benches, options.runs)


def tell_pages(bench: Bench) -> None:
    """Print what was compared, and what only we make."""
    told = ", ".join(f"{count:,} {kind}" for kind, count in bench.compared.items())
    print(f"{bench.size}: {sum(bench.compared.values()):,} pages compared, all the same: {told}")
    print(f"Rows compared, all the same: {', '.join(f'{count:,} {name}' for name, count in bench.rows.items())}")
    pages = [path for path in bench.only_ours if path.endswith(".html")]
    print(f"Only {OURS} makes {len(pages):,} pages ({', '.join(pages)})")
    others = [path for path in bench.only_ours if path not in pages]
    print(f"and {len(others):,} other files ({', '.join(others[:25])}{' …' if others[25:] else ''})\n", flush=True)


def report(benches: list[Bench], runs: int) -> None:
    """Print the tables; ratios are medians of the ratios run by run."""
    hugo = subprocess.run([hugo_binary(), "version"], check=True, capture_output=True, text=True).stdout.split()[1]
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"{machine}, Hugo {hugo.split('-')[0]}, {time.strftime('%d %B %Y')}, medians of {runs} runs in turn\n")
    print(
        "| size | on | side | pages | files | wall s | cpu s | peak MB | ms / page | KB / page | wall | cpu | memory |"
    )
    print("|---|---|---|" + "---:|" * 10)
    for bench in benches:
        for side in SIDES:
            print(row(bench, side))


def row(bench: Bench, side: str) -> str:
    """One line of the table; the last three columns are ratios to Hugo."""
    mine, pages = bench.runs[side], bench.pages[side]
    wall, cpu, memory = (statistics.median(getattr(one, name) for one in mine) for name in Run._fields)
    pairs = list(zip(mine, bench.runs[HUGO], strict=True))
    ratios = [statistics.median(getattr(a, name) / getattr(b, name) for a, b in pairs) for name in Run._fields]
    figures = [f"{pages:,}", f"{bench.files[side]:,}", f"{wall:.2f}", f"{cpu:.2f}", f"{memory:.0f}"]
    figures += [f"{1000 * wall / pages:.2f}", f"{1024 * memory / pages:.1f}", *(f"{ratio:.2f}" for ratio in ratios)]
    return f"| {' | '.join([bench.size, file_system(bench.folder.parent), side, *figures])} |"


def file_system(folder: Path) -> str:
    """What kind of file system a folder lies on."""
    command = ["stat", "--file-system", "--format=%T", str(folder)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    main()
