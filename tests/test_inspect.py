"""Each rule of the inspection: a page made to break it is reported by code and page, and a clean page is not."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import ImageChops

from conftest import HERE, Run
from packet.press import inspect, marks
from packet.press.copier import PIXEL, Plate
from packet.press.inspect import Sheet, contrast, measure
from packet.press.sheets import Order
from packet.press.typeset import typeset
from packet.problems import Exit

STYLE = """
@page { size: 215.9mm 279.4mm; margin: 19mm 15mm 17mm 25mm }
@page :left { margin-left: 15mm; margin-right: 25mm }
body { margin: 0; font: 12pt/1.4 "Gentium Book Plus" }
.page { break-before: page }
.put { position: absolute; width: 60mm; height: 20mm }
"""
TEXT = "The President answered reporters in the Oval Office, and the Senate let in ten trainers. "
CURVE = '<path d="M5 5C40 60 80 -40 140 30L20 40" fill="none" stroke="#000" stroke-width="0.8"/>'
CLEAN = f"""
<p>{TEXT * 8}</p>
<p style="font: 9.5pt 'Source Sans 3'">{TEXT}</p>
<p style="background: #000; color: #fff; font: bold 12pt 'Source Sans 3'">{TEXT}</p>
<table style="border-collapse: collapse"><tr><td style="border: 0.5pt solid #333">{TEXT}</td></tr></table>
<p style="border: 0.8pt solid #000; border-bottom: 1pt dashed #000; padding: 2mm">{TEXT}</p>
<p style="border-bottom: 0.5pt solid #666; width: 60mm">Name</p>
<svg width="150mm" height="20mm" viewBox="0 0 150 45">{CURVE}</svg>
"""


@cache
def pdf(*pages: str) -> bytes:
    body = "".join(f'<div class="page">{page}</div>' for page in pages)
    html = f'<html lang="en"><head><title>Pages</title><style>{STYLE}</style></head><body>{body}</body></html>'
    return typeset(Order("pages", {}, {}), html).pdf


def line(style: str) -> str:
    """Give lines at all heights between two rows of dots."""
    return "".join(f'<div style="height: {6 + dot / 50}mm; border-bottom: {style}"></div>' for dot in range(9))


BAD = {
    "edge": '<div class="put" style="top: -16mm; left: 0; border-top: 1pt solid #000"></div>',
    "holes": '<p style="margin-right: -12mm; text-align: right">Under a hole.</p>',
    "small-text": '<p style="font-size: 8pt">A small remark.</p>',
    "body-text": f'<p style="font-size: 10.5pt">{TEXT * 20}</p>',
    "cut-off": f'<p style="height: 3mm; overflow: hidden">{TEXT}</p>',
    "type-on-type": f'<p style="margin: 0">{TEXT}</p><p style="margin: -5mm 0 0">Upon it. {TEXT}</p>',
    "thin-rule": line("0.3pt solid #000"),
    "pale-rule": line("1pt solid #999"),
    "color": '<p style="color: #100030">Blue, and almost black.</p>',
    "contrast": '<p style="color: #666">Grey words.</p>',
    "copy-rule": line("0.5pt solid #aaa"),
    "copy-faded": f'<p style="font-size: 9pt; color: #aaa">{TEXT}</p>',
    "copy-filled": f'<p style="background: #bbb">{TEXT}</p>',
}


@pytest.mark.parametrize("code", [rule.code for rule in inspect.RULES])
def test_a_page_that_breaks_a_rule_is_named(code: str) -> None:
    problems = [
        problem for problem in inspect.inspect(pdf(CLEAN, CLEAN + BAD[code]), ["one", "two"]) if problem.code == code
    ]
    assert [problem.message.split(":")[0] for problem in problems] == ["two"]
    assert problems[0].hint


def test_a_clean_page_passes_everything() -> None:
    assert inspect.inspect(pdf(CLEAN, CLEAN)) == []
    measured = measure(pdf(CLEAN, CLEAN))
    assert [row.rule for row in measured] == list(inspect.RULES)
    assert all(row.passed and row.worst is not None for row in measured)


def test_the_block_is_named_by_its_words() -> None:
    (problem,) = inspect.inspect(pdf(CLEAN + '<p>Before.</p><p style="font-size: 8pt">A small remark.</p>'))
    assert problem.message == "page 1: size of type: 8.00 pt at “A small remark.”; it must be at least 9"
    (problem,) = inspect.inspect(pdf("<p>Fill it in.</p>" + line("0.4pt solid #000")))
    assert "“Fill it in.”, and wrong in 9 places" in problem.message


STRETCHED = '<svg width="150mm" height="10mm" viewBox="0 0 9 9" preserveAspectRatio="none">{}</svg>'


@pytest.mark.parametrize(
    "thin",
    [
        '<div style="height: 0.3pt; background: #000"></div>',
        '<p style="border: 0.3pt solid #000">A frame.</p>',
        '<p style="border: 1pt solid #000; border-top: 0.3pt solid #000">A frame.</p>',
        STRETCHED.format('<path d="M0 4h9" stroke="#000" stroke-width="0.1"/>'),
    ],
)
def test_a_rule_is_thin_however_it_is_made(thin: str) -> None:
    (problem,) = [problem for problem in inspect.inspect(pdf(CLEAN + thin)) if problem.code == "thin-rule"]
    assert "width of rules: 0.3" in problem.message


@pytest.mark.parametrize(
    ("side", "page", "holes", "broken"),
    [
        ("left", 0, "binding", True),
        ("left", 1, "binding", False),
        ("right", 0, "binding", False),
        ("right", 1, "binding", True),
        ("left", 1, "left", True),
        ("left", 0, "none", False),
    ],
)
def test_holes_are_on_the_binding_side(side: str, page: int, holes: str, broken: bool) -> None:
    width = {"left": (25, 15), "right": (15, 25)}[side][page]
    shifted = f'<p style="margin-{side}: {10 - width}mm; text-align: {side}">Ten millimetres from the edge.</p>'
    sheets = [CLEAN, CLEAN]
    sheets[page] = CLEAN + shifted
    problems = inspect.inspect(pdf(*sheets), sheet=Sheet(holes=holes))  # type: ignore[arg-type]
    assert [problem.code for problem in problems] == ["holes"] * broken


def test_a_band_to_the_edge_is_left_out_of_account_on_both_sides() -> None:
    band = '<div class="put" style="background: #000; width: 10mm; {}: -15mm"></div>'
    packet = pdf(CLEAN + band.format("right"), CLEAN + band.format("left"))
    assert [problem.code for problem in inspect.inspect(packet)] == ["edge"] * 2
    assert inspect.inspect(packet, sheet=Sheet(bands=[(205, 0, 215.9, 279.4)])) == []


def test_each_page_has_a_body_size_of_its_own() -> None:
    pages = pdf(f'<p style="font-size: 10.5pt">{TEXT * 10}</p>', f"<p>{TEXT * 10}</p>")
    assert inspect.inspect(pages, body=[10, 12]) == []
    assert [problem.code for problem in inspect.inspect(pages, body=[10, 18])] == ["body-text"]
    assert [row.page for row in measure(pages, body=[10, 11]) if row.rule is inspect.MAIN] == ["page 1"]


def test_hidden_text_has_no_contrast_and_blank_pages_have_nothing() -> None:
    (problem,) = inspect.inspect(pdf(CLEAN + '<p style="color: #fff">The answer is seven.</p>'))
    assert (problem.code, "1.00 :1 at “The answer is seven.”" in problem.message) == ("contrast", True)
    assert all(row.worst is None and row.passed for row in measure(pdf("")))


def test_labels_that_run_aslant_side_by_side_are_not_on_each_other() -> None:
    label = '<text x="20" y="20" font-size="12" transform="translate({} 0) rotate(40 20 20)">A slanted label</text>'
    drawn = '<svg width="100mm" height="60mm" viewBox="0 0 283 170">{}</svg>'
    assert inspect.inspect(pdf(CLEAN + drawn.format(label.format(0) + label.format(24)))) == []


def test_what_is_see_through_is_pale() -> None:
    codes = {problem.code for problem in inspect.inspect(pdf(CLEAN + f'<p style="opacity: 0.4">{TEXT}</p>'))}
    assert "contrast" in codes


def test_photographs_are_searched_for_color() -> None:
    tinted = pikepdf.open(io.BytesIO(pdf(CLEAN)))
    image = tinted.make_stream(bytes((200, 60, 60)) * 4, Width=2, Height=2, BitsPerComponent=8)
    image.Type, image.Subtype, image.ColorSpace = pikepdf.Name.XObject, pikepdf.Name.Image, pikepdf.Name.DeviceRGB
    page = tinted.pages[0]
    page.add_resource(image, pikepdf.Name.XObject, pikepdf.Name.Photo)
    page.contents_add(b"q 90 0 0 90 300 100 cm /Photo Do Q")
    assert [problem.code for problem in inspect.inspect(saved(tinted))] == ["color"]


def saved(document: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def turned(angle: int) -> Callable[[pikepdf.Pdf], None]:
    return lambda document: document.pages[0].rotate(angle, relative=False)


def cropped(document: pikepdf.Pdf) -> None:
    document.pages[0].cropbox = [20, 30, 600, 780]


def nested(document: pikepdf.Pdf) -> None:
    """Draw the page as a drawing within a drawing, each with a matrix of its own."""
    page = document.pages[0]
    inner = page.as_form_xobject()
    inner.write(inner.read_bytes())  # until now it reads what the page holds
    inner.Matrix = pikepdf.Array([0.5, 0, 0, 0.5, 10, 20])
    outer = document.make_stream(b"q 1.2 0 0 1.2 7 9 cm /Inner Do Q")
    outer.Type, outer.Subtype, outer.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, page.mediabox
    outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Inner=inner))
    outer.Matrix = pikepdf.Array([1, 0, 0, 0.9, 0, 15])
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Outer=outer))
    page.obj.Contents = document.make_stream(b"q 1.1 0 0 1.1 3 -4 cm /Outer Do Q")


SAME: Callable[[pikepdf.Pdf], None] = turned(0)


@pytest.mark.parametrize("change", [SAME, turned(90), turned(180), turned(270), cropped, nested])
def test_marks_lie_where_their_ink_is(change: Callable[[pikepdf.Pdf], None]) -> None:
    document = pikepdf.open(io.BytesIO(pdf(CLEAN)))
    change(document)
    with pypdfium2.PdfDocument(saved(document)) as read:
        page = read[0]
        drawn = ImageChops.invert(Plate(page).drawn).getbbox()
        found = marks.marks(page)
    boxes = [mark.box for each in (found.texts, found.lines, found.areas) for mark in each]
    around = [min(box[0] for box in boxes), min(box[1] for box in boxes),
              max(box[2] for box in boxes), max(box[3] for box in boxes)]  # fmt: skip
    assert [side / PIXEL for side in around] == pytest.approx(drawn, abs=2.5)


def test_sizes_are_those_on_paper() -> None:
    document = pikepdf.open(io.BytesIO(pdf(CLEAN)))
    nested(document)
    with pypdfium2.PdfDocument(saved(document)) as read:
        found = marks.marks(read[0])
    high = 0.5 * 1.2 * 0.9 * 1.1
    assert found.texts[0].size == pytest.approx(12 * high, abs=0.02)
    assert found.texts[0].words.startswith("The President answered")
    flat = [mark.width for mark in found.lines if mark.points[0][1] == mark.points[-1][1]]
    assert min(flat) == pytest.approx(0.5 * high, abs=0.02)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(0, 255) == pytest.approx(21)
    assert contrast(0x59, 255) == pytest.approx(7.0, abs=0.05)
    assert contrast(255, 0x66) == pytest.approx(5.74, abs=0.01)


def test_the_same_pdf_measures_the_same() -> None:
    assert measure(pdf(CLEAN, CLEAN)) == measure(pdf(CLEAN, CLEAN))


def test_a_shipped_lesson_passes(run: Run, tmp_path: Path) -> None:
    ended = run("build", "2", "--edition", "student", "--unit", HERE.parent / "lessons", "--out", "out")
    assert ended.returncode == Exit.DONE
    (packet,) = (tmp_path / "out").glob("*.pdf")
    failed = [row for row in measure(packet.read_bytes(), body=[9.5] * 100) if not row.passed]
    assert failed == []


def test_words_that_run_off_the_sheet_are_told() -> None:
    problems = inspect.inspect(pdf('<p style="position: absolute; left: 300mm">Far away.</p><p>Here.</p>'))
    assert "cut-off" in {problem.code for problem in problems}
    assert "“Far" in " ".join(problem.message for problem in problems)
