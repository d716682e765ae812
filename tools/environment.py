"""Set up ``.venv`` with the locked packages: ``python3 tools/environment.py site|dev``.

Needs nothing but Python, its venv module and a way to a package index. Does nothing when the environment is
already what the lock file says. Exit codes: 0 ready, 1 could not be set up, 2 wrong usage.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "locked.txt"
OLDEST = (3, 11)


class SetupError(Exception):
    """The environment cannot be set up; the text says what to do, in Indonesian and English."""


def main(arguments: list[str]) -> int:
    """Set up the environment that ``arguments`` name."""
    if len(arguments) != 1 or arguments[0] not in {"site", "dev"}:
        print("Pemakaian (usage): python3 tools/environment.py site|dev", file=sys.stderr)
        return 2
    try:
        set_up(arguments[0])
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def run_inside(command: list[str]) -> int:
    """Set up the packages of the site if needed, and run ``command``, a script with its arguments, with them."""
    if Path(sys.prefix).resolve() == VENV.resolve():
        print(f"Paket di {VENV} rusak. Hapus folder itu, lalu ulangi. (Remove it and run again.)", file=sys.stderr)
        return 1
    try:
        set_up("site")
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    try:
        return subprocess.run([str(interpreter(VENV)), "-X", "utf8", *command], check=False).returncode
    except KeyboardInterrupt:
        return 130


def set_up(kind: str) -> None:
    """Create ``.venv`` if needed and install the packages of ``requirements/<kind>.txt``."""
    if sys.version_info < OLDEST:
        raise SetupError(
            f"Python {sys.version.split()[0]} terlalu lama. Pasang Python 3.11 atau lebih baru,"
            " lalu jalankan: make PYTHON=python3.11 …\n(Python 3.11 or newer is needed.)"
        )
    if is_ready(kind):
        return
    if not works(VENV):
        create()
    print("Memasang paket terkunci ke .venv … (installing locked packages)", file=sys.stderr)
    STAMP.unlink(missing_ok=True)
    install(ROOT / "requirements" / f"{kind}.txt")
    remember(kind)


def fingerprint(kind: str) -> str:
    """What the environment is made from: interpreter and lock file."""
    lock = (ROOT / "requirements" / f"{kind}.txt").read_bytes()
    version = ".".join(map(str, sys.version_info[:3]))
    return f"{kind} {version} {VENV} {hashlib.sha256(lock).hexdigest()}"


def is_ready(kind: str) -> bool:
    """Whether ``.venv`` holds what the lock file says; the packages for tests include those of the site."""
    if not STAMP.is_file() or not works(VENV):
        return False
    known = STAMP.read_text(encoding="utf-8").splitlines()
    return fingerprint(kind) in known


def remember(kind: str) -> None:
    """Write down what was installed. ``dev.txt`` is resolved with ``site.txt`` as constraint, so it covers both."""
    kinds = ["site", "dev"] if kind == "dev" else ["site"]
    STAMP.write_text("".join(f"{fingerprint(each)}\n" for each in kinds), encoding="utf-8")


def interpreter(folder: Path) -> Path:
    """The Python of the environment in ``folder``."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def works(folder: Path) -> bool:
    """Whether the environment runs, with the same Python as this one. It doesn't after its folder was moved."""
    python = interpreter(folder)
    if not python.exists():
        return False
    probe = subprocess.run(
        [str(python), "-c", "import pip, sys; print(sys.version)"], capture_output=True, text=True, check=False
    )
    return probe.returncode == 0 and probe.stdout.strip() == sys.version


def create() -> None:
    """Make an empty environment in place of whatever is there."""
    print("Membuat lingkungan Python di .venv … (creating the virtual environment)", file=sys.stderr)
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
    if made.returncode != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        raise SetupError(
            f"{made.stdout}{made.stderr}\nLingkungan Python tidak dapat dibuat. Di Debian atau Ubuntu jalankan:"
            " sudo apt install python3-venv\n(The virtual environment could not be created; install python3-venv.)"
        )


def install(lock: Path) -> None:
    """Install exactly what ``lock`` lists, every file checked by its hash."""
    pip = [str(interpreter(VENV)), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    exact = ["--require-hashes", "--only-binary", ":all:", "--no-deps", "-r", str(lock)]
    if subprocess.run([*pip, *exact], check=False).returncode != 0:
        raise SetupError(
            "Paket tidak dapat dipasang. Periksa sambungan internet, lalu ulangi perintah yang sama."
            "\n(Packages could not be installed. Check the connection and run the same command again.)"
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
