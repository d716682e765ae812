"""What is not known yet is said to be so, and nothing is counted as if it were."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from sitegen.cli import main
from tests.html_pages import read_site
from tests.support import ELECTION_FOLDER, edit, mini

CELIKAH = f"{ELECTION_FOLDER}/tps/kayu-agung/celikah.yaml"
SUKARAJA = f"{ELECTION_FOLDER}/tps/pedamaran/sukaraja.yaml"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small site, where nothing is known of the people of the only TPS of Celikah, nor of Sukaraja."""
    monkeypatch.chdir(mini(tmp_path))
    for path in (CELIKAH, SUKARAJA):
        text = Path(path).read_text("utf-8")
        Path(path).write_text(re.sub(r"\n    (voters|kpps):.*(\n      .*)*", "", text), "utf-8")
    edit(tmp_path / "content/news/2024-11-07-pelantikan.md", "title:", "kpps_figure: true\ntitle:")
    assert main(["--jobs", "1"]) == 0
    return tmp_path


def texts() -> dict[str, str]:
    return {url: page.text for url, page in read_site(Path("_site")).items()}


@pytest.mark.usefixtures("site")
def test_pages() -> None:
    shown = texts()
    for url in ("kpps.html", "berita/2024/11/pelantikan.html"):
        assert "× 7" not in shown[url]
        assert "Sudah diketahui 14 KPPS di 2 dari 4 TPS." in shown[url]
    assert "KPPS 2 TPS belum diketahui. Pemilih 2 TPS belum diketahui." in shown["index.html"]
    pedamaran = shown["pilkada-2024/pedamaran.html"]
    assert "petugas KPPS – pemilih tetap –" in pedamaran
    assert "Kec. Pedamaran · 1 TPS " in shown["pilkada-2024/pedamaran/sukaraja.html"]
    assert not re.search(r"\b0 pemilih", " ".join(shown.values()))
    assert "Kec. Kayu Agung · 2 TPS · 800 pemilih" in shown["pilkada-2024/kayu-agung/jua-jua.html"]


@pytest.mark.usefixtures("site")
def test_data_files() -> None:
    rows: list[dict[str, Any]] = json.loads(Path("_site/data/villages.json").read_text("utf-8"))["villages"]
    known = {row["village"]: (row["kpps"], row["voters"]) for row in rows}
    assert known == {"Jua-jua": (14, 800), "Celikah": (None, None), "Sukaraja": (None, None)}
