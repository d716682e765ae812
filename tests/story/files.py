"""The files that a publication offers, and what they make somebody believe of a TPS."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import icalendar

from tests.story.beliefs import ALL, BALLOTS, Belief, Station, in_words, newest

WIB = dt.timezone(dt.timedelta(hours=7))
PAST = re.compile(r"\(Pilkada \d+\)$")
"""What the title of an entry of a past election ends with."""


class Files:
    """The files of a publication that is read ``now``."""

    def __init__(self, folder: Path, now: str) -> None:
        self._folder, self._now = folder, now

    def has(self, path: str) -> bool:
        """Whether there is such a file."""
        return (self._folder / path).exists()

    def read(self, path: str) -> bytes:
        """A file as it is fetched."""
        return (self._folder / path).read_bytes()

    def in_calendar(self, path: str, station: Station) -> Belief:
        """The event that names a TPS in a calendar file, or else voting day."""
        events: list[Any] = icalendar.Calendar.from_ical(self.read(path)).walk("VEVENT")
        named = [event for event in events if station.name in f"{event['summary']}\n{event.get('description')}"]
        event = next(iter(named), None) or next(event for event in events if "Hari memilih" in event["summary"])
        begin = event["dtstart"].dt.astimezone(WIB)
        end = f"{event['dtend'].dt.astimezone(WIB):%H.%M}" if "dtend" in event else ""
        lines = str(event["description"]).splitlines()
        own = [line for line in lines if station.name in line or not line.startswith("TPS ")]
        ballots = BALLOTS.search("\n".join(own))
        return Belief(
            status=in_words(str(event["summary"])).status,
            day=f"{begin:%Y-%m-%d}",
            hours=f"{begin:%H.%M}–{end}",
            ballots=ballots[1] if ballots else ALL,
        )

    def in_feed(self, path: str, station: Station) -> Belief:
        """The entries about a TPS in a feed, the newest first. An entry only tells what changed, so not all ballots."""
        if not self.has(path):
            return Belief()
        atom = "{http://www.w3.org/2005/Atom}"
        told = []
        for entry in ET.fromstring(self.read(path)).iter(f"{atom}entry"):
            title, summary, updated = (entry.findtext(f"{atom}{name}", "") for name in ("title", "summary", "updated"))
            assert updated <= self._now, "a feed tells nothing that is still to come as if it had been"
            if station.name in title and not PAST.search(title):
                told.append(in_words(f"{title}. {summary}")._replace(ballots=None))
        return newest(told) if told else Belief()

    @cached_property
    def _rows(self) -> Sequence[Mapping[str, str]]:
        return list(csv.DictReader(io.StringIO(self.read("data/tps.csv").decode())))

    def row(self, address: str) -> Mapping[str, str]:
        """The row of a TPS in the table."""
        return next(row for row in self._rows if row["page"] == address)

    def rows(self, name: str) -> list[dict[str, Any]]:
        """A table as JSON."""
        found: list[dict[str, Any]] = json.loads(self.read(f"data/{name}.json"))[name]
        return found

    def in_log(self, address: str) -> Belief:
        """The entries about a TPS in the log of all publications."""
        return _of_entries([entry for entry in self.rows("changes") if entry.get("page") == address])


def of_row(row: Mapping[str, Any]) -> Belief:
    """A row of the table of TPS."""
    return Belief(
        status=row["status"],
        place=row["place"],
        was=row["moved_from"] or None,
        day=row["vote_date"],
        hours=_hours(row),
        ballots=_ballots(row),
        basis=row["decree"] or None,
        decided=_moment(row["decided"]),
    )


def _of_entries(entries: Sequence[Mapping[str, Any]]) -> Belief:
    """The entries of the log of changes about one TPS, oldest first."""
    if not entries:
        return Belief()
    decision = next(entry for entry in reversed(entries) if entry.get("declared"))
    now = {key: value for entry in entries for key, value in entry["new"].items()}
    return Belief(
        status=decision["what"],
        place=now.get("place"),
        was=decision["old"].get("place") or decision["old"].get("vote_date"),
        day=now.get("vote_date"),
        hours=_hours(now) if "vote_opens" in now else None,
        ballots=_ballots(now) if "vote_opens" in now else None,
        basis=decision.get("decree"),
        decided=_moment(decision.get("decided")),
    )


def _hours(cells: Mapping[str, Any]) -> str:
    return "–".join(str(cells.get(key) or "").replace(":", ".") for key in ("vote_opens", "vote_closes"))


def _ballots(cells: Mapping[str, Any]) -> str:
    races = str(cells.get("vote_races") or "gubernur bupati").split()
    return ", ".join(race.capitalize() for race in races)


def _moment(text: str | None) -> str | None:
    return text[:16].replace("T", " ") if text else None
