"""A content file: its text, its data and the line of every value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from sitegen.content import yaml_events
from sitegen.content.characters import MOST, faults
from sitegen.content.explain import explain
from sitegen.content.yaml_events import MAX_BYTES, Loc, YamlProblem
from sitegen.problems import Message, Problem, Severity, msg
from sitegen.stopwatch import stage

T = TypeVar("T")
KEPT = 128
"""So many texts are kept as they were understood. In ``serve`` those of the site itself and of the kecamatan that
somebody works on are not read again at every change: 10 of 115 ms."""


@dataclass(frozen=True)
class Document(Generic[T]):
    """A file that was read and is valid. ``path`` is the name shown to people; ``body`` is the text
    below the front matter of a Markdown file and begins at line ``body_line``."""

    path: str
    data: T
    text: str
    body: str = ""
    body_line: int = 1

    @cached_property
    def _lines(self) -> Mapping[Loc, int]:
        return yaml_events.lines(self.text)

    def line(self, *loc: str | int) -> int:
        """Line (from 1) of the value at ``loc``, or of the nearest thing around it."""
        return nearest_line(self._lines, loc)

    def problem(
        self,
        code: str,
        what: Message,
        fix: Message,
        *loc: str | int,
        severity: Severity = Severity.ERROR,
        place: str = "",
        tps: tuple[int, ...] = (),
    ) -> Problem:
        """A problem of the value at ``loc``, about the TPS of ``place``."""
        return Problem(self.path, self.line(*loc), code, what, fix, severity, place, tps)


def nearest_line(lines: Mapping[Loc, int], loc: Loc) -> int:
    """Line of ``loc``, or of the closest enclosing value that has one."""
    while loc not in lines:
        loc = loc[:-1]
    return lines[loc]


@lru_cache(maxsize=KEPT)
def _tree(text: str) -> Any:
    return yaml_events.parse(text)


@lru_cache(maxsize=KEPT)
def _typed(text: str, model: TypeAdapter[Any]) -> Any:
    tree = _tree(text)
    return model.validate_python({} if tree is None else tree)


@dataclass
class Loader:
    """Reads files and collects what is wrong with them. ``texts`` keeps every text that was read, by
    its path, so that a file with errors is searched for personal data too; ``trees`` the plain data and
    their model; of a file that is not YAML its text."""

    problems: list[Problem] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    trees: dict[str, tuple[object, TypeAdapter[Any]]] = field(default_factory=dict)

    def yaml(self, path: Path | None, model: TypeAdapter[T]) -> Document[T] | None:
        """The YAML file at ``path`` as ``model``, or None after its problems were noted; without ``path`` they were."""
        text = self._text(path, model) if path else None
        return None if text is None else self._typed(str(path), text, model)

    def text(self, path: Path, text: str, model: TypeAdapter[T]) -> Document[T] | None:
        """What ``text`` would be as the YAML file at ``path``."""
        self.texts[str(path)] = text
        return self._typed(str(path), text, model)

    def markdown(self, path: Path, model: TypeAdapter[T]) -> Document[T] | None:
        """The Markdown file at ``path``: front matter as ``model``, and the body."""
        text = self._text(path, model)
        if text is None:
            return None
        head, mark, body = text.partition("\n---\n")
        if not head.startswith("---\n") or not mark:
            self._note(
                path,
                1,
                "markdown.front-matter",
                msg("The file does not begin with a block between two lines of ---"),
                msg("Begin with ---, then title and summary, then --- again. See docs/panduan-berita.md."),
            )
            return None
        head = "\n" + head[4:]  # keeps the line numbers of the file
        return self._typed(str(path), head, model, body=body, body_line=head.count("\n") + 3)

    def _text(self, path: Path, model: TypeAdapter[Any]) -> str | None:
        try:
            with path.open("rb") as file:
                raw = file.read(MAX_BYTES + 1)
        except OSError as error:
            self._note(
                path,
                0,
                "file.unreadable",
                msg("The file cannot be read (%(detail)s)", detail=error.strerror),
                msg("Check that it exists and that you may read it."),
            )
            return None
        if len(raw) > MAX_BYTES:
            self._note(
                path,
                0,
                "file.size",
                msg("The file is larger than 5 MB"),
                msg("Split it, or remove what does not belong in it."),
            )
            return None
        try:
            text = raw.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            self._note(
                path, line, "file.encoding", msg("The file is not UTF-8 text"), msg("Save it with the encoding UTF-8.")
            )
            return None
        found = list(faults(text))
        self.problems += [Problem(str(path), *fault) for fault in found]
        if any(fault.code == "text.line" for fault in found):
            return None
        self.texts[str(path)] = text
        self.trees[str(path)] = text, model  # until it is read
        return None if found else text

    def _typed(
        self, shown: str, text: str, model: TypeAdapter[T], body: str = "", body_line: int = 1
    ) -> Document[T] | None:
        try:
            with stage("read"):
                tree = _tree(text)
        except YamlProblem as error:
            self.problems.append(Problem(shown, error.line, error.code, error.what, error.fix))
            return None
        self.trees[shown] = tree, model
        try:
            with stage("validate"):
                typed: T = _typed(text, model)
            return Document(shown, typed, text, body, body_line)
        except ValidationError as error:
            found = yaml_events.lines(text)
            self.problems += [
                Problem(shown, nearest_line(found, loc), code, what, fix)
                for loc, code, what, fix in islice(explain(error, model), MOST)
            ]
            return None

    def _note(self, path: Path, line: int, code: str, what: Message, fix: Message) -> None:
        self.problems.append(Problem(str(path), line, code, what, fix))
