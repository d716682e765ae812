"""Make ``data/wilayah/`` from the npm package that publishes the Kemendagri codes.

    python tools/derive_regions.py [idn-area-data-4.0.1.tgz] [--check]

Without a file the package is fetched by ``npm pack``. The archive must have the digest below and the
counts must be right, otherwise nothing is written. ``--check`` writes nothing and tells whether the
shipped file holds exactly what the package gives.
"""

from __future__ import annotations

import argparse
import base64
import csv
import hashlib
import io
import lzma
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from pathlib import Path

PACKAGE = "idn-area-data@4.0.1"
INTEGRITY = "sha512-PhNSIl5T7swVwwWxJOFMtCaeHAF9TUu0HLDf+36EIWZro9j7au83AFIJiBQGL+iRsBDA2OlpJ5fjiqxNYndzOQ=="
LEVELS = {"provinces": 38, "regencies": 514, "districts": 7285, "villages": 83762}
FOLDER = Path(__file__).resolve().parent.parent / "data" / "wilayah"


def fetch(folder: Path) -> Path:
    """Download the package into ``folder`` with npm, which the machine's owner has configured."""
    done = subprocess.run(
        ["npm", "pack", PACKAGE, "--silent"], cwd=folder, check=True, capture_output=True, encoding="utf-8"
    )
    return folder / done.stdout.split()[-1]


def check_integrity(archive: bytes) -> None:
    """Refuse an archive that is not the published one."""
    digest = base64.b64encode(hashlib.sha512(archive).digest()).decode("ascii")
    if f"sha512-{digest}" != INTEGRITY:
        sys.exit(f"The archive is not {PACKAGE}: sha512-{digest}")


def read_level(package: tarfile.TarFile, level: str) -> list[tuple[str, str]]:
    """(code, name) of every row of ``level``, after checking that they are as many as they must be."""
    rows = csv.DictReader(io.StringIO(member(package, f"data/{level}.csv").decode("utf-8"), newline=""))
    found = [(row["code"], row["name"].strip()) for row in rows]
    if len(found) != LEVELS[level]:
        sys.exit(f"{level}: {len(found)} rows instead of {LEVELS[level]}")
    return found


def member(package: tarfile.TarFile, name: str) -> bytes:
    """The bytes of one file of the package."""
    stream = package.extractfile(f"package/{name}")
    if stream is None:
        sys.exit(f"The package has no {name}")
    return stream.read()


def check_rows(rows: list[tuple[str, str]]) -> None:
    """Every code occurs once, has a parent and a name on one line."""
    codes = Counter(code for code, _ in rows)
    for code, name in rows:
        parent = code.rpartition(".")[0]
        if codes[code] > 1 or (parent and parent not in codes) or not name or "\n" in name:
            sys.exit(f"Row not understood: {code} {name!r}")


def as_csv(rows: list[tuple[str, str]]) -> bytes:
    """``code,name`` lines in the order of the codes, so that a region is followed by all it contains."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("code", "name"))
    writer.writerows(sorted(rows))
    return text.getvalue().encode("utf-8")


def derive(archive: bytes) -> tuple[bytes, bytes]:
    """The table and the licence text that the package ships for its data."""
    check_integrity(archive)
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as package:
        rows = [row for level in LEVELS for row in read_level(package, level)]
        licence = member(package, "data/LICENSE.md")
    check_rows(rows)
    return as_csv(rows), licence


def write(table: bytes, licence: bytes) -> None:
    """Write both files; xz carries no time stamp, so the same table gives the same bytes."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    packed = lzma.compress(table, check=lzma.CHECK_CRC32, preset=9 | lzma.PRESET_EXTREME)
    (FOLDER / "wilayah.csv.xz").write_bytes(packed)
    (FOLDER / "LICENSE").write_bytes(licence)
    sys.stdout.write(f"{len(table)} bytes, {len(packed)} packed, sha256 {hashlib.sha256(table).hexdigest()}\n")


def compare(table: bytes, licence: bytes) -> None:
    """Exit with 1 when the shipped files say something else."""
    same = lzma.decompress((FOLDER / "wilayah.csv.xz").read_bytes()) == table
    if not same or (FOLDER / "LICENSE").read_bytes() != licence:
        sys.exit("data/wilayah differs from the package")
    sys.stdout.write("data/wilayah is what the package gives\n")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Make data/wilayah from the npm package.")
    parser.add_argument("archive", nargs="?", type=Path, help="the package, when it was fetched before")
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archive = (options.archive or fetch(Path(folder))).read_bytes()
    (compare if options.check else write)(*derive(archive))


if __name__ == "__main__":
    main()
