"""What a first visit costs, from the files."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from sitegen.output.publication import write_file
from tools.page_weight import first_visit

STYLE = b"p { color: red } " * 20
PAGE = b"""<!DOCTYPE html><html><head><title>x</title>
<link rel="stylesheet" href="../static/s.css?v=1"><link rel="icon" type="image/svg+xml" href="../i.svg">
<link rel="canonical" href="https://situs.example/a/b.html"><link rel="alternate" href="../feed.atom">
<link rel="manifest" href="/m.webmanifest"><script type="application/ld+json">{"href": "x"}</script>
<script defer src="../static/p.js"></script></head>
<body><a href="c.html">c</a><img alt="" src="foto.png"></body></html>"""
FILES = {"a/b.html": PAGE, "static/s.css": STYLE, "i.svg": STYLE, "m.webmanifest": STYLE, "static/p.js": STYLE}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A page and all that it names."""
    for path, data in {**FILES, "a/foto.png": STYLE}.items():
        write_file(tmp_path, path, data)
    return tmp_path


def test_all_that_a_browser_fetches_counts_compressed_where_a_host_compresses(site: Path) -> None:
    packed = len(gzip.compress(STYLE, 6, mtime=0))
    assert first_visit(site, "a/b.html") == {
        "a/b.html": len(gzip.compress(PAGE, 6, mtime=0)),
        "static/s.css?v=1": packed,
        "i.svg": packed,
        "m.webmanifest": packed,
        "static/p.js": packed,
        "a/foto.png": len(STYLE),
    }


def test_a_file_that_is_not_there_is_no_cheap_file(site: Path) -> None:
    (site / "static" / "p.js").unlink()
    with pytest.raises(FileNotFoundError, match=r"static/p\.js"):
        first_visit(site, "a/b.html")
