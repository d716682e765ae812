"""Hours of the vote: guides may only tell those that the election has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sitegen.content.documents import Document
from sitegen.content.site import GuideFile
from sitegen.model.election import Election
from sitegen.problems import Problem, msg

_HOURS = re.compile(r"\bpukul\s+(\d{2}[.:]\d{2})(?:\s*[–-]\s*(\d{2}[.:]\d{2}))?")
_RULES = ("moved_voters_from", "unlisted_voters_from")


def check_guide_hours(election: Document[Election], guides: Sequence[GuideFile]) -> Iterator[Problem]:
    """Hours that are no hours of the vote, in the guides that answer a voter's question."""
    known = _known(election.data)
    for guide in guides:
        if guide.document.data.question:
            yield from _guide(guide.document.path, _lines(guide), known)


def check_hours(election: Document[Election]) -> Iterator[Problem]:
    """Hours of an election's rules that are no hours of its vote."""
    for key in _RULES:
        hour = getattr(election.data.rules, key)
        if hour is not None and not election.data.opens <= hour < election.data.closes:
            yield election.problem(
                "election.hour", msg("The hour lies outside the hours of the vote"),
                msg("Check it, and opens and closes of the election."), "rules", key,
            )  # fmt: skip


def _known(election: Election) -> list[str]:
    hours = {election.opens, election.closes, *(getattr(election.rules, key) for key in _RULES)} - {None}
    return [f"{hour:%H.%M}" for hour in sorted(hours)]


def _lines(guide: GuideFile) -> Iterator[tuple[int, str]]:
    yield guide.document.line("summary"), guide.document.data.summary
    yield from enumerate(guide.document.body.splitlines(), guide.document.body_line)


def _guide(path: str, lines: Iterator[tuple[int, str]], known: list[str]) -> Iterator[Problem]:
    fix = msg("Hours in election.yaml: %(hours)s. Correct the guide or the election.", hours=", ".join(known))
    for number, text in lines:
        hours = [hour for found in _HOURS.finditer(text) for hour in found.groups() if hour]
        for hour in hours:
            if hour.replace(":", ".") not in known:
                what = msg("%(hour)s is not an hour of this election", hour=hour)
                yield Problem(path, number, "guide.hour", what, fix)
