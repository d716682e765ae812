"""The benchmark beside Hugo tells two sites apart, and accounts for all processes of a build."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.hugo.same import Difference, compare, compare_data
from benchmarks.measure import run
from sitegen.output.publication import write_file

PAGE = """<!DOCTYPE html><html lang="id"><head><title>Sukaraja</title><meta name="description" content="Satu &amp; dua">
<script type="application/ld+json">{"name": "TPS 1", "at": "x"}</script><style>p{color:red}</style></head>
<body><p class="tag tag-act">Pindah <b>tempat</b><br>ya</p><div class="paper scan"><svg><path d="M4"/></svg>
<p>Pindai</p></div><a href="https://wa.me/?text=a%2Fb">Kirim</a><svg height="42.0em"></svg></body></html>"""
SAME = """<!DOCTYPE html>
<html lang="id"><head><style>p{color:red}</style><title>Sukaraja</title>
<script type="application/ld+json">{"at":"x","name":"TPS\\u00201"}</script>
<meta content="Satu &#38; dua" name="description"></head>
<body><p class="tag tag-act">Pindah   <b>tempat</b><br>ya</p><div class="paper scan"><img alt="" src="data:">
<p>Pindai</p></div><a href="https://wa.me/?text=a%2fb">Kirim</a><svg height="42em"></svg></body></html>"""
PATHS = (
    "pilkada-2024/a.html",
    "pilkada-2024/a/b.html",
    "pilkada-2024/a/b/tps-1.html",
    "d/1602.html",
    "cek-tps.html",
)
CHANGES = {
    "a word": ("Pindah ", "Bukan "),
    "the title": ("<title>Sukaraja", "<title>Sukaramai"),
    "an attribute": ('class="tag tag-act"', 'class="tag"'),
    "an address": ("a%2fb", "a%2fc"),
    "search engines": ('"at":"x"', '"at":"y"'),
    "the style": ("color:red", "color:blue"),
    "the description": ("&#38; dua", "&#38; tiga"),
    "an element": ("<br>", ""),
}


def sites(folder: Path, theirs: str) -> tuple[Path, Path]:
    """Two sites with a page of each kind."""
    for path in PATHS:
        write_file(folder, f"ours/{path}", PAGE.encode())
        write_file(folder, f"theirs/{path}", theirs.encode())
    return folder / "ours", folder / "theirs"


def test_pages_that_say_the_same_are_the_same(tmp_path: Path) -> None:
    assert compare(*sites(tmp_path, SAME), count=9) == {
        "TPS": 1,
        "village": 1,
        "kecamatan": 1,
        "redirect": 1,
        "list of kecamatan": 1,
        "moved or voting again": 2,
    }


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_difference_is_found(tmp_path: Path, change: tuple[str, str]) -> None:
    assert change[0] in SAME
    with pytest.raises(Difference):
        compare(*sites(tmp_path, SAME.replace(*change)), count=9)


def test_a_page_that_one_side_lacks_is_found(tmp_path: Path) -> None:
    ours, theirs = sites(tmp_path, SAME)
    write_file(ours, "pilkada-2024/a/c.html", PAGE.encode())
    with pytest.raises(Difference, match=r"a/c\.html"):
        compare(ours, theirs, count=9)


def data(folder: Path, rows: str, address: str = "pilkada-2024/a.html") -> Path:
    """A site with data files of two rows and a sitemap."""
    write_file(folder, "data/tps.csv", f"number,place\n{rows}\n".encode())
    write_file(folder, "data/tps.json", b'{"office": "KPU", "tps": [{"number": 1}, {"number": 2}]}')
    write_file(folder, "sitemap.xml", f"<loc>https://x.example/{address}</loc>".encode())
    return folder


def test_data_are_the_same_in_any_order(tmp_path: Path) -> None:
    found = compare_data(data(tmp_path / "a", '1,A\n2,"B, C"'), data(tmp_path / "b", '2,"B, C"\n1,"A"'))
    assert found == {"tps.csv": 3, "tps.json": 3, "sitemap": 1}


def test_a_row_that_differs_is_found(tmp_path: Path) -> None:
    with pytest.raises(Difference, match=r"tps\.csv"):
        compare_data(data(tmp_path / "a", "1,A\n2,B"), data(tmp_path / "b", "1,A\n2,C"))


def test_an_address_that_one_sitemap_lacks_is_found(tmp_path: Path) -> None:
    with pytest.raises(Difference, match="sitemap"):
        compare_data(data(tmp_path / "a", "1,A"), data(tmp_path / "b", "1,A", "pilkada-2024/b.html"))


CHILD = "import time; kept = b'x' * 60_000_000; time.sleep(2)"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {CHILD!r}], check=True)"


def test_children_count_too(tmp_path: Path) -> None:
    assert run([sys.executable, "-c", PARENT], tmp_path).memory > 60


def test_a_command_that_fails_is_no_figure(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        run([sys.executable, "-c", "raise SystemExit(3)"], tmp_path)
