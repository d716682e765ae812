"""The content files read a second time, without the generator: what the site must add up to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class TpsFact:
    """One TPS as its content file states it."""

    kecamatan: str
    village: str
    code: str
    number: int
    kpps: int
    voters: int


@dataclass(frozen=True, slots=True)
class Content:
    """All TPS and, by kecamatan name, the number of villages of the region files."""

    tps: tuple[TpsFact, ...]
    villages: dict[str, int]

    def of(self, kecamatan: str) -> tuple[TpsFact, ...]:
        """The TPS of one kecamatan."""
        return tuple(tps for tps in self.tps if tps.kecamatan == kecamatan)


def read_content(folder: Path, election: str) -> Content:
    """Read every region and TPS file of ``folder``."""
    names: dict[str, tuple[str, str]] = {}
    villages: dict[str, int] = {}
    for file in sorted((folder / "regions").glob("*.yaml")):
        region = load(file)
        villages[region["name"]] = len(region["villages"])
        names |= {village["code"]: (region["name"], village["name"]) for village in region["villages"]}
    files = sorted((folder / "elections" / election / "tps").rglob("*.yaml"))
    return Content(tuple(fact for file in files for fact in facts(load(file), names)), villages)


def facts(file: dict[str, Any], names: dict[str, tuple[str, str]]) -> list[TpsFact]:
    """The TPS of one village's file."""
    kecamatan, village = names[file["village"]]
    return [
        TpsFact(
            kecamatan=kecamatan,
            village=village,
            code=file["village"],
            number=int(tps["number"]),
            kpps=1 + len(tps["kpps"]["anggota"]),
            voters=int(tps["voters"]["men"]) + int(tps["voters"]["women"]),
        )
        for tps in file["tps"]
    ]


def load(file: Path) -> Any:
    """One YAML file with all scalars as text."""
    return yaml.load(file.read_bytes(), Loader=yaml.CBaseLoader)


def indonesian(number: int) -> str:
    """``1249`` as ``1.249``."""
    return f"{number:,}".replace(",", ".")
