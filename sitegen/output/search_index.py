"""The index that the search loads: every kecamatan and village, as few bytes as are readable.

The format is described in ``docs/search.md``; ``static/js/search.js`` reads it. The villages of a kabupaten fit
into one file. More are cut into files of about ``ENTRIES`` names that are fetched when they are needed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from markupsafe import Markup

from sitegen.keys import key_of_value
from sitegen.model.export import KecamatanExport, VillageExport
from sitegen.model.region import VillageKind, village_kind
from sitegen.model.summary import KecamatanSummary, VillageSummary
from sitegen.names import Reading, readings
from sitegen.pages.articles import Guide, NewsItem

Kecamatan = KecamatanSummary | KecamatanExport
"""A kecamatan of this site, or of another one: then its ``url`` is absolute, and the search leads there."""
Village = VillageSummary | VillageExport
WHOLE = 1_000
"""So many villages stand in one file; the largest kabupaten has about 850."""
ENTRIES = 850
"""About so many names stand in a file of an index that is cut."""

_ARTICLES = "\t.\t\t.\t-"
"""What stands where villages have their kecamatan: the site's root, and no place to be found itself."""
_HEADING = re.compile(r"<h[2-4][^>]*>(.*?)</h[2-4]>", re.DOTALL)
_PLAIN_NAME = re.compile(r"[A-Za-z0-9]+(?:[ -]+[A-Za-z0-9]+)*")


class Cut(NamedTuple):
    """The places of an index that is cut, by a ``key`` of what they are made of: the first name of each file and its
    path, in the order of the names, and in that of the names read from their end."""

    key: str
    heads: list[tuple[str, str]]
    tails: list[tuple[str, str]]

    @property
    def paths(self) -> frozenset[str]:
        """Paths of its files."""
        return frozenset(path for _, path in (*self.heads, *self.tails))


class SearchIndex(NamedTuple):
    """The files of an index by path, without those of a ``cut`` that stand already; ``root`` is the one that a page
    names."""

    root: str
    files: Mapping[str, bytes]
    cut: Cut | None = None

    def key(self, path: str) -> str:
        """The key of what the file at ``path`` is made of; empty if it has none."""
        return self.cut.key if self.cut and path in self.cut.paths else ""


class _Place(NamedTuple):
    """A kecamatan, or one of its villages, as a line and as what is sorted."""

    kecamatan: Kecamatan
    village: Village | None

    @property
    def order(self) -> tuple[str, str, str]:
        """A kecamatan before its villages, these by name: neighbours that look alike compress well."""
        return self.kecamatan.code, *((self.village.name, self.village.code) if self.village else ("", ""))


def search_index(
    kecamatan: Sequence[Kecamatan],
    articles: Iterable[NewsItem | Guide],
    regions: Callable[[], Mapping[str, str]] = dict,
    key: str = "",
    standing: Cut | None = None,
) -> SearchIndex:
    """The index of ``kecamatan``, news and guides. ``regions`` names the kabupaten and kota by code; results tell them
    where there are several. ``key`` is one of the search keys of all ``kecamatan``. ``standing`` is the cut with this
    key, if its files stand already: the same ``kecamatan`` must then lie in regions of the same names. Same content,
    same files."""
    texts = _file({"places": "\n".join(["\t\t", _ARTICLES, *map(_article_line, articles)])})
    places = [_Place(one, village) for one in kecamatan for village in (None, *one.villages)]
    if len(places) - len(kecamatan) <= WHOLE:
        root = _file({"places": _text(places, _named(kecamatan, regions)), "texts": texts[0]})
        return SearchIndex(root[0], dict([root, texts]))
    cut, files = standing, dict([texts])
    if cut is None:
        names = _named(kecamatan, regions)
        entries = [(reading.key, place) for place in places for reading in _readings(place)]
        heads = _cut(entries, names, files)
        cut = Cut(key, heads, _cut([(name[::-1], place) for name, place in entries], names, files))
    root = _file({"heads": cut.heads, "tails": cut.tails, "texts": texts[0]})
    return SearchIndex(root[0], {**files, **dict([root])}, cut)


def _named(kecamatan: Iterable[Kecamatan], regions: Callable[[], Mapping[str, str]]) -> Mapping[str, str]:
    """Names of the kabupaten and kota, nothing if there is only one."""
    return regions() if len({one.code[:5] for one in kecamatan}) > 1 else {}


def search_key(one: KecamatanSummary) -> str:
    """A key of all that the lines of a kecamatan and its villages tell."""
    own = (one.code, one.name, one.other_names, one.url, one.slug, one.totals.villages, one.totals.tps)
    return key_of_value((own, [*map(_told, one.villages)]))


def _told(village: VillageSummary) -> tuple[object, ...]:
    return (
        village.code, village.name, village.other_names, village.slug, village.numbers, village.changed_numbers,
        village.ended,
    )  # fmt: skip


def _readings(place: _Place) -> Iterator[Reading]:
    named = place.village or place.kecamatan
    return (reading for name in (named.name, *named.other_names) for reading in readings(name))


def _file(content: Mapping[str, object]) -> tuple[str, bytes]:
    """A file named by its content. It is a script: browsers load no other data from ``file://``."""
    text = "{" + ",".join(f'"{key}":{_literal(value)}' for key, value in content.items()) + "}"
    path = f"search/{hashlib.sha256(text.encode()).hexdigest()[:8]}.js"
    return path, f'(globalThis.papanData??={{}})["{path}"]={text}'.encode()


def _literal(value: object) -> str:
    """``value`` as JavaScript. A text is a template, where tabs and line ends stand as they are: fewer bytes."""
    if isinstance(value, str):
        return "`" + re.sub(r"[\\`]|\$(?=\{)", r"\\\g<0>", value) + "`"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _cut(
    entries: Iterable[tuple[str, _Place]], regions: Mapping[str, str], files: dict[str, bytes]
) -> list[tuple[str, str]]:
    """Cut ``entries`` into ``files``; the first key of each and its name, in order."""
    ordered = sorted(entries, key=lambda entry: (entry[0], entry[1].order))
    listed = []
    last = ""
    for part in _parts(ordered):
        path, data = _file({"places": _text({place.order: place for _, place in part}.values(), regions)})
        files[path] = data
        listed.append((_shortest(last, part[0][0]), path))
        last = part[-1][0]
    return listed


def _parts(ordered: list[tuple[str, _Place]]) -> Iterator[list[tuple[str, _Place]]]:
    """About ``ENTRIES`` a part; the places of one name are never parted."""
    part: list[tuple[str, _Place]] = []
    for _, same in groupby(ordered, key=lambda entry: entry[0]):
        part += same
        if len(part) >= ENTRIES:
            yield part
            part = []
    if part:
        yield part


def _shortest(before: str, first: str) -> str:
    """The shortest beginning of ``first`` that comes after ``before``."""
    return next(first[:end] for end in range(len(first) + 1) if first[:end] > before or first[:end] == first)


def _text(places: Iterable[_Place], regions: Mapping[str, str]) -> str:
    """``places`` as lines: each region, in it each kecamatan, in it its villages."""
    lines: list[str] = []
    region = None
    for kecamatan, group in groupby(sorted(places, key=lambda place: place.order), key=lambda place: place.kecamatan):
        if kecamatan.code[:5] != region:
            region = kecamatan.code[:5]
            lines.append(_line("", "", kecamatan.url.removesuffix(f"{kecamatan.slug}.html"), regions.get(region, "")))
        villages = [place.village for place in group]
        lines.append(_kecamatan_line(kecamatan, villages))
        lines += [_village_line(village) for village in villages if village]
    return "\n".join(lines)


def _kecamatan_line(kecamatan: Kecamatan, here: Sequence[Village | None]) -> str:
    """A kecamatan; with counts unless all its villages stand ``here``, with a hyphen if it is not itself
    among what is to be found."""
    totals = kecamatan.totals
    is_whole = len(here) == 1 + len(kecamatan.villages)
    counts = ("",) if is_whole else (str(totals.villages), str(totals.tps))
    return _line(
        "",
        kecamatan.name,
        "|".join(kecamatan.other_names),
        _slug_if_odd(kecamatan.name, kecamatan.slug),
        *(counts if here[0] is None else "-"),
    )


def _village_line(village: Village) -> str:
    kind = "" if village_kind(village.code) is VillageKind.DESA else village.code.rpartition(".")[2][0]
    return _line(
        village.name,
        _numbers(village.numbers),
        kind,
        "|".join(village.other_names),
        _slug_if_odd(village.name, village.slug),
        _numbers(village.changed_numbers),
        str(village.ended or ""),
    )


def _article_line(article: NewsItem | Guide) -> str:
    """A news item or guide as if it were a village: title, kind, summary and headings as other names, address."""
    headings = [Markup(found).striptags() for found in _HEADING.findall(article.body)]
    others = "|".join(text.replace("|", " ") for text in (article.head.summary, *headings))
    kind = "n" if isinstance(article, NewsItem) else "g"
    return _line(article.head.title, "", kind, others, article.url.removesuffix(".html"))


def _line(*cells: str) -> str:
    """Cells with tabs between them, without the empty ones at the end."""
    return "\t".join(cell.replace("\t", " ") for cell in cells).rstrip("\t")


def _slug_if_odd(name: str, slug: str) -> str:
    """The slug, or nothing if it is the name in small letters with hyphens, as the script can see itself."""
    plain = _PLAIN_NAME.fullmatch(name) and slug == re.sub(r"[ -]+", "-", name.lower())
    return "" if plain else slug


def _numbers(numbers: Iterable[int]) -> str:
    """TPS numbers: ``4`` stands for 1 to 4, everything else is written out as ``1-3,5,901-902``."""
    runs = list(_runs(sorted(numbers)))
    if len(runs) == 1:
        low, high = runs[0]
        return str(high) if low == 1 else f"{low}-{high}"
    return ",".join(str(low) if low == high else f"{low}-{high}" for low, high in runs)


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """First and last number of every row of neighbours in ``numbers``, which are sorted."""
    gaps = [after for before, after in enumerate(range(1, len(numbers))) if numbers[after] != numbers[before] + 1]
    for start, end in pairwise([0, *gaps, len(numbers)]):
        if start < end:
            yield numbers[start], numbers[end - 1]
