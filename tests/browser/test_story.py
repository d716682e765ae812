"""The truth changes again and again: however voters look it up, they find the same."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sitegen.cli import main
from tests.story.beliefs import ALL, Belief, Station
from tests.story.office import Office, Publication
from tests.story.voter import Voter
from tests.support import edit
from tools.browsing import phone
from tools.pages_server import serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Reads = Callable[[Publication], Voter]
pytestmark = pytest.mark.browser

JUA_JUA = Station(3, "Jua-jua", "Kayu Agung")
GAJAH_MATI = Station(1, "Gajah Mati", "Sungai Menang")
KERTA_MUKTI = Station(1, "Kerta Mukti", "Air Sugihan")
KERTAMUKTI = Station(1, "Kertamukti", "Mesuji Raya")
"""Another village, in another kecamatan: nothing ever changes here."""
MESUJI_JAYA = Station(1, "Mesuji Jaya", "Mesuji Makmur")
CODES = {
    GAJAH_MATI: "16.02.15.2004",
    KERTA_MUKTI: "16.02.14.2009",
    KERTAMUKTI: "16.02.21.2013",
    MESUJI_JAYA: "16.02.20.2018",
}

SCHOOL, HALL = "Halaman SDN 1 Jua-jua (contoh)", "Balai Kelurahan Jua-jua (contoh)"
MISTAKE, MENDED = "TPS 1 Kertamukti (Kec. Mesuji Raya)", "TPS 1 Kerta Mukti (Kec. Air Sugihan)"
LETTER = "Surat Bawaslu nomor 122/PM.00.01/K.SS-09/11/2024"
PRESS = "okinews (5303), radarkeadilan, sumeks (735147), dan tribunsumsel (4 Desember 2024)"

PLANNED = Belief("planned", day="2024-11-27", hours="07.00–13.00", ballots=ALL, over=False)
UNTOUCHED = PLANNED._replace(place="Balai Desa Kertamukti (contoh)")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The office two days before the vote; TPS 3 of Jua-jua is to be in the yard of a school."""
    office = Office(tmp_path_factory.mktemp("office"))
    office.edit("elections/pilkada-2024/tps/kayu-agung/jua-jua.yaml", HALL, SCHOOL)
    return office


@pytest.fixture
def read(browser: Browser, first: Publication) -> Iterator[Reads]:
    """A voter of a publication, who knows the addresses of the first one."""
    rows = json.loads((first.folder / "data/tps.json").read_bytes())["tps"]
    known = {Station(row["tps"], row["village"], row["kecamatan"]): row["page"] for row in rows}
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


def test_at_first_everything_is_as_planned(first: Publication, read: Reads) -> None:
    voter = read(first)
    assert voter.notice() == ""
    assert voter.contradictions(JUA_JUA, PLANNED._replace(place=SCHOOL)) == []
    assert voter.contradictions(KERTAMUKTI, UNTOUCHED) == []


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


def test_on_the_eve_everybody_is_sent_to_the_new_place(moved: Publication, read: Reads) -> None:
    voter = read(moved)
    assert voter.notice() == "TPS 3 Jua-jua (Kayu Agung) pindah tempat. Lihat"
    assert voter.contradictions(JUA_JUA, MOVED) == []
    assert voter.contradictions(KERTAMUKTI, UNTOUCHED) == []


@pytest.fixture(scope="module")
def again(office: Office, moved: Publication) -> Publication:
    """The Bawaslu recommends to repeat two votes. The news of it names the wrong one of two villages."""
    told = {"date": "2024-12-01", "opens": "07:00", "decree": LETTER, "as_of": "2024-11-30 12:00"}
    office.change("Kerta Mukti, Air Sugihan", "1", "repeat_vote", races="bupati", **told)
    office.change("Gajah Mati", "1", "repeat_vote", **told)
    office.write_news(
        "2024-11-30",
        "Dua TPS memilih lagi",
        f"summary: Minggu, 1 Desember 2024.\nkind: repeat_vote\nvillages: [{CODES[GAJAH_MATI]}, {CODES[KERTAMUKTI]}]\n"
        f"sources:\n  - name: {LETTER}\n",
        f"TPS 1 Gajah Mati (Kec. Sungai Menang) dan {MISTAKE} memilih lagi mulai pukul 07.00 WIB.",
    )
    return office.publish("again", "2024-11-30T18:00:00+07:00", moved)


AGAIN = PLANNED._replace(status="repeat_vote", was="2024-11-27", day="2024-12-01", hours="07.00–", basis=LETTER)


def test_the_operator_is_asked_which_kerta_mukti_is_meant(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    told = ("--date", "2024-12-01", "--decree", LETTER, "--as-of", "2024-11-30 12:00")
    assert office.run("change", "Kerta Mukti", "1", "repeat_vote", *told, "--yes") == 2
    asked = capsys.readouterr().err
    assert "Kerta Mukti, Air Sugihan" in asked
    assert "Kertamukti, Mesuji Raya" in asked


def test_two_tps_vote_again_and_their_namesake_does_not(again: Publication, read: Reads) -> None:
    voter = read(again)
    assert voter.notice() == "2 TPS memilih lagi 1 Des 2024. Lihat daftarnya"
    truth = AGAIN._replace(place="Balai Desa Kerta Mukti (contoh)", ballots="Bupati")
    assert voter.contradictions(KERTA_MUKTI, truth) == []
    assert voter.contradictions(GAJAH_MATI, AGAIN._replace(place="Balai Desa Gajah Mati (contoh)")) == []
    assert voter.contradictions(KERTAMUKTI, UNTOUCHED._replace(over=True)) == []
    assert voter.contradictions(JUA_JUA, MOVED._replace(over=True)) == []


@pytest.fixture(scope="module")
def third(office: Office, again: Publication) -> Publication:
    """Those two have voted when a third is to vote again. Somebody writes 08.00 instead of 07.00."""
    office.change(
        "Mesuji Jaya", "1", "repeat_vote", date="2024-12-04", opens="08:00", closes="13:00", races="bupati",
        source=PRESS, as_of="2024-12-02 18:00",
    )  # fmt: skip
    return office.publish("third", "2024-12-02T20:00:00+07:00", again)


THIRD = Belief(
    "repeat_vote", "Balai Desa Mesuji Jaya (contoh)", "2024-11-27", "2024-12-04", "08.00–13.00", "Bupati", over=False
)


def test_a_third_tps_votes_again_when_the_first_two_have(third: Publication, read: Reads) -> None:
    voter = read(third)
    assert voter.notice() == "TPS 1 Mesuji Jaya (Mesuji Makmur) memilih lagi 4 Des 2024. Lihat"
    assert voter.contradictions(MESUJI_JAYA, THIRD) == []
    truth = AGAIN._replace(place="Balai Desa Kerta Mukti (contoh)", ballots="Bupati", over=True)
    assert voter.contradictions(KERTA_MUKTI, truth) == []


@pytest.fixture(scope="module")
def corrected(office: Office, third: Publication) -> Publication:
    """The day before, both mistakes are mended; without a reason the site would not be published."""
    village = "elections/pilkada-2024/tps/mesuji-makmur/mesuji-jaya.yaml"
    office.edit(village, 'opens: "08:00"', 'opens: "07:00"')
    office.edit(village, "as_of: 2024-12-02 18:00", "as_of: 2024-12-03 08:00")
    office.edit(
        "regions/mesuji-makmur.yaml", "name: Mesuji Jaya\n", "name: Mesuji Jaya\n    other_names: [Desa SP Contoh]\n"
    )
    assert office.build("corrected", third) == 1, "nothing in the content explains the new hour"
    office.edit(
        "elections/pilkada-2024/acknowledged.yaml",
        "acknowledged:\n",
        f"acknowledged:\n  - {{code: change.unexplained, place: {CODES[MESUJI_JAYA]}, reason: Salah ketik jam.}}\n",
    )
    news = "news/2024-11-30-dua-tps-memilih-lagi.md"
    office.edit(news, CODES[KERTAMUKTI], CODES[KERTA_MUKTI])
    office.edit(news, MISTAKE, MENDED)
    office.edit(
        news,
        "kind: repeat_vote\n",
        f"kind: repeat_vote\ncorrections:\n  - date: 2024-12-03\n    was: {MISTAKE}.\n    text: Yang benar {MENDED}.\n",
    )
    office.write_news(
        "2024-12-03",
        "Ralat: Mesuji Jaya memilih mulai pukul 07.00",
        f"summary: Sebelumnya tertulis pukul 08.00.\nkind: correction\nvillages: [{CODES[MESUJI_JAYA]}]\n"
        f"sources:\n  - name: {PRESS}\n",
        "TPS 1 Mesuji Jaya (Kec. Mesuji Makmur) memilih lagi Rabu, 4 Desember 2024, pukul 07.00–13.00 WIB.",
    )
    return office.publish("corrected", "2024-12-03T09:00:00+07:00", third)


def test_a_correction_reaches_everybody(corrected: Publication, read: Reads) -> None:
    voter = read(corrected)
    assert voter.contradictions(MESUJI_JAYA, THIRD._replace(hours="07.00–13.00")) == []
    assert voter.contradictions(KERTAMUKTI, UNTOUCHED._replace(over=True)) == []
    assert voter.searched("sp contoh") == ["Mesuji Jaya"]
    assert voter.news_of(MESUJI_JAYA) == ["Ralat: Mesuji Jaya memilih mulai pukul 07.00"]
    assert voter.news_of(KERTA_MUKTI) == ["Dua TPS memilih lagi"]
    assert voter.news_of(KERTAMUKTI) == []
    article = voter.tab("berita/2024/11/dua-tps-memilih-lagi.html")
    assert article.locator(".prose").inner_text().count("Kertamukti") == 0
    assert article.locator("#koreksi s").inner_text() == f"{MISTAKE}."


@pytest.fixture(scope="module")
def later(office: Office, corrected: Publication) -> Publication:
    """Five years on, the next election becomes the current one. Jua-jua has fewer TPS, Celikah more."""
    office.prepare("pilkada-2029", "Pilkada 2029", "2029-11-28", {"jua-jua": 2, "celikah": 6})
    office.edit(
        "elections/pilkada-2029/tps/kayu-agung/jua-jua.yaml",
        "    place: Gedung 2 jua-jua (contoh)\n",
        "    place: Gedung 2 jua-jua (contoh)\n    previously: [{election: pilkada-2024, tps: [3, 4]}]\n",
    )
    edit(office.folder / "site_config.yaml", "election: pilkada-2024", "election: pilkada-2029")
    return office.publish("later", "2029-11-25T20:00:00+07:00", corrected)


NEXT = PLANNED._replace(day="2029-11-28")


def test_the_next_election_is_everywhere_and_old_addresses_lead_to_it(later: Publication, read: Reads) -> None:
    voter = read(later)
    assert voter.notice() == ""
    for station in (KERTA_MUKTI, Station(6, "Celikah", "Kayu Agung")):
        place = f"Gedung {station.number} {station.village.lower().replace(' ', '-')} (contoh)"
        assert voter.contradictions(station, NEXT._replace(place=place)) == []
    current = voter.tab("pilkada-2029/mesuji-makmur/mesuji-jaya.html").locator("main")
    assert "Ralat" not in current.inner_text(), "the news of then is of another election"
    notice, then, now = voter.remembers(JUA_JUA)
    assert notice.startswith("Halaman ini tentang pemilihan yang sudah lewat: Pilkada 2024, 27 Nov 2024.")
    assert "Pada Pilkada 2029, pemilih TPS 3 datang ke TPS 2." in notice
    assert (then.place, then.day, then.over) == (HALL, "2024-11-27", True)
    assert now == "pilkada-2029/kayu-agung/jua-jua.html"
    notice, then, now = voter.remembers(KERTA_MUKTI)
    assert "Pada Pilkada 2029, TPS Anda bisa lain." in notice
    assert (then.status, then.ballots, then.over) == ("repeat_vote", "Bupati", True)
    assert now == "pilkada-2029/air-sugihan/kerta-mukti.html"


def test_every_address_of_every_publication_answers_ever_after(
    first: Publication, again: Publication, corrected: Publication, later: Publication
) -> None:
    for older in (first, again, corrected):
        assert {path for path in older.addresses - later.addresses if not path.startswith("search/")} == set()


@pytest.fixture
def chain(later: Publication, office: Office, tmp_path: Path) -> list[str]:
    """The publications, as somebody has kept them who does not trust the office."""
    kept = ("first", "moved", "again", "third", "corrected", later.folder.name)
    return [str(shutil.copytree(office.folder / name, tmp_path / name)) for name in kept]


def test_a_page_that_somebody_altered_contradicts_all_else(chain: list[str], third: Publication, read: Reads) -> None:
    forged = third._replace(folder=Path(chain[3]))
    page = forged.folder / "pilkada-2024/mesuji-makmur/mesuji-jaya/tps-1.html"
    page.write_text(page.read_text("utf-8").replace("Balai", "Kantor"), "utf-8")
    found = read(forged).contradictions(MESUJI_JAYA, THIRD)
    ways = {line.partition(":")[0] for line in found}
    assert ways == {"page", "printed page", "address that was known at first", "message"}


def test_a_publication_that_somebody_altered_is_found(chain: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", *chain]) == 0
    forged, manifest = Path(chain[1]), Path(chain[1], "data/manifest.json")
    edit(forged / "data/tps.csv", HALL, SCHOOL)
    assert main(["verify", *chain]) == 1
    assert f"{forged}: data/tps.csv" in capsys.readouterr().err
    known = json.loads(manifest.read_bytes())
    known["files"]["data/tps.csv"] = hashlib.sha256((forged / "data/tps.csv").read_bytes()).hexdigest()
    manifest.write_text(json.dumps(known), "utf-8")
    assert main(["verify", *chain]) == 1
    assert f"{chain[2]} tidak bersambung pada {forged}" in capsys.readouterr().err
