"""The messages that a voter sends to the family."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from sitegen.catalogs import translate
from sitegen.model.config import DataStatus
from sitegen.model.election import Citation, Stage, StageKind
from sitegen.model.region import Village
from sitegen.model.tps import Move, Tps
from sitegen.pages.share import MOST_LISTED, tps_text, village_text
from sitegen.pages.views import RepeatVote, Site
from tests.support import edit, mini, mini_site, plans, with_config

SUKARAJA = Village(code="16.02.03.2005", name="Sukaraja")
LONGEST_LINK = 2000


def message(tps: Tps, site: Site | None = None, language: str = "id", votes: Sequence[RepeatVote] = ()) -> str:
    return translate(tps_text(site or mini_site(), SUKARAJA, "Pedamaran", tps, votes), language)


def village_message(*stations: Tps, language: str = "id") -> str:
    return translate(village_text(mini_site(), SUKARAJA, "Pedamaran", stations, []), language)


def repeat_vote(opens: dt.time | None) -> RepeatVote:
    source = Citation(name="Contoh")
    start = dt.date(2024, 12, 1)
    return RepeatVote(
        Stage(id="psu", kind=StageKind.REPEAT_VOTE, title="PSU", start=start, opens=opens, source=source), ()
    )


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


def test_the_way_and_the_old_place_are_told() -> None:
    moved = Move(from_place="Sekolah lama", decree="BA 1", decided=dt.datetime(2024, 11, 26, 16, 30))
    text = message(Tps(number=1, place="Balai", landmark="Dekat pasar", by_water="Dermaga kecil", moved=moved))
    assert text.splitlines()[1:5] == [
        "Tempat: Balai.",
        "Pindah tempat, bukan lagi di: Sekolah lama.",
        "Patokan: Dekat pasar.",
        "Lewat air: Dermaga kecil.",
    ]


@pytest.mark.parametrize(
    ("opens", "line"),
    [
        (None, "TPS 1 memungut suara ulang: Minggu, 1 Desember 2024."),
        (dt.time(7), "TPS 1 memungut suara ulang: Minggu, 1 Desember 2024, mulai pukul 07.00 WIB."),
    ],
)
def test_a_repeat_vote_has_its_own_day(opens: dt.time | None, line: str) -> None:
    text = message(Tps(number=1, place="Balai"), votes=[repeat_vote(opens)])
    assert line in text.splitlines()
    voted = Tps(number=1, place="Balai")
    whole = village_text(mini_site(), SUKARAJA, "Pedamaran", [voted], [(voted, repeat_vote(opens))])
    assert line in translate(whole, "id").splitlines()


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
    texts = [view.share_text for view in plans()["kayu-agung"].villages]
    texts += [tps.share_text for view in plans()["kayu-agung"].villages for tps in view.tps]
    assert not any("Petugas" in translate(text, "id") for text in texts)


def test_a_village_lists_its_tps() -> None:
    assert village_message(Tps(number=1, place="Balai"), Tps(number=2)) == (
        "[Contoh] Desa Sukaraja, Kec. Pedamaran: 2 TPS.\n"
        "TPS 1: Balai\n"
        "TPS 2: belum ditetapkan\n"
        "Rabu, 27 November 2024, pukul 07.00–13.00 WIB.\n"
        "Bawa KTP-el dan surat C.Pemberitahuan.\n"
        "Data per Selasa, 26 November 2024 pukul 18.00 WIB, KPU Contoh."
    )


def test_a_village_with_many_tps_says_how_many_and_names_its_page() -> None:
    assert "TPS 19: Balai" in village_message(*(Tps(number=n, place="Balai") for n in range(1, MOST_LISTED + 1)))
    text = village_message(*(Tps(number=n, place="Balai") for n in range(1, MOST_LISTED + 2)))
    assert text.splitlines()[:2] == [
        "[Contoh] Desa Sukaraja, Kec. Pedamaran: 20 TPS.",
        "Semua tempat ada di halaman Desa Sukaraja, situs Papan TPS KPU Contoh.",
    ]


@pytest.mark.parametrize("letter", ["a", "a ", "é"])
def test_no_content_makes_the_link_too_long(letter: str) -> None:
    long = letter * (150 // len(letter))
    tps = Tps(number=999, place=long, address=long, landmark=long, by_water=long)
    link = "\nhttps://papan-tps.example/pilkada-2024/kecamatan-panjang/desa-yang-panjang/tps-999.html"
    for text in (message(tps), village_message(*(replace(tps, number=n) for n in range(1, 20)))):
        assert len(quote(text + link)) <= LONGEST_LINK


def test_coordinates_lead_to_a_map_app_and_to_a_map_on_the_web(tmp_path: Path) -> None:
    site = mini(tmp_path)
    edit(
        site / "content/elections/pilkada-2024/tps/kayu-agung/jua-jua.yaml",
        "    place: Balai",
        "    coordinates: {lat: -3.39, lon: 104.83}\n    place: Balai",
    )
    first, second = next(v for v in plans(site)["kayu-agung"].villages if v.name == "Jua-jua").tps
    assert second.directions is None
    assert first.directions == (
        "geo:-3.39,104.83?q=-3.39,104.83(TPS%201%20Jua-jua)",
        "https://www.openstreetmap.org/?mlat=-3.39&mlon=104.83#map=18/-3.39/104.83",
    )


def test_coverage_is_written_for_the_script() -> None:
    jua_jua = next(v for v in plans()["kayu-agung"].villages if v.name == "Jua-jua")
    assert [tps.cover for tps in jua_jua.tps] == ["1-3/1-1", "4-6/1-1"]
    assert jua_jua.is_covered
    assert not next(v for v in plans()["pedamaran"].villages if v.name == "Sukaraja").is_covered
