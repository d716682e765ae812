"""The truth changes again and again: however voters look it up, they find the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from tests.office import Office, Publication
from tests.voter import ALL, Belief, Station, Voter
from tools.browsing import phone
from tools.pages_server import serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

JUA_JUA = Station(3, "Jua-jua", "Kayu Agung")
GAJAH_MATI = Station(1, "Gajah Mati", "Sungai Menang")
KERTA_MUKTI = Station(1, "Kerta Mukti", "Air Sugihan")
KERTAMUKTI = Station(1, "Kertamukti", "Mesuji Raya")
"""Another village, in another kecamatan: nothing ever changes here."""
MESUJI_JAYA = Station(1, "Mesuji Jaya", "Mesuji Makmur")

SCHOOL, HALL = "Halaman SDN 1 Jua-jua (contoh)", "Balai Kelurahan Jua-jua (contoh)"
LETTER = "Surat Bawaslu nomor 122/PM.00.01/K.SS-09/11/2024"
PRESS = "okinews (5303), radarkeadilan, sumeks (735147), dan tribunsumsel (4 Desember 2024)"

PLANNED = Belief("planned", day="2024-11-27", hours="07.00–13.00", ballots=ALL, over=False)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The office two days before the vote; TPS 3 of Jua-jua is to be in the yard of a school."""
    office = Office(tmp_path_factory.mktemp("office"))
    office.edit("elections/pilkada-2024/tps/kayu-agung/jua-jua.yaml", HALL, SCHOOL)
    return office


@pytest.fixture(scope="module")
def voter(browser: Browser) -> Iterator[Callable[[Publication], Voter]]:
    """A voter of a publication. Addresses of TPS that they have seen once are known ever since."""
    known: dict[Station, str] = {}
    with ExitStack() as stack:

        def come(publication: Publication) -> Voter:
            url = stack.enter_context(serve(publication.folder))
            context = stack.enter_context(phone(browser, service_workers="block"))
            return Voter(context, url, publication, known)

        yield come


@pytest.fixture(scope="module")
def first(office: Office) -> Publication:
    """Two days before the vote everything is published for the first time."""
    return office.publish("first", "2024-11-25T20:00:00+07:00")


def test_at_first_everything_is_as_planned(first: Publication, voter: Callable[[Publication], Voter]) -> None:
    reader = voter(first)
    assert reader.notice() == ""
    assert reader.contradictions(JUA_JUA, PLANNED._replace(place=SCHOOL)) == []
    assert reader.contradictions(KERTA_MUKTI, PLANNED._replace(place="Balai Desa Kerta Mukti (contoh)")) == []
    assert reader.contradictions(KERTAMUKTI, PLANNED._replace(place="Balai Desa Kertamukti (contoh)")) == []


@pytest.fixture(scope="module")
def moved(office: Office, first: Publication) -> Publication:
    """On the eve of the vote the yard is under water, and TPS 3 of Jua-jua moves to the hall."""
    office.change(
        "Jua-jua", "3", "moved", place=HALL, decree="SK KPU OKI nomor 7 (contoh)", decided="2024-11-26 16:30",
        reason="Halaman sekolah tergenang (contoh).",
    )  # fmt: skip
    return office.publish("moved", "2024-11-26T18:00:00+07:00", first)


MOVED = PLANNED._replace(
    status="moved", place=HALL, was=SCHOOL, basis="SK KPU OKI nomor 7 (contoh)", decided="2024-11-26 16:30"
)


def test_on_the_eve_everybody_is_sent_to_the_new_place(
    moved: Publication, voter: Callable[[Publication], Voter]
) -> None:
    reader = voter(moved)
    assert reader.notice() == "TPS 3 Jua-jua (Kayu Agung) pindah tempat. Lihat"
    assert reader.contradictions(JUA_JUA, MOVED) == []
    assert reader.contradictions(KERTAMUKTI, PLANNED._replace(place="Balai Desa Kertamukti (contoh)")) == []


@pytest.fixture(scope="module")
def again(office: Office, moved: Publication) -> Publication:
    """The Bawaslu recommends to repeat two votes. The operator is asked which Kerta Mukti is meant."""
    told = {"date": "2024-12-01", "opens": "07:00", "decree": LETTER, "as_of": "2024-11-30 12:00"}
    assert office.run("change", "Kerta Mukti", "1", "repeat_vote", "--date", "2024-12-01") == 2
    office.change("Kerta Mukti, Air Sugihan", "1", "repeat_vote", races="bupati", **told)
    office.change("Gajah Mati", "1", "repeat_vote", **told)
    return office.publish("again", "2024-11-30T18:00:00+07:00", moved)


AGAIN = PLANNED._replace(status="repeat_vote", was="2024-11-27", day="2024-12-01", hours="07.00–", basis=LETTER)


def test_two_tps_vote_again_and_their_namesake_does_not(
    again: Publication, voter: Callable[[Publication], Voter]
) -> None:
    reader = voter(again)
    assert reader.notice() == "2 TPS memilih lagi 1 Des 2024. Lihat daftarnya"
    assert (
        reader.contradictions(KERTA_MUKTI, AGAIN._replace(place="Balai Desa Kerta Mukti (contoh)", ballots="Bupati"))
        == []
    )
    assert reader.contradictions(GAJAH_MATI, AGAIN._replace(place="Balai Desa Gajah Mati (contoh)")) == []
    assert reader.contradictions(KERTAMUKTI, PLANNED._replace(place="Balai Desa Kertamukti (contoh)", over=True)) == []
    assert reader.contradictions(JUA_JUA, MOVED._replace(over=True)) == []
