"""The long tests, part by part: ``python tools/torture.py [PART…]``, all parts without a name. As many run at once as
there are processors. The output of each stands in ``.cache/torture/PART.log``. Exit codes: 0 all passed, 1 some did
not, 2 wrong usage.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
LOGS = ROOT / ".cache" / "torture"
PARTS = {
    "kills": ("tests/torture/kills.py",),
    "faults": ("tests/rebuild/test_faults.py",),
    "texts": ("tests/hostile/test_texts.py",),
    "suites": ("tests/torture/suites.py",),
    "lists": ("tests/torture/xss.py",),
    "browser": ("tests/hostile/test_in_chromium.py",),
    "hostile": (
        "tests/hostile",
        "--ignore=tests/hostile/test_texts.py",
        "--ignore=tests/hostile/test_in_chromium.py",
    ),
    "bytes": ("tests/rebuild/test_same_bytes.py", "tests/torture/pythons.py"),
    "disk": ("tests/torture/disk.py",),
}
"""What pytest is given for each part. The longest come first."""
FIGURES = re.compile(r"^-+ figures -+\n(.*?)^[=-]+ ", re.MULTILINE | re.DOTALL)
CLOSING = re.compile(r"^=*\s*(\d+ (?:passed|failed|skipped|error).*?)\s*=*$", re.MULTILINE)


class Ended(NamedTuple):
    """How a part ended."""

    part: str
    code: int
    seconds: float
    said: str


def run(part: str) -> Ended:
    """Run one part to its end."""
    started = time.monotonic()
    log = LOGS / f"{part}.log"
    with log.open("w", encoding="utf-8") as file:
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--durations=5", *PARTS[part]]
        surroundings = {**os.environ, "EVERY": "1", "COLUMNS": "120"}
        done = subprocess.run(command, cwd=ROOT, env=surroundings, stdout=file, stderr=subprocess.STDOUT, check=False)
    return Ended(part, done.returncode, time.monotonic() - started, log.read_text("utf-8", "replace"))


def report(ended: Ended) -> Iterator[str]:
    """Lines that tell how a part ended: its figures, or all that it said when it failed."""
    closing = CLOSING.findall(ended.said)
    yield f"{ended.part}: {closing[-1] if closing else f'exit code {ended.code}'}"
    if ended.code:
        yield ended.said
    for figures in FIGURES.findall(ended.said):
        yield from (f"  {figure}" for figure in figures.splitlines() if figure)


def main(parts: list[str]) -> int:
    """Run ``parts`` and tell how they ended."""
    unknown = sorted(set(parts) - set(PARTS))
    if unknown:
        print(f"Bagian tidak dikenal (unknown parts): {' '.join(unknown)}; ada: {' '.join(PARTS)}", file=sys.stderr)
        return 2
    LOGS.mkdir(parents=True, exist_ok=True)
    started, jobs = time.monotonic(), os.cpu_count() or 1
    failed = []
    with ThreadPoolExecutor(jobs) as pool:
        for running in as_completed([pool.submit(run, part) for part in PARTS if not parts or part in parts]):
            ended = running.result()
            print("\n".join(report(ended)), flush=True)
            failed += [ended.part] if ended.code else []
    machine = f"{platform.system()} {platform.machine()}, {jobs} processors, Python {platform.python_version()}"
    minutes = (time.monotonic() - started) / 60
    end = f"failed: {' '.join(failed)}" if failed else "all passed"
    print(f"{time.strftime('%Y-%m-%d')}, {machine}: {minutes:.0f} minutes; {end}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
