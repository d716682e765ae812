"""What the import cannot know and asks: once, because answers are remembered in ``content/import.yaml``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import TypeAdapter

from sitegen.content.documents import Loader
from sitegen.content.yaml_write import document
from sitegen.importer.headers import Meaning
from sitegen.model.fields import Line, content_type
from sitegen.names import words
from sitegen.problems import Message, msg

FILE = "import.yaml"
SKIP = "lewati"
Topic = Literal["kecamatan", "village", "column", "ketua", "total", "count"]
_HEAD = (
    "Jawaban atas pertanyaan perintah impor; dipakai lagi pada impor berikutnya. "
    "Hapus satu jawaban, dan pertanyaannya kembali."
)


class Choice(NamedTuple):
    """One possible answer and what it means."""

    answer: str
    label: Message


class Question(NamedTuple):
    """Something uncertain: where it was met first, what it is about, and every answer that is possible. ``within`` is
    the code of the kecamatan that a village is looked for in."""

    topic: Topic
    within: str
    written: str
    place: str
    what: Message
    choices: tuple[Choice, ...]

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two questions the same."""
        return _key(self.topic, self.within, self.written)

    def fitting(self, answer: str) -> str | None:
        """The answer, if it is one of the choices."""
        return answer if any(choice.answer == answer for choice in self.choices) else None


@content_type
class Answer:
    """One answer: what was asked (``within`` a kecamatan, by its code, or under which headers), what stands in the
    spreadsheet, and what it means."""

    topic: Topic
    within: Line | None = None
    written: Line
    answer: Line


@content_type
class Memory:
    """The file of answers."""

    answers: tuple[Answer, ...] = ()


MEMORY = TypeAdapter(Memory)


@dataclass
class Answers:
    """Answers from the file, from the command line and from the terminal. ``given`` are those of the command line,
    which name only what is written; ``used`` collects all that an import relied on and that are new."""

    remembered: dict[tuple[str, str, str], str] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    used: dict[tuple[str, str, str], Answer] = field(default_factory=dict)
    fitting: set[str] = field(default_factory=set)
    asked: dict[tuple[str, str, str], Question] = field(default_factory=dict)

    def ask(self, question: Question, also: Callable[[str], str | None] = lambda _: None) -> str | None:
        """The answer to ``question``; without one it is noted as asked. ``also`` tells which answer another text
        means."""
        written = question.key[2]
        given = self.given.get(written)
        if given is not None and (meant := question.fitting(given) or also(given)):
            self.fitting.add(written)
            if self.remembered.get(question.key) != meant:
                self.answer(question, meant)
        found = self.remembered.get(question.key)
        if found is not None and (question.fitting(found) or also(found) == found):
            return found
        self.asked.setdefault(question.key, question)
        return None

    def column(self, header: str) -> str | None:
        """What somebody said that columns with this header hold."""
        key = _key("column", "", header)
        given = self.given.get(key[2])
        if given in _MEANINGS:
            self.fitting.add(key[2])
            if self.remembered.get(key) != given:
                self.remembered[key] = given
                self.used[key] = Answer(topic="column", written=header[:300], answer=given)
        found = self.remembered.get(key)
        return found if found in _MEANINGS else None

    def answer(self, question: Question, answer: str) -> None:
        """Remember an answer."""
        self.remembered[question.key] = answer
        self.asked.pop(question.key, None)
        self.used[question.key] = Answer(
            topic=question.topic, within=question.within or None, written=question.written[:300], answer=answer
        )

    @property
    def unused(self) -> list[str]:
        """Answers of the command line that no question asked for."""
        return sorted(set(self.given) - self.fitting)


def read_answers(content: Path, given: Sequence[tuple[str, str]], loader: Loader) -> Answers:
    """Answers that earlier imports got, with those of the command line."""
    path = content / FILE
    memory = loader.yaml(path, MEMORY) if path.exists() else None
    found = memory.data.answers if memory else ()
    remembered = {_key(a.topic, a.within, a.written): a.answer for a in found}
    return Answers(remembered, {_key("", "", written)[2]: answer for written, answer in given})


def _key(topic: str, within: str | None, written: str) -> tuple[str, str, str]:
    return topic, within or "", " ".join(words(written)) or written


def memory_text(content: Path, answers: Answers) -> str | None:
    """The file of answers with what is new; None when nothing is."""
    if not answers.used:
        return None
    path = content / FILE
    memory = Loader().yaml(path, MEMORY) if path.exists() else None
    before = memory.data.answers if memory else ()
    kept = [a for a in before if _key(a.topic, a.within, a.written) not in answers.used]
    return document(Memory(answers=(*kept, *answers.used.values())), comment=_HEAD)


_MEANINGS = frozenset(meaning.value for meaning in Meaning)
LEAVE_OUT = Choice(SKIP, msg("leave these rows out"))
