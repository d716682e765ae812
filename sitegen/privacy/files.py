"""Files of any kind on their way into a repository: texts, pictures and office documents are searched."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from sitegen.content import yaml_events
from sitegen.content.yaml_events import YamlProblem
from sitegen.privacy import images
from sitegen.privacy.gate import Trees, all_declared, check_name, check_texts
from sitegen.privacy.recognise import finds
from sitegen.problems import Problem, Severity, UsageError, msg
from sitegen.schemas import FILES

MAX_BYTES = 50_000_000
"""So much is unpacked of one office document."""
_MODELS = {re.compile(r"(?:.*/)?" + re.sub(r"<[^>]*>", "[^/]+", file.path.split(" ")[0])): file.model for file in FILES}


def check_files(paths: Sequence[Path], config: Path) -> list[Problem]:
    """Personal data in the files at ``paths`` and in folders there, which neither they nor ``config`` declare.

    Raises:
        UsageError: there is nothing at one of the paths.
    """
    problems: list[Problem] = []
    texts: dict[str, str] = {}
    for path in _files(paths):
        problems += check_name(str(path))
        text = _text(path, problems)
        if text is not None and next(finds(text.encode()), None):
            texts[str(path)] = text
    if not texts:
        return problems
    office = _tree(config.read_text("utf-8", "replace"), config) if config.is_file() else {}
    trees = {path: tree for name, text in texts.items() for path, tree in _tree(text, Path(name)).items()}
    return [*problems, *check_texts(texts, trees, all_declared(office))]


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.exists():
            raise UsageError(msg("There is no %(path)s", path=str(path)))
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in found if file.is_file() and ".git" not in file.parts)


def _text(path: Path, problems: list[Problem]) -> str | None:
    """What can be read in a file; None for pictures, and for what cannot be searched, after that was noted."""
    data = path.read_bytes()
    if images.is_image(path.name):
        if not images.is_bare(data):
            problems.append(_hidden(path))
        return None
    if zipfile.is_zipfile(io.BytesIO(data)):
        return _of_document(data)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data or data.startswith(b"%PDF"):
        problems.append(_unknown(path))
        return None
    return data.decode("utf-8", "replace")


def _of_document(data: bytes) -> str:
    """All texts of an office document (xlsx, ods, docx, odt), which is an archive of XML files."""
    texts, left = [], MAX_BYTES
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            with archive.open(entry) as file:
                part = file.read(left)
            left -= len(part)
            texts.append(part.decode("utf-8", "replace").replace("<", "\n<"))
    return "\n".join(texts)


def _tree(text: str, path: Path) -> Trees:
    """The plain data of a content file, if it is one and can be read."""
    model = next((model for pattern, model in _MODELS.items() if pattern.fullmatch(path.as_posix())), None)
    if model is None:
        return {}
    head = text.removeprefix("---\n").partition("\n---\n")[0] if path.suffix == ".md" else text
    try:
        tree: tuple[object, TypeAdapter[Any]] = (yaml_events.parse(head), model)
    except YamlProblem:
        return {}
    return {str(path): tree}


def _hidden(path: Path) -> Problem:
    return Problem(str(path), 0, "privacy.image", images.HIDDEN, images.HIDDEN_FIX)


def _unknown(path: Path) -> Problem:
    what = msg("This kind of file cannot be searched for personal data")
    fix = msg("Look yourself, or leave it out.")
    return Problem(str(path), 0, "privacy.unknown", what, fix, Severity.WARNING)
