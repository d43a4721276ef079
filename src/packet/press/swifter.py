"""WeasyPrint made swifter, by a fifth of its layout, and the same to the last byte: a test compares the PDFs.

It works out a style for six pseudo-elements of every element, five of them for notes that we have none of; and it
looks at each of some hundred properties of each element in every way that a property can be given, though most were
never given at all. Both are private functions of the pinned version, as there is no public way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_NOTES = re.compile(r"^::(?:foot)?note-[a-z]+ {.*}$", re.MULTILINE)
_IN_RELATION = ("position", "float", "display", "page")
"""What these come to depends on other properties; so does the line through, under or above a text."""


def make(weasyprint: Any) -> None:
    """Make a loaded weasyprint swifter, for all that is laid out after this."""
    weasyprint.UA_STYLESHEET = _without_notes(weasyprint)
    _take_what_was_not_given(weasyprint.css)


def _without_notes(weasyprint: Any) -> Any:
    """Return the style sheet that all documents start from, with markers for list items only."""
    from weasyprint import html  # noqa: PLC0415 (loading WeasyPrint takes half a second)

    rules = _NOTES.sub("", html.UA).replace("\n::marker {", "\nli::marker {")
    return weasyprint.CSS(string=rules, counter_style=html.UA_COUNTER_STYLE)


def _take_what_was_not_given(css: Any) -> None:
    """Let a property that no style sheet gives be the parent's or the initial one without a further look."""
    plain = dict(_plain(css))
    compute = css.ComputedStyle.__missing__

    def computed(style: Any, key: str) -> Any:
        names, inherited = plain.get(key, ((), False))
        if not names or style.parent_style is None or not style.cascaded.keys().isdisjoint(names):
            return compute(style, key)
        value = style[key] = style.parent_style[key] if inherited else css.INITIAL_VALUES[key]
        return value

    css.ComputedStyle.__missing__ = computed


def _plain(css: Any) -> Iterator[tuple[str, tuple[tuple[str, ...], bool]]]:
    """Yield the properties that are easily told, with all names that each can be given by, and whether it is inherited.

    `margin-left` can be given as `margin-inline-start` too, or, from right to left, as `margin-inline-end`.
    """
    from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS  # noqa: PLC0415

    for key in css.INITIAL_VALUES:
        inherited = key in css.INHERITED
        final = inherited or key not in css.INITIAL_NOT_COMPUTED
        if not final or key in _IN_RELATION or key.startswith("text_decoration_"):
            continue
        logical = PHYSICAL_FUNCTIONS.get(key)
        others = {logical(block="ttb", inline=direction) for direction in ("ltr", "rtl")} if logical else set()
        yield key, ((key, *others), inherited)
