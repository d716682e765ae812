"""Whether publications are what they say they are, and follow each other: ``build.py verify``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import pairwise, zip_longest
from typing import NamedTuple

from sitegen.history.log import CHANGES, lines
from sitegen.history.manifest import Known, differing, read_manifest
from sitegen.history.places import Place, find_place
from sitegen.problems import Failed, Message, msg


class Finding(NamedTuple):
    """What is said of a publication, or of two; ``is_good`` unless something does not fit."""

    text: Message
    is_good: bool = True


class Found(NamedTuple):
    """A publication with its place."""

    place: Place
    known: Known

    @property
    def number(self) -> int:
        """Its number in the chain."""
        return self.known.manifest.number


def verify(places: Sequence[str]) -> Iterator[Finding]:
    """Verify the publications at ``places``: each with its manifest, and the chain that they form. What cannot be read
    does not fit, and the others are verified all the same."""
    found: list[Found] = []
    for name in places:
        try:
            place = find_place(name)
            one = Found(place, read_manifest(place))
            wrong = differing(place, one.known.manifest)
        except Failed as error:
            yield Finding(error.what, is_good=False)
            continue
        found.append(one)
        yield from _files(one, wrong)
    found.sort(key=lambda one: one.number)
    for older, newer in pairwise(found):
        yield from _link(older, newer)


def _files(one: Found, wrong: Sequence[str]) -> Iterator[Finding]:
    manifest = one.known.manifest
    values = {"place": one.place.name, "number": one.number, "as_of": manifest.data_as_of, "digest": one.known.digest}
    for path in wrong:
        yield Finding(
            msg("%(place)s: %(path)s is not the file that was published", place=values["place"], path=path),
            is_good=False,
        )
    if not wrong:
        what = msg(
            "%(place)s: publication %(number)s, data as of %(as_of)s. All %(files)s data files are right; "
            "the manifest is %(digest)s",
            **values,
            files=len(manifest.files),
        )
        yield Finding(what)


def _link(older: Found, newer: Found) -> Iterator[Finding]:
    """Whether ``newer`` may follow ``older``."""
    names = {"older": older.place.name, "newer": newer.place.name}
    first, second = older.known, newer.known
    if first.manifest.region != second.manifest.region:
        yield Finding(msg("%(older)s and %(newer)s are of different regions", **names), is_good=False)
        return
    if older.number == newer.number:
        if first.digest != second.digest:
            what = msg(
                "%(older)s and %(newer)s both say that they are publication %(number)s, and differ",
                **names,
                number=older.number,
            )
            yield Finding(what, is_good=False)
        else:
            yield Finding(msg("%(older)s and %(newer)s are the same publication", **names))
        return
    if newer.number > older.number + 1:
        yield Finding(
            msg(
                "Between publication %(first)s and %(second)s some are not here: only what changed can be compared",
                first=older.number,
                second=newer.number,
            )
        )
    elif second.manifest.previous != first.digest:
        yield Finding(
            msg("%(newer)s does not continue %(older)s: it names another publication before it", **names), is_good=False
        )
        return
    else:
        yield Finding(msg("%(newer)s continues %(older)s", **names))
    yield from _log(older, newer)


def _log(older: Found, newer: Found) -> Iterator[Finding]:
    """Nothing that was told once may be missing or other later."""
    names = {"older": older.place.name, "newer": newer.place.name}
    try:
        with ExitStack() as stack:
            before, after = (lines(stack.enter_context(one.place.open(f"data/{CHANGES}"))) for one in (older, newer))
            is_same = all(old is None or old == new for old, new in zip_longest(before, after))
    except Failed as error:
        yield Finding(error.what, is_good=False)
        return
    if not is_same:
        yield Finding(
            msg("%(newer)s tells the changes before %(older)s otherwise: an entry is missing or was altered", **names),
            is_good=False,
        )
