"""A new news item, begun for somebody who will write it, and whether somebody did."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from string import Template

from pydantic import TypeAdapter, ValidationError

from sitegen.content.documents import Document, Loader
from sitegen.content.site import NEWS, NewsFile
from sitegen.content.yaml_events import Loc
from sitegen.content.yaml_write import scalar
from sitegen.model.article import NewsHead
from sitegen.model.fields import Line
from sitegen.problems import Problem, UsageError, msg
from sitegen.slugs import slug
from sitegen.starter import STARTERS

_STARTER = STARTERS / "news.md"
_BETWEEN_SENTENCES = re.compile(r"(?<=\.) ")


def new_news(content: Path, title: str, date: dt.date) -> Path:
    """Write ``news/<date>-<slug>.md`` into the ``content`` folder, as a draft with places to fill in.

    Raises UsageError when there is no content folder, the title cannot be one, or the file is there already.
    """
    if not content.is_dir():
        raise UsageError(
            msg(
                "There is no %(path)s here; run the command in the folder of a site, or name it with --content",
                path=str(content),
            )
        )
    try:
        line = TypeAdapter[str](Line).validate_python(title)
    except ValidationError as error:
        raise UsageError(msg("A title is one line of 1 to 300 characters")) from error
    path = content / "news" / f"{date}-{slug(line)}.md"
    path.parent.mkdir(exist_ok=True)
    text = Template(_STARTER.read_text(encoding="utf-8")).substitute(title=scalar(line))
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError(msg("%(path)s is there already; nothing was written", path=str(path))) from error
    return path


def check_written(news: Sequence[NewsFile]) -> Iterator[Problem]:
    """News without the line draft in which a place to fill in is left."""
    fix = msg("Write what happened instead, or remove it; until then put draft: true into the head.")
    for document in (item.document for item in news if not item.document.data.draft):
        for loc, line, text in _written(document):
            for place in (place for place in _places() if place in text):
                what = msg('"%(text)s" still stands here as the command began it', text=place)
                yield Problem(document.path, line or document.line(*loc), "news.unwritten", what, fix)


@cache
def _places() -> tuple[str, ...]:
    """The sentences to be replaced in what the command writes."""
    starter = Loader().markdown(_STARTER, NEWS)
    texts = [text for _, _, text in _written(starter)] if starter else []
    return tuple(sentence for text in texts for sentence in _BETWEEN_SENTENCES.split(text))


def _written(document: Document[NewsHead]) -> Iterator[tuple[Loc, int, str]]:
    """What somebody writes of a news item beside its title and headings: a value of the head by its path, or a line."""
    yield ("summary",), 0, document.data.summary
    for index, source in enumerate(document.data.sources):
        yield ("sources", index, "name"), 0, source.name
    for number, line in enumerate(document.body.split("\n"), document.body_line):
        if line and not line.startswith("#"):
            yield (), number, line
