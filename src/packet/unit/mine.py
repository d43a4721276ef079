"""Apply a school's own layer to a unit: drop questions, swap sources, add notes. No file of the unit is changed.

What the layer names and the unit no longer has is a warning, and the rest still applies: a newer unit can be pulled
under it. Questions are named by their first words. A number would mean another question once one is put in before it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from packet.problems import Problem, Span
from packet.unit import check, refs
from packet.unit.load import Unit, unknown
from packet.unit.model import Lesson, Own, Source, Swap
from packet.words import tokens

SHOWN = 8
"""So many first words of a question are shown; fewer tell those of every shipped lesson apart."""


def applied(unit: Unit) -> tuple[Unit, list[Problem]]:
    """Return the unit as its school prints it, and what of the layer no longer fits it. The unit must be right."""
    lessons, problems = dict(unit.lessons), []
    for slug, own in unit.mine.lessons.items():
        if slug not in lessons:
            place = unit.files["mine"].key("lessons", slug)
            problems.append(replace(unknown("lesson", slug, lessons, place), severity="warning"))
            continue
        changed = _Changed(unit, slug, lessons[slug])
        changed.apply(own)
        lessons[slug] = changed.lesson
        problems += changed.problems
    return replace(unit, lessons=lessons), problems


@dataclass
class _Changed:
    """A lesson under its school's hand, and what did not fit it."""

    unit: Unit
    slug: str
    lesson: Lesson
    problems: list[Problem] = field(default_factory=list)

    def apply(self, own: Own) -> None:
        """Drop first: a question that is dropped needs nothing of a source that is swapped."""
        for index, words in enumerate(own.drop):
            self.drop(words, index)
        for index, swap in enumerate(own.swap):
            self.swap(swap, index)
        kept = [note for index, note in enumerate(own.notes) if self.resolves(self.lesson, note, "notes", index)]
        notes = self.lesson.notes.model_copy(update={"own": [*kept, *self.lesson.notes.own]})
        self.lesson = self.lesson.model_copy(update={"notes": notes})

    def drop(self, words: str, index: int) -> None:
        tree = self.lesson.model_dump(by_alias=True)
        wanted = tokens(words)
        found = [
            (group, question)
            for group in _groups(tree)
            for question in group
            if wanted and tokens(question["ask"])[: len(wanted)] == wanted
        ]
        place = self.unit.files["mine"].at("lessons", self.slug, "drop", index)
        if not found:
            asks = [_first(question["ask"]) for group in _groups(tree) for question in group]
            near = difflib.get_close_matches(_first(words), asks, n=3, cutoff=0.5)
            hint = f"did you mean {' or '.join(near)}?" if near else "copy its first words from the lesson's file"
            self.problem("unknown-question", "no question of the lesson begins with these words", place, hint)
        elif len(found) > 1:
            self.problem(
                "unknown-question",
                f"{len(found)} questions of the lesson begin with these words, so none is left out",
                place,
                "write more of the words of the one you mean",
            )
        else:
            ((group, question),) = found
            group.remove(question)
            self.lesson = self.fits(tree, place, f"{_first(question['ask'])!r} stays") or self.lesson

    def swap(self, swap: Swap, index: int) -> None:
        file, steps = self.unit.files["mine"], ("lessons", self.slug, "swap", index)
        held = [use.source for use in self.lesson.documents]
        old, new = swap.instead_of, swap.source
        if old not in held:
            place = file.at(*steps, "instead-of")
            self.problems.append(replace(unknown("document", old, held, place), severity="warning"))
        elif new not in self.unit.sources:
            place = file.at(*steps, "source")
            self.problems.append(replace(unknown("source", new, self.unit.sources, place), severity="warning"))
        elif figure := self.figures_point(old):
            message = f"the source {old!r} stays, as the figure {figure!r} of this lesson points to it"
            self.problem("kept", message, file.at(*steps, "instead-of"), "take this out of mine.yaml")
        elif new in held:
            message = f"the source {new!r} is in this lesson already, so it stands in no other's place"
            self.problem("duplicate-id", message, file.at(*steps, "source"), "choose another source")
        else:
            tree = self.lesson.model_dump(by_alias=True)
            leaving, at = _Leaving(old, self.unit.sources[old]), held.index(old)
            del tree["documents"][at]
            tree = leaving.taken_from(tree)
            tree["documents"].insert(at, swap.model_dump(by_alias=True, exclude={"instead_of"}))
            place = file.at(*steps, "instead-of")
            lesson = self.fits(tree, place, f"the source {old!r} stays")
            if lesson and self.resolves(lesson, swap, "swap", index):
                self.lesson = lesson
                self.problems += leaving.told(place)

    def fits(self, tree: Any, place: Span, otherwise: str) -> Lesson | None:
        """Return a changed lesson, or None if too little is left of it; `otherwise` is what stays then."""
        try:
            return Lesson.model_validate(tree)
        except ValidationError as error:
            where = ", ".join(step for step in error.errors()[0]["loc"] if isinstance(step, str))
            message = f"{otherwise}, as too little would be left in the lesson under {where}"
            self.problem("kept", message, place, "take this out of mine.yaml")
            return None

    def resolves(self, lesson: Lesson, value: object, *steps: str | int) -> bool:
        """Return whether every reference in a part of the layer leads somewhere; tell of the first that fails."""
        file = self.unit.files["mine"]
        for inside, reference in check.references(value):
            at = ("lessons", self.slug, *steps, *inside)
            for problem in check.unresolved(self.unit, lesson, reference, file, at):
                hint = f"{problem.hint}; until this is mended it is left out"
                self.problems.append(replace(problem, hint=hint, severity="warning"))
                return False
        return True

    def figures_point(self, source: str) -> str | None:
        """Return the figure of the lesson whose own words point to the source, where there is one."""
        figures = [id for id in check.shown(self.lesson) if id]
        return next(
            (id for id in figures for _, to in check.references(self.unit.figures[id]) if refs.head(to) == source), None
        )

    def problem(self, code: str, message: str, place: Span, hint: str) -> None:
        self.problems.append(Problem(code, message, place, hint, "warning"))


@dataclass
class _Leaving:
    """A source that leaves a lesson, and what leaves with it."""

    id: str
    source: Source
    gone: list[str] = field(default_factory=list)
    """First words of the questions and voices that rest on the source alone."""
    touched: int = 0
    """How many other places pointed to it."""

    def taken_from(self, value: Any) -> Any:
        """Return a part of a lesson without its references to the source; None for a question or voice left without."""
        if isinstance(value, str):
            return refs.INLINE.sub(self._named, value)
        if isinstance(value, list):
            return [kept for entry in value if (kept := self.taken_from(entry)) is not None]
        if not isinstance(value, dict):
            return value
        for name in ("seen-in", "evidence"):
            if name in value and all(map(self._is_meant, value[name])):
                self.gone.append(_first(value.get("ask") or value["who"]))
                return None
        return {name: self._pointed(name, inside) for name, inside in value.items()}

    def _pointed(self, name: str, value: Any) -> Any:
        if name not in ("seen-in", "evidence"):
            return self.taken_from(value)
        kept = [reference for reference in value if not self._is_meant(reference)]
        self.touched += len(kept) < len(value)
        return kept

    def _named(self, found: re.Match[str]) -> str:
        if not self._is_meant(found[1]):
            return found[0]
        self.touched += 1
        return re.sub(r"([\\*_\[\]])", r"\\\1", self.source.title)

    def _is_meant(self, reference: str) -> bool:
        return refs.head(reference) == self.id

    def told(self, place: Span) -> Iterator[Problem]:
        for words in self.gone:
            message = f"{words!r} has its evidence in {self.id} alone, and is left out with it"
            yield Problem("left-out", message, place, "a question in its place can stand under questions here", "note")
        if self.touched:
            places = "place points" if self.touched == 1 else "places point"
            message = f"{self.touched} other {places} to {self.id}: its title is printed there, or other evidence"
            yield Problem("left-out", message, place, "read the lesson's pages again before you copy them", "note")


def _groups(tree: Any) -> Iterator[list[Any]]:
    """Yield every list of questions inside a lesson's tree."""
    inside: Sequence[Any] = list(tree.values()) if isinstance(tree, Mapping) else tree if isinstance(tree, list) else ()
    if isinstance(tree, list) and any(isinstance(entry, Mapping) and "ask" in entry for entry in tree):
        yield tree
    else:
        for value in inside:
            yield from _groups(value)


def _first(ask: str) -> str:
    """Return the first words of a question or of a voice's name."""
    words = ask.split()
    return " ".join(words[:SHOWN]) + (" ..." if len(words) > SHOWN else "")
