"""``data/changes.json``: every change that any publication of the chain told, oldest first. Nothing is taken out."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import NoneType
from typing import Any, Protocol

from sitegen.problems import Failed, msg

CHANGES = "changes.json"
Cell = str | int | float | None
Cells = Mapping[str, Cell]
"""Values by the names of the columns of ``data/tps.json``."""
Key = tuple[object, ...]
_ENCODER = json.JSONEncoder(ensure_ascii=False)
_BEFORE, _BETWEEN, _BEHIND = b"[\n", b",\n", b"\n]}\n"


@dataclass(frozen=True, slots=True)
class Entry:
    """A change of one TPS, or of more when ``tps`` is None.

    ``what`` is the kind of a decision for one that the content declares, otherwise what differs (``compare.py``);
    ``old`` and ``new`` are the values. ``as_of`` is the date of the data that first told it, ``decided`` when it was
    decided; ``decree`` and ``reason`` tell what it rests on, ``source`` where it was published when no decree is known.
    No name of a person is ever in it."""

    election: str
    as_of: str
    what: str
    old: Cells
    new: Cells
    declared: bool = False
    kecamatan_code: str | None = None
    kecamatan: str | None = None
    village_code: str | None = None
    village: str | None = None
    tps: int | None = None
    page: str | None = None
    decree: str | None = None
    source: str | None = None
    decided: str | None = None
    reason: str | None = None

    @property
    def place(self) -> str:
        """Kemendagri code of the smallest place that it is about; empty for the whole region."""
        return self.village_code or self.kecamatan_code or ""

    @property
    def moment(self) -> str:
        """When it was decided, or else the date of the data that first told it."""
        return self.decided or self.as_of

    @property
    def key(self) -> Key:
        """The same for the same decision, also after its decree was corrected. Two decisions of one minute share it, so
        they are counted (``besides``)."""
        return (self.election, self.village_code, self.tps, self.what, self.decided or self.new.get("vote_date"))

    def encode(self) -> bytes:
        """As one line."""
        values = ((field.name, getattr(self, field.name)) for field in fields(self))
        return _ENCODER.encode({name: value for name, value in values if value not in (None, False)}).encode()


def besides(entries: Iterable[Entry], known: Iterable[Key]) -> Iterator[Entry]:
    """Those of ``entries`` that are not among the ``known`` ones, each of which answers for one."""
    left = Counter(known)
    for entry in entries:
        if left[entry.key]:
            left[entry.key] -= 1
        else:
            yield entry


class Writer(Protocol):
    """What a log is written into."""

    def write(self, data: bytes, /) -> object:
        """Write ``data`` behind the rest."""


_KINDS: dict[str, type] = {
    **{field.name: str for field in fields(Entry)},
    "old": dict, "new": dict, "declared": bool, "tps": int,
}  # fmt: skip


def decode(line: bytes) -> Entry:
    """The entry of a line.

    Raises:
        ValueError: it is not one.
    """
    raw: Any = json.loads(line)
    if not isinstance(raw, dict) or any(type(value) is not _KINDS.get(name) for name, value in raw.items()):
        raise ValueError(line)
    try:
        entry = Entry(**raw)
    except TypeError as error:
        raise ValueError(line) from error
    for moment in filter(None, (entry.as_of, entry.decided)):
        dt.datetime.fromisoformat(moment)
    for key, value in (*entry.old.items(), *entry.new.items()):
        _require_cell(key, value)
    return entry


def _require_cell(key: str, value: object) -> None:
    """See that ``value`` is one that a column of this name may have.

    Raises:
        ValueError: it is not.
    """
    if type(value) not in (str, int, float, NoneType):
        raise ValueError(key)
    parse = next((parse for ending, parse in _TIMES.items() if key.endswith(ending)), None)
    if parse and value is not None:
        parse(str(value))


_TIMES: Mapping[str, Callable[[str], object]] = {
    "date": dt.date.fromisoformat,
    "opens": dt.time.fromisoformat,
    "closes": dt.time.fromisoformat,
    "decided": dt.datetime.fromisoformat,
}
"""Endings of the names of columns that hold a time."""


def lines(file: Iterable[bytes]) -> Iterator[bytes]:
    """The entries in a log, each as the bytes of its line."""
    for line in file:
        if line.startswith(b'{"election": "') and line.rstrip(b",\n").endswith(b"}"):
            yield line.rstrip(b",\n")


def read_log(path: Path, name: str) -> Iterator[Entry]:
    """The entries of the log at ``path``, one after the other. ``name`` is what its publication is called.

    Raises:
        Failed: something in it is no entry.
    """
    with path.open("rb") as file:
        for line in lines(file):
            try:
                yield decode(line)
            except (ValueError, RecursionError):
                raise not_understood(name, f"data/{CHANGES}") from None


def not_understood(name: str, path: str) -> Failed:
    """A data file of another publication that is not what this version writes."""
    return Failed(msg("%(place)s: %(path)s is not what this version of Papan TPS exports", place=name, path=path))


def write_log(out: Writer, head: Mapping[str, object], old: Iterable[bytes], new: Iterable[Entry]) -> int:
    """Write a log into ``out``: the lines of the one before, then what is ``new``; gives the number of entries."""
    out.write(_ENCODER.encode(dict(head))[:-1].encode() + b', "changes": ' + _BEFORE)
    count = 0
    for part in (old, (entry.encode() for entry in new)):
        for line in part:
            out.write(_BETWEEN + line if count else line)
            count += 1
    out.write(_BEHIND)
    return count
