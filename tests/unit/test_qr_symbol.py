"""QR symbols: the same modules as the library's, in every version."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
import segno

from sitegen.render.qr_symbol import _turned, symbol

LONGEST = [
    *(14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666),
    *(
        711,
        779,
        857,
        911,
        997,
        1059,
        1125,
        1190,
        1264,
        1370,
        1452,
        1538,
        1628,
        1722,
        1809,
        1911,
        1989,
        2099,
        2213,
        2331,
    ),
]
"""How many bytes each version holds with error correction M (ISO/IEC 18004, table 7)."""


@pytest.fixture(autouse=True)
def nothing_is_learnt() -> Iterator[None]:
    """The largest codes take 70 MB to learn; no address is longer than the few hundred bytes of version 20."""
    yield
    _turned.cache_clear()


@pytest.mark.parametrize("version", [*range(1, 21), 30, 40])
def test_shortest_and_longest_text_of_a_version_have_the_modules_of_the_library(version: int) -> None:
    shortest = LONGEST[version - 2] + 1 if version > 1 else 1
    for length in (shortest, LONGEST[version - 1]):
        # One bit a byte: what a bit turns is learnt when it is first met, and the largest codes have 18,000.
        data = bytes(1 << bit for bit in random.Random(length).choices(range(8), k=length))
        assert symbol(data) == expected(data, version)


def test_addresses_have_the_modules_of_the_library() -> None:
    for number in range(1, 30):
        data = f"https://kpu.example/papan-tps/pilkada-2024/{'kayu-agung-'[:number]}/jua-jua/tps-{number}.html".encode()
        assert symbol(data) == expected(data)


def expected(data: bytes, version: int | None = None) -> tuple[int, bytes]:
    code = segno.make_qr(data, error="m", boost_error=False, mode="byte", mask=0)
    assert version in (None, code.version)
    side = len(code.matrix)
    rows = ["".join(map(str, row)).ljust((side + 7) // 8 * 8, "0") for row in code.matrix]
    return side, b"".join(int(row, 2).to_bytes(len(row) // 8, "big") for row in rows)
