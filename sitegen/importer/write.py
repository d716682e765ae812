"""Planned files into the content folder: all of them or none, whatever happens in between."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

STAGE = ".impor"
_READY = "siap"


def write_files(content: Path, files: Mapping[Path, str]) -> None:
    """Write every file. New texts are first laid down whole below ``content/.impor``; only when all are there do they
    take their places. Should the machine stop just then, ``finish`` completes the work at the next import.

    Raises OSError when a file cannot be written; then everything is as it was.
    """
    stage = content / STAGE
    shutil.rmtree(stage, ignore_errors=True)
    try:
        for path, text in files.items():
            staged = stage / path.relative_to(content)
            staged.parent.mkdir(parents=True, exist_ok=True)
            staged.write_bytes(_encoded(path, text))
        (stage / _READY).touch()
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        raise
    before = {path: path.read_bytes() if path.exists() else None for path in files}
    try:
        finish(content)
    except BaseException:
        _restore(before)
        shutil.rmtree(stage, ignore_errors=True)
        raise


def finish(content: Path) -> bool:
    """Put files in their places that an import had ready; whether there were any."""
    stage = content / STAGE
    if not (stage / _READY).exists():
        shutil.rmtree(stage, ignore_errors=True)
        return False
    for staged in sorted(path for path in stage.rglob("*") if path.is_file() and path != stage / _READY):
        target = content / staged.relative_to(stage)
        target.parent.mkdir(parents=True, exist_ok=True)
        staged.replace(target)
    shutil.rmtree(stage)
    return True


def _encoded(path: Path, text: str) -> bytes:
    """The text as the file had it before: with its line ends and its byte order mark."""
    raw = path.read_bytes() if path.exists() else b""
    if b"\r\n" in raw:
        text = text.replace("\n", "\r\n")
    return (b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b"") + text.encode()


def _restore(before: Mapping[Path, bytes | None]) -> None:
    for path, raw in before.items():
        if raw is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(raw)
