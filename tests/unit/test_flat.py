"""Templates as one piece each write what they write apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, Template, nodes
from markupsafe import Markup

from sitegen.cli import main
from sitegen.render import environment as module
from sitegen.render.flat import flattened
from tests.support import MINI, snapshot

BASE = (
    "{% from 'parts' import icon, cell %}{% set title = page|upper %}"
    "<{{ title }}>{% block main %}nothing{% endblock %}{% block end %}{{ icon('pin') }}{% endblock %}"
)
PARTS = """
{%- set paths = {"pin": "M1", "boat": "M2"} %}
{%- macro icon(name, wide=false) -%}<i{% if wide %} w{% endif %}>{{ paths[name] }}</i>{%- endmacro %}
{%- macro cell(text) -%}{% set inner = text ~ "!" %}<td>{{ inner }}</td>{%- endmacro %}
{%- macro row(texts) -%}{% for text in texts %}{{ cell(text) }}{% endfor %}{%- endmacro %}
{%- macro framed() -%}[{{ caller() }}]{%- endmacro %}
{%- macro changing(text="a") -%}{% set text = text ~ "b" %}{{ text }}{%- endmacro %}
{%- set known = "k" %}
{%- macro shadow(known) -%}{{ known }}{%- endmacro %}
{%- macro free() -%}{{ nowhere }}{%- endmacro %}
"""
FROM = "{% from 'parts' import cell, changing, framed, free, icon as sign, row, shadow %}"
CASES = {
    "a block that nobody overrides": "{% extends 'base' %}",
    "a block of its own": "{% extends 'base' %}{% block main %}<b>{{ value }}</b>{% endblock %}",
    "what is set first is known to the whole": "{% extends 'base' %}{% set page = 'other' %}",
    "what is set in a block stays there": (
        "{% extends 'base' %}{% block main %}{% set page = 'x' %}{{ page }}{% endblock %}"
        "{% block end %}{{ page }}{% endblock %}"
    ),
    "a call with a constant": FROM + "{{ sign('boat') }}",
    "a call with a value": FROM + "{{ sign(name) }}",
    "a parameter by its name": FROM + "{{ sign(name='pin', wide=true) }}",
    "what a macro sets stays there": FROM + "{% set inner = 'mine' %}{{ cell(value) }}{{ inner }}",
    "a name of both sides": FROM + "{% set text = 'mine' %}{{ cell(text ~ value) }}{{ text }}",
    "a macro that calls another": FROM + "{{ row([value, 'b']) }}",
    "a call inside an expression": FROM + "{{ cell(value)|length }}{{ cell(sign('pin')) }}",
    "a call with a block": FROM + "{% call framed() %}{{ value }}{% endcall %}",
    "a parameter that the macro changes": FROM + "{{ changing() }}{{ changing(value) }}{{ changing('c') }}",
    "a parameter called like a constant": FROM + "{{ shadow('x') }}{{ shadow(value) }}",
    "values are escaped once": FROM + "{{ cell(value) }}{{ cell(markup) }}",
    "in a loop": FROM + "{% for text in texts %}{{ loop.index }}{{ cell(text) }}{% endfor %}",
}
VALUES = {"page": "p", "value": "<a>", "name": "pin", "texts": ["1", "<2>"], "markup": Markup("<hr>")}


@pytest.fixture
def environment() -> Environment:
    return Environment(loader=DictLoader({"base": BASE, "parts": PARTS}), autoescape=True, undefined=StrictUndefined)


def tree_of(environment: Environment, text: str) -> nodes.Template:
    def parse(name: str) -> nodes.Template:
        assert environment.loader
        return environment.parse(environment.loader.get_source(environment, name)[0])

    return flattened(environment.parse(text), environment, parse)


@pytest.mark.parametrize("case", CASES)
def test_a_template_writes_the_same_as_one_piece(environment: Environment, case: str) -> None:
    code = environment.compile(tree_of(environment, CASES[case]), case)
    found = Template.from_code(environment, code, environment.make_globals(None)).render(VALUES)
    assert found == environment.from_string(CASES[case]).render(VALUES)


def source(environment: Environment, text: str) -> str:
    """The Python that a template becomes."""
    return str(environment._generate(tree_of(environment, text), "t", None))


def test_a_macro_with_constants_is_a_text(environment: Environment) -> None:
    found = source(environment, FROM + "a{{ sign('pin', wide=true) }}b")
    assert "yield 'a<i w>M1</i>b'" in found
    assert "get_template" not in found


def test_only_what_is_still_called_is_imported(environment: Environment) -> None:
    found = source(environment, FROM + "{{ cell(value) }}{{ cell(value)|length }}")
    assert found.count("get_template") == 1
    assert "'sign'" not in found


def test_a_macro_that_knows_a_name_of_nowhere_is_an_error_as_before(environment: Environment) -> None:
    found = source(environment, FROM + "{% set nowhere = 1 %}{{ free() }}")
    assert "l_0_free" in found


def test_pages_are_the_same_as_with_templates_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places = ["--config", str(MINI / "site_config.yaml"), "--content", str(MINI / "content"), "--jobs", "1"]
    assert main([*places, "--out", str(tmp_path / "flat")]) == 0
    monkeypatch.setattr(module, "flattened", lambda template, *_: template)
    monkeypatch.setattr(module, "compiled", lambda *given: given[-1]())
    module.environment.cache_clear()
    try:
        assert main([*places, "--out", str(tmp_path / "apart")]) == 0
    finally:
        module.environment.cache_clear()
    apart = snapshot(tmp_path / "apart")
    assert apart == snapshot(tmp_path / "flat")
