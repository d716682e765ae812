"""What a site exports for a portal, and the search index that a portal makes of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pydantic import ValidationError

from sitegen.content.portal import EXPORT
from sitegen.model.config import DataStatus, Region
from sitegen.model.export import KecamatanExport, SiteExport, VillageExport, VotingDay
from sitegen.model.summary import Totals, VillageSummary
from sitegen.model.tps import Change, ChangeKind
from sitegen.output.site_export import site_export
from sitegen.pages.index import SiteIndex
from sitegen.pages.views import SiteBelow
from sitegen.portal import portal_index
from tests.support import change, mini_site, plans, with_changes

DAY = VotingDay(
    name="Pilkada", date=dt.date(2024, 11, 27), opens=dt.time(7), closes=dt.time(13), time_zone="WIB"
)  # fmt: skip


def village(name: str = "Paku", **more: Any) -> VillageExport:
    return VillageExport(code=more.pop("code", "16.02.05.2001"), name=name, slug=name.lower(), **more)


def kecamatan(*villages: VillageExport, code: str = "16.02.05") -> KecamatanExport:
    return KecamatanExport(code=code, name="Pusat", slug="pusat", url="pilkada/pusat.html", villages=villages)


def site(*places: KecamatanExport, url: str = "https://satu.example/", region: str = "16.02") -> SiteBelow:
    export = SiteExport(
        data_status=DataStatus.SAMPLE,
        office="KPU",
        region=Region(code=region, name="Kabupaten Satu", short_name="Satu"),
        election=DAY,
        data_as_of=dt.datetime(2024, 11, 26, 18, tzinfo=dt.timezone(dt.timedelta(hours=7))),
        kecamatan=places,
    )
    return SiteBelow(url, export)


def lines(*sites: SiteBelow) -> list[str]:
    index = portal_index(sites)
    return index.files[index.root].decode().split("`")[1].split("\n")


def test_a_region_begins_with_the_address_of_its_site() -> None:
    paku = village(numbers=(1, 2), other_names=("Pakoe",), changed_numbers=(2,))
    other = kecamatan(village("Anyar", code="16.71.01.1001"), code="16.71.01")
    assert lines(site(kecamatan(paku)), site(other, url="https://dua.example/x/", region="16.71")) == [
        "\t\thttps://satu.example/pilkada/\tKabupaten Satu",
        "\tPusat",
        "Paku\t2\t\tPakoe\t\t2-2",
        "\t\thttps://dua.example/x/pilkada/\tKabupaten Satu",
        "\tPusat",
        "Anyar\t\t1",
    ]


def test_kabupaten_of_a_larger_site_have_their_own_names() -> None:
    both = site(kecamatan(), kecamatan(code="16.71.01"), region="16")
    assert [line.split("\t")[3] for line in lines(both) if line.startswith("\t\t")] == [
        "Kabupaten Ogan Komering Ilir",
        "Kota Palembang",
    ]


def test_one_kabupaten_needs_no_name() -> None:
    assert lines(site(kecamatan()))[0] == "\t\thttps://satu.example/pilkada/"


def test_totals_of_an_export() -> None:
    export = site(kecamatan(village(numbers=(1, 2)), village("Anyar")), kecamatan()).export
    assert export.totals == Totals(villages=2, tps=2)
    assert site().export.totals == Totals()


def test_a_site_exports_what_the_search_needs() -> None:
    move = change(ChangeKind.MOVED, from_place="SDN 1", decided=dt.datetime(2024, 11, 26, 18, 0))

    def first_moved(village: VillageSummary, number: int) -> tuple[Change, ...]:
        return (move,) if number == village.numbers[0] else ()

    summaries = tuple(with_changes(plan, first_moved) for plan in plans().values())
    data = site_export(SiteIndex(mini_site(), summaries, (), (), None, "", {}))
    export = EXPORT.validate_json(data)
    assert export.election.date == dt.date(2024, 11, 27)
    assert export.data_as_of.isoformat() == "2024-11-30T18:00:00+07:00"
    found = {one.name: one for shard in export.kecamatan for one in shard.villages}
    known = {one.name: one for shard in summaries for one in shard.villages}
    assert found.keys() == known.keys()
    for name, one in found.items():
        expected = known[name]
        assert (one.code, one.slug, one.other_names) == (expected.code, expected.slug, expected.other_names)
        assert (one.numbers, one.changed_numbers) == (expected.numbers, expected.changed_numbers)
    assert (found["Jua-jua"].numbers, found["Jua-jua"].changed_numbers) == ((1, 2), (1,))
    assert found["Celikah"].other_names == ("Cilikah",)
    assert b'"other_names":[]' not in data


@pytest.mark.parametrize("name", ["Paku\nAnyar", ""])
def test_names_that_would_break_the_lines_of_an_index_are_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        village(name)
