"""Regions by the names that people give them."""

from __future__ import annotations

import pytest

from sitegen import hierarchy
from sitegen.problems import Message, UsageError
from sitegen.region_names import find_regions, region_code


def nobody(_question: Message) -> None:
    return None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("16.02", "16.02"),
        ("Kab. Pamekasan", "35.28"),
        ("KABUPATEN PAMEKASAN", "35.28"),
        ("kota surabaya", "35.78"),
        ("Kab.Malang", "35.07"),
        ("OKI", "16.02"),
        ("OKU Timur", "16.08"),
        ("Tolitoli", "72.04"),
        ("tj pinang", "21.72"),
        ("Kota Adm. Jakarta Selatan", "31.74"),
        ("50 Kota", "13.07"),
        ("DIY", "34"),
        ("Provinsi Gorontalo", "75"),
    ],
)
def test_a_name_that_one_region_has(text: str, code: str) -> None:
    assert region_code(text, nobody) == code


def test_every_region_is_found_by_its_name_and_no_other_is() -> None:
    every = list(hierarchy.down_to(2))
    assert len(every) == 38 + 514
    for area in every:
        name = area.name if "." in area.code else f"Provinsi {area.name}"
        assert find_regions(name).areas == (area,)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("malang", ["35.07", "35.73"]),
        ("Gorontalo", ["75", "75.01", "75.71"]),
        ("Pangkajene", ["73.10"]),
        ("Pamekasin", ["35.28"]),
        ("Nusantaria", []),
        ("", []),
    ],
)
def test_what_is_not_certain_is_never_chosen(text: str, codes: list[str]) -> None:
    found = find_regions(text)
    assert [area.code for area in found.areas or found.similar] == codes
    if text:
        with pytest.raises(UsageError) as caught:
            region_code(text, nobody)
        told = str(caught.value.what)
        assert all(code in told for code in codes)


def test_a_person_chooses_between_several() -> None:
    answers = iter(["2\n", "Kota Malang\n", " 35.73\n"])
    questions: list[Message] = []

    def ask(question: Message) -> str:
        questions.append(question)
        return next(answers)

    assert region_code("Malang", ask) == "35.73"
    assert len(questions) == 3
    assert "Kota Malang" in str(questions[0])


def test_who_goes_away_has_chosen_nothing() -> None:
    answers = iter(["what?", None])
    with pytest.raises(UsageError):
        region_code("Malang", lambda _question: next(answers))
