"""Personal data that must stop a build, and what only looks like it."""

from __future__ import annotations

import pytest

from sitegen.privacy.recognise import finds
from tests.support import MINI, ROOT

NIK = "1602050101800001"


def found(text: str) -> list[str]:
    return [problem.code for problem in personal_data({"a.yaml": text}, PERSONS)]


@pytest.mark.parametrize(
    "text",
    [
        NIK,
        "1602 0501 0180 0001",
        "1602.0501.0180.0001",
        "1602-0501-0180-0001",
        "160205 010180 0001",
        "16.02.05.010180.0001",
        "1 6 0 2 0 5 0 1 0 1 8 0 0 0 0 1",
        f"NIK:{NIK}.",
        f"ketua: Petugas ({NIK})",
        f"# {NIK}",
        f"nik{NIK}nik",
    ],
)
def test_a_nik_in_every_spelling(text: str) -> None:
    assert found(text) == ["privacy.nik"]
    assert [p.code for p in personal_data({"a.md": text}, NUMBERS)] == ["privacy.nik"]


@pytest.mark.parametrize(
    "text",
    [
        "+6281234567890",
        "6281234567890",
        "+62 812-3456-7890",
        "081234567890",
        "0812 3456 7890",
        "0812-3456-7890",
        "0812.3456.7890",
        "(0712) 321234",
        "(0712)321234",
        "0712-321234",
        "WA: 0812 3456 789",
        "HP 08123456789, rumah",
        "wa.me/6281234567890",
    ],
)
def test_a_telephone_number_in_every_spelling(text: str) -> None:
    assert found(text) == ["privacy.phone"]


@pytest.mark.parametrize("text", ["a.b+c@mail.example", "tulis ke petugas_1@kpu.example.id.", "<A@B.CO>"])
def test_a_mail_address(text: str) -> None:
    assert found(text) == ["privacy.email"]


@pytest.mark.parametrize(
    "text",
    [
        "code: 16.02.05.1010",
        "code: 62.01.01.2001",  # Kalimantan Tengah begins like a telephone number
        "- 62.01.01.2001\n- 62.01.01.2002",
        "16.02.05.1010, 16.02.05.1011 dan 16.02.05.1012",
        "d/1602051010.html",
        "2024-11-27",
        "27-11-2024",
        "2024-11-26 18:00",
        "2024-11-26T18:00:00+07:00",
        "2024-11-07 sampai 2024-12-08",
        "pukul 07.00–13.00 WIB",
        "07.00-13.00",
        "opens: 07:00",
        "rt: 1-3, 5, 7-9, 11-15",
        "RT 001/RW 002",
        "Jalan Contoh nomor 44, RT 1 RW 1",
        "SK KPU OKI nomor 000 (contoh)",
        "122/PM.00.01/K.SS-09/11/2024",
        "SK Nomor 1234/PP.04.2-Kpt/1602/2024",
        "okinews 5303, sumeks 735147, tribunsumsel 4 Dec 2024",
        "577.241 = 294.966 + 282.275",
        "1.249 TPS, 8.743 KPPS, 577.241 pemilih",
        "men: 232\nwomen: 215\n",
        "lat: -3.39041\nlon: 104.83123\n",
        "lat: -0.0263303412345\nlon: 109.3425033412345\n",
        "lat: -3.390412345678901\nlon: 104.8312345678901\n",
        "coordinates: {lat: -6.17539244636168, lon: 106.82715298547573}",
        "@kpu_oki",
        "12345678901234567890",
    ],
)
def test_what_is_not_personal(text: str) -> None:
    assert found(text) == []


def test_a_match_is_shown_masked_with_its_line_and_only_once() -> None:
    text = f"a: 1\nb: {NIK}\nc: {NIK}\n"
    problems = list(personal_data({"a.yaml": text}, PERSONS))
    assert [(p.path, p.line) for p in problems] == [("a.yaml", 2), ("a.yaml", 3)]
    assert NIK not in str(problems)
    assert dict(problems[0].what.values) == {"masked": "16" + "*" * 14}


def test_a_number_hidden_as_a_position_is_found_elsewhere() -> None:
    assert found("number: 1602.050101800001") == ["privacy.nik"]
    assert found(f"lat: {NIK}") == ["privacy.nik"]


def test_the_whole_content_holds_no_personal_data() -> None:
    files = [
        path for folder in (ROOT, MINI) for path in (folder / "content").rglob("*") if path.suffix in (".yaml", ".md")
    ]
    texts = {str(path): path.read_text("utf-8") for path in files}
    assert len(texts) > 350
    assert list(personal_data(texts, PERSONS)) == []
