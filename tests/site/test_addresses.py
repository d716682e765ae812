"""What was released once answers still: the list in ``content/addresses.txt`` belongs to the last release."""

from __future__ import annotations

from pathlib import Path


def test_every_address_of_the_last_release_answers(repo: Path, site_files: frozenset[str]) -> None:
    kept = (repo / "content/addresses.txt").read_text("utf-8").splitlines()
    assert len(kept) > 1900
    assert [address for address in kept if address not in site_files] == []
