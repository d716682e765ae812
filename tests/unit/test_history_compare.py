"""What differs at a TPS: told once, with what it rests on, and never with a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from sitegen.history.compare import FACETS, Difference, Kecamatan, compare
from sitegen.history.log import Entry, decode
from sitegen.history.recent import SHOWN, SHOWN_TOGETHER, Recent
from sitegen.output.exports import TABLES

ROW: Mapping[str, Any] = {
    "kecamatan_code": "16.02.05", "kecamatan": "Kayu Agung", "village_code": "16.02.05.1010", "village": "Jua-jua",
    "tps": 1, "place": "Balai", "address": None, "landmark": None, "by_water": None, "wheelchair": None,
    "lat": None, "lon": None, "coverage": "RW 1 RT 1-3", "voters_men": 200, "voters_women": 210, "voters": 410,
    "status": "planned", "vote_date": "2024-11-27", "vote_opens": "07:00", "vote_closes": "13:00",
    "vote_races": "gubernur bupati", "merged_into": None, "decree": None, "decided": None, "moved_from": None,
    "moved_decree": None, "moved_decided": None, "source": "SK 1", "page": "p/tps-1.html", "data_status": "sample",
    "data_as_of": "2024-11-26T18:00:00+07:00",
}  # fmt: skip
"""A TPS as ``data/tps.json`` has it."""
REPEAT = {"status": "repeat_vote", "vote_date": "2024-12-01", "decree": "Surat 2", "decided": "2024-11-30"}
KETUA, ANGGOTA = ("ketua", "A"), ("anggota", "B")
STATION = ("16.02.05.1010", 1)
Row = dict[str, Any]


def row(**values: Any) -> Row:
    return {**ROW, **values}


def kecamatan(*rows: Row, kpps: Sequence[tuple[str, str | None]] = ()) -> Kecamatan:
    """A kecamatan with these TPS; ``kpps`` work at TPS 1."""
    people = ({"village_code": STATION[0], "tps": 1, "role": role, "name": name} for role, name in kpps)
    return Kecamatan.of(rows, people)


def decision(kind: str, tps: int = 1, **new: Any) -> Entry:
    """A decision that the content declares for the first time."""
    return Entry(
        "pilkada", ROW["data_as_of"], kind, {}, new, declared=True, village_code=STATION[0], tps=tps, decree="SK 9"
    )


def found(old: Kecamatan, new: Kecamatan, *decisions: Entry) -> list[Difference]:
    told: dict[tuple[str, int], list[Entry]] = {}
    for entry in decisions:
        told.setdefault((STATION[0], entry.tps or 0), []).append(entry)
    return list(compare("pilkada", "2024-11-26T18:00:00+07:00", old, new, told))


def one(old: Kecamatan, new: Kecamatan) -> Difference:
    [difference] = found(old, new)
    return difference


def test_columns_are_those_of_the_data_file() -> None:
    columns = next(table.columns for table in TABLES if table.name == "tps")
    assert list(ROW) == list(columns)
    assert {column for facet in FACETS.values() for column in facet} <= set(columns)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"place": "Gedung"}, "place"),
        ({"place": None}, "place"),
        ({"address": "Jalan 1", "place": "Gedung"}, "place"),
        ({"coverage": "RW 1 RT 1-5"}, "coverage"),
        ({"voters_men": 201, "voters": 411}, "voters"),
        ({"moved_from": "x", "status": "moved"}, "basis"),
        (REPEAT, "vote"),
    ],
)
def test_what_differs_without_a_decision_is_unexplained(change: dict[str, Any], what: str) -> None:
    before = row(moved_from="y") if what == "basis" else row()
    differences = found(kecamatan(before), kecamatan(row(**change)))
    differing = {d.entry.what: d for d in differences}
    assert differing[what].is_unexplained
    columns = [column for column in FACETS[what] if column in change]
    assert differing[what].entry.new == {column: change[column] for column in columns}
    assert differing[what].entry.old == {column: before[column] for column in columns}


def test_a_description_of_the_way_needs_no_decree() -> None:
    difference = one(kecamatan(row(landmark="Pasar")), kecamatan(row(landmark="Dekat pasar")))
    assert (difference.entry.what, difference.is_unexplained) == ("directions", False)


def test_a_new_document_explains_what_differs() -> None:
    difference = one(kecamatan(row()), kecamatan(row(place="Gedung", source="SK 2")))
    assert (difference.entry.decree, difference.is_unexplained) == ("SK 2", False)
    assert found(kecamatan(row()), kecamatan(row(source="SK 2"))) == []


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("moved", {"place": "Gedung", "lat": 1.0, "lon": 2.0, "status": "moved", "moved_from": "Balai"}),
        ("repeat_vote", REPEAT),
        ("cancelled", {"status": "cancelled", "vote_date": None, "vote_opens": None, "decree": "SK 9"}),
    ],
)
def test_a_decision_is_not_told_again_as_a_difference(kind: str, change: dict[str, Any]) -> None:
    told = decision(kind)
    assert found(kecamatan(row()), kecamatan(row(**change)), told) == [Difference(told)]
    silent = row(**change, voters_men=100)
    assert [d.entry.what for d in found(kecamatan(row()), kecamatan(silent), told)] == [kind, "voters"]


def test_a_merger_explains_the_voters_of_the_tps_where_they_go() -> None:
    told = decision("merged", tps=2, merged_into=1)
    old = kecamatan(row(), row(tps=2))
    new = kecamatan(row(coverage="RW 1", voters_men=400), row(tps=2, status="merged", merged_into=1, voters_men=0))
    differences = found(old, new, told)
    assert [(d.entry.tps, d.entry.what, d.entry.decree) for d in differences] == [
        (1, "coverage", "SK 9"),
        (1, "voters", "SK 9"),
        (2, "merged", "SK 9"),
    ]
    assert not any(d.is_unexplained for d in differences)


def test_a_merger_that_only_the_press_tells_explains_as_much() -> None:
    told = replace(decision("merged", tps=2, merged_into=1), decree=None, source="Koran")
    differences = found(kecamatan(row(), row(tps=2)), kecamatan(row(voters_men=400), row(tps=2, merged_into=1)), told)
    voters = next(one for one in differences if one.entry.what == "voters")
    assert (voters.entry.decree, voters.entry.source, voters.is_unexplained) == (None, "Koran", False)


def test_a_corrected_decree_explains_itself_and_one_that_vanishes_does_not() -> None:
    before = row(**REPEAT)
    corrected = one(kecamatan(before), kecamatan({**before, "decree": "Surat 3"}))
    assert (corrected.entry.what, corrected.entry.decree, corrected.is_unexplained) == ("basis", "Surat 3", False)
    gone = one(kecamatan(before), kecamatan({**before, "decree": None}))
    assert (gone.entry.what, gone.is_unexplained) == ("basis", True)


def test_another_day_of_the_election_is_not_told_at_every_tps() -> None:
    assert found(kecamatan(row()), kecamatan(row(vote_date="2024-11-28", vote_closes="14:00"))) == []
    assert found(kecamatan(row()), kecamatan(row(status="moved"))) == []
    again = row(**REPEAT)
    assert one(kecamatan(again), kecamatan({**again, "vote_date": "2024-12-02"})).entry.what == "vote"


def test_hours_are_told_together() -> None:
    again = row(**REPEAT)
    entry = one(kecamatan({**again, "vote_opens": "08:00"}), kecamatan(again)).entry
    assert entry.old == {"vote_opens": "08:00", "vote_closes": "13:00"}
    assert entry.new == {"vote_opens": "07:00", "vote_closes": "13:00"}


def test_kpps_are_counted_and_not_named() -> None:
    old, same = kecamatan(row(), kpps=[KETUA, ANGGOTA]), kecamatan(row(), kpps=[ANGGOTA, KETUA])
    assert found(old, same) == []
    other = one(old, kecamatan(row(), kpps=[KETUA, ("anggota", "C")]))
    assert (other.entry.what, other.entry.old, other.entry.new) == ("kpps", {}, {"replaced": 1})
    assert other.is_unexplained
    fewer = one(old, kecamatan(row(), kpps=[("ketua", "C")]))
    assert (fewer.entry.old, fewer.entry.new) == ({"kpps": 2}, {"kpps": 1, "replaced": 1})


def test_kpps_without_names_are_only_counted() -> None:
    old, roles = kecamatan(row(), kpps=[KETUA, ANGGOTA]), [("ketua", None), ("anggota", None)]
    assert found(old, kecamatan(row(), kpps=roles)) == []
    fewer = one(old, kecamatan(row(), kpps=roles[:1]))
    assert (fewer.entry.old, fewer.entry.new) == ({"kpps": 2}, {"kpps": 1})


def test_what_was_not_known_is_counted_for_the_kecamatan() -> None:
    old = kecamatan(row(place=None), row(tps=2, place=None, voters_men=None, voters_women=None))
    new = kecamatan(row(), row(tps=2), kpps=[KETUA, ANGGOTA])
    difference = one(old, new)
    assert difference.entry.what == "filled"
    assert difference.entry.new == {"kpps": 1, "place": 2, "voters": 1}
    assert (difference.entry.tps, difference.is_unexplained) == (None, False)


def test_tps_that_come_and_go() -> None:
    added = one(kecamatan(row()), kecamatan(row(), row(tps=2, source="SK 1")))
    assert (added.entry.what, added.entry.tps, added.is_unexplained) == ("added", 2, True)
    removed = one(kecamatan(row(), row(tps=2)), kecamatan(row(source="SK 2")))
    assert (removed.entry.what, removed.entry.page, removed.entry.decree) == ("removed", None, "SK 2")
    gone = one(kecamatan(row()), kecamatan())
    assert gone.is_unexplained
    assert one(kecamatan(), kecamatan(row())).entry.new == {"tps": 1}


def test_an_entry_is_read_as_it_was_written() -> None:
    entry = decision("moved", place="Gedung")
    assert decode(entry.encode()) == entry
    for line in (b"{}", b"[]", b'{"tps": "1"}', entry.encode().replace(b'"what"', b'"why"')):
        with pytest.raises(ValueError):  # noqa: PT011 its message is nobody's
            decode(line)


def test_recent_entries_are_bounded_for_each_kecamatan() -> None:
    recent = Recent("pilkada")
    many = [
        Entry("pilkada", f"2024-11-26T18:{number % 60:02}:00+07:00", "place", {}, {}, kecamatan_code=code, tps=number)
        for code in ("1", "2", "3", "")
        for number in range(SHOWN + 5)
    ]
    assert list(recent.watch([*many, Entry("pileg", "2024", "place", {}, {}, kecamatan_code="4")])) != []
    assert list(recent.names) == ["1", "2", "3"]
    assert {entry.tps for entry in recent.of("2")} == set(range(5, SHOWN + 5))
    assert len(recent.together()) == SHOWN_TOGETHER
    moments = [entry.moment for entry in recent.together()]
    assert moments == sorted(moments, reverse=True)
