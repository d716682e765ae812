"""What compiled templates write of a value."""

from __future__ import annotations

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup, escape

from sitegen.render.environment import environment
from sitegen.render.output import written


@pytest.mark.parametrize("value", ["a & b", "<b>\"'", "", Markup("<b>"), 12, 1.5, None, ["<"], escape("<"), "Désa – ٣"])
def test_a_value_is_written_as_markupsafe_escapes_it(value: object) -> None:
    assert written(value) == escape(value)


def test_what_has_html_of_its_own_is_asked() -> None:
    class Own:
        def __html__(self) -> str:
            return "<i>"

    assert written(Own()) == "<i>"


TEMPLATE = """
{%- macro cell(text) %}<td>{{ text }}</td>{% endmacro -%}
{%- set block %}<p>{{ value }}</p>{% endset -%}
{{ cell(value) }}{{ block }}{{ value ~ "<" }}{{ cell(cell(value)) }}{{ value|upper }}
{%- for v in [value] %}{{ v }}{% endfor %}
"""


def test_templates_escape_once_wherever_a_value_stands() -> None:
    found = environment("id").from_string(TEMPLATE).render(value="<&>").strip()
    text = "&lt;&amp;&gt;"
    assert found == f"<td>{text}</td><p>{text}</p>{text}&lt;<td><td>{text}</td></td>{text}{text}"


def test_a_name_that_is_missing_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        environment("id").from_string("{{ nothing }}").render()
