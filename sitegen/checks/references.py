"""Things that name other things: villages, TPS, ballots and addresses across the whole site."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sitegen.content.documents import Document
from sitegen.content.site import NewsFile
from sitegen.content.sources import Sources
from sitegen.model.article import NewsKind
from sitegen.model.election import Schedule
from sitegen.model.summary import KecamatanSummary, VillageSummary
from sitegen.model.tps import ChangeKind
from sitegen.problems import Message, Problem, Severity, msg
from sitegen.ranges import listed

Villages = Mapping[str, tuple[KecamatanSummary, VillageSummary]]
"""The villages of an election by their codes, each with its kecamatan."""


def check_schedule(schedule: Document[Schedule], villages: Collection[str]) -> Iterator[Problem]:
    """Stages that end before they begin, and sessions that cannot be."""
    for index, stage in enumerate(schedule.data.stages):
        if stage.end and stage.end < stage.start:
            what, fix = msg("The stage ends before it begins"), msg("Check start and end.")
            yield schedule.problem("schedule.end", what, fix, "stages", index, "end")
        yield from _sessions(schedule, index, villages)


def _sessions(schedule: Document[Schedule], index: int, villages: Collection[str]) -> Iterator[Problem]:
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


def check_dates(news: Sequence[NewsFile]) -> Iterator[Problem]:
    """News that is corrected, or no longer shown first, before its own day."""
    fix = msg("Check the date; the name of the file tells the day of the news item.")
    for item in news:
        head = item.document.data
        if head.pinned_until and head.pinned_until < item.date:
            what = msg("The news item would be shown first only before it appears")
            yield item.document.problem("news.pinned", what, fix, "pinned_until")
        for index, correction in enumerate(head.corrections):
            if correction.date < item.date:
                what = msg("The correction is older than the news item")
                yield item.document.problem("news.correction", what, fix, "corrections", index, "date")


def check_news(news: Sequence[NewsFile], villages: Villages, uncertain: tuple[str, ...]) -> Iterator[Problem]:
    """News that names a village or TPS that does not exist; of TPS at addresses that begin with one of ``uncertain``
    nothing is known."""
    for item in news:
        for index, code in enumerate(item.document.data.villages):
            if code not in villages:
                yield _village(item.document, code, "villages", index)
        for index, tps in enumerate(item.document.data.tps):
            if tps.village not in villages:
                yield _village(item.document, tps.village, "tps", index, "village")
                continue
            _, village = villages[tps.village]
            if tps.number not in village.numbers and not village.url.startswith(uncertain):
                yield item.document.problem(
                    "reference.tps",
                    msg("%(village)s has no TPS %(number)s", village=village.name, number=tps.number),
                    msg("TPS there: %(numbers)s.", numbers=listed(village.numbers) or "–"),
                    *("tps", index, "number"),
                )


_SAID = {
    NewsKind.TPS_CHANGE: (frozenset(ChangeKind), msg("a change")),
    NewsKind.REPEAT_VOTE: (frozenset({ChangeKind.REPEAT_VOTE}), msg("a repeat vote")),
}
"""What a news item of a kind tells of TPS, and what it is called."""


def check_told(news: Sequence[NewsFile], villages: Villages, uncertain: tuple[str, ...]) -> Iterator[Problem]:
    """News of changes and repeat votes of which the page of the TPS says nothing: who looks there goes to the old
    place, or does not vote again. Where only a village is named, one of its TPS is enough."""
    for item in (item for item in news if item.document.data.kind in _SAID):
        head = item.document.data
        kinds, told = _SAID[head.kind]
        named: list[tuple[str, int | None, tuple[str | int, ...]]]
        named = [(code, None, ("villages", index)) for index, code in enumerate(head.villages)]
        named += [(tps.village, tps.number, ("tps", index)) for index, tps in enumerate(head.tps)]
        for code, number, loc in (one for one in named if one[0] in villages):
            _, village = villages[code]
            changed = {
                n for tps in village.noted for one in tps.changes if one.kind in kinds for n in (tps.number, one.into)
            }
            if (number in changed if number else changed) or village.url.startswith(uncertain):
                continue
            place = msg("TPS %(number)s %(village)s", number=number, village=village.name) if number else village.name
            yield item.document.problem(
                "change.untold",
                msg("The news item tells of %(what)s, but the page of %(place)s does not", what=told, place=place),
                msg("Write the decision into the file of the TPS (changes), or correct the news item."),
                *loc, severity=Severity.WARNING, place=code, tps=(number,) if number else (),
            )  # fmt: skip


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
    """Addresses that two pages claim; ``claims`` are pairs of address and source file."""
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
