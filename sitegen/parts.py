"""Parts of a site: some kecamatan built alone, on whatever machine, for a build of the whole site to take them from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from sitegen.content.documents import Loader
from sitegen.content.shard import KECAMATAN
from sitegen.content.sources import Sources
from sitegen.ledger import is_part
from sitegen.output.publication import Stage
from sitegen.problems import Message, UsageError, msg


def below(elections: Sequence[Sources], code: str) -> tuple[Sources, ...]:
    """``elections`` with those kecamatan alone that ``code`` holds: that of a provinsi, kabupaten, kota or kecamatan.
    One that cannot be read is in every part, so that its mistakes are told.

    Raises:
        UsageError: no kecamatan lies there.
    """
    code_of = cache(_code)
    codes = [code_of(files.kecamatan) for sources in elections for files in sources.shards]
    if not any(found and found.startswith(code) for found in codes):
        raise UsageError(
            msg("No kecamatan of this site lies in %(code)s; codes look like 16, 16.02 or 16.02.07", code=code)
        )
    return tuple(
        replace(sources, shards=tuple(f for f in sources.shards if (code_of(f.kecamatan) or code).startswith(code)))
        for sources in elections
    )


def _code(kecamatan: Path) -> str | None:
    document = Loader().yaml(kecamatan, KECAMATAN)
    return document.data.code if document else None


def place_of_part(out: Path) -> Stage:
    """Where pages and ledger of the part ``out`` lie: inside it, so that it travels as one folder.

    Raises:
        UsageError: something else lies in ``out``.
    """
    place = Stage.below(out)
    # What belongs to the build of ``site`` begins with its name.
    names = {path.name for path in out.iterdir()} if out.is_dir() else set()
    if any(name not in {folder.name for folder in place} and not name.startswith(".site.") for name in names):
        raise UsageError(
            msg("%(path)s holds files that no build made; choose another folder with --out", path=str(out))
        )
    return place


def require_parts(folders: Iterable[Path]) -> None:
    """See that ``folders`` are finished parts.

    Raises:
        UsageError: one is not.
    """
    for folder in folders:
        if not is_part(folder):
            raise UsageError(
                msg("%(path)s is not a part of a site; build one with --only CODE --out FOLDER", path=str(folder))
            )


def notices(unused: Mapping[Path, int]) -> tuple[Message, ...]:
    """What to say of parts of which so many kecamatan could not be used."""
    return tuple(
        msg(
            "%(path)s: %(count)s kecamatan of this part were built again, so the site is right, but it took longer. "
            "Build the part from the same content and configuration, with the same version, options and "
            "names of folders.",
            path=str(folder),
            count=count,
        )
        for folder, count in unused.items()
    )
