"""What is compiled once and kept beside its source."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.compiled import compiled
from sitegen.render.environment import environment


@pytest.fixture(autouse=True)
def _kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def never() -> bytes:
    raise AssertionError("it was kept")


def giving(data: bytes) -> Callable[[], bytes]:
    return lambda: data


def test_the_same_key_is_compiled_once(tmp_path: Path) -> None:
    source = tmp_path / "texts.po"
    assert compiled(source, "mo", "a", giving(b"1\n2")) == b"1\n2"
    assert compiled(source, "mo", "a", never) == b"1\n2"


def test_another_key_is_compiled_anew(tmp_path: Path) -> None:
    source = tmp_path / "texts.po"
    compiled(source, "mo", "a", giving(b"1"))
    assert compiled(source, "mo", "b", giving(b"2")) == b"2"
    assert compiled(source, "mo", "b", never) == b"2"


def test_nothing_is_left_but_what_was_compiled(tmp_path: Path) -> None:
    compiled(tmp_path / "texts.po", "mo", "a", giving(b"1"))
    assert [path.suffix for path in (tmp_path / "__pycache__").iterdir()] == [".mo"]


def test_where_nothing_can_be_kept_it_is_compiled_each_time(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").write_text("not a folder")
    for data in (b"1", b"2"):
        assert compiled(tmp_path / "texts.po", "mo", "a", giving(data)) == data


def test_python_may_be_told_to_keep_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    compiled(tmp_path / "texts.po", "mo", "a", giving(b"1"))
    assert not list(tmp_path.iterdir())


def test_a_changed_template_is_compiled_anew(tmp_path: Path) -> None:
    made = environment("id").overlay()
    file = str(tmp_path / "a.html")
    texts = []
    for source in ("{{ _('Menu') }} 1", "{{ _('Menu') }} 1", "{{ _('Home') }} 2"):
        code = made.compile(source, "a.html", file)
        texts.append(made.template_class.from_code(made, code, made.make_globals(None)).render())
    assert texts == ["Menu 1", "Menu 1", "Beranda 2"]
    assert len(list((tmp_path / "__pycache__").iterdir())) == 1


def test_each_language_has_its_own(tmp_path: Path) -> None:
    file = str(tmp_path / "a.html")
    for language, text in (("id", "Beranda"), ("en", "Home"), ("id", "Beranda")):
        made = environment(language)
        code = made.compile("{{ _('Home') }}", "a.html", file)
        assert made.template_class.from_code(made, code, made.make_globals(None)).render() == text
