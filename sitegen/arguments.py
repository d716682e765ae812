"""The commands and options of the command line, in the language that was asked for."""

from __future__ import annotations

import argparse
import datetime as dt
import difflib
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from sitegen import __version__, change_options
from sitegen.addresses import HOST
from sitegen.catalogs import translate
from sitegen.importer import command
from sitegen.problems import Message, UsageError, lines, msg
from sitegen.tasks import default_jobs

LANGUAGES = ("id", "en")


_Say = Callable[[Message], str]


class _Formatter(argparse.HelpFormatter):
    """Help in the language that was asked for."""

    def __init__(self, say: _Say, prog: str) -> None:
        super().__init__(prog)
        self._say = say

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Called by argparse, with a prefix where the text is no help."""
        super().add_usage(usage, actions, groups, self._say(msg("usage: ")) if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """Says everything in the language that was asked for; wrong usage is told like every other error."""

    def __init__(self, say: _Say, **more: Any) -> None:
        self._titles = {"positional arguments": say(msg("arguments")), "options": say(msg("options"))}
        super().__init__(formatter_class=partial(_Formatter, say), **more)
        if self.add_help:  # argparse has added it, before all else
            self._actions[0].help = say(msg("show this help"))

    def add_argument_group(self, title: str | None = None, *args: Any, **more: Any) -> Any:
        """Called by argparse too, with headings of its own."""
        return super().add_argument_group(self._titles.get(title or "", title), *args, **more)

    def error(self, message: str) -> NoReturn:
        """Called by argparse with what it could not understand."""
        raise UsageError(msg("The command is not understood (%(detail)s); see build.py --help", detail=message))

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Called by argparse for what has to be one of several."""
        if action.choices is None or value in action.choices:
            return
        if action.dest == "command":
            what = msg('There is no command "%(value)s"', value=value)
        else:
            what = msg('"%(value)s" is not possible here (%(key)s)', value=value, key=action.dest)
        names = list(action.choices)
        if near := difflib.get_close_matches(str(value), names, n=1):
            fix = msg('Did you mean "%(guess)s"?', guess=near[0])
        else:
            fix = msg("Possible here: %(keys)s.", keys=", ".join(names))
        raise UsageError(lines(what, fix, between=". "))


def _processes(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise UsageError(msg("%(value)s is not a number from 1 on", value=text))
    return int(text)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(msg("%(value)s is not a date such as 2024-11-07", value=text)) from error


def _area_code(text: str) -> str:
    if not re.fullmatch(r"\d\d(\.\d\d){0,2}", text):
        raise UsageError(msg("%(value)s is not the code of a provinsi, kabupaten, kota or kecamatan", value=text))
    return text


def _web_address(text: str) -> str:
    if not re.fullmatch(rf"{HOST}(/[^\s\"'<>]*)?", text):
        raise UsageError(msg("%(value)s is not a web address", value=text))
    return text


def parsed(arguments: list[str], language: str) -> argparse.Namespace:
    """What the arguments ask for. Plain ``build.py`` and ``build.py --out x`` build.

    Raises:
        UsageError: they are not understood.
    """
    asks_help = any(argument in ("-h", "--help", "--version") for argument in arguments)
    first_is_command = bool(arguments) and not arguments[0].startswith("-")
    whole = arguments if first_is_command or asks_help else ["build", *arguments]
    found, rest = _parser(language).parse_known_args(whole)
    if rest:
        raise UsageError(
            msg(
                "Not understood: %(arguments)s; see build.py %(command)s --help",
                arguments=" ".join(rest),
                command=found.command,
            )
        )
    return found


def language_of(arguments: list[str]) -> str:
    """The language asked for, needed before the arguments can be parsed: for the help itself."""
    for index, argument in enumerate(arguments):
        value = argument.partition("=")[2] if "=" in argument else "".join(arguments[index + 1 : index + 2])
        if argument.partition("=")[0] == "--lang" and value in LANGUAGES:
            return value
    return LANGUAGES[0]


def _parser(language: str) -> argparse.ArgumentParser:
    """Every command with its options."""

    def text(message: Message) -> str:
        return translate(message, language)

    parser = _Parser(text, prog="build.py", description=text(msg("Build the notice board of the polling places.")))
    version = f"Papan TPS {__version__}"
    parser.add_argument("--version", action="version", version=version, help=text(msg("show the version")))
    commands = parser.add_subparsers(title=text(msg("commands")), dest="command", required=True)
    add = partial(commands.add_parser, say=text)
    site = _site_options(text)
    _build_options(add("build", parents=[site], help=text(msg("build the site (default)"))), text)
    _check_options(add("check", parents=[site], help=text(msg("check the content and report on all of it"))), text)
    _serve_options(
        add("serve", parents=[site], help=text(msg("show the site and build again on every change"))),
        text,
    )
    _new_options(add("new", help=text(msg("start the site of a region, or a news item"))), text)
    command.add_commands(add, _content_options(text), text)
    change = add("change", parents=[site], help=text(msg("write down what was decided about a TPS")))
    change_options.add_options(change, text)
    _portal_options(add("portal", help=text(msg("build one search above several sites"))), text)
    _verify_options(add("verify", help=text(msg("verify publications and the chain that they form"))), text)
    return parser


def _build_options(build: argparse.ArgumentParser, say: _Say) -> None:
    _base_url_option(build, say)
    _previous_option(build, say)
    build.add_argument(
        "--zip", action="store_true", help=say(msg("also write the site as one ZIP file beside the output folder"))
    )
    build.add_argument(
        "--profile", action="store_true", help=say(msg("also show where the time goes: processor seconds by stage"))
    )
    _part_options(build, say)


def _check_options(check: argparse.ArgumentParser, say: _Say) -> None:
    _previous_option(check, say)
    check.add_argument(
        "--html", type=Path, metavar="FILE", help=say(msg("also write the report as a page for the office"))
    )
    check.add_argument(
        "--privacy",
        type=Path,
        nargs="+",
        metavar="PATH",
        help=say(msg("only look for personal data, in these files and folders of any kind")),
    )


def _serve_options(serve: argparse.ArgumentParser, say: _Say) -> None:
    serve.add_argument("--host", default="127.0.0.1", help=say(msg("address to listen on (default 127.0.0.1)")))
    serve.add_argument(
        "--port", type=int, default=8000, help=say(msg("port; the next free one is taken (default 8000)"))
    )


def _new_options(new: argparse.ArgumentParser, say: _Say) -> None:
    new.add_argument("target", help=say(msg("folder of the new site, which must not exist or be empty; or news")))
    new.add_argument("title", nargs="?", help=say(msg("with news: the title")))
    new.add_argument(
        "--region", help=say(msg("kabupaten, kota or provinsi: its name, or its Kemendagri code such as 16.02"))
    )
    new.add_argument("--election", default="pilkada-2024", help=say(msg("name of the election (default pilkada-2024)")))
    new.add_argument("--sample", action="store_true", help=say(msg("fill it with invented TPS, marked as a sample")))
    new.add_argument("--seed", help=say(msg("other seed, other sample")))
    new.add_argument(
        "--content-only",
        action="store_true",
        help=say(msg("write only configuration and content, for a site beside others in one repository")),
    )
    new.add_argument("--date", type=_day, help=say(msg("with news: its date, such as 2024-11-07 (default today)")))
    new.add_argument(
        "--content", type=Path, default=Path("content"), help=say(msg("with news: content folder (default content)"))
    )
    new.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help=say(msg("language of these messages")))


def _part_options(build: argparse.ArgumentParser, say: _Say) -> None:
    either = build.add_mutually_exclusive_group()
    either.add_argument(
        "--only",
        type=_area_code,
        metavar="CODE",
        help=say(msg("build a part: the kecamatan of this provinsi, kabupaten, kota or kecamatan, such as 16.02")),
    )
    either.add_argument(
        "--merge",
        type=Path,
        nargs="+",
        default=[],
        metavar="DIR",
        help=say(msg("build the whole site and take from these parts what did not change")),
    )


def _portal_options(portal: argparse.ArgumentParser, say: _Say) -> None:
    portal.add_argument(
        "--sites", type=Path, default=Path("portal.yaml"), help=say(msg("list of the sites (default portal.yaml)"))
    )
    portal.add_argument("--out", type=Path, default=Path("_portal"), help=say(msg("output folder (default _portal)")))
    _base_url_option(portal, say)
    portal.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help=say(msg("language of these messages")))
    portal.set_defaults(json=False)


def _verify_options(verify: argparse.ArgumentParser, say: _Say) -> None:
    verify.add_argument(
        "places",
        nargs="+",
        metavar="URL|DIR",
        help=say(msg("web address, folder, ZIP file or git commit of a publication")),
    )
    verify.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help=say(msg("language of these messages")))


def _previous_option(parser: argparse.ArgumentParser, say: _Say) -> None:
    parser.add_argument(
        "--previous",
        metavar="PLACE",
        help=say(msg("publication before: its folder, ZIP file, manifest or git commit; what changed since is told")),
    )


def _base_url_option(parser: argparse.ArgumentParser, say: _Say) -> None:
    parser.add_argument(
        "--base-url",
        type=_web_address,
        help=say(msg("address of the published site, instead of base_url in the configuration")),
    )


def _content_options(say: _Say) -> _Parser:
    """Options of every command that reads a site."""
    options = _Parser(say, add_help=False)
    options.add_argument(
        "--config",
        type=Path,
        default=Path("site_config.yaml"),
        help=say(msg("configuration (default site_config.yaml)")),
    )
    options.add_argument(
        "--content", type=Path, default=Path("content"), help=say(msg("content folder (default content)"))
    )
    options.add_argument(
        "--jobs", type=_processes, default=default_jobs(), help=say(msg("processes to use (default: all processors)"))
    )
    options.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help=say(msg("language of these messages")))
    return options


def _site_options(say: _Say) -> _Parser:
    """Options of the commands that make a site of it."""
    options = _Parser(say, add_help=False, parents=[_content_options(say)])
    options.add_argument("--out", type=Path, default=Path("_site"), help=say(msg("output folder (default _site)")))
    options.add_argument(
        "--clean", action="store_true", help=say(msg("make everything anew, whatever the last build left"))
    )
    options.add_argument("--json", action="store_true", help=say(msg("results for machines")))
    return options
