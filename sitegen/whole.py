"""The second stage of a run: the site from what its shards tell of themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sitegen import hierarchy
from sitegen.checks.acknowledged import Acknowledgements, check_used
from sitegen.checks.references import check_addresses, check_kecamatan
from sitegen.checks.site import check_site
from sitegen.checks.unexplained import UNEXPLAINED
from sitegen.content.site import SiteContent
from sitegen.history.data import Data, Past, publish_data
from sitegen.history.manifest import MANIFEST, SUMS
from sitegen.history.tell import CHANGES_PATH, NOTHING_TOLD, tell
from sitegen.ledger import Ledger
from sitegen.material import Material
from sitegen.model.summary import KecamatanSummary, Totals
from sitegen.options import Options
from sitegen.output.change_feeds import CHANGES_ATOM
from sitegen.output.exports import TABLES
from sitegen.output.feeds import ATOM
from sitegen.output.search_index import SearchIndex, search_index
from sitegen.output.shared import SharedOutlet
from sitegen.output.site import NO_ADMIN, AdminFiles, copy_files, rest, write_files, write_shared_pages
from sitegen.pages import urls
from sitegen.pages.changes import Chain
from sitegen.pages.index import SiteIndex, plan_index
from sitegen.pages.views import Site
from sitegen.privacy.gate import Gate
from sitegen.problems import Message, Problem, Verdict
from sitegen.shards import Claim, ShardResult
from sitegen.stopwatch import stage

DATA_FILES = frozenset(f"data/{table.name}.{form}" for table in TABLES for form in ("csv", "json"))


@dataclass(frozen=True, slots=True)
class Report:
    """What a build or check found; ``pages`` counts the planned pages of one language."""

    totals: Totals
    kecamatan: int
    pages: int
    verdict: Verdict
    notices: tuple[Message, ...] = ()
    """What is worth saying of this run, and not of the content."""


class Run(NamedTuple):
    """A run, and what its pages were planned from; None when the site itself has problems."""

    report: Report
    site: SiteIndex | None


def finish(
    options: Options, material: Material, shards: Sequence[ShardResult], past: Past, ledger: Ledger | None
) -> Run:
    """Check everything together and, with a ``ledger``, write all that is not a shard's, if nothing is wrong."""
    problems = [*material.problems, *(problem for shard in shards for problem in shard.problems)]
    problems += check_kecamatan((shard.summary.code, shard.path) for shard in shards if shard.summary)
    accepted = Acknowledgements(material.content.accepted)
    if material.site is None or options.only is not None:
        report = _alone(shards, problems, accepted)
        if ledger and not report.verdict.errors:
            ledger.close(report, {})
        return Run(report, None)
    return _Whole(options, material, material.site, shards, past, ledger, problems, accepted).run()


@dataclass
class _Whole:
    """A site whose shards are there; ``problems`` grow step by step."""

    options: Options
    material: Material
    site: Site
    shards: Sequence[ShardResult]
    past: Past
    ledger: Ledger | None
    problems: list[Problem]
    accepted: Acknowledgements

    def run(self) -> Run:
        """Index, data, plan, checks, and the rest of the files."""
        with stage("index"):
            search = search_index(*_places(self.shards), (*self.material.texts.news, *self.material.texts.guides))
        index = _index(self.site, self.material, self.shards, search)
        out = self._outlet()
        data, chain = self._data(index, out)
        with stage("plan"):
            pages = tuple(plan_index(index, data.downloads, chain))
        claims = [*_claims(self.shards), *map(Claim.of, pages)]
        editor, missing = _admin(index, self.options) if self.ledger else (NO_ADMIN, ())
        self.problems += missing
        verdict = self._checked(index, claims)
        if self.ledger and out and not verdict.errors:
            digests = [*(shard.digest for shard in self.shards), write_shared_pages(out, self.site, pages)]
            with stage("index"):
                listed = [claim.url for claim in claims if claim.listed]
                write_files(out, (*editor.own, *rest(index, chain, self.material.files, search, listed, digests)))
                copy_files(out, editor.theirs)
            verdict = Verdict.of([*verdict.problems, *out.gate.problems])
            report = Report(index.totals, len(index.kecamatan), len(claims), verdict)
            self.ledger.close(report, out.made)
            return Run(report, index)
        return Run(Report(index.totals, len(index.kecamatan), len(claims), verdict), index)

    def _outlet(self) -> SharedOutlet | None:
        """Where to write, if anything shall and may be written."""
        if self.ledger is None or not self._is_good():
            return None
        return self.ledger.shared(Gate(self.material.declared))

    def _is_good(self) -> bool:
        return not Verdict.of(list(self.accepted.apply(self.problems))).errors

    def _data(self, index: SiteIndex, out: SharedOutlet | None) -> tuple[Data, Chain]:
        """The data files, and the log of changes with what it found."""
        if not self._is_good():
            return Data(), Chain(NOTHING_TOLD.recent, Data().number)
        past, folder = self.past, self.material.sources.tps
        with stage("exports"):
            told = tell(past.previous, index, past.parts, folder, self.accepted, out)
            data = Data()
            if self.ledger and out:
                rows = {shard.slug: shard.rows for shard in self.shards}
                data = publish_data(past, out, index, rows, self.ledger.keys.content())
        self.problems += told.problems
        return data, Chain(told.recent, data.number)

    def _checked(self, index: SiteIndex, claims: Sequence[Claim]) -> Verdict:
        """All problems, without those that are acknowledged."""
        self.problems += check_addresses((claim.url, claim.source) for claim in claims)
        broken = frozenset(shard.slug for shard in self.shards if shard.is_broken)
        addresses = {claim.url for claim in claims} | _files(index)
        content, material = self.material.content, self.material
        with stage("check"):
            self.problems += check_site(
                content, index, material.texts.all, addresses, broken, self.accepted, material.sources.tps
            )
            unused = _unused(content, self.accepted, self.shards, self.past)
            return Verdict.of([*self.accepted.apply(self.problems), *unused])


def _unused(
    content: SiteContent, accepted: Acknowledgements, shards: Sequence[ShardResult], past: Past
) -> Iterator[Problem]:
    """Acknowledgements that nothing needs any more, as far as all kecamatan could be read. Whether a change needs one
    can only be said beside the publication before."""
    broken = [shard.summary for shard in shards if shard.is_broken]
    known = [summary.code for summary in broken if summary]
    if content.acknowledged and len(known) == len(broken):
        unknown = () if past.previous else (UNEXPLAINED,)
        yield from check_used(content.acknowledged, accepted, known, unknown)


def _admin(index: SiteIndex, options: Options) -> tuple[AdminFiles, tuple[Problem, ...]]:
    """Files of ``/admin/`` if the site wants it, or what stands in the way."""
    admin = index.site.config.admin
    if admin is None:
        return NO_ADMIN, ()
    from sitegen.output.admin import EditorMissing, admin_files

    try:
        return admin_files(index, admin, _in_repository(options.content)), ()
    except EditorMissing as error:
        return NO_ADMIN, (Problem(str(options.config), 0, "admin.editor", error.what, error.fix),)


def _in_repository(folder: Path) -> str:
    """A folder as the repository knows it: commands are run at its top."""
    return folder.name if folder.is_absolute() else folder.as_posix()


def _alone(shards: Sequence[ShardResult], problems: list[Problem], accepted: Acknowledgements) -> Report:
    """What is known of shards without the site around them: in a part, or where there is no configuration."""
    claims = list(_claims(shards))
    problems += check_addresses((claim.url, claim.source) for claim in claims)
    totals = Totals.sum(shard.summary.totals for shard in shards if shard.summary)
    return Report(totals, len(shards), len(claims), Verdict.of(list(accepted.apply(problems))))


def _claims(shards: Iterable[ShardResult]) -> Iterator[Claim]:
    return (claim for shard in shards if not shard.is_broken for claim in shard.claims)


def _files(index: SiteIndex) -> frozenset[str]:
    """Files beside the pages that a text may link to."""
    election = index.site.election_slug
    calendars = {urls.voting_day_file(election)} | ({urls.schedule_file(election)} if index.stages else set())
    return DATA_FILES | {ATOM, CHANGES_ATOM, CHANGES_PATH, MANIFEST, SUMS} | calendars


def _places(shards: Sequence[ShardResult]) -> tuple[list[KecamatanSummary], dict[str, str]]:
    """All kecamatan, and the names of kabupaten and kota if they lie in several."""
    found = [shard.summary for shard in shards if shard.summary]
    if len({summary.code[:5] for summary in found}) < 2:
        return found, {}
    provinces = {summary.code[:2] for summary in found}
    areas = hierarchy.regencies(provinces.pop() if len(provinces) == 1 else "")
    return found, {area.code: area.name for area in areas}


def _index(site: Site, material: Material, shards: Sequence[ShardResult], search: SearchIndex) -> SiteIndex:
    schedule = material.content.schedule
    return SiteIndex(
        site=site,
        kecamatan=tuple(sorted((s.summary for s in shards if s.summary), key=lambda s: (s.name.casefold(), s.code))),
        news=material.texts.news,
        guides=material.texts.guides,
        schedule=schedule.data if schedule else None,
        search_url=search.root,
    )
