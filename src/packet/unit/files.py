"""Read a file of a unit as bytes or as text: a plain file inside the unit, not too large, saved as UTF-8."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from packet.problems import Problem, Span, stop

MOST_BYTES = 1_000_000
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Letters that no page can show, but for tabs and the ends of lines."""
NOT_TEXT = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")
"""How files begin that are no text: PDF, ZIP (of which new word processors make theirs), old Word, RTF."""


def read(path: Path, root: Path | None = None) -> bytes:
    """Return the bytes of a file, at most MOST_BYTES; raise FileNotFoundError, or Problems if it must not be read.

    A link that leads out of the unit's folder `root` is not followed: what it leads to was not meant to be printed.
    """
    start = Span(path, 1)
    if root is not None and not inside(path, root):
        hint = "put the file itself into the unit"
        raise stop("outside", "this file is a link that leads out of the unit", hint, span=start)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise stop("unreadable", "this is no plain file", "name it otherwise, or remove it", span=start)
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        hint = "see who may read it, and whether it is there"
        raise stop("unreadable", f"this file cannot be read: {error.strerror}", hint, span=start) from None
    if len(raw) > MOST_BYTES:
        message = f"this file has {path.stat().st_size:,} bytes; {MOST_BYTES:,} is the most"
        raise stop("too-big", message, "split it, or check that it is the file you meant", span=start)
    return raw


def inside(path: Path, root: Path) -> bool:
    """Return whether what `path` leads to is in the folder `root`."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def text(path: Path, root: Path | None = None) -> str:
    """Return the text of a file with plain line ends; raise as `read` does, and Problems where it is not UTF-8."""
    raw = read(path, root).removeprefix(b"\xef\xbb\xbf")
    if raw.startswith(NOT_TEXT):
        hint = "open it, copy the text into a plain text file, and use that"
        message = "this is a PDF or a word processor's file, not text"
        raise stop("not-text", message, hint, span=Span(path, 1))
    try:
        found = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        lines = _plain_ends(raw[: error.start].decode("utf-8") + "…").split("\n")
        place = Span(path, len(lines), len(lines[-1]), 1, lines[-1])
        hint = "save it again with the encoding UTF-8"
        raise stop("encoding", "this file is not saved as UTF-8", hint, span=place) from None
    return _plain_ends(found)


def _plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def control(text: str, span: Span) -> Problem | None:
    """Return the problem that a text holds a letter which no page can show, or None; `span` is where the text is."""
    found = CONTROL.search(text)
    if not found:
        return None
    message = f"this text holds the control character U+{ord(found[0]):04X}, which cannot be printed"
    return Problem("control", message, span, "take it out; in quotation marks it may be written like \\a, \\e or \\x07")
