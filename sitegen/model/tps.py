"""The TPS of one village and their KPPS (``elections/<election>/tps/<kecamatan>/<village>.yaml``)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any, Literal

from sitegen.model.election import Citation
from sitegen.model.fields import (
    DECREE,
    Count,
    Date,
    Degrees,
    Folder,
    Hour,
    Line,
    Moment,
    Prose,
    Ranges,
    Slug,
    TpsNumber,
    VillageCode,
    about,
    content_type,
)

FIRST_SPECIAL = 901
"""Special TPS (in prisons, hospitals, plantations) count from here; they have no RT and RW."""
LATITUDES, LONGITUDES = (-12, 7), (94, 142)
"""Degrees between which Indonesia lies."""


@content_type
class Voters:
    """Voters of the DPT, by sex as the DPT counts them."""

    men: Annotated[Count, about("Men (L) in the DPT.")]
    women: Annotated[Count, about("Women (P) in the DPT.")]

    @property
    def total(self) -> int:
        """Men and women together."""
        return self.men + self.women


@content_type
class Kpps:
    """The workers of one TPS: name and role, nothing else (UU 27/2022 on personal data)."""

    ketua: Annotated[Line, about("Name of the ketua.")]
    anggota: Annotated[tuple[Line, ...], about("Names of the anggota, in the order of the decree.")]

    def __len__(self) -> int:
        return 1 + len(self.anggota)


@content_type
class Coverage:
    """Whose TPS it probably is. It only ever suggests: the C.Pemberitahuan decides."""

    dusun: Annotated[Line | None, about("Name of the dusun, where the village counts by dusun.")] = None
    rw: Annotated[Ranges | None, about("RW, such as 1 or 1-3.")] = None
    rt: Annotated[Ranges | None, about("RT, such as 4, 1-4 or 1-3, 5.")] = None


def _limits(lowest: int, highest: int) -> dict[str, Any]:
    """For editors."""
    return {"minimum": lowest, "maximum": highest}


@content_type
class Coordinates:
    """WGS 84, degrees. Whether they lie in Indonesia is checked where their neighbours are known, which tell what was
    meant (``checks/positions.py``)."""

    lat: Annotated[Degrees, about("Latitude in degrees, south is negative.", json_schema_extra=_limits(*LATITUDES))]
    lon: Annotated[Degrees, about("Longitude in degrees.", json_schema_extra=_limits(*LONGITUDES))]


class ChangeKind(StrEnum):
    """What was decided about a TPS after it had been announced."""

    MOVED = "moved"
    POSTPONED = "postponed"
    CONTINUED = "continued"
    REPEAT_VOTE = "repeat_vote"
    CANCELLED = "cancelled"
    MERGED = "merged"


VOTES = (ChangeKind.POSTPONED, ChangeKind.CONTINUED, ChangeKind.REPEAT_VOTE)
"""Kinds after which the TPS votes on a day of its own: PSS, PSL and PSU."""
ENDS = (ChangeKind.CANCELLED, ChangeKind.MERGED)
"""Kinds after which nobody votes at the TPS."""


@content_type
class Change:
    """A decision about a TPS. Which keys go with which kind: ``checks/changes.py``."""

    kind: Annotated[
        ChangeKind,
        about(
            "`moved`: to the place that the TPS now names. `postponed` (PSS), `continued` (PSL), `repeat_vote` (PSU): "
            "it votes on `date`. `cancelled`: nobody votes there. `merged`: its voters go to TPS `into`."
        ),
    ]
    from_place: Annotated[Line | None, about("With `moved`: the place before.")] = None
    into: Annotated[TpsNumber | None, about("With `merged`: number of the TPS where its voters go.")] = None
    date: Annotated[Date | None, about("New voting day; leave it out while it is not decided.")] = None
    opens: Annotated[Hour | None, about("Start of voting on that day, local time.")] = None
    closes: Annotated[Hour | None, about("End of voting on that day, local time.")] = None
    races: Annotated[tuple[Slug, ...], about("Ballots voted on that day; leave it out for all.")] = ()
    decree: Annotated[Line | None, about("Decree, minutes or recommendation on which it rests."), DECREE] = None
    decided: Annotated[Moment | None, about("When it was decided, local time: 2024-11-26 16:30.")] = None
    reason: Annotated[Prose | None, about("Why, in one sentence for the reader.")] = None
    source: Annotated[Citation | None, about("Where it was published, when no decree is known.")] = None

    @property
    def published(self) -> str | None:
        """Where it was published, when no decree is known."""
        return self.source.name if self.source and not self.decree else None


def end_of(changes: Iterable[Change]) -> Change | None:
    """The decision after which nobody votes at a TPS any more, if there was one."""
    return next((change for change in changes if change.kind in ENDS), None)


@content_type
class Previously:
    """TPS of an earlier election, in the same village, whose voters come here now."""

    election: Annotated[Folder, about("Folder name of the earlier election.")]
    tps: Annotated[tuple[TpsNumber, ...], about("Numbers that those TPS had then.", min_length=1)]


@content_type
class Tps:
    """One TPS. The page says openly what is not known."""

    number: Annotated[TpsNumber, about("Number of the TPS in its village; special TPS count from 901.")]
    place: Annotated[Line | None, about("Place, as people call it. Leave it out while it is not decided.")] = None
    address: Annotated[Line | None, about("Street and number.")] = None
    landmark: Annotated[Line | None, about("What helps to find it.")] = None
    by_water: Annotated[Line | None, about("Landing and way from there, where people come by boat.")] = None
    wheelchair: Annotated[
        Literal["yes", "no"] | None,
        about("Whether somebody in a wheelchair can vote there. Only after a survey; leave it out before."),
    ] = None
    coordinates: Annotated[Coordinates | None, about("Position of the entrance.")] = None
    coverage: Annotated[tuple[Coverage, ...], about("RT, RW or dusun whose voters come here.")] = ()
    voters: Annotated[Voters | None, about("Voters of the DPT at this TPS.")] = None
    kpps: Annotated[Kpps | None, about("The seven KPPS. Leave it out while they are not appointed.")] = None
    changes: Annotated[
        tuple[Change, ...],
        about("What was decided after the TPS had been announced, oldest first. The keys above say what is true now."),
    ] = ()
    previously: Annotated[
        tuple[Previously, ...],
        about("TPS of earlier elections whose voters come here now. Leave it out where the office does not know."),
    ] = ()

    @property
    def end(self) -> Change | None:
        """The decision after which nobody votes here any more, if there was one."""
        return end_of(self.changes)

    @property
    def moved(self) -> Change | None:
        """Its last move, if it moved."""
        return next((change for change in reversed(self.changes) if change.kind is ChangeKind.MOVED), None)

    @property
    def status(self) -> str:
        """``planned``, or the kind of the last decision; a move decides nothing about a vote of its own day."""
        kinds = [change.kind for change in self.changes]
        deciding = [kind for kind in kinds if kind is not ChangeKind.MOVED] or kinds
        return deciding[-1].value if deciding else "planned"


NO_SOURCE = "Belum diisi"
"""What stands for the source of a file while nobody has named it."""


@content_type
class Source:
    """Where the facts of a file come from."""

    document: Annotated[Line, about("Decree or list that the facts were taken from."), DECREE]
    as_of: Annotated[
        Moment | None, about("Date of the data, when it is not the election's `data_as_of`: 2024-11-26 18:00.")
    ] = None
    responsible: Annotated[Line | None, about("Unit that answers for the facts, when it is not the office.")] = None


@content_type
class Pps:
    """How to reach the village committee. An office's place only, never a person's."""

    place: Annotated[Line, about("Where the PPS can be asked and when.")]


@content_type
class VillageTps:
    """All TPS of one village in one election."""

    village: Annotated[VillageCode, about("Kemendagri code of the village.")]
    source: Annotated[Source, about("Where these facts come from.")]
    pps: Annotated[Pps | None, about("The PPS of the village.")] = None
    tps: Annotated[tuple[Tps, ...], about("The TPS, in the order of their numbers.")]
