"""Pictures in other widths, and page one of PDFs, by the libraries of the extra ``images``."""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from labpress.core.images import Size

if TYPE_CHECKING:
    from PIL.Image import Image

QUALITY = 82
"""Of WebP: plots keep their edges."""


def can_draw() -> bool:
    """Whether the libraries are installed; they are imported only where there is something to draw."""
    return find_spec("PIL") is not None and find_spec("pypdfium2") is not None


def page_size(root: Path, path: str) -> Size | None:
    """Width and height in points of page one of a PDF of the content folder; None where it cannot be read."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(root / path) as document:
            width, height = document.get_page_size(0)
    except (pypdfium2.PdfiumError, OSError):
        return None
    return (round(width), round(height)) if width >= 1 and height >= 1 else None


def scaled(path: Path, width: int) -> bytes:
    """The picture at ``path``, or page one of the PDF, as WebP of ``width`` pixels; nothing where it is damaged."""
    from PIL.Image import DecompressionBombError, Resampling

    data = path.read_bytes()
    file = BytesIO()
    try:
        image = _first_page(data, width) if path.suffix.lower() == ".pdf" else _upright(data)
        height = max(1, round(image.height * width / image.width))
        image.resize((width, height), Resampling.LANCZOS).save(file, "WEBP", quality=QUALITY, method=4)
    except (OSError, ValueError, SyntaxError, DecompressionBombError):  # What Pillow raises over damaged files.
        return b""
    return file.getvalue()


def _upright(data: bytes) -> Image:
    """The picture as it is looked at: turned as the camera says, in the colours of screens."""
    from PIL import Image, ImageOps

    image = ImageOps.exif_transpose(Image.open(BytesIO(data)))
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _first_page(data: bytes, width: int) -> Image:
    """Page one of a PDF, drawn in twice the width: scaled down, its letters are smoother."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as document:
            page = document[0]
            image: Image = page.render(scale=2 * width / page.get_width()).to_pil()
    except pypdfium2.PdfiumError as error:
        raise ValueError(str(error)) from error
    return image
