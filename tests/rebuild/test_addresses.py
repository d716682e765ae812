"""An address that was published once answers for good: with its page, or by leading to another."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sitegen import ledger
from sitegen.cli import main
from tests.support import JUA_JUA, before_the_vote, edit, mini, snapshot

LIST, REDIRECTS = Path("content/addresses.txt"), Path("content/redirects.yaml")
NEWS = Path("content/news/2024-11-07-pelantikan.md")
OLD_NEWS, NEW_NEWS = "berita/2024/11/pelantikan.html", "berita/2024/11/dilantik.html"
VILLAGE = "pilkada-2024/kayu-agung/jua-jua"


@pytest.fixture(autouse=True)
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small good site as the current folder, published; its content keeps the list of its addresses."""
    monkeypatch.chdir(mini(tmp_path))
    before_the_vote(tmp_path)
    assert build() == 0
    shutil.copy("_site/data/addresses.txt", LIST)
    return tmp_path


def build(*options: str) -> int:
    return main(["build", "--jobs", "1", *options])


def redirect(*pairs: tuple[str, str]) -> None:
    """Declare where addresses lead."""
    lines = [f"  - old: {old}\n    new: {new}\n" for old, new in pairs]
    REDIRECTS.write_text("redirects:\n" + "".join(lines), "utf-8")


def rename_news() -> None:
    NEWS.rename(NEWS.with_name("2024-11-07-dilantik.md"))


def rename_village() -> None:
    edit(Path("content/regions/kayu-agung.yaml"), "name: Jua-jua\n", "name: Jua-jua\n    slug: jua-jua-baru\n")
    Path(JUA_JUA).rename(Path(JUA_JUA).with_name("jua-jua-baru.yaml"))


def page(path: str) -> str:
    return Path("_site", path).read_text("utf-8")


def test_the_list_has_every_page_of_every_language() -> None:
    edit(Path("site_config.yaml"), "election:", "languages: [id, en]\nelection:")
    assert build() == 0
    listed = page("data/addresses.txt").splitlines()
    assert listed == sorted(set(listed))
    pages = {path for path in snapshot(Path("_site")) if path.endswith(".html")}
    assert pages - set(listed) == {f"{folder}{name}.html" for folder in ("", "en/") for name in ("404", "luring")}
    assert set(listed) <= pages
    assert {f"{VILLAGE}/tps-1.html", "d/1602051010.html", f"en/{OLD_NEWS}"} <= set(listed)


def test_an_address_that_would_be_lost_stops_the_build(capsys: pytest.CaptureFixture[str]) -> None:
    before = snapshot(Path("_site"))
    rename_news()
    rename_village()
    line = LIST.read_text("utf-8").splitlines().index(OLD_NEWS) + 1
    for command in ("build", "check"):
        capsys.readouterr()
        assert main([command, "--jobs", "1"]) == 1
        said = "".join(capsys.readouterr())
        assert f"content/addresses.txt:{line}" in said
        lost = [OLD_NEWS, f"{VILLAGE}.html", f"{VILLAGE}/tps-1.html", f"{VILLAGE}/tps-2.html"]
        assert "tidak lagi membuka apa-apa (4): " + ", ".join(f"/{address}" for address in lost) in said
        assert "content/redirects.yaml" in said
    assert snapshot(Path("_site")) == before


def test_a_redirect_holds_in_every_language() -> None:
    edit(Path("site_config.yaml"), "election:", "languages: [id, en]\nelection:")
    assert build() == 0
    shutil.copy("_site/data/addresses.txt", LIST)
    rename_village()
    redirect((f"{VILLAGE}/", f"{VILLAGE}-baru/"), (f"{VILLAGE}.html", f"{VILLAGE}-baru.html"))
    assert build() == 0
    assert "<h1>This page moved: TPS 2 Jua-jua, Kec. Kayu Agung</h1>" in page(f"en/{VILLAGE}/tps-2.html")


def test_a_language_that_is_given_up_loses_its_addresses(capsys: pytest.CaptureFixture[str]) -> None:
    LIST.write_text("berita.html\nen/berita.html\n", "utf-8")
    assert build() == 1
    assert "(1): /en/berita.html\n" in capsys.readouterr().err
    redirect(("en/", "index.html"))
    assert build() == 0
    assert 'url=../index.html"' in page("en/berita.html")


def test_a_redirect_leads_there_without_a_script() -> None:
    rename_news()
    rename_village()
    redirect(
        (f"/{OLD_NEWS}", f"/{NEW_NEWS}"),
        (f"{VILLAGE}/", f"{VILLAGE}-baru/"),
        (f"{VILLAGE}.html", f"{VILLAGE}-baru.html"),
    )
    assert build() == 0
    news, village, tps = page(OLD_NEWS), page(f"{VILLAGE}.html"), page(f"{VILLAGE}/tps-2.html")
    assert "<script" not in news + village + tps
    assert f'content="0; url=../../../{NEW_NEWS}"' in news
    assert f'<a class="onward" href="../../../{NEW_NEWS}">' in news
    assert "<h1>Halaman ini pindah: Pelantikan KPPS</h1>" in news
    assert "<h1>Halaman ini pindah: Kelurahan Jua-jua, Kec. Kayu Agung</h1>" in village
    assert f'href="../../../{VILLAGE}-baru/tps-2.html"' in tps
    assert "<h1>Halaman ini pindah: TPS 2 Jua-jua, Kec. Kayu Agung</h1>" in tps
    assert set(LIST.read_text("utf-8").splitlines()) < set(page("data/addresses.txt").splitlines())
    assert NEW_NEWS in page("sitemap.xml")
    assert OLD_NEWS not in page("sitemap.xml")


def test_a_folder_may_lead_to_one_page() -> None:
    text = Path(JUA_JUA).read_text("utf-8")
    Path(JUA_JUA).write_text(text[: text.index("  - number: 2")], "utf-8")
    redirect((f"{VILLAGE}/", f"{VILLAGE}.html"), ("pilkada-2024/", "berita.html"))
    assert build() == 0
    assert f'url=../../../{VILLAGE}.html"' in page(f"{VILLAGE}/tps-2.html")
    assert "Halaman ini pindah" not in page(f"{VILLAGE}/tps-1.html")


def test_the_publication_before_is_held_to_too(capsys: pytest.CaptureFixture[str]) -> None:
    LIST.unlink()
    assert build("--out", "p1") == 0
    rename_news()
    assert build("--out", "p2") == 0
    assert build("--out", "p3", "--previous", "p1") == 1
    assert "p1: data/addresses.txt:" in capsys.readouterr().err
    redirect((OLD_NEWS, NEW_NEWS))
    assert build("--out", "p3", "--previous", "p1") == 0
    REDIRECTS.unlink()
    assert build("--out", "p4", "--previous", "p3") == 1


def test_a_publication_of_before_addresses_were_listed_binds_nobody() -> None:
    LIST.unlink()
    assert build("--out", "p1") == 0
    manifest = Path("p1/data/manifest.json")
    text = manifest.read_text("utf-8")
    [line] = [line for line in text.splitlines() if "addresses.txt" in line]
    manifest.write_text(text.replace(line + "\n", ""), "utf-8")
    rename_news()
    assert build("--out", "p2", "--previous", "p1") == 0


@pytest.mark.parametrize(
    ("pairs", "line", "what", "fix"),
    [
        ([("index.html", "berita.html")], 2, "Di /index.html ada halaman", "Hapus"),
        ([("a.html", "berit.html")], 3, "Tidak ada halaman di /berit.html", '"/berita.html"'),
        ([("a.html", "b.html"), ("b.html", "berita.html")], 3, "Tidak ada halaman di /b.html", "ke /berita.html"),
        ([("a.html", "b.html"), ("b.html", "a.html")], 5, "Tidak ada halaman di /a.html", "ke /b.html"),
        ([("a.html", "a.html")], 3, "Tidak ada halaman di /a.html", "ke /a.html"),
        ([("a.html", "berita.html"), ("a.html", "berita.html")], 4, "/a.html dialihkan dua kali", ""),
        ([("a.html", "berita/")], 3, "folder (/berita/)", "Tulis alamat sebuah halaman."),
        ([("../a.html", "berita.html")], 2, "bukan alamat halaman", "dari akar situs"),
        ([("a.txt", "berita.html")], 2, "bukan alamat halaman", "dari akar situs"),
        ([("static.html/a.html", "berita.html")], 2, "bukan alamat halaman", "dari akar situs"),
        ([("a.html", "https://x.example/a.html")], 3, "bukan alamat halaman", "dari akar situs"),
    ],
)
def test_a_redirect_that_cannot_be_says_why(
    capsys: pytest.CaptureFixture[str], pairs: list[tuple[str, str]], line: int, what: str, fix: str
) -> None:
    redirect(*pairs)
    assert build() == 1
    said = capsys.readouterr().err
    assert f"content/redirects.yaml:{line}" in said
    assert what in said
    assert fix in said
    assert "sudah" not in said, "one mistake is told once"


def test_a_line_that_is_no_address_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    LIST.write_bytes(b"\xef\xbb\xbfindex.html\r\n\r\nberita.html\r\nhttps://x.example/\r\n")
    assert build() == 1
    assert "content/addresses.txt:4" in capsys.readouterr().err
    LIST.write_bytes(LIST.read_bytes().replace(b"https://x.example/\r\n", b""))
    assert build() == 0


def test_beside_errors_nothing_is_concluded(capsys: pytest.CaptureFixture[str]) -> None:
    edit(Path(JUA_JUA), "  - number: 2", "  - number: dua")
    assert build() == 1
    assert "addresses.txt" not in capsys.readouterr().err


def test_however_it_is_built_it_comes_out_the_same() -> None:
    rename_news()
    redirect((OLD_NEWS, NEW_NEWS))
    assert build() == 0
    assert build("--only", "16.02.05", "--out", "part") == 0
    for options in (("--clean", "--out", "clean"), ("--jobs", "2", "--out", "two"), ("--merge", "part", "--out", "m")):
        assert build(*options) == 0
        assert comparable(options[-1]) == comparable("_site"), options
    edit(REDIRECTS, "redirects:\n", "redirects:\n  - old: lama.html\n    new: berita.html\n")
    assert build() == 0
    assert build("--clean", "--out", "clean") == 0
    assert "berita.html" in page("lama.html")
    assert comparable("_site") == comparable("clean")


def comparable(out: str) -> dict[str, bytes]:
    return {path: data for path, data in snapshot(Path(out)).items() if path != ".papan-tps"}


def test_a_page_may_stand_again_where_a_redirect_stood() -> None:
    rename_village()
    redirect((f"{VILLAGE}/", f"{VILLAGE}-baru/"), (f"{VILLAGE}.html", f"{VILLAGE}-baru.html"))
    assert build() == 0
    edit(NEWS, "Petugas ", "Petugas  ")
    assert build() == 0
    assert "jua-jua-baru" in Path("._site.spare/site", f"{VILLAGE}/tps-1.html").read_text("utf-8")
    edit(Path("content/regions/kayu-agung.yaml"), "    slug: jua-jua-baru\n", "")
    Path(JUA_JUA).with_name("jua-jua-baru.yaml").rename(JUA_JUA)
    REDIRECTS.unlink()
    noted = Path("._site.spare/ledger/shared").read_bytes().partition(b"\n")[2]
    before = dict(ledger._loaded(noted))
    assert build() == 0
    assert ledger._loaded(noted) == before, "what serve keeps in memory of a note is never changed"
    assert build("--clean", "--out", "clean") == 0
    assert snapshot(Path("_site")) == snapshot(Path("clean"))
