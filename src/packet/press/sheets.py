"""Orders and sheets: what the typesetter is asked for and what it gives back, as values that can cross to a worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from packet.problems import Problem

Holes = Literal["binding", "left", "none"]


@dataclass(frozen=True)
class Order:
    """One document for the typesetter. It holds everything the typesetter may read: there is nothing else for it."""

    name: str
    """For messages: which lesson or part this is."""
    html: str
    files: Mapping[str, bytes]
    """The style sheets and figures that the HTML names, by address below `packet:///`."""
    body: float | None = None
    """The least size in points of its running text, if its pages are to be inspected."""
    holes: Holes = "binding"
    """Where the holes go: on the binding side, which changes, or always on the left."""
    tagged: bool = True
    """Folio documents are not tagged: they are drawn as artifacts."""


Places = list[dict[str, tuple[float, float, float, float]]]
"""For each page, the left, top, right and bottom of every anchored box on it, in mm from the page's top left."""


@dataclass(frozen=True)
class Sheets:
    """A typeset document: its PDF, and where on its pages each anchored box fell."""

    name: str
    pdf: bytes
    places: Places
    width: float
    height: float
    """Page size in PDF points (1/72 inch)."""
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
