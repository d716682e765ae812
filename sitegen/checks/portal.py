"""What must hold between the sites of a portal, so that every link leads to one right place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sitegen.content.documents import Document
from sitegen.content.portal import Found
from sitegen.model.portal import PortalConfig
from sitegen.problems import Problem, msg


def check_portal(document: Document[PortalConfig], found: Sequence[Found]) -> Iterator[Problem]:
    """Every problem of the list of sites and their exports."""
    yield from _addresses_twice(document)
    yield from _kabupaten_twice(document, found)
    yield from _other_days(document, found)


def _addresses_twice(document: Document[PortalConfig]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for position, entry in enumerate(document.data.sites):
        known = first.setdefault(entry.url, position)
        if known != position:
            yield document.problem(
                "portal.address-twice",
                msg("This address stands in line %(line)s already", line=document.line("sites", known, "url")),
                msg("Each site has an address of its own."),
                *("sites", position, "url"),
            )


def _kabupaten_twice(document: Document[PortalConfig], found: Sequence[Found]) -> Iterator[Problem]:
    first: dict[str, Found] = {}
    for one in found:
        for code in sorted(one.export.kabupaten):
            known = first.setdefault(code, one)
            if known is not one:
                yield document.problem(
                    "portal.kabupaten-twice",
                    msg(
                        "%(code)s is covered by the site in line %(line)s already",
                        code=code,
                        line=document.line("sites", known.position),
                    ),
                    msg("Name one site for each kabupaten or kota."),
                    *("sites", one.position, "data"),
                )


def _other_days(document: Document[PortalConfig], found: Sequence[Found]) -> Iterator[Problem]:
    for one in found[1:]:
        first, day = found[0].export.election.date, one.export.election.date
        if day != first:
            yield document.problem(
                "portal.other-day",
                msg(
                    "This site is about the vote of %(day)s, the first one about that of %(first)s",
                    day=day,
                    first=first,
                ),
                msg("A portal is about one vote: build all its sites for the same."),
                *("sites", one.position, "data"),
            )
