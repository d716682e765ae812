"""``data/addresses.txt``: the address of every page of a publication, one a line. None is ever taken back: a build is
held to the list that the content keeps (``content/addresses.txt``) and to that of the publication before."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from sitegen.content.sources import Sources
from sitegen.history.log import not_understood
from sitegen.history.previous import Previous
from sitegen.model.fields import ADDRESS
from sitegen.pages import urls
from sitegen.problems import Problem, msg

ADDRESSES = "addresses.txt"
ADDRESSES_PATH = f"data/{ADDRESSES}"


class Place(NamedTuple):
    """Where an address is listed."""

    path: str
    line: int


class Lost(NamedTuple):
    """Addresses that were published and at which no page is planned, each with the place where it is listed first."""

    addresses: Mapping[str, Place]
    problems: list[Problem]


def listing(pages: Iterable[str], folders: Collection[str]) -> bytes:
    """The list of ``pages``, which stand in each of ``folders``, those of the languages."""
    lasting = [page for page in pages if urls.is_lasting(page)]
    return "".join(sorted(f"{folder}{page}\n" for folder in folders for page in lasting)).encode()


def lost(sources: Sources, previous: Previous | None, planned: Collection[str], folders: Collection[str]) -> Lost:
    """What would be lost of the addresses that the content and the publication before list.

    Raises:
        Failed: the list of ``previous`` cannot be understood.
    """
    found: dict[str, Place] = {}
    problems = []
    languages = tuple(filter(None, folders))
    file = sources.addresses
    if file and file.is_file():
        for number, address in _missing(file, planned, languages):
            if _is_page(address):
                found.setdefault(address, Place(str(file), number))
            else:
                problems.append(_no_address(file, number))
    if previous and ADDRESSES_PATH in previous.manifest.files:
        for number, address in _missing(previous.path(ADDRESSES), planned, languages):
            if not _is_page(address):
                raise not_understood(previous.name, ADDRESSES_PATH)
            found.setdefault(address, Place(f"{previous.name}: {ADDRESSES_PATH}", number))
    return Lost(found, problems)


def _missing(file: Path, planned: Collection[str], languages: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Lines of a list that are not ``planned``, without the folder of their language."""
    with file.open(encoding="utf-8-sig", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            address = line.strip()
            if address in planned or not address:
                continue
            if address.startswith(languages):
                address = address.partition("/")[2]
            if address not in planned:
                yield number, address


def _is_page(address: str) -> bool:
    return address.endswith(".html") and re.match(ADDRESS, address) is not None


def _no_address(file: Path, line: int) -> Problem:
    return Problem(
        str(file),
        line,
        "address.line",
        msg("This is not the address of a page"),
        msg("Copy data/addresses.txt of the last publication here as it is: one address a line."),
    )
