"""Write docs/schemas/*.json and docs/content-reference.md from the model, and docs/licences.md from what is installed.
``--check`` only compares."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from sitegen.schemas import FILES, reference, schema_text  # noqa: E402
from tools import licences  # noqa: E402


def outputs() -> dict[Path, str]:
    """Text of every generated file."""
    docs = ROOT / "docs"
    schemas = {docs / "schemas" / f"{file.name}.json": schema_text(file, "id") for file in FILES}
    return {**schemas, docs / "content-reference.md": reference(), docs / "licences.md": licences.page()}


def main() -> int:
    """Write the files, or tell which differ."""
    stale = [path for path, text in outputs().items() if not path.exists() or path.read_text("utf-8") != text]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is not up to date: run make reference", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(outputs()[path], "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
