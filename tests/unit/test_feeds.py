"""What feed readers and search engines fetch by themselves."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import html5lib
import pytest
from markupsafe import Markup

from sitegen.build import build
from sitegen.content.markdown import TAGS, to_html
from sitegen.history.recent import Recent
from sitegen.model.article import Correction
from sitegen.model.config import DataStatus
from sitegen.options import Options
from sitegen.output import feeds
from sitegen.output.change_feeds import change_feeds
from sitegen.pages.articles import NewsItem
from sitegen.pages.changes import Chain
from sitegen.pages.views import Site
from tests.support import ELECTION_FOLDER, edit, mini, mini_index, mini_news, mini_site, with_config

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BASE = "https://papan.example/situs/"
SUKARAJA = f"{ELECTION_FOLDER}/tps/pedamaran/sukaraja.yaml"


def absolute(url: str) -> str:
    return BASE + url


def feed(news: tuple[NewsItem, ...], site: Site | None = None, language: str = "id") -> ET.Element:
    return ET.fromstring(feeds.atom(replace(mini_index(site, news), kecamatan=()), absolute, language))


def text(element: ET.Element, name: str) -> str:
    found = element.find(ATOM + name)
    assert found is not None, name
    return found.text or ""


def locations(data: bytes) -> list[str]:
    return [element.text or "" for element in ET.fromstring(data).iter(f"{MAP}loc")]


def test_the_feed_and_its_entry() -> None:
    top = feed(mini_news())
    assert text(top, "id") == f"{BASE}berita.atom"
    assert text(top, "title") == "[Contoh] Berita KPU Kabupaten Contoh"
    assert text(top, "updated") == "2024-11-07T00:00:00+07:00"
    assert top.findtext(f"{ATOM}author/{ATOM}name") == "KPU Kabupaten Contoh"
    links = {link.get("rel"): link.get("href") for link in top.findall(f"{ATOM}link")}
    assert links == {"self": f"{BASE}berita.atom", "alternate": f"{BASE}berita.html"}
    [entry] = top.findall(f"{ATOM}entry")
    url = f"{BASE}berita/2024/11/pelantikan.html"
    assert text(entry, "id") == url
    assert text(entry, "title") == "[Contoh] Pelantikan KPPS"
    assert text(entry, "published") == text(entry, "updated") == "2024-11-07T00:00:00+07:00"
    assert text(entry, "summary") == "Petugas dilantik."
    content = entry.find(f"{ATOM}content")
    assert content is not None
    assert content.get("type") == "html"
    assert f'<a href="{BASE}cara-memilih.html#isi"' in (content.text or "")


def whole(item: NewsItem, language: str = "id") -> str:
    """The text of a news item in the feed, of which every address must stand by itself."""
    [entry] = feed((item,), language=language).findall(f"{ATOM}entry")
    found = text(entry, "content")
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parseFragment(found)
    addresses = [element.get(name) for element in tree.iter() for name in ("href", "src") if element.get(name)]
    assert addresses == [address for address in addresses if str(urlsplit(address).scheme) in ("https", "tel")]
    assert {str(element.tag) for element in tree.iter()} <= {
        *TAGS,
        "DOCUMENT_FRAGMENT",
        "figure",
        "figcaption",
        "s",
        "b",
    }
    return found


def item_of(body: str, *corrections: Correction) -> NewsItem:
    [item] = mini_news()
    head = replace(item.head, corrections=corrections)
    return replace(item, head=head, body=to_html(body).html)


def test_the_whole_text_stands_in_the_feed_with_addresses_that_lead_from_anywhere() -> None:
    found = whole(
        item_of("[a](/) [b](/data/tps.csv) [c](https://kpu.go.id/) [d](#e) [f](tel:112)\n\n## e\n\nx[^1]\n\n[^1]: y")
    )
    url = f"{BASE}berita/2024/11/pelantikan.html"
    for address in (f"{BASE}index.html", f"{BASE}data/tps.csv", "https://kpu.go.id/", f"{url}#e", f"{url}#fn:1"):
        assert f'href="{address}"' in found
    picture = '<figure><img src="/media/a.webp" width="6" height="4" alt="b" loading="lazy"></figure>'
    assert f'src="{BASE}media/a.webp"' in whole(replace(item_of(""), body=Markup(picture)))


def test_the_feed_tells_what_was_wrong_newest_first() -> None:
    first = Correction(date=dt.date(2024, 11, 8), text="Yang benar 1.249 & tetap.", was="1.248 <TPS>")
    found = whole(item_of("Isi.", first, Correction(date=dt.date(2024, 11, 9), text="Nama desa.")))
    assert found == (
        "<p>Isi.</p>\n<h2>Ralat</h2>\n<p><b>9 November 2024.</b> Nama desa.</p>\n"
        "<p><b>8 November 2024.</b> Sebelumnya tertulis: <s>1.248 &lt;TPS&gt;</s> Yang benar 1.249 &amp; tetap.</p>"
    )
    assert "<h2>" not in whole(item_of("Isi."))
    assert "It said: <s>" in whole(item_of("Isi.", first), "en")


def test_a_feed_has_what_atom_asks_for() -> None:
    items = (item_of("Satu."), replace(item_of("Dua."), url="berita/2024/11/dua.html"))
    top = ET.fromstring(feeds.atom(mini_index(news=items), absolute, "id"))
    assert top.tag == f"{ATOM}feed"
    ids = []
    for element in (top, *top.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1, name
        ids.append(text(element, "id"))
        assert urlsplit(ids[-1]).scheme == "https"
        assert dt.datetime.fromisoformat(text(element, "updated")).tzinfo is not None
        assert [link.get("rel") for link in element.findall(f"{ATOM}link")].count("alternate") == 1
        for content in element.findall(f"{ATOM}content"):
            assert content.attrib == {"type": "html"}
    assert len(ids) == len(set(ids)) == 4
    assert top.findtext(f"{ATOM}author/{ATOM}name")
    unknown = {element.tag.removeprefix(ATOM) for element in top.iter()} - {
        *("feed", "entry", "id", "title", "updated", "published", "link", "author", "name", "summary", "content"),
    }
    assert unknown == set()


def test_a_correction_updates_the_entry_and_the_feed() -> None:
    [item] = mini_news()
    head = replace(item.head, corrections=(Correction(date=dt.date(2024, 11, 9), text="Salah."),))
    top = feed((replace(item, head=head), replace(item, url="berita/2024/11/lain.html")))
    first, second = top.findall(f"{ATOM}entry")
    assert text(top, "updated") == text(first, "updated") == "2024-11-09T00:00:00+07:00"
    assert text(first, "published") == text(second, "updated") == "2024-11-07T00:00:00+07:00"
    assert text(first, "id") != text(second, "id")


def test_a_change_of_a_tps_is_an_entry_that_names_no_place() -> None:
    top = ET.fromstring(feeds.atom(mini_index(news=mini_news()), absolute, "id"))
    change, news = top.findall(f"{ATOM}entry")
    assert text(top, "updated") == text(change, "updated") == "2024-11-29T16:00:00+07:00"
    assert text(change, "title") == "[Contoh] TPS 1 Sukaraja, Kec. Pedamaran: Pemungutan suara ulang"
    url = f"{BASE}pilkada-2024/pedamaran/sukaraja/tps-1.html"
    assert text(change, "id") == f"{url}#repeat-vote-202411291600"
    assert [link.get("href") for link in change.findall(f"{ATOM}link")] == [url]
    assert text(change, "summary") == "Minggu, 1 Desember 2024. Rekomendasi nomor 000 (contoh)"
    assert "Balai" not in ET.tostring(change, "unicode")
    assert text(news, "title") == "[Contoh] Pelantikan KPPS"


def test_a_change_of_a_past_election_names_it() -> None:
    past = mini_index(replace(mini_site(), current="Pilkada 2029"))
    index = replace(mini_index(), kecamatan=(), earlier=(past,))
    title = "[Contoh] TPS 1 Sukaraja, Kec. Pedamaran: Pemungutan suara ulang (Pilkada 2024)"
    told = [feeds.atom(index, absolute, "id")]
    told += [data for _, data in change_feeds(index, Chain(Recent(), 1), absolute, "id")]
    for data in told:
        assert title in [text(entry, "title") for entry in ET.fromstring(data).findall(f"{ATOM}entry")]


def test_what_only_the_press_told_is_no_decree(tmp_path: Path) -> None:
    site = mini(tmp_path)
    edit(site / SUKARAJA, "decree: Rekomendasi nomor 000 (contoh)", "source: {name: Koran (contoh)}")
    top = ET.fromstring(feeds.atom(mini_index(folder=site), absolute, "id"))
    [change] = top.findall(f"{ATOM}entry")
    assert text(change, "summary") == "Minggu, 1 Desember 2024. Diberitakan Koran (contoh)"


@pytest.mark.parametrize(
    ("status", "language", "mark"),
    [
        (DataStatus.SAMPLE, "id", "[Contoh] "),
        (DataStatus.SAMPLE, "en", "[Sample] "),
        (DataStatus.PROVISIONAL, "id", "[Sementara] "),
        (DataStatus.OFFICIAL, "id", ""),
    ],
)
def test_titles_carry_the_mark_of_the_data(status: DataStatus, language: str, mark: str) -> None:
    top = feed(mini_news(), with_config(data_status=status), language)
    [entry] = top.findall(f"{ATOM}entry")
    assert text(entry, "title") == f"{mark}Pelantikan KPPS"
    assert text(top, "title").startswith(mark or ("News" if language == "en" else "Berita"))


def test_a_feed_without_news_has_a_date_too() -> None:
    assert text(feed(()), "updated") == "2024-11-27T00:00:00+07:00"


def test_signs_of_xml_are_escaped() -> None:
    [item] = mini_news()
    [entry] = feed((replace(item, head=replace(item.head, title="A & B <c>")),)).findall(f"{ATOM}entry")
    assert text(entry, "title") == "[Contoh] A & B <c>"


def test_a_sitemap_holds_every_address() -> None:
    made = feeds.sitemaps([absolute(url) for url in ("", "a.html", "b.html?x=1&y=2")], absolute)
    assert list(made) == ["sitemap.xml"]
    assert locations(made["sitemap.xml"]) == [BASE, f"{BASE}a.html", f"{BASE}b.html?x=1&y=2"]


@pytest.mark.parametrize(("count", "sizes"), [(3, []), (4, [3, 1]), (6, [3, 3]), (7, [3, 3, 1])])
def test_a_sitemap_is_split_above_its_limit(monkeypatch: pytest.MonkeyPatch, count: int, sizes: list[int]) -> None:
    assert feeds.MAX_URLS == 50_000
    monkeypatch.setattr(feeds, "MAX_URLS", 3)
    urls = [f"{number}.html" for number in range(count)]
    made = feeds.sitemaps([absolute(url) for url in urls], absolute)
    parts = [f"sitemap-{number}.xml" for number in range(1, len(sizes) + 1)]
    assert sorted(made) == sorted(["sitemap.xml", *parts])
    assert [len(locations(made[part])) for part in parts] == sizes
    if parts:
        assert locations(made["sitemap.xml"]) == [BASE + part for part in parts]
        assert ET.fromstring(made["sitemap.xml"]).tag == f"{MAP}sitemapindex"
    assert [url for part in (parts or ["sitemap.xml"]) for url in locations(made[part])] == [BASE + u for u in urls]


def test_robots() -> None:
    assert feeds.robots(None) == b"User-agent: *\nAllow: /\n"
    assert feeds.robots(absolute) == f"User-agent: *\nAllow: /\nSitemap: {BASE}sitemap.xml\n".encode()


def published(folder: Path) -> Path:
    build(Options(folder / "site_config.yaml", folder / "content", folder / "_site"))
    return folder / "_site"


def test_a_built_site_lists_its_pages_and_nothing_else(tmp_path: Path) -> None:
    out = published(mini(tmp_path))
    pages = {path.relative_to(out).as_posix() for path in out.rglob("*.html")}
    wanted = {url for url in pages if not url.startswith("d/")} - {"404.html", "luring.html", "index.html"} | {""}
    found = locations((out / "sitemap.xml").read_bytes())
    assert sorted(found) == sorted(BASE + url for url in wanted)
    assert (out / "berita.atom").exists()


def test_without_an_address_there_is_neither_feed_nor_sitemap_nor_canonical_link(tmp_path: Path) -> None:
    site = mini(tmp_path)
    edit(site / "site_config.yaml", "base_url: https://papan.example/situs/", "")
    out = published(site)
    assert not (out / "berita.atom").exists()
    assert not list(out.glob("sitemap*"))
    assert (out / "robots.txt").read_bytes() == b"User-agent: *\nAllow: /\n"
    # A redirect names its target, which it can do without an address.
    pages = "".join(path.read_text("utf-8") for path in out.rglob("*.html") if path.parent.name != "d")
    assert "papan.example" not in pages
    assert 'rel="canonical"' not in pages
    assert "berita.atom" not in pages
    assert "None" not in pages
