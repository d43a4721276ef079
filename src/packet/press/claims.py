"""What a changed packet may still claim: its metadata stay, but for the standards that it no longer keeps."""

from __future__ import annotations

from typing import Literal

import pikepdf

Standard = Literal["pdfaid", "pdfuaid"]
"""PDF/A and PDF/UA, by the prefix of their claim in XMP."""

_CLAIMS = {
    "pdfaid": ("pdfaid:part", "pdfaid:conformance", "pdfaExtension:schemas"),
    "pdfuaid": ("pdfuaid:part",),
}


def withdraw(pdf: pikepdf.Pdf, *standards: Standard) -> None:
    """Take the claims of these standards out of a PDF's XMP; its title, description and language stay."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for standard in standards:
            for claim in _CLAIMS[standard]:
                if claim in metadata:
                    del metadata[claim]
