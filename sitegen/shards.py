"""One shard from its files to its pages, knowing nothing of any other shard. Runs in any process."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from sitegen.checks.acknowledged import acknowledge
from sitegen.checks.lookalikes import lookalikes
from sitegen.checks.shard import check_shard
from sitegen.content.documents import Loader
from sitegen.content.shard import read_shard
from sitegen.content.sources import ShardFiles, shard_name
from sitegen.keys import key_of
from sitegen.model.acknowledged import Acknowledgement
from sitegen.model.election import Election
from sitegen.model.summary import KecamatanSummary
from sitegen.output.exports import write_parts
from sitegen.output.publication import Outlet, Stage
from sitegen.output.search_index import search_key
from sitegen.output.site import Kept, write_pages
from sitegen.pages.page import Page
from sitegen.pages.rows import lists_key
from sitegen.pages.shard import Extras, plan_shard
from sitegen.pages.views import Site
from sitegen.privacy.declared import NOTHING, Declared
from sitegen.privacy.gate import Gate, check_texts
from sitegen.problems import Problem
from sitegen.stopwatch import stage


class Claim(NamedTuple):
    """Addresses of the pages that come from one content file, as the whole site sees them: those that are listed in the
    sitemap, and the others."""

    source: str
    listed: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def urls(self) -> tuple[str, ...]:
        """All the addresses."""
        return self.listed + self.others


def claims_of(pages: Iterable[Page]) -> tuple[Claim, ...]:
    """What ``pages`` claim, one claim a content file."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for page in pages:
        listed, others = found.setdefault(page.source, ([], []))
        (listed if page.listed else others).append(page.url)
    return tuple([Claim(source, tuple(listed), tuple(others)) for source, (listed, others) in found.items()])


def key_of_addresses(claims: Iterable[Claim]) -> str:
    """A key of the addresses in ``claims``, and of which are listed."""
    return key_of([(claim.listed, claim.others) for claim in claims])


@dataclass(frozen=True, slots=True)
class ShardJob:
    """What every shard is given besides its own files. Without ``stage`` no page is written, without the folder
    ``parts`` no row of the data files; without ``site``, ``election`` or ``region`` (their files have problems) a shard
    is read and checked as far as that goes. ``accepted`` are the acknowledgements of errors, which decide whether it is
    rendered; ``declared`` is what the site's own files declare as no personal data."""

    site: Site | None
    election: Election | None
    region: str | None
    extras: Extras
    stage: Stage | None
    parts: Path | None
    accepted: tuple[Acknowledgement, ...] = ()
    declared: Declared = NOTHING


class SummaryKeys(NamedTuple):
    """Keys of what the whole site makes of a shard: what lists and its own page show of it, what the search tells, and
    its addresses. Where all of a kind are the same as before, so is what is made of them."""

    lists: str = ""
    search: str = ""
    addresses: str = ""


_NO_KEYS = SummaryKeys()


@dataclass(frozen=True, slots=True)
class ShardResult:
    """What a shard tells of itself; no summary when it could not be read."""

    election: str
    slug: str
    path: str
    problems: tuple[Problem, ...]
    summary: KecamatanSummary | None = None
    claims: tuple[Claim, ...] = ()
    keys: SummaryKeys = _NO_KEYS
    digest: str = ""
    """Digest of the pages that were written."""
    rows: tuple[str, ...] = ()
    """Keys of the files with its rows that were written."""

    @property
    def name(self) -> str:
        """What the shard is called."""
        return shard_name(self.election, self.slug)

    @property
    def is_broken(self) -> bool:
        """Whether it has errors, so that nothing can be concluded from what it tells."""
        return any(problem.stops for problem in self.problems)


class ShardWork(NamedTuple):
    """A shard to build: its files, and pages that need not be made again."""

    files: ShardFiles
    kept: Kept | None = None


def build_shard(job: ShardJob, work: ShardWork) -> ShardResult:
    """Read, check, plan, render and write one shard. A shard with errors is not rendered."""
    files, loader = work.files, Loader()
    with stage("read"):
        shard = read_shard(files, loader)
    path = str(files.kecamatan)
    with stage("check"):
        problems = [*loader.problems, *check_texts(loader.texts, loader.trees, job.declared), *lookalikes(loader.texts)]
        if shard:
            found = check_shard(shard, job.election, job.region)
            problems += (acknowledge(problem, job.accepted) for problem in found)
    if shard is None or job.site is None:
        return ShardResult(files.election, files.slug, path, tuple(problems))
    with stage("plan"):
        plan = plan_shard(job.site, shard, job.extras)
        claims = claims_of(plan.pages)
        keys = SummaryKeys(lists_key(plan.summary), search_key(plan.summary), key_of_addresses(claims))
    result = ShardResult(files.election, files.slug, path, tuple(problems), plan.summary, claims, keys)
    if result.is_broken:
        return result
    gate = Gate(job.declared, loader.trees)
    if job.parts:
        with stage("exports"):
            rows = write_parts(Outlet(job.parts, gate, path), job.site, files.name, plan)
            result = replace(result, rows=rows)
    if job.stage:
        digest = write_pages(Outlet(job.stage.site, gate), job.site, plan.pages, work.kept)
        result = replace(result, digest=digest)
    return replace(result, problems=(*problems, *gate.problems))
