"""What is believed of a TPS, and what each way to look it up must tell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

ALL = "Gubernur, Bupati"
MONTHS = "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des".split()
DAY = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)})\w* (\d{{4}})")
HOURS = re.compile(r"(\d\d\.\d\d)–(\d\d\.\d\d)|mulai pukul (\d\d\.\d\d)")
BALLOTS = re.compile(r"Hanya surat suara ([^.]+)\.")
BASIS = re.compile(r"(?:SK KPU OKI|Surat Bawaslu) nomor [\w./-]*\w(?: \(contoh\))?")
DECIDED = re.compile(rf"Diputuskan \w+, ({DAY.pattern}) pukul (\d\d)\.(\d\d)")
STATUS = {"moved": "pindah tempat|pindah ke", "repeat_vote": "pemungutan suara ulang|memilih lagi"}


class Station(NamedTuple):
    """A TPS as people name it."""

    number: int
    village: str
    kecamatan: str

    @property
    def name(self) -> str:
        """As feeds and calendars call it."""
        return f"TPS {self.number} {self.village}, Kec. {self.kecamatan}"


class Belief(NamedTuple):
    """What somebody takes to be true of a TPS; None is what was not told. ``was`` is the place or day that is struck
    through, ``over`` that its day has passed."""

    status: str | None = None
    place: str | None = None
    was: str | None = None
    day: str | None = None
    hours: str | None = None
    ballots: str | None = None
    basis: str | None = None
    decided: str | None = None
    over: bool | None = None

    def only(self, names: str) -> Belief:
        """Of this, what is told of these fields."""
        return Belief(**{name: getattr(self, name) for name in names.split()})


_VOTE = "day hours ballots"
_TOLD: Mapping[str, Mapping[str, str]] = {
    "TPS page": {
        "planned": f"status place {_VOTE} over",
        "moved": f"status place was {_VOTE} basis decided over",
        "repeat_vote": f"status place was {_VOTE} basis decided over",
    },
    "sign on the door": {
        "planned": f"status place {_VOTE} over",
        "moved": f"place was {_VOTE} basis decided over",
        "repeat_vote": f"status place was {_VOTE} basis decided over",
    },
    "village page": {
        "planned": "status place",
        "moved": "status place was basis decided",
        "repeat_vote": f"status place {_VOTE} basis decided over",
    },
    "notice on home": {"moved": "status", "repeat_vote": "status day"},
    "search": {"planned": "status"},
    "schedule": {"planned": f"{_VOTE} over", "moved": f"{_VOTE} over", "repeat_vote": f"status {_VOTE} over"},
    "ledger": {"moved": "status place was basis decided", "repeat_vote": f"status was {_VOTE} basis decided over"},
    "message": {
        "planned": f"status place {_VOTE}",
        "moved": f"status place was {_VOTE}",
        "repeat_vote": f"status place {_VOTE}",
    },
    "message of the village": {
        "planned": f"place {_VOTE}",
        "moved": f"status place {_VOTE}",
        "repeat_vote": f"status place {_VOTE}",
    },
    "calendar": {"planned": _VOTE, "moved": _VOTE, "repeat_vote": f"status {_VOTE}"},
    "calendar of all dates": {"planned": _VOTE, "moved": _VOTE, "repeat_vote": f"status {_VOTE}"},
    "feed": {"moved": "status basis", "repeat_vote": "status day basis"},
    "table": {
        "planned": f"status place {_VOTE}",
        "moved": f"status place was {_VOTE} basis decided",
        "repeat_vote": f"status place {_VOTE} basis decided",
    },
    "log": {"moved": "status place was basis decided", "repeat_vote": f"status was {_VOTE} basis decided"},
    "search engine": {"moved": "day hours was", "repeat_vote": "status day hours"},
}
"""What each way of looking up must tell of a TPS, by its status. Copies of calendars, feeds and objects for search
engines outlive the next move, so they never name a place."""
WAYS: Mapping[str, str] = {
    "page": "TPS page",
    "printed page": "sign on the door",
    "address that was known at first": "TPS page",
    "village": "village page",
    "/d/": "village page",
    "home": "notice on home",
    "search": "search",
    "jadwal.html": "schedule",
    "perubahan.html": "ledger",
    "perubahan of the kecamatan": "ledger",
    "message": "message",
    "message of the village": "message of the village",
    "calendar": "calendar",
    "jadwal.ics": "calendar of all dates",
    "berita.atom": "feed",
    "perubahan.atom": "feed",
    "perubahan.atom of the kecamatan": "feed",
    "tps.csv": "table",
    "tps.json": "table",
    "changes.json": "log",
    "JSON-LD": "search engine",
}
"""Every way to look a TPS up, and what kind of telling it is."""


def wrong(way: str, told: Belief, truth: Belief) -> list[str]:
    """What a way to look up leaves out of what it must tell, and what it tells that is not true or not for it to tell:
    home only warns of what is still to come, and only some ways name a place."""
    must = _TOLD[WAYS[way]].get(truth.status or "", "").split()
    if way == "home" and truth.over:
        must = []
    found = []
    for field, said, true in zip(Belief._fields, told, truth, strict=True):
        is_wrong = said != true
        if field not in must:
            is_wrong = said is not None and (is_wrong or field == "place" or way == "home")
        if is_wrong:
            found.append(f"{way}: {field} is {said!r}, in truth {true!r}")
    return found


def in_words(text: str) -> Belief:
    """What words say of a TPS. Who reads of a vote and of no ballot takes it that all are cast."""
    status = next((kind for kind, words in STATUS.items() if re.search(words, text, re.IGNORECASE)), None)
    basis, decided = BASIS.search(text), DECIDED.search(text)
    text = DECIDED.sub("", text)
    day, hours, ballots = DAY.search(text), HOURS.search(text), BALLOTS.search(text)
    return Belief(
        status=status,
        day=iso_day(day[0]) if day else None,
        hours=f"{hours[1] or hours[3]}–{hours[2] or ''}" if hours else None,
        ballots=ballots[1] if ballots else ALL if hours else None,
        basis=basis[0] if basis else None,
        decided=f"{iso_day(decided[1])} {decided[5]}:{decided[6]}" if decided else None,
    )


def iso_day(text: str) -> str:
    """A day in words as numbers: ``Rabu, 27 November 2024`` is ``2024-11-27``; what is no day stays as it is."""
    found = DAY.search(text)
    return f"{found[3]}-{MONTHS.index(found[2]) + 1:02}-{int(found[1]):02}" if found else text


def newest(told: Sequence[Belief]) -> Belief:
    """What is believed after reading these, the newest first."""
    values = zip(*told, strict=True)
    return Belief(*(next((value for value in field if value is not None), None) for field in values))
