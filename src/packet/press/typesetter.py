"""The typesetter: WeasyPrint, loaded so that only our fonts are visible, and taught four things that it does not do.

Only this module, `swifter` and `typeset` know it. What is taught is done to private functions of the pinned version,
as there is no public way; a test for each reads the outcome back from a PDF.
"""

from __future__ import annotations

import logging
import os
import platform
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from packet.press import clusters, fonts, swifter
from packet.problems import Exit, stop
from packet.write import stop_held

_OWN_PLACES = frozenset({"dx", "dy", "rotate", "letter-spacing", "textLength"})
"""What gives letters in a drawing a place of their own."""


@cache
def load() -> Any:
    """Return the weasyprint module, loaded so that only our fonts are visible; raise Problems (machine) without it."""
    os.environ["FONTCONFIG_FILE"] = fonts.setup()
    logging.getLogger("weasyprint").addHandler(logging.NullHandler())
    try:
        with stop_held():
            import weasyprint  # noqa: PLC0415 (half a second, and it fails where Pango is missing)
    except OSError as error:
        library = re.search(r"'([^']+)'", str(error))
        raise stop(
            "no-pango",
            f"the typesetter cannot find {library[1] if library else 'Pango'}",
            install_line(),
            exit=Exit.MACHINE,
        ) from None
    except ImportError:
        raise stop(
            "no-weasyprint", "WeasyPrint is not installed", "run: pip install weasyprint", exit=Exit.MACHINE
        ) from None
    _say_more_in_tags()
    _say_what_glyphs_mean()
    _set_drawn_words_whole()
    _end_lines_at_spaces()
    swifter.make(weasyprint)
    return weasyprint


def _say_more_in_tags() -> None:
    """Let WeasyPrint write two things into the tag tree that it leaves out: the language of a part, a head's scope.

    It has no public way to do so; the function wrapped here is the one of the pinned version, and a test reads both
    back from a PDF.
    """
    import pydyf  # noqa: PLC0415 (comes with WeasyPrint)
    from weasyprint.pdf import tags  # noqa: PLC0415

    build = tags._build_box_tree

    def build_more(box: Any, *rest: Any) -> Iterator[Any]:
        source = getattr(box, "element", None)
        for element in build(box, *rest):
            if source is not None and source.tag not in ("html", "body"):
                if source.get("lang"):
                    element["Lang"] = pydyf.String(source.get("lang"))
                if element["S"] == "/TH" and source.get("scope"):
                    scope = {"col": "/Column", "row": "/Row"}[source.get("scope")]
                    element["A"]["Scope"] = scope
            yield element

    tags._build_box_tree = build_more


def _say_what_glyphs_mean() -> None:
    """Let the PDF say of each glyph which letters it stands for, where several share a letter and its marks.

    WeasyPrint gives all of them to one glyph and nothing to the others, in every place where these stand. It has no
    public way to do better; a test reads the letters back from a PDF.
    """
    from weasyprint.draw import text  # noqa: PLC0415
    from weasyprint.text.ffi import ffi  # noqa: PLC0415

    draw = text.draw_first_line

    def draw_with_meaning(stream: Any, textbox: Any, *rest: Any) -> Any:
        if clusters.may_share(textbox.text):
            letters = textbox.pango_layout.text.encode()
            run = textbox.pango_layout.get_first_line()[0].runs[0]
            while run != ffi.NULL:
                item, run = run.data, run.next
                font, _ = stream.add_font(item.item.analysis.font)
                glyphs = [item.glyphs.glyphs[index].glyph for index in range(item.glyphs.num_glyphs)]
                starts = [item.glyphs.log_clusters[index] for index in range(item.glyphs.num_glyphs)]
                here = letters[item.item.offset : item.item.offset + item.item.length]
                for glyph, meaning in clusters.meanings(glyphs, starts, here, clusters.nominal(font)).items():
                    font.to_unicode.setdefault(glyph, meaning)
        return draw(stream, textbox, *rest)

    text.draw_first_line = draw_with_meaning


class _Whole(str):
    """A text that counts as one letter, for the reason that `_set_drawn_words_whole` gives."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        return iter((str(self),))


def _set_drawn_words_whole() -> None:
    """Let words in a drawing be set whole where letters join, carry marks or run from right to left.

    WeasyPrint sets the words in a drawing letter by letter from left to right, so that a letter may have a place of its
    own. It has no public way to do otherwise; a test reads such a word back from a PDF.
    """
    from weasyprint import svg  # noqa: PLC0415

    draw = svg.text

    def draw_whole(image: Any, node: Any, font_size: float) -> None:
        if node.text and clusters.may_share(node.text) and not _OWN_PLACES.intersection(node.attrib):
            node._etree_node.text = _Whole(node.text)
        draw(image, node, font_size)

    svg.text = draw_whole
    svg.TAGS.update({tag: draw_whole for tag, kind in svg.TAGS.items() if kind is draw})


def _end_lines_at_spaces() -> None:
    """Let a line end with the space that would not fit on it: no letter is seen there.

    Where bold text follows a text that fits and its last space does not, WeasyPrint ends the line after its first word.
    It has no public way to do better; a test reads such a line back from a PDF.
    """
    from weasyprint.layout import inline  # noqa: PLC0415

    split = inline.split_first_line

    def split_at_space(text: str, style: Any, context: Any, width: float, *rest: Any, **more: Any) -> Any:
        found = split(text, style, context, width, *rest, **more)
        bare = text.rstrip(" ")
        if found[2] is not None and bare not in ("", text) and style["white_space"] == "normal":
            layout, length, after, *measures = split(bare, style, context, width, *rest, **more)
            if after is None and measures[0] <= width:
                return layout, length, len(text.encode()), *measures
        return found

    inline.split_first_line = split_at_space


def install_line() -> str:
    """Return what to do on this system to get Pango."""
    system = platform.system()
    if system == "Darwin":
        return "run: brew install pango"
    if system == "Windows":
        return "install MSYS2, then in its shell run: pacman -S mingw-w64-ucrt-x86_64-pango"
    return (
        "run: sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0   "
        "(Fedora: sudo dnf install pango; Arch: sudo pacman -S pango)"
    )
