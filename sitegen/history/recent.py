"""The entries of a log that pages and feeds show: the last ones of every kecamatan, and of the whole."""

from __future__ import annotations

import datetime as dt
import heapq
from collections import deque
from collections.abc import Iterable, Iterator

from sitegen.history.log import Entry, decode

SHOWN = 30
"""Entries of a kecamatan, at most; the log has all."""
SHOWN_TOGETHER = 100
"""Entries on the page of the whole, at most."""


class Recent:
    """Keeps a bounded number of entries of ``elections`` for each kecamatan, as lines of the log, so memory does not
    grow with it."""

    def __init__(self, *elections: str) -> None:
        self._elections = elections
        self._of: dict[str, deque[bytes]] = {}

    def watch(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Pass ``entries`` on, oldest first, and keep the last ones."""
        for entry in entries:
            if entry.election in self._elections:
                self._of.setdefault(entry.kecamatan_code or "", deque(maxlen=SHOWN)).append(entry.encode())
            yield entry

    @property
    def names(self) -> dict[str, str]:
        """Names of the kecamatan with entries, by code."""
        return {code: decode(lines[-1]).kecamatan or code for code, lines in sorted(self._of.items()) if code}

    def of(self, code: str) -> list[Entry]:
        """The last entries of a kecamatan, the newest first; of what is about no single one, without a code."""
        return sorted(map(decode, self._of.get(code, ())), key=_newest_first)

    def together(self) -> list[Entry]:
        """The last entries of all, the newest first."""
        every = (decode(line) for lines in self._of.values() for line in lines)
        return heapq.nsmallest(SHOWN_TOGETHER, every, key=_newest_first)


def _newest_first(entry: Entry) -> tuple[float, str, str, int]:
    """At one moment by kecamatan, village and TPS."""
    moment = dt.datetime.fromisoformat(entry.moment).timestamp()
    return -moment, entry.kecamatan or "", entry.village or "", entry.tps or 0
