"""A TPS as it was: what its page tells of decisions that do not hold any more and of facts that were edited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sitegen.history.log import Entry, besides
from sitegen.model.election import Election
from sitegen.model.tps import Change
from sitegen.pages.calendar import moment_of
from sitegen.pages.changes import told
from sitegen.pages.jsonld import iso
from sitegen.pages.states import basis
from sitegen.pages.views import TpsState, Was
from sitegen.problems import Message, verbatim


def history_of(
    election: Election, state: TpsState | None, entries: Sequence[Entry], as_of: dt.datetime
) -> tuple[Was, ...]:
    """What was true of a TPS before, the newest first: its decisions, and what the log has besides (``entries``). None
    where the page says all of it already: the decision that decides, and the last move."""
    views = state.changes if state else ()
    station = entries[0].key[:3] if entries else ()
    others = list(besides(entries, ((*station, *_key(view.change, election)) for view in views)))
    is_told = all(state and (view is state.deciding or view.change is state.moved) for view in views)
    if is_told and not others:
        return ()
    found = [
        Was(moment_of(view, as_of), view.tag, (view.before,), (view.after,), _basis(view.change)) for view in views
    ]
    found += map(_was, others)
    return tuple(sorted(found, key=lambda one: one.until, reverse=True))


def _key(change: Change, election: Election) -> tuple[str, str | None]:
    """What an entry of the log tells this decision by, beside its TPS."""
    if change.decided:
        return change.kind.value, iso(change.decided, election)
    return change.kind.value, change.date.isoformat() if change.date else None


def _basis(change: Change) -> Message | None:
    return basis(change.decree, change.published) if change.decree or change.published else None


def _was(entry: Entry) -> Was:
    shown = told(entry)
    reason = verbatim(shown.reason) if shown.reason else None
    return Was(shown.moment, shown.tag, shown.before, shown.after, shown.basis or reason)


def by_tps(entries: Iterable[Entry], village: str) -> dict[int, list[Entry]]:
    """The entries of a village by the number of their TPS."""
    found: dict[int, list[Entry]] = {}
    for entry in entries:
        if entry.village_code == village:
            found.setdefault(entry.tps or 0, []).append(entry)
    return found
