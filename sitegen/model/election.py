"""An election and its calendar (``elections/<election>/election.yaml`` and ``schedule.yaml``)."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal

from sitegen.model.config import DataStatus
from sitegen.model.fields import (
    DECREE,
    Count,
    Date,
    Hour,
    HttpsUrl,
    KecamatanCode,
    Line,
    Moment,
    Prose,
    Slug,
    VillageCode,
    about,
    content_type,
)

TimeZone = Literal["WIB", "WITA", "WIT"]
UTC_OFFSET = {"WIB": dt.timedelta(hours=7), "WITA": dt.timedelta(hours=8), "WIT": dt.timedelta(hours=9)}


@content_type
class Citation:
    """A published source of a fact."""

    name: Annotated[Line, about("Who published it, and its number or date."), DECREE]
    url: Annotated[HttpsUrl | None, about("Address, when it is public and lasting.")] = None


@content_type
class Race:
    """One ballot."""

    id: Annotated[Slug, about("Short name used elsewhere in the content, such as bupati.")]
    name: Annotated[Line, about("What is voted on.")]
    short_name: Annotated[Line, about("Short form for lists, such as Bupati.")]


@content_type
class LegalBasis:
    """A rule that the election stands on."""

    document: Annotated[Line, about("Regulation or decree."), DECREE]
    decides: Annotated[Line, about("What it decides here.")]
    source: Annotated[Citation, about("Where this was read.")]


@content_type
class KppsRule:
    """How many KPPS a TPS has."""

    ketua: Annotated[Count, about("Ketua of a TPS.")]
    anggota: Annotated[Count, about("Anggota of a TPS.")]

    @property
    def total(self) -> int:
        """All KPPS of a TPS."""
        return self.ketua + self.anggota


@content_type
class Rules:
    """Rules of this election; they differ between elections, so they are values."""

    max_voters_per_tps: Annotated[Count, about("Most voters that a TPS may have.")]
    kpps_per_tps: Annotated[KppsRule, about("KPPS of a TPS.")]
    moved_voters_from: Annotated[
        Hour | None, about('From when voters who moved (pindah memilih) are served, local time: "11:00".')
    ] = None
    unlisted_voters_from: Annotated[
        Hour | None, about('From when voters who are not in the DPT are served, local time: "12:00".')
    ] = None


@content_type
class VoterTotals:
    """The DPT of the whole region."""

    total: Annotated[Count, about("All voters of the DPT.")]
    men: Annotated[Count, about("Men (L).")]
    women: Annotated[Count, about("Women (P).")]


@content_type
class KecamatanTotals:
    """Official figures of one kecamatan."""

    code: Annotated[KecamatanCode, about("Kemendagri code of the kecamatan.")]
    villages: Annotated[Count, about("Villages.")]
    tps: Annotated[Count, about("TPS.")]
    voters: Annotated[Count, about("Voters of the DPT.")]


@content_type
class OfficialTotals:
    """What the office announced. The build counts for itself and compares."""

    source: Annotated[Citation, about("Where the totals were published.")]
    villages: Annotated[Count, about("Villages.")]
    tps: Annotated[Count, about("TPS.")]
    kpps: Annotated[Count, about("KPPS.")]
    voters: Annotated[VoterTotals, about("Voters of the DPT.")]
    kecamatan: Annotated[tuple[KecamatanTotals, ...], about("The same per kecamatan.")] = ()


@content_type
class Election:
    """One election. Everything that a rule of the election decides is a value here."""

    name: Annotated[Line, about("Short name, such as Pilkada 2024.")]
    title: Annotated[Line, about("Full name.")]
    date: Annotated[Date, about("Voting day: 2024-11-27.")]
    opens: Annotated[Hour, about('Start of voting, local time: "07:00".')]
    closes: Annotated[Hour, about('End of voting, local time: "13:00". Who queues then still votes.')]
    time_zone: Annotated[TimeZone, about("WIB, WITA or WIT.")]
    data_as_of: Annotated[Moment, about("Date of the TPS data, local time: 2024-11-26 18:00.")]
    data_status: Annotated[
        DataStatus | None, about("How far these data can be relied on, when it is not `data_status` of the site.")
    ] = None
    races: Annotated[tuple[Race, ...], about("What is voted on.")]
    legal_bases: Annotated[tuple[LegalBasis, ...], about("Rules that the election stands on.")]
    rules: Annotated[Rules, about("Numbers that the rules fix.")]
    official_totals: Annotated[
        OfficialTotals | None,
        about("Totals that the office announced. Leave it out while there are none; nothing is compared then."),
    ] = None

    def midnight_after(self, day: dt.date) -> str:
        """The end of ``day`` where the election is held, with its offset from UTC."""
        zone = dt.timezone(UTC_OFFSET[self.time_zone])
        return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), zone).isoformat(timespec="minutes")


class StageKind(StrEnum):
    """What happens in a stage."""

    RECRUITMENT = "recruitment"
    VOTER_ROLL = "voter_roll"
    SWEARING_IN = "swearing_in"
    TRAINING = "training"
    READINESS = "readiness"
    VOTING = "voting"


@content_type
class Session:
    """A training, or another meeting of a stage, for the KPPS of some villages."""

    villages: Annotated[
        tuple[VillageCode, ...], about("Kemendagri codes of the villages whose KPPS come.", min_length=1)
    ]
    date: Annotated[Date, about("Day: 2024-11-09.")]
    opens: Annotated[Hour | None, about("Start, local time.")] = None
    closes: Annotated[Hour | None, about("End, local time.")] = None
    place: Annotated[Line, about("Where it is held.")]
    participants: Annotated[Line | None, about("Who comes, when it is not all KPPS: KPPS TPS 1–4.")] = None


@content_type
class Stage:
    """One entry of the calendar. Votes on another day stand with their TPS, not here."""

    id: Annotated[Slug, about("Short name, used as anchor on the page.")]
    kind: Annotated[StageKind, about("What happens.")]
    title: Annotated[Line, about("Title.")]
    start: Annotated[Date, about("First day: 2024-11-07.")]
    end: Annotated[Date | None, about("Last day, when it is another one.")] = None
    opens: Annotated[Hour | None, about("Start, local time.")] = None
    closes: Annotated[Hour | None, about("End, local time.")] = None
    description: Annotated[Prose | None, about("What happens, in plain words.")] = None
    topics: Annotated[tuple[Line, ...], about("What a training teaches.")] = ()
    sessions: Annotated[tuple[Session, ...], about("Where and when it is held, village by village, in any order.")] = ()
    basis: Annotated[Line | None, about("Decree or recommendation."), DECREE] = None
    source: Annotated[Citation, about("Where this was published.")]


@content_type
class Schedule:
    """The calendar of an election."""

    as_of: Annotated[Moment, about("Date of this calendar, local time: 2024-12-04 06:00.")]
    stages: Annotated[tuple[Stage, ...], about("Stages, in any order.")]
