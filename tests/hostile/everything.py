"""A site with every text field of every content type, and strange texts planted in them."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

from sitegen.cli import main
from sitegen.content import yaml_events
from sitegen.content.yaml_write import scalar
from tests.support import ROOT, mini

FULL = ROOT / "tests" / "sites" / "full"
TYPED = frozenset(
    "id slug kind place_code village code tps races election languages data_status publish time_zone date start end"
    " opens closes as_of data_as_of decided number rw rt men women lat lon villages total kpps max_voters_per_tps"
    " kpps_figure moved_voters_from unlisted_voters_from pinned_until cases into order url website base_url whatsapp"
    " wheelchair old new".split()
)
"""Keys whose values are no free text, or not everywhere; see ``is_text``."""


@dataclass(frozen=True)
class Said:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


def full(folder: Path) -> Path:
    """A copy of the small site with every field filled."""
    site = mini(folder)
    shutil.copytree(FULL, site, dirs_exist_ok=True)
    return site


def command(site: Path, *arguments: str) -> Said:
    """Run a command on ``site`` here."""
    options = [
        "--config",
        str(site / "site_config.yaml"),
        "--content",
        str(site / "content"),
        "--out",
        str(site / "_site"),
    ]
    return run(*arguments, *options, "--jobs", "1")


def run(*arguments: str) -> Said:
    """Run a command here. A traceback is an exception that the caller gets."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(arguments)
    return Said(code, out.getvalue(), err.getvalue())


def files(site: Path) -> list[Path]:
    """Every content file of a site, and its configuration."""
    return [site / "site_config.yaml", *sorted(path for path in site.glob("content/**/*") if path.is_file())]


def plant(site: Path, choose: Callable[[str], str | None]) -> None:
    """Replace scalars in all files: ``choose`` gets the path of keys of a scalar (``tps/place``) and tells its new
    text, or None to leave it. Bodies of Markdown have the path ``body``."""
    for path in files(site):
        text = path.read_text("utf-8")
        if path.suffix == ".md":
            head, _, body = text.removeprefix("---\n").partition("\n---\n")
            new = choose("body")
            path.write_text(f"---\n{_written(head, choose)}---\n{body if new is None else new}\n", "utf-8")
        else:
            path.write_text(_written(text, choose), "utf-8")


def _written(text: str, choose: Callable[[str], str | None]) -> str:
    return "\n".join(_lines(yaml_events.parse(text), "", (), choose)) + "\n"


def _lines(tree: Any, indent: str, keys: tuple[str, ...], choose: Callable[[str], str | None]) -> Iterator[str]:
    """``tree`` as YAML with every scalar in quotes."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            inner = (*keys, key)
            if isinstance(value, str):
                yield f"{indent}{key}: {_quoted(value, inner, choose)}"
            else:
                yield f"{indent}{key}:{'' if value else ' []'}"
                yield from _lines(value, indent + "  ", inner, choose)
    for item in tree if isinstance(tree, list) else ():
        if isinstance(item, str):
            yield f"{indent}- {_quoted(item, keys, choose)}"
        else:
            first, *rest = _lines(item, indent + "  ", keys, choose)
            yield from (f"{indent}- {first.lstrip()}", *rest)


def _quoted(value: str, keys: tuple[str, ...], choose: Callable[[str], str | None]) -> str:
    new = choose("/".join(keys))
    return scalar(value if new is None else new)


def is_text(keys: str) -> bool:
    """Whether any text may stand at a path of keys."""
    *around, last = keys.split("/")
    if last in ("ketua", "anggota"):
        return "kpps" in around
    if last == "place":
        return "acknowledged" not in around
    if last == "code":
        return False
    return last not in TYPED


def everywhere(texts: Sequence[str]) -> Callable[[str], str | None]:
    """Plants ``texts`` in turn wherever any text may stand."""
    turn = cycle(texts)
    return lambda keys: moved(next(turn), keys) if is_text(keys) and not keys.startswith("acknowledged") else None


def moved(text: str, keys: str) -> str:
    """``text``, or another one for the place before a move: no TPS moved to its old place."""
    return f"{text} lama" if keys.endswith("from_place") else text
