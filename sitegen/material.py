"""What a run reads before it looks at any kecamatan: configuration, election, news, guides, static files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sitegen.checks.acknowledged import STOPPING, check_codes
from sitegen.checks.lookalikes import lookalikes
from sitegen.checks.pictures import check_pictures
from sitegen.checks.references import check_folders
from sitegen.checks.site import check_guides
from sitegen.content.documents import Loader
from sitegen.content.pictures import Picture, Pictures
from sitegen.content.site import CONFIG, NewsFile, SiteContent, read_site
from sitegen.content.sources import Sources, find, latest_election
from sitegen.model.acknowledged import Acknowledgement
from sitegen.model.config import SiteConfig
from sitegen.options import Options
from sitegen.output.assets import assets, published
from sitegen.pages.site import Texts, site_view, texts
from sitegen.pages.views import Assets, Site
from sitegen.parts import below
from sitegen.privacy.declared import Declared
from sitegen.privacy.gate import all_declared, check_texts
from sitegen.problems import Problem, Severity, msg


@dataclass(frozen=True, slots=True)
class Material:
    """``site`` is None when configuration or election have problems; ``files`` are the static files by their paths,
    ``pictures`` those of the texts."""

    sources: Sources
    config: SiteConfig | None
    content: SiteContent
    texts: Texts
    files: Mapping[str, bytes]
    pictures: tuple[Picture, ...]
    site: Site | None
    problems: tuple[Problem, ...]
    declared: Declared

    @property
    def lifting(self) -> tuple[Acknowledgement, ...]:
        """Acknowledgements that let a kecamatan be published in spite of a mistake."""
        return tuple(entry for entry in self.content.accepted if entry.code in STOPPING)


def read(options: Options, last: Path | None = None) -> Material:
    """Read and check what all kecamatan share. Pictures are taken from the publication ``last`` where it has them.

    Raises:
        UsageError: a part is asked for in which there is no kecamatan.
    """
    loader = Loader()
    config = loader.yaml(options.config, CONFIG)
    # Without a configuration the latest election is checked, so that all problems come out in one run.
    sources = find(options.content, config.data.election if config else latest_election(options.content))
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
    return Material(
        sources=sources if options.only is None else below(sources, options.only),
        config=config.data if config else None,
        content=content,
        texts=made,
        files=files,
        pictures=tuple(pictures.found),
        site=_site(options, config.data if config else None, content, assets(files)),
        problems=tuple(problems),
        declared=all_declared(loader.trees),
    )


def _left_out(draft: NewsFile) -> Problem:
    return draft.document.problem(
        "news.draft",
        msg("The news item is a draft and is not published"),
        msg("Take out the line draft when it is finished."),
        "draft",
        severity=Severity.WARNING,
    )


def _site(options: Options, config: SiteConfig | None, content: SiteContent, found: Assets) -> Site | None:
    if config is None or content.election is None:
        return None
    if options.base_url:
        config = replace(config, base_url=options.base_url)
    return site_view(config, content.election.data, content.schedule.data if content.schedule else None, found)
