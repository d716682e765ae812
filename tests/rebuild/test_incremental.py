"""A build after a change gives the same bytes as a clean one, and leaves alone what did not change."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from sitegen import hierarchy, ledger
from sitegen.build import build as build_site
from sitegen.cli import main
from sitegen.history import addresses
from sitegen.options import Options
from sitegen.output import feeds, search_index
from sitegen.problems import ContentError
from sitegen.shards import ShardResult
from tests.support import ELECTION_FOLDER, JUA_JUA, edit, mini, snapshot
from tests.unit.test_images import picture

TPS = "pilkada-2024/kayu-agung/jua-jua/tps-1.html"
ELSEWHERE = "pilkada-2024/pedamaran/sukaraja/tps-1.html"
NEIGHBOUR = "pilkada-2024/kayu-agung/celikah/tps-1.html"
SUKARAJA = f"{ELECTION_FOLDER}/tps/pedamaran/sukaraja.yaml"
SPARE = Path("._site.spare")
Said = pytest.CaptureFixture[str]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small good site, built, as the current folder."""
    monkeypatch.chdir(mini(tmp_path / "site"))
    build()
    return tmp_path / "site"


def build(*arguments: str) -> None:
    assert main(["--jobs", "1", *arguments]) == 0


def files(folder: Path = Path("_site")) -> dict[str, int]:
    """Every file of a publication; the number tells whether it is still the same one."""
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in folder.rglob("*") if path.is_file()}


def place_changed(site: Path) -> None:
    edit(site / JUA_JUA, "place: Balai", "place: Gedung")


def village_gone(site: Path) -> None:
    (site / JUA_JUA).unlink()


def kecamatan_renamed(site: Path) -> None:
    for path in (site / "content/regions/pedamaran.yaml", site / ELECTION_FOLDER / "tps/pedamaran"):
        path.rename(path.with_name(path.name.replace("pedamaran", "kota-pedamaran")))


def news_added(site: Path) -> None:
    news = site / "content/news/2024-11-07-pelantikan.md"
    shutil.copyfile(news, news.with_name("2024-11-26-baru.md"))


def office_renamed(site: Path) -> None:
    edit(site / "site_config.yaml", "KPU Kabupaten Contoh", "KPU Kabupaten Lain")


def data_newer(site: Path) -> None:
    edit(site / ELECTION_FOLDER / "election.yaml", "data_as_of: 2024-11-26", "data_as_of: 2024-11-25")


def picture_added(site: Path) -> None:
    (site / "content/media").mkdir()
    (site / "content/media/a.png").write_bytes(picture("PNG"))
    with (site / "content/news/2024-11-07-pelantikan.md").open("a", encoding="utf-8") as news:
        news.write("\n\n![Balai desa dari depan](/media/a.png)\n")


def picture_changed(site: Path) -> None:
    (site / "content/media/a.png").write_bytes(picture("WEBP"))


CHANGES = [picture_added, place_changed, village_gone, kecamatan_renamed, news_added, office_renamed, data_newer]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_build_after_a_change_equals_a_clean_one(site: Path, change: Callable[[Path], None]) -> None:
    before = snapshot(Path("_site"))
    change(site)
    build()
    after = snapshot(Path("_site"))
    build("--clean", "--out", "clean")
    assert after == snapshot(Path("clean"))
    assert after != before


def place_changed_back(site: Path) -> None:
    edit(site / JUA_JUA, "place: Gedung", "place: Balai")


def news_about_a_village(site: Path) -> None:
    news = site / "content/news/2024-11-07-pelantikan.md"
    shutil.copyfile(news, news.with_name("2024-11-20-jua-jua.md"))  # its village is Jua-jua


def village_renamed(site: Path) -> None:
    edit(site / "content/regions/kayu-agung.yaml", "name: Celikah", "name: Celikah Baru")
    celikah = site / ELECTION_FOLDER / "tps/kayu-agung/celikah.yaml"
    celikah.rename(celikah.with_name("celikah-baru.yaml"))
    edit(site / "content/news/2024-11-07-pelantikan.md", "celikah.html", "celikah-baru.html")


def language_added(site: Path) -> None:
    edit(site / "site_config.yaml", "data_status: sample", "data_status: sample\nlanguages: [id, en]")


SERIES = [
    place_changed, place_changed_back, place_changed, village_renamed, village_gone, news_about_a_village,
    picture_added, kecamatan_renamed, data_newer, picture_changed, language_added, news_added,
]  # fmt: skip


def test_every_build_of_a_series_equals_a_clean_one(site: Path) -> None:
    for change in SERIES:
        before = snapshot(Path("_site"))
        change(site)
        build()
        after = snapshot(Path("_site"))
        assert not SPARE.exists() or snapshot(SPARE / "site") == before, change.__name__
        build("--clean", "--out", "clean")
        assert after == snapshot(Path("clean")), change.__name__


def test_files_of_a_search_index_that_is_cut_are_kept(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "WHOLE", 1)
    monkeypatch.setattr(search_index, "ENTRIES", 1)
    build("--clean")
    for change in SERIES:
        change(site)
        build()
        after = snapshot(Path("_site"))
        build("--clean", "--out", "clean")
        assert after == snapshot(Path("clean")), change.__name__
    before = set(files(Path("_site/search")).items())
    monkeypatch.setattr(search_index, "_cut", None)
    edit(site / ELECTION_FOLDER / "tps/kota-pedamaran/sukaraja.yaml", "place: ", "place: Aula ")
    build()
    assert set(files(Path("_site/search")).items()) == before


def test_sitemaps_and_the_list_of_addresses_are_kept_as_long_as_no_address_changes(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def noted(name: str, make: Callable[..., Any]) -> None:
        def note(*arguments: Any) -> Any:
            made.append(name)
            return make(*arguments)

        monkeypatch.setattr(name, note)

    noted("sitegen.output.site.sitemaps", feeds.sitemaps)
    noted("sitegen.whole.listing", addresses.listing)
    place_changed(site)
    build()
    assert made == []
    village_gone(site)
    build()
    assert sorted(made) == ["sitegen.output.site.sitemaps", "sitegen.whole.listing"]
    assert "jua-jua/tps-1" not in Path("_site/sitemap.xml").read_text("utf-8")


def test_only_the_village_that_changed_is_made_again(site: Path) -> None:
    before = files()
    place_changed(site)
    build()
    after = files()
    assert after[NEIGHBOUR] == before[NEIGHBOUR]
    assert after[TPS] != before[TPS]


def test_news_of_a_village_leaves_other_kecamatan_alone(site: Path) -> None:
    before = files()
    news_about_a_village(site)
    build()
    after = files()
    assert after[ELSEWHERE] == before[ELSEWHERE]
    assert after[TPS] != before[TPS]


def province(site: Path) -> None:
    """The site of a province, in which Pedamaran lies in another kabupaten."""
    edit(site / "site_config.yaml", 'code: "16.02"', 'code: "16"')
    for path in (site / "content").rglob("*.*"):
        path.write_text(path.read_text("utf-8").replace("16.02.03", "16.71.03"), "utf-8")


def voters_changed(site: Path) -> None:
    edit(site / JUA_JUA, "men: 2", "men: 1")


OWN, OTHER = "pilkada-2024/kayu-agung.html", "pilkada-2024/pedamaran.html"


@pytest.mark.parametrize(
    ("change", "concerned"), [(place_changed, set()), (voters_changed, {OWN}), (village_gone, {OWN, OTHER})]
)
def test_the_page_of_a_kecamatan_shows_its_kabupaten_and_the_number_of_all_tps(
    site: Path, change: Callable[[Path], None], concerned: set[str]
) -> None:
    province(site)
    build()
    before = files()
    change(site)
    build()
    after = files()
    assert {page for page in (OWN, OTHER) if after[page] != before[page]} == concerned
    joined = snapshot(Path("_site"))
    build("--clean", "--out", "clean")
    assert joined == snapshot(Path("clean"))


def test_the_publication_before_the_last_is_built_upon(site: Path) -> None:
    place_changed(site)
    build()
    spare = files(SPARE / "site")
    place_changed_back(site)
    build()
    assert files()[ELSEWHERE] == spare[ELSEWHERE]
    assert (files(SPARE / "site")[TPS]) != spare[TPS]


@pytest.mark.parametrize("lost", ["ledger/kayu-agung.shard", "ledger/shared", "ledger/publication", "site/.papan-tps"])
def test_a_damaged_spare_only_costs_time(site: Path, lost: str) -> None:
    place_changed(site)
    build()
    (SPARE / lost).write_bytes(b"\nnothing of ours")
    village_gone(site)
    build()
    after = snapshot(Path("_site"))
    build("--clean", "--out", "clean")
    assert after == snapshot(Path("clean"))


@pytest.mark.usefixtures("site")
def test_another_address_reaches_every_page() -> None:
    build("--base-url", "https://kpu.example/tps")
    after = snapshot(Path("_site"))
    build("--base-url", "https://kpu.example/tps", "--clean", "--out", "clean")
    assert after == snapshot(Path("clean"))


@pytest.mark.usefixtures("site")
def test_without_a_change_nothing_is_touched() -> None:
    before = files()
    build()
    assert files() == before


def test_only_the_kecamatan_that_changed_is_made_again(site: Path) -> None:
    before = files()
    place_changed(site)
    build()
    after = files()
    assert after[ELSEWHERE] == before[ELSEWHERE]
    assert after[TPS] != before[TPS]


def test_a_number_is_looked_at_again_when_nothing_declares_it_any_more(site: Path, capsys: Said) -> None:
    number = "0812-3456-7890/PL/2024"
    news = site / "content/news/2024-11-07-pelantikan.md"
    edit(news, "name: Contoh", f'name: "BA {number}"')
    edit(site / SUKARAJA, "    coverage", f"    landmark: lihat {number}\n    coverage")
    build()
    build("--only", "16.02.03", "--out", "part")
    news.unlink()
    for arguments in ([], ["--out", "whole", "--merge", "part"], ["--clean"]):
        capsys.readouterr()
        assert main(arguments) == 1
        assert "sukaraja.yaml" in capsys.readouterr().err


def test_a_decree_whose_number_looks_like_none_of_a_person_leaves_the_kecamatan_alone(site: Path) -> None:
    before = files()
    edit(site / "content/news/2024-11-07-pelantikan.md", "name: Contoh", "name: BA 122/PM.00.01/2024")
    build()
    assert files()[ELSEWHERE] == before[ELSEWHERE]


@pytest.mark.usefixtures("site")
def test_clean_makes_everything_again() -> None:
    before = files()
    build("--clean")
    after = files()
    assert [path for path in after if after[path] == before[path]] == []


def test_another_generator_makes_everything_again(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files()
    monkeypatch.setattr(ledger, "_libraries", lambda: ("jinja2 0",))
    place_changed(site)
    build()
    assert files()[ELSEWHERE] != before[ELSEWHERE]


def test_another_table_of_regions_is_noticed(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files()
    table = site / "wilayah" / hierarchy.TABLE.name
    table.parent.mkdir()
    shutil.copyfile(hierarchy.TABLE, table)
    (table.parent / "notice").write_text("newer")
    monkeypatch.setattr(hierarchy, "TABLE", table)
    build()
    assert files()["index.html"] != before["index.html"]


def test_a_page_that_somebody_deleted_comes_back_with_the_next_change(site: Path) -> None:
    Path("_site", ELSEWHERE).unlink()
    Path("_site", NEIGHBOUR).unlink()
    for change in (place_changed, place_changed_back):
        change(site)
        build()
        assert {ELSEWHERE, NEIGHBOUR} <= files().keys()


@pytest.mark.parametrize("damage", [b"", b"nothing\nof ours", b"\x80"])
def test_a_damaged_ledger_only_costs_time(site: Path, damage: bytes) -> None:
    for path in site.glob("._site.ledger/*"):
        path.write_bytes(damage)
    place_changed(site)
    build()
    after = snapshot(Path("_site"))
    build("--clean", "--out", "clean")
    assert after == snapshot(Path("clean"))


def test_a_ledger_of_another_publication_is_not_used(site: Path) -> None:
    shutil.rmtree("_site")
    (site / "other").mkdir()
    build("--out", "other/_site", "--base-url", "https://other.example")
    shutil.copytree("other/_site", "_site")
    build()
    after = snapshot(Path("_site"))
    build("--clean", "--out", "clean")
    assert after == snapshot(Path("clean"))


def test_errors_leave_site_and_ledger_as_they_were(site: Path) -> None:
    before = snapshot(Path())
    edit(site / JUA_JUA, "number: 1", "number: x")
    assert main(["--jobs", "1"]) == 1
    edit(site / JUA_JUA, "number: x", "number: 1")
    assert snapshot(Path()) == before


@pytest.mark.usefixtures("site")
def test_what_was_said_of_the_site_is_said_again(capsys: pytest.CaptureFixture[str]) -> None:
    build("--json", "--clean")
    first = capsys.readouterr()
    build("--json")
    assert capsys.readouterr() == first


def test_a_file_that_cannot_be_read_is_told_like_every_mistake(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / JUA_JUA).unlink()
    (site / JUA_JUA).symlink_to("nowhere.yaml")
    assert main(["--jobs", "1"]) == 1
    assert f"GALAT {JUA_JUA} Berkas tidak dapat dibaca" in capsys.readouterr().err


def test_a_file_that_may_not_be_read_is_told(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = snapshot(Path("_site"))
    opened = open

    def refuse(path: Any, *arguments: Any, **options: Any) -> Any:
        if Path(str(path)).name == Path(JUA_JUA).name:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return opened(path, *arguments, **options)

    (site / JUA_JUA).chmod(0)  # who tests as root may read it all the same
    with monkeypatch.context() as patch:
        patch.setattr("builtins.open", refuse)
        patch.setattr("io.open", refuse)
        assert main(["--jobs", "1"]) == 1
    assert f"GALAT {JUA_JUA} Berkas tidak dapat dibaca (Permission denied)" in capsys.readouterr().err
    assert snapshot(Path("_site")) == before
    assert (site / JUA_JUA).exists()


def test_a_file_that_vanishes_while_it_is_read_is_told(site: Path) -> None:
    before = snapshot(Path("_site"))
    kept = (site / JUA_JUA).read_bytes()

    def watch(results: Iterable[ShardResult], _: int) -> Iterable[ShardResult]:
        (site / JUA_JUA).unlink()
        return results

    options = Options(Path("site_config.yaml"), Path("content"), Path("_site"), clean=True)
    with pytest.raises(ContentError) as caught:
        build_site(options, watch)
    assert (JUA_JUA, "file.unreadable") in {(problem.path, problem.code) for problem in caught.value.problems}
    assert snapshot(Path("_site")) == before
    (site / JUA_JUA).write_bytes(kept)
    build()
    assert snapshot(Path("_site")) == before


def test_an_empty_folder_of_no_kecamatan_is_noticed(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / ELECTION_FOLDER / "tps/tidak-ada").mkdir()
    assert main(["--jobs", "1"]) == 1
    assert "tidak-ada" in capsys.readouterr().err


def test_a_change_behind_a_link_to_a_folder_is_seen(site: Path) -> None:
    folder = site / ELECTION_FOLDER / "tps/kayu-agung"
    folder.rename(site / "content/elsewhere")
    folder.symlink_to(site / "content/elsewhere")
    build()
    before = snapshot(Path("_site"))
    edit(site / "content/elsewhere/jua-jua.yaml", "place: Balai", "place: Gedung")
    build()
    assert snapshot(Path("_site"))[TPS] != before[TPS]


def test_what_changes_while_it_is_read_is_not_remembered(site: Path) -> None:
    def watch(results: Iterable[ShardResult], _: int) -> Iterable[ShardResult]:
        place_changed(site)
        return results

    data_newer(site)
    options = Options(Path("site_config.yaml"), Path("content"), Path("_site"))
    build_site(options, watch)
    assert b"Gedung" in Path("_site", TPS).read_bytes()
    place_changed_back(site)
    build()
    after = snapshot(Path("_site"))
    build("--clean", "--out", "clean")
    assert after == snapshot(Path("clean"))


def watched(change: Callable[[Path], None], site: Path) -> None:
    """Build, and make a change when the folders were looked into and before any kecamatan is read."""

    def watch(results: Iterable[ShardResult], _: int) -> Iterable[ShardResult]:
        change(site)
        return results

    build_site(Options(Path("site_config.yaml"), Path("content"), Path("_site")), watch)


def is_remembered() -> bool:
    """Whether the publication tells which content it was made of."""
    return Path("_site/.papan-tps").read_text("utf-8").split("\n")[0] != ""


def test_what_changes_in_a_kecamatan_that_is_kept_is_published_by_the_next_build(site: Path) -> None:
    edit(site / SUKARAJA, "place: ", "place: Aula ")
    watched(place_changed, site)
    assert b"Balai" in Path("_site", TPS).read_bytes()
    assert is_remembered()
    build()
    assert b"Gedung" in Path("_site", TPS).read_bytes()
    after = snapshot(Path("_site"))
    build("--clean", "--out", "clean")
    assert after == snapshot(Path("clean"))


def test_what_is_added_while_it_is_read_is_published_by_the_next_build(site: Path) -> None:
    edit(site / SUKARAJA, "place: ", "place: Aula ")
    watched(news_added, site)
    assert not is_remembered()
    build()
    after = snapshot(Path("_site"))
    build("--clean", "--out", "clean")
    assert after == snapshot(Path("clean"))
    assert "berita/2024/11/baru.html" in after


def test_a_ledger_that_was_cut_short_only_costs_time(site: Path) -> None:
    ledger = site / "._site.ledger"
    for name in sorted(path.name for path in ledger.iterdir()):
        build("--clean")
        data = (ledger / name).read_bytes()
        for length in (0, len(data) // 2):
            (ledger / name).write_bytes(data[:length])
            edit(site / JUA_JUA, "place: ", "place: X")
            build()
            after = snapshot(Path("_site"))
            build("--clean", "--out", "clean")
            assert after == snapshot(Path("clean")), (name, length)
