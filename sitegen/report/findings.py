"""What the report tells, without any form: counts, completeness, and findings by weight and topic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from sitegen.checks.missing import Known, completeness
from sitegen.model.election import OfficialTotals
from sitegen.model.summary import KecamatanSummary, Totals
from sitegen.problems import Message, Problem, Verdict, msg

if TYPE_CHECKING:
    from sitegen.pages.index import SiteIndex
    from sitegen.pages.views import Site
    from sitegen.whole import Report

TOPICS: Mapping[str, Message] = {
    "privacy": msg("Personal data"),
    "yaml": msg("Files that cannot be read"),
    "file": msg("Files that cannot be read"),
    "content": msg("Keys and values"),
    "totals": msg("Announced totals"),
    "region": msg("Kecamatan and villages"),
    "tps": msg("TPS and rules of the election"),
    "election": msg("TPS and rules of the election"),
    "numbers": msg("Numbers of TPS"),
    "change": msg("Changes of TPS"),
    "missing": msg("Not known yet"),
    "place": msg("Places that TPS share"),
    "coordinates": msg("Coordinates"),
    "coverage": msg("RT and RW"),
    "kpps": msg("Names of KPPS"),
    "acknowledged": msg("Acknowledgements"),
}
"""Topics by the first part of a code, in the order of the report; everything else is a text or its links."""
TEXTS = msg("News, guides, calendar and links")


class Compared(NamedTuple):
    """A count of the content beside the announced one, if there is one."""

    counted: int
    announced: int | None

    @property
    def differs(self) -> bool:
        """Whether the two are not the same."""
        return self.announced is not None and self.announced != self.counted


@dataclass(frozen=True, slots=True)
class Row:
    """A kecamatan, or the whole."""

    code: str
    name: str
    villages: Compared
    tps: Compared
    voters: Compared
    known: Mapping[str, Known]
    is_broken: bool
    """Whether it has errors, so that its counts are not complete."""


class Group(NamedTuple):
    """Findings of one topic."""

    title: Message
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """A whole report. Without ``site`` (its own files have problems) there are no rows, and no whole. ``names`` holds
    the villages that findings are about, by code."""

    totals: Totals
    kecamatan: int
    pages: int
    verdict: Verdict
    site: Site | None = None
    rows: tuple[Row, ...] = ()
    whole: Row | None = None
    names: Mapping[str, Message] = field(default_factory=dict)

    def what(self, problem: Problem) -> Message:
        """What is wrong, with the village in front, which a reader without the file would not know."""
        name = self.names.get(problem.place)
        return msg("%(village)s: %(what)s", village=name, what=problem.what) if name else problem.what


def report_of(report: Report, index: SiteIndex | None) -> CheckReport:
    """The report of a check of everything."""
    counts = (report.totals, report.kecamatan, report.pages, report.verdict)
    if index is None:
        return CheckReport(*counts)
    official = index.site.election.official_totals
    broken = {problem.path.rpartition("/")[0] for problem in report.verdict.errors}
    slug = index.site.election_slug
    rows = tuple(_row(one, official, _is_broken(f"{slug}/tps/{one.slug}", broken)) for one in index.kecamatan)
    names = {
        code: msg("%(village)s, Kec. %(kecamatan)s", village=village.name, kecamatan=kecamatan.name)
        for code in {problem.place for problem in report.verdict.problems} & index.villages.keys()
        for kecamatan, village in [index.villages[code]]
    }
    return CheckReport(*counts, index.site, rows, _whole(index, official, rows), names)


def _is_broken(folder: str, folders: Iterable[str]) -> bool:
    return any(found.endswith(f"/{folder}") for found in folders)


def _tps(totals: Totals, announced: int | None) -> Compared:
    return Compared(totals.tps_beside(announced), announced)


def _row(one: KecamatanSummary, official: OfficialTotals | None, is_broken: bool) -> Row:
    kecamatan = official.kecamatan if official else ()
    announced = next((known for known in kecamatan if known.code == one.code), None)
    return Row(
        one.code,
        one.name,
        Compared(one.totals.villages, announced.villages if announced else None),
        _tps(one.totals, announced.tps if announced else None),
        Compared(one.totals.voters, announced.voters if announced else None),
        completeness([one]),
        is_broken,
    )


def _whole(index: SiteIndex, official: OfficialTotals | None, rows: Sequence[Row]) -> Row:
    region, totals = index.site.config.region, index.totals
    return Row(
        region.code,
        region.short_name,
        Compared(totals.villages, official.villages if official else None),
        _tps(totals, official.tps if official else None),
        Compared(totals.voters, official.voters.total if official else None),
        completeness(index.kecamatan),
        any(row.is_broken for row in rows),
    )


def groups(problems: Iterable[Problem]) -> tuple[Group, ...]:
    """``problems`` by topic, in the order of ``TOPICS``."""
    titles = list(dict.fromkeys([*TOPICS.values(), TEXTS]))
    found: dict[Message, list[Problem]] = {title: [] for title in titles}
    for problem in sorted(problems, key=lambda problem: problem.code):
        found[TOPICS.get(problem.code.partition(".")[0], TEXTS)].append(problem)
    return tuple(Group(title, tuple(found[title])) for title in titles if found[title])


def sections(verdict: Verdict) -> tuple[tuple[Message, Message, tuple[Group, ...]], ...]:
    """Title, meaning and findings of each weight that has any, the heaviest first."""
    parts = (
        (
            msg("Errors"),
            msg("They stop publishing. Those with a code beside them can be acknowledged with a reason."),
            verdict.errors,
        ),
        (
            msg("Warnings"),
            msg("They do not stop publishing: mend them, or acknowledge them with a reason in acknowledged.yaml."),
            verdict.warnings,
        ),
        (msg("Notes"), msg("Nothing is wrong; they help to look at the whole."), verdict.notes),
        (msg("Acknowledged"), msg("The office accepts these, with the reason beside."), verdict.acknowledged),
    )
    return tuple((title, meaning, groups(problems)) for title, meaning, problems in parts if problems)


def result(verdict: Verdict) -> Message:
    """Whether it can be published."""
    if verdict.errors:
        return msg("Cannot be published before the errors are mended")
    return msg("Can be published, with warnings") if verdict.warnings else msg("Can be published")


def counted(verdict: Verdict) -> Message:
    """How many findings there are."""
    return msg(
        "%(errors)s errors, %(warnings)s warnings, %(notes)s notes, %(acknowledged)s acknowledged",
        errors=len(verdict.errors),
        warnings=len(verdict.warnings),
        notes=len(verdict.notes),
        acknowledged=len(verdict.acknowledged),
    )


def title(site: Site) -> Message:
    """Whose content was checked."""
    return msg(
        "%(region)s · %(election)s · data as of %(moment)s",
        region=site.config.region.name,
        election=site.election.name,
        moment=site.election.data_as_of,
    )
