"""The gate: texts that were read and everything that would be published pass here, and personal data stop the build.

Texts are searched as they stand, comments included: they are public too once they are pushed. What is published is
searched again, because a value can come together on the way: in Markdown, in an escape, from two files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from pydantic import TypeAdapter

from sitegen.privacy import images
from sitegen.privacy.declared import NOTHING, Declared, declared
from sitegen.privacy.recognise import Find, Kind, finds
from sitegen.privacy.suspects import suspects_of_page
from sitegen.problems import Message, Problem, msg

Trees = Mapping[str, tuple[object, TypeAdapter[Any]]]
"""Plain data of files by path, with the model that they follow."""
_WHAT = {
    Kind.NIK: msg("A 16-digit number like a NIK or KK number (%(masked)s)"),
    Kind.PHONE: msg("A telephone number (%(masked)s)"),
    Kind.EMAIL: msg("An e-mail address (%(masked)s)"),
    Kind.BIRTH: msg("A date of birth or an age (%(masked)s)"),
}
_FIX = msg("Remove it: personal data are never published. Of KPPS only name and role may be.")
_FIX_CONTACT = msg(
    "Remove it: personal data are never published. What stands under contact in site_config.yaml is the office's own "
    "and may be named anywhere."
)
_FIXES = {Kind.NIK: _FIX, Kind.PHONE: _FIX_CONTACT, Kind.EMAIL: _FIX_CONTACT, Kind.BIRTH: _FIX}
CUT = b"\n|"
"""Between texts that are no lines of one: what begins with a digit is then not the rest of what stands before."""


def all_declared(trees: Trees) -> Declared:
    """What any of the files declares."""
    found = NOTHING
    for tree, model in trees.values():
        found |= declared(tree, model)
    return found


def check_texts(texts: Mapping[str, str], trees: Trees, others: Declared = NOTHING) -> Iterator[Problem]:
    """Personal data in ``texts`` (by path) that neither ``trees`` nor ``others`` declare."""
    found = [path for path, text in texts.items() if _any(text.encode())]
    allowed = others | all_declared(trees) if found else others
    for path in found:
        for find in allowed.remaining(texts[path].encode()):
            yield _problem(find, _what(find), path, find.line)


def check_name(path: str) -> Iterator[Problem]:
    """Personal data in the name of a file; the name is shown masked."""
    for find in finds(path.encode()):
        yield _problem(find, _what(find), find.hide(path), 0)


def _problem(find: Find, what: Message, path: str, line: int) -> Problem:
    """What is said of ``find``."""
    return Problem(path, line, f"privacy.{find.kind}", what, _FIXES[find.kind])


def _any(text: bytes) -> bool:
    return next(finds(text), None) is not None


def _what(find: Find) -> Message:
    return msg(_WHAT[find.kind].id, masked=find.masked)


class Gate:
    """Files on their way to the publication. ``others`` is declared by the site's own files; what ``trees`` declare
    is only looked up when something was found."""

    def __init__(self, others: Declared, trees: Trees | None = None) -> None:
        self.problems: list[Problem] = []
        self._others, self._trees = others, trees or {}
        self._contacts = [contact.encode() for contact in sorted(others.contacts)]
        self._style = b""

    @cached_property
    def _allowed(self) -> Declared:
        return self._others | all_declared(self._trees)

    def look(self, path: str, data: bytes, source: str = "") -> None:
        """Search the file that would be published as ``path``; ``source`` is the content file that it was made of."""
        if images.is_image(path):
            self._look_at_image(path, data)
            return
        text, numbers_only = self._text(path, data, source), not path.startswith("static/")
        if text and next(finds(text, numbers_only=numbers_only), None):
            for find in self._allowed.remaining(text, numbers_only=numbers_only):
                self._note(find, path, data, source)

    def _text(self, path: str, data: bytes, source: str) -> bytes:
        """What of a file has to be searched, its path first. Of pages and data made of YAML, whose values were searched
        in their own file and stand unbroken here, only suspicious lines; a text in Markdown is made anew on its way."""
        page = self._without_style(data)
        if source.endswith(".md") or not (source or path.endswith(".html")):
            return path.encode() + b"\n" + (page.replace(b'"', CUT) if path.endswith(".json") else page)
        for contact in self._contacts:
            page = page.replace(contact, b"")
        return b"\n".join(suspects_of_page(page))

    def _without_style(self, page: bytes) -> bytes:
        """``page`` without the style that the page before had too."""
        start = page.find(b"<style>")
        if start < 0:
            return page
        if self._style and page.startswith(self._style, start):
            return page[:start] + page[start + len(self._style) :]
        self._style = page[start : page.find(b"</style>", start)]
        return page

    def _note(self, find: Find, path: str, data: bytes, source: str) -> None:
        what, shown = _what(find), find.hide(path)
        if source.endswith((".md", ".yaml")):
            what = msg("%(what)s, as published in %(file)s", what=what, file=shown)
            self.problems.append(_problem(find, what, find.hide(source), 0))
            return
        what = msg("%(what)s in a file that would be published", what=what)
        self.problems.append(_problem(find, what, shown, _line(data, find)))

    def _look_at_image(self, path: str, data: bytes) -> None:
        if not images.is_bare(data):
            what = msg("What a camera or program wrote into this picture cannot be removed")
            self.problems.append(Problem(path, 0, "privacy.image", what, images.FIX))


def _line(data: bytes, find: Find) -> int:
    """The line of ``data`` in which ``find`` stands."""
    return next((one.line for one in finds(data) if one[1:] == find[1:]), 0)
