"""The messages that a voter sends to the family."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from sitegen.catalogs import translate
from sitegen.model.config import DataStatus
from sitegen.model.region import Village
from sitegen.model.tps import Change, ChangeKind, Tps
from sitegen.pages.share import MOST_LISTED, Telling, tps_text, village_text
from sitegen.pages.states import state_of
from sitegen.pages.views import Site, TpsState
from tests.support import change, edit, mini, mini_site, plans, with_config

SUKARAJA = Village(code="16.02.03.2005", name="Sukaraja")
LONGEST_LINK = 2000


def telling(site: Site | None = None) -> Telling:
    site = site or mini_site()
    return Telling(site, SUKARAJA, "Pedamaran", site.election.data_as_of)


def state(tps: Tps) -> TpsState | None:
    site = mini_site()
    return state_of(site.election, tps.changes, tps.place, f"sukaraja/tps-{tps.number}.html", site.as_of)


def message(tps: Tps, site: Site | None = None, language: str = "id") -> str:
    return translate(tps_text(telling(site), tps, state(tps)), language)


def village_message(*stations: Tps, language: str = "id") -> str:
    return translate(village_text(telling(), stations, [state(tps) for tps in stations]), language)


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
    moved = change(ChangeKind.MOVED, from_place="Sekolah lama")
    text = message(Tps(number=1, place="Balai", landmark="Dekat pasar", by_water="Dermaga kecil", changes=(moved,)))
    assert text.splitlines()[1:5] == [
        "Tempat: Balai.",
        "Pindah tempat, bukan lagi di: Sekolah lama.",
        "Patokan: Dekat pasar.",
        "Lewat air: Dermaga kecil.",
    ]


DAY = dt.date(2024, 12, 1)


@pytest.mark.parametrize(
    ("vote", "lines"),
    [
        (change(ChangeKind.REPEAT_VOTE, date=DAY), ["Pemungutan suara ulang: Minggu, 1 Desember 2024."]),
        (
            change(ChangeKind.REPEAT_VOTE, date=DAY, opens=dt.time(7), races=("bupati",)),
            [
                "Pemungutan suara ulang: Minggu, 1 Desember 2024, mulai pukul 07.00 WIB.",
                "Hanya surat suara Bupati.",
            ],
        ),
        (
            change(ChangeKind.CONTINUED, date=DAY, opens=dt.time(8), closes=dt.time(12)),
            ["Pemungutan suara lanjutan: Minggu, 1 Desember 2024, pukul 08.00–12.00 WIB."],
        ),
        (change(ChangeKind.POSTPONED), ["Pemungutan suara susulan: harinya belum ditetapkan."]),
    ],
)
def test_a_vote_on_a_day_of_its_own_takes_the_place_of_voting_day(vote: Change, lines: list[str]) -> None:
    tps = Tps(number=1, place="Balai", changes=(vote,))
    text = message(tps)
    assert text.splitlines()[2:-2] == lines
    assert "27 November" not in text
    assert village_message(tps).splitlines()[3:-2] == [f"TPS 1: {line}" for line in lines]


def test_nobody_is_sent_to_a_tps_that_is_gone() -> None:
    merged = Tps(number=1, place="Balai", changes=(change(ChangeKind.MERGED, into=2),))
    assert message(merged) == (
        "[Contoh] TPS 1, Desa Sukaraja, Kec. Pedamaran.\n"
        "Digabung: datanglah ke TPS 2.\n"
        "Data per Selasa, 26 November 2024 pukul 18.00 WIB, KPU Contoh."
    )
    cancelled = Tps(number=3, place="Sekolah", changes=(change(ChangeKind.CANCELLED),))
    assert message(cancelled).splitlines()[1] == "Tidak ada pemungutan suara di TPS ini."
    whole = village_message(merged, Tps(number=2, place="Pasar"), cancelled)
    assert whole.splitlines()[1:-2] == [
        "TPS 2: Pasar",
        "Rabu, 27 November 2024, pukul 07.00–13.00 WIB.",
        "TPS 1: Digabung: datanglah ke TPS 2.",
        "TPS 3: Tidak ada pemungutan suara di TPS ini.",
    ]


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


def test_a_village_names_tps_that_moved() -> None:
    moved = Tps(number=2, place="Aula", changes=(change(ChangeKind.MOVED, from_place="Sekolah lama"),))
    lines = village_message(Tps(number=1, place="Balai"), moved).splitlines()
    assert lines[1:3] == ["TPS 1: Balai", "TPS 2: Aula (pindah, bukan tempat lama)"]


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
    moved = replace(tps, place=long[:30], changes=(change(ChangeKind.MOVED, from_place="Sekolah"),))
    villages = [village_message(*(replace(one, number=n) for n in range(1, 20))) for one in (tps, moved)]
    for text in (message(tps), *villages):
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
