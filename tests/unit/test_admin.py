"""The page for writing news in the browser: its forms, and how its editor is fetched. The editor itself is tried in
``tests/browser/test_admin.py``."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from sitegen.cli import main
from sitegen.model.article import GuideHead, NewsHead
from sitegen.model.election import Schedule, Stage
from sitegen.output import admin
from tests.support import mini, snapshot

Said = pytest.CaptureFixture[str]
PACKAGE = {
    "package/npm/index.js": b"export default {}",
    "package/npm/index.js.map": b"{}",
    "package/npm/assets/font.woff2": b"font",
    "package/npm/../../../evil.js": b"evil",
    "package/dist/sveltia-cms.js": b"other",
    "package/LICENSE.txt": b"MIT",
}


def package() -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as archive:
        for name, text in PACKAGE.items():
            member = tarfile.TarInfo(name)
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text))
    return data.getvalue()


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small good site as the current folder, with the page on and an empty cache."""
    monkeypatch.chdir(mini(tmp_path))
    with Path("site_config.yaml").open("a", encoding="utf-8") as config:
        config.write("\nadmin:\n  repository: kantor-contoh/situs\n")
    monkeypatch.setattr(admin, "CACHE", tmp_path / "cache")
    return tmp_path


@pytest.fixture
def published(site: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """What is published with an editor that does nothing."""
    monkeypatch.setattr(admin, "fetched", package)
    assert main(["--jobs", "1", "--base-url", "https://kpu.example/situs/"]) == 0
    return snapshot(site / "_site")


def config_of(published: dict[str, bytes]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(published["admin/config.json"])
    return found


def every_field(form: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for one in [*form.get("fields", []), *([form["field"]] if "field" in form else [])]:
        yield one
        yield from every_field(one)


def names(form: dict[str, Any]) -> set[str]:
    return {field["name"] for field in form["fields"]}


def keys(model: Any) -> set[str]:
    return {field.name for field in fields(model)}


def test_there_is_none_unless_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(mini(tmp_path))
    monkeypatch.setattr(admin, "fetched", lambda: pytest.fail("nobody asked"))
    assert main(["--jobs", "1"]) == 0
    assert [name for name in snapshot(tmp_path / "_site") if name.startswith("admin")] == []


def test_what_is_published(published: dict[str, bytes]) -> None:
    found = {name for name in published if name.startswith("admin/") or "evil" in name}
    ours = {"admin/index.html", "admin/config.json", "admin/start.js"}
    assert found == {*ours, "admin/cms/index.js", "admin/cms/assets/font.woff2", "admin/cms/LICENSE.txt"}
    assert b"/admin" not in published["sitemap.xml"]
    assert b'content="noindex"' in published["admin/index.html"]


def test_the_page_lets_scripts_come_from_here_alone(published: dict[str, bytes]) -> None:
    assert "script-src 'self';" in admin.POLICY
    assert "eval" not in admin.POLICY
    assert b"script-src &#39;self&#39;;" in published["admin/index.html"]
    assert published["admin/index.html"].count(b"<script") == 1
    # The worker would keep a copy of a page that must be of today.
    assert b"admin/" in published["sw.js"]


def test_it_writes_news_guides_and_the_calendar_and_nothing_else(published: dict[str, bytes]) -> None:
    config = config_of(published)
    assert config["backend"]["repo"] == "kantor-contoh/situs"
    assert config["backend"]["branch"] == "main"
    news, guides, calendar = config["collections"]
    assert (news["folder"], guides["folder"]) == ("content/news", "content/pages")
    (schedule,) = calendar["files"]
    assert schedule["file"] == "content/elections/pilkada-2024/schedule.yaml"
    assert names(news) == keys(NewsHead) | {"body"}
    assert names(guides) == keys(GuideHead) | {"body"}
    assert names(schedule) == keys(Schedule)
    assert names(next(field for field in schedule["fields"] if field["name"] == "stages")) == keys(Stage)
    assert not {"kpps", "coordinates", "voters"} & {
        f["name"] for form in (news, guides, schedule) for f in every_field(form)
    }


def test_forms_are_in_words_of_people(published: dict[str, bytes]) -> None:
    news, guides, calendar = config_of(published)["collections"]
    for form in (news, guides, *calendar["files"]):
        for field in every_field(form):
            assert field["label"] != field["name"], field
            for option in field.get("options", []):
                assert option["label"] != option["value"], option
    labels = {field["name"]: field["label"] for field in news["fields"]}
    assert (labels["title"], labels["sources"]) == ("Judul", "Sumber")


def test_villages_are_chosen_by_name_never_typed_as_codes(published: dict[str, bytes]) -> None:
    news = config_of(published)["collections"][0]
    villages = next(field for field in news["fields"] if field["name"] == "villages")
    assert villages["multiple"] is True
    assert {"value": "16.02.05.1010", "label": "Jua-jua · Kec. Kayu Agung"} in villages["options"]


def test_without_npm_nothing_is_published_and_the_way_out_is_told(
    site: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert main(["--jobs", "1"]) == 1
    said = capsys.readouterr().err.splitlines()
    what = "Halaman /admin/ memerlukan npm untuk mengambil penyuntingnya, dan npm tidak ada di sini"
    assert said == [
        f"GALAT site_config.yaml {what}",
        "  Perbaiki: Pasang Node.js, atau hapus admin.",
        "Tidak ada yang diterbitkan.",
    ]
    assert not (site / "_site").exists()
    assert main(["check", "--jobs", "1"]) == 0


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("echo 'no such\nhost' >&2; exit 1", "npm tidak dapat mengambil penyunting untuk /admin/ (no such host)"),
        ("exit 0", "npm tidak dapat mengambil penyunting untuk /admin/ ()"),
        (f"echo other > sveltia-cms-{admin.VERSION}.tgz", f"Yang diambil npm bukan @sveltia/cms {admin.VERSION} "),
    ],
)
def test_only_the_bytes_that_are_known_are_taken(
    site: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch, script: str, told: str
) -> None:
    npm = site / "bin" / "npm"
    npm.parent.mkdir()
    npm.write_text(f"#!/bin/sh\n{script}\n")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{npm.parent}:/usr/bin:/bin")
    assert main(["--jobs", "1"]) == 1
    assert told in capsys.readouterr().err
    assert not (site / "_site").exists()
    assert list((site / "cache").iterdir()) == []


def test_what_was_fetched_once_is_used_again(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = package()
    monkeypatch.setattr(admin, "INTEGRITY", admin._integrity(data))
    (site / "cache").mkdir()
    (site / "cache" / f"sveltia-cms-{admin.VERSION}.tgz").write_bytes(data)
    monkeypatch.setenv("PATH", "")
    assert main(["--jobs", "1"]) == 0
    assert (site / "_site" / "admin" / "cms" / "index.js").read_bytes() == PACKAGE["package/npm/index.js"]
