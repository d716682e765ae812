"""Writing content as YAML that people like to edit: one key a line, quotes only where they are needed,
keys in the order of the model, nothing that equals its default.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache
from typing import Any

from sitegen.model.tps import Coordinates, Coverage

INLINE = (Coordinates, Coverage)
"""Content types that are written on one line: ``{rw: 1, rt: 1-4}``."""

_ANOTHER_TYPE = re.compile(
    r"""[-+]?(0b[01_]+|0o?[0-7_]+|0x[\da-f_]+|[\d_]+(:[0-5]?\d)*\.?[\d_]*(e[-+]?\d+)?|\.[\d_]+(e[-+]?\d+)?|\.inf)
    |\.nan|~|null|true|false|yes|no|on|off|y|n|<<|=
    |\d{4}-\d\d?-\d\d?([Tt\s]+\d\d?:\d\d:\d\d.*)?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
"""Text that some YAML reader would take for a number, date, truth or nothing."""
_PLAIN = re.compile(r"([^\W_]|[(/])([\w .,;/()+*'\"&!?|%@=<>~^$’“”·×–—-]|:(?=\S)|(?<=\S)#)*")
_SIGNS_OF_FLOW = frozenset(",:?")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


class Inline(dict[str, Any]):
    """A mapping that is written on one line."""


def document(value: object, schema: str | None = None, comment: str | None = None) -> str:
    """A whole YAML file with a content object or plain ``value``. ``schema`` is the path from the file to its
    JSON Schema, for editors; ``comment`` is a line that says what the file is about.
    """
    head = f"# yaml-language-server: $schema={schema}\n" if schema else ""
    head += f"# {' '.join(comment.split())}\n" if comment else ""
    lines: list[str] = []
    _block(plain(value), "", lines)
    return head + "\n".join(lines) + "\n"


def plain(value: object) -> Any:
    """``value`` as mappings, lists and scalars: content objects by their fields, without what is not set."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        kind = Inline if isinstance(value, INLINE) else dict
        return kind((name, plain(found)) for name, found in _set_fields(value))
    if isinstance(value, Mapping):
        kind = Inline if isinstance(value, Inline) else dict
        return kind((str(key), plain(found)) for key, found in value.items())
    if isinstance(value, (tuple, list)):
        return ranges(value) if value and isinstance(value[0], tuple) else [plain(item) for item in value]
    return value


def _set_fields(value: Any) -> Iterator[tuple[str, Any]]:
    kind: Any = type(value)
    for name, default in _fields(kind):
        found = getattr(value, name)
        if found != default and found is not None:
            yield name, found


@cache
def _fields(kind: Any) -> tuple[tuple[str, object], ...]:
    return tuple((field.name, field.default) for field in dataclasses.fields(kind))


def ranges(value: Sequence[tuple[int, int]]) -> str | int:
    """``((1, 4), (6, 6))`` as people write it: ``1-4, 6``; a single number stays one."""
    parts = [str(low) if low == high else f"{low}-{high}" for low, high in value]
    return int(parts[0]) if len(parts) == 1 and parts[0].isdigit() else ", ".join(parts)


def scalar(value: object, *, inline: bool = False) -> str:
    """One value as YAML. Hours are quoted: unquoted, some readers take ``07:00`` for a number."""
    if isinstance(value, str):
        return _text(value.value if isinstance(value, Enum) else value, inline)
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, dt.time):
        return f'"{value:%H:%M}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, dt.date)):
        return str(value)
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    raise TypeError(f"{type(value).__name__} has no YAML form here")


@lru_cache(maxsize=4096)
def _text(text: str, inline: bool) -> str:
    bare = _PLAIN.fullmatch(text) and not text.endswith((" ", ":")) and not _ANOTHER_TYPE.fullmatch(text)
    if bare and not (inline and not _SIGNS_OF_FLOW.isdisjoint(text)):
        return text
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(sign: str) -> str:
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    if sign.isprintable() and sign != "\ufeff":
        return sign
    number = ord(sign)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def entry_lines(key: str, value: Any, indent: str) -> list[str]:
    """A key with its plain value as the lines of a mapping that stands at ``indent``."""
    lines: list[str] = []
    _entry(f"{indent}{_text(key, False)}:", value, f"{indent}  ", lines)
    return lines


def item_lines(value: Any, indent: str) -> list[str]:
    """A plain value as the lines of one item of a list that stands at ``indent``."""
    lines: list[str] = []
    _item(value, indent, lines)
    return lines


def flow(value: Any) -> str:
    """A plain value on one line, as it stands inside ``{}`` or ``[]``."""
    return _flow(value, True)


def _block(value: Any, indent: str, lines: list[str]) -> None:
    """Append the lines of a mapping or list; of a scalar, which only a whole file can be, its one line."""
    if _on_one_line(value):
        lines.append(indent + _flow(value))
    elif isinstance(value, dict):
        for key, found in value.items():
            _entry(f"{indent}{_text(key, False)}:", found, f"{indent}  ", lines)
    else:
        for found in value:
            _item(found, indent, lines)


def _entry(start: str, value: Any, indent: str, lines: list[str]) -> None:
    if _on_one_line(value):
        lines.append(f"{start} {_flow(value)}")
    else:
        lines.append(start)
        _block(value, indent, lines)


def _item(value: Any, indent: str, lines: list[str]) -> None:
    """A list item; the first line of a mapping stands beside the dash."""
    first = len(lines)
    _block(value, f"{indent}  ", lines)
    lines[first] = f"{indent}- {lines[first].lstrip(' ')}"


def _on_one_line(value: Any) -> bool:
    return not value or isinstance(value, Inline) or not isinstance(value, (dict, list))


def _flow(value: Any, inline: bool = False) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_text(key, True)}: {_flow(found, True)}" for key, found in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(found, True) for found in value) + "]"
    return scalar(value, inline=inline)
