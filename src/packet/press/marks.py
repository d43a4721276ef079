"""What is drawn on a page of a PDF: its runs of text and its lines, as numbers, read back with pdfium.

All places are in points (1/72 inch) from the top left corner of the sheet as it is held to be read; x to the right,
y down. Drawings inside drawings (form XObjects: heads and feet, figures, ruled lines) are followed to the end; pdfium
gives their parts in the space of the drawing, so the matrices of the drawings around it are applied here.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from pypdfium2 import raw

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Color = tuple[int, int, int]
"""Red, green and blue, 0 to 255, as they come out on white paper."""
Matrix = tuple[float, float, float, float, float, float]

DEEPEST = 12
"""Drawings inside drawings are followed this far. Ours are three deep."""
CURVE = 8
"""A curve is taken for this many straight pieces."""
THICKEST = 3.0
"""A filled rectangle thinner than this (pt) is a rule; a thicker one is a bar or a band."""
SPACE = 0.2
"""A gap wider than this share of the type's size is a space between words; ours are a quarter of it."""
GRAIN = 0.01
"""A filled shape thinner than this (pt) is the side that a frame has not, or a clip has cut off, in rounded numbers."""
EVERYWHERE: Box = (-math.inf, -math.inf, math.inf, math.inf)


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text, mostly a line of a paragraph in one face."""

    words: str
    box: Box
    size: float
    """Size of the type on paper, in points."""
    color: Color
    tag: str = ""
    """What the PDF says that it is: P, H1, Figure, Artifact ...; nothing in a PDF without tags."""
    shown: float = 1.0
    """How much of its height and width is left by what it is cut to, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Line:
    """A stroke, or a filled rectangle as thin as one."""

    points: Sequence[Point]
    width: float
    """Least width on paper, in points, across the direction in which it runs."""
    color: Color

    @property
    def box(self) -> Box:
        """Return the box around its middle."""
        return _around(self.points)

    @property
    def length(self) -> float:
        """Return its length along its points."""
        return sum(math.dist(*piece) for piece in pairwise(self.points))


@dataclass(frozen=True, slots=True)
class Area:
    """A filled shape that is no rule."""

    box: Box
    color: Color


@dataclass(frozen=True, slots=True)
class Marks:
    """All marks of one page, in the order in which they are drawn."""

    texts: Sequence[Text]
    lines: Sequence[Line]
    areas: Sequence[Area]
    cut: Sequence[Text]
    """Texts that are not to be seen at all, as a clip cuts them off; they are not among the other texts."""


def marks(page: Any) -> Marks:
    """Return what is drawn on a page (of pypdfium2). What is cut off by a clip is left out, but for texts."""
    textpage = page.get_textpage()
    found: list[Text | Line | Area] = []
    for piece in _pieces(page):
        if piece.kind == raw.FPDF_PAGEOBJ_TEXT:
            found += _texts(piece, textpage)
        elif piece.kind == raw.FPDF_PAGEOBJ_PATH:
            found += _paths(piece)
    textpage.close()
    texts = [mark for mark in found if isinstance(mark, Text)]
    return Marks(
        _joined([text for text in texts if text.shown]),
        [mark for mark in found if isinstance(mark, Line)],
        [mark for mark in found if isinstance(mark, Area)],
        [text for text in texts if not text.shown],
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    """An object of pdfium: `outer` takes the space it lies in to the sheet, `inner` its own space to the sheet."""

    handle: Any
    kind: int
    outer: Matrix
    inner: Matrix
    clip: Box
    tag: str


def _pieces(page: Any) -> Iterator[_Piece]:
    handles = [raw.FPDFPage_GetObject(page, number) for number in range(raw.FPDFPage_CountObjects(page))]
    sheet = (0.0, 0.0, *page.get_size())
    yield from _within(handles, _upright(page), sheet, "", DEEPEST)


def _within(handles: Sequence[Any], outer: Matrix, clip: Box, tag: str, depth: int) -> Iterator[_Piece]:
    for handle in handles:
        own = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(handle, own)
        inner = _then((own.a, own.b, own.c, own.d, own.e, own.f), outer)
        cut = _both(clip, _clip(handle, outer))
        own_tag = tag or _tag(handle)
        kind = raw.FPDFPageObj_GetType(handle)
        if kind != raw.FPDF_PAGEOBJ_FORM:
            yield _Piece(handle, kind, outer, inner, cut, own_tag)
        elif depth:
            count = raw.FPDFFormObj_CountObjects(handle)
            yield from _within(
                [raw.FPDFFormObj_GetObject(handle, n) for n in range(count)], inner, cut, own_tag, depth - 1
            )


def _upright(page: Any) -> Matrix:
    """Return the matrix from the space of a page to the sheet: its box may begin anywhere, or be turned."""
    left, bottom, right, top = page.get_bbox()
    return {
        0: (1, 0, 0, -1, -left, top),
        90: (0, 1, 1, 0, -bottom, -left),
        180: (-1, 0, 0, 1, right, -bottom),
        270: (0, -1, -1, 0, top, right),
    }[page.get_rotation()]


def _texts(piece: _Piece, textpage: Any) -> Iterator[Text]:
    words = " ".join(_string(piece.handle, textpage).split())
    whole = _bounds(piece)
    box = _both(whole, piece.clip)
    size = ctypes.c_float()
    raw.FPDFTextObj_GetFontSize(piece.handle, size)
    a, b, c, d, _, _ = piece.inner
    along = math.hypot(a, b)
    if words and along and _size(whole):
        across = abs(a * d - b * c) / along
        color = _color(piece.handle, raw.FPDFPageObj_GetFillColor)
        shown = _size(box) / _size(whole) if box[0] < box[2] and box[1] < box[3] else 0.0
        yield Text(words, box if shown else whole, size.value * across, color, piece.tag, shown)


def _joined(texts: Sequence[Text]) -> list[Text]:
    """Return texts with what follows on a line in the same type added to it: a figure is written letter by letter."""
    joined: list[Text] = []
    for text in texts:
        last = joined[-1] if joined else None
        if last is None or not _follows(last, text):
            joined.append(text)
            continue
        space = " " if text.box[0] - last.box[2] > SPACE * text.size else ""
        box = (last.box[0], min(last.box[1], text.box[1]), text.box[2], max(last.box[3], text.box[3]))
        shown = min(last.shown, text.shown)
        joined[-1] = replace(last, words=f"{last.words}{space}{text.words}", box=box, shown=shown)
    return joined


def _follows(last: Text, text: Text) -> bool:
    gap = text.box[0] - last.box[2]
    level = last.box[1] < (text.box[1] + text.box[3]) / 2 < last.box[3]
    alike = abs(last.size - text.size) < 0.01 and (last.color, last.tag) == (text.color, text.tag)
    return alike and level and abs(gap) < text.size / 2


def _string(handle: Any, textpage: Any) -> str:
    size = raw.FPDFTextObj_GetText(handle, textpage, None, 0)
    buffer = (raw.FPDF_WCHAR * max(1, size // 2))()
    raw.FPDFTextObj_GetText(handle, textpage, buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace") if size > 2 else ""


def _bounds(piece: _Piece) -> Box:
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(piece.handle, *sides)
    left, bottom, right, top = (side.value for side in sides)
    return _around([_at(piece.outer, (x, y)) for x in (left, right) for y in (bottom, top)])


def _paths(piece: _Piece) -> Iterator[Line | Area]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(piece.handle, fill, stroke)
    count, get = raw.FPDFPath_CountSegments(piece.handle), raw.FPDFPath_GetPathSegment
    runs = _runs([get(piece.handle, number) for number in range(count)])
    placed = [[_at(piece.inner, point) for point in run] for run in runs]
    if fill.value:
        yield from _filled(placed, _color(piece.handle, raw.FPDFPageObj_GetFillColor), piece.clip)
    if stroke.value:
        pen = ctypes.c_float()
        raw.FPDFPageObj_GetStrokeWidth(piece.handle, pen)
        color = _color(piece.handle, raw.FPDFPageObj_GetStrokeColor)
        for run, points in zip(runs, placed, strict=True):
            if len(points) > 1 and _meet(_around(points), piece.clip):
                yield Line(points, _width(run, points, pen.value, piece.inner), color)


def _runs(segments: Sequence[Any]) -> list[list[Point]]:
    """Return the runs of a path, each drawn without lifting the pen; curves in straight pieces."""
    runs: list[list[Point]] = []
    bend: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for segment in segments:
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point, kind = (x.value, y.value), raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO or not runs:
            runs.append([point])
        elif kind == raw.FPDF_SEGMENT_BEZIERTO:
            bend.append(point)
            if len(bend) == 3:
                runs[-1] += _curve(runs[-1][-1], *bend)
                bend = []
        else:
            runs[-1].append(point)
        if raw.FPDFPathSegment_GetClose(segment) and runs[-1][-1] != runs[-1][0]:
            runs[-1].append(runs[-1][0])
    return runs


def _curve(start: Point, one: Point, two: Point, end: Point) -> list[Point]:
    points = []
    for step in range(1, CURVE + 1):
        t = step / CURVE
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3
        points.append((a * start[0] + b * one[0] + c * two[0] + d * end[0],
                       a * start[1] + b * one[1] + c * two[1] + d * end[1]))  # fmt: skip
    return points


def _width(run: Sequence[Point], points: Sequence[Point], pen: float, matrix: Matrix) -> float:
    """Return the least width of a stroke on paper.

    A matrix that stretches one way only makes a stroke as thin as its direction says: the area of each piece grows by
    the determinant, its length as measured, and the width is what is left.
    """
    a, b, c, d, _, _ = matrix
    pieces = zip(pairwise(run), pairwise(points), strict=True)
    stretches = [math.dist(*after) / math.dist(*before) for before, after in pieces if before[0] != before[1]]
    return pen * abs(a * d - b * c) / max(stretches, default=math.sqrt(abs(a * d - b * c)) or 1.0)


def _filled(runs: Sequence[Sequence[Point]], color: Color, clip: Box) -> Iterator[Line | Area]:
    """Give the rules of a filled path: WeasyPrint draws a border as a rectangle within a rectangle, cut to a side."""
    boxes = [_around(run) for run in runs if _square(run)]
    if len(boxes) == len(runs) == 2 and _both(*boxes) in boxes:
        boxes = _frame(max(boxes, key=_size), min(boxes, key=_size))
    elif len(boxes) < len(runs):
        boxes = [_around([point for run in runs for point in run])]
    for box in (_both(box, clip) for box in boxes):
        left, top, right, bottom = box
        wide, high = right - left, bottom - top
        if min(wide, high) < GRAIN:
            continue
        if min(wide, high) > THICKEST or max(wide, high) < 3 * min(wide, high):
            yield Area(box, color)
        elif wide > high:
            yield Line([(left, (top + bottom) / 2), (right, (top + bottom) / 2)], high, color)
        else:
            yield Line([((left + right) / 2, top), ((left + right) / 2, bottom)], wide, color)


def _square(run: Sequence[Point]) -> bool:
    """Return whether a run goes around an upright rectangle."""
    upright = all(abs(x - u) < 0.01 or abs(y - v) < 0.01 for (x, y), (u, v) in pairwise(run))
    return upright and len(run) in (4, 5) and len({(round(x, 2), round(y, 2)) for x, y in run}) == 4


def _frame(outer: Box, inner: Box) -> list[Box]:
    """Return the four sides of a frame."""
    return [
        (outer[0], outer[1], outer[2], inner[1]),
        (outer[0], inner[3], outer[2], outer[3]),
        (outer[0], outer[1], inner[0], outer[3]),
        (inner[2], outer[1], outer[2], outer[3]),
    ]


def _clip(handle: Any, outer: Matrix) -> Box:
    """Return the box around what a clip leaves of an object."""
    path = raw.FPDFPageObj_GetClipPath(handle)
    cut = EVERYWHERE
    for number in range(raw.FPDFClipPath_CountPaths(path) if path else 0):
        count = raw.FPDFClipPath_CountPathSegments(path, number)
        runs = _runs([raw.FPDFClipPath_GetPathSegment(path, number, segment) for segment in range(count)])
        if runs:
            cut = _both(cut, _around([_at(outer, point) for run in runs for point in run]))
    return cut


def _tag(handle: Any) -> str:
    """Return the name of the marked content that an object is in."""
    if raw.FPDFPageObj_CountMarks(handle) < 1:
        return ""
    name, size = (raw.FPDF_WCHAR * 64)(), ctypes.c_ulong()
    raw.FPDFPageObjMark_GetName(raw.FPDFPageObj_GetMark(handle, 0), name, ctypes.sizeof(name), size)
    return bytes(name)[: size.value - 2].decode("utf-16-le", "replace")


def _color(handle: Any, get: Any) -> Color:
    """Return a color as it comes out on white paper."""
    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
    get(handle, red, green, blue, opacity)
    share = opacity.value / 255
    return (_on_white(red, share), _on_white(green, share), _on_white(blue, share))


def _on_white(part: ctypes.c_uint, share: float) -> int:
    return round(255 + (part.value - 255) * share)


def _at(matrix: Matrix, point: Point) -> Point:
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def _then(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that does first the one, then the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _around(points: Sequence[Point]) -> Box:
    across, down = zip(*points, strict=True)
    return min(across), min(down), max(across), max(down)


def _both(one: Box, other: Box) -> Box:
    """Return what two boxes share; where they do not meet, its sides are the wrong way round."""
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _meet(one: Box, other: Box) -> bool:
    left, top, right, bottom = _both(one, other)
    return left <= right and top <= bottom


def _size(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
