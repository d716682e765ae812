"""The message catalogs: English ids, Indonesian shipped complete and the default."""

from __future__ import annotations

import datetime as dt
import gettext
import io
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from sitegen.compiled import compiled
from sitegen.keys import key_of
from sitegen.problems import Message, MonthOf, ShortDate

LOCALE = Path(__file__).parent / "locale"
SOURCE_LANGUAGE = "en"


@lru_cache
def translations(language: str) -> gettext.NullTranslations:
    """Catalog of ``language``, read from its .po file; English needs none."""
    if language == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    source = catalog_file(language)
    data = source.read_bytes()
    machine = compiled(source, "mo", key_of(data), lambda: _machine_form(data, language))
    return gettext.GNUTranslations(io.BytesIO(machine))


def catalog_file(language: str) -> Path:
    """The texts of ``language``."""
    return LOCALE / language / "LC_MESSAGES" / "messages.po"


def _machine_form(data: bytes, language: str) -> bytes:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    made = io.BytesIO()
    write_mo(made, read_po(io.BytesIO(data), locale=language))
    return made.getvalue()


def translate(message: Message, language: str) -> str:
    """The text of ``message``: values are formatted as the language writes numbers, dates and times."""
    text = translations(language).gettext(message.id) if message.id else ""
    if not message.values:
        return text
    return text % {key: show(value, language) for key, value in message.values}


def show(value: object, language: str) -> str:
    """A value inside a text, as the language writes it."""
    # By type, most frequent first; a datetime is a date too, and bool is never a value.
    if isinstance(value, str):
        return value
    if isinstance(value, Message):
        return translate(value, language)
    if isinstance(value, int):
        return number(value, language)
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return str(write(value, language))
    return str(value)


@lru_cache(maxsize=4096)
def number(value: float, language: str) -> str:
    """``1249`` as ``1.249``."""
    return str(format_decimal(value, locale=language))


@lru_cache(maxsize=1024)
def pattern(value: dt.date, form: str, language: str) -> str:
    """A date by one of Babel's patterns, such as ``EEEE, d MMMM y``."""
    return format_date(value, form, locale=language)


@lru_cache(maxsize=1024)
def date(value: dt.date, language: str) -> str:
    """``Rabu, 27 November 2024``."""
    return pattern(value, "EEEE, d MMMM y", language)


@lru_cache(maxsize=256)
def time(value: dt.time, language: str) -> str:
    """``07.00``: Indonesian writes a full stop between hour and minute."""
    return format_time(value, "HH.mm" if language == "id" else "HH:mm", locale=language)


@lru_cache(maxsize=1024)
def moment(value: dt.datetime, language: str) -> str:
    """``Selasa, 26 November 2024 pukul 18.00``."""
    between = "pukul" if language == "id" else "at"
    return f"{date(value.date(), language)} {between} {time(value.time(), language)}"


_WRITERS: tuple[tuple[type, Any], ...] = (
    (dt.datetime, moment),
    (dt.date, date),
    (dt.time, time),
    (float, number),
    (ShortDate, lambda value, language: pattern(value.date, "d MMM y", language)),
    (MonthOf, lambda value, language: pattern(value.date, "MMMM y", language)),
)
