"""A page before it is rendered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sitegen.problems import Message


class Link(NamedTuple):
    """A link inside the site. ``url`` is relative to the language's root, never absolute."""

    label: Message
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything that decides one file of the site.

    ``url`` and ``template`` are paths with ``/``; ``section`` is the URL of the menu entry that is
    current; ``source`` is the content file to name when two pages claim one URL; ``jsonld`` are
    schema.org objects; pages that are not ``listed`` stay out of the sitemap; ``printed_url`` is the address
    that a print carries as QR code; ``as_of`` is the date of its data, where the site has one.
    """

    url: str
    template: str
    title: Message
    description: Message
    source: str
    context: Mapping[str, Any] = field(default_factory=dict)
    breadcrumbs: tuple[Link, ...] = ()
    section: str = ""
    jsonld: tuple[Mapping[str, Any], ...] = ()
    listed: bool = True
    printed_url: str = ""
    as_of: dt.datetime | None = None
