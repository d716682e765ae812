"""Which files of a content folder are read: only its own, with names that every system can hold."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from sitegen.content.characters import escaped
from sitegen.problems import Message, Problem, msg
from sitegen.slugs import RESERVED

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


class Own:
    """Sorts out what may not be read, noting each as a problem: links that lead out of ``content`` (the site would show
    files of the machine it is built on), what is no file (a pipe has no end), names that cannot be written."""

    def __init__(self, content: Path) -> None:
        self.problems: list[Problem] = []
        self._content = content
        self._folders: dict[Path, bool] = {}

    def files(self, folder: Path, ending: str) -> tuple[Path, ...]:
        """The files of ``folder`` with this ending that may be read, in the order of their names."""
        plain: dict[str, bool] = {}
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(ending):
                    plain[entry.name] = not entry.is_symlink() and entry.is_file()
        paths = ((folder / name, plain[name]) for name in sorted(plain))
        return tuple(path for path, is_plain in paths if self._may_be_read(path, is_plain=is_plain))

    def file(self, path: Path) -> Path | None:
        """``path``, or None when it may not be read."""
        return path if self._may_be_read(path) else None

    def folders(self, paths: Iterable[Path]) -> tuple[Path, ...]:
        """Those of ``paths`` whose names can be shown."""
        return tuple(path for path in paths if self._is_named_well(path))

    def kecamatan(self, folder: Path) -> tuple[Path, ...]:
        """The YAML files of ``folder`` that may be read and whose names can stand in addresses."""
        return tuple(path for path in self.files(folder, ".yaml") if self._is_address(path))

    def _may_be_read(self, path: Path, *, is_plain: bool = False) -> bool:
        """Whether ``path`` may be read; a plain one is known to be a file and no link."""
        if not self._is_named_well(path):
            return False
        if not self._is_inside(path, is_plain=is_plain):
            what = msg("This is a link that leads out of the content folder")
            return self._refuse(path, "file.link", what, msg("Put the file itself here."))
        if not is_plain and not path.is_file() and not path.is_dir() and path.exists():
            return self._refuse(path, "file.kind", msg("This is not a file"), msg("Remove it from the content."))
        return True

    def _is_named_well(self, path: Path) -> bool:
        if path.name.isprintable() and path.name.isascii():
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

    def _is_inside(self, path: Path, *, is_plain: bool) -> bool:
        """Whether ``path`` lies in the content folder after all links were followed."""
        folder = path.parent
        if folder not in self._folders:
            self._folders[folder] = folder.resolve().is_relative_to(self._root)
        return self._folders[folder] and (
            is_plain or not path.is_symlink() or path.resolve().is_relative_to(self._root)
        )

    @cached_property
    def _root(self) -> Path:
        return self._content.resolve()
