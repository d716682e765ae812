"""The command line: commands, options, exit codes and what is printed where."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sitegen.cli import main
from tests.support import JUA_JUA, ROOT, edit, mini, snapshot

COUNTS = {"kecamatan": 2, "villages": 3, "tps": 4, "kpps": 28, "voters": 1600, "pages": 28}
COUNTED = "2 kecamatan, 3 desa/kelurahan, 4 TPS, 28 KPPS, 1.600 pemilih"
Said = pytest.CaptureFixture[str]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small good site as the current folder."""
    monkeypatch.chdir(mini(tmp_path))
    return tmp_path


def spoil(site: Path) -> None:
    edit(site / JUA_JUA, "number: 2", "number: 1")


@pytest.mark.parametrize("arguments", [[], ["--jobs", "1"], ["build"], ["build", "--clean"]])
def test_a_plain_call_builds(site: Path, capsys: Said, arguments: list[str]) -> None:
    assert main([*arguments, "--jobs", "1"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    counts, done = said.out.splitlines()
    assert counts == COUNTED
    assert done.startswith("28 halaman dalam ")
    assert done.endswith(" detik: _site/")
    assert (site / "_site" / "index.html").exists()


def test_options_name_other_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mini(tmp_path / "site")
    (tmp_path / "site" / "site_config.yaml").rename(tmp_path / "config.yaml")
    monkeypatch.chdir(tmp_path)
    assert main(["--config", "config.yaml", "--content", "site/content", "--out", "public", "--jobs", "1"]) == 0
    assert (tmp_path / "public" / "index.html").exists()


def test_names_of_kpps_that_are_still_published_after_their_day_are_told(site: Path, capsys: Said) -> None:
    config = site / "site_config.yaml"
    edit(config, "{publish: names}", "{publish: names, names_until: 2024-12-08}")
    assert main([]) == 0
    assert "Nama KPPS" not in capsys.readouterr().err  # invented ones
    edit(config, "data_status: sample", "data_status: official")
    for _ in range(2):  # also when nothing changed
        assert main([]) == 0
        assert "Nama KPPS seharusnya hanya terbit sampai Minggu, 8 Desember 2024" in capsys.readouterr().err
    edit(config, "{publish: names,", "{publish: roles,")
    assert main([]) == 0
    assert "Nama KPPS" not in capsys.readouterr().err


def test_errors_in_the_content_publish_nothing(site: Path, capsys: Said) -> None:
    spoil(site)
    before = snapshot(site)
    assert main(["build", "--jobs", "1"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    place, fix, end = said.err.splitlines()
    assert place == f"GALAT {JUA_JUA}:17 Nomor TPS 1 sudah dipakai di baris 4"
    assert fix.startswith("  Perbaiki: ")
    assert end == "Tidak ada yang diterbitkan."
    assert snapshot(site) == before


def test_messages_in_english(site: Path, capsys: Said) -> None:
    spoil(site)
    for arguments in (["--lang", "en"], ["--lang=en"]):
        assert main(["build", "--jobs", "1", *arguments]) == 1
        assert capsys.readouterr().err.splitlines() == [
            f"ERROR {JUA_JUA}:17 TPS number 1 is already used in line 4",
            "  Mend: A number stands only once in a village.",
            "Nothing was published.",
        ]


def test_check_counts_and_writes_nothing(site: Path, capsys: Said) -> None:
    before = snapshot(site)
    assert main(["check", "--jobs", "1"]) == 0
    said = capsys.readouterr()
    head, counts, found = said.out.splitlines()[:3]
    assert head.startswith("Kabupaten Contoh · Pilkada 2024 · data per ")
    assert counts == COUNTED
    assert found == "Dapat diterbitkan: 0 kesalahan, 0 peringatan, 0 catatan, 1 diterima dengan alasan"
    assert said.err == ""
    assert snapshot(site) == before


def test_check_tells_every_problem_and_writes_nothing(site: Path, capsys: Said) -> None:
    edit(site / "content/elections/pilkada-2024/election.yaml", "tps: 4", "tps: 5")
    before = snapshot(site)
    assert main(["check", "--jobs", "1"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "\n    content/elections/pilkada-2024/election.yaml:18 [totals.difference 16.02]\n" in said.out
    assert said.out.splitlines()[2].startswith("Dapat diterbitkan, dengan peringatan: 0 kesalahan, 1 peringatan, ")
    spoil(site)
    edit(site / "content/pages/kpps.md", "title:", "titel:")
    assert main(["check", "--jobs", "1"]) == 1
    said = capsys.readouterr()
    assert said.err == ""
    errors = said.out.partition("DITERIMA")[0]
    places = [line.split()[0].rpartition("/")[2] for line in errors.splitlines() if line.startswith("    content/")]
    assert sorted(places) == ["jua-jua.yaml:17", "kpps.md", "kpps.md:1", "kpps.md:2"]
    assert said.out.splitlines()[2].startswith("Belum dapat diterbitkan sebelum kesalahan diperbaiki: 4 kesalahan, ")
    after = snapshot(site)
    assert set(after) == set(before)


@pytest.mark.parametrize(("command", "published"), [("build", True), ("check", False)])
def test_json_of_a_good_site(site: Path, capsys: Said, command: str, published: bool) -> None:
    assert main([command, "--jobs", "1", "--json"]) == 0
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert (found["published"], found["counts"]) == (published, COUNTS)
    assert [(one["code"], one["acknowledged"]) for one in found["problems"]] == [
        ("missing.coordinates", "Letak TPS tidak dikarang (contoh).")
    ]
    assert [row["name"] for row in found.get("kecamatan", [])] == ([] if published else ["Kayu Agung", "Pedamaran"])
    assert said.err == ""
    assert (site / "_site").exists() == published


@pytest.mark.parametrize("command", ["build", "check"])
def test_json_of_a_site_with_errors(site: Path, capsys: Said, command: str) -> None:
    spoil(site)
    assert main([command, "--jobs", "1", "--json", "--lang", "en"]) == 1
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert found["published"] is False
    assert [problem for problem in found["problems"] if problem["severity"] == "error"] == [
        {
            "severity": "error",
            "code": "tps.number-twice",
            "path": JUA_JUA,
            "line": 17,
            "what": "TPS number 1 is already used in line 4",
            "fix": "A number stands only once in a village.",
            "place": "",
            "tps": [],
            "acknowledged": None,
        }
    ]
    assert said.err == ""


def test_another_address_without_touching_the_configuration(site: Path) -> None:
    assert main(["--jobs", "1", "--base-url", "https://kpu.example/tps/"]) == 0
    pages = (site / "_site" / "sitemap.xml").read_text("utf-8")
    assert "<loc>https://kpu.example/tps/jadwal.html</loc>" in pages
    assert "papan.example" not in pages
    assert 'href="/tps/cek-tps.html"' in (site / "_site" / "404.html").read_text("utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ["buidl"],
        ["--unknown"],
        ["build", "--jobs", "0"],
        ["build", "--jobs", "-1"],
        ["build", "--jobs", "x"],
        ["build", "--lang", "fr"],
        ["build", "--base-url", "kpu.example"],
        ["build", "--base-url", "javascript:alert(1)"],
        ["check", "--base-url", "https://kpu.example"],
        ["check", "--config", "none.yaml"],
        ["check", "--content", "none"],
        ["build", "--out", "content"],
        ["build", "--out", "."],
        ["build", "--out", "/"],
        ["build", "--out", "/", "--zip"],
        ["build", "--out", "/", "--only", "16"],
        ["build", "--out", "site_config.yaml"],
        ["serve", "--port", "x"],
        ["new"],
        ["new", "target"],
        ["new", "news"],
        ["new", "newz", "Title"],
        ["new", "news", " "],
        ["new", "news", "Title", "--date", "7-11-2024"],
        ["new", "news", "Title", "--content", "none"],
        ["new", "news", "Title", "--region", "16.02"],
        ["new", "target", "--region", "99.99"],
        ["new", "target", "--region", "Nusantaria"],
        ["new", "content", "--region", "16.02"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_told_in_one_line(site: Path, capsys: Said, arguments: list[str]) -> None:
    before = snapshot(site)
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("GALAT ")
    assert said.err.count("\n") == 1
    assert snapshot(site) == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("impor data.xlsx", 'Tidak ada perintah "impor". Maksud Anda "import"?'),
        ("terbitkan", 'Tidak ada perintah "terbitkan". Yang mungkin di sini: build, check, serve, new, '),
        ("build --lang fr", '"fr" tidak mungkin di sini (lang). Yang mungkin di sini: id, en.'),
        ("check --halaman x", "Tidak dimengerti: --halaman x; lihat build.py check --help"),
        ("--semua", "Tidak dimengerti: --semua; lihat build.py build --help"),
    ],
)
def test_a_command_that_is_not_known_is_told_in_the_language_of_the_site(
    capsys: Said, arguments: str, told: str
) -> None:
    assert main(arguments.split()) == 2
    assert capsys.readouterr().err.startswith(f"GALAT {told}")


def test_a_name_of_several_regions_is_told_with_their_codes(site: Path, capsys: Said) -> None:
    before = snapshot(site)
    assert main(["new", "target", "--region", "malang"]) == 2
    told = capsys.readouterr().err
    assert told.splitlines()[-4:] == [
        "GALAT Ada beberapa wilayah bernama malang:",
        "  35.07  Kabupaten Malang",
        "  35.73  Kota Malang",
        "Tuliskan kodenya: --region 35.07",
    ]
    assert snapshot(site) == before


def test_a_folder_that_cannot_be_written_is_told(site: Path, capsys: Said) -> None:
    (site / "file").write_text("")
    assert main(["--jobs", "1", "--out", "file/_site"]) == 1
    said = capsys.readouterr()
    assert said.err.startswith("GALAT ")
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("closed", "arguments", "is_good"),
    [
        ("stdout", ["check"], True),
        ("stdout", ["build", "--json"], True),
        ("stdout", ["build"], True),
        ("stderr", ["build"], False),
        ("stderr", ["no-such-command"], True),
    ],
)
def test_a_reader_that_goes_away_is_no_error(site: Path, closed: str, arguments: list[str], *, is_good: bool) -> None:
    if not is_good:
        spoil(site)
    reads, writes = os.pipe()
    os.close(reads)
    streams: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, closed: writes}
    command = [sys.executable, str(ROOT / "build.py"), *arguments]
    done = subprocess.run(command, cwd=site, check=False, **streams)
    os.close(writes)
    assert done.returncode == 141
    assert not done.stdout
    assert not done.stderr


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_streams_are_no_error(site: Path, closed: str) -> None:
    for arguments in ("check", "build"):
        command = f'"{sys.executable}" "{ROOT / "build.py"}" {arguments} {closed}'
        assert subprocess.run(command, shell=True, cwd=site, check=False).returncode == 0
    assert (site / "_site/index.html").is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a file that is always full")
def test_a_full_disk_behind_the_output_is_told(site: Path) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, str(ROOT / "build.py"), "check"]
        buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
        done = subprocess.run(
            command, cwd=site, check=False, stdout=full, stderr=subprocess.PIPE, text=True, env=buffered
        )
    assert done.returncode == 1
    assert done.stderr.startswith("GALAT ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["--help"], "membuat situs"),
        (["-h", "--lang", "en"], "build the site"),
        (["--help"], "pemakaian: build.py [-h] [--version] {build,"),
        (["--help"], "perintah: {build,"),
        (["new", "--help"], "argumen: target"),
        (["build", "--help"], "pilihan: "),
        (["build", "--help"], "-h, --help tampilkan bantuan ini"),
        (["build", "--lang=en", "--help"], "usage: build.py build [-h]"),
        (["build", "--lang=en", "--help"], "configuration (default site_config.yaml)"),
    ],
)
def test_help_in_both_languages(capsys: Said, arguments: list[str], text: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 0
    assert text in " ".join(capsys.readouterr().out.split())


def test_the_version(capsys: Said) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("Papan TPS ")


def test_a_site_without_a_single_kecamatan_is_told(site: Path, capsys: Said) -> None:
    shutil.rmtree(site / "content" / "regions")
    assert main(["--jobs", "1"]) == 1
    assert "Traceback" not in capsys.readouterr().err
