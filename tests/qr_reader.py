"""Reads the QR codes of pages as a phone would: the path is drawn, and a decoder looks at the picture."""

from __future__ import annotations

import re

import zxingcpp

SCALE = 3
_CODE = re.compile(r'<svg viewBox="0 0 (\d+) \1"[^>]*><path d="(M4 4\.5h7[^"]*)"/></svg>')
_STEP = re.compile(r"M(\d+) (\d+)\.5|m(-?\d+) (\d+)|h(\d+)")


def codes_in(html: str) -> list[str]:
    """The texts of all QR codes in a page."""
    return [read(int(size), path) for size, path in _CODE.findall(html)]


def read(size: int, path: str) -> str:
    """The text of one code; error correction must be M and the code alone in its picture."""
    side = size * SCALE
    picture = memoryview(b"".join(draw(size, path))).cast("B", shape=[side, side])
    [found] = zxingcpp.read_barcodes(picture)
    assert (found.format, found.ec_level) == (zxingcpp.BarcodeFormat.QRCode, "M")
    return str(found.text)


def draw(size: int, path: str) -> list[bytes]:
    """A picture in grey, one byte a pixel, row by row."""
    side = size * SCALE
    rows = [bytearray(b"\xff" * side) for _ in range(size)]
    x = y = 0
    for column, row, gap, down, run in _STEP.findall(path):
        if column:
            x, y = int(column), int(row)
        elif gap:
            x, y = x + int(gap), y + int(down)
        else:
            rows[y][x * SCALE : (x + int(run)) * SCALE] = bytes(int(run) * SCALE)
            x += int(run)
    return [bytes(row) for row in rows for _ in range(SCALE)]
