"""Drawings: the words in them, and what is refused because it could reach outside the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import LIBRARY
from packet.problems import Span
from packet.unit import drawing

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'


def drawn(inside: str) -> bytes:
    return f"{OPEN}{inside}</svg>".encode()


def codes(content: bytes | None) -> list[str]:
    place = Span(Path("plan.yaml"), 1)
    found = list(drawing.check("plan.svg", content, place))
    assert all(problem.span == place and problem.hint for problem in found)
    return [problem.code for problem in found]


def test_a_plain_drawing_is_right() -> None:
    assert codes((LIBRARY / "figures/plan.svg").read_bytes()) == []
    assert drawing.words((LIBRARY / "figures/plan.svg").read_bytes()) == "Shelf"


def test_words_come_in_the_order_of_the_file() -> None:
    file = drawn("<text>One <tspan>two</tspan> three</text><g><text>four &amp; five</text></g><title>no</title>")
    assert drawing.words(file).split() == ["One", "two", "three", "four", "&", "five"]


@pytest.mark.parametrize(
    "inside",
    ["<path d='M0 0h9'/>", "<use href='#a'/>", "<use xlink:href='#a'/>", "<!-- a note --><text/>", "<?note here?>"],
)
def test_shapes_and_text_are_right(inside: str) -> None:
    assert codes(drawn(inside)) == []


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
def test_what_reaches_outside_is_refused(inside: str) -> None:
    assert codes(drawn(inside)) == ["unsafe-figure"]


@pytest.mark.parametrize(
    "inside", ["<style>@import url(https://example.org/a.css);</style>", "<rect style='fill: url(other.svg#a)'/>"]
)
def test_a_style_that_reaches_outside_is_refused(inside: str) -> None:
    assert codes(drawn(inside)) == ["unsafe-figure"]


def test_entities_are_refused_unread() -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><svg><text>&b;</text></svg>'
    assert codes(bomb.encode()) == ["unsafe-figure"]


@pytest.mark.parametrize("content", [b"", b"no drawing", b"<svg>", b"\x89PNG\r\n\x1a\n\0\0", b"<svg>\xff</svg>"])
def test_what_is_no_drawing_is_refused(content: bytes) -> None:
    assert codes(content) == ["bad-figure"]


def test_a_drawing_that_is_missing() -> None:
    assert codes(None) == ["no-figure"]


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_entities_are_refused_in_every_encoding(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE svg [<!ENTITY a "ha">]>{OPEN}<text>&a;</text></svg>'
    assert codes(text.encode(encoding)) == ["unsafe-figure"]


def test_an_entity_that_names_a_file_is_refused() -> None:
    text = f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hosts">]>{OPEN}<text>&a;</text></svg>'
    assert codes(text.encode()) == ["unsafe-figure"]


@pytest.mark.parametrize(
    "inside",
    [
        "<g>" * 100 + "</g>" * 100,
        "<g/>" * (drawing.MOST_PARTS + 1),
        '<x:script xmlns:x="http://www.w3.org/1999/xhtml"/>',
        "<text>" + "a" * (drawing.MOST_LETTERS + 1) + "</text>",
        '<g id="a"><use href="#a"/></g>',
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
        "".join(f'<g id="a{n}">' + f'<use href="#a{n + 1}"/>' * 10 + "</g>" for n in range(6)) + '<g id="a6"/>',
    ],
    ids=["deep", "many", "script of another name", "letters", "itself", "each other", "uses of uses"],
)
def test_a_drawing_that_is_a_bomb_is_refused(inside: str) -> None:
    assert codes(drawn(inside)) == ["unsafe-figure"]


@pytest.mark.parametrize("box", ["a b c d", "0 0 9", "0 0 1e999 9", "nan 0 9 9", "0 0 9 9 9", ""])
def test_a_view_box_is_four_numbers(box: str) -> None:
    assert codes(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"/>'.encode()) == ["bad-figure"]


def test_xml_that_is_no_drawing_is_refused() -> None:
    assert codes(b"<html><p>Shelf</p></html>") == ["bad-figure"]


def test_a_drawing_in_another_encoding_has_words() -> None:
    text = f'<?xml version="1.0" encoding="ISO-8859-1"?>{OPEN}<text>Café</text></svg>'
    file = text.encode("latin-1")
    assert codes(file) == []
    assert drawing.words(file) == "Café"


@pytest.mark.parametrize(("shape", "turned"), [("0 0 400 300", True), ("0,0,400,399", False), ("", False)])
def test_a_wide_drawing_may_be_turned(shape: str, turned: bool) -> None:
    said = f'viewBox="{shape}"' if shape else ""
    assert drawing.wide(f'<svg xmlns="http://www.w3.org/2000/svg" {said}/>'.encode()) is turned
