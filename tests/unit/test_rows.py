"""The page of a kecamatan has the key of what it shows, and of nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sitegen.keys import key_of_value
from sitegen.model.region import VillageKind
from sitegen.model.summary import TpsSummary
from sitegen.model.tps import ChangeKind
from sitegen.pages.rows import KecamatanList, lists_key
from tests.support import change, plans

MOVE = change(ChangeKind.MOVED, from_place="SDN 1", decided=dt.datetime(2024, 11, 26, 18, 0))


def test_the_key_is_one_of_what_lists_show() -> None:
    one = plans()["kayu-agung"].summary
    first, *others = one.villages
    villages = [
        first._replace(name="Lain"),
        first._replace(url="lain.html"),
        first._replace(kind=VillageKind.KELURAHAN if first.kind is VillageKind.DESA else VillageKind.DESA),
        first._replace(totals=first.totals._replace(men=1)),
        first._replace(noted=(TpsSummary(1, "Balai", "", (MOVE,)),)),
    ]
    different = [
        replace(one, code="16.02.99"),
        replace(one, name="Lain"),
        replace(one, url="lain.html"),
        replace(one, totals=one.totals._replace(men=1)),
        *(replace(one, villages=(village, *others)) for village in villages),
    ]
    assert len({lists_key(each) for each in (one, *different)}) == 10
    same = [
        replace(one, middle=(1, 2)),
        replace(one, villages=(first._replace(as_of=dt.datetime(2024, 1, 1)), *others)),
    ]
    assert {lists_key(each) for each in (one, *same)} == {lists_key(one)}


def test_in_the_key_of_a_page_it_stands_for_itself() -> None:
    one = plans()["kayu-agung"].summary
    assert key_of_value(KecamatanList(one, "a")) == key_of_value(KecamatanList(replace(one, name="Lain"), "a"))
    assert key_of_value(KecamatanList(one, "a")) != key_of_value(KecamatanList(one, "b"))
