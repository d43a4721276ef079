"""Read a teacher's copy of an article, in plain text, Markdown or HTML, into headings and paragraphs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

from markdown_it import MarkdownIt

from packet.bring import page
from packet.bring.page import Block, Copy
from packet.problems import Problem, Problems, Span
from packet.unit import hidden, measure
from packet.unit.files import MOST_BYTES

MOST_MARKDOWN = 200_000
"""Characters; a Markdown parser takes many seconds over a larger text that is made to be slow."""
MOST_HEADING, MOST_HEADING_WORDS = 200, 14
WRAPPED = 120
"""Lines up to this length may be parts of one paragraph; a longer line is a paragraph by itself."""
SOFT_HYPHEN = "\u00ad"
SUFFIXES = {".md": "Markdown", ".markdown": "Markdown", ".html": "HTML", ".htm": "HTML", ".xhtml": "HTML"}


def read(file: Path) -> Copy:
    """Return what the file holds; raise Problems if it cannot be read as text or has none."""
    text = _cleaned(_decoded(file, _bytes(file)))
    kind = _kind(file, text)
    if kind == "Markdown" and len(text) > MOST_MARKDOWN:
        raise _stop(
            file,
            "too-big",
            f"this Markdown text has {len(text):,} characters; {MOST_MARKDOWN:,} is the most",
            "bring one article, or a part of it",
        )
    copy = _once_more({"Markdown": _markdown, "HTML": page.read, "text": _plain}[kind](text))
    if not any(measure.words(block.text) for block in copy.blocks if not block.level):
        raise _stop(
            file,
            "no-text",
            "no paragraph of an article was found in this file",
            "copy the article's text from your browser into a plain text file, and bring that",
        )
    return copy


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            raw = opened.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise _stop(file, "no-file", "there is no such file", "name the file that holds the article's text") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise _stop(file, "unreadable", f"this file cannot be read: {reason}", "name a text file") from None
    if len(raw) > MOST_BYTES:
        raise _stop(
            file,
            "too-big",
            f"this file has more than {MOST_BYTES:,} bytes",
            "bring the article alone: save its text in a plain text file",
        )
    return raw


def _decoded(file: Path, raw: bytes) -> str:
    if raw.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise _stop(
            file,
            "not-text",
            "this is a PDF or a word processor's file, not text",
            "open it, copy the article's text into a plain text file, and bring that",
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "ignore")
        line, col = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise _not_utf8(Span(file, line, col)) from None
    if "\0" in text:
        raise _not_utf8(Span(file, 1))
    return text


def _not_utf8(span: Span) -> Problems:
    hint = "save it again with the encoding UTF-8"
    return Problems([Problem("encoding", "this file is not saved as UTF-8", span, hint)])


def _cleaned(text: str) -> str:
    """Return a text with one kind of line end, composed letters, and no characters that have no place on paper."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n\n").replace("\u2028", "\n")
    return "".join(c for c in hidden.dropped(unicodedata.normalize("NFC", lines)) if c in "\n\t" or not _is_noise(c))


def _once_more(copy: Copy) -> Copy:
    """Return a copy that is clean of what HTML had written as names and numbers of characters."""
    blocks = [replace(block, text=_on_one_line(block.text)) for block in copy.blocks]
    said = {name: _on_one_line(getattr(copy, name)) for name in ("title", "author", "date")}
    return replace(copy, blocks=[block for block in blocks if block.text], **said)


def _on_one_line(text: str) -> str:
    return " ".join(_cleaned(text).split())


def _is_noise(character: str) -> bool:
    number = ord(character)
    never = character == SOFT_HYPHEN or number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF
    return never or unicodedata.category(character) in ("Cc", "Cs", "Co")


def _kind(file: Path, text: str) -> str:
    """Return what the file's name says it is; a file of another name is judged by what stands in it."""
    if file.suffix.casefold() in SUFFIXES:
        return SUFFIXES[file.suffix.casefold()]
    if re.match(r"\s*<(?:!doctype\s+html|html)\b", text, re.I):
        return "HTML"
    return "Markdown" if re.search(r"^#{1,6} +\S", text, re.M) else "text"


def _markdown(text: str) -> Copy:
    """Markdown is set as HTML and then read as a page, so that both drop the same things.

    The number of a footnote stays, in brackets; struck words keep their ~~: without them they would say the opposite.
    """
    said, body = _front_matter(text)
    noted = re.sub(r"\[\^([\w-]+)\]", r"\\[\1\\]", body)
    rendered = MarkdownIt("commonmark").enable("table").render(noted)
    return replace(
        page.read(rendered), title=said.get("title", ""), author=said.get("author", ""), date=said.get("date", "")
    )


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """Part the lines `name: value` between two lines of --- at the top from the text below them."""
    found = re.match(r"---[ \t]*\n((?:[\w-]+:.*\n|[ \t]+\S.*\n|- .*\n|#.*\n|\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|$)", text)
    if not found:
        return {}, text
    said = re.findall(r"^([\w-]+):[ \t]*(.*?)[ \t]*$", found[1], re.M)
    return {name.casefold(): value.strip("\"'") for name, value in said}, text[found.end() :]


def _plain(text: str) -> Copy:
    lines = _lines(text)
    blocks: list[Block] = []
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        level = 1 if index == 0 and is_short(line) else 2 if _is_heading(line, following) else 0
        blocks.append(Block(line, level))
    return Copy(blocks)


def _lines(text: str) -> list[str]:
    """Return each paragraph and heading of a plain text on one line."""
    parts = [[line.strip() for line in part.split("\n") if line.strip()] for part in re.split(r"\n[^\S\n]*\n", text)]
    whole = len([part for part in parts if part]) == 1 or any(len(line) > WRAPPED for part in parts for line in part)
    found: list[str] = []
    for index, part in enumerate(filter(None, parts)):
        if whole or (index == 0 and len(part) <= 3 and sum(len(line.split()) for line in part) <= 30):
            found += part
        elif len(part) > 1 and len(part[0]) < len(part[1]) * 0.6 and _is_heading(part[0], " ".join(part[1:])):
            found += [part[0], " ".join(part[1:])]
        else:
            found.append(" ".join(part))
    return [" ".join(line.split()) for line in found]


def _is_heading(line: str, following: str) -> bool:
    """A line by itself, short, without a final stop, followed by a longer paragraph."""
    longer = len(following.split()) > len(line.split())
    return _looks_like_one(line) and longer and not _looks_like_one(following)


def _looks_like_one(line: str) -> bool:
    return (
        is_short(line)
        and not line.endswith((".", ",", ";", ":", "…", ".”", '."'))
        and not line.startswith(("-", "*", "•", "–", "—", "http"))
        and not line[0].islower()
    )


def is_short(line: str) -> bool:
    """Return whether a line could be a heading: it has a word, and not too many."""
    return bool(re.search(r"[^\W_]", line)) and len(line.split()) <= MOST_HEADING_WORDS and len(line) <= MOST_HEADING


def _stop(file: Path, code: str, message: str, hint: str) -> Problems:
    return Problems([Problem(code, message, Span(file, 1), hint)])
