"""The flow from content to publication: one direction, two stages. First every shard by itself, then
the site from what the shards tell of themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sitegen import hierarchy
from sitegen.checks.acknowledged import STOPPING, Acknowledgements, about, check_codes, check_used
from sitegen.checks.lookalikes import lookalikes
from sitegen.checks.references import check_addresses, check_folders, check_kecamatan
from sitegen.checks.site import check_guides, check_site
from sitegen.checks.unexplained import UNEXPLAINED
from sitegen.content.documents import Loader
from sitegen.content.site import CONFIG, NewsFile, SiteContent, read_site
from sitegen.content.sources import ShardFiles, Sources, find, latest_election
from sitegen.history.data import Data, Past, publish_data
from sitegen.history.manifest import MANIFEST, SUMS
from sitegen.history.previous import previous_at
from sitegen.history.tell import CHANGES_PATH, NOTHING_TOLD, tell
from sitegen.keys import key_of
from sitegen.ledger import Entry, Keys, Ledger, ShardKey
from sitegen.model.config import SiteConfig
from sitegen.model.summary import KecamatanSummary, Totals
from sitegen.output.archive import archive_of, archived
from sitegen.output.assets import STATIC, assets, published
from sitegen.output.change_feeds import CHANGES_ATOM
from sitegen.output.exports import TABLES
from sitegen.output.feeds import ATOM
from sitegen.output.publication import Outlet, Publication, Stage
from sitegen.output.search_index import SearchIndex, search_index
from sitegen.output.site import NO_ADMIN, AdminFiles, copy_files, rest, write_files, write_pages
from sitegen.pages import urls
from sitegen.pages.changes import Chain
from sitegen.pages.index import SiteIndex, plan_index
from sitegen.pages.shard import Extras
from sitegen.pages.site import Texts, site_view, texts
from sitegen.pages.views import Assets, Site
from sitegen.parts import below, notices, place_of_part, require_parts
from sitegen.privacy.declared import Declared
from sitegen.privacy.gate import Gate, all_declared, check_texts
from sitegen.problems import ContentError, Message, Problem, Severity, UsageError, Verdict, msg
from sitegen.render.environment import TEMPLATES, load_templates
from sitegen.render.pages import targets
from sitegen.shards import Claim, ShardJob, ShardResult, ShardWork, build_shard
from sitegen.stopwatch import Timed, counted, stage
from sitegen.tasks import run

if TYPE_CHECKING:
    from sitegen.report.findings import CheckReport

GENERATOR = (Path(__file__).parent, TEMPLATES, STATIC)
"""Folders of the generator itself."""
DATA_FILES = frozenset(f"data/{table.name}.{form}" for table in TABLES for form in ("csv", "json"))


@dataclass(frozen=True, slots=True)
class Options:
    """Where a site lies and how to build it. ``base_url`` overrides the configuration's; ``archive`` asks for a
    ZIP file beside the output folder; ``clean`` makes everything anew, whatever the last build left. ``only`` makes a
    part: the kecamatan below this code; ``merge`` names parts that a build of the whole site may take them from.
    ``previous`` names the publication before: folder, file or git commit. ``drafts`` shows unfinished news."""

    config: Path
    content: Path
    out: Path
    jobs: int = 1
    base_url: str | None = None
    archive: bool = False
    clean: bool = False
    only: str | None = None
    merge: tuple[Path, ...] = ()
    previous: str | None = None
    drafts: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What a build or check found; ``pages`` counts the planned pages of one language."""

    totals: Totals
    kecamatan: int
    pages: int
    verdict: Verdict
    notices: tuple[Message, ...] = ()
    """What is worth saying of this run, and not of the content."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of the site itself; ``config`` is None when it has problems."""

    sources: Sources
    config: SiteConfig | None
    content: SiteContent
    problems: tuple[Problem, ...]
    declared: Declared


class Run(NamedTuple):
    """A run, and what its pages were planned from; None when the site itself has problems."""

    report: Report
    site: SiteIndex | None


Watch = Callable[[Iterable[ShardResult], int], Iterable[ShardResult]]
"""Passes results on while it shows how many of the total have come."""


def build(options: Options, watch: Watch | None = None) -> Report:
    """Build the whole site, or a part of it, and publish it to ``options.out``.

    Raises:
        ContentError: the content has errors; nothing was published.
        UsageError: there is no site, or a folder cannot be used.
    """
    if options.archive and options.only is not None:
        raise UsageError(msg("A part cannot be read without the rest of its site; leave out --zip"))
    if options.previous and options.only is not None:
        raise UsageError(msg("A part is not published by itself; name --previous where all parts are put together"))
    archive = archive_of(options.out) if options.archive else None
    require_parts(options.merge)
    publication = _publication(options)
    _require(options.config, options.content)
    with previous_at(options.previous) as previous:
        digest = previous.digest if previous else ""
        keys = Keys(options.config, options.content, options.base_url, options.only, digest, drafts=options.drafts)
        ledger = Ledger(publication, keys, clean=options.clean, parts=options.merge)
        last: Report | None = ledger.report()
        if last and not archive and not publication.place.exists():  # unless a build that was killed left something
            return last
        return _published(options, watch, publication, ledger, Past(previous, ledger.stage.ledger), archive)


def _published(
    options: Options, watch: Watch | None, publication: Publication, ledger: Ledger, past: Past, archive: Path | None
) -> Report:
    with publication:
        report = _run(options, watch, past, ledger).report
        if report.verdict.errors:
            raise ContentError(list(report.verdict.problems))
        packed = archived(publication.stage.site, archive, publication.place) if archive else nullcontext()
        with packed, stage("publish"):
            if ledger.keys.still_hold():
                publication.publish(ledger.keys.site, keep=ledger.is_usable)
            else:
                publication.publish()  # nobody knows which of two states was read: the next build makes all anew
        return replace(report, notices=notices(ledger.unused))


def _publication(options: Options) -> Publication:
    sources = (options.content, options.config, *GENERATOR)
    if options.only is None:
        return Publication(options.out, *sources)
    part = place_of_part(options.out)
    return Publication(part.site, *sources, ledger=part.ledger)


def check(options: Options, watch: Watch | None = None) -> CheckReport:
    """Read and check everything as ``build`` does, and write nothing; errors are in the report."""
    from tempfile import TemporaryDirectory

    from sitegen.report.findings import report_of

    _require(options.config, options.content)
    with previous_at(options.previous) as previous, TemporaryDirectory() as folder:
        found = _run(options, watch, Past(previous, Path(folder)))
    return report_of(found.report, found.site)


def _run(options: Options, watch: Watch | None, past: Past, ledger: Ledger | None = None) -> Run:
    place = ledger.stage if ledger else None
    reading = _read(options)
    if options.only is not None:
        reading = replace(reading, sources=below(reading.sources, options.only))
    ready = texts(reading.content)
    files = published()
    site = _site(options, reading, assets(files))
    job = _job(reading, ready, site, place, past.parts if ledger or past.previous else None)
    results = _shards(job, reading.sources.shards, options.jobs, ledger)
    shards = list(watch(results, len(reading.sources.shards)) if watch else results)
    problems = [*reading.problems, *(problem for shard in shards for problem in shard.problems)]
    problems += check_kecamatan((shard.summary.code, shard.path) for shard in shards if shard.summary)
    accepted = Acknowledgements(reading.content.accepted)
    if site is None or options.only is not None:
        report = _alone(shards, problems, accepted)
        if ledger and not report.verdict.errors:
            ledger.close(report, ())
        return Run(report, None)
    with stage("index"):
        search = search_index(*_places(shards), (*ready.news, *ready.guides))
    index = _index(site, reading, ready, shards, search)
    gate = Gate(reading.declared)
    is_good = not Verdict.of(list(accepted.apply(problems))).errors
    out = Outlet(place.site, gate) if place and is_good else None
    with stage("exports"):
        told = tell(past.previous, index, past.parts, reading.sources.tps, accepted, out) if is_good else NOTHING_TOLD
        data = publish_data(past, out, index, ledger.keys.content()) if ledger and out else Data()
        chain = Chain(told.recent, data.number)
    problems += told.problems
    with stage("plan"):
        pages = tuple(plan_index(index, data.downloads, chain))
    claims = [*_claims(shards), *map(Claim.of, pages)]
    problems += check_addresses((claim.url, claim.source) for claim in claims)
    editor, missing = _admin(index, options) if ledger else (NO_ADMIN, ())
    problems += missing
    broken = frozenset(shard.slug for shard in shards if shard.is_broken)
    addresses = {claim.url for claim in claims} | _files(index)
    with stage("check"):
        folder = reading.sources.tps
        problems += check_site(reading.content, index, ready.all, addresses, broken, accepted, folder)
        verdict = Verdict.of([*accepted.apply(problems), *_unused(reading.content, accepted, shards, past)])
    report = Report(index.totals, len(index.kecamatan), len(claims), verdict)
    if ledger and out and not verdict.errors:
        kept = ledger.same_index(index)
        digests = [*(shard.digest for shard in shards), write_pages(out, site, pages, kept)]
        with stage("index"):
            listed = [claim.url for claim in claims if claim.listed]
            written = write_files(out, (*editor.own, *rest(index, chain, files, search, listed, digests)))
            written += copy_files(out.folder, editor.theirs)
        folders = [target.folder for target in targets(site)]
        written += [folder + page.url for folder in folders for page in pages]
        report = replace(report, verdict=Verdict.of([*verdict.problems, *gate.problems]))
        ledger.close(report, [*written, *data.paths])
    return Run(report, index)


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


def _shards(job: ShardJob, sources: Sequence[ShardFiles], jobs: int, ledger: Ledger | None) -> Iterator[ShardResult]:
    """Results of all shards in their order. What did not change since the last build is not made again."""
    if ledger is None or job.site is None:
        yield from _made(job, list(map(ShardWork, sources)), jobs)
        return
    others = key_of(job.site.election_slug, job.site.election, job.site.as_of.date())
    now = {files.slug: partial(_key, ledger.keys, job, others, files) for files in sources}
    with stage("keep"):
        ledger.begin(now)
        kept = {slug: result for slug, key in now.items() if (result := ledger.kept(slug, key))}
        changed = [files for files in sources if files.slug not in kept]
        work = [ShardWork(files, ledger.unchanged(files.slug, now[files.slug])) for files in changed]
    made = _made(job, work, jobs)
    folders = tuple(target.folder for target in targets(job.site))
    for files in sources:
        result = kept.get(files.slug)
        if result is None:
            result = next(made)
            if result.summary:
                ledger.note(Entry(now[files.slug](result.summary.code), result, folders))
        yield result


def _key(keys: Keys, job: ShardJob, others: str, files: ShardFiles, code: str) -> ShardKey:
    """Key of a shard whose kecamatan has this code."""
    return keys.shard(files, (others, job.extras.of(code), about(job.accepted, code)))


def _made(job: ShardJob, work: Sequence[ShardWork], jobs: int) -> Iterator[ShardResult]:
    if job.site and job.stage and work:
        for target in targets(job.site):
            load_templates(target.language)
    return counted(run(Timed(partial(build_shard, job)), work, jobs))


def _require(*paths: Path) -> None:
    for path in paths:
        if not path.exists():
            raise UsageError(
                msg(
                    "There is no %(path)s here; run the command in the folder of a site, "
                    "or name it with --config and --content",
                    path=str(path),
                )
            )


def _read(options: Options) -> Reading:
    loader = Loader()
    config = loader.yaml(options.config, CONFIG)
    # Without a configuration the latest election is checked, so that all problems come out in one run.
    sources = find(options.content, config.data.election if config else latest_election(options.content))
    content = read_site(sources, loader)
    problems = [*sources.problems, *loader.problems, *check_texts(loader.texts, loader.trees), *check_folders(sources)]
    problems += lookalikes(loader.texts)
    problems += check_guides({guide.slug for guide in content.guides}, options.content / "pages")
    if content.acknowledged:
        problems += check_codes(content.acknowledged)
    if not options.drafts:
        problems += map(_left_out, content.drafts)
        content = content.without_drafts()
    return Reading(sources, config.data if config else None, content, tuple(problems), all_declared(loader.trees))


def _left_out(draft: NewsFile) -> Problem:
    return draft.document.problem(
        "news.draft",
        msg("The news item is a draft and is not published"),
        msg("Take out the line draft when it is finished."),
        "draft",
        severity=Severity.WARNING,
    )


def _site(options: Options, reading: Reading, found: Assets) -> Site | None:
    config, election = reading.config, reading.content.election
    if config is None or election is None:
        return None
    if options.base_url:
        config = replace(config, base_url=options.base_url)
    schedule = reading.content.schedule
    return site_view(config, election.data, schedule.data if schedule else None, found)


def _job(reading: Reading, ready: Texts, site: Site | None, stage: Stage | None, parts: Path | None) -> ShardJob:
    election = reading.content.election
    return ShardJob(
        site=site,
        election=election.data if election else None,
        region=reading.config.region.code if reading.config else None,
        extras=Extras(tuple(item for item in ready.news if item.head.villages)),
        stage=stage,
        parts=parts,
        declared=reading.declared,
        accepted=tuple(entry for entry in reading.content.accepted if entry.code in STOPPING),
    )


def _places(shards: Sequence[ShardResult]) -> tuple[list[KecamatanSummary], dict[str, str]]:
    """All kecamatan, and the names of kabupaten and kota if they lie in several."""
    found = [shard.summary for shard in shards if shard.summary]
    if len({summary.code[:5] for summary in found}) < 2:
        return found, {}
    provinces = {summary.code[:2] for summary in found}
    areas = hierarchy.regencies(provinces.pop() if len(provinces) == 1 else "")
    return found, {area.code: area.name for area in areas}


def _index(site: Site, reading: Reading, ready: Texts, shards: Sequence[ShardResult], search: SearchIndex) -> SiteIndex:
    schedule = reading.content.schedule
    return SiteIndex(
        site=site,
        kecamatan=tuple(sorted((s.summary for s in shards if s.summary), key=lambda s: (s.name.casefold(), s.code))),
        news=ready.news,
        guides=ready.guides,
        schedule=schedule.data if schedule else None,
        search_url=search.root,
    )
