"""The first stage of a run: every shard by itself. What did not change since the last build is not made again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from sitegen.checks.acknowledged import about
from sitegen.content.sources import ShardFiles
from sitegen.history.past import told_before
from sitegen.history.previous import Previous
from sitegen.keys import key_of
from sitegen.ledger import Entry, Keys, Ledger, ShardKey
from sitegen.material import Material
from sitegen.output.publication import Stage
from sitegen.pages.earlier import then
from sitegen.pages.sessions import held, in_kecamatan
from sitegen.pages.shard import Extras, Successor
from sitegen.render.environment import load_templates
from sitegen.render.pages import targets
from sitegen.shards import ShardJob, ShardResult, ShardWork, build_shard
from sitegen.stopwatch import Timed, counted, stage
from sitegen.tasks import run


def results(
    material: Material, ledger: Ledger | None, parts: Path | None, previous: Previous | None, jobs: int
) -> Iterator[ShardResult]:
    """Results of all shards in their order; those of earlier elections last, for the current one tells what became of
    their TPS. ``parts`` is a folder for their rows of the data files, if any."""
    if ledger and material.site:
        with stage("keep"):
            ledger.begin(
                {files.name for one in material.elections for files in one.sources.shards}, material.declared.key
            )
    current = []
    for result in _of_election(material, _extras(material, previous), ledger, parts, jobs):
        current.append(result)
        yield result
    for earlier in material.earlier:
        successors = tuple(_successors(current, earlier.sources.slug))
        yield from _of_election(earlier, Extras(earlier.news, successors), ledger, parts, jobs)


def _extras(material: Material, previous: Previous | None) -> Extras:
    """What belongs to shards of the current election from elsewhere."""
    schedule = material.content.schedule.data if material.content.schedule else None
    told = told_before(previous, material.site.election_slug) if material.site else {}
    return Extras(material.news, (), in_kecamatan(held(schedule)), told)


def _successors(current: Iterable[ShardResult], election: str) -> Iterator[Successor]:
    """What the current election tells of TPS of an earlier one."""
    kecamatan = (result.summary for result in current if result.summary)
    for village in (village for one in kecamatan for village in one.villages):
        for tps in village.noted:
            yield from (Successor(village.code, number, tps.number) for number in then(tps.previously, election))


def _of_election(
    material: Material, extras: Extras, ledger: Ledger | None, parts: Path | None, jobs: int
) -> Iterator[ShardResult]:
    job = _job(material, extras, ledger.stage if ledger else None, parts)
    sources = material.sources.shards
    if ledger is None or job.site is None:
        yield from _made(job, list(map(ShardWork, sources)), jobs)
        return
    site = job.site
    others = key_of(
        site.election_slug, site.election, site.as_of.date(), site.current, site.earlier, material.declared.key
    )
    now = {files.name: partial(_key, ledger.keys, job, others, files) for files in sources}
    with stage("keep"):
        ledger.settle(now)
        found = ((files.name, ledger.kept(files, now[files.name])) for files in sources)
        kept = {name: result for name, result in found if result}
        changed = [files for files in sources if files.name not in kept]
        work = [ShardWork(files, ledger.unchanged(files.name, now[files.name])) for files in changed]
    made = _made(job, work, jobs)
    folders = tuple(target.folder for target in targets(site))
    for files in sources:
        result = kept.get(files.name)
        if result is None:
            result = next(made)
            if result.summary:
                ledger.note(Entry(now[files.name](result.summary.code), result, folders))
        yield result


def _key(keys: Keys, job: ShardJob, others: str, files: ShardFiles, code: str) -> ShardKey:
    """Key of a shard whose kecamatan has this code."""
    return keys.shard(files, (others, job.extras.of(code), about(job.accepted, code)))


def _made(job: ShardJob, work: Sequence[ShardWork], jobs: int) -> Iterator[ShardResult]:
    if job.site and job.stage and work:
        for target in targets(job.site):
            load_templates(target.language)
    return counted(run(Timed(partial(build_shard, job)), work, jobs))


def _job(material: Material, extras: Extras, stage: Stage | None, parts: Path | None) -> ShardJob:
    election = material.content.election
    return ShardJob(
        site=material.site,
        election=election.data if election else None,
        region=material.config.region.code if material.config else None,
        extras=extras,
        stage=stage,
        parts=parts,
        declared=material.declared,
        accepted=material.lifting,
    )
