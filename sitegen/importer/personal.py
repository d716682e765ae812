"""Personal data in a spreadsheet (UU 27/2022): the import stops before any cell becomes content."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache

from sitegen.importer.cells import Sheet, Trouble, Value, letters, text_of
from sitegen.importer.headers import words_of
from sitegen.privacy.recognise import Kind, finds
from sitegen.problems import Message, Problem, msg

_KINDS: tuple[tuple[Message, frozenset[str]], ...] = (
    (msg("NIK"), frozenset({"nik", "ktp", "nip", "paspor", "kependudukan"})),
    (msg("KK numbers"), frozenset({"nkk", "nokk"})),
    (msg("telephone numbers"),
     frozenset({"hp", "nohp", "telp", "telepon", "telpon", "wa", "whatsapp", "handphone", "ponsel", "seluler",
                "kontak"})),
    (msg("e-mail addresses"), frozenset({"email", "surel", "gmail"})),
    (msg("dates of birth"), frozenset({"lahir", "ttl", "usia", "umur", "kelahiran"})),
    (msg("private facts of persons"),
     frozenset({"npwp", "rekening", "agama", "penyakit", "kesehatan", "bpjs", "kandung", "perkawinan", "disabilitas"})),
)  # fmt: skip
_HOME = frozenset("rumah tinggal domisili ktp kpps anggota ketua petugas asal kk pribadi sekarang".split())
_OF_PLACE = frozenset("tps lokasi tempat letak".split())
_HOMES, _FAMILIES = msg("home addresses of persons"), msg("KK numbers")
_AROUND = frozenset(
    "no nama alamat tanggal tgl tempat status jenis riwayat dan atau sesuai ketua anggota kpps petugas orang calon "
    "lengkap pribadi induk e tps pemilih data bank ibu kartu keluarga p l jumlah aktif".split()
)
"""Words that stand beside the signs of personal data in a header; a place such as Pos Kesehatan Desa has others."""
_VILLAGES = (("kesehatan",), ("kandung",))
"""Villages whose names alone would look like a header."""
_COUNTED = frozenset({"jumlah"})
_MANGLED = re.compile(r"\d[.,]\d+E\+1[56]", re.IGNORECASE)
_DEGREES = re.compile(r"(?<![\d.])-?\d{1,3}[.,]\d{4,}(?![\d.])")
_DATE = re.compile(r".*\b(\d{1,2}[-/. ](\d{1,2}|[A-Za-z]{3,9})[-/. ](19[3-9]\d|200\d)|(19[3-9]\d|200\d)-\d\d-\d\d)\b.*")
_PHONES = msg("telephone numbers")
_NIK = msg("numbers of 16 digits, like NIK or KK numbers")
_FIX = msg("Delete the column in a copy of the file and import the copy. Of KPPS only name and role are ever read.")


def kind_of(header: str, *, of_persons: bool = False) -> Message | None:
    """What personal data a column with this header holds; None when it holds none. In a table ``of_persons`` an
    address that is not said to be the TPS's is somebody's home."""
    plain = header.lower().replace("e-mail", "email")
    spelled = words_of(plain)
    words = {*words_of(header), *spelled, *(["".join(spelled)] if all(len(word) == 1 for word in spelled) else ())}
    if {"no", "kk"} <= words or ({"kartu", "keluarga"} <= words and not words & _COUNTED):
        return _FAMILIES
    is_name = "nama" in words and not words & {"kandung", "ibu"}
    for kind, signs in _KINDS:
        found = words & signs
        if found and not (words & _COUNTED and found <= {"usia", "umur", "disabilitas", "ktp", "lahir"}):
            return None if is_name and found <= {"ktp"} else kind
    if {"alamat", "domisili"} & words and (words & _HOME or "domisili" in words):
        return _HOMES
    return _HOMES if of_persons and "alamat" in words and not words & _OF_PLACE else None


def _is_only_header(text: str) -> bool:
    """Whether every word of a cell belongs to headers, so that it cannot be the value of a row."""
    known = _AROUND.union(_HOME, *(signs for _, signs in _KINDS))
    words = words_of(text)
    return words not in _VILLAGES and (known.issuperset(words) or all(len(word) == 1 for word in words))


def in_sheet(sheet: Sheet) -> list[Problem]:
    """Columns of personal data by their headers, and numbers like a NIK in any cell; each column is told once."""
    named = list(_in_headers(sheet))
    columns = {_column_of(problem) for problem in named}
    return [*named, *(problem for problem in _in_numbers(sheet) if _column_of(problem) not in columns)]


def _column_of(problem: Problem) -> str:
    return problem.path.rstrip("0123456789")


def _in_headers(sheet: Sheet) -> Iterator[Problem]:
    """Columns of personal data, in any row of the sheet that is a row of headers."""
    for row in range(len(sheet.rows)):
        columns = sheet.filled(row)
        if len(columns) < 2 or not _is_text(sheet, row, columns):
            continue
        for column in columns:
            text = sheet.text(row, column)
            kind = kind_of(text)
            if kind and _is_only_header(text):
                yield _column(sheet.place(row, column), column, text, kind)


def _is_text(sheet: Sheet, row: int, columns: Sequence[int]) -> bool:
    """Whether a row holds neither numbers nor labels with their values (``Telepon : …``)."""
    texts = [sheet.text(row, column) for column in columns]
    return all(isinstance(sheet.rows[row][column], str) for column in columns) and not any(
        text.replace(".", "").isdigit() or ":" in text for text in texts
    )


def in_column(place: str, column: int, header: str, *, of_persons: bool) -> Problem | None:
    """The problem of one column of a table; ``place`` is that of its header."""
    kind = kind_of(header, of_persons=of_persons)
    if kind is None:
        return None
    problem = _column(place, column, header, kind)
    fix = msg('Delete the column in a copy of the file; if it is the address of the TPS, call it "Alamat TPS".')
    return problem._replace(fix=fix) if kind is _HOMES else problem


def _column(place: str, column: int, header: str, kind: Message) -> Problem:
    what = msg('Column %(column)s ("%(header)s") holds %(kind)s', column=letters(column), header=header[:60], kind=kind)
    return Problem(place, 0, "import.personal", what, _FIX)


def _in_numbers(sheet: Sheet) -> Iterator[Problem]:
    """Numbers like a NIK in any cell of the sheet, once for each column."""
    yield from _values(sheet, range(len(sheet.rows)), _has_sixteen_digits, _NIK)


def in_rows(
    sheet: Sheet, rows: Sequence[int], positions: Collection[int], codes: Collection[int], known: Collection[int]
) -> Iterator[Problem]:
    """Telephone numbers, e-mail addresses and birth dates in the rows of a table. Columns ``positions`` hold degrees
    and ``codes`` codes of regions, which may look like a number; in ``known`` columns, whose meaning is certain, dates
    are something else."""
    everywhere = set(range(len(sheet.rows[0]))) - set(positions) if sheet.rows else set()
    unknown = everywhere - set(known)
    mail = msg("e-mail addresses")
    yield from _values(sheet, rows, lambda value: _holds(value, Kind.PHONE), _PHONES, everywhere - set(codes))
    yield from _values(sheet, rows, lambda value: _holds(value, Kind.EMAIL), mail, everywhere)
    yield from _values(sheet, rows, _is_birth, msg("dates of birth"), unknown)


def _values(
    sheet: Sheet,
    rows: Sequence[int],
    is_meant: Callable[[Value], bool],
    kind: Message,
    columns: Collection[int] | None = None,
) -> Iterator[Problem]:
    found: dict[int, list[int]] = {}
    for row in rows:
        for column, value in enumerate(sheet.rows[row]):
            if value != "" and (columns is None or column in columns) and is_meant(value):
                found.setdefault(column, []).append(row)
    for column, places in found.items():
        what = msg(
            "Column %(column)s holds %(kind)s (%(times)s cells)", column=letters(column), kind=kind, times=len(places)
        )
        yield Problem(sheet.place(places[0], column), 0, "import.personal", what, _FIX)


def _has_sixteen_digits(value: Value) -> bool:
    if isinstance(value, (int, float)):
        return not isinstance(value, bool) and 1e15 <= abs(value) < 1e16
    return bool(_MANGLED.fullmatch(text_of(value))) or _holds(value, Kind.NIK)


def _holds(value: Value, kind: Kind) -> bool:
    """Whether the text of a cell, or a whole number, holds personal data of a kind."""
    if isinstance(value, (bool, dt.date, dt.time, dt.timedelta, Trouble)):
        return False
    return kind in _kinds(_DEGREES.sub("", text_of(value)))


@lru_cache(1 << 16)
def _kinds(text: str) -> frozenset[Kind]:
    return frozenset(find.kind for find in finds(text.encode()))


def _is_birth(value: Value) -> bool:
    if isinstance(value, dt.date):
        return 1930 <= value.year <= 2009
    return isinstance(value, str) and (bool(len(value) < 60 and _DATE.fullmatch(value)) or _holds(value, Kind.BIRTH))
