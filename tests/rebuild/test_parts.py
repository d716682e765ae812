"""Parts of a site built separately and joined give the same bytes as one build."""

from __future__ import annotations

import json
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import Popen

import pytest
import yaml

from sitegen.cli import main
from sitegen.output.publication import write_file
from tests.conftest import ROOT
from tests.support import JUA_JUA, edit, mini, snapshot

KAYU_AGUNG, PEDAMARAN = "16.02.05", "16.02.03"
TPS = "pilkada-2024/kayu-agung/jua-jua/tps-1.html"
ELSEWHERE = "pilkada-2024/pedamaran/sukaraja/tps-1.html"
Said = pytest.CaptureFixture[str]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small good site as the current folder; both of its kecamatan were built as parts on other machines."""
    for code in (KAYU_AGUNG, PEDAMARAN):
        monkeypatch.chdir(mini(tmp_path / f"machine of {code}"))
        build("--only", code, "--out", code)
    monkeypatch.chdir(mini(tmp_path / "site"))
    for code in (KAYU_AGUNG, PEDAMARAN):
        shutil.copytree(tmp_path / f"machine of {code}" / code, Path("parts", code))
    return tmp_path / "site"


def build(*arguments: str) -> None:
    assert main(["--jobs", "1", *arguments]) == 0


def merge(*codes: str) -> dict[str, bytes]:
    build("--merge", *(f"parts/{code}" for code in codes))
    return snapshot(Path("_site"))


def clean() -> dict[str, bytes]:
    build("--clean", "--out", "clean")
    return snapshot(Path("clean"))


def is_taken(url: str, code: str) -> bool:
    """Whether a page of the site is the very file of a part."""
    return Path("_site", url).samefile(Path("parts", code, "site", url))


@pytest.mark.usefixtures("site")
def test_joined_parts_equal_one_build() -> None:
    assert merge(KAYU_AGUNG, PEDAMARAN) == clean()
    assert is_taken(TPS, KAYU_AGUNG)
    assert is_taken(ELSEWHERE, PEDAMARAN)


def test_parts_of_the_real_content_equal_one_build(
    built_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)  # where the fixture was built
    codes = [yaml.safe_load(path.read_text("utf-8"))["code"] for path in Path("content/regions").glob("*.yaml")]
    parts = [str(tmp_path / code) for code in codes]
    for code, part in zip(codes, parts, strict=True):
        build("--only", code, "--out", part)
    build("--out", str(tmp_path / "_site"), "--merge", *parts)
    assert len(codes) == 18
    assert snapshot(tmp_path / "_site") == snapshot(built_site)


@pytest.mark.usefixtures("site")
def test_what_no_part_has_is_built() -> None:
    assert merge(PEDAMARAN) == clean()
    assert is_taken(ELSEWHERE, PEDAMARAN)


@pytest.mark.usefixtures("site")
def test_a_part_holds_pages_of_its_kecamatan_alone() -> None:
    pages = {path.as_posix() for path in Path("parts", KAYU_AGUNG).glob("site/**/*.html")}
    codes = ("160205", "1602051010", "1602052001")
    own = {path for path in pages if "/site/pilkada-2024/kayu-agung/" in path}
    assert len(own) == 5
    assert pages - own == {f"parts/{KAYU_AGUNG}/site/d/{code}.html" for code in codes}


@pytest.mark.usefixtures("site")
def test_a_kabupaten_holds_its_kecamatan() -> None:
    build("--only", "16.02", "--out", "parts/all")
    assert merge("all") == clean()
    assert is_taken(TPS, "all")
    assert is_taken(ELSEWHERE, "all")


def content_changed(site: Path) -> None:
    edit(site / JUA_JUA, "place: Balai", "place: Gedung")


def configuration_changed(site: Path) -> None:
    edit(site / "site_config.yaml", "KPU Kabupaten Contoh", "KPU Kabupaten Lain")


@pytest.mark.parametrize("change", [content_changed, configuration_changed])
def test_a_part_of_something_else_is_built_again(site: Path, change: Callable[[Path], None], capsys: Said) -> None:
    change(site)
    joined = merge(KAYU_AGUNG, PEDAMARAN)
    said = capsys.readouterr().err
    assert f"PERINGATAN parts/{KAYU_AGUNG}: 1 kecamatan dari bagian ini dibuat ulang" in said
    assert (PEDAMARAN in said) == (change is configuration_changed)
    build()
    assert "parts/" not in capsys.readouterr().err
    assert joined == clean()


@pytest.mark.usefixtures("site")
def test_what_is_said_of_parts_stays_out_of_the_data(capsys: Said) -> None:
    build("--merge", "parts/" + PEDAMARAN, "--base-url", "https://other.example", "--json")
    said = capsys.readouterr()
    assert "parts/" not in said.out
    assert json.loads(said.out)["published"]
    assert f"parts/{PEDAMARAN}" in said.err


@pytest.mark.usefixtures("site")
def test_a_page_that_a_part_lost_comes_back() -> None:
    Path("parts", KAYU_AGUNG, "site", TPS).unlink()
    assert merge(KAYU_AGUNG, PEDAMARAN) == clean()


class Foreign:
    """What a pickle would run if it were let."""

    def __init__(self, *call: object) -> None:
        self.call = call

    def __reduce__(self) -> tuple[object, ...]:
        return self.call


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("call", [(Popen, (["touch", "run"],)), (write_file, ("", "run", b""))], ids=["class", "ours"])
def test_a_part_can_run_nothing(call: tuple[object, ...]) -> None:
    file = Path("parts", KAYU_AGUNG, "ledger", "kayu-agung.shard")
    file.write_bytes(b"\n" + pickle.dumps(Foreign(*call)))
    assert merge(KAYU_AGUNG, PEDAMARAN) == clean()
    assert not Path("run").exists()


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("damage", [b"", b"nothing\nof ours", b"\n" + pickle.dumps("another thing")])
def test_a_damaged_part_only_costs_time(damage: bytes) -> None:
    Path("parts", KAYU_AGUNG, "ledger", "kayu-agung.shard").write_bytes(damage)
    assert merge(KAYU_AGUNG, PEDAMARAN) == clean()
    assert is_taken(ELSEWHERE, PEDAMARAN)


@pytest.mark.usefixtures("site")
def test_parts_bring_a_site_up_to_date_that_stands_already() -> None:
    Path("_site").mkdir()
    build("--base-url", "https://other.example")
    assert merge(KAYU_AGUNG, PEDAMARAN) == clean()
    assert is_taken(TPS, KAYU_AGUNG)


def test_a_mistake_elsewhere_does_not_stop_a_part(site: Path) -> None:
    edit(site / JUA_JUA, "number: 1", "number: x")
    build("--only", PEDAMARAN, "--out", "part")
    assert main(["--only", KAYU_AGUNG, "--out", "other"]) == 1
    assert snapshot(Path("other")) == {}


def test_a_kecamatan_that_cannot_be_read_is_told_by_every_part(site: Path, capsys: Said) -> None:
    edit(site / "content/regions/kayu-agung.yaml", "code: 16.02.05\n", "code: ?\n")
    assert main(["--only", PEDAMARAN, "--out", "part"]) == 1
    assert "GALAT content/regions/kayu-agung.yaml:" in capsys.readouterr().err


@pytest.mark.usefixtures("site")
def test_a_part_is_built_again_only_after_a_change() -> None:
    def page(code: str, url: str) -> int:
        return Path("parts", code, "site", url).stat().st_ino

    build("--only", PEDAMARAN, "--out", f"parts/{PEDAMARAN}")
    before = page(PEDAMARAN, ELSEWHERE)
    build("--only", PEDAMARAN, "--out", f"parts/{PEDAMARAN}")
    assert page(PEDAMARAN, ELSEWHERE) == before
    build("--only", KAYU_AGUNG, "--out", f"parts/{PEDAMARAN}")
    assert page(PEDAMARAN, TPS)
    assert not Path("parts", PEDAMARAN, "site", ELSEWHERE).exists()


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--only", "16.03", "--out", "part"], "Tidak ada kecamatan situs ini di 16.03"),
        (["--only", "16.0", "--out", "part"], "16.0 bukan kode"),
        (["--only", "16.02", "--out", "part", "--zip"], "tanpa --zip"),
        (["--only", "16.02", "--merge", "parts/16.02.05", "--out", "part"], "--merge"),
        (["--merge", "parts/16.02.03", "content"], "content bukan bagian situs"),
        (["--merge", "parts/16.02.99"], "parts/16.02.99 bukan bagian situs"),
    ],
)
def test_wrong_usage(arguments: list[str], said: str, capsys: Said) -> None:
    before = snapshot(Path())
    assert main(arguments) == 2
    assert said in capsys.readouterr().err
    assert snapshot(Path()) == before


@pytest.mark.usefixtures("site")
def test_hidden_files_may_get_lost_on_the_way() -> None:
    for path in Path("parts").rglob(".*"):
        path.unlink()
    assert merge(KAYU_AGUNG, PEDAMARAN) == clean()
    assert is_taken(TPS, KAYU_AGUNG)


@pytest.mark.usefixtures("site")
def test_site_and_part_never_take_each_others_place() -> None:
    build()
    before = snapshot(Path())
    assert main(["--only", KAYU_AGUNG]) == 2
    assert main(["--out", f"parts/{KAYU_AGUNG}"]) == 2
    assert snapshot(Path()) == before
