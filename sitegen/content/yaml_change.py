"""Changing a few values of a YAML file that people edit: every other line stays as it is, comments included."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import yaml

from sitegen.content.yaml_events import Loc
from sitegen.content.yaml_write import block_lines


class Edit(NamedTuple):
    """New values of the mapping at ``loc``: None removes a key, ``Added`` puts items behind those of a list. New keys
    are placed by ``order``, all keys that the mapping may have."""

    loc: Loc
    values: Mapping[str, Any]
    order: Sequence[str]


class Added(list[Any]):
    """Items for the end of a list."""


class _Piece(NamedTuple):
    """Text that takes the place of what stands between two positions."""

    start: int
    end: int
    text: str


class NotEditable(Exception):
    """The place is written on one line, where nothing can be put between."""


def edited(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with the values of ``edits``.

    Raises NotEditable when a mapping is not written one key a line.
    """
    text = text if text.endswith("\n") else f"{text}\n"
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    pieces = [piece for edit in edits for piece in _pieces(text, _at(root, edit.loc), edit)]
    for _, piece in sorted(enumerate(pieces), key=lambda pair: (pair[1].start, pair[0]), reverse=True):
        text = text[: piece.start] + piece.text + text[piece.end :]
    return text


def _at(node: Any, loc: Loc) -> Any:
    for part in loc:
        node = node.value[part] if isinstance(part, int) else _keys(node)[str(part)][1]
    return node


def _keys(node: Any) -> dict[str, tuple[Any, Any]]:
    return {key.value: (key, value) for key, value in node.value}


def _pieces(text: str, node: Any, edit: Edit) -> Iterable[_Piece]:
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        raise NotEditable
    keys = _keys(node)
    indent = " " * node.start_mark.column
    for name, value in edit.values.items():
        if name in keys:
            yield _changed(text, *keys[name], value, indent)
        elif value is not None:
            before = [keys[key][1] for key in edit.order[: edit.order.index(name)] if key in keys]
            behind = _line_end(text, _end(before[-1] if before else node))
            yield _Piece(behind, behind, _lines({name: value}, indent))


def _changed(text: str, key: Any, old: Any, value: Any, indent: str) -> _Piece:
    end = _end(old)
    if value is None:
        return _Piece(_line_start(text, key.start_mark.index), _line_end(text, end), "")
    if not isinstance(value, Added):
        return _Piece(key.start_mark.index, end, _lines({key.value: value}, indent).strip())
    if old.flow_style or not old.value:
        raise NotEditable
    behind = _line_end(text, end)
    return _Piece(behind, behind, _lines(list(value), " " * old.start_mark.column))


def _lines(value: Any, indent: str) -> str:
    return "".join(f"{line}\n" for line in block_lines(value, indent))


def _end(node: Any) -> int:
    """Where the last value inside ``node`` ends; libyaml lets a block end where the next thing begins."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return int(node.end_mark.index) - (getattr(node, "style", None) in ("|", ">"))
    last = node.value[-1]
    return _end(last[1] if isinstance(node, yaml.MappingNode) else last)


def _line_end(text: str, index: int) -> int:
    """The beginning of the line after the one where ``index`` lies."""
    return text.index("\n", index) + 1


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1
