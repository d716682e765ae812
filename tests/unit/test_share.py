"""The message that a voter sends to the family."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitegen.catalogs import translate
from sitegen.model.config import DataStatus
from sitegen.model.region import VillageKind
from sitegen.model.tps import Tps
from sitegen.pages.share import share_text
from sitegen.pages.views import Site
from tests.support import mini_site, plans, with_config


def message(tps: Tps, site: Site | None = None, language: str = "id") -> str:
    return translate(share_text(site or mini_site(), tps, VillageKind.DESA, "Sukaraja", "Pedamaran"), language)


def test_it_is_complete_without_its_link() -> None:
    assert message(Tps(number=1, place="Balai", address="Jalan Contoh 1")) == (
        "[Contoh] TPS 1, Desa Sukaraja, Kec. Pedamaran.\n"
        "Tempat: Balai, Jalan Contoh 1.\n"
        "Rabu, 27 November 2024, pukul 07.00–13.00 WIB.\n"
        "Bawa KTP-el dan surat C.Pemberitahuan.\n"
        "Data per Selasa, 26 November 2024 pukul 18.00 WIB, KPU Contoh."
    )


def test_in_english_the_names_of_the_field_stay() -> None:
    assert message(Tps(number=1, place="Balai"), language="en") == (
        "[Sample] TPS 1, Desa Sukaraja, Kec. Pedamaran.\n"
        "Place: Balai.\n"
        "Wednesday, 27 November 2024, 07:00–13:00 WIB.\n"
        "Bring your KTP-el and the C.Pemberitahuan.\n"
        "Data as of Tuesday, 26 November 2024 at 18:00 WIB, KPU Contoh."
    )


def test_a_place_that_is_not_known_is_said_so() -> None:
    assert "Tempat: belum ditetapkan." in message(Tps(number=1))


@pytest.mark.parametrize(
    ("status", "start"),
    [
        (DataStatus.SAMPLE, "[Contoh] TPS 1"),
        (DataStatus.PROVISIONAL, "[Sementara] TPS 1"),
        (DataStatus.OFFICIAL, "TPS 1"),
    ],
)
def test_only_official_data_go_without_a_mark(status: DataStatus, start: str) -> None:
    assert message(Tps(number=1), with_config(data_status=status)).startswith(start)


def test_the_time_zone_is_the_elections() -> None:
    site = mini_site()
    there = replace(site, election=replace(site.election, time_zone="WIT"))
    assert message(Tps(number=1), there).count("WIT") == 2


def test_no_worker_is_named() -> None:
    assert not any("Petugas" in translate(t.share_text, "id") for v in plans()["kayu-agung"].villages for t in v.tps)
