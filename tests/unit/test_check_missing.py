"""What is not known yet of TPS and villages, and how much of the whole is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sitegen.checks.acknowledged import Acknowledgements
from sitegen.checks.missing import FACTS, Known, check_missing, completeness, lacking
from sitegen.model.acknowledged import Acknowledgement
from sitegen.model.region import VillageKind
from sitegen.model.summary import KecamatanSummary, Totals, TpsSummary, VillageSummary
from sitegen.model.tps import ChangeKind
from sitegen.problems import Problem, Severity
from tests.support import CANCELLED, MERGED, change, village_file

FOLDER = Path("tps")
FULL = (
    "place: Balai, coordinates: {lat: -3.4, lon: 104.8}, coverage: [{rt: 1}], voters: {men: 1, women: 1}, "
    "kpps: {ketua: A, anggota: [B]}"
)


def village(code: str, name: str, *lacks: tuple[str, ...]) -> VillageSummary:
    """A village whose TPS lack these facts."""
    numbers = tuple(range(1, len(lacks) + 1))
    facts = {fact: tuple(n for n in numbers if fact in lacks[n - 1]) for fact in FACTS}
    return VillageSummary(code, name, VillageKind.DESA, (), "", numbers, (), facts, Totals(1, len(lacks)))


def kecamatan(number: int, *villages: VillageSummary) -> KecamatanSummary:
    total = Totals.sum(one.totals for one in villages)
    return KecamatanSummary(f"16.02.{number:02}", f"Contoh {number}", f"contoh-{number}", (), "", villages, total)


ONE = kecamatan(5, village("16.02.05.2001", "Satu", ("place",), (), ("place",)), village("16.02.05.2002", "Dua", ()))
TWO = kecamatan(6, village("16.02.06.2001", "Tiga", ()))


def found(*shards: KecamatanSummary, accepted: tuple[Acknowledgement, ...] = (), broken: str = "") -> list[Problem]:
    return list(check_missing(shards, "16.02", FOLDER, Acknowledgements(accepted), frozenset({broken})))


def values(problem: Problem) -> dict[str, object]:
    named = dict(problem.what.values)
    return {**named, **({"names": dict(named["names"].values)["text"]} if "names" in named else {})}  # type: ignore[attr-defined]


def test_what_a_tps_lacks() -> None:
    document = village_file(f"number: 1, {FULL}", "number: 2", "number: 901")
    full, empty, _ = document.data.tps
    assert lacking([full]) == {}
    assert lacking([full, empty]) == dict.fromkeys(FACTS, (2,))
    assert lacking(document.data.tps) == {fact: (2,) if fact == "coverage" else (2, 901) for fact in FACTS}


def test_completeness() -> None:
    found = completeness([ONE, TWO])
    assert found["place"] == Known(5, 3)
    assert found["kpps"] == Known(5, 5)
    special = kecamatan(7, VillageSummary("16.02.07.2001", "X", VillageKind.DESA, (), "", (901,), (), {}, Totals()))
    assert completeness([special])["coverage"] == Known(0, 0)


def test_nothing_is_missing_where_nobody_votes() -> None:
    document = village_file("number: 1", f"number: 2, {MERGED}", f"number: 3, {CANCELLED}")
    assert [bool(lacking([tps])) for tps in document.data.tps] == [True, False, False]
    ended = TpsSummary(2, None, "", (change(ChangeKind.CANCELLED),))
    special = TpsSummary(901, None, "", (change(ChangeKind.MERGED, into=1),))
    stations, lacks = (ended, special), {"place": (1,)}
    totals = Totals(1, 1, ended=2)
    one = kecamatan(
        5, VillageSummary("16.02.05.2001", "Satu", VillageKind.DESA, (), "", (1, 2, 901), stations, lacks, totals)
    )
    known = completeness([one])
    assert (known["place"], known["coverage"]) == (Known(1, 0), Known(1, 1))
    (problem,) = found(one)
    assert dict(problem.what.values) == {"count": 1, "all": 1, "kecamatan": "Contoh 5"}
    two = kecamatan(6, village("16.02.06.2001", "Dua", ("place",)))
    (whole,) = found(one, two)
    assert (whole.place, dict(whole.what.values)) == ("16.02", {"count": 2})


@pytest.mark.parametrize(
    ("due", "known", "percent"), [(3, 2, 66), (1000, 999, 99), (5, 5, 100), (0, 0, None), (4, 0, 0)]
)
def test_percent_is_rounded_down(due: int, known: int, percent: int | None) -> None:
    assert Known(due, known).percent == percent


def test_one_message_for_a_kecamatan_names_its_tps() -> None:
    (problem,) = found(ONE, TWO)
    assert (problem.code, problem.severity, problem.place) == ("missing.place", Severity.WARNING, "16.02.05")
    assert problem.path == "tps/contoh-5"
    assert values(problem) == {"count": 2, "all": 4, "kecamatan": "Contoh 5", "names": "Satu 1, 3"}


def test_of_many_villages_some_are_named() -> None:
    many = kecamatan(5, *(village(f"16.02.05.20{n}", f"V{n}", ("kpps",), ()) for n in range(10, 19)))
    (problem,) = found(many, TWO)
    names = dict(dict(problem.what.values)["names"].values)  # type: ignore[attr-defined]
    assert names == {"names": "V10 1; V11 1; V12 1; V13 1; V14 1; V15 1", "count": 3}


def test_nothing_known_in_a_kecamatan_is_said_shortly() -> None:
    none = kecamatan(5, village("16.02.05.2001", "Satu", ("voters",), ("voters",)))
    (problem,) = found(none, TWO)
    assert values(problem) == {"count": 2, "all": 2, "kecamatan": "Contoh 5"}


def test_nothing_known_at_all_is_said_once() -> None:
    none = [kecamatan(n, village(f"16.02.0{n}.2001", "Satu", ("voters",))) for n in (5, 6)]
    (problem,) = found(*none)
    assert (problem.code, problem.place, problem.path) == ("missing.voters", "16.02", "tps")
    assert values(problem) == {"count": 2}
    third = kecamatan(7, village("16.02.07.2001", "Satu", ("voters",)))
    assert [problem.place for problem in found(*none, third, broken="contoh-7")] == ["16.02.05", "16.02.06"]


def test_villages_without_tps() -> None:
    (problem,) = found(kecamatan(5, village("16.02.05.2001", "Satu"), village("16.02.05.2002", "Dua", ())), TWO)
    assert (problem.code, problem.place) == ("missing.tps", "16.02.05")
    assert values(problem) == {"count": 1, "all": 2, "kecamatan": "Contoh 5", "names": "Satu"}


def test_of_a_kecamatan_with_errors_nothing_is_concluded() -> None:
    assert found(ONE, TWO, broken="contoh-5") == []


def test_what_is_accepted_is_told_apart() -> None:
    entry = Acknowledgement(code="missing.place", place="16.02.05.2001", tps=(3,), reason="Belum ditetapkan")
    open_one, accepted = found(ONE, TWO, accepted=(entry,))
    assert (values(open_one)["names"], open_one.reason) == ("Satu 1", "")
    assert (values(accepted)["names"], accepted.reason) == ("Satu 3", "Belum ditetapkan")


def test_what_is_accepted_in_part_is_not_said_of_all() -> None:
    none = [kecamatan(n, village(f"16.02.0{n}.2001", "Satu", ("voters",))) for n in (5, 6)]
    entry = Acknowledgement(code="missing.voters", place="16.02.05", reason="Contoh")
    assert [(one.place, one.reason) for one in found(*none, accepted=(entry,))] == [
        ("16.02.05", "Contoh"),
        ("16.02.06", ""),
    ]
    everywhere = replace(entry, place="16.02")
    assert [(one.place, one.reason) for one in found(*none, accepted=(everywhere,))] == [("16.02", "Contoh")]
