"""YAML as plain text, with the line of everything."""

from __future__ import annotations

import pytest

from sitegen.content.yaml_events import MAX_DEPTH, YamlProblem, lines, parse


@pytest.mark.parametrize(
    "text",
    ["0012", "no", "Yes", "on", "12:30", "1_000", "0x10", "1e3", ".inf", "2024-11-27", "true", "null", "~", "16.02"]
    + ["+6281200000000", "-5", "=", "1,249"],
)
def test_a_scalar_stays_the_text_that_was_written(text: str) -> None:
    assert parse(f"key: {text}") == {"key": text}
    assert parse(f"- {text}") == [text]
    assert parse(text) == text


def test_empty_is_nothing_and_quoted_empty_is_text() -> None:
    assert parse("plain:\ndouble: \"\"\nsingle: ''\n") == {"plain": None, "double": "", "single": ""}
    assert parse("- \n- x") == [None, "x"]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n"])
def test_a_file_without_content_is_nothing(text: str) -> None:
    assert parse(text) is None


def test_shapes() -> None:
    assert parse("a: {b: [1, {c: d}], e: }\nf: |\n  two\n  lines\ng: >-\n  folded\n  text\n") == {
        "a": {"b": ["1", {"c": "d"}], "e": None},
        "f": "two\nlines\n",
        "g": "folded text",
    }


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "yaml.duplicate-key"),
        ("a:\n  b: 1\n  b: 1\n", 3, "yaml.duplicate-key"),
        ("a: 1\n'a': 2\n", 2, "yaml.duplicate-key"),
        ("a: &x 1\n", 1, "yaml.special"),
        ("a: &x {b: 1}\n", 1, "yaml.special"),
        ("a: &x [b]\n", 1, "yaml.special"),
        ("&x a: 1\n", 1, "yaml.special"),
        ("- 1\n- *x\n", 2, "yaml.special"),
        ("a: 1\n*x : 2\n", 2, "yaml.special"),
        ("a: !!str 1\n", 1, "yaml.special"),
        ("a: !ruby/object {b: 1}\n", 1, "yaml.special"),
        ("a: !!set [b]\n", 1, "yaml.special"),
        ("a: 1\n!!str b: 1\n", 2, "yaml.special"),
        ("a: 1\n<<: {b: 1}\n", 2, "yaml.special"),
        ("? [1, 2]\n: 3\n", 1, "yaml.special"),
        ("a: 1\n---\nb: 2\n", 2, "yaml.documents"),
        ("a: 1\n...\n---\nb: 2\n", 3, "yaml.documents"),
        ("text\n---\na: 1\n", 2, "yaml.documents"),
        ("---\n---\n", 2, "yaml.documents"),
        ("a: 1\n...\nb: [\n", 3, "yaml.syntax"),
        ("a: 1\nb: c: d\n", 2, "yaml.syntax"),
        ("a: 1\n\tb: 2\n", 2, "yaml.syntax"),
        ("a: [1,\n", 2, "yaml.syntax"),
        ("a: 'open\n", 2, "yaml.syntax"),
        ("a: 1\nb: @x\n", 2, "yaml.syntax"),
    ],
)
def test_what_could_change_meaning_is_refused_with_its_line(text: str, line: int, code: str) -> None:
    with pytest.raises(YamlProblem) as caught:
        parse(text)
    assert (caught.value.line, caught.value.code) == (line, code)


TAB, COLON, INDENTED = (
    "There is a tab in the indentation",
    "A colon stands inside the value",
    "The indentation does not fit the line above",
)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a:\n\tb: 2\n", 2, TAB),
        ("a: 1\n\tb: 2\n", 2, TAB),
        ("a:\n  - x: Désa – 1\n\t  y: 2\n", 3, TAB),
        ("a:\n  - x\n  \t- y\n", 3, TAB),
        ("a: >-\n\tx\n", 2, TAB),
        ("a: 1\nhours: Senin–Jumat: pukul 08.00\n", 2, COLON),
        ("a:\n  - place: SDN 1: Jua-jua\n", 2, COLON),
        ("- - a: b:\n", 1, COLON),
        ("a: 'b': c\n", 1, COLON),
        ("a: 1\n  b: 2\n", 2, INDENTED),
        ("- a: 1\n   - b: 2\n", 2, INDENTED),
    ],
)
def test_the_commonest_slips_are_told_in_plain_words(text: str, line: int, what: str) -> None:
    with pytest.raises(YamlProblem) as caught:
        parse(text)
    assert (caught.value.line, caught.value.code, caught.value.what.id) == (line, "yaml.syntax", what)


def test_a_control_character_is_a_syntax_error() -> None:
    with pytest.raises(YamlProblem) as caught:
        parse("a: x\x00y\n")
    assert caught.value.code == "yaml.syntax"


@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ("{a: ", "}")])
def test_nesting_ends_at_a_fixed_depth(opened: str, closed: str) -> None:
    deepest = MAX_DEPTH + 1
    parse(opened * deepest + "x" + closed * deepest)
    with pytest.raises(YamlProblem) as caught:
        parse("#\n" + opened * (deepest + 1) + "x" + closed * (deepest + 1))
    assert (caught.value.line, caught.value.code) == (2, "yaml.depth")


def test_very_deep_nesting_is_refused_and_does_not_crash() -> None:
    with pytest.raises(YamlProblem):
        parse("[" * 100_000)


def test_the_line_of_every_key_and_item() -> None:
    text = "# comment\na: 1\n\ntps:\n  - number: 1\n    place: x\n  -\n    number: 2\nlist: [one,\n  two]\n"
    assert lines(text) == {
        (): 1,
        ("a",): 2,
        ("tps",): 4,
        ("tps", 0): 5,
        ("tps", 0, "number"): 5,
        ("tps", 0, "place"): 6,
        ("tps", 1): 8,
        ("tps", 1, "number"): 8,
        ("list",): 9,
        ("list", 0): 9,
        ("list", 1): 10,
    }


def test_without_libyaml_the_reader_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yaml.__with_libyaml__", False)
    with pytest.raises(YamlProblem) as caught:
        parse("a: 1")
    assert caught.value.code == "yaml.no-libyaml"
