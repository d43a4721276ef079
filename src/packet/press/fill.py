"""Make a bound packet fillable: named text fields over its ruled lines, on pages that stay the same."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from packet.press import claims, pencil
from packet.press.tagtree import Rect, TagTree

CLOSE = 1.35 * pencil.SIZE
"""The distance of lines where none are ruled, in points."""

_PRINT = 1 << 2  # annotation flag
_MULTILINE, _NO_SCROLL = 1 << 12, 1 << 23  # field flags


@dataclass(frozen=True)
class Field:
    """A text field: its name (unique, without a full stop), what is said of it aloud, and where it is."""

    name: str
    tooltip: str
    page: int
    """From 0."""
    rect: Rect
    """Left, bottom, right and top in PDF points from the lower left corner of the page."""
    multiline: bool
    leading: float = CLOSE
    """Of a field of many lines: the distance in points of the ruled lines; the top of `rect` is one above the first."""

    @property
    def line(self) -> float:
        """The height of one line in points: a field of one line is as high as that."""
        return self.leading if self.multiline else self.rect[3] - self.rect[1]


def fillable(pdf: bytes, fields: Sequence[Field]) -> bytes:
    """Return a bound packet with text fields, given in the order of reading. It claims PDF/UA-1 alone.

    Each field is tagged after the content beside or above it, or in the empty cell that it covers, and is reached in
    that order with the tab key. A field takes no more than it has room for, so what is filled in is also printed.
    Raises ValueError for a name that is used twice or has a full stop in it.
    """
    names = [field.name for field in fields]
    if len(set(names)) < len(names) or any("." in name for name in names):
        raise ValueError("each field needs a name of its own, without a full stop")
    with pikepdf.open(io.BytesIO(pdf)) as packet:
        tree = TagTree(packet, pdf)
        faces = _faces(packet, fields)
        widgets = [_widget(packet, field, faces) for field in fields]
        for field, widget in zip(fields, widgets, strict=True):
            page = packet.pages[field.page].obj
            page.Annots = Array([*page.get("/Annots", Array()), widget])
            tree.add(_form(packet, page, widget), widget, field.page, field.rect)
        packet.Root.AcroForm = Dictionary(Fields=Array(widgets), DR=Dictionary(Font=faces))
        claims.withdraw(packet, "pdfaid")
        return _saved(packet)


def _widget(packet: pikepdf.Pdf, field: Field, faces: pikepdf.Dictionary) -> pikepdf.Object:
    """Return a field and its widget in one, with the look of an empty field: nothing."""
    left, bottom, right, top = field.rect
    look = packet.make_stream(
        b"/Tx BMC EMC",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, right - left, top - bottom]),
        Resources=Dictionary(Font=faces),
    )
    return packet.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String(field.name),
            TU=String(field.tooltip),
            F=_PRINT,
            Ff=_NO_SCROLL | (_MULTILINE if field.multiline else 0),
            Rect=Array([left, bottom, right, top]),
            DA=String(f"0 g {_face(field)} {pencil.SIZE} Tf"),
            BS=Dictionary(W=0),
            AP=Dictionary(N=look),
            P=packet.pages[field.page].obj,
        )
    )


def _form(packet: pikepdf.Pdf, page: pikepdf.Object, widget: pikepdf.Object) -> pikepdf.Object:
    """Return the element that tags a widget."""
    widget_of_page = Dictionary(Type=Name.OBJR, Obj=widget, Pg=page)
    return packet.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Form, Pg=page, K=widget_of_page))


def _faces(packet: pikepdf.Pdf, fields: Sequence[Field]) -> pikepdf.Dictionary:
    """Return a typeface for each distance of lines, by its name."""
    program = pencil.embed(packet)
    leadings = {_face(field): field.line for field in fields}
    return Dictionary(
        {name: packet.make_indirect(pencil.typeface(program, leading)) for name, leading in leadings.items()}
    )


def _face(field: Field) -> str:
    return f"/Lines{round(100 * field.line)}"


def _saved(packet: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    packet.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    return out.getvalue()
