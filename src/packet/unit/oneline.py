"""Word the mistakes in YAML that one line tells by itself, and say how such a line is built."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from packet.problems import Problem, Span

NAME = r"^(\s*(?:- )*)([\w.-]+)"
_OTHER_DASH = r"(?:[•·]|[*–—](?=\s)|-(?![-\s]))"
_SIGN = "[%@`*&!]"
_SIGN_OF_A_VALUE = r"[?-] |[>|](?![+-]?\d?\s*$)|[\[{].*[\]}]\s*[^\s#]"
_Place = Callable[[int], Span]
"""From how many letters stand before it in the line to the place."""


def without_comment(text: str) -> str:
    """Return a line of YAML outside quotes without its comment and the space before that."""
    return re.split(r"(?<=\s)#", text, maxsplit=1)[0].rstrip()  # \s+# takes minutes on a long run of spaces


def indent_of(line: str) -> int:
    """Return after how many spaces a line begins."""
    return len(line) - len(line.lstrip(" "))


def starts(line: str, named: bool = True) -> int:
    """Return after how many letters a name begins in a line, or its first dash."""
    entry = re.match(r" *(?:- +)*", line)
    return len(entry[0]) if entry and named else indent_of(line)


def after(spaces: int) -> str:
    """Return words for where a line begins: after so many spaces, or at the margin."""
    return f"after {spaces} space{'s' * (spaces != 1)}" if spaces else "at the margin"


def _dash(text: str, place: _Place) -> Problem | None:
    found = re.match(rf" *(?={_OTHER_DASH})", text)
    return dashless(text, place(found.end())) if found else None


def dashless(text: str, place: Span, where: str = "") -> Problem:
    """Return the problem that an entry of a list has no dash, another sign in its place, or no space after it."""
    entry = re.sub(rf"^ *{_OTHER_DASH}?\s*", "", text)
    return Problem("syntax", "an entry of a list begins with - and a plain space", place, f"write - {entry}{where}")


def _odd_space(text: str, place: _Place) -> Problem | None:
    found = re.match(rf"(?:{NAME}:| *(?:- )*-| *)(?=[\u00a0\u202f\u3000])", text)
    message = "the space at the beginning, or after a dash or a colon, is no plain space"
    return Problem("odd-space", message, place(found.end()), "delete it, and type plain spaces") if found else None


def _second_colon(text: str, place: _Place) -> Problem | None:
    found = re.match(r"^(\s*(?:- )*[\w.-]+: +)([^\s\"'|>\[{#].*?)(: |:$)", text)
    if not found:
        return None
    body = json.dumps(without_comment(text[len(found[1]) :]).strip(), ensure_ascii=False)
    hint = f"put the text in quotes: {found[1].strip()} {body}"
    return Problem("colon", "a second colon in the line confuses the reader", place(found.start(3)), hint)


def _after_quotes(text: str, place: _Place) -> Problem | None:
    found = re.match(r"^(\s*(?:- )*(?:[\w-]+: +)?)(['\"].*?['\"])(?:\s*[^\s#,\]}]|, *[^\s#\]}'\"]).*$", text)
    hint = "write the text after | on a line of its own"
    message = "text goes on after the closing quotation mark"
    return Problem("quote", message, place(found.end(2)), hint) if found else None


def _beside_bar(text: str, place: _Place) -> Problem | None:
    found = re.match(r"(\s*(?:- )*[\w-]+: +)[|][+-]?\d? +(?=[^\s#])", text)
    message = "text after | stands on the lines below it, not beside it"
    hint = f"write it on a line of its own, and begin that {after(starts(text) + 2)}"
    return Problem("no-bar", message, place(found.end()), hint) if found else None


def _sign(text: str, place: _Place) -> Problem | None:
    found = re.match(rf"^(\s*(?:- )*(?:[\w-]+: +)?)({_SIGN}|(?<=: )(?:{_SIGN_OF_A_VALUE}))", text)
    if not found:
        return None
    message = f"text that begins with {found[2][0]} must stand in quotes"
    return Problem("quote", message, place(found.start(2)), "put the whole text in quotes")


def _no_space(text: str, place: _Place) -> Problem | None:
    found = re.match(NAME + r":(\S)", text)
    if not found:
        return None
    hint = f"write {found[2]}: {without_comment(text[found.start(3) :])}"
    return Problem("colon-space", "a space is missing after the colon", place(found.start(3)), hint)


OF_A_LINE = (_odd_space, _dash, _second_colon, _after_quotes, _beside_bar, _sign, _no_space)
"""Asked in this order; the first that has something to say is right."""
