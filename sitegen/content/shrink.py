"""A picture as it is published: small enough for a phone, turned the right way, without anything beside the picture.

Needs Pillow, which takes a while to start: import this only where a picture has to be made.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib

import PIL.WebPImagePlugin  # noqa: F401 without it Pillow loads all of its 40 formats for the first WebP: 20 ms
from PIL import Image, ImageOps

from sitegen.problems import Message, msg

WIDTH, HEIGHT = 640, 1280
"""Largest size in pixels. Phones show a text 328 wide, with two pixels each; a screen on a desk shows it 608 wide."""
MAX_BYTES = 45_000
"""Largest published file: with it a page of a news item stays below 60 KB."""
MAX_DOTS = 50_000_000
"""Largest picture that is read, in pixels: as large as phones make them. It needs 150 MB while it is made."""
QUALITIES = (80, 65, 50, 35)
_ORIENTATION, _LYING = 0x0112, (5, 6, 7, 8)
_FAULTS = (OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, struct.error, zlib.error)
"""What Pillow raises of files that are broken, depending on where."""


class Unusable(Exception):
    """A picture that cannot be published; carries what is wrong and how to mend it."""

    def __init__(self, what: Message, fix: Message) -> None:
        super().__init__(what.id)
        self.what, self.fix = what, fix


def shrunk(data: bytes) -> bytes:
    """The JPEG, PNG or WebP file ``data`` as a WebP of at most ``MAX_BYTES``. Same bytes, same result.

    Raises:
        Unusable: it is broken or too large.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of metadata that nobody needs
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP"))
            _refuse_large(image.width * image.height)
            return _written(_fitted(image))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise _too_large() from error
    except _FAULTS as error:
        raise Unusable(msg("The picture is damaged"), msg("Save it anew, or send it again.")) from error


def _refuse_large(dots: int) -> None:
    if dots > MAX_DOTS:
        raise _too_large()


def _too_large() -> Unusable:
    return Unusable(
        msg("The picture has more than %(limit)s million dots", limit=MAX_DOTS // 1_000_000),
        msg("Make it smaller: a width of 1600 dots is more than enough."),
    )


def _fitted(image: Image.Image) -> Image.Image:
    """``image`` turned as the camera was held, within the largest size, on white where it is transparent."""
    is_lying = image.getexif().get(_ORIENTATION) in _LYING
    if image.mode not in ("L", "RGB", "CMYK"):
        image = image.convert("RGBA")  # of colours in a table, none lies between two
    image.thumbnail((HEIGHT, WIDTH) if is_lying else (WIDTH, HEIGHT), Image.Resampling.LANCZOS, reducing_gap=3.0)
    image = ImageOps.exif_transpose(image)
    if image.mode == "RGBA":  # black lines on nothing vanish on a dark page
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    return image.convert("RGB")


def _written(image: Image.Image) -> bytes:
    """``image`` in the best quality that is small enough; in the worst, smaller and smaller, if none is."""
    for quality in QUALITIES:
        data = _webp(image, quality)
        if len(data) <= MAX_BYTES:
            return data
    while len(data) > MAX_BYTES:
        image = image.reduce(2)
        data = _webp(image, QUALITIES[-1])
    return data


def _webp(image: Image.Image, quality: int) -> bytes:
    file = io.BytesIO()
    # Nothing of what the source told beside its picture.
    image.save(file, "WEBP", quality=quality, method=4, exif=b"", xmp=b"", icc_profile=b"")
    return file.getvalue()
