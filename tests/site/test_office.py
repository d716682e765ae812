"""The repository of a new office, made as somebody makes it and used where it was made."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from sitegen import hierarchy
from sitegen.content.documents import Loader
from sitegen.content.shard import KECAMATAN
from sitegen.content.site import CONFIG
from sitegen.content.yaml_write import document
from sitegen.hierarchy import KecamatanArea
from sitegen.new import kecamatan_of
from sitegen.slugs import kecamatan_slugs, village_slugs
from sitegen.starter import config_of, config_text, office_of
from tests.html_pages import read_site
from tests.site.test_repository import dead_links
from tools import pull_request


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "build.py", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def office(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository of an office whose villages have quotes in their names."""
    folder = tmp_path_factory.mktemp("office") / "situs"
    done = run(repo, "new", "--region", "Kab. Toraja Utara", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


def test_the_folder_is_a_repository_of_its_own(repo: Path, office: Path) -> None:
    names = {path.relative_to(office).as_posix() for path in office.rglob("*") if path.is_file()}
    expected = {"README.md", ".gitignore", ".gitattributes", "site_config.yaml", "build.py", "requirements/site.txt"}
    expected |= {".github/workflows/situs.yml", ".vscode/settings.json", "docs/schemas/village_tps.json", "LICENSE"}
    expected |= {f"docs/{path.name}" for path in repo.glob("docs/panduan-*.md")}
    assert expected <= names
    assert [name for name in names if name.startswith(("tests/", "benchmarks/", "content/news/"))] == []
    assert [name for name in names if "__pycache__" in name] == []
    assert (office / "README.md").read_text("utf-8").startswith("# Papan TPS KPU Toraja Utara\n")


def test_it_is_checked_and_built_by_what_lies_in_it(office: Path) -> None:
    checked = run(office, "check")
    assert checked.returncode == 0, checked.stderr
    assert "21 kecamatan, 151 desa/kelurahan, 0 TPS" in checked.stdout
    built = run(office, "--jobs", "1")
    assert built.returncode == 0, built.stderr
    pages = read_site(office / "_site")
    assert [(page.url, page.faults) for page in pages.values() if page.faults] == []
    assert "KPU Toraja Utara" in pages["index.html"].title


def test_links_of_its_documents_lead_somewhere(office: Path) -> None:
    pages = [path.relative_to(office).as_posix() for path in (office / "README.md", *office.glob("docs/*.md"))]
    assert dead_links(office, {name: (office / name).read_bytes() for name in pages}) == []


def test_git_leaves_out_what_is_made_and_takes_all_else(office: Path) -> None:
    beside = [
        f".{out}.{kind}" for out in ("_site", "_portal") for kind in ("building/x", "ledger/x", "lock", "spare/x")
    ]
    others = [".cache/x", "DPT Rantepao.xlsx", ".venv/x", "tools/__pycache__/x.pyc", "kpps.csv"]
    for name in ("_site/x.html", "_portal/x.html", *beside, *others):
        (office / name).parent.mkdir(exist_ok=True, parents=True)
        (office / name).touch()
    git = ["git", "-c", "core.excludesFile=", "-c", "safe.directory=*"]
    subprocess.run([*git, "init", "--quiet", "."], cwd=office, check=True)
    listing = [*git, "ls-files", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=office, capture_output=True, text=True, check=True).stdout.splitlines()
    left_out = ("_site", "_portal", "._", ".cache/", ".venv/")
    assert [name for name in names if name.startswith(left_out) or name.endswith((".xlsx", ".csv", ".pyc"))] == []
    assert {"data/wilayah/wilayah.csv.xz", "content/regions/kesu.yaml", ".vscode/settings.json"} <= set(names)


def test_editors_find_the_schema_of_every_file(office: Path) -> None:
    settings = json.loads((office / ".vscode" / "settings.json").read_text("utf-8"))
    for schema, pattern in settings["yaml.schemas"].items():
        assert (office / schema).is_file()
        assert list(office.glob(pattern.lstrip("/")))


def test_a_pull_request_shows_problems_at_their_lines(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workflow = yaml.safe_load((office / ".github/workflows/situs.yml").read_text("utf-8"))
    steps = [step.get("run", "") for step in workflow["jobs"]["check"]["steps"]]
    assert any("build.py check --json > check.json" in step and "pull_request.py check.json" in step for step in steps)
    news = office / "content" / "news" / "2024-11-07-salah.md"
    news.parent.mkdir(exist_ok=True)
    news.write_text("---\ntitle: Salah\nsumary: x\nsources: []\n---\nIsi\n", "utf-8")
    done = run(office, "check", "--json")
    news.unlink()
    assert done.returncode == 1
    (tmp_path / "check.json").write_text(done.stdout, "utf-8")
    assert pull_request.main([str(tmp_path / "check.json")]) == 1
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith("::error file=content/news/2024-11-07-salah.md,line=")
    assert "%0A" in first


def test_a_pull_request_without_a_result_is_not_good(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "check.json").touch()
    assert pull_request.main([str(tmp_path / "check.json")]) == 1
    assert "no result" in capsys.readouterr().err


def test_many_problems_are_all_shown() -> None:
    one = {"path": "a:b,c.yaml", "line": 0, "what": "100 %\nx", "fix": "y"}
    problems = [{**one, "severity": kind, "line": n} for kind in ("warning", "error") for n in range(12)]
    found = pull_request.shown(problems)
    assert len(found) == 24
    assert found[0] == "::error file=a%3Ab%2Cc.yaml,line=1::100 %25%0Ax%0Ay"
    assert [line for line in found if line.startswith("::warning")] == found[12:22]


def by_regency() -> Iterator[tuple[str, list[KecamatanArea]]]:
    found = defaultdict(list)
    for area in hierarchy.kecamatan():
        found[area.code[:5]].append(area)
    yield from found.items()


def has_strange_name(area: KecamatanArea) -> bool:
    names = (area.name, *(village.name for village in area.villages))
    return not all(name.replace(" ", "").replace("-", "").isalpha() for name in names)


def test_every_one_of_the_514_gets_valid_files_with_addresses_of_their_own(tmp_path: Path) -> None:
    names = {area.code: area for area in hierarchy.regencies()}
    loader = Loader()
    path = tmp_path / "file.yaml"
    for code, kecamatan in by_regency():
        area = names.pop(code)
        config = config_of(area, office_of(area), "pilkada-2024", is_sample=False)
        path.write_text(config_text(config), "utf-8")
        read = loader.yaml(path, CONFIG)
        assert read is not None
        assert read.data == config
        folders = kecamatan_slugs(((k.code, k.name) for k in kecamatan), {code: area.name})
        files = [f"{folders[k.code]}/{slug}" for k in kecamatan for slug in village_slugs(k.villages).values()]
        assert len(set(files)) == sum(len(k.villages) for k in kecamatan)
        for found in filter(has_strange_name, kecamatan):
            path.write_text(document(kecamatan_of(found)), "utf-8")
            again = loader.yaml(path, KECAMATAN)
            assert again is not None
            assert again.data == kecamatan_of(found)
    assert names == {}
    assert loader.problems == []


@pytest.mark.parametrize("region", ["Nunukan", "12.07"])
def test_strange_names_pass_check_and_build(repo: Path, tmp_path: Path, region: str) -> None:
    folder = tmp_path / "situs dengan spasi"
    made = run(repo, "new", "--region", region, "--sample", "--content-only", str(folder))
    assert made.returncode == 0, made.stderr
    assert {path.name for path in folder.iterdir()} == {"content", "site_config.yaml"}
    options = ("--config", str(folder / "site_config.yaml"), "--content", str(folder / "content"), "--jobs", "2")
    built = run(repo, "build", *options, "--out", str(tmp_path / "_site"))
    assert built.returncode == 0, built.stderr
    checked = run(repo, "check", *options)
    assert checked.returncode == 0, checked.stdout
