"""How well and how fast the search answers, for OKI, Sumatera Selatan and the country.

``python benchmarks/bench_search.py [--size oki] [--misses N]`` runs the script that browsers load, in Node, on
indexes of all sizes, and asks what people type.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.search.places import summaries  # noqa: E402
from benchmarks.search.queries import queries  # noqa: E402
from sitegen import hierarchy  # noqa: E402
from sitegen.model.summary import KecamatanSummary  # noqa: E402
from sitegen.names import readings  # noqa: E402
from sitegen.output.assets import published  # noqa: E402
from sitegen.output.publication import write_file  # noqa: E402
from sitegen.output.search_index import search_index  # noqa: E402
from tools.node import run  # noqa: E402

SIZES = {"oki": ("16.02", 20_000), "sumsel": ("16", 3_000), "indonesia": ("", 1_000)}
"""Region and how many queries of a set are asked."""


def ask(places: Sequence[KecamatanSummary], most: int, folder: Path, only: str = "") -> dict[str, Any]:
    """Build the index of ``places`` in ``folder`` and ask everything."""
    index = search_index(places, (), lambda: {area.code: area.name for area in hierarchy.regencies("")})
    for path, data in index.files.items():
        write_file(folder, path, data)
    write_file(folder, "home.js", published()["home.js"])
    names = Counter(readings(village.name)[0].plain for one in places for village in one.villages)
    alone = {v.url: names[readings(v.name)[0].plain] == 1 for one in places for v in one.villages}
    asked = {name: found for name, found in queries(places, most).items() if only in name}
    sets = {name: [(query.text, query.url, alone[query.url]) for query in found] for name, found in asked.items()}
    # A module's file must say that it is one.
    (folder / "package.json").write_text('{"type": "module"}')
    job = {"script": str(folder / "home.js"), "folder": str(folder), "root": index.root, "sets": sets}
    found: dict[str, Any] = run(ROOT / "benchmarks/search/ask.mjs", job)
    sizes = [len(gzip.compress(data, 6)) for data in index.files.values()]
    return {**found, "files": len(sizes), "index": sum(sizes), "largest": max(sizes)}


def show(size: str, found: dict[str, Any], misses: int) -> None:
    """Print the rows of one size."""
    for name, row in found["results"].items():
        count = row["queries"]
        first, five, none = (100 * row[key] / count for key in ("first", "five", "none"))
        wrong = 100 * row["wrong"] / max(1, row["alone"])
        print(
            f"| {size} | {name} | {count:,} | {first:.1f} % | {five:.1f} % | {none:.1f} % | {wrong:.1f} % "
            f"| {row['bytes'] / 1000:.1f} / {row['most'] / 1000:.1f} | {row['milliseconds']:.2f} / {row['slow']:.2f} |"
        )
        for text, url, at in row["missed"][:misses]:
            print(f"    {text!r} -> {url} at {at}")
    print(
        f"| {size} | index: {found['files']} files, {found['index'] / 1000:.0f} KB, "
        f"largest {found['largest'] / 1000:.1f} KB; "
        f"key press {found['keys']['median']:.2f} ms, 95th percentile {found['keys']['slow']:.2f} ms |"
    )


def main() -> None:
    """Run the sizes that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, action="append")
    parser.add_argument("--queries", default="", help="only sets with this word in their name")
    parser.add_argument("--misses", type=int, default=0, help="show so many queries that were not answered")
    options = parser.parse_args()
    print(
        "| places | queries | asked | first | first five | not found | wrong first | KB median/most | ms median/95th |"
    )
    print("|---|---|---:|---:|---:|---:|---:|---:|---:|")
    for size in options.size or SIZES:
        region, most = SIZES[size]
        with tempfile.TemporaryDirectory() as folder:
            show(size, ask(list(summaries(region)), most, Path(folder), options.queries), options.misses)


if __name__ == "__main__":
    main()
