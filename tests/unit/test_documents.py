"""Reading one file: its text, its data and the line of every problem."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import TypeAdapter

from sitegen.content.documents import Document, Loader
from sitegen.content.shard import KECAMATAN
from sitegen.content.site import NEWS
from sitegen.model.article import NewsHead
from sitegen.model.region import Kecamatan
from sitegen.problems import msg

GOOD = b"code: 16.02.05\nname: Kayu Agung\nvillages:\n  - code: 16.02.05.1010\n    name: Jua-jua\n"
WRONG = b"code: 16.02.05\nname: Kayu Agung\nvillages:\n  - code: 16.02.05.1010\n    nama: Jua-jua\n"
ARTICLE = b"---\ntitle: T\nsummary: S\nsources: [{name: N}]\n---\nText\n\nmore\n"


def places(loader: Loader) -> list[tuple[int, str]]:
    return [(problem.line, problem.code) for problem in loader.problems]


def yaml(folder: Path, data: bytes, loader: Loader) -> Document[Kecamatan] | None:
    folder.joinpath("file.yaml").write_bytes(data)
    return loader.yaml(folder / "file.yaml", KECAMATAN)


def markdown(folder: Path, data: bytes, loader: Loader) -> Document[NewsHead] | None:
    folder.joinpath("file.md").write_bytes(data)
    return loader.markdown(folder / "file.md", NEWS)


@pytest.mark.parametrize("data", [GOOD, b"\xef\xbb\xbf" + GOOD, GOOD.replace(b"\n", b"\r\n")])
def test_windows_files_read_the_same(tmp_path: Path, data: bytes) -> None:
    loader = Loader()
    document = yaml(tmp_path, data, loader)
    assert loader.problems == []
    assert document is not None
    assert document.data.villages[0].name == "Jua-jua"
    assert document.text == GOOD.decode()


@pytest.mark.parametrize("data", [WRONG, b"\xef\xbb\xbf" + WRONG, WRONG.replace(b"\n", b"\r\n")])
def test_an_error_has_the_line_of_its_value(tmp_path: Path, data: bytes) -> None:
    loader = Loader()
    assert yaml(tmp_path, data, loader) is None
    assert sorted(places(loader)) == [(4, "content.missing-key"), (5, "content.unknown-key")]


def test_all_errors_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    loader = Loader()
    yaml(tmp_path, b"code: x\nname:\nvillages: []\nkode: 1\n", loader)
    assert sorted(places(loader)) == [(1, "content.value"), (2, "content.value"), (4, "content.unknown-key")]


def test_a_problem_of_a_value_that_is_not_written_stands_at_what_encloses_it(tmp_path: Path) -> None:
    document = yaml(tmp_path, GOOD, Loader())
    assert document is not None
    assert document.line("villages", 0, "name") == 5
    assert document.line("villages", 0, "slug") == 4
    assert document.line("other_names", 3) == 1
    problem = document.problem("x.y", msg("what"), msg("fix"), "villages", 0, "name")
    assert (problem.path, problem.line, problem.code) == (str(tmp_path / "file.yaml"), 5, "x.y")


@pytest.mark.parametrize(
    ("data", "line", "code"),
    [
        (GOOD.replace(b"Jua", b"\xff"), 5, "file.encoding"),
        ("code: ä\n".encode("utf-16"), 1, "file.encoding"),
        (b"a: 1\na: 2\n", 2, "yaml.duplicate-key"),
        (b"- 1\n", 1, "content.value"),
        (b"text", 1, "content.value"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, data: bytes, line: int, code: str) -> None:
    loader = Loader()
    assert yaml(tmp_path, data, loader) is None
    assert places(loader) == [(line, code)]


def test_a_file_has_at_most_five_megabytes(tmp_path: Path) -> None:
    loader = Loader()
    assert yaml(tmp_path, GOOD + b"\n" * (5_000_000 - len(GOOD)), loader) is not None
    assert yaml(tmp_path, GOOD + b"\n" * (5_000_001 - len(GOOD)), loader) is None
    assert places(loader) == [(0, "file.size")]


def test_an_empty_file_lacks_its_keys(tmp_path: Path) -> None:
    loader = Loader()
    assert yaml(tmp_path, b"", loader) is None
    assert places(loader) == [(1, "content.missing-key")] * 3


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    loader = Loader()
    model: TypeAdapter[Kecamatan] = KECAMATAN
    assert loader.yaml(tmp_path / "none.yaml", model) is None
    assert loader.yaml(tmp_path, model) is None
    assert places(loader) == [(0, "file.unreadable")] * 2


def test_texts_are_kept_even_of_files_with_errors(tmp_path: Path) -> None:
    loader = Loader()
    yaml(tmp_path, b"a: 1\na: 2\n", loader)
    assert loader.texts == {str(tmp_path / "file.yaml"): "a: 1\na: 2\n"}


@pytest.mark.parametrize("data", [ARTICLE, b"\xef\xbb\xbf" + ARTICLE, ARTICLE.replace(b"\n", b"\r\n")])
def test_front_matter_and_body(tmp_path: Path, data: bytes) -> None:
    document = markdown(tmp_path, data, Loader())
    assert document is not None
    assert document.data.title == "T"
    assert document.body == "Text\n\nmore\n"
    assert ARTICLE.decode().split("\n")[document.body_line - 1] == "Text"
    assert document.line("summary") == 3
    assert document.line("sources", 0, "name") == 4


def test_a_rule_in_the_text_does_not_end_the_front_matter_again(tmp_path: Path) -> None:
    document = markdown(tmp_path, ARTICLE + b"\n---\n\nend\n", Loader())
    assert document is not None
    assert document.body.endswith("\n---\n\nend\n")


def test_an_error_in_the_front_matter_has_the_line_of_the_file(tmp_path: Path) -> None:
    loader = Loader()
    assert markdown(tmp_path, ARTICLE.replace(b"summary: S", b"sumary: S"), loader) is None
    assert sorted(places(loader)) == [(1, "content.missing-key"), (3, "content.unknown-key")]
    loader = Loader()
    assert markdown(tmp_path, ARTICLE.replace(b"summary: S", b"summary: a: b"), loader) is None
    assert places(loader) == [(3, "yaml.syntax")]


@pytest.mark.parametrize("data", [b"", b"Text only\n", b"---\ntitle: T\n", b"\n" + ARTICLE, b"----\ntitle: T\n---\n"])
def test_without_front_matter(tmp_path: Path, data: bytes) -> None:
    loader = Loader()
    assert markdown(tmp_path, data, loader) is None
    assert places(loader) == [(1, "markdown.front-matter")]
