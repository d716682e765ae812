"""Make the pictures of docs/panduan-operator.md and docs/panduan-berita.md anew: ``python tools/guide_pictures.py``.

Every picture shows what the commands really do, for a sample of one kabupaten in a temporary folder. Needs Chromium and
npm. Exit codes: 0 good, 1 something is missing.
"""

from __future__ import annotations

import contextlib
import html
import io
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.browsing import CHOSEN_FOLDER, chromium, find_chromium, phone  # noqa: E402
from tools.pages_server import serve  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PICTURES = ROOT / "docs" / "images" / "panduan"
REGION = "Kab. Pamekasan"
VILLAGE = "pilkada-2024/galis/konang"
TPS = f"content/elections/{VILLAGE.replace('/galis', '/tps/galis')}.yaml"
TERMINAL = """<body style="margin:0;background:#0c0c0c"><pre style="margin:0;padding:16px 20px;color:#e6e6e6;
font:15px/1.5 'DejaVu Sans Mono',monospace;white-space:pre-wrap;width:860px">%s</pre></body>"""


def run(folder: Path, *arguments: str) -> str:
    """What ``build.py`` says in ``folder``, as it stands on a terminal."""
    command = [sys.executable, str(ROOT / "build.py"), *arguments]
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return done.stdout


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """Address of the site in ``folder``, shown with ``serve``."""
    command = [sys.executable, str(ROOT / "build.py"), "serve", "--jobs", "1"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        found = None
        while not found:
            line = process.stdout.readline() if process.stdout else ""
            found = re.search(r"http://[\w.:]+/", line)
        yield found[0]
        process.terminate()


def keep(name: str, picture: bytes) -> None:
    """Save a picture, small."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with Image.open(io.BytesIO(picture)) as image:
        image.convert("RGB").save(PICTURES / f"{name}.webp", quality=80, method=6)


def terminal(browser: Browser, name: str, folder: str, command: str, said: str) -> None:
    """A picture of a command and what it said."""
    text = f"PS C:\\{folder}> {command}\n{said}"
    page = browser.new_page(viewport={"width": 900, "height": 100})
    page.set_content(TERMINAL % html.escape(text))
    keep(name, page.locator("pre").screenshot())
    page.close()


def site_pictures(browser: Browser, site: Path) -> None:
    """Home and a village on a phone, and a mistake in the browser of the writer."""
    broken = site / TPS
    good = broken.read_text("utf-8")
    with served(site) as url, phone(browser) as context:
        page = context.new_page()
        for name, path in (("beranda", ""), ("desa", f"{VILLAGE}.html")):
            page.goto(url + path)
            keep(name, page.screenshot())
    broken.write_text(good.replace("number: 2", "number: 1", 1), "utf-8")
    terminal(browser, "periksa", "situs-tps", "py build.py check", run(site, "check").partition("\nPERINGATAN")[0])
    broken.write_text(good, "utf-8")
    with served(site) as url:
        page = browser.new_page(viewport={"width": 900, "height": 620})
        page.goto(f"{url}{VILLAGE}.html")
        broken.write_text(good.replace("number: 2", "number: 1", 1), "utf-8")
        page.locator("pre[role=alert]").scroll_into_view_if_needed()
        keep("kesalahan", page.screenshot())
        page.close()
    broken.write_text(good, "utf-8")


def admin_pictures(browser: Browser, site: Path) -> None:
    """The page for writing news: signing in, and a form."""
    config = site / "site_config.yaml"
    text = config.read_text("utf-8").replace("# admin:\n#   repository: nama-akun/", "admin:\n  repository: kantor/")
    config.write_text(text, "utf-8")
    print(run(site))
    with serve(site / "_site") as url:
        page = browser.new_page(viewport={"width": 900, "height": 620})
        page.add_init_script(CHOSEN_FOLDER)
        page.goto(f"{url}admin/")
        page.get_by_role("button", name="Sign In Using Access Token").wait_for()
        keep("admin-masuk", page.screenshot())
        write(page, url)
        page.close()


def write(page: Page, url: str) -> None:
    """A form with a title, seen at its top and at its text."""
    page.get_by_role("button", name="Work with Local Repository").click()
    page.get_by_role("treeitem", name="Berita").wait_for()
    page.goto(f"{url}admin/#/collections/news/new")
    page.locator('[data-key-path="title"] input').fill("Petugas KPPS dilantik")
    page.locator('[data-key-path="summary"] textarea').fill("Petugas di semua TPS sudah dilantik.")
    keep("admin-berita", page.screenshot())
    page.locator('[data-key-path="villages"]').get_by_role("combobox").click()
    page.get_by_role("option").first.wait_for()
    keep("admin-desa", page.screenshot())


def main() -> int:
    """Make all pictures."""
    path = find_chromium()
    if path is None:
        print("no Chromium found; install it or set CHROMIUM to its path", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder, chromium(path) as browser:
        said = run(Path(folder), "new", "--region", REGION, "situs-tps").replace("situs-tps/", "situs-tps\\")
        terminal(browser, "baru", "papan-tps", f'py build.py new --region "{REGION}" ..\\situs-tps', f"..\\{said}")
        site = Path(folder) / "sample"
        print(run(Path(folder), "new", "--region", REGION, "--sample", str(site)))
        site_pictures(browser, site)
        admin_pictures(browser, site)
    for picture in sorted(PICTURES.iterdir()):
        print(f"{picture.name}: {picture.stat().st_size / 1000:.0f} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
