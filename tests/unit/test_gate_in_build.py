"""The gate is the last thing before a publication: what the search of the sources missed stops there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sitegen import material
from sitegen import portal as portal_flow
from sitegen.cli import main
from sitegen.output.assets import published
from tests.support import JUA_JUA, edit, mini, portal_folder, snapshot

NIK = "1602050101800001"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Path]:
    """A site that was published clean; it must still be so after the test."""
    folder = mini(tmp_path)
    monkeypatch.chdir(folder)
    assert main(["build", "--jobs", "1"]) == 0
    before = snapshot(folder / "_site")
    capsys.readouterr()
    yield folder
    assert snapshot(folder / "_site") == before


def refused(capsys: pytest.CaptureFixture[str], *command: str) -> list[str]:
    assert main([*command]) == 1
    said = capsys.readouterr().err
    assert NIK not in said
    assert said.endswith("Tidak ada yang diterbitkan.\n")
    return [line for line in said.splitlines() if line.startswith("GALAT")]


def nothing(*_: Any) -> tuple[()]:
    return ()


def test_a_page_and_data_of_a_village(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(site / JUA_JUA, "ketua: Petugas Contoh 11", f"ketua: Petugas {NIK}")
    monkeypatch.setattr("sitegen.shards.check_texts", nothing)
    lines = refused(capsys, "build", "--jobs", "1")
    assert any("tps-1.html" in line and line.startswith(f"GALAT {JUA_JUA} ") for line in lines)
    assert any("data/kpps.csv" in line and line.startswith("GALAT content/regions/kayu-agung.yaml ") for line in lines)


def test_a_guide_and_what_is_made_of_its_text(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    news = "content/news/2024-11-07-pelantikan.md"
    edit(site / news, "summary: Petugas dilantik.", f"summary: Petugas dilantik {NIK}.")
    monkeypatch.setattr(material, "check_texts", nothing)
    lines = refused(capsys, "build", "--jobs", "1")
    assert any(line.startswith(f"GALAT {news} ") for line in lines)
    assert any(line.startswith("GALAT berita.atom:") for line in lines)
    assert any(line.startswith("GALAT search/") for line in lines)


@pytest.mark.parametrize("name", ["img/lambang.svg", f"img/{NIK}.svg", "home.js", "img/foto.jpg"])
def test_a_static_file(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    files = {**published(), name: f"<svg>{NIK}</svg>".encode()}
    monkeypatch.setattr(material, "published", lambda: files)
    assert site.is_dir()
    lines = refused(capsys, "build", "--jobs", "1", "--clean")
    assert any("static/" in line for line in lines)


def test_the_office_in_its_own_fields_passes_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = mini(tmp_path)
    monkeypatch.chdir(site)
    contact = "contact: {phone: (0712) 321234, email: KPU@contoh.example, whatsapp: '6281200000000', "
    edit(site / "site_config.yaml", "contact: {", contact)
    edit(
        site / "content/news/2024-11-07-pelantikan.md", "Lihat", "Telepon 0712-321234, surel kpu@contoh.example. Lihat"
    )
    assert main(["build", "--jobs", "1"]) == 0, capsys.readouterr().err
    assert "KPU@contoh.example" in (site / "_site/tentang.html").read_text("utf-8")


def test_a_portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    portal = portal_folder(tmp_path)
    monkeypatch.chdir(portal)
    capsys.readouterr()
    export = portal / "satu" / "data" / "portal.json"
    edit(export, '"name":"Celikah"', f'"name":"Celikah {NIK}"')
    lines = refused(capsys, "portal", "--out", "_portal")
    assert any(line.startswith("GALAT search/") for line in lines)
    assert not (portal / "_portal").exists()
    monkeypatch.setattr(portal_flow, "check_texts", nothing)
    edit(portal / "portal.yaml", "region: Provinsi Contoh", f"region: Provinsi {NIK}")
    assert refused(capsys, "portal", "--out", "_portal")
