"""Names in addresses."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.slugs import Named, kecamatan_slugs, slug, unique_slugs, village_slugs


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Jua-jua", "jua-jua"),
        ("Ba'u", "bau"),
        ("Regapu\u2019u", "regapuu"),
        ("Ba\u00b4u", "bau"),
        ('Ra"as', "raas"),
        ("Lalai I/II", "lalai-i-ii"),
        ("Lambang Sari I, II, III", "lambang-sari-i-ii-iii"),
        ("Air Sialang Hilir.", "air-sialang-hilir"),
        ("Tgk.Dibanda Pirak", "tgk-dibanda-pirak"),
        ("P.O. Hurlang", "po-hurlang"),
        ("Misool (Misool Utara)", "misool-misool-utara"),
        ("Café Ångström", "cafe-angstrom"),
        ("  a_b  --  c ", "a-b-c"),
        ("京都", "tanpa-nama"),
        ("***", "tanpa-nama"),
        ("Con", "nama-con"),
        ("LPT1", "nama-lpt1"),
        ("Index", "nama-index"),
    ],
)
def test_slug_of_a_name(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text())
def test_every_text_gives_a_slug_that_may_stand_in_an_address(name: str) -> None:
    made = slug(name)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", made)
    assert len(made) <= 65
    assert slug(made) == made or made.startswith("nama-")


def test_a_long_name_ends_with_a_whole_word() -> None:
    made = slug("Sukaraja " * 12)
    assert len(made) <= 60
    assert set(made.split("-")) == {"sukaraja"}


def test_namesakes_of_a_kecamatan_all_carry_their_code() -> None:
    villages = [("53.01.06.1001", "Oesao"), ("53.01.06.2007", "Oesao"), ("53.01.06.2008", "Merdeka")]
    assert village_slugs(villages) == {
        "53.01.06.1001": "oesao-1001",
        "53.01.06.2007": "oesao-2007",
        "53.01.06.2008": "merdeka",
    }


def test_the_order_of_villages_changes_nothing() -> None:
    villages = [("11.01.01.2001", "A"), ("11.01.01.2002", "a"), ("11.01.01.2003", "A 2001")]
    assert village_slugs(villages) == village_slugs(villages[::-1])
    items = [Named("11.01", "A", "x"), Named("12.01", "A", "x")]
    assert unique_slugs(items) == unique_slugs(items[::-1]) == {"11.01": "a-x", "12.01": "a-12-01"}


def test_a_suffix_that_is_another_ones_name_gives_way_to_the_whole_code() -> None:
    made = village_slugs([("11.01.01.2001", "A"), ("11.01.01.2002", "A"), ("11.01.01.2003", "A 2001")])
    assert made == {"11.01.01.2001": "a-11-01-01-2001", "11.01.01.2002": "a-2002", "11.01.01.2003": "a-2001"}


def test_when_no_name_is_left_somebody_must_choose() -> None:
    with pytest.raises(ValueError, match=r"12\.01"):
        unique_slugs([Named("11.01", "A", "x"), Named("12.01", "A", "x"), Named("13.01", "A 12 01", "x")])


def test_kecamatan_of_one_name_carry_their_kabupaten() -> None:
    regencies = {"16.02": "Kabupaten Ogan Komering Ilir", "16.71": "Kota Palembang"}
    kecamatan = [("16.02.01", "Sukarami"), ("16.71.01", "Sukarami"), ("16.02.05", "Kayu Agung")]
    assert kecamatan_slugs(kecamatan, regencies) == {
        "16.02.01": "sukarami-ogan-komering-ilir",
        "16.71.01": "sukarami-kota-palembang",
        "16.02.05": "kayu-agung",
    }
