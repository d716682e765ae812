"""A portal of two small sites: what it publishes, where it leads, and what it says of mistakes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sitegen.cli import main
from tests.html_pages import HtmlPage, read_site
from tests.support import edit, portal_folder, snapshot
from tools.node import run

Said = pytest.CaptureFixture[str]
FIRST, SECOND = "https://satu.example/", "https://dua.example/kota/"
PAGES = {"index.html", "cek-tps.html", "tentang.html", "404.html"}


def portal(folder: Path, *options: str) -> int:
    return main(["portal", "--sites", str(folder / "portal.yaml"), "--out", str(folder / "_portal"), *options])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The portal as it is published."""
    folder = portal_folder(tmp_path_factory.mktemp("portal"))
    assert portal(folder, "--base-url", "https://portal.example/sub/") == 0
    return folder / "_portal"


@pytest.fixture(scope="module")
def portal_pages(built: Path) -> dict[str, HtmlPage]:
    """Its pages, parsed."""
    return read_site(built)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two built sites and the list of them, to be spoilt."""
    return portal_folder(tmp_path)


def found(built: Path, text: str) -> list[str]:
    """Where the search of the portal leads for ``text``, by the published script and index."""
    home = (built / "index.html").read_text("utf-8")
    [root] = re.findall(r'data-index="([^"]+)"', home)
    script = (built / "static" / "home.js").read_text("utf-8") + ";" + (built / root).read_text("utf-8")
    search = f"papanTps.search(papanTps.readPlaces(papanData[{root!r}].places), {text!r})"
    units = run(f"{script};console.log(JSON.stringify({search}.units.flat().map((one) => one.url)))", None)
    return list(units)


def test_pages(portal_pages: dict[str, HtmlPage], built: Path) -> None:
    assert set(portal_pages) == PAGES
    for page in portal_pages.values():
        assert (page.faults, page.inline) == ((), ())
        assert page.title.startswith("[Contoh] ")
        assert "Data contoh · bukan data resmi KPU" in page.text
        assert "Data per Sabtu, 30 November 2024 pukul 18.00 WIB atau lebih baru." in page.text
    assert "Rabu" in portal_pages["index.html"].text
    assert "pukul 07.00–13.00 WIB" in portal_pages["index.html"].text
    assert not (built / "data").exists()


def test_sites_are_listed_with_their_counts_without_javascript(portal_pages: dict[str, HtmlPage]) -> None:
    for url, address in (("index.html", ""), ("cek-tps.html", "cek-tps.html")):
        page = portal_pages[url]
        links = [link.address for link in page.links if link.tag == "a"]
        assert [link for link in links if link.startswith((FIRST, SECOND))] == [FIRST + address, SECOND + address]
        assert page.text.count("3 desa/kelurahan · 4 TPS · data contoh") == 2
    assert "Seluruh Provinsi Contoh: 6 desa/kelurahan · 8 TPS" in portal_pages["index.html"].text


def test_search_leads_to_the_site_of_the_village(built: Path) -> None:
    assert found(built, "cempaka") == [f"{SECOND}pilkada-2024/kayu-agung/celikah.html"]
    folder = "pilkada-2024/kayu-agung"
    for text, page in (("desa cilikah", "celikah.html"), ("jua jua tps 2", "jua-jua/tps-2.html")):
        assert set(found(built, text)) == {f"{FIRST}{folder}/{page}", f"{SECOND}{folder}/{page}"}
    assert f"{SECOND}pilkada-2024/pedamaran.html" in found(built, "pedamaran")


def test_every_link_inside_the_portal_leads_to_a_file(portal_pages: dict[str, HtmlPage], built: Path) -> None:
    own = [target for page in portal_pages.values() for _, target, _ in page.targets()]
    assert {"index.html", "cek-tps.html", "tentang.html", "static/home.js"} <= set(own)
    assert [target for target in own if not (built / target.removeprefix("sub/")).exists()] == []


def test_found_pages_exist_in_the_sites(built: Path) -> None:
    for text in ("jua jua tps 1", "sukaraja", "celikah", "kayu agung"):
        for url in found(built, text):
            folder, path = ("satu", url.removeprefix(FIRST)) if url.startswith(FIRST) else ("dua", url[len(SECOND) :])
            assert (built.parent / folder / path).exists(), url


def test_search_engines_learn_the_pages(built: Path) -> None:
    listed = re.findall(r"<loc>([^<]+)</loc>", (built / "sitemap.xml").read_text("utf-8"))
    assert listed == [f"https://portal.example/sub/{name}" for name in ("", "cek-tps.html", "tentang.html")]
    assert "Sitemap: https://portal.example/sub/sitemap.xml" in (built / "robots.txt").read_text("utf-8")


def test_languages(folder: Path) -> None:
    edit(folder / "portal.yaml", "region:", "languages: [id, en]\nregion:")
    assert portal(folder) == 0
    files = snapshot(folder / "_portal")
    assert {f"en/{name}" for name in PAGES} <= files.keys()
    english = files["en/index.html"].decode()
    assert "Sample data" in english
    assert 'data-files="../" data-root=""' in english
    assert "sitemap.xml" not in files


def test_sites_of_several_time_zones_name_none(folder: Path) -> None:
    edit_export(folder / "dua", time_zone="WIT")
    assert portal(folder) == 0
    assert "pukul 07.00–13.00 waktu setempat" in read_site(folder / "_portal")["index.html"].text


def test_hours_are_told_only_if_they_are_the_same_everywhere(folder: Path) -> None:
    edit_export(folder / "dua", opens="08:00:00")
    assert portal(folder) == 0
    home = read_site(folder / "_portal")["index.html"].text
    assert "27 November 2024" in home
    assert not re.search(r"pukul 0\d\.00", home)


def test_official_data_carry_no_mark(folder: Path) -> None:
    for site in ("satu", "dua"):
        path = folder / site / "data" / "portal.json"
        path.write_text(path.read_text("utf-8").replace('"sample"', '"official"'), "utf-8")
    assert portal(folder) == 0
    home = (folder / "_portal" / "index.html").read_text("utf-8")
    assert "Data contoh" not in home
    assert "[Contoh]" not in home
    assert "noindex" not in home
    assert "4 TPS · data" not in home


def edit_export(site: Path, **election: str) -> None:
    path = site / "data" / "portal.json"
    export = json.loads(path.read_text("utf-8"))
    export["election"] |= election
    path.write_text(json.dumps(export), "utf-8")


def test_all_mistakes_come_out_in_one_run(folder: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    assert portal(folder) == 0
    before = snapshot(folder / "_portal")
    edit_export(folder / "dua", date="2029-02-14")
    (folder / "rusak.json").write_text('{"office": 1}', "utf-8")
    with (folder / "portal.yaml").open("a", encoding="utf-8") as file:
        file.write("  - {url: 'https://satu.example/', data: dua}\n")
        file.write("  - {url: 'https://tiga.example/', data: tidak-ada}\n")
        file.write("  - {url: 'https://empat.example/', data: rusak.json}\n")
    monkeypatch.chdir(folder)
    capsys.readouterr()
    assert main(["portal"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "GALAT portal.yaml:8 Situs ini untuk pemungutan suara Rabu, 14 Februari 2029, situs pertama untuk Rabu, "
        "27 November 2024\n"
        "  Perbaiki: Satu portal untuk satu pemungutan suara: buat semua situsnya untuk hari yang sama.\n"
        "GALAT portal.yaml:9 Alamat ini sudah ada di baris 5\n"
        "  Perbaiki: Setiap situs punya alamat sendiri.\n"
        "GALAT portal.yaml:9 16.71 sudah ada di situs pada baris 7\n"
        "  Perbaiki: Sebutkan satu situs untuk setiap kabupaten atau kota.\n"
        "GALAT portal.yaml:9 Situs ini untuk pemungutan suara Rabu, 14 Februari 2029, situs pertama untuk Rabu, "
        "27 November 2024\n"
        "  Perbaiki: Satu portal untuk satu pemungutan suara: buat semua situsnya untuk hari yang sama.\n"
        "GALAT portal.yaml:10 tidak-ada tidak dapat dibaca (No such file or directory)\n"
        "  Perbaiki: Buat dulu situs itu, lalu sebutkan folder hasilnya.\n"
        "GALAT portal.yaml:11 rusak.json bukan ekspor dari versi Papan TPS ini\n"
        "  Perbaiki: Buat lagi situs itu dengan versi ini, lalu sebutkan folder hasilnya.\n"
        "Tidak ada yang diterbitkan.\n"
    )
    assert snapshot(folder / "_portal") == before


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "https://satu.example/",
            "https://satu.example",
            'portal.yaml:5 "https://satu.example" bukan alamat situs (url)',
        ),
        ("region: Provinsi Contoh\n", "", 'portal.yaml:1 "region" belum ada'),
        ("data: satu", "folder: satu", 'portal.yaml:6 "folder" bukan kunci'),
        ("(contoh)", "1602051234567890", "portal.yaml:2 "),
    ],
)
def test_mistakes_in_the_file(folder: Path, capsys: Said, old: str, new: str, message: str) -> None:
    edit(folder / "portal.yaml", old, new)
    assert portal(folder) == 1
    assert message in capsys.readouterr().err
    assert not (folder / "_portal").exists()


def test_a_site_in_the_output_folder_is_not_replaced(folder: Path, capsys: Said) -> None:
    assert portal(folder) == 0
    (folder / "satu").rename(folder / "_portal" / "satu")
    edit(folder / "portal.yaml", "data: satu", "data: _portal/satu")
    before = snapshot(folder / "_portal")
    assert portal(folder) == 2
    assert "_portal/satu bukan buatan perintah ini dan akan hilang" in capsys.readouterr().err
    assert snapshot(folder / "_portal") == before


def test_wrong_usage(tmp_path: Path, capsys: Said) -> None:
    assert portal(tmp_path) == 2
    assert "sebutkan daftar situs dengan --sites" in capsys.readouterr().err
