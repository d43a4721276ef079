"""References: an author marks a phrase once, and every question prints where it really falls.

`reading#name` and `source-id#name` point to a marked phrase, `source-id#2` to a paragraph, `source-id` to a
whole document, `figure:id` to a figure, `article` to the lesson's section of the article. In prose a reference
stands in double brackets: `[[reading#name]]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from packet.unit.model import Lesson, Level, Source

_MARK = re.compile(r"\[([^\[\]]+)\]\{#([a-z0-9-]+)\}")
INLINE = re.compile(r"\[\[([^\[\]]+)\]\]")
_BRACKETS = re.compile(
    rf"{INLINE.pattern}|(?P<mark>{_MARK.pattern})"
    r"|(?P<reference>\[ *\[[^\[\]]+\] *\]|\[[\w:#-]+\]\])"
    r"|\[(?:[^\[\]]|\[\[[^\[\]]+\]\]|\[[^\[\]]+\])+\]"
    r"|(?P<open>\[\[ *[\w:#-]+\]?)"
    r"|(?P<stray>\{#[^{}\n]*\}?|(?<=\])\{[^{}\n]*\}?)"
)
"""What is in brackets: a reference, a mark; one that is written wrongly; an author's own words, such as [sic]."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a reference points: a document (by source id), the reading, a figure or the article, and a paragraph."""

    kind: str
    """`document`, `reading`, `figure` or `article`."""
    id: str
    paragraph: int | None = None


class Unknown(Exception):
    """A reference to nothing: the name that was not found, and those that would have been, or what to say of them."""

    def __init__(self, what: str, name: str, known: Iterable[str], hint: str = "") -> None:
        self.what, self.name, self.known, self.hint = what, name, sorted(known), hint
        super().__init__(name)


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, each on one line; they are apart by a blank line."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]


def marks(text: str) -> dict[str, int]:
    """Return the marked phrases of a reading: name to paragraph number, from 1."""
    return {
        name: number for number, paragraph in enumerate(paragraphs(text), 1) for _, name in _MARK.findall(paragraph)
    }


def mark_names(text: str) -> list[str]:
    """Return the names of a reading's marks, each as often as it stands there."""
    return [name for _, name in _MARK.findall(text)]


def unmarked(text: str) -> str:
    """Return a reading's text with its marks taken off and the marked phrases kept."""
    return _MARK.sub(r"\1", text)


def source_marks(source: Source) -> dict[str, int]:
    """Return the marked phrases of a source: name to paragraph number; a phrase that is not there is left out."""
    parts = paragraphs(source.excerpt)
    wanted = {name: " ".join(phrase.split()) for name, phrase in source.marks.items()}
    return {
        name: number
        for name, phrase in wanted.items()
        for number, part in reversed([*enumerate(parts, 1)])
        if phrase in part
    }


def resolve(text: str, lesson: Lesson, sources: Mapping[str, Source], figures: Iterable[str], level: Level) -> Target:
    """Return where the reference `text` points in this lesson; raise Unknown if it points to nothing."""
    head, sign, place = text.strip().partition("#")
    if sign and not place:
        raise Unknown("mark", text, [head] if head else [])
    if head == "article":
        return Target("article", place)
    if head.startswith("figure:"):
        name = head.removeprefix("figure:")
        if name not in figures or place:
            raise Unknown("figure", f"{name}#{place}" if place else name, figures)
        return Target("figure", name)
    if head == "reading":
        body = lesson.reading.plain if level == "plain" and lesson.reading.plain else lesson.reading.standard
        return Target("reading", "", _paragraph(place, marks(body), len(paragraphs(body)), text))
    held = [use.source for use in lesson.documents]
    if head not in held or head not in sources:
        raise Unknown("document", head, [*(id for id in held if id in sources), "reading", "article"])
    source = sources[head]
    return Target("document", head, _paragraph(place, source_marks(source), len(paragraphs(source.excerpt)), text))


def head(reference: str) -> str:
    """Return what a reference points to without the place in it: `source-id` of `source-id#mark`."""
    return reference.strip().partition("#")[0]


def inline(text: str) -> Iterator[str]:
    """Yield the references that stand in double brackets in a prose text."""
    yield from INLINE.findall(text)


def broken(text: str, *, marked: bool) -> Iterator[tuple[re.Match[str], str]]:
    """Yield what is meant for a reference or mark and would be printed as it stands, and how to write it.

    Marks stand only in a text that is `marked`: a reading.
    """
    for found in _BRACKETS.finditer(text):
        if found["reference"] or found["open"]:
            yield found, f"write [[{found[0].strip('[] ')}]]"
        elif found["stray"] and marked:
            yield found, "write [the phrase]{#name} without a space between, the name in small letters and hyphens"
        elif found["stray"] or (found["mark"] and not marked):
            _, sign, name = found[0].rpartition("{")
            yield found, f"take out {sign}{name} and the brackets before it: only a phrase of the reading is marked so"


def _paragraph(place: str, known: Mapping[str, int], count: int, text: str) -> int | None:
    if not place:
        return None
    if re.fullmatch(r"\d{1,6}", place) and 1 <= int(place) <= count:
        return int(place)
    if place not in known:
        inside = head(text)
        has = f"{inside} has {count} paragraph{'s' * (count != 1)}" if place.isdecimal() else ""
        raise Unknown("mark", text, [f"{inside}#{name}" for name in known], has)
    return known[place]
