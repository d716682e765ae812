"""The one notice of a page: what a voter must know before everything else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sitegen.model.tps import VOTES, ChangeKind
from sitegen.pages import urls
from sitegen.pages.calendar import ChangedTps
from sitegen.pages.page import Link
from sitegen.pages.states import NOBODY_VOTES
from sitegen.pages.views import Notice, Site, TpsState, TpsView, VillageView, Vote
from sitegen.problems import Message, ShortDate, msg

THE_LIST = Link(msg("See the list"), urls.PERUBAHAN)
ALL_CHANGES = Link(msg("All changes"), urls.PERUBAHAN)
_NOTHING = Message("")


def tps_notice(site: Site, village: VillageView, tps: TpsView) -> Notice | None:
    """That the TPS moved or is gone, or that its data are old. A vote on a day of its own stands under its board."""
    if tps.state is None:
        return _old_data(site, village)
    kind = tps.state.deciding.change.kind
    if kind in VOTES:
        return None
    if kind is ChangeKind.MOVED:
        rest = msg("Do not go to the old place.") if tps.tps.place else msg("The new place is not decided yet.")
        return Notice(msg("This TPS moved."), rest, ALL_CHANGES)
    if kind is ChangeKind.MERGED:
        rest = msg("Go to TPS %(number)s.", number=tps.state.deciding.change.into)
        return Notice(msg("This TPS was merged."), rest, ALL_CHANGES)
    return Notice(NOBODY_VOTES, msg("Ask the PPS where to vote."), ALL_CHANGES)


def _day(vote: Vote) -> Message:
    if vote.date is None:
        return msg("the day is not decided yet.")
    return msg("%(date)s.", date=ShortDate(vote.date))


def village_notice(site: Site, village: VillageView) -> Notice | None:
    """The TPS of a village that changed. A day of a vote that is over is left to its card."""
    changed = [(tps, tps.state) for tps in village.tps if tps.state and _is_worth_telling(tps.state)]
    if not changed:
        return _old_data(site, village)
    if len(changed) == 1:
        tps, state = changed[0]
        name = msg("TPS %(number)s", number=tps.tps.number)
        fact, rest = _of_one(tps.tps.place, state)
        rest = msg("%(fact)s %(rest)s", fact=fact, rest=rest)
        return Notice(name, rest, Link(msg("See %(tps)s", tps=name), tps.url), state.deciding.vote)
    return Notice(_of_many([state for _, state in changed]), _NOTHING, THE_LIST)


def _is_worth_telling(state: TpsState) -> bool:
    return not state.is_open or state.deciding.vote is None or not state.vote.is_over


def home_notice(changed: Iterable[ChangedTps], vote: Vote) -> Notice | None:
    """The changes whose vote is still to come, by the data, until the last of these votes; ``vote`` is the election's
    own."""
    votes = [(one, one.state.vote if one.state.is_open else vote) for one in changed]
    coming = [(one, vote) for one, vote in votes if not vote.is_over]
    if not coming:
        return None
    last = max((vote for _, vote in coming), key=lambda vote: vote.date or dt.date.max)
    if len(coming) == 1:
        one = coming[0][0]
        fact, rest = _of_one(None, one.state)
        return Notice(
            msg("TPS %(number)s %(village)s", number=one.tps.number, village=one.village.name),
            msg("(%(kecamatan)s) %(fact)s %(rest)s", kecamatan=one.kecamatan.name, fact=fact, rest=rest),
            Link(msg("See it"), one.tps.url),
            last,
        )
    return Notice(_of_many([one.state for one, _ in coming]), _NOTHING, THE_LIST, last)


def _of_one(place: str | None, state: TpsState) -> tuple[Message, Message]:
    """What happened to a TPS, and its new place or day."""
    kind = state.deciding.change.kind
    if kind is ChangeKind.MOVED:
        return msg("moved"), msg("to %(place)s.", place=place) if place else msg("to another place.")
    if kind is ChangeKind.MERGED:
        return msg("was merged"), msg("into TPS %(number)s.", number=state.deciding.change.into)
    if kind is ChangeKind.CANCELLED:
        return msg("was cancelled."), _NOTHING
    return _HAPPENED[kind], _day(state.vote)


_HAPPENED = {
    ChangeKind.POSTPONED: msg("was postponed:"),
    ChangeKind.CONTINUED: msg("goes on voting:"),
    ChangeKind.REPEAT_VOTE: msg("votes again:"),
}


def _of_many(states: Sequence[TpsState]) -> Message:
    kinds = {state.deciding.change.kind for state in states}
    if kinds == {ChangeKind.MOVED}:
        return msg("%(count)s TPS moved.", count=len(states))
    if kinds == {ChangeKind.REPEAT_VOTE}:
        return _again(states)
    return msg("%(count)s TPS changed.", count=len(states))


def _again(states: Sequence[TpsState]) -> Message:
    """Repeat votes, with their day when it is the same."""
    days = {state.vote.date for state in states}
    day = days.pop()
    if days or day is None:
        return msg("%(count)s TPS vote again.", count=len(states))
    return msg("%(count)s TPS vote again: %(date)s.", count=len(states), date=ShortDate(day))


def _old_data(site: Site, village: VillageView) -> Notice | None:
    """That the data are old for a vote that is not over: true whenever it is read."""
    days = (site.election.date - village.provenance.as_of.date()).days if village.provenance else 0
    if days <= site.config.fresh_days or village.vote.is_over:
        return None
    return Notice(
        msg("These data are %(days)s days older than voting day.", days=days),
        msg("A place can have changed: look again before you go."),
        Link(msg("Ask the office"), f"{urls.TENTANG}#kontak-kantor"),
    )
