"""The options of ``build.py change``; apart from the work itself, because every command needs them to start."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

from sitegen.problems import Message, msg

OPTIONS: Mapping[str, Message] = {
    "place": msg("new place"),
    "address": msg("its address"),
    "landmark": msg("its landmark"),
    "by_water": msg("its way by water"),
    "date": msg("new day: 2024-12-01"),
    "opens": msg("begin of the vote: 07:00"),
    "closes": msg("end of the vote: 13:00"),
    "races": msg("ballots, with commas between"),
    "into": msg("number of the TPS where its voters go"),
    "decree": msg("decree, minutes or recommendation"),
    "source": msg("where it was published, when no decree is known"),
    "decided": msg("when it was decided: 2024-11-26 16:30"),
    "reason": msg("why, in one sentence"),
    "as_of": msg("date of the data, when it is later: 2024-11-26 18:00"),
}


def option(key: str) -> str:
    """The option for a key of the content."""
    return f"--{key.replace('_', '-')}"


def add_options(parser: argparse.ArgumentParser, say: Callable[[Message], str]) -> None:
    """Everything that a change may be told; on a terminal the rest is asked."""
    parser.add_argument("village", nargs="?", help=say(msg("name or code of the village; kecamatan behind a comma")))
    parser.add_argument("tps", nargs="?", help=say(msg("number of the TPS")))
    parser.add_argument("kind", nargs="?", help="moved, postponed, continued, repeat_vote, cancelled, merged")
    for key, about in OPTIONS.items():
        parser.add_argument(option(key), metavar="…", help=say(about))
    parser.add_argument("--yes", action="store_true", help=say(msg("ask nothing")))
    parser.add_argument("--dry-run", action="store_true", help=say(msg("only show what would be written")))
