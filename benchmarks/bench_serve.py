"""From saving a file to the new page, inside ``serve``: written to the disk, and painted in Chromium.

``python benchmarks/bench_serve.py [--runs N]`` changes the place of one TPS of a copy of the OKI content again and
again, and prints a table in Markdown with the median and the range.
"""

from __future__ import annotations

import argparse
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.bench_rebuild import first_village, one_tps  # noqa: E402
from tools.browsing import chromium, find_chromium  # noqa: E402


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="serve, from saving to painted")
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        shutil.copytree(ROOT / "content", site / "content")
        shutil.copyfile(ROOT / "site_config.yaml", site / "site_config.yaml")
        command = [sys.executable, str(ROOT / "build.py"), "serve", "--port", "8700"]
        with subprocess.Popen(command, cwd=site, stdout=subprocess.PIPE, text=True) as server:
            try:
                found = (re.search(r"http://\S+", line) for line in server.stdout or ())
                address = next(match[0] for match in found if match)
                times = changes(site, address, runs)
            finally:
                server.terminate()
    print(f"{platform.machine()}, Python {platform.python_version()}, {time.strftime('%d %B %Y')}, {runs} changes\n")
    print("| from saving to | median ms | least | most |\n|---|---:|---:|---:|")
    for name, mine in times.items():
        print(f"| {name} | {statistics.median(mine):.0f} | {min(mine):.0f} | {max(mine):.0f} |")


def changes(site: Path, address: str, runs: int) -> dict[str, list[float]]:
    """Milliseconds of every change."""
    times: dict[str, list[float]] = {"written": [], "painted": []}
    village = first_village(site)
    url = f"{village.parts[-4]}/{village.parts[-2]}/{village.stem}/tps-1.html"
    with chromium(find_chromium() or "chromium") as browser:
        page = browser.new_page()
        page.goto(address + url)
        page.wait_for_timeout(1500)  # until livereload listens
        for turn in range(runs + 1):
            text = f"Balai {turn}"
            one_tps(site, turn)
            started = time.perf_counter()
            while text not in (site / "_site" / url).read_text("utf-8"):
                time.sleep(0.002)
            written = time.perf_counter()
            page.get_by_role("heading", name=text, exact=True).wait_for()
            if turn:  # the first one makes the spare
                times["written"].append(1000 * (written - started))
                times["painted"].append(1000 * (time.perf_counter() - started))
            page.wait_for_timeout(700)
    return times


if __name__ == "__main__":
    main()
