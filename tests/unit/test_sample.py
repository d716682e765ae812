"""The sample generator: real totals, invented places, the same on every machine."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import hierarchy
from sitegen.hierarchy import Area, KecamatanArea
from sitegen.model.tps import FIRST_SPECIAL, Tps, VillageTps
from sitegen.problems import UsageError
from sitegen.sample import Quota, SampleRule, sample
from sitegen.shares import Dice, share

REPOSITORY = Path(__file__).resolve().parents[2]
RULE = SampleRule(office="KPU OKI", max_voters=600, anggota=6, moved_at=dt.datetime(2024, 11, 26, 16, 30))
OKI = {
    "16.02.02": (58, 26216), "16.02.03": (70, 34106), "16.02.04": (70, 32446), "16.02.05": (111, 54282),
    "16.02.08": (71, 33846), "16.02.11": (75, 34060), "16.02.12": (51, 22358), "16.02.13": (111, 56000),
    "16.02.14": (57, 26938), "16.02.15": (69, 25454), "16.02.17": (63, 30849), "16.02.18": (71, 27048),
    "16.02.19": (50, 21370), "16.02.20": (89, 42250), "16.02.21": (60, 27777), "16.02.22": (100, 47633),
    "16.02.23": (38, 17795), "16.02.24": (35, 16813),
}  # fmt: skip
MEN, WOMEN = 294966, 282275


@cache
def oki() -> tuple[VillageTps, ...]:
    men = share(MEN, [voters for _, voters in OKI.values()])
    quotas = {code: Quota(tps, voters, m) for (code, (tps, voters)), m in zip(OKI.items(), men, strict=True)}
    return tuple(sample(hierarchy.kecamatan("16.02"), replace(RULE, quotas=quotas)))


@cache
def generated(within: str) -> tuple[VillageTps, ...]:
    return tuple(sample(hierarchy.kecamatan(within), RULE))


def all_tps(villages: tuple[VillageTps, ...]) -> list[Tps]:
    return [tps for village in villages for tps in village.tps]


def voters(villages: tuple[VillageTps, ...]) -> tuple[int, int]:
    counted = [tps.voters for tps in all_tps(villages) if tps.voters]
    return sum(v.men for v in counted), sum(v.women for v in counted)


def test_oki_has_its_official_totals() -> None:
    assert len(oki()) == 327
    assert len(all_tps(oki())) == 1249
    assert sum(len(tps.kpps) for tps in all_tps(oki()) if tps.kpps) == 8743
    assert voters(oki()) == (MEN, WOMEN)


@pytest.mark.parametrize("code", OKI)
def test_each_kecamatan_has_its_official_totals(code: str) -> None:
    own = tuple(village for village in oki() if village.village.startswith(code))
    assert (len(all_tps(own)), sum(voters(own))) == OKI[code]


def test_jua_jua_has_four_tps_and_the_third_moved() -> None:
    moved = [(v.village, len(v.tps), tps) for v in oki() for tps in v.tps if tps.moved]
    ((code, count, tps),) = moved
    assert (code, count, tps.number) == ("16.02.05.1001", 4, 3)
    assert tps.place == "Balai Kelurahan Jua-jua (contoh)"
    assert tps.moved is not None
    assert tps.moved.from_place == "Halaman SDN 1 Jua-jua (contoh)"
    assert tps.moved.decree == "SK KPU OKI nomor 000 (contoh)"
    assert tps.moved.decided == dt.datetime(2024, 11, 26, 16, 30)


def test_every_village_begins_with_tps_1() -> None:
    for village in oki():
        assert [tps.number for tps in village.tps] == list(range(1, len(village.tps) + 1)), village.village


def test_the_rules_of_the_election_are_kept() -> None:
    for tps in all_tps(oki()):
        assert tps.voters is not None
        assert 300 < tps.voters.total <= 600
        assert tps.kpps is not None
        assert len(tps.kpps) == 7


def test_everything_invented_says_so() -> None:
    for village in (*oki(), *generated("16.71")):
        assert village.source.document == "SK KPU OKI nomor 000 (contoh)"
        assert village.pps is not None
        assert village.pps.place.endswith("(contoh)")
        for tps in village.tps:
            said = [text for text in (tps.place, tps.landmark, tps.by_water) if text is not None]
            assert said
            assert all(text.endswith("(contoh)") for text in said)
            assert tps.address is None or tps.address.startswith("Jalan Contoh nomor ")
            assert tps.kpps is not None
            assert all(name.startswith("Petugas Contoh ") for name in (tps.kpps.ketua, *tps.kpps.anggota))
            assert (tps.wheelchair, tps.coordinates) == (None, None)


def test_no_place_twice_in_a_village_and_no_person_twice_in_a_kecamatan() -> None:
    names: dict[str, Counter[str]] = {}
    for village in (*oki(), *generated("16.71")):
        places = [tps.place for tps in village.tps]
        assert len(set(places)) == len(places), village.village
        found = names.setdefault(village.village[:8], Counter())
        found.update(name for tps in village.tps if tps.kpps for name in (tps.kpps.ketua, *tps.kpps.anggota))
    assert all(set(found.values()) == {1} for found in names.values())


def test_every_rt_belongs_to_one_tps_without_gaps() -> None:
    for village in oki():
        rts: dict[object, list[int]] = {}
        for covered in (part for tps in village.tps for part in tps.coverage):
            for first, last in covered.rt or ():
                rts.setdefault(covered.dusun or covered.rw, []).extend(range(first, last + 1))
        for found in rts.values():
            assert found == list(range(1, len(found) + 1)), village.village


def test_some_villages_are_reached_by_water() -> None:
    by_water = {village.village[:8] for village in oki() if village.tps[0].by_water}
    assert "16.02.15" in by_water
    assert len(by_water) < 18


def test_without_totals_sizes_are_usual_ones() -> None:
    counts = [len(village.tps) for village in generated("94")]
    assert 4 <= median(counts) <= 6
    city = [len(village.tps) for village in generated("16.71")]
    assert 22 <= sum(city) / len(city) <= 30
    assert max(city) <= 57


def test_special_tps_are_rare_and_count_from_901() -> None:
    special = [tps for tps in all_tps(generated("94")) if tps.number >= FIRST_SPECIAL]
    assert 2 <= len(special) <= 12
    assert {tps.number for tps in special} == {901}


def test_where_the_total_is_known_there_is_no_special_tps() -> None:
    many = [KecamatanArea(f"11.01.{n:02}", "A", (Area(f"11.01.{n:02}.2001", "X"),)) for n in range(1, 100)]
    rule = replace(RULE, quotas={kecamatan.code: Quota(tps=2, voters=900, men=450) for kecamatan in many})
    assert [len(village.tps) for village in sample(many, rule)] == [2] * 99


def test_one_tps_of_each_kabupaten_moved() -> None:
    moved = [village.village[:5] for village in generated("94") for tps in village.tps if tps.moved]
    assert len(moved) == len(set(moved)) == len(hierarchy.regencies("94"))


def test_a_kecamatan_does_not_depend_on_the_others() -> None:
    alone = tuple(sample(hierarchy.kecamatan("16.02.24"), RULE))
    whole = tuple(village for village in generated("16.02") if village.village.startswith("16.02.24"))
    assert [v.tps[-1] for v in alone[1:]] == [v.tps[-1] for v in whole[1:]]


def test_another_seed_gives_other_data() -> None:
    other = tuple(sample(hierarchy.kecamatan("16.02"), replace(RULE, seed="lain")))
    assert [len(v.tps) for v in other] != [len(v.tps) for v in generated("16.02")]


def test_the_hash_seed_of_python_has_no_influence() -> None:
    code = (
        "from tests.unit.test_sample import RULE, hierarchy, sample\n"
        "import zlib; print(zlib.crc32(repr(list(sample(hierarchy.kecamatan('16.02.05'), RULE))).encode()))"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=REPOSITORY,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(REPOSITORY)},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(digests) == 1


SMALL = KecamatanArea("11.01.01", "A", (Area("11.01.01.2001", "X"), Area("11.01.01.2002", "Y")))


@pytest.mark.parametrize("quota", [Quota(tps=1, voters=100, men=50), Quota(tps=2, voters=1201, men=600)])
def test_totals_that_cannot_be_met_are_refused(quota: Quota) -> None:
    with pytest.raises(UsageError):
        list(sample([SMALL], replace(RULE, quotas={"11.01.01": quota})))


def test_a_full_kecamatan_is_still_possible() -> None:
    villages = tuple(sample([SMALL], replace(RULE, quotas={"11.01.01": Quota(tps=4, voters=2400, men=1200)})))
    assert [tps.voters.total for tps in all_tps(villages) if tps.voters] == [600] * 4


def test_chance_is_fixed_for_ever() -> None:
    dice = Dice("papan-tps")
    assert [dice.below(1000) for _ in range(5)] == [436, 437, 418, 210, 912]
    assert dice.shuffled("abcdef") == ["d", "b", "c", "a", "f", "e"]


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 1000)), min_size=1, max_size=30), st.data())
def test_shares_add_up_and_keep_their_caps(parts: list[tuple[int, int]], data: st.DataObject) -> None:
    weights, caps = [weight for weight, _ in parts], [cap for _, cap in parts]
    total = data.draw(st.integers(0, sum(caps)))
    found = share(total, weights, caps)
    assert sum(found) == total
    assert all(0 <= part <= cap for part, cap in zip(found, caps, strict=True))


def test_shares_follow_the_largest_remainder() -> None:
    assert share(10, [1, 1, 1]) == [4, 3, 3]
    assert share(7, [5, 3, 2]) == [4, 2, 1]
    with pytest.raises(ValueError, match="do not fit"):
        share(5, [1], [4])
