"""The log of a publication: what the chain told, and what this one tells for the first time, with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from sitegen.checks.acknowledged import Acknowledgements
from sitegen.checks.unexplained import Unexplained
from sitegen.content.portal import EXPORT_PATH
from sitegen.history.addresses import ADDRESSES_PATH
from sitegen.history.compare import Difference
from sitegen.history.log import CHANGES, Cells, Entry, decode, lines, not_understood, write_log
from sitegen.history.manifest import MANIFEST, SUMS, Known, Manifest
from sitegen.history.previous import Previous
from sitegen.history.recent import Recent
from sitegen.history.since import counts, since, vote
from sitegen.model.config import DataStatus
from sitegen.output.exports import data_files
from sitegen.output.publication import Outlet
from sitegen.output.shared import SharedOutlet
from sitegen.pages.index import SiteIndex
from sitegen.pages.jsonld import iso
from sitegen.privacy.recognise import finds
from sitegen.problems import Failed, Problem, msg

CHANGES_PATH = f"data/{CHANGES}"
WITHHELD = "…"
"""Instead of an old value with personal data in it: the log is no place where they live on."""


class Chapter(NamedTuple):
    """An election as the log sees it: its index, the folder with the content of its TPS, what its office accepts, and
    the problems, to which changes are added that nothing explains."""

    election: SiteIndex
    folder: Path
    accepted: Acknowledgements
    problems: list[Problem]


def tell(
    previous: Previous | None, chapters: Sequence[Chapter], parts: Path, out: SharedOutlet | None = None
) -> Recent:
    """Put together the log after ``previous`` and, with ``out``, write it; gives what pages show of it. The current
    election is the first of ``chapters``; the rows of all kecamatan lie in ``parts``.

    Raises:
        Failed: the data of ``previous`` cannot be understood, or cannot be continued.
    """
    index = chapters[0].election
    if previous:
        _require_same(previous, index)
    recent = Recent(*(chapter.election.site.election_slug for chapter in chapters))
    name = previous.name if previous else ""
    entries = (
        entry for chapter in chapters for entry in _explained(since(previous, chapter.election, parts), chapter, name)
    )
    new = recent.watch(entries)
    with previous.path(CHANGES).open("rb") if previous else nullcontext(()) as file:
        old = _watched(lines(file), recent, name)
        if out is None:
            for _ in (*old, *new):
                pass
            return recent
        with out.new_file(CHANGES_PATH) as target:
            write_log(target, _head(index), old, _through_gate(out, new))
    return recent


def _require_same(previous: Previous, index: SiteIndex) -> None:
    """Invented data are not continued by real ones, nor one region by another."""
    if previous.manifest.region != index.site.config.region.code:
        raise Failed(msg("%(place)s is a publication of another region; leave out --previous", place=previous.name))
    was_sample = previous.manifest.data_status == DataStatus.SAMPLE
    if was_sample is not index.site.is_sample:
        raise Failed(
            msg(
                "%(place)s and this site are not both samples: begin a chain of its own by leaving out --previous",
                place=previous.name,
            )
        )


def _head(index: SiteIndex) -> dict[str, str]:
    site = index.site
    return {
        "data_status": site.status.value,
        "office": site.config.office.name,
        "region_code": site.config.region.code,
        "data_as_of": iso(index.as_of, site.election),
    }


def _watched(found: Iterable[bytes], recent: Recent, name: str) -> Iterator[bytes]:
    """The lines of the log before, passed on as they are."""
    for line in found:
        try:
            for _ in recent.watch([decode(line)]):
                yield line
        except (ValueError, RecursionError):
            raise not_understood(name, CHANGES_PATH) from None


def _explained(differences: Iterable[Difference], chapter: Chapter, name: str) -> Iterator[Entry]:
    """Entries of ``differences``; those that nothing explains are noted as problems too, and have the reason for which
    the office accepts them."""
    where = Unexplained(chapter.election, chapter.folder)
    for difference in differences:
        entry = replace(difference.entry, old=_without_personal_data(difference.entry.old))
        _require_understood(entry, name)
        if difference.is_unexplained:
            [problem] = chapter.accepted.apply([where.problem(entry)])
            chapter.problems.append(problem)
            entry = replace(entry, reason=problem.reason or None)
        yield entry


def _require_understood(entry: Entry, name: str) -> None:
    """See that old values can be told; ``name`` is what their publication is called."""
    try:
        decode(entry.encode())
    except ValueError:
        raise not_understood(name, "data/tps.json") from None


def _without_personal_data(old: Cells) -> Cells:
    return {
        key: WITHHELD if isinstance(value, str) and next(finds(value.encode()), None) else value
        for key, value in old.items()
    }


def _through_gate(out: Outlet, entries: Iterable[Entry]) -> Iterator[Entry]:
    for entry in entries:
        out.gate.look(CHANGES_PATH, entry.encode())
        yield entry


def write_manifest(out: SharedOutlet, previous: Previous | None, index: SiteIndex, content: str) -> Manifest:
    """Write the manifest of the data files that lie in ``out``; ``content`` is the digest of the content's list."""
    tables = (path for one in index.elections for path in data_files(one.site))
    manifest = Manifest(
        number=previous.manifest.number + 1 if previous else 1,
        previous=previous.digest if previous else None,
        region=index.site.config.region.code,
        election=index.site.election_slug,
        data_status=index.site.status.value,
        data_as_of=iso(index.as_of, index.site.election),
        vote=vote(index.site),
        totals=counts(index.totals),
        content=content,
        files={path: out.made[path].digest for path in sorted((*tables, EXPORT_PATH, CHANGES_PATH, ADDRESSES_PATH))},
    )
    # Not through the gate: there are only digests and counts in it, and sixteen digits in a row happen in a digest.
    out.put(MANIFEST, manifest.encode())
    out.put(SUMS, manifest.sums(Known.of(manifest).digest))
    return manifest
