"""News of what happened to a TPS, beside what the page of the TPS says."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.build import check
from sitegen.options import Options
from sitegen.problems import Problem
from tests.support import JUA_JUA, edit, mini

NEWS = "content/news/2024-12-01-ulang.md"
SUKARAJA, JUA = "16.02.03.2005", "16.02.05.1010"
CHANGED = "changes: [{kind: moved, from_place: SD, decree: SK 1, decided: 2024-11-26 16:30}]"


@pytest.fixture
def options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Options:
    """The small site as the current folder, where TPS 1 of Sukaraja votes again."""
    monkeypatch.chdir(mini(tmp_path))
    return Options(Path("site_config.yaml"), Path("content"), Path("_site"))


def found(options: Options, kind: str, about: str) -> list[Problem]:
    text = f"---\ntitle: Berita\nsummary: Isi.\nkind: {kind}\n{about}\nsources: [{{name: Contoh}}]\n---\nIsi.\n"
    Path(NEWS).write_text(text, "utf-8")
    verdict = check(options).verdict
    assert verdict.errors == ()
    return [problem for problem in verdict.warnings if problem.code == "change.untold"]


def tps(village: str, number: int) -> str:
    return f'tps: [{{village: "{village}", number: {number}}}]'


@pytest.mark.parametrize("kind", ["repeat_vote", "tps_change"])
def test_a_tps_that_says_it_too(options: Options, kind: str) -> None:
    assert found(options, kind, tps(SUKARAJA, 1)) == []
    assert found(options, kind, f"villages: [{SUKARAJA}]") == []


@pytest.mark.parametrize("kind", ["repeat_vote", "tps_change"])
def test_a_tps_that_says_nothing(options: Options, kind: str) -> None:
    (one,) = found(options, kind, tps(JUA, 2))
    assert (one.path, one.line, one.place, one.tps) == (NEWS, 5, JUA, (2,))
    (one,) = found(options, kind, f"villages: [{SUKARAJA}, {JUA}]")
    assert (one.path, one.line, one.place, one.tps) == (NEWS, 5, JUA, ())


def test_a_move_is_a_change_and_no_repeat_vote(options: Options) -> None:
    edit(Path(JUA_JUA), "  - number: 2\n", f"  - number: 2\n    {CHANGED}\n")
    assert found(options, "tps_change", tps(JUA, 2)) == []
    assert len(found(options, "repeat_vote", tps(JUA, 2))) == 1
    assert len(found(options, "tps_change", tps(JUA, 1))) == 1


def test_a_merger_says_it_of_both(options: Options) -> None:
    merged = "changes: [{kind: merged, into: 1, decree: SK 1}]"
    edit(Path(JUA_JUA), "  - number: 2\n", f"  - number: 2\n    {merged}\n")
    assert found(options, "tps_change", tps(JUA, 1)) == []
    assert found(options, "tps_change", tps(JUA, 2)) == []


@pytest.mark.parametrize("kind", ["announcement", "correction"])
def test_other_news_claims_nothing(options: Options, kind: str) -> None:
    assert found(options, kind, tps(JUA, 1)) == []
