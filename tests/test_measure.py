"""Measures: words, reading grades, and how evenly two sides are heard."""

from __future__ import annotations

from collections import Counter

import pytest

from packet.unit import measure
from packet.unit.load import Unit


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("One two, three.", 3),
        ("a well-known rule", 3),
        ("the reader's book, the reader’s book", 6),
        ("“Sí”, dijo el niño — y se fue.", 7),
        ("in 1914-1915, 2.5 times", 5),
        ("[...] left out [sic]", 3),
        ("a _word_ ___ here", 3),
    ],
)
def test_words_are_counted_as_a_reader_does(text: str, count: int) -> None:
    assert len(measure.words(text)) == count


EASY = "The cat sat. The dog ran. We saw it all. It was fun."
HARD = "International organizations continually reconsider institutional responsibilities, notwithstanding opposition."


def test_harder_text_has_a_higher_grade() -> None:
    assert measure.grade(EASY) < 2
    assert measure.grade(HARD) > 15


def test_a_grade_is_flesch_and_kincaid_s() -> None:
    assert measure.grade("The cat sat.") == pytest.approx(0.39 * 3 + 11.8 * 1 - 15.59)
    assert measure.grade("The cat sat. The dog ran.") == pytest.approx(measure.grade("The cat sat."))


@pytest.mark.parametrize("end", [".", "!", "?", "?!", ".”", '."', ".)", ".’"])
def test_a_sentence_ends_with_its_quotation_mark(end: str) -> None:
    assert measure.grade(f"The cat sat{end} The dog ran.") == pytest.approx(measure.grade("The cat sat. The dog ran."))


def test_a_number_with_a_point_ends_no_sentence() -> None:
    assert measure.grade("The cat ate 2.5 mice.") == pytest.approx(measure.grade("The cat ate 2,5 mice."))


@pytest.mark.parametrize("text", ["", "...", "word", "1914"])
def test_any_text_has_a_grade(text: str) -> None:
    assert isinstance(measure.grade(text), float)


def test_balance_counts_sources_words_and_questions_once_for_each_lesson(unit: Unit) -> None:
    lesson = unit.lessons["opening-hours"]
    once = measure.balance([lesson], unit.sources)
    assert once.sources["voice"] == Counter(official=1, unofficial=1)
    assert once.words["voice"] == Counter(official=18, unofficial=18)
    assert once.questions["voice"] == Counter(official=2, unofficial=2)
    assert once.sources["country"] == Counter(elsewhere=2)
    assert measure.balance([lesson, lesson], unit.sources).words["voice"] == Counter(official=36, unofficial=36)


@pytest.mark.parametrize(
    ("one", "other", "lopsided"),
    [(1, 1, False), (1, 2, False), (1, 3, True), (3, 1, True), (0, 1, True)],
)
def test_more_than_twice_is_lopsided(one: int, other: int, lopsided: bool) -> None:
    assert measure.lopsided(Counter(for_=one, against=other), "for_", "against") is lopsided


def test_each_uneven_measure_is_told(unit: Unit) -> None:
    even = measure.balance(unit.lessons.values(), unit.sources)
    sides = measure.opposed(unit.plan)
    assert measure.uneven(even, sides) == []
    even.words["voice"]["official"] = 40
    even.sources["country"]["Mexico"] = 1
    assert measure.uneven(even, sides) == [
        "Mexico and United States (sources 1 to 0)",
        "official and unofficial (words 40 to 18)",
    ]


def test_a_source_that_is_not_written_speaks_for_nobody(unit: Unit) -> None:
    new = unit.sources["rules"].model_copy(update={"excerpt": "TODO: its words"})
    counts = measure.balance(unit.lessons.values(), unit.sources | {"rules": new})
    assert counts.sources["voice"] == Counter(unofficial=1)
