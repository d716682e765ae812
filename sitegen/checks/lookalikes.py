"""Letters of other scripts that look like Latin ones: a name with them reads right and is never found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from sitegen.content.characters import MOST, escaped
from sitegen.problems import Problem, Severity, msg

# Greek, Cyrillic, Armenian, Cherokee, Lisu, Roman numerals as letters, letters of full width and of mathematics.
# Scripts that are written in Indonesia (Jawi, Javanese, Balinese, Chinese …) resemble none of ours.
_LIKE_LATIN = re.compile(
    r"\w*[\u0370-\u03ff\u0400-\u052f\u0530-\u058f\u13a0-\u13ff\u1c80-\u1c8f\u1f00-\u1fff\u2160-\u217f\u2c60-\u2c7f"
    r"\ua4d0-\ua4ff\ua640-\ua69f\uff10-\uff5a\U0001d400-\U0001d7ff]\w*"
)


def lookalikes(texts: Mapping[str, str]) -> Iterator[Problem]:
    """A warning for each word of ``texts`` (text by path) that holds such letters."""
    for path, text in texts.items():
        if text.isascii():
            continue
        for match in islice(_LIKE_LATIN.finditer(text), MOST):
            yield Problem(
                path,
                text.count("\n", 0, match.start()) + 1,
                "text.lookalike",
                msg(
                    '"%(word)s" holds letters of another script (%(signs)s)',
                    word=match[0][:40],
                    signs=_foreign(match[0]),
                ),
                msg("Type the word anew with Latin letters: as it is, no search finds it."),
                Severity.WARNING,
            )


def _foreign(word: str) -> str:
    signs = dict.fromkeys(sign for sign in word if _LIKE_LATIN.fullmatch(sign))
    return escaped(", ".join(f"U+{ord(sign):04X}" for sign in islice(signs, 5)))
