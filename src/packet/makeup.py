"""Make up a part: fit its answer space, set it on pages, print its heads and feet. What a worker does.

What begins a leaf is a document of its own, so a lesson is laid out handout by handout, and only what the fit changed
is laid out again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from packet.handout import facing, fit, furniture, html, labels, linenumbers
from packet.handout.handout import Pages
from packet.press import limits, overprint, typeset
from packet.press.sheets import Order, Places, Sheets
from packet.problems import stop

LayOut = Callable[[str], typeset.Galley]


@dataclass(frozen=True)
class Measures:
    """What the fit goes by: where a page ends in mm, the distance of ruled lines in mm, and whether pages face."""

    foot: float
    pitch: float
    two_sided: bool


@dataclass(frozen=True)
class Copy:
    """What a part is made up from. It holds all that its pages depend on, and can cross to a worker."""

    pages: Pages
    documents: tuple[str, ...]
    """The HTML of what begins a leaf, in order."""
    order: Order
    heads: Order
    """What heads and feet are set with."""
    printing: furniture.Printing
    fit: Measures | None = None
    """None for pages whose answer space is fitted already, or that have none."""
    printed: bool = True
    """Whether sheets are wanted, and not only where the blocks fall."""


@dataclass(frozen=True)
class Alone:
    """One document that is set by itself, without heads and feet."""

    order: Order
    documents: tuple[str]


@dataclass(frozen=True)
class Decided:
    """What the fit decided, by the names of spaces and the anchors of blocks; the same for every edition."""

    lines: dict[str, int] = field(default_factory=dict)
    breaks: list[str] = field(default_factory=list)
    starts: dict[str, list[int]] = field(default_factory=dict)
    """For excerpts with numbered lines: how many letters stand before each line."""
    moved: list[str] = field(default_factory=list)
    """What was changed, a line for each handout."""


@dataclass(frozen=True)
class MadeUp:
    """A part made up: what the fit decided, and its sheets; their PDF is empty where none was wanted."""

    decided: Decided
    sheets: Sheets


def made_up(copy: Copy) -> MadeUp:
    """Return a part on its sheets: fitted, with heads and feet, inspected. Raises Problems."""
    with limits.bounded(copy.order):
        return _made_up(copy)


def set_alone(part: Alone) -> MadeUp:
    """Return a document on its sheets, inspected. Raises Problems."""
    with limits.bounded(part.order):
        return MadeUp(Decided(), typeset.typeset(part.order, part.documents[0]))


def _made_up(copy: Copy) -> MadeUp:
    decided = Decided()
    with typeset.press(copy.order) as lay_out:
        galleys = []
        for pages, document in zip(copy.pages.apart(), copy.documents, strict=True):
            galley = lay_out(document)
            _require_whole(pages, galley.places)
            galleys.append(_fitted(pages, galley, copy.fit, lay_out, decided) if copy.fit else galley)
        blank = None if copy.printing.single_sided else lay_out(html.blank())
    sheets = typeset.laid_out(copy.order, galleys, blank)
    if copy.printed:
        sheets = typeset.inspected(_with_heads(copy, typeset.printed(copy.order, galleys, blank)), copy.order)
    return MadeUp(decided, sheets)


def _with_heads(copy: Copy, sheets: Sheets) -> Sheets:
    sides = furniture.sides(copy.printing, copy.pages, sheets.anchors, sheets.pages)
    with typeset.press(copy.heads) as lay_out:
        heads = lay_out(html.furniture(sides))
    return overprint.over(sheets, typeset.printed(copy.heads, [heads]))


def _fitted(ideal: Pages, galley: typeset.Galley, by: Measures, lay_out: LayOut, decided: Decided) -> typeset.Galley:
    """Return a handout's galley with the lines and breaks that suit it best, and note them in `decided`."""
    before = galley.places
    starts = galley.line_starts() if linenumbers.asked(ideal) else {}
    numbered = linenumbers.applied(ideal, starts)
    laid, change = ideal, fit.Change({})
    for wanted in _sought(numbered, before, by):
        tried = fit.changed(numbered, wanted)
        proof = lay_out(html.render(tried))
        outcome = (numbered, before, tried, proof.places)
        if fit.kept(*outcome) | facing.kept(*outcome):
            laid, change, galley = tried, wanted, proof
    lines = fit.grown(fit.changed(numbered, change), galley.places, by.foot, by.pitch)
    change = fit.Change({**change.lines, **lines}, change.breaks)
    fitted = fit.changed(numbered, change)
    after = galley.places
    if fitted != laid:
        galley = lay_out(html.render(fitted))
    decided.lines.update(change.lines)
    decided.breaks.extend(sorted(change.breaks))
    decided.starts.update(starts)
    decided.moved.extend((*fit.moved(ideal, before, fitted, after), *facing.moved(ideal, before, fitted, after)))
    return galley


def _sought(pages: Pages, places: Places, by: Measures) -> list[fit.Change]:
    """Return what is worth a try, for each handout of some pages. Only what is on two sides has facing pages."""
    two_sided = facing.sought(pages, places, by.foot, by.pitch) if by.two_sided else {}
    return list((fit.shrunk(pages, places, by.foot, by.pitch) | two_sided).values())


def _require_whole(pages: Pages, places: Places) -> None:
    """Raise Problems if a handout does not begin and end on a page: what lies between was lost with it."""
    for handout in pages.handouts:
        for end, anchor in (("beginning", handout.anchor), ("end", f"{handout.anchor}-end")):
            if not any(anchor in page for page in places):
                message = f"{labels.HANDOUT} {handout.id}: its {end} is on no page"
                raise stop("lost-words", message, "a style hides or cuts it, such as a flex column or a fixed height")
