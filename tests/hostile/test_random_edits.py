"""Random edits of valid content: never a traceback, and a build after an edit equals a clean one."""

from __future__ import annotations

import os
import random
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.figures import note
from tests.hostile.everything import command, files, full
from tests.hostile.strings import ODD, WHOLE
from tests.hostile.test_texts import holds
from tests.support import snapshot

SERIES, EDITS = (600, 150) if os.environ.get("EVERY") == "1" else (25, 12)
"""So many series of edits are tried, and so many edits of one site; ``make torture`` tries the more."""
PIECES = st.one_of(
    st.sampled_from([*ODD, *WHOLE, "\n", "\n  ", "\n- ", ": ", "---\n", "tps:\n", "  - number: 1\n", "villages: []\n"]),
    st.text(max_size=12),
)


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[int, float, int, str]]:
    """Each edit: which file, where in it as a share of its length, how much goes, what comes."""
    one = st.tuples(st.integers(0, 30), st.floats(0, 1), st.sampled_from([0, 0, 1, 3, 20, 200]), PIECES)
    return draw(st.lists(one, min_size=1, max_size=3))


def apply(site: Path, made: list[tuple[int, float, int, str]]) -> None:
    for number, share, length, piece in made:
        found = files(site)
        path = found[number % len(found)]
        text = path.read_text("utf-8", "surrogatepass")
        at = int(share * len(text))
        path.write_bytes((text[:at] + piece + text[at + length :]).encode("utf-8", "surrogatepass"))


def test_an_edit_never_ends_in_a_traceback() -> None:
    codes: Counter[int] = Counter()

    @given(edits())
    @settings(max_examples=SERIES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def edited(made: list[tuple[int, float, int, str]]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            site = full(Path(folder) / "s")
            apply(site, made)
            said = command(site, "build")
            assert holds(said), said.err
            command(site, "check").out.encode()
            codes[said.code] += 1

    edited()
    note(f"random edits: {codes.total()} series, {codes[0]} ended in a site, {codes[1]} in messages")


def lines_of(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines(keepends=True)


def test_builds_after_random_edits_equal_clean_ones(tmp_path: Path) -> None:
    chance = random.Random(7)
    site = full(tmp_path / "s")
    assert command(site, "build").code == 0
    built = 0
    for _ in range(EDITS):
        before = {path: path.read_bytes() for path in files(site)}
        path = chance.choice(files(site))
        lines = lines_of(path)
        line = chance.randrange(len(lines))
        lines[line] = chance.choice(
            [lines[line].replace("ontoh", "ontoh baru"), lines[line].replace("1", "2"), "", lines[line] * 2]
        )
        path.write_text("".join(lines), "utf-8")
        last = snapshot(site / "_site")
        if command(site, "build").code:
            assert snapshot(site / "_site") == last
            for path, data in before.items():
                path.write_bytes(data)
            continue
        built += 1
        after = snapshot(site / "_site")
        assert command(site, "build", "--clean").code == 0
        assert after == snapshot(site / "_site")
    assert built > EDITS / 4
    note(f"builds after random edits that equal clean ones: {built}, others refused")
