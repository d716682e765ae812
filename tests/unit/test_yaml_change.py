"""Changing values of a YAML file: every other line stays as somebody wrote it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import yaml

from sitegen.content.yaml_change import Added, Edit, NotEditable, edited

TEXT = """\
# The TPS of a village – by hand
source:
  document: SK 1  # from the drawer
tps:
  # the first
  - number: 1
    # where
    place: Balai – lama  # the hall
    address: Jalan 1
    reason: >-
      Two lines,
      folded.

    voters: {men: 1, women: 2}
    # nothing follows here
  - number: 2
    names:
      - A
      # not B
    changes:
      - kind: moved
        # in the rain
        from_place: Pasar
# the end"""
ORDER = ("number", "place", "address", "landmark", "reason", "voters", "names", "changes")
FIRST, SECOND = ("tps", 0), ("tps", 1)


def lines(*edits: Edit, text: str = TEXT) -> tuple[set[str], set[str]]:
    """Lines that went and that came."""
    before, after = text.splitlines(), edited(text, edits).splitlines()
    assert [line for line in before if line in after] == [line for line in after if line in before], "in their order"
    return set(before) - set(after), set(after) - set(before)


def test_a_value_is_replaced_and_its_comment_stays() -> None:
    went, came = lines(Edit(FIRST, {"place": "Sekolah: baru"}, ORDER))
    assert went == {"    place: Balai – lama  # the hall"}
    assert came == {'    place: "Sekolah: baru"  # the hall'}


def test_a_folded_value_is_replaced_whole() -> None:
    went, came = lines(Edit(FIRST, {"reason": "Banjir."}, ORDER))
    assert went == {"    reason: >-", "      Two lines,", "      folded.", ""}
    assert came == {"    reason: Banjir."}


def test_a_key_is_removed_with_its_line() -> None:
    assert lines(Edit(FIRST, {"address": None}, ORDER)) == ({"    address: Jalan 1"}, set())
    assert lines(Edit(FIRST, {"landmark": None}, ORDER)) == (set(), set()), "it was not there"


def test_new_keys_stand_where_the_model_has_them() -> None:
    found = edited(TEXT, [Edit(FIRST, {"landmark": "Pohon", "changes": [{"kind": "merged", "into": 2}]}, ORDER)])
    assert "    address: Jalan 1\n    landmark: Pohon\n    reason: >-\n" in found
    assert "women: 2}\n    changes:\n      - kind: merged\n        into: 2\n    # nothing follows here\n" in found


def test_new_keys_at_one_place_keep_their_order() -> None:
    found = edited(TEXT, [Edit(SECOND, {"place": "Pasar", "address": "Jalan 2", "landmark": "Pohon"}, ORDER)])
    assert "  - number: 2\n    place: Pasar\n    address: Jalan 2\n    landmark: Pohon\n    names:\n" in found


def test_items_are_added_behind_those_of_a_list() -> None:
    moment = dt.datetime(2024, 11, 26, 16, 30)
    found = edited(TEXT, [Edit(SECOND, {"changes": Added([{"kind": "repeat_vote", "decided": moment}])}, ORDER)])
    assert (
        found
        == TEXT.replace(
            "from_place: Pasar\n", "from_place: Pasar\n      - kind: repeat_vote\n        decided: 2024-11-26 16:30\n"
        )
        + "\n"
    )


def test_several_edits_do_not_get_into_each_others_way() -> None:
    edits = [
        Edit(FIRST, {"place": "Pasar", "address": None, "landmark": "Pohon", "reason": "Banjir."}, ORDER),
        Edit(("source",), {"as_of": dt.datetime(2024, 11, 26, 18)}, ("document", "as_of")),
    ]
    found: dict[str, Any] = yaml.safe_load(edited(TEXT, edits))
    expected: dict[str, Any] = yaml.safe_load(TEXT)
    expected["source"]["as_of"] = "2024-11-26 18:00"
    expected["tps"][0] |= {"place": "Pasar", "landmark": "Pohon", "reason": "Banjir."}
    del expected["tps"][0]["address"]
    assert found == expected


@pytest.mark.parametrize("text", ["tps: [{number: 1, place: Balai}]\n", "tps:\n  - {number: 1, place: Balai}\n"])
def test_what_stands_on_one_line_is_not_touched(text: str) -> None:
    with pytest.raises(NotEditable):
        edited(text, [Edit(FIRST, {"place": "Pasar"}, ORDER)])


def test_a_list_on_one_line_gets_no_items() -> None:
    with pytest.raises(NotEditable):
        edited("tps:\n  - number: 1\n    changes: [{kind: moved}]\n", [Edit(FIRST, {"changes": Added([1])}, ORDER)])
