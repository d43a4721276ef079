"""Plain pages to impose and to look at: each says its number in large type, in a packet that claims what ours claim."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name

LETTER, A4 = (612.0, 792.0), (595.276, 841.89)


def plain_pages(count: int, size: tuple[float, float] = LETTER, bleed: float = 0) -> bytes:
    """Return pages "page 1" and so on, of a size in points, with `bleed` points of black around what is cut."""
    width, height = size
    pdf = pikepdf.Pdf.new()
    face = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for number in range(1, count + 1):
        pdf.add_blank_page(page_size=(width + 2 * bleed, height + 2 * bleed))
        page = pdf.pages[-1].obj
        page.TrimBox = Array([bleed, bleed, bleed + width, bleed + height])
        page.Resources = Dictionary(Font=Dictionary(F=face))
        black = f"0 0 {width + 2 * bleed} {bleed} re f"
        words = f"BT /F 40 Tf {bleed + 50} {bleed + height / 2} Td (page {number}) Tj ET"
        page.Contents = pdf.make_stream(f"{black} {words}".encode())
    pdf.Root.Lang = pikepdf.String("en-US")
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.r), 2, Dictionary(S=Name.D)]))
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = "Plain pages"
        metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"] = "2", "A", "1"
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def halves(pdf: bytes) -> list[tuple[str, str]]:
    """Return the text on the left and on the right half of each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        found = []
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            left = text.get_text_bounded(right=width / 2, top=height)
            found.append((left.strip(), text.get_text_bounded(left=width / 2, top=height).strip()))
        return found
