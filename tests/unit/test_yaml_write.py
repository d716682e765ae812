"""Writing YAML that reads back as the same text and looks like a person's."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from sitegen.content import yaml_events
from sitegen.content.yaml_write import Inline, document, plain
from sitegen.model.config import DataStatus
from sitegen.model.tps import Change, ChangeKind, Coordinates, Coverage, Kpps, Source, Tps, VillageTps, Voters

TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30)
TREES = st.recursive(TEXTS, lambda part: st.lists(part, max_size=3) | st.dictionaries(TEXTS, part, max_size=3))


def read(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)


@pytest.mark.parametrize(
    "text",
    [
        "16.02", "07:00", "0012", "1_000", "1e3", "0x1F", "0o17", "no", "Yes", "on", "null", "~", "true", "2024-11-26",
        "2024-11-26 16:30:00", "", " a", "a ", "a: b", "a:", "a #b", "# a", "- a", "-", "[a", "{a", "&a", "*a", "!a",
        "|", ">", "'a'", '"a"', "%a", "@a", "`a", "a\nb", "a\tb", "a\u2028b", "\ufeffa", ".inf", ".5", "=", "<<",
    ],
)  # fmt: skip
def test_text_that_yaml_would_misread_is_quoted(text: str) -> None:
    written = document({"key": text})
    assert written.startswith('key: "')
    assert read(written) == {"key": text}
    assert yaml.safe_load(written) == {"key": text}


@pytest.mark.parametrize(
    "text",
    [
        "16.02.05.1001", "Jua-jua", "Jalan Contoh nomor 2, RT 3 RW 1", "Balai Desa (contoh)", "1-4", "1-3, 5", 'Ja"an',
        "Ba'u", "Regapu’u", "Lalai I/II", "a#b", "a:b", "(0712) 000000", "122/PM.00.01/K.SS-09/11/2024", "https://a.id/",
        "Senin–Jumat", "2 x 11", "é",
    ],
)  # fmt: skip
def test_text_that_needs_no_quotes_has_none(text: str) -> None:
    written = document({"key": text})
    assert written == f"key: {text}\n"
    assert read(written) == {"key": text}
    assert yaml.safe_load(written) == {"key": text}


@given(TREES)
def test_everything_reads_back(tree: Any) -> None:
    assert read(document(tree)) == tree


@given(st.dictionaries(TEXTS, TEXTS, min_size=1, max_size=3))
def test_everything_on_one_line_reads_back(mapping: dict[str, str]) -> None:
    assert read(document({"a": Inline(mapping)})) == {"a": mapping}


@pytest.mark.parametrize("text", ["1-3, 5", "a:b", "a?b", "a?", "[a]", "{a}"])
def test_signs_that_part_values_on_one_line_are_quoted_there(text: str) -> None:
    assert document(Inline({"a": text})) == f'{{a: "{text}"}}\n'
    assert read(document(Inline({text: text}))) == {text: text}


def test_typed_scalars() -> None:
    values = {
        "count": 12,
        "truth": True,
        "day": dt.date(2024, 11, 27),
        "hour": dt.time(7),
        "moment": dt.datetime(2024, 11, 26, 16, 30),
        "degrees": 0.00001,
        "status": DataStatus.SAMPLE,
    }
    assert document(values) == (
        'count: 12\ntruth: true\nday: 2024-11-27\nhour: "07:00"\nmoment: 2024-11-26 16:30\n'
        "degrees: 0.00001\nstatus: sample\n"
    )


def test_nothing_else_has_a_form() -> None:
    with pytest.raises(TypeError, match="NoneType"):
        document({"a": None})


VILLAGE = VillageTps(
    village="16.02.05.1001",
    source=Source(document="SK nomor 000 (contoh)"),
    tps=(
        Tps(
            number=3,
            place="Balai: besar",
            coordinates=Coordinates(lat=-3.39, lon=104.83),
            coverage=(Coverage(rw=((1, 1),), rt=((1, 4), (6, 6))), Coverage(dusun="Dusun 2")),
            voters=Voters(men=0, women=5),
            kpps=Kpps(ketua="A", anggota=("B", "C")),
            changes=(
                Change(
                    kind=ChangeKind.MOVED,
                    from_place="School",
                    decree="SK",
                    decided=dt.datetime(2024, 11, 26, 16, 30),
                ),
            ),
        ),
    ),
)
WRITTEN = """\
# yaml-language-server: $schema=../village_tps.json
# Kelurahan Jua-jua
village: 16.02.05.1001
source:
  document: SK nomor 000 (contoh)
tps:
  - number: 3
    place: "Balai: besar"
    coordinates: {lat: -3.39, lon: 104.83}
    coverage:
      - {rw: 1, rt: "1-4, 6"}
      - {dusun: Dusun 2}
    voters:
      men: 0
      women: 5
    kpps:
      ketua: A
      anggota:
        - B
        - C
    changes:
      - kind: moved
        from_place: School
        decree: SK
        decided: 2024-11-26 16:30
"""


def test_a_content_object_is_written_for_people() -> None:
    assert document(VILLAGE, "../village_tps.json", "Kelurahan\nJua-jua") == WRITTEN


def test_a_content_object_reads_back_the_same() -> None:
    assert TypeAdapter(VillageTps).validate_python(yaml_events.parse(WRITTEN)) == VILLAGE


def test_what_is_not_set_is_left_out() -> None:
    assert plain(Tps(number=1)) == {"number": 1}
    assert document({"tps": [], "contact": {}}) == "tps: []\ncontact: {}\n"
