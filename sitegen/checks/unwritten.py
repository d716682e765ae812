"""News that was begun with a command, and that nobody wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from sitegen.content.documents import Document, Loader
from sitegen.content.site import NEWS, NewsFile
from sitegen.content.yaml_events import Loc
from sitegen.model.article import NewsHead
from sitegen.problems import Problem, msg
from sitegen.starter import NEWS_STARTER

_BETWEEN_SENTENCES = re.compile(r"(?<=\.) ")


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
    starter = Loader().markdown(NEWS_STARTER, NEWS)
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
