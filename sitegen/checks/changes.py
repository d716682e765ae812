"""Decisions about a TPS: each kind needs some keys and knows others not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sitegen.content.documents import Document
from sitegen.model.election import Election
from sitegen.model.tps import ENDS, VOTES, Change, ChangeKind, VillageTps
from sitegen.names import plain
from sitegen.problems import Message, Problem, Severity, msg

_VOTE_KEYS = ("date", "opens", "closes", "races")
OWN = {
    ChangeKind.MOVED: ("from_place",),
    ChangeKind.MERGED: ("into",),
    ChangeKind.CANCELLED: (),
    **dict.fromkeys(VOTES, _VOTE_KEYS),
}
"""Keys of a kind, beside those that every kind has."""
NEEDED = {ChangeKind.MOVED: ("from_place", "decree", "decided"), ChangeKind.MERGED: ("into",)}
_FOREIGN = tuple(dict.fromkeys(key for keys in OWN.values() for key in keys))


def check_changes(document: Document[VillageTps], election: Election | None) -> Iterator[Problem]:
    """Every problem of the changes of a village's TPS. Without ``election`` (its file has problems of its own) days
    and ballots are not checked."""
    numbers = {tps.number for tps in document.data.tps}
    ended = {tps.number for tps in document.data.tps if tps.end}
    for index, tps in enumerate(document.data.tps):
        for position, change in enumerate(tps.changes):
            at = ("tps", index, "changes", position)
            yield from _keys(document, change, at)
            yield from _target(document, change, numbers - {tps.number}, ended, at)
            if election:
                yield from _vote(document, change, election, at)
                yield from _data_date(document, change, election, at)
        yield from _order(document, tps.changes, index)
        if tps.moved and is_from(tps.moved, tps.place):
            what = msg("TPS %(number)s moved from this place, and yet it is its place now", number=tps.number)
            fix = msg("Write the new place, or correct from_place. If it moved back, write that as one more move.")
            yield document.problem("change.moved-back", what, fix, "tps", index, "place")


def is_from(move: Change, place: str | None) -> bool:
    """Whether a move led away from ``place``, in whatever spelling."""
    return plain(place or "") == plain(move.from_place or "") != ""


def _keys(document: Document[VillageTps], change: Change, at: tuple[str | int, ...]) -> Iterator[Problem]:
    for key in _FOREIGN:
        if getattr(change, key) not in (None, ()) and key not in OWN[change.kind]:
            what = msg('"%(key)s" does not go with "%(kind)s"', key=key, kind=change.kind.value)
            yield document.problem("change.key", what, msg("Remove the line, or correct the kind."), *at, key)
    for key in NEEDED.get(change.kind, ()):
        if getattr(change, key) is None:
            what = msg('"%(kind)s" needs "%(key)s"', key=key, kind=change.kind.value)
            yield document.problem("change.key-missing", what, msg('Add "%(key)s:" here.', key=key), *at)
    if not (change.decree or change.source):
        what = msg("Nothing tells what this change rests on")
        fix = msg("Add the decree, or under source where it was published.")
        yield document.problem("change.basis", what, fix, *at)
    for key in ("opens", "closes", "races"):
        if change.date is None and getattr(change, key):
            yield document.problem(
                "change.date", msg('"%(key)s" stands here without a date', key=key), msg('Add "date:" here.'), *at, key
            )


def _target(
    document: Document[VillageTps],
    change: Change,
    others: Collection[int],
    ended: Collection[int],
    at: tuple[str | int, ...],
) -> Iterator[Problem]:
    if change.into is None or change.kind is not ChangeKind.MERGED:
        return
    fix = msg("Write the number of the TPS of this village where its voters go.")
    if change.into not in others:
        what = msg("There is no other TPS %(number)s in this village", number=change.into)
        yield document.problem("change.into", what, fix, *at, "into")
    elif change.into in ended:
        what = msg("Nobody votes at TPS %(number)s either", number=change.into)
        yield document.problem("change.into", what, fix, *at, "into")


def _vote(
    document: Document[VillageTps], change: Change, election: Election, at: tuple[str | int, ...]
) -> Iterator[Problem]:
    races = {race.id for race in election.races}
    for race in change.races:
        if race not in races:
            what = msg('"%(race)s" is not a race of this election', race=race)
            fix = msg("Possible here: %(keys)s.", keys=", ".join(sorted(races)))
            yield document.problem("change.race", what, fix, *at, "races")
    if change.date and change.date < election.date:
        what = msg("The new day (%(day)s) lies before voting day", day=change.date)
        yield document.problem("change.day", what, _DAY_FIX, *at, "date")
    if change.opens and change.closes and change.opens >= change.closes:
        what = msg("The vote ends before it begins")
        yield document.problem("change.hours", what, msg("Check opens and closes."), *at, "closes")


def _data_date(
    document: Document[VillageTps], change: Change, election: Election, at: tuple[str | int, ...]
) -> Iterator[Problem]:
    as_of = document.data.source.as_of or election.data_as_of
    if change.decided and change.decided > as_of:
        what = msg("This was decided after the date of the data (%(as_of)s)", as_of=as_of)
        fix = msg("Write as_of under source: when these data were true.")
        yield document.problem("change.data-date", what, fix, *at, "decided", severity=Severity.WARNING)


_DAY_FIX = msg("Check date here, and date in election.yaml.")


def _order(document: Document[VillageTps], changes: tuple[Change, ...], index: int) -> Iterator[Problem]:
    """Decisions stand in the order of their time; those of unknown time are left alone."""
    last = None
    for position, change in enumerate(changes):
        if change.decided and last and change.decided < last:
            what: Message = msg("This change was decided before the one above it")
            fix = msg("Put the oldest change first.")
            yield document.problem("change.order", what, fix, "tps", index, "changes", position, "decided")
        last = change.decided or last
    ends = [position for position, change in enumerate(changes) if change.kind in ENDS]
    if ends and ends[0] < len(changes) - 1:
        yield document.problem(
            "change.after-end",
            msg("Nobody votes at this TPS any more, yet changes follow"),
            msg("Remove what follows, or the line that ends the TPS."),
            *("tps", index, "changes", ends[0] + 1),
        )
