"""``/admin/``, where staff write news in the browser: Sveltia CMS as its makers published it, and our forms.

The editor is fetched with npm when a site that wants it is built, and only the very bytes that were looked at here are
taken (docs/decisions/0015-office-repository.md).
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from sitegen.model.config import Admin
from sitegen.output.admin_forms import admin_config
from sitegen.output.assets import STATIC
from sitegen.output.site import AdminFiles
from sitegen.pages.index import SiteIndex
from sitegen.problems import Message, msg
from sitegen.render.environment import environment
from sitegen.tasks import program

PACKAGE, VERSION = "@sveltia/cms", "0.221.1"
INTEGRITY = "sha512-J+Qoik9kGMk2L7vNpOQrnDmFRi+NB6vwJ0f657YtsxWH0P8WYSYRRSRC2pQ/jGGbVlM//Pg/WIgmkpswqoo3gQ=="
CACHE = Path(__file__).parents[2] / ".cache" / "admin"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
    "img-src 'self' blob: data: https://avatars.githubusercontent.com; "
    "connect-src 'self' blob: data: https://api.github.com; base-uri 'none'; form-action 'none'"
)


class EditorMissing(Exception):
    """The editor could not be fetched; carries what is wrong and how to mend it."""

    def __init__(self, what: Message, fix: Message) -> None:
        super().__init__(what.id)
        self.what, self.fix = what, fix


def fetched() -> bytes:
    """The package of the editor, from the cache or with npm.

    Raises EditorMissing when npm is not there, fails, or gives other bytes than expected.
    """
    archive = CACHE / f"sveltia-cms-{VERSION}.tgz"
    if not archive.is_file() or _integrity(archive.read_bytes()) != INTEGRITY:
        _fetch(archive)
    return archive.read_bytes()


def _fetch(archive: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise EditorMissing(
            msg("The page /admin/ needs npm to fetch its editor, and npm is not here"),
            msg("Install Node.js, or take admin out."),
        )
    archive.parent.mkdir(parents=True, exist_ok=True)
    code, said = program([npm, "pack", "--silent", "--ignore-scripts", f"{PACKAGE}@{VERSION}"], archive.parent)
    if code != 0 or not archive.is_file():
        raise EditorMissing(
            msg("npm could not fetch the editor of /admin/ (%(detail)s)", detail=" ".join(said.split())[:200]),
            msg("Check the connection to the internet, or take admin out."),
        )
    if _integrity(archive.read_bytes()) != INTEGRITY:
        archive.unlink()
        raise EditorMissing(
            msg("What npm fetched is not %(package)s as it was published", package=f"{PACKAGE} {VERSION}"),
            msg("Ask who looks after your network; until then take admin out."),
        )


def _integrity(data: bytes) -> str:
    return "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()


def editor_files(package: bytes) -> Iterator[tuple[str, bytes]]:
    """Files of the editor that a browser may ask for, by their path below ``admin/cms/``, and its licence."""
    with tarfile.open(fileobj=io.BytesIO(package), mode="r:gz") as archive:
        for member in archive:
            parts = PurePosixPath(member.name).parts[1:]
            file = archive.extractfile(member) if member.isfile() and ".." not in parts else None
            if file is None or member.name.endswith(".map"):
                continue
            if parts[0] == "npm":
                yield "/".join(parts[1:]), file.read()
            elif parts == ("LICENSE.txt",):
                yield "LICENSE.txt", file.read()


def admin_files(index: SiteIndex, admin: Admin, folder: str) -> AdminFiles:
    """Everything below ``admin/``. ``folder`` is the content folder in the repository.

    Raises EditorMissing when the editor cannot be fetched.
    """
    language = index.site.config.languages[0]
    page = environment(language).get_template("admin/index.html")
    config = admin_config(index, admin, folder)
    icon = index.site.assets.addresses["img/favicon.svg"]
    html = page.render(lang=language, title=config["app_title"], policy=POLICY, icon=icon)
    own = {
        "index.html": html.encode(),
        "config.json": json.dumps(config, ensure_ascii=False, indent=1).encode(),
        "start.js": (STATIC / "admin" / "start.js").read_bytes(),
    }
    return AdminFiles(
        tuple((f"admin/{path}", data) for path, data in own.items()),
        tuple((f"admin/cms/{path}", data) for path, data in editor_files(fetched())),
    )
