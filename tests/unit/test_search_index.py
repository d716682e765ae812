"""The index of the place search: complete, compact, the same for the same places."""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from sitegen.hierarchy import kecamatan as kecamatan_of
from sitegen.model.region import village_kind
from sitegen.model.summary import KecamatanSummary, Totals, TpsSummary, VillageSummary
from sitegen.model.tps import ChangeKind
from sitegen.output import search_index as module
from sitegen.output.search_index import SearchIndex, search_index, search_key
from sitegen.pages import urls
from sitegen.slugs import slug, village_slugs
from tests.support import change, mini_news
from tools.node import run

ELECTION = "pilkada-2024"
MOVE = change(ChangeKind.MOVED, from_place="SDN 1", decided=dt.datetime(2024, 11, 26, 18, 0))


def village(
    name: str,
    numbers: Sequence[int] = (1,),
    *,
    code: str = "16.02.05.2001",
    other_names: tuple[str, ...] = (),
    address: str = "",
    changed: Sequence[int] = (),
) -> VillageSummary:
    place = (ELECTION, "kayu-agung", address or slug(name))
    noted = tuple(TpsSummary(n, "Balai", urls.tps_url(*place, n), (MOVE,)) for n in changed)
    url = urls.village_url(*place)
    return VillageSummary(
        code, name, village_kind(code), other_names, url, tuple(numbers), noted, {}, Totals(villages=1)
    )


def kecamatan(
    *villages: VillageSummary, name: str = "Kayu Agung", code: str = "16.02.05", other_names: tuple[str, ...] = ()
) -> KecamatanSummary:
    address = slug(name)
    return KecamatanSummary(
        code, name, address, other_names, urls.kecamatan_url(ELECTION, address), villages, Totals(len(villages))
    )


def content(index: SearchIndex, path: str = "") -> Any:
    """What stands in a file of the index; the root unless another is named."""
    text = index.files[path or index.root].decode()
    return run(f"{text};console.log(JSON.stringify(globalThis.papanData[{(path or index.root)!r}]))", None)


def lines(*places: KecamatanSummary, regions: Mapping[str, str] | None = None) -> list[str]:
    """The lines of an index in one file."""
    found: list[str] = content(search_index(places, (), lambda: regions or {}))["places"].split("\n")
    return found


def village_line(one: VillageSummary) -> str:
    return lines(kecamatan(one))[2]


def test_root_is_a_script_named_by_its_content() -> None:
    index = search_index([kecamatan(village("Paku"))], ())
    other = search_index([kecamatan(village("Paku", (1, 2)))], ())
    assert index.files[index.root].startswith(f'(globalThis.papanData??={{}})["{index.root}"]={{'.encode())
    assert index.root != other.root
    assert set(index.files) == {index.root, content(index)["texts"]}


def test_lines_of_region_kecamatan_and_villages() -> None:
    assert lines(kecamatan(village("Paku"), village("Anyar", (1, 2)))) == [
        "\t\tpilkada-2024/", "\tKayu Agung", "Anyar\t2", "Paku\t1"
    ]  # fmt: skip


def test_region_is_named_only_if_there_are_several() -> None:
    regions = {"16.02": "Kabupaten OKI", "16.71": "Kota Palembang"}
    other = kecamatan(name="Sako", code="16.71.01")
    assert lines(kecamatan(), other, regions=regions) == [
        "\t\tpilkada-2024/\tKabupaten OKI", "\tKayu Agung", "\t\tpilkada-2024/\tKota Palembang", "\tSako"
    ]  # fmt: skip
    assert lines(kecamatan(), regions=regions)[0] == "\t\tpilkada-2024/"


def test_site_without_places() -> None:
    assert lines() == [""]


@pytest.mark.parametrize(
    ("numbers", "written"),
    [
        ((), "Paku"),
        ((1,), "Paku\t1"),
        ((1, 2, 3), "Paku\t3"),
        ((3, 1, 2), "Paku\t3"),
        ((2, 3), "Paku\t2-3"),
        ((1, 2, 4), "Paku\t1-2,4"),
        ((1, 2, 3, 901, 902), "Paku\t1-3,901-902"),
        ((901,), "Paku\t901-901"),
    ],
)
def test_tps_numbers(numbers: tuple[int, ...], written: str) -> None:
    assert village_line(village("Paku", numbers)) == written


@pytest.mark.parametrize(("code", "kind"), [("16.02.05.1010", "\t1"), ("16.02.05.2010", ""), ("16.02.05.3010", "\t3")])
def test_kind_is_written_unless_desa(code: str, kind: str) -> None:
    assert village_line(village("Paku", code=code)) == f"Paku\t1{kind}"


def test_other_names() -> None:
    assert village_line(village("Kutaraja", other_names=("Kota Raya", "KR"))) == "Kutaraja\t1\t\tKota Raya|KR"


@pytest.mark.parametrize(
    ("name", "address", "written"),
    [
        ("Jua-jua", "jua-jua", ""),
        ("Sungai  Menang II", "sungai-menang-ii", ""),
        ("Ba'u", "bau", "\t\t\tbau"),
        ("Sukaraja", "sukaraja-2007", "\t\t\tsukaraja-2007"),
        ("Sukaraja Baru", "sukaraja", "\t\t\tsukaraja"),
        ("P.O. Hurlang", "po-hurlang", "\t\t\tpo-hurlang"),
    ],
)
def test_slug_is_written_where_the_name_does_not_tell(name: str, address: str, written: str) -> None:
    assert village_line(village(name, address=address)) == f"{name}\t1{written}"


def test_changed_tps_are_told() -> None:
    assert village_line(village("Paku", (1, 2, 3), changed=(3,))) == "Paku\t3\t\t\t\t3-3"


def test_kecamatan_line() -> None:
    one = kecamatan(village("Pulau Beruang", (1, 2)), name="Sirah Pulau Padang", other_names=("SP Padang",))
    assert lines(one)[1:] == ["\tSirah Pulau Padang\tSP Padang", "Pulau Beruang\t2"]


def test_kecamatan_without_villages_keeps_its_place() -> None:
    assert lines(kecamatan(name="Ba'u"))[1:] == ["\tBa'u\t\tbau"]


def test_no_name_is_escaped_away_and_none_breaks_a_line() -> None:
    assert village_line(village("Pané\tSatu")) == "Pané Satu\t1\t\t\tpane-satu"


def test_signs_of_scripts_in_names_are_text() -> None:
    name = "a`b\\\\c${d}</script>"
    assert village_line(village(name, address="x")) == f"{name}\t1\t\t\tx"


def test_news_and_guides_are_written_like_villages() -> None:
    first = mini_news()[0]
    index = search_index([], [first])
    *_, line = content(index, content(index)["texts"])["places"].split("\n")
    title, tps, kind, others, address = line.split("\t")
    assert (title, tps, kind, f"{address}.html") == (first.head.title, "", "n", first.url)
    assert others.split("|")[0] == first.head.summary


def oki() -> list[KecamatanSummary]:
    """The real 327 villages with as many TPS as villages usually have."""
    return [
        kecamatan(
            *(
                village(v.name, range(1, 2 + i % 7), code=v.code, address=slugs[v.code])
                for i, v in enumerate(one.villages)
            ),
            name=one.name,
            code=one.code,
        )
        for one in kecamatan_of("16.02")
        if (slugs := village_slugs(one.villages))
    ]


def test_whole_kabupaten_fits_into_two_and_a_half_kilobytes() -> None:
    index = search_index(oki(), ())
    data = index.files[index.root]
    assert sum(not line.startswith("\t") for line in content(index)["places"].split("\n")) == 327
    assert len(gzip.compress(data, 6, mtime=0)) < 2_500


def cut(monkeypatch: pytest.MonkeyPatch) -> SearchIndex:
    """OKI as if it were too large for one file."""
    monkeypatch.setattr(module, "WHOLE", 100)
    monkeypatch.setattr(module, "ENTRIES", 60)
    return search_index(oki(), (), key="all that they tell")


def test_large_index_is_cut_and_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    index = cut(monkeypatch)
    root = content(index)
    for side in ("heads", "tails"):
        found = {
            (kecamatan, line)
            for _, path in root[side]
            for kecamatan, line in named_lines(content(index, path)["places"])
        }
        assert len(found) == 327
    assert [first for first, _ in root["heads"]] == sorted(first for first, _ in root["heads"])
    assert set(index.files) == {
        index.root,
        root["texts"],
        *(path for side in ("heads", "tails") for _, path in root[side]),
    }


def named_lines(text: str) -> Iterator[tuple[str, str]]:
    """Lines of villages with that of their kecamatan."""
    kecamatan = ""
    for line in text.split("\n"):
        if not line.startswith("\t"):
            yield kecamatan, line
        elif not line.startswith("\t\t"):
            kecamatan = line.split("\t")[1]


def test_a_kecamatan_stands_in_a_cut_index_once_a_name_and_elsewhere_only_to_tell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    index = cut(monkeypatch)
    heads = content(index)["heads"]
    rows = [
        line.split("\t")
        for _, path in heads
        for line in content(index, path)["places"].split("\n")
        if line.startswith("\tKayu Agung")
    ]
    assert len([row for row in rows if row[-1] != "-"]) == 1
    assert [row[4] for row in rows if row[-1] != "-"] == ["25"]
    assert len([row for row in rows if row[-1] == "-"]) > 1


def test_same_content_same_files() -> None:
    assert search_index(oki(), mini_news()) == search_index(oki(), mini_news())


def test_the_files_of_a_cut_that_stand_are_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = cut(monkeypatch)
    assert first.cut is not None
    again = search_index(oki(), mini_news(), standing=first.cut)
    texts = content(again)["texts"]
    assert set(again.files) == {again.root, texts}
    assert {path for path in first.files if first.key(path)} == first.cut.paths
    assert not again.key(again.root)
    assert {**first.files, **again.files}.keys() >= {path for _, path in content(again)["heads"]}


def test_the_key_of_a_kecamatan_is_one_of_what_the_search_tells() -> None:
    one = oki()[0]
    paku = one.villages[0]
    others = [
        replace(one, name="Lain"),
        replace(one, totals=one.totals._replace(tps=1)),
        replace(one, villages=one.villages[1:]),
        *(
            replace(one, villages=(village, *one.villages[1:]))
            for village in (
                paku._replace(name="Lain"),
                paku._replace(other_names=("Lain",)),
                paku._replace(numbers=(901,)),
                paku._replace(noted=(TpsSummary(paku.numbers[0], "Balai", "", (MOVE,)),)),
            )
        ),
    ]
    assert len({search_key(each) for each in (one, *others)}) == len(others) + 1
    same = replace(one, totals=one.totals._replace(men=1), middle=(1, 2))
    assert search_key(same) == search_key(replace(one)) == search_key(one)
