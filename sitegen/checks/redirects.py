"""Redirects that cannot be, and addresses that were published and would lead nowhere."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping

from sitegen.content.documents import Document
from sitegen.history.addresses import Place
from sitegen.model.redirect import RedirectsFile
from sitegen.problems import Message, Problem, msg

NAMED = 5
"""Addresses that a message names, at most."""


def check_redirects(document: Document[RedirectsFile], planned: Collection[str]) -> Iterator[Problem]:
    """Redirects from an address that has a page or is redirected already, or to none of the ``planned`` pages. So none
    leads to another redirect, and none in a circle."""
    seen: dict[str, str] = {}
    redirects = document.data.redirects
    leading = {one.old: one.new for one in redirects}
    for index, one in enumerate(redirects):
        at = ("redirects", index)
        if one.old in planned:
            what = msg("There is a page at /%(address)s, which answers itself", address=one.old)
            yield document.problem("redirect.page", what, msg("Remove the entry."), *at, "old")
        elif one.old in seen:
            what = msg("/%(address)s is redirected twice", address=one.old)
            yield document.problem("redirect.twice", what, msg("Keep one of the two entries."), *at, "old")
        seen[one.old] = one.new
        is_folder = one.new.endswith("/")
        if is_folder and not one.old.endswith("/"):
            what = msg("A page cannot lead to a folder (/%(address)s)", address=one.new)
            yield document.problem("redirect.folder", what, msg("Write the address of a page."), *at, "new")
        elif not is_folder and one.new not in planned:
            what = msg("There is no page at /%(address)s", address=one.new)
            yield document.problem("redirect.target", what, _fix(one.new, leading, planned), *at, "new")


def _fix(target: str, leading: Mapping[str, str], planned: Collection[str]) -> Message:
    if target in leading:
        return msg("It leads on to /%(address)s itself. Write the page where readers end.", address=leading[target])
    near = difflib.get_close_matches(target, planned, n=1, cutoff=0.6)
    return msg('Did you mean "/%(guess)s"?', guess=near[0]) if near else msg("Write the address of a page.")


def check_lost(addresses: Mapping[str, Place]) -> Iterator[Problem]:
    """One problem for all ``addresses`` at which nothing would answer."""
    if not addresses:
        return
    first = next(iter(addresses.values()))
    named = ", ".join(f"/{address}" for address in list(addresses)[:NAMED])
    yield Problem(
        first.path,
        first.line,
        "address.lost",
        msg(
            "Addresses that were published would lead nowhere (%(count)s): %(addresses)s",
            count=len(addresses),
            addresses=f"{named}, …" if len(addresses) > NAMED else named,
        ),
        msg("Bring the pages back, or write into content/redirects.yaml where each address leads now (old and new)."),
    )
