"""Characters of which nothing is seen: which mean nothing where they stand, and how they are named."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from packet import report
from packet.problems import Problem, Span
from packet.unit import hidden


@pytest.mark.parametrize(
    "text",
    [
        "co\u00adop 👩\u200d🚀 ❤\ufe0f \u2060word",
        "नमस्\u200dते می\u200cخواهم",
        "\u2067שלום (1948)\u2069\u200f, he said",
        "ការ\u200bសិក្សា",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "葛\U000e0100",
    ],
)
def test_what_has_its_use_stays(text: str) -> None:
    assert hidden.dropped(text) == text
    assert hidden.named(text, lambda _: Span(Path("x"), 1)) is None


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("A fir\u200bst\u200b.", "zero width space (U+200B), and 1 more", "delete it: type “first.” anew"),
        ("A \u200bfirst", "zero width space (U+200B)", "delete it: type “first” anew"),
        ("A\u202e first", "right-to-left override (U+202E)", "delete it: type “A” anew"),
        ("12\u200e", "left-to-right mark (U+200E)", "delete it: type “12” anew"),
        ("a\U000e0061\U000e0062b", "tag latin small letter a (U+E0061)", "delete it: type “ab” anew"),
        ("\ufeff", "zero width no-break space (U+FEFF)", "delete it"),
    ],
)
def test_what_means_nothing_is_named(text: str, message: str, hint: str) -> None:
    problem = hidden.named(text, lambda _: Span(Path("x"), 1))
    assert problem
    assert problem.message.endswith(f": {message}")
    assert problem.hint == hint


def test_a_message_shows_where_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    place = Span(Path("x"), 1, 11, 1, "title: Fir\u202est")
    report.problems([Problem("control", "here", place)], report.Console(file=sys.stdout))
    assert "1 | title: Fir�st\n      |           ^\n" in capsys.readouterr().out
