"""What every template may rely on."""

from __future__ import annotations

from sitegen.render.environment import environment


def test_json_can_end_neither_a_script_nor_an_attribute() -> None:
    page = environment("id").from_string("{{ value|json }}").render(value={"text": "Jum'at </script> & “teks”"})
    assert page == '{"text":"Jum\\u0027at \\u003c/script\\u003e \\u0026 “teks”"}'
