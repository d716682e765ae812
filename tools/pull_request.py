"""Show the problems that ``build.py check --json`` found where a reader of a pull request looks: at their lines.

``python tools/pull_request.py FILE`` prints workflow commands of GitHub. Exit codes: 0 no errors, 1 errors or
no result, 2 wrong usage.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

MOST_SHOWN = 10
"""GitHub shows this many of each severity in a step; the others stand in its log."""


def annotation(problem: dict[str, Any]) -> str:
    """The workflow command that shows ``problem``."""
    place = f"file={_escaped(problem['path'], ':,')},line={problem['line'] or 1}"
    return f"::{problem['severity']} {place}::{_escaped(problem['what'])}%0A{_escaped(problem['fix'])}"


def _escaped(text: str, more: str = "") -> str:
    return "".join(f"%{ord(sign):02X}" if sign in f"%\r\n{more}" else sign for sign in text)


def shown(problems: list[dict[str, Any]]) -> list[str]:
    """Every problem once: the first of each severity as commands, the rest as text."""
    found: list[str] = []
    for severity in ("error", "warning"):
        own = [problem for problem in problems if problem["severity"] == severity]
        found += map(annotation, own[:MOST_SHOWN])
        found += [f"{p['path']}:{p['line']} {p['what']} {p['fix']}" for p in own[MOST_SHOWN:]]
    return found


def main(arguments: list[str]) -> int:
    """Print what the file that ``arguments`` name holds."""
    if len(arguments) != 1:
        print("usage: python tools/pull_request.py FILE", file=sys.stderr)
        return 2
    try:
        problems = json.loads(Path(arguments[0]).read_text("utf-8"))["problems"]
    except (OSError, ValueError, KeyError):
        print(f"{arguments[0]} holds no result of: build.py check --json", file=sys.stderr)
        return 1
    for line in shown(problems):
        print(line)
    return 1 if any(problem["severity"] == "error" for problem in problems) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
