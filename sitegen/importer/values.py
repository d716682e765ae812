"""Single cells to typed values. What is not certain is refused with the reason, never guessed."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from sitegen.importer.cells import Cell, Trouble
from sitegen.positions import Position
from sitegen.problems import Message, msg

DECIMALS = 7
MAX_LINE = 300
"""Characters that a line of the content may have."""
_NUMBER = re.compile(
    r"(?:(?:no|nomor)\b[\s.:#-]*)?(?:tps[\s.:#-]*)?(?:khusus[\s.:#-]*)?0*(\d{1,3})\.?\s*(?:\([^()]*\))?", re.IGNORECASE
)
_SPECIAL = re.compile(r"(?:tps[\s.:#-]*)?(9\d\d)[\s:–-]+[^\W\d].*", re.IGNORECASE)
"""Special TPS carry the name of a prison or hospital behind their number."""
_WHOLE = re.compile(r"(\d{1,9}|\d{1,3}(?:\.\d{3})+)\s*(?:orang|pemilih|jiwa)?", re.IGNORECASE)
_NOTHING = frozenset({"", "-", "--", "–", "—", "n/a", "na", "nihil", "kosong", "belum ada", "tidak ada", "0,0"})
_DMS = re.compile(
    r"""(\d{1,3})\s*°\s*(\d{1,2})\s*['’\u2032]\s*(\d{1,2}(?:[.,]\d+)?)\s*(?:["”\u2033]|'')?\s*(LS|LU|BT|[NSEU])?""",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"([-\u2212–]?)\s*(\d{1,3}(?:[.,]\d+)?)\s*°?\s*(LS|LU|BT|[NSE])?", re.IGNORECASE)
_PAIR = re.compile(r"([-\u2212–]?\d{1,3}\.\d+)\s*[,;/ ]\s*([-\u2212–]?\d{1,3}\.\d+)")
_COMMAS = re.compile(r"([-\u2212–]?\d{1,3},\d+)\s*[;/ ]\s*([-\u2212–]?\d{1,3},\d+)")
_LINK = re.compile(r"(?:@|[?&](?:q|query|ll)=|!3d)(-?\d{1,3}\.\d+)(?:,|%2C|!4d)\+?(-?\d{1,3}\.\d+)")
_RANGE = re.compile(r"0*(\d{1,3})(?:\s*(?:-|–|s\.?\s*/?\s*d\.?|sampai|sd)\s*0*(\d{1,3}))?", re.IGNORECASE)
_BEFORE = re.compile(r"([a-z0-9-]+)\s*:\s*(?:TPS\b\.?\s*)?(.+)", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|;|&|\bdan\b)\s*", re.IGNORECASE)
_DUSUN, _RW, _RT = (
    r"(?:(?P<dusun>.*?)\s*)??",
    r"(?:[,/]?\s*\bRW\.?\s+(?P<rw>[\d\s,-]+?))?",
    r"(?:,?\s*\bRT\.?\s+(?P<rt>[\d\s,-]+))?",
)
_QUOTED = re.compile(r'"((?:[^"]|"")+)"\s*,?\s*(.*)')
_PART = re.compile(r'(?:"(?:[^"]|"")*"|[^;])+')
"""What stands between semicolons; in quotes a semicolon belongs to the name."""
_RW_RT, _RT_RW = (re.compile(_DUSUN + order, re.IGNORECASE) for order in (_RW + _RT, _RT + r"\s*" + _RW))
Ranges = tuple[tuple[int, int], ...]


class Unclear(Exception):
    """A value that cannot be used: what is wrong, and how to mend it."""

    def __init__(self, code: str, what: Message, fix: Message) -> None:
        super().__init__(what.id)
        self.code, self.what, self.fix = code, what, fix


class Before(NamedTuple):
    """TPS of an earlier election whose voters come to a TPS now."""

    election: str
    tps: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.election}: {', '.join(map(str, self.tps))}"


class Area(NamedTuple):
    """One part of a village whose voters come to a TPS."""

    dusun: str | None
    rw: Ranges | None
    rt: Ranges | None


def require_value(cell: Cell) -> None:
    """Refuse errors, formulas without a value, and dates that a spreadsheet made of a number."""
    value = cell.value
    if isinstance(value, Trouble):
        if value.shown:
            raise Unclear(
                "import.error-cell",
                msg("The cell holds an error (%(shown)s)", shown=value.shown),
                msg("Mend the formula, or write the value itself."),
            )
        raise Unclear(
            "import.formula",
            msg("The formula in this cell was never computed; the file holds no value for it"),
            msg("Open the file in Excel or LibreOffice, save it, and import it again."),
        )
    if isinstance(value, bool):
        raise Unclear("import.value", msg("The cell says true or false"), msg("Write the value itself."))


def is_nothing(cell: Cell) -> bool:
    """Whether a cell says nothing: empty, or a dash."""
    return not isinstance(cell.value, Trouble) and cell.text.lower() in _NOTHING


def _require_number(cell: Cell) -> None:
    require_value(cell)
    if isinstance(cell.value, (dt.date, dt.time, dt.timedelta)):
        raise Unclear(
            "import.date",
            msg("A date (%(value)s) stands where a number should be", value=str(cell.value)[:10]),
            msg("The spreadsheet made a date of it. Format the cell as text and write the number again."),
        )


def tps_number(cell: Cell) -> int:
    """``1``, ``001``, ``TPS 001``, ``TPS-1`` or ``1.0``."""
    _require_number(cell)
    match = _number(cell)
    if not match or not 1 <= int(match[1]) <= 999:
        raise Unclear(
            "import.tps-number",
            msg('"%(value)s" is not a TPS number', value=_shown(cell)),
            msg("Write a number from 1 to 999: 3, 003 or TPS 003."),
        )
    return int(match[1])


def looks_like_number(cell: Cell) -> bool:
    """Whether a cell could be the number of a TPS."""
    return not isinstance(cell.value, (dt.date, bool, Trouble)) and bool(_number(cell))


def _number(cell: Cell) -> re.Match[str] | None:
    text = cell.text.lstrip("'")
    return _NUMBER.fullmatch(text) or _SPECIAL.fullmatch(text)


def count(cell: Cell) -> int:
    """A number of people."""
    _require_number(cell)
    is_broken = isinstance(cell.value, float) and not cell.value.is_integer()
    match = None if is_broken else _WHOLE.fullmatch(cell.text)
    if not match:
        raise Unclear(
            "import.count",
            msg('"%(value)s" is not a whole number', value=_shown(cell)),
            msg("Write digits only: 233. Where nobody is, write 0."),
        )
    return int(match[1].replace(".", ""))


def line(cell: Cell) -> str:
    """Text of one line."""
    found = text(cell)
    if len(found) > MAX_LINE:
        raise Unclear(
            "import.too-long",
            msg('"%(key)s" is too long', key=_shown(cell)),
            msg("Write at most %(max_length)s characters.", max_length=MAX_LINE),
        )
    return found


def text(cell: Cell) -> str:
    """Text of any length, as one line."""
    require_value(cell)
    return cell.text


def moment(cell: Cell) -> dt.datetime:
    """A date with its time: a date cell, or ``2024-11-26 16:30``."""
    require_value(cell)
    if isinstance(cell.value, dt.datetime):
        return cell.value
    match = re.fullmatch(r"(\d{4}-\d\d-\d\d)[ T](\d\d)[.:](\d\d)(:00)?", cell.text)
    try:
        return dt.datetime.fromisoformat(f"{match[1]} {match[2]}:{match[3]}" if match else "")
    except ValueError as error:
        raise Unclear(
            "import.moment",
            msg('"%(value)s" is not a date with time', value=_shown(cell)),
            msg("Write year-month-day hour:minute: 2024-11-26 18:00."),
        ) from error


def date(cell: Cell) -> dt.date:
    """A day: a date cell, or ``2024-12-01``."""
    require_value(cell)
    if isinstance(cell.value, dt.datetime) and cell.value.time() == dt.time():
        return cell.value.date()
    if isinstance(cell.value, dt.date) and not isinstance(cell.value, dt.datetime):
        return cell.value
    match = re.fullmatch(r"\d{4}-\d\d-\d\d", cell.text, re.ASCII)
    try:
        return dt.date.fromisoformat(match[0] if match else "")
    except ValueError as error:
        raise Unclear(
            "import.day",
            msg('"%(value)s" is not a date', value=_shown(cell)),
            msg("Write year-month-day: 2024-11-27."),
        ) from error


def hour(cell: Cell) -> dt.time:
    """A time of day: a time cell, or ``07:00``."""
    require_value(cell)
    if isinstance(cell.value, dt.time) and not cell.value.second:
        return cell.value
    match = re.fullmatch(r"(\d{1,2})[:.](\d\d)", cell.text, re.ASCII) if isinstance(cell.value, str) else None
    try:
        return dt.time(int(match[1]), int(match[2])) if match else dt.time.fromisoformat("")
    except ValueError as error:
        raise Unclear(
            "import.hour",
            msg('"%(value)s" is not a time of day', value=_shown(cell)),
            msg("Write hour:minute: 07:00."),
        ) from error


def prose(cell: Cell) -> str:
    """Text of one or several lines, as it is written."""
    require_value(cell)
    return cell.value.replace("\r\n", "\n").strip() if isinstance(cell.value, str) else cell.text


def degrees(cell: Cell) -> float:
    """Latitude or longitude: a number, with a decimal comma too, or degrees, minutes and seconds."""
    _require_number(cell)
    if isinstance(cell.value, (int, float)):
        return float(cell.value)
    found = _degrees(cell.text)
    if found is None:
        raise Unclear(
            "import.degrees",
            msg('"%(value)s" is not a position in degrees', value=_shown(cell)),
            msg("Write degrees with a decimal point: -3.3904."),
        )
    return found


def _degrees(text: str) -> float | None:
    match = _DMS.fullmatch(text)
    if match:
        value = int(match[1]) + int(match[2]) / 60 + float(match[3].replace(",", ".")) / 3600
        return round(-value if (match[4] or "").upper() in ("LS", "S") else value, 7)
    match = _PLAIN.fullmatch(text)
    if not match:
        return None
    value = float(match[2].replace(",", "."))
    return -value if match[1] or (match[3] or "").upper() in ("LS", "S") else value


def coordinates(lat: float, lon: float) -> tuple[float, float]:
    """Both degrees to a centimetre, if they lie in Indonesia."""
    if Position(lat, lon).is_in_country:
        return round(lat, DECIMALS), round(lon, DECIMALS)
    what = msg("%(lat)s, %(lon)s is not in Indonesia", lat=str(lat), lon=str(lon))
    if Position(lon, lat).is_in_country:
        raise Unclear("import.position", what, msg("Latitude and longitude are exchanged: exchange them."))
    raise Unclear("import.position", what, msg("Check the decimal points: latitude is -12 to 7, longitude 94 to 142."))


def position(cell: Cell) -> tuple[float, float] | None:
    """Latitude and longitude from one cell: two numbers or a link of a map. None when it cannot be read."""
    require_value(cell)
    text = cell.text
    match = _LINK.search(text) or _PAIR.fullmatch(text.strip("() ")) or _COMMAS.fullmatch(text.strip("() "))
    pair = [_degrees(part) for part in match.groups()] if match else []
    if not match:
        halves = list(_DMS.finditer(text))
        pair = [_degrees(half[0].strip()) for half in halves] if len(halves) == 2 else []
    if len(pair) != 2 or pair[0] is None or pair[1] is None:
        return None
    # The two ranges have nothing in common, so either order can only mean one place.
    first, second = pair[0], pair[1]
    return coordinates(second, first) if Position(second, first).is_in_country else coordinates(first, second)


def ranges(text: str) -> Ranges | None:
    """``1``, ``01-04`` or ``1 s/d 3, 5``, with or without the words RT and RW before them."""
    bare = re.sub(r"\b(?:RT|RW)\b\.?\s*:?", "", text, flags=re.IGNORECASE).strip()
    matches = [_RANGE.fullmatch(part) for part in _AND.split(bare)]
    found = tuple((int(m[1]), int(m[2] or m[1])) for m in matches if m)
    return found if matches and len(found) == len(matches) and all(low <= high for low, high in found) else None


def areas(text: str) -> tuple[Area, ...] | None:
    """``RW 1 RT 1-4; RW 2 RT 1-3``, as exports write it, or ``001/002`` for RT 1 of RW 2. None when unclear."""
    slash = re.fullmatch(r"(?:RT\.?\s*)?0*(\d{1,3})\s*/\s*(?:RW\.?\s*)?0*(\d{1,3})", text, re.IGNORECASE)
    if slash:
        return (Area(None, ((int(slash[2]),) * 2,), ((int(slash[1]),) * 2,)),)
    found = [_area(part.strip()) for part in _PART.findall(text) if part.strip()]
    return tuple(area for area in found if area) if found and all(found) else None


def _area(text: str) -> Area | None:
    quoted = _QUOTED.fullmatch(text)
    if quoted:
        rest = _area(quoted[2]) if quoted[2] else Area(None, None, None)
        return rest._replace(dusun=quoted[1].replace('""', '"')) if rest and not rest.dusun else None
    text = text.replace("–", "-")
    for order in (_RW_RT, _RT_RW):
        match = order.fullmatch(text)
        if not match or not any(match.groups()):
            continue
        found = match.groupdict()
        rw, rt = (ranges(found[key]) if found[key] else None for key in ("rw", "rt"))
        dusun = (found["dusun"] or "").strip(" ,") or None
        unread = (found["rw"] and not rw) or (found["rt"] and not rt) or (dusun and re.search(r"\bR[TW]\b", dusun))
        if not unread:
            return Area(dusun, rw, rt)
    return None


def before(cell: Cell) -> tuple[Before, ...]:
    """``pilkada-2024: 5, 6; pileg-2024: 3``: the folder of an earlier election, and numbers of TPS."""
    found = [_BEFORE.fullmatch(part.strip()) for part in text(cell).split(";") if part.strip()]
    parts = [Before(match[1].lower(), _numbers(match[2])) if match else Before("", ()) for match in found]
    if not parts or not all(part.tps for part in parts):
        raise Unclear(
            "import.previously",
            msg('"%(value)s" does not say which TPS of which election', value=_shown(cell)),
            msg("Write the folder of the earlier election and its TPS: pilkada-2024: 5, 6."),
        )
    return tuple(parts)


def _numbers(text: str) -> tuple[int, ...]:
    """Every number of ``5, 7-9``, each once; none when it is unclear."""
    numbers = dict.fromkeys(n for low, high in ranges(text) or () for n in range(low, high + 1))
    return tuple(numbers) if all(1 <= n <= 999 for n in numbers) else ()


KETUA, ANGGOTA, OTHER = "ketua", "anggota", "other"


def role(cell: Cell) -> str:
    """``ketua`` or ``anggota``; ``other`` for those at a TPS who do not belong to the KPPS."""
    text = " ".join(re.findall(r"[a-z]+", cell.text.lower()))
    if re.fullmatch(r"ketua( merangkap anggota| kpps| kpps merangkap anggota)*", text):
        return KETUA
    if re.fullmatch(r"anggota( kpps)?|anggota ke|anggota kpps ke", text):
        return ANGGOTA
    if re.fullmatch(
        r"(petugas |anggota )?(ketertiban|linmas|satlinmas|gastib|pamsung|keamanan|pengamanan)( tps)?( i+)?", text
    ):
        return OTHER
    raise Unclear(
        "import.role",
        msg('"%(value)s" is not a role of the KPPS', value=_shown(cell)),
        msg("Write Ketua or Anggota."),
    )


def _shown(cell: Cell) -> str:
    return cell.text if len(cell.text) <= 40 else cell.text[:39] + "…"
