"""Problems and the report as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from sitegen.catalogs import number, translate
from sitegen.checks.acknowledged import POSSIBLE
from sitegen.checks.missing import FACTS
from sitegen.content.characters import escaped
from sitegen.problems import Message, Problem, Severity, msg
from sitegen.report.findings import CheckReport, Compared, Row, counted, result, sections, title


def problem_text(problem: Problem, language: str) -> str:
    """A problem as two lines: where and what, then how to mend it."""
    label = translate(msg("ERROR") if problem.severity is Severity.ERROR else msg("WARNING"), language)
    fix = _line(msg("Mend: %(fix)s", fix=problem.fix), language)
    return f"{label} {place_text(problem)} {_line(problem.what, language)}\n  {fix}"


def _line(message: Message, language: str) -> str:
    """A message on one line, whatever the values in it hold."""
    return escaped(translate(message, language))


def place_text(problem: Problem) -> str:
    """``file:line``, or only the file when no line is meant."""
    return f"{problem.path}:{problem.line}" if problem.line else problem.path


def report_text(report: CheckReport, counts: Message, language: str) -> str:
    """The whole report: the result first, then counts and completeness, then every finding."""

    def say(message: Message) -> str:
        return translate(message, language)

    verdict = report.verdict
    parts = [say(title(report.site)), say(counts)] if report.site else []
    parts += [f"{say(result(verdict))}: {say(counted(verdict))}"]
    parts += ["", *_table(report, language)] if report.whole else []
    for heading, meaning, groups in sections(verdict):
        count = number(sum(len(group.problems) for group in groups), language)
        parts += ["", f"{say(heading).upper()} ({count}) · {say(meaning)}"]
        for group in groups:
            parts += ["", f"  {say(group.title)} ({number(len(group.problems), language)})"]
            parts += _findings(report, group.problems, language)
    return "\n".join(parts)


def _findings(report: CheckReport, problems: Sequence[Problem], language: str) -> Iterator[str]:
    """What and where; the advice once for all that follow each other and share it."""
    for advice, found in groupby(problems, key=_advice):
        for problem in found:
            yield f"  - {_line(report.what(problem), language)}"
            code = f" [{key_text(problem)}]" if problem.code in POSSIBLE else ""
            yield f"    {place_text(problem)}{code}"
        yield f"    {_line(advice, language)}"


def _advice(problem: Problem) -> Message:
    if problem.reason:
        return msg("Reason: %(reason)s", reason=problem.reason)
    return msg("Mend: %(fix)s", fix=problem.fix)


def key_text(problem: Problem) -> str:
    """Code, place and TPS of a finding: what an acknowledgement names."""
    tps = f" TPS {', '.join(map(str, problem.tps))}" if problem.tps else ""
    return f"{problem.code} {problem.place}{tps}"


def _table(report: CheckReport, language: str) -> Iterator[str]:
    """Counts beside the announced totals, then completeness."""
    rows = [*report.rows, *([report.whole] if report.whole else [])]
    heads = [msg("Kecamatan"), msg("Villages"), msg("TPS"), msg("Voters")]
    facts = [translate(label, language) for label in FACTS.values()]
    table = [[*(translate(head, language) for head in heads), *(f"% {fact}" for fact in facts)]]
    table += [_cells(row, language) for row in rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for cells in table:
        first, *others = cells
        yield f"{first:{widths[0]}}  " + "  ".join(
            f"{cell:>{width}}" for cell, width in zip(others, widths[1:], strict=True)
        )
    if any(value.differs for row in rows for value in (row.villages, row.tps, row.voters)):
        yield translate(msg("In brackets: what was announced, where it differs."), language)
    if any(row.is_broken for row in rows):
        yield translate(msg("* has errors; its counts are not complete."), language)


def _cells(row: Row, language: str) -> list[str]:
    name = f"{row.name}{'*' if row.is_broken else ''}"
    percents = [known.percent for known in row.known.values()]
    counts = [_compared(value, language) for value in (row.villages, row.tps, row.voters)]
    return [name, *counts, *("–" if percent is None else str(percent) for percent in percents)]


def _compared(value: Compared, language: str) -> str:
    shown = number(value.counted, language)
    return f"{shown} ({number(value.announced, language)})" if value.differs and value.announced is not None else shown
