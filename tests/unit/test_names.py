"""Names are read alike in Python and in the script that readers load."""

from __future__ import annotations

import pytest

from sitegen import hierarchy
from sitegen.names import readings, words
from sitegen.output.assets import STATIC
from tools.node import run

SHORT_WORDS = "Sp Tl Lb S Tj Ii " * 16
"""Of so many short words there are more readings than anything could count."""


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Jua-jua", ["juajua"]),
        ("Ba'u", ["bau"]),
        ("Pedamaran II", ["pedamaran2", "pedamaranii"]),
        ("Tiga Puluh Lima Ilir", ["35ilir", "tigapuluhlimailir"]),
        ("Sebelas Ulu", ["11ulu", "sebelasulu"]),
        ("Tj. Lubuk", ["tanjunglubuk", "tjlubuk"]),
        ("SP Padang", ["simpangpadang", "sirahpulaupadang", "sppadang"]),
        ("", [""]),
    ],
)
def test_readings(name: str, plain: list[str]) -> None:
    assert [reading.plain for reading in readings(name)] == plain


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("Soekaradja", ["sukaraja"]),
        ("Bukit Jaya", ["bukitjaia", "bukicaia"]),
        ("Bhakti Mulya", ["baktimulia"]),
        ("Pedamaran II", ["padamaran2", "pedamaranii"]),
    ],
)
def test_keys_are_what_sounds(name: str, keys: list[str]) -> None:
    assert [reading.key for reading in readings(name)] == keys


def test_words_lose_accents_quotes_and_signs() -> None:
    assert words("Pané-D’Oro 12/a_b") == ["pane", "doro", "12", "a", "b"]


def test_script_reads_every_name_of_the_country_alike() -> None:
    names = sorted(
        {area.name for area in hierarchy.areas()} | {"Soekaradja", "s. p. 3", "Dua Puluh", "´x", "", SHORT_WORDS}
    )
    found = run(
        f"""import {{ readFileSync }} from "node:fs";
        const {{ readings, wordsOf }} = await import({str(STATIC / "js" / "names.js")!r});
        const read = (name) => readings(wordsOf(name)).map(({{plain, key}}) => [plain, key]);
        console.log(JSON.stringify(JSON.parse(readFileSync(0)).map(read)));""",
        names,
    )
    read = [[[reading.plain, reading.key] for reading in readings(name)] for name in names]
    assert [name for name, ours, theirs in zip(names, read, found, strict=True) if ours != theirs] == []
