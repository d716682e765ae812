"""KPPS whose name stands at two TPS: told as far as chance does not explain it, and never with the name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sitegen.checks.people import check_people, check_teams, team_keys
from sitegen.content.documents import Document
from sitegen.model.config import DataStatus
from sitegen.model.summary import KecamatanSummary
from sitegen.model.tps import VillageTps
from sitegen.problems import Problem, Severity
from tests.support import MERGED, plans, shard_of, village_file, with_config


def station(number: int, *names: str) -> str:
    ketua, *anggota = names
    return f"number: {number}, kpps: {{ketua: {ketua}, anggota: [{', '.join(anggota)}]}}"


def found(*files: Document[VillageTps]) -> list[Problem]:
    problems = list(check_people(shard_of(*files)))
    for problem in problems:
        assert "ontoh" not in str(problem.what), "a name is repeated"
    return problems


def test_different_people_are_no_problem() -> None:
    assert (
        found(village_file(station(1, "Contoh A", "Contoh B"), station(2, "Contoh C", "Contoh D"), "number: 3")) == []
    )


def test_one_name_twice_at_one_tps() -> None:
    (problem,) = found(village_file(station(1, "Contoh A", "Contoh B", "CONTOH  A.")))
    assert (problem.code, problem.severity, problem.tps) == ("kpps.name-twice", Severity.WARNING, (1,))


def test_one_name_at_two_tps_of_a_village() -> None:
    document = village_file(station(1, "Contoh A", "Contoh B"), station(2, "Contoh C", "contoh a"))
    (problem,) = found(document)
    assert (problem.code, problem.severity, problem.tps) == ("kpps.name-twice", Severity.WARNING, (1, 2))
    assert (problem.place, problem.line) == ("16.02.05.1010", document.line("tps", 1, "kpps"))


def test_one_name_in_two_villages_is_only_counted() -> None:
    here = village_file(station(1, "Contoh A", "Contoh B"))
    there = village_file(station(1, "Contoh A", "Contoh C"), village="16.02.05.2011")
    (problem,) = found(here, there)
    assert (problem.code, problem.severity, problem.place) == ("kpps.names-in-villages", Severity.NOTE, "16.02.05")
    assert dict(problem.what.values) == {"count": 1, "shown": "TPS 1 Desa 10 – TPS 1 Desa 11"}


def test_of_many_such_cases_a_few_are_shown() -> None:
    files = [village_file(station(1, "Contoh A"), village=f"16.02.05.20{n}") for n in range(10, 14)]
    (problem,) = found(*files)
    assert dict(problem.what.values)["count"] == 6
    assert str(dict(problem.what.values)["shown"]).count("–") == 5


def test_two_names_in_common_are_no_chance() -> None:
    here = village_file(station(1, "Contoh A", "Contoh B"))
    there = village_file(station(3, "Contoh B", "Contoh A"), village="16.02.05.2011")
    (problem,) = found(here, there)
    assert (problem.code, problem.severity) == ("kpps.same-names", Severity.WARNING)
    assert (problem.place, problem.tps) == ("16.02.05.2011", (3,))
    assert dict(problem.what.values) == {"number": 3, "other": "TPS 1 Desa 10", "count": 2}


def test_a_name_that_everybody_has_tells_nothing() -> None:
    files = [village_file(station(1, "Contoh"), village=f"16.02.05.20{n}") for n in range(10, 40)]
    assert found(*files) == []


def test_keys_tell_the_people_and_not_their_order() -> None:
    tps = village_file(
        station(1, "Contoh A", "Contoh B"), station(2, "contoh b", "Contoh A."), station(3, "X", "Y"), "number: 4"
    )
    keys = team_keys(tps.data.tps)
    first, second, third, none = (keys[start : start + 8] for start in range(0, 32, 8))
    assert first == second != third
    assert none == bytes(8)


def summaries(status: DataStatus) -> list[KecamatanSummary]:
    """The small site; its first TPS of Jua-jua and that of Sukaraja, in two kecamatan, have the same names."""
    return [plan.summary for plan in plans(site=with_config(data_status=status)).values()]


def test_one_list_in_two_kecamatan() -> None:
    (problem,) = check_teams(summaries(DataStatus.OFFICIAL), Path("tps"))
    assert (problem.code, problem.severity) == ("kpps.same-team", Severity.WARNING)
    assert (problem.path, problem.place, problem.tps) == ("tps/pedamaran", "16.02.03.2005", (1,))
    assert "Jua-jua" in str(problem.what)


def test_names_of_a_sample_are_not_compared() -> None:
    assert list(check_teams(summaries(DataStatus.SAMPLE), Path("tps"))) == []


def test_tps_without_kpps_are_not_the_same() -> None:
    one, other = summaries(DataStatus.OFFICIAL)
    empty = [replace(one, teams=bytes(24)), replace(other, teams=bytes(8))]
    assert list(check_teams(empty, Path("tps"))) == []


def test_kpps_of_a_merged_tps_work_at_another() -> None:
    names = ("Contoh A", "Contoh B")
    document = village_file(station(1, *names), f"{station(2, *names)}, {MERGED}")
    assert found(document) == []
    one, merged = document.data.tps
    assert team_keys([merged]) == bytes(8) != team_keys([one])
