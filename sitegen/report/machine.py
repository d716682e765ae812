"""Results of `build` and `check` for machines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sitegen.catalogs import translate
from sitegen.problems import Problem, Verdict

if TYPE_CHECKING:
    from sitegen.report.findings import CheckReport, Compared, Row
    from sitegen.whole import Report


def as_json(verdict: Verdict, report: Report | CheckReport | None, language: str, *, published: bool) -> str:
    """Counts and problems; of a check also the rows of the kecamatan."""
    found: dict[str, object] = {
        "published": published,
        "counts": _counts(report) if report else {},
        "problems": [_problem(problem, language) for problem in verdict.problems],
    }
    rows = getattr(report, "rows", None)
    if rows is not None:
        found["kecamatan"] = [_row(row) for row in rows]
    return json.dumps(found, ensure_ascii=False, indent=2)


def _counts(report: Report | CheckReport) -> dict[str, int]:
    totals = report.totals
    return {
        "kecamatan": report.kecamatan,
        "villages": totals.villages,
        "tps": totals.tps,
        "kpps": totals.kpps,
        "voters": totals.voters,
        "pages": report.pages,
    }


def _problem(problem: Problem, language: str) -> dict[str, object]:
    return {
        "severity": problem.severity.value,
        "code": problem.code,
        "path": problem.path,
        "line": problem.line,
        "what": translate(problem.what, language),
        "fix": translate(problem.fix, language),
        "place": problem.place,
        "tps": list(problem.tps),
        "acknowledged": problem.reason or None,
    }


def _row(row: Row) -> dict[str, object]:
    return {
        "code": row.code,
        "name": row.name,
        "villages": _compared(row.villages),
        "tps": _compared(row.tps),
        "voters": _compared(row.voters),
        "known": {fact: {"due": known.due, "known": known.known} for fact, known in row.known.items()},
        "has_errors": row.is_broken,
    }


def _compared(value: Compared) -> dict[str, int | None]:
    return {"counted": value.counted, "announced": value.announced}
