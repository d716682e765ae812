"""The build against the floor: reading the same YAML through libyaml and writing the same files, nothing else.

``python benchmarks/bench_build.py [--size SIZE] [--runs N]`` runs the two in turn, as processes, and prints medians of
processor time and wall time, their ratio run by run, and peak memory. Nothing but ratios carries over to another
machine.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.hugo.sizes import SIZES, Content, make  # noqa: E402
from benchmarks.measure import TIMES, Run, run  # noqa: E402

FLOOR = """
import sys
from pathlib import Path
import yaml
content, site, out = map(Path, sys.argv[1:])
for file in sorted(content.rglob("*.yaml")):
    for event in yaml.parse(file.read_text("utf-8"), Loader=yaml.CSafeLoader):
        pass
for file in sorted(path for path in site.rglob("*") if path.is_file()):
    target = out / file.relative_to(site)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(file.read_bytes())
"""


def build(content: Content, out: Path, jobs: int) -> list[str]:
    """Command of a cold build."""
    places = ["--config", content.config, "--content", content.content, "--out", out, "--jobs", jobs]
    return [sys.executable, *content.start, *map(str, places)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="the build against the floor")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--size", choices=SIZES, default="oki")
    parser.add_argument("--folder", type=Path, help="where to build (default: the system's temporary folder)")
    options = parser.parse_args()
    jobs = os.cpu_count() or 1
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        base = Path(folder)
        content = make(options.size, base)
        run(build(content, base / "ref", jobs), ROOT)
        floor = [sys.executable, "-c", FLOOR, *map(str, (content.content, base / "ref", base / "floor"))]
        cases = {
            "floor": floor,
            "1 process": build(content, base / "one", 1),
            f"{jobs} processes": build(content, base / "all", jobs),
        }
        found: dict[str, list[Run]] = {name: [] for name in cases}
        for _ in range(options.runs):
            for name, command in cases.items():
                for made in (*base.glob("floor"), *base.glob("*one*"), *base.glob("*all*")):
                    shutil.rmtree(made)
                found[name].append(run(command, ROOT))
        files = sum(1 for path in (base / "ref").rglob("*") if path.is_file())
    report(found, files, options.runs)


def report(found: dict[str, list[Run]], files: int, runs: int) -> None:
    """Print a table; ratios are medians of the ratios run by run."""
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"{machine}, {files} files, {runs} runs each")
    print(f"{'':14}{'wall s':>8}{'cpu s':>8}{'wall/floor':>12}{'cpu/floor':>12}")
    for name, mine in found.items():
        wall, cpu = (statistics.median(getattr(one, field) for one in mine) for field in TIMES)
        pairs = list(zip(mine, found["floor"], strict=True))
        wall_ratio, cpu_ratio = (
            statistics.median(getattr(a, field) / getattr(b, field) for a, b in pairs) for field in TIMES
        )
        print(f"{name:14}{wall:8.2f}{cpu:8.2f}{wall_ratio:12.2f}{cpu_ratio:12.2f}")
        print(f"{'':14}{statistics.median(one.memory for one in mine):8.0f} MB at most")


if __name__ == "__main__":
    main()
