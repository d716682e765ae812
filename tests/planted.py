"""Invented personal data in every spelling, and a file of every content type with a value at each of its fields."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_type_hints

from sitegen.content.yaml_write import document
from sitegen.model.fields import Mark
from sitegen.schemas import FILES, ContentFile

TABLE = Path(__file__).with_name("planted.tsv")


class Planted(NamedTuple):
    """A string that must be found, and as what."""

    kind: str
    text: str


def planted() -> list[Planted]:
    """The whole table."""
    lines = TABLE.read_text("ascii").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return [Planted(kind, text.encode().decode("unicode_escape")) for kind, text in rows]


class Field(NamedTuple):
    """A field of a content type: the keys that lead to it (a number stands for a list item) and its mark."""

    file: ContentFile
    keys: tuple[str | int, ...]
    mark: Mark | None

    def text(self, value: str) -> str:
        """A content file that has ``value`` in this field and nothing else."""
        tree: Any = value
        for key in reversed(self.keys):
            tree = {key: tree} if isinstance(key, str) else [tree]
        head = document(tree)
        return f"---\n{head}---\n\nIsi.\n" if self.path.endswith(".md") else head

    @property
    def path(self) -> str:
        """Where such a file may lie."""
        plain = self.file.path.partition(" ")[0]
        return plain.replace("<yyyy-mm-dd>", "2024-11-07").replace("<", "").replace(">", "")


def fields() -> list[Field]:
    """Every field of every content type."""
    return [field for file in FILES for field in _fields(file, file.model._type, ())]


def _fields(file: ContentFile, hint: Any, keys: tuple[str | int, ...]) -> Iterator[Field]:
    for name, inner in get_type_hints(hint, include_extras=True).items():
        parts = list(_parts(inner))
        mark = next((part for part in parts if isinstance(part, Mark)), None)
        is_list = any(getattr(part, "__origin__", None) is tuple or part is tuple for part in parts)
        here = (*keys, name, 0) if is_list else (*keys, name)
        nested = next((part for part in parts if isinstance(part, type) and dataclasses.is_dataclass(part)), None)
        if nested:
            yield from _fields(file, nested, here)
        else:
            yield Field(file, here, mark)


def _parts(hint: Any) -> Iterator[Any]:
    yield hint
    for argument in get_args(hint):
        yield from _parts(argument)
