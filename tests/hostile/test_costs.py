"""Markdown that would take long, or more stack than there is, is refused before it is tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.content.costs import MAX_DEPTH, MAX_EMPHASIS, MAX_HEADINGS, MAX_SIGNS, MAX_TEXT, too_much
from sitegen.content.markdown import to_html
from tests.hostile.everything import command, full
from tests.support import edit


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("x" * (MAX_TEXT + 1), 0, "markdown.size"),
        ("[" * (MAX_SIGNS + 1), 0, "markdown.signs"),
        ("a <b\n" * (MAX_SIGNS + 1), 0, "markdown.signs"),
        ("`|" * (MAX_SIGNS + 1), 0, "markdown.signs"),
        ("## a\n" * (MAX_HEADINGS + 1), 0, "markdown.headings"),
        ("a\n=\n\n" * (MAX_HEADINGS + 1), 0, "markdown.headings"),
        ("a\n\nb\n\n" + "*a _b " * 500 + "c_ d*\n" * 500, 4, "markdown.emphasis"),
        ("a\n\n" + "*" * (MAX_EMPHASIS + 1) + "a", 2, "markdown.emphasis"),
        ("a\n\n" + "- " * (MAX_DEPTH + 1) + "a", 2, "markdown.depth"),
        ("a\n\n" + "1. " * (MAX_DEPTH + 1) + "a", 2, "markdown.depth"),
        ("a\n\n" + "> - " * MAX_DEPTH + "a", 2, "markdown.depth"),
        ("- a\n" + " " * 4 * MAX_DEPTH + "- a", 1, "markdown.depth"),
    ],
)
def test_what_is_too_much_is_told_with_its_line(text: str, line: int, code: str) -> None:
    found = too_much(text)
    assert found is not None
    assert (found.line, found.code) == (line, code)


@pytest.mark.parametrize(
    "text",
    [
        "[a](/b) " * MAX_SIGNS,
        "## a\n" * MAX_HEADINGS,
        "*a _b " * 300 + "c_ d*\n" * 300,
        "**a *b " * 250 + "c* d**" * 250,
        "*" * 700 + "a" + "*" * 700,
        "- " * MAX_DEPTH + "a",
        "> " * 10 + "a",
        "* " * 1_000 + "\n",
        "-" * 3_000,
        "| a | b |\n|---|---|\n" + "| *c* | d |\n" * 700,
        ">" * 4_000,
        "<b>" * MAX_SIGNS,
        "<table><tr><td>" * 500,
        "[^a]: x [^a]\n\n" * 500,
    ],
    ids=lambda text: text[:8].replace("\n", " "),
)
def test_what_is_not_too_much_can_be_made(text: str) -> None:
    assert too_much(text) is None
    assert to_html(text) is not None


def test_a_costly_text_stops_the_build_with_its_line(tmp_path: Path) -> None:
    site = full(tmp_path)
    edit(site / "content/news/2024-11-07-pelantikan.md", "Isi berita.\n", f"Isi\n\n{'- ' * 30}a\n")
    said = command(site, "build")
    assert said.code == 1
    assert "2024-11-07-pelantikan.md:13 Lebih dari 20 daftar atau kutipan" in said.err
