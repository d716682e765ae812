"""An import from beginning to end: look, ask, look again, and write."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sitegen.content.documents import Loader
from sitegen.content.yaml_edit import edited
from sitegen.content.yaml_write import plain
from sitegen.importer import personal, write
from sitegen.importer.cells import Sheet, letters
from sitegen.importer.collect import Collector, speaks, unread
from sitegen.importer.columns import Columns
from sitegen.importer.context import REGIONS
from sitegen.importer.counted import settle_counts
from sitegen.importer.facts import Facts
from sitegen.importer.headers import Meaning
from sitegen.importer.locate import Locator
from sitegen.importer.plan import Plan, Planner
from sitegen.importer.present import Present, read_present
from sitegen.importer.questions import FILE, Answers, Question, memory_text, read_answers
from sitegen.importer.reading import read_sheets
from sitegen.importer.tables import Table, tables_of
from sitegen.problems import ContentError, Message, Problem, Severity, msg
from sitegen.ranges import listed

_POSITIONS = (Meaning.LAT, Meaning.LON, Meaning.POSITION)
_PERSONS = frozenset({Meaning.NAME, Meaning.KETUA, Meaning.ANGGOTA})
_HEADERS = "Kecamatan | Desa/Kelurahan | Nomor TPS | Alamat TPS | L | P"


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What is imported where. ``answers`` are pairs of what is written and what it means; ``source`` is the document
    that the facts come from."""

    files: tuple[Path, ...]
    config: Path
    content: Path
    election: str | None = None
    answers: tuple[tuple[str, str], ...] = ()
    source: str | None = None
    jobs: int = 1


@dataclass
class Outcome:
    """What an import found. Nothing may be written while there are errors or questions."""

    plan: Plan
    problems: list[Problem]
    questions: list[Question]
    notes: list[Message] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        """Problems that stop the import."""
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]


class Import:
    """One import. Reading stops at personal data.

    Raises:
        ContentError: a file cannot be read, holds personal data, or the content itself has errors.
        UsageError: there is no site or no such election.
    """

    def __init__(self, options: ImportOptions) -> None:
        self.options = options
        write.finish(options.content)
        self.present: Present = read_present(options.config, options.content, options.election)
        loader = Loader()
        self.answers = read_answers(options.content, options.answers, loader)
        if loader.problems:
            raise ContentError(loader.problems)
        self.sheets = _read(options.files)
        self.regions = self.present.regions()

    def look(self) -> Outcome:
        """Compare the files with the content, with the answers that are known so far.

        Raises ContentError when a table holds personal data.
        """
        self.answers.asked.clear()
        notes: list[Message] = []
        tables = list(self._tables(notes))
        _require_impersonal(tables)
        locator = Locator(self.regions, self.answers)
        collector = Collector(locator)
        for table in tables:
            collector.add(table)
        facts = collector.facts
        problems = [*_hidden(self.sheets, tables), *facts.problems, *_silent(tables, self.answers)]
        problems += [problem for problem in locator.problems if not _is_open(problem, self.answers)]
        facts.problems = []
        settle_counts(facts, self.present, self.answers)
        planner = Planner(self.present, facts, self.options.source)
        plan = planner.plan()
        notes += _notes(tables, collector, self.present, facts)
        questions = list(self.answers.asked.values())
        problems += [*planner.problems, *_nothing(collector, problems, questions, self.sheets)]
        if not questions and not any(p.severity is Severity.ERROR for p in problems) and plan.files:
            problems += self._verify(plan)
        return Outcome(plan, problems, questions, notes)

    def write(self, outcome: Outcome) -> int:
        """Write the plan and the answers it rests on; returns how many files changed."""
        if outcome.errors or outcome.questions:
            raise ContentError(outcome.problems)
        files = dict(outcome.plan.files)
        memory = memory_text(self.options.content, self.answers)
        if memory:
            files[self.options.content / FILE] = memory
        if files:
            write.write_files(self.options.content, files)
        return len(files)

    def keep_answers(self) -> Path | None:
        """Write new answers alone; the file, if there are any."""
        memory, path = memory_text(self.options.content, self.answers), self.options.content / FILE
        if memory:
            write.write_files(self.options.content, {path: memory})
        return path if memory else None

    def _tables(self, notes: list[Message]) -> Iterator[Table]:
        for sheet in self.sheets:
            if sheet.hidden:
                continue
            found = tables_of(sheet, Columns(self.answers))
            if not found and any(sheet.filled(row) for row in range(len(sheet.rows))):
                notes.append(msg("%(sheet)s: no table was recognised; not read", sheet=sheet.label))
            yield from found

    def _verify(self, plan: Plan) -> list[Problem]:
        """Errors that ``check`` would find in the content after this import, and does not find now."""
        from sitegen.build import check
        from sitegen.options import Options

        with tempfile.TemporaryDirectory(prefix="papan-tps-") as folder:
            stage = Path(folder)
            content = stage / "content"
            shutil.copytree(self.options.content, content)
            config = self._config(stage)

            def errors() -> list[Problem]:
                verdict = check(Options(config, content, stage / "_site", self.options.jobs)).verdict
                return [p._replace(path=_as_shown(p.path, content, self.options.content)) for p in verdict.errors]

            before: set[tuple[str, int, str]] | None = None
            for path, text in plan.files.items():
                target = content / path.relative_to(self.options.content)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8", newline="\n")
            after = errors()
            if after:
                shutil.rmtree(content)
                shutil.copytree(self.options.content, content)
                before = {(p.path, p.line, p.code) for p in errors()}
            return [p for p in after if before is not None and (p.path, p.line, p.code) not in before]

    def _config(self, stage: Path) -> Path:
        """The configuration as it is, or a copy with the election that is imported into."""
        config = self.present.config
        if config.election == self.present.election_slug:
            return self.options.config
        text = self.options.config.read_text("utf-8-sig")
        new = edited(text, plain(config), plain(replace(config, election=self.present.election_slug)))
        path = stage / "site_config.yaml"
        path.write_text(new, encoding="utf-8")
        return path


def _as_shown(path: str, stage: Path, content: Path) -> str:
    return str(content / Path(path).relative_to(stage)) if Path(path).is_relative_to(stage) else path


def _read(files: Sequence[Path]) -> list[Sheet]:
    """Sheets of all files. Raises ContentError with the problems of every file that is refused or holds personal
    data."""
    sheets: list[Sheet] = []
    problems: list[Problem] = []
    for path in files:
        try:
            found = read_sheets(path)
        except ContentError as error:
            problems += error.problems
            continue
        problems += [problem for sheet in found for problem in personal.in_sheet(sheet)]
        sheets += found
    if problems:
        raise ContentError(problems)
    return sheets


def _require_impersonal(tables: Sequence[Table]) -> None:
    """Stop at columns of personal data, and at telephone numbers, mail and birth dates in any row."""
    problems: list[Problem] = []
    for table in tables:
        persons = bool(table.meanings & _PERSONS)
        named = [personal.in_column(c.place, c.at, c.header, of_persons=persons) for c in table.columns]
        problems += [problem for problem in named if problem]
        known = [c.at for c in table.columns if c.meaning and c.meaning is not Meaning.IGNORED]
        positions = [c.at for c in table.columns if c.meaning in _POSITIONS]
        rows = [*(row.number for row in table.rows), *table.incomplete]
        codes = [c.at for c in table.columns if c.meaning in REGIONS]
        problems += personal.in_rows(table.sheet, rows, positions, codes, known)
    if problems:
        raise ContentError(list(dict.fromkeys(problems)))


def _hidden(sheets: Sequence[Sheet], tables: Sequence[Table]) -> Iterator[Problem]:
    for sheet in sheets:
        if sheet.hidden and any(sheet.filled(row) for row in range(len(sheet.rows))):
            yield Problem(
                sheet.label,
                0,
                "import.hidden-sheet",
                msg("This sheet is hidden and was not read"),
                msg("Show it if its rows belong to the data, or delete it."),
                Severity.WARNING,
            )
        rows = [row for row in sheet.hidden_rows if sheet.filled(row)]
        if rows and not sheet.hidden:
            yield Problem(
                sheet.label,
                0,
                "import.hidden-rows",
                msg(
                    "%(count)s hidden rows were read too (rows %(rows)s)",
                    count=len(rows),
                    rows=listed(r + 1 for r in rows),
                ),
                msg("Show them and look whether they belong to the data; delete them if not."),
                Severity.WARNING,
            )
        used = {c.at for table in tables if table.sheet is sheet for c in table.columns if c.meaning}
        columns = sorted(used.intersection(sheet.hidden_columns))
        if columns and not sheet.hidden:
            yield Problem(
                sheet.label,
                0,
                "import.hidden-columns",
                msg("Hidden columns were read too (%(columns)s)", columns=", ".join(map(letters, columns))),
                msg("Show them and look whether they belong to the data; delete them if not."),
                Severity.WARNING,
            )


def _silent(tables: Sequence[Table], answers: Answers) -> Iterator[Problem]:
    """Tables of villages without the number of the TPS, when there is nothing else to read and no question about
    them."""
    asked = {question.place.rpartition("!")[0] for question in answers.asked.values()}
    silent = [table for table in tables if table.rows and not speaks(table)]
    if len(silent) < len([table for table in tables if table.rows]):
        return
    for table in silent:
        if table.sheet.label not in asked:
            unknown = [c.header for c in table.columns if c.meaning is None and c.header]
            unknown += [c.header for c in table.columns if c.meaning is Meaning.NUMBERING]
            yield Problem(
                table.place,
                0,
                "import.no-number",
                msg("No column is known to hold the number of the TPS (%(headers)s)", headers=table.name[:120]),
                msg(
                    'Call that column "Nomor TPS", or say which one it is: --answer "%(header)s=nomor-tps".',
                    header=unknown[0] if unknown else "…",
                ),
            )


def _is_open(problem: Problem, answers: Answers) -> bool:
    """Whether a problem only comes from a question about the columns of its sheet that nobody has answered yet."""
    sheet = problem.path.rpartition("!")[0]
    asked = (q for q in answers.asked.values() if q.topic in ("column", "count"))
    return any(question.place.rpartition("!")[0] == sheet for question in asked)


def _nothing(
    collector: Collector, problems: Sequence[Problem], questions: Sequence[Question], sheets: Sequence[Sheet]
) -> Iterator[Problem]:
    """Files that tell nothing at all of this region."""
    facts = collector.facts
    said = facts.tps or facts.villages or facts.counted or questions
    if said or any(problem.severity is Severity.ERROR for problem in problems):
        return
    if collector.elsewhere:
        yield Problem(
            ", ".join(dict.fromkeys(sheet.file for sheet in sheets)),
            0,
            "import.elsewhere",
            msg("Every row is about another kabupaten or kota (%(names)s)", names=", ".join(collector.elsewhere)[:200]),
            msg("Choose the file of this region, or correct the name of the kabupaten in it."),
        )
        return
    yield Problem(
        ", ".join(dict.fromkeys(sheet.file for sheet in sheets)),
        0,
        "import.nothing",
        msg("No table of TPS or KPPS with rows was found"),
        msg("A table needs one row of headers, such as: %(headers)s. See docs/panduan-impor.md.", headers=_HEADERS),
    )


def _notes(tables: Sequence[Table], collector: Collector, present: Present, facts: Facts) -> Iterator[Message]:
    """What was not read, and why; nothing is left out in silence."""
    for table in tables:
        columns = unread(table)
        if columns and table.rows:
            names = ", ".join(f"{letters(c.at)} ({c.header[:40]})" for c in columns)
            yield msg("%(sheet)s: columns not read: %(columns)s", sheet=table.sheet.label, columns=names)
        parts = {Meaning.MEN, Meaning.WOMEN}
        if table.key is Meaning.TPS and Meaning.VOTERS in table.meanings and not parts <= table.meanings:
            header = next(c.header for c in table.columns if c.meaning is Meaning.VOTERS)
            text = '%(sheet)s: "%(header)s" was not read: the site needs L and P apart'
            yield msg(text, sheet=table.sheet.label, header=header)
        left = [row + 1 for row in (*table.left_out, *table.totals)]
        if left:
            yield msg("%(sheet)s: rows that are no data: %(rows)s", sheet=table.sheet.label, rows=listed(left))
    for name, count in sorted(collector.elsewhere.items()):
        yield msg(
            "%(count)s rows of %(region)s were not read: it is not the region of this site", count=count, region=name
        )
    named = {facts.village for facts in facts.tps.values() if facts.listed}
    others = [
        village.name
        for kecamatan in sorted({code[:8] for code in named})
        for village in present.kecamatan[kecamatan].data.villages
        if village.code not in named and village.code in present.tps and present.tps[village.code].data.tps
    ]
    if others:
        names = ", ".join(others[:10]) + (" …" if len(others) > 10 else "")
        yield msg(
            "%(count)s villages of these kecamatan are not in the files and stay as they are: %(names)s",
            count=len(others),
            names=names,
        )
