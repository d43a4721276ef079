"""References: where a marked phrase, a paragraph, a document, a figure and the article are."""

from __future__ import annotations

import pytest

from packet.unit import refs
from packet.unit.load import Unit
from packet.unit.model import Level

LESSON = "opening-hours"


def resolve(unit: Unit, text: str, level: Level = "standard") -> refs.Target:
    return refs.resolve(text, unit.lessons[LESSON], unit.sources, unit.figures, level)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("rules", ("document", "rules", None)),
        ("rules#noon", ("document", "rules", 1)),
        ("rules#2", ("document", "rules", 2)),
        (" letter#1 ", ("document", "letter", 1)),
        ("reading", ("reading", "", None)),
        ("reading#noon", ("reading", "", 1)),
        ("reading#2", ("reading", "", 2)),
        ("figure:plan", ("figure", "plan", None)),
        ("article", ("article", "", None)),
        ("article#hours", ("article", "hours", None)),
    ],
)
@pytest.mark.parametrize("level", ["standard", "plain"])
def test_where_a_reference_points(unit: Unit, text: str, target: tuple[str, str, int | None], level: Level) -> None:
    assert resolve(unit, text, level) == refs.Target(*target)


@pytest.mark.parametrize(
    ("text", "what", "name"),
    [
        ("rule", "document", "rule"),
        ("rules#dawn", "mark", "rules#dawn"),
        ("rules#3", "mark", "rules#3"),
        ("rules#0", "mark", "rules#0"),
        ("reading#dawn", "mark", "reading#dawn"),
        ("figure:map", "figure", "map"),
        ("", "document", ""),
        ("#noon", "document", ""),
    ],
)
def test_a_reference_to_nothing(unit: Unit, text: str, what: str, name: str) -> None:
    with pytest.raises(refs.Unknown) as raised:
        resolve(unit, text)
    assert (raised.value.what, raised.value.name) == (what, name)


@pytest.mark.parametrize(
    ("text", "known"),
    [("rule", ["article", "letter", "reading", "rules"]), ("rules#dawn", ["rules#noon"]), ("figure:map", ["plan"])],
)
def test_a_reference_to_nothing_tells_what_there_is(unit: Unit, text: str, known: list[str]) -> None:
    with pytest.raises(refs.Unknown) as raised:
        resolve(unit, text)
    assert raised.value.known == known


def broken(text: str, *, marked: bool = True) -> list[str]:
    return [found[0] for found, hint in refs.broken(text, marked=marked) if hint]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See [[owners-letter] and say", "[[owners-letter]"),
        ("See [[owners-letter and say", "[[owners-letter"),
        ("See [rules#noon]] and say", "[rules#noon]]"),
        ("See [ [rules]] and say", "[ [rules]]"),
        ("[[rules]] and [[rules]\n\n[sic] and [so on]", "[[rules]"),
        ("[hear first] {#hear}", "{#hear}"),
        ("[hear first]{hear}", "{hear}"),
        ("[hear first]{#Hear First}", "{#Hear First}"),
        ("{#hear} alone", "{#hear}"),
    ],
)
def test_what_is_meant_for_a_reference_or_a_mark_is_found(text: str, found: str) -> None:
    assert broken(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "[[rules#noon]], [[figure:plan]] and [at noon]{#noon}",
        "[...], [sic], […] and [the President]",
        "[he said [sic]] and [[sic] he said]",
        "[see [[rules]]] and [[[rules]] has it]",
        "a[1] = {2}; an unclosed [bracket, and] another",
        "{a, b}",
    ],
)
def test_an_author_s_own_brackets_are_let_be(text: str) -> None:
    assert broken(text) == []


def test_a_mark_stands_in_the_reading_alone() -> None:
    assert broken("[at noon]{#noon} and {#dawn}", marked=False) == ["[at noon]{#noon}", "{#dawn}"]


def test_a_source_that_the_lesson_does_not_use_is_no_document(unit: Unit) -> None:
    unit.sources["other"] = unit.sources["rules"]
    with pytest.raises(refs.Unknown):
        resolve(unit, "other")


@pytest.mark.parametrize(
    "text",
    ["figure:plan#2", "figure:plan#", "article#", "reading#", "rules#", "rules#²", f"rules#{'9' * 5000}"],
)
def test_a_place_where_there_are_no_places(unit: Unit, text: str) -> None:
    with pytest.raises(refs.Unknown):
        resolve(unit, text)


TEXT = """
One [first
phrase]{#one} here.

Two, with [[rules#noon]] and a [second]{#two} phrase.
   \n
Three [not a mark] {#three} and [a-b]{#a-b}.
"""


def test_paragraphs_are_apart_by_blank_lines() -> None:
    assert refs.paragraphs(TEXT) == [
        "One [first phrase]{#one} here.",
        "Two, with [[rules#noon]] and a [second]{#two} phrase.",
        "Three [not a mark] {#three} and [a-b]{#a-b}.",
    ]
    assert refs.paragraphs(" \n\n ") == []


def test_marks_are_found_with_their_paragraph() -> None:
    assert refs.marks(TEXT) == {"one": 1, "two": 2, "a-b": 3}


def test_marks_are_taken_off_and_their_phrases_kept() -> None:
    assert (
        refs.unmarked("One [first phrase]{#one} and [[rules#noon]] [sic].")
        == "One first phrase and [[rules#noon]] [sic]."
    )


def test_references_inside_prose() -> None:
    assert list(refs.inline("See [[rules#noon]], [sic], [[a]] and [[ b ]].")) == ["rules#noon", "a", " b "]


def test_a_source_s_mark_is_in_the_first_paragraph_that_has_its_phrase(unit: Unit) -> None:
    source = unit.sources["rules"]
    again = source.model_copy(update={"excerpt": "a\n\nopen at\nnoon\n\nopen at noon"})
    assert refs.source_marks(again) == {"noon": 2}
    assert refs.source_marks(source.model_copy(update={"excerpt": "open at\n\nnoon"})) == {}
