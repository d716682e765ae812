"""QR codes: they hold the address, and stand alone in their quiet zone."""

from __future__ import annotations

import pytest

from sitegen.render.qr import qr_code
from tests.qr_reader import SCALE, draw, read

ADDRESSES = [
    "https://a.example/d/1.html",
    "https://papan-tps.example/pilkada-2024/kayu-agung/jua-jua/tps-3.html",
    "https://kpu-ogan-komering-ilir.github.io/papan-tps/pilkada-2024/pangkalan-lampam/pulau-gemantung-darat/tps-13.html",
    "https://kpu.example/" + "x" * 300,
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_decoder_reads_the_address(address: str) -> None:
    code = qr_code(address)
    assert read(code.size, code.path) == address


@pytest.mark.parametrize("address", ADDRESSES)
def test_four_modules_on_every_side_are_white(address: str) -> None:
    code = qr_code(address)
    picture = draw(code.size, code.path)
    edge = 4 * SCALE
    frame = [*picture[:edge], *picture[-edge:], *(row[:edge] for row in picture), *(row[-edge:] for row in picture)]
    assert {pixel for row in frame for pixel in row} == {255}
    assert picture[edge][edge] == 0


def test_the_same_address_gives_the_same_code() -> None:
    assert qr_code(ADDRESSES[0]) == qr_code(ADDRESSES[0])


def test_texts_that_differ_in_any_place_are_read_as_they_are() -> None:
    base = ADDRESSES[1]
    for position in range(len(base)):
        text = f"{base[:position]}~{base[position + 1 :]}"
        code = qr_code(text)
        assert read(code.size, code.path) == text
