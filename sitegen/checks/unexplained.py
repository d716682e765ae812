"""Changes between two publications that neither a decree nor a reason in the content explains."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from sitegen.content.village import VillageFiles
from sitegen.history.log import Entry
from sitegen.pages.calendar import ChangedTps
from sitegen.pages.changes import WHAT, in_words
from sitegen.pages.index import SiteIndex
from sitegen.problems import Problem, Severity, msg

UNEXPLAINED = "change.unexplained"
LAST_DAYS = 7
"""Days before a vote in which nothing changes without a reason."""


class Unexplained:
    """Makes problems of entries that nothing explains; ``folder`` holds the folders of TPS."""

    def __init__(self, index: SiteIndex, folder: Path) -> None:
        self._site, self._folder = index.site, folder
        self._files = VillageFiles(folder)
        self._slugs = {shard.code: shard.slug for shard in index.kecamatan}
        self._votes = {(one.village.code, one.tps.number): _days(one) for one in index.changed}

    def problem(self, entry: Entry) -> Problem:
        """What is said of ``entry``: a warning, and an error in the last days before its vote, counted from the date of
        its data."""
        what = msg(
            "%(what)s: %(old)s → %(new)s. Neither decree nor reason tells why",
            what=WHAT[entry.what],
            old=in_words(entry.old, entry.what),
            new=in_words(entry.new, entry.what),
        )
        return Problem(
            *self._line(entry),
            UNEXPLAINED,
            msg("TPS %(number)s: %(what)s", number=entry.tps, what=what) if entry.tps else what,
            _FIXES.get(entry.what, _FIX),
            Severity.ERROR if self._is_late(entry) else Severity.WARNING,
            place=entry.place or self._site.config.region.code,
            tps=(entry.tps,) if entry.tps else (),
        )

    def _is_late(self, entry: Entry) -> bool:
        """Whether a vote that it concerns is near: that of the election, or one that the TPS has for itself."""
        today = dt.date.fromisoformat(entry.as_of[:10])
        told = (cells.get(key) for cells in (entry.old, entry.new) for key in ("vote_date", "date"))
        own = self._votes.get((entry.village_code or "", entry.tps or 0), ())
        votes = [self._site.election.date, *own, *(dt.date.fromisoformat(str(day)) for day in told if day)]
        return any(0 <= (vote - today).days <= LAST_DAYS for vote in votes)

    def _line(self, entry: Entry) -> tuple[str, int]:
        """Where it stands in the content: file and line."""
        if not entry.village_code:
            return str(self._folder.parent / "election.yaml"), 0
        return self._files.line(self._slugs.get(entry.kecamatan_code or "", ""), entry.village_code, entry.tps)


_FIX = msg("Name the new document under source, or acknowledge it with a reason.")
_DECIDED = msg(
    "Write the decision with build.py change, name the new document under source, or acknowledge it with a reason."
)
_FIXES = {
    **dict.fromkeys(("place", "position", "vote"), _DECIDED),
    "basis": msg("Write the decision with build.py change, or acknowledge it with a reason."),
    "election": msg("Acknowledge it with a reason."),
}
"""Where a decision can explain what differs, or where the document of a village cannot (``history/compare.py``)."""


def _days(one: ChangedTps) -> tuple[dt.date, ...]:
    """Days of the votes that a TPS has for itself."""
    return tuple(view.vote.date for view in one.state.votes if view.vote and view.vote.date)
