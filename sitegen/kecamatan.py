"""The first stage of a run: every shard by itself. What did not change since the last build is not made again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from sitegen.checks.acknowledged import about
from sitegen.content.sources import ShardFiles
from sitegen.keys import key_of
from sitegen.ledger import Entry, Keys, Ledger, ShardKey
from sitegen.material import Material
from sitegen.output.publication import Stage
from sitegen.pages.shard import Extras
from sitegen.render.environment import load_templates
from sitegen.render.pages import targets
from sitegen.shards import ShardJob, ShardResult, ShardWork, build_shard
from sitegen.stopwatch import Timed, counted, stage
from sitegen.tasks import run


def results(material: Material, ledger: Ledger | None, parts: Path | None, jobs: int) -> Iterator[ShardResult]:
    """Results of all shards in their order. ``parts`` is a folder for their rows of the data files, if any."""
    job = _job(material, ledger.stage if ledger else None, parts)
    sources = material.sources.shards
    if ledger is None or job.site is None:
        yield from _made(job, list(map(ShardWork, sources)), jobs)
        return
    others = key_of(job.site.election_slug, job.site.election, job.site.as_of.date())
    now = {files.slug: partial(_key, ledger.keys, job, others, files) for files in sources}
    with stage("keep"):
        ledger.begin(now, job.declared.key)
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


def _job(material: Material, stage: Stage | None, parts: Path | None) -> ShardJob:
    election = material.content.election
    return ShardJob(
        site=material.site,
        election=election.data if election else None,
        region=material.config.region.code if material.config else None,
        extras=Extras(tuple(item for item in material.texts.news if item.head.villages)),
        stage=stage,
        parts=parts,
        declared=material.declared,
        accepted=material.lifting,
    )
