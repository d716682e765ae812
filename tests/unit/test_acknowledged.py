"""Findings that the office accepts with a reason: what that changes, and what it never can."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.build import build, check
from sitegen.checks.acknowledged import POSSIBLE, STOPPING, Acknowledgements, about, acknowledge, covers
from sitegen.model.acknowledged import Acknowledgement
from sitegen.options import Options
from sitegen.problems import ContentError, Message, Problem, Severity, Verdict
from sitegen.report.findings import TOPICS
from tests.support import ELECTION_FOLDER, JUA_JUA, edit, mini

FILE = f"{ELECTION_FOLDER}/acknowledged.yaml"


def entry(code: str = "missing.place", place: str = "16.02.05", **more: object) -> Acknowledgement:
    return Acknowledgement(code=code, place=place, reason="Contoh", **more)  # type: ignore[arg-type]


def problem(code: str, severity: Severity = Severity.WARNING, place: str = "16.02.05.1010", *tps: int) -> Problem:
    return Problem("a.yaml", 1, code, Message("what"), Message("fix"), severity, place, tps)


@pytest.fixture
def options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Options:
    """The small site as the current folder."""
    monkeypatch.chdir(mini(tmp_path))
    return Options(Path("site_config.yaml"), Path("content"), Path("_site"))


def accept(code: str, place: str, more: str = "") -> None:
    with Path(FILE).open("a", encoding="utf-8") as file:
        file.write(f'  - code: {code}\n    place: "{place}"\n    reason: Sudah benar (contoh).\n{more}')


def told(verdict: Verdict) -> dict[str, list[str]]:
    parts = {"errors": verdict.errors, "warnings": verdict.warnings, "acknowledged": verdict.acknowledged}
    return {name: [one.code for one in found if one.code != "missing.coordinates"] for name, found in parts.items()}


@pytest.mark.parametrize(
    ("place", "covered"),
    [
        ("16", True),
        ("16.02", True),
        ("16.02.05", True),
        ("16.02.05.1010", True),
        ("16.02.05.1011", False),
        ("16.02.06", False),
    ],
)
def test_an_entry_covers_its_place_and_all_within(place: str, covered: bool) -> None:
    assert covers(entry(place=place), "missing.place", "16.02.05.1010", ()) == covered


def test_an_entry_covers_its_tps_alone() -> None:
    one = entry(tps=(1, 3))
    assert covers(one, "missing.place", "16.02.05", (1,))
    assert covers(one, "missing.place", "16.02.05", (1, 3))
    assert not covers(one, "missing.place", "16.02.05", (1, 2))
    assert not covers(one, "missing.place", "16.02.05", ())
    assert not covers(one, "missing.kpps", "16.02.05", (1,))


def test_entries_that_may_speak_of_a_kecamatan() -> None:
    entries = [entry(place=place) for place in ("16", "16.02", "16.02.05", "16.02.05.1010", "16.02.06", "16.03")]
    assert about(entries, "16.02.05") == tuple(entries[:4])


@pytest.mark.parametrize("code", ["privacy.nik", "content.value", "tps.number-twice", "coordinates.outside-country"])
def test_wrong_facts_and_personal_data_cannot_be_accepted(code: str) -> None:
    assert code not in POSSIBLE
    error = problem(code, Severity.ERROR)
    assert acknowledge(error, [entry(code, "16.02")]) == error


def test_official_totals_that_differ_cannot_be_accepted() -> None:
    error = problem("totals.difference", Severity.ERROR)
    assert acknowledge(error, [entry("totals.difference")]).stops
    assert acknowledge(error._replace(severity=Severity.WARNING), [entry("totals.difference")]).reason == "Contoh"


@pytest.mark.parametrize("code", sorted(STOPPING))
def test_some_errors_can_be_right_after_all(code: str) -> None:
    error = problem(code, Severity.ERROR)
    assert error.stops
    assert not acknowledge(error, [entry(code)]).stops


def test_every_code_that_can_be_accepted_has_a_topic() -> None:
    assert {code.partition(".")[0] for code in POSSIBLE} <= TOPICS.keys()


def test_what_is_accepted_is_sorted_by_reason() -> None:
    accepted = Acknowledgements((entry(tps=(2,)), entry("missing.kpps")))
    found = accepted.sorted("missing.place", [("16.02.05.1010", 1, "a"), ("16.02.05.1010", 2, "b")])
    assert found == {"": ["a"], "Contoh": ["b"]}
    assert accepted.used == {0}


def test_an_accepted_error_is_published(options: Options) -> None:
    edit(Path(JUA_JUA), "men: 200", "men: 401")
    edit(Path(ELECTION_FOLDER) / "election.yaml", "men: 800", "men: 1001")
    with pytest.raises(ContentError):
        build(options)
    accept("tps.voters", "16.02.05.1010", "    tps: [1]\n    by: Divisi Perencanaan\n    date: 2024-11-20\n")
    report = build(options)
    assert "tps.voters" in told(report.verdict)["acknowledged"]
    assert Path("_site/pilkada-2024/kayu-agung/jua-jua/tps-1.html").exists()
    edit(Path(FILE), "tps: [1]", "tps: [2]")
    with pytest.raises(ContentError):
        build(options)


def test_an_accepted_warning_is_told_with_its_reason(options: Options) -> None:
    edit(Path(JUA_JUA), "number: 2", "number: 3")
    assert told(check(options).verdict)["warnings"] == ["numbers.missing"]
    accept("numbers.missing", "16.02.05")
    verdict = check(options).verdict
    assert told(verdict) == {"errors": [], "warnings": [], "acknowledged": ["numbers.missing"]}
    assert {one.reason for one in verdict.acknowledged if one.code == "numbers.missing"} == {"Sudah benar (contoh)."}


def test_an_entry_that_nothing_needs_is_a_warning_itself(options: Options) -> None:
    accept("numbers.missing", "16.02.05")
    found = check(options).verdict
    assert told(found)["warnings"] == ["acknowledged.unused"]
    (unused,) = found.warnings
    assert (unused.path, unused.line) == (FILE, 5)


def test_nothing_is_concluded_from_a_kecamatan_with_errors(options: Options) -> None:
    accept("numbers.missing", "16.02.05")
    accept("numbers.missing", "16.02.03")
    edit(Path(JUA_JUA), "number: 2", "number: 1")
    found = check(options).verdict
    assert [(one.code, one.line) for one in found.warnings] == [("acknowledged.unused", 8)]


def test_without_the_file_nothing_is_accepted(options: Options) -> None:
    Path(FILE).unlink()
    found = check(options).verdict
    assert [one.code for one in found.warnings] == ["missing.coordinates"]
    assert found.acknowledged == ()


def test_accepting_an_error_elsewhere_makes_no_page_again(options: Options) -> None:
    edit(Path(JUA_JUA), "men: 200", "men: 401")
    edit(Path(ELECTION_FOLDER) / "election.yaml", "men: 800", "men: 1001")
    accept("tps.voters", "16.02.05.1010")
    build(options)
    page = Path("_site/pilkada-2024/pedamaran/sukaraja.html")
    before = page.stat().st_mtime_ns
    edit(Path(FILE), "Sudah benar (contoh).", "Tetap benar (contoh).")
    assert "Tetap benar (contoh)." in {one.reason for one in build(options).verdict.acknowledged}
    assert page.stat().st_mtime_ns == before
