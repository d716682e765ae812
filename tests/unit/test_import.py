"""The commands import, template and export on a site: what they say, what they write, and what they leave alone."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sitegen import cli
from sitegen.catalogs import translate
from sitegen.cli import main
from sitegen.importer import write
from sitegen.new import new_site
from sitegen.problems import Message
from tests import spreadsheets as made
from tests.support import ELECTION_FOLDER, JUA_JUA, ROOT, edit, mini, snapshot

CELIKAH = f"{ELECTION_FOLDER}/tps/kayu-agung/celikah.yaml"
SUKARAJA = f"{ELECTION_FOLDER}/tps/pedamaran/sukaraja.yaml"
Said = pytest.CaptureFixture[str]
HEADER: list[Any] = ["Kecamatan", "Desa/Kelurahan", "No TPS", "Alamat TPS", "L", "P"]
SAME: list[list[Any]] = [
    HEADER,
    ["Kayu Agung", "Jua-jua", "001", "", 200, 200],
    ["Kayu Agung", "Jua-jua", "002", "", 200, 200],
    ["Kayu Agung", "Celikah", "001", "", 200, 200],
]
NEW: list[list[Any]] = [
    *SAME[:3],
    ["Kayu Agung", "Jua-jua", "003", "Jalan Contoh 3", 150, 160],
    ["Kayu Agung", "Celikah", "001", "Jalan Contoh 1", 201, 200],
]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small good site as the current folder."""
    folder = mini(tmp_path / "site")
    monkeypatch.chdir(folder)
    return folder


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def test_it_shows_what_it_would_do_and_writes_nothing_on_trial(site: Path, tmp_path: Path, capsys: Said) -> None:
    before = snapshot(site)
    assert run("import", made.xlsx(tmp_path / "dpt.xlsx", NEW), "--dry-run") == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.splitlines() == [
        "  TPS 1 Celikah, Kec. Kayu Agung, alamat: – → Jalan Contoh 1",
        "  TPS 1 Celikah, Kec. Kayu Agung, pemilih (L + P): 200 + 200 → 201 + 200",
        "4 TPS di 2 desa: 1 baru, 1 berubah, 0 hilang; 0 kesalahan",
        "Ini hanya percobaan: tidak ada yang ditulis.",
    ]
    assert snapshot(site) == before


def test_it_writes_only_what_the_file_speaks_of(site: Path, tmp_path: Path, capsys: Said) -> None:
    edit(site / CELIKAH, "    voters: {men: 200", "    # counted twice\n    voters: {men: 200")
    edit(site / CELIKAH, "village:", "# by hand\nvillage:")
    before = snapshot(site)
    path = made.xlsx(tmp_path / "dpt.xlsx", NEW)
    assert run("import", path) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "2 berkas ditulis di content/."
    after = snapshot(site)
    assert {name for name in after if after[name] != before.get(name)} == {JUA_JUA, CELIKAH}
    celikah = before[CELIKAH].decode()
    celikah = celikah.replace("(contoh)\n    coverage", "(contoh)\n    address: Jalan Contoh 1\n    coverage")
    assert after[CELIKAH].decode() == celikah.replace("{men: 200", "{men: 201")
    added = "  - number: 3\n    address: Jalan Contoh 3\n    voters:\n      men: 150\n      women: 160\n"
    assert after[JUA_JUA].decode() == before[JUA_JUA].decode() + added
    assert run("check", "--jobs", "1") == 0
    capsys.readouterr()
    assert run("import", path) == 0
    assert capsys.readouterr().out.splitlines() == [
        "4 TPS di 2 desa: 0 baru, 0 berubah, 0 hilang; 0 kesalahan",
        "Tidak ada yang perlu diubah: isi situs sudah sama.",
    ]
    assert snapshot(site) == after


def test_files_keep_their_line_ends_and_their_mark(site: Path, tmp_path: Path) -> None:
    raw = b"\xef\xbb\xbf" + (site / CELIKAH).read_bytes().replace(b"\n", b"\r\n")
    (site / CELIKAH).write_bytes(raw)
    assert run("import", made.xlsx(tmp_path / "dpt.xlsx", NEW)) == 0
    after = (site / CELIKAH).read_bytes()
    assert after.startswith(b"\xef\xbb\xbf")
    assert after.count(b"\n") == after.count(b"\r\n") == raw.count(b"\r\n") + 1


def test_a_site_without_any_tps_is_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    new_site(tmp_path / "site", "31.01", election="pilkada-2024", sample=False)
    monkeypatch.chdir(tmp_path / "site")
    rows = [HEADER, *(["Kep. Seribu Utara", "Pulau Panggang", number, "", 200, 201] for number in (1, 2))]
    path = made.xlsx(tmp_path / "dpt.xlsx", rows)
    answer = ("--answer", "Kep. Seribu Utara=31.01.01")
    assert run("import", path, "--source", "SK KPU nomor 1 (contoh)", *answer) == 0
    assert "2 TPS di 1 desa: 2 baru, 0 berubah, 0 hilang; 0 kesalahan" in capsys.readouterr().out
    file = next((tmp_path / "site" / ELECTION_FOLDER).rglob("pulau-panggang.yaml"))
    text = file.read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../../../../docs/schemas/village_tps.json\n# Kelurahan ")
    tps = "tps:\n  - number: 1\n    voters:\n      men: 200\n      women: 201\n  - number: 2\n"
    assert f"source:\n  document: SK KPU nomor 1 (contoh)\n{tps}" in text
    assert run("check", "--jobs", "1") == 0
    after = snapshot(tmp_path / "site")
    assert run("import", path, "--source", "SK KPU nomor 1 (contoh)") == 0
    assert snapshot(tmp_path / "site") == after


def test_it_says_when_nobody_knows_the_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    new_site(tmp_path / "site", "16.02", election="pilkada-2024", sample=False)
    monkeypatch.chdir(tmp_path / "site")
    assert run("import", made.xlsx(tmp_path / "dpt.xlsx", NEW)) == 0
    assert "2 desa/kelurahan belum menyebut sumber datanya" in capsys.readouterr().out


def test_a_village_without_a_file_gets_one(site: Path, tmp_path: Path) -> None:
    (site / CELIKAH).unlink()
    assert run("import", made.xlsx(tmp_path / "dpt.xlsx", NEW)) == 0
    assert (site / CELIKAH).read_text("utf-8").splitlines()[1] == "# Desa Celikah, Kecamatan Kayu Agung"
    assert run("check", "--jobs", "1") == 0


def test_another_kecamatan_is_left_alone(site: Path, tmp_path: Path, capsys: Said) -> None:
    before = (site / SUKARAJA).read_bytes()
    assert run("import", made.xlsx(tmp_path / "dpt.xlsx", NEW)) == 0
    assert (site / SUKARAJA).read_bytes() == before
    assert "0 hilang" in capsys.readouterr().out


def test_a_village_that_is_not_in_the_file_is_left_alone_and_named(site: Path, tmp_path: Path, capsys: Said) -> None:
    before = (site / CELIKAH).read_bytes()
    assert run("import", made.xlsx(tmp_path / "dpt.xlsx", NEW[:4])) == 0
    assert (site / CELIKAH).read_bytes() == before
    assert "1 desa/kelurahan di kecamatan ini tidak ada di berkas dan tidak diubah: Celikah" in capsys.readouterr().out


def test_many_tps_disappear_only_after_a_yes(site: Path, tmp_path: Path, capsys: Said) -> None:
    path = made.xlsx(tmp_path / "dpt.xlsx", [*SAME[:2], SAME[3]])
    before = snapshot(site)
    assert run("import", path) == 1
    said = capsys.readouterr()
    assert "  hilang: TPS 2 Jua-jua, Kec. Kayu Agung" in said.out
    assert said.err.splitlines() == [
        "1 dari 3 TPS akan hilang dari isi situs: lebih dari 2 %.",
        "Tidak ada yang ditulis.",
        "Jika memang benar, ulangi perintah dengan --yes.",
    ]
    assert snapshot(site) == before
    assert run("import", path, "--dry-run") == 0
    assert snapshot(site) == before
    assert run("import", path, "--yes") == 0
    assert "number: 2" not in (site / JUA_JUA).read_text("utf-8")
    assert run("check", "--jobs", "1") == 0


@pytest.mark.usefixtures("site")
def test_one_tps_of_a_hundred_may_disappear(tmp_path: Path, capsys: Said) -> None:
    rows = [HEADER, *(["Kayu Agung", "Celikah", number, "", 1, 1] for number in range(1, 101))]
    assert run("import", made.xlsx(tmp_path / "a.xlsx", rows)) == 0
    del rows[50:52]
    assert run("import", made.xlsx(tmp_path / "b.xlsx", rows)) == 0
    assert "0 baru, 0 berubah, 2 hilang" in capsys.readouterr().out
    del rows[50:53]
    assert run("import", made.xlsx(tmp_path / "c.xlsx", rows)) == 1


def test_a_list_of_people_removes_no_tps(site: Path, tmp_path: Path, capsys: Said) -> None:
    rows = [["TPS 1 KELURAHAN JUA-JUA KECAMATAN KAYU AGUNG"], ["No", "Nama", "Jabatan"]]
    rows += [[str(n), f"Nama Contoh {n}", "Ketua" if n == 1 else "Anggota"] for n in range(1, 8)]
    assert run("import", made.xlsx(tmp_path / "kpps.xlsx", rows)) == 0
    assert "1 TPS di 1 desa: 0 baru, 1 berubah, 0 hilang; 0 kesalahan" in capsys.readouterr().out
    text = (site / JUA_JUA).read_text("utf-8")
    assert "ketua: Nama Contoh 1\n" in text
    assert "number: 2" in text
    assert "place: Balai Jua-jua (contoh)" in text


def test_a_tps_that_another_one_was_merged_into_cannot_disappear(site: Path, tmp_path: Path, capsys: Said) -> None:
    merged = "  - number: 1\n    changes: [{kind: merged, into: 2, decree: SK 1}]\n"
    edit(site / JUA_JUA, "  - number: 1\n", merged)
    before = snapshot(site)
    assert run("import", made.xlsx(tmp_path / "dpt.xlsx", [*SAME[:2], SAME[3]]), "--yes") == 1
    assert "Tidak ada TPS 2 lain di desa ini" in capsys.readouterr().err
    assert snapshot(site) == before


def test_errors_are_told_all_at_once_and_nothing_is_written(site: Path, tmp_path: Path, capsys: Said) -> None:
    rows = [*NEW, ["Kayu Agung", "Jua-jua", "3b", "", 1, 1], ["Kayu Agung", "Celikah", 2, "", "=1+1", 1]]
    before = snapshot(site)
    assert run("import", made.xlsx(tmp_path / "dpt.xlsx", rows)) == 1
    said = capsys.readouterr()
    assert said.err.splitlines() == [
        'GALAT dpt.xlsx:Sheet1!C6 "3b" bukan nomor TPS',
        "  Perbaiki: Tulis angka 1 sampai 999: 3, 003, atau TPS 003.",
        "GALAT dpt.xlsx:Sheet1!E7 Rumus di sel ini belum pernah dihitung; berkasnya tidak menyimpan hasilnya",
        "  Perbaiki: Buka berkasnya di Excel atau LibreOffice, simpan, lalu impor lagi.",
        "Tidak ada yang ditulis.",
    ]
    assert said.out.splitlines()[-1] == "5 TPS di 2 desa: 2 baru, 1 berubah, 0 hilang; 2 kesalahan"
    assert snapshot(site) == before


@pytest.mark.parametrize(
    ("header", "value"),
    [("TPS Dulu", "con: 5"), ("TPS Dulu", "-x-: 5"), ("TPS Dulu", f"{'a' * 90}: 5"), ("Dusun", "a" * 301)],
)
@pytest.mark.usefixtures("site")
def test_a_value_that_the_model_refuses_is_one_error(header: str, value: str, tmp_path: Path, capsys: Said) -> None:
    rows = [[*HEADER, header], [*SAME[1], value], *SAME[2:]]
    assert run("import", made.xlsx(tmp_path / "dpt.xlsx", rows)) == 1
    said = capsys.readouterr()
    assert said.err.count("GALAT") == 1
    assert "dpt.xlsx:Sheet1!G2" in said.err
    assert said.out.splitlines()[-1] == "3 TPS di 2 desa: 0 baru, 0 berubah, 0 hilang; 1 kesalahan"


@pytest.mark.usefixtures("site")
def test_many_errors_of_one_kind_are_counted(tmp_path: Path, capsys: Said) -> None:
    rows = [HEADER, *(["Kayu Agung", "Celikah", f"x{number}", "", 1, 1] for number in range(100))]
    assert run("import", made.xlsx(tmp_path / "dpt.xlsx", rows)) == 1
    said = capsys.readouterr()
    assert said.err.count("GALAT") == 21
    assert "dan 79 lagi yang serupa di bawahnya" in said.err
    assert "; 100 kesalahan" in said.out


def test_an_answer_is_given_once(site: Path, tmp_path: Path, capsys: Said) -> None:
    rows = [HEADER, ["Kayu Agung", "Jua2 Lama", "001", "Jalan Lama", 200, 200], ["", "", "002", "", 200, 200]]
    path = made.xlsx(tmp_path / "dpt.xlsx", rows)
    before = snapshot(site)
    assert run("import", path) == 1
    said = capsys.readouterr()
    assert 'PERTANYAAN dpt.xlsx:Sheet1!B2 Kec. Kayu Agung tidak punya desa/kelurahan "Jua2 Lama"' in said.err
    assert '  --answer "Jua2 Lama=16.02.05.1010"  Jua-jua, Kec. Kayu Agung' in said.err
    assert said.err.count("PERTANYAAN") == 1
    assert snapshot(site) == before
    assert run("import", path, "--answer", "Jua2 Lama=16.02.05.1010") == 0
    memory = (site / "content/import.yaml").read_text("utf-8")
    assert memory.splitlines()[1:] == [
        "answers:",
        "  - topic: village",
        "    within: 16.02.05",
        "    written: Jua2 Lama",
        "    answer: 16.02.05.1010",
    ]
    after = snapshot(site)
    assert run("import", path) == 0
    assert snapshot(site) == after
    assert run("check", "--jobs", "1") == 0


def test_an_answer_may_be_a_name_and_may_change(site: Path, tmp_path: Path) -> None:
    path = made.xlsx(tmp_path / "dpt.xlsx", [HEADER, ["Kayu Agung", "Desa Baru", "001", "", 1, 1]])
    assert run("import", path, "--answer", "Desa Baru=lewati", "--answer", "desa baru=Celikah") == 0
    assert "answer: 16.02.05.2001" in (site / "content/import.yaml").read_text("utf-8")


def typed(monkeypatch: pytest.MonkeyPatch, answers: Sequence[str]) -> list[str]:
    """Somebody at a terminal who types ``answers``; returns what they were asked."""
    asked: list[str] = []
    left = iter(answers)

    def answer(question: Message, _: object) -> str:
        asked.append(translate(question, "id"))
        return next(left)

    terminal: Callable[[], bool] = lambda: True  # noqa: E731
    monkeypatch.setattr(cli, "_asked", answer)
    monkeypatch.setattr(sys.stdin, "isatty", terminal)
    monkeypatch.setattr(sys.stderr, "isatty", terminal)
    return asked


def test_a_terminal_is_asked(site: Path, tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [HEADER, ["Kayu Agung", "Jua2 Lama", "001", "Jalan Lama", 200, 200], ["", "", "002", "", 200, 200]]
    path = made.xlsx(tmp_path / "dpt.xlsx", rows)
    before = snapshot(site)
    typed(monkeypatch, [""])
    assert run("import", path) == 1
    assert snapshot(site) == before
    asked = typed(monkeypatch, ["1"])
    assert run("import", path) == 0
    assert asked == ["Nomor jawaban (kosong: berhenti):"]
    assert "  1  Jua-jua, Kec. Kayu Agung (16.02.05.1010)" in capsys.readouterr().out
    assert "Jalan Lama" in (site / JUA_JUA).read_text("utf-8")


@pytest.mark.usefixtures("site")
def test_a_slip_at_the_terminal_is_told_and_asked_again(
    tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made.xlsx(tmp_path / "dpt.xlsx", [HEADER, ["Kayu Agung", "Jua2 Lama", "001", "", 1, 1]])
    asked = typed(monkeypatch, ["3x", "9", "²", "1"])
    assert run("import", path, "--yes") == 0
    assert len(asked) == 4
    out = capsys.readouterr().out
    assert '"3x" tidak ada di daftar' in out
    assert '"9" tidak ada di daftar' in out


def test_answers_are_kept_although_nothing_else_is_written(
    site: Path, tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows: list[list[Any]] = [
        HEADER,
        ["Kayu Agung", "Jua2 Lama", "001", "", 200, 200],
        ["Kayu Agung", "Jua2 Lama", "002", "", 200, "x"],
        ["Kayu Agung", "Celikahh Atas", "001", "", 200, 200],
    ]
    path = made.xlsx(tmp_path / "dpt.xlsx", rows)
    before = snapshot(site)
    typed(monkeypatch, ["1", ""])
    assert run("import", path, "--dry-run") == 1
    assert snapshot(site) == before, "a trial writes nothing at all"
    typed(monkeypatch, ["1", ""])
    assert run("import", path) == 1
    after = snapshot(site)
    assert {name for name in after if after[name] != before.get(name)} == {"content/import.yaml"}
    assert capsys.readouterr().err.splitlines()[-1] == (
        "Tidak ada yang ditulis, kecuali jawaban: content/import.yaml menyimpannya untuk impor berikutnya."
    )
    asked = typed(monkeypatch, ["1"])
    assert run("import", path) == 1
    assert len(asked) == 1, "only the question that was left open"
    rows[2][5] = 200
    typed(monkeypatch, [])
    assert run("import", made.xlsx(path, rows)) == 0


@pytest.mark.parametrize("yes", ["ya", "y", "Y", " YA "])
def test_a_terminal_is_asked_before_tps_disappear(
    yes: str, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made.xlsx(tmp_path / "dpt.xlsx", [*SAME[:2], SAME[3]])
    asked = typed(monkeypatch, ["tidak"])
    assert run("import", path) == 1
    assert asked == ["Lanjutkan? (y/t)"]
    typed(monkeypatch, [yes])
    assert run("import", path) == 0
    assert "number: 2" not in (site / JUA_JUA).read_text("utf-8")


def test_an_answer_to_no_question_is_wrong_usage(site: Path, tmp_path: Path, capsys: Said) -> None:
    path = made.xlsx(tmp_path / "dpt.xlsx", NEW)
    before = snapshot(site)
    assert run("import", path, "--answer", "Jua2=16.02.05.1010") == 2
    assert "Tidak ada pertanyaan tentang jua 2" in capsys.readouterr().err
    assert run("import", path, "--answer", "Jua2") == 2
    unknown = made.xlsx(tmp_path / "new.xlsx", [HEADER, ["Kayu Agung", "Jua2 Lama", 1, "", 1, 1]])
    assert run("import", unknown, "--answer", "Jua2 Lama=16.99") == 2
    assert '--answer "Jua2 Lama=16.02.05.1010"' in capsys.readouterr().err
    assert snapshot(site) == before


def test_a_broken_file_of_answers_is_told(site: Path, tmp_path: Path, capsys: Said) -> None:
    (site / "content/import.yaml").write_text("answers:\n  - topik: village\n", "utf-8")
    assert run("import", made.xlsx(tmp_path / "dpt.xlsx", NEW)) == 1
    assert "content/import.yaml:2" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["import"],
        ["import", "a.xlsx", "--election", "pemilu-1955"],
        ["import", "a.xlsx", "--content", "none"],
        ["import", "a.xlsx", "--source", " "],
        ["template", "a.txt"],
        ["template", "site_config.yaml"],
        ["export"],
        ["export", "--xlsx", "content"],
    ],
    ids=" ".join,
)
def test_wrong_usage(site: Path, capsys: Said, arguments: list[str]) -> None:
    before = snapshot(site)
    assert main(arguments) == 2
    assert capsys.readouterr().err.startswith("GALAT ")
    assert snapshot(site) == before


def test_content_with_errors_is_mended_first(site: Path, tmp_path: Path, capsys: Said) -> None:
    edit(site / CELIKAH, "number: 1", "nomor: 1")
    before = snapshot(site)
    assert run("import", made.xlsx(tmp_path / "dpt.xlsx", NEW)) == 1
    said = capsys.readouterr().err
    assert f"GALAT {CELIKAH}:4" in said
    assert said.splitlines()[-1] == "Tidak ada yang ditulis."
    assert run("export", "--xlsx") == 1
    assert snapshot(site) == before


@pytest.mark.usefixtures("site")
def test_several_files_that_cannot_be_read_are_told_together(tmp_path: Path, capsys: Said) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"nothing")
    assert run("import", tmp_path / "a.xlsx", tmp_path / "b.xlsx") == 1
    assert capsys.readouterr().err.count("GALAT") == 2


def test_another_election(site: Path, tmp_path: Path) -> None:
    old = site / "content/elections/pilkada-2024"
    shutil.copytree(old, site / "content/elections/pemilu-2029")
    before = snapshot(old)
    assert run("import", made.xlsx(tmp_path / "dpt.xlsx", NEW), "--election", "pemilu-2029") == 0
    assert snapshot(old) == before
    assert snapshot(site / "content/elections/pemilu-2029") != before


# All or nothing.


def test_a_file_that_cannot_be_written_leaves_everything_as_it_was(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    before = snapshot(site)
    replace = Path.replace
    done: list[Path] = []

    def fail(self: Path, target: Path) -> Path:
        if done:
            raise PermissionError(13, "no", str(target))
        done.append(target)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    assert run("import", made.xlsx(tmp_path / "dpt.xlsx", NEW)) == 1
    assert len(done) == 1
    assert snapshot(site) == before
    assert "Traceback" not in capsys.readouterr().err


def test_an_import_that_was_cut_off_is_finished_by_the_next(site: Path) -> None:
    files = {site / JUA_JUA: "one\n", site / CELIKAH: "two\n"}
    content = site / "content"

    class Cut(BaseException):
        pass

    def cut(_: Path) -> bool:
        raise SystemError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(write, "finish", cut)
        patch.setattr(write, "_restore", lambda _: (_ for _ in ()).throw(Cut()))
        with pytest.raises(Cut):
            write.write_files(content, files)
    assert (content / write.STAGE).is_dir()
    assert write.finish(content)
    assert {path: path.read_text() for path in files} == files
    assert not (content / write.STAGE).exists()
    assert not write.finish(content)


def test_half_a_preparation_is_thrown_away(site: Path) -> None:
    stage = site / "content" / write.STAGE / "regions"
    stage.mkdir(parents=True)
    (stage / "kayu-agung.yaml").write_text("half", "utf-8")
    before = (site / "content/regions/kayu-agung.yaml").read_bytes()
    assert not write.finish(site / "content")
    assert (site / "content/regions/kayu-agung.yaml").read_bytes() == before


@pytest.mark.usefixtures("site")
def test_the_source_file_is_copied_nowhere(tmp_path: Path) -> None:
    before = set(snapshot(tmp_path))
    path = made.xlsx(tmp_path / "dpt.xlsx", NEW)
    raw = path.read_bytes()
    assert run("import", path) == 0
    assert set(snapshot(tmp_path)) - before == {"dpt.xlsx"}
    assert path.read_bytes() == raw


# Workbooks.


def test_a_row_that_was_deleted_in_the_export(site: Path, capsys: Said) -> None:
    assert run("export", "--xlsx", "a.xlsx") == 0
    book = load_workbook("a.xlsx")
    assert [cell.value for cell in book["TPS"][9]][1:3] == ["Jua-jua", "002"]
    book["TPS"].delete_rows(9)
    book.save("a.xlsx")
    capsys.readouterr()
    assert run("import", "a.xlsx", "--yes") == 1
    said = capsys.readouterr().err
    assert "Daftar TPS tidak memuat TPS 2 di Jua-jua, Kec. Kayu Agung" in said
    assert "Jika TPS ini sudah tidak ada, hapus juga baris-barisnya di sini." in said
    assert "impor daftar TPS lebih dulu" not in said
    people = [
        row[0].row for row in book["KPPS"].iter_rows(min_row=7) if (row[1].value, row[2].value) == ("Jua-jua", "002")
    ]
    book["KPPS"].delete_rows(people[0] or 0, len(people))
    book.save("a.xlsx")
    assert run("import", "a.xlsx", "--yes") == 0
    assert "0 berubah, 1 hilang" in capsys.readouterr().out
    assert "number: 2" not in (site / JUA_JUA).read_text("utf-8")


def test_a_template_that_was_filled_in_is_imported_without_a_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    new_site(
        tmp_path / "site", "53.01", election="pilkada-2024", sample=False
    )  # two villages called Oesao in one kecamatan
    monkeypatch.chdir(tmp_path / "site")
    assert run("template", "kpps.xlsx") == 0
    assert run("import", "kpps.xlsx") == 0
    assert "0 TPS di 0 desa" in capsys.readouterr().out
    book = load_workbook("kpps.xlsx")
    assert book.sheetnames == ["Desa", "TPS", "KPPS", "Perubahan"]
    villages = [(row[1], row[2]) for row in book["Desa"].iter_rows(min_row=7, values_only=True) if row[0]]
    assert len(set(villages)) == len(villages)
    for kecamatan, village in villages:
        book["TPS"].append([kecamatan, village, "001", "Balai (contoh)"])
        for n in range(7):
            book["KPPS"].append([kecamatan, village, "001", f"Nama Contoh {n}", "Anggota" if n else "Ketua"])
    book.save("kpps.xlsx")
    assert run("import", "kpps.xlsx", "--source", "SK 1 (contoh)") == 0
    said = capsys.readouterr()
    assert said.err == ""
    count = f"{len(villages)}"
    assert f"{count} TPS di {count} desa: {count} baru, 0 berubah, 0 hilang; 0 kesalahan" in said.out
    assert run("check", "--jobs", "1") == 0


@pytest.mark.usefixtures("site")
def test_the_template_offers_real_names_and_keeps_zeros() -> None:
    assert run("template", "kpps.xlsx") == 0
    book = load_workbook("kpps.xlsx")
    rules = {str(rule.sqref): rule.formula1 for rule in book["TPS"].data_validations.dataValidation}
    assert rules["A7:A2006"] == "Desa!$AA$7:$AA$8"
    assert rules["B7:B2006"].startswith("OFFSET(Desa!$C$7,MATCH($A7,Desa!$B$7:$B$9,0)-1,0,COUNTIF(Desa!$B$7:$B$9,$A7)")
    assert [cell.value for cell in book["Desa"]["AA"][6:8]] == ["Pedamaran", "Kayu Agung"]
    assert book["TPS"].column_dimensions["C"].number_format == "@"
    assert run("template", "kpps.xlsx") == 2


def test_other_commands_do_not_load_what_only_spreadsheets_need() -> None:
    code = (
        "import sys; from sitegen.cli import main; main(['check', '--jobs', '1']); "
        "sys.exit(any(name.split('.')[0] in ('openpyxl', 'python_calamine') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
