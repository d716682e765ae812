"""A news item that is begun with a command."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from sitegen.cli import main
from sitegen.content.documents import Loader
from sitegen.content.site import NEWS
from sitegen.news import new_news
from sitegen.problems import UsageError
from tests.support import edit, mini, snapshot

DAY = dt.date(2024, 11, 7)
TITLE = 'KPPS "dilantik": 8.743 orang & siap'


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small good site as the current folder."""
    monkeypatch.chdir(mini(tmp_path))
    return tmp_path


def test_the_file_is_valid_and_named_by_date_and_title(site: Path) -> None:
    path = new_news(site / "content", TITLE, DAY)
    assert path == site / "content" / "news" / "2024-11-07-kpps-dilantik-8-743-orang-siap.md"
    loader = Loader()
    document = loader.markdown(path, NEWS)
    assert loader.problems == []
    assert document is not None
    assert document.data.title == TITLE
    assert document.data.draft


def test_what_is_there_is_never_overwritten(site: Path) -> None:
    new_news(site / "content", TITLE, DAY).write_text("mine", "utf-8")
    before = snapshot(site)
    with pytest.raises(UsageError):
        new_news(site / "content", TITLE, DAY)
    assert snapshot(site) == before


@pytest.mark.parametrize("title", ["", "  ", "a\nb", "x" * 301])
def test_what_cannot_be_a_title_is_refused(site: Path, title: str) -> None:
    before = snapshot(site)
    with pytest.raises(UsageError):
        new_news(site / "content", title, DAY)
    assert snapshot(site) == before


def test_it_needs_a_site(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        new_news(tmp_path / "content", TITLE, DAY)
    assert not (tmp_path / "content").exists()


def test_a_draft_is_checked_but_published_only_when_it_is_finished(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "news", "Rapat terbuka", "--date", "2024-11-07"]) == 0
    path = Path("content/news/2024-11-07-rapat-terbuka.md")
    assert str(path) in capsys.readouterr().out
    assert main(["check", "--jobs", "1"]) == 0
    told = capsys.readouterr().out
    assert "Berita ini masih draf" in told
    assert f"{path}:5" in told
    assert main(["--jobs", "1"]) == 0
    assert capsys.readouterr().err.startswith("PERINGATAN 1 ")
    published = snapshot(site / "_site")
    assert not [name for name, data in published.items() if "rapat-terbuka" in name or b"Rapat terbuka" in data]
    edit(path, "sources:", "source:")
    assert main(["check", "--jobs", "1"]) == 1
    edit(path, "source:", "sources:")
    edit(path, "draft: true # hapus baris ini jika berita sudah selesai\n", "")
    write_out(path)
    assert main(["--jobs", "1"]) == 0
    assert "berita/2024/11/rapat-terbuka.html" in snapshot(site / "_site")


def write_out(path: Path) -> None:
    """Replace every place to fill in of a news item."""
    for place in PLACES:
        edit(path, place, "Sudah ditulis.")


PLACES = (
    "Tulis di sini apa yang terjadi, dalam satu atau dua kalimat.",
    "Tulis siapa yang mengumumkan, dan nomor atau tanggal suratnya",
    "Tulis apa yang terjadi, di mana, dan kapan.",
    "Lalu dasarnya: siapa yang mengumumkan, surat nomor berapa.",
    "Tulis apa yang perlu dilakukan pemilih.",
)


def test_what_was_not_written_yet_is_not_published(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = new_news(site / "content", "Rapat terbuka", DAY).relative_to(site)
    edit(path, "draft: true # hapus baris ini jika berita sudah selesai\n", "")
    assert main(["--jobs", "1"]) == 1
    told = capsys.readouterr().err
    assert [line.split()[1] for line in told.splitlines() if line.startswith("GALAT")] == [
        f"{path}:{line}" for line in (4, 6, 9, 9, 13)
    ]
    assert all(place in told for place in PLACES)
    write_out(path)
    edit(path, "Sudah ditulis.\n\n##", f"Sudah ditulis. {PLACES[3]}\n\n##")
    assert main(["--jobs", "1"]) == 1
    assert f"{path}:9 " in capsys.readouterr().err


def test_without_a_date_it_is_of_today(site: Path) -> None:
    days = {dt.date.today()}  # noqa: DTZ011 the writer's day
    assert main(["new", "news", "Rapat"]) == 0
    days.add(dt.date.today())  # noqa: DTZ011
    (path,) = (site / "content" / "news").glob("*-rapat.md")
    assert dt.date.fromisoformat(path.name[:10]) in days
