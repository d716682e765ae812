"""One shard from its files to its pages, knowing nothing of any other shard. Runs in any process."""

from __future__ import annotations

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
from sitegen.output.site import Kept, write_pages
from sitegen.pages.page import Page
from sitegen.pages.shard import Extras, plan_shard
from sitegen.pages.views import Site
from sitegen.privacy.declared import NOTHING, Declared
from sitegen.privacy.gate import Gate, check_texts
from sitegen.problems import Problem
from sitegen.stopwatch import stage


class Claim(NamedTuple):
    """A page as the whole site sees it: its address, the file it comes from, and whether it is listed."""

    url: str
    source: str
    listed: bool

    @classmethod
    def of(cls, page: Page) -> Claim:
        """The claim that ``page`` makes."""
        return cls(page.url, page.source, page.listed)


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


@dataclass(frozen=True, slots=True)
class ShardResult:
    """What a shard tells of itself; no summary when it could not be read."""

    election: str
    slug: str
    path: str
    problems: tuple[Problem, ...]
    summary: KecamatanSummary | None = None
    claims: tuple[Claim, ...] = ()
    addresses: str = ""
    """Key of the addresses of its pages."""
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
    claims = tuple(map(Claim.of, plan.pages))
    addresses = key_of([claim.url for claim in claims])
    result = ShardResult(files.election, files.slug, path, tuple(problems), plan.summary, claims, addresses)
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
