"""Make the picture of the sample news item anew: ``python tools/sample_picture.py``. It is our own, and says that it
is a sample. Pillow brings the letters, so every machine draws the same."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FILE = Path(__file__).resolve().parents[1] / "content" / "media" / "papan-tps-contoh.png"
SIZE = 1280, 800
SKY, GROUND, WOOD, BOARD, INK, TAPE = "#eae1cf", "#c9bfa8", "#8f7c64", "#fffdf8", "#1a1a1a", "#8c1515"


def sample() -> Image.Image:
    """A board of a TPS on two posts, with a band that calls it a sample."""
    image = Image.new("RGB", SIZE, SKY)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 660, 1280, 800), fill=GROUND)
    for left in (330, 910):
        draw.rectangle((left, 420, left + 40, 720), fill=WOOD)
    draw.rounded_rectangle((200, 110, 1080, 500), 40, fill=BOARD, outline=INK, width=10)
    draw.rounded_rectangle((222, 132, 1058, 478), 24, outline=INK, width=3)
    _write(draw, (640, 250), "TPS 1", 190, INK)
    _write(draw, (640, 400), "Desa Contoh", 70, INK)
    draw.rectangle((0, 720, 1280, 800), fill=TAPE)
    _write(draw, (640, 760), "GAMBAR CONTOH", 48, "white")
    return image


def _write(draw: ImageDraw.ImageDraw, middle: tuple[int, int], text: str, size: int, colour: str) -> None:
    draw.text(middle, text, fill=colour, font=ImageFont.load_default(size), anchor="mm")


if __name__ == "__main__":
    sample().quantize(32).save(FILE, optimize=True)
    print(FILE, FILE.stat().st_size)
