"""Choosing lessons: numbers, ranges, names and parts of names, in the order asked, and every selection."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packet.job.choose import choose
from packet.problems import Exit, Problems
from packet.unit.load import Unit
from packet.unit.model import UnitPlan

SLUGS = [
    *("beginning", "why", "rules", "rooms", "past", "opening-hours"),
    *("shared-tables", "borrowing", "root-causes", "trust", "closing", "can-we-borrow"),
]


def unit_of(slugs: list[str]) -> Unit:
    nothing: Any = None
    return Unit(Path(), UnitPlan.model_construct(lessons=slugs), nothing)


TWELVE = unit_of(SLUGS)


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (["3"], [3]),
        (["03"], [3]),
        (["2", "1"], [2, 1]),
        (["5-7"], [5, 6, 7]),
        (["7-5"], [7, 6, 5]),
        (["4-4"], [4]),
        (["12", "2-3", "trust"], [12, 2, 3, 10]),
        (["why"], [2]),
        (["WHY "], [2]),
        (["open"], [6]),
        (["06-Opening-hours.yaml"], [6]),
        (["tables"], [7]),
        (["all"], list(range(1, 13))),
        (["All"], list(range(1, 13))),
        ([], []),
    ],
)
def test_what_is_meant(wanted: list[str], numbers: list[int]) -> None:
    assert choose(TWELVE, wanted) == [SLUGS[number - 1] for number in numbers]


def test_a_whole_name_goes_before_one_that_begins_with_it() -> None:
    assert choose(unit_of(["rules-of-thumb", "rules"]), ["rules"]) == ["rules"]


def test_the_beginning_of_a_name_goes_before_its_middle() -> None:
    assert choose(TWELVE, ["borrow"]) == ["borrowing"]


def refused(*wanted: str) -> list[tuple[str, str, str]]:
    with pytest.raises(Problems) as raised:
        choose(TWELVE, wanted)
    assert raised.value.exit == Exit.USAGE
    return [(problem.code, problem.message, problem.hint) for problem in raised.value.problems]


@pytest.mark.parametrize("number", ["0", "13", "0-2", "11-13", "13-11", "99999999999999999999"])
def test_a_number_outside_the_unit(number: str) -> None:
    assert refused(number) == [("unknown-lesson", f"there is no lesson {number}", "this unit has lessons 1-12")]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("borowing", "did you mean borrowing or closing?"),
        ("openinghours", "did you mean opening-hours?"),
        ("ro", "did you mean rooms or root-causes?"),
        ("xyzzy", "see them with: packet list"),
        ("3-", "see them with: packet list"),
        ("5-closing", "did you mean closing?"),
    ],
)
def test_an_unknown_name_is_answered_with_names(name: str, hint: str) -> None:
    assert refused(name) == [("unknown-lesson", f"there is no lesson called {name!r}", hint)]


def test_an_empty_name_is_not_answered_with_every_name() -> None:
    assert refused("") == [("unknown-lesson", "there is no lesson called ''", "see them with: packet list")]


@pytest.mark.parametrize("wanted", [["2", "why"], ["1-3", "2"], ["all", "2"], ["wh", "2", "2"]])
def test_a_lesson_asked_for_twice(wanted: list[str]) -> None:
    (problem, *more) = refused(*wanted)
    assert problem == ("lesson-twice", "lesson 2 (why) is asked for twice", "name each lesson once")
    assert more == []


def test_every_wrong_name_is_told_at_once() -> None:
    assert [code for code, _, _ in refused("trusst", "13", "2", "2")] == ["unknown-lesson"] * 2 + ["lesson-twice"]


@given(wanted=st.permutations(range(1, 13)), count=st.integers(1, 12))
def test_lessons_come_in_the_order_asked(wanted: list[int], count: int) -> None:
    chosen = [SLUGS[number - 1] for number in wanted[:count]]
    assert choose(TWELVE, [str(number) for number in wanted[:count]]) == chosen
    assert choose(TWELVE, chosen) == chosen


@given(first=st.integers(1, 12), last=st.integers(1, 12))
def test_a_range_backwards_is_the_range_turned_round(first: int, last: int) -> None:
    forwards = choose(TWELVE, [f"{first}-{last}"])
    assert len(forwards) == abs(first - last) + 1
    assert choose(TWELVE, [f"{last}-{first}"]) == forwards[::-1]


@given(text=st.text(max_size=20))
def test_any_text_is_a_lesson_or_a_problem(text: str) -> None:
    try:
        chosen = choose(TWELVE, [text])
    except Problems as problems:
        assert problems.exit == Exit.USAGE
        assert problems.problems
    else:
        assert chosen
        assert set(chosen) <= set(SLUGS)


def test_every_selection_of_the_twelve_shipped_lessons(shipped_unit: Unit) -> None:
    slugs = list(shipped_unit.lessons)
    assert len(slugs) == 12
    selections = [chosen for count in range(1, 13) for chosen in combinations(range(1, 13), count)]
    assert len(selections) == 4_095
    for numbers in selections:
        assert choose(shipped_unit, [str(number) for number in numbers]) == [slugs[number - 1] for number in numbers]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_name_means_itself(slug: str) -> None:
    assert choose(TWELVE, [slug]) == [slug]


def test_a_number_that_is_too_long_to_be_one() -> None:
    ((code, _, hint),) = refused("9" * 5000)
    assert (code, hint) == ("unknown-lesson", "see them with: packet list")
