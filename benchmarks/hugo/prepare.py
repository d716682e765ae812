"""A Hugo site for the content of one of our sites: the templates in ``site/`` beside this file, and the same data.

The YAML files lie in Hugo's ``data/`` as they are. What Hugo cannot take from there it gets finished, before the clock
starts: style and addresses of the assets out of pages that Papan TPS made, the static files, and the heads of the news.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import yaml

SITE = Path(__file__).parent / "site"
_STYLE = re.compile(r"style-src '(?P<digest>[^']+)'.*?<style>(?P<text>.*?)</style>", re.DOTALL)
_ASSET = re.compile(r'"(?:\.\./)*(static/([^"?]+)\?v=[0-9a-f]+)"')


def prepare(folder: Path, content: Path, config: Path, ours: Path) -> Path:
    """Make a Hugo site in ``folder`` from a site's ``content`` and ``config``; ``ours`` is that site, built."""
    shutil.copytree(SITE, folder)
    data = folder / "data"
    election = content / "elections" / yaml.safe_load(config.read_text("utf-8"))["election"]
    shutil.copytree(content / "regions", data / "regions", ignore=shutil.ignore_patterns("LICENSE", "*.md"))
    shutil.copytree(election / "tps", data / "tps")
    shutil.copyfile(config, data / "site.yaml")
    for name in ("election.yaml", "schedule.yaml"):
        shutil.copyfile(election / name, data / name)
    shutil.copytree(ours / "static", folder / "static" / "static")
    _write(data / "assets.json", _assets(ours, election.name))
    _write(data / "news.json", [_news(path) for path in sorted(content.glob("news/*.md"), reverse=True)])
    return folder


def _assets(ours: Path, election: str) -> dict[str, Any]:
    """Styles by the kind of page, and addresses of the files that pages load."""
    pages = {"place": next(ours.glob(f"{election}/*/*.html")), "page": ours / "cek-tps.html"}
    texts = {kind: page.read_text("utf-8") for kind, page in pages.items()}
    texts["covered"] = next(text for text in _villages(ours, election) if "/village.js" in text)
    styles = {kind: found.groupdict() for kind, text in texts.items() if (found := _STYLE.search(text))}
    addresses = {path: address for text in texts.values() for address, path in _ASSET.findall(text)}
    return {"styles": styles, "addresses": addresses}


def _villages(ours: Path, election: str) -> Any:
    return (page.read_text("utf-8") for page in ours.glob(f"{election}/*/*.html"))


def _news(path: Path) -> dict[str, Any]:
    """What pages of villages and TPS say of a news item: each by the places that it names."""
    head = yaml.safe_load(path.read_text("utf-8").split("---\n")[1])
    date, name = path.stem[:10], path.stem[11:]
    url = f"berita/{date[:4]}/{date[5:7]}/{name}.html"
    return {"title": head["title"], "url": url, "date": date, "places": _places(head)}


def _places(head: dict[str, Any]) -> list[str]:
    """Codes of villages, and with a slash the numbers of TPS."""
    stations = [(str(tps["village"]), tps["number"]) for tps in head.get("tps", [])]
    villages = dict.fromkeys([*map(str, head.get("villages", [])), *(village for village, _ in stations)])
    return [*villages, *(f"{village}/{number}" for village, number in stations)]


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
