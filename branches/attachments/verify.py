"""What a file really is, whatever its name says. Pictures are drawn anew, so that nothing but the picture is kept."""

import io
import warnings
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 25_000_000  # a bomb of 20 kB can claim 169 million, which would take 800 MB to draw
LONGEST_SIDE = 1920
JPEG_QUALITY = 85
TYPES = {".jpg": "image/jpeg", ".png": "image/png", ".pdf": "application/pdf"}


@dataclass(frozen=True)
class Verified:
    """What is stored: the bytes, and the suffix that is true of them."""

    content: bytes
    suffix: str


def verified(upload: UploadedFile, *, pictures_only: bool = False, longest: int = LONGEST_SIDE) -> Verified:
    """The file as it may be stored. Raises ValidationError with words that say what to do.

    JPEG, PNG and WebP are decoded, turned upright, shrunk to `longest` pixels a side and written anew: place and camera
    are gone. A PDF is kept as it came and never drawn by the server.
    """
    if (upload.size or 0) > MOST_BYTES:
        words = _("The file is larger than %(most)d MB. Please make it smaller, for example by a coarser scan.")
        raise ValidationError(words, params={"most": MOST_BYTES // 1024 // 1024})
    content = upload.read()
    if not pictures_only and content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        return Verified(content, ".pdf")
    return _redrawn(content, pictures_only, longest)


def _redrawn(content: bytes, pictures_only: bool, longest: int) -> Verified:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise ValidationError(_("The picture has too many pixels. Please take it with a lower resolution."))
                is_png = picture.format == "PNG"
                return _written(ImageOps.exif_transpose(picture), is_png, longest)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError, Warning) as fault:
        words = _("This is not a picture that can be read. Please choose a JPEG or PNG file.") if pictures_only else _(
            "This file cannot be read as a picture or a PDF. Please choose a JPEG, PNG or PDF file.")  # fmt: skip
        raise ValidationError(words) from fault


def _written(picture: Image.Image, is_png: bool, longest: int) -> Verified:
    picture.thumbnail((longest, longest))
    out = io.BytesIO()
    if is_png:
        mode = "RGBA" if "A" in picture.getbands() or "transparency" in picture.info else "RGB"
        picture.convert(mode).save(out, "PNG", optimize=True)
        return Verified(out.getvalue(), ".png")
    picture.convert("RGB").save(out, "JPEG", quality=JPEG_QUALITY)
    return Verified(out.getvalue(), ".jpg")
