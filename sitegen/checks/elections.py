"""Several elections on one site: which are past, and whether they are over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sitegen.content.documents import Document
from sitegen.content.village import VillageFiles
from sitegen.model.election import Election
from sitegen.model.summary import VillageSummary
from sitegen.model.tps import Previously
from sitegen.pages.index import SiteIndex
from sitegen.pages.views import Site
from sitegen.problems import Message, Problem, Severity, msg


def is_earlier(election: Election, current: Site) -> bool:
    """Whether ``election`` comes before the one that is ``current``."""
    return election.date < current.election.date


def not_current(document: Document[Election], current: Site) -> Problem:
    """That an election is prepared and not published."""
    return document.problem(
        "election.later",
        msg("%(name)s is not published: it is not earlier than %(current)s, the current election",
            name=document.data.name, current=current.election.name),
        msg("Make it the current one when it is ready: election: %(slug)s in site_config.yaml.",
            slug=Path(document.path).parent.name),
        "date",
        severity=Severity.WARNING,
    )  # fmt: skip


def check_over(document: Document[Election], current: Site) -> Iterator[Problem]:
    """A past election whose day has not passed by the data: its pages would say that it is over."""
    if document.data.date >= current.as_of.date():
        yield document.problem(
            "election.not-over",
            msg("%(name)s is not over by the data of %(current)s (%(as_of)s)",
                name=document.data.name, current=current.election.name, as_of=current.as_of),
            msg("Keep it as the current election until then, or correct data_as_of of %(current)s.",
                current=current.election.name),
            "date",
        )  # fmt: skip


def check_votes_over(earlier: SiteIndex, current: Site, folder: Path) -> Iterator[Problem]:
    """The same of votes of single TPS on days of their own. ``folder`` holds the past election's folders of TPS."""
    files = VillageFiles(folder)
    for one in earlier.changed:
        days = [view.vote.date for view in one.state.votes if view.vote and view.vote.date]
        if days and max(days) >= current.as_of.date():
            path, line = files.line(one.kecamatan.slug, one.village.code, one.tps.number)
            what = msg("TPS %(number)s still votes on %(day)s, after the data of %(current)s",
                       number=one.tps.number, day=max(days), current=current.election.name)  # fmt: skip
            fix = msg("Keep %(name)s as the current election until then, or correct data_as_of of %(current)s.",
                      name=earlier.site.election.name, current=current.election.name)  # fmt: skip
            yield Problem(path, line, "election.not-over", what, fix, place=one.village.code, tps=(one.tps.number,))


def check_previously(index: SiteIndex, folder: Path, uncertain: tuple[str, ...]) -> Iterator[Problem]:
    """TPS that name TPS of an earlier election which did not exist. ``folder`` holds the folders of TPS; of addresses
    that begin with one of ``uncertain`` nothing is known."""
    files = VillageFiles(folder)
    for shard, village in index.villages.values():
        for tps in village.noted:
            for position, one in enumerate(tps.previously):
                if found := _unknown(one, village, index, uncertain):
                    path, line = files.line(shard.slug, village.code, tps.number, "previously", position)
                    yield Problem(path, line, "tps.previously", *found, place=village.code, tps=(tps.number,))


def _unknown(
    one: Previously, village: VillageSummary, index: SiteIndex, uncertain: tuple[str, ...]
) -> tuple[Message, Message] | None:
    """What is wrong with ``one``, and how to mend it."""
    if f"{one.election}/".startswith(uncertain):
        return None
    earlier = next((found for found in index.earlier if found.site.election_slug == one.election), None)
    if earlier is None:
        known = ", ".join(slug for slug, _ in index.site.earlier) or "–"
        return (
            msg('"%(slug)s" is no earlier election of this site', slug=one.election),
            msg("Earlier elections here: %(slugs)s. Correct the name, or remove the line.", slugs=known),
        )
    _, then = earlier.villages.get(village.code, (None, None))
    numbers = then.numbers if then else ()
    missing = [str(number) for number in one.tps if number not in numbers]
    if not missing or (then and then.url.startswith(uncertain)):
        return None
    return (
        msg("%(village)s had no TPS %(numbers)s at %(election)s",
            village=village.name, numbers=", ".join(missing), election=earlier.site.election.name),
        msg("Its TPS then: %(numbers)s.", numbers=", ".join(map(str, numbers)) or "–"),
    )  # fmt: skip
