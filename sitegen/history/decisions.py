"""Decisions that the content declares, as entries of the log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sitegen.history.log import Cell, Cells, Entry
from sitegen.model.tps import VOTES, Change, ChangeKind
from sitegen.pages.calendar import ChangedTps
from sitegen.pages.jsonld import iso
from sitegen.pages.views import Site


def decisions(site: Site, changed: Sequence[ChangedTps]) -> Iterator[Entry]:
    """Every decision in the content, with what was before it and what is since."""
    for one in changed:
        changes = [view.change for view in one.state.changes]
        day: Cell = site.election.date.isoformat()
        for position, change in enumerate(changes):
            new = _new(change, changes[position + 1 :], one.tps.place)
            old: Cells = {"place": change.from_place} if change.kind is ChangeKind.MOVED else {"vote_date": day}
            day = new.get("vote_date") if change.kind in VOTES else day
            yield _entry(site, one, change, old, new)


def _new(change: Change, later: Sequence[Change], place: str | None) -> Cells:
    """What is true since ``change``, before what is decided ``later``; the TPS is now at ``place``."""
    if change.kind is ChangeKind.MOVED:
        moves = (one.from_place for one in later if one.kind is ChangeKind.MOVED)
        return {"place": next(moves, place)}
    if change.kind is ChangeKind.MERGED:
        return {"merged_into": change.into}
    values: dict[str, Cell] = {
        "vote_date": change.date.isoformat() if change.date else None,
        "vote_opens": f"{change.opens:%H:%M}" if change.opens else None,
        "vote_closes": f"{change.closes:%H:%M}" if change.closes else None,
        "vote_races": " ".join(change.races) or None,
    }
    return {key: value for key, value in values.items() if value is not None}


def _entry(site: Site, one: ChangedTps, change: Change, old: Cells, new: Cells) -> Entry:
    return Entry(
        election=site.election_slug,
        as_of=iso(one.as_of, site.election),
        what=change.kind.value,
        old=old,
        new=new,
        declared=True,
        kecamatan_code=one.kecamatan.code,
        kecamatan=one.kecamatan.name,
        village_code=one.village.code,
        village=one.village.name,
        tps=one.tps.number,
        page=one.tps.url,
        decree=change.decree,
        source=change.published,
        decided=iso(change.decided, site.election) if change.decided else None,
        reason=change.reason,
    )
