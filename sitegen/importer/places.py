"""Names of kecamatan and villages, as they stand in spreadsheets, to the official codes of the content."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sitegen.importer.cells import Cell
from sitegen.importer.questions import LEAVE_OUT, SKIP, Answers, Choice, Question
from sitegen.importer.values import Unclear
from sitegen.model.region import Kecamatan, VillageKind, village_kind
from sitegen.names import readings
from sitegen.problems import msg, verbatim

MOST_CHOICES = 8
_CODE_BEFORE = re.compile(r"^[\[(]?\d[\d.]*[\])]?\s*[-–—:./|]?\s*(?=[^\W\d])")
_CODE_BEHIND = re.compile(r"\s*[-–—:]?\s*[\[(]\s*\d[\d.]*\s*[\])]$")
_KIND = re.compile(r"^(?:(desa|ds)|(kelurahan|kel)|kampung|nagari|gampong)\b\.?\s*[:/]?\s*(?=\S)", re.IGNORECASE)
_LEVEL = re.compile(r"^(?:kecamatan|kec|distrik)\b\.?\s*:?\s*(?=\S)", re.IGNORECASE)
_REGENCY = re.compile(r"^(?:(kabupaten|kab)|(kota))\b\.?\s*:?\s*(?:administrasi\s+)?(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A kecamatan or village, with every name that it goes by; the first is the official one."""

    code: str
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        """The official name."""
        return self.names[0]


class Names:
    """Places by the ways their names may be read, as the search does."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = {place.code: place for place in places}
        self._by: list[dict[str, list[str]]] = [{}, {}, {}]
        for place in self.places.values():
            for number, name in enumerate(place.names):
                for reading in readings(name):
                    self._note(0 if number == 0 else 1, reading.plain, place.code)
                    self._note(2, reading.key, place.code)

    def _note(self, level: int, text: str, code: str) -> None:
        codes = self._by[level].setdefault(text, [])
        if code not in codes:
            codes.append(code)

    def named(self, text: str) -> list[str]:
        """Codes of the places that ``text`` may mean: written alike, else by another name, else sounding alike."""
        ways = readings(text)
        for level, forms in enumerate(([w.plain for w in ways], [w.plain for w in ways], [w.key for w in ways])):
            found = dict.fromkeys(code for form in forms if form for code in self._by[level].get(form, ()))
            if found:
                return list(found)
        return []

    def near(self, text: str) -> list[str]:
        """Codes of places whose names look like ``text``, the nearest first."""
        keys = {key: codes for key, codes in self._by[2].items() if key}
        wanted = readings(text)[0].key
        close = difflib.get_close_matches(wanted, keys, n=MOST_CHOICES, cutoff=0.6)
        return list(dict.fromkeys(code for key in close for code in keys[key]))[:MOST_CHOICES]


class Regions:
    """The kecamatan and villages of a site."""

    def __init__(self, kecamatan: Sequence[Kecamatan], region: tuple[str, str, str]) -> None:
        self.code, *self.region_names = region
        self.kecamatan = Names(Place(k.code, (k.name, *k.other_names)) for k in kecamatan)
        self.villages = {k.code: Names(Place(v.code, (v.name, *v.other_names)) for v in k.villages) for k in kecamatan}
        self.all = Names(place for names in self.villages.values() for place in names.places.values())
        self._regencies: Names | None = None

    def label(self, code: str) -> str:
        """``Celikah, Kec. Kayu Agung``."""
        kecamatan = self.kecamatan.places[code[:8]].name
        return f"{self.all.places[code].name}, Kec. {kecamatan}" if len(code) > 8 else f"Kec. {kecamatan}"

    def is_here(self, regency: str) -> bool:
        """Whether the name of a kabupaten or kota may mean one that this site covers."""
        text = _CODE_BEFORE.sub("", regency.strip())
        kind = _REGENCY.match(text)
        wanted = {reading.key for reading in readings(_REGENCY.sub("", text))}
        return any(
            wanted & {reading.key for reading in readings(_REGENCY.sub("", name))}
            and not (kind and (own := _REGENCY.match(name)) and bool(kind[2]) != bool(own[2]))
            for name in self._region_names()
        )

    def _region_names(self) -> Sequence[str]:
        if "." in self.code:
            return self.region_names
        from sitegen import hierarchy

        return [area.name for area in hierarchy.regencies(self.code)]

    def kecamatan_meant(self, text: str) -> list[str]:
        """Every kecamatan that a text may mean."""
        return next((found for way in _variants(text, _LEVEL) if (found := self.kecamatan.named(way))), [])

    def kecamatan_of(self, cell: Cell, answers: Answers) -> str | None:
        """Code of the kecamatan that a cell names; None when its rows are left out or its question is open."""
        found = self.kecamatan_meant(cell.text)
        if len(found) == 1:
            return found[0]
        digits = re.sub(r"\D", "", cell.text)
        code = ".".join((digits[:2], digits[2:4], digits[4:6]))
        if len(digits) == 6 and code in self.kecamatan.places:
            return code
        candidates = found or self.kecamatan.near(_bare(cell.text, _LEVEL)) or list(self.kecamatan.places)
        answer = answers.ask(
            Question(
                "kecamatan",
                "",
                cell.text,
                cell.place,
                msg('There is no kecamatan "%(name)s" here', name=cell.text[:60])
                if not found
                else msg('"%(name)s" can be several kecamatan', name=cell.text[:60]),
                self._choices(candidates),
            ),
            self._one(self.kecamatan),
        )
        return answer if answer != SKIP else None

    def village_of(self, cell: Cell, kecamatan: str | None, answers: Answers) -> str | None:
        """Code of the village that a cell names, inside ``kecamatan`` when that is known; None when its rows are left
        out or its question is open.

        Raises Unclear when the cell's code and name mean two villages.
        """
        names = self.villages[kecamatan] if kecamatan else self.all
        found = self._named(cell.text, names)
        coded = self.with_code(cell.text)
        if coded and found and coded not in found:
            raise Unclear(
                "import.code-and-name",
                msg(
                    'Code and name differ in "%(value)s": the code is that of %(village)s',
                    value=cell.text[:60], village=self.label(coded),
                ),
                msg("Correct the code or the name."),
            )  # fmt: skip
        if coded and (found or not _letters(cell.text)):
            return (
                coded if not kecamatan or coded.startswith(kecamatan) else self._ask(cell, kecamatan, [coded], answers)
            )
        if len(found) == 1:
            return found[0]
        return self._ask(cell, kecamatan, found, answers)

    def with_code(self, text: str) -> str | None:
        """The village whose ten digits begin the text, however they are grouped."""
        match = re.match(r"[\[(]?\s*(\d{2})[. ]?(\d{2})[. ]?(\d{2})[. ]?(\d{4})(?!\d)", text.strip())
        code = ".".join(match.groups()) if match else ""
        return code if code in self.all.places else None

    def meant(self, text: str, kecamatan: str | None) -> list[str]:
        """Every village, of one kecamatan or of all, that a text may mean."""
        return self._named(text, self.villages[kecamatan] if kecamatan else self.all)

    def _named(self, text: str, names: Names) -> list[str]:
        kind = _KIND.match(_CODE_BEFORE.sub("", text) if _CODE_BEFORE.match(text) else text)
        wanted = {1: VillageKind.DESA, 2: VillageKind.KELURAHAN}.get(kind.lastindex or 0) if kind else None
        for variant in _variants(text, _KIND):
            found = names.named(variant)
            if len(found) > 1 and wanted:
                found = [code for code in found if village_kind(code) is wanted] or found
            if found:
                return found
        return []

    def _ask(self, cell: Cell, kecamatan: str | None, found: Sequence[str], answers: Answers) -> str | None:
        bare = _bare(cell.text, _KIND)
        if found:
            candidates = list(found)
            what = (
                msg('"%(name)s" can be several villages', name=cell.text[:60])
                if len(found) > 1
                else msg('"%(name)s" is a village of another kecamatan', name=cell.text[:60])
            )
        else:
            near = self.villages[kecamatan].near(bare) if kecamatan else self.all.near(bare)
            elsewhere = self._named(cell.text, self.all) if kecamatan else []
            own = list(self.villages[kecamatan].places) if kecamatan else []
            candidates = list(dict.fromkeys([*near, *elsewhere])) or own
            where = self.kecamatan.places[kecamatan].name if kecamatan else ""
            what = (
                msg('Kec. %(kecamatan)s has no village "%(name)s"', kecamatan=where, name=cell.text[:60])
                if kecamatan
                else msg('There is no village "%(name)s" here', name=cell.text[:60])
            )
        question = Question("village", kecamatan or "", cell.text, cell.place, what, self._choices(candidates))
        answer = answers.ask(question, self._one(self.villages[kecamatan] if kecamatan else self.all))
        return answer if answer != SKIP else None

    def _one(self, names: Names) -> Callable[[str], str | None]:
        """Which place an answer means that names any place at all, by its code or clearly by its name."""
        known = self.kecamatan if names is self.kecamatan else self.all

        def one(text: str) -> str | None:
            found = [text] if text in known.places else names.named(text)
            return found[0] if len(found) == 1 else None

        return one

    def _choices(self, codes: Sequence[str]) -> tuple[Choice, ...]:
        return (*(Choice(code, verbatim(self.label(code))) for code in codes), LEAVE_OUT)


def _variants(text: str, prefix: re.Pattern[str]) -> list[str]:
    """The text, then without what may stand around a name: first as written, because of villages such as 35 Ilir."""
    behind = _CODE_BEHIND.sub("", text)
    before = _CODE_BEFORE.sub("", behind)
    ways = (text, prefix.sub("", text), behind, prefix.sub("", behind), before, prefix.sub("", before))
    return [way for way in dict.fromkeys(ways) if _letters(way) or way == text]


def _bare(text: str, prefix: re.Pattern[str]) -> str:
    return _variants(text, prefix)[-1]


def _letters(text: str) -> bool:
    return any(sign.isalpha() for sign in text)
