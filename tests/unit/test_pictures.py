"""Pictures of texts: small, bare, the same every time, and never the end of a build that cannot read them."""

from __future__ import annotations

import contextlib
import io
import struct
import subprocess
import sys
import zlib
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PIL import Image, ImageOps

from sitegen.cli import main
from sitegen.content import shrink
from sitegen.content.pictures import Fault, Picture, Pictures
from sitegen.content.shrink import HEIGHT, MAX_BYTES, MAX_DOTS, WIDTH, Unusable, shrunk
from sitegen.privacy.images import is_bare
from tests.support import ROOT, edit, mini, snapshot
from tests.unit.test_images import SECRETS, exif, opened, picture
from tools.page_weight import first_visit

NEWS = "content/news/2024-11-07-pelantikan.md"
ARTICLE = "berita/2024/11/pelantikan.html"
TEXT = '\n\n![Tujuh petugas bersumpah di balai](/media/Balai_1.jpg "Foto: KPU")\n'
ARTICLE_BYTES = 60 * 1024
"""A news item with one picture, whatever the picture, on its first visit."""


def saved(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@cache
def crowd() -> bytes:
    """The hardest picture: no dot is like its neighbour."""
    return saved(Image.frombytes("RGB", (640, 900), Random(1).randbytes(640 * 900 * 3)), quality=90)


def blank_png(width: int, height: int) -> bytes:
    """A PNG of few bytes and many dots."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes((width + 7) // 8)) * height, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small good site with a picture in its news item, as the current folder."""
    monkeypatch.chdir(mini(tmp_path))
    Path("content/media").mkdir()
    Path("content/media/Balai_1.jpg").write_bytes(saved(Image.linear_gradient("L")))
    with Path(NEWS).open("a", encoding="utf-8") as file:
        file.write(TEXT)
    return tmp_path


def published() -> dict[str, bytes]:
    return {path: data for path, data in snapshot(Path("_site")).items() if path.startswith("media/")}


@pytest.mark.parametrize(
    ("size", "made"),
    [
        ((1600, 1200), (640, 480)),
        ((300, 200), (300, 200)),
        ((1000, 4000), (320, 1280)),
        ((4000, 10), (640, 2)),
        ((1, 1), (1, 1)),
    ],
)
def test_a_picture_is_made_small_and_never_larger(size: tuple[int, int], made: tuple[int, int]) -> None:
    assert (WIDTH, HEIGHT) == (640, 1280)
    assert opened(shrunk(saved(Image.new("RGB", size, "#8c1515")))).size == made


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("turned", range(1, 9))
def test_it_is_turned_as_the_camera_was_held_and_tells_nothing_else(kind: str, turned: int) -> None:
    data = picture(kind, turned, **({"lossless": True} if kind == "WEBP" else {}))
    made = shrunk(data)
    assert any(secret in data for secret in SECRETS)
    assert not any(secret in made for secret in SECRETS)
    assert is_bare(made)
    shown, wanted = opened(made), ImageOps.exif_transpose(opened(data)).convert("RGB")
    assert (shown.format, shown.size, dict(shown.getexif())) == ("WEBP", wanted.size, {})
    corners = [(x, y) for x in (2, wanted.width - 3) for y in (2, wanted.height - 3)]
    light = [sum(wanted.getpixel(corner)) > 600 for corner in corners]  # type: ignore[arg-type]
    assert [sum(shown.getpixel(corner)) > 600 for corner in corners] == light  # type: ignore[arg-type]
    assert light.count(True) == 1


def test_a_picture_that_lies_in_the_file_fits_as_it_is_seen() -> None:
    assert opened(shrunk(saved(Image.new("RGB", (2000, 1000)), exif=exif(6)))).size == (640, 1280)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_colours_comes_out(mode: str) -> None:
    image = Image.new("RGBA", (20, 10), (0, 0, 0, 0))
    image.paste((140, 20, 20, 255), (0, 0, 10, 10))
    if mode == "I;16":
        data = saved(Image.new("I;16", (20, 10), 65535), "PNG")
    elif mode == "PA":
        data = saved(image.quantize(4), "PNG")
    else:
        data = saved(image.convert(mode), "JPEG" if mode == "CMYK" else "PNG")
    assert opened(shrunk(data)).size == (20, 10)


def test_what_is_transparent_is_white_on_a_dark_page_too() -> None:
    made = opened(shrunk(saved(Image.new("RGBA", (20, 10), (0, 0, 0, 0)), "PNG")))
    assert made.mode == "RGB"
    assert min(made.getpixel((10, 5))) > 250  # type: ignore[arg-type]


def test_the_hardest_picture_fits_and_comes_out_the_same_again() -> None:
    data = crowd()
    made = shrunk(data)
    assert len(made) <= MAX_BYTES
    assert shrunk(data) == made
    easy = saved(Image.linear_gradient("L").resize((1600, 1200)))
    assert opened(shrunk(easy)).size == (640, 480)


def test_every_cut_and_every_other_byte_ends_in_a_picture_or_a_message() -> None:
    chance = Random(2)
    for kind in ("JPEG", "PNG", "WEBP"):
        good = picture(kind)
        for _ in range(150):
            data = bytearray(good[: chance.randrange(1, len(good))] if chance.random() < 0.4 else good)
            for _ in range(chance.randrange(4)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            with contextlib.suppress(Unusable):
                assert is_bare(shrunk(bytes(data)))


@pytest.mark.parametrize(("width", "height"), [(8000, 8000), (10_001, 9_001), (60_000, 60_000)])
def test_a_picture_that_would_take_all_memory_is_not_opened(width: int, height: int) -> None:
    assert width * height > MAX_DOTS
    data = blank_png(width, min(height, 10))
    data = data.replace(struct.pack(">II", width, min(height, 10)), struct.pack(">II", width, height))
    head = data[12:29]
    data = data[:29] + struct.pack(">I", zlib.crc32(head)) + data[33:]
    with pytest.raises(Unusable) as caught:
        shrunk(data)
    assert caught.value.what.id == "The picture has more than %(limit)s million dots"


@pytest.mark.usefixtures("site")
def test_a_text_shows_its_picture_with_size_and_words() -> None:
    assert main(["--jobs", "1"]) == 0
    [(url, data)] = published().items()
    made = opened(data)
    assert url.startswith("media/balai-1-")
    assert (
        f'<figure><img src="../../../{url}" width="{made.width}" height="{made.height}" '
        'alt="Tujuh petugas bersumpah di balai" loading="lazy"><figcaption>Foto: KPU</figcaption></figure>'
    ) in Path("_site", ARTICLE).read_text("utf-8")


@pytest.mark.usefixtures("site")
def test_a_page_with_the_hardest_picture_is_within_the_budget() -> None:
    Path("content/media/Balai_1.jpg").write_bytes(crowd())
    assert main(["--jobs", "1"]) == 0
    files = first_visit(Path("_site"), ARTICLE)
    assert any(name.startswith("media/") for name in files)
    assert sum(files.values()) <= ARTICLE_BYTES, files


@pytest.mark.usefixtures("site")
def test_every_language_shows_the_one_file() -> None:
    edit(Path("site_config.yaml"), "data_status: sample", "data_status: sample\nlanguages: [id, en]")
    assert main(["--jobs", "1"]) == 0
    [url] = published()
    assert f'src="../../../../{url}"' in Path("_site/en", ARTICLE).read_text("utf-8")
    assert not Path("_site/en/media").exists()


@pytest.mark.usefixtures("site")
def test_what_no_text_shows_is_not_published() -> None:
    edit(Path(NEWS), "title:", "draft: true\ntitle:")
    assert main(["--jobs", "1"]) == 0
    assert published() == {}


def test_a_picture_is_made_once(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["--jobs", "1"]) == 0
    first = published()
    monkeypatch.setattr(shrink, "shrunk", lambda _: pytest.fail("made again"))
    edit(Path(NEWS), "Petugas dilantik.", "Petugas sudah dilantik.")
    assert main(["--jobs", "1"]) == 0
    assert published() == first
    monkeypatch.undo()
    monkeypatch.chdir(site)
    Path("content/media/Balai_1.jpg").write_bytes(picture("PNG"))
    assert main(["--jobs", "1"]) == 0
    after = published()
    assert len(after) == 1
    assert after.keys() != first.keys()
    assert main(["--jobs", "1", "--clean", "--out", "clean"]) == 0
    assert snapshot(Path("clean")) == snapshot(Path("_site"))


@pytest.mark.usefixtures("site")
def test_a_published_picture_that_is_not_whole_is_made_again() -> None:
    assert main(["--jobs", "1"]) == 0
    [(url, data)] = published().items()
    for damaged in (data[:-9], b"", b"RIFF" + data[4:8] + b"WEBPVP8L" + data[16:]):
        Path("_site", url).write_bytes(damaged)
        edit(Path(NEWS), "Petugas ", "Petugas  ")
        assert main(["--jobs", "1"]) == 0
        assert published() == {url: data}


@pytest.mark.usefixtures("site")
def test_what_a_camera_wrote_is_a_warning_and_stays_behind(capsys: pytest.CaptureFixture[str]) -> None:
    Path("content/media/Balai_1.jpg").write_bytes(picture("JPEG"))
    assert main(["check", "--jobs", "1"]) == 0
    said = capsys.readouterr().out
    assert "content/media/Balai_1.jpg" in said
    assert "kamera" in said
    assert main(["--jobs", "1"]) == 0
    [data] = published().values()
    assert not any(secret in data for secret in SECRETS)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "besar.jpg"
    with path.open("wb") as file:
        file.truncate(20_000_001)
    found = Pictures([path]).find("/media/besar.jpg")
    assert isinstance(found, Fault)
    assert found.code == "picture.size"


def test_a_picture_that_cannot_be_read_is_told(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("content/media/Balai_1.jpg").unlink()
    Path("content/media/Balai_1.jpg").symlink_to("hilang.jpg")
    assert main(["--jobs", "1"]) == 1
    assert f"{NEWS}:10 Berkas tidak dapat dibaca (" in capsys.readouterr().err
    Path("content/media/Balai_1.jpg").unlink()
    (site.parent / "rahasia.png").write_bytes(picture("PNG"))
    Path("content/media/Balai_1.jpg").symlink_to(site.parent / "rahasia.png")
    assert main(["--jobs", "1"]) == 1
    assert "content/media/Balai_1.jpg" in capsys.readouterr().err


def test_an_address_names_no_digits_of_its_own(tmp_path: Path) -> None:
    for number in range(40):
        path = tmp_path / f"a{number}.png"
        path.write_bytes(saved(Image.new("L", (1, number + 1)), "PNG"))
        found = Pictures([path]).find(f"/media/{path.name}")
        assert isinstance(found, Picture)
        assert found.url.rpartition("-")[2].removesuffix(".webp").isalpha()


@pytest.mark.usefixtures("site")
def test_pillow_is_asked_for_only_where_there_are_pictures() -> None:
    program = "import sys; from sitegen.cli import main; print(main(['--jobs', '1']), 'PIL' in sys.modules)"

    def said() -> str:
        return subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, env={"PYTHONPATH": str(ROOT)}, check=True
        ).stdout.splitlines()[-1]

    assert said() == "0 True"
    edit(Path(NEWS), "Petugas ", "Petugas  ")
    assert said() == "0 False"  # the last publication has it
    edit(Path(NEWS), TEXT, "")
    assert said() == "0 False"
