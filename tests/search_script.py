"""The published search script, run in Node."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from sitegen.output.assets import published
from tools.node import run


@cache
def script() -> Path:
    """The script that readers load, as a file."""
    path = Path(mkdtemp(prefix="papan-")) / "home.mjs"
    path.write_bytes(published()["home.js"])
    return path


def in_search(code: str, data: object) -> Any:
    """What ``code`` prints as JSON; it has the search's functions and ``data``."""
    return run(
        f"""import {{ readFileSync }} from "node:fs";
await import({str(script())!r});
const {{ filesFor, readPlaces, search }} = globalThis.papanTps;
const data = JSON.parse(readFileSync(0, "utf8"));
{code}""",
        data,
    )
