"""Personal data that must stop a build, what only looks like it, and what is declared."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any

import pytest

from sitegen.model.fields import Mark
from sitegen.privacy import recognise
from sitegen.privacy.declared import NOTHING, Declared, declared
from sitegen.privacy.gate import Gate, check_texts
from sitegen.privacy.recognise import finds
from sitegen.problems import Problem
from sitegen.schemas import FILES
from tests.planted import Field, Planted, fields, planted
from tests.support import MINI, ROOT

NIK = "1602050101800001"
PLANTED = planted()
FIELDS = fields()
MODELS = {file.name: file.model for file in FILES}


def kinds(text: str) -> list[str]:
    return [find.kind.value for find in finds(text.encode())]


def test_the_table_is_large() -> None:
    assert len(PLANTED) > 450
    assert {row.kind for row in PLANTED} == {"nik", "phone", "email", "birth"}


@pytest.mark.parametrize("row", PLANTED, ids=lambda row: f"{row.kind} {row.text!a}")
def test_every_planted_text_is_found(row: Planted) -> None:
    assert row.kind in kinds(row.text)
    assert row.kind in kinds(f"place: {row.text}\n"), "as a value of YAML"
    assert row.kind in kinds(f"# {row.text}\n"), "in a comment"


def test_the_fields_are_those_of_the_model() -> None:
    found = {(field.file.name, field.keys[-1]) for field in FIELDS}
    assert len(FIELDS) > 100
    assert {("village_tps", "ketua"), ("site_config", "phone"), ("schedule", "basis"), ("news", "summary")} <= found
    assert ("village_tps", 0) in found, "lists: the names of the anggota"


def is_declared(field: Field, row: Planted) -> bool:
    """An office's own telephone and mail may stand in their fields, and nowhere else."""
    return field.mark is Mark.OFFICE_CONTACT and row.kind in ("phone", "email")


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: f"{field.file.name} {'.'.join(map(str, field.keys))}")
def test_every_planted_text_is_found_in_every_field(field: Field) -> None:
    rows = [row for row in PLANTED if not is_declared(field, row)]
    texts = {f"{number}": field.text(row.text) for number, row in enumerate(rows)}
    tree: Any = field.keys
    found = list(check_texts(texts, {field.path: (tree, field.file.model)}))
    stopped = {(problem.path, problem.code.removeprefix("privacy.")) for problem in found}
    missed = [row for number, row in enumerate(rows) if (f"{number}", row.kind) not in stopped]
    assert missed == []


@pytest.mark.parametrize("name", ["news", "guide"])
def test_every_planted_text_is_found_in_the_text_of_a_page(name: str) -> None:
    texts = {f"{number}": f"---\ntitle: A\n---\n\nIsi.\n\n{row.text}\n" for number, row in enumerate(PLANTED)}
    found = list(check_texts(texts, {}))
    assert {problem.path for problem in found} == set(texts)
    assert {problem.line for problem in found} == {7}, name


def test_the_value_is_shown_masked() -> None:
    for find in (find for row in PLANTED for find in finds(row.text.encode())):
        assert find.masked == find.value[:2] + "*" * (len(find.value) - 2)
        assert sum(sign.isdigit() for sign in find.masked) <= 2


@pytest.mark.parametrize(
    "text",
    [
        "code: 16.02.05.1010",
        "code: 62.01.01.2001",  # Kalimantan Tengah begins like a telephone number
        "code: 62.71.01.1001",
        "code: 81.71.01.1001",  # and Ambon like one without its zero
        "d/8171011001.html",
        "- 62.01.01.2001\n- 62.01.01.2002",
        "16.02.05.1010, 16.02.05.1011 dan 16.02.05.1012",
        "16.02.05.1010\n16.02.05.1011\n16.02.05.1012\n",
        "d/1602051010.html",
        "2024-11-27",
        "27-11-2024",
        "27-11-2024 07.00–13.00 WIB",
        "27/11/2024, 07.00-13.00",
        "2024-11-26 18:00",
        "2024-11-26 18.00 2024",
        "2024-11-26T18:00:00+07:00",
        "DTSTAMP:20241126T110000Z",
        "2024-11-07 sampai 2024-12-08",
        "pukul 07.00–13.00 WIB",
        "Senin–Kamis 08.00–16.00, Jumat 08.00–16.30",
        "07.00-13.00",
        "opens: 07:00",
        "rt: 1-3, 5, 7-9, 11-15",
        "TPS 001, 002, 003, 004, 005",
        "001 002 003 004 005",
        "RT 001/RW 002",
        "Jalan Contoh nomor 44, RT 1 RW 1",
        "SK KPU OKI nomor 000 (contoh)",
        "122/PM.00.01/K.SS-09/11/2024",
        "SK Nomor 1234/PP.04.2-Kpt/1602/2024",
        "okinews 5303, sumeks 735147, tribunsumsel 4 Dec 2024",
        "577.241 = 294.966 + 282.275",
        "8.743 577.241 294.966",
        "Pemilu 2009 2014 2019 2024",
        "1.249 TPS, 8.743 KPPS, 577.241 pemilih",
        "men: 232\nwomen: 215\n",
        "<td>577241</td><td>294966</td><td>2822</td>",
        "lat: -3.39041\nlon: 104.83123\n",
        "lat: -0.0263303412345\nlon: 109.3425033412345\n",
        "lat: -3.390412345678901\nlon: 104.8312345678901\n",
        "coordinates: {lat: -6.17539244636168, lon: 106.82715298547573}",
        '"lat": -0.0263303412345, "lon": 109.3425033412345',
        "geo:-0.0263303412,109.3425033412?q=-0.0263303412,109.3425033412",
        "https://www.openstreetmap.org/?mlat=-0.0263303412&mlon=109.3425033412",
        "url: https://regional.kompas.com/read/2024/11/07/193000078/contoh",
        "url: https://www.cnnindonesia.com/nasional/20241104154530-617-1162789/contoh",
        '<path d="M12 21.5C8 17 5 13.5 5 9.5a7 7 0 0 1 14 0c0 4-3 7.5-7 12z"/>',
        "@kpu_oki",
        "ikuti kami di Instagram @kpu_oki",
        "gambar@2x.png",
        "huruf (a) dan (b) keputusan ini",
        "antara lain (antre) di TPS",
        '"@context":"https://schema.org"',
        "UID:hari-memilih.pilkada-2024.16.02@papan-tps",
        "12345678901234567890",
        "Pemilih berumur 17 tahun pada 27 November 2024",
        "berusia 17 sampai 55 tahun",
        "Anda lahir sebelum 28 November 2007? Anda boleh memilih.",
        "Hari Lahir Pancasila 1 Juni 1945",
        "Universitas 17 Agustus 1945",
        "Kayu Agung, 7 November 2024",
        "UU Nomor 10 Tahun 2016, tanggal 1 Juli 2016",
        "Lapangan 200 meter dari pasar, dibangun 1998",
        "motto: dari rakyat, 27 November 2024",
    ],
)
def test_what_is_not_personal(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Isi.\nNIK 1602 0501\n0180 0001\n", 2),
        ("hubungi 0812\n  3456 7890\n", 1),
        ("hubungi\n0812 3456 7890\n", 2),
        ("> 0812 3456\n> 7890\n", 1),
        ("a: 1\r\nb: 0812 3456 7890\r\n", 2),
        ("1. 2024\n2. 081234567890\n", 2),
        ("DESCRIPTION:Hubungi 08123456\r\n 7890\r\n", 1),
    ],
)
def test_a_number_that_goes_on_in_the_next_line(text: str, line: int) -> None:
    assert [find.line for find in finds(text.encode())] == [line]


@pytest.mark.parametrize(
    "text",
    [
        r'place: "0812\u200b3456\u200b7890"',
        r'place: "\u0030\x38\U00000031\u0032 3456 7890"',
        r'place: "0812\n3456\n7890"',
        r'place: "petugas\x40contoh.id"',
    ],
)
def test_escapes_of_yaml(text: str) -> None:
    assert len(kinds(text)) == 1


def test_a_backslash_is_no_escape_by_itself() -> None:
    assert kinds(r"C:\users\u12 \U0011ffff \x4 dan \u20") == []


def test_every_value_of_a_line_is_told_once_with_its_line() -> None:
    text = f"a: 1\nb: {NIK} {NIK} 0812-3456-7890\nc: {NIK}\n"
    problems = list(check_texts({"a.yaml": text}, {}))
    assert [(p.path, p.line, p.code) for p in problems] == [
        ("a.yaml", 2, "privacy.nik"),
        ("a.yaml", 2, "privacy.phone"),
        ("a.yaml", 3, "privacy.nik"),
    ]
    assert NIK not in str(problems)


CONTACT = {"contact": {"phone": "(0712) 321234", "email": "KPU@contoh.go.id", "whatsapp": "6281200000000"}}


@pytest.mark.parametrize(
    "text",
    [
        "+62 712 321234",
        "0712-321234",
        "kpu@contoh.go.id",
        "Tulis ke KPU@CONTOH.GO.ID.",
        "0812 0000 0000",
        "wa.me/6281200000000",
    ],
)
def test_the_contact_of_the_office_may_be_named_anywhere(text: str) -> None:
    office = declared(CONTACT, MODELS["site_config"])
    assert list(office.remaining(text.encode())) == []
    assert list(NOTHING.remaining(text.encode())) != []


@pytest.mark.parametrize("text", ["(0712) 321235", "petugas@contoh.go.id", "081200000001", NIK, "lahir 01-02-1980"])
def test_nothing_else_is_declared_by_it(text: str) -> None:
    office = declared({"contact": {"phone": f"(0712) 321234 {NIK} lahir 01-02-1980"}}, MODELS["site_config"])
    assert len(list(office.remaining(text.encode()))) == 1


def test_an_address_is_read_whole_though_another_stands_before_it() -> None:
    office = declared(CONTACT, MODELS["site_config"])
    for words in range(40, 70):
        line = f"@kpu.contoh {'x' * words} kpu@contoh.go.id {'x' * words} KPU@contoh.go.id"
        assert list(office.remaining(line.encode())) == [], words
        assert [find.value for find in finds(line.encode())] == ["kpu@contoh.go.id", "KPU@contoh.go.id"], words


def steps(text: str) -> int:
    """How many steps of Python looking through ``text`` takes."""
    taken = 0

    def tracer(frame: FrameType, event: str, _: object) -> Any:
        nonlocal taken
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        taken += event == "opcode"
        return tracer

    sys.settrace(tracer)
    try:
        assert next(finds(text.encode())) is not None
    finally:
        sys.settrace(None)
    return taken


@pytest.mark.parametrize(
    "piece", ["a{}@b.example ", "0812-3456-{:04} ", "lahir 1-1-{:04} ", "a{} at b dot c ", "a@ ", "1 "]
)
def test_four_times_the_text_takes_four_times_the_steps(piece: str) -> None:
    short, long = ("".join(piece.format(1900 + n % 90) for n in range(count)) + NIK for count in (150, 600))
    assert steps(long) < 4.5 * steps(short)


def test_a_mail_address_is_only_looked_for_beside_its_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    class Counting:
        def finditer(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
            read.append(end - start)
            return pattern.finditer(text, start, end)

    pattern = recognise._EMAIL
    monkeypatch.setattr(recognise, "_EMAIL", Counting())
    assert next(finds(("a@ " * 1_000).encode()), None) is None
    assert len(read) == 1_000
    assert max(read) < 150


def test_a_key_counts_only_where_the_model_has_it() -> None:
    assert declared({"phone": "(0712) 321234"}, MODELS["site_config"]) == NOTHING
    assert declared({"tps": [{"phone": "(0712) 321234"}]}, MODELS["village_tps"]) == NOTHING
    assert declared(["odd"], MODELS["site_config"]) == declared("odd", MODELS["site_config"]) == NOTHING


DECREE = "0234/5678/01.02.03/2024"


@pytest.mark.parametrize(
    ("name", "tree"),
    [
        ("village_tps", {"tps": [{"changes": [{"decree": f"SK Nomor {DECREE}"}]}]}),
        ("village_tps", {"source": {"document": f"SK {DECREE}"}}),
        ("schedule", {"stages": [{"basis": DECREE}]}),
        ("news", {"sources": [{"name": f"Surat {DECREE}, 1 Desember 2024"}]}),
        ("election", {"legal_bases": [{"document": DECREE}]}),
    ],
)
def test_the_number_of_a_decree_is_declared_by_its_field(name: str, tree: object) -> None:
    assert kinds(f"Dasarnya {DECREE}.") != []
    assert list(declared(tree, MODELS[name]).remaining(f"Dasarnya {DECREE}.".encode())) == []


@pytest.mark.parametrize("text", ["081234567890/2024", "0812/3456/7890", "0812-3456-7890", f"{NIK}/SK/2024"])
def test_a_field_of_decrees_lets_nothing_else_pass(text: str) -> None:
    found = declared({"tps": [{"changes": [{"decree": text}]}]}, MODELS["village_tps"])
    assert len(list(found.remaining(text.encode()))) == 1


PUBLISHED = (
    "search/0a1b2c3d.js", "berita.atom", "hari-memilih.ics", "sitemap.xml", "sw.js", "data/portal.json",
    "data/tps.csv", "static/img/favicon.svg", "robots.txt",
)  # fmt: skip


def looked_at(path: str, data: str, source: str = "", others: Declared = NOTHING) -> list[Problem]:
    gate = Gate(others)
    gate.look(path, data.encode(), source)
    return gate.problems


@pytest.mark.parametrize("path", PUBLISHED)
@pytest.mark.parametrize("value", [NIK, "0812-3456-7890", "petugas@contoh.id", "０８１２３４５６７８９０"])
def test_everything_that_is_published_passes_the_gate(path: str, value: str) -> None:
    problems = looked_at(path, f'satu\n{{"a": "b {value} c"}}\n')
    assert [(problem.path, problem.line) for problem in problems] == [(path, 2)]


@pytest.mark.parametrize("source", ["", "content/regions/a.yaml"])
@pytest.mark.parametrize("value", [NIK, "0812-3456-7890", "petugas@contoh.id"])
def test_a_page_of_values_passes_it_too(source: str, value: str) -> None:
    assert len(looked_at("a.html", f"<p>satu</p>\n<td>b {value} c</td>\n", source)) == 1


def test_the_name_of_a_file_is_published_too() -> None:
    assert [problem.line for problem in looked_at(f"static/img/{NIK}.svg", "<svg/>")] == [0]


@pytest.mark.parametrize(
    "text",
    [f"<p>{NIK}</p>", "<p>0812-3456-7890</p>", '<a href="mailto:petugas@contoh.id">', "<td>0812 3456 7890</td>"],
)
def test_a_page_made_of_yaml_tells_its_file(text: str) -> None:
    source = "content/regions/a.yaml"
    (problem,) = looked_at("a/b.html", f"<html>\n{text}\n", source)
    assert (problem.path, problem.line) == (source, 0)
    assert dict(problem.what.values)["file"] == "a/b.html"


@pytest.mark.parametrize(
    "text", ["<p>0812<b>3456</b>7890</p>", "<p>0812<!-- x -->34567890</p>", "<p>&#48;812 3456 7890</p>"]
)
def test_markup_does_not_hide_a_number(text: str) -> None:
    assert [problem.code for problem in looked_at("a.html", text, "content/pages/a.md")] == ["privacy.phone"]


def test_the_end_of_a_paragraph_ends_a_number() -> None:
    assert looked_at("a.html", "<td>577241</td>\n<td>294966</td>\n<td>2822</td>\n<p>0812</p><p>345678</p>") == []


def test_a_style_is_searched_once_and_whole() -> None:
    gate = Gate(NOTHING)
    for path in ("a.html", "b.html"):
        gate.look(path, f"<style>{NIK}</style>\n<p>{path}</p>".encode(), "content/regions/a.yaml")
    gate.look("c.html", f"<style>x{NIK}</style>".encode(), "content/regions/a.yaml")
    assert [dict(problem.what.values)["file"] for problem in gate.problems] == ["a.html", "c.html"]


def test_what_the_office_declares_passes_the_gate() -> None:
    office = declared(CONTACT, MODELS["site_config"])
    page = '<a href="tel:(0712)-321234">(0712) 321234</a>\n<a href="mailto:KPU@contoh.go.id?subject=a">'
    for source in ("", "content/regions/a.yaml"):
        assert looked_at("a.html", page, source, office) == []
        assert len(looked_at("a.html", page.replace("KPU@", "x@"), source, office)) == 1


def test_the_whole_content_holds_no_personal_data() -> None:
    folders = (ROOT / "content", MINI / "content", ROOT / "data" / "starter")
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in (".yaml", ".md")]
    texts = {str(path): path.read_text("utf-8") for path in files}
    assert len(texts) > 350
    assert list(check_texts(texts, {})) == []
