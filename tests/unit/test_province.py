"""What the workflow of a provinsi is told: its kabupaten and kota, and the portal above them."""

from __future__ import annotations

import json

import pytest
from pydantic import TypeAdapter

from sitegen.content import yaml_events
from sitegen.model.portal import PortalConfig
from tools.province import main

Said = pytest.CaptureFixture[str]


def test_matrix_has_every_kabupaten_and_kota(capsys: Said) -> None:
    assert main(["matrix", "16"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found) == 17
    assert found[1] == {"code": "16.02", "folder": "ogan-komering-ilir"}
    assert {"code": "16.71", "folder": "kota-palembang"} in found
    assert len({site["folder"] for site in found}) == 17


def test_portal_names_the_same_folders(capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SITE_URL", raising=False)
    monkeypatch.setenv("GITHUB_REPOSITORY", "kpu/sumsel")
    assert main(["matrix", "16"]) == 0
    folders = [site["folder"] for site in json.loads(capsys.readouterr().out)]
    assert main(["portal", "16"]) == 0
    portal = TypeAdapter(PortalConfig).validate_python(yaml_events.parse(capsys.readouterr().out))
    assert portal.office.name == "KPU Provinsi Sumatera Selatan"
    assert portal.base_url == "https://kpu.github.io/sumsel/"
    assert [entry.url for entry in portal.sites] == [f"https://kpu.github.io/sumsel/{name}/" for name in folders]
    assert [entry.data for entry in portal.sites] == [f"kabupaten/{name}" for name in folders]


@pytest.mark.parametrize("arguments", [["matrix", "99"], ["matrix", "16.02"], ["portal", "16"]])
def test_no_such_provinsi_or_no_address(arguments: list[str], capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SITE_URL", raising=False)
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    assert main(arguments) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err


@pytest.mark.parametrize("arguments", [[], ["matrix"], ["list", "16"]])
def test_wrong_usage(arguments: list[str], capsys: Said) -> None:
    assert main(arguments) == 2
    assert "usage" in capsys.readouterr().err
