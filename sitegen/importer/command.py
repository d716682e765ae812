"""The commands ``import``, ``template`` and ``export``: their options, and what they say in which order."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sitegen.problems import ContentError, Message, Problem, UsageError, msg, verbatim

if TYPE_CHECKING:
    from sitegen.importer.places import Regions
    from sitegen.importer.plan import Change
    from sitegen.importer.questions import Question
    from sitegen.importer.run import Import, Outcome

MOST_SHOWN = 20
"""Problems of one kind, and changes, that are told one by one."""
_NOTHING_WRITTEN = msg("Nothing was written.")


class Terminal(NamedTuple):
    """How a command speaks: to standard output and standard error, and, where somebody can answer, with a question."""

    say: Callable[[Message], None]
    warn: Callable[[Message], None]
    ask: Callable[[Message], str] | None


def is_yes(typed: str) -> bool:
    """Whether somebody said yes at the terminal."""
    return typed.strip().lower() in ("y", "ya", "yes")


def add_commands(
    add: Callable[..., argparse.ArgumentParser], site: argparse.ArgumentParser, text: Callable[[Message], str]
) -> None:
    """Add the three commands; ``site`` holds the options of every command that reads a site."""
    read = add("import", parents=[site], help=text(msg("read spreadsheets into the content folder")))
    read.add_argument(
        "files", type=Path, nargs="+", metavar="FILE", help=text(msg("spreadsheets: .xlsx, .xls, .ods or .csv"))
    )
    read.add_argument("--dry-run", action="store_true", help=text(msg("only tell what would change")))
    read.add_argument("--yes", action="store_true", help=text(msg("write even if many TPS would be gone")))
    read.add_argument(
        "--answer",
        action="append",
        default=[],
        type=_answer,
        metavar="TEXT=ANSWER",
        help=text(msg("answer to a question; may be repeated")),
    )
    read.add_argument(
        "--source", type=_line, help=text(msg("decree or list that the data come from, as the pages name it"))
    )
    template = add(
        "template",
        parents=[site],
        help=text(msg("write an empty workbook for this region, to be filled in and imported")),
    )
    template.add_argument("file", type=Path, help=text(msg("workbook to write, such as kpps.xlsx")))
    export = add("export", parents=[site], help=text(msg("write the content as a workbook that can be imported again")))
    export.add_argument(
        "--xlsx", type=Path, nargs="?", const=Path("papan-tps.xlsx"), required=True, metavar="FILE",
        help=text(msg("workbook to write (default papan-tps.xlsx)")),
    )  # fmt: skip
    for command in (read, template, export):
        command.add_argument("--election", help=text(msg("name of the election (default: that of the configuration)")))


def _answer(text: str) -> tuple[str, str]:
    written, sign, answer = text.rpartition("=")
    if not sign or not written.strip() or not answer.strip():
        raise UsageError(msg('"%(text)s" is not an answer; write --answer "what is written=what it means"', text=text))
    return written.strip(), answer.strip()


def _line(text: str) -> str:
    line = " ".join(text.split())
    if not 0 < len(line) <= 300:
        raise UsageError(msg("Write at most %(max_length)s characters.", max_length=300))
    return line


def run_import(args: argparse.Namespace, terminal: Terminal) -> bool:
    """Import, and tell what was done; whether it was good."""
    from sitegen.importer.run import Import, ImportOptions

    options = ImportOptions(
        tuple(args.files), args.config, args.content, args.election, tuple(args.answer), args.source, args.jobs
    )
    try:
        task = Import(options)
        outcome = _answered(task, terminal)
    except ContentError as error:
        _tell(error.problems, args, terminal)
        terminal.warn(_NOTHING_WRITTEN)
        return False
    if task.answers.unused:
        if outcome.questions:
            _report(outcome, task.regions, args, terminal)
        raise UsageError(
            msg("No question was asked about %(answers)s; nothing was written", answers=", ".join(task.answers.unused))
        )
    _report(outcome, task.regions, args, terminal)
    if outcome.errors or outcome.questions:
        _write_nothing(task, args, terminal)
        return False
    return _finish(task, outcome, args, terminal)


def _answered(task: Import, terminal: Terminal) -> Outcome:
    """The outcome after every question that somebody at the terminal answers."""
    outcome = task.look()
    while outcome.questions and terminal.ask:
        for question in outcome.questions:
            terminal.say(_question(question))
            for number, choice in enumerate(question.choices, 1):
                terminal.say(
                    msg("  %(number)s  %(label)s (%(answer)s)", number=number, label=choice.label, answer=choice.answer)
                )
            answer = _typed(question, terminal.ask, terminal.say)
            if answer is None:
                return outcome
            task.answers.answer(question, answer)
        outcome = task.look()
    return outcome


def _typed(question: Question, ask: Callable[[Message], str], say: Callable[[Message], None]) -> str | None:
    """The answer whose number somebody typed; a slip is asked again, nothing means to stop."""
    numbered = {str(number): choice.answer for number, choice in enumerate(question.choices, 1)}
    while typed := ask(msg("Number of the answer (nothing: stop):")).strip():
        if typed in numbered:
            return numbered[typed]
        say(msg('"%(typed)s" is not in the list; type one of the numbers before the answers.', typed=typed[:40]))
    return None


def _write_nothing(task: Import, args: argparse.Namespace, terminal: Terminal) -> None:
    """Say that nothing is written; answers are no facts, so they are kept for the next time, but not on trial."""
    path = None if args.dry_run else task.keep_answers()
    kept = msg("Nothing was written but the answers: %(path)s keeps them for the next import.", path=path or "")
    terminal.warn(kept if path else _NOTHING_WRITTEN)


def _finish(task: Import, outcome: Outcome, args: argparse.Namespace, terminal: Terminal) -> bool:
    plan = outcome.plan
    if args.dry_run:
        if plan.needs_yes:
            terminal.say(_gone_message(outcome))
        terminal.say(msg("This was a trial: nothing was written."))
        return True
    if plan.needs_yes and not args.yes:
        terminal.warn(_gone_message(outcome))
        if not (terminal.ask and is_yes(terminal.ask(msg("Go on? (y/n)")))):
            _write_nothing(task, args, terminal)
            terminal.warn(msg("If this is right, repeat the command with --yes."))
            return False
    count = task.write(outcome)
    if count:
        terminal.say(msg("%(count)s files written in %(folder)s.", count=count, folder=f"{args.content}/"))
    else:
        terminal.say(msg("Nothing to change: the content says the same already."))
    return True


def _gone_message(outcome: Outcome) -> Message:
    from sitegen.importer.plan import MOST_GONE

    return msg(
        "%(gone)s of %(base)s TPS would be gone from the content: more than %(limit)s.",
        gone=outcome.plan.count("gone"), base=outcome.plan.base, limit=f"{MOST_GONE:.0%}".replace("%", " %"),
    )  # fmt: skip


def _report(outcome: Outcome, regions: Regions, args: argparse.Namespace, terminal: Terminal) -> None:
    """Everything that was found: notes, problems, questions, and the sentence that sums it up."""
    for note in outcome.notes:
        terminal.say(note)
    _tell(_shortened(outcome.problems), args, terminal)
    for question in outcome.questions:
        terminal.warn(_question(question))
        for choice in question.choices:
            terminal.warn(
                msg(
                    '  --answer "%(written)s=%(answer)s"  %(label)s',
                    written=question.written,
                    answer=choice.answer,
                    label=choice.label,
                )
            )
    plan = outcome.plan
    for message in _changes(plan.changes, regions):
        terminal.say(message)
    if plan.unsourced:
        terminal.say(
            msg(
                '%(count)s villages do not say where their data come from yet: --source "SK KPU nomor …"',
                count=len(plan.unsourced),
            )
        )
    terminal.say(
        msg(
            "%(tps)s TPS in %(villages)s villages: %(new)s new, %(changed)s changed, %(gone)s gone; %(errors)s errors",
            tps=plan.tps, villages=plan.villages, new=plan.count("new"), changed=plan.count("changed"),
            gone=plan.count("gone"), errors=len(outcome.errors),
        )
    )  # fmt: skip


def _tell(problems: Iterable[Problem], args: argparse.Namespace, terminal: Terminal) -> None:
    from sitegen.report.text import problem_text

    for problem in problems:
        terminal.warn(verbatim(problem_text(problem, args.lang)))


def _question(question: Question) -> Message:
    return msg("QUESTION %(place)s %(what)s", place=question.place, what=question.what)


def _shortened(problems: Sequence[Problem]) -> Iterator[Problem]:
    """Problems, each once; of one kind in one sheet only the first ones, the last of them telling how many there
    are."""
    groups: dict[tuple[str, str], list[Problem]] = {}
    for problem in dict.fromkeys(problems):
        groups.setdefault((problem.code, problem.path.rpartition("!")[0]), []).append(problem)
    for group in groups.values():
        yield from group[:MOST_SHOWN]
        if len(group) > MOST_SHOWN:
            last, more = group[MOST_SHOWN], len(group) - MOST_SHOWN
            yield (
                last._replace(
                    what=msg("%(what)s, and %(count)s more of this kind below it", what=last.what, count=more - 1)
                )
                if more > 1
                else last
            )


def _changes(changes: Sequence[Change], regions: Regions) -> Iterator[Message]:
    """TPS that change or go, one a line; new ones are only counted."""
    shown = [change for change in changes if change.kind != "new"]
    for change in shown[:MOST_SHOWN]:
        label = verbatim(f"TPS {change.number} {regions.label(change.village)}")
        if change.kind == "gone":
            yield msg("  gone: %(tps)s", tps=label)
        for label_of, before, after in change.differences:
            yield msg(
                "  %(tps)s, %(what)s: %(before)s → %(after)s", tps=label, what=label_of, before=before, after=after
            )
    if len(shown) > MOST_SHOWN:
        yield msg("  … and %(count)s more", count=len(shown) - MOST_SHOWN)


def run_template(args: argparse.Namespace, terminal: Terminal) -> bool:
    """Write the workbook to fill in."""
    return _workbook(args, args.file, terminal, filled=False)


def run_export(args: argparse.Namespace, terminal: Terminal) -> bool:
    """Write the content as a workbook."""
    return _workbook(args, args.xlsx, terminal, filled=True)


def _workbook(args: argparse.Namespace, path: Path, terminal: Terminal, *, filled: bool) -> bool:
    from sitegen.importer.present import read_present
    from sitegen.importer.workbook import write_workbook

    if path.suffix.lower() != ".xlsx":
        raise UsageError(msg("%(path)s: the name must end in .xlsx", path=str(path)))
    if path.exists():
        raise UsageError(msg("%(path)s exists already; nothing was written. Choose another name.", path=str(path)))
    try:
        present = read_present(args.config, args.content, args.election)
    except ContentError as error:
        _tell(error.problems, args, terminal)
        terminal.warn(_NOTHING_WRITTEN)
        return False
    counts = write_workbook(path, present, filled=filled)
    terminal.say(
        msg(
            "%(path)s: %(villages)s villages, %(tps)s TPS, %(kpps)s KPPS",
            path=str(path), villages=counts.villages, tps=counts.tps, kpps=counts.kpps,
        )
    )  # fmt: skip
    return True
