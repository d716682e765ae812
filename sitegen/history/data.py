"""What the publication before means for the next one."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sitegen.history.previous import Previous


class Past(NamedTuple):
    """The publication before, if there is one, and the folder where the rows of the new one are gathered."""

    previous: Previous | None
    parts: Path

    @property
    def number(self) -> int:
        """The number of the new one in the chain."""
        return self.previous.manifest.number + 1 if self.previous else 1
