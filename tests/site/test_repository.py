"""The repository itself: nothing in it that does not belong, everything locked and pinned."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools import catalogs

# Put together here so that this file does not hold what it looks for.
FORBIDDEN = [
    "registry." + "npmjs",
    "registry." + "yarnpkg",
    "files." + "pythonhosted",
    "pypi." + "org",
    "--index" + "-url",
    "--extra-" + "index-url",
    "/root" + "/",
    "/home" + "/",
]


@pytest.fixture(scope="module")
def tree(repo: Path) -> dict[str, bytes]:
    """Every file that is or would be committed."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listing, cwd=repo, capture_output=True, check=True)
    names = filter(None, done.stdout.decode().split("\0"))
    return {name: (repo / name).read_bytes() for name in names if (repo / name).is_file()}


def test_no_file_names_a_registry_or_a_place_of_somebodys_machine(tree: dict[str, bytes]) -> None:
    found = [(name, word) for name, data in tree.items() for word in FORBIDDEN if word.encode() in data]
    assert found == []


def test_text_files_are_plain_utf8_with_line_feeds(tree: dict[str, bytes]) -> None:
    binary = (".png", ".xz", ".gz", ".gif", ".jpg", ".webp", ".ico", ".xlsx")
    for name, data in tree.items():
        if not name.endswith(binary) and "yaml-syntax" not in name:
            data.decode("utf-8")
            assert b"\r" not in data, name
            assert b"\0" not in data, name


def test_nothing_made_by_a_command_is_committed(tree: dict[str, bytes]) -> None:
    made = re.compile(r"(^|/)(\.venv|_site|node_modules|__pycache__|\.pytest_cache|\.cache)/|\.pyc$|\.mo$")
    assert [name for name in tree if made.search(name)] == []


def test_scripts_can_be_run(repo: Path) -> None:
    if os.name == "posix":
        assert all(os.access(repo / name, os.X_OK) for name in (".ci/run", "tools/ensure_browsers.sh"))


def locked(repo: Path, name: str) -> dict[str, str]:
    """Package and version of every entry of a lock file; each entry has a hash."""
    entries = re.split(r"\n(?=[a-z0-9])", (repo / "requirements" / name).read_text("utf-8"))
    found = {}
    for entry in entries:
        match = re.match(r"([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)", entry)
        if match:
            assert "--hash=sha256:" in entry, match[1]
            found[match[1]] = match[2]
    return found


def test_python_packages_are_locked_with_hashes_and_tests_use_those_of_the_site(repo: Path) -> None:
    site, dev = locked(repo, "site.txt"), locked(repo, "dev.txt")
    assert {"babel", "jinja2", "livereload", "markdown", "nh3", "pydantic", "pyyaml", "rich"} <= site.keys()
    assert site.items() <= dev.items()


def test_node_packages_are_locked_with_hashes(repo: Path) -> None:
    lock = json.loads((repo / "tests" / "html" / "package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert [name for name, entry in packages.items() if not entry.get("integrity") or "resolved" in entry] == []


def test_actions_are_pinned_by_commit(tree: dict[str, bytes]) -> None:
    workflows = {name: data.decode() for name, data in tree.items() if ".github/workflows/" in name}
    uses = [line.strip() for text in workflows.values() for line in text.splitlines() if "uses:" in line]
    assert uses
    pinned = re.compile(r"-?\s*uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert [line for line in uses if not pinned.fullmatch(line)] == []


def test_workflows_pass_the_security_audit(repo: Path) -> None:
    zizmor = Path(sys.executable).with_name("zizmor")
    done = subprocess.run(
        [zizmor, "--offline", "--no-config", "--no-progress", ".github", "data/starter/repository/.github"],
        cwd=repo,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_text_is_translated() -> None:
    texts = catalogs.extract()
    files = sorted(catalogs.LOCALES.glob("*/LC_MESSAGES/messages.po"))
    assert len(texts) > 100
    assert [file.parts[-3] for file in files] == ["id"]
    assert [fault for file in files for fault in catalogs.check(catalogs.read(file), texts)] == []


def dead_links(folder: Path, pages: dict[str, bytes]) -> list[tuple[str, str]]:
    """Links between the ``pages`` of ``folder`` that lead nowhere, with the page they stand in."""
    links = [
        (name, target)
        for name, data in pages.items()
        for target in re.findall(r"\]\(([^)#\s]+)|src=\"([^\"]+)\"", data.decode())
        for target in filter(None, target)
        if not target.startswith(("https://", "/"))  # "/" begins an example of a link in a news item
    ]
    assert links
    return [(name, target) for name, target in links if not (folder / name).parent.joinpath(target).exists()]


def test_links_between_documents_lead_somewhere(repo: Path, tree: dict[str, bytes]) -> None:
    pages = {name: data for name, data in tree.items() if name.endswith(".md")}
    assert dead_links(repo, {name: d for name, d in pages.items() if name.startswith("docs/") or "/" not in name}) == []
