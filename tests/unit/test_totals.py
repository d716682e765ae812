"""The counts of the content against what the office announced."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from sitegen.checks.totals import check_totals
from sitegen.content.documents import Document
from sitegen.model.config import DataStatus
from sitegen.model.election import Election
from sitegen.model.summary import KecamatanSummary, Totals
from sitegen.problems import Problem, Severity
from tests.support import mini_content, plans

NOBODY: frozenset[str] = frozenset()


@cache
def election() -> Document[Election]:
    document = mini_content().election
    assert document is not None
    return document


@cache
def shards() -> tuple[KecamatanSummary, ...]:
    return tuple(plan.summary for plan in plans().values())


def compare(
    kecamatan: tuple[KecamatanSummary, ...],
    status: DataStatus = DataStatus.OFFICIAL,
    broken: frozenset[str] = NOBODY,
) -> list[Problem]:
    return list(check_totals(election(), status, kecamatan, broken))


def told(problems: list[Problem]) -> list[tuple[int, object, object]]:
    values = [(problem.line, dict(problem.what.values)) for problem in problems]
    return [(line, value["found"], value["announced"]) for line, value in values]


def changed(**counts: int) -> tuple[KecamatanSummary, ...]:
    first, *rest = shards()
    return replace(first, totals=first.totals._replace(**counts)), *rest


def test_sums() -> None:
    assert Totals.sum([Totals(1, 2, 3, 4, 5), Totals(10, 20, 30, 40, 50)]) == Totals(11, 22, 33, 44, 55)
    assert Totals(men=4, women=5).voters == 9
    assert [(shard.slug, shard.totals) for shard in shards()] == [
        ("kayu-agung", Totals(2, 3, 21, 600, 600)),
        ("pedamaran", Totals(1, 1, 7, 200, 200)),
    ]


def test_what_adds_up_is_no_problem() -> None:
    assert compare(shards()) == []


@pytest.mark.parametrize(
    ("status", "severity"),
    [
        (DataStatus.OFFICIAL, Severity.ERROR),
        (DataStatus.PROVISIONAL, Severity.WARNING),
        (DataStatus.SAMPLE, Severity.WARNING),
    ],
)
def test_a_difference_stops_only_official_data(status: DataStatus, severity: Severity) -> None:
    assert {problem.severity for problem in compare(changed(tps=4), status)} == {severity}


@pytest.mark.parametrize(
    ("counts", "differences"),
    [
        ({"villages": 3}, [(17, 4, 3), (22, 3, 2)]),
        ({"tps": 4}, [(18, 5, 4), (22, 4, 3)]),
        ({"kpps": 20}, [(19, 27, 28)]),
        ({"men": 599}, [(20, 1599, 1600), (20, 799, 800), (22, 1199, 1200)]),
        ({"men": 599, "women": 601}, [(20, 799, 800), (20, 801, 800)]),
    ],
)
def test_every_figure_is_compared(counts: dict[str, int], differences: list[tuple[int, int, int]]) -> None:
    assert told(compare(changed(**counts))) == differences


def test_without_announced_totals_nothing_is_compared() -> None:
    silent = replace(election(), data=replace(election().data, official_totals=None))
    assert list(check_totals(silent, DataStatus.OFFICIAL, changed(tps=0), NOBODY)) == []


def test_a_kecamatan_that_is_announced_and_missing() -> None:
    problems = compare(shards()[:1])
    assert [problem.code for problem in problems if problem.line == 23] == ["totals.unknown-kecamatan"]


def test_nothing_is_concluded_from_a_shard_with_errors() -> None:
    assert compare(changed(tps=0), broken=frozenset({"kayu-agung"})) == []
    other = (*changed(tps=0)[:1], replace(shards()[1], totals=Totals()))
    assert {line for line, _, _ in told(compare(other, broken=frozenset({"kayu-agung"})))} == {23}


def test_a_site_without_shards_differs_and_does_not_fail() -> None:
    assert (18, 0, 4) in told([problem for problem in compare(()) if problem.code == "totals.difference"])
