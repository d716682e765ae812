"""A public list of scripts (``requirements/torture.txt``, put into ``.cache``) in every field for text and in Markdown,
in a browser: run by ``make torture``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sitegen.content.characters import hidden
from sitegen.privacy.recognise import finds
from tests.figures import note
from tests.hostile.test_in_chromium import LINE, markdown_runs_nowhere, none_runs
from tests.support import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MODULES = ROOT / ".cache" / "torture" / "packages"


def listed(folder: Path = MODULES) -> list[str]:
    """Every text of the list once."""
    sys.path.insert(0, str(folder))
    try:
        database = import_module("brs_kb.payloads").FULL_PAYLOAD_DATABASE
    finally:
        sys.path.remove(str(folder))
    return list(dict.fromkeys(entry.payload for entry in database.values()))


@pytest.fixture(scope="module")
def texts() -> Sequence[str]:
    """The list without what is refused before it comes to any page: hidden characters and what looks personal."""
    every = listed()
    assert len(every) > 4_000
    kept = [text for text in every if not hidden(text) and next(finds(text.encode()), None) is None]
    note(f"public list of scripts: {len(every)}, of which {len(every) - len(kept)} cannot stand in content")
    return kept


@pytest.mark.parametrize("with_policy", [False, True], ids=["without a policy", "with it"])
def test_the_list_in_every_field(browser: Browser, texts: Sequence[str], tmp_path: Path, *, with_policy: bool) -> None:
    lines = [" ".join(text.split()) for text in texts]
    short = [line for line in lines if 0 < len(line) <= LINE]
    looked = none_runs(browser, tmp_path, short, with_policy=with_policy)
    policy = "with the policy" if with_policy else "with the policy switched off"
    note(f"public list in Chromium {policy}: {len(short)} scripts in {looked} pages and searches, 0 ran, 0 violations")


def test_the_list_as_markdown(browser: Browser, texts: Sequence[str]) -> None:
    note(f"public list as Markdown in Chromium: {markdown_runs_nowhere(browser, texts)} scripts, 0 ran")
