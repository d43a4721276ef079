"""Sheets: what the typesetter was asked for and what it gave back. Plain values that can cross a process border."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from packet.problems import Problem


@dataclass(frozen=True)
class Order:
    """One document for the typesetter: its HTML, and the only folders that it may read from."""

    name: str
    """For messages: which lesson or part this is."""
    html: str
    styles: Path
    figures: Path
    tagged: bool = True
    """Folio documents are not tagged: they are drawn as artifacts."""


Places = list[dict[str, tuple[float, float]]]
"""For each page, the top and bottom of every anchored box on it, in mm from the top of the page."""


@dataclass(frozen=True)
class Sheets:
    """A typeset document: its PDF, and on which of its pages (from 0) each anchor fell."""

    name: str
    pdf: bytes
    pages: int
    anchors: dict[str, int]
    width: float
    height: float
    """Page size in PDF points (1/72 inch)."""
    warnings: tuple[Problem, ...] = ()
    """What the typesetter remarked on that does not spoil the pages."""
