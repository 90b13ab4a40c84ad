"""The size of pictures, from their headers alone."""

from __future__ import annotations

import warnings
from pathlib import Path

_RASTERS = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".bmp", ".tif", ".tiff")
_ORIENTATION = 0x0112
_SIDEWAYS = (5, 6, 7, 8)


class ImageError(Exception):
    """A picture can't be read, or is too large to be one."""


def is_raster(path: str) -> bool:
    """Return whether a file's name says that it is a picture made of pixels."""
    return path.lower().endswith(_RASTERS)


def raster_size(path: Path) -> tuple[int, int]:
    """Width and height in pixels as browsers show it, turned as its EXIF data says.

    Raises `ImageError`.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as image:
                width, height = image.size
                turned = image.getexif().get(_ORIENTATION) in _SIDEWAYS
    except UnidentifiedImageError as error:
        raise ImageError("is no picture of a known format, whatever its name says") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageError("is larger than any picture on a page should be") from error
    except (OSError, ValueError, SyntaxError) as error:
        raise ImageError(f"is damaged: {error}") from error
    return (height, width) if turned else (width, height)
