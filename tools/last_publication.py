"""Find the last publication of this site, so that the next one continues its chain; print its folder.

``last_publication.py URL FOLDER``: the run that published last kept its data in FOLDER, if the copy is still there; the
site itself is at URL. The one with the higher number is taken: a web server may show an older one for some minutes, and
a copy may not have been kept. Nothing is printed when nothing was published yet, or ``NEW_CHAIN`` is ``true`` in the
environment. Exit codes: 0 good, 1 there may be a publication and it cannot be read, so that its chain would break.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from sitegen.history.manifest import MANIFEST, Manifest, differing, read_manifest
from sitegen.history.places import Folder, Place, Website
from sitegen.problems import Failed, msg

TRIES, PAUSE = 10, 60
"""How often a web server is asked, and seconds between: GitHub Pages may mix two publications for ten minutes."""
HINT = (
    "To publish all the same, run this workflow by hand and ask for a new chain. "
    "(Untuk tetap menerbitkan: jalankan alur ini dengan tangan dan minta rangkaian baru.)"
)


def last_publication(url: str, folder: Path, pause: Callable[[float], None] = time.sleep) -> Path | None:
    """The folder with the data of the last publication; None when there is none.

    Raises:
        Failed: it cannot be read.
    """
    kept = _manifest(Folder(str(folder), folder)) if (folder / MANIFEST).is_file() else None
    try:
        published = _manifest(Website(url))
    except Failed as error:
        if kept is None and ("detail", "HTTP 404") not in error.what.values:
            raise
        published = None
    if published and (kept is None or published.number > kept.number):
        _fetch(Website(url), folder, pause)
        return folder
    return folder if kept else None


def _manifest(place: Place) -> Manifest:
    return read_manifest(place).manifest


def _fetch(place: Website, folder: Path, pause: Callable[[float], None]) -> None:
    """Put the publication at ``place`` into ``folder``, as soon as all its files belong together."""
    for attempt in range(1, TRIES + 1):
        try:
            shutil.rmtree(folder, ignore_errors=True)
            (folder / "data").mkdir(parents=True)
            _copy(place, folder, MANIFEST)
            copy = Folder(str(folder), folder)
            manifest = _manifest(copy)
            for path in manifest.files:
                _copy(place, folder, path)
            if wrong := differing(copy, manifest):
                raise Failed(msg("%(place)s: %(paths)s differ", place=place.name, paths=", ".join(wrong)))
        except Failed as error:
            if attempt == TRIES:
                raise
            print(f"{_text(error)} ({attempt}/{TRIES})", file=sys.stderr)
            pause(PAUSE)
        else:
            return


def _text(error: Failed) -> str:
    return error.what.id % dict(error.what.values)


def _copy(place: Website, folder: Path, path: str) -> None:
    with place.open(path) as source, (folder / path).open("wb") as target:
        shutil.copyfileobj(source, target)


def main(arguments: list[str]) -> int:
    """Print the folder."""
    url, folder = arguments
    if os.environ.get("NEW_CHAIN") == "true":
        return 0
    try:
        found = last_publication(url, Path(folder))
    except Failed as error:
        print(f"{_text(error)}\n{HINT}", file=sys.stderr)
        return 1
    if found:
        print(found)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
