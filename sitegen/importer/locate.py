"""Which village a row is about: from its own cells, from the block above its table, from the name of its sheet."""

from __future__ import annotations

import re

from sitegen.importer.cells import Cell
from sitegen.importer.headers import Meaning
from sitegen.importer.places import Regions
from sitegen.importer.questions import Answers
from sitegen.importer.tables import Row
from sitegen.importer.values import Unclear
from sitegen.problems import Problem, msg

_NO_VILLAGE = msg('Write "DESA/KELURAHAN : …" in a row above the table, or add a column with the village.')


class Elsewhere(Exception):
    """A row about a kabupaten or kota that this site does not cover."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class _Differs(Unclear):
    """A code and a name that mean two places."""

    def __init__(self, cell: Cell, code: str, place: str) -> None:
        self.cell = cell
        super().__init__(
            "import.code-and-name",
            msg("Code and name differ: %(code)s is the code of %(village)s", code=code[:40], village=place),
            msg("Correct the code or the name."),
        )


class Locator:
    """Finds the village of a row; each name is looked up once."""

    def __init__(self, regions: Regions, answers: Answers) -> None:
        self.regions, self.answers = regions, answers
        self.problems: list[Problem] = []
        self._known: dict[tuple[str, ...], str | None] = {}
        self._regency: dict[str, bool] = {}

    def village(self, row: Row, at: Cell) -> str | None:
        """Code of the row's village; None when it is not known, which is then noted, or when its rows are left out.

        Raises Elsewhere for another kabupaten.
        """
        self._require_here(row)
        kecamatan = self._cell(row, Meaning.KECAMATAN), self._cell(row, Meaning.KECAMATAN_CODE)
        village = self._cell(row, Meaning.VILLAGE), self._cell(row, Meaning.VILLAGE_CODE)
        weak = [self._hint(row, Meaning.KECAMATAN), self._hint(row, Meaning.VILLAGE)]
        key = tuple(cell.text if cell else "" for cell in (*kecamatan, *village, *weak))
        if key not in self._known:
            self._known[key] = self._find(kecamatan, village, weak, at)
        return self._known[key]

    def _require_here(self, row: Row) -> None:
        cell = self._cell(row, Meaning.REGENCY)
        if cell is None:
            return
        if cell.text not in self._regency:
            self._regency[cell.text] = self.regions.is_here(cell.text)
        if not self._regency[cell.text]:
            raise Elsewhere(cell.text)

    def _cell(self, row: Row, meaning: Meaning) -> Cell | None:
        """The row's own cell, or what is said for sure above it."""
        hint = row.context.get(meaning)
        return row.get(meaning) or (hint.cell if hint and hint.sure and hint.cell.text else None)

    def _hint(self, row: Row, meaning: Meaning) -> Cell | None:
        hint = row.context.get(meaning)
        return hint.cell if hint and not hint.sure else None

    def _find(
        self,
        kecamatan: tuple[Cell | None, Cell | None],
        village: tuple[Cell | None, Cell | None],
        weak: list[Cell | None],
        at: Cell,
    ) -> str | None:
        name, code_cell = village
        code = self.regions.with_code(code_cell.text) if code_cell else None
        try:
            within, is_open = self._kecamatan(*kecamatan, weak[0])
            if is_open:
                return None
            if code and code_cell:
                return self._agreed(code, code_cell, name, within)
            if name:
                return self.regions.village_of(name, within, self.answers)
            if code_cell:
                raise Unclear(
                    "import.village-code",
                    msg('No village here has the code "%(code)s"', code=code_cell.text[:40]),
                    msg(
                        "Write the Kemendagri code with ten digits, or the name of the village in a column of its own."
                    ),
                )
        except Unclear as error:
            cell = error.cell if isinstance(error, _Differs) else name or code_cell or at
            self.problems.append(cell.problem(error.code, error.what, error.fix))
            return None
        found = self._weak_village(weak[1], within)
        if found is None:
            self.problems.append(
                at.problem("import.no-village", msg("Nothing says which village this row is about"), _NO_VILLAGE)
            )
        return found

    def _kecamatan(self, name: Cell | None, code: Cell | None, weak: Cell | None) -> tuple[str | None, bool]:
        """Code of the kecamatan, and whether its question is open or its rows are left out."""
        if code:
            digits = re.sub(r"\D", "", code.text)[:6]
            found = ".".join((digits[:2], digits[2:4], digits[4:]))
            if found in self.regions.villages:
                if name and found not in self.regions.kecamatan_meant(name.text):
                    raise _Differs(name, code.text, self.regions.label(found))
                return found, False
        if name:
            answer = self.regions.kecamatan_of(name, self.answers)
            return answer, answer is None
        named = self.regions.kecamatan.named(weak.text) if weak else []
        return (named[0] if len(named) == 1 else None), False

    def _agreed(self, code: str, code_cell: Cell, name: Cell | None, within: str | None) -> str:
        """A code that does not contradict what else the row says. Raises Unclear when it does."""
        fits = not within or code.startswith(within)
        if fits and (name is None or code in self.regions.meant(name.text, code[:8])):
            return code
        raise _Differs(name or code_cell, code_cell.text, self.regions.label(code))

    def _weak_village(self, hint: Cell | None, within: str | None) -> str | None:
        """The village that a title or the name of a sheet means without doubt."""
        if hint is None or self.regions.kecamatan.named(hint.text):
            return None
        found = self.regions.meant(hint.text, within)
        return found[0] if len(found) == 1 else None
