"""What can be wrong with content, as data: no text is chosen and nothing is printed here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Message(NamedTuple):
    """A catalog id with its values; the language is chosen when somebody reads it."""

    id: str
    values: tuple[tuple[str, object], ...] = ()


def msg(message_id: str, /, **values: object) -> Message:
    """Mark ``message_id`` for the catalogs. Placeholders are written ``%(name)s``."""
    return Message(message_id, tuple(values.items()))


def verbatim(text: str) -> Message:
    """A text from the content where a Message is expected; it is the same in every language."""
    return Message("%(text)s", (("text", text),))


def lines(*messages: Message) -> Message:
    """Several messages, one a line."""
    return Message(
        "\n".join(f"%(line{number})s" for number in range(len(messages))),
        tuple((f"line{number}", message) for number, message in enumerate(messages)),
    )


class Severity(StrEnum):
    """Errors stop publishing, warnings do not."""

    ERROR = "error"
    WARNING = "warning"


class Problem(NamedTuple):
    """One thing that is wrong: where (path relative to the site folder, line from 1, 0 when the
    whole file is meant), what, and how to mend it. ``code`` is stable, for machines."""

    path: str
    line: int
    code: str
    what: Message
    fix: Message
    severity: Severity = Severity.ERROR


class ContentError(Exception):
    """Content that cannot be published; carries every problem found."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


class UsageError(Exception):
    """The command was used in a wrong way (exit code 2)."""

    def __init__(self, what: Message) -> None:
        super().__init__(what.id)
        self.what = what


class Failed(Exception):
    """Something outside content and command went wrong (exit code 1)."""

    def __init__(self, what: Message) -> None:
        super().__init__(what.id)
        self.what = what


@dataclass(frozen=True, slots=True)
class Verdict:
    """Problems of a run, sorted by place, without duplicates."""

    problems: tuple[Problem, ...]

    @classmethod
    def of(cls, problems: list[Problem]) -> Verdict:
        """Sort by path, line and code; the same problem found twice is reported once."""
        return cls(tuple(sorted(set(problems), key=lambda p: (p.path, p.line, p.code, p.what.id, str(p.what.values)))))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop publishing."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that are only reported."""
        return tuple(p for p in self.problems if p.severity is Severity.WARNING)
