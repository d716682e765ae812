"""The publication before, as ``--previous`` names it: verified, and with its data files in a folder."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sitegen.history.manifest import Manifest, differing, read_manifest
from sitegen.problems import Failed, msg

if TYPE_CHECKING:
    from sitegen.history.places import Folder, Place


class Previous(NamedTuple):
    """The publication before: its manifest, the manifest's digest, and a folder below which its data files lie."""

    name: str
    manifest: Manifest
    digest: str
    folder: Path

    def folder_of(self, election: str) -> str | None:
        """The folder below ``data/`` with the data of an election: none of its own for the one that was current; None
        if the publication knows nothing of the election."""
        if self.manifest.election == election:
            return ""
        return f"{election}/" if f"data/{election}/tps.json" in self.manifest.files else None

    def path(self, name: str) -> Path:
        """A file of ``data/``.

        Raises:
            Failed: the publication has none of this name.
        """
        if f"data/{name}" not in self.manifest.files:
            raise Failed(msg("%(place)s: there is no %(path)s", place=self.name, path=f"data/{name}"))
        return self.folder / "data" / name


@contextlib.contextmanager
def previous_at(text: str | None) -> Iterator[Previous | None]:
    """The publication that ``text`` names, for as long as the block lasts; None without a name.

    Raises:
        Failed: there is none, it cannot be read, or its data files are not those of its manifest.
    """
    if text is None:
        yield None
        return
    from tempfile import TemporaryDirectory

    from sitegen.history.places import Folder, find_place

    place = find_place(text)
    known = read_manifest(place)
    with contextlib.ExitStack() as stack:
        if not isinstance(place, Folder):
            place = _copied(place, known.manifest, Path(stack.enter_context(TemporaryDirectory())))
        wrong = differing(place, known.manifest)
        if wrong:
            raise Failed(
                msg("%(place)s was changed after it had been published: %(paths)s differ from its manifest",
                    place=text, paths=", ".join(wrong))
            )  # fmt: skip
        yield Previous(text, known.manifest, known.digest, place.folder)


def _copied(place: Place, manifest: Manifest, folder: Path) -> Folder:
    """The data files of ``place``, copied into ``folder``."""
    from sitegen.history.places import Folder

    for path in manifest.files:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        with place.open(path) as source, (folder / path).open("xb") as target:
            shutil.copyfileobj(source, target)
    return Folder(place.name, folder)
