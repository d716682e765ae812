"""Publications that fit each other, and some that do not."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from sitegen.cli import main
from sitegen.history.manifest import MANIFEST, Manifest
from sitegen.history.verify import verify

FIRST, SECOND, THIRD = (b'{"election": "a", "what": "%d"}' % number for number in (1, 2, 3))


def publish(folder: str, number: int, previous: str | None, *entries: bytes, region: str = "16.02") -> str:
    """Publication ``number`` with these entries in its log; gives the name of its folder."""
    Path(folder, "data").mkdir(parents=True)
    log = b'{"changes": [\n' + b",\n".join(entries) + b"\n]}\n"
    Path(folder, "data/changes.json").write_bytes(log)
    digest = hashlib.sha256(Path(previous, MANIFEST).read_bytes()).hexdigest() if previous else None
    files = {"data/changes.json": hashlib.sha256(log).hexdigest()}
    one = Manifest(number, digest, region, "pilkada", "sample", "2024-11-26T18:00:00+07:00", {}, {}, "0" * 64, files)
    Path(folder, MANIFEST).write_bytes(one.encode())
    return folder


@pytest.fixture
def chain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str, str]:
    """Three publications."""
    monkeypatch.chdir(tmp_path)
    one = publish("one", 1, None)
    two = publish("two", 2, one, FIRST)
    return one, two, publish("three", 3, two, FIRST, SECOND)


def bad(*folders: str) -> list[str]:
    """What does not fit, without its values."""
    return [finding.text.id for finding in verify(folders) if not finding.is_good]


def said(*folders: str) -> list[str]:
    return [finding.text.id for finding in verify(folders)]


def test_a_chain_fits_in_any_order(chain: tuple[str, str, str], capsys: pytest.CaptureFixture[str]) -> None:
    one, two, three = chain
    assert main(["verify", three, one, two]) == 0
    seen = capsys.readouterr()
    assert seen.out.splitlines()[-2:] == ["two bersambung pada one", "three bersambung pada two"]
    assert seen.err == ""


def test_a_data_file_that_was_changed_is_found(chain: tuple[str, str, str], capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(chain[1], "data/changes.json")
    path.write_bytes(path.read_bytes().replace(b'"1"', b'"9"'))
    assert main(["verify", *chain]) == 1
    seen = capsys.readouterr().err
    assert "GALAT two: data/changes.json bukan berkas yang diterbitkan" in seen
    assert "GALAT Catatan perubahan di three berbeda dari two" in seen


def test_a_publication_that_was_replaced_with_its_manifest_is_found(chain: tuple[str, str, str]) -> None:
    one, _, three = chain
    forged = publish("forged", 2, one, SECOND)
    assert bad(one, forged) == []
    assert bad(one, forged, three) == ["%(newer)s does not continue %(older)s: it names another publication before it"]
    assert bad(*chain, forged) != []


def test_two_publications_of_one_number_are_found(chain: tuple[str, str, str]) -> None:
    forged = publish("forged", 2, chain[0], SECOND)
    assert bad(chain[1], forged) == [
        "%(older)s and %(newer)s both say that they are publication %(number)s, and differ"
    ]


def test_the_same_publication_at_two_places_is_no_mistake(chain: tuple[str, str, str]) -> None:
    assert bad(chain[1], chain[1]) == []
    assert said(chain[1], chain[1])[-1] == "%(older)s and %(newer)s are the same publication"


def test_over_a_gap_only_the_log_is_compared(chain: tuple[str, str, str]) -> None:
    one, two, three = chain
    assert bad(one, three) == []
    assert said(one, three)[-1].startswith("Between publication")
    four = publish("four", 4, three, THIRD, SECOND)
    assert bad(two, four) == [
        "%(newer)s tells the changes before %(older)s otherwise: an entry is missing or was altered"
    ]
    assert len(bad(three, publish("short", 4, three, FIRST))) == 1


def test_other_regions_do_not_continue_each_other(chain: tuple[str, str, str]) -> None:
    other = publish("other", 2, chain[0], region="16.03")
    assert bad(chain[0], other) == ["%(older)s and %(newer)s are of different regions"]


def test_what_cannot_be_read_does_not_hide_the_others(
    chain: tuple[str, str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path(chain[2], "data/changes.json").unlink()
    assert main(["verify", "nowhere", "http://127.0.0.1:1", *chain]) == 1
    seen = capsys.readouterr()
    assert len(seen.err.splitlines()) == 3
    assert "two bersambung pada one" in seen.out
    assert main(["verify"]) == 2
