"""Texts of templates, put into a language when the template is compiled."""

from __future__ import annotations

from sitegen.render.environment import environment


def rendered(text: str, **values: object) -> str:
    return environment("id").from_string(text).render(**values)


def test_a_text_is_in_the_language() -> None:
    assert rendered('{{ _("Menu") }}, {{ _("Home") }}') == "Menu, Beranda"


def test_values_are_escaped_and_the_text_is_not() -> None:
    found = rendered('{{ _("Kec. %(name)s", name=name) }}', name="<b>")
    assert found == "Kec. &lt;b&gt;"


def test_a_text_may_stand_anywhere_in_an_expression() -> None:
    assert rendered('{{ (_("Home") ~ ": " ~ title)|urlencode }}', title="a b") == "Beranda%3A%20a%20b"


def test_plurals_are_left_to_gettext() -> None:
    assert rendered('{{ ngettext("%(num)s village", "%(num)s villages", 2) }}') == "2 desa/kelurahan"
