"""The truth changes three times: at each step every way to look it up tells the same."""

from __future__ import annotations

import csv
import io
import re
import sys
from pathlib import Path
from typing import Any

import icalendar
import pytest

from sitegen.cli import main
from tests.support import before_the_vote, edit, mini, snapshot

TPS = "pilkada-2024/kayu-agung/jua-jua/tps-2.html"
VILLAGE = "pilkada-2024/kayu-agung/jua-jua.html"
PERMANENT = "d/1602051010.html"
OWN_CALENDAR = TPS.replace(".html", ".ics")
BASE = "https://papan.example/"


class Publication:
    """The site as readers find it."""

    def __init__(self) -> None:
        assert main(["--jobs", "1", "--base-url", BASE]) == 0
        self.files = snapshot(Path("_site"))

    def words(self, path: str) -> str:
        """What a reader sees of a page without a script."""
        text = self.files[path].decode()
        text = re.sub(
            r"<(script|style|template)\b.*?</\1>|<(\w+)[^>]* hidden>.*?</\2>|<[^>]*>", " ", text, flags=re.DOTALL
        )
        return " ".join(text.split())

    def notice(self, path: str) -> str:
        """The notice of a page."""
        found = re.search(r'<section class="notice.*?</section>', self.files[path].decode(), re.DOTALL)
        return " ".join(re.sub(r"<[^>]*>", " ", found[0]).split()) if found else ""

    def row(self) -> dict[str, str]:
        """The TPS in the data file."""
        rows = csv.DictReader(io.StringIO(self.files["data/tps.csv"].decode()))
        return next(row for row in rows if row["page"] == TPS)

    def titles(self) -> list[str]:
        """Titles of the feed."""
        return re.findall(r"<title>\[Contoh\] (TPS .*?)</title>", self.files["berita.atom"].decode())

    def search(self) -> str:
        """What the search index has of changed TPS of the village."""
        index = next(data for data in self.files.values() if b"`\t\tpilkada" in data)
        [line] = re.findall(r"^Jua-jua[^`\n]*", index.decode(), re.MULTILINE)
        return str(line).split("\t")[-1]

    def days(self, path: str) -> list[str]:
        """Titles and days of a calendar file."""
        events: list[Any] = icalendar.Calendar.from_ical(self.files[path]).walk("VEVENT")
        return [f"{event['summary']} {event['dtstart'].dt:%Y-%m-%d}" for event in events]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small good site on the eve of the vote, as the current folder; nobody answers questions."""
    monkeypatch.chdir(mini(tmp_path))
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    before_the_vote(tmp_path)
    return tmp_path


def change(kind: str, *options: str) -> Publication:
    assert main(["change", "Jua-jua", "2", kind, *options, "--jobs", "1"]) == 0
    return Publication()


def test_one_truth_at_every_step(site: Path) -> None:
    first = Publication()
    assert (first.notice("index.html"), first.notice(VILLAGE), first.notice(TPS)) == ("", "", "")
    assert first.row()["status"] == "planned"
    assert "Sudah lewat" not in first.words(TPS)
    assert "Belum ada perubahan" in first.words("perubahan.html")

    moved = change("moved", "--place", "Pasar", "--decree", "BA 1", "--decided", "2024-11-26 16:30")
    assert moved.notice("index.html") == "TPS 2 Jua-jua (Kayu Agung) pindah tempat. Lihat"
    assert moved.notice(VILLAGE) == "TPS 2 pindah ke Pasar. Lihat TPS 2"
    for path in (TPS, VILLAGE, "perubahan.html"):
        text = moved.files[path].decode()
        assert re.search(r"<s>SDN 1 <span class=\"whole\">Jua-jua</span> \(contoh\)</s>", text), path
        assert "Pasar" in moved.words(path), path
        assert "Diputuskan Selasa, 26 November 2024 pukul 16.30 WIB. BA 1." in moved.words(path), path
    assert (moved.row()["status"], moved.row()["place"], moved.row()["vote_date"]) == ("moved", "Pasar", "2024-11-27")
    assert moved.titles() == ["TPS 2 Jua-jua, Kec. Kayu Agung: Pindah tempat"]
    assert moved.search() == "2-2"
    assert b'"Pasar"' not in b"".join(re.findall(rb"<meta[^>]*>|<script type=.*?</script>", moved.files[TPS]))
    assert VILLAGE in moved.files[PERMANENT].decode()

    again = change(
        "repeat-vote", "--date", "2024-12-01", "--opens", "07:00", "--races", "bupati", "--decree", "Surat 2",
        "--decided", "2024-11-29 10:00",
    )  # fmt: skip
    assert again.notice("index.html") == "TPS 2 Jua-jua (Kayu Agung) memilih lagi 1 Des 2024. Lihat"
    for path in (TPS, VILLAGE, "jadwal.html", "perubahan.html"):
        words = again.words(path)
        assert "Minggu, 1 Desember 2024" in words, path
        assert "Hanya surat suara Bupati." in words, path
        assert "Surat 2" in words, path
    assert "<s>Rabu, 27 November 2024</s>" in again.files[TPS].decode()
    assert again.days(OWN_CALENDAR) == ["[Contoh] Pemungutan suara ulang: TPS 2 Jua-jua, Kec. Kayu Agung 2024-12-01"]
    assert "[Contoh] Pemungutan suara ulang di 1 TPS 2024-12-01" in again.days("pilkada-2024/jadwal.ics")
    assert OWN_CALENDAR.rpartition("/")[2] in again.files[TPS].decode()
    assert (again.row()["status"], again.row()["vote_date"]) == ("repeat_vote", "2024-12-01")
    assert again.row()["data_as_of"] == "2024-11-29T10:00:00+07:00"
    assert again.titles()[0] == "TPS 2 Jua-jua, Kec. Kayu Agung: Pemungutan suara ulang"
    assert "Data per Jumat, 29 November 2024 pukul 10.00 WIB" in again.words(TPS)

    schedule = site / "content/elections/pilkada-2024/schedule.yaml"
    edit(schedule, "as_of: 2024-11-26", "as_of: 2024-12-02")
    over = Publication()
    assert (over.notice("index.html"), over.notice(VILLAGE)) == ("", "")
    assert "Minggu, 1 Desember 2024 Sudah lewat" in over.words(TPS)
    assert "Rabu, 27 November 2024 Sudah lewat" in over.words(TPS.replace("tps-2", "tps-1"))
    assert "Sudah lewat · Minggu, 1 Desember 2024" in over.words("jadwal.html")


def test_a_page_claims_nothing_about_a_day_that_it_cannot_know(site: Path) -> None:
    del site
    first = Publication()
    for path in ("index.html", "jadwal.html", VILLAGE, TPS):
        words = first.words(path)
        assert "27 November 2024" in words, path
        assert "Sudah lewat" not in words, path
        assert "Berikutnya" not in words, path
