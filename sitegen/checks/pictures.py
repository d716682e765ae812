"""Pictures in texts: each must be there, say in words what it shows, and stand by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sitegen.checks.links import line_of
from sitegen.content.markdown import Image
from sitegen.content.pictures import Fault, Pictures
from sitegen.pages.site import Text
from sitegen.privacy import images
from sitegen.problems import Problem, Severity, msg

_WORD = re.compile(r"[^\W\d_]+")
_NO_WORDS = frozenset("dsc foto gambar image img jpeg jpg photo picture png screenshot video webp whatsapp".split())
"""Words of file names, which say nothing of what a picture shows."""


def check_pictures(texts: Sequence[Text], pictures: Pictures) -> Iterator[Problem]:
    """Problems of all pictures in ``texts``; that a file holds more than a picture is a warning: what is published is
    bare."""
    for text in texts:
        for image in text.rendered.images:
            yield from _faults(text, image, pictures)
    for picture in pictures.found:
        if not picture.is_bare:
            yield Problem(
                str(picture.source), 0, "picture.metadata", images.HIDDEN, images.HIDDEN_FIX, Severity.WARNING
            )


def _faults(text: Text, image: Image, pictures: Pictures) -> Iterator[Problem]:
    path, line = text.document.path, _line(text, image)
    found = pictures.find(image.src)
    if isinstance(found, Fault):
        yield Problem(path, line, found.code, found.what, found.fix)
    if not image.description:
        what = msg("The picture has no description")
        yield Problem(path, line, "picture.description", what, _DESCRIBE)
    elif not _describes(image.description):
        what = msg('"%(text)s" does not tell what the picture shows', text=image.description)
        yield Problem(path, line, "picture.description", what, _DESCRIBE)
    if not image.is_alone:
        what = msg("The picture stands inside a paragraph, list or table")
        yield Problem(path, line, "picture.inside", what, msg("Put it on a line of its own between two empty lines."))


_DESCRIBE = msg(
    "Write between [ and ] what it shows, for those who do not see it: ![Seven KPPS members take "
    "their oath](/media/name.jpg)."
)


def _describes(text: str) -> bool:
    """Whether a text has at least two words that could tell something."""
    return sum(word not in _NO_WORDS for word in _WORD.findall(text.lower())) >= 2


def _line(text: Text, image: Image) -> int:
    written = f"![{image.description}"
    has_both = image.description and written in text.document.body
    return line_of(text.document, written if has_both else image.src or "![")
