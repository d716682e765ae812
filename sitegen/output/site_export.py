"""``data/portal.json``: the site in a form that a portal reads; see ``docs/scaling.md``."""

from __future__ import annotations

from sitegen.content.portal import EXPORT
from sitegen.keys import key_of
from sitegen.model.election import Election
from sitegen.model.export import KecamatanExport, SiteExport, VillageExport, VotingDay
from sitegen.model.summary import KecamatanSummary, VillageSummary
from sitegen.pages.index import SiteIndex
from sitegen.pages.jsonld import in_zone


def site_export(index: SiteIndex) -> bytes:
    """The file of a site; keys that say nothing are left out."""
    return _dumped(index, tuple(map(_kecamatan, index.kecamatan)))


def export_key(index: SiteIndex, places: str) -> str:
    """A key of what the file is made of, given that of the search index, which tells the same of places; empty if there
    is none."""
    return key_of(_dumped(index, ()), places) if places else ""


def _dumped(index: SiteIndex, kecamatan: tuple[KecamatanExport, ...]) -> bytes:
    site = index.site
    export = SiteExport(
        data_status=site.status,
        office=site.config.office.name,
        region=site.config.region,
        election=_voting_day(site.election),
        data_as_of=in_zone(index.as_of, site.election),
        kecamatan=kecamatan,
    )
    return EXPORT.dump_json(export, exclude_defaults=True)


def _voting_day(election: Election) -> VotingDay:
    return VotingDay(
        name=election.name,
        date=election.date,
        opens=election.opens,
        closes=election.closes,
        time_zone=election.time_zone,
    )


def _kecamatan(one: KecamatanSummary) -> KecamatanExport:
    return KecamatanExport(
        code=one.code,
        name=one.name,
        slug=one.slug,
        url=one.url,
        villages=tuple(map(_village, one.villages)),
        other_names=one.other_names,
    )


def _village(one: VillageSummary) -> VillageExport:
    return VillageExport(
        code=one.code,
        name=one.name,
        slug=one.slug,
        numbers=one.numbers,
        other_names=one.other_names,
        changed_numbers=one.changed_numbers,
        ended=one.ended,
    )
