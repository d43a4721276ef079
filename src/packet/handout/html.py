"""Turn pages into HTML with the templates. Text is data: it is escaped or already a Prose, and never a template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from packet.handout.furniture import Side
from packet.handout.handout import Pages


def render(pages: Pages) -> str:
    """Return one HTML document for `pages`. It names no style sheet: the typesetter is given those apart."""
    return _templates().get_template("pages.html.j2").render(pages=pages)


def furniture(sides: Sequence[Side]) -> str:
    """Return the HTML of heads and feet: for each page of a part a page with nothing else."""
    return _templates().get_template("folios.html.j2").render(sides=sides)


def blank() -> str:
    """Return the HTML of a page with nothing on it."""
    return _templates().get_template("blank.html.j2").render()


def fount(letters: Mapping[str, str]) -> str:
    """Return the HTML of a page that shows the letters of what is stamped, `folio` and `code`, each in its type."""
    places = {"folio": "foot outer", "code": "foot inner"}
    sorts = [(places[name], text) for name, text in letters.items()]
    return _templates().get_template("fount.html.j2").render(sorts=sorts)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("packet.handout"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
