"""The OKI site, built once, and a browser to look at it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.figures import FIGURES
from tests.html_pages import HtmlPage, read_site
from tests.official import Content, read_content
from tools.browsing import chromium, find_chromium, phone
from tools.pages_server import serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent


def pytest_sessionfinish(session: pytest.Session) -> None:
    """One of several processes hands over what its tests have counted."""
    handed = getattr(session.config, "workeroutput", None)
    if handed is not None:
        handed["figures"] = FIGURES


def pytest_testnodedown(node: object) -> None:
    """Take over what the tests of one process have counted; a process that broke down hands over nothing."""
    FIGURES.extend(getattr(node, "workeroutput", {}).get("figures", ()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell what the tests have counted."""
    if FIGURES:
        terminalreporter.section("figures", sep="-")
    for figure in FIGURES:
        terminalreporter.write_line(figure)


@pytest.fixture(scope="session")
def repo() -> Path:
    """The repository's folder."""
    return ROOT


def build_site(out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Build through the public command line; the site of the repository unless ``options`` say otherwise."""
    command = [sys.executable, "build.py", "build", "--out", str(out), *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The OKI site as a fresh clone builds it."""
    out = tmp_path_factory.mktemp("oki") / "_site"
    done = build_site(out)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture(scope="session")
def site_files(built_site: Path) -> frozenset[str]:
    """Every file of the built site, by its path with ``/``."""
    return frozenset(path.relative_to(built_site).as_posix() for path in built_site.rglob("*") if path.is_file())


@pytest.fixture(scope="session")
def pages(built_site: Path) -> dict[str, HtmlPage]:
    """Every page of the built site, parsed."""
    return read_site(built_site)


@pytest.fixture(scope="session")
def content() -> Content:
    """The content files, read without the generator."""
    return read_content(ROOT / "content", "pilkada-2024")


@pytest.fixture(scope="session")
def site_url(built_site: Path) -> Iterator[str]:
    """Address of the built site on a server that behaves like GitHub Pages."""
    with serve(built_site) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium. Where none is installed the tests are skipped, but on CI they fail."""
    path = find_chromium()
    if path is None:
        missing = "no Chromium found; install it or set CHROMIUM to its path"
        if os.environ.get("CI", "").lower() in {"true", "1"}:
            pytest.fail(missing, pytrace=False)
        pytest.skip(missing)
    with chromium(path) as running:
        yield running


@pytest.fixture
def browser_page(browser: Browser) -> Iterator[Page]:
    """A new page the size of a small phone, with nothing remembered."""
    with phone(browser) as context:
        yield context.new_page()
