"""Run Lighthouse (mobile, its own defaults) on home, a village, a TPS and an article: ``python tools/lighthouse.py``.

Prints the four scores of each page and every audit that is not full. The sample site asks search engines to stay away,
which costs points for SEO, so a copy of it that calls its data official is built for this only. Needs Node and the
packages of ``tests/html``. Exit codes: 0 all held scores are 100; 1 one is not; 2 something is missing.

Accessibility, best practices and SEO are held; performance depends on the machine and is only told.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.browsing import PAGE_TYPES, find_chromium  # noqa: E402
from tools.pages_server import serve  # noqa: E402

LIGHTHOUSE = ROOT / "tests" / "html" / "node_modules" / ".bin" / "lighthouse"
# Home is known by the folder's address, which its canonical link says too.
PAGES = {"home": "", **{name: PAGE_TYPES[name] for name in ("desa", "tps", "artikel")}}
HELD = ("accessibility", "best-practices", "seo")
TOLD = ("performance", *HELD)
CHROME_FLAGS = "--headless=new --no-sandbox --disable-background-networking --disable-dev-shm-usage"


def build_official(folder: Path, url: str) -> None:
    """The site as an office publishes it, in ``folder / "_site"``, for the address ``url``."""
    config = (ROOT / "site_config.yaml").read_text("utf-8").replace("data_status: sample", "data_status: official")
    (folder / "site_config.yaml").write_text(config, "utf-8")
    files = ["--config", str(folder / "site_config.yaml"), "--content", "content", "--out", str(folder / "_site")]
    command = [sys.executable, "build.py", *files, "--base-url", url]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


def audit(url: str, report: Path, chromium: str) -> dict[str, Any]:
    """Lighthouse's result for one page."""
    flags = [
        "--output=json",
        f"--output-path={report}",
        "--quiet",
        "--no-enable-error-reporting",
        f"--chrome-flags={CHROME_FLAGS}",
    ]
    environment = {**os.environ, "CHROME_PATH": chromium}
    subprocess.run([str(LIGHTHOUSE), url, *flags], check=True, cwd=report.parent, env=environment)
    result: dict[str, Any] = json.loads(report.read_text("utf-8"))
    return result


def scores(result: dict[str, Any]) -> dict[str, int]:
    """The score of each category, of 100."""
    return {name: round((result["categories"][name]["score"] or 0) * 100) for name in TOLD}


def not_full(result: dict[str, Any]) -> list[str]:
    """The audits that count and are not full, as lines."""
    audits = result["audits"]
    counted = [(name, ref["id"]) for name in TOLD for ref in result["categories"][name]["auditRefs"] if ref["weight"]]
    found = [(name, audits[key]) for name, key in counted if (audits[key]["score"] or 0) < 1]
    # A score of None means that there was nothing to look at.
    rows = [(name, each) for name, each in found if each["score"] is not None]
    return [
        f"  {name}: {each['id']} {each['score']:.2f} {each.get('displayValue', '')} {each['title']}"
        for name, each in rows
    ]


def main() -> int:
    """Audit all pages and print."""
    chromium = find_chromium()
    if chromium is None or not LIGHTHOUSE.exists():
        print("Chromium or Lighthouse is missing (npm --prefix tests/html ci --ignore-scripts)", file=sys.stderr)
        return 2
    below = 0
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder) / "_site") as url:
        build_official(Path(folder), url)
        print(f"| page | {' | '.join(TOLD)} |\n|---|{'---:|' * len(TOLD)}")
        for name, page in PAGES.items():
            result = audit(url + page, Path(folder) / f"{name}.json", chromium)
            found = scores(result)
            print(
                f"| {name} | {' | '.join(str(found[each]) for each in TOLD)} |", *not_full(result), sep="\n", flush=True
            )
            below += sum(found[each] < 100 for each in HELD)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
