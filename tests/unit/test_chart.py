"""Charts: coordinates that the template only draws."""

from __future__ import annotations

from sitegen.model.summary import KecamatanSummary, Totals
from sitegen.pages.chart import ROW_HEIGHT, WIDTH, tps_chart, voters_chart


def shard(code: str, name: str, tps: int, men: int = 0, women: int = 0) -> KecamatanSummary:
    return KecamatanSummary(code, name, name.lower(), (), f"p/{name.lower()}.html", (), Totals(1, tps, 0, men, women))


SHARDS = [
    shard("16.02.01", "Beta", 10, 5, 5),
    shard("16.02.02", "Alfa", 10, 30, 10),
    shard("16.02.03", "Gama", 40, 1, 1),
]


def test_the_longest_bar_is_first_and_equal_ones_stand_by_name() -> None:
    chart = tps_chart(SHARDS)
    assert [(row.label, row.value, row.width, row.y) for row in chart.rows] == [
        ("Gama", 40, WIDTH, 0),
        ("Alfa", 10, WIDTH / 4, ROW_HEIGHT),
        ("Beta", 10, WIDTH / 4, 2 * ROW_HEIGHT),
    ]
    assert (chart.width, chart.height) == (WIDTH, 3 * ROW_HEIGHT)
    assert chart.rows[0].url == "p/gama.html"


def test_voters_are_men_and_women() -> None:
    assert [(row.label, row.value) for row in voters_chart(SHARDS).rows] == [("Alfa", 40), ("Beta", 10), ("Gama", 2)]


def test_only_the_own_kecamatan_stands_out() -> None:
    assert [row.label for row in tps_chart(SHARDS, "16.02.02").rows if row.own] == ["Alfa"]
    assert not any(row.own for row in tps_chart(SHARDS).rows)


def test_a_chart_of_nothing_divides_by_nothing() -> None:
    assert tps_chart([]).rows == ()
    assert tps_chart([]).height == 0
    assert [row.width for row in tps_chart([shard("16.02.01", "Nol", 0)]).rows] == [0]
