"""The ledger of changes as pages tell it: what the content declares, and what comparing publications found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from sitegen.history.decisions import decisions
from sitegen.history.log import Cell, Cells, Entry, Key, besides
from sitegen.history.recent import SHOWN_TOGETHER, Recent
from sitegen.keys import Keyed, key_of_value
from sitegen.model.tps import ChangeKind
from sitegen.pages.page import Link
from sitegen.pages.states import TAGS, basis
from sitegen.pages.views import LedgerEntry
from sitegen.problems import Message, lines, msg, verbatim

if TYPE_CHECKING:
    from sitegen.pages.index import SiteIndex

WHAT: Mapping[str, Message] = {
    **{kind.value: tag for kind, tag in TAGS.items()},
    "place": msg("Place changed"),
    "directions": msg("Way described anew"),
    "position": msg("Position changed"),
    "coverage": msg("RT/RW changed"),
    "voters": msg("Voters counted anew"),
    "vote": msg("Vote changed"),
    "basis": msg("Decree changed"),
    "kpps": msg("KPPS replaced"),
    "added": msg("New TPS"),
    "removed": msg("TPS removed"),
    "filled": msg("Filled in"),
    "election": msg("Voting day changed"),
    "totals": msg("Totals changed"),
}
"""What an entry of the log is called."""
UNKNOWN = msg("not known")
_COUNTED = {
    "voters_men": msg("%(count)s men"),
    "voters_women": msg("%(count)s women"),
    "kpps": msg("%(count)s KPPS"),
    "replaced": msg("%(count)s KPPS replaced"),
    "villages": msg("%(count)s villages"),
    "tps": msg("%(count)s TPS"),
    "voters": msg("%(count)s voters"),
    "merged_into": msg("TPS %(count)s"),
    "lat": msg("latitude %(count)s"),
    "lon": msg("longitude %(count)s"),
}
_FILLED = {
    "place": msg("place (%(count)s TPS)"),
    "directions": msg("way to it (%(count)s TPS)"),
    "position": msg("position (%(count)s TPS)"),
    "coverage": msg("RT/RW (%(count)s TPS)"),
    "voters": msg("voters (%(count)s TPS)"),
    "kpps": msg("KPPS (%(count)s TPS)"),
    "vote": msg("day of the vote (%(count)s TPS)"),
    "basis": msg("decree (%(count)s TPS)"),
    "tps": msg("TPS of a village (%(count)s TPS)"),
}
_WHEELCHAIR = {"yes": msg("With a wheelchair: yes"), "no": msg("With a wheelchair: no")}
_PLANNED = msg("As planned")


class ToldEntry(NamedTuple):
    """An entry of the log that is no decision which the content still declares. Without ``number`` it is about more
    than one TPS, without ``kecamatan`` about the whole region."""

    number: int | None
    village: str | None
    kecamatan: str | None
    kecamatan_code: str
    url: str | None
    moment: dt.datetime
    tag: Message
    before: tuple[Message, ...]
    after: tuple[Message, ...]
    basis: Message | None
    reason: str | None
    what: str
    view: None = None
    election: str = ""

    @property
    def anchor(self) -> dt.datetime:
        """The moment in its name."""
        return self.moment


AnyEntry = LedgerEntry | ToldEntry
Decision = tuple[str | None, str, Cell]
"""Page of a TPS, kind, and day of the vote."""


class Group(NamedTuple):
    """Changes of one kecamatan on one day; no name for those of the whole region."""

    kecamatan: str | None
    code: str
    entries: tuple[AnyEntry, ...]


class Day(NamedTuple):
    """Changes of one day."""

    date: dt.date
    groups: tuple[Group, ...]


class Chain(NamedTuple):
    """Where a publication stands in its chain: the entries that it shows, and its number."""

    recent: Recent
    number: int


def values(cells: Cells, what: str = "") -> tuple[Message, ...]:
    """What ``cells`` say, one message a value."""
    found = []
    for key, value in cells.items():
        if not (key.endswith("closes") and cells.get(key.replace("closes", "opens"))):  # told with when it opens
            found.append(_value(key, value, cells, what))
    return tuple(dict.fromkeys(found))


def _value(key: str, value: Cell, cells: Cells, what: str) -> Message:
    if value is None:
        return UNKNOWN
    if what == "filled":
        return msg(_FILLED[key].id, count=value) if key in _FILLED else UNKNOWN
    if key in _COUNTED:
        return msg(_COUNTED[key].id, count=str(value) if isinstance(value, float) else value)
    return _text(key, str(value), cells)


def _text(key: str, value: str, cells: Cells) -> Message:
    if key in ("date", "vote_date"):
        return msg("%(date)s", date=dt.date.fromisoformat(value))
    if key in ("decided", "moved_decided"):
        return msg("Decided %(moment)s", moment=_local(value))
    if key in ("opens", "vote_opens"):
        closes = cells.get(key.replace("opens", "closes"))
        if not closes:
            return msg("from %(time)s", time=_hour(value))
        return msg("%(opens)s–%(closes)s", opens=_hour(value), closes=_hour(str(closes)))
    if key in ("closes", "vote_closes"):
        return msg("until %(time)s", time=_hour(value))
    if key == "status":
        return TAGS[ChangeKind(value)] if value in {kind.value for kind in ChangeKind} else _PLANNED
    if key == "vote_races":
        return msg("Ballots: %(races)s", races=value.replace(" ", ", "))
    return _WHEELCHAIR.get(value, verbatim(value)) if key == "wheelchair" else verbatim(value)


def _hour(value: str) -> dt.time:
    return dt.time.fromisoformat(value)


def _local(moment: str) -> dt.datetime:
    """A moment of the log as the clocks of the region showed it."""
    return dt.datetime.fromisoformat(moment).replace(tzinfo=None)


def told(entry: Entry, election: str = "") -> ToldEntry:
    """An entry of the log as a page tells it; ``election`` names its election when it is past."""
    return ToldEntry(
        number=entry.tps,
        village=entry.village,
        kecamatan=entry.kecamatan,
        kecamatan_code=entry.kecamatan_code or "",
        url=entry.page,
        moment=_local(entry.moment),
        tag=WHAT.get(entry.what, verbatim(entry.what)),
        before=values(entry.old, entry.what),
        after=values(entry.new, entry.what),
        basis=basis(entry.decree, entry.source) if entry.decree or entry.source else None,
        reason=entry.reason,
        what=entry.what,
        election=election,
    )


class Changes:
    """The one list that pages and feeds show: decisions of the content in full, and of the log what they do not say."""

    def __init__(self, index: SiteIndex, recent: Recent) -> None:
        self._declared = [entry for day in index.ledger for entry in day.entries]
        self._of: dict[str, list[LedgerEntry]] = {}
        for entry in self._declared:
            self._of.setdefault(entry.kecamatan_code, []).append(entry)
        self._keys: dict[str, list[Key]] = {}
        for decision in (decision for one in index.elections for decision in decisions(one.site, one.changed)):
            self._keys.setdefault(decision.kecamatan_code or "", []).append(decision.key)
        self._names = {one.site.election_slug: one.site.election.name for one in index.earlier}
        self._recent = recent

    @property
    def kecamatan(self) -> dict[str, str]:
        """Names of the kecamatan with changes, by code."""
        found = {entry.kecamatan_code: entry.kecamatan for entry in self._declared} | self._recent.names
        return dict(sorted(found.items(), key=lambda pair: (pair[1].casefold(), pair[0])))

    def of(self, code: str) -> list[AnyEntry]:
        """The changes of one kecamatan, the newest first."""
        return self._merged(self._of.get(code, ()), self._recent.of(code), self._keys.get(code, ()))

    def together(self) -> list[AnyEntry]:
        """The changes of all, the newest first; the last ones where there are very many."""
        known = chain.from_iterable(self._keys.values())
        return self._merged(self._declared, self._recent.together(), known)[:SHOWN_TOGETHER]

    def _merged(self, declared: Iterable[LedgerEntry], log: Sequence[Entry], known: Iterable[Key]) -> list[AnyEntry]:
        others = (told(entry, self._names.get(entry.election, "")) for entry in besides(log, known))
        told_at = {_decision(entry): _local(entry.as_of) for entry in log if entry.declared}
        dated = (_dated(entry, told_at) for entry in declared)
        return sorted([*dated, *others], key=attrgetter("moment"), reverse=True)


def _decision(entry: Entry) -> Decision:
    return entry.page, entry.what, entry.new.get("vote_date")


def _dated(entry: LedgerEntry, told_at: Mapping[Decision, dt.datetime]) -> LedgerEntry:
    """An entry; one that nobody dated stays where it was first told, also when its village has newer data."""
    change = entry.view.change
    decision = (entry.url, change.kind.value, change.date.isoformat() if change.date else None)
    if change.decided or decision not in told_at:
        return entry
    return entry._replace(moment=min(entry.moment, told_at[decision]))


class ChangesLinks(Keyed):
    """Links to the pages with the changes of one kecamatan each, by its code. All these pages show them."""

    def __init__(self, by_code: Mapping[str, Link]) -> None:
        self.by_code = by_code

    @cached_property
    def key(self) -> str:
        """A key of the links."""
        return key_of_value(tuple(self.by_code.items()))


class Shown(NamedTuple):
    """The changes of one page: those of the kecamatan with this code, or of all. They are put together when the page is
    rendered, so that no more than one page's are in memory."""

    changes: Changes
    code: str = ""

    @property
    def entries(self) -> list[AnyEntry]:
        """They, the newest first."""
        return self.changes.of(self.code) if self.code else self.changes.together()

    @property
    def days(self) -> Iterator[Day]:
        """They by day and kecamatan."""
        for day, group in groupby(self.entries, key=lambda one: one.moment.date()):
            yield Day(day, _groups(tuple(group)))

    def __reduce__(self) -> tuple[object, ...]:
        """Pickled for the key of a page: what it shows, and not all changes of the site with it."""
        return Shown, (tuple(self.entries), self.code)


def _groups(entries: Sequence[AnyEntry]) -> tuple[Group, ...]:
    found: dict[tuple[str, str], list[AnyEntry]] = {}
    for entry in entries:
        found.setdefault((entry.kecamatan or "", entry.kecamatan_code), []).append(entry)
    ordered = sorted(found.items(), key=lambda pair: (pair[0][0].casefold(), pair[0][1]))
    return tuple(Group(name or None, code, tuple(group)) for (name, code), group in ordered)


def in_words(cells: Cells, what: str) -> Message:
    """What ``cells`` say, in one line."""
    return lines(*values(cells, what), between=", ") if cells else UNKNOWN
