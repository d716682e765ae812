"""Sample data: TPS that do not exist, for demonstrations, tests and measurements of any size.

The rule is written down in ``docs/sample-data.md``. Every place and every name says "contoh"; the same
seed gives the same data on every machine, and one kecamatan's data do not depend on another's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from sitegen.hierarchy import Area, KecamatanArea, is_city
from sitegen.model.election import Election
from sitegen.model.region import VillageKind, village_kind
from sitegen.model.tps import (
    FIRST_SPECIAL,
    Change,
    ChangeKind,
    Coverage,
    Kpps,
    Pps,
    Source,
    Tps,
    VillageTps,
    Voters,
)
from sitegen.problems import UsageError, msg
from sitegen.shares import Dice, share

DEFAULT_SEED = "papan-tps"
_TPS_OF_A_DESA = (
    *(1,) * 24, *(2,) * 17, *(3,) * 8, *(4,) * 2, *(5,) * 26, *(6,) * 13, *(7,) * 4, *(8,) * 3, 9, 10, 12,
)  # fmt: skip
"""TPS of a desa without official totals, in 100 cases: 5 at the median, 3.8 on average."""
_KELURAHAN_WEIGHT = 140
_DESA_WEIGHT = 100
_BY_WATER = frozenset({"air", "kuala", "lebak", "muara", "pulau", "rawa", "sungai", "teluk"})
_SCHOOLS = ("SDN", "Halaman SMPN")
_PLACES = (
    *_SCHOOLS, "Rumah tani", "Lapangan voli", "Gedung serbaguna", "Posyandu", "PAUD", "Pos ronda", "Pasar",
    "Madrasah", "Lapangan bola", "Poskesdes",
)  # fmt: skip
_LANDMARKS = (
    "Di samping lapangan, 300 meter dari jalan besar (contoh)",
    "Di seberang warung Contoh (contoh)",
    "Dekat jembatan, 200 meter dari pasar (contoh)",
    "Di belakang kantor desa atau kelurahan (contoh)",
)
_LANDINGS = (
    "Dermaga pasar, lalu jalan kaki 5 menit (contoh)",
    "Dermaga desa, lalu jalan kaki 10 menit (contoh)",
    "Tambatan perahu di jembatan, lalu jalan kaki 3 menit (contoh)",
)
_SPECIAL_PLACES = ("Lembaga Pemasyarakatan Contoh", "Rumah Sakit Contoh", "Perkebunan Contoh", "Pesantren Contoh")


@dataclass(frozen=True, slots=True)
class Quota:
    """What is known of a kecamatan: how many TPS and voters, and of these how many men."""

    tps: int
    voters: int
    men: int


@dataclass(frozen=True, slots=True)
class SampleRule:
    """All that decides a sample beside the regions. ``quotas`` (by kecamatan code) come out exactly;
    a kecamatan without one gets a size that is usual in the country, and now and then a special TPS.
    """

    office: str
    max_voters: int
    anggota: int
    moved_at: dt.datetime
    seed: str = DEFAULT_SEED
    quotas: Mapping[str, Quota] = field(default_factory=dict)

    @property
    def document(self) -> str:
        """The decree that the sample pretends to rest on."""
        return f"SK {self.office} nomor 000 (contoh)"


def rule_for(election: Election, office: str, seed: str | None = None) -> SampleRule:
    """The rule for an election of the office with this short name; official totals per kecamatan,
    where the election has them, become quotas.
    """
    eve = dt.datetime.combine(election.date - dt.timedelta(days=1), dt.time(16, 30))
    totals = election.official_totals
    shown = [kecamatan for kecamatan in totals.kecamatan if kecamatan.tps]
    men = share(totals.voters.men, [kecamatan.voters for kecamatan in shown]) if shown else []
    return SampleRule(
        office=office,
        max_voters=election.rules.max_voters_per_tps,
        anggota=election.rules.kpps_per_tps.anggota,
        moved_at=eve,
        seed=seed or DEFAULT_SEED,
        quotas={k.code: Quota(k.tps, k.voters, m) for k, m in zip(shown, men, strict=True)},
    )


def sample(regions: Iterable[KecamatanArea], rule: SampleRule) -> Iterator[VillageTps]:
    """The TPS of every village, in the order of the regions; holds one kabupaten at a time. One TPS of
    each kabupaten or kota has moved.

    Raises UsageError when a quota cannot be met (fewer TPS than villages, more voters than allowed).
    """
    for _, group in groupby(regions, key=lambda kecamatan: kecamatan.code[:5]):
        regency = list(group)
        moving = _moving_village(regency)
        for kecamatan in regency:
            for village in _sample_kecamatan(kecamatan, rule):
                yield _with_move(village, rule, moving) if village.village == moving.code else village


def _moving_village(regency: list[KecamatanArea]) -> Area:
    """The first village of the kecamatan with the most kelurahan: the town of the region, if it has one."""
    town = max(regency, key=lambda kecamatan: sum(_is_kelurahan(village.code) for village in kecamatan.villages))
    return town.villages[0]


def _is_kelurahan(code: str) -> bool:
    return village_kind(code) is VillageKind.KELURAHAN


def _sample_kecamatan(kecamatan: KecamatanArea, rule: SampleRule) -> Iterator[VillageTps]:
    dice = Dice(f"{rule.seed}/{kecamatan.code}")
    quota = rule.quotas.get(kecamatan.code)
    counts = _counts(kecamatan, dice, quota)
    voters = iter(_voters(sum(counts), dice, rule, quota))
    first_person = 1
    special = dice.below(len(counts)) if not quota and dice.percent(4) else -1
    for place, (village, count) in enumerate(zip(kecamatan.villages, counts, strict=True)):
        tps = _tps_of_village(village, kecamatan, [next(voters) for _ in range(count)], rule, first_person)
        if place == special:
            tps.append(_special_tps(dice, rule, first_person + count * (rule.anggota + 1)))
        first_person += len(tps) * (rule.anggota + 1)
        yield VillageTps(village=village.code, source=Source(document=rule.document), pps=_pps(village), tps=tuple(tps))


def _counts(kecamatan: KecamatanArea, dice: Dice, quota: Quota | None) -> list[int]:
    """TPS of each village, at least one."""
    villages = kecamatan.villages
    if quota is None:
        return [_usual_count(village.code, dice) for village in villages]
    if quota.tps < len(villages):
        raise UsageError(
            msg("Kecamatan %(code)s has fewer TPS (%(tps)s) than villages", code=kecamatan.code, tps=quota.tps)
        )
    weights = [
        (_KELURAHAN_WEIGHT if _is_kelurahan(village.code) else _DESA_WEIGHT) * dice.between(50, 150)
        for village in villages
    ]
    return [1 + more for more in share(quota.tps - len(villages), weights)]


def _usual_count(code: str, dice: Dice) -> int:
    if not _is_kelurahan(code):
        return dice.pick(_TPS_OF_A_DESA)
    if is_city(code):
        return 4 + dice.below(23) + dice.below(23) + (dice.below(9) if dice.percent(5) else 0)
    return dice.between(3, 11)


def _voters(count: int, dice: Dice, rule: SampleRule, quota: Quota | None) -> list[Voters]:
    """Voters of each TPS of a kecamatan: near the mean, never above the rule, sums as in the quota."""
    if quota is None:
        return [_usual_voters(dice, rule.max_voters) for _ in range(count)]
    if quota.voters > count * rule.max_voters:
        raise UsageError(
            msg(
                "%(voters)s voters do not fit into %(tps)s TPS of at most %(most)s",
                voters=quota.voters,
                tps=count,
                most=rule.max_voters,
            )
        )
    totals = share(quota.voters, [dice.between(88, 112) for _ in range(count)], [rule.max_voters] * count)
    men = share(quota.men, [max(1, total * dice.between(96, 104)) for total in totals], totals)
    return [Voters(men=m, women=total - m) for total, m in zip(totals, men, strict=True)]


def _usual_voters(dice: Dice, most: int) -> Voters:
    total = dice.between(most * 62 // 100, most * 94 // 100)
    men = total * dice.between(485, 520) // 1000
    return Voters(men=men, women=total - men)


def _tps_of_village(
    village: Area, kecamatan: KecamatanArea, voters: list[Voters], rule: SampleRule, first_person: int
) -> list[Tps]:
    dice = Dice(f"{rule.seed}/{village.code}")
    places = _places(village, dice, len(voters))
    coverage = _coverage(village, dice, len(voters))
    landing = dice.pick(_LANDINGS) if _is_on_water(village, kecamatan) and dice.percent(67) else None
    return [
        Tps(
            number=number,
            place=places[number - 1],
            address=_address(dice, coverage[number - 1][0]),
            landmark=dice.pick(_LANDMARKS) if dice.percent(30) else None,
            by_water=landing,
            coverage=coverage[number - 1],
            voters=counted,
            kpps=_kpps(first_person + (number - 1) * (rule.anggota + 1), rule.anggota),
        )
        for number, counted in enumerate(voters, start=1)
    ]


def _is_on_water(village: Area, kecamatan: KecamatanArea) -> bool:
    words = f"{village.name} {kecamatan.name}".lower().split()
    return not _BY_WATER.isdisjoint(words)


def _hall(village: Area) -> str:
    return f"Balai {'Kelurahan' if _is_kelurahan(village.code) else 'Desa'} {village.name} (contoh)"


def _places(village: Area, dice: Dice, count: int) -> list[str]:
    """A different place for each TPS. The first is the village's hall; no TPS is at SDN 1."""
    rounds = 1 + count // len(_PLACES)
    others = [_place(kind, n, village.name) for n in range(1, rounds + 1) for kind in _PLACES]
    return [_hall(village), *dice.shuffled(others)][:count]


def _place(kind: str, number: int, village: str) -> str:
    if kind in _SCHOOLS:
        return f"{kind} {number + 1} {village} (contoh)"
    return f"{kind} {village} (contoh)" if number == 1 else f"{kind} {number} {village} (contoh)"


def _coverage(village: Area, dice: Dice, count: int) -> list[tuple[Coverage, ...]]:
    """RT of each TPS, so that every RT of the village has exactly one. RT are counted anew in each RW;
    three in ten desa count by dusun instead.
    """
    by_dusun = not _is_kelurahan(village.code) and dice.percent(30)
    found: list[tuple[Coverage, ...]] = []
    group, next_rt = 1, 1
    for _ in range(count):
        last = next_rt + dice.between(2, 5)
        parts = [_covered(by_dusun, group, next_rt, last)]
        next_rt = last + 1
        if dice.percent(60):
            group, next_rt = group + 1, 1
            if dice.percent(20):
                parts.append(_covered(by_dusun, group, 1, dice.between(1, 3)))
                group += 1
        found.append(tuple(parts))
    return found


def _covered(by_dusun: bool, group: int, first: int, last: int) -> Coverage:
    rt = ((first, last),)
    return Coverage(dusun=f"Dusun {group}", rt=rt) if by_dusun else Coverage(rw=((group, group),), rt=rt)


def _address(dice: Dice, covered: Coverage) -> str:
    first, last = covered.rt[0] if covered.rt else (1, 1)
    group = f"RW {covered.rw[0][0]}" if covered.rw else covered.dusun
    return f"Jalan Contoh nomor {dice.between(1, 60)}, RT {dice.between(first, last)} {group}"


def _kpps(first: int, anggota: int) -> Kpps:
    names = [f"Petugas Contoh {number}" for number in range(first, first + anggota + 1)]
    return Kpps(ketua=names[0], anggota=tuple(names[1:]))


def _pps(village: Area) -> Pps:
    office = "kelurahan" if _is_kelurahan(village.code) else "desa"
    return Pps(place=f"Kantor {office} {village.name}, pada jam kerja (contoh)")


def _special_tps(dice: Dice, rule: SampleRule, first_person: int) -> Tps:
    return Tps(
        number=FIRST_SPECIAL,
        place=f"{dice.pick(_SPECIAL_PLACES)} (contoh)",
        voters=_usual_voters(dice, rule.max_voters // 2),
        kpps=_kpps(first_person, rule.anggota),
    )


def _with_move(village: VillageTps, rule: SampleRule, area: Area) -> VillageTps:
    """TPS 3 (or the last of fewer) moved from a school yard to the hall; TPS 1, which was there, gets its place."""
    moving = min(3, sum(tps.number < FIRST_SPECIAL for tps in village.tps))
    move = Change(
        kind=ChangeKind.MOVED,
        from_place=f"Halaman SDN 1 {area.name} (contoh)",
        decree=rule.document,
        decided=rule.moved_at,
        reason="Halaman sekolah tergenang (contoh).",
    )
    changed = {
        1: replace(village.tps[0], place=village.tps[moving - 1].place),
        moving: replace(village.tps[moving - 1], place=_hall(area), changes=(move,)),
    }
    return replace(village, tps=tuple(changed.get(tps.number, tps) for tps in village.tps))
