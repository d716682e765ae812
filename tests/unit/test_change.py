"""``build.py change``: a decision about one TPS, written into the file of its village."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from sitegen.catalogs import translate
from sitegen.change import Wish, open_office
from sitegen.cli import main
from sitegen.model.tps import ChangeKind
from sitegen.problems import Message
from sitegen.questions import by_questions
from tests.support import JUA_JUA, edit, mini, snapshot

Said = pytest.CaptureFixture[str]
MOVE = ["--place", "Pasar Jua-jua", "--decree", "BA 1", "--decided", "2024-11-26 16:30", "--reason", "Banjir."]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small good site as the current folder, and nobody who could answer questions."""
    monkeypatch.chdir(mini(tmp_path))
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    edit(
        tmp_path / JUA_JUA,
        "    place: SDN 1 Jua-jua (contoh)\n",
        "    # the school\n    place: SDN 1\n    address: Jl 1\n",
    )
    return tmp_path


def change(*arguments: str) -> int:
    return main(["change", *arguments, "--jobs", "1"])


def differences(site: Path, path: str, before: dict[str, bytes]) -> tuple[list[str], list[str]]:
    """Lines that went from and came into a file; nothing else changed."""
    after = snapshot(site)
    assert {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} <= {path}
    old, new = before[path].decode().splitlines(), after[path].decode().splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_a_move_is_written_with_all_that_it_changes(site: Path, capsys: Said) -> None:
    before = snapshot(site)
    assert change("Jua-jua", "2", "moved", *MOVE) == 0
    went, came = differences(site, JUA_JUA, before)
    assert went == ["    place: SDN 1", "    address: Jl 1"], "the address is that of the old place"
    assert came == [
        "    place: Pasar Jua-jua",
        "    changes:",
        "      - kind: moved",
        "        from_place: SDN 1",
        "        decree: BA 1",
        "        decided: 2024-11-26 16:30",
        "        reason: Banjir.",
    ]
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.splitlines() == [
        "— Semula —",
        "[Contoh] TPS 2, Kelurahan Jua-jua, Kec. Kayu Agung.",
        "Tempat: SDN 1, Jl 1.",
        "Rabu, 27 November 2024, pukul 07.00–13.00 WIB.",
        "Bawa KTP-el dan surat C.Pemberitahuan.",
        "Data per Selasa, 26 November 2024 pukul 18.00 WIB, KPU Contoh.",
        "— Sesudah —",
        "[Contoh] TPS 2, Kelurahan Jua-jua, Kec. Kayu Agung.",
        "Tempat: Pasar Jua-jua.",
        "Pindah tempat, bukan lagi di: SDN 1.",
        "Rabu, 27 November 2024, pukul 07.00–13.00 WIB.",
        "Bawa KTP-el dan surat C.Pemberitahuan.",
        "Data per Selasa, 26 November 2024 pukul 18.00 WIB, KPU Contoh.",
        "Pemberitahuan (halaman TPS): TPS ini pindah tempat. Jangan datang ke tempat lama.",
        "Pemberitahuan (halaman desa): TPS 2 pindah ke Pasar Jua-jua.",
        f"Ditulis: {JUA_JUA}",
        "2 kecamatan, 3 desa/kelurahan, 4 TPS, 28 KPPS, 1.600 pemilih",
        "Pemeriksaan tidak menemukan kesalahan.",
    ]


def test_a_second_decision_stands_below_the_first_and_moves_the_date_of_the_data(site: Path) -> None:
    assert change("16.02.05.1010", "2", "moved", *MOVE) == 0
    before = snapshot(site)
    again = ["--date", "2024-12-01", "--opens", "07:00", "--races", "bupati, gubernur", "--source", "Koran"]
    assert change("jua jua, kayuagung", "2", "repeat-vote", *again, "--as-of", "2024-11-30 09:00") == 0
    assert differences(site, JUA_JUA, before) == (
        ["source: {document: SK nomor 000 (contoh)}"],
        [
            "source:",
            "  document: SK nomor 000 (contoh)",
            "  as_of: 2024-11-30 09:00",
            "      - kind: repeat_vote",
            "        date: 2024-12-01",
            '        opens: "07:00"',
            "        races:",
            "          - bupati",
            "          - gubernur",
            "        source:",
            "          name: Koran",
        ],
    )


def test_a_tps_on_one_line_is_written_on_several(site: Path) -> None:
    edit(site / JUA_JUA, "tps:\n", "tps:\n  - {number: 3}\n")
    before = snapshot(site)
    assert change("Jua-jua", "3", "cancelled", "--decree", "SK 1", "--decided", "2024-11-26 09:00") == 0
    went, came = differences(site, JUA_JUA, before)
    assert went == ["  - {number: 3}"]
    assert came[:2] == ["  - number: 3", "    changes:"]


def test_a_file_on_one_line_is_written_anew_and_it_is_said(site: Path, capsys: Said) -> None:
    (site / JUA_JUA).write_text("{village: 16.02.05.1010, source: {document: SK}, tps: [{number: 3}]}\n")
    assert change("Jua-jua", "3", "cancelled", "--decree", "SK 1", "--decided", "2024-11-26 09:00") == 0
    assert "seluruhnya ditulis ulang, tanpa komentar" in capsys.readouterr().out
    assert "  - number: 3\n" in (site / JUA_JUA).read_text("utf-8")
    assert main(["check", "--jobs", "1"]) == 0


def test_a_list_on_one_line_is_written_anew_alone(site: Path) -> None:
    inline = "    changes: [{kind: moved, from_place: A, decree: BA 0, decided: 2024-11-25 09:00}]\n"
    edit(site / JUA_JUA, "    # the school\n", f"{inline}    # the school\n")
    before = snapshot(site)
    assert change("Jua-jua", "2", "cancelled", "--decree", "SK 1", "--decided", "2024-11-26 09:00") == 0
    went, came = differences(site, JUA_JUA, before)
    assert went == [inline.rstrip()]
    assert [line.strip("- ") for line in came if "kind" in line] == ["kind: moved", "kind: cancelled"]


def test_a_dry_run_writes_nothing(site: Path, capsys: Said) -> None:
    before = snapshot(site)
    assert change("Jua-jua", "2", "moved", *MOVE, "--dry-run") == 0
    assert snapshot(site) == before
    assert capsys.readouterr().out.splitlines()[-1] == "Tidak ada yang ditulis."


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Belum disebut: village, tps, kind"),
        (["Jua-jua", "2", "moved"], "Belum disebut: --place, --decree, --decided"),
        (["Jua-jua", "2", "merged", "--decree=A"], "Belum disebut: --into, --decided (jika tidak diketahui: --as-of)"),
        (["Jua-jua", "2", "repeat_vote", "--source", "A"], "Belum disebut: --decided (jika tidak diketahui: --as-of)"),
        (
            ["Jua-jua", "2", "cancelled"],
            "Belum disebut: --decree (jika tidak diketahui: --source), --decided (jika tidak diketahui: --as-of)",
        ),
        (["Jua-jua", "2", "pindah"], f"Yang mungkin di sini: {', '.join(ChangeKind)}."),
        (["Jua-jua", "2", "moved", *MOVE, "--into", "1"], "--into tidak dipakai bersama moved"),
        (["Jua-jua", "9", "moved", *MOVE], "TPS di Jua-jua, Kayu Agung: 1, 2"),
        (["Tidak Ada", "1", "moved", *MOVE], "Tidak ada desa dengan TPS yang bernama Tidak Ada"),
        (["Jua-jua, Pedamaran", "1", "moved", *MOVE], "Tidak ada desa dengan TPS yang bernama Jua-jua, Pedamaran"),
        (
            ["Jua-jua", "2", "moved", *MOVE[:4], "--decided", "kemarin"],
            '"kemarin" bukan tanggal dengan jam (decided). Tulis tahun-bulan-tanggal jam:menit: 2024-11-26 18:00.',
        ),
    ],
)  # fmt: skip
def test_wrong_usage_is_told(site: Path, capsys: Said, arguments: list[str], message: str) -> None:
    before = snapshot(site)
    assert change(*arguments) == 2
    assert capsys.readouterr() == ("", f"GALAT {message}\n")
    assert snapshot(site) == before


def test_what_cannot_be_is_told_with_its_line_and_not_written(site: Path, capsys: Said) -> None:
    before = snapshot(site)
    assert change("Jua-jua", "2", "merged", "--into", "7", "--decree", "A", "--decided", "2024-11-26 09:00") == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        f"GALAT {JUA_JUA}:34 Tidak ada TPS 7 lain di desa ini",
        "  Perbaiki: Tulis nomor TPS di desa ini tempat pemilihnya datang.",
        "Tidak ada yang ditulis.",
    ]
    assert snapshot(site) == before


def test_personal_data_are_not_written(site: Path, capsys: Said) -> None:
    before = snapshot(site)
    assert change("Jua-jua", "2", "moved", *MOVE[:-1], "Telepon 0812 0000 0000.") == 1
    assert "08***" in capsys.readouterr().err
    assert snapshot(site) == before


def test_two_villages_of_one_name_are_not_guessed(site: Path, capsys: Said) -> None:
    edit(site / "content/regions/kayu-agung.yaml", "name: Celikah", "name: Jua Jua\n    slug: celikah")
    assert change("jua-jua", "1", "moved", *MOVE) == 2
    assert "Jua-jua, Kayu Agung (16.02.05.1010); Jua Jua, Kayu Agung (16.02.05.2001)" in capsys.readouterr().err


class Operator:
    """Answers in turn, and remembers what was said."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.heard: list[str] = []

    def __call__(self, question: Message, before: Sequence[Message]) -> str:
        self.heard += [translate(message, "id") for message in (*before, question)]
        return self.answers.pop(0)


def wish(*answers: str, **given: str | None) -> tuple[Wish, list[str]]:
    operator = Operator(*answers)
    found = by_questions(open_office(Path("site_config.yaml"), Path("content")), given, operator)
    assert operator.answers == []
    return found, operator.heard


@pytest.mark.usefixtures("site")
def test_what_is_not_given_is_asked_until_it_is_right() -> None:
    found, heard = wish(
        "entah", "sukaraja", "5", "1", "7", "4", "2024-13-01", "2024-12-01", "", "", "wali", "bupati", "", "", "Koran",
        "", "2024-11-30 09:00", "Sebab.",
    )  # fmt: skip
    assert (found.village, found.tps) == ("sukaraja", "1")
    told = {key: value for key, value in found.change.items() if value}
    assert told == {
        "kind": "repeat_vote",
        "date": "2024-12-01",
        "races": ("bupati",),
        "source": {"name": "Koran"},
        "reason": "Sebab.",
    }
    assert found.as_of == "2024-11-30 09:00"
    assert heard[:4] == [
        "Desa atau kelurahan",
        "Tidak ada desa dengan TPS yang bernama entah",
        "Desa atau kelurahan",
        "Nomor TPS",
    ]
    assert "4. Pemungutan suara ulang" in heard
    assert "Ini harus diisi." in heard


@pytest.mark.usefixtures("site")
def test_what_an_earlier_answer_makes_needless_is_not_asked() -> None:
    found, heard = wish("", "SK 1", "2024-11-26 09:00", "", village="Jua-jua", tps="2", kind="postponed")
    assert {key: value for key, value in found.change.items() if value} == {
        "kind": "postponed",
        "decree": "SK 1",
        "decided": "2024-11-26 09:00",
    }
    assert len(heard) == 4


@pytest.mark.parametrize("yes", ["y", "Ya "])
def test_on_a_terminal_it_is_shown_before_it_is_written(
    yes: str, site: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    before = snapshot(site)
    monkeypatch.setattr(sys, "stdin", Terminal("\n\n\nt\n"))
    assert change("Jua-jua", "2", "moved", *MOVE) == 0
    assert snapshot(site) == before
    assert capsys.readouterr().out.endswith("Tulis? (y/t): Tidak ada yang ditulis.\n")
    monkeypatch.setattr(sys, "stdin", Terminal("\n"))
    assert change("Jua-jua", "2", "moved", *MOVE) == 130, "the operator went away"
    monkeypatch.setattr(sys, "stdin", Terminal(f"Jalan 2\n\n\n{yes}\n"))
    assert change("Jua-jua", "2", "moved", *MOVE) == 0
    assert b"    address: Jalan 2\n" in snapshot(site)[JUA_JUA]
