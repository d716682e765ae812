"""Whether a vote is over: pages say it without a script where the data know it, and otherwise claim nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen.cli import main
from tests.support import before_the_vote, edit, mini

VILLAGE = "pilkada-2024/kayu-agung/jua-jua.html"
PLANNED, AGAIN = (f"pilkada-2024/kayu-agung/jua-jua/tps-{number}.html" for number in (1, 2))
REPEAT = ("--date", "2024-12-01", "--opens", "07:00", "--decree", "Surat 2", "--decided", "2024-11-29 10:00")


def published(path: str) -> str:
    """What a reader sees of a page without a script."""
    text = re.sub(
        r"<(script|style|template)\b.*?</\1>|<(\w+)[^>]* hidden>.*?</\2>|<[^>]*>",
        " ",
        Path("_site", path).read_text("utf-8"),
        flags=re.DOTALL,
    )
    return " ".join(text.split())


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small good site on the eve of the vote, as the current folder."""
    monkeypatch.chdir(mini(tmp_path))
    before_the_vote(tmp_path)
    return tmp_path


def test_data_of_a_later_day_say_that_votes_are_over(site: Path) -> None:
    assert main(["change", "Jua-jua", "2", "repeat-vote", *REPEAT, "--yes", "--jobs", "1"]) == 0
    edit(site / "content/elections/pilkada-2024/schedule.yaml", "as_of: 2024-11-26", "as_of: 2024-12-02")
    assert main(["--jobs", "1"]) == 0
    assert "Minggu, 1 Desember 2024 Sudah lewat" in published(AGAIN)
    assert "Rabu, 27 November 2024 Sudah lewat" in published(PLANNED)
    assert "Sudah lewat · Minggu, 1 Desember 2024" in published("jadwal.html")
    assert "memilih lagi" not in published("index.html") + published(VILLAGE)


@pytest.mark.usefixtures("site")
def test_a_page_claims_nothing_about_a_day_that_it_cannot_know() -> None:
    assert main(["--jobs", "1"]) == 0
    for path in ("index.html", "jadwal.html", VILLAGE, PLANNED):
        words = published(path)
        assert "27 November 2024" in words, path
        assert "Sudah lewat" not in words, path
        assert "Berikutnya" not in words, path
