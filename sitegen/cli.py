"""The command line: commands, options and exit codes. The only module that prints."""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import gc
import os
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

from sitegen import change_options
from sitegen.arguments import language_of, parsed
from sitegen.catalogs import translate
from sitegen.content.characters import for_terminal
from sitegen.importer import command
from sitegen.problems import ContentError, Failed, Message, UsageError, Verdict, msg, system_error

if TYPE_CHECKING:
    from sitegen.build import Watch
    from sitegen.change import Proposal
    from sitegen.options import Options
    from sitegen.report.findings import CheckReport
    from sitegen.whole import Report

GOOD, BAD_CONTENT, BAD_USAGE = 0, 1, 2
NOBODY_READS = 128 + 13
"""What a shell calls the end of a program whose reader went away (SIGPIPE): ``python build.py check | head``."""


def run() -> NoReturn:
    """Run the command that this process was started with, and end it. Python would first take apart all that was made:
    a seventh of a build of OKI without changes."""
    nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 open until the end
    sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere  # whoever started it may have closed one
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):  # told already, or nobody reads: whatever is said is flushed at once
            stream.flush()
    os._exit(code)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 good, 1 errors in the content, 2 wrong usage, 130 and 141 as a shell
    has them for Ctrl-C and for a reader that went away."""
    # Most that is made stays or is freed without it: the usual thresholds cost a seventh of a build without changes.
    gc.set_threshold(20_000, 50, 100)
    try:
        return _run(list(sys.argv[1:] if argv is None else argv))
    except BrokenPipeError:
        return NOBODY_READS
    except KeyboardInterrupt:
        return 130


def _run(arguments: list[str]) -> int:
    language = language_of(arguments)
    try:
        args = parsed(arguments, language)
        return _COMMANDS[args.command](args)
    except (UsageError, Failed) as error:
        _say(f"{translate(msg('ERROR'), language)} {translate(error.what, language)}", sys.stderr)
        return BAD_USAGE if isinstance(error, UsageError) else BAD_CONTENT
    except BrokenPipeError:
        raise
    except OSError as error:
        _say(f"{translate(msg('ERROR'), language)} {translate(system_error(error), language)}", sys.stderr)
        return BAD_CONTENT


def _build(args: argparse.Namespace) -> int:
    from sitegen import stopwatch
    from sitegen.build import build

    started = time.perf_counter()
    if args.profile:
        stopwatch.begin()
    try:
        report = build(_options(args), _watch(args))
    except ContentError as error:
        _show_problems(Verdict.of(error.problems), args)
        if not args.json:
            _say(_text(msg("Nothing was published."), args), sys.stderr)
        return BAD_CONTENT
    _show_problems(report.verdict, args, report)
    for notice in (*report.notices, *report.overdue(dt.date.today())):  # noqa: DTZ011 the office's own day
        _say(f"{_text(msg('WARNING'), args)} {_text(notice, args)}", sys.stderr)
    if not args.json:
        _say(_text(_counts(report), args))
        seconds = time.perf_counter() - started
        done = msg(
            "%(pages)s pages in %(seconds)s s: %(out)s",
            pages=report.pages,
            seconds=round(seconds, 1),
            out=f"{args.out}/",
        )
        _say(_text(done, args))
        if args.profile:
            _show_profile(args)
        if args.zip:
            _say(_text(msg("Archive for a memory card: %(path)s", path=f"{args.out}.zip"), args))
    return GOOD


def _check(args: argparse.Namespace) -> int:
    return _check_privacy(args) if args.privacy else _check_content(args)


def _check_content(args: argparse.Namespace) -> int:
    from sitegen.build import check
    from sitegen.report.html import require_apart, write_html
    from sitegen.report.text import report_text

    if args.html:
        require_apart(args.html, args.out, args.content)
    report = check(_options(args), _watch(args))
    if args.html:
        write_html(args.html, report, _counts(report), args.lang)
    if args.json:
        _show_json(report.verdict, args, report)
    else:
        _say(report_text(report, _counts(report), args.lang))
        if args.html:
            _say(_text(msg("Report as a page: %(file)s", file=str(args.html)), args))
    return BAD_CONTENT if report.verdict.errors else GOOD


def _check_privacy(args: argparse.Namespace) -> int:
    from sitegen.privacy.files import check_files
    from sitegen.report.text import problem_text

    verdict = Verdict.of(check_files(args.privacy, args.config))
    if args.json:
        _show_json(verdict, args, None)
    else:
        for problem in verdict.problems:
            _say(problem_text(problem, args.lang), sys.stderr)
    return BAD_CONTENT if verdict.errors else GOOD


def _serve(args: argparse.Namespace) -> int:
    from sitegen.serve import serve

    serve(
        _options(args),
        args.host,
        args.port,
        say=lambda message: _say(_text(message, args)),
        report=lambda verdict: _show_problems(verdict, args),
        text=lambda verdict: "\n".join(_texts(verdict, args)),
    )
    return GOOD


def _new(args: argparse.Namespace) -> int:
    if args.region is not None and args.title is None:
        return _new_site(args)
    if args.target == "news" and args.title is not None and args.region is None:
        return _new_news(args)
    raise UsageError(msg("Say what is new: --region and a folder for a site, or news and its title"))


def _new_site(args: argparse.Namespace) -> int:
    from sitegen.new import new_site
    from sitegen.region_names import region_code
    from sitegen.repository import write_repository

    target = Path(args.target)
    region = region_code(args.region, lambda question: _asked(question, args))
    report = new_site(target, region, election=args.election, sample=args.sample, seed=args.seed)
    if not args.content_only:
        write_repository(target, report.config)
    written = msg(
        "%(folder)s: %(region)s, %(kecamatan)s kecamatan, %(villages)s villages, %(tps)s TPS",
        folder=str(report.folder),
        region=report.config.region.name,
        kecamatan=report.kecamatan,
        villages=report.villages,
        tps=report.tps,
    )
    _say(_text(written, args))
    if not args.content_only:
        _say(_text(msg("What to do next stands in %(file)s.", file=str(target / "README.md")), args))
    return GOOD


def _asked(question: Message, args: argparse.Namespace) -> str | None:
    """An answer from the terminal; None where nobody can answer."""
    if not _is_at_terminal():
        return None
    print(for_terminal(_text(question, args)), end=" ", file=sys.stderr, flush=True)
    return sys.stdin.readline() or None


def _is_at_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _new_news(args: argparse.Namespace) -> int:
    from sitegen.news import new_news

    path = new_news(args.content, args.title, args.date or dt.date.today())  # noqa: DTZ011 the writer's day
    _say(_text(msg("%(path)s: a draft. It is published when you have taken out the line draft.", path=str(path)), args))
    return GOOD


def _portal(args: argparse.Namespace) -> int:
    from sitegen.portal import build_portal

    try:
        report = build_portal(args.sites, args.out, args.base_url)
    except ContentError as error:
        _show_problems(Verdict.of(error.problems), args)
        _say(_text(msg("Nothing was published."), args), sys.stderr)
        return BAD_CONTENT
    done = msg(
        "%(sites)s sites, %(villages)s villages, %(tps)s TPS: %(out)s",
        sites=report.sites,
        villages=report.totals.villages,
        tps=report.totals.tps,
        out=f"{args.out}/",
    )
    _say(_text(done, args))
    return GOOD


def _change(args: argparse.Namespace) -> int:
    from sitegen import change, questions
    from sitegen.build import check

    try:
        office = change.open_office(args.config, args.content)
        wanted = {key: getattr(args, key) for key in ("village", "tps", "kind", *change_options.OPTIONS)}
        asks = sys.stdin.isatty() and not args.yes
        told = questions.by_questions(office, wanted, partial(_ask, args)) if asks else questions.by_options(wanted)
        proposal = change.propose(office, told)
    except ContentError as error:
        _show_problems(Verdict.of(error.problems), args)
        _say(_text(msg("Nothing was written."), args), sys.stderr)
        return BAD_CONTENT
    _show_proposal(proposal, args)
    if args.dry_run or (asks and not command.is_yes(_ask(args, msg("Write it? (y/n)")))):
        _say(_text(msg("Nothing was written."), args))
        return GOOD
    change.write(proposal)
    _say(_text(msg("Written: %(path)s", path=str(proposal.path)), args))
    report = check(_options(args), _watch(args))
    _show_problems(report.verdict, args)
    if report.verdict.errors:
        return BAD_CONTENT
    found = msg("The check found no errors.")
    _say(f"{_text(_counts(report), args)}\n{_text(found, args)}")
    return GOOD


def _ask(args: argparse.Namespace, question: Message, before: Sequence[Message] = ()) -> str:
    for message in before:
        _say(_text(message, args))
    try:
        return input(f"{for_terminal(_text(question, args))}: ")
    except EOFError:
        raise KeyboardInterrupt from None


def _show_proposal(proposal: Proposal, args: argparse.Namespace) -> None:
    for label, seen in ((msg("Before"), proposal.before), (msg("After"), proposal.after)):
        _say(f"— {_text(label, args)} —\n{_text(seen.message, args)}")
    for page, notice in proposal.after.notices:
        text = f"{_text(notice.fact, args)} {_text(notice.rest, args)}".strip()
        _say(_text(msg("Notice (%(page)s): %(text)s", page=page, text=text), args))
    if proposal.is_anew:
        _say(_text(msg("The file is not written one key a line: all of it is written anew, without comments."), args))


def _verify(args: argparse.Namespace) -> int:
    from sitegen.history.verify import verify

    code = GOOD
    for finding in verify(args.places):
        if finding.is_good:
            _say(_text(finding.text, args))
        else:
            code = BAD_CONTENT
            _say(f"{_text(msg('ERROR'), args)} {_text(finding.text, args)}", sys.stderr)
    return code


def _spreadsheets(args: argparse.Namespace) -> int:
    terminal = command.Terminal(
        say=lambda message: _say(_text(message, args)),
        warn=lambda message: _say(_text(message, args), sys.stderr),
        ask=(lambda message: _asked(message, args) or "") if _is_at_terminal() else None,
    )
    runs = {"import": command.run_import, "template": command.run_template, "export": command.run_export}
    return GOOD if runs[args.command](args, terminal) else BAD_CONTENT


_COMMANDS = {
    "change": _change, "build": _build, "check": _check, "serve": _serve, "new": _new, "portal": _portal,
    "verify": _verify,
    "import": _spreadsheets, "template": _spreadsheets, "export": _spreadsheets,
}  # fmt: skip


def _watch(args: argparse.Namespace) -> Watch | None:
    """A progress bar on a terminal, silence in a pipe."""
    if not sys.stderr.isatty():
        return None
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return lambda results, total: track(results, _text(msg("Kecamatan"), args), total, console=console, transient=True)


def _options(args: argparse.Namespace) -> Options:
    from sitegen.options import Options

    return Options(
        args.config,
        args.content,
        args.out,
        args.jobs,
        getattr(args, "base_url", None),
        getattr(args, "zip", False),
        args.clean,
        getattr(args, "only", None),
        tuple(getattr(args, "merge", ())),
        getattr(args, "previous", None),
        drafts=args.command == "serve",
    )


def _show_profile(args: argparse.Namespace) -> None:
    from sitegen.stopwatch import profile

    rows = [(_text(label, args), seconds) for label, seconds in profile()]
    width = max(len(label) for label, _ in rows)
    for label, seconds in rows:
        _say(f"{label:{width}} {seconds:8.2f} s {seconds / rows[-1][1]:7.1%}")


def _counts(report: Report | CheckReport) -> Message:
    totals = report.totals
    return msg(
        "%(kecamatan)s kecamatan, %(villages)s villages, %(tps)s TPS, %(kpps)s KPPS, %(voters)s voters",
        kecamatan=report.kecamatan,
        villages=totals.villages,
        tps=totals.tps,
        kpps=totals.kpps,
        voters=totals.voters,
    )


def _show_problems(verdict: Verdict, args: argparse.Namespace, report: Report | None = None) -> None:
    """Errors, and how many warnings there are, as text on standard error; or everything as JSON on standard output."""
    if args.json:
        _show_json(verdict, args, report)
        return
    for text in _texts(verdict, args):
        _say(text, sys.stderr)
    if verdict.warnings and not verdict.errors:
        more = msg("%(count)s warnings; build.py check shows them", count=len(verdict.warnings))
        _say(f"{_text(msg('WARNING'), args)} {_text(more, args)}", sys.stderr)


def _show_json(verdict: Verdict, args: argparse.Namespace, report: Report | CheckReport | None) -> None:
    from sitegen.report.machine import as_json

    published = report is not None and args.command == "build"
    _say(as_json(verdict, report, args.lang, published=published))


def _texts(verdict: Verdict, args: argparse.Namespace) -> list[str]:
    """Every error as two lines."""
    if not verdict.errors:
        return []
    from sitegen.report.text import problem_text

    return [problem_text(problem, args.lang) for problem in verdict.errors]


def _text(message: Message, args: argparse.Namespace) -> str:
    return translate(message, args.lang)


def _say(text: str, to: TextIO | None = None) -> None:
    print(for_terminal(text), file=to or sys.stdout, flush=True)
