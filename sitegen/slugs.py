"""Names of places as they stand in addresses and file names: ``a``–``z``, digits and hyphens only."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

MAX_LENGTH = 60
RESERVED = frozenset({"con", "prn", "aux", "nul", "index"} | {f"{p}{n}" for p in ("com", "lpt") for n in range(10)})
"""Names that Windows keeps for itself, and that of every folder's page."""
_QUOTES = dict.fromkeys(
    map(ord, "'\"`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u2032\u02b9\u02bb\u02bc\u02bd\u02c8")
)
"""Signs that stand for a glottal stop, in all the forms they are typed in."""
_APART = re.compile(r"\.(?=\w\w)|[^\w.]|_")
_NOT_ALLOWED = re.compile(r"[^a-z0-9-]")


class Named(NamedTuple):
    """Something that needs a slug: ``key`` is its identity (a code), ``suffix`` tells it from namesakes."""

    key: str
    name: str
    suffix: str


def slug(name: str) -> str:
    """The slug of a name: ``Jua-jua`` → ``jua-jua``, ``Ba'u`` → ``bau``, ``Lalai I/II`` → ``lalai-i-ii``.

    Accents and quotes are dropped, slashes and other signs part words; a dot is dropped unless a word
    follows it at once (``Tgk.Dibanda`` → ``tgk-dibanda``, ``P.O. Hurlang`` → ``po-hurlang``). Never empty,
    never a name that Windows reserves, at most 60 characters, cut at a hyphen where there is one.
    """
    letters = unicodedata.normalize("NFKD", name.translate(_QUOTES))
    text = "".join(sign for sign in letters if not unicodedata.combining(sign))
    text = _NOT_ALLOWED.sub("", _APART.sub("-", text.casefold()))
    made = _shorten(re.sub(r"-+", "-", text).strip("-"), MAX_LENGTH)
    if not made:
        return "tanpa-nama"
    return f"nama-{made}" if made in RESERVED else made


def _shorten(text: str, length: int) -> str:
    """At most ``length`` characters of a slug, whole words if possible."""
    if len(text) <= length:
        return text
    words = text[: length + 1].rpartition("-")[0] or text[:length]
    return words.strip("-")


def unique_slugs(items: Iterable[Named]) -> dict[str, str]:
    """Slug of every item by its key. A name that occurs once gets its plain slug; namesakes all get
    their suffix (``sukaraja-2007``), because none of them is the one that is meant. The result does not
    depend on the order of the items.
    """
    items = sorted(items)
    plain = {item.key: slug(item.name) for item in items}
    times = Counter(plain.values())
    taken = {name for name, count in times.items() if count == 1}
    return {item.key: plain[item.key] if times[plain[item.key]] == 1 else _apart(item, taken) for item in items}


def _apart(item: Named, taken: set[str]) -> str:
    """The item's slug with its suffix, or with its whole key when even that is taken; adds it to ``taken``."""
    for ending in (item.suffix, slug(item.key)):
        found = f"{_shorten(slug(item.name), MAX_LENGTH - len(ending) - 1)}-{ending}"
        if found not in taken:
            taken.add(found)
            return found
    raise ValueError(f"no address is left for {item.key} {item.name}")


def village_slugs(villages: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Slugs of the villages (code, name) of one kecamatan by code; namesakes carry the end of their code."""
    return unique_slugs(Named(code, name, code.rpartition(".")[2]) for code, name in villages)


def kecamatan_slugs(kecamatan: Iterable[tuple[str, str]], regency_names: dict[str, str]) -> dict[str, str]:
    """Slugs of kecamatan (code, name) by code, unique among all that are given; namesakes carry their
    kabupaten or kota, whose names are given by code (``"16.02": "Kabupaten Ogan Komering Ilir"``).
    """
    return unique_slugs(
        Named(code, name, slug(regency_names[code[:5]].removeprefix("Kabupaten "))) for code, name in kecamatan
    )
