"""Scalar types of the content. YAML scalars arrive as text; only these types give them a meaning,
so ``0012``, ``no``, ``12:30`` and ``1_000`` never change it on the way."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any, TypeVar, dataclass_transform

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic.dataclasses import dataclass as pydantic_dataclass
from pydantic_core import PydanticCustomError

from sitegen.addresses import HOST
from sitegen.slugs import RESERVED

T = TypeVar("T")
Day = TypeVar("Day", bound=dt.date)
YEARS = range(1945, 2101)
"""What a date of the content can be in."""


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(dataclasses.field, Field))
def content_type(cls: type[T]) -> type[T]:
    """A frozen, slotted, keyword-only dataclass that pydantic validates and that refuses unknown keys."""
    return pydantic_dataclass(
        frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid", defer_build=True)
    )(cls)  # type: ignore[return-value]


def about(description: str, **constraints: Any) -> Any:
    """Describe a field for editors and the reference; the text is a catalog id."""
    return Field(description=description, **constraints)


class Mark(StrEnum):
    """What stands in a field beside its type, for those who look for personal data."""

    OFFICE_CONTACT = "office contact"
    DECREE = "decree"


OFFICE_CONTACT = Mark.OFFICE_CONTACT
"""The office's own telephone number or mail address: it may be published."""
DECREE = Mark.DECREE
"""Names a decree or letter with its number, which is no telephone number."""


def _text_only(value: object, kind: str) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError(kind, kind)
    return value.strip()


def _parser(kind: str, pattern: str, make: Callable[[re.Match[str]], Any]) -> Callable[[object], Any]:
    """A validator that reads the whole text by ``pattern``; ``kind`` names the error. Values that are
    already typed (defaults, values made in code) pass."""
    whole = re.compile(pattern, re.ASCII)

    def parse(value: object) -> Any:
        if isinstance(value, (int, float, dt.date, dt.time, tuple)) and not isinstance(value, bool):
            return value
        match = whole.fullmatch(_text_only(value, kind))
        if match is None:
            raise PydanticCustomError(kind, kind)
        try:
            return make(match)
        except ValueError as error:
            raise PydanticCustomError(kind, kind) from error

    return parse


def _whole(match: re.Match[str]) -> int:
    return int(match[0])


def _moment(match: re.Match[str]) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{match[1]}T{match[2]}:{match[3]}")


def _time(match: re.Match[str]) -> dt.time:
    return dt.time(int(match[1]), int(match[2]))


def _ranges(match: re.Match[str]) -> tuple[tuple[int, int], ...]:
    parts = (part.split("-") for part in re.sub(r"\s", "", match[0]).split(","))
    found = tuple((int(ends[0]), int(ends[-1])) for ends in parts)
    if any(low > high for low, high in found):
        raise ValueError("range")
    return found


def _truth(value: object) -> bool:
    known = {"true": True, "false": False, True: True, False: False}
    if not isinstance(value, (str, bool)) or value not in known:
        raise PydanticCustomError("not_boolean", "not_boolean")
    return known[value]


def _of_our_time(value: Day) -> Day:
    """Any other year is a slip, and Python cannot reckon at the ends of its calendar."""
    if value.year not in YEARS:
        raise PydanticCustomError("not_our_time", "not_our_time", {"first": str(YEARS[0]), "last": str(YEARS[-1])})
    return value


def _not_reserved(value: str) -> str:
    if value in RESERVED:
        raise PydanticCustomError("reserved", "reserved")
    return value


_NUMBER = r"(?:0|[1-9]\d{0,8})"
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300, pattern=r"^[^\n\r]*$")]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
# Digits are written out: to the engine of pydantic \d is a digit of any script.
REGION, KECAMATAN = r"^[0-9]{2}(\.[0-9]{2}){0,2}$", r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}$"
VILLAGE = r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[123][0-9]{3}$"
PLACE = f"{REGION}|{VILLAGE}"
Folder = Annotated[Slug, AfterValidator(_not_reserved)]
"""A slug that names a file or folder, which Windows has to be able to write."""
RegionCode = Annotated[str, StringConstraints(pattern=REGION)]
KecamatanCode = Annotated[str, StringConstraints(pattern=KECAMATAN)]
VillageCode = Annotated[str, StringConstraints(pattern=VILLAGE)]
PlaceCode = Annotated[str, StringConstraints(pattern=PLACE)]
"""A provinsi, kabupaten, kota, kecamatan or village."""
_FOLDERS, _NAME = "([a-z0-9]+(-[a-z0-9]+)*/)*", "[a-z0-9]+(-[a-z0-9]+)*"
ADDRESS = rf"^/?{_FOLDERS}{_NAME}(\.html|/)$"
PageAddress = Annotated[
    str, StringConstraints(pattern=ADDRESS, max_length=300), AfterValidator(lambda value: value.removeprefix("/"))
]
"""A page of the site, or with a slash at its end a folder of pages; the slash before it may be left out."""
WEB_ADDRESS, SITE_ADDRESS = rf"^{HOST}([/?#][^\s\"'<>]*)?$", rf"^{HOST}/([^\s\"'<>?#]*/)?$"
HttpsUrl = Annotated[str, StringConstraints(pattern=WEB_ADDRESS, max_length=500)]
GithubName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", max_length=140)]
SiteUrl = Annotated[str, StringConstraints(pattern=SITE_ADDRESS, max_length=500)]
WhatsApp = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{7,14}$")]
Count = Annotated[int, BeforeValidator(_parser("not_count", _NUMBER, _whole), json_schema_input_type=int), Field(ge=0)]
TpsNumber = Annotated[
    int, BeforeValidator(_parser("not_tps_number", _NUMBER, _whole), json_schema_input_type=int), Field(ge=1, le=999)
]
Degrees = Annotated[
    float,
    BeforeValidator(_parser("not_degrees", r"-?\d{1,9}(\.\d+)?", lambda m: float(m[0])), json_schema_input_type=float),
]
Date = Annotated[
    dt.date,
    BeforeValidator(
        _parser("not_date", r"\d{4}-\d{2}-\d{2}", lambda m: dt.date.fromisoformat(m[0])), json_schema_input_type=dt.date
    ),
    AfterValidator(_of_our_time),
]
Moment = Annotated[
    dt.datetime,
    BeforeValidator(
        _parser("not_moment", r"(\d{4}-\d{2}-\d{2})[ T](\d{2})[:.](\d{2})", _moment),
        json_schema_input_type=Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$")],
    ),
    AfterValidator(_of_our_time),
]
Hour = Annotated[
    dt.time,
    BeforeValidator(
        _parser("not_hour", r"(\d{2})[:.](\d{2})", _time),
        json_schema_input_type=Annotated[str, StringConstraints(pattern=r"^\d{2}[:.]\d{2}$")],
    ),
]
Ranges = Annotated[
    tuple[tuple[int, int], ...],
    BeforeValidator(
        _parser("not_ranges", r"\d{1,3}(\s*-\s*\d{1,3})?(\s*,\s*\d{1,3}(\s*-\s*\d{1,3})?)*", _ranges),
        json_schema_input_type=str | int,
    ),
]
Truth = Annotated[bool, BeforeValidator(_truth, json_schema_input_type=bool)]
"""``true`` or ``false`` and nothing else."""
