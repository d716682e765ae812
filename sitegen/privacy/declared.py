"""What may be published though it looks personal, because a field of the content is declared for it.

The model marks such fields (``OFFICE_CONTACT``, ``DECREE`` in ``sitegen.model.fields``). A value that stands in one
of them may stand anywhere in the site: the office's telephone number in a news item, a decree's number on a page.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple, get_args, get_type_hints

from pydantic import TypeAdapter

from sitegen.keys import key_of
from sitegen.model.fields import DECREE, OFFICE_CONTACT, Mark
from sitegen.privacy.recognise import Find, Kind, finds

_NUMBER = re.compile(r"(?<![\w/])\w[\w.-]*(?:/\w[\w.-]*)+/(?:19|20)\d\d(?!\w)")
_LONG = re.compile(r"\d{9}")


class Declared(NamedTuple):
    """Telephone numbers (digits, from the country on), mail addresses and decree numbers that are declared."""

    contacts: frozenset[str] = frozenset()
    decrees: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """Key of what is declared."""
        return key_of(sorted(self.contacts), sorted(self.decrees))

    def __or__(self, other: Declared) -> Declared:
        return Declared(self.contacts | other.contacts, self.decrees | other.decrees)

    def remaining(self, text: bytes, *, numbers_only: bool = False) -> Iterator[Find]:
        """What is found in ``text`` beside what is declared."""
        for number in self.decrees:
            text = text.replace(number.encode(), b"#" * len(number.encode()))
        return (find for find in finds(text, numbers_only=numbers_only) if _contact(find) not in self.contacts)


NOTHING = Declared()


def declared(tree: object, model: TypeAdapter[Any]) -> Declared:
    """What is declared in ``tree``, the plain data of a file of ``model``, valid or not. Of one that is no YAML it is
    the text: as long as nobody knows which contacts in it are the office's, all may be. Nothing is published then."""
    hint = getattr(model, "_type")  # noqa: B009 pydantic tells nobody else
    if isinstance(tree, str):
        marked = [(OFFICE_CONTACT, tree)] if _has_contacts(hint) else []
    else:
        marked = list(_marked(tree, hint))
    contacts = {_contact(find) for mark, text in marked if mark == OFFICE_CONTACT for find in finds(text.encode())} - {
        ""
    }
    return Declared(frozenset(contacts), frozenset(_decrees(text for mark, text in marked if mark == DECREE)))


def _contact(find: Find) -> str:
    """The one spelling in which a telephone number or mail address is compared."""
    if find.kind is Kind.PHONE:
        return "62" + re.sub(r"^(?:00)?(?:62)?0?", "", find.digits)
    return find.value.strip(".").lower() if find.kind is Kind.EMAIL else ""


def _decrees(texts: Iterable[str]) -> Iterator[str]:
    """Numbers of decrees that look personal: parts between slashes, at the end the year. No part is as long as a
    telephone number."""
    for text in texts:
        for match in _NUMBER.finditer(text):
            if not _LONG.search(match[0]) and any(finds(match[0].encode())):
                yield match[0]


def _marked(node: Any, hint: Any) -> Iterator[tuple[Mark, str]]:
    if isinstance(node, list):
        for item in node:
            yield from _marked(item, hint)
    elif isinstance(node, dict):
        for key, mark, inner in _fields(hint):
            value = node.get(key)
            if mark and isinstance(value, str):
                yield mark, value
            elif value is not None:
                yield from _marked(value, inner)


@cache
def _has_contacts(hint: Any) -> bool:
    """Whether a field of the content type in ``hint``, or inside it, is for a contact of the office."""
    return any(mark == OFFICE_CONTACT or _has_contacts(inner) for _, mark, inner in _fields(hint))


@cache
def _fields(hint: Any) -> tuple[tuple[str, Mark | None, Any], ...]:
    """Fields of the content type in ``hint`` that are marked, or hold a content type."""
    if not (isinstance(hint, type) and dataclasses.is_dataclass(hint)):
        return tuple(field for argument in get_args(hint) for field in _fields(argument))
    hints = get_type_hints(hint, include_extras=True)
    found = (
        (key, next((part for part in get_args(one) if isinstance(part, Mark)), None), one) for key, one in hints.items()
    )
    return tuple((key, mark, one) for key, mark, one in found if mark or _fields(one))
