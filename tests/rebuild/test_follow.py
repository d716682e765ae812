"""One fact of the content changes: every page, count and file that shows it follows, and nothing else."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from sitegen.cli import main
from sitegen.output.publication import MARKER
from tests.support import JUA_JUA, MOVED, before_the_vote, edit, mini, snapshot

VILLAGE = "pilkada-2024/kayu-agung/jua-jua"
SUMS = {"data/manifest.json", "data/sha256sums.txt"}
"""What tells other data files apart."""
EVERY_COUNT = {
    *SUMS,
    "cek-tps.html",
    "data.html",
    "data/kpps.csv",
    "data/kpps.json",
    "data/addresses.txt",
    "data/portal.json",
    "data/tps.csv",
    "data/tps.json",
    "data/villages.csv",
    "data/villages.json",
    "index.html",
    "kpps.html",
    "pilkada-2024/kayu-agung.html",
    "pilkada-2024/pedamaran.html",
    f"{VILLAGE}.html",
    "search index",
    "sw.js",
    "tentang.html",
}
"""Files that change with the number of TPS: everything with a total or a chart."""
THIRD_TPS = """\
  - number: 3
    place: Balai Ketiga (contoh)
    voters: {men: 60, women: 40}
    kpps:
      ketua: Petugas Contoh 31
      anggota: [Contoh 32, Contoh 33, Contoh 34, Contoh 35, Contoh 36, Contoh 37]
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small good site, built, as the current folder."""
    monkeypatch.chdir(mini(tmp_path))
    build()
    return tmp_path


def build(*arguments: str) -> dict[str, bytes]:
    """Build the site of the current folder; its files."""
    assert main(["--jobs", "1", *arguments]) == 0
    return named(snapshot(Path("_site")))


def named(files: dict[str, bytes]) -> dict[str, bytes]:
    """The index of places under a name of its own: its file is named by its content. The key of the publication is
    left out, it is another one with every change."""
    return {"search index" if b"`\t\tpilkada" in data else path: data for path, data in files.items() if path != MARKER}


def differences(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def words(files: dict[str, bytes], path: str) -> str:
    """What a reader sees of a page: its text without elements, scripts and repeated spaces."""
    body = re.sub(r"<(script|style|template)\b.*?</\1>|<[^>]*>", " ", files[path].decode(), flags=re.DOTALL)
    return " ".join(body.split())


def tps_rows(files: dict[str, bytes]) -> list[tuple[str, str, str]]:
    rows = csv.DictReader(io.StringIO(files["data/tps.csv"].decode()))
    return [(row["village"], row["tps"], row["place"]) for row in rows]


def search_row(files: dict[str, bytes]) -> list[str]:
    """The row of Jua-jua in the search index: name, TPS, kind."""
    [row] = re.findall(r"^Jua-jua[^`\n]*", files["search index"].decode(), re.MULTILINE)
    return str(row).split("\t")


def test_a_new_place_is_on_every_page_of_the_tps_and_only_there(site: Path) -> None:
    before = named(snapshot(site / "_site"))
    edit(site / JUA_JUA, "SDN 1 Jua-jua", "Gedung Baru")
    after = build()
    showing = {f"{VILLAGE}.html", f"{VILLAGE}/tps-2.html", "data/tps.csv", "data/tps.json"}
    assert differences(before, after) == showing | SUMS | {"sw.js"}
    for path in showing:
        assert b"Gedung Baru (contoh)" in after[path]
        assert b"SDN 1 Jua-jua" not in after[path]


def test_one_tps_more_is_counted_everywhere(site: Path) -> None:
    before = named(snapshot(site / "_site"))
    with (site / JUA_JUA).open("a", encoding="utf-8") as file:
        file.write(THIRD_TPS)
    after = build()
    assert differences(before, after) == EVERY_COUNT | {f"{VILLAGE}/tps-3.html", "sitemap.xml"}
    assert "Balai Ketiga (contoh)" in words(after, f"{VILLAGE}/tps-3.html")
    assert re.search(r"\b3 TPS", words(after, f"{VILLAGE}.html"))
    assert re.search(r"\bTPS 4\b", words(after, "pilkada-2024/kayu-agung.html"))
    for path in ("index.html", "kpps.html"):
        assert re.search(r"\b5 TPS|TPS 5\b", words(after, path)), path
        assert re.search(r"\b35\b", words(after, path)), path
    assert "1.700" in words(after, "data.html")
    assert search_row(before)[:2] == ["Jua-jua", "2"]
    assert search_row(after)[:2] == ["Jua-jua", "3"]
    assert tps_rows(after)[3] == ("Jua-jua", "3", "Balai Ketiga (contoh)")
    assert len(json.loads(after["data/kpps.json"])["kpps"]) == 35
    assert b"jua-jua/tps-3.html</loc>" in after["sitemap.xml"]


def test_one_tps_less_leaves_no_trace(site: Path) -> None:
    before = named(snapshot(site / "_site"))
    text = (site / JUA_JUA).read_text("utf-8")
    (site / JUA_JUA).write_text(text[: text.index("  - number: 2")], "utf-8")
    after = build()
    assert differences(before, after) == EVERY_COUNT | {f"{VILLAGE}/tps-2.html", "sitemap.xml"}
    assert f"{VILLAGE}/tps-2.html" not in after
    assert not [path for path, data in after.items() if b"jua-jua/tps-2" in data or b"SDN 1 Jua-jua" in data]
    assert search_row(after)[:2] == ["Jua-jua", "1"]
    assert [row[1] for row in tps_rows(after) if row[0] == "Jua-jua"] == ["1"]
    assert re.search(r"\b3 TPS|TPS 3\b", words(after, "index.html"))


def test_a_move_is_told_wherever_somebody_may_look(site: Path) -> None:
    before_the_vote(site)
    edit(
        site / JUA_JUA,
        "    place: SDN 1 Jua-jua (contoh)\n",
        MOVED,
    )
    after = build()
    for path in ("perubahan.html", f"{VILLAGE}/tps-2.html", "data/tps.csv"):
        assert b"Tempat Lama" in after[path], path
        assert b"Gedung Baru" in after[path], path
    assert "Gedung Baru" in words(after, f"{VILLAGE}.html")
    assert "TPS 2 Jua-jua" in words(after, "index.html")
    assert search_row(after)[-1] == "2-2"
    assert b"Tempat Lama" not in after["data/kpps.csv"]


def test_news_reaches_its_village_and_the_lists(site: Path) -> None:
    before = named(snapshot(site / "_site"))
    head = "---\ntitle: Kabar Baru\nsummary: S.\nvillages: [16.02.03.2005]\nsources: [{name: N}]\n---\nIsi.\n"
    (site / "content/news/2024-12-05-kabar-baru.md").write_text(head, "utf-8")
    after = build()
    changed = differences(before, after)
    showing = {path for path in changed if b"Kabar Baru" in after.get(path, b"")}
    assert showing >= {
        "index.html",
        "berita.html",
        "berita.atom",
        "berita/2024/12/kabar-baru.html",
        "pilkada-2024/pedamaran/sukaraja.html",
    }
    assert not [path for path in changed if path.startswith("pilkada-2024/kayu-agung")]


def test_names_are_withdrawn_from_every_file(site: Path) -> None:
    assert any(b"Petugas Contoh" in data for data in snapshot(site / "_site").values())
    edit(site / "site_config.yaml", "publish: names", "publish: names, names_until: 2024-11-25")
    assert [path for path, data in build().items() if b"Petugas Contoh" in data] == []


def test_the_status_of_the_data_is_on_every_page(site: Path) -> None:
    marks = {"sample": b"Data contoh", "provisional": b"Data sementara"}
    status = "sample"
    for new in ("provisional", "official", "sample"):
        edit(site / "site_config.yaml", f"data_status: {status}", f"data_status: {new}")
        status = new
        pages = {path: data for path, data in build().items() if path.endswith(".html") and path[:2] != "d/"}
        for name, mark in marks.items():
            shown = {path for path, data in pages.items() if b'<p class="strip">' in data and mark in data}
            assert shown == (set(pages) if name == new else set()), (new, name)
        hidden = {path for path, data in pages.items() if b'content="noindex"' in data}
        assert hidden >= set(pages) if new == "sample" else not hidden - {"404.html"}
