"""Rows of a data file, kecamatan by kecamatan, without having all of it in memory."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sitegen.history.log import not_understood

Row = dict[str, Any]
_CODE = re.compile(rb'\{"kecamatan_code": "([0-9.]+)", ')
_EVERYWHERE = {"kecamatan_code": str, "kecamatan": str, "village_code": str, "village": str, "tps": int}
_OWN = {"tps.json": {"page": str, "data_as_of": str}, "kpps.json": {"role": str}}
"""Keys that a row must have, with their types, in every file and in some."""
_STATUS = b', "data_status": "'


class Rows:
    """The rows of ``path``, a data file of the publication called ``name``. Rows of a kecamatan stand together."""

    def __init__(self, path: Path, name: str) -> None:
        self._path, self._name = path, name
        self._keys = (*_EVERYWHERE.items(), *_OWN.get(path.name, {}).items())
        self._spans: dict[str, list[int]] = {}
        with path.open("rb") as file:
            position = file.seek(len(file.readline()))
            for line in file:
                if found := _CODE.match(line):
                    span = self._spans.setdefault(found[1].decode(), [position, 0])
                    span[1] = position + len(line)
                elif line.startswith(b"{"):
                    raise not_understood(name, f"data/{path.name}")
                position += len(line)

    @property
    def codes(self) -> frozenset[str]:
        """Codes of all kecamatan."""
        return frozenset(self._spans)

    def of(self, code: str) -> list[bytes]:
        """The rows of a kecamatan as they stand in the file."""
        start, end = self._spans.get(code, (0, 0))
        with self._path.open("rb") as file:
            file.seek(start)
            return split(file.read(end - start))

    def parsed(self, rows: Iterable[bytes]) -> Iterator[Row]:
        """``rows`` with their values.

        Raises:
            Failed: one is not a row.
        """
        for row in rows:
            try:
                values = json.loads(row)
            except (ValueError, RecursionError):
                values = None
            if not isinstance(values, dict) or any(type(values.get(key)) is not kind for key, kind in self._keys):
                raise not_understood(self._name, f"data/{self._path.name}")
            yield values


def split(data: bytes) -> list[bytes]:
    """The rows in a part of a data file."""
    return [line.rstrip(b",") for line in data.split(b"\n") if line.startswith(b"{")]


def facts(row: bytes) -> bytes:
    """A row without the date of its data."""
    return row.rpartition(_STATUS)[0]
