"""Turn pages into HTML with the templates. Text is data: it is escaped or already a Prose, and never a template."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from packet.handout.furniture import Side
from packet.handout.handout import Pages


def render(pages: Pages, styles: Sequence[str]) -> str:
    """Return one HTML document for `pages`; `styles` are the names of its style sheets."""
    return _templates().get_template("pages.html.j2").render(pages=pages, styles=styles)


def furniture(sides: Sequence[Side], styles: Sequence[str]) -> str:
    """Return the HTML of the folios: for each page of the packet a page with only its head and foot."""
    return _templates().get_template("folios.html.j2").render(sides=sides, styles=styles)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("packet.handout"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
