"""The index of the place search: complete, compact, the same for the same places."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from collections.abc import Sequence

import pytest

from sitegen.hierarchy import kecamatan as kecamatan_of
from sitegen.model.region import village_kind
from sitegen.model.summary import KecamatanSummary, Totals, TpsSummary, VillageSummary
from sitegen.model.tps import Move
from sitegen.output.search_index import FORMAT, index_text
from sitegen.pages import urls
from sitegen.slugs import slug, village_slugs

ELECTION = "pilkada-2024"
MOVE = Move(from_place="SDN 1", decree="BA 1", decided=dt.datetime(2024, 11, 26, 18, 0))


def village(
    name: str,
    numbers: Sequence[int] = (1,),
    *,
    code: str = "16.02.05.2001",
    other_names: tuple[str, ...] = (),
    address: str = "",
    moved: Sequence[int] = (),
) -> VillageSummary:
    place = (ELECTION, "kayu-agung", address or slug(name))
    tps = tuple(TpsSummary(n, "Balai", urls.tps_url(*place, n), MOVE if n in moved else None) for n in numbers)
    return VillageSummary(
        code, name, village_kind(code), other_names, urls.village_url(*place), tps, Totals(villages=1)
    )


def kecamatan(
    *villages: VillageSummary, name: str = "Kayu Agung", other_names: tuple[str, ...] = ()
) -> KecamatanSummary:
    address = slug(name)
    return KecamatanSummary(
        "16.02.05", name, address, other_names, urls.kecamatan_url(ELECTION, address), villages, Totals()
    )


def village_row(one: VillageSummary) -> list[object]:
    row: list[object] = json.loads(index_text([kecamatan(one)]))["kecamatan"][0][1][0]
    return row


def test_format_and_path_come_first() -> None:
    index = json.loads(index_text([kecamatan(village("Paku"))]))
    assert list(index) == ["format", "path", "kecamatan"]
    assert (index["format"], index["path"]) == (FORMAT, "pilkada-2024/")


def test_site_without_places() -> None:
    assert json.loads(index_text([])) == {"format": FORMAT, "path": "", "kecamatan": []}


@pytest.mark.parametrize(
    ("numbers", "written"),
    [
        ((), None),
        ((1,), 1),
        ((1, 2, 3), 3),
        ((3, 1, 2), 3),
        ((2, 3), "2-3"),
        ((1, 2, 4), "1-2,4"),
        ((1, 2, 3, 901, 902), "1-3,901-902"),
        ((901,), "901"),
    ],
)
def test_tps_numbers(numbers: tuple[int, ...], written: object) -> None:
    assert village_row(village("Paku", numbers)) == ["Paku", *([written] if written else [])]


@pytest.mark.parametrize(("code", "kind"), [("16.02.05.1010", [1]), ("16.02.05.2010", []), ("16.02.05.3010", [3])])
def test_kind_is_written_unless_desa(code: str, kind: list[int]) -> None:
    assert village_row(village("Paku", code=code)) == ["Paku", 1, *kind]


def test_other_names() -> None:
    assert village_row(village("Kutaraja", other_names=("Kota Raya",))) == ["Kutaraja", 1, 0, ["Kota Raya"]]


@pytest.mark.parametrize(
    ("name", "address", "written"),
    [
        ("Jua-jua", "jua-jua", []),
        ("Sungai  Menang II", "sungai-menang-ii", []),
        ("Ba'u", "bau", [0, 0, "bau"]),
        ("Sukaraja", "sukaraja-2007", [0, 0, "sukaraja-2007"]),
        ("Sukaraja Baru", "sukaraja", [0, 0, "sukaraja"]),
        ("P.O. Hurlang", "po-hurlang", [0, 0, "po-hurlang"]),
    ],
)
def test_slug_is_written_where_the_name_does_not_tell(name: str, address: str, written: list[object]) -> None:
    assert village_row(village(name, address=address)) == [name, 1, *written]


def test_moved_tps_are_told() -> None:
    assert village_row(village("Paku", (1, 2, 3), moved=(3,))) == ["Paku", 3, 0, 0, 0, "3"]


def test_kecamatan_row() -> None:
    one = kecamatan(village("Pulau Beruang", (1, 2)), name="Sirah Pulau Padang", other_names=("SP Padang",))
    assert json.loads(index_text([one]))["kecamatan"] == [["Sirah Pulau Padang", [["Pulau Beruang", 2]], ["SP Padang"]]]


def test_kecamatan_without_villages_keeps_its_place() -> None:
    assert json.loads(index_text([kecamatan(name="Ba'u")]))["kecamatan"] == [["Ba'u", 0, 0, "bau"]]


def test_no_name_is_escaped_away() -> None:
    assert "Pané" in index_text([kecamatan(village("Pané"))])


def oki() -> list[KecamatanSummary]:
    """The real 327 villages with as many TPS as villages usually have."""
    return [
        kecamatan(
            *(
                village(v.name, range(1, 2 + i % 7), code=v.code, address=slugs[v.code])
                for i, v in enumerate(one.villages)
            ),
            name=one.name,
        )
        for one in kecamatan_of("16.02")
        if (slugs := village_slugs(one.villages))
    ]


def test_whole_kabupaten_fits_into_three_kilobytes() -> None:
    text = index_text(oki())
    rows = [row for one in json.loads(text)["kecamatan"] for row in one[1]]
    assert len(rows) == 327
    assert len(gzip.compress(text.encode(), 9, mtime=0)) <= 3000


def test_same_places_same_text() -> None:
    assert index_text(oki()) == index_text(oki())


def test_addresses_follow_the_rule_that_the_script_relies_on() -> None:
    kecamatan_page = urls.kecamatan_url("e", "k")
    village_page = urls.village_url("e", "k", "v")
    assert village_page == f"{kecamatan_page.removesuffix('.html')}/v.html"
    assert urls.tps_url("e", "k", "v", 3) == f"{village_page.removesuffix('.html')}/tps-3.html"
