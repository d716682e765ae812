"""What became of a TPS: its decisions and its votes, as seen from the date of the data, never from a clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sitegen.model.election import Election, Race
from sitegen.model.tps import ENDS, VOTES, Change, ChangeKind
from sitegen.pages.page import Link
from sitegen.pages.views import ChangeView, TpsState, Vote
from sitegen.problems import Message, msg, verbatim

TAGS: Mapping[ChangeKind, Message] = {
    ChangeKind.MOVED: msg("Moved"),
    ChangeKind.POSTPONED: msg("Postponed vote"),
    ChangeKind.CONTINUED: msg("Continued vote"),
    ChangeKind.REPEAT_VOTE: msg("Repeat vote"),
    ChangeKind.CANCELLED: msg("Cancelled"),
    ChangeKind.MERGED: msg("Merged"),
}
NOBODY_VOTES = msg("Nobody votes at this TPS.")
NO_PLACE = msg("Place not decided yet")
_CANCELS = (ChangeKind.POSTPONED, *ENDS)
"""Kinds after which an earlier day is no day of a vote any more."""


def basis(decree: str | None, source: str | None) -> Message:
    """What a decision rests on: its decree, or else where it was published."""
    return verbatim(decree) if decree else msg("Published by %(name)s", name=source or "")


def election_vote(election: Election, as_of: dt.datetime) -> Vote:
    """The vote of all TPS, as data of ``as_of`` see it."""
    return _vote(election, election.date, election.opens, election.closes, (), as_of)


def _vote(
    election: Election,
    date: dt.date | None,
    opens: dt.time | None,
    closes: dt.time | None,
    races: tuple[Race, ...],
    as_of: dt.datetime,
) -> Vote:
    if date is None:
        return Vote(None, None, None, races, False, "")
    return Vote(date, opens, closes, races, date < as_of.date(), election.midnight_after(date))


def state_of(
    election: Election, changes: Sequence[Change], place: str | None, url: str, as_of: dt.datetime
) -> TpsState | None:
    """The state of a TPS with these ``changes``, which is now at ``place``; None when nothing changed. ``url`` is its
    page, ``as_of`` the date of the data."""
    if not changes:
        return None
    views = tuple(_views(election, changes, place, url, as_of))
    deciding = next((view for view in reversed(views) if view.change.kind is not ChangeKind.MOVED), views[-1])
    held = [view for position, view in enumerate(views) if _is_held(views, position)]
    return TpsState(
        changes=views,
        deciding=deciding,
        moved=next((view.change for view in reversed(views) if view.change.kind is ChangeKind.MOVED), None),
        vote=deciding.vote or election_vote(election, as_of),
        votes=tuple(held),
        is_open=deciding.change.kind not in ENDS,
    )


def _is_held(views: Sequence[ChangeView], position: int) -> bool:
    later = (view.change.kind for view in views[position + 1 :])
    return views[position].change.kind in VOTES and not any(kind in _CANCELS for kind in later)


def _views(
    election: Election, changes: Sequence[Change], place: str | None, url: str, as_of: dt.datetime
) -> list[ChangeView]:
    """Each change with what was before and what is since."""
    day = msg("%(date)s", date=election.date)
    found = []
    for position, change in enumerate(changes):
        vote, target = None, None
        if change.kind is ChangeKind.MOVED:
            then = (later.from_place for later in changes[position + 1 :] if later.kind is ChangeKind.MOVED)
            before, after = verbatim(change.from_place or ""), _place(next(then, place))
        elif change.kind is ChangeKind.MERGED:
            target = Link(
                msg("TPS %(number)s", number=change.into), f"{url.rpartition('tps-')[0]}tps-{change.into}.html"
            )
            before, after = day, target.label
        elif change.kind is ChangeKind.CANCELLED:
            before, after = day, NOBODY_VOTES
        else:
            races = tuple(race for race in election.races if race.id in change.races)
            vote = _vote(election, change.date, change.opens, change.closes, races, as_of)
            before, after = day, msg("%(date)s", date=change.date) if change.date else msg("Day not decided yet")
            day = after
        found.append(ChangeView(change, TAGS[change.kind], before, after, vote, target))
    return found


def _place(place: str | None) -> Message:
    return verbatim(place) if place else NO_PLACE
