"""Orders and sheets: what the typesetter is asked for and what it gives back, as values that can cross to a worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from packet.problems import Problem

MM = 72 / 25.4
"""A millimetre in points."""
Holes = Literal["binding", "left", "none"]


@dataclass(frozen=True)
class Order:
    """What the typesetter is given besides HTML. It holds everything it may read: there is nothing else for it."""

    name: str
    """For messages: which lesson or part this is."""
    styles: Mapping[str, bytes]
    """The style sheets by their names, in the order in which they apply."""
    files: Mapping[str, bytes]
    """The figures that the HTML names, by address below `packet:///`."""
    body: float | None = None
    """The least size in points of its running text, if its pages are to be inspected."""
    holes: Holes = "binding"
    """Where the holes go: on the binding side, which changes, or always on the left."""
    tagged: bool = True
    """Heads and feet are not tagged: they are drawn as artifacts."""


Box = tuple[float, float, float, float]
"""Left, top, right and bottom in mm from the page's top left."""
Places = list[dict[str, Box]]
"""For each page, every anchored box on it."""


@dataclass(frozen=True)
class Sheets:
    """Typeset pages: their PDF, and where on them each anchored box fell."""

    name: str
    pdf: bytes
    places: Places
    width: float
    height: float
    """Page size in PDF points (1/72 inch)."""
    stamps: Places = field(default_factory=list)
    """For each page, the places where the packet's numbers are stamped: `folio` and `code`."""
    warnings: tuple[Problem, ...] = ()
    """What the typesetter remarked on that does not spoil the pages."""

    @property
    def pages(self) -> int:
        """The number of pages."""
        return len(self.places)

    @property
    def anchors(self) -> dict[str, int]:
        """The page (from 0) on which each anchored box begins."""
        return {name: number for number, page in reversed([*enumerate(self.places)]) for name in page}
