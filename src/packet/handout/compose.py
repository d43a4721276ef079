"""Compose a lesson's handouts for an edition: the only place that decides who sees what.

What an edition must not see is left out here, not hidden later: the student's Space has no answer to hide.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from packet.handout import labels
from packet.handout.handout import (
    Block,
    Boxed,
    Bullets,
    Cards,
    Credit,
    Edition,
    Glossed,
    Handout,
    Heading,
    Names,
    Numbered,
    Organizer,
    Pages,
    Paragraph,
    Picture,
    Question,
    Source,
    Space,
    Steps,
    Table,
)
from packet.handout.prose import Prose, blocks, line, literal
from packet.unit import drawing, model, refs
from packet.unit.check import walk
from packet.unit.load import Unit

WORDS_PER_LINE = 7.5  # a handwritten line at full width holds 7 to 8 words
ROOM = 1.3  # a student's answer is a third longer than the model answer
MOST_LINES = 12
OPEN_LINES = 4
ROW_HEIGHT = 30  # mm; the least in which a sentence can be written in a column a quarter of the page wide
ORIGINAL_WORDS = 90  # a longer original stays in the source library and is not printed

KINDS: tuple[model.HandoutKind, ...] = (
    "reading", "documents", "questions", "activity", "perspectives", "exit-ticket", "article",
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

    def id(self, kind: model.HandoutKind) -> str:
        """Return the handout's id: the lesson's number and a letter, such as `3A`."""
        return f"{self.number}{ascii_uppercase[self.kinds.index(kind)]}"

    def answer(self, text: Prose) -> Prose | None:
        """Return what only a teacher may see, or None for students."""
        return text if self.edition == "teacher" else None

    def refer(self, reference: str) -> str:
        """Return the words printed for a reference: `Document B, paragraph 2`."""
        target = refs.resolve(reference, self.lesson, self.unit.sources, self.unit.figures, self.level)
        where = f", paragraph {target.paragraph}" if target.paragraph else ""
        if target.kind == "document":
            return f"{labels.DOCUMENT} {self.letter(target.id)}{where}"
        if target.kind == "reading":
            return f"{labels.READING}{where}"
        if target.kind == "figure":
            return f"{labels.FIGURE}: {self.unit.figures[target.id].title}"
        section = self.section(target.id) if target.id else self.section(self.lesson.sections[0])
        return f"{labels.ARTICLE}, “{section.heading}”"

    def refer_all(self, references: Sequence[str]) -> str:
        """Return the words for a list of references."""
        return "; ".join(self.refer(reference) for reference in references)

    def letter(self, source: str) -> str:
        """Return a source's letter in this lesson."""
        return ascii_uppercase[[use.source for use in self.lesson.documents].index(source)]

    def section(self, id: str) -> model.Section:
        """Return a section of the article."""
        return next(section for section in self.unit.article.sections if section.id == id)

    def line(self, text: str) -> Prose:
        """Return one paragraph of the author's text, its references resolved."""
        return line(text, self.refer)

    def blocks(self, text: str) -> Prose:
        """Return paragraphs of the author's text, their references resolved."""
        return blocks(text, self.refer)


def compose(scene: Scene, only: Sequence[model.HandoutKind] = ()) -> Pages:
    """Return the lesson's handouts for the scene's edition; `only` keeps some kinds, and letters do not change."""
    wanted = [kind for kind in scene.kinds if not only or kind in only or kind == "article"]
    title = literal(f"{labels.LESSON} {scene.number}: {scene.lesson.title}")
    return Pages(scene.slug, title, "arabic", tuple(_handout(scene, kind) for kind in wanted), "lesson")


TEACHER_FIELDS = frozenset({
    "answer", "not-enough", "follow-up", "listen-for", "key", "claim", "objection", "missing", "notes", "procedure",
    "objectives", "materials", "evidence",
})
"""The fields of a lesson that students must never see, by the names they have in the file."""


def withheld(scene: Scene) -> list[str]:
    """Return the texts that this edition must not hold, read from the lesson itself and not from what was composed."""
    if scene.edition == "teacher":
        return []
    return [scene.line(value).text for steps, value in walk(scene.lesson)
            if isinstance(value, str) and any(step in TEACHER_FIELDS for step in steps)]


def lines_for(question: model.Question) -> int:
    """Return how many ruled lines a question gets: the author's number, or one worked out from the model answer."""
    if question.lines:
        return question.lines
    words = len(literal(question.answer).text.split())
    return min(MOST_LINES, max(2, math.ceil(ROOM * words / WORDS_PER_LINE)))


def numbered_questions(
    lesson: model.Lesson, kind: model.HandoutKind
) -> Iterator[tuple[str, model.Question]]:
    """Yield the questions of a handout with the numbers they bear there. Sheet and key count by this alone."""
    groups: list[model.Question] = []
    if kind == "documents":
        groups = [question for use in lesson.documents for question in (*use.sourcing, *use.questions)]
    elif kind == "questions":
        groups = [*lesson.questions.text, *lesson.questions.open]
    elif kind == "activity" and lesson.activity:
        groups = lesson.activity.questions
    elif kind == "exit-ticket":
        groups = lesson.exit_ticket
    yield from ((str(number), question) for number, question in enumerate(groups, 1))


def _handout(scene: Scene, kind: model.HandoutKind) -> Handout:
    id = scene.id(kind)
    build, name = _BUILDERS[kind]
    activity = scene.lesson.activity if kind == "activity" else None
    return Handout(
        id=id,
        anchor=f"{scene.slug}-{kind}",
        label=literal(f"{labels.HANDOUT} {id}"),
        title=literal(name),
        subtitle=scene.line(activity.title) if activity else None,
        running=f"{scene.number}. {scene.lesson.title}",
        blocks=(_names(), *build(scene)),
    )


def _names() -> Names:
    return Names((literal(labels.NAME), literal(labels.DATE), literal(labels.PERIOD)))


def _reading(scene: Scene) -> Iterator[Block]:
    lesson = scene.lesson
    yield Boxed(literal(labels.CENTRAL_QUESTION), scene.line(lesson.question))
    yield Heading(2, literal(labels.WARM_UP))
    yield Question(literal(""), scene.line(lesson.warm_up.ask), Space(
        lesson.warm_up.lines, scene.answer(_listen_for(scene, lesson.warm_up.listen_for))))
    yield Table("vocabulary", literal(labels.VOCABULARY),
                (literal(labels.WORD), literal(labels.MEANING), literal(labels.SPANISH)),
                tuple((line(word.word), scene.line(word.meaning), literal(word.spanish, "es"))
                      for word in lesson.vocabulary))
    yield Heading(2, scene.line(lesson.reading.title))
    text = lesson.reading.plain if scene.level == "plain" and lesson.reading.plain else lesson.reading.standard
    yield numbered("reading", [scene.line(part) for part in refs.paragraphs(refs.unmarked(text))])
    for figure in lesson.figures:
        yield _picture(scene, figure)


def numbered(manner: str, paragraphs: Sequence[Prose], lang: str = "en") -> Numbered:
    """Return a text in numbered paragraphs."""
    return Numbered(manner, tuple((literal(str(number)), text) for number, text in enumerate(paragraphs, 1)),
                    literal(labels.NOTES) if manner == "reading" else Prose(""), lang)


def _listen_for(scene: Scene, text: str) -> Prose:
    return Prose(f"<b>{labels.LISTEN_FOR}:</b> {scene.line(text).html}")


def _picture(scene: Scene, id: str) -> Picture:
    figure = scene.unit.figures[id]
    drawn = literal(drawing.words(scene.unit.root / "figures" / f"{id}.svg"))
    return Picture(f"figures/{id}.svg", figure.alt, drawn, scene.line(figure.title),
                   scene.line(figure.note) if figure.note else None,
                   Prose(f"<b>{labels.SOURCE_LINE}</b> {scene.line(figure.credit).html}"))


def _documents(scene: Scene) -> Iterator[Block]:
    numbers = iter(numbered_questions(scene.lesson, "documents"))
    for use in scene.lesson.documents:
        source = scene.unit.sources[use.source]
        yield _source(scene, use.source, source)
        yield Heading(4, literal(labels.SOURCING))
        for _ in use.sourcing:
            yield _question(scene, *next(numbers))
        yield numbered("excerpt", [literal(part) for part in refs.paragraphs(source.excerpt)])
        if source.original and len(source.original.split()) <= ORIGINAL_WORDS:
            yield Heading(4, literal(labels.ORIGINAL.get(source.language, labels.IN_ITS_OWN_LANGUAGE)))
            yield numbered("original", [literal(part, source.language) for part in refs.paragraphs(source.original)],
                           source.language)
        if source.gloss:
            yield Glossed(literal(labels.GLOSS),
                          tuple((literal(word), literal(meaning)) for word, meaning in source.gloss.items()))
        yield Credit(credit(source))
        yield Heading(4, literal(labels.CLOSE_READING))
        for _ in use.questions:
            yield _question(scene, *next(numbers))


def _source(scene: Scene, id: str, source: model.Source) -> Source:
    parts = [(labels.WHO, source.creator), (labels.WHAT, source.kind), (labels.WHEN, source.date),
             (labels.WHERE_PUBLISHED, source.published), (labels.TRANSLATED, source.translation)]
    return Source(
        anchor=f"{scene.slug}-document-{scene.letter(id)}",
        label=literal(f"{labels.DOCUMENT} {scene.letter(id)}"),
        title=literal(source.title),
        line=tuple((literal(name), literal(spoken_date(text) if name == labels.WHEN else text))
                   for name, text in parts if text),
        headnote=line(source.headnote),
    )


def credit(source: model.Source) -> Prose:
    """Return the line below an excerpt: where it stands and its rights."""
    return Prose(f"<b>{labels.FROM}</b> {literal(source.locator).html}. <b>{labels.RIGHTS}</b> "
                 f"{literal(source.rights).html}.")


def spoken_date(date: str) -> str:
    """Return an ISO date as it is said, `21 April 1914`; any other text stays as it is."""
    months = ("January February March April May June July August September October November December").split()
    parts = date.split("-")
    if not (all(part.isdigit() for part in parts) and len(parts[0]) == 4 and len(parts) in (2, 3)):
        return date
    month = months[int(parts[1]) - 1]
    return f"{int(parts[2])} {month} {parts[0]}" if len(parts) == 3 else f"{month} {parts[0]}"


def _question(scene: Scene, number: str, question: model.Question, least: int = 0) -> Question:
    return Question(literal(number), scene.line(question.ask),
                    Space(max(least, lines_for(question)), scene.answer(_model_answer(scene, question))))


def _model_answer(scene: Scene, question: model.Question) -> Prose:
    evidence = literal(scene.refer_all(question.evidence)).html
    return Prose(f"{scene.line(question.answer).html} <b>{labels.EVIDENCE}:</b> {evidence}.")


def _questions(scene: Scene) -> Iterator[Block]:
    numbers = iter(numbered_questions(scene.lesson, "questions"))
    yield Boxed(literal(labels.CENTRAL_QUESTION), scene.line(scene.lesson.question))
    yield Heading(2, literal(labels.TEXT_QUESTIONS))
    yield Paragraph(literal(labels.TEXT_DIRECTIONS))
    for _ in scene.lesson.questions.text:
        yield _question(scene, *next(numbers))
    yield Heading(2, literal(labels.OPEN_QUESTIONS))
    yield Paragraph(literal(labels.OPEN_DIRECTIONS))
    for _ in scene.lesson.questions.open:
        yield _question(scene, *next(numbers), least=OPEN_LINES)
    if scene.lesson.frames:
        yield Heading(3, literal(labels.FRAMES))
        yield Bullets(tuple(scene.line(frame) for frame in scene.lesson.frames))


def _activity(scene: Scene) -> Iterator[Block]:
    activity = scene.lesson.activity
    assert activity is not None
    yield Heading(3, literal(labels.DIRECTIONS))
    yield Steps(tuple((literal(f"{number}."), scene.line(step)) for number, step in enumerate(activity.directions, 1)))
    if activity.figure:
        yield _picture(scene, activity.figure)
    if activity.cards:
        yield Cards(tuple((scene.line(card.title), scene.line(card.text)) for card in activity.cards))
    if activity.table:
        yield Organizer("activity", tuple(scene.line(head) for head in activity.table.columns), tuple(
            (scene.line(row.label), *(_cell(scene, cell) for cell in row.cells)) for row in activity.table.rows),
            ROW_HEIGHT // 2)
    for part in activity.rounds:
        minutes = f" ({part.minutes} {labels.MINUTES})" if part.minutes else ""
        yield Heading(3, Prose(scene.line(part.title).html + minutes))
        yield Question(literal(""), scene.line(part.directions), Space(
            part.lines, scene.answer(_listen_for(scene, part.listen_for)) if part.listen_for else None))
    for number, question in numbered_questions(scene.lesson, "activity"):
        yield _question(scene, number, question)


def _cell(scene: Scene, cell: str | model.Cell) -> Prose | Space:
    if isinstance(cell, model.Cell):
        return Space(2, scene.answer(scene.line(cell.key)))
    return scene.line(cell)


def _perspectives(scene: Scene) -> Iterator[Block]:
    sheet = scene.lesson.perspectives
    yield Boxed(literal(labels.CENTRAL_QUESTION), scene.line(scene.lesson.question))
    yield Paragraph(scene.line(sheet.directions or labels.PERSPECTIVES_DIRECTIONS))
    heads = (labels.VOICE, labels.CLAIM, labels.BEST_EVIDENCE, labels.OBJECTION)
    yield Organizer("perspectives", tuple(literal(head) for head in heads),
                    tuple(_voice(scene, row) for row in sheet.rows), ROW_HEIGHT)
    yield Question(literal(""), literal(labels.MISSING), Space(4, scene.answer(scene.line(sheet.missing))))


def _voice(scene: Scene, row: model.Perspective) -> tuple[Prose | Space, ...]:
    seen = literal(scene.refer_all(row.seen_in)).html
    who = Prose(f"<b>{scene.line(row.who).html}</b><br>{scene.line(row.interest).html} <i>({seen})</i>")
    key = (scene.line(row.claim), literal(scene.refer_all(row.evidence)), scene.line(row.objection))
    return (who, *(Space(3, scene.answer(text)) for text in key))


def _exit_ticket(scene: Scene) -> Iterator[Block]:
    for number, question in numbered_questions(scene.lesson, "exit-ticket"):
        yield _question(scene, number, question, least=3)


def _article(scene: Scene) -> Iterator[Block]:
    assert scene.article is not None
    for id in scene.lesson.sections:
        yield Heading(2, literal(scene.section(id).heading))
        yield numbered("reading", [literal(part) for part in scene.article[id]])


_BUILDERS: dict[model.HandoutKind, tuple[Callable[[Scene], Iterator[Block]], str]] = {
    "reading": (_reading, labels.READING),
    "documents": (_documents, labels.DOCUMENTS),
    "questions": (_questions, labels.QUESTIONS),
    "activity": (_activity, labels.ACTIVITY),
    "perspectives": (_perspectives, labels.PERSPECTIVES),
    "exit-ticket": (_exit_ticket, labels.EXIT_TICKET),
    "article": (_article, labels.ARTICLE),
}
