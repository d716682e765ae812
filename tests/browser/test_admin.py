"""Writing news in the browser, with the editor as its makers published it: into a folder, and into a GitHub that stands
in for the real one. What is written passes the check."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from sitegen.cli import main
from sitegen.content.documents import Loader
from sitegen.content.site import NEWS, SCHEDULE
from sitegen.privacy.images import is_bare
from tests.support import ELECTION_FOLDER, mini
from tests.unit.test_images import opened, picture
from tools.browsing import CHOSEN_FOLDER, phone, sticking_out
from tools.pages_server import serve

pytestmark = [pytest.mark.browser, pytest.mark.npm]
API = "https://api.github.com"
SCHEDULE_FILE = f"{ELECTION_FOLDER}/schedule.yaml"
DESK = {"viewport": {"width": 1200, "height": 800}, "timezone_id": "Asia/Jayapura", "service_workers": "block"}
BLOCKED = {"cdn.jsdelivr.net", "www.githubstatus.com"}
"""What the editor asks for and the page's policy refuses: a second copy of its fonts, and news of GitHub."""
FILL = """async (files) => {
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle("repo", {create: true});
  for (const [path, text] of Object.entries(files)) {
    const names = path.split("/");
    let folder = root;
    for (const name of names.slice(0, -1)) folder = await folder.getDirectoryHandle(name, {create: true});
    const file = await (await folder.getFileHandle(names.at(-1), {create: true})).createWritable();
    await file.write(text);
    await file.close();
  }
}"""
READ = """async () => {
  const found = {};
  const walk = async (folder, at) => {
    for await (const [name, entry] of folder.entries()) {
      if (entry.kind === "directory") await walk(entry, `${at}${name}/`);
      else found[at + name] = await (await entry.getFile()).text();
    }
  };
  await walk(await (await navigator.storage.getDirectory()).getDirectoryHandle("repo"), "");
  return found;
}"""

READ_BYTES = """async (path) => {
  let entry = await (await navigator.storage.getDirectory()).getDirectoryHandle("repo");
  for (const name of path.split("/").slice(0, -1)) entry = await entry.getDirectoryHandle(name);
  const bytes = await (await (await entry.getFileHandle(path.split("/").at(-1))).getFile()).bytes();
  return [...bytes];
}"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small good site with the page, as the current folder and built."""
    monkeypatch.chdir(mini(tmp_path))
    with Path("site_config.yaml").open("a", encoding="utf-8") as config:
        config.write("\nadmin:\n  repository: kantor-contoh/situs\n")
    assert main(["--jobs", "1"]) == 0
    return tmp_path


@pytest.fixture
def url(site: Path) -> Iterator[str]:
    """Address of the page."""
    with serve(site / "_site", "/situs/") as root:
        yield f"{root}admin/"


def texts(site: Path) -> dict[str, str]:
    """The files that the page has forms for."""
    paths = [*site.glob("content/news/*.md"), *site.glob("content/pages/*.md"), site / SCHEDULE_FILE]
    return {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in paths}


def watched(page: Page) -> set[str]:
    """A set that fills with the hosts of everything that is asked for, and with errors of scripts."""
    found: set[str] = set()
    page.on("request", lambda request: found.add(urlsplit(request.url).netloc.partition(":")[0]))
    page.on("pageerror", lambda error: found.add(str(error)))
    return found


def field(page: Page, path: str) -> Locator:
    """The form field of a key."""
    return page.locator(f'[data-key-path="{path}"]')


def save(page: Page) -> None:
    saved = page.get_by_text("Entry saved.")
    expect(saved).to_be_hidden()  # that of the entry before
    page.get_by_role("button", name="Save").click()
    expect(saved).to_be_visible()
    # The editor goes back to its list by itself; whoever leaves before is taken there from the next form.
    # Asked from outside: the page's policy lets no script be made of a text, which waiting inside the page may need.
    expect(page).not_to_have_url(re.compile("/new$|entries/"))
    expect(page.get_by_role("button", name="Save")).to_be_hidden()


def write_news(page: Page, url: str) -> None:
    """Fill in the form of a news item as a person does."""
    page.goto(f"{url}#/collections/news/new")
    field(page, "title").locator("input").fill('KPPS "dilantik": 28 orang & siap')
    field(page, "summary").locator("textarea").fill("Semua petugas dilantik # hari ini.")
    field(page, "villages").get_by_role("checkbox", name="Celikah · Kec. Kayu Agung").click()
    field(page, "sources").get_by_role("button", name="Add").click()
    field(page, "sources.0.name").locator("input").fill("Ketua KPU: keterangan, 7 November 2024")
    write_text(page, field(page, "body").locator("[contenteditable=true]"))
    save(page)


def write_text(page: Page, editor: Locator) -> None:
    """Type the text of a news item. The editor of texts starts later than the form, and then forgets what was typed."""
    written = "KPPS dilantik hari ini.Artinya bagi AndaTidak ada yang perlu diurus."
    for _ in range(5):
        editor.click()
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        for line in ("KPPS dilantik hari ini.", "## Artinya bagi Anda", "Tidak ada yang perlu diurus."):
            page.keyboard.type(line)
            page.keyboard.press("Enter")
        page.wait_for_timeout(500)
        if (editor.text_content() or "").strip() == written:
            return
    raise AssertionError(editor.inner_html())


def check_news(path: Path) -> None:
    loader = Loader()
    document = loader.markdown(path, NEWS)
    assert loader.problems == []
    assert document is not None
    assert document.data.title == 'KPPS "dilantik": 28 orang & siap'
    assert document.data.villages == ("16.02.05.2001",)
    assert document.data.sources[0].name == "Ketua KPU: keterangan, 7 November 2024"
    assert document.data.draft is False
    assert document.body.strip() == "KPPS dilantik hari ini.\n\n## Artinya bagi Anda\n\nTidak ada yang perlu diurus."


def test_what_is_written_into_a_folder_passes_the_check(
    site: Path, url: str, browser: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    before = texts(site)
    with phone(browser, **DESK) as context:
        context.add_init_script(CHOSEN_FOLDER)
        page = context.new_page()
        hosts = watched(page)
        page.goto(f"{url}config.json")
        page.evaluate(FILL, before)
        page.goto(url)
        page.get_by_role("button", name="Work with Local Repository").click()
        expect(page.get_by_role("treeitem", name="Berita")).to_be_visible()
        write_news(page, url)
        page.goto(f"{url}#/collections/pages/entries/cara-memilih")
        field(page, "summary").locator("textarea").fill("Datang pada hari memilih.")
        save(page)
        page.goto(f"{url}#/collections/calendar/entries/schedule")
        field(page, "as_of").locator("input").fill("2024-12-05 06:00")
        save(page)
        after = page.evaluate(READ)
        today = page.evaluate("new Intl.DateTimeFormat('en-CA', {dateStyle: 'short'}).format()")
    for path, text in after.items():
        (site / path).write_text(text, "utf-8")
    assert hosts <= {"127.0.0.1", "", *BLOCKED}

    # The writer's day, not that of London: nine hours are between them here.
    name = f"content/news/{today}-kpps-dilantik-28-orang-siap.md"
    assert {path for path in after if before.get(path) != after[path]} == {
        name,
        "content/pages/cara-memilih.md",
        SCHEDULE_FILE,
    }
    check_news(site / name)
    guide = "content/pages/cara-memilih.md"
    assert after[guide].partition("\n---\n")[2].lstrip() == before[guide].partition("\n---\n")[2]
    schedule = Loader().yaml(site / SCHEDULE_FILE, SCHEDULE)
    assert schedule is not None
    assert str(schedule.data.as_of) == "2024-12-05 06:00:00"
    capsys.readouterr()
    assert main(["check", "--jobs", "1"]) == 0
    assert capsys.readouterr().err == ""


def test_a_picture_of_a_phone_is_put_into_a_text(site: Path, url: str, browser: Browser) -> None:
    (site / "Foto Balai (1).jpg").write_bytes(picture("JPEG", 6))
    with phone(browser, **DESK) as context:
        context.add_init_script(CHOSEN_FOLDER)
        page = context.new_page()
        page.goto(f"{url}config.json")
        page.evaluate(FILL, texts(site))
        page.goto(url)
        page.get_by_role("button", name="Work with Local Repository").click()
        expect(page.get_by_role("treeitem", name="Berita")).to_be_visible()
        page.goto(f"{url}#/collections/news/new")
        field(page, "title").locator("input").fill("Balai baru")
        field(page, "summary").locator("textarea").fill("Balai desa selesai.")
        field(page, "sources").get_by_role("button", name="Add").click()
        field(page, "sources.0.name").locator("input").fill("Contoh")
        body = field(page, "body")
        write_text(page, body.locator("[contenteditable=true]"))
        body.get_by_role("button", name="Image").click()
        body.locator("input[type=file]").first.set_input_files(site / "Foto Balai (1).jpg")
        # Whoever saves while the picture is being made smaller saves without it, or is told that it is required.
        expect(body.locator('[data-key-path$=":src"] img')).to_be_visible()
        body.locator('[data-key-path$=":alt"] :is(input, textarea)').fill("Balai desa dari depan")
        body.locator('[data-key-path$=":title"] :is(input, textarea)').fill("Foto: KPU")
        save(page)
        written = page.evaluate(READ)
        (news,) = (path for path in written if path.endswith("-balai-baru.md"))
        assert '![Balai desa dari depan](/media/foto-balai-1.webp "Foto: KPU")' in written[news]
        data = bytes(page.evaluate(READ_BYTES, "content/media/foto-balai-1.webp"))
    assert is_bare(data)
    assert opened(data).size == (16, 24)
    (site / news).write_text(written[news], "utf-8")
    (site / "content/media").mkdir()
    (site / "content/media/foto-balai-1.webp").write_bytes(data)
    assert main(["--jobs", "1"]) == 0
    assert len([*site.glob("_site/media/foto-balai-1-*.webp")]) == 1


class FakeGithub:
    """Answers what the editor asks of GitHub for a repository with these files."""

    def __init__(self, files: dict[str, str]) -> None:
        self.files = files
        self.blobs = {self.oid(text): text for text in files.values()}
        self.tokens: set[str | None] = set()
        self.commits: list[dict[str, Any]] = []
        self.unknown: list[str] = []

    @staticmethod
    def oid(text: str) -> str:
        data = text.encode()
        return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()

    def answer(self, route: Route) -> None:
        """Answer one request."""
        path = route.request.url.removeprefix(API)
        headers = {"access-control-allow-origin": "*", "access-control-allow-headers": "*"}
        if route.request.method == "OPTIONS":
            route.fulfill(status=204, headers=headers)
            return
        self.tokens.add(route.request.headers.get("authorization"))
        if path.startswith("/repos/kantor-contoh/situs/collaborators/"):
            route.fulfill(status=204, headers=headers)
            return
        found = self._graphql(route) if path == "/graphql" else self._rest(path)
        route.fulfill(status=200 if found else 404, headers=headers, json=found or {})

    def _rest(self, path: str) -> dict[str, Any]:
        if path == "/user":
            avatar = "https://avatars.githubusercontent.com/u/1"
            return {"id": 1, "login": "penulis", "name": "Penulis", "email": "", "avatar_url": avatar}
        if path.startswith("/repos/kantor-contoh/situs/git/trees/"):
            tree = [{"type": "blob", "path": p, "sha": self.oid(t), "size": len(t)} for p, t in self.files.items()]
            return {"tree": tree, "truncated": False}
        self.unknown.append(path)
        return {}

    def _graphql(self, route: Route) -> dict[str, Any]:
        asked = json.loads(route.request.post_data or "")
        query, head = asked["query"], {"oid": "a" * 40, "message": "x"}
        if "createCommitOnBranch" in query:
            self.commits.append(asked["variables"]["input"])
            commit = {"oid": "b" * 40, "committedDate": "2024-11-07T00:00:00Z", "file_0": {"oid": "c" * 40}}
            return {"data": {"createCommitOnBranch": {"commit": commit}}}
        blobs = re.findall(r'(content_\d+): *object\(oid: "([0-9a-f]+)"\)', query)
        if blobs:
            return {"data": {"repository": {k: {"text": self.blobs[o], "isTruncated": False} for k, o in blobs}}}
        target = {"target": {"history": {"nodes": [head]}, **head}}
        dates: dict[str, Any] = {
            key: {"target": {"history": {"nodes": []}}} for key in re.findall(r"commit_\d+", query)
        }
        return {"data": {"repository": {"ref": target, **dates}}}


def test_a_token_is_enough_to_write_into_a_repository_of_github(site: Path, url: str, browser: Browser) -> None:
    github = FakeGithub(texts(site))
    with phone(browser, **DESK) as context:
        context.route(f"{API}/**", github.answer)
        context.route("https://avatars.githubusercontent.com/**", lambda route: route.fulfill(status=404))
        page = context.new_page()
        hosts = watched(page)
        page.goto(url)
        page.get_by_role("button", name="Sign In Using Access Token").click()
        page.locator("input").fill("github_pat_contoh")
        page.get_by_role("button", name="Sign In", exact=True).click()
        expect(page.get_by_role("treeitem", name="Berita")).to_be_visible()
        write_news(page, url)
    assert hosts <= {"127.0.0.1", "", "api.github.com", "avatars.githubusercontent.com", *BLOCKED}
    assert github.unknown == []
    assert github.tokens == {"token github_pat_contoh"}
    (commit,) = github.commits
    assert commit["branch"] == {"repositoryNameWithOwner": "kantor-contoh/situs", "branchName": "main"}
    (added,) = commit["fileChanges"]["additions"]
    assert not commit["fileChanges"].get("deletions")
    file = site / added["path"]
    assert file.parent == site / "content" / "news"
    file.write_bytes(base64.b64decode(added["contents"]))
    check_news(file)
    assert main(["check", "--jobs", "1"]) == 0


def test_the_page_fits_a_phone(url: str, browser_page: Page) -> None:
    browser_page.goto(url)
    expect(browser_page.get_by_role("button", name="Sign In Using Access Token")).to_be_visible()
    assert sticking_out(browser_page) == []
    violations: Callable[[], list[str]] = lambda: browser_page.evaluate("watched.violations")  # noqa: E731
    assert {urlsplit(text.split()[1]).netloc for text in violations()} <= BLOCKED
