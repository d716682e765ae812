"""The rules of the place search, run in Chromium from the very file that readers load."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

INDEX: dict[str, Any] = {
    "format": 1,
    "path": "pilkada-2024/",
    "kecamatan": [
        [
            "Kayu Agung",
            [
                ["Celikah", "1-2,901"],
                ["Jua-jua", 4, 1, 0, 0, "3"],
                ["Kayuagung", 7, 1, ["Kayu Agung"]],
                ["Kutaraja", 3, 1, ["Kota Raya"]],
                ["Tanjung Lubuk", 2],
            ],
        ],
        ["Lempuing", [["Bumi Arjo", 3], ["Suka Mulya", 2, 0, 0, "suka-mulya-2010"], ["Tugu Agung", 3]]],
        ["Pangkalan Lampam", [["Darat", 2], ["Pulauan", 2], ["Sukaraja", 2]]],
        ["Pedamaran", [["Pedamaran I", 3], ["Pedamaran II", 3], ["Sukadamai", 3], ["Sukaraja", 4]]],
        ["Pedamaran Timur", [["Gading Raja", 5]]],
        ["Sirah Pulau Padang", [["Serdang Menang", 2], ["Sukaraja", 3]], ["SP Padang"]],
        ["Tanjung Lubuk", [["Bumiagung", 2], ["Sukamulya", 2], ["Tanjung Lubuk", 5, 1], ["Ulak Balam"]]],
        [
            "Tulung Selapan",
            [["Simpang Tiga", 2], ["Simpang Tiga Sakti", 2], ["Desa Baru", 2], ["Ba'u", 1, 3, 0, "bau"]],
        ],
    ],
}

ASK = """async ([site, index, text]) => {
    await import(`${site}/static/home.js`);
    const search = globalThis.papanTps;
    const answer = search.search(search.readIndex(index), text);
    const name = ({place, tps}) =>
        place.isKecamatan ? `Kec. ${place.name}`
        : `${tps === null ? "" : `TPS ${tps} `}${place.name}, ${place.kecamatan.name}`;
    return {...answer, units: answer.units.map((unit) => unit.map(name)), results: answer.units.flat()};
}"""

SUKARAJA = ["Sukaraja, Pangkalan Lampam", "Sukaraja, Pedamaran", "Sukaraja, Sirah Pulau Padang"]
SUKAMULYA = ["Suka Mulya, Lempuing", "Sukamulya, Tanjung Lubuk"]
TANJUNG_LUBUK = ["Tanjung Lubuk, Kayu Agung", "Tanjung Lubuk, Tanjung Lubuk"]
JUA_JUA = [["Jua-jua, Kayu Agung"]]


@pytest.fixture
def ask(browser_page: Page, site_url: str) -> Any:
    """Ask the search of the site's own script; the page it runs in does not matter."""
    site = site_url.rstrip("/")
    browser_page.goto(f"{site}/search/index.json")
    return lambda text, index=INDEX: browser_page.evaluate(ASK, [site, index, text])


LEADS_TO: dict[str, dict[str, list[list[str]]]] = {
    "spellings of the same letters": {
        "Jua-jua": JUA_JUA,
        "jua jua": JUA_JUA,
        "JUAJUA": JUA_JUA,
        "  jua -- jua ": JUA_JUA,
        "bumi agung": [["Bumiagung, Tanjung Lubuk"]],
        "ba’u": [["Ba'u, Tulung Selapan"]],
        "bau": [["Ba'u, Tulung Selapan"]],
    },
    "namesakes together, however they are spelt": {
        "sukaraja": [SUKARAJA],
        "suka mulya": [SUKAMULYA],
    },
    "prefix before word before substring, by name inside a rank": {
        "suka": [["Sukadamai, Pedamaran"], SUKAMULYA, SUKARAJA],
        "tiga": [["Simpang Tiga, Tulung Selapan"], ["Simpang Tiga Sakti, Tulung Selapan"]],
        "simp sakti": [["Simpang Tiga Sakti, Tulung Selapan"]],
        "simpang tiga": [["Simpang Tiga, Tulung Selapan"], ["Simpang Tiga Sakti, Tulung Selapan"]],
        "raja": [["Gading Raja, Pedamaran Timur"], ["Kutaraja, Kayu Agung"], SUKARAJA],
        "agung": [
            ["Tugu Agung, Lempuing"],
            ["Kec. Kayu Agung"],
            ["Kayuagung, Kayu Agung"],
            ["Bumiagung, Tanjung Lubuk"],
        ],
    },
    "other names": {
        "kotaraya": [["Kutaraja, Kayu Agung"]],
        "sp padang": [["Kec. Sirah Pulau Padang"]],
    },
    "kecamatan": {
        "kayuagung": [["Kayuagung, Kayu Agung"], ["Kec. Kayu Agung"]],
        "kec. kayu agung": [["Kec. Kayu Agung"], ["Kayuagung, Kayu Agung"]],
        "kelurahan kayu agung": [["Kayuagung, Kayu Agung"]],
        "tanjung lubuk": [TANJUNG_LUBUK, ["Kec. Tanjung Lubuk"]],
        "pedamaran": [
            ["Kec. Pedamaran"],
            ["Pedamaran I, Pedamaran"],
            ["Pedamaran II, Pedamaran"],
            ["Kec. Pedamaran Timur"],
        ],
    },
    "words for kinds of places are dropped unless they are the name": {
        "Ds. Sukaraja": [SUKARAJA],
        "desa sukaraja": [SUKARAJA],
        "Kel Jua-jua": JUA_JUA,
        "jua jua kel": JUA_JUA,
        "desa baru": [["Desa Baru, Tulung Selapan"]],
        "desa": [["Desa Baru, Tulung Selapan"]],
    },
    "village and kecamatan": {
        "sukaraja pedamaran": [["Sukaraja, Pedamaran"]],
        "pedamaran sukaraja": [["Sukaraja, Pedamaran"]],
        "Sukaraja, Kec. Pedamaran": [["Sukaraja, Pedamaran"]],
        "sukaraja sp padang": [["Sukaraja, Sirah Pulau Padang"]],
        "sukaraja p": [SUKARAJA],
        "suka pedamaran": [["Sukadamai, Pedamaran"], ["Sukaraja, Pedamaran"]],
        "tanjung lubuk kayuagung": [["Tanjung Lubuk, Kayu Agung"]],
    },
    "TPS": {
        "jua jua tps 3": [["TPS 3 Jua-jua, Kayu Agung"]],
        "TPS.03 Jua-jua": [["TPS 3 Jua-jua, Kayu Agung"]],
        "jua jua tps no. 3": [["TPS 3 Jua-jua, Kayu Agung"]],
        "celikah tps 901": [["TPS 901 Celikah, Kayu Agung"]],
        "celikah tps 3": [["Celikah, Kayu Agung"]],
        "sukaraja tps 3": [[SUKARAJA[0], f"TPS 3 {SUKARAJA[1]}", f"TPS 3 {SUKARAJA[2]}"]],
        "sukaraja pedamaran tps 4": [["TPS 4 Sukaraja, Pedamaran"]],
        "tanjung lubuk tps 2": [[f"TPS 2 {one}" for one in TANJUNG_LUBUK]],
        "ulak balam tps 1": [["Ulak Balam, Tanjung Lubuk"]],
    },
    "RT and RW": {
        "jua jua rt 5": JUA_JUA,
        "jua jua RT 005/RW 002": JUA_JUA,
        "jua jua rt/rw 5/2": JUA_JUA,
    },
    "the village stays while TPS is being typed": {
        "jua jua t": JUA_JUA,
        "jua jua tps": JUA_JUA,
    },
}


@pytest.mark.parametrize("rule", LEADS_TO)
def test_query_leads_to(ask: Any, rule: str) -> None:
    assert {text: ask(text)["units"] for text in LEADS_TO[rule]} == LEADS_TO[rule]


@pytest.mark.parametrize(
    ("state", "texts"),
    [
        ("short", ["", " ", "j", "tps 3", "kelurahan", "kec.", "rt 5", "-"]),
        ("none", ["sukaraya", "xy", "sukaraja kayu agung", "jua jua 99", "jua jua tps 1234"]),
    ],
)
def test_nothing_to_show(ask: Any, state: str, texts: list[str]) -> None:
    answers = {text: ask(text) for text in texts}
    assert {text: answer["state"] for text, answer in answers.items()} == dict.fromkeys(texts, state)
    assert not any(answer["units"] or answer["open"] for answer in answers.values())


OPENS = {
    "jua jua": "pilkada-2024/kayu-agung/jua-jua.html",
    "Kel. Kayuagung": "pilkada-2024/kayu-agung/kayuagung.html",
    "kota raya": "pilkada-2024/kayu-agung/kutaraja.html",
    "jua jua tps 3": "pilkada-2024/kayu-agung/jua-jua/tps-3.html",
    "jua jua rt 5": "pilkada-2024/kayu-agung/jua-jua.html",
    "simpang tiga": "pilkada-2024/tulung-selapan/simpang-tiga.html",
    "pedamaran": "pilkada-2024/pedamaran.html",
    "sukaraja pedamaran": "pilkada-2024/pedamaran/sukaraja.html",
    "suka mulya lempuing tps 1": "pilkada-2024/lempuing/suka-mulya-2010/tps-1.html",
    "bau": "pilkada-2024/tulung-selapan/bau.html",
}
DOUBTFUL = (
    "sukaraja",
    "sukaraja tps 4",
    "sukaraja peda",
    "kayuagung",
    "tanjung lubuk",
    "jua",
    "jua jua t",
    "celikah tps 3",
)


def test_enter_opens_a_single_exact_match(ask: Any) -> None:
    assert {text: ask(text)["open"] for text in OPENS} == OPENS


def test_enter_opens_nothing_when_there_is_doubt(ask: Any) -> None:
    assert {text: ask(text)["open"] for text in DOUBTFUL} == dict.fromkeys(DOUBTFUL)


def test_typed_letters_are_marked(ask: Any) -> None:
    marks = {text: ask(text)["results"][0]["marks"] for text in ("sukam", "tugu ag", "simp sak", "araja", "kota raya")}
    assert marks == {
        "sukam": [[0, 6]],  # "Suka M"ulya
        "tugu ag": [[0, 7]],
        "simp sak": [[0, 4], [13, 16]],
        "araja": [[3, 8]],
        "kota raya": [],  # other names are named, not marked
    }


def test_missing_tps_is_told(ask: Any) -> None:
    (result,) = ask("celikah tps 3")["results"]
    assert (result["tps"], result["missing"], result["url"]) == (None, 3, "pilkada-2024/kayu-agung/celikah.html")


def namesakes(number: int) -> dict[str, Any]:
    rows = [[f"Kecamatan {letter}", [["Sukamaju", 1]]] for letter in "ABCDEFGHIJKLMN"[:number]]
    others = [["Sungai Ceper", [[f"Suka {letter}{letter}", 1] for letter in "ABC"] + [["Sukazz", 1]]]]
    return {"format": 1, "path": "e/", "kecamatan": rows + others}


def test_namesakes_are_never_parted(ask: Any) -> None:
    expected = {
        (12, "sukamaju"): ([12], 12, 12),
        (4, "suka"): ([1, 1, 1, 4, 1], 8, 8),
        (5, "suka"): ([1, 1, 1, 5], 8, 9),
        (6, "suka"): ([1, 1, 1], 3, 10),
    }
    answers = {case: ask(case[1], namesakes(case[0])) for case in expected}
    found = {case: ([len(unit) for unit in a["units"]], a["shown"], a["total"]) for case, a in answers.items()}
    assert found == expected


def test_index_of_another_format_is_refused(ask: Any) -> None:
    with pytest.raises(Exception, match="search index of format 2"):
        ask("jua jua", {**INDEX, "format": 2})


EVERY_NAME = """async (site) => {
    await import(`${site}/static/home.js`);
    const search = globalThis.papanTps;
    const places = search.readIndex(await (await fetch(`${site}/search/index.json`)).json());
    const spellings = (name) => [name, name.toUpperCase(), name.replace(/[ -]/g, ""), name.replace(/[ -]/g, "  ")];
    const lost = places.flatMap((place) => spellings(place.name).filter((text) => {
        const first = search.search(places, text).units.filter(([one]) => one.place.names.some(
            (name) => name.key === search.fold(text).key));
        return !first.flat().some((one) => one.place === place);
    }));
    return {places: places.length, lost};
}"""


def test_every_place_of_the_site_is_found_by_its_name(browser_page: Page, site_url: str) -> None:
    site = site_url.rstrip("/")
    browser_page.goto(f"{site}/search/index.json")
    assert browser_page.evaluate(EVERY_NAME, site) == {"places": 18 + 327, "lost": []}


EVERY_TPS = """async (site) => {
    await import(`${site}/static/home.js`);
    const search = globalThis.papanTps;
    const places = search.readIndex(await (await fetch(`${site}/search/index.json`)).json());
    const numbers = ([low, high]) => Array.from({length: high - low + 1}, (_, step) => low + step);
    const urlOf = (place, number) => {
        const units = search.search(places, `${place.name} ${place.kecamatan.name} tps ${number}`).units;
        return units.flat().find((one) => one.place === place && one.tps === number)?.url ?? null;
    };
    return places.filter((place) => !place.isKecamatan)
        .flatMap((place) => place.tps.flatMap(numbers).map((number) => urlOf(place, number)));
}"""


def test_every_tps_is_found_by_its_number(browser_page: Page, site_url: str, built_site: Path) -> None:
    site = site_url.rstrip("/")
    browser_page.goto(f"{site}/search/index.json")
    pages = {path.relative_to(built_site).as_posix() for path in built_site.glob("pilkada-2024/*/*/tps-*.html")}
    found = browser_page.evaluate(EVERY_TPS, site)
    assert len(found) == 1249
    assert set(found) == pages
