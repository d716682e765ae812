"""Tables to facts: what each row says about a TPS, its people or its village."""

from __future__ import annotations

from sitegen.importer import values
from sitegen.importer.cells import Cell
from sitegen.importer.context import REGIONS
from sitegen.importer.facts import Counted, Facts, Person, TpsFacts, VillageFacts
from sitegen.importer.headers import Meaning
from sitegen.importer.locate import Elsewhere, Locator
from sitegen.importer.questions import Choice, Question
from sitegen.importer.rows import VILLAGE_MEANINGS, RowReader, person_name
from sitegen.importer.sums import check_gaps, check_sums, check_totals
from sitegen.importer.tables import Column, Row, Table
from sitegen.problems import msg

FIRST = "pertama"


class Collector:
    """Collects the facts of all tables."""

    def __init__(self, locator: Locator) -> None:
        self.locator, self.answers = locator, locator.answers
        self.facts = Facts()
        self.reader = RowReader(self.facts)
        self.elsewhere: dict[str, int] = {}
        self._number = 0

    def add(self, table: Table) -> None:
        """Take everything that a table says."""
        self._number += 1
        for row in table.rows:
            try:
                self._row(table, row)
            except Elsewhere as error:
                self.elsewhere[error.name] = self.elsewhere.get(error.name, 0) + 1
        for number in table.incomplete:
            column = next(c for c in table.columns if c.meaning is table.key)
            self.facts.problems.append(
                Cell("", table.sheet.place(number, column.at)).problem(
                    "import.incomplete",
                    msg('Row %(row)s has no "%(header)s"', row=str(number + 1), header=column.header[:60]),
                    msg("Fill the cell, or delete the row if it does not belong to the table."),
                )
            )
        check_sums(table, self.facts, self.answers)
        check_totals(table, self.facts)
        check_gaps(table, self.facts)

    def _row(self, table: Table, row: Row) -> None:
        key = table.key
        at = row.get(key) if key else None
        if at is None or not speaks(table):
            return
        village = self.locator.village(row, at)
        if village is None:
            return
        if key is Meaning.NAME:
            self._person(table, row, village)
        elif key is Meaning.TPS:
            self._tps(row, village, at)
        elif key is Meaning.TPS_COUNT:
            counted = self.reader.read(values.count, at)
            if counted is not None:
                self.facts.counted.append(Counted(village, counted, at, table.name))
        if table.meanings & VILLAGE_MEANINGS:
            self.reader.village(row, self.facts.villages.setdefault(village, VillageFacts()).values)

    def _tps(self, row: Row, village: str, at: Cell) -> None:
        number = self.reader.read(values.tps_number, at)
        if number is None:
            return
        facts = self.facts.tps.setdefault((village, number), TpsFacts(village, number, at))
        if self._number in facts.tables and not self._continues(row, facts):
            self.facts.problems.append(
                at.problem(
                    "import.tps-twice",
                    msg(
                        'TPS number %(number)s is already used in %(place)s (%(village)s)',
                        number=number, place=facts.cell.place.rpartition("!")[2],
                        village=self.locator.regions.label(village),
                    ),
                    msg("A number stands only once in a village."),
                )
            )  # fmt: skip
            return
        facts.tables.add(self._number)
        facts.listed = True
        self.reader.tps(row, facts)

    def _continues(self, row: Row, facts: TpsFacts) -> bool:
        """Whether a second row of a TPS only adds RT or RW: everything else is empty or the same."""
        if not any(row.get(m) for m in (Meaning.RT, Meaning.RW, Meaning.DUSUN, Meaning.COVERAGE)):
            return False
        again, alone = TpsFacts(facts.village, facts.number, facts.cell), Facts()
        RowReader(alone).tps(row, again)
        known = {area for area, _ in facts.coverage}
        same = all(
            facts.values.get(name) and facts.values[name].value == fact.value for name, fact in again.values.items()
        )
        return same and not again.people and not {area for area, _ in again.coverage} & known

    def _person(self, table: Table, row: Row, village: str) -> None:
        number = self._number_of(row)
        name_cell = row.cells[Meaning.NAME]
        name = self.reader.read(person_name, name_cell)
        if number is None or name is None:
            return
        role = self._role(table, row, village, number)
        if role is None or role == values.OTHER:
            return
        facts = self.facts.tps.setdefault((village, number), TpsFacts(village, number, name_cell))
        if facts.people and facts.people_from != self._number:
            self._other_people(facts, name_cell)
            return
        facts.people_from = self._number
        facts.people.append(Person(name, role == values.KETUA, name_cell))

    def _other_people(self, facts: TpsFacts, cell: Cell) -> None:
        """The KPPS of a TPS stand in two tables: told once."""
        code = "import.kpps-twice"
        if any(problem.code == code and problem.path == cell.place for problem in self.facts.problems):
            return
        self.facts.problems.append(
            cell.problem(
                code,
                msg(
                    "The KPPS of TPS %(number)s %(village)s stand in %(place)s too",
                    number=facts.number, village=self.locator.regions.label(facts.village),
                    place=facts.people[0].cell.place,
                ),
                msg("Keep one of the two tables."),
            )
        )  # fmt: skip

    def _number_of(self, row: Row) -> int | None:
        """The TPS of a person: from the row, or from above the table."""
        cell, hint = row.get(Meaning.TPS), row.context.get(Meaning.TPS)
        if cell is None and hint and (hint.sure or values.looks_like_number(hint.cell)):
            cell = hint.cell
        if cell is None:
            self.facts.problems.append(
                row.cells[Meaning.NAME].problem(
                    "import.no-tps",
                    msg("Nothing says at which TPS this person works"),
                    msg('Write "TPS : …" in a row above the table, or add a column with the number of the TPS.'),
                )
            )
            return None
        return self.reader.read(values.tps_number, cell)

    def _role(self, table: Table, row: Row, village: str, number: int) -> str | None:
        if Meaning.ROLE in table.meanings:
            cell = row.cells[Meaning.ROLE]
            if not cell.text:
                self.facts.problems.append(
                    cell.problem("import.no-role", msg("This person has no role"), msg("Write Ketua or Anggota."))
                )
            return self.reader.read(values.role, cell)
        answer = self.answers.ask(
            Question(
                "ketua",
                table.name[:300],
                "ketua",
                table.place,
                msg("No column says who is ketua"),
                (Choice(FIRST, msg("the first name of each TPS is the ketua")),),
            )
        )
        if answer is None:
            return None
        people = self.facts.tps.get((village, number))
        return values.ANGGOTA if people and people.people else values.KETUA


def speaks(table: Table) -> bool:
    """Whether a table tells anything that the content has a place for."""
    return table.key not in (None, Meaning.VILLAGE, Meaning.VILLAGE_CODE) or bool(table.meanings & VILLAGE_MEANINGS)


def unread(table: Table) -> list[Column]:
    """Columns with a header that a table of this kind does not use."""
    used = set(Meaning) - {Meaning.IGNORED}
    if table.key is Meaning.NAME:
        used = {*REGIONS, Meaning.NUMBERING, Meaning.NAME, Meaning.ROLE}
    elif table.key is not Meaning.TPS:
        used = {*REGIONS, Meaning.NUMBERING, Meaning.TPS_COUNT} | VILLAGE_MEANINGS
    return [column for column in table.columns if column.header and column.meaning not in used]
