"""What the cells of one row say about a TPS or a village, typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sitegen.importer import decisions, values
from sitegen.importer.cells import Cell
from sitegen.importer.facts import Fact, Facts, Person, TpsFacts
from sitegen.importer.headers import Meaning
from sitegen.importer.tables import Row
from sitegen.importer.values import Area, Unclear
from sitegen.problems import msg

T = TypeVar("T")
_LINES = {
    Meaning.PLACE: "place", Meaning.ADDRESS: "address", Meaning.LANDMARK: "landmark", Meaning.BY_WATER: "by_water",
}  # fmt: skip
_VILLAGE_LINES = {Meaning.SOURCE: "document", Meaning.RESPONSIBLE: "responsible", Meaning.PPS: "pps"}
_NAMES = {Meaning.OTHER_NAMES: "other_names", Meaning.KECAMATAN_NAMES: "kecamatan_names"}
VILLAGE_MEANINGS = frozenset({*_VILLAGE_LINES, Meaning.AS_OF, *_NAMES})
_YES_NO = {"ya": "yes", "yes": "yes", "bisa": "yes", "dapat": "yes", "tidak": "no", "no": "no", "tidak bisa": "no"}


class RowReader:
    """Reads rows into facts; what cannot be used becomes a problem of its cell."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    def read(self, reader: Callable[[Cell], T], cell: Cell | None) -> T | None:
        """The typed value of a cell; None when it says nothing, or cannot be used."""
        if cell is None or values.is_nothing(cell):
            return None
        try:
            return reader(cell)
        except Unclear as error:
            self.facts.problems.append(cell.problem(error.code, error.what, error.fix))
            return None

    def tps(self, row: Row, facts: TpsFacts) -> None:
        """Everything that a row of a list of TPS says."""
        for meaning, name in _LINES.items():
            self._say(row, meaning, facts, name, values.line)
        self._say(row, Meaning.WHEELCHAIR, facts, "wheelchair", _yes_or_no)
        self._say(row, Meaning.PREVIOUSLY, facts, "previously", values.before)
        self._position(row, facts)
        self._voters(row, facts)
        self._coverage(row, facts)
        self._people(row, facts)

    def decision(self, row: Row) -> dict[str, Fact]:
        """Everything that a row says about a decision, by the keys of the content."""
        said: dict[str, Fact] = {}
        for field in decisions.FIELDS:
            cell = row.get(field.meaning)
            value = self.read(field.read, cell)
            if cell and value is not None:
                said[field.key] = Fact(value, cell)
        return said

    def village(self, row: Row, said: dict[str, Fact]) -> None:
        """What a row says about its village itself."""
        for meaning, name in _VILLAGE_LINES.items():
            cell = row.get(meaning)
            value = self.read(values.line, cell)
            if cell and value is not None:
                self.facts.say(said, name, Fact(value, cell))
        cell = row.get(Meaning.AS_OF)
        moment = self.read(values.moment, cell)
        if cell and moment:
            self.facts.say(said, "as_of", Fact(moment, cell))
        for meaning, name in _NAMES.items():
            cell = row.get(meaning)
            text = self.read(values.text, cell)
            if cell and text:
                names = tuple(part.strip() for part in text.split(";") if part.strip())
                self.facts.say(said, name, Fact(names, cell))

    def _say(self, row: Row, meaning: Meaning, facts: TpsFacts, name: str, reader: Callable[[Cell], object]) -> None:
        cell = row.get(meaning)
        value = self.read(reader, cell)
        if cell and value is not None:
            self.facts.say(facts.values, name, Fact(value, cell))

    def _position(self, row: Row, facts: TpsFacts) -> None:
        lat, lon, both = (row.get(m) for m in (Meaning.LAT, Meaning.LON, Meaning.POSITION))
        pair: tuple[float, float] | None = None
        at = both or lat or lon
        if at is None:
            return
        if lat or lon:
            pair = self._pair(lat, lon)
            at = lat or lon or at
        elif both and not values.is_nothing(both):
            failed = len(self.facts.problems)
            pair = self.read(values.position, both)
            if pair is None and failed == len(self.facts.problems):
                self.facts.warn(
                    both,
                    "import.position-unread",
                    msg('"%(value)s" cannot be read as a position; it is left out', value=both.text[:60]),
                    msg("Write latitude and longitude: -3.3904, 104.8301."),
                )
        if pair:
            self.facts.say(facts.values, "coordinates", Fact(pair, at))

    def _pair(self, lat: Cell | None, lon: Cell | None) -> tuple[float, float] | None:
        north, east = self.read(values.degrees, lat), self.read(values.degrees, lon)
        given = [cell for cell in (lat, lon) if cell and not values.is_nothing(cell)]
        if len(given) == 1:
            self.facts.problems.append(
                given[0].problem(
                    "import.half-position",
                    msg("Only one of latitude and longitude is given"),
                    msg("Write both, or neither."),
                )
            )
        if north is None or east is None:
            return None
        return self.read(lambda _: values.coordinates(north, east), lat)

    def _voters(self, row: Row, facts: TpsFacts) -> None:
        men_cell, women_cell = row.get(Meaning.MEN), row.get(Meaning.WOMEN)
        if men_cell is None and women_cell is None:
            return
        given = [cell for cell in (men_cell, women_cell) if cell]
        if len(given) == 1:
            self.facts.problems.append(
                given[0].problem(
                    "import.half-voters",
                    msg("Only one of L and P is given for TPS %(number)s", number=facts.number),
                    msg("Write both. Where nobody is, write 0."),
                )
            )
            return
        men, women = (self._count(cell) for cell in given)
        if men is not None and women is not None:
            self.facts.say(facts.values, "voters", Fact((men, women), given[0]))

    def _count(self, cell: Cell) -> int | None:
        """A number of people; a dash is not a number, because nobody knows whether it means 0."""
        try:
            return values.count(cell)
        except Unclear as error:
            self.facts.problems.append(cell.problem(error.code, error.what, error.fix))
            return None

    def _coverage(self, row: Row, facts: TpsFacts) -> None:
        whole = row.get(Meaning.COVERAGE)
        if whole and not values.is_nothing(whole):
            found = self.read(lambda cell: values.areas(values.text(cell)), whole)
            self._cover(facts, found, whole)
            return
        parts = {meaning: row.get(meaning) for meaning in (Meaning.DUSUN, Meaning.RW, Meaning.RT)}
        given = {meaning: cell for meaning, cell in parts.items() if cell and not values.is_nothing(cell)}
        if not given:
            return
        dusun = given.get(Meaning.DUSUN)
        rw, rt = (given.get(meaning) for meaning in (Meaning.RW, Meaning.RT))
        both = values.areas(rt.text) if rt and not rw and "/" in rt.text else None
        area = Area(dusun.text if dusun else None, _ranges(rw), _ranges(rt))
        clear = (rw is None or area.rw) and (rt is None or area.rt)
        self._cover(facts, both or ((area,) if clear else None), next(iter(given.values())))

    def _cover(self, facts: TpsFacts, found: tuple[Area, ...] | None, cell: Cell) -> None:
        if found:
            facts.coverage += [(area, cell) for area in found if area not in [a for a, _ in facts.coverage]]
        else:
            self.facts.warn(
                cell,
                "import.coverage-unread",
                msg('"%(value)s" cannot be read as RT and RW; it is left out', value=cell.text[:60]),
                msg("Write numbers or ranges: RW 1 RT 1-4; RW 2 RT 1-3."),
            )

    def _people(self, row: Row, facts: TpsFacts) -> None:
        """Ketua and anggota that stand in columns of their own."""
        ketua = row.get(Meaning.KETUA)
        cells = [(ketua, True)] if ketua else []
        cells += [(cell, False) for cell in row.many.get(Meaning.ANGGOTA, ()) if cell.text]
        for cell, is_ketua in cells:
            name = self.read(person_name, cell)
            if name:
                facts.people.append(Person(name, is_ketua, cell))


def person_name(cell: Cell) -> str:
    """The name of a person, without a number before it."""
    text = values.line(cell).strip(" ,;")
    head, sign, rest = text.partition(".")
    name = rest.strip() if sign and head.isdigit() else text
    if not any(letter.isalpha() for letter in name):
        raise Unclear(
            "import.name", msg('"%(value)s" is not a name', value=cell.text[:40]), msg("Write the name of the person.")
        )
    return name


def _ranges(cell: Cell | None) -> values.Ranges | None:
    return values.ranges(cell.text) if cell else None


def _yes_or_no(cell: Cell) -> str:
    found = _YES_NO.get(values.line(cell).lower())
    if found is None:
        raise Unclear(
            "import.yes-or-no",
            msg('"%(value)s" is neither yes nor no', value=cell.text[:40]),
            msg("Write ya or tidak. Leave it empty while nobody has looked."),
        )
    return found
