"""KPPS whose name stands at two TPS. Many people share a name (docs/decisions/0014-names-at-two-tps.md), so what is
told depends on how unlikely chance is, and no message repeats a name."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from sitegen.content.documents import Document
from sitegen.content.shard import ShardContent
from sitegen.model.summary import KecamatanSummary
from sitegen.model.tps import Kpps, Tps, VillageTps
from sitegen.names import plain
from sitegen.problems import Problem, Severity, msg

KEY_BYTES = 8
MOST_HOLDERS = 20
"""A name at more TPS of a kecamatan than this tells nothing about two of them."""


class Post(NamedTuple):
    """Where a name stands."""

    document: Document[VillageTps]
    order: int
    """Of the TPS in its file."""

    @property
    def tps(self) -> Tps:
        """The TPS."""
        return self.document.data.tps[self.order]


def check_people(shard: ShardContent) -> Iterator[Problem]:
    """Names that stand twice in a kecamatan. The KPPS of a TPS where nobody votes any more may work at another."""
    holders: dict[str, list[Post]] = {}
    for document in shard.tps:
        for index, tps in enumerate(document.data.tps):
            names = Counter(names_of(tps.kpps)) if tps.kpps and not tps.end else Counter()
            if any(count > 1 for count in names.values()):
                yield _twice_here(document, index)
            for name in names:
                holders.setdefault(name, []).append(Post(document, index))
    shared = [posts for posts in holders.values() if len(posts) > 1]
    villages = {village.code: village.name for village in shard.kecamatan.data.villages}
    yield from _pairs(shard, shared, villages)


def names_of(kpps: Kpps) -> list[str]:
    """The names, as they are compared: without accents, signs and capitals."""
    return [plain(name) for name in (kpps.ketua, *kpps.anggota)]


def _twice_here(document: Document[VillageTps], index: int) -> Problem:
    number = document.data.tps[index].number
    return document.problem(
        "kpps.name-twice",
        msg("The same name stands twice among the KPPS of TPS %(number)s", number=number),
        msg("Correct one of the two; if they are two people, tell them apart."),
        "tps", index, "kpps",
        severity=Severity.WARNING, place=document.data.village, tps=(number,),
    )  # fmt: skip


def _pairs(shard: ShardContent, shared: Sequence[list[Post]], villages: dict[str, str]) -> Iterator[Problem]:
    """Two TPS with one name in common: of one village a warning, of two villages only counted, because that is chance
    more often than not. Two names or more in common are none."""
    common: Counter[tuple[tuple[str, int], tuple[str, int]]] = Counter()
    posts: dict[tuple[str, int], Post] = {}
    for holders in shared:
        for post in holders:
            posts[post.document.path, post.order] = post
        if len(holders) <= MOST_HOLDERS:
            common.update(combinations(sorted((post.document.path, post.order) for post in holders), 2))
    alone: list[tuple[Post, Post]] = []
    for (one, other), count in sorted(common.items()):
        first, second = posts[one], posts[other]
        if first.document is second.document:
            yield _in_village(first, second, count)
        elif count > 1:
            yield _same_names(first, second, count, villages)
        else:
            alone.append((first, second))
    if alone:
        yield _in_villages(shard, alone, villages)


def _in_village(first: Post, second: Post, count: int) -> Problem:
    numbers = tuple(sorted((first.tps.number, second.tps.number)))
    return second.document.problem(
        "kpps.name-twice",
        msg("%(count)s of the KPPS names stand at TPS %(first)s and at TPS %(second)s",
            count=count, first=numbers[0], second=numbers[1]),
        msg("Nobody can work at two TPS: correct one of them. If they are two people, acknowledge it."),
        "tps", second.order, "kpps",
        severity=Severity.WARNING, place=second.document.data.village, tps=numbers,
    )  # fmt: skip


def _same_names(first: Post, second: Post, count: int, villages: dict[str, str]) -> Problem:
    return second.document.problem(
        "kpps.same-names",
        msg("TPS %(number)s and %(other)s have %(count)s KPPS names in common",
            number=second.tps.number, other=_station(first, villages), count=count),
        msg("A list was probably copied: compare both with the decree."),
        "tps", second.order, "kpps",
        severity=Severity.WARNING, place=second.document.data.village, tps=(second.tps.number,),
    )  # fmt: skip


def _in_villages(shard: ShardContent, pairs: Sequence[tuple[Post, Post]], villages: dict[str, str]) -> Problem:
    shown = ", ".join(f"{_station(a, villages)} – {_station(b, villages)}" for a, b in pairs[:5])
    return Problem(
        shard.kecamatan.path, 0, "kpps.names-in-villages",
        msg("One name each stands at two TPS of different villages in %(count)s cases: %(shown)s",
            count=len(pairs), shown=f"{shown}, …" if len(pairs) > 5 else shown),
        msg("Many people share a name: look only where you have a doubt."),
        Severity.NOTE, shard.kecamatan.data.code,
    )  # fmt: skip


def _station(post: Post, villages: dict[str, str]) -> str:
    code = post.document.data.village
    return f"TPS {post.tps.number} {villages.get(code, code)}"


def team_keys(stations: Iterable[Tps]) -> bytes:
    """A short key of the names of each TPS, one behind the other; zeros where there are none, or nobody votes."""
    return b"".join(_team_key(None if tps.end else tps.kpps) for tps in stations)


def _team_key(kpps: Kpps | None) -> bytes:
    if kpps is None:
        return bytes(KEY_BYTES)
    return hashlib.blake2b("\n".join(sorted(names_of(kpps))).encode(), digest_size=KEY_BYTES).digest()


def check_teams(kecamatan: Iterable[KecamatanSummary], folder: Path) -> Iterator[Problem]:
    """TPS of different kecamatan with all KPPS names the same: a list that was copied. ``folder`` holds the folders of
    TPS."""
    held = tuple(kecamatan)
    twice = _keys_twice(held)
    first: dict[bytes, tuple[KecamatanSummary, str]] = {}
    for one in held if twice else ():
        for key, (code, village, number) in zip(_keys(one), _stations(one), strict=True):
            station = f"TPS {number} {village}"
            if key in twice:
                other, known = first.setdefault(key, (one, station))
                if other is not one:
                    what = msg(
                        "%(station)s, Kec. %(kecamatan)s, has the same KPPS names as %(known)s, Kec. %(other)s",
                        station=station, kecamatan=one.name, known=known, other=other.name,
                    )  # fmt: skip
                    fix = msg("A list was copied: compare both with the decree.")
                    place = str(folder / one.slug)
                    yield Problem(place, 0, "kpps.same-team", what, fix, Severity.WARNING, code, (number,))


def _keys(one: KecamatanSummary) -> Iterator[bytes]:
    return (one.teams[start : start + KEY_BYTES] for start in range(0, len(one.teams), KEY_BYTES))


def _keys_twice(kecamatan: Sequence[KecamatanSummary]) -> set[bytes]:
    seen: set[bytes] = set()
    twice: set[bytes] = set()
    for one in kecamatan:
        for key in _keys(one):
            (twice if key in seen else seen).add(key)
    return twice - {bytes(KEY_BYTES)}


def _stations(one: KecamatanSummary) -> Iterator[tuple[str, str, int]]:
    return ((village.code, village.name, number) for village in one.villages for number in village.numbers)
