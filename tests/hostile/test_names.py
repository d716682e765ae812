"""Names of files as addresses, and links in the content."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from sitegen.content.own import TOP_FOLDERS
from tests.hostile.everything import command, full
from tests.hostile.test_texts import holds
from tests.support import ELECTION_FOLDER, JUA_JUA, edit

GUIDE = "---\ntitle: Judul\nsummary: Ringkasan.\n---\nIsi.\n"
NAMES = [
    *("con NUL aux com1 index Kayu-Agung .. ... . - a--b a.b a;b a'b <b> %2e 田 Кayu ~ $(x) a\\b a:b".split()),
    *("KAYU AGUNG", "a b", "ayu\u0301", "ay\u00fa", "\u202ea", "a\nb", "\x1b[31m", "\udcff\udcfe", "a" * 200 + "_"),
]


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_name_that_cannot_stand_in_an_address_is_refused(tmp_path: Path, name: str) -> None:
    for folder, text, kind in (("pages", GUIDE, "md"), ("regions", "code: 16.02.07\nname: X\nvillages: []\n", "yaml")):
        site = full(tmp_path / folder)
        put(site / "content" / folder, f"{name}.{kind}", text)
        for command_name in ("build", "check"):
            said = command(site, command_name)
            assert said.code == 1
            (said.out + said.err).encode()
        assert holds(command(site, "build")), said.err
        assert not site.joinpath("_site").exists()


@pytest.mark.parametrize("name", ["a" * 80, "x-1", "404-2", "cara-memilih-2"])
def test_other_names_are_addresses(tmp_path: Path, name: str) -> None:
    site = full(tmp_path / "s")
    put(site / "content/pages", f"{name}.md", GUIDE)
    assert command(site, "build").code == 0
    assert (site / "_site" / f"{name}.html").is_file()


@pytest.mark.parametrize("name", ["../../x", "CON", "con", "a/b", "A", "a.b", "é", "x" * 300, "", "-", "٣"])
def test_names_in_files_that_become_folders(tmp_path: Path, name: str) -> None:
    for file, old in (
        ("content/regions/kayu-agung.yaml", "slug: jua-jua"),
        ("site_config.yaml", "election: pilkada-2024"),
    ):
        site = full(tmp_path / file.replace("/", "-"))
        edit(site / file, old, f'{old.partition(":")[0]}: "{name}"')
        said = command(site, "build")
        assert said.code == 1
        assert holds(said), said.err
        assert file in said.err


@pytest.mark.parametrize("name", sorted(TOP_FOLDERS))
def test_an_election_called_like_a_folder_of_the_site_is_refused(tmp_path: Path, name: str) -> None:
    site = full(tmp_path / "s")
    folder = site / "content/elections"
    folder.joinpath("pilkada-2024").rename(folder / name)
    edit(site / "site_config.yaml", "election: pilkada-2024", f"election: {name}")
    said = command(site, "build")
    assert said.code == 1
    assert holds(said), said.err
    assert f"content/elections/{name} " in said.err
    assert not (site / "_site").exists()


def test_no_folder_of_the_site_is_forgotten(tmp_path: Path) -> None:
    site = full(tmp_path / "s")
    found = set()
    for languages in ("id, en", "en, id"):
        text = (site / "site_config.yaml").read_text("utf-8")
        text = re.sub(r"^languages:.*\n", "", text, flags=re.MULTILINE) + f"languages: [{languages}]\n"
        (site / "site_config.yaml").write_text(text, "utf-8")
        assert command(site, "build").code == 0
        found |= {path.name for path in site.joinpath("_site").iterdir() if path.is_dir()}
    assert found - {"pemilu-2024", "pilkada-2024"} == TOP_FOLDERS - {
        "admin",
        "media",
    }  # tried elsewhere: test_admin, test_pictures


def test_two_files_of_one_address_name_each_other(tmp_path: Path) -> None:
    site = full(tmp_path / "s")
    put(site / "content/pages", "data.md", GUIDE)
    said = command(site, "build")
    assert "content/pages/data.md" in said.err
    assert "templates/pages/data.html" in said.err


def test_links_that_lead_out_are_refused_and_not_read(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    shutil.copytree(full(tmp_path / "other") / "content", outside)
    outside.joinpath("secret.md").write_text(GUIDE.replace("Isi.", "RAHASIA"), "utf-8")
    for number, (inside, target) in enumerate(
        {
            "content/pages/rahasia.md": outside / "secret.md",
            "content/news/2024-11-09-x.md": Path("/dev/zero"),
            JUA_JUA: outside / Path(JUA_JUA).relative_to("content"),
            f"{ELECTION_FOLDER}/election.yaml": outside / "elections/pilkada-2024/election.yaml",
            f"{ELECTION_FOLDER}/tps/kayu-agung": outside / "elections/pilkada-2024/tps/kayu-agung",
            "content/regions": outside / "regions",
            "content/pages": Path("../../outside/pages"),
        }.items()
    ):
        site = full(tmp_path / f"s{number}")
        path = site / inside
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        path.symlink_to(target)
        said = command(site, "build")
        assert said.code == 1, inside
        assert holds(said), said.err
        assert inside in said.err
        assert "symlink) ke luar" in said.err
        assert not (site / "_site").exists()


def test_links_inside_are_followed_and_none_is_published(tmp_path: Path) -> None:
    site = full(tmp_path / "s")
    guide = site / "content/pages/lain.md"
    guide.symlink_to("cara-memilih.md")
    assert command(site, "build").code == 0
    assert (site / "_site/lain.html").is_file()
    assert [path for path in site.joinpath("_site").rglob("*") if path.is_symlink()] == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_told_and_not_waited_for(tmp_path: Path) -> None:
    site = full(tmp_path / "s")
    os.mkfifo(site / "content/pages/pipa.md")
    os.mkfifo(site / "content/pipa")
    said = command(site, "build")
    assert said.code == 1
    assert "content/pages/pipa.md Ini bukan berkas biasa" in said.err
