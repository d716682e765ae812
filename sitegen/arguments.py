"""The commands and options of the command line, in the language that was asked for."""

from __future__ import annotations

import argparse
import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from sitegen import __version__, change_options
from sitegen.addresses import HOST
from sitegen.catalogs import translate
from sitegen.importer import command
from sitegen.problems import Message, UsageError, msg
from sitegen.tasks import default_jobs

LANGUAGES = ("id", "en")


class _Parser(argparse.ArgumentParser):
    """Wrong usage is told like every other error."""

    def error(self, message: str) -> NoReturn:
        """Called by argparse with what it could not understand."""
        raise UsageError(msg("The command is not understood (%(detail)s); see build.py --help", detail=message))


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


def with_command(arguments: list[str]) -> list[str]:
    """Plain ``build.py`` and ``build.py --out x`` build."""
    asks_help = any(argument in ("-h", "--help", "--version") for argument in arguments)
    first_is_command = bool(arguments) and not arguments[0].startswith("-")
    return arguments if first_is_command or asks_help else ["build", *arguments]


def language_of(arguments: list[str]) -> str:
    """The language asked for, needed before the arguments can be parsed: for the help itself."""
    for index, argument in enumerate(arguments):
        value = argument.partition("=")[2] if "=" in argument else "".join(arguments[index + 1 : index + 2])
        if argument.partition("=")[0] == "--lang" and value in LANGUAGES:
            return value
    return LANGUAGES[0]


def parser_for(language: str) -> argparse.ArgumentParser:
    """Every command with its options; wrong usage raises UsageError."""

    def text(message: Message) -> str:
        return translate(message, language)

    parser = _Parser(prog="build.py", description=text(msg("Build the notice board of the polling places.")))
    parser.add_argument("--version", action="version", version=f"Papan TPS {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    site = _site_options(text)
    _build_options(commands.add_parser("build", parents=[site], help=text(msg("build the site (default)"))), text)
    _check_options(
        commands.add_parser("check", parents=[site], help=text(msg("check the content and report on all of it"))), text
    )
    _serve_options(
        commands.add_parser("serve", parents=[site], help=text(msg("show the site and build again on every change"))),
        text,
    )
    _new_options(commands.add_parser("new", help=text(msg("start the site of a region, or a news item"))), text)
    command.add_commands(commands.add_parser, _content_options(text), text)
    change = commands.add_parser("change", parents=[site], help=text(msg("write down what was decided about a TPS")))
    change_options.add_options(change, text)
    _portal_options(commands.add_parser("portal", help=text(msg("build one search above several sites"))), text)
    _verify_options(
        commands.add_parser("verify", help=text(msg("verify publications and the chain that they form"))), text
    )
    return parser


def _build_options(build: argparse.ArgumentParser, say: Callable[[Message], str]) -> None:
    _base_url_option(build, say)
    _previous_option(build, say)
    build.add_argument(
        "--zip", action="store_true", help=say(msg("also write the site as one ZIP file beside the output folder"))
    )
    build.add_argument(
        "--profile", action="store_true", help=say(msg("also show where the time goes: processor seconds by stage"))
    )
    _part_options(build, say)


def _check_options(check: argparse.ArgumentParser, say: Callable[[Message], str]) -> None:
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


def _serve_options(serve: argparse.ArgumentParser, say: Callable[[Message], str]) -> None:
    serve.add_argument("--host", default="127.0.0.1", help=say(msg("address to listen on (default 127.0.0.1)")))
    serve.add_argument(
        "--port", type=int, default=8000, help=say(msg("port; the next free one is taken (default 8000)"))
    )


def _new_options(new: argparse.ArgumentParser, say: Callable[[Message], str]) -> None:
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


def _part_options(build: argparse.ArgumentParser, say: Callable[[Message], str]) -> None:
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


def _portal_options(portal: argparse.ArgumentParser, say: Callable[[Message], str]) -> None:
    portal.add_argument(
        "--sites", type=Path, default=Path("portal.yaml"), help=say(msg("list of the sites (default portal.yaml)"))
    )
    portal.add_argument("--out", type=Path, default=Path("_portal"), help=say(msg("output folder (default _portal)")))
    _base_url_option(portal, say)
    portal.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help=say(msg("language of these messages")))
    portal.set_defaults(json=False)


def _verify_options(verify: argparse.ArgumentParser, say: Callable[[Message], str]) -> None:
    verify.add_argument(
        "places",
        nargs="+",
        metavar="URL|DIR",
        help=say(msg("web address, folder, ZIP file or git commit of a publication")),
    )
    verify.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help=say(msg("language of these messages")))


def _previous_option(parser: argparse.ArgumentParser, say: Callable[[Message], str]) -> None:
    parser.add_argument(
        "--previous",
        metavar="PLACE",
        help=say(msg("publication before: its folder, ZIP file, manifest or git commit; what changed since is told")),
    )


def _base_url_option(parser: argparse.ArgumentParser, say: Callable[[Message], str]) -> None:
    parser.add_argument(
        "--base-url",
        type=_web_address,
        help=say(msg("address of the published site, instead of base_url in the configuration")),
    )


def _content_options(say: Callable[[Message], str]) -> _Parser:
    """Options of every command that reads a site."""
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
    options.add_argument(
        "--jobs", type=_processes, default=default_jobs(), help=say(msg("processes to use (default: all processors)"))
    )
    options.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help=say(msg("language of these messages")))
    return options


def _site_options(say: Callable[[Message], str]) -> _Parser:
    """Options of the commands that make a site of it."""
    options = _Parser(add_help=False, parents=[_content_options(say)])
    options.add_argument("--out", type=Path, default=Path("_site"), help=say(msg("output folder (default _site)")))
    options.add_argument(
        "--clean", action="store_true", help=say(msg("make everything anew, whatever the last build left"))
    )
    options.add_argument("--json", action="store_true", help=say(msg("results for machines")))
    return options
