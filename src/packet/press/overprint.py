"""Print heads and feet over sheets, as artifacts that are not part of what is read aloud."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
from pikepdf import Dictionary

from packet.press.sheets import Box, Sheets


def over(sheets: Sheets, heads: Sheets) -> Sheets:
    """Return sheets with heads and feet drawn over them, page for page; the places of `heads` are for numbers."""
    with pikepdf.open(io.BytesIO(sheets.pdf)) as pdf, pikepdf.open(io.BytesIO(heads.pdf)) as source:
        for page, head in zip(pdf.pages, source.pages, strict=True):
            resources = _copied(page.obj, "/Resources")  # the pages share theirs
            drawings = _copied(resources, "/XObject")
            drawings.Furniture = pdf.copy_foreign(head.as_form_xobject())
            resources.XObject = drawings
            page.obj.Resources = resources
            page.contents_add(b"q", prepend=True)
            page.contents_add(b"Q /Artifact <</Type /Pagination>> BDC /Furniture Do EMC")
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return replace(sheets, pdf=out.getvalue(), stamps=[_named(places) for places in heads.places])


def _copied(holder: pikepdf.Object, key: str) -> pikepdf.Dictionary:
    return Dictionary(dict(holder[key].items())) if key in holder else Dictionary()


def _named(places: dict[str, Box]) -> dict[str, Box]:
    """Return a page's places by what goes there: `folio-12`, as an anchor has to be called, becomes `folio`."""
    return {name.partition("-")[0]: box for name, box in places.items()}
