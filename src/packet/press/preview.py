"""Pictures of a packet to look at: each page in greys, and all of them small on one contact sheet."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

WIDEST, TALLEST = 2000, 2600
"""No contact sheet is larger than this, in pixels."""
LARGEST_PAGE = 240
"""No page on it is wider than this, in pixels."""

_GAP, _LABEL = 12, 18  # pixels between spreads, and below a page for its label
_PAPER, _DESK, _EDGE, _INK = 255, 216, 120, 0  # greys


def pages(pdf: bytes, dpi: int) -> list[bytes]:
    """Return each page as a grey PNG of `dpi` pixels to the inch."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_png(page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")) for page in document]


def labels(pdf: bytes) -> list[str]:
    """Return the label of each page as a viewer shows it: its folio, or its number where the PDF gives none."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [document.get_page_label(number) or str(number + 1) for number in range(len(document))]


def contact_sheet(pages: Sequence[bytes], labels: Sequence[str]) -> bytes:
    """Return a PNG with all pages small, in rows of spreads, each with its label below it.

    A left-hand page touches the right-hand page beside it; the first page stands alone on the right. The more pages
    there are, the smaller they get: the sheet is never larger than `WIDEST` by `TALLEST`. `pages` are pictures, at
    least one, and all get the room of the first.
    """
    with Image.open(io.BytesIO(pages[0])) as first:
        shape = first.height / first.width
    spreads = len(pages) // 2 + 1
    columns, width = _grid(spreads, shape)
    rows = math.ceil(spreads / columns)
    height = round(width * shape)
    spread = (2 * width + _GAP, height + _LABEL + _GAP)
    sheet = Image.new("L", (columns * spread[0] + _GAP, rows * spread[1] + _GAP), _DESK)
    for number, (page, label) in enumerate(zip(pages, labels, strict=True), start=1):
        row, column = divmod(number // 2, columns)
        left = _GAP + column * spread[0] + number % 2 * width
        _stick(sheet, page, label, (left, _GAP + row * spread[1], width, height))
    return _png(sheet)


def _grid(spreads: int, shape: float) -> tuple[int, int]:
    """Return how many spreads go in a row, and the width of a page, so that the pages are as large as can be."""

    def width(columns: int) -> int:
        across = ((WIDEST - _GAP) // columns - _GAP) // 2
        down = (TALLEST - _GAP) // math.ceil(spreads / columns) - _GAP - _LABEL
        return min(across, int(down / shape), LARGEST_PAGE)

    columns = max(range(1, spreads + 1), key=lambda columns: (width(columns), columns))
    return columns, max(1, width(columns))


def _stick(sheet: Image.Image, page: bytes, label: str, box: tuple[int, int, int, int]) -> None:
    """Put a page on the sheet, into a box of left, top, width and height, with its label below the box."""
    left, top, width, height = box
    with Image.open(io.BytesIO(page)) as picture:
        small = picture.convert("L").resize((width, height), Image.Resampling.LANCZOS)
    sheet.paste(small, (left, top))
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((left, top, left + width - 1, top + height - 1), outline=_EDGE)
    middle = (left + width / 2, top + height + _LABEL / 2)
    draw.text(middle, label, fill=_INK, font=ImageFont.load_default(12), anchor="mm")


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
