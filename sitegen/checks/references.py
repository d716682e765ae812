"""Things that name other things: villages, TPS, ballots and addresses across the whole site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sitegen.content.documents import Document
from sitegen.content.site import NewsFile
from sitegen.model.election import Election, Schedule, StagePlace
from sitegen.model.summary import KecamatanSummary, VillageSummary
from sitegen.problems import Message, Problem, msg

Villages = Mapping[str, tuple[KecamatanSummary, VillageSummary]]


def check_schedule(
    schedule: Document[Schedule], election: Document[Election] | None, villages: Villages, broken: frozenset[str]
) -> Iterator[Problem]:
    """Stages that name a TPS or a ballot that does not exist, or end before they begin. Which TPS the
    shards in ``broken`` have is not known."""
    races = {race.id for race in election.data.races} if election else None
    for index, stage in enumerate(schedule.data.stages):
        at: tuple[str | int, ...] = ("stages", index)
        if stage.end and stage.end < stage.start:
            yield schedule.problem(
                "schedule.end", msg("The stage ends before it begins"), msg("Check start and end."), *at, "end"
            )
        for number, place in enumerate(stage.places):
            yield from _place(schedule, place, races, villages, broken, *at, "places", number)


def _place(
    schedule: Document[Schedule],
    place: StagePlace,
    races: set[str] | None,
    villages: Villages,
    broken: frozenset[str],
    *loc: str | int,
) -> Iterator[Problem]:
    shard, village = villages.get(place.village, (None, None))
    if shard is None or village is None:
        yield _village(schedule, place.village, *loc, "village")
    elif shard.slug not in broken and place.tps not in {tps.number for tps in village.tps}:
        yield schedule.problem(
            "schedule.tps",
            msg("%(village)s has no TPS %(number)s", village=village.name, number=place.tps),
            msg("Check the number and the code of the village."),
            *loc, "tps",
        )  # fmt: skip
    for race in place.races:
        if races is not None and race not in races:
            yield schedule.problem(
                "schedule.race",
                msg('"%(race)s" is not a race of this election', race=race),
                msg("Possible here: %(keys)s.", keys=", ".join(sorted(races))),
                *loc, "races",
            )  # fmt: skip


def check_news(news: Sequence[NewsFile], villages: Villages) -> Iterator[Problem]:
    """News that names a village that does not exist."""
    for item in news:
        for index, code in enumerate(item.document.data.villages):
            if code not in villages:
                yield _village(item.document, code, "villages", index)


def _village(document: Document[Any], code: str, *loc: str | int) -> Problem:
    return document.problem(
        "reference.village",
        msg("There is no village with the code %(code)s in content/regions", code=code),
        msg("Check the code; content/regions holds all villages."),
        *loc,
    )


def check_kecamatan(claims: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Codes of kecamatan that two files claim; ``claims`` are pairs of code and file."""
    first: dict[str, str] = {}
    for code, path in claims:
        if code in first:
            yield Problem(
                path,
                0,
                "region.kecamatan-twice",
                msg("%(other)s also holds kecamatan %(code)s", other=first[code], code=code),
                msg("Put a kecamatan into one file."),
            )
        first.setdefault(code, path)


def check_addresses(claims: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Addresses that two sources claim; ``claims`` are pairs of address and source file."""
    first: dict[str, str] = {}
    for url, source in claims:
        if url in first:
            yield Problem(source, 0, "address.twice", _collision(url, first[url]), _COLLISION_FIX)
        first.setdefault(url, source)


_COLLISION_FIX = msg("Rename one of the two files, or give one of the villages a slug.")


def _collision(url: str, other: str) -> Message:
    return msg("The address %(url)s is already taken by %(other)s", url=url, other=other)
