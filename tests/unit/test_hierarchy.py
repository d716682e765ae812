"""The shipped table of all regions."""

from __future__ import annotations

from collections import Counter

from sitegen import hierarchy
from sitegen.hierarchy import Area
from sitegen.slugs import kecamatan_slugs, village_slugs


def test_the_whole_country_is_there() -> None:
    levels = Counter(area.code.count(".") for area in hierarchy.areas())
    assert [levels[depth] for depth in range(4)] == [38, 514, 7285, 83762]


def test_every_region_has_a_name_and_follows_its_parent() -> None:
    seen: set[str] = set()
    for code, name in hierarchy.areas():
        assert name == name.strip() != ""
        assert code not in seen
        assert code.count(".") == 0 or code.rpartition(".")[0] in seen
        seen.add(code)


def test_a_kabupaten_with_its_kecamatan_and_villages() -> None:
    oki = list(hierarchy.kecamatan("16.02"))
    assert len(oki) == 18
    kinds = Counter(village.code[9] for kecamatan in oki for village in kecamatan.villages)
    assert kinds == {"1": 13, "2": 314}
    assert oki[3][:2] == ("16.02.05", "Kayu Agung")
    assert oki[3].villages[0] == Area("16.02.05.1001", "Jua-jua")


def test_one_kecamatan_alone() -> None:
    (only,) = hierarchy.kecamatan("16.02.24")
    assert only.name == "Pedamaran Timur"
    assert len(only.villages) == 7


def test_names_keep_their_signs() -> None:
    assert hierarchy.find("35.29.22") == Area("35.29.22", 'Ra"as')
    assert hierarchy.find("12.07.28.1007") == Area("12.07.28.1007", "Lubuk Pakam I,II")
    assert hierarchy.find("53.07.01.2021") == Area("53.07.01.2021", "Regapu’u")


def test_what_does_not_exist_is_not_found() -> None:
    assert hierarchy.find("16.99") is None
    assert hierarchy.find("1") is None
    assert hierarchy.find("") is None
    assert list(hierarchy.kecamatan("16.0")) == []


def test_provinces_and_regencies() -> None:
    assert len(hierarchy.provinces()) == 38
    assert len(hierarchy.regencies()) == 514
    assert Area("16.02", "Kabupaten Ogan Komering Ilir") in hierarchy.regencies("16")


def test_a_kota_is_told_by_its_code() -> None:
    for area in hierarchy.regencies():
        assert hierarchy.is_city(area.code) == area.name.startswith("Kota "), area


def test_addresses_are_unique_in_the_whole_country() -> None:
    kecamatan = list(hierarchy.kecamatan())
    names = kecamatan_slugs(((k.code, k.name) for k in kecamatan), {a.code: a.name for a in hierarchy.regencies()})
    assert len(set(names.values())) == len(kecamatan)
    assert max(map(len, names.values())) <= 60
    for found in kecamatan:
        slugs = village_slugs(found.villages)
        assert len(set(slugs.values())) == len(found.villages), found.code
