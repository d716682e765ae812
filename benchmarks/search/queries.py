"""What people type: names as they are, without spaces, mistyped, shortened, and as other lists spell them."""

from __future__ import annotations

import csv
import random
import re
import string
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from sitegen.model.summary import KecamatanSummary, VillageSummary

VARIANTS = Path(__file__).with_name("variants.tsv")
SHORT = {
    "tanjung": ("tj", "tjg"), "sungai": ("sei", "sg", "s."), "pangkalan": ("pkl",), "pulau": ("p.", "pl"),
    "tulung": ("tlg",), "talang": ("tlg",), "lubuk": ("lb",), "lebung": ("lb",), "simpang": ("sp",),
    "sirah pulau": ("sp",), "desa": ("ds",),
}  # fmt: skip


class Query(NamedTuple):
    """What is typed, and the address of the village that is meant."""

    text: str
    url: str


Maker = Callable[[str], Iterable[str]]


def exact(name: str) -> Iterator[str]:
    """The name."""
    yield name


def unspaced(name: str) -> Iterator[str]:
    """The name without spaces and hyphens, if it has any."""
    text = re.sub(r"[ -]", "", name)
    if text != name:
        yield text.lower()


def one_edit(name: str) -> Iterator[str]:
    """Every letter left out, exchanged with the next, replaced and followed by another one."""
    chance = random.Random(name)  # noqa: S311 a sample, not a secret
    text = name.lower()
    for at in (i for i, letter in enumerate(text) if letter.isalpha()):
        other = chance.choice(string.ascii_lowercase.replace(text[at], ""))
        yield text[:at] + text[at + 1 :]
        yield text[:at] + other + text[at + 1 :]
        yield text[: at + 1] + other + text[at + 1 :]
        if text[at + 1 : at + 2].isalpha() and text[at] != text[at + 1]:
            yield text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def shortened(name: str) -> Iterator[str]:
    """The name with each word that is often written short, written short."""
    for word, forms in SHORT.items():
        for form in forms:
            text = re.sub(rf"\b{word}\b", form, name.lower(), count=1)
            if text != name.lower():
                yield text


MAKERS: dict[str, Maker] = {
    "exact": exact,
    "no spaces": unspaced,
    "one edit": one_edit,
    "abbreviations": shortened,
}


def queries(places: Sequence[KecamatanSummary], most: int) -> dict[str, list[Query]]:
    """Every set of queries, each at most ``most`` long; larger ones are a seeded sample."""
    villages = {village.code: village for one in places for village in one.villages}
    sets = {
        name: [Query(text, v.url) for v in villages.values() for text in make(v.name)] for name, make in MAKERS.items()
    }
    sets |= {f"variants: {kind}": found for kind, found in _variants(villages).items()}
    return {name: _sample(found, most) for name, found in sets.items() if found}


def _variants(villages: dict[str, VillageSummary]) -> dict[str, list[Query]]:
    found: dict[str, list[Query]] = {}
    if VARIANTS.exists():
        with VARIANTS.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                if row["code"] in villages:
                    found.setdefault(row["category"], []).append(Query(row["variant"], villages[row["code"]].url))
    return found


def _sample(found: list[Query], most: int) -> list[Query]:
    return found if len(found) <= most else random.Random(most).sample(found, most)  # noqa: S311
