"""What can be wrong with content, as data: no text is chosen and nothing is printed here."""

from __future__ import annotations

import datetime as dt
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


class ShortDate(NamedTuple):
    """A date in a text that is to be short: 4 Des 2024."""

    date: dt.date


class MonthOf(NamedTuple):
    """The month of a date in a text: November 2024."""

    date: dt.date


def verbatim(text: str) -> Message:
    """A text from the content where a Message is expected; it is the same in every language."""
    return Message("%(text)s", (("text", text),))


def lines(*messages: Message, between: str = "\n") -> Message:
    """Several messages, one a line, or with something else ``between`` them."""
    return Message(
        between.join(f"%(line{number})s" for number in range(len(messages))),
        tuple((f"line{number}", message) for number, message in enumerate(messages)),
    )


class Severity(StrEnum):
    """Errors stop publishing, warnings do not; a note only helps whoever looks at the whole."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Problem(NamedTuple):
    """One thing that is wrong: where (path relative to the site folder, line from 1, 0 when the
    whole file is meant), what, and how to mend it. ``code`` is stable, for machines; ``place`` is the Kemendagri
    code of what it is about and ``tps`` the numbers of the TPS there, where there are any. ``reason`` tells why the
    office accepts it, once it did."""

    path: str
    line: int
    code: str
    what: Message
    fix: Message
    severity: Severity = Severity.ERROR
    place: str = ""
    tps: tuple[int, ...] = ()
    reason: str = ""

    @property
    def stops(self) -> bool:
        """Whether nothing can be published with it."""
        return self.severity is Severity.ERROR and not self.reason


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


def system_error(error: OSError) -> Message:
    """What the system refused: the file, and why."""
    return msg("%(path)s: %(detail)s", path=str(error.filename or ""), detail=error.strerror or str(error))


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
        return self._open(Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that are only reported."""
        return self._open(Severity.WARNING)

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What only a report of the whole tells."""
        return self._open(Severity.NOTE)

    @property
    def acknowledged(self) -> tuple[Problem, ...]:
        """What the office accepts, with its reason."""
        return tuple(p for p in self.problems if p.reason)

    def _open(self, severity: Severity) -> tuple[Problem, ...]:
        return tuple(p for p in self.problems if p.severity is severity and not p.reason)
