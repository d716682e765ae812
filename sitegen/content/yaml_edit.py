"""Changing values of a YAML file and nothing else: comments, order and quotes of hand stay as they are."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from sitegen.content.yaml_events import YamlProblem, parse
from sitegen.content.yaml_write import entry_lines, flow, item_lines, plain, scalar

T = TypeVar("T")


class _Edit(NamedTuple):
    """Characters ``start`` to ``end`` of the text become ``new``."""

    start: int
    end: int
    new: str


def edited(text: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """``text``, a valid YAML file that means ``old``, with the fewest changes that make it mean ``new``. Both are plain
    trees as ``yaml_write.plain`` gives them. Items of a list that have a ``number`` are the same item when it is the
    same, and keep their order. Writers differ in what they do with YAML, so callers read the result again before they
    keep it.
    """
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    if root is None:
        return text + "".join(f"{line}\n" for key, value in new.items() for line in entry_lines(key, value, ""))
    text += "" if text.endswith("\n") else "\n"
    edits = sorted(_Editor(text).mapping(root, old, new), key=lambda edit: edit.start)
    for start, end, replacement in reversed(edits):
        text = text[:start] + replacement + text[end:]
    return text


def changed(text: str, model: TypeAdapter[T], old: T, new: T) -> str | None:
    """``text``, a file with the content ``old``, with the fewest changes that make it one with ``new``; None where they
    cannot be made, as in a file on one line."""
    made = edited(text, plain(old), plain(new))
    with contextlib.suppress(ValidationError, YamlProblem):
        return made if model.validate_python(parse(made)) == new else None
    return None


class _Editor:
    """The edits of one text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def mapping(self, node: Any, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[_Edit]:
        """Edits of a mapping in block form."""
        entries = {key.value: (key, value) for key, value in node.value}
        indent = " " * node.value[0][0].start_mark.column
        after = _end(node.value[0][1])
        for key, value in new.items():
            if key not in entries:
                yield self._insert(after, entry_lines(key, value, indent))
                continue
            if key not in old or old[key] != value:
                yield from self._value(*entries[key], old.get(key), value)
            after = _end(entries[key][1])
        first = node.value[0][0].value
        for key in old:
            if key not in new and key in entries:
                yield from self._remove(*entries[key], is_first=key == first, alone=len(entries) == 1)

    def _value(self, key: Any, node: Any, old: Any, new: Any) -> Iterator[_Edit]:
        """Edits of the value of a key."""
        is_block = not isinstance(node, yaml.ScalarNode) and not node.flow_style
        if isinstance(new, dict) and isinstance(old, dict) and new:
            if is_block:
                yield from self.mapping(node, old, new)
                return
            if isinstance(node, yaml.MappingNode) and set(old) == set(new):
                yield _Edit(node.start_mark.index, node.end_mark.index, flow(new))
                return
        elif isinstance(new, list) and isinstance(old, list) and new and is_block:
            yield from self._sequence(node, old, new)
            return
        elif not isinstance(new, (dict, list)) and _is_short(node):
            gap = " " if node.start_mark.index == node.end_mark.index else ""
            yield _Edit(node.start_mark.index, node.end_mark.index, gap + scalar(new))
            return
        indent = " " * key.start_mark.column
        whole = "\n".join(entry_lines(key.value, new, indent)).lstrip(" ")
        yield _Edit(key.start_mark.index, _end(node), whole)

    def _sequence(self, node: Any, old: Sequence[Any], new: Sequence[Any]) -> Iterator[_Edit]:
        """Edits of a list in block form."""
        indent = " " * node.start_mark.column
        items = dict(zip(_identities(old), zip(node.value, old, strict=True), strict=True))
        wanted = dict(zip(_identities(new), new, strict=True))
        after = self._line_start(node.start_mark.index) - 1
        for identity, value in wanted.items():
            if identity not in items:
                yield self._insert(after, item_lines(value, indent))
                continue
            item, before = items[identity]
            if before != value:
                yield from self._item(item, before, value, indent)
            after = _end(item)
        for identity, (item, _) in items.items():
            if identity not in wanted:
                yield _Edit(self._line_start(item.start_mark.index), self._line_end(_end(item)) + 1, "")

    def _item(self, node: Any, old: Any, new: Any, indent: str) -> Iterator[_Edit]:
        if isinstance(node, yaml.MappingNode) and not node.flow_style and isinstance(new, dict):
            yield from self.mapping(node, old, new)
        elif _is_short(node) and not isinstance(new, (dict, list)):
            yield _Edit(node.start_mark.index, node.end_mark.index, scalar(new))
        else:
            dash = self.text.rindex("-", 0, node.start_mark.index)
            yield _Edit(dash, _end(node), "\n".join(item_lines(new, indent)).lstrip(" "))

    def _remove(self, key: Any, node: Any, *, is_first: bool, alone: bool) -> Iterator[_Edit]:
        """Take out a whole entry; the first of a list's item leaves the dash where it is."""
        start, end = key.start_mark.index, self._line_end(_end(node)) + 1
        if alone:
            yield _Edit(start, _end(node), "{}")
        elif is_first:
            yield _Edit(start, end + key.start_mark.column, "")
        else:
            yield _Edit(self._line_start(start), end, "")

    def _insert(self, after: int, lines: Sequence[str]) -> _Edit:
        """``lines`` below the line that holds the position ``after``."""
        at = self._line_end(after) + 1 if after >= 0 else 0
        return _Edit(at, at, "".join(f"{line}\n" for line in lines))

    def _line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def _line_end(self, index: int) -> int:
        """Position of the line break behind ``index``."""
        return self.text.index("\n", index)


def _identities(values: Sequence[Any]) -> list[object]:
    return [value["number"] if isinstance(value, dict) and "number" in value else n for n, value in enumerate(values)]


def _is_short(node: Any) -> bool:
    """Whether a scalar stands on one line, so that only its characters need to change."""
    return isinstance(node, yaml.ScalarNode) and node.start_mark.line == node.end_mark.line


def _end(node: Any) -> int:
    """Where the last value of ``node`` ends; libyaml counts what follows a block as part of it."""
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return int(node.end_mark.index) - 1
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(node, yaml.MappingNode) else last)
