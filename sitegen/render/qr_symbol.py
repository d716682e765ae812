"""The modules of a QR code (ISO/IEC 18004): byte mode, error correction M, mask 0.

What no text changes comes from segno, once a version: function patterns, mask, tables. What each text needs is done
here, as segno takes many times as long (docs/decisions/0008-qr-codes.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, reduce
from itertools import accumulate, compress, zip_longest
from operator import xor
from typing import NamedTuple, cast

import segno
from segno.consts import ALIGNMENT_POS, EC, ECC, ERROR_LEVEL_M, GALIOS_EXP, GALIOS_LOG, GEN_POLY

_VERSIONS = range(1, 41)
_KINDS = cast("dict[int, dict[int, tuple[EC, ...]]]", ECC)
_BLOCKS = {
    version: [kind for kind in _KINDS[version][ERROR_LEVEL_M] for _ in range(kind.num_blocks)] for version in _VERSIONS
}
"""The blocks of every version: bytes that have their own error correction."""
_CAPACITY: dict[int, int] = {version: sum(block.num_data for block in blocks) for version, blocks in _BLOCKS.items()}
"""How many bytes a version holds, the text and what stands around it."""
_PADDING = b"\xec\x11" * max(_CAPACITY.values())


class Symbol(NamedTuple):
    """``side`` × ``side`` modules, row after row; each row begins with a new byte."""

    side: int
    modules: bytes


class _Layout(NamedTuple):
    """What all codes of a version share."""

    side: int
    blocks: list[range]
    """The words (bytes) of a message that share their error correction; all corrections follow the last block."""
    correction: int
    """How many words of error correction a block has."""
    places: list[int]
    """The module of every bit of a message with its corrections, counted from the last module of a code."""


class _Bytes(dict[tuple[int, int], int]):
    """The modules that a byte of a text turns, by its place in the text and its value. A code is what stands around the
    text and all bytes, one turning upon the other: error correction is linear."""

    def __init__(self, version: int) -> None:
        self.version = version
        self.before = 4 + 8 * _count(version)

    def __missing__(self, key: tuple[int, int]) -> int:
        place, value = key
        first = self.before + 8 * place
        self[key] = reduce(xor, (_turned(self.version, first + bit) for bit in range(8) if value >> 7 - bit & 1), 0)
        return self[key]


def symbol(data: bytes) -> Symbol:
    """``data`` in the smallest code that holds it."""
    version = _version(len(data))
    modules = reduce(xor, map(_bytes(version).__getitem__, enumerate(data)), _around(version, len(data)))
    side = _layout(version).side
    return Symbol(side, modules.to_bytes(side * _width(side), "big"))


def _width(side: int) -> int:
    """Bytes of a row."""
    return (side + 7) // 8


@cache
def _version(length: int) -> int:
    return next(version for version in _VERSIONS if length + _count(version) + 1 <= _CAPACITY[version])


def _count(version: int) -> int:
    """How many bytes say the length of the text."""
    return 1 if version < 10 else 2


@cache
def _layout(version: int) -> _Layout:
    sizes = [block.num_data for block in _BLOCKS[version]]
    blocks = [range(end - size, end) for size, end in zip(sizes, accumulate(sizes), strict=True)]
    correction = _BLOCKS[version][0].num_total - sizes[0]
    side = 4 * version + 17
    return _Layout(side, blocks, correction, _places(version, side, blocks, correction))


_bytes = cache(_Bytes)


@cache
def _turned(version: int, bit: int) -> int:
    """The modules that one bit of a message turns: its own, and those of its error correction."""
    layout, word = _layout(version), bit // 8
    number, block = next((number, block) for number, block in enumerate(layout.blocks) if word in block)
    remainder = _correction(bytes([0x80 >> bit % 8]) + bytes(block.stop - word - 1), layout.correction)
    length = 8 * layout.correction
    first = 8 * layout.blocks[-1].stop + number * length
    corrected = compress(layout.places[first : first + length], map(int, f"{remainder:0{length}b}"))
    return sum((1 << place for place in corrected), 1 << layout.places[bit])


@cache
def _frame(version: int) -> int:
    """The function patterns, and the mask on all other modules."""
    return _by_segno(version) ^ _placed(version, b"")


def _by_segno(version: int) -> int:
    """The code of an empty text."""
    matrix = segno.make_qr(b"", error="m", boost_error=False, mode="byte", version=version, mask=0).matrix
    rows = [bytes(row).ljust(8 * _width(len(matrix)), b"\0") for row in matrix]
    return int(b"".join(rows).translate(bytes.maketrans(b"\0\1", b"01")), 2)


@cache
def _around(version: int, length: int) -> int:
    """The code of a text of zero bytes: its length, the padding behind it, and the frame."""
    return _placed(version, bytes(length)) ^ _frame(version)


def _placed(version: int, data: bytes) -> int:
    """The modules of a message and of its error correction, without frame."""
    words = _words(version, data)
    bits = (8 * place + bit for place, word in enumerate(words) for bit in range(8) if word >> 7 - bit & 1)
    return reduce(xor, (_turned(version, bit) for bit in bits), 0)


def _words(version: int, data: bytes) -> bytes:
    """Mode, length and text, four bits that end it, and padding (before it segno puts a zero byte, so we do)."""
    count = _count(version)
    head = 0x4 << 8 * count | len(data)
    text = (head << 8 * len(data) | int.from_bytes(data, "big")) << 4
    words = text.to_bytes(len(data) + count + 1, "big") + b"\0"
    return (words + _PADDING)[: _CAPACITY[version]]


def _correction(block: bytes, length: int) -> int:
    """The remainder of a block after division by the generator polynomial, ``length`` bytes; one byte a step."""
    multiples = _multiples(length)
    top, rest = 8 * length - 8, (1 << 8 * length - 8) - 1
    remainder = 0
    for word in block:
        remainder = (remainder & rest) << 8 ^ multiples[remainder >> top ^ word]
    return remainder


@cache
def _multiples(length: int) -> list[int]:
    """The generator polynomial without its first term, times each number of the field GF(256)."""
    powers = [[GALIOS_LOG[factor] + power for power in GEN_POLY[length]] for factor in range(1, 256)]
    return [0, *(int.from_bytes(bytes(GALIOS_EXP[power] for power in row), "big") for row in powers)]


def _places(version: int, side: int, blocks: list[range], correction: int) -> list[int]:
    """First the blocks byte by byte in turn, then their error correction likewise; what is left over stays light."""
    end = blocks[-1].stop
    corrections = [range(start, start + correction) for start in range(end, end + len(blocks) * correction, correction)]
    words = [*_interleaved(blocks), *_interleaved(corrections)]
    bits = [8 * word + bit for word in words for bit in range(8)]
    last = side * 8 * _width(side) - 1
    modules = (last - module for module in _zigzag(version, side))
    return [module for _, module in sorted(zip(bits, modules, strict=False))]


def _interleaved(blocks: list[range]) -> Iterator[int]:
    return (word for words in zip_longest(*blocks) for word in words if word is not None)


def _zigzag(version: int, side: int) -> Iterator[int]:
    """The modules for data in their order: pairs of columns from the right, upwards and downwards in turn."""
    for turn, right in enumerate([*range(side - 1, 7, -2), 5, 3, 1]):
        for row in range(side) if turn % 2 else reversed(range(side)):
            for column in (right, right - 1):
                if not _is_function(version, side, row, column):
                    yield row * 8 * _width(side) + column


def _is_function(version: int, side: int, row: int, column: int) -> bool:
    """Whether a module belongs to a finder or its surroundings, a timing line, the version or an alignment pattern."""
    far = side - 8
    if 6 in (row, column) or (row < 9 and (column < 9 or column >= far)) or (row >= far and column < 9):
        return True
    if version >= 7 and min(row, column) < 6 and max(row, column) >= side - 11:
        return True
    centres = ALIGNMENT_POS[version - 2] if version > 1 else ()
    near = [(y, x) for y in centres if abs(row - y) <= 2 for x in centres if abs(column - x) <= 2]
    # No pattern stands where a finder is.
    return bool(near) and near[0] not in {(6, side - 7), (side - 7, 6)}
