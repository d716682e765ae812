"""The command line: commands, options and exit codes. The only module that prints."""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

from sitegen import __version__
from sitegen.addresses import HOST
from sitegen.catalogs import translate
from sitegen.problems import ContentError, Failed, Message, UsageError, Verdict, msg
from sitegen.tasks import default_jobs

if TYPE_CHECKING:
    from sitegen.build import Options, Report, Watch
    from sitegen.report.findings import CheckReport

GOOD, BAD_CONTENT, BAD_USAGE = 0, 1, 2
LANGUAGES = ("id", "en")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 good, 1 errors in the content, 2 wrong usage."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    language = _language_of(arguments)
    try:
        args = _parser(language).parse_args(_with_command(arguments))
        return _COMMANDS[args.command](args)
    except (UsageError, Failed) as error:
        _say(f"{translate(msg('ERROR'), language)} {translate(error.what, language)}", sys.stderr)
        return BAD_USAGE if isinstance(error, UsageError) else BAD_CONTENT
    except OSError as error:
        failed = msg("%(path)s: %(detail)s", path=str(error.filename or ""), detail=error.strerror or str(error))
        _say(f"{translate(msg('ERROR'), language)} {translate(failed, language)}", sys.stderr)
        return BAD_CONTENT
    except KeyboardInterrupt:
        return 130


def _build(args: argparse.Namespace) -> int:
    from sitegen.build import build

    started = time.perf_counter()
    try:
        report = build(_options(args), _watch(args))
    except ContentError as error:
        _show_problems(Verdict.of(error.problems), args)
        if not args.json:
            _say(_text(msg("Nothing was published."), args), sys.stderr)
        return BAD_CONTENT
    _show_problems(report.verdict, args, report)
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
    from sitegen.new import new_site

    report = new_site(args.target, args.region, election=args.election, sample=args.sample, seed=args.seed)
    written = msg(
        "%(folder)s: %(region)s, %(kecamatan)s kecamatan, %(villages)s villages, %(tps)s TPS",
        folder=str(report.folder),
        region=report.region,
        kecamatan=report.kecamatan,
        villages=report.villages,
        tps=report.tps,
    )
    _say(_text(written, args))
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


_COMMANDS = {"build": _build, "check": _check, "serve": _serve, "new": _new, "portal": _portal}


def _watch(args: argparse.Namespace) -> Watch | None:
    """A progress bar on a terminal, silence in a pipe."""
    if not sys.stderr.isatty():
        return None
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return lambda results, total: track(results, _text(msg("Kecamatan"), args), total, console=console, transient=True)


def _options(args: argparse.Namespace) -> Options:
    from sitegen.build import Options

    return Options(
        args.config,
        args.content,
        args.out,
        args.jobs,
        getattr(args, "base_url", None),
        getattr(args, "zip", False),
        args.clean,
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
        more = msg("%(count)s warnings; python build.py check shows them", count=len(verdict.warnings))
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
    print(text, file=to or sys.stdout, flush=True)


class _Parser(argparse.ArgumentParser):
    """Wrong usage is told like every other error."""

    def error(self, message: str) -> NoReturn:
        """Called by argparse with what it could not understand."""
        raise UsageError(msg("The command is not understood (%(detail)s); see build.py --help", detail=message))


def _processes(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise UsageError(msg("%(value)s is not a number from 1 on", value=text))
    return int(text)


def _web_address(text: str) -> str:
    if not re.fullmatch(rf"{HOST}(/[^\s\"'<>]*)?", text):
        raise UsageError(msg("%(value)s is not a web address", value=text))
    return text


def _with_command(arguments: list[str]) -> list[str]:
    """Plain ``build.py`` and ``build.py --out x`` build."""
    asks_help = any(argument in ("-h", "--help", "--version") for argument in arguments)
    first_is_command = bool(arguments) and not arguments[0].startswith("-")
    return arguments if first_is_command or asks_help else ["build", *arguments]


def _language_of(arguments: list[str]) -> str:
    """The language asked for, needed before the arguments can be parsed: for the help itself."""
    for index, argument in enumerate(arguments):
        value = argument.partition("=")[2] if "=" in argument else "".join(arguments[index + 1 : index + 2])
        if argument.partition("=")[0] == "--lang" and value in LANGUAGES:
            return value
    return LANGUAGES[0]


def _parser(language: str) -> argparse.ArgumentParser:
    def text(message: Message) -> str:
        return translate(message, language)

    parser = _Parser(prog="build.py", description=text(msg("Build the notice board of the polling places.")))
    parser.add_argument("--version", action="version", version=f"Papan TPS {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    site = _site_options(text)
    build = commands.add_parser("build", parents=[site], help=text(msg("build the site (default)")))
    _base_url_option(build, text)
    build.add_argument(
        "--zip", action="store_true", help=text(msg("also write the site as one ZIP file beside the output folder"))
    )
    build.add_argument(
        "--profile", action="store_true", help=text(msg("also show where the time goes: processor seconds by stage"))
    )
    check = commands.add_parser("check", parents=[site], help=text(msg("check the content and report on all of it")))
    check.add_argument(
        "--html", type=Path, metavar="FILE", help=text(msg("also write the report as a page for the office"))
    )
    serve = commands.add_parser(
        "serve", parents=[site], help=text(msg("show the site and build again on every change"))
    )
    serve.add_argument("--host", default="127.0.0.1", help=text(msg("address to listen on (default 127.0.0.1)")))
    serve.add_argument(
        "--port", type=int, default=8000, help=text(msg("port; the next free one is taken (default 8000)"))
    )
    new = commands.add_parser("new", help=text(msg("write a new site folder for a region")))
    new.add_argument("target", type=Path, help=text(msg("folder to write; must not exist or be empty")))
    new.add_argument(
        "--region", required=True, help=text(msg("Kemendagri code of the kabupaten or kota, such as 16.02"))
    )
    new.add_argument(
        "--election", default="pilkada-2024", help=text(msg("name of the election (default pilkada-2024)"))
    )
    new.add_argument("--sample", action="store_true", help=text(msg("fill it with invented TPS, marked as a sample")))
    new.add_argument("--seed", help=text(msg("other seed, other sample")))
    new.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help=text(msg("language of these messages")))
    _portal_options(commands.add_parser("portal", help=text(msg("build one search above several sites"))), text)
    return parser


def _portal_options(portal: argparse.ArgumentParser, say: Callable[[Message], str]) -> None:
    portal.add_argument(
        "--sites", type=Path, default=Path("portal.yaml"), help=say(msg("list of the sites (default portal.yaml)"))
    )
    portal.add_argument("--out", type=Path, default=Path("_portal"), help=say(msg("output folder (default _portal)")))
    _base_url_option(portal, say)
    portal.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help=say(msg("language of these messages")))
    portal.set_defaults(json=False)


def _base_url_option(parser: argparse.ArgumentParser, say: Callable[[Message], str]) -> None:
    parser.add_argument(
        "--base-url",
        type=_web_address,
        help=say(msg("address of the published site, instead of base_url in the configuration")),
    )


def _site_options(say: Callable[[Message], str]) -> _Parser:
    options = _Parser(add_help=False)
    options.add_argument(
        "--config",
        type=Path,
        default=Path("site_config.yaml"),
        help=say(msg("configuration (default site_config.yaml)")),
    )
    options.add_argument(
        "--content", type=Path, default=Path("content"), help=say(msg("content folder (default content)"))
    )
    options.add_argument("--out", type=Path, default=Path("_site"), help=say(msg("output folder (default _site)")))
    options.add_argument(
        "--jobs", type=_processes, default=default_jobs(), help=say(msg("processes to use (default: all processors)"))
    )
    options.add_argument(
        "--clean", action="store_true", help=say(msg("make everything anew, whatever the last build left"))
    )
    options.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help=say(msg("language of these messages")))
    options.add_argument("--json", action="store_true", help=say(msg("results for machines")))
    return options
