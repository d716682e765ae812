"""Which files of a content folder are read: only its own, with names that every system can hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from sitegen.content.characters import escaped
from sitegen.content.folders import Folders
from sitegen.problems import Message, Problem, msg
from sitegen.slugs import RESERVED

TOP_FOLDERS = frozenset({"admin", "berita", "d", "data", "en", "id", "media", "perubahan", "search", "static"})
"""Folders at the top of every site, beside that of the election."""
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


class Own:
    """Sorts out what may not be read, noting each as a problem: links that lead out of ``content`` (the site would show
    files of the machine it is built on), what is no file (a pipe has no end), names that cannot be written."""

    def __init__(self, content: Path, folders: Folders) -> None:
        self.problems: list[Problem] = []
        self._content = content
        self._folders = folders
        self._inside: dict[Path, bool] = {}

    def names(self, folder: Path, ending: str) -> tuple[str, ...]:
        """Names of the files of ``folder`` with this ending that may be read, in their order."""
        is_inside = self._lies_inside(folder)
        entries = {entry.name: entry for entry in self._folders.entries(folder) if entry.name.endswith(ending)}
        found = []
        for name in sorted(entries):
            # Nearly all are plain files in a plain folder; asking for each of them anew takes ten times as long.
            is_plain = not entries[name].is_symlink() and entries[name].is_file()
            if (is_inside and is_plain and _is_good_name(name)) or self._may_be_read(folder / name):
                found.append(name)
        return tuple(found)

    def files(self, folder: Path, ending: str) -> tuple[Path, ...]:
        """The files of ``folder`` with this ending that may be read, in the order of their names."""
        return tuple(folder / name for name in self.names(folder, ending))

    def file(self, path: Path) -> Path | None:
        """``path``, or None when it may not be read."""
        return path if self._may_be_read(path) else None

    def folders(self, paths: Iterable[Path]) -> tuple[Path, ...]:
        """Those of ``paths`` whose names can be shown."""
        return tuple(path for path in paths if self._is_named_well(path))

    def kecamatan(self, folder: Path) -> tuple[Path, ...]:
        """The YAML files of ``folder`` that may be read and whose names can stand in addresses."""
        return tuple(path for path in self.files(folder, ".yaml") if self._is_address(path))

    def elections(self, folders: Iterable[Path]) -> tuple[Path, ...]:
        """Those of ``folders`` with an election that may be read and whose names can stand in addresses."""
        named = (path for path in sorted(folders) if path.is_dir() and self._is_own(path))
        files = (path / "election.yaml" for path in named)
        found = (path for path in files if path.exists() and self._may_be_read(path))
        return tuple(path.parent for path in found if self._is_election(path.parent))

    def _is_own(self, folder: Path) -> bool:
        if folder.name not in TOP_FOLDERS:
            return True
        what = msg(
            "An election cannot be called %(name)s: the site has a folder %(name)s/ of its own", name=folder.name
        )
        fix = msg("Rename the folder: pilkada-2024, for example. site_config.yaml must have the same name.")
        return self._refuse(folder, "election.folder-name", what, fix)

    def _is_election(self, folder: Path) -> bool:
        if _SLUG.fullmatch(folder.name) and folder.name not in RESERVED:
            return True
        what = msg("The name of the folder cannot stand in an address")
        fix = msg("Use small letters, digits and single hyphens: pilkada-2024.")
        return self._refuse(folder, "election.folder-name", what, fix)

    def _may_be_read(self, path: Path) -> bool:
        if not self._is_named_well(path):
            return False
        if not self._is_inside(path):
            what = msg("This is a link that leads out of the content folder")
            return self._refuse(path, "file.link", what, msg("Put the file itself here."))
        if not path.is_file() and not path.is_dir() and path.exists():
            return self._refuse(path, "file.kind", msg("This is not a file"), msg("Remove it from the content."))
        return True

    def _is_named_well(self, path: Path) -> bool:
        if _is_good_name(path.name):
            return True
        what = msg("The name of the file holds signs that not every system can write")
        return self._refuse(path, "file.name", what, msg("Use small letters, digits and single hyphens."))

    def _is_address(self, path: Path) -> bool:
        if _SLUG.fullmatch(path.stem) and path.stem not in RESERVED:
            return True
        what = msg("The name of the file cannot stand in an address")
        fix = msg("Use small letters, digits and single hyphens: kayu-agung.yaml.")
        return self._refuse(path, "region.file-name", what, fix)

    def _refuse(self, path: Path, code: str, what: Message, fix: Message) -> bool:
        self.problems.append(Problem(escaped(str(path)), 0, code, what, fix))
        return False

    def _is_inside(self, path: Path) -> bool:
        """Whether ``path`` lies in the content folder after all links were followed."""
        return self._lies_inside(path.parent) and (not path.is_symlink() or path.resolve().is_relative_to(self._root))

    def _lies_inside(self, folder: Path) -> bool:
        if folder not in self._inside:
            is_plain = self._content in folder.parents and not folder.is_symlink()
            self._inside[folder] = (
                self._lies_inside(folder.parent) if is_plain else folder.resolve().is_relative_to(self._root)
            )
        return self._inside[folder]

    @cached_property
    def _root(self) -> Path:
        return self._content.resolve()


def _is_good_name(name: str) -> bool:
    return name.isprintable() and name.isascii()
