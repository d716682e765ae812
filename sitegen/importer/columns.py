"""What the columns of a table hold, after a look at their cells and at what people answered."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.importer.cells import Cell, Sheet, letters
from sitegen.importer.headers import LABELS, REPEATABLE, Meaning, meaning_of, words_of
from sitegen.importer.questions import Answers, Choice, Question
from sitegen.importer.tables import Column
from sitegen.importer.values import looks_like_number
from sitegen.problems import msg

LOOK_AT = 200
"""Rows that are looked at to learn what a column holds."""


class Columns:
    """Decides what columns hold; what is not certain becomes a question."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers

    def meaning(self, header: str) -> Meaning | None:
        """What somebody said of this header, else what the vocabulary says."""
        said = self.answers.column(header)
        return Meaning(said) if said else meaning_of(header)

    def settled(self, sheet: Sheet, start: int, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        """Settle what a header alone cannot: names of TPS that are numbers, bare totals, two columns of one meaning,
        and a TPS column that may count."""
        found = [self._named_by_number(sheet, start, column, columns) for column in columns]
        meanings = {column.meaning for column in found}
        if not {Meaning.MEN, Meaning.WOMEN} <= meanings:
            bare = ("jumlah",)
            found = [
                c._replace(meaning=None) if words_of(c.header) == bare and c.meaning is Meaning.VOTERS else c
                for c in found
            ]
        for meaning in meanings - REPEATABLE - {None}:
            same = [column for column in found if column.meaning is meaning]
            if len(same) > 1:
                kept = self._one_of(same, meaning)
                found = [c if c not in same or c == kept else c._replace(meaning=None) for c in found]
        return tuple(self._number_or_count(sheet, start, column, found) for column in found)

    def _named_by_number(self, sheet: Sheet, start: int, column: Column, columns: Sequence[Column]) -> Column:
        """``Nama TPS`` is the number when all its cells are numbers."""
        if column.meaning is not Meaning.PLACE or "tps" not in words_of(column.header):
            return column
        if any(other.meaning is Meaning.TPS for other in columns):
            return column
        cells = [cell for cell in _cells(sheet, start, column) if cell.text]
        is_number = bool(cells) and all(looks_like_number(cell) for cell in cells)
        return column._replace(meaning=Meaning.TPS) if is_number else column

    def _one_of(self, same: Sequence[Column], meaning: Meaning | None) -> Column | None:
        label = LABELS.get(meaning, msg("the same")) if meaning else msg("the same")
        answer = self.answers.ask(
            Question(
                "column",
                " | ".join(column.header for column in same)[:300],
                same[0].header,
                same[0].place,
                msg("%(count)s columns seem to hold the %(meaning)s", count=len(same), meaning=label),
                tuple(
                    Choice(
                        letters(c.at),
                        msg('column %(letter)s ("%(header)s")', letter=letters(c.at), header=c.header),
                    )
                    for c in same
                ),
            )
        )
        return next((column for column in same if letters(column.at) == answer), None)

    def _number_or_count(self, sheet: Sheet, start: int, column: Column, columns: Sequence[Column]) -> Column:
        """A column that is only called ``TPS`` may count the TPS of a village: so when every village has one row."""
        if column.meaning is not Meaning.TPS or words_of(column.header) != ("tps",):
            return column
        if any(c.meaning in (Meaning.NAME, Meaning.KETUA, Meaning.TPS_COUNT) for c in columns):
            return column
        keys = [c for c in columns if c.meaning in (Meaning.KECAMATAN, Meaning.VILLAGE, Meaning.VILLAGE_CODE)]
        if not _may_count(sheet, start, column, keys):
            return column
        answer = self.answers.ask(
            Question(
                "count",
                " | ".join(c.header for c in columns)[:300],
                column.header,
                column.place,
                msg("Every village has one row: is this the number of a TPS, or how many TPS the village has?"),
                (
                    Choice(Meaning.TPS, msg("it is the number of one TPS")),
                    Choice(Meaning.TPS_COUNT, msg("it is how many TPS the village has")),
                ),
            )
        )
        return column._replace(meaning=Meaning(answer) if answer else None)


def _cells(sheet: Sheet, start: int, column: Column) -> list[Cell]:
    rows = range(start, min(start + LOOK_AT, len(sheet.rows)))
    return [Cell(sheet.rows[row][column.at], sheet.place(row, column.at)) for row in rows]


def _may_count(sheet: Sheet, start: int, column: Column, keys: Sequence[Column]) -> bool:
    if not any(key.meaning in (Meaning.VILLAGE, Meaning.VILLAGE_CODE) for key in keys):
        return False
    seen: set[tuple[str, ...]] = set()
    counts: list[str] = []
    for row in range(start, len(sheet.rows)):
        text = sheet.text(row, column.at)
        if not text.isdigit():
            continue
        village = tuple(sheet.text(row, key.at) for key in keys)
        if text.startswith("0") or not all(village) or village in seen:
            return False
        seen.add(village)
        counts.append(text)
    return len(counts) > 1 and set(counts) != {"1"}
