"""Columns and rows that add up others: a PEMILIH that is not L + P, a JUMLAH that the rows above do not give."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from sitegen.importer.cells import Cell, letters
from sitegen.importer.facts import Facts
from sitegen.importer.headers import Meaning
from sitegen.importer.questions import Answers, Choice, Question
from sitegen.importer.tables import Column, Row, Table
from sitegen.importer.values import Unclear, count
from sitegen.problems import msg
from sitegen.ranges import listed

ONLY_PARTS = "l+p"


class _Sum(NamedTuple):
    """A cell that should be L + P."""

    cell: Cell
    men: int
    women: int
    total: int


def check_sums(table: Table, facts: Facts, answers: Answers) -> None:
    """Every column of totals against L + P: single cells that differ are problems, a column that differs mostly means
    something else, which is asked."""
    columns = [column for column in table.columns if column.meaning is Meaning.VOTERS]
    if not {Meaning.MEN, Meaning.WOMEN} <= table.meanings:
        return
    for number, column in enumerate(columns):
        found = [_sum(row, number) for row in table.rows]
        known = [entry for entry in found if entry]
        wrong = [entry for entry in known if entry.men + entry.women != entry.total]
        if wrong and not (len(known) > 1 and len(wrong) * 2 > len(known)):
            facts.problems += [
                entry.cell.problem(
                    "import.sum",
                    msg(
                        "%(header)s is %(total)s, but L + P is %(men)s + %(women)s = %(sum)s",
                        header=column.header[:60], total=entry.total, men=entry.men, women=entry.women,
                        sum=entry.men + entry.women,
                    ),
                    msg("Correct one of the three numbers."),
                )
                for entry in wrong
            ]  # fmt: skip
        elif wrong:
            _ask(table, column, wrong[0], (len(wrong), len(known)), answers)


def _ask(table: Table, column: Column, first: _Sum, wrong: tuple[int, int], answers: Answers) -> None:
    answers.ask(
        Question(
            "total",
            table.name[:300],
            column.header,
            column.place,
            msg(
                "In %(wrong)s of %(rows)s rows this column is not L + P "
                "(%(place)s: %(total)s, but %(men)s + %(women)s); what counts?",
                wrong=wrong[0], rows=wrong[1], place=first.cell.place.rpartition("!")[2], total=first.total,
                men=first.men, women=first.women,
            ),
            (
                Choice(
                    ONLY_PARTS,
                    msg("L and P are the voters; do not read the column %(header)s", header=column.header[:60]),
                ),
            ),
        )
    )  # fmt: skip


def _sum(row: Row, number: int) -> _Sum | None:
    cell = row.many[Meaning.VOTERS][number]
    numbers = [_number(found) for found in (row.get(Meaning.MEN), row.get(Meaning.WOMEN), cell)]
    men, women, total = numbers
    return None if men is None or women is None or total is None else _Sum(cell, men, women, total)


def _number(cell: Cell | None) -> int | None:
    try:
        return count(cell) if cell else None
    except Unclear:
        return None


def check_totals(table: Table, facts: Facts) -> None:
    """Warn where a row of totals says something that no group of rows above it adds up to: rows may be missing."""
    for column in table.columns:
        if column.meaning not in (Meaning.MEN, Meaning.WOMEN):
            continue
        rows = [(row.number, _number(row.get(column.meaning)) or 0) for row in table.rows]
        for total in table.totals:
            cell = Cell(table.sheet.rows[total][column.at], table.sheet.place(total, column.at))
            said = _number(cell)
            above = [number for row, number in rows if row < total]
            if said is not None and said not in set(accumulate(reversed(above))):
                facts.warn(
                    cell,
                    "import.total",
                    msg(
                        "The total in row %(row)s, column %(column)s is %(said)s; the rows above it give %(sum)s",
                        row=str(total + 1), column=letters(column.at), said=said,
                        sum=_added_up(rows, table.totals, total, said),
                    ),
                    msg("Look whether rows are missing, hidden or counted twice."),
                )  # fmt: skip


def check_gaps(table: Table, facts: Facts) -> None:
    """Warn of TPS without L and P in a table where others have them: an .xls file shows its errors as empty cells."""
    if not {Meaning.MEN, Meaning.WOMEN} <= table.meanings or table.key is not Meaning.TPS:
        return
    empty = [row for row in table.rows if not row.get(Meaning.MEN) and not row.get(Meaning.WOMEN)]
    if empty and len(empty) < len(table.rows):
        rows = listed(row.number + 1 for row in empty)
        facts.warn(
            empty[0].cells[Meaning.MEN],
            "import.no-voters",
            msg("%(count)s TPS have no L and P (rows %(rows)s)", count=len(empty), rows=rows),
            msg("Fill them if the numbers are known."),
        )


def _added_up(rows: Sequence[tuple[int, int]], totals: Iterable[int], total: int, said: int) -> int:
    """Sum of the rows that a total most likely means: those since the total before it. Where it follows another total,
    it is one of several groups: of as many as come closest to what it says."""
    starts = [-1, *sorted(other for other in totals if other < total)]
    sums = [sum(number for row, number in rows if start < row < total) for start in starts]
    follows = not any(starts[-1] < row < total for row, _ in rows)
    return min(sums[:-1], key=lambda found: abs(found - said)) if follows and sums[1:] else sums[-1]
