"""What is shown of a file: a picture made anew, without anything that a camera wrote beside it, and a small one. Pure."""

import io
from dataclasses import dataclass
from typing import Literal

import numpy as np
from PIL import Image, ImageOps

from chairside.imaging.rules import contents
from chairside.imaging.rules.contents import Refused

MOST_PIXELS = 64_000_000
SMALL = (480, 360)
JPEG_QUALITY = 92
SMALL_QUALITY = 82
# How large it is we look at ourselves, before anything is unpacked.
Image.MAX_IMAGE_PIXELS = None
FORMATS = {
    contents.JPEG: "JPEG", contents.PNG: "PNG", contents.TIFF: "TIFF", contents.BMP: "BMP", contents.WEBP: "WEBP",
}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """`picture`: gray16 are two bytes a pixel, the lower first; else a file of that format. Window and scale where the file says
    them."""

    picture: Literal["gray16", "jpeg", "png"]
    view: bytes
    thumb: bytes
    width: int
    height: int
    window_centre: float | None = None
    window_width: float | None = None
    inverted: bool = False
    mm_per_pixel: float | None = None


def shown(kind: str, content: bytes) -> Shown:
    """Of a JPEG, PNG, TIFF, BMP or WebP. Raises Refused."""
    try:
        with Image.open(io.BytesIO(content), formats=[FORMATS[kind]]) as opened:
            check_pixels(*opened.size)
            thumb = small_of(opened, content, kind)
            opened.load()
            picture: Image.Image = ImageOps.exif_transpose(opened)
    except Refused:
        raise
    except (OSError, SyntaxError) as error:
        raise Refused("truncated" if "trunc" in str(error).lower() or "broken" in str(error).lower() else "damaged") from error
    except Exception as error:  # whatever a decoder stumbles over in a file that was made to make it stumble
        raise Refused("damaged") from error
    if picture.mode.startswith("I;16") or picture.mode == "I":
        return gray16(np.clip(np.asarray(picture).astype(np.int64), 0, 65535).astype(np.uint16))
    if picture.mode in ("1", "L", "LA"):
        return Shown("png", _written(_flat(picture).convert("L"), "PNG"), thumb, *picture.size)
    return Shown("jpeg", _written(_flat(picture), "JPEG", quality=JPEG_QUALITY), thumb, *picture.size)


def check_pixels(width: int, height: int) -> None:
    """Raises Refused."""
    if width * height > MOST_PIXELS or max(width, height) > 30_000:
        raise Refused("too_many_pixels")
    if min(width, height) < 1:
        raise Refused("no_picture")


def small_of(opened: Image.Image, content: bytes, kind: str) -> bytes:
    """A JPEG for the gallery; of a JPEG, unpacked no larger than it takes."""
    with Image.open(io.BytesIO(content), formats=[FORMATS[kind]]) as again:
        again.draft("RGB", (SMALL[0] * 2, SMALL[1] * 2))
        if again.mode.startswith("I"):
            return gray16(np.clip(np.asarray(again).astype(np.int64), 0, 65535).astype(np.uint16)).thumb
        turned: Image.Image = ImageOps.exif_transpose(again)
        return _small(_flat(turned))


def gray16(
    pixels: "np.ndarray[tuple[int, ...], np.dtype[np.uint16]]", centre: float | None = None, width: float | None = None,
    *, inverted: bool = False, mm_per_pixel: float | None = None,
) -> Shown:  # fmt: skip
    """Without a window, one that shows all but the outermost greys."""
    if centre is None or not width or width <= 0:
        low, high = (float(one) for one in np.percentile(pixels, (0.5, 99.5)))
        centre, width = (low + high) / 2, max(high - low, 1.0)
    low = centre - width / 2
    eight = np.clip((pixels.astype(np.float32) - low) / width * 255, 0, 255).astype(np.uint8)
    thumb = _small(Image.fromarray(255 - eight if inverted else eight))
    rows, columns = pixels.shape
    view = pixels.astype("<u2").tobytes()
    return Shown("gray16", view, thumb, columns, rows, centre, width, inverted, mm_per_pixel)


def colours(pixels: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]", mm_per_pixel: float | None = None) -> Shown:
    picture = Image.fromarray(pixels)
    view = _written(picture, "JPEG", quality=JPEG_QUALITY)
    return Shown("jpeg", view, _small(picture), *picture.size, mm_per_pixel=mm_per_pixel)


def _flat(picture: Image.Image) -> Image.Image:
    """On black where it lets something through."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        ground = Image.new("RGBA", seen.size, (0, 0, 0, 255))
        return Image.alpha_composite(ground, seen).convert("RGB")
    return picture if picture.mode in ("L", "RGB") else picture.convert("RGB")


def _small(picture: Image.Image) -> bytes:
    made = picture.copy()
    made.thumbnail(SMALL, Image.Resampling.LANCZOS, reducing_gap=2)
    return _written(made if made.mode in ("L", "RGB") else made.convert("RGB"), "JPEG", quality=SMALL_QUALITY)


def _written(picture: Image.Image, format: str, **more: int) -> bytes:
    """Only pixels: nothing of what came along in the file is handed over."""
    out = io.BytesIO()
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    bare.save(out, format, **more)
    return out.getvalue()
