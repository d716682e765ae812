"""The log of a publication: what the chain told, and what this one tells for the first time, with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from sitegen.checks.acknowledged import Acknowledgements
from sitegen.checks.unexplained import Unexplained
from sitegen.content.portal import EXPORT_PATH
from sitegen.history.compare import Difference
from sitegen.history.log import CHANGES, Cells, Entry, decode, lines, not_understood, write_log
from sitegen.history.manifest import MANIFEST, SUMS, Known, Manifest
from sitegen.history.previous import Previous
from sitegen.history.recent import Recent
from sitegen.history.since import counts, since, vote
from sitegen.model.config import DataStatus
from sitegen.output.exports import TABLES
from sitegen.output.publication import Outlet
from sitegen.output.shared import SharedOutlet
from sitegen.pages.index import SiteIndex
from sitegen.pages.jsonld import iso
from sitegen.privacy.recognise import finds
from sitegen.problems import Failed, Problem, msg

CHANGES_PATH = f"data/{CHANGES}"
WITHHELD = "…"
"""Instead of an old value with personal data in it: the log is no place where they live on."""


class Told(NamedTuple):
    """What the log tells, as far as pages show it, and changes that nothing explains."""

    recent: Recent
    problems: list[Problem]


NOTHING_TOLD = Told(Recent(""), [])
"""Where the content has errors, from which nothing is concluded."""


def tell(
    previous: Previous | None,
    index: SiteIndex,
    parts: Path,
    folder: Path,
    accepted: Acknowledgements,
    out: SharedOutlet | None = None,
) -> Told:
    """Put together the log after ``previous`` and, with ``out``, write it. The rows of the kecamatan lie in ``parts``,
    the content of their TPS in ``folder``.

    Raises:
        Failed: the data of ``previous`` cannot be understood, or cannot be continued.
    """
    if previous:
        _require_same(previous, index)
    told = Told(Recent(index.site.election_slug), [])
    name = previous.name if previous else ""
    new = told.recent.watch(_explained(since(previous, index, parts), index, folder, accepted, told.problems, name))
    with previous.path(CHANGES).open("rb") if previous else nullcontext(()) as file:
        old = _watched(lines(file), told.recent, name)
        if out is None:
            for _ in (*old, *new):
                pass
            return told
        with out.new_file(CHANGES_PATH) as target:
            write_log(target, _head(index), old, _through_gate(out, new))
    return told


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
        "data_status": site.config.data_status.value,
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


def _explained(
    differences: Iterable[Difference],
    index: SiteIndex,
    folder: Path,
    accepted: Acknowledgements,
    problems: list[Problem],
    name: str,
) -> Iterator[Entry]:
    """Entries of ``differences``; those that nothing explains are noted in ``problems`` too, and have the reason for
    which the office accepts them."""
    where = Unexplained(index, folder)
    for difference in differences:
        entry = replace(difference.entry, old=_without_personal_data(difference.entry.old))
        _require_understood(entry, name)
        if difference.is_unexplained:
            [problem] = accepted.apply([where.problem(entry)])
            problems.append(problem)
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
    tables = (f"data/{table.name}.{form}" for table in TABLES for form in ("csv", "json"))
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
        files={path: out.made[path].digest for path in sorted((*tables, EXPORT_PATH, CHANGES_PATH))},
    )
    known = Known.of(manifest)
    # Not through the gate: there are only digests and counts in it, and sixteen digits in a row happen in a digest.
    out.put(MANIFEST, manifest.encode())
    out.put(SUMS, manifest.sums(known.digest))
    return manifest
