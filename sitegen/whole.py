"""The second stage of a run: the site from what its shards tell of themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sitegen import hierarchy
from sitegen.checks.acknowledged import Acknowledgements, check_used
from sitegen.checks.elections import check_previously, check_votes_over
from sitegen.checks.missing import check_missing
from sitegen.checks.redirects import check_lost, check_redirects
from sitegen.checks.references import check_addresses, check_kecamatan, check_news, check_told
from sitegen.checks.site import check_election, check_site
from sitegen.checks.unexplained import UNEXPLAINED
from sitegen.content.site import SiteContent
from sitegen.history.addresses import ADDRESSES_PATH, listing, lost
from sitegen.history.data import Past
from sitegen.history.manifest import MANIFEST, SUMS
from sitegen.history.recent import Recent
from sitegen.history.tell import CHANGES_PATH, Chapter, tell, write_manifest
from sitegen.keys import key_of
from sitegen.ledger import Ledger
from sitegen.material import Material
from sitegen.model.summary import KecamatanSummary, Totals
from sitegen.options import Options
from sitegen.output.change_feeds import CHANGES_ATOM
from sitegen.output.exports import data_files
from sitegen.output.feeds import ATOM
from sitegen.output.search_index import Cut, SearchIndex, search_index
from sitegen.output.shared import SharedOutlet
from sitegen.output.site import (
    NO_ADMIN,
    AdminFiles,
    copy_files,
    rest,
    write_data,
    write_files,
    write_search,
    write_shared_pages,
    write_sitemaps,
)
from sitegen.pages.changes import Chain
from sitegen.pages.index import SiteIndex, plan_earlier, plan_index
from sitegen.pages.news import at_time_of
from sitegen.pages.page import Page
from sitegen.pages.redirects import plan_redirects, targets_of
from sitegen.pages.views import Downloads, Site
from sitegen.privacy.gate import Gate
from sitegen.problems import Message, Problem, Verdict, msg
from sitegen.render.pages import targets
from sitegen.shards import Claim, ShardResult, claims_of, key_of_addresses
from sitegen.stopwatch import stage

_SEARCH = "search"
"""What the ledger calls the cut of the search index."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build or check found; ``pages`` counts the planned pages of one language."""

    totals: Totals
    kecamatan: int
    pages: int
    verdict: Verdict
    notices: tuple[Message, ...] = ()
    """What is worth saying of this run, and not of the content."""
    names_until: dt.date | None = None
    """Last day on which the names of KPPS that this publication shows may be shown."""

    def overdue(self, today: dt.date) -> Iterator[Message]:
        """That names of KPPS are still shown: no page asks for the day, so only a newer date of the data withdraws
        them."""
        if self.names_until and self.names_until < today:
            yield msg(
                "Names of KPPS were to be published until %(until)s. Write a later data_as_of into election.yaml, or "
                "publish: roles into site_config.yaml, and publish again.",
                until=self.names_until,
            )


class Run(NamedTuple):
    """A run, and what its pages were planned from; None when the site itself has problems."""

    report: Report
    site: SiteIndex | None


def finish(
    options: Options, material: Material, shards: Sequence[ShardResult], past: Past, ledger: Ledger | None
) -> Run:
    """Check everything together and, with a ``ledger``, write all that is not a shard's, if nothing is wrong."""
    elections = [_Election(one, [s for s in shards if s.election == one.sources.slug]) for one in material.elections]
    if material.site is None or options.only is not None:
        report = _alone(shards, elections)
        if ledger and not report.verdict.errors:
            ledger.close(report, {})
        return Run(report, None)
    return _Whole(options, material, material.site, elections, past, ledger).run()


class _Election:
    """An election whose shards are there; its ``problems`` grow step by step, and only its own acknowledgements accept
    them."""

    def __init__(self, material: Material, shards: Sequence[ShardResult]) -> None:
        self.material, self.shards = material, shards
        self.problems = [*material.problems, *(problem for shard in shards for problem in shard.problems)]
        self.problems += check_kecamatan((shard.summary.code, shard.path) for shard in shards if shard.summary)
        self.accepted = Acknowledgements(material.content.accepted)

    @property
    def news_until(self) -> dt.date:
        """The last day whose news belongs to it."""
        return self.material.news_until

    @property
    def folder(self) -> Path:
        """Folder of the folders of TPS."""
        return self.material.sources.tps

    @property
    def broken(self) -> frozenset[str]:
        """Slugs of shards with errors, of which nothing is concluded."""
        return frozenset(shard.slug for shard in self.shards if shard.is_broken)

    def judged(self) -> list[Problem]:
        """The problems, each with the reason that accepts it, if there is one."""
        return list(self.accepted.apply(self.problems))

    def index(self, site: Site, search: SearchIndex, earlier: Iterable[SiteIndex] = ()) -> SiteIndex:
        """What the index pages of the election, which is that of ``site``, are made of."""
        schedule, texts = self.material.content.schedule, self.material.texts
        summaries = (shard.summary for shard in self.shards if shard.summary)
        return SiteIndex(
            site=site,
            kecamatan=tuple(sorted(summaries, key=lambda one: (one.name.casefold(), one.code))),
            news=texts.news,
            guides=texts.guides,
            schedule=schedule.data if schedule else None,
            search_url=search.root,
            lists={shard.summary.code: shard.keys.lists for shard in self.shards if shard.summary},
            earlier=tuple(earlier),
            news_until=self.news_until,
        )


@dataclass
class _Whole:
    """A site whose shards are there, the current election first."""

    options: Options
    material: Material
    site: Site
    elections: Sequence[_Election]
    past: Past
    ledger: Ledger | None

    @property
    def current(self) -> _Election:
        """The current election."""
        return self.elections[0]

    def run(self) -> Run:
        """Index, data, plan, checks, and the rest of the files."""
        with stage("index"):
            out = self._outlet()
            texts = self.material.texts
            places = [shard.summary for shard in self.current.shards if shard.summary]
            key = key_of(*(shard.keys.search for shard in self.current.shards))
            regions, standing = partial(_regions, places), self._standing(out, key)
            search = search_index(places, (*texts.news, *texts.guides), regions, key, standing)
        earlier = (one.index(site, search) for one in self.elections[1:] if (site := one.material.site))
        index = self.current.index(self.site, search, earlier)
        downloads, chain = self._data(index, out, search)
        with stage("plan"):
            pages = tuple(plan_index(index, downloads, chain))
            old = tuple((one.site, tuple(plan_earlier(one))) for one in index.earlier)
        of_shards = [claim for one in self.elections for claim in _claims(one.shards)]
        shared = list(claims_of(page for _, planned in ((self.site, pages), *old) for page in planned))
        addresses = {url for claim in (*of_shards, *shared) for url in claim.urls}
        moved = self._moved(index, pages, addresses)
        shared += claims_of(moved)
        addresses.update(page.url for page in moved)
        claims = [*of_shards, *shared]
        editor, missing = _admin(index, self.options) if self.ledger else (NO_ADMIN, ())
        self.current.problems += missing
        verdict = self._checked(index, claims, addresses)
        if self.ledger and out and not verdict.errors:
            planned = ((self.site, (*pages, *moved)), *old)
            self._write(out, index, planned, chain, search, editor)
            with stage("exports"):
                self._list(out, claims, key_of_addresses(shared), addresses)
                write_manifest(out, self.past.previous, index, self.ledger.keys.content())
            verdict = Verdict.of([*verdict.problems, *out.gate.problems])
            report = self._report(index, claims, verdict)
            self.ledger.close(report, out.made)
            return Run(report, index)
        return Run(self._report(index, claims, verdict), index)

    def _report(self, index: SiteIndex, claims: Sequence[Claim], verdict: Verdict) -> Report:
        site = self.site
        names = site.kpps_names(index.as_of) and not site.is_sample
        until = site.config.kpps.names_until if names else None
        return Report(index.totals, len(index.kecamatan), _count(claims), verdict, names_until=until)

    def _outlet(self) -> SharedOutlet | None:
        """Where to write, if anything shall and may be written."""
        if self.ledger is None or not self._is_good():
            return None
        return self.ledger.shared(Gate(self.material.declared))

    def _standing(self, out: SharedOutlet | None, key: str) -> Cut | None:
        """The cut of the search index with this key, if its files stand in ``out``."""
        cut: Cut | None = self.ledger.recall(_SEARCH) if self.ledger and out else None
        return cut if out and cut and cut.key == key and all(out.keep(path, key) for path in cut.paths) else None

    def _is_good(self) -> bool:
        return not Verdict.of(self._judged()).errors

    def _judged(self) -> list[Problem]:
        return [problem for one in self.elections for problem in one.judged()]

    def _data(self, index: SiteIndex, out: SharedOutlet | None, search: SearchIndex) -> tuple[Downloads, Chain]:
        """The data files, and the log of changes with what it found."""
        if not self._is_good():
            return {}, Chain(Recent(), self.past.number)
        past = self.past
        pairs = zip(index.elections, self.elections, strict=True)
        chapters = [Chapter(part, one.folder, one.accepted, one.problems) for part, one in pairs]
        with stage("exports"):
            recent = tell(past.previous, chapters, past.parts, out)
            rows = {shard.name: shard.rows for one in self.elections for shard in one.shards}
            downloads = write_data(out, past.parts, index, rows, search) if out else {}
        return downloads, Chain(recent, past.number)

    def _folders(self) -> tuple[str, ...]:
        return tuple(target.folder for target in targets(self.site))

    def _list(self, out: SharedOutlet, claims: Sequence[Claim], shared: str, addresses: Iterable[str]) -> None:
        """Write the list of ``addresses``, and the sitemaps of all ``claims``; ``shared`` is a key of those of no
        shard."""
        folders = self._folders()
        of_shards = (shard.keys.addresses for one in self.elections for shard in one.shards)
        key = key_of(self.site.config.base_url, folders, shared, *of_shards)
        if not out.keep(ADDRESSES_PATH, key):
            out.write(ADDRESSES_PATH, listing(addresses, folders), key=key)
        if self.site.config.base_url:
            write_sitemaps(out, self.site, [url for claim in claims for url in claim.listed], key)

    def _moved(self, index: SiteIndex, pages: Sequence[Page], planned: Collection[str]) -> tuple[Page, ...]:
        """Pages at addresses of earlier publications. Beside errors nothing is concluded: pages may be missing because
        of them."""
        if not self._is_good():
            return ()
        sources, declared, current = self.material.sources, self.material.content.redirects, self.current
        missing = lost(sources, self.past.previous, planned, self._folders())
        current.problems += missing.problems
        leading = targets_of(declared.data.redirects, missing.addresses, planned) if declared else {}
        if declared:
            current.problems += check_redirects(declared, planned)
        current.problems += check_lost({one: place for one, place in missing.addresses.items() if one not in leading})
        return tuple(plan_redirects(index, pages, leading, declared.path)) if declared else ()

    def _checked(self, index: SiteIndex, claims: Sequence[Claim], planned: Collection[str]) -> Verdict:
        """All problems, without those that are acknowledged. Acknowledgements of a past election stay as they are;
        ``planned`` are the addresses of all pages."""
        current = self.current
        if _count(claims) > len(planned):  # else no two have the same: half a second of the country
            current.problems += check_addresses(_pairs(claims))
        addresses = _files(index).union(planned)
        content, texts = self.material.content, self.material.texts.all
        indexes = {one.site.election_slug: one for one in index.elections}
        with stage("check"):
            for one in self.elections:
                if part := indexes.get(one.material.sources.slug):
                    one.problems += check_election(one.material.content, part, one.broken, one.folder)
                    one.problems += check_votes_over(part, self.site, one.folder) if part.site.is_past else ()
                    news = [item for item in content.news if at_time_of(item.date, self.elections) is one]
                    one.problems += check_news(news, part.villages, self._uncertain())
                    one.problems += check_told(news, part.villages, self._uncertain())
            current.problems += check_site(content, texts, addresses, self._uncertain())
            region, accepted = self.site.config.region.code, current.accepted
            current.problems += check_missing(index.kecamatan, region, current.folder, accepted, current.broken)
            current.problems += check_previously(index, current.folder, self._uncertain())
            unused = _unused(content, current.accepted, current.shards, self.past)
            return Verdict.of([*self._judged(), *unused])

    def _uncertain(self) -> tuple[str, ...]:
        """Folders of pages of which nothing is known, because their kecamatan or election has errors."""
        unread = [f"{one.material.sources.slug}/" for one in self.elections if one.material.site is None]
        broken = [f"{one.material.sources.slug}/{slug}/" for one in self.elections for slug in sorted(one.broken)]
        return (*unread, *broken)

    def _write(
        self,
        out: SharedOutlet,
        index: SiteIndex,
        pages: Sequence[tuple[Site, Sequence[Page]]],
        chain: Chain,
        search: SearchIndex,
        editor: AdminFiles,
    ) -> None:
        """Write the pages and files that no shard makes."""
        digests = [shard.digest for one in self.elections for shard in one.shards]
        digests += [write_shared_pages(out, site, planned) for site, planned in pages]
        with stage("index"):
            pictures = ((picture.url, picture.data) for picture in self.material.pictures)
            files = rest(index, chain, self.material.files, digests)
            write_files(out, (*editor.own, *pictures, *files))
            copy_files(out, editor.theirs)
            write_search(out, search)
            if self.ledger and search.cut:
                self.ledger.remember(_SEARCH, search.cut)


def _unused(
    content: SiteContent, accepted: Acknowledgements, shards: Sequence[ShardResult], past: Past
) -> Iterator[Problem]:
    """Acknowledgements that nothing needs any more, as far as all kecamatan could be read. Whether a change needs one
    can only be said beside the publication before."""
    broken = [shard.summary for shard in shards if shard.is_broken]
    known = [summary.code for summary in broken if summary]
    if content.acknowledged and len(known) == len(broken):
        unknown = () if past.previous else (UNEXPLAINED,)
        yield from check_used(content.acknowledged, accepted, known, unknown)


def _admin(index: SiteIndex, options: Options) -> tuple[AdminFiles, tuple[Problem, ...]]:
    """Files of ``/admin/`` if the site wants it, or what stands in the way."""
    admin = index.site.config.admin
    if admin is None:
        return NO_ADMIN, ()
    from sitegen.output.admin import EditorMissing, admin_files

    try:
        return admin_files(index, admin, _in_repository(options.content)), ()
    except EditorMissing as error:
        return NO_ADMIN, (Problem(str(options.config), 0, "admin.editor", error.what, error.fix),)


def _in_repository(folder: Path) -> str:
    """A folder as the repository knows it: commands are run at its top."""
    return folder.name if folder.is_absolute() else folder.as_posix()


def _alone(shards: Sequence[ShardResult], elections: Sequence[_Election]) -> Report:
    """What is known of shards without the site around them: in a part, or where there is no configuration."""
    claims, current = list(_claims(shards)), elections[0]
    current.problems += check_addresses(_pairs(claims))
    totals = Totals.sum(shard.summary.totals for shard in current.shards if shard.summary)
    verdict = Verdict.of([problem for one in elections for problem in one.judged()])
    return Report(totals, len(current.shards), _count(claims), verdict)


def _claims(shards: Iterable[ShardResult]) -> Iterator[Claim]:
    return (claim for shard in shards if not shard.is_broken for claim in shard.claims)


def _pairs(claims: Iterable[Claim]) -> Iterator[tuple[str, str]]:
    """Each address with its source."""
    return ((url, claim.source) for claim in claims for url in claim.urls)


def _count(claims: Iterable[Claim]) -> int:
    """How many pages they claim."""
    return sum(len(claim.listed) + len(claim.others) for claim in claims)


def _files(index: SiteIndex) -> frozenset[str]:
    """Files beside the pages that a text may link to."""
    found = {ATOM, CHANGES_ATOM, CHANGES_PATH, ADDRESSES_PATH, MANIFEST, SUMS}
    for one in index.elections:
        found |= {*data_files(one.site), one.site.voting_day_file}
        found |= {one.site.schedule_file} if one.stages else set()
    return frozenset(found)


def _regions(kecamatan: Sequence[KecamatanSummary]) -> dict[str, str]:
    """Names of the kabupaten and kota of the provinsi of ``kecamatan``, or of all if there are several."""
    provinces = {one.code[:2] for one in kecamatan}
    areas = hierarchy.regencies(provinces.pop() if len(provinces) == 1 else "")
    return {area.code: area.name for area in areas}
