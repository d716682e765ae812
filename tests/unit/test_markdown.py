"""Markdown to HTML: only what the sanitiser lets through, links that work at every depth."""

from __future__ import annotations

import re

import pytest
from markupsafe import Markup

from sitegen.content.markdown import Image, illustrated, placed, to_html

OUTSIDE = 'rel="noopener noreferrer"'


def html(text: str, root: str = "") -> str:
    return str(placed(to_html(text).html, lambda url: root + url))


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <script src=https://x.example/x.js></script> b",
        '<p onclick="alert(1)" onmouseover=alert(1)>t</p>',
        "<svg onload=alert(1)></svg>",
        "<iframe src=https://x.example></iframe>",
        "<style>p{}</style>",
        '<p style="position:fixed">t</p>',
        "<form action=x><input name=nik></form>",
        "<object data=x></object><embed src=x><base href=x><meta http-equiv=refresh content=0><link rel=x>",
        "<details open ontoggle=alert(1)>x</details>",
        "<math><mtext></mtext></math>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](java&#115;cript:alert(1))",
        "[a](vbscript:x)",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](file:///etc/passwd)",
        '<a href="javascript:alert(1)">a</a>',
        "![a](data:image/svg+xml;base64,PHN2Zz4=)",
        "<img src=x onerror=alert(1)>",
        "<img src=javascript:alert(1) srcset='https://x.example/a.png 2x' style=position:fixed>",
        "<video src=x></video>",
        "a{: onclick=alert(1) }",
        '[a](/x "t\\" onclick=\\"alert(1)")',
        "<!-- comment --><?php x ?>",
        "<p class=strip>t</p>",
    ],
)
def test_nothing_dangerous_is_left(text: str) -> None:
    made = html(text)
    left = re.sub(r'"[^"]*"', '""', " ".join(re.findall(r"<[^>]*>", made))).lower()
    forbidden = r"script|style|iframe|svg|srcset|form|input|object|embed|base|meta|link|video|details|math"
    assert not re.search(forbidden, left)
    assert not re.search(r"\son\w+=|class=|<[!?]", left)
    assert not re.search(r'(href|src)="(javascript|vbscript|data|file)', made.lower())


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("<script>x</script>", {"script"}),
        ("![a](/a.png)", set()),
        ("# Main title", {"h1"}),
        ("<font>a</font><u>b</u>", {"font", "u"}),
        ("## Fine\n\n*a* **b** `c`\n\n> d\n\n---\n\n1. e\n", set()),
        ("`<b>`", set()),
    ],
)
def test_elements_that_vanish_are_told(text: str, refused: set[str]) -> None:
    assert to_html(text).refused == refused


@pytest.mark.parametrize(
    ("written", "at_home", "deeper"),
    [
        ("/cara-memilih.html", "cara-memilih.html", "../../cara-memilih.html"),
        ("/cara-memilih.html#isi", "cara-memilih.html#isi", "../../cara-memilih.html#isi"),
        ("/", "index.html", "../../index.html"),
        ("/#isi", "index.html#isi", "../../index.html#isi"),
        ("#isi", "#isi", "#isi"),
        ("https://kpu.go.id/a", "https://kpu.go.id/a", "https://kpu.go.id/a"),
        ("tel:112", "tel:112", "tel:112"),
        ("mailto:kpu@kpu.example", "mailto:kpu@kpu.example", "mailto:kpu@kpu.example"),
    ],
)
def test_links_of_the_site_become_relative(written: str, at_home: str, deeper: str) -> None:
    assert html(f"[a]({written})") == f'<p><a href="{at_home}" {OUTSIDE}>a</a></p>'
    assert html(f"[a]({written})", "../../") == f'<p><a href="{deeper}" {OUTSIDE}>a</a></p>'
    assert to_html(f"[a]({written})").links == (written,)


def test_all_links_of_a_text_are_found_as_written() -> None:
    text = "[a](/a.html) <a href='/b.html'>b</a> [c]\n\n[c]: /c.html 'Title'\n\n| [d](/d.html) |\n|-|\n| e |\n"
    assert to_html(text).links == ("/a.html", "/b.html", "/c.html", "/d.html")


def test_headings_have_anchors() -> None:
    made = to_html("## Apa yang dibawa?\n\n### Isi\n\n## Isi\n")
    assert made.ids == {"apa-yang-dibawa", "isi", "isi_1"}
    assert '<h2 id="apa-yang-dibawa">Apa yang dibawa?</h2>' in made.html


def test_anchors_start_anew_in_every_text() -> None:
    assert to_html("## Isi\n").ids == to_html("## Isi\n").ids == {"isi"}


def test_footnotes_lead_there_and_back() -> None:
    made = html("Fakta.[^a]\n\n[^a]: Sumber.\n")
    assert f'<sup id="fnref:a"><a class="footnote-ref" href="#fn:a" {OUTSIDE}>1</a></sup>' in made
    assert '<div class="footnote">' in made
    assert '<li id="fn:a">' in made
    assert 'class="footnote-backref" href="#fnref:a" title="Kembali ke catatan 1"' in made


def test_every_table_is_framed_so_that_only_it_scrolls() -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n"
    made = html(f"{table}\ntext\n\n{table}")
    assert made.count('<div class="table-scroll" tabindex="0"><table>') == made.count("</table></div>") == 2
    assert "<th>a</th>" in made
    assert "<td>2</td>" in made


def test_lists_as_they_are_written() -> None:
    assert html("3. x\n4. y") == '<ol start="3">\n<li>x</li>\n<li>y</li>\n</ol>'
    assert html("1. a\n\n- b").count("<li>") == 2
    assert "<ul>" in html("1. a\n\n- b")


def test_text_stays_text() -> None:
    assert html("1 < 2 & `<b>` {{ x }} {% y %}") == "<p>1 &lt; 2 &amp; <code>&lt;b&gt;</code> {{ x }} {% y %}</p>"


def test_pictures_are_told_as_they_were_written() -> None:
    text = """![Papan "TPS" & tiang](/media/a%20b.jpg "Foto: KPU")

Kata ![dalam kalimat](/media/c.png) lagi.

- ![](d.webp)

![lain](https://x.example/e.jpg)

![f](data:image/png;base64,AA) <img src=/media/g.jpg alt=mentah>
"""
    assert to_html(text).images == (
        Image("/media/a b.jpg", 'Papan "TPS" & tiang', "Foto: KPU", True),
        Image("/media/c.png", "dalam kalimat", "", False),
        Image("d.webp", "", "", False),
        Image("https://x.example/e.jpg", "lain", "", True),
        Image("", "f", "", False),
        Image("/media/g.jpg", "mentah", "", False),
    )
    assert to_html("`![a](/a.png)`").images == ()


def test_a_picture_gives_way_to_its_figure() -> None:
    made = to_html('a\n\n![b > c](/media/b.jpg "d")\n\ne').html
    shown = illustrated(made, lambda image: Markup("<figure>{}</figure>").format(image.description))
    assert str(shown) == "<p>a</p>\n<figure>b &gt; c</figure>\n<p>e</p>"
