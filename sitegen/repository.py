"""What makes a site's folder a repository of its own: the generator, guides for staff, and the workflow that publishes.

The generator comes along as files (docs/decisions/0015-office-repository.md).
"""

from __future__ import annotations

import shutil
from pathlib import Path
from string import Template

from sitegen.model.config import SiteConfig
from sitegen.starter import STARTERS

SHIPPED = Path(__file__).resolve().parent.parent
GENERATOR = (
    ".githooks",
    "build.py",
    "LICENSE",
    "data",
    "docs/content-reference.md",
    "docs/images/panduan",
    "docs/panduan-*.md",
    "docs/schemas",
    "requirements/site.txt",
    "sitegen",
    "static",
    "templates",
    "tools/environment.py",
    "tools/last_publication.py",
    "tools/pages_url.py",
    "tools/pull_request.py",
)
"""Files and folders that an office's repository has in common with this one, as patterns."""
_MADE = shutil.ignore_patterns("__pycache__", "*.pyc", ".DS_Store")


def write_repository(target: Path, config: SiteConfig) -> None:
    """Put everything that is not content into the site folder ``target``: afterwards it builds and publishes itself."""
    for pattern in GENERATOR:
        for source in SHIPPED.glob(pattern):
            _copy(source, target / source.relative_to(SHIPPED))
    shutil.copytree(STARTERS / "repository", target, dirs_exist_ok=True, ignore=_MADE)
    readme = target / "README.md"
    readme.write_text(_filled(readme.read_text(encoding="utf-8"), config), encoding="utf-8", newline="\n")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=_MADE)
    else:
        shutil.copy(source, target)


def _filled(text: str, config: SiteConfig) -> str:
    return Template(text).substitute(
        title=config.title,
        office=config.office.name,
        office_short=config.office.short_name,
        region=config.region.name,
        code=config.region.code,
        election=config.election,
    )
