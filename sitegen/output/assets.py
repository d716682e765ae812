"""Files of ``static/`` as they are published: scripts and styles joined and made small, images without what a
camera or program wrote into them.

A file's address carries a version made from its bytes, so that no old copy is used with a new page.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import minify
from markupsafe import Markup

from sitegen.pages.views import Assets, Style
from sitegen.privacy import images
from sitegen.problems import Failed, msg

STATIC = Path(__file__).parents[2] / "static"
SCRIPTS = ("home", "page", "village")
"""Modules of ``static/js/`` that pages load: with the search, without it, and villages beside that."""
STYLES = {
    "home": ("base", "search", "print"),
    "place": ("base", "pages", "print"),
    "page": ("base", "pages", "print", "search", "more"),
}
"""Styles of home, of villages with their TPS, and of all other pages, with the files they are made of. A style stands
inside its page, so that the first answer of the server shows the first screen (docs/decisions/0004-inline-style.md)."""

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w-]+\.js)";\n', re.MULTILINE)
_SCRIPT = "application/javascript"
_EXPORT = re.compile(r"^export ", re.MULTILINE)


def version(data: bytes) -> str:
    """Short name of some bytes."""
    return hashlib.sha256(data).hexdigest()[:8]


def published(static: Path = STATIC) -> dict[str, bytes]:
    """Every published file by its path below ``static/``."""
    pictures = sorted(path for path in (static / "img").iterdir() if not path.name.startswith("."))
    return {
        **{f"{name}.js": script(static / "js" / f"{name}.js").encode() for name in SCRIPTS},
        **{f"img/{path.name}": _picture(path) for path in pictures},
    }


def assets(files: Mapping[str, bytes], static: Path = STATIC) -> Assets:
    """What pages need to know of ``files``: their addresses, and the styles that stand inside pages."""
    addresses = {path: f"static/{path}?v={version(data)}" for path, data in files.items()}
    return Assets(addresses, {name: style(static, parts) for name, parts in STYLES.items()})


def _picture(path: Path) -> bytes:
    data = path.read_bytes()
    if path.suffix == ".svg":
        return _small("image/svg+xml", data.decode()).encode()
    with contextlib.suppress(images.NotAPicture):  # the gate refuses it
        return images.bare(data)
    return data


def static_files(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The published files with their paths below the site."""
    return ((f"static/{path}", data) for path, data in files.items())


def script(entry: Path) -> str:
    """The module ``entry`` and all it imports as one classic script.

    Browsers do not load modules from ``file://``, and every file is one more request. Each module stands
    before those that import it; names at the top of all modules share one scope and must differ.

    Raises:
        Failed: a module is not a script.
    """
    modules: dict[str, str] = {}
    _collect(entry, modules)
    joined = "".join(_EXPORT.sub("", _IMPORT.sub("", text)) for text in modules.values())
    return minified(joined, modules)


@lru_cache(maxsize=64)
def _small(kind: str, text: str) -> str:
    """``text`` made small; ``serve`` asks for the same ones at every change (4 ms)."""
    return str(minify.string(kind, text))


def minified(text: str, files: dict[str, str]) -> str:
    """Script ``text`` made small, with a scope of its own. ``files`` are what it was made of, by their names.

    Raises:
        Failed: a file is not a script.
    """
    try:
        return _small(_SCRIPT, f'(()=>{{"use strict";\n{text}}})();')
    except minify.MinifyError as error:
        raise _faulty(files, error) from error


def _faulty(files: dict[str, str], error: minify.MinifyError) -> Failed:
    """What is told of ``error``: the file and its line there, or the last file where each is right by itself."""
    faulty = next(iter(reversed(files)))
    for name, text in files.items():
        try:
            minify.string(_SCRIPT, text)
        except minify.MinifyError as own:
            faulty, error = name, own
            break
    detail = str(error).partition("\n")[0]
    return Failed(msg("static/js/%(file)s is not a script: %(detail)s", file=faulty, detail=detail))


def _collect(module: Path, modules: dict[str, str]) -> None:
    text = module.read_text(encoding="utf-8")
    for imported in _IMPORT.findall(text):
        if imported not in modules:
            _collect(module.with_name(imported), modules)
    modules[module.name] = text


def style(static: Path, names: tuple[str, ...]) -> Style:
    """The styles ``names`` joined and made small."""
    joined = "".join((static / "css" / f"{name}.css").read_text(encoding="utf-8") for name in names)
    text = _small("text/css", joined)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Style(Markup(text), f"sha256-{digest}")
