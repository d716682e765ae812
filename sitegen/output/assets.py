"""Files of ``static/``: copied as they are, linked with a version so that no old copy is used."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sitegen.output.publication import write_file

STATIC = Path(__file__).parents[2] / "static"


def version(data: bytes) -> str:
    """Short name of some bytes."""
    return hashlib.sha256(data).hexdigest()[:8]


def addresses() -> dict[str, str]:
    """Address of every static file relative to the publication's root, by its path in ``static/``."""
    return {path: f"static/{path}?v={version(STATIC.joinpath(path).read_bytes())}" for path in _files()}


def copy_assets(stage: Path) -> None:
    """Copy every static file into the publication."""
    for path in _files():
        write_file(stage, f"static/{path}", STATIC.joinpath(path).read_bytes())


def _files() -> list[str]:
    found = (path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file())
    return sorted(path for path in found if not path.startswith("."))
