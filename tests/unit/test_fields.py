"""Scalar types of the content: what each one accepts, and what it refuses."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from sitegen.model import fields

ACCEPTED: list[tuple[Any, str, object]] = [
    (fields.Count, "0", 0),
    (fields.Count, "577241", 577241),
    (fields.Count, " 7 ", 7),
    (fields.Count, "999999999", 999_999_999),
    (fields.TpsNumber, "1", 1),
    (fields.TpsNumber, "901", 901),
    (fields.TpsNumber, "999", 999),
    (fields.Degrees, "-3.3904", -3.3904),
    (fields.Degrees, "104", 104.0),
    (fields.Degrees, "-33904567", -33904567.0),
    (fields.Date, "2024-11-27", dt.date(2024, 11, 27)),
    (fields.Date, "2024-02-29", dt.date(2024, 2, 29)),
    (fields.Date, "1945-01-01", dt.date(1945, 1, 1)),
    (fields.Date, "2100-12-31", dt.date(2100, 12, 31)),
    (fields.Moment, "2024-11-26 18:00", dt.datetime(2024, 11, 26, 18)),
    (fields.Moment, "2024-11-26T18:05", dt.datetime(2024, 11, 26, 18, 5)),
    (fields.Moment, "2024-11-26 18.05", dt.datetime(2024, 11, 26, 18, 5)),
    (fields.Hour, "07:00", dt.time(7)),
    (fields.Hour, "13.30", dt.time(13, 30)),
    (fields.Ranges, "4", ((4, 4),)),
    (fields.Ranges, "1-4", ((1, 4),)),
    (fields.Ranges, "1 - 3, 5 ,7-7", ((1, 3), (5, 5), (7, 7))),
    (fields.Ranges, "001-004", ((1, 4),)),
    (fields.Truth, "true", True),
    (fields.Truth, "false", False),
    (fields.Line, "  Balai  Desa ", "Balai  Desa"),
    (fields.Line, "x" * 300, "x" * 300),
    (fields.Prose, "two\nlines\n", "two\nlines"),
    (fields.Slug, "pilkada-2024", "pilkada-2024"),
    (fields.RegionCode, "16", "16"),
    (fields.RegionCode, "16.02", "16.02"),
    (fields.RegionCode, "16.02.05", "16.02.05"),
    (fields.KecamatanCode, "16.02.05", "16.02.05"),
    (fields.VillageCode, "16.02.05.1010", "16.02.05.1010"),
    (fields.VillageCode, "91.03.01.3001", "91.03.01.3001"),
    (fields.HttpsUrl, "https://kpu.go.id/a?b=1#c", "https://kpu.go.id/a?b=1#c"),
]
REFUSED: list[tuple[Any, object]] = [
    *((fields.Count, text) for text in ("0012", "-1", "1.249", "1_000", "1 000", "1e3", "٣", "0x10", "", "no")),
    *((fields.Count, text) for text in ("1234567890", "1.0", None, ["1"], {"a": "1"}, True)),
    *((fields.TpsNumber, text) for text in ("0", "1000", "03", "TPS 3", "1-2", None)),
    *((fields.Degrees, text) for text in ("-3,39", "3°", "1e2", "nan", "inf", "--3", ".5", "-3.", None)),
    *((fields.Date, text) for text in ("27-11-2024", "2024-11-31", "2023-02-29", "2024-1-2", "2024-11-27 07:00")),
    *((fields.Date, text) for text in ("20241127", "27 November 2024", "٢٠٢٤-١١-٢٧", None)),
    *((fields.Moment, text) for text in ("2024-11-26", "2024-11-26 24:00", "2024-11-26 18:60", "2024-11-26 18")),
    *((fields.Date, text) for text in ("0001-01-01", "1944-12-31", "2101-01-01", "9999-12-31")),
    *((fields.Moment, text) for text in ("0001-01-01 00:00", "9999-12-31 23:59")),
    *((fields.Moment, text) for text in ("2024-11-26 18:00:00", "2024-11-26 18:00+07:00", "2024-13-26 18:00")),
    *((fields.Hour, text) for text in ("7:00", "24:00", "07:60", "420", "07", "07:00:00", "07.00 WIB", None)),
    *((fields.Ranges, text) for text in ("4-1", "1-", "a", "", "1;2", "1–4", "1000", "1,,2", "-1", None)),
    *((fields.Truth, text) for text in ("yes", "no", "True", "1", "on", "", None, ["true"])),
    *((fields.Line, text) for text in ("", "   ", "two\nlines", "a\rb", "x" * 301, None, ["x"])),
    *((fields.Prose, text) for text in ("", " \n ", "x" * 2001, None)),
    *((fields.Slug, text) for text in ("A", "a_b", "a--b", "-a", "a-", "a b", "a/b", "..", "é", "x" * 81, "a\n", "")),
    *((fields.RegionCode, text) for text in ("1", "1602", "16.2", "16.02.", "16.02.05.1010", "16\n")),
    *((fields.KecamatanCode, text) for text in ("16.02", "160205", "16.02.5", "16.02.05.1010", "16.02.05\n")),
    *((fields.VillageCode, text) for text in ("16.02.05.4010", "16.02.05.0010", "16.02.05.101", "1602051010", "")),
    *((fields.HttpsUrl, text) for text in ("javascript:alert(1)", "kpu.go.id", "//kpu.go.id", "https://", "ftp://a")),
    *((fields.HttpsUrl, text) for text in ('https://a"b', "https://a b", "https://a<b", "https://" + "a" * 500)),
]


@pytest.mark.parametrize(("kind", "text", "value"), ACCEPTED, ids=[f"{text!r:.30}" for _, text, _ in ACCEPTED])
def test_accepted(kind: Any, text: str, value: object) -> None:
    made = TypeAdapter(kind).validate_python(text)
    assert made == value
    assert type(made) is type(value)


@pytest.mark.parametrize(("kind", "value"), REFUSED, ids=[f"{value!r:.30}" for _, value in REFUSED])
def test_refused(kind: Any, value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(value)
