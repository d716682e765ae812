"""What the chain told of single TPS, for their own pages."""

from __future__ import annotations

from sitegen.history.log import CHANGES, Entry, read_log
from sitegen.history.previous import Previous

OF_A_TPS = frozenset({"place", "vote"})
"""Differences that the page of a TPS tells; of decisions it tells all."""


def told_before(previous: Previous | None, election: str) -> dict[str, tuple[Entry, ...]]:
    """Place and vote of TPS of ``election`` as they were, by the code of the kecamatan, the oldest first. What is told
    for the first time is not in it: a kecamatan is made before it is compared.

    Raises:
        Failed: the log of ``previous`` cannot be understood.
    """
    found: dict[str, list[Entry]] = {}
    for entry in read_log(previous.path(CHANGES), previous.name) if previous else ():
        if entry.election == election and entry.tps and (entry.declared or entry.what in OF_A_TPS):
            found.setdefault(entry.kecamatan_code or "", []).append(entry)
    return {code: tuple(entries) for code, entries in found.items()}
