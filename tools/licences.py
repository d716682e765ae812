"""Under which licences the parts of a published site and of the generator may be used: docs/licences.md."""

from __future__ import annotations

import re
from importlib.metadata import metadata
from pathlib import Path

LOCKED = Path(__file__).parents[1] / "requirements" / "site.txt"
_NAME = re.compile(r"^([\w.-]+)==", re.MULTILINE)
_HEAD = """\
# Licences

Made by `make reference`; do not edit.

**In a published site** there is only this project's own work (HTML, CSS, JavaScript, drawings; MIT, see
[LICENSE](../LICENSE)), the office's own content, and names and codes of regions (ODbL 1.0, see
[data/wilayah/NOTICE.md](../data/wilayah/NOTICE.md)). No font, script or picture of anybody else, except below
`/admin/` where an office has turned that page on: Sveltia CMS (MIT) with the fonts Material Symbols, Source Sans 3 and
Noto Mono (OFL 1.1); their licences are published beside them.

**To build it**, the locked packages of `requirements/site.txt`:

| package | licence |
|---|---|
"""


def packages() -> list[str]:
    """Names of the packages that building a site needs."""
    return _NAME.findall(LOCKED.read_text("utf-8"))


def licence(package: str) -> str:
    """What a package says of its licence: an SPDX expression, else its classifier, else its own words."""
    about = metadata(package)
    classifiers = [text.rpartition(" :: ")[2] for text in about.get_all("Classifier") or [] if "License ::" in text]
    said = [*(about.get_all("License-Expression") or []), *classifiers, *(about.get_all("License") or [])]
    return next(iter(said), "?")


def page() -> str:
    """Text of docs/licences.md."""
    return _HEAD + "".join(f"| {name} | {licence(name)} |\n" for name in packages())
