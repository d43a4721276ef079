"""A scene: one lesson as one edition sees it. The only place that decides whether an answer is seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase

from packet.handout import labels
from packet.handout.prose import Prose, begun, blocks, line
from packet.handout.room import OF_LOOK, Room
from packet.job.job import Edition, Look
from packet.unit import model, refs
from packet.unit.load import Unit

KINDS: tuple[model.HandoutKind, ...] = (
    "reading",
    "documents",
    "questions",
    "activity",
    "perspectives",
    "exit-ticket",
    "article",
)
"""The order of a lesson's handouts; it gives each its letter, also in a packet that leaves others out."""


@dataclass(frozen=True)
class Scene:
    """One lesson as one edition sees it: what the builders of handouts need to know."""

    unit: Unit
    slug: str
    edition: Edition
    level: model.Level = "standard"
    article: Mapping[str, Sequence[str]] | None = None
    """The teacher's own copy of the article, section id to paragraphs; None where it is not asked for."""
    look: Look = "classroom"
    fit: Mapping[str, int] = field(default_factory=dict)
    """How many lines the fit gave to spaces, by name; the same in every edition."""

    breaks: frozenset[str] = frozenset()
    """The anchors of the blocks before which the fit begins a new page; the same in every edition."""
    line_starts: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """For excerpts with numbered lines, by their anchors: at which of their letters each line begins."""
    marks: dict[str, int] = field(default_factory=dict)
    """Where the pages of the standard edition begin; for a look that keeps in step with it."""

    @property
    def lesson(self) -> model.Lesson:
        """The lesson as written."""
        return self.unit.lessons[self.slug]

    @property
    def number(self) -> int:
        """The lesson's number in the unit."""
        return self.unit.number(self.slug)

    @property
    def kinds(self) -> list[model.HandoutKind]:
        """The kinds of handout this lesson has, in order."""
        absent = {kind for kind, there in (("activity", self.lesson.activity), ("article", self.article)) if not there}
        return [kind for kind in KINDS if kind not in absent]

    @property
    def room(self) -> Room:
        """How much room the look gives to writing."""
        return OF_LOOK[self.look]

    def id(self, kind: model.HandoutKind) -> str:
        """Return the handout's id: the lesson's number and a letter, such as `3A`."""
        return f"{self.number}{ascii_uppercase[self.kinds.index(kind)]}"

    def answer(self, text: Prose) -> Prose | None:
        """Return what only a teacher may see, or None for students."""
        return None if self.edition == "student" else text

    def refer(self, reference: str) -> str:
        """Return the words printed for a reference: `Document B, paragraph 2`; a number stays with its word."""
        target = refs.resolve(reference, self.lesson, self.unit.sources, self.unit.figures, self.level)
        where = f", paragraph\u00a0{target.paragraph}" if target.paragraph else ""
        if target.kind == "document":
            return f"{self.document(target.id)}{where}"
        if target.kind == "reading":
            return f"{labels.READING}{where}"
        if target.kind == "figure":
            return f"{labels.FIGURE}: {self.unit.figures[target.id].title}"
        section = self.section(target.id) if target.id else self.section(self.lesson.sections[0])
        return f"{labels.ARTICLE_CITED}, “{section.heading}”"

    def refer_all(self, references: Sequence[str]) -> str:
        """Return the words for a list of references."""
        return begun("; ".join(dict.fromkeys(self.refer(reference) for reference in references)))

    def letter(self, source: str) -> str:
        """Return a source's letter in this lesson."""
        return ascii_uppercase[[use.source for use in self.lesson.documents].index(source)]

    def document(self, source: str) -> str:
        """Return what a source is called in this lesson, on one line: `Document B`."""
        return f"{labels.DOCUMENT}\u00a0{self.letter(source)}"

    def section(self, id: str) -> model.Section:
        """Return a section of the article."""
        return next(section for section in self.unit.article.sections if section.id == id)

    def line(self, text: str) -> Prose:
        """Return one paragraph of the author's text, its references resolved."""
        return line(text, self.refer)

    def blocks(self, text: str) -> Prose:
        """Return paragraphs of the author's text, their references resolved."""
        return blocks(text, self.refer)
