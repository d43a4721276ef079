"""Measure a unit: words, reading level, and how evenly its sources speak for opposed sides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import pyphen

from packet.unit.model import Lesson, Source, UnitPlan, is_written

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_SENTENCE = re.compile(r"[.!?]+[\"”’)\]]*(?=\s|$)")
MOST_RATIO = 2.0
"""A side with more than this many times another's sources is worth a warning."""


def words(text: str) -> list[str]:
    """Return the words of a text; a hyphenated word is one."""
    return _WORD.findall(text)


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of an English text (Kincaid et al. 1975), a US school grade.

    Syllables are counted by pyphen's hyphenation points, which finds slightly fewer than a dictionary does, so
    a text comes out up to a grade lower than other tools say. The two levels are compared by the same measure.
    """
    found = words(text)
    sentences = max(1, len(_SENTENCE.findall(text)))
    syllables = sum(_syllables(word.casefold()) for word in found)
    return 0.39 * len(found) / sentences + 11.8 * syllables / max(1, len(found)) - 15.59


@cache
def _hyphenation() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US", left=1, right=1)


@cache
def _syllables(word: str) -> int:
    return len(_hyphenation().positions(word)) + 1


@dataclass(frozen=True)
class Balance:
    """Sources and words of their excerpts, counted by `country`, `position` and `voice`."""

    sources: Mapping[str, Counter[str]]
    words: Mapping[str, Counter[str]]
    questions: Mapping[str, Counter[str]]


AXES = ("country", "position", "voice")
Opposed = tuple[str, str, str]
"""A field of sources, and the two values of it that are weighed against each other."""


def opposed(plan: UnitPlan) -> list[Opposed]:
    """Return the sides that a unit weighs against each other."""
    countries: list[Opposed] = [("country", plan.countries[0], plan.countries[1])] if plan.countries else []
    return [*countries, ("position", "for", "against"), ("voice", "official", "unofficial")]


def heard(counts: Balance, axis: str, one: str, other: str) -> bool:
    """Return whether either side is heard at all."""
    return bool(counts.sources[axis][one] or counts.sources[axis][other])


def balance(lessons: Iterable[Lesson], sources: Mapping[str, Source]) -> Balance:
    """Return how often each country, position and voice is heard in these lessons; a source counts once a lesson.

    A source whose excerpt is still to be written is not counted.
    """
    counts = Balance({a: Counter() for a in AXES}, {a: Counter() for a in AXES}, {a: Counter() for a in AXES})
    for lesson in lessons:
        for use in lesson.documents:
            source = sources[use.source]
            for axis in AXES if is_written(source.excerpt) else ():
                side = getattr(source, axis)
                counts.sources[axis][side] += 1
                counts.words[axis][side] += len(words(source.excerpt))
                counts.questions[axis][side] += len(use.sourcing) + len(use.questions)
    return counts


def uneven(counts: Balance, sides: Iterable[Opposed]) -> list[str]:
    """Return for each two sides of which one is heard more than MOST_RATIO times the other what is uneven.

    For example `official and unofficial (words 40 to 18)`.
    """
    found = []
    for axis, one, other in sides:
        measures = (("sources", counts.sources), ("words", counts.words), ("questions", counts.questions))
        said = [
            f"{what} {measured[axis][one]} to {measured[axis][other]}"
            for what, measured in measures
            if lopsided(measured[axis], one, other)
        ]
        found += [f"{one} and {other} ({', '.join(said)})"] if said else []
    return found


def lopsided(counts: Counter[str], one: str, other: str) -> bool:
    """Return whether one side has more than MOST_RATIO times the other's."""
    least, most = sorted((counts[one], counts[other]))
    return most > MOST_RATIO * least
