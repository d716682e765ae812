"""What the templates themselves promise: everything is escaped, nothing undefined passes, attributes are quoted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import StrictUndefined

from sitegen.render.environment import TEMPLATES, environment
from tests.support import ROOT

TEMPLATE_FILES = sorted(TEMPLATES.rglob("*.html"))
COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
STATEMENT = re.compile(r"{%.*?%}", re.DOTALL)
VALUE = re.compile(r"{{.*?}}", re.DOTALL)
ELEMENT = re.compile(r"<[a-z][^<>]*>", re.DOTALL)
ATTRIBUTE = re.compile(r"""[\w:-]+=("[^"]*"|'[^']*')""")
MAKES_MARKUP = {
    "content/markdown.py", "output/assets.py", "render/environment.py", "render/output.py", "output/search_index.py",
    "pages/site.py", "pages/views.py",
}  # fmt: skip


def bare(text: str) -> str:
    """A template without what Jinja takes out: values are V."""
    return STATEMENT.sub("", VALUE.sub("V", COMMENT.sub("", text)))


def test_there_are_templates() -> None:
    assert len(TEMPLATE_FILES) > 50


@pytest.mark.parametrize("path", TEMPLATE_FILES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_every_attribute_is_quoted_and_nothing_is_let_through(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"\|\s*(safe|forceescape)\b|autoescape|{%-?\s*raw|Markup", text)
    for element in ELEMENT.findall(bare(text)):
        rest = ATTRIBUTE.sub("", element)
        assert "=" not in rest, element
        assert not re.search(r"V(?!\w)", rest.partition(" ")[2]), element
        assert not re.search(r"\son\w+=|javascript:", element), element


@pytest.mark.parametrize("path", TEMPLATE_FILES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_no_value_stands_where_code_does(path: Path) -> None:
    text = COMMENT.sub("", path.read_text("utf-8"))
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", text, re.DOTALL)
    assert [script for script in scripts if script.strip() and not re.fullmatch(r"{{ \w+\|json }}", script)] == []
    styles = re.findall(r"<style[^>]*>(.*?)</style>", text, re.DOTALL)
    assert [style for style in styles if VALUE.search(style) and style not in {"{{ style.text }}", "{{ style }}"}] == []


def test_the_environment_escapes_and_knows_no_undefined_name() -> None:
    for language in ("id", "en"):
        found = environment(language)
        assert found.autoescape is True
        assert found.undefined is StrictUndefined
        assert found.from_string("{{ x }}").render(x="<b>\"'&") == "&lt;b&gt;&#34;&#39;&amp;"


def test_only_few_modules_make_markup() -> None:
    folder = ROOT / "sitegen"
    found = {
        path.relative_to(folder).as_posix() for path in folder.rglob("*.py") if "Markup(" in path.read_text("utf-8")
    }
    assert found <= MAKES_MARKUP


def test_templates_are_only_read_from_their_folder() -> None:
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "sitegen").rglob("*.py"))
    assert "from_string" not in code
    assert "eval(" not in re.sub(r"literal_eval\(", "", code)
