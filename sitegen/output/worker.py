"""The service worker as it is published: ``static/js/worker.js`` with what it must know of this publication.

How it behaves is told in ``docs/offline.md``.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable

from sitegen.catalogs import translate
from sitegen.output.assets import STATIC, minified, version
from sitegen.pages import urls
from sitegen.pages.index import SiteIndex
from sitegen.problems import msg
from sitegen.render.pages import targets

WORKER = "sw.js"
"""Where it is published: only from the root may it answer for every page."""


def worker(index: SiteIndex, digests: Iterable[str]) -> bytes:
    """The worker of a publication whose pages have these ``digests``; or the one that takes it all back."""
    if not index.site.config.offline:
        return goodbye()
    trees = targets(index.site)
    folders = [target.folder for target in trees]
    publication: dict[str, object] = {
        "files": [*_files(index), index.search_url],
        "pages": [folder + url for folder in folders for url in (urls.HOME, urls.OFFLINE)],
        "rest": [folder + url for folder in folders for url in (urls.CEK_TPS, *(guide.url for guide in index.guides))],
        "languages": [{"folder": tree.folder, **_texts(tree.language)} for tree in trees[::-1]],
    }
    publication["version"] = version(json.dumps([publication, *digests]).encode())
    return _script("worker", f"const PUBLICATION = {json.dumps(publication)};\n")


def _texts(language: str) -> dict[str, str]:
    """What a copy says of itself, as HTML."""
    texts = {"offline": msg("You are offline."), "slow": msg("The network is slow."), "again": msg("Try again")}
    return {key: html.escape(translate(text, language)) for key, text in texts.items()}


def goodbye() -> bytes:
    """The worker that deletes what an earlier one kept, and goes."""
    return _script("goodbye")


def _files(index: SiteIndex) -> list[str]:
    return [address for path, address in index.site.assets.addresses.items() if path.endswith((".css", ".js", ".svg"))]


def _script(name: str, before: str = "") -> bytes:
    file = f"{name}.js"
    text = (STATIC / "js" / file).read_text(encoding="utf-8")
    return minified(before + text, {file: text}).encode()
