"""Several elections on one site: the next one is prepared, becomes current, and everything of the last one stays."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from sitegen.cli import main
from tests.html_pages import HtmlPage, read_site
from tests.support import ELECTION_FOLDER, JUA_JUA, edit, make_next_current, mini, prepare_next, snapshot

Said = pytest.CaptureFixture[str]
NEXT_FOLDER = "content/elections/pilkada-2029"
NOW = f"{NEXT_FOLDER}/tps/kayu-agung/jua-jua.yaml"
PAST, CURRENT = "pilkada-2024/", "pilkada-2029/"
BANNER = "Halaman ini tentang pemilihan yang sudah lewat: Pilkada 2024, 27 Nov 2024."
STATION = "kayu-agung/jua-jua/tps-1.html"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small good site as the current folder, its election published as ``p1``."""
    monkeypatch.chdir(mini(tmp_path))
    edit(tmp_path / "site_config.yaml", "base_url", "languages: [id, en]\nbase_url")
    publish("p1")
    return tmp_path


@pytest.fixture
def switched(site: Path) -> Path:
    """The same after the next election became the current one, published as ``p2``."""
    make_next_current(site)
    publish("p2", "--previous", "p1")
    return site


def publish(out: str, *arguments: str) -> None:
    assert main(["build", "--out", out, "--jobs", "1", *arguments]) == 0


def pages(out: str, folder: str) -> dict[str, HtmlPage]:
    """The pages below a folder in the main language."""
    return {url: page for url, page in read_site(Path(out)).items() if url.startswith(folder)}


def words(path: str) -> str:
    text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", Path(path).read_text("utf-8"), flags=re.DOTALL)
    return " ".join(text.split())


def data(path: str) -> Any:
    return json.loads(Path(path).read_bytes())


def rows(path: str) -> dict[tuple[str, int], dict[str, Any]]:
    """TPS by village and number."""
    return {(row["village"], row["tps"]): row for row in data(path)["tps"]}


def log(out: str) -> list[tuple[object, ...]]:
    """Election, village, TPS and kind of all entries of a log."""
    return [(one["election"], one.get("village"), one.get("tps"), one["what"]) for one in data(out)["changes"]]


REPEATED = ("pilkada-2024", "Sukaraja", 1, "repeat_vote")


@pytest.mark.usefixtures("switched")
def test_every_old_address_answers() -> None:
    old, new = snapshot(Path("p1")), snapshot(Path("p2"))
    assert {path for path in old if path not in new and not path.startswith("search/")} == set()
    assert sum(path.startswith(f"en/{PAST}") for path in new) == sum(path.startswith(PAST) for path in new) > 10


@pytest.mark.usefixtures("switched")
def test_permanent_addresses_lead_to_the_current_election() -> None:
    targets = {path.name: path.read_text("utf-8") for path in Path("p2/d").iterdir()}
    assert len(targets) == 5
    assert all(f"url=../{CURRENT}" in page and PAST not in page for page in targets.values())


@pytest.mark.usefixtures("switched")
def test_pages_of_a_past_election_say_so_and_lead_to_the_current_one() -> None:
    codes = {"celikah": "1602052001", "jua-jua": "1602051010", "sukaraja": "1602032005"}
    kecamatan = {"kayu-agung": "160205", "pedamaran": "160203"}
    found = pages("p2", PAST)
    assert len(found) == 9
    for url in found:
        page = Path("p2", url).read_text("utf-8")
        name = url.removesuffix(".html").split("/")
        code = codes[name[2]] if len(name) > 2 else kecamatan[name[1]]
        assert BANNER in words(f"p2/{url}"), url
        assert f'{"../" * (len(name) - 1)}d/{code}.html"' in page, url
        assert "(Pilkada 2024)" in re.findall("<title>(.*?)</title>", page)[0]
        assert f'<link rel="canonical" href="https://papan.example/situs/{url}">' in page
    assert "This page is about a past election" in words(f"p2/en/{PAST}kayu-agung/jua-jua.html")
    assert not any(BANNER in words(f"p2/{url}") for url in pages("p2", CURRENT))


COMING = (
    "Bawa ini", "Kirim ke keluarga", "Kalender", "Cetak", "Menuju ke sini", "belum ditetapkan", "Cari TPS dengan RT",
    "Anda tetap dilayani", "sebelum berangkat", "Tempat bisa", "Belum ada", "Belum disurvei", "Petugas Contoh",
)  # fmt: skip
"""What only somebody reads who has yet to vote, and names of those who worked there."""


@pytest.mark.usefixtures("switched")
def test_pages_of_a_past_election_tell_everything_as_over() -> None:
    for url in pages("p2", PAST):
        page, text = Path("p2", url).read_text("utf-8"), words(f"p2/{url}")
        assert [phrase for phrase in COMING if phrase in text] == [], url
        assert [part for part in ("data-from", "data-until", ".ics", "geo:", "wa.me") if part in page] == [], url
        if url.count("/") > 1:
            assert "Rabu, 27 November 2024 Sudah lewat" in text, url
    assert "Pemungutan suara ulang Sudah lewat" in words(f"p2/{PAST}pedamaran/sukaraja/tps-1.html")
    seen = words(f"p2/{CURRENT}kayu-agung/jua-jua/tps-1.html")
    assert [phrase for phrase in ("Bawa ini", "Petugas Contoh 41", "Kirim ke keluarga") if phrase not in seen] == []


@pytest.mark.usefixtures("switched")
def test_the_numbers_of_then_lead_to_those_of_now() -> None:
    village = words(f"p2/{CURRENT}kayu-agung/celikah.html")
    assert "Pada Pilkada 2024 Anda di TPS 1? Sekarang TPS 1 atau 2." in village
    assert f"../../{PAST}kayu-agung/celikah.html" in Path(f"p2/{CURRENT}kayu-agung/celikah.html").read_text("utf-8")
    station = words(f"p2/{CURRENT}kayu-agung/jua-jua/tps-1.html")
    assert "Anda di TPS 1? Sekarang TPS 1. Pada Pilkada 2024 Anda di TPS 2? Sekarang TPS 1." in station
    assert "Pada Pilkada 2029, pemilih TPS 2 datang ke TPS 1." in words(f"p2/{PAST}kayu-agung/jua-jua/tps-2.html")
    assert "datang ke TPS 1 / TPS 2." in words(f"p2/{PAST}kayu-agung/celikah/tps-1.html")
    assert "Pada Pilkada 2029, TPS Anda bisa lain." in words(f"p2/{PAST}pedamaran/sukaraja/tps-1.html")
    assert "Anda di TPS" not in words(f"p2/{CURRENT}pedamaran/sukaraja.html")


@pytest.mark.usefixtures("switched")
def test_search_sitemap_and_data_keep_the_elections_apart() -> None:
    index = "".join(path.read_text("utf-8") for path in Path("p2/search").iterdir())
    assert CURRENT in index
    assert PAST not in index
    assert "Celikah\t2" in index
    sitemap = Path("p2/sitemap.xml").read_text("utf-8")
    for url in (*pages("p2", PAST), *pages("p2", CURRENT)):
        assert f"/situs/{url}<" in sitemap
    assert set(rows("p2/data/pilkada-2024/tps.json")) == set(rows("p1/data/tps.json"))
    assert rows("p2/data/pilkada-2024/tps.json") == rows("p1/data/tps.json")
    assert ("Celikah", 2) in rows("p2/data/tps.json")
    assert {row["name"] for row in data("p2/data/pilkada-2024/kpps.json")["kpps"]} == {None}
    assert data("p2/data/portal.json")["election"]["name"] == "Pilkada 2029"
    assert "data/pilkada-2024/tps.csv" in data("p2/data/manifest.json")["files"]
    assert "Berkas Pilkada 2024" in words("p2/data.html")


@pytest.mark.usefixtures("switched")
def test_names_of_workers_do_not_come_back_with_the_next_election() -> None:
    edit(Path("site_config.yaml"), "kpps: {publish: names}", "kpps: {publish: names, names_until: 2029-12-31}")
    publish("p3")
    assert "Petugas Contoh 41" in words(f"p3/{CURRENT}kayu-agung/jua-jua/tps-1.html")
    assert not any(b"Petugas Contoh 1" in file for path, file in snapshot(Path("p3")).items() if PAST in path)


@pytest.mark.usefixtures("switched")
def test_the_log_compares_an_election_with_itself(capsys: Said) -> None:
    assert log("p1/data/changes.json") == log("p2/data/changes.json") == [REPEATED]
    assert main(["verify", "p1", "p2"]) == 0
    text = words("p2/perubahan.html")
    assert "Pemungutan suara ulang Pilkada 2024" in text
    edit(Path(NOW), "place: Gedung", "place: Pasar")
    edit(Path(NOW), "SK nomor 900", "SK nomor 901")
    publish("p3", "--previous", "p2")
    assert log("p3/data/changes.json") == [REPEATED, ("pilkada-2029", "Jua-jua", 1, "place")]
    edit(Path(JUA_JUA), "place: Balai", "place: Gedung")
    capsys.readouterr()
    assert main(["build", "--out", "p4", "--jobs", "1", "--previous", "p3"]) == 1
    assert f"{JUA_JUA}:4 TPS 1: Tempat berubah" in capsys.readouterr().err
    accepted = "  - {code: change.unexplained, place: 16.02.05.1010, reason: Salah ketik.}\n"
    edit(Path(NEXT_FOLDER, "acknowledged.yaml"), "acknowledged:\n", f"acknowledged:\n{accepted}")
    assert main(["build", "--out", "p4", "--jobs", "1", "--previous", "p3"]) == 1  # accepted for the other election
    edit(Path(ELECTION_FOLDER, "acknowledged.yaml"), "acknowledged:\n", f"acknowledged:\n{accepted}")
    publish("p4", "--previous", "p3")
    assert log("p4/data/changes.json")[-1] == ("pilkada-2024", "Jua-jua", 1, "place")
    assert main(["verify", "p1", "p2", "p3", "p4"]) == 0


def test_a_copy_of_a_publication_with_several_elections_can_be_continued(switched: Path) -> None:
    publish("p3", "--zip", "--previous", "p2")
    edit(switched / JUA_JUA, "SK nomor 000", "SK nomor 1")
    edit(switched / JUA_JUA, "place: Balai", "place: Gedung")
    publish("p4", "--previous", "p3.zip")
    assert log("p4/data/changes.json")[-1] == ("pilkada-2024", "Jua-jua", 1, "place")


def inodes(out: str, folder: str) -> dict[str, int]:
    return {path.as_posix(): path.stat().st_ino for path in Path(out, folder).rglob("*.html")}


def test_a_tps_that_is_named_twice_is_told_once(switched: Path) -> None:
    twice = "[{election: pilkada-2024, tps: [1, 1]}, {election: pilkada-2024, tps: [1, 2]}]"
    edit(switched / NOW, "[{election: pilkada-2024, tps: [1, 2]}]", twice)
    before = snapshot(Path("p2"))
    publish("p3", "--previous", "p1")
    assert {
        name for name, data in snapshot(Path("p3")).items() if name.endswith(".html") and before[name] != data
    } == set()


def crosswalk(site: Path) -> None:
    edit(site / f"{NEXT_FOLDER}/tps/pedamaran/sukaraja.yaml", "    kpps:",
         "    previously: [{election: pilkada-2024, tps: [1]}]\n    kpps:")  # fmt: skip


def past_place(site: Path) -> None:
    edit(site / JUA_JUA, "place: Balai", "place: Gedung")


def past_tps_gone(site: Path) -> None:
    path = site / ELECTION_FOLDER / "tps/kayu-agung/celikah.yaml"
    path.write_text(path.read_text("utf-8").partition("tps:")[0] + "tps: []\n", "utf-8")
    edit(
        site / f"{NEXT_FOLDER}/tps/kayu-agung/celikah.yaml",
        "    previously: [{election: pilkada-2024, tps: [1]}]\n",
        "",
    )
    edit(
        site / f"{NEXT_FOLDER}/tps/kayu-agung/celikah.yaml",
        "    previously: [{election: pilkada-2024, tps: [1]}]\n",
        "",
    )


def past_village_gone(site: Path) -> None:
    (site / ELECTION_FOLDER / "tps/pedamaran/sukaraja.yaml").unlink()


def current_place(site: Path) -> None:
    edit(site / NOW, "place: Gedung", "place: Pasar")


def past_renamed(site: Path) -> None:
    edit(site / ELECTION_FOLDER / "election.yaml", "name: Pilkada 2024", "name: Pilkada Serentak 2024")


def renamed(site: Path) -> None:
    edit(site / NEXT_FOLDER / "election.yaml", "name: Pilkada 2029", "name: Pilkada Serentak 2029")


CHANGES = [crosswalk, past_place, past_tps_gone, past_village_gone, current_place, renamed, past_renamed]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_build_after_a_change_equals_a_clean_one(switched: Path, change: Any) -> None:
    publish("p2")
    current_place(switched)  # so that there is a spare
    publish("p2")
    edit(switched / NOW, "place: Pasar", "place: Gedung")
    publish("p2")
    change(switched)
    publish("p2")
    publish("clean", "--clean")
    publish("two", "--clean", "--jobs", "2")
    assert snapshot(Path("p2")) == snapshot(Path("clean")) == snapshot(Path("two"))


def test_a_past_election_is_not_made_again(switched: Path) -> None:
    publish("p2")
    for place in ("Pasar", "Aula", "Gedung Olahraga"):
        before = inodes("p2", PAST)
        edit(switched / NOW, "place: ", f"place: {place} ")
        publish("p2")
        assert inodes("p2", PAST) == before
    before = inodes("p2", PAST)
    crosswalk(switched)
    publish("p2")
    after = inodes("p2", PAST)
    made = {path.split("/")[2] for path in after if after[path] != before[path]}
    assert made == {"pedamaran"}


def test_parts_of_all_elections_equal_one_build(switched: Path) -> None:
    for code in ("16.02.05", "16.02.03"):
        publish(f"part-{code}", "--only", code)
    assert Path("part-16.02.05/site", PAST, "kayu-agung/jua-jua/tps-2.html").is_file()
    publish("joined", "--merge", "part-16.02.05", "part-16.02.03")
    publish("clean", "--clean")
    assert snapshot(Path("joined")) == snapshot(Path("clean"))
    page = f"{PAST}{STATION}"
    assert Path("joined", page).samefile(Path("part-16.02.05/site", page))
    assert (switched / "joined" / CURRENT / STATION).is_file()


def test_an_election_that_is_prepared_is_not_published(site: Path, capsys: Said) -> None:
    prepare_next(site)
    (site / NOW).write_text("not finished: [\n", "utf-8")
    publish("p2")
    assert {path for path in snapshot(Path("p2")) if "2029" in path} == set()
    assert not any(b"2029" in file for path, file in snapshot(Path("p2")).items() if path.endswith((".html", ".json")))
    capsys.readouterr()
    assert main(["check", "--jobs", "1"]) == 0
    assert "Pilkada 2029 tidak diterbitkan" in capsys.readouterr().out


def test_nothing_is_over_before_its_day(site: Path, capsys: Said) -> None:
    make_next_current(site)
    for path in ("election.yaml", "schedule.yaml"):
        edit(site / NEXT_FOLDER / path, "as_of: 2029-11-20", "as_of: 2024-12-01")
    assert main(["build", "--jobs", "1"]) == 1
    assert "sukaraja.yaml:4 TPS 1 masih memilih pada Minggu, 1 Desember 2024" in capsys.readouterr().err
    for path in ("election.yaml", "schedule.yaml"):
        edit(site / NEXT_FOLDER / path, "as_of: 2024-12-01", "as_of: 2024-11-27")
    assert main(["build", "--jobs", "1"]) == 1
    assert f"{ELECTION_FOLDER}/election.yaml:3 Pilkada 2024 belum lewat" in capsys.readouterr().err


def test_a_village_that_is_no_more_keeps_its_pages(switched: Path) -> None:
    shutil.copytree(switched / "content/regions", switched / ELECTION_FOLDER / "regions")
    regions = switched / "content/regions/kayu-agung.yaml"
    regions.write_text(regions.read_text("utf-8").partition("  - code: 16.02.05.2001")[0], "utf-8")
    (switched / NEXT_FOLDER / "tps/kayu-agung/celikah.yaml").unlink()
    publish("p3")
    publish("clean", "--clean")
    assert snapshot(Path("p3")) == snapshot(Path("clean"))
    assert {path for path in pages("p2", PAST) if not Path("p3", path).is_file()} == set()
    assert "url=../cek-tps.html" in Path("p3/d/1602052001.html").read_text("utf-8")
    assert "url=../../cek-tps.html" not in Path("p3/en/d/1602052001.html").read_text("utf-8")
    assert not Path("p3", CURRENT, "kayu-agung/celikah.html").exists()
    assert f"../../{PAST}kayu-agung/jua-jua.html" in Path(f"p3/{CURRENT}kayu-agung/jua-jua.html").read_text("utf-8")


def test_a_kecamatan_that_is_no_more_keeps_its_addresses(switched: Path) -> None:
    shutil.copytree(switched / "content/regions", switched / ELECTION_FOLDER / "regions")
    (switched / "content/regions/pedamaran.yaml").unlink()
    shutil.rmtree(switched / NEXT_FOLDER / "tps/pedamaran")
    publish("p3")
    gone = {path for path in snapshot(Path("p1")) if "pedamaran" in path or path.startswith("d/16")}
    assert len(gone) > 8
    assert {path for path in gone if not Path("p3", path).is_file()} == set()


def test_news_stands_with_the_election_of_its_time(switched: Path) -> None:
    old = switched / "content/news/2024-11-07-pelantikan.md"
    text = old.read_text("utf-8")
    old.with_name("2029-11-07-pelantikan.md").write_text(text.replace("title: ", "title: Baru "), "utf-8")
    old.with_name("2024-12-20-ulang.md").write_text(text, "utf-8")  # later than all data of its election
    publish("p3")
    past, now = (Path("p3", folder, "kayu-agung/jua-jua.html").read_text("utf-8") for folder in (PAST, CURRENT))
    assert ("berita/2024/11" in past, "berita/2029/11" in past) == (True, False)
    assert ("berita/2024/11" in now, "berita/2029/11" in now) == (False, True)
    assert ("berita/2024/12" in past, "berita/2024/12" in now) == (True, False)


def test_news_of_a_past_election_says_so_and_leads_to_its_places(switched: Path) -> None:
    old = switched / "content/news/2024-11-07-pelantikan.md"
    head = 'tps: [{village: "16.02.05.1010", number: 1}]\nkpps_figure: true\n'
    old.write_text(old.read_text("utf-8").replace("---\n", f"---\n{head}", 1), "utf-8")
    new = old.with_name("2029-11-07-pelantikan.md")
    new.write_text(old.read_text("utf-8").replace("title: ", "title: Baru "), "utf-8")
    celikah = switched / f"{NEXT_FOLDER}/tps/kayu-agung/celikah.yaml"
    celikah.write_text(celikah.read_text("utf-8").partition("  - number: 2")[0], "utf-8")
    publish("p3")
    made = pages("p3", "berita/")
    past, now = (made[f"berita/{year}/11/pelantikan.html"] for year in (2024, 2029))
    notice = "Berita ini dari masa Pilkada 2024, 27 Nov 2024. Pada Pilkada 2029, TPS Anda bisa lain."
    assert (notice in past.text, notice in now.text) == (True, False)
    for page, folder in ((past, PAST), (now, CURRENT)):
        assert {path for _, path, _ in page.targets() if path.endswith(STATION)} == {folder + STATION}
    assert ("4 TPS × 7" in past.text, "3 TPS × 7" in now.text) == (True, True)


@pytest.mark.parametrize(("number", "told"), [(1, "memberitakan"), (2, "tidak punya TPS 2")])
def test_news_is_checked_beside_the_election_of_its_time(switched: Path, number: int, told: str, capsys: Said) -> None:
    village = {1: "16.02.03.2005", 2: "16.02.05.1010"}[number]  # in 2024 one voted again, the other was there
    head = f"title: A\nsummary: B.\nkind: repeat_vote\ntps: [{{village: {village}, number: {number}}}]\nsources: []"
    text = f"---\n{head}\n---\nC.\n"
    news = switched / "content/news"
    (news / "2024-12-05-ulang.md").write_text(text, "utf-8")
    main(["check"])
    then = capsys.readouterr().out
    (news / "2024-12-05-ulang.md").rename(news / "2029-11-30-ulang.md")
    main(["check"])
    assert (told in then, told in capsys.readouterr().out) == (False, True)


def test_home_shows_news_of_the_current_election_only(switched: Path) -> None:
    old = switched / "content/news/2024-11-07-pelantikan.md"
    publish("p3")
    assert "Pelantikan" not in words("p3/index.html")
    assert "Pelantikan" in words("p3/berita.html")
    old.with_name("2029-11-07-pelantikan.md").write_text(old.read_text("utf-8"), "utf-8")
    publish("p3")
    assert "Pelantikan" in words("p3/index.html")


def test_a_past_election_that_is_corrected_late_takes_no_news_of_the_current_one(switched: Path) -> None:
    edit(switched / ELECTION_FOLDER / "election.yaml", "data_as_of: 2024-11-26", "data_as_of: 2029-11-19")
    old = switched / "content/news/2024-11-07-pelantikan.md"
    old.rename(old.with_name("2029-11-07-pelantikan.md"))
    publish("p3")
    assert "Pelantikan" in words("p3/index.html")
    assert "Pelantikan" in words(f"p3/{CURRENT}kayu-agung/jua-jua.html")
    assert "masa Pilkada 2024" not in words("p3/berita/2029/11/pelantikan.html")


def test_a_past_tps_shows_the_news_that_names_it(switched: Path) -> None:
    news = switched / "content/news/2024-11-07-pelantikan.md"
    head = 'tps: [{village: "16.02.05.1010", number: 1}]\n'
    news.write_text(news.read_text("utf-8").replace("---\n", f"---\n{head}", 1), "utf-8")
    publish("p3")
    for url, shows in ((STATION, True), (STATION.replace("tps-1", "tps-2"), False)):
        assert ("Pelantikan" in words(f"p3/{PAST}{url}")) is shows


def test_a_status_of_its_own(switched: Path) -> None:
    edit(switched / ELECTION_FOLDER / "election.yaml", "races:", "data_status: official\nraces:")
    edit(switched / "site_config.yaml", "data_status: sample", "data_status: provisional")
    publish("p3")
    past, now = (words(f"p3/{folder}{STATION}") for folder in (PAST, CURRENT))
    assert ("Data sementara" in past, "Data sementara" in now) == (False, True)
    assert {row["data_status"] for row in rows("p3/data/pilkada-2024/tps.json").values()} == {"official"}


def test_the_page_about_the_site_tells_the_status_of_the_current_election(site: Path) -> None:
    edit(site / "site_config.yaml", "data_status: sample", "data_status: official")
    edit(site / ELECTION_FOLDER / "election.yaml", "races:", "data_status: provisional\nraces:")
    publish("p2")
    assert "Sementara: data masih bisa berubah." in words("p2/tentang.html")


def test_more_than_one_past_election(switched: Path) -> None:
    older = switched / "content/elections/pemilu-2024"
    shutil.copytree(switched / ELECTION_FOLDER, older)
    edit(older / "election.yaml", "name: Pilkada 2024", "name: Pemilu Februari 2024")
    edit(older / "election.yaml", "date: 2024-11-27", "date: 2024-02-14")
    (older / "tps/pedamaran/sukaraja.yaml").unlink()
    totals = (older / "election.yaml").read_text("utf-8").partition("official_totals:")[0]
    (older / "election.yaml").write_text(totals, "utf-8")
    publish("p3")
    text = words(f"p3/{CURRENT}kayu-agung/jua-jua.html")
    assert text.index("Sekarang TPS 1. Pilkada 2024") < text.index("Pemilu Februari 2024")
    assert "Pemilu Februari 2024" not in words(f"p3/{CURRENT}pedamaran/sukaraja.html")
    assert "tidak punya data TPS desa ini pada Pemilu Februari 2024" in words("p3/pemilu-2024/pedamaran/sukaraja.html")
