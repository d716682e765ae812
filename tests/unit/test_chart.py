"""Charts: coordinates that the template only draws."""

from __future__ import annotations

from sitegen.keys import key_of_value
from sitegen.model.summary import Totals
from sitegen.pages.chart import ROW_HEIGHT, WIDTH, Comparison
from sitegen.pages.rows import KecamatanRow


def row(code: str, name: str, tps: int, men: int = 0, women: int = 0) -> KecamatanRow:
    return KecamatanRow(code, name, f"p/{name.lower()}.html", Totals(1, tps, 0, men, women))


ROWS = (
    row("16.02.01", "Beta", 10, 5, 5),
    row("16.02.02", "Alfa", 10, 30, 10),
    row("16.02.03", "Gama", 40, 1, 1),
)


def test_the_longest_bar_is_first_and_equal_ones_stand_by_name() -> None:
    chart = Comparison(ROWS).tps_chart
    assert [(row.label, row.value, row.width, row.y) for row in chart.rows] == [
        ("Gama", 40, WIDTH, 0),
        ("Alfa", 10, WIDTH / 4, ROW_HEIGHT),
        ("Beta", 10, WIDTH / 4, 2 * ROW_HEIGHT),
    ]
    assert (chart.width, chart.height) == (WIDTH, 3 * ROW_HEIGHT)
    assert chart.rows[0].code == "16.02.03"


def test_voters_are_men_and_women() -> None:
    chart = Comparison(ROWS).voters_chart
    assert [(row.label, row.value) for row in chart.rows] == [("Alfa", 40), ("Beta", 10), ("Gama", 2)]


def test_kecamatan_that_compare_the_same_have_one_key() -> None:
    assert key_of_value(Comparison(ROWS)) == key_of_value(Comparison(ROWS[:]))
    assert key_of_value(Comparison(ROWS)) != key_of_value(Comparison(ROWS[:2]))
    assert key_of_value(Comparison(ROWS)) != key_of_value(Comparison((*ROWS[:2], row("16.02.03", "Gama", 40, 1, 2))))


def test_a_chart_of_nothing_divides_by_nothing() -> None:
    assert Comparison(()).tps_chart.rows == ()
    assert Comparison(()).tps_chart.height == 0
    assert [row.width for row in Comparison((row("16.02.01", "Nol", 0),)).tps_chart.rows] == [0]
