"""Which lessons a job means: numbers, slugs and ranges become slugs, in the order given."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from packet.problems import Exit, Problem, Problems
from packet.unit import check, mine, names
from packet.unit.load import Unit, read, slug_of


def choose(unit: Unit, wanted: Sequence[str]) -> list[str]:
    """Return the slugs of the lessons that `wanted` names, in that order; raise Problems (usage) for a wrong name.

    `3` is the third lesson of the unit, `5-7` three of them, `7-5` the same backwards, `all` the whole unit. A
    slug may be shortened as long as it fits one lesson only; the name of a lesson's file means the lesson.
    """
    slugs = list(dict.fromkeys(unit.plan.lessons))
    chosen: list[str] = []
    problems: list[Problem] = []
    for name in wanted:
        found = _meant(name.strip().casefold(), slugs)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            chosen += found
    twice = sorted({slug for slug in chosen if chosen.count(slug) > 1}, key=chosen.index)
    problems += [_twice(slug, slugs.index(slug) + 1) for slug in twice]
    if problems:
        raise Problems(problems, Exit.USAGE)
    return chosen


def _twice(slug: str, number: int) -> Problem:
    return Problem("lesson-twice", f"lesson {number} ({slug}) is asked for twice", hint="name each lesson once")


def _meant(name: str, slugs: list[str]) -> list[str] | Problem:
    if name == "all":
        return slugs
    slug = slug_of(Path(name)) if names.LESSON.fullmatch(name) else name
    if slug in slugs:
        return [slug]
    numbers = re.fullmatch(r"(\d{1,1000})(?:-(\d{1,1000}))?", name)
    if numbers:
        first, last = int(numbers[1]), int(numbers[2] or numbers[1])
        if not all(1 <= number <= len(slugs) for number in (first, last)):
            return Problem("unknown-lesson", f"there is no lesson {name}", hint=f"this unit has lessons 1-{len(slugs)}")
        step = 1 if first <= last else -1
        return [slugs[number - 1] for number in range(first, last + step, step)]
    starts = [slug for slug in slugs if name and slug.startswith(name)] or [
        slug for slug in slugs if name and name in slug
    ]
    if len(starts) == 1:
        return starts
    near = starts or difflib.get_close_matches(name, slugs, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else "see them with: packet list"
    return Problem("unknown-lesson", f"there is no lesson called {name!r}", hint=hint)


def checked(root: Path) -> tuple[Unit, list[Problem]]:
    """Return the unit in `root` as its school prints it, and its warnings; raise Problems if there is any error."""
    unit, found = looked_at(root)
    if unit is None or any(problem.severity == "error" for problem in found):
        raise Problems(found)
    return unit, found


def looked_at(root: Path) -> tuple[Unit | None, list[Problem]]:
    """Return what could be read of the unit in `root`, and everything that is wrong, in its saved packets too.

    It is the unit as its school prints it where nothing is wrong, and None where nothing can be said of lessons.
    """
    try:
        unit = read(root)
    except Problems as problems:
        return None, problems.problems
    found = check.check(unit) + _packets(unit)
    if any(problem.severity == "error" for problem in found):
        return unit, Problems(found).problems
    unit, unfit = mine.applied(unit)
    return unit, found + unfit


def concerning(unit: Unit, slugs: Sequence[str], found: Sequence[Problem]) -> list[Problem]:
    """Return what concerns these lessons: their own files and those of their sources and figures.

    Of unit.yaml, article.yaml and mine.yaml, which every build reads, the errors.
    """
    sources, figures = _used(unit, slugs)

    def concerns(problem: Problem) -> bool:
        if problem.span is None:
            return True
        folder, _, name = problem.span.file.relative_to(unit.root).as_posix().rpartition("/")
        name = names.meant(name)
        stem = name.partition(".")[0]
        if not folder and name in ("unit.yaml", "article.yaml", "mine.yaml"):
            return problem.severity == "error"
        own: dict[str, Collection[str]] = {"sources": sources, "figures": figures, "": slugs}
        return (stem if folder else stem.partition("-")[2]) in own.get(folder, ())

    return [problem for problem in found if concerns(problem)]


def to_write(unit: Unit, slugs: Sequence[str]) -> int:
    """Return how many texts of these lessons, their sources and figures are still to be written."""
    sources, figures = _used(unit, slugs)
    keys = (
        [f"lesson:{slug}" for slug in slugs] + [f"source:{id}" for id in sources] + [f"figure:{id}" for id in figures]
    )
    return sum(len(check.to_write(unit.files[key])) for key in keys)


def _used(unit: Unit, slugs: Sequence[str]) -> tuple[set[str], set[str]]:
    """Return the ids of the sources and of the figures of these lessons."""
    lessons = [unit.lessons[slug] for slug in slugs if slug in unit.lessons]
    sources = {use.source for lesson in lessons for use in lesson.documents}
    return sources, {id for lesson in lessons for id in check.shown(lesson) if id}


def _packets(unit: Unit) -> list[Problem]:
    """Return the mistakes in the unit's saved packets: lessons that are not there, or are named before."""
    found = []
    for name, packet in unit.packets.items():
        file, before = unit.files[f"packet:{name}"], set[str]()
        for index, wanted in enumerate(packet.lessons):
            problems = []
            try:
                slugs = choose(unit, [wanted])
            except Problems as wrong:
                problems, slugs = wrong.problems, []
            problems += [_twice(slug, unit.number(slug)) for slug in slugs if slug in before][:1]
            found += [replace(problem, span=file.at("lessons", index)) for problem in problems]
            before.update(slugs)
    return found
