"""A new site for any region."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from sitegen import build, hierarchy
from sitegen.content.documents import Loader
from sitegen.content.folders import Folders
from sitegen.content.shard import KECAMATAN, read_shard
from sitegen.content.site import CONFIG, ELECTION, read_site
from sitegen.content.sources import find
from sitegen.model.config import Contact, KppsPublication, Office, Region, SiteConfig
from sitegen.model.election import Schedule
from sitegen.model.region import Village
from sitegen.new import SHIPPED, new_site
from sitegen.options import Options
from sitegen.problems import UsageError
from sitegen.starter import office_of, races_of, short_name, time_zone

ELECTION_NAME = "pilkada-2024"


def make(folder: Path, code: str, *, sample: bool = True) -> Path:
    new_site(folder, code, election=ELECTION_NAME, sample=sample, seed=None)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("code", "sample"), [("31.01", True), ("34.71", False), ("35.29", True), ("53.07", False), ("96.03", True)]
)
def test_all_files_are_valid(tmp_path: Path, code: str, sample: bool) -> None:
    make(tmp_path, code, sample=sample)
    loader = Loader()
    sources = find(tmp_path / "content", ELECTION_NAME, Folders())
    site = read_site(sources, loader)
    shards = [read_shard(files, loader) for files in sources.shards]
    config = loader.yaml(tmp_path / "site_config.yaml", CONFIG)
    assert loader.problems == []
    assert sources.stray == ()
    assert config is not None
    assert config.data.region.code == code
    assert config.data.data_status == ("sample" if sample else "provisional")
    expected = {k.code: len(k.villages) for k in hierarchy.kecamatan(code)}
    assert {s.kecamatan.data.code: len(s.tps) for s in shards if s} == expected
    assert site.election is not None
    totals = site.election.data.official_totals
    assert (totals is not None) == sample
    if totals:
        assert totals.villages == sum(expected.values())
        assert totals.tps == sum(len(tps.data.tps) for shard in shards if shard for tps in shard.tps) > 0


def test_the_demonstration_is_what_the_generator_writes(tmp_path: Path) -> None:
    """Change ``sitegen/sample.py``, or the demonstration's TPS, only together."""
    made = files(make(tmp_path, "16.02") / "content")
    shipped = files(SHIPPED / "content")
    own = {name: data for name, data in made.items() if not name.startswith("regions/")}
    assert len(own) > 327
    assert {name for name, data in own.items() if shipped.get(name) != data} == set()


def test_the_demonstrations_region_without_its_sample_speaks_of_no_tps(tmp_path: Path) -> None:
    make(tmp_path, "16.02", sample=False)
    report = build.check(Options(tmp_path / "site_config.yaml", tmp_path / "content", tmp_path / "_site"))
    assert {problem.code for problem in report.verdict.problems} == {"missing.tps"}
    assert report.verdict.errors == ()
    assert not (tmp_path / "content" / "news").exists()


@pytest.mark.parametrize("code", ["16.02", "31.01"])
def test_the_check_of_a_sample_has_nothing_to_mend(tmp_path: Path, code: str) -> None:
    make(tmp_path, code)
    verdict = build.check(Options(tmp_path / "site_config.yaml", tmp_path / "content", tmp_path / "_site")).verdict
    assert verdict.errors == verdict.warnings == ()
    assert {problem.code for problem in verdict.acknowledged} == {"missing.coordinates"}


def test_the_demonstrations_regions_are_those_of_the_hierarchy() -> None:
    loader = Loader()
    found = [loader.yaml(path, KECAMATAN) for path in SHIPPED.glob("content/regions/*.yaml")]
    assert loader.problems == []
    names = {k.data.code: [(v.code, v.name) for v in k.data.villages] for k in found if k}
    assert names == {k.code: [tuple(v) for v in k.villages] for k in hierarchy.kecamatan("16.02")}


def test_the_demonstration_knows_other_spellings() -> None:
    document = Loader().yaml(SHIPPED / "content" / "regions" / "kayu-agung.yaml", KECAMATAN)
    assert document is not None
    assert document.data.other_names == ("Kayuagung",)


def test_the_same_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    assert files(make(tmp_path / "a", "31.01")) == files(make(tmp_path / "b", "31.01"))


def test_namesakes_have_their_address_spelled_out(tmp_path: Path) -> None:
    make(tmp_path, "53.01", sample=False)
    document = Loader().yaml(tmp_path / "content" / "regions" / "kupang-timur.yaml", KECAMATAN)
    assert document is not None
    slugs = {village.slug for village in document.data.villages if village.name.lower() == "oesao"}
    assert len(slugs) == 2
    for name in slugs:
        assert (tmp_path / f"content/elections/pilkada-2024/tps/kupang-timur/{name}.yaml").is_file()


@pytest.mark.parametrize(
    ("code", "name", "short_name"),
    [
        ("11", "Komisi Independen Pemilihan Aceh", "KIP Aceh"),
        ("11.71", "Komisi Independen Pemilihan Kota Banda Aceh", "KIP Kota Banda Aceh"),
        ("16", "KPU Provinsi Sumatera Selatan", "KPU Sumatera Selatan"),
        ("35.28", "KPU Kabupaten Pamekasan", "KPU Pamekasan"),
        ("35.78", "KPU Kota Surabaya", "KPU Kota Surabaya"),
    ],
)
def test_the_office_has_the_right_name(tmp_path: Path, code: str, name: str, short_name: str) -> None:
    config = Loader().yaml(make(tmp_path, code, sample=False) / "site_config.yaml", CONFIG)
    assert config is not None
    assert config.data.office == Office(name=name, short_name=short_name)
    assert config.data.contact.address == f"Kantor {name}"
    about = tmp_path.joinpath("content/pages/tentang.md").read_text(encoding="utf-8")
    assert ("kantor KIP" in about) == ("KIP" in short_name)
    assert ("kantor KPU" in about) != ("KIP" in short_name)


@pytest.mark.parametrize("code", ["16.02", "35.29"])
def test_what_is_written_as_configuration_is_read_the_same(tmp_path: Path, code: str) -> None:
    report = new_site(tmp_path, code, election=ELECTION_NAME, sample=True)
    read = Loader().yaml(tmp_path / "site_config.yaml", CONFIG)
    assert read is not None
    assert read.data == report.config


def test_every_key_of_the_configuration_is_explained(tmp_path: Path) -> None:
    text = make(tmp_path, "35.28", sample=False).joinpath("site_config.yaml").read_text(encoding="utf-8")
    for kind in (SiteConfig, Office, Contact, Region, KppsPublication):
        for field in fields(kind):
            assert re.search(rf"(?m)^ *(# )?{field.name}:", text), field.name


def test_codes_are_text_and_the_schema_is_named(tmp_path: Path) -> None:
    make(tmp_path, "31.01")
    config = tmp_path.joinpath("site_config.yaml").read_text(encoding="utf-8")
    assert config.startswith("# yaml-language-server: $schema=docs/schemas/site_config.json\n")
    assert '  code: "31.01"\n' in config
    for path in tmp_path.rglob("*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        schema = path.parent / first.removeprefix("# yaml-language-server: $schema=")
        assert schema.resolve().parent == (tmp_path / "docs" / "schemas").resolve(), path


def test_the_licence_of_the_names_comes_along(tmp_path: Path) -> None:
    regions = make(tmp_path, "31.01", sample=False) / "content" / "regions"
    assert "Open Database License" in regions.joinpath("LICENSE").read_text(encoding="utf-8")
    assert "idn-area-data" in regions.joinpath("NOTICE.md").read_text(encoding="utf-8")


def test_another_regions_guides_do_not_speak_of_the_demonstration(tmp_path: Path) -> None:
    make(tmp_path, "51.08", sample=False)
    guides = sorted(tmp_path.glob("content/pages/*.md"))
    assert {"cara-memilih.md", "kpps.md", "tentang.md"} <= {path.name for path in guides}
    for path in guides:
        text = path.read_text(encoding="utf-8")
        told = [
            word for word in ("OKI", "Ogan", "Sumatera", "Sungai", "WIB", "/berita/20", "AmperaBlitz") if word in text
        ]
        assert told == [], path.name


@pytest.mark.parametrize("code", ["16.99", "16.02.05", "16.02.05.1001", "oki", "", "16.0"])
def test_an_unknown_region_is_refused(tmp_path: Path, code: str) -> None:
    with pytest.raises(UsageError):
        make(tmp_path / "site", code)
    assert not (tmp_path / "site").exists()


def test_an_unknown_election_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        new_site(tmp_path, "16.02", election="pilkada-1999", sample=False, seed=None)
    assert dict(caught.value.what.values) == {"name": "pilkada-1999", "known": "pilkada-2024"}


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    tmp_path.joinpath("mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError):
        make(tmp_path, "31.01")
    with pytest.raises(UsageError):
        make(tmp_path / "mine.txt", "31.01")
    assert files(tmp_path) == {"mine.txt": b"mine"}


def test_the_starting_values_are_valid() -> None:
    loader = Loader()
    assert loader.yaml(SHIPPED / "data/starter/pilkada-2024/election.yaml", ELECTION)
    assert loader.yaml(SHIPPED / "data/starter/pilkada-2024/schedule.yaml", TypeAdapter(Schedule))
    assert loader.problems == []


def test_every_region_has_an_office_a_time_zone_and_a_ballot() -> None:
    provinces = {area.code: area for area in hierarchy.provinces()}
    for area in hierarchy.regencies():
        province = provinces[area.code[:2]]
        body = "Komisi Independen Pemilihan" if area.code.startswith("11.") else "KPU"
        assert office_of(area).name == f"{body} {area.name}"
        assert not short_name(area).startswith(("Kabupaten", "Administrasi"))
        assert time_zone(area.code) in {"WIB", "WITA", "WIT"}
        assert 1 <= len(races_of(province, area)) <= 2


@pytest.mark.parametrize(
    ("code", "zone", "races"),
    [
        ("16.02", "WIB", ["gubernur", "bupati"]),
        ("31.71", "WIB", ["gubernur"]),
        ("34.71", "WIB", ["wali-kota"]),
        ("51.71", "WITA", ["gubernur", "wali-kota"]),
        ("91.03", "WIT", ["gubernur", "bupati"]),
    ],
)
def test_zones_and_ballots(code: str, zone: str, races: list[str]) -> None:
    area, province = hierarchy.find(code), hierarchy.find(code[:2])
    assert area is not None
    assert province is not None
    assert time_zone(code) == zone
    assert [race.id for race in races_of(province, area)] == races


def test_a_provinsi_is_a_region_too(tmp_path: Path) -> None:
    report = new_site(tmp_path, "34", election=ELECTION_NAME, sample=False, seed=None)
    assert (report.kecamatan, report.villages, report.tps) == (78, 438, 0)
    assert Village(code="34.71.01.1001", name="x").slug is None
