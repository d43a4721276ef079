"""Find the place in a bound packet's tag tree for something that stands in a rectangle of a page.

Tags know no positions, so the marked content of each page is looked up by where it is drawn: the content beside or
above the rectangle is the one that a reader has just heard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name
from pypdfium2.raw import FPDFPageObj_GetMarkedContentID

Rect = tuple[float, float, float, float]
"""Left, bottom, right and top in PDF points from the lower left corner of the page."""

_HOLDERS = {"/Document", "/Part", "/Art", "/Sect", "/Div", "/BlockQuote", "/LBody", "/TD"}
"""The elements among whose kids anything may stand."""


@dataclass(frozen=True)
class _Mark:
    """Content of a page that belongs to an element of the tag tree, and its box."""

    rect: Rect
    element: pikepdf.Object

    @property
    def middle(self) -> float:
        """The height of its middle above the foot of the page."""
        return (self.rect[1] + self.rect[3]) / 2


class TagTree:
    """The tag tree of a packet, with the places on paper of what it tags."""

    def __init__(self, packet: pikepdf.Pdf, pdf: bytes) -> None:
        """Take a packet and the bytes that it was opened from."""
        self._root = packet.Root.StructTreeRoot
        entries = list(self._root.ParentTree.Nums)
        parents = dict(zip((int(key) for key in entries[::2]), entries[1::2], strict=True))
        with pypdfium2.PdfDocument(pdf) as drawn:
            self._marks = [
                _marks(page, parents.get(int(tagged.obj.get("/StructParents", -1)), Array()))
                for page, tagged in zip(drawn, packet.pages, strict=True)
            ]
        self._next = max(parents, default=-1) + 1

    def add(self, element: pikepdf.Object, annotation: pikepdf.Object, page: int, rect: Rect) -> None:
        """Hang an indirect element, which tags an annotation, where a reader expects what is in the rectangle.

        Elements are added in the order of reading: those in one place come in the order in which they were added.
        """
        marks = self._marks[page]
        beside, above = _beside(marks, rect), _above(marks, rect)
        cell = _blank_cell(beside, above)
        before = _under(marks, rect) or _nearer(beside, above, rect) or self._last_before(page)
        if cell is not None:
            _insert(cell, len(_kids(cell)), element)
        elif before is not None:
            _insert_after(before.element, element)
        else:
            _insert(self._root.K[0], 0, element)
        annotation.StructParent = self._next
        self._root.ParentTree.Nums.append(self._next)
        self._root.ParentTree.Nums.append(element)
        self._next += 1

    def _last_before(self, page: int) -> _Mark | None:
        """Return the lowest content of the nearest page before this one that has any."""
        for marks in reversed(self._marks[:page]):
            if marks:
                return min(marks, key=lambda mark: mark.rect[1])
        return None


def _marks(page: pypdfium2.PdfPage, parents: pikepdf.Object) -> list[_Mark]:
    numbered = [(FPDFPageObj_GetMarkedContentID(drawn.raw), drawn) for drawn in page.get_objects(max_depth=1)]
    return [_Mark(drawn.get_bounds(), parents[number]) for number, drawn in numbered if 0 <= number < len(parents)]


def _under(marks: Sequence[_Mark], rect: Rect) -> _Mark | None:
    """Return content of the figure that the middle of the rectangle lies on."""
    x, y = (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2
    figures: dict[tuple[int, int], list[_Mark]] = {}
    for mark in marks:
        if str(mark.element.S) == "/Figure":
            figures.setdefault(mark.element.objgen, []).append(mark)
    for parts in figures.values():
        lefts, bottoms, rights, tops = zip(*(mark.rect for mark in parts), strict=True)
        if min(lefts) <= x <= max(rights) and min(bottoms) <= y <= max(tops):
            return parts[0]
    return None


def _beside(marks: Sequence[_Mark], rect: Rect) -> _Mark | None:
    """Return the content at the height of the rectangle that begins left of it and comes nearest to it."""
    left, bottom, _, top = rect
    found = [mark for mark in marks if mark.rect[0] <= left + 1 and bottom <= mark.middle <= top]
    return max(found, key=lambda mark: (mark.rect[2], mark.rect[3]), default=None)


def _above(marks: Sequence[_Mark], rect: Rect) -> _Mark | None:
    """Return the content over the rectangle and nearest to it."""
    left, _, right, top = rect
    found = [mark for mark in marks if mark.rect[0] < right and left < mark.rect[2] and mark.middle >= top]
    return min(found, key=lambda mark: mark.rect[1], default=None)


def _nearer(beside: _Mark | None, above: _Mark | None, rect: Rect) -> _Mark | None:
    if beside and above:
        return beside if rect[0] - beside.rect[2] < above.rect[1] - rect[3] else above
    return beside or above


def _blank_cell(beside: _Mark | None, above: _Mark | None) -> pikepdf.Object | None:
    """Return the empty cell of a table that is in the row of what is beside and the column of what is above.

    Where nothing of the table is beside, it is the first empty cell under a head.
    """
    over, left = _cell(above), _cell(beside)
    if over is None:
        return None
    table, column = _table(over), _place(over)
    if left is not None and _same(_table(left), table):
        rows = [left.P]
    elif over.S == Name.TH:
        rows = _rows(table)
    else:
        return None
    cells = [_kids(row)[column] for row in rows if column < len(_kids(row))]
    return next((cell for cell in cells if cell.S == Name.TD and not _holds(cell)), None)


def _cell(mark: _Mark | None) -> pikepdf.Object | None:
    """Return the cell of a table that content stands in, or None."""
    element = mark.element if mark else Dictionary()
    while "/S" in element:
        if element.S in (Name.TD, Name.TH):
            return element
        element = element.P
    return None


def _table(cell: pikepdf.Object) -> pikepdf.Object:
    table = cell.P
    while str(table.S) != "/Table":
        table = table.P
    return table


def _rows(table: pikepdf.Object) -> list[pikepdf.Object]:
    return [row for kid in _kids(table) for row in ([kid] if kid.S == Name.TR else _kids(kid))]


def _holds(element: pikepdf.Object) -> bool:
    """Return whether there is content or an annotation in an element or below it."""
    return any(not isinstance(kid, Dictionary) or "/S" not in kid or _holds(kid) for kid in _kids(element))


def _insert_after(sibling: pikepdf.Object, element: pikepdf.Object) -> None:
    """Insert after the whole paragraph, list or table of a sibling, and after what was inserted there before."""
    while str(sibling.P.S) not in _HOLDERS:
        sibling = sibling.P
    kids, place = _kids(sibling.P), _place(sibling) + 1
    while place < len(kids) and isinstance(kids[place], Dictionary) and kids[place].get("/S") == element.S:
        place += 1
    _insert(sibling.P, place, element)


def _insert(holder: pikepdf.Object, place: int, element: pikepdf.Object) -> None:
    kids = _kids(holder)
    holder.K = Array([*kids[:place], element, *kids[place:]])
    element.P = holder


def _place(element: pikepdf.Object) -> int:
    """Return the place of an element among the kids of its parent."""
    return next(place for place, kid in enumerate(_kids(element.P)) if _same(kid, element))


def _same(one: pikepdf.Object, other: pikepdf.Object) -> bool:
    return isinstance(one, Dictionary) and one.objgen == other.objgen


def _kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]
