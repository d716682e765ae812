"""Changing a YAML file of hand: only what changed is touched."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sitegen.content import yaml_events
from sitegen.content.yaml_edit import edited
from sitegen.content.yaml_write import document

HAND = """\
# yaml-language-server: $schema=x
village: 16.02.05.1001   # the code
source: {document: SK nomor 1}
tps:
  # the first
  - number: 1
    place: "Balai"  # near the well
    voters: {men: 1, women: 2}
    kpps:
      ketua: A
      anggota:
        # in the order of the decree
        - B
        - C   # new

  # the third
  - number: 3
    place: SDN
    address:
"""
TREE: dict[str, Any] = {
    "village": "16.02.05.1001",
    "source": {"document": "SK nomor 1"},
    "tps": [
        {
            "number": "1",
            "place": "Balai",
            "voters": {"men": "1", "women": "2"},
            "kpps": {"ketua": "A", "anggota": ["B", "C"]},
        },
        {"number": "3", "place": "SDN"},
    ],
}


def changed(**first: Any) -> dict[str, Any]:
    """TREE with other values of its first TPS."""
    return {**TREE, "tps": [{**TREE["tps"][0], **first}, TREE["tps"][1]]}


def test_nothing_changes_nothing() -> None:
    assert edited(HAND, TREE, TREE) == HAND


def test_a_value_keeps_its_comment() -> None:
    assert edited(HAND, TREE, changed(place="Aula")) == HAND.replace('"Balai"', "Aula")


def test_a_mapping_on_one_line_stays_on_one_line() -> None:
    new = changed(voters={"men": 5, "women": 2})
    assert edited(HAND, TREE, new) == HAND.replace("men: 1", "men: 5")


def test_names_keep_the_comments_around_them() -> None:
    new = changed(kpps={"ketua": "A", "anggota": ["B", "D", "E"]})
    expected = HAND.replace("- C   # new\n", "- D   # new\n        - E\n")
    assert edited(HAND, TREE, new) == expected


def test_a_new_key_takes_its_place_in_the_order() -> None:
    first = {"number": "1", "place": "Balai", "address": "Jalan", **TREE["tps"][0]}
    new = {**TREE, "tps": [first, TREE["tps"][1]]}
    assert edited(HAND, TREE, new) == HAND.replace("# near the well\n", "# near the well\n    address: Jalan\n")


def test_an_empty_key_is_filled() -> None:
    new = {**TREE, "tps": [TREE["tps"][0], {**TREE["tps"][1], "address": "Jalan: 1"}]}
    assert edited(HAND, TREE, new) == HAND.replace("address:\n", 'address: "Jalan: 1"\n')


def test_a_new_item_stands_between_its_neighbours() -> None:
    new = {**TREE, "tps": [TREE["tps"][0], {"number": 2, "place": "Pos"}, TREE["tps"][1]]}
    expected = HAND.replace("# new\n", "# new\n  - number: 2\n    place: Pos\n")
    assert edited(HAND, TREE, new) == expected


def test_a_new_first_item() -> None:
    new = {**TREE, "tps": [{"number": "0"}, *TREE["tps"]]}
    assert yaml_events.parse(edited(HAND, TREE, new)) == yaml_events.parse(
        HAND.replace("tps:\n", 'tps:\n  - number: "0"\n')
    )


def test_an_item_that_is_gone_takes_only_its_own_lines() -> None:
    assert edited(HAND, TREE, {**TREE, "tps": [TREE["tps"][0]]}) == HAND.partition("  - number: 3")[0]


def test_a_list_that_was_empty() -> None:
    assert edited("tps: []  # none\n", {"tps": []}, {"tps": [{"number": 1}]}) == "tps:\n  - number: 1  # none\n"


def test_a_list_that_gets_empty() -> None:
    assert yaml_events.parse(edited(HAND, TREE, {**TREE, "tps": []})) == {**TREE, "tps": []}


def test_a_first_key_that_goes() -> None:
    old = {"tps": [{"a": "1", "b": "2"}]}
    assert edited("tps:\n  - a: 1\n    b: 2\n", old, {"tps": [{"b": "2"}]}) == "tps:\n  - b: 2\n"


TEXT = st.text(alphabet="ab1 :#-'\"é\n", max_size=6)
FIELDS = st.dictionaries(st.sampled_from("abc"), TEXT, max_size=3)
ITEM = st.builds(lambda number, fields, names: {"number": str(number), **fields, **({"names": names} if names else {})},
                 st.integers(1, 5), FIELDS, st.lists(TEXT, max_size=3))  # fmt: skip
TREES = st.builds(
    lambda items, fields: {"village": "x", **fields, "tps": sorted(items, key=lambda item: item["number"])},
    st.lists(ITEM, max_size=4, unique_by=lambda item: item["number"]),
    FIELDS,
)


@given(TREES, TREES)
def test_the_result_means_the_new_tree(old: dict[str, Any], new: dict[str, Any]) -> None:
    text = edited(document(old), old, new)
    found = yaml_events.parse(text)
    assert found == new
