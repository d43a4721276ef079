"""Prose: text that will be printed, as HTML that is safe to set and as the words that must be found on the page."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from unicodedata import bidirectional

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from packet.unit import refs
from packet.words import BY_ITSELF

_INLINE_TAG = re.compile(r"</?(?:em|strong|b|i|span)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_BLANK = re.compile(r"((?:[^\s<>]+ )?)_{3,}([.,;:?!)]*)")
_TOGETHER = re.compile(
    r"\b(Articles?|[Ss]ections?|Res\.|[Pp]aragraphs?|Lessons?|Documents?|pages?|No\.)(?: |\n *)(?=[0-9]|[A-Z]\b)"
)
"""What is never parted from the number or letter after it."""
_UNIT = re.compile(r"(?<=\d)(?: |\n *)(?=(?:minutes?|million|billion|trillion|percent|pages?|words?|years?)\b)")
"""The space between a number and what it counts."""
_INSIDE = f"[^\\W_{BY_ITSELF}]"
_TYPED = re.compile(rf"_+|(?<={_INSIDE})\*+(?={_INSIDE})")
"""What Markdown would take for emphasis and an author does not: 2*3*4, _for_. It stands around whole words, which are
not told apart in scripts without spaces."""
_WHITE = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Prose:
    """A piece of text that is printed. Only a Prose may reach paper: the proof counts the words of every one."""

    html: str

    def __html__(self) -> str:
        """Return the HTML for Jinja, which does not escape it again."""
        return self.html

    def __bool__(self) -> bool:
        """Return whether there is anything to print."""
        return bool(self.html)

    @property
    def text(self) -> str:
        """The text without its markup."""
        return html.unescape(_TAG.sub(" ", _INLINE_TAG.sub("", self.html)))


def literal(text: str, lang: str = "") -> Prose:
    """Return a text set exactly as it is; `lang` is its language where that is not English."""
    escaped = html.escape(_WHITE.sub(" ", text).strip(), quote=False)
    marked = f'<span lang="{lang}">{escaped}</span>' if lang and lang != "en" else escaped
    return Prose(_directed(marked, text))


@cache
def curly(text: str) -> Prose:
    """Return a text of our own that is no Markdown, such as a title: as it is, but for its quotes and apostrophes."""
    return Prose(_directed(_typographer().renderInline(_WHITE.sub(" ", text).strip()), text))


def line(text: str, refer: Callable[[str], str] | None = None) -> Prose:
    """Return one paragraph of the small Markdown. `refer` turns a reference into the words printed for it."""
    return _line(_referred(" ".join(text.split()), refer))


@cache
def _line(text: str) -> Prose:
    """Every text is asked for several times: for each edition, by the fit, and by the proof."""
    return Prose(_directed(_blanks(_markdown().renderInline(_tied(text)).strip()), text))


def ended(html: str) -> str:
    """Return HTML with a full stop at its end: inside a closing quotation mark, and none where one stands already."""
    inside = html.removesuffix("”")
    closing = html[len(inside) :]
    return html if inside.endswith((".", "!", "?")) else f"{inside}.{closing}"


def begun(text: str) -> str:
    """Return a text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def blocks(text: str, refer: Callable[[str], str] | None = None) -> Prose:
    """Return paragraphs and lists of the small Markdown."""
    return Prose(_blanks(_markdown().render(_tied(_referred(text, refer))).strip()))


def _tied(text: str) -> str:
    return _UNIT.sub("\u00a0", _TOGETHER.sub("\\1\u00a0", text))


def rtl(text: str) -> bool:
    """Return whether a text is written from right to left: whether its first letter is (Unicode annex 9, rule P2)."""
    return next((kind != "L" for kind in map(bidirectional, text) if kind in ("L", "R", "AL")), False)


def _directed(inline: str, text: str) -> str:
    """Return HTML in the direction of its text: without it a full stop after Hebrew would stand before it."""
    return f'<span dir="rtl">{inline}</span>' if rtl(text) else inline


def _referred(text: str, refer: Callable[[str], str] | None) -> str:
    """Return text with the words for its references, with a capital where they begin a sentence."""
    if refer is None:
        return text
    begins = re.compile(r"(?:^|[.!?]\s+)$")
    parts = refs.INLINE.split(text)
    for index in range(1, len(parts), 2):
        said = refer(parts[index])
        parts[index] = begun(said) if begins.search(parts[index - 1]) else said
    return "".join(parts)


def _blanks(rendered: str) -> str:
    """Return HTML with room to write where underscores are, held together with the word before and what follows it."""
    return _BLANK.sub(r'<span class="held">\1<span class="blank"></span>\2</span>', rendered)


@cache
def _typographer() -> MarkdownIt:
    return MarkdownIt("zero", {"typographer": True}).enable("smartquotes")


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("zero", {"typographer": True, "maxNesting": 20})
    markdown.enable(["emphasis", "escape", "smartquotes", "list"])
    markdown.inline.ruler.before("emphasis", "typed", _typed)
    markdown.core.ruler.push("tight", _tighten)
    markdown.core.ruler.push("direction", _direct)
    markdown.core.ruler.push("numbers", _number)
    return markdown


def _typed(state: StateInline, silent: bool) -> bool:
    """Leave signs that are no emphasis as they were typed."""
    found = _TYPED.match(state.src, state.pos)
    if found:
        state.pending += "" if silent else found[0]
        state.pos = found.end()
    return bool(found)


def _tighten(state: object) -> None:
    """Set every list tight: a paragraph inside a list entry would break the entry's tag in the PDF."""
    depth = 0
    for token in state.tokens:  # type: ignore[attr-defined]
        depth += token.nesting if token.type.startswith("list_item") else 0
        if depth and token.type.startswith("paragraph"):
            token.hidden = True


def _number(state: object) -> None:
    """Write the numbers of a list into its entries, so that they are words like others: given, and proved."""
    tokens = state.tokens  # type: ignore[attr-defined]
    for token, text in zip(tokens, tokens[2:], strict=False):
        if token.type == "ordered_list_open":
            token.attrSet("class", "written")
        elif token.type == "list_item_open" and token.info and text.children:
            text.children.insert(0, Token("text", "", 0, content=f"{token.info}. "))


def _direct(state: object) -> None:
    """Set each paragraph and list entry in the direction of its text."""
    tokens = state.tokens  # type: ignore[attr-defined]
    for index, token in enumerate(tokens):
        if token.type == "inline" and index and rtl(token.content):
            block = tokens[index - 2] if tokens[index - 1].hidden else tokens[index - 1]
            block.attrSet("dir", "rtl")
