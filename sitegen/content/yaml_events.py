"""YAML as plain text: libyaml's events become dictionaries, lists and strings, nothing else.

Types come later, from the model. What could change meaning on the way (aliases, tags, merge keys,
duplicate keys, several documents) is refused, and so is what only hurts (deep nesting, huge files).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import yaml

from sitegen.content.characters import hidden
from sitegen.problems import Message, msg

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_DEPTH = 20
MAX_BYTES = 5_000_000

_FRAME = frozenset((yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent, yaml.StreamEndEvent))
"""What stands around the content of a document."""
Tree = dict[str, Any] | list[Any] | str | None
Loc = tuple[str | int, ...]
_KEY = re.compile(r"[\s-]*[^:]*:\s")


class YamlProblem(Exception):
    """A text that is refused: ``line`` counts from 1."""

    def __init__(self, line: int, code: str, what: Message, fix: Message) -> None:
        super().__init__(what.id)
        self.line, self.code, self.what, self.fix = line, code, what, fix


def parse(text: str) -> Tree:
    """Read one document. Scalars stay text; an empty plain scalar is None.

    Raises:
        YamlProblem: not YAML, or YAML that is refused.
    """
    events = _events(text)
    first = next(events, None)
    tree = None if first is None else _node(events, first, 0)
    next(events, None)  # what follows the document, which only a faulty file has, is refused
    return tree


def lines(text: str) -> Mapping[Loc, int]:
    """Line of every key and list item of a text that ``parse`` accepts, by its path.

    Kept apart from ``parse`` because only a file with a problem needs it.
    """
    found: dict[Loc, int] = {(): 1}
    events = _events(text)
    first = next(events, None)
    if first is not None:
        _locate(events, first, (), found)
    return found


def _events(text: str) -> Iterator[Any]:
    """Events of the single document, without the frame around it."""
    if not yaml.__with_libyaml__:
        raise YamlProblem(
            0,
            "yaml.no-libyaml",
            msg("PyYAML was installed without libyaml"),
            msg("Run `make site`; it installs PyYAML with libyaml."),
        )
    documents = 0
    try:
        for event in iter(yaml.CSafeLoader(text).get_event, None):
            kind = type(event)
            if kind not in _FRAME:
                yield event
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise _refused(
                        event,
                        "yaml.documents",
                        msg("A second document begins here (---)"),
                        msg("One file holds one document: remove the line."),
                    )
    except yaml.YAMLError as error:
        raise _syntax(error, text) from error


def _node(events: Iterator[Any], event: Any, depth: int) -> Tree:
    kind = type(event)
    if kind is yaml.ScalarEvent:
        if event.tag is not None or event.anchor is not None:
            raise _special(event)
        value: str = event.value
        if not value.isprintable():  # an escape can make what no file may hold
            _require_visible(event)
        return value if value or event.style else None
    if depth > MAX_DEPTH:
        raise _refused(
            event,
            "yaml.depth",
            msg("The nesting is deeper than %(depth)s levels", depth=MAX_DEPTH),
            msg("Content needs far fewer: check the indentation."),
        )
    if kind is yaml.MappingStartEvent and event.tag is None and event.anchor is None:
        return _mapping(events, depth)
    if kind is yaml.SequenceStartEvent and event.tag is None and event.anchor is None:
        items: list[Tree] = []
        for item in events:
            if type(item) is yaml.SequenceEndEvent:
                break
            items.append(_node(events, item, depth + 1))
        return items
    raise _special(event)


def _mapping(events: Iterator[Any], depth: int) -> dict[str, Tree]:
    result: dict[str, Tree] = {}
    for event in events:
        if type(event) is yaml.MappingEndEvent:
            break
        if type(event) is not yaml.ScalarEvent or event.tag is not None or event.anchor is not None:
            raise _special(event)
        key: str = event.value
        _require_visible(event)
        if key == "<<":
            raise _special(event)
        if key in result:
            raise _refused(
                event, "yaml.duplicate-key", msg('"%(key)s" stands here twice', key=key), msg("Keep one of the two.")
            )
        result[key] = _node(events, next(events), depth + 1)
    return result


def _locate(events: Iterator[Any], event: Any, loc: Loc, found: dict[Loc, int]) -> None:
    if type(event) is yaml.MappingStartEvent:
        for key in events:
            if type(key) is yaml.MappingEndEvent:
                break
            child = (*loc, key.value)
            found[child] = key.start_mark.line + 1
            _locate(events, next(events), child, found)
    elif type(event) is yaml.SequenceStartEvent:
        for index, item in enumerate(events):
            if type(item) is yaml.SequenceEndEvent:
                break
            child = (*loc, index)
            found[child] = item.start_mark.line + 1
            _locate(events, item, child, found)


def _require_visible(event: Any) -> None:
    found = hidden(event.value)
    if found:
        raise _refused(event, "text.hidden", *found)


def _refused(event: Any, code: str, what: Message, fix: Message) -> YamlProblem:
    return YamlProblem(event.start_mark.line + 1, code, what, fix)


def _special(event: Any) -> YamlProblem:
    return _refused(
        event,
        "yaml.special",
        msg("Anchors, aliases, tags and merge keys (&, *, !, <<) are not allowed"),
        msg("Write the value out. Put text that begins with such a sign in quotes."),
    )


def _syntax(error: yaml.YAMLError, text: str) -> YamlProblem:
    mark = getattr(error, "problem_mark", None)
    detail = getattr(error, "problem", None) or getattr(error, "reason", None) or "?"
    what = msg("This cannot be read as YAML (%(detail)s)", detail=detail)
    fix = msg("Check the indentation here and in the line above, and put text with a colon or # in quotes.")
    before = text[: mark.index].rpartition("\n")[2] if mark else ""
    if mark and text.startswith("\t", mark.index):
        what, fix = msg("There is a tab in the indentation"), msg("Indent with spaces, two for each level.")
    elif detail.startswith("mapping values") and _KEY.match(before):
        what = msg("A colon stands inside the value")
        fix = msg('Put the value in quotes: place: "SDN 1: Jua-jua".')
    elif detail.startswith("mapping values"):
        what = msg("The indentation does not fit the line above")
    return YamlProblem(mark.line + 1 if mark else 0, "yaml.syntax", what, fix)
