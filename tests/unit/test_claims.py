"""What a shard claims: addresses by the file they come from."""

from __future__ import annotations

from sitegen.pages.page import Page
from sitegen.problems import verbatim
from sitegen.shards import Claim, claims_of, key_of_addresses


def page(url: str, source: str, *, listed: bool = True) -> Page:
    text = verbatim(url)
    return Page(url=url, template="", title=text, description=text, source=source, listed=listed)


def test_one_claim_for_each_file() -> None:
    pages = [page("a", "x"), page("b", "y", listed=False), page("c", "x", listed=False), page("d", "x")]
    assert claims_of(pages) == (Claim("x", ("a", "d"), ("c",)), Claim("y", (), ("b",)))
    assert [claim.urls for claim in claims_of(pages)] == [("a", "d", "c"), ("b",)]


def test_the_key_tells_addresses_and_which_are_listed() -> None:
    claims = [Claim("x", ("a",), ("b",))]
    others = [Claim("x", ("a", "b"), ()), Claim("x", ("b",), ("a",)), Claim("x", ("a",), ()), Claim("x", ("ab",), ())]
    assert len({key_of_addresses([one]) for one in (*claims, *others)}) == 5
    assert key_of_addresses(claims) == key_of_addresses([Claim("elsewhere", ("a",), ("b",))])
