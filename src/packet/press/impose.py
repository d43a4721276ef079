"""Impose a bound packet: its pages two to a side, as a booklet to fold and staple, or small beside each other.

The files are for paper alone. A page becomes a drawing on a larger sheet, so structure tags, links, outline and page
labels cannot survive, and the claims to PDF/UA and PDF/A are withdrawn. The title, description and language stay.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Dictionary, Name

from packet.press import claims

Side = tuple[int | None, int | None]
"""The pages (from 0) on the left and the right of one side of a sheet; None is a blank."""


def booklet(pdf: bytes) -> bytes:
    """Return the pages at full size, two to a side of paper twice as large, in the order of a folded booklet.

    Letter pages come on 11 x 17 in, A4 pages on A3. Printed on both sides, flipped on the short edge, the whole stack
    is folded once and stapled in the fold. The number of pages is padded with blanks to a multiple of four. A page of
    another size than the first is scaled to it; a bleed is cut off. No tags: see the module.
    """
    with pikepdf.open(io.BytesIO(pdf)) as packet:
        width, height = _size(packet.pages[0])
        return _imposed(packet, booklet_order(len(packet.pages)), (2 * width, height))


def two_up(pdf: bytes) -> bytes:
    """Return the pages two to a side of the same paper laid crosswise, scaled to fit, in the order of reading.

    The last side of an odd number of pages is blank on the right. No tags: see the module.
    """
    with pikepdf.open(io.BytesIO(pdf)) as packet:
        width, height = _size(packet.pages[0])
        return _imposed(packet, two_up_order(len(packet.pages)), (height, width))


def booklet_order(pages: int) -> list[Side]:
    """Return the sides of a saddle-stitched booklet: front and back of each sheet, from the outermost sheet inwards."""
    places: list[int | None] = [*range(pages), *[None] * (-pages % 4)]
    last = len(places) - 1
    sides = [(places[last - number], places[number]) for number in range(len(places) // 2)]
    return [side if number % 2 == 0 else side[::-1] for number, side in enumerate(sides)]


def two_up_order(pages: int) -> list[Side]:
    """Return the sides with pages 0 and 1, 2 and 3, and so on."""
    return [(left, left + 1 if left + 1 < pages else None) for left in range(0, pages, 2)]


def _imposed(packet: pikepdf.Pdf, sides: Sequence[Side], sheet: tuple[float, float]) -> bytes:
    """Return sheets of a width and height in points, with the packet's pages on their halves."""
    made = pikepdf.Pdf.new()
    for side in sides:
        made.add_blank_page(page_size=sheet)
        _draw(made, packet, side)
    _catalog(made, packet)
    out = io.BytesIO()
    made.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    return out.getvalue()


def _draw(made: pikepdf.Pdf, packet: pikepdf.Pdf, side: Side) -> None:
    """Draw pages on the two halves of the last sheet, each as large as its half allows and in its middle."""
    sheet = made.pages[-1]
    width, height = _size(sheet)
    drawings, strokes = Dictionary(), []
    for half, (name, number) in enumerate(zip(("/Left", "/Right"), side, strict=True)):
        if number is None:
            continue
        page = packet.pages[number]
        page_width, page_height = _size(page)
        left, bottom = (float(edge) for edge in page.trimbox[:2])
        scale = min(width / 2 / page_width, height / page_height)
        x = (half + 0.5) * width / 2 - scale * (left + page_width / 2)
        y = height / 2 - scale * (bottom + page_height / 2)
        drawings[name] = made.copy_foreign(page.as_form_xobject())
        strokes.append(f"q {scale:.5f} 0 0 {scale:.5f} {x:.3f} {y:.3f} cm {name} Do Q")
    sheet.obj.Resources = Dictionary(XObject=drawings)
    sheet.obj.Contents = made.make_stream("\n".join(strokes).encode())


def _size(page: pikepdf.Page) -> tuple[float, float]:
    """Return the width and height of a page, cut, in points."""
    left, bottom, right, top = (float(edge) for edge in page.trimbox)
    return right - left, top - bottom


def _catalog(made: pikepdf.Pdf, packet: pikepdf.Pdf) -> None:
    root = made.Root
    root.Lang = packet.Root.Lang
    root.Metadata = made.copy_foreign(packet.Root.Metadata)
    claims.withdraw(made, "pdfaid", "pdfuaid")
    root.ViewerPreferences = Dictionary(
        DisplayDocTitle=True,
        PrintScaling=Name("/None"),
        Duplex=Name.DuplexFlipShortEdge,
        PickTrayByPDFSize=True,
    )
