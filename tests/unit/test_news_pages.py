"""News on its own pages: what is shown first, months, neighbours, corrections, and the places that it is about."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from sitegen.cli import main
from sitegen.pages import news
from sitegen.pages.articles import NewsItem
from sitegen.pages.index import HOME_NEWS
from tests.support import ELECTION_FOLDER, edit, mini, mini_news

ARTICLE = "berita/2024/11/pelantikan.html"
TPS = "pilkada-2024/kayu-agung/jua-jua/tps-1.html"


@pytest.fixture(autouse=True)
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The small good site as the current folder."""
    monkeypatch.chdir(mini(tmp_path))


def write(name: str, head: str = "", text: str = "Isi.") -> None:
    """A news item; its title is its name."""
    path = Path(f"content/news/{name}.md")
    path.write_text(f"---\ntitle: {name}\nsummary: Ringkas.\nsources: [{{name: Contoh}}]\n{head}---\n{text}\n", "utf-8")


def built(*arguments: str) -> None:
    assert main(["--jobs", "1", *arguments]) == 0


def page(url: str) -> str:
    return Path("_site", url).read_text("utf-8")


def links(url: str) -> list[str]:
    """Where a page's own part leads to, in order."""
    return re.findall(r'href="([^"]+)"', page(url).partition("<main")[2].partition("</main>")[0])


def titles(url: str) -> list[str]:
    """Names of the news items that a page lists, in order."""
    return [name for href in links(url) if (name := href.rpartition("/")[2].removesuffix(".html")).startswith("n-")]


def test_every_month_has_a_page_with_all_its_news_and_its_neighbours() -> None:
    for name in ("2024-09-01-n-a", "2024-11-20-n-c", "2025-01-02-n-d"):
        write(name)
    built()
    assert titles("berita/2024/11.html") == ["n-c"]
    assert "Pelantikan KPPS" in page("berita/2024/11.html")
    assert "<h1>Berita November 2024</h1>" in page("berita/2024/11.html")
    found = page("berita/2024/11.html")
    assert '<a href="../../berita/2025/01.html" rel="next">' in found
    assert '<a href="../../berita/2024/09.html" rel="prev">' in found
    assert 'rel="next"' not in page("berita/2025/01.html")
    assert 'rel="prev"' not in page("berita/2024/09.html")
    months = ["berita/2025/01.html", "berita/2024/11.html", "berita/2024/09.html"]
    assert [href for href in links("berita.html") if href in months] == months
    assert "November 2024 (2)" in page("berita.html")


def test_an_item_leads_to_the_next_and_the_one_before() -> None:
    write("2024-11-06-n-a")
    write("2024-11-08-n-b")
    built()
    found = page(ARTICLE)
    assert '<a href="../../../berita/2024/11/n-b.html" rel="next">' in found
    assert '<a href="../../../berita/2024/11/n-a.html" rel="prev">' in found
    assert 'rel="next"' not in page("berita/2024/11/n-b.html")
    assert 'rel="prev"' not in page("berita/2024/11/n-a.html")


def test_the_list_holds_the_latest_and_the_months_hold_all() -> None:
    days = [f"2024-10-{day:02}-n-{day:02}" for day in range(1, news.LATEST + 3)]
    for name in days:
        write(name)
    built()
    newest_first = [name[11:] for name in reversed(days)]
    assert titles("berita.html") == newest_first[: news.LATEST - 1]  # the small site has a newer one
    assert titles("berita/2024/10.html") == newest_first


@pytest.mark.parametrize(
    ("until", "is_first"), [("2024-11-30", True), ("2024-11-29", False), ("2025-06-01", True)], ids=str
)
def test_an_item_is_first_as_long_as_the_data_are_not_newer(until: str, is_first: bool) -> None:
    write("2024-11-01-n-old", f"pinned_until: {until}\n")
    for day in range(1, HOME_NEWS + 1):
        write(f"2024-11-1{day}-n-{day}")
    built()
    assert (titles("berita.html")[0] == "n-old") is is_first
    assert (titles("index.html")[:1] == ["n-old"]) is is_first
    assert len([href for href in links("index.html") if href.startswith("berita/")]) == HOME_NEWS
    assert titles("berita.html").count("n-old") == titles("berita/2024/11.html").count("n-old") == 1


def test_a_newer_item_tells_that_a_day_is_over() -> None:
    write("2024-11-01-n-old", "pinned_until: 2024-12-08\n")
    write("2024-12-09-n-new")
    built()
    assert titles("berita.html")[0] == "n-new"


def test_all_items_that_are_first_stand_there() -> None:
    write("2024-11-01-n-a", "pinned_until: 2024-12-08\n")
    write("2024-11-02-n-b", "pinned_until: 2024-12-01\n")
    write("2024-11-20-n-c")
    built()
    assert titles("berita.html") == ["n-b", "n-a", "n-c"]
    assert page("berita.html").count('class="pinned"') == 2


def test_pages_of_tps_and_villages_show_what_names_them() -> None:
    edit(Path("content/news/2024-11-07-pelantikan.md"), "villages: [16.02.05.1010]\n", "")
    built()
    before = page(TPS)
    write("2024-11-20-n-tps", "tps: [{village: 16.02.05.1010, number: 1}]\n")
    write("2024-11-21-n-village", "villages: [16.02.05.1010]\n")
    built()
    assert titles(TPS) == ["n-tps"]
    assert titles(TPS.replace("tps-1", "tps-2")) == []
    assert titles("pilkada-2024/kayu-agung/jua-jua.html") == ["n-village", "n-tps"]
    assert titles("pilkada-2024/kayu-agung/celikah.html") == []
    assert f"../../../{TPS}" in links("berita/2024/11/n-tps.html")
    assert "TPS 1 Jua-jua, Kec. Kayu Agung" in page("berita/2024/11/n-tps.html")
    assert "../../../pilkada-2024/kayu-agung/jua-jua.html" in links("berita/2024/11/n-village.html")
    assert page(TPS) != before
    Path("content/news/2024-11-20-n-tps.md").unlink()
    built()
    assert page(TPS) == before


def test_a_tps_of_a_kecamatan_with_mistakes_is_not_called_missing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write("2024-11-20-n-tps", "tps: [{village: 16.02.05.1010, number: 1}]\n")
    edit(Path(ELECTION_FOLDER, "tps/kayu-agung/jua-jua.yaml"), "number: 1", "nummer: 1")
    assert main(["--jobs", "1"]) == 1
    assert "tidak punya TPS" not in capsys.readouterr().err


def test_a_correction_says_when_and_what_was_wrong() -> None:
    corrections = (
        "corrections:\n  - {date: 2024-11-08, was: Ada 1.248 TPS., text: Yang benar 1.249.}\n"
        "  - {date: 2024-11-09, text: Nama desa.}\n"
    )
    write("2024-11-07-n-a", corrections)
    built()
    found = page("berita/2024/11/n-a.html")
    first = '<p class="small"><b>9 November 2024.</b> Nama desa.</p>'
    second = "<b>8 November 2024.</b> Sebelumnya tertulis: <s>Ada 1.248 TPS.</s> Yang benar 1.249.</p>"
    assert 0 < found.index(first) < found.index(second)
    assert '<a href="#koreksi">Dikoreksi 9 November 2024</a>' in found
    for url in ("berita.html", "berita/2024/11.html"):
        assert page(url).count("Dikoreksi 9 November 2024") == 1
    assert '"@type":"CorrectionComment","datePublished":"2024-11-09"' in found


def test_months_in_another_language() -> None:
    edit(Path("site_config.yaml"), "data_status: sample", "data_status: sample\nlanguages: [id, en]")
    write("2024-05-07-n-a", text="[Data](/data/tps.csv), [cara](/cara-memilih.html)")
    built()
    assert "<h1>News of May 2024</h1>" in page("en/berita/2024/05.html")
    assert "<h1>Berita Mei 2024</h1>" in page("berita/2024/05.html")
    # Data files lie once, pages in every language.
    assert {"../../../../data/tps.csv", "../../../cara-memilih.html"} <= set(links("en/berita/2024/05/n-a.html"))


def test_months_without_news_are_none() -> None:
    assert news.months(()) == ()
    assert news.pinned((), dt.datetime(2024, 11, 27)) == ()
    [item] = mini_news()
    assert [type(one) for month in news.months([item]) for one in month.items] == [NewsItem]
