"""How numbers, dates and messages look in each language, and that no translation is broken."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po

from sitegen import catalogs
from sitegen.problems import Message, msg, verbatim

DAY = dt.date(2024, 11, 27)


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (1249, "1.249", "1,249"),
        (577241, "577.241", "577,241"),
        (0, "0", "0"),
        (1.5, "1,5", "1.5"),
        (DAY, "Rabu, 27 November 2024", "Wednesday, 27 November 2024"),
        (dt.date(2024, 8, 5), "Senin, 5 Agustus 2024", "Monday, 5 August 2024"),
        (dt.time(7), "07.00", "07:00"),
        (dt.time(13, 5), "13.05", "13:05"),
        (
            dt.datetime(2024, 11, 26, 18),
            "Selasa, 26 November 2024 pukul 18.00",
            "Tuesday, 26 November 2024 at 18:00",
        ),
        ("1249", "1249", "1249"),
        (None, "None", "None"),
    ],
)
def test_values_as_the_language_writes_them(value: object, indonesian: str, english: str) -> None:
    assert catalogs.show(value, "id") == indonesian
    assert catalogs.show(value, "en") == english
    assert catalogs.translate(msg("%(value)s", value=value), "id") == indonesian


def test_a_message_in_both_languages() -> None:
    found = msg("%(count)s of %(all)s villages in Kec. %(kecamatan)s have no TPS: %(names)s",
                count=2, all=1249, kecamatan="Cengal", names="–")  # fmt: skip
    assert catalogs.translate(found, "id") == "2 dari 1.249 desa/kelurahan di Kec. Cengal belum punya TPS: –"
    assert catalogs.translate(found, "en") == "2 of 1,249 villages in Kec. Cengal have no TPS: –"


def test_a_message_inside_a_message_is_translated_too() -> None:
    found = msg("Mend: %(fix)s", fix=msg("Write true or false."))
    assert catalogs.translate(found, "id") == "Perbaiki: Tulis true atau false."
    assert catalogs.translate(found, "en") == "Mend: Write true or false."


def test_texts_of_the_content_pass_unchanged() -> None:
    for text in ("100% %(x)s", "Home", "", "ERROR"):
        assert catalogs.translate(verbatim(text), "id") == text


def test_an_empty_message_is_empty_and_not_the_head_of_the_catalog() -> None:
    assert catalogs.translate(Message(""), "id") == ""


def test_an_unknown_message_stays_english() -> None:
    assert catalogs.translate(msg("No such text: %(n)s", n=1000), "id") == "No such text: 1.000"


def entries() -> list[Entry]:
    with (catalogs.LOCALE / "id" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return [entry for entry in read_po(file, locale="id") if entry.id]


def placeholders(texts: object) -> list[set[str]]:
    forms = texts if isinstance(texts, (list, tuple)) else [texts]
    return [set(re.findall(r"%\((\w+)\)s", str(form))) for form in forms]


def test_every_translation_is_there_and_keeps_its_placeholders() -> None:
    found = entries()
    assert len(found) > 300
    assert [entry.id for entry in found if not all(forms_of(entry))] == []
    assert [entry.id for entry in found if entry.fuzzy] == []
    assert [e.id for e in found if any(names != placeholders(e.id)[-1] for names in placeholders(e.string))] == []


def forms_of(entry: Entry) -> list[str]:
    forms = entry.string if isinstance(entry.string, (list, tuple)) else [entry.string]
    return [str(form) for form in forms]


def test_placeholders_are_complete() -> None:
    texts = [str(form) for entry in entries() for form in (entry.id, *forms_of(entry))]
    rest = [text for text in texts if re.search(r"%(?!\(\w+\)s|%)", text)]
    assert rest == []
