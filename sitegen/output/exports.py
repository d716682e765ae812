"""The data as files: villages, TPS and KPPS as CSV and JSON.

Every shard writes its own rows; joining them is copying bytes, so memory stays flat at any size.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from json.encoder import encode_basestring
from pathlib import Path
from typing import NamedTuple

from sitegen.content.sources import shard_name
from sitegen.keys import key_of
from sitegen.model.tps import Change, Tps
from sitegen.output.publication import Outlet
from sitegen.output.shared import Digesting, SharedOutlet
from sitegen.pages.index import SiteIndex
from sitegen.pages.jsonld import iso
from sitegen.pages.shard import ShardPlan
from sitegen.pages.views import Download, Site, TpsState, TpsView, VillageView
from sitegen.privacy.gate import CUT
from sitegen.problems import Message, msg
from sitegen.ranges import shown

Cell = str | int | float | None
Row = tuple[Cell, ...]
Rows = Mapping[str, Sequence[str]]
"""Keys of the files with the rows of each shard, by its name."""


class Table(NamedTuple):
    """A data file: name, columns, and what it is called."""

    name: str
    columns: tuple[str, ...]
    label: Message
    about: Message


_PLACE = ("kecamatan_code", "kecamatan", "village_code", "village")
_STATUS = ("data_status", "data_as_of")
TABLES = (
    Table(
        "villages",
        (*_PLACE, "kind", "tps", "kpps", "voters_men", "voters_women", "voters", "page", *_STATUS),
        msg("Villages"),
        msg("Every desa and kelurahan with its code and its counts."),
    ),
    Table(
        "tps",
        (
            *_PLACE, "tps", "place", "address", "landmark", "by_water", "wheelchair", "lat", "lon", "coverage",
            "voters_men", "voters_women", "voters", "status", "vote_date", "vote_opens", "vote_closes", "vote_races",
            "merged_into", "decree", "decided", "moved_from", "moved_decree", "moved_decided", "source", "page",
            *_STATUS,
        ),
        msg("TPS"),
        msg("Every TPS with place, coverage and voters."),
    ),
    Table(
        "kpps",
        (*_PLACE, "tps", "role", "name", *_STATUS),
        msg("KPPS"),
        msg("The KPPS of every TPS: role and, while it is published, name."),
    ),
)  # fmt: skip

_ENCODER = json.JSONEncoder(ensure_ascii=False)


def part_names(shard: str) -> tuple[str, ...]:
    """Names of the files with the rows of the shard of this name."""
    return tuple(f"{shard}.{table.name}.{form}" for table in TABLES for form in ("csv", "json"))


def write_parts(out: Outlet, site: Site, shard: str, plan: ShardPlan) -> tuple[str, ...]:
    """Write the rows of the shard of this name, in both formats; gives a key of each file, in the order of
    ``part_names``."""
    keys = []
    for table, rows in zip(TABLES, _rows(site, plan), strict=True):
        # Both formats have the same cells, and many rows have the same ones: each passes the gate once.
        cells = {cell for row in rows for cell in row if isinstance(cell, str)}
        out.gate.look(f"data/{table.name}.csv", CUT.join(map(str.encode, cells)), out.source)
        for form, text in (("csv", csv_text(rows, cells)), ("json", _records(table, rows))):
            data = text.encode()
            out.put(f"{shard}.{table.name}.{form}", data)
            keys.append(key_of(data))
    return tuple(keys)


def data_path(site: Site, name: str) -> str:
    """Address of a data file: those of an earlier election lie in a folder of its own."""
    return f"data/{site.election_slug}/{name}" if site.is_past else f"data/{name}"


def data_files(site: Site) -> Iterator[str]:
    """Addresses of the data files of an election."""
    return (data_path(site, f"{table.name}.{form}") for table in TABLES for form in ("csv", "json"))


def join_parts(out: SharedOutlet, parts: Path, index: SiteIndex, rows: Rows) -> tuple[Download, ...]:
    """Join the rows of all shards of an election, which lie in ``parts``, into its data files. The rows passed the gate
    when they were written. A file of the same ``rows`` as before stays."""
    shards = [shard_name(index.site.election_slug, one.slug) for one in index.kecamatan]
    totals = index.totals
    counts = (totals.villages, totals.tps + totals.ended, totals.kpps + totals.ended_kpps)
    files = ((table, count, form) for table, count in zip(TABLES, counts, strict=True) for form in ("csv", "json"))
    downloads = []
    for number, (table, count, form) in enumerate(files):
        path = data_path(index.site, f"{table.name}.{form}")
        frame = _csv_frame(table) if form == "csv" else _json_frame(index, table)
        key = key_of(frame, *(rows[shard][number] for shard in shards))
        if not out.keep(path, key):
            out.gate.look(path, frame.head + frame.tail)
            with out.new_file(path, key) as file:
                _join(file, [parts / f"{shard}.{table.name}.{form}" for shard in shards], frame)
        size = (out.folder / path).stat().st_size
        downloads.append(Download(path, table.label, table.about, count, size))
    return tuple(downloads)


def csv_text(rows: Sequence[Row], cells: Collection[str]) -> str:
    """``rows``, whose texts are ``cells``, as CSV; one that a spreadsheet would run as a formula is made text by an
    apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if any(map(_runs, cells)):
        rows = [tuple(f"'{cell}" if isinstance(cell, str) and _runs(cell) else cell for cell in row) for row in rows]
    writer.writerows(rows)
    return text.getvalue()


def _runs(cell: str) -> bool:
    return cell.startswith(("=", "+", "-", "@", "\t", "\r"))


class _Texts(dict[str, str]):
    """Texts as JSON has them; most stand in many rows."""

    def __missing__(self, text: str) -> str:
        found = self[text] = encode_basestring(text)
        return found


def _records(table: Table, rows: Sequence[Row]) -> str:
    """``rows`` as JSON objects, one a line. The standard encoder takes three times as long, for it begins anew with
    every row."""
    record = "{" + ", ".join(f'"{column}": %s' for column in table.columns) + "}"
    texts = _Texts()
    return ",\n".join([record % tuple([texts[c] if isinstance(c, str) else _literal(c) for c in row]) for row in rows])


def _literal(cell: float | None) -> str:
    """A number, or what is known as yes, no or not at all."""
    if cell is None:
        return "null"
    return str(cell).lower() if isinstance(cell, bool) else repr(cell)


class _Frame(NamedTuple):
    """What stands before, between and behind the parts of a data file."""

    head: bytes
    between: bytes
    tail: bytes


def _csv_frame(table: Table) -> _Frame:
    return _Frame(csv_text([table.columns], table.columns).encode(), b"", b"")


def _json_frame(index: SiteIndex, table: Table) -> _Frame:
    site = index.site
    about = {
        "data_status": site.status.value,
        "office": site.config.office.name,
        "region_code": site.config.region.code,
        "election": site.election_slug,
        "data_as_of": iso(index.as_of, site.election),
    }
    head = _ENCODER.encode(about)[:-1] + f', "{table.name}": [\n'
    return _Frame(head.encode(), b",\n", b"\n]}\n")


def _join(out: Digesting, parts: Sequence[Path], frame: _Frame) -> None:
    out.write(frame.head)
    filled = (data for part in parts if (data := part.read_bytes()))
    for index, data in enumerate(filled):
        out.write(frame.between + data if index else data)
    out.write(frame.tail)


def _rows(site: Site, plan: ShardPlan) -> tuple[list[Row], list[Row], list[Row]]:
    everywhere = _Everywhere(site)
    villages: list[Row] = []
    stations: list[Row] = []
    kpps: list[Row] = []
    for view in plan.villages:
        place = (view.kecamatan.code, view.kecamatan.name, view.code, view.name)
        status = (site.status.value, everywhere.moment(view.as_of))
        villages.append((*place, *_village(view), *status))
        for tps in view.tps:
            stations.append((*place, *_tps(everywhere, view, tps), *status))
            kpps += [(*place, tps.tps.number, *person, *status) for person in _kpps(tps)]
    return villages, stations, kpps


def _village(view: VillageView) -> Row:
    totals = view.totals
    voters = (totals.men, totals.women, totals.voters) if totals.knows_voters else (None, None, None)
    kpps = None if totals.without_kpps else totals.kpps
    return view.kind.value, totals.tps, kpps, *voters, view.url


class _Everywhere:
    """What many rows share, worked out once."""

    def __init__(self, site: Site) -> None:
        election = site.election
        races = " ".join(race.id for race in election.races)
        hours = (f"{election.opens:%H:%M}", f"{election.closes:%H:%M}")
        self.site = site
        self.planned: Row = ("planned", election.date.isoformat(), *hours, races, None, None, None, None, None, None)
        self.moment = cache(lambda moment: iso(moment, election))

    def state(self, view: TpsView) -> Row:
        """Status, vote, the deciding change and the move of a TPS."""
        state = view.state
        return self.planned if state is None else self._changed(view.tps, state)

    def _changed(self, tps: Tps, state: TpsState) -> Row:
        change, vote, moved = state.deciding.change, state.vote, state.moved
        races = " ".join(race.id for race in vote.races or self.site.election.races)
        hours = (f"{hour:%H:%M}" if hour else None for hour in (vote.opens, vote.closes))
        when: Row = (vote.date.isoformat() if vote.date else None, *hours, races) if state.is_open else (None,) * 4
        return (
            tps.status, *when, change.into, change.decree, self._decided(change),
            *((moved.from_place, moved.decree, self._decided(moved)) if moved else (None,) * 3),
        )  # fmt: skip

    def _decided(self, change: Change) -> str | None:
        return self.moment(change.decided) if change.decided else None


def _tps(everywhere: _Everywhere, view: VillageView, entry: TpsView) -> Row:
    tps = entry.tps
    at, voters = tps.coordinates, tps.voters
    return (
        tps.number, tps.place, tps.address, tps.landmark, tps.by_water, tps.wheelchair,
        at.lat if at else None, at.lon if at else None, _coverage(entry),
        voters.men if voters else None, voters.women if voters else None, voters.total if voters else None,
        *everywhere.state(entry),
        view.provenance.document if view.provenance else None, entry.url,
    )  # fmt: skip


def _coverage(entry: TpsView) -> str | None:
    parts = []
    for area in entry.tps.coverage:
        words = [area.dusun] if area.dusun else []
        words += [f"RW {shown(area.rw)}"] if area.rw else []
        words += [f"RT {shown(area.rt)}"] if area.rt else []
        parts.append(" ".join(words))
    return "; ".join(parts) or None


def _kpps(entry: TpsView) -> Iterator[tuple[str, str | None]]:
    kpps = entry.tps.kpps
    if kpps:
        yield "ketua", kpps.ketua if entry.kpps_names else None
        yield from (("anggota", name if entry.kpps_names else None) for name in kpps.anggota)
