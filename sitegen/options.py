"""What somebody asks of a run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """Where a site lies and how to build it. ``base_url`` overrides the configuration's; ``archive`` asks for a
    ZIP file beside the output folder; ``clean`` makes everything anew, whatever the last build left. ``only`` makes a
    part: the kecamatan below this code; ``merge`` names parts that a build of the whole site may take them from.
    ``previous`` names the publication before: folder, file or git commit. ``drafts`` shows unfinished news."""

    config: Path
    content: Path
    out: Path
    jobs: int = 1
    base_url: str | None = None
    archive: bool = False
    clean: bool = False
    only: str | None = None
    merge: tuple[Path, ...] = ()
    previous: str | None = None
    drafts: bool = False
