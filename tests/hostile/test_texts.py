"""Strange texts in every field: a page shows them as text, or a message names file and line. Never a traceback."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import html5lib
import pytest

from sitegen.content import yaml_events
from tests.figures import note
from tests.hostile.everything import FULL, Said, command, everywhere, files, full, is_text, moved, plant
from tests.hostile.strings import HIDDEN, ODD, scripts
from tests.support import MINI, edit

EVERY, FEW = int(os.environ.get("EVERY", "60")), int(os.environ.get("EVERY", "4"))
"""One script and one odd text of so many is tried alone; ``make torture`` tries each."""
MESSAGE = re.compile(r"GALAT \S[^\n]*\n  Perbaiki: [^\n]+\n")


HIDDEN_SIGN = re.compile(f"[{re.escape(''.join(HIDDEN))}]")


def holds(said: Said) -> bool:
    """Whether a command ended well, or with nothing but messages."""
    return said.code == 0 or (
        said.code == 1 and not MESSAGE.sub("", said.err).removesuffix("Tidak ada yang diterbitkan.\n")
    )


def shapes(site: Path) -> dict[str, list[object]]:
    """Of every page its elements in their order, each with the names of its attributes. Around words with a hyphen
    there is a span, which these are without."""
    return {
        path.relative_to(site).as_posix(): [
            (element.tag, sorted(element.attrib))
            for element in html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False).iter()
            if element.attrib != {"class": "whole"}
        ]
        for path in sorted(site.rglob("*.html"))
    }


def planted(folder: Path, choose: Callable[[str], str | None]) -> Path:
    site = full(folder)
    plant(site, choose)
    return site


def in_text(text: str) -> Callable[[str], str | None]:
    """Plants ``text`` in every field for text, and plain words in the bodies of Markdown."""

    def choose(keys: str) -> str | None:
        if keys == "body":
            return "Isi."
        return moved(text, keys) if is_text(keys) and "acknowledged" not in keys else None

    return choose


def in_typed(text: str) -> Callable[[str], str | None]:
    """Plants ``text`` wherever not any text may stand."""
    return lambda keys: None if is_text(keys) else text


def test_every_field_of_every_type_is_planted() -> None:
    folder = Path(yaml_events.__file__).parents[1] / "model"
    written = "\n".join(path.read_text("utf-8") for path in [*files(FULL), *files(MINI)])
    known = {
        name
        for module in ("acknowledged", "article", "config", "election", "region", "tps")
        for name in re.findall(r"^    (\w+): ", (folder / f"{module}.py").read_text("utf-8"), re.MULTILINE)
    }
    missing = {name for name in known if not re.search(rf"\b{name}:", written)}
    # Dates, numbers and truths; admin needs a network.
    assert missing <= {"names_until", "offline", "draft", "into", "fresh_days", "admin", "repository", "branch"}
    assert len(known) > 80


def test_text_never_changes_what_a_page_is_made_of(tmp_path: Path) -> None:
    site = planted(tmp_path / "plain", in_text("Teks contoh"))
    assert command(site, "build").code == 0
    expected = shapes(site / "_site")
    assert len(expected) > 40
    tried = compared = 0
    texts = [*scripts()][::EVERY]
    some = max(5, len(texts) // 60)  # test_in_chromium.py compares all pages with all texts, several at a time
    for text in texts:
        site = planted(tmp_path / "s", in_text(text))
        said = command(site, "build")
        assert holds(said), (text, said.err)
        assert (said.code == 1) == bool(HIDDEN_SIGN.search(text)), (text, said.err)
        if said.code == 0 and tried % some == 0:
            assert shapes(site / "_site") == expected, text
            compared += 1
        tried += 1
    assert compared > 3
    note(f"scripts, each in every field for text: {tried} tried, pages of {compared} compared element by element")


def test_text_in_every_field_is_shown_or_refused(tmp_path: Path) -> None:
    shown = 0
    for text in ODD[::FEW]:
        said = command(planted(tmp_path / "s", everywhere([text])), "build")
        assert holds(said), (text, said.err)
        shown += said.code == 0
    note(f"odd texts in every field for text: {len(ODD[::FEW])} tried, {shown} shown, the others refused with messages")


def test_text_where_numbers_dates_and_codes_stand(tmp_path: Path) -> None:
    for text in ODD[::FEW]:
        said = command(planted(tmp_path / "s", in_typed(text)), "build")
        assert said.code == 1, text
        assert holds(said), (text, said.err)


@pytest.mark.parametrize("sign", HIDDEN, ids=lambda sign: f"{ord(sign):04X}")
def test_hidden_characters_are_refused_with_their_line(tmp_path: Path, sign: str) -> None:
    site = planted(tmp_path / "s", lambda keys: f"a{sign}b" if keys in {"tps/place", "villages/name"} else None)
    said = command(site, "build")
    assert said.code == 1
    assert said.err.count(f"(U+{ord(sign):04X})") >= 5  # at least one a file
    assert re.search(r"kayu-agung\.yaml:\d+ Ada karakter", said.err)
    body = planted(tmp_path / "b", lambda keys: f"satu\n\ndua{sign}tiga" if keys == "body" else None)
    assert f"(U+{ord(sign):04X})" in command(body, "build").err


def test_joiners_stand_where_they_are_needed(tmp_path: Path) -> None:
    assert command(planted(tmp_path / "s", everywhere(["👨\u200d👩\u200d👧 ꦏ꧀\u200dꦏ"])), "build").code == 0
    assert command(planted(tmp_path / "t", everywhere(["Suka\u200draja"])), "build").code == 1


@pytest.mark.parametrize("word", ["Sukаraja", "Ѕukaraja", "Ѕиkaraja", "Ｓukaraja", "𝐒ukaraja", "Αir"])
def test_letters_of_another_script_are_told(tmp_path: Path, word: str) -> None:
    site = full(tmp_path / "s")
    edit(site / "content/regions/pedamaran.yaml", "Sukaraja", word)
    said = command(site, "check")
    assert said.code == 0
    assert "pedamaran.yaml:5" in said.out
    assert f'"{word}" memuat huruf dari aksara lain' in said.out
    assert command(site, "build").code == 0


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"\xff\xfev\0i\0", 1),
        (b"\0v\0i\0l", 1),
        ("village: x\n".encode("utf-32"), 1),
        (b"village: 1\nsource: \xe9\n", 2),
        (b"a: \xed\xa0\x80\n", 1),
        (b"a: \xc0\xaf\n", 1),
        (b"a: 1\nb: " + b"x" * 4_900_000, 2),
        (b"\n".join(b"k%d: 1" % number for number in range(30_000)), 1),
        (b"- " * 2_000, 1),
        (b"", 1),
    ],
    ids=["utf16", "utf16be", "utf32", "latin1", "surrogate", "overlong", "long line", "many keys", "deep", "empty"],
)
def test_a_file_that_is_no_content_is_told_with_its_line(tmp_path: Path, data: bytes, line: int) -> None:
    site = full(tmp_path / "s")
    for path in files(site):
        if path.suffix == ".yaml" and path.name != "acknowledged.yaml":
            path.write_bytes(data)
    said = command(site, "build")
    assert said.code == 1
    assert holds(said), said.err
    assert f"site_config.yaml:{line} " in said.err
    assert f"jua-jua.yaml:{line} " in said.err


def test_a_file_of_ten_megabytes_is_not_read_whole(tmp_path: Path) -> None:
    site = full(tmp_path / "s")
    site.joinpath("content/regions/kayu-agung.yaml").write_bytes(b"name: " + b"x" * 10_000_000)
    assert "lebih besar dari 5 MB" in command(site, "build").err


@pytest.mark.parametrize(
    "link", ["http://[x", "http://a℀b", "//[", "http://[::1", "https://x:y@[", "[", "//", "?", ":", "a:b"]
)
def test_links_that_no_machine_can_read_are_told(tmp_path: Path, link: str) -> None:
    site = planted(
        tmp_path / "s", lambda keys: f'Teks\n\n<a href="{link}">x</a> [y](<{link}>)' if keys == "body" else None
    )
    said = command(site, "build")
    assert holds(said), said.err
    assert said.code == 1


def test_content_is_never_a_template(tmp_path: Path) -> None:
    site = planted(tmp_path / "s", everywhere(["{{ 7*7 }}{% if 1 %}%(name)s{0}"]))
    assert command(site, "build").code == 0
    pages = {path.name: path.read_text("utf-8") for path in site.glob("_site/**/*.html")}
    assert all(
        "{{ 7*7 }}{% if 1 %}%(name)s{0}" in pages[name] for name in ("tps-1.html", "pelantikan.html", "index.html")
    )
