"""Pictures lose what a camera or program wrote into them, and stay the same pictures."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageOps, PngImagePlugin

from sitegen.output.assets import published
from sitegen.privacy.declared import NOTHING
from sitegen.privacy.gate import Gate
from sitegen.privacy.images import NotAPicture, bare, is_bare, is_image
from tests.support import ROOT

SECRETS = (b"Kamera Contoh", b"Petugas Contoh", b"GPSLatitude", b"xpacket")
ORIENTATION, MODEL, ARTIST, GPS = 0x0112, 0x0110, 0x013B, 0x8825
XMP = b'<?xpacket begin=""?><x:xmpmeta>Petugas Contoh GPSLatitude</x:xmpmeta>'


def exif(turned: int) -> Image.Exif:
    found = Image.Exif()
    found[MODEL], found[ARTIST] = "Kamera Contoh", "Petugas Contoh"
    found[GPS] = {1: "S", 2: (3.0, 23.0, 25.0), 3: "E", 4: (104.0, 49.0, 52.0)}
    found[ORIENTATION] = turned
    return found


def picture(kind: str, turned: int = 1, **options: Any) -> bytes:
    """A picture with a corner that tells how it is turned, and metadata of every sort that its kind may have."""
    image = Image.new("RGB", (24, 16), "#8c1515")
    image.paste("#ffffff", (0, 0, 8, 8))
    if kind == "GIF":
        options = {"comment": b"Petugas Contoh", **options}
        image = image.convert("P")
    else:
        options = {"exif": exif(turned), "xmp": XMP, **options}
    if kind == "JPEG":
        options["comment"] = b"Petugas Contoh"
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Author", "Petugas Contoh")
        text.add_itxt("Place", "Kamera Contoh", zip=True)
        options["pnginfo"] = text
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


KINDS = [
    ("JPEG", {"quality": 90}),
    ("JPEG", {"progressive": True}),
    ("PNG", {}),
    ("WEBP", {"lossless": True}),
    ("WEBP", {"quality": 80}),
    ("GIF", {}),
]


@pytest.mark.parametrize(("kind", "options"), KINDS)
@pytest.mark.parametrize("turned", [1, 3, 6, 8])
def test_the_picture_stays_and_the_rest_goes(kind: str, options: dict[str, Any], turned: int) -> None:
    data = picture(kind, turned, **options)
    assert any(secret in data for secret in SECRETS)
    made = bare(data)
    assert not any(secret in made for secret in SECRETS)
    assert len(made) < len(data)
    before, after = opened(data), opened(made)
    assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()
    assert ImageOps.exif_transpose(before).size == ImageOps.exif_transpose(after).size
    assert dict(after.getexif()) == ({} if turned == 1 or kind == "GIF" else {ORIENTATION: turned})
    assert not after.getexif().get_ifd(GPS)
    assert {key for key in after.info if key in ("comment", "xmp", "Author", "Place", "XML:com.adobe.xmp")} == set()


@pytest.mark.parametrize(("kind", "options"), KINDS)
def test_a_bare_picture_is_left_as_it_is(kind: str, options: dict[str, Any]) -> None:
    made = bare(picture(kind, 6, **options))
    assert bare(made) == made
    assert is_bare(made)
    assert not is_bare(picture(kind, 6, **options))


def test_colours_and_frames_stay() -> None:
    profile = b"profile of colours" * 20
    for kind in ("JPEG", "PNG", "WEBP"):
        assert opened(bare(picture(kind, icc_profile=profile))).info["icc_profile"] == profile
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "white", "blue")]
    for kind in ("GIF", "PNG", "WEBP"):
        out = io.BytesIO()
        frames[0].save(out, kind, save_all=True, append_images=frames[1:], loop=0)
        before, after = opened(out.getvalue()), opened(bare(out.getvalue()))
        assert getattr(after, "n_frames", 1) == getattr(before, "n_frames", 1) > 1
        assert after.info.get("loop") == before.info.get("loop")


def test_what_a_phone_hangs_on_behind_the_picture_goes() -> None:
    data = picture("JPEG")
    for tail in (b"a film of Petugas Contoh", data):
        assert bare(data + tail) == bare(data)
    assert bare(picture("PNG") + b"Petugas Contoh") == bare(picture("PNG"))


@pytest.mark.parametrize(("kind", "options"), KINDS)
def test_a_broken_picture_is_refused(kind: str, options: dict[str, Any]) -> None:
    data = bare(picture(kind, **options))
    for length in (4, 13, 20, 40, len(data) // 2, len(data) - 3):
        with pytest.raises(NotAPicture):
            bare(data[:length])


@pytest.mark.parametrize("data", [b"", b"BM" + bytes(60), b"II*\0" + bytes(60), b"\0\0\0\x18ftypheic", b"<svg/>"])
def test_other_kinds_are_refused(data: bytes) -> None:
    with pytest.raises(NotAPicture):
        bare(data)


def test_chunks_of_png_keep_their_sums() -> None:
    made, at = bare(picture("PNG", 6)), 8
    while at < len(made):
        end = at + 8 + int.from_bytes(made[at : at + 4], "big")
        assert zlib.crc32(made[at + 4 : end]) == int.from_bytes(made[end : end + 4], "big")
        at = end + 4


def static_with(folder: Path, name: str, data: bytes) -> Path:
    """A copy of ``static/`` with one more picture."""
    for part in ("js", "css"):
        (folder / part).symlink_to(ROOT / "static" / part)
    (folder / "img").mkdir()
    (folder / "img" / name).write_bytes(data)
    return folder


@pytest.mark.parametrize("name", ["foto.jpg", "FOTO.JPG", "foto.png", "foto.webp"])
def test_pictures_are_published_bare(tmp_path: Path, name: str) -> None:
    kind = {"jpg": "JPEG"}.get(name.lower().rpartition(".")[2], name.rpartition(".")[2].upper())
    files = published(static_with(tmp_path, name, picture(kind, 6)))
    gate = Gate(NOTHING)
    gate.look(f"static/img/{name}", files[f"img/{name}"])
    assert gate.problems == []
    assert is_image(name)
    assert is_bare(files[f"img/{name}"])


@pytest.mark.parametrize("name", ["foto.jpg", "foto.heic", "foto.tif", "foto.bmp", "foto.avif"])
def test_a_picture_that_cannot_be_made_bare_stops_the_build(tmp_path: Path, name: str) -> None:
    files = published(static_with(tmp_path, name, b"no picture"))
    gate = Gate(NOTHING)
    gate.look(f"static/img/{name}", files[f"img/{name}"])
    assert [(problem.path, problem.code) for problem in gate.problems] == [(f"static/img/{name}", "privacy.image")]


def test_a_drawing_loses_its_notes(tmp_path: Path) -> None:
    notes = "<!-- Petugas Contoh --><metadata>Petugas Contoh</metadata>"
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{notes}<path d="M0 0h9v9z"/></svg>'
    made = published(static_with(tmp_path, "a.svg", drawing.encode()))["img/a.svg"]
    assert b"Petugas" not in made
    assert b"<path" in made
