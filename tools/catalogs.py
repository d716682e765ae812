"""The Indonesian message catalog: ``python tools/catalogs.py update|check``.

``update`` brings the catalog in line with the texts of code and templates; new texts get an empty translation.
``check`` tells whether every text is translated, nothing is left over, and placeholders agree.
Exit codes: 0 good, 1 the catalog is wrong, 2 wrong usage.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "sitegen" / "locale"
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "msg": None, "N_": None, "about": None}
TEMPLATE_OPTIONS = {"newstyle_gettext": "true", "trimmed": "true", "trim_blocks": "true", "lstrip_blocks": "true"}
# Babel knows no rule for Indonesian and takes the one of English; a plural would then stay untranslated.
PLURALS = {"id": "nplurals=1; plural=0;"}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def main(arguments: list[str]) -> int:
    """Update or check every catalog under ``sitegen/locale``."""
    if len(arguments) != 1 or arguments[0] not in {"update", "check"}:
        print("usage: python tools/catalogs.py update|check", file=sys.stderr)
        return 2
    texts = extract()
    files = sorted(LOCALES.glob("*/LC_MESSAGES/messages.po"))
    if arguments[0] == "update":
        for file in files:
            update(file, texts)
        return 0
    faults = [f"{file.relative_to(ROOT)}: {fault}" for file in files for fault in check(read(file), texts)]
    for fault in faults:
        print(fault)
    print(f"{len(files)} catalogs, {len(texts)} texts, {len(faults)} faults")
    return 1 if faults or not files else 0


def extract() -> Catalog:
    """All texts of the generator and the templates."""
    catalog = Catalog(charset="utf-8")
    for method, options, folder, pattern in (
        ("python", {}, ROOT / "sitegen", "**/*.py"),
        ("jinja2.ext:babel_extract", TEMPLATE_OPTIONS, ROOT / "templates", "**/*.html"),
    ):
        for file in sorted(folder.glob(pattern)):
            found = extract_from_file(method, file, KEYWORDS, ("Translators:",), dict(options), strip_comment_tags=True)
            for _line, text, comments, context in found:
                if text:
                    catalog.add(text, auto_comments=comments, context=context)
    return catalog


def read(file: Path) -> Catalog:
    """The catalog in ``file``; its language is its folder's name."""
    with file.open("rb") as handle:
        return read_po(handle, locale=file.parts[-3])


def update(file: Path, texts: Catalog) -> None:
    """Add new texts to ``file`` without guessing at translations and drop those that are gone."""
    catalog = read(file)
    catalog.mime_headers = [("Plural-Forms", PLURALS[file.parts[-3]])]
    texts.creation_date = catalog.creation_date  # no clock in the file: it changes only when a text does
    catalog.update(texts, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    with file.open("wb") as handle:
        write_po(handle, catalog, width=120, no_location=True, sort_output=True)


def check(catalog: Catalog, texts: Catalog) -> Iterator[str]:
    """What is wrong with ``catalog``, one line each."""
    plurals = PLURALS[str(catalog.locale)]
    if catalog.plural_forms != plurals:
        yield f"Plural-Forms is not {plurals!r}; run: make messages"
    known = {(message.id, message.context): message for message in catalog if message.id}
    for message in texts:
        if message.id and (message.id, message.context) not in known:
            yield f"not in the catalog: {message.id!r}"
    for key, message in known.items():
        if texts.get(*key) is None:
            yield f"no longer used: {message.id!r}"
        yield from faults_of(message)
    for message in catalog.obsolete.values():
        yield f"obsolete: {message.id!r}"


def faults_of(message: Message) -> Iterator[str]:
    """What is wrong with one translation."""
    if message.fuzzy:
        yield f"fuzzy: {message.id!r}"
    translations = forms(message.string)
    if not all(translations):
        yield f"not translated: {message.id!r}"
        return
    # Of a plural, the last form names every placeholder; the singular may leave out the number.
    wanted = set(PLACEHOLDER.findall(forms(message.id)[-1]))
    for text in translations:
        if set(PLACEHOLDER.findall(text)) != wanted:
            yield f"placeholders differ: {message.id!r} → {text!r}"


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """Singular and plural forms as a list."""
    if isinstance(text, str) or text is None:
        return [text or ""]
    return list(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
