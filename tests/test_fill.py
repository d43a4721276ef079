"""A fillable packet: the same pages, fields tagged where a reader expects them, and what is typed sits on its lines."""

from __future__ import annotations

import ctypes
import io
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import page as validation
import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from pypdfium2 import raw

from packet.press.bind import Binding, bind
from packet.press.collate import Part, Slot
from packet.press.fill import Field, fillable
from packet.press.fonts import folders
from packet.press.numbering import SET
from packet.press.pencil import FACE, SIZE
from packet.press.sheets import Order, Sheets
from packet.press.typeset import typeset

POINT = 72 / 25.4
LINES = 8.5 * POINT

PAGES = """<html lang="en-US"><head><title>A worksheet</title><style>
@page { size: 140mm 220mm; margin: 10mm }
body { margin: 0; font: 12pt/18pt "Gentium Book Plus" }
h1, p { margin: 0; font-size: 12pt }
.lines { height: 34mm; margin-left: 10mm }
td, th { width: 40mm; height: 20mm; padding: 0; text-align: left; vertical-align: top }
.beside { width: 60mm } .next { break-before: page }
</style></head><body>
<h1>Worksheet</h1>
<div><div><span id="name">Name</span></div><div class="beside"><span>Date</span></div></div>
<div><p>What happened?</p><div class="lines" id="lines"></div></div>
<div><p>And then?</p></div>
<table><thead><tr><th>Who</th><th>Claim</th><th>Evidence</th></tr></thead><tbody>
<tr><th>Castro</th><td id="castro-claim">given</td><td id="castro-evidence"></td></tr>
<tr><th>Sheinbaum</th><td id="claim"></td><td id="evidence"></td></tr></tbody></table>
<table><thead><tr><th>For</th><th>Against</th></tr></thead><tbody>
<tr><td id="for"></td><td id="against"></td></tr>
<tr><td id="for-2"></td><td id="against-2"></td></tr></tbody></table>
<div class="next lines" id="page"></div>
</body></html>"""

ORDER = [
    "name",
    "date",
    "lines",
    "castro-evidence",
    "claim",
    "evidence",
    "for",
    "against",
    "for-2",
    "against-2",
    "page",
]


def sheets(html: str, tagged: bool = True) -> Sheets:
    return typeset(Order("worksheet", {}, {}, tagged=tagged), html)


@cache
def fount() -> Sheets:
    return sheets("".join(f"<p>{letters}</p>" for letters in SET.values()), False)


@cache
def worksheet() -> tuple[bytes, tuple[Field, ...]]:
    """Return a bound packet of two pages, and a field over each of its boxes in the order of reading."""
    set_ = sheets(PAGES)
    set_ = replace(set_, stamps=[{"folio": (20.0, 200.0, 34.0, 205.0)}] * 2)
    slots = [Slot(0, number, "arabic", str(number + 1)) for number in range(2)]
    pdf = bind([Part(set_, "arabic")], slots, fount(), [], Binding("Worksheet", "A worksheet", code="C0DE", job="{}"))

    def rect(name: str) -> tuple[int, tuple[float, float, float, float]]:
        number = set_.anchors[name]
        left, top, right, bottom = (edge * POINT for edge in set_.places[number][name])
        return number, (left, set_.height - bottom, right, set_.height - top)

    page, (_, bottom, right, top) = rect("name")
    fields = {"name": Field("name", "Name", page, (right + 2, bottom, right + 100, top), multiline=False)}
    fields["date"] = Field("date", "Date", page, (right + 2, bottom - 18, right + 100, top - 18), multiline=False)
    fields |= {name: Field(name, f"Box {name}", *rect(name), multiline=True) for name in ORDER[2:]}
    fields["lines"] = replace(fields["lines"], leading=LINES)
    return pdf, tuple(fields[name] for name in ORDER)


@cache
def filled_out() -> bytes:
    return fillable(*worksheet())


@pytest.fixture
def made() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(filled_out())) as packet:
        yield packet


def kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    found = element.get("/K", [])
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def forms(element: pikepdf.Object) -> list[pikepdf.Object]:
    """Return the elements of fields in the order in which they are read."""
    below = [
        form for kid in kids(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid for form in forms(kid)
    ]
    return [element] if element.get("/S") == "/Form" else below


def form(packet: pikepdf.Pdf, name: str) -> pikepdf.Object:
    return next(form for form in forms(packet.Root.StructTreeRoot) if str(form.K.Obj.T) == name)


def place(form: pikepdf.Object) -> tuple[str, int]:
    """Return the kind of element that a field stands in, and its place in it."""
    return str(form.P.S), [kid.objgen for kid in kids(form.P)].index(form.objgen)


def test_fields_are_read_in_their_order(made: pikepdf.Pdf) -> None:
    assert [str(found.K.Obj.T) for found in forms(made.Root.StructTreeRoot)] == ORDER
    assert all(str(page.obj.Tabs) == "/S" for page in made.pages)


@pytest.mark.parametrize("name", ["name", "date", "lines"])
def test_a_field_follows_its_label_or_question(made: pikepdf.Pdf, name: str) -> None:
    kind, at = place(form(made, name))
    assert (kind, at) == ("/Div", 1)


@pytest.mark.parametrize(("name", "row", "column"), [("castro-evidence", 0, 2), ("claim", 1, 1), ("evidence", 1, 2)])
def test_a_field_is_in_the_cell_that_it_covers(made: pikepdf.Pdf, name: str, row: int, column: int) -> None:
    cell = form(made, name).P
    assert str(cell.S) == "/TD"
    assert [kid.objgen for kid in kids(cell.P)].index(cell.objgen) == column
    assert [kid.objgen for kid in kids(cell.P.P)].index(cell.P.objgen) == row


@pytest.mark.parametrize(
    ("name", "row", "column"), [("for", 0, 0), ("against", 0, 1), ("for-2", 1, 0), ("against-2", 1, 1)]
)
def test_fields_without_row_heads_fill_the_cells_under_their_head(
    made: pikepdf.Pdf, name: str, row: int, column: int
) -> None:
    test_a_field_is_in_the_cell_that_it_covers(made, name, row, column)


def test_fields_on_a_figure_follow_it_wherever_they_are_on_it() -> None:
    drawn = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1H8M1 8H8" stroke="#000"/></svg>'
    figure = (
        "<h1>Map</h1><p>Do it.</p><div id=map><img src='packet:///map.svg' alt='A map' width=300></div></body></html>"
    )
    html = PAGES[: PAGES.index("<h1>")] + figure
    part = typeset(Order("map", {}, {"map.svg": drawn}), html)
    part = replace(part, stamps=[{}])
    binding = Binding("Map", "A map", code="C0DE", job="{}")
    pdf = bind([Part(part, "arabic")], [Slot(0, 0, "arabic", "1")], fount(), [], binding)
    left, top, right, bottom = (edge * POINT for edge in part.places[0]["map"])
    rects = [(left + 50, part.height - y - 30, right - 300, part.height - y) for y in (top + 20, bottom - 60)]
    fields = [Field(str(number), "Box", 0, rect, multiline=True) for number, rect in enumerate(rects)]
    with pikepdf.open(io.BytesIO(fillable(pdf, fields))) as packet:
        holder = form(packet, "0").P
        assert [str(kid.S) for kid in kids(holder)] == ["/Figure", "/Form", "/Form"]


def test_fields_in_one_place_come_in_their_order() -> None:
    pdf, fields = worksheet()
    lines = next(field for field in fields if field.name == "lines")
    names = ["3", "1", "2"]
    with pikepdf.open(io.BytesIO(fillable(pdf, [replace(lines, name=name) for name in names]))) as packet:
        assert [str(found.K.Obj.T) for found in forms(packet.Root.StructTreeRoot)] == names
        assert [place(form(packet, name)) for name in names] == [("/Div", 1), ("/Div", 2), ("/Div", 3)]


def test_a_field_that_covers_its_label_follows_it() -> None:
    pdf, (name, *_) = worksheet()
    left, *others = name.rect
    with pikepdf.open(io.BytesIO(fillable(pdf, [replace(name, rect=(10 * POINT, *others))]))) as packet:
        assert place(form(packet, "name")) == ("/Div", 1)
        assert left > 10 * POINT


def test_the_tag_tree_knows_each_field(made: pikepdf.Pdf) -> None:
    entries = list(made.Root.StructTreeRoot.ParentTree.Nums)
    parents = dict(zip(map(int, entries[::2]), entries[1::2], strict=True))
    assert len(parents) == len(entries) // 2
    assert sorted(parents) == [int(key) for key in entries[::2]]
    for field in made.Root.AcroForm.Fields:
        assert parents[int(field.StructParent)].K.Obj.objgen == field.objgen


def test_fields_say_what_they_are_and_are_printed(made: pikepdf.Pdf) -> None:
    fields = {str(field.T): field for field in made.Root.AcroForm.Fields}
    assert list(fields) == ORDER
    assert str(fields["name"].TU) == "Name"
    assert all(int(field.F) == 4 for field in fields.values())
    assert [name for name, field in fields.items() if not int(field.Ff) & 1 << 12] == ["name", "date"]
    assert "/NeedAppearances" not in made.Root.AcroForm


def test_the_pages_are_the_same() -> None:
    with pypdfium2.PdfDocument(worksheet()[0]) as plain, pypdfium2.PdfDocument(filled_out()) as made:
        made.init_forms()
        for before, after in zip(plain, made, strict=True):
            assert before.render(scale=2).to_pil().tobytes() == after.render(scale=2).to_pil().tobytes()


def test_it_claims_pdf_ua_alone_and_keeps_its_title(made: pikepdf.Pdf) -> None:
    with made.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Worksheet"
        assert not [claim for claim in metadata if "pdfa/ns" in claim]


def faults(pdf: bytes, tmp_path: Path) -> set[str]:
    """Return the rules of PDF/UA-1 that a file breaks."""
    file = tmp_path / "made.pdf"
    file.write_bytes(pdf)
    return {failure.rule_id for failure in validation.validate_pdf(str(file), profile="ua1").failures}


def test_it_conforms_to_pdf_ua(tmp_path: Path) -> None:
    assert faults(worksheet()[0], tmp_path) == set()
    assert faults(filled_out(), tmp_path) == set()


def unsaid(packet: pikepdf.Pdf) -> None:
    del packet.Root.AcroForm.Fields[0]["/TU"]


def untagged(packet: pikepdf.Pdf) -> None:
    del packet.Root.AcroForm.Fields[0]["/StructParent"]


def in_a_row(packet: pikepdf.Pdf) -> None:
    element = form(packet, "claim")
    element.P.P.K.append(element)


@pytest.mark.parametrize("broken", [unsaid, untagged, in_a_row])
def test_a_fault_is_seen(broken: Callable[[pikepdf.Pdf], None], made: pikepdf.Pdf, tmp_path: Path) -> None:
    broken(made)
    out = io.BytesIO()
    made.save(out)
    assert faults(out.getvalue(), tmp_path)


def typed(pdf: bytes, name: str, text: str) -> bytes:
    """Type into a field of the first page as a viewer does, and return the saved file."""
    with pikepdf.open(io.BytesIO(pdf)) as packet:
        rect = next(field.Rect for field in packet.Root.AcroForm.Fields if str(field.T) == name)
        x, y = float(rect[0] + rect[2]) / 2, float(rect[1] + rect[3]) / 2
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        page, viewer = document[0], document.formenv
        raw.FORM_OnMouseMove(viewer, page, 0, x, y)
        raw.FORM_OnLButtonDown(viewer, page, 0, x, y)
        raw.FORM_OnLButtonUp(viewer, page, 0, x, y)
        letters = ctypes.create_string_buffer(text.encode("utf-16-le") + b"\0\0")
        raw.FORM_ReplaceSelection(viewer, page, ctypes.cast(letters, ctypes.POINTER(ctypes.c_ushort)))
        raw.FORM_ForceToKillFocus(viewer)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def baselines(look: pikepdf.Object) -> list[float]:
    """Return how far above the foot of a field each line stands, in points."""
    at, found = 0.0, []
    for operands, operator in pikepdf.parse_content_stream(look):
        if str(operator) == "Td":
            at += float(operands[1])
        elif str(operator) == "Tj":
            found.append(at)
    return sorted(set(found), reverse=True)


def test_what_is_typed_sits_on_the_lines_in_an_embedded_typeface(tmp_path: Path) -> None:
    saved = typed(
        filled_out(), "lines", "¿Qué pasó? A man from the north came into the town, and nobody knew why. " * 3
    )
    with pikepdf.open(io.BytesIO(saved)) as packet:
        look = next(field for field in packet.Root.AcroForm.Fields if str(field.T) == "lines").AP.N
        assert all("/FontFile2" in font.FontDescriptor for font in look.Resources.Font.values())
        lines = [float(look.BBox[3]) - LINES * number for number in range(1, 4)]
        above = [typed - line for typed, line in zip(baselines(look), lines, strict=False)]
    assert len(above) == 3
    assert above == pytest.approx([0.3 * SIZE] * 3, abs=0.2)
    assert faults(saved, tmp_path) == set()


def test_the_typeface_is_as_old_as_its_file(made: pikepdf.Pdf) -> None:
    (program,) = {bytes(font.FontDescriptor.FontFile2.read_bytes()) for font in made.Root.AcroForm.DR.Font.values()}
    file = next(file for folder in folders() for file in folder.glob(f"{FACE}.ttf"))
    assert TTFont(io.BytesIO(program))["head"].modified == TTFont(file)["head"].modified
    assert len(program) < file.stat().st_size / 4


def test_the_same_packet_gives_the_same_bytes_a_second_later() -> None:
    made = fillable(*worksheet())
    time.sleep(1.1)
    assert fillable(*worksheet()) == made


@pytest.mark.parametrize("names", [("a", "a"), ("3B.1", "b")])
def test_a_name_is_used_once_and_has_no_full_stop(names: tuple[str, str]) -> None:
    pdf, fields = worksheet()
    with pytest.raises(ValueError, match="a name of its own"):
        fillable(pdf, [replace(field, name=name) for field, name in zip(fields, names, strict=False)])
