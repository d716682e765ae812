"""Personal data that must never be published (UU 27/2022 on personal data): found in the text of a
file, comments included, because the text is public too once it is pushed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sitegen.problems import Message, Problem, msg

_SIXTEEN_DIGITS = re.compile(r"(?<!\d)\d(?:[ .-]?\d){15}(?![ .-]?\d)", re.ASCII)
_GAP = r"[ .()-]{0,2}"
# After 62 a number has at least nine digits; codes of Kalimantan Tengah (62.01.01.2001) have eight.
_PHONE = re.compile(rf"(?<![\d.])(?:\+?62(?:{_GAP}\d){{9,13}}|\(?0(?:{_GAP}\d){{8,13}})(?!\d)", re.ASCII)
# It begins where no letter stands before: from every letter of a long word, this took time with its length squared.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++\.[\w.]+")
_POSITION = re.compile(r"(?<=\b(?:lat|lon): )-?\d{1,3}\.\d+", re.ASCII)
"""Degrees as map services give them: so many decimals look like a NIK or a telephone number."""
_FIX = msg("Remove it: personal data are never published. Of KPPS only name and role may be.")

NUMBERS = ((_SIXTEEN_DIGITS, "privacy.nik", msg("A 16-digit number like a NIK or KK number (%(masked)s)")),)
"""What may stand in no file at all."""
PERSONS = (
    *NUMBERS,
    (_PHONE, "privacy.phone", msg("A telephone number (%(masked)s)")),
    (_EMAIL, "privacy.email", msg("An e-mail address (%(masked)s)")),
)
"""What may not stand where persons are named: an office's own number belongs in site_config.yaml."""


def personal_data(
    texts: Mapping[str, str], patterns: tuple[tuple[re.Pattern[str], str, Message], ...]
) -> Iterator[Problem]:
    """Every match of ``patterns`` in ``texts`` (text by path), shown masked."""
    for path, whole in texts.items():
        taken: list[range] = []
        text = _POSITION.sub(lambda match: "," * len(match[0]), whole)
        for pattern, code, what in patterns:
            for match in pattern.finditer(text):
                if any(match.start() in span for span in taken):
                    continue
                taken.append(range(*match.span()))
                line = text.count("\n", 0, match.start()) + 1
                yield Problem(path, line, code, msg(what.id, masked=_masked(match[0])), _FIX)


def _masked(value: str) -> str:
    return value[:2] + "*" * (len(value) - 2)
