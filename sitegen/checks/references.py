"""Things that name other things: villages, TPS, ballots and addresses across the whole site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sitegen.content.documents import Document
from sitegen.content.site import NewsFile
from sitegen.content.sources import Sources
from sitegen.model.election import Schedule
from sitegen.model.summary import KecamatanSummary, VillageSummary
from sitegen.problems import Message, Problem, msg

Villages = Mapping[str, tuple[KecamatanSummary, VillageSummary]]


def check_schedule(schedule: Document[Schedule], villages: Villages) -> Iterator[Problem]:
    """Stages that end before they begin, and sessions that cannot be."""
    for index, stage in enumerate(schedule.data.stages):
        if stage.end and stage.end < stage.start:
            what, fix = msg("The stage ends before it begins"), msg("Check start and end.")
            yield schedule.problem("schedule.end", what, fix, "stages", index, "end")
        yield from _sessions(schedule, index, villages)


def _sessions(schedule: Document[Schedule], index: int, villages: Villages) -> Iterator[Problem]:
    stage = schedule.data.stages[index]
    for position, session in enumerate(stage.sessions):
        at = ("stages", index, "sessions", position)
        for number, code in enumerate(session.villages):
            if code not in villages:
                yield _village(schedule, code, *at, "villages", number)
        if session.date < stage.start or (stage.end and session.date > stage.end):
            what = msg("%(day)s does not lie within the stage", day=session.date)
            yield schedule.problem("schedule.session", what, msg("Check date, start and end."), *at, "date")
        if session.opens and session.closes and session.closes <= session.opens:
            what, fix = msg("The session ends before it begins"), msg("Check opens and closes.")
            yield schedule.problem("schedule.session", what, fix, *at, "closes")


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


def check_folders(sources: Sources) -> Iterator[Problem]:
    """Folders of TPS of no kecamatan."""
    for folder in sources.stray:
        yield Problem(
            str(folder),
            0,
            "tps.unknown-kecamatan",
            msg("There is no kecamatan %(name)s in content/regions", name=folder.name),
            msg("Rename the folder like the file of its kecamatan, or add that file."),
        )
