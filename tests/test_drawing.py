"""Drawings: the words in them, and what is refused because it could reach outside the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import LIBRARY
from packet.problems import Span
from packet.unit import drawing

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'


def drawn(folder: Path, inside: str | bytes) -> Path:
    file = folder / "plan.svg"
    file.write_bytes(inside if isinstance(inside, bytes) else f"{OPEN}{inside}</svg>".encode())
    return file


def codes(file: Path) -> list[str]:
    place = Span(file.with_suffix(".yaml"), 1)
    found = list(drawing.check(file, place))
    assert all(problem.span == place and problem.hint for problem in found)
    return [problem.code for problem in found]


def test_a_plain_drawing_is_right() -> None:
    assert codes(LIBRARY / "figures/plan.svg") == []
    assert drawing.words(LIBRARY / "figures/plan.svg") == "Shelf"


def test_words_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    file = drawn(
        tmp_path, "<text>One <tspan>two</tspan> three</text><g><text>four &amp; five</text></g><title>no</title>"
    )
    assert drawing.words(file).split() == ["One", "two", "three", "four", "&", "five"]


@pytest.mark.parametrize(
    "inside",
    ["<path d='M0 0h9'/>", "<use href='#a'/>", "<use xlink:href='#a'/>", "<!-- a note --><text/>", "<?note here?>"],
)
def test_shapes_and_text_are_right(tmp_path: Path, inside: str) -> None:
    assert codes(drawn(tmp_path, inside)) == []


@pytest.mark.parametrize(
    "inside",
    [
        "<script>1</script>",
        "<g><g><script/></g></g>",
        "<image href='#a'/>",
        "<foreignObject/>",
        "<iframe/>",
        "<use href='other.svg#a'/>",
        "<use xlink:href='https://example.org/a.svg'/>",
        "<a href='file:///etc/hosts'/>",
        "<use href='data:image/svg+xml,x'/>",
    ],
)
def test_what_reaches_outside_is_refused(tmp_path: Path, inside: str) -> None:
    assert codes(drawn(tmp_path, inside)) == ["unsafe-figure"]


@pytest.mark.parametrize(
    "inside", ["<style>@import url(https://example.org/a.css);</style>", "<rect style='fill: url(other.svg#a)'/>"]
)
def test_a_style_that_reaches_outside_is_refused(tmp_path: Path, inside: str) -> None:
    assert codes(drawn(tmp_path, inside)) == ["unsafe-figure"]


def test_entities_are_refused_unread(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><svg><text>&b;</text></svg>'
    assert codes(drawn(tmp_path, bomb.encode())) == ["unsafe-figure"]


def test_a_drawing_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    assert codes(drawn(tmp_path, b"x" * (drawing.MOST_BYTES + 1))) == ["unsafe-figure"]


@pytest.mark.parametrize("content", [b"", b"no drawing", b"<svg>", b"\x89PNG\r\n\x1a\n\0\0", b"<svg>\xff</svg>"])
def test_what_is_no_drawing_is_refused(tmp_path: Path, content: bytes) -> None:
    assert codes(drawn(tmp_path, content)) == ["bad-figure"]


def test_a_drawing_that_is_missing(tmp_path: Path) -> None:
    assert codes(tmp_path / "plan.svg") == ["no-figure"]
    (tmp_path / "plan.svg").mkdir()
    assert codes(tmp_path / "plan.svg") == ["no-figure"]


def test_xml_that_is_no_drawing_is_refused(tmp_path: Path) -> None:
    assert codes(drawn(tmp_path, b"<html><p>Shelf</p></html>")) == ["bad-figure"]


def test_a_drawing_in_another_encoding_has_words(tmp_path: Path) -> None:
    text = f'<?xml version="1.0" encoding="ISO-8859-1"?>{OPEN}<text>Café</text></svg>'
    file = drawn(tmp_path, text.encode("latin-1"))
    assert codes(file) == []
    assert drawing.words(file) == "Café"
