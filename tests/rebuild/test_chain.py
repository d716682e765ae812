"""Publications after each other: what each tells of the one before, and that nobody can change one unnoticed."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from sitegen.cli import main
from tests.support import ELECTION_FOLDER, JUA_JUA, before_the_vote, edit, mini, mini_elsewhere, snapshot

CELIKAH = f"{ELECTION_FOLDER}/tps/kayu-agung/celikah.yaml"
SUKARAJA = f"{ELECTION_FOLDER}/tps/pedamaran/sukaraja.yaml"
ACKNOWLEDGED = f"{ELECTION_FOLDER}/acknowledged.yaml"
MOVE = ("change", "Jua-jua", "2", "moved", "--place", "Pasar", "--decree", "BA 1", "--decided", "2024-11-26 16:30")
ACCEPTED = "  - {code: change.unexplained, place: 16.02.05.1010, reason: Salah ketik.}\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small good site on the eve of the vote, published as ``p1``, as the current folder."""
    monkeypatch.chdir(mini(tmp_path))
    before_the_vote(tmp_path)
    assert publish("p1") == 0
    return tmp_path


def publish(out: str, previous: str | None = None, *more: str) -> int:
    options = ["--previous", previous] if previous else []
    return main(["build", "--out", out, "--jobs", "1", "--base-url", "https://papan.example/", *options, *more])


def entries(out: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(Path(out, "data/changes.json").read_bytes())["changes"]
    return found


def told(out: str) -> list[tuple[object, ...]]:
    """Kecamatan or TPS, what, old and new of all entries."""
    return [(one.get("village"), one.get("tps"), one["what"], one["old"], one["new"]) for one in entries(out)]


def manifest(out: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(out, "data/manifest.json").read_bytes())
    return found


def words(path: str) -> str:
    text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", Path(path).read_text("utf-8"), flags=re.DOTALL)
    return " ".join(text.split())


def move(site: Path) -> None:
    """The operator writes down that TPS 2 of Jua-jua moved."""
    assert main([*MOVE, "--yes", "--jobs", "1"]) == 0
    assert "moved" in (site / JUA_JUA).read_text("utf-8")


def lead_away(site: Path) -> None:
    """Addresses of the election that have no page any more lead to the list of all TPS."""
    (site / "content/redirects.yaml").write_text("redirects: [{old: pilkada-2024/, new: cek-tps.html}]\n", "utf-8")


def another_village(site: Path) -> None:
    """TPS 1 of Celikah is elsewhere, by a new document."""
    edit(site / CELIKAH, "SK nomor 000", "SK nomor 7")
    edit(site / CELIKAH, "Celikah (contoh)", "Celikah Dua (contoh)")


def test_three_publications_tell_the_whole_story(site: Path) -> None:
    assert told("p1") == []
    move(site)
    assert publish("p2", "p1") == 0
    moved = ("Jua-jua", 2, "moved", {"place": "SDN 1 Jua-jua (contoh)"}, {"place": "Pasar"})
    assert told("p2") == [moved]
    assert (entries("p2")[0]["decree"], entries("p2")[0]["decided"]) == ("BA 1", "2024-11-26T16:30:00+07:00")
    another_village(site)
    assert publish("p3", "p2") == 0
    other = ("Celikah", 1, "place", {"place": "Balai Celikah (contoh)"}, {"place": "Balai Celikah Dua (contoh)"})
    assert told("p3") == [moved, other]
    assert entries("p3")[1]["decree"] == "SK nomor 7 (contoh)"
    assert [manifest(out)["number"] for out in ("p1", "p2", "p3")] == [1, 2, 3]
    assert main(["verify", "p3", "p1", "p2"]) == 0


def test_a_page_tells_each_fact_once(site: Path) -> None:
    move(site)
    another_village(site)
    assert publish("p2", "p1") == 0
    assert publish("p3", "p2") == 0
    for out in ("p2", "p3"):
        for page in ("perubahan.html", "perubahan/kayu-agung.html"):
            text = words(f"{out}/{page}")
            assert text.count("Pindah tempat") == text.count("Tempat berubah") == 1, (out, page)
            assert "Terlihat dalam data per Selasa, 26 November 2024 pukul 18.00 WIB." in text
    assert not Path("p3/perubahan/pedamaran.html").exists()
    assert "Terbitan ke-3, bersambung pada terbitan ke-2." in words("p3/perubahan.html")
    for feed in ("perubahan.atom", "perubahan/kayu-agung.atom"):
        titles = re.findall(r"<title>\[Contoh\] (TPS .*?)</title>", Path("p3", feed).read_text("utf-8"))
        assert titles == [
            "TPS 1 Celikah, Kec. Kayu Agung: Tempat berubah",
            "TPS 2 Jua-jua, Kec. Kayu Agung: Pindah tempat",
        ]
    assert "Celikah Dua" not in Path("p3/perubahan.atom").read_text("utf-8")


def test_what_only_the_press_told_is_no_decree(site: Path) -> None:
    options = ("--date", "2024-12-01", "--source", "Koran (contoh)", "--as-of", "2024-11-30 12:00")
    assert main(["change", "Jua-jua", "2", "repeat_vote", *options, "--yes", "--jobs", "1"]) == 0
    assert publish("p2", "p1") == 0
    [entry] = entries("p2")
    assert (entry.get("decree"), entry["source"]) == (None, "Koran (contoh)")
    assert "Diberitakan Koran (contoh)" in Path("p2/perubahan.atom").read_text("utf-8")
    text = re.sub(r"    changes:\n(      .*\n)+", "", (site / JUA_JUA).read_text("utf-8"))
    (site / JUA_JUA).write_text(text, "utf-8")
    edit(site / ACKNOWLEDGED, "acknowledged:\n", f"acknowledged:\n{ACCEPTED}")
    assert publish("p3", "p2") == 0
    assert words("p3/perubahan.html").count("Diberitakan Koran (contoh).") == 1, "the log tells it on"


def test_a_decision_that_nobody_dated_stays_where_it_was_first_told(site: Path) -> None:
    options = ("--date", "2024-12-01", "--decree", "Surat 2", "--as-of", "2024-11-28 12:00")
    assert main(["change", "Jua-jua", "2", "repeat_vote", *options, "--yes", "--jobs", "1"]) == 0
    assert publish("p2", "p1") == 0
    edit(site / JUA_JUA, "as_of: 2024-11-28 12:00", "as_of: 2024-11-30 08:00")
    assert publish("p3", "p2") == 0
    for out in ("p2", "p3"):
        text = words(f"{out}/perubahan.html")
        assert "Kamis, 28 November 2024 TPS 2 Pemungutan suara ulang TPS 2 Jua-jua" in text, out


def test_a_decision_that_vanishes_stays_in_the_log(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    move(site)
    assert publish("p2", "p1") == 0
    text = (site / JUA_JUA).read_text("utf-8")
    (site / JUA_JUA).write_text(re.sub(r"    changes:\n(      .*\n)+", "", text), "utf-8")
    assert publish("p3", "p2") == 1
    told = capsys.readouterr().err
    assert "TPS 2: Dasar keputusan berubah: " in told
    assert "Perbaiki: Tulis keputusannya dengan build.py change, atau terima dengan alasan" in told
    edit(site / ACKNOWLEDGED, "acknowledged:\n", f"acknowledged:\n{ACCEPTED}")
    assert publish("p3", "p2") == 0
    assert [one["what"] for one in entries("p3")] == ["moved", "basis"]
    assert words("p3/perubahan.html").count("Pindah tempat") == 1


def test_unexplained_changes_stop_in_the_last_days_before_the_vote(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(site / JUA_JUA, "men: 200", "men: 201")
    assert publish("p2", "p1") == 1
    seen = capsys.readouterr()
    assert "jua-jua.yaml:4" in seen.err
    assert "TPS 1: Jumlah pemilih berubah: 200 laki-laki → 201 laki-laki. Tidak ada SK atau alasan" in seen.err
    assert "Perbaiki: Sebut dokumen barunya di source, atau terima dengan alasan" in seen.err
    assert "build.py change" not in seen.err
    assert not Path("p2").exists()
    assert main(["check", "--previous", "p1", "--jobs", "1"]) == 1
    assert "[change.unexplained 16.02.05.1010 TPS 1]" in capsys.readouterr().out
    assert main(["check", "--jobs", "1"]) == 0  # nothing to compare with

    edit(site / ACKNOWLEDGED, "acknowledged:\n", f"acknowledged:\n{ACCEPTED}")
    assert main(["check", "--jobs", "1"]) == 0  # whether the entry is needed cannot be said
    assert "change.unexplained" not in capsys.readouterr().out
    assert publish("p2", "p1") == 0
    [total, voters] = entries("p2")
    assert (total["what"], total["old"], total["new"]) == ("totals", {"voters": 1600}, {"voters": 1601})
    assert voters["reason"] == "Salah ketik."


@pytest.mark.parametrize(("day", "code"), [("2024-11-19", 0), ("2024-11-20", 1), ("2024-11-27", 1), ("2024-11-28", 0)])
def test_the_last_days_are_counted_from_the_date_of_the_data(site: Path, day: str, code: int) -> None:
    edit(site / ELECTION_FOLDER / "election.yaml", "data_as_of: 2024-11-26", f"data_as_of: {day}")
    edit(site / JUA_JUA, "place: Balai", "place: Gedung")
    assert publish("p2", "p1") == code


def test_before_a_repeat_vote_its_tps_alone_needs_reasons(site: Path) -> None:
    again = ("--date", "2024-12-01", "--decree", "Surat 2", "--decided", "2024-11-29 10:00")
    assert main(["change", "Jua-jua", "2", "repeat_vote", *again, "--yes", "--jobs", "1"]) == 0
    assert publish("p2", "p1") == 0
    text = (site / JUA_JUA).read_text("utf-8")
    (site / JUA_JUA).write_text(text.replace("SDN 1", "SDN 3"), "utf-8")
    assert publish("p3", "p2") == 1
    (site / JUA_JUA).write_text(text.replace("Balai", "Gedung"), "utf-8")
    assert publish("p3", "p2") == 0


def test_the_day_of_the_election_is_told_once(site: Path) -> None:
    election = site / ELECTION_FOLDER / "election.yaml"
    edit(election, 'closes: "13:00"', 'closes: "14:00"')
    region = ACCEPTED.replace("16.02.05.1010", '"16.02"')
    edit(site / ACKNOWLEDGED, "acknowledged:\n", f"acknowledged:\n{region}")
    assert publish("p2", "p1") == 0
    was, now = {"opens": "07:00", "closes": "13:00"}, {"opens": "07:00", "closes": "14:00"}
    assert told("p2") == [(None, None, "election", was, now)]
    hours = "Seluruh wilayah Semula pukul 07.00–13.00 Sekarang pukul 07.00–14.00"
    assert f"Hari atau jam memilih berubah {hours}" in words("p2/perubahan.html")


def test_no_name_of_a_person_stands_in_the_log(site: Path) -> None:
    edit(site / CELIKAH, "Petugas Contoh 33", "Petugas Lain 33")
    edit(site / CELIKAH, "SK nomor 000", "SK nomor 7")
    assert publish("p2", "p1") == 0
    assert told("p2") == [("Celikah", 1, "kpps", {}, {"replaced": 1})]
    for path, data in snapshot(Path("p2")).items():
        if "perubahan" in path or path == "data/changes.json":
            assert b"Petugas" not in data, path
    assert "1 orang diganti" in words("p2/perubahan.html")


def test_personal_data_that_were_published_do_not_live_on(site: Path) -> None:
    place = "Balai Celikah (contoh)"
    assert place in (site / CELIKAH).read_text("utf-8")
    forged_old("p1", place, "Rumah, 0812-3456-7890 (contoh)")
    edit(site / CELIKAH, "SK nomor 000", "SK nomor 7")
    assert publish("p2", "p1") == 0
    assert told("p2") == [("Celikah", 1, "place", {"place": "…"}, {"place": place})]


def forged_old(out: str, old: str, new: str) -> None:
    """Make ``out`` a publication of a time when ``new`` could be published."""
    table = Path(out, "data/tps.json")
    edit(table, old, new)
    known = manifest(out)
    known["files"]["data/tps.json"] = hashlib.sha256(table.read_bytes()).hexdigest()
    Path(out, "data/manifest.json").write_text(json.dumps(known), "utf-8")


def test_what_was_not_known_before_needs_no_decree(site: Path) -> None:
    edit(site / CELIKAH, "    place: Balai Celikah (contoh)\n", "")
    edit(site / CELIKAH, "SK nomor 000", "SK nomor 7")
    assert publish("p2", "p1") == 0
    edit(site / CELIKAH, "    coverage", "    place: Balai Baru\n    coverage")
    assert publish("p3", "p2") == 0
    assert told("p3")[1:] == [(None, None, "filled", {}, {"place": 1})]
    assert "Data dilengkapi Kec. Kayu Agung tempat (1 TPS)" in words("p3/perubahan.html")


def test_a_tps_that_is_gone_and_a_village_that_is_new(site: Path) -> None:
    text = (site / JUA_JUA).read_text("utf-8")
    (site / JUA_JUA).write_text(text[: text.index("  - number: 2")].replace("nomor 000", "nomor 9"), "utf-8")
    new = (site / SUKARAJA).read_text("utf-8")
    (site / SUKARAJA).unlink()
    lead_away(site)
    assert publish("p2", "p1") == 1  # nothing tells why Sukaraja has no TPS any more
    edit(site / ACKNOWLEDGED, "acknowledged:\n", f"acknowledged:\n{ACCEPTED.replace('16.02.05.1010', '16.02.03')}")
    assert publish("p2", "p1") == 0
    gone = {(one["village"], one["tps"]): one for one in entries("p2") if one["what"] == "removed"}
    assert gone.keys() == {("Jua-jua", 2), ("Sukaraja", 1)}
    assert gone["Jua-jua", 2]["decree"] == "SK nomor 9 (contoh)"
    assert gone["Sukaraja", 1]["reason"] == "Salah ketik."
    (site / SUKARAJA).write_text(new, "utf-8")
    assert publish("p3", "p2") == 0
    assert (None, None, "filled", {}, {"tps": 1}) in told("p3")


def test_the_same_bytes_however_it_is_built(site: Path) -> None:
    move(site)
    another_village(site)
    assert publish("p2", "p1", "--clean") == 0
    want = snapshot(Path("p2"))
    for out, options in (("p2", ()), ("p1b", ("--jobs", "2"))):
        assert main(["build", "--out", out, "--base-url", "https://papan.example/", "--previous", "p1", *options]) == 0
        found = snapshot(Path(out))
        found.pop(".papan-tps"), want.pop(".papan-tps", None)
        assert found == want, out


def test_another_previous_publication_is_another_build(site: Path) -> None:
    assert publish("p2", "p1") == 0
    times = {path: path.stat().st_mtime_ns for path in Path("p2").rglob("*")}
    assert publish("p2", "p1") == 0
    assert {path: path.stat().st_mtime_ns for path in Path("p2").rglob("*")} == times
    shutil.copytree("p2", "p2-kept")
    assert publish("p2", "p2-kept") == 0
    assert manifest("p2")["number"] == 3
    assert publish("p2") == 0
    assert (manifest("p2")["number"], manifest("p2")["previous"]) == (1, None)
    assert del_marker(snapshot(Path("p2"))) == del_marker(snapshot(Path("p1")))
    del site


def del_marker(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if path != ".papan-tps"}


def test_the_output_folder_itself_may_be_the_previous_publication(site: Path) -> None:
    move(site)
    assert publish("p1", "p1") == 0
    assert [one["what"] for one in entries("p1")] == ["moved"]
    assert manifest("p1")["number"] == 2


def test_errors_of_the_content_are_told_and_nothing_is_concluded(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(site / SUKARAJA, "  - number: 1", "  - number: satu")
    assert publish("p2", "p1") == 1
    seen = capsys.readouterr().err
    assert "sukaraja.yaml" in seen
    assert "Tidak ada SK" not in seen


BROKEN = {
    "a row that is none": ("tps.json", b'"tps": 1,', b'"tps": "satu",'),
    "a row without its village": ("tps.json", b'"village_code": "16.02.05.1010"', b'"village": "16.02.05.1010"'),
    "no JSON": ("tps.json", b'"tps": 1,', b'"tps": 1'),
    "another first key": ("tps.json", b'{"kecamatan_code"', b'{"code"'),
    "a day that is none": ("tps.json", b'"planned", "vote_date": "2024-11-27"', b'"cancelled", "vote_date": "besok"'),
    "KPPS without a role": ("kpps.json", b'"role": "ketua"', b'"role": null'),
    "an entry that is none": ("changes.json", b'"changes": [\n', b'"changes": [\n{"election": "x"}'),
    "a moment that is none": (
        "changes.json", b'[\n', b'[\n{"election": "x", "as_of": "kini", "what": "x", "old": {}, "new": {}}',
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new"), BROKEN.values(), ids=BROKEN)
def test_data_that_cannot_be_understood_are_said(
    site: Path, capsys: pytest.CaptureFixture[str], name: str, old: bytes, new: bytes
) -> None:
    another_village(site)
    path = Path("p1/data", name)
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))
    known = manifest("p1")
    known["files"][f"data/{name}"] = hashlib.sha256(path.read_bytes()).hexdigest()
    Path("p1/data/manifest.json").write_text(json.dumps(known), "utf-8")
    assert publish("p2", "p1") == 1
    assert f"GALAT p1: data/{name} bukan hasil ekspor Papan TPS versi ini" in capsys.readouterr().err
    assert not Path("p2").exists()


def test_only_the_same_region_is_continued_and_no_sample_by_real_data(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(site / "site_config.yaml", "data_status: sample", "data_status: provisional")
    assert publish("p2", "p1") == 1
    assert "GALAT p1 dan situs ini" in capsys.readouterr().err
    assert not Path("p2").exists()
    elsewhere = site / "elsewhere"
    mini_elsewhere(elsewhere)
    options = ("--config", str(elsewhere / "site_config.yaml"), "--content", str(elsewhere / "content"))
    assert publish("p2", "p1", *options) == 1
    assert "GALAT p1 adalah terbitan wilayah lain" in capsys.readouterr().err


def test_another_election_continues_the_chain_and_compares_no_tps(site: Path) -> None:
    move(site)
    assert publish("p2", "p1") == 0
    (site / ELECTION_FOLDER).rename(site / "content/elections/pilkada-2029")
    edit(site / "site_config.yaml", "election: pilkada-2024", "election: pilkada-2029")
    edit(site / "content/news/2024-11-07-pelantikan.md", "/pilkada-2024/", "/pilkada-2029/")
    text = (site / "content/elections/pilkada-2029/tps/kayu-agung/celikah.yaml").read_text("utf-8")
    changed = text.replace("Balai", "Gedung")
    (site / "content/elections/pilkada-2029/tps/kayu-agung/celikah.yaml").write_text(changed, "utf-8")
    assert publish("p3", "p2") == 1, "the pages of the election before would be lost"
    lead_away(site)
    assert publish("p3", "p2") == 0
    assert [(one["election"], one["what"]) for one in entries("p3")] == [
        ("pilkada-2024", "moved"),
        ("pilkada-2029", "moved"),
    ]
    assert words("p3/perubahan.html").count("Pindah tempat") == 1
    assert main(["verify", "p1", "p2", "p3"]) == 0


def test_digests_are_those_of_sha256sum(site: Path) -> None:
    listing = subprocess.run(["sha256sum", "-c", "data/sha256sums.txt"], cwd="p1", capture_output=True, check=True)
    assert listing.stdout.count(b": OK\n") == 10
    command = "find content -type f | LC_ALL=C sort | tr '\\n' '\\0' | xargs -0 sha256sum | sha256sum"
    done = subprocess.run(["sh", "-c", command], cwd=site, capture_output=True, check=True)
    assert done.stdout.split()[0].decode() == manifest("p1")["content"]


def test_a_part_has_no_previous_publication(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--only", "16.02.05", "--out", "part", "--previous", "p1"]) == 2
    assert "--previous" in capsys.readouterr().err
    assert not (site / "part").exists()


JUA_JUA_2 = "pilkada-2024/kayu-agung/jua-jua/tps-2.html"
CELIKAH_1 = "pilkada-2024/kayu-agung/celikah/tps-1.html"


def history(page: str) -> str:
    """What a page of a TPS tells of the time before."""
    found = re.search(r"Riwayat (Sampai .*?) (?:Berita|Simpan dan bagikan) ", words(page))
    return found[1] if found else ""


def test_a_tps_shows_what_was_true_of_it_before(site: Path) -> None:
    another_village(site)
    assert publish("p2", "p1") == 0
    assert publish("p3", "p2") == 0
    was = (
        "Sampai Selasa, 26 November 2024 · Tempat berubah Balai Celikah (contoh) → Balai Celikah Dua (contoh) "
        "SK nomor 7 (contoh)"
    )
    assert history(f"p3/{CELIKAH_1}") == was
    assert "1 perubahan" in words(f"p3/{CELIKAH_1}")
    assert history(f"p3/{JUA_JUA_2}") == ""
    assert publish("p4", "p3") == 0
    assert Path(f"p4/{CELIKAH_1}").read_bytes() == Path(f"p3/{CELIKAH_1}").read_bytes()
    assert publish("p4", "p3", "--clean", "--jobs", "2") == 0
    assert history(f"p4/{CELIKAH_1}") == was
    shutil.copytree("p2", "kept")
    assert history(f"p2/{CELIKAH_1}") == ""
    assert publish("p2", "kept") == 0
    assert history(f"p2/{CELIKAH_1}") == was, "what the last build left is not used where the past is another"


def test_one_move_stands_at_the_top_and_more_have_a_history(site: Path) -> None:
    move(site)
    assert publish("p2", "p1") == 0
    assert publish("p3", "p2") == 0
    assert history(f"p2/{JUA_JUA_2}") == history(f"p3/{JUA_JUA_2}") == ""
    again = ("--place", "Balai Desa", "--decree", "BA 2", "--decided", "2024-11-26 17:00")
    assert main([*MOVE[:4], *again, "--yes", "--jobs", "1"]) == 0
    assert publish("p4", "p3") == 0
    assert history(f"p4/{JUA_JUA_2}") == (
        "Sampai Selasa, 26 November 2024 · Pindah tempat Pasar → Balai Desa BA 2 "
        "Sampai Selasa, 26 November 2024 · Pindah tempat SDN 1 Jua-jua (contoh) → Pasar BA 1"
    )
    assert publish("p5", "p4") == 0
    assert history(f"p5/{JUA_JUA_2}") == history(f"p4/{JUA_JUA_2}")


def test_a_decision_that_was_taken_out_stays_in_the_history(site: Path) -> None:
    move(site)
    assert publish("p2", "p1") == 0
    text = (site / JUA_JUA).read_text("utf-8")
    (site / JUA_JUA).write_text(re.sub(r"    changes:\n(      .*\n)+", "", text), "utf-8")
    edit(site / ACKNOWLEDGED, "acknowledged:\n", f"acknowledged:\n{ACCEPTED}")
    assert publish("p3", "p2") == 0
    assert (
        history(f"p3/{JUA_JUA_2}")
        == "Sampai Selasa, 26 November 2024 · Pindah tempat SDN 1 Jua-jua (contoh) → Pasar BA 1"
    )


def test_two_moves_of_one_minute_are_two(site: Path) -> None:
    move(site)
    text = (site / JUA_JUA).read_text("utf-8")
    [entry] = re.findall(r"      - kind: moved\n(?:        .*\n)+", text)
    second = entry.replace("from_place: SDN 1 Jua-jua (contoh)", "from_place: Pasar").replace("BA 1", "BA 2")
    (site / JUA_JUA).write_text(text.replace("place: Pasar", "place: Gedung").replace(entry, entry + second), "utf-8")
    assert publish("p2", "p1") == 0
    moves = [("SDN 1 Jua-jua (contoh)", "Pasar"), ("Pasar", "Gedung")]
    assert [(one["old"]["place"], one["new"]["place"]) for one in entries("p2")] == moves
    assert publish("p3", "p2") == 0
    assert len(entries("p3")) == 2
    assert words("p3/perubahan.html").count("Pindah tempat") == 2
    (site / JUA_JUA).write_text(text, "utf-8")
    edit(site / ACKNOWLEDGED, "acknowledged:\n", f"acknowledged:\n{ACCEPTED}")
    assert publish("p4", "p3") == 0
    assert words("p4/perubahan.html").count("Pindah tempat") == 2, "the one that was taken out stays in the log"


def test_a_second_move_of_the_minute_of_the_first_is_told_later(site: Path) -> None:
    move(site)
    assert publish("p2", "p1") == 0
    again = ("--place", "Gedung", "--decree", "BA 2", "--decided", "2024-11-26 16:30")
    assert main([*MOVE[:4], *again, "--yes", "--jobs", "1"]) == 0
    assert publish("p3", "p2") == 0
    assert [(one["what"], one["new"]["place"]) for one in entries("p3")] == [("moved", "Pasar"), ("moved", "Gedung")]
