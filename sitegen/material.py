"""What a run reads before it looks at any kecamatan: configuration, elections, news, guides, static files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from sitegen.checks.acknowledged import STOPPING, check_codes
from sitegen.checks.elections import check_over, is_earlier, not_current
from sitegen.checks.lookalikes import lookalikes
from sitegen.checks.pictures import check_pictures
from sitegen.checks.references import check_folders
from sitegen.checks.site import check_guides
from sitegen.content.documents import Loader
from sitegen.content.folders import Folders
from sitegen.content.pictures import Picture, Pictures
from sitegen.content.site import CONFIG, NewsFile, SiteContent, read_site
from sitegen.content.sources import ShardFiles, Sources, find, find_others, latest_election
from sitegen.model.acknowledged import Acknowledgement
from sitegen.model.config import SiteConfig
from sitegen.options import Options
from sitegen.output.assets import assets, published
from sitegen.pages.articles import NewsItem
from sitegen.pages.site import NO_TEXTS, Texts, site_view, texts
from sitegen.pages.views import Assets, Site
from sitegen.parts import below
from sitegen.privacy.declared import Declared
from sitegen.privacy.gate import all_declared, check_texts
from sitegen.problems import Problem, Severity, msg


@dataclass(frozen=True, slots=True)
class Material:
    """An election with all that its pages share, and for the current one the ``earlier``, the newest first. ``site`` is
    None when configuration or election have problems; ``news`` are those about villages until the day ``news_until``,
    ``files`` the static files by their paths and ``pictures`` those of the texts, of which an earlier election has none
    of its own."""

    sources: Sources
    config: SiteConfig | None
    content: SiteContent
    texts: Texts
    news: tuple[NewsItem, ...]
    files: Mapping[str, bytes]
    pictures: tuple[Picture, ...]
    site: Site | None
    problems: tuple[Problem, ...]
    declared: Declared
    earlier: tuple[Material, ...] = ()
    news_until: dt.date = dt.date.max

    @property
    def elections(self) -> tuple[Material, ...]:
        """The current and the earlier elections."""
        return (self, *self.earlier)

    @property
    def lifting(self) -> tuple[Acknowledgement, ...]:
        """Acknowledgements that let a kecamatan be published in spite of a mistake."""
        return tuple(entry for entry in self.content.accepted if entry.code in STOPPING)


def read(options: Options, folders: Folders, last: Path | None = None) -> Material:
    """Read and check what all kecamatan share. Pictures are taken from the publication ``last`` where it has them.

    Raises:
        UsageError: a part is asked for in which there is no kecamatan.
    """
    loader = Loader()
    config = loader.yaml(options.config, CONFIG)
    # Without a configuration the latest election is checked, so that all problems come out in one run.
    election = config.data.election if config else latest_election(options.content, folders)
    sources = find(options.content, election, folders)
    content = read_site(sources, loader)
    problems = [*sources.problems, *loader.problems, *check_texts(loader.texts, loader.trees), *check_folders(sources)]
    problems += lookalikes(loader.texts)
    problems += check_guides({guide.slug for guide in content.guides}, options.content / "pages")
    if content.acknowledged:
        problems += check_codes(content.acknowledged)
    if not options.drafts:
        problems += map(_left_out, content.drafts)
        content = content.without_drafts()
    pictures = Pictures(sources.pictures, last)
    made = texts(content, pictures)
    problems += check_pictures(made.all, pictures)
    files = published()
    material = Material(
        sources=sources,
        config=config.data if config else None,
        content=content,
        texts=made,
        news=tuple(item for item in made.news if item.villages),
        files=files,
        pictures=tuple(pictures.found),
        site=_site(options, config.data if config else None, content, assets(files), sources.slug),
        problems=tuple(problems),
        declared=all_declared(loader.trees),
    )
    material = _with_earlier(options, material, folders)
    return material if options.only is None else _part(material, options.only)


def _part(material: Material, code: str) -> Material:
    current, *earlier = below([one.sources for one in material.elections], code)
    parts = (replace(one, sources=sources) for one, sources in zip(material.earlier, earlier, strict=True))
    return replace(material, sources=current, earlier=tuple(parts))


def _with_earlier(options: Options, current: Material, folders: Folders) -> Material:
    """``current`` with the elections before it; of one that is to come nothing is read but its day."""
    others, problems = find_others(options.content, current.sources, folders)
    earlier: list[Material] = []
    for sources in others:
        found = _earlier(options, current, sources)
        if found.content.election and current.site and not is_earlier(found.content.election.data, current.site):
            problems += (not_current(found.content.election, current.site),)
        else:
            earlier.append(found)
    earlier.sort(key=_day, reverse=True)
    current = replace(current, problems=(*current.problems, *problems))
    return with_earlier(current, earlier) if earlier else current


def _day(material: Material) -> tuple[dt.date, str]:
    election = material.content.election
    return election.data.date if election else dt.date.min, material.sources.slug


def _earlier(options: Options, current: Material, sources: Sources) -> Material:
    loader = Loader()
    content = read_site(sources, loader)
    problems = [*sources.problems, *loader.problems, *check_texts(loader.texts, loader.trees), *check_folders(sources)]
    problems += lookalikes(loader.texts)
    if content.acknowledged:
        problems += check_codes(content.acknowledged)
    if content.election and current.site:
        problems += check_over(content.election, current.site)
    found = current.site.assets if current.site else Assets({}, {})
    site = _site(options, current.config, content, found, sources.slug)
    return Material(
        sources=sources,
        config=current.config,
        content=content,
        texts=NO_TEXTS,
        news=(),
        files={},
        pictures=(),
        site=replace(site, current=current.site.election.name) if site and current.site else None,
        problems=tuple(problems),
        declared=current.declared | all_declared(loader.trees),
    )


def _end(site: Site | None, following: Site | None) -> dt.date:
    """The last day whose news belongs to an election that another one follows: half of the way between their days. Its
    repeat votes come weeks after its own."""
    if not site or not following:
        return dt.date.min
    day = site.election.date
    return day + (following.election.date - day) / 2


def with_earlier(current: Material, earlier: Sequence[Material]) -> Material:
    """``current`` and the ``earlier`` elections with each other: what a page of the current one leads to, and which
    news belongs to which: to that whose day is nearest."""
    before: dict[str, list[ShardFiles]] = {}
    for shard in (shard for one in earlier for shard in one.sources.shards):
        before.setdefault(shard.slug, []).append(shard)
    shards = tuple(replace(shard, before=tuple(before.get(shard.slug, ()))) for shard in current.sources.shards)
    names = tuple((one.site.election_slug, one.site.election.name) for one in earlier if one.site)
    left, settled = current.news, []
    for one, following in pairwise((*reversed(earlier), current)):
        end = _end(one.site, following.site)
        settled.append(replace(one, news=tuple(item for item in left if item.date <= end), news_until=end))
        left = tuple(item for item in left if item.date > end)
    return replace(
        current,
        sources=replace(current.sources, shards=shards),
        news=left,
        site=replace(current.site, earlier=names) if current.site else None,
        earlier=tuple(reversed(settled)),
    )


def _left_out(draft: NewsFile) -> Problem:
    return draft.document.problem(
        "news.draft",
        msg("The news item is a draft and is not published"),
        msg("Take out the line draft when it is finished."),
        "draft",
        severity=Severity.WARNING,
    )


def _site(options: Options, config: SiteConfig | None, content: SiteContent, found: Assets, slug: str) -> Site | None:
    if config is None or content.election is None:
        return None
    if options.base_url:
        config = replace(config, base_url=options.base_url)
    return site_view(config, content.election.data, content.schedule.data if content.schedule else None, found, slug)
