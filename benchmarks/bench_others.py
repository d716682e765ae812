"""The OKI site beside generators of static sites that anybody can use: Eleventy, MkDocs, Pelican.

``python benchmarks/bench_others.py [--runs N]`` installs them, locked, into ``.cache/others`` (Eleventy where npm is),
gives each of them the content of every page ready-made, so that it only has to put a layout around it, and builds in
turn with this project's generator, which reads, checks and renders the data. Prints a table in Markdown. A page of
theirs carries the same text as ours; it is counted, not compared word by word.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.measure import Run, run  # noqa: E402

TOOLS = ROOT / ".cache" / "others"
PYTHON = TOOLS / "venv" / "bin"
ELEVENTY = TOOLS / "npm" / "node_modules" / ".bin" / "eleventy"
OURS = "Papan TPS"
_TITLE = re.compile(r"<title>(.*?)</title>")
_MAIN = re.compile(r"<main[^>]*>(.*)</main>", re.DOTALL)


class Content(NamedTuple):
    """A page for a generator: path without ending, title, and what stands in its main element."""

    path: str
    title: str
    main: str


def contents(site: Path) -> Iterator[Content]:
    """Every page of a built site that is more than a way to another."""
    for file in sorted(site.rglob("*.html")):
        text = file.read_text("utf-8")
        if main := _MAIN.search(text):
            title = _TITLE.search(text)
            path = file.relative_to(site).with_suffix("").as_posix()
            yield Content(path, title[1] if title else path, re.sub(r"\n\s*", "\n", main[1]).strip())


def layout(site: Path, title: str, main: str) -> str:
    """Our home page with places for a title and a main element, in the language of a generator's templates."""
    home = (site / "index.html").read_text("utf-8")
    # What would be a sign of a template language inside the page's style stays as it is.
    frame = home.replace("{{", "{ {").replace("{%", "{ %").replace("{#", "{ #")
    framed = _TITLE.sub(lambda _: f"<title>{title}</title>", frame)
    return _MAIN.sub(lambda _: f"<main>{main}</main>", framed)


def mkdocs(folder: Path, site: Path, pages: list[Content]) -> list[str]:
    """Raw HTML inside Markdown, a theme of one template, no plugin."""
    for page in pages:
        head = f"---\ntitle: {json.dumps(page.title)}\n---\n"
        _write(folder / "docs" / f"{page.path}.md", f"{head}\n<div>\n{page.main}\n</div>\n")
    _write(folder / "theme" / "main.html", layout(site, "{{ page.title }}", "{{ page.content }}"))
    _write(
        folder / "mkdocs.yml",
        "site_name: OKI\nplugins: []\nuse_directory_urls: false\ntheme: {name: null, custom_dir: theme}\n",
    )
    return [str(PYTHON / "mkdocs"), "build", "--quiet", "--clean"]


def pelican(folder: Path, site: Path, pages: list[Content]) -> list[str]:
    """HTML pages, a theme of one template, no list, feed or archive."""
    for page in pages:
        head = f"<head><title>{page.title}</title><meta name='slug' content='{page.path}'></head>"
        _write(folder / "content" / f"{page.path}.html", f"<html>{head}<body>\n{page.main}\n</body></html>")
    template = layout(site, "{{ page.title }}", "{{ page.content }}")
    for name in ("page", "base", "article", "index", "category", "tag", "author", "archives"):
        _write(folder / "theme" / "templates" / f"{name}.html", template)
    (folder / "theme" / "static").mkdir()
    settings = {
        "PATH": "content", "PAGE_PATHS": [""], "ARTICLE_PATHS": ["none"], "PAGE_SAVE_AS": "{slug}.html",
        "THEME": "theme", "PAGE_URL": "{slug}.html", "DIRECT_TEMPLATES": [],
        "FEED_ALL_ATOM": None, "CATEGORY_FEED_ATOM": None,
        "TIMEZONE": "Asia/Jakarta", "SITEURL": "", "SLUGIFY_SOURCE": "basename", "TRANSLATION_FEED_ATOM": None,
        "AUTHOR_FEED_ATOM": None, "AUTHOR_FEED_RSS": None,
    }  # fmt: skip
    _write(folder / "conf.py", "".join(f"{key} = {value!r}\n" for key, value in settings.items()))
    return [str(PYTHON / "pelican"), "--quiet", "--settings", "conf.py", "--output", "output"]


def eleventy(folder: Path, site: Path, pages: list[Content]) -> list[str]:
    """HTML pages without a template language, one layout in Nunjucks."""
    for page in pages:
        head = {"layout": "page.njk", "title": page.title, "permalink": f"{page.path}.html"}
        _write(folder / "src" / f"{page.path}.html", f"---json\n{json.dumps(head)}\n---\n{page.main}\n")
    _write(folder / "src" / "_includes" / "page.njk", layout(site, "{{ title | safe }}", "{{ content | safe }}"))
    return [str(ELEVENTY), "--quiet", "--input=src", "--output=out", "--formats=html,njk"]


Prepare = Callable[[Path, Path, list[Content]], list[str]]
OTHERS: dict[str, tuple[Prepare, str]] = {
    "Eleventy": (eleventy, "out"),
    "MkDocs": (mkdocs, "site"),
    "Pelican": (pelican, "output"),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="OKI beside other generators")
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    install()
    with tempfile.TemporaryDirectory() as place:
        base = Path(place)
        ours = [sys.executable, str(ROOT / "build.py"), "--clean", "--out", str(base / "ours")]
        run(ours, ROOT)
        pages = list(contents(base / "ours"))
        commands: dict[str, tuple[list[str], Path, Path]] = {OURS: (ours, ROOT, base / "ours")}
        for name, (prepare, out) in OTHERS.items():
            if name != "Eleventy" or ELEVENTY.exists():
                folder = base / name
                commands[name] = (prepare(folder, base / "ours", pages), folder, folder / out)
        found: dict[str, list[Run]] = {name: [] for name in commands}
        for _ in range(runs):
            for name, (command, folder, made) in commands.items():
                shutil.rmtree(made, ignore_errors=True)
                found[name].append(run(command, folder))
        counts = {name: len(list(made.rglob("*.html"))) for name, (_, _, made) in commands.items()}
    report(found, counts, runs)


def install() -> None:
    """Put the locked generators into ``.cache/others``."""
    if not (PYTHON / "pelican").exists():
        subprocess.run([sys.executable, "-m", "venv", TOOLS / "venv"], check=True)
        locked = ROOT / "requirements" / "bench.txt"
        subprocess.run([PYTHON / "pip", "install", "--quiet", "--require-hashes", "-r", locked], check=True)
    npm = shutil.which("npm")
    if npm and not ELEVENTY.exists():
        shutil.copytree(ROOT / "benchmarks" / "others", TOOLS / "npm", dirs_exist_ok=True)
        subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=TOOLS / "npm", check=True)


def report(found: dict[str, list[Run]], counts: dict[str, int], runs: int) -> None:
    """Print a table; ratios are medians of the ratios run by run."""
    print(f"{platform.machine()}, Python {platform.python_version()}, {time.strftime('%d %B %Y')}, {runs} runs each\n")
    print("| generator | pages | wall s | cpu s | MB | its wall / ours | its cpu / ours |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name, mine in found.items():
        wall, cpu, memory = (statistics.median(getattr(one, field) for one in mine) for field in Run._fields)
        pairs = list(zip(mine, found[OURS], strict=True))
        ratios = (
            statistics.median(getattr(a, field) / getattr(b, field) for a, b in pairs) for field in ("wall", "cpu")
        )
        shown = " | ".join(f"{ratio:.1f}" for ratio in ratios)
        print(f"| {name} | {counts[name]} | {wall:.2f} | {cpu:.2f} | {memory:.0f} | {shown} |")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
