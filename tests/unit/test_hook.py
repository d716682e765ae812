"""The check of files of any kind, and the hook that runs it on what is about to be committed, in real repositories."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook

from sitegen.cli import main
from tests.support import JUA_JUA, ROOT, edit, mini
from tests.unit.test_images import picture

NIK = "1602050101800001"


def check(capsys: pytest.CaptureFixture[str], *paths: str) -> tuple[int, str]:
    code = main(["check", "--privacy", *paths])
    said = capsys.readouterr()
    assert said.out == ""
    return code, said.err


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = mini(tmp_path / "site")
    monkeypatch.chdir(folder)
    return folder


def workbook(value: str | int) -> bytes:
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Nama", "Catatan"])
    sheet.append(["Petugas Contoh 1", value])
    book.save(out)
    return out.getvalue()


def test_a_clean_site_is_silent(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(site / "site_config.yaml", "contact: {", "contact: {email: kpu@contoh.example, ")
    (site / "README.md").write_text("Tulis ke kpu@contoh.example.\n", "utf-8")
    assert check(capsys, ".") == (0, "")
    assert check(capsys, "README.md", "site_config.yaml") == (0, "")


@pytest.mark.parametrize(
    ("name", "data", "place"),
    [
        ("catatan.txt", f"satu\n{NIK}\n".encode(), "catatan.txt:2"),
        ("daftar.csv", f"nama;nik\r\nPetugas;{NIK}\r\n".encode("cp1252"), "daftar.csv:2"),
        ("daftar.csv", f"nama\tnik\r\nPetugas\t{NIK}\r\n".encode("utf-16"), "daftar.csv:2"),
        ("nama é.csv", f"é;{NIK}\n".encode("cp1252"), "nama é.csv:1"),
        ("content/rusak.yaml", f"a: [\n{NIK}\n".encode(), "content/rusak.yaml:2"),
        ("content/news/2024-11-07-a.md", b"---\ntitle: A\n---\n\n0812-3456-7890\n", "content/news/2024-11-07-a.md:5"),
        ("daftar.xlsx", workbook(NIK), "daftar.xlsx:"),
        ("daftar.xlsx", workbook(int(NIK)), "daftar.xlsx:"),
        ("daftar.xlsx", workbook("0812 3456 7890"), "daftar.xlsx:"),
        ("static/img/foto.jpg", picture("JPEG"), "static/img/foto.jpg "),
    ],
)
def test_any_file_is_searched(
    site: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes, place: str
) -> None:
    file = site / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    for given in (name, "."):
        code, said = check(capsys, given)
        assert code == 1
        assert said.startswith(f"GALAT {place}")
        assert NIK not in said


def test_the_name_of_a_file_is_searched_and_masked(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / f"ktp {NIK}.txt").write_text("bersih\n", "utf-8")
    code, said = check(capsys, ".")
    assert code == 1
    assert said.startswith("GALAT ktp 16**************.txt ")
    assert NIK not in said


def test_a_file_that_cannot_be_searched_is_a_warning(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "sk.pdf").write_bytes(b"%PDF-1.7\n" + NIK.encode())
    code, said = check(capsys, "sk.pdf")
    assert code == 0
    assert said.startswith("PERINGATAN sk.pdf ")


def test_a_path_that_is_not_there_is_wrong_usage(site: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ARG001
    assert check(capsys, "tidak-ada.txt")[0] == 2


def test_results_for_machines(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "a.txt").write_text(NIK, "utf-8")
    assert main(["check", "--privacy", "a.txt", "--json"]) == 1
    assert '"privacy.nik"' in capsys.readouterr().out


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A site in a git repository with the hook, installed as docs/privacy.md says."""
    folder = mini(tmp_path / "repository")
    shutil.copytree(ROOT / ".githooks", folder / ".githooks")
    git(folder, "init", "--quiet")
    for key, value in (("user.name", "Petugas Contoh"), ("user.email", "kantor@contoh.example")):
        git(folder, "config", key, value)
    git(folder, "config", "core.hooksPath", ".githooks")
    done = commit(folder)
    assert done.returncode == 0, done.stderr
    return folder


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    mine = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**mine, "PAPAN_TPS": str(ROOT), "PATH": path, "GIT_CONFIG_GLOBAL": os.devnull}
    return subprocess.run(
        ["git", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def commit(folder: Path) -> subprocess.CompletedProcess[str]:
    git(folder, "add", "--all")
    return git(folder, "commit", "--quiet", "--message", "Perubahan")


def history(folder: Path) -> str:
    return git(folder, "log", "--patch").stdout


def test_personal_data_do_not_get_into_the_history(repository: Path) -> None:
    edit(repository / JUA_JUA, "tps:\n", f"# Ketua {NIK}\ntps:\n")
    done = commit(repository)
    assert done.returncode == 1
    assert f"GALAT {JUA_JUA}:" in done.stderr
    assert "16**************" in done.stderr
    assert "Nothing was committed" in done.stderr
    assert NIK not in done.stderr + history(repository)

    edit(repository / JUA_JUA, f"# Ketua {NIK}\n", "# Ketua\n")
    assert commit(repository).returncode == 0
    assert "# Ketua" in history(repository)


def test_what_is_staged_counts_and_not_what_lies_in_the_folder(repository: Path) -> None:
    file = repository / "catatan kecil.txt"
    file.write_text(f"{NIK}\n", "utf-8")
    git(repository, "add", file.name)
    file.write_text("bersih\n", "utf-8")
    assert git(repository, "commit", "--quiet", "--message", "a").returncode == 1
    git(repository, "add", file.name)
    file.write_text(f"{NIK}\n", "utf-8")
    assert git(repository, "commit", "--quiet", "--message", "a").returncode == 0
    assert NIK not in history(repository)


def test_the_contact_of_the_office_and_removals_pass(repository: Path) -> None:
    edit(repository / "site_config.yaml", "contact: {", "contact: {email: kpu@contoh.example, ")
    assert commit(repository).returncode == 0
    (repository / "README.md").write_text("Tulis ke kpu@contoh.example.\n", "utf-8")
    assert commit(repository).returncode == 0
    (repository / "README.md").unlink()
    assert commit(repository).returncode == 0
    (repository / "README.md").write_text("Tulis ke petugas@contoh.example.\n", "utf-8")
    assert commit(repository).returncode == 1
