"""The rules of the search, run in Node from the very file that readers load."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.search_script import in_search
from tools.node import run

INDEX: dict[str, Any] = {
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

NAMED = """
const name = ({place, tps}) =>
    !place.kecamatan ? `Kec. ${place.name}`
    : `${tps === null ? "" : `TPS ${tps} `}${place.name}, ${place.kecamatan.name}`;
const answer = (places, text) => {
    const found = search(places, text);
    const guesses = found.units.filter(([one]) => one.guess).length;
    return {...found, guesses, units: found.units.map((unit) => unit.map(name)), results: found.units.flat()};
};
const {index, texts} = data;
const places = readPlaces(index);
console.log(JSON.stringify(Object.fromEntries(texts.map((text) => [text, answer(places, text)]))));
"""


def written(index: dict[str, Any]) -> str:
    """An index as the product writes it: lines with tabs."""
    lines = ["\t\tpilkada-2024/"]
    for name, villages, *others in index["kecamatan"]:
        lines.append("\t".join(["", name, *map("|".join, others)]))
        lines += [village_line(*row) for row in villages]
    return "\n".join(lines)


def village_line(
    name: str, tps: object = "", kind: object = "", others: Any = (), slug: Any = "", moved: Any = ""
) -> str:
    """A line of a village; zeros stand for what is not there."""
    cells = (name, tps, kind or "", "|".join(others or ()), slug or "", f"{moved}-{moved}" if moved else "")
    return "\t".join(map(str, cells)).rstrip("\t")


def ask(*texts: str, index: str = "") -> dict[str, Any]:
    """What the search answers to each text, from the small index or another."""
    found: dict[str, Any] = in_search(NAMED, {"index": index or written(INDEX), "texts": texts})
    return found


SUKARAJA = ["Sukaraja, Pangkalan Lampam", "Sukaraja, Pedamaran", "Sukaraja, Sirah Pulau Padang"]
SUKAMULYA = ["Suka Mulya, Lempuing", "Sukamulya, Tanjung Lubuk"]
TANJUNG_LUBUK = ["Tanjung Lubuk, Kayu Agung", "Tanjung Lubuk, Tanjung Lubuk"]
JUA_JUA = [["Jua-jua, Kayu Agung"]]


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
        "kec. kayu agung": [["Kec. Kayu Agung"]],
        "kec celikah": [["Celikah, Kayu Agung"]],
        "jua jua kec": JUA_JUA,
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
        "sukaraja p": [[SUKARAJA[2], *SUKARAJA[:2]]],  # p may be Pulau
        "suka pedamaran": [["Sukadamai, Pedamaran"], ["Sukaraja, Pedamaran"]],
        "tanjung lubuk kayuagung": [["Tanjung Lubuk, Kayu Agung"]],
    },
    "TPS": {
        "jua jua tps 3": [["TPS 3 Jua-jua, Kayu Agung"]],
        "TPS.03 Jua-jua": [["TPS 3 Jua-jua, Kayu Agung"]],
        "jua jua tps no. 3": [["TPS 3 Jua-jua, Kayu Agung"]],
        "tps iii jua jua": [["TPS 3 Jua-jua, Kayu Agung"]],
        "celikah tps 901": [["TPS 901 Celikah, Kayu Agung"]],
        "celikah tps 3": [["Celikah, Kayu Agung"]],
        "sukaraja tps 3": [[SUKARAJA[0], f"TPS 3 {SUKARAJA[1]}", f"TPS 3 {SUKARAJA[2]}"]],
        "sukaraja pedamaran tps 4": [["TPS 4 Sukaraja, Pedamaran"]],
        "tanjung lubuk tps 2": [[f"TPS 2 {one}" for one in TANJUNG_LUBUK], ["Kec. Tanjung Lubuk"]],
        "tps 3 kayu agung": [["TPS 3 Kayuagung, Kayu Agung"], ["Kec. Kayu Agung"]],
        "kelurahan kayu agung tps 3": [["TPS 3 Kayuagung, Kayu Agung"]],
        "kec kayu agung tps 3": [["Kec. Kayu Agung"]],
        "tps 3 kayu agung, kecamatan kayu agung": [["TPS 3 Kayuagung, Kayu Agung"]],
        "tps 1 lempuing": [["Kec. Lempuing"]],
        "tps 3 kec celikah": [["Celikah, Kayu Agung"]],
        "ulak balam tps 1": [["Ulak Balam, Tanjung Lubuk"]],
    },
    "RT and RW": {
        "jua jua rt 5": JUA_JUA,
        "jua jua RT 005/RW 002": JUA_JUA,
        "jua jua rt/rw 5/2": JUA_JUA,
        "rt 005/002 celikah": [["Celikah, Kayu Agung"]],
    },
    "other words of an address": {
        "dusun 2 celikah": [["Celikah, Kayu Agung"]],
        "celikah dsn. II": [["Celikah, Kayu Agung"]],
        "celikah dusu": [["Celikah, Kayu Agung"]],
    },
    "the village stays while TPS is being typed": {
        "jua jua t": JUA_JUA,
        "jua jua tps": JUA_JUA,
    },
}


@pytest.mark.parametrize("rule", LEADS_TO)
def test_query_leads_to(rule: str) -> None:
    found = ask(*LEADS_TO[rule])
    sure = {text: answer["units"][: len(answer["units"]) - answer["guesses"]] for text, answer in found.items()}
    assert sure == LEADS_TO[rule]


@pytest.mark.parametrize(
    ("state", "texts"),
    [
        (
            "short",
            ["", " ", "j", "tps 3", "kelurahan", "kec.", "rt 5", "-", "tps", "kelur", "tps no", "dusun 2", "kel rt"],
        ),
        ("nik", ["1602011234567890", "1602 0112 3456 7890", "celikah 1602.0112.3456.7890", "160201123"]),
        ("none", ["16020112", "xy", "zzzz", "vvoo", "qwertyuiop", "kpps"]),
    ],
)
def test_nothing_to_show(state: str, texts: list[str]) -> None:
    answers = ask(*texts)
    assert {text: answer["state"] for text, answer in answers.items()} == dict.fromkeys(texts, state)
    assert not any(answer["units"] or answer["open"] for answer in answers.values())


OPENS = {
    "jua jua": "pilkada-2024/kayu-agung/jua-jua.html",
    "Kel. Kayuagung": "pilkada-2024/kayu-agung/kayuagung.html",
    "kota raya": "pilkada-2024/kayu-agung/kutaraja.html",
    "jua jua tps 3": "pilkada-2024/kayu-agung/jua-jua/tps-3.html",
    "jua jua rt 5": "pilkada-2024/kayu-agung/jua-jua.html?rt=5",
    "simpang tiga": "pilkada-2024/tulung-selapan/simpang-tiga.html",
    "pedamaran": "pilkada-2024/pedamaran.html",
    "sukaraja pedamaran": "pilkada-2024/pedamaran/sukaraja.html",
    "kec kayu agung": "pilkada-2024/kayu-agung.html",
    "kelurahan kayu agung tps 3": "pilkada-2024/kayu-agung/kayuagung/tps-3.html",
    "jua jua, kec. kayu agung, tps 3": "pilkada-2024/kayu-agung/jua-jua/tps-3.html",
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
    "tps 3 kayu agung",
    "kec kayu agung tps 3",
    "tps 1 lempuing",
    "kec celikah",
    "kec celikah tps 1",
)


def test_enter_opens_a_single_exact_match() -> None:
    assert {text: answer["open"] for text, answer in ask(*OPENS).items()} == OPENS


def test_enter_opens_nothing_when_there_is_doubt() -> None:
    assert {text: answer["open"] for text, answer in ask(*DOUBTFUL).items()} == dict.fromkeys(DOUBTFUL)


def test_typed_letters_are_marked() -> None:
    found = ask("sukam", "tugu ag", "simp sak", "araja", "ba u", "kota raya", "sukarajo")
    marks = {text: answer["results"][0]["marks"] for text, answer in found.items()}
    assert marks == {
        "sukam": [[0, 6]],  # "Suka M"ulya
        "tugu ag": [[0, 7]],
        "simp sak": [[0, 4], [13, 16]],
        "araja": [[3, 8]],
        "ba u": [[0, 4]],
        "kota raya": [],  # other names are named, not marked
        "sukarajo": [],  # what was not typed is not marked
    }


def test_missing_tps_is_told() -> None:
    (result,) = ask("celikah tps 3")["celikah tps 3"]["results"]
    assert (result["tps"], result["missing"], result["url"]) == (None, 3, "pilkada-2024/kayu-agung/celikah.html")


SPELT = {
    "short words": {
        "tj lubuk": [TANJUNG_LUBUK],
        "tjg. lubuk": [TANJUNG_LUBUK],
        "tanjung lb": [TANJUNG_LUBUK],
        "sp padang": [["Kec. Sirah Pulau Padang"]],
        "sp tiga": [["Simpang Tiga, Tulung Selapan"]],
        "ds sukaraja": [SUKARAJA],
    },
    "numerals": {
        "pedamaran 2": [["Pedamaran II, Pedamaran"]],
        "pedamaran dua": [["Pedamaran II, Pedamaran"]],
        "pedamaranii": [["Pedamaran II, Pedamaran"]],
        "simpang 3": [["Simpang Tiga, Tulung Selapan"]],
        "jua2": JUA_JUA,
        "jua2 tps 3": [["TPS 3 Jua-jua, Kayu Agung"]],
    },
    "sounds and old spelling": {
        "soekaradja": [SUKARAJA],
        "djua djua": JUA_JUA,
        "celika": [["Celikah, Kayu Agung"]],
        "sarah pulau": [["Kec. Sirah Pulau Padang"]],
        "suka mulia": [SUKAMULYA],
        "bumi ardjo": [["Bumi Arjo, Lempuing"]],
    },
}


@pytest.mark.parametrize("rule", SPELT)
def test_people_s_spellings_lead_to(rule: str) -> None:
    found = ask(*SPELT[rule])
    assert {text: answer["units"][:1] for text, answer in found.items()} == SPELT[rule]


MISTYPED = {
    "sukaraj a": SUKARAJA,
    "skuaraja": SUKARAJA,
    "sukarajja": SUKARAJA,
    "sukarqja": SUKARAJA,
    "skraja": None,  # two letters of seven
    "sukraja": SUKARAJA,
    "sukaraya": SUKARAJA,
    "kutarata": ["Kutaraja, Kayu Agung"],
    "serdang menamg": ["Serdang Menang, Sirah Pulau Padang"],
    "lembang ulak balam": ["Ulak Balam, Tanjung Lubuk"],
}


@pytest.mark.parametrize("typed", MISTYPED)
def test_mistyped_names_are_guessed_and_never_opened(typed: str) -> None:
    answer = ask(typed)[typed]
    first = answer["units"][0] if answer["units"] else None
    assert first == MISTYPED[typed]
    assert answer["open"] is None


def test_village_and_kecamatan_may_both_be_mistyped() -> None:
    assert ask("sukraja pedamran")["sukraja pedamran"]["units"] == [["Sukaraja, Pedamaran"]]


@pytest.mark.parametrize(
    ("typed", "units"),
    [
        ("celikah 2", [["TPS 2 Celikah, Kayu Agung"]]),
        ("celikah 002", [["TPS 2 Celikah, Kayu Agung"]]),
        ("celikah 3", [["Celikah, Kayu Agung"]]),
        ("sukaraja 3", [[SUKARAJA[0], f"TPS 3 {SUKARAJA[1]}", f"TPS 3 {SUKARAJA[2]}"]]),
        ("sukaraja pedamaran 4", [[f"TPS 4 {SUKARAJA[1]}"]]),
    ],
)
def test_a_number_behind_a_name_may_be_that_of_a_tps(typed: str, units: list[list[str]]) -> None:
    answer = ask(typed)[typed]
    assert answer["units"] == units
    assert answer["guesses"] == len(units)
    assert answer["open"] is None


@pytest.mark.parametrize("typed", ["pedamaran 3", "pedamaran iii", "pedamaran i1", "pedamaran 21"])
def test_digits_and_roman_numerals_are_never_guessed(typed: str) -> None:
    names = [one["place"]["name"] for one in ask(typed)[typed]["results"]]
    assert "Pedamaran I" not in names
    assert "Pedamaran II" not in names


def test_a_name_one_letter_away_stands_below_the_exact_one() -> None:
    index = written({"kecamatan": [["A", [["Tanjung Alai", 1]]], ["B", [["Tanjung Ali", 1], ["Tanjung Anom", 1]]]]})
    answer = ask("tanjung alai", index=index)["tanjung alai"]
    assert answer["units"] == [["Tanjung Alai, A"], ["Tanjung Ali, B"]]
    assert answer["guesses"] == 1
    assert answer["open"] == "pilkada-2024/a/tanjung-alai.html"


def test_rt_and_rw_lead_to_the_filter_of_the_village() -> None:
    asked = {
        "jua jua rt 5": "?rt=5",
        "jua jua RT 005/RW 002": "?rt=5&rw=2",
        "jua jua rt/rw 5/2": "?rt=5&rw=2",
        "jua jua rt/rw 05 02": "?rt=5&rw=2",
        "rt 005/002 jua jua": "?rt=5&rw=2",
        "jua jua rt 05/03": "?rt=5&rw=3",
        "jua jua rt.05 / rw.03": "?rt=5&rw=3",
        "jua jua rt v rw ii": "?rt=5&rw=2",
        "jua jua rw 3": "?rw=3",
        "jua jua rt 5 tps 3": "/tps-3.html",
    }
    urls = {text: answer["results"][0]["url"] for text, answer in ask(*asked).items()}
    base = "pilkada-2024/kayu-agung/jua-jua"
    assert urls == {text: base + (end if end.startswith("/") else f".html{end}") for text, end in asked.items()}


def namesakes(number: int) -> str:
    rows = [[f"Kecamatan {letter}", [["Sukamaju", 1]]] for letter in "ABCDEFGHIJKLMN"[:number]]
    others = [["Sungai Ceper", [[f"Suka {letter}{letter}", 1] for letter in "ABC"] + [["Sukazz", 1]]]]
    return written({"kecamatan": rows + others})


@pytest.mark.parametrize(
    ("number", "text", "units", "folded"),
    [(12, "sukamaju", [12], []), (4, "suka", [1, 1, 1, 4, 1], []), (6, "suka", [1, 1, 1, 6, 1], [3])],
)
def test_namesakes_are_never_parted(number: int, text: str, units: list[int], folded: list[int]) -> None:
    code = """
    const {units} = search(readPlaces(data.index), data.text);
    console.log(JSON.stringify([units.map((unit) => unit.length),
        units.flatMap((unit, i) => unit.isFolded ? [i] : [])]));
    """
    assert in_search(code, {"index": namesakes(number), "text": text}) == [units, folded]


def test_news_and_guides_are_found_by_title_summary_and_headings() -> None:
    lines = ("KPPS dilantik\t\tn\tpetugas bimtek|Hari ini\tberita/a", "Cara memilih\t\tg\tdatang, coblos\tcara")
    texts = "\n".join(("\t\t", "\t.\t\t.\t-", *lines))
    code = """
    const places = readPlaces(data.texts);
    const ask = (text) => search(places, text, 3).units.flat().filter(({guess}) => !guess).map(({url}) => url);
    console.log(JSON.stringify(Object.fromEntries(data.asked.map((text) => [text, ask(text)]))));
    """
    expected = {
        "kpps": ["./berita/a.html"],
        "petugas": ["./berita/a.html"],
        "hari ini": ["./berita/a.html"],
        "cara": ["./cara.html"],
        "datang coblos": ["./cara.html"],
        "kx": [],
    }
    assert in_search(code, {"texts": texts, "asked": list(expected)}) == expected


@pytest.fixture(scope="module")
def site_index(built_site: Path) -> str:
    """The places of the built site, as its index writes them."""
    files = "".join(f"await import({str(path)!r});" for path in built_site.glob("search/*.js"))
    code = "console.log(JSON.stringify(Object.values(papanData).find((one) => one.places).places));"
    found: str = run(files + code, None)
    return found


EVERY_NAME = """
const places = readPlaces(data);
const spellings = (name) => [name, name.toUpperCase(), name.replace(/[ -]/g, ""), name.replace(/[ -]/g, "  ")];
const lost = places.flatMap((place) => spellings(place.name).filter((text) => {
    const exact = search(places, text).units.filter(([one]) => !one.guess).flat();
    return !exact.some((one) => one.place === place);
}));
console.log(JSON.stringify({places: places.length, lost}));
"""


def test_every_place_of_the_site_is_found_by_its_name(site_index: str) -> None:
    assert in_search(EVERY_NAME, site_index) == {"places": 18 + 327, "lost": []}


EVERY_TPS = """
const places = readPlaces(data);
const urlOf = (place, number) => {
    const units = search(places, `${place.name} ${place.kecamatan.name} tps ${number}`).units;
    return units.flat().find((one) => one.place === place && one.tps === number)?.url ?? null;
};
console.log(JSON.stringify(places.filter((place) => place.kecamatan)
    .flatMap((place) => place.tps.map((number) => urlOf(place, number)))));
"""


def test_every_tps_is_found_by_its_number(site_index: str, built_site: Path) -> None:
    pages = {path.relative_to(built_site).as_posix() for path in built_site.glob("pilkada-2024/*/*/tps-*.html")}
    found = in_search(EVERY_TPS, site_index)
    assert len(found) == 1249
    assert set(found) == pages


def test_a_word_of_many_meanings_asks_for_three_files_of_a_cut_index_before_the_first_answer() -> None:
    firsts = ["", "simp", "simpangu", "sir", "sirapulauj", "so", "spa"]
    found: Any = in_search(
        "console.log(JSON.stringify(filesFor(data, 'sp')));",
        {"root": "root", "heads": [[first, f"{first}.js"] for first in firsts], "tails": [["", "tail.js"]]},
    )
    assert found["first"] == ["simp.js", "simpangu.js", "sir.js"]
    assert found["then"] == ["sirapulauj.js", "so.js", "spa.js", *["tail.js"] * 3]


def test_one_letter_asks_for_no_file_of_a_cut_index() -> None:
    index = {"root": "root", "heads": [["", "head.js"]], "tails": [["", "tail.js"]]}
    assert in_search("console.log(JSON.stringify(filesFor(data, 'p.')));", index) == {"first": [], "then": []}
