"""Lists that only say how many TPS a village has: a check of the TPS, or, after a question, their numbers."""

from __future__ import annotations

from sitegen.importer.facts import Facts, TpsFacts
from sitegen.importer.present import Present
from sitegen.importer.questions import SKIP, Answers, Choice, Question
from sitegen.problems import msg

NUMBERED = "nomor-urut"


def settle_counts(facts: Facts, present: Present, answers: Answers) -> None:
    """Where the content has no TPS of a village that is counted, ask whether TPS 1 to n are to be made."""
    empty = [c for c in facts.counted if not facts.of_village(c.village) and not _has_tps(present, c.village) and c.tps]
    if not empty:
        return
    first = empty[0]
    answer = answers.ask(
        Question(
            "count",
            first.table[:300],
            "jumlah tps",
            first.cell.place,
            msg(
                "The file says how many TPS there are, but not which; %(villages)s villages have none in the content",
                villages=len({counted.village for counted in empty}),
            ),
            (
                Choice(NUMBERED, msg("make TPS 1 to n in each of them, without place and voters")),
                Choice(SKIP, msg("make none")),
            ),
        )
    )
    if answer == NUMBERED:
        for village, count, cell, _ in empty:
            for number in range(1, min(count, 999) + 1):
                facts.tps[village, number] = TpsFacts(village, number, cell, listed=True)
    left = set(empty)
    facts.counted = [counted for counted in facts.counted if counted not in left]


def _has_tps(present: Present, code: str) -> bool:
    return code in present.tps and bool(present.tps[code].data.tps)
