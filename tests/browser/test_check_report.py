"""The page of the check report: readable on a small phone and accessible, with findings of every weight."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from sitegen.cli import main
from tests.browser.test_axe import SCHEMES, violations
from tests.support import ELECTION_FOLDER, JUA_JUA, edit, mini
from tools.browsing import STICKING_OUT, phone

pytestmark = pytest.mark.browser


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Address of the report of a small site with an error, a warning, a note and an acknowledgement."""
    monkeypatch.chdir(mini(tmp_path))
    edit(tmp_path / JUA_JUA, "men: 200", "men: 401")
    edit(tmp_path / JUA_JUA, "SDN 1 Jua-jua", "Balai Jua-jua")
    edit(tmp_path / ELECTION_FOLDER / "election.yaml", "voters: 400", "voters: 4000000")
    assert main(["check", "--jobs", "1", "--html", "laporan.html"]) == 1
    return (tmp_path / "laporan.html").as_uri()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_report_fits_a_phone_and_is_accessible(report: str, browser: Browser, scheme: str) -> None:
    with phone(browser, color_scheme=scheme) as context:
        page = context.new_page()
        faults: list[str] = []
        page.on("console", lambda message: faults.append(message.text))
        page.goto(report)
        assert page.locator("main h2").count() == 7
        assert page.evaluate(STICKING_OUT) == []
        assert violations(page) == []
        assert faults == []
