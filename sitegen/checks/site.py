"""Everything that can only be checked with the whole site in view."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from sitegen.checks.hours import check_guide_hours, check_hours
from sitegen.checks.links import check_elements, check_links
from sitegen.checks.people import check_teams
from sitegen.checks.positions import check_middles
from sitegen.checks.references import check_dates, check_schedule
from sitegen.checks.totals import check_totals
from sitegen.checks.unwritten import check_written
from sitegen.content.site import SiteContent
from sitegen.pages.index import SiteIndex
from sitegen.pages.site import REQUIRED_GUIDES, Text
from sitegen.problems import Problem, msg


def check_site(
    content: SiteContent,
    texts: Sequence[Text],
    addresses: Collection[str],
    uncertain: tuple[str, ...],
) -> Iterator[Problem]:
    """Problems of news and guides. ``addresses`` are all files that a text may link to; of those that begin with one of
    ``uncertain`` nothing is known."""
    if content.election:
        yield from check_guide_hours(content.election, content.guides)
    yield from check_dates(content.news)
    yield from check_written(content.news)
    anchors = {text.url: text.rendered.ids for text in texts}
    for text in texts:
        yield from check_links(text.document, text.rendered, addresses, anchors, uncertain)
        yield from check_elements(text.document, text.rendered)


def check_election(content: SiteContent, index: SiteIndex, broken: frozenset[str], folder: Path) -> Iterator[Problem]:
    """Problems of an election between its shards, calendar and announced totals. ``folder`` holds the folders of TPS.
    Of the shards in ``broken`` (slugs) nothing is concluded: what they lack may only be missing because of their own
    errors, which are reported already."""
    site = index.site
    yield from check_middles((one for one in index.kecamatan if one.slug not in broken), folder)
    yield from check_teams(index.kecamatan, folder)
    if content.election:
        yield from check_hours(content.election)
        yield from check_totals(content.election, site.status, index.kecamatan, broken, site.config.region.code)
    if content.schedule:
        yield from check_schedule(content.schedule, index.villages)


def check_guides(slugs: Collection[str], folder: Path) -> Iterator[Problem]:
    """Guides that every page links to and that are missing."""
    for slug in REQUIRED_GUIDES:
        if slug not in slugs:
            yield Problem(
                str(folder / f"{slug}.md"),
                0,
                "guide.missing",
                msg("Every page links to this guide, and it does not exist"),
                msg("Write it; docs/content-reference.md tells what its head holds."),
            )
