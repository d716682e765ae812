"""The flow from content to publication: one direction, two stages. First every shard by itself, then
the site from what the shards tell of themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen import kecamatan, whole
from sitegen.content.folders import Folders
from sitegen.history.data import Past
from sitegen.history.previous import previous_at
from sitegen.ledger import Ledger
from sitegen.material import read
from sitegen.options import Options
from sitegen.output.archive import archive_of, archived
from sitegen.output.assets import STATIC
from sitegen.output.publication import Publication
from sitegen.parts import notices, place_of_part, require_parts
from sitegen.problems import ContentError, UsageError, msg
from sitegen.render.environment import TEMPLATES
from sitegen.shards import ShardResult
from sitegen.stopwatch import stage
from sitegen.whole import Report, Run

if TYPE_CHECKING:
    from sitegen.report.findings import CheckReport

GENERATOR = (Path(__file__).parent, TEMPLATES, STATIC)
"""Folders of the generator itself."""
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
    require_parts(options.merge)
    publication = _publication(options)
    archive = archive_of(options.out) if options.archive else None
    _require(options.config, options.content)
    with previous_at(options.previous) as previous:
        digest = previous.digest if previous else ""
        ledger = Ledger(publication, options, digest)
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
            if ledger.still_holds():
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
    material = read(options, ledger.folders, ledger.last_site) if ledger else read(options, Folders())
    parts = past.parts if ledger or past.previous else None
    results: Iterable[ShardResult] = kecamatan.results(material, ledger, parts, past.previous, options.jobs)
    if watch:
        results = watch(results, sum(len(one.sources.shards) for one in material.elections))
    return whole.finish(options, material, list(results), past, ledger)


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
