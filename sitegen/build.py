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
from sitegen.checks.privacy import NUMBERS, personal_data
from sitegen.checks.references import check_addresses, check_kecamatan
from sitegen.checks.site import check_guides, check_site
from sitegen.content.documents import Loader
from sitegen.content.site import CONFIG, SiteContent, read_site
from sitegen.content.sources import ShardFiles, Sources, find, latest_election
from sitegen.keys import key_of
from sitegen.ledger import Entry, Keys, Ledger, ShardKey
from sitegen.model.config import SiteConfig
from sitegen.model.summary import KecamatanSummary, Totals
from sitegen.output.archive import archive_of, archived
from sitegen.output.assets import STATIC, assets, published
from sitegen.output.exports import TABLES
from sitegen.output.feeds import ATOM
from sitegen.output.publication import Publication, Stage
from sitegen.output.search_index import SearchIndex, search_index
from sitegen.output.site import rest, write_data, write_files, write_pages
from sitegen.pages import urls
from sitegen.pages.index import SiteIndex, plan_index
from sitegen.pages.shard import Extras
from sitegen.pages.site import Texts, site_view, texts
from sitegen.pages.views import Assets, Site
from sitegen.problems import ContentError, Problem, UsageError, Verdict, msg
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
    ZIP file beside the output folder; ``clean`` makes everything anew, whatever the last build left."""

    config: Path
    content: Path
    out: Path
    jobs: int = 1
    base_url: str | None = None
    archive: bool = False
    clean: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What a build or check found; ``pages`` counts the planned pages of one language."""

    totals: Totals
    kecamatan: int
    pages: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of the site itself; ``config`` is None when it has problems."""

    sources: Sources
    config: SiteConfig | None
    content: SiteContent
    problems: tuple[Problem, ...]


class Run(NamedTuple):
    """A run, and what its pages were planned from; None when the site itself has problems."""

    report: Report
    site: SiteIndex | None


Watch = Callable[[Iterable[ShardResult], int], Iterable[ShardResult]]
"""Passes results on while it shows how many of the total have come."""


def build(options: Options, watch: Watch | None = None) -> Report:
    """Build the whole site and publish it to ``options.out``.

    Raises:
        ContentError: the content has errors; nothing was published.
        UsageError: there is no site, or the output folder cannot be used.
    """
    archive = archive_of(options.out) if options.archive else None
    publication = Publication(options.out, options.content, options.config, *GENERATOR)
    _require(options.config, options.content)
    keys = Keys(options.config, options.content, options.base_url)
    ledger = Ledger(publication, keys, clean=options.clean)
    last: Report | None = ledger.report()
    if last and not archive and not publication.place.exists():  # unless a build that was killed left something
        return last
    with publication:
        report = _run(options, watch, ledger).report
        if report.verdict.errors:
            raise ContentError(list(report.verdict.problems))
        packed = archived(publication.stage.site, archive, publication.place) if archive else nullcontext()
        with packed, stage("publish"):
            if keys.still_hold():
                publication.publish(keys.site, keep=ledger.is_usable)
            else:
                publication.publish()  # nobody knows which of two states was read: the next build makes all anew
        return report


def check(options: Options, watch: Watch | None = None) -> CheckReport:
    """Read and check everything as ``build`` does, and write nothing; errors are in the report."""
    from sitegen.report.findings import report_of

    _require(options.config, options.content)
    found = _run(options, watch)
    return report_of(found.report, found.site)


def _run(options: Options, watch: Watch | None, ledger: Ledger | None = None) -> Run:
    place = ledger.stage if ledger else None
    reading = _read(options)
    ready = texts(reading.content)
    files = published()
    site = _site(options, reading, assets(files))
    job = _job(reading, ready, site, place)
    results = _shards(job, reading.sources.shards, options.jobs, ledger)
    shards = list(watch(results, len(reading.sources.shards)) if watch else results)
    problems = [*reading.problems, *(problem for shard in shards for problem in shard.problems)]
    problems += check_kecamatan((shard.summary.code, shard.path) for shard in shards if shard.summary)
    accepted = Acknowledgements(reading.content.accepted)
    if site is None:
        return Run(Report(Totals(), len(shards), 0, Verdict.of(list(accepted.apply(problems)))), None)
    with stage("index"):
        search = search_index(*_places(shards), (*ready.news, *ready.guides))
    index = _index(site, reading, ready, shards, search)
    with stage("exports"):
        downloads = write_data(place, index) if place and not Verdict.of(problems).errors else ()
    with stage("plan"):
        pages = tuple(plan_index(index, downloads))
    claims = [*(claim for shard in shards if not shard.is_broken for claim in shard.claims), *map(Claim.of, pages)]
    problems += check_addresses((claim.url, claim.source) for claim in claims)
    broken = frozenset(shard.slug for shard in shards if shard.is_broken)
    addresses = {claim.url for claim in claims} | _files(index)
    with stage("check"):
        folder = reading.sources.tps
        problems += check_site(reading.content, index, ready.all, addresses, broken, accepted, folder)
        verdict = Verdict.of([*accepted.apply(problems), *_unused(reading.content, accepted, shards)])
    report = Report(index.totals, len(index.kecamatan), len(claims), verdict)
    if ledger and not verdict.errors:
        digests = [*(shard.digest for shard in shards), write_pages(ledger.stage.site, site, pages)]
        with stage("index"):
            listed = [claim.url for claim in claims if claim.listed]
            written = write_files(ledger.stage.site, rest(index, files, search, listed, digests))
        folders = [target.folder for target in targets(site)]
        written += [folder + page.url for folder in folders for page in pages]
        ledger.close(report, [*written, *(download.path for download in downloads)])
    return Run(report, index)


def _unused(content: SiteContent, accepted: Acknowledgements, shards: Sequence[ShardResult]) -> Iterator[Problem]:
    """Acknowledgements that nothing needs any more, as far as all kecamatan could be read."""
    broken = [shard.summary for shard in shards if shard.is_broken]
    known = [summary.code for summary in broken if summary]
    if content.acknowledged and len(known) == len(broken):
        yield from check_used(content.acknowledged, accepted, known)


def _files(index: SiteIndex) -> frozenset[str]:
    """Files beside the pages that a text may link to."""
    election = index.site.election_slug
    calendars = {urls.voting_day_file(election)} | ({urls.schedule_file(election)} if index.schedule else set())
    return DATA_FILES | {ATOM} | calendars


def _shards(job: ShardJob, sources: Sequence[ShardFiles], jobs: int, ledger: Ledger | None) -> Iterator[ShardResult]:
    """Results of all shards in their order. What did not change since the last build is not made again."""
    if ledger is None or job.site is None:
        yield from _made(job, list(map(ShardWork, sources)), jobs)
        return
    others = key_of(job.site.election_slug, job.site.election)
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
    problems = [*sources.problems, *loader.problems, *personal_data(loader.texts, NUMBERS), *_stray(sources)]
    problems += lookalikes(loader.texts)
    problems += check_guides({guide.slug for guide in content.guides}, options.content / "pages")
    if content.acknowledged:
        problems += check_codes(content.acknowledged)
    return Reading(sources, config.data if config else None, content, tuple(problems))


def _stray(sources: Sources) -> Iterator[Problem]:
    for folder in sources.stray:
        yield Problem(
            str(folder),
            0,
            "tps.unknown-kecamatan",
            msg("There is no kecamatan %(name)s in content/regions", name=folder.name),
            msg("Rename the folder like the file of its kecamatan, or add that file."),
        )


def _site(options: Options, reading: Reading, found: Assets) -> Site | None:
    config, election = reading.config, reading.content.election
    if config is None or election is None:
        return None
    if options.base_url:
        config = replace(config, base_url=options.base_url)
    return site_view(config, election.data, found)


def _job(reading: Reading, ready: Texts, site: Site | None, stage: Stage | None) -> ShardJob:
    election, schedule = reading.content.election, reading.content.schedule
    stages = schedule.data.stages if schedule else ()
    return ShardJob(
        site=site,
        rules=election.data.rules if election else None,
        region=reading.config.region.code if reading.config else None,
        extras=Extras(
            tuple(item for item in ready.news if item.head.villages), tuple(entry for entry in stages if entry.places)
        ),
        stage=stage,
        accepted=tuple(entry for entry in reading.content.accepted if entry.code in STOPPING),
    )


def _places(shards: Sequence[ShardResult]) -> tuple[list[KecamatanSummary], dict[str, str]]:
    """All kecamatan, and the names of their kabupaten and kota if there are several."""
    found = [shard.summary for shard in shards if shard.summary]
    codes = {summary.code[:5] for summary in found}
    return found, {code: area.name for code in codes if (area := hierarchy.find(code))} if len(codes) > 1 else {}


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
