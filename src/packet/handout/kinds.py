"""The kinds of handout: what stands on each, block by block."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from packet.handout import labels, organizers, room
from packet.handout.handout import (
    Block,
    Boxed,
    Bullets,
    Cards,
    Checklist,
    Credit,
    Diagram,
    Glossed,
    Heading,
    Names,
    Numbered,
    Organizer,
    Paragraph,
    Picture,
    Question,
    Source,
    Space,
    Steps,
    Tickets,
    Vocabulary,
)
from packet.handout.prose import Prose, curly, ended, line, literal
from packet.handout.scene import Scene
from packet.unit import drawing, model, refs
from packet.words import count

NOTHING = Prose("")
ORIGINAL_WORDS = 90  # a longer original stays in the source library and is not printed


def numbered_questions(lesson: model.Lesson, kind: model.HandoutKind) -> Iterator[tuple[str, model.Question]]:
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


def names(mine: model.Mine | None = None) -> Names:
    """Return the name block, with the school's name above it where its layer is given."""
    said = [line for line in (mine.school, mine.header) if line] if mine else []
    return Names(
        (literal(labels.NAME), literal(labels.DATE), literal(labels.PERIOD)),
        literal(" · ".join(said)) if said else None,
    )


def _reading(scene: Scene) -> Iterator[Block]:
    lesson = scene.lesson
    yield Boxed(literal(labels.CENTRAL_QUESTION), scene.line(lesson.question))
    listen_for = _listen_for(scene, lesson.warm_up.listen_for)
    yield Question(
        Prose(""),
        Prose(f"<b>{labels.WARM_UP}.</b> {scene.line(lesson.warm_up.ask).html}"),
        _space(scene, "reading", lesson.warm_up.lines, listen_for),
    )
    yield Vocabulary(
        literal(labels.VOCABULARY),
        tuple((line(word.word), scene.line(word.meaning), literal(word.spanish, "es")) for word in lesson.vocabulary),
    )
    yield Heading(2, scene.line(lesson.reading.title))
    text = lesson.reading.plain if scene.level == "plain" and lesson.reading.plain else lesson.reading.standard
    paragraphs = [scene.line(part) for part in refs.paragraphs(refs.unmarked(text))]
    yield numbered("reading", paragraphs, beside=_beside(scene, labels.NOTES))
    for figure in lesson.figures:
        yield _picture(scene, figure)


def numbered(
    manner: str, paragraphs: Sequence[Prose], lang: str = "en", beside: Prose = NOTHING, lines: bool = False
) -> Numbered:
    """Return a text in numbered paragraphs."""
    return Numbered(
        manner,
        tuple((literal(str(number)), text) for number, text in enumerate(paragraphs, 1)),
        beside,
        lang,
        lines,
    )


def _beside(scene: Scene, text: str) -> Prose:
    return literal(text) if scene.room.notes_column else NOTHING


def _listen_for(scene: Scene, text: str) -> Prose:
    return Prose(f"<b>{labels.LISTEN_FOR}:</b> {scene.line(text).html}")


def _picture(scene: Scene, id: str) -> Picture:
    figure = scene.unit.figures[id]
    large = scene.unit.for_large_print(id) if scene.look == "large-print" else []
    names = large or [id]
    svgs = [scene.unit.drawings[name] for name in names]
    turned = not large and drawing.wide(svgs[0])
    alts = [figure.alt, *(labels.PART_ALT.format(number=n, title=figure.title) for n in range(2, len(names) + 1))]
    return Picture(
        tuple((f"figures/{name}.svg", alt) for name, alt in zip(names, alts, strict=True)),
        turned,
        literal(" ".join(drawing.words(svg) for svg in svgs)),
        scene.line(figure.title),
        scene.line(figure.note) if figure.note else None,
        Prose(f"<b>{labels.SOURCE_LINE}</b> {scene.line(figure.credit).html}"),
        scene.room.words_above and (turned or not drawing.wide(svgs[-1])),
    )


def _documents(scene: Scene) -> Iterator[Block]:
    numbers = iter(numbered_questions(scene.lesson, "documents"))
    for use in scene.lesson.documents:
        source = scene.unit.sources[use.source]
        yield _source(scene, use.source, source)
        yield Heading(3, literal(labels.SOURCING))
        yield from (_short_question(scene, "documents", *next(numbers)) for _ in use.sourcing)
        excerpt = [literal(part) for part in refs.paragraphs(source.excerpt)]
        label = _beside(scene, scene.document(use.source))
        yield numbered("excerpt", excerpt, beside=label, lines=source.line_numbers)
        if source.original and count(source.original) <= ORIGINAL_WORDS:
            yield Heading(3, literal(labels.ORIGINAL.get(source.language, labels.IN_ITS_OWN_LANGUAGE)))
            yield numbered(
                "original",
                [literal(part, source.language) for part in refs.paragraphs(source.original)],
                source.language,
            )
        if source.gloss:
            yield Glossed(
                literal(labels.GLOSS),
                tuple((literal(word), curly(meaning)) for word, meaning in source.gloss.items()),
            )
        yield Credit(credit(source))
        yield Heading(3, literal(labels.CLOSE_READING))
        yield from (_short_question(scene, "documents", *next(numbers)) for _ in use.questions)


def _source(scene: Scene, id: str, source: model.Source) -> Source:
    parts = [
        (labels.WHO, source.creator),
        (labels.WHAT, source.kind),
        (labels.WHEN, source.date),
        (labels.WHERE_PUBLISHED, source.published),
        (labels.TRANSLATED, source.translation),
    ]
    return Source(
        label=literal(scene.document(id)),
        title=curly(source.title),
        line=tuple(
            (literal(name), curly(spoken_date(text) if name == labels.WHEN else text)) for name, text in parts if text
        ),
        headnote=line(source.headnote),
    )


def credit(source: model.Source) -> Prose:
    """Return the line below an excerpt: where it stands and its rights."""
    return Prose(
        f"<b>{labels.FROM}</b> {curly(source.locator).html}. <b>{labels.RIGHTS}</b> {curly(source.rights).html}."
    )


def spoken_date(date: str) -> str:
    """Return an ISO date as it is said, `April 21, 1914`; any other text stays as it is."""
    months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    iso = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])(?:-([0-2][0-9]|3[01]))?", date)
    if not iso:
        return date
    month = months[int(iso[2]) - 1]
    return f"{month}\u00a0{int(iso[3])},\u00a0{iso[1]}" if iso[3] else f"{month}\u00a0{iso[1]}"


def _question(scene: Scene, kind: model.HandoutKind, number: str, question: model.Question, lines: int) -> Question:
    answer = Prose(
        f"{scene.line(question.answer).html}<br><b>{labels.EVIDENCE}:</b> "
        f"{ended(curly(scene.refer_all(question.evidence)).html)}"
    )
    return Question(literal(number), scene.line(question.ask), _space(scene, kind, lines, answer, f"-{number}"))


def _space(scene: Scene, kind: model.HandoutKind, lines: int, answer: Prose | None, number: str = "") -> Space:
    """Return room of so many lines, or of as many as the fit gave it; and in it what a teacher sees.

    An answer that does not fit stands in the key, and the room says so.
    """
    name = f"{kind}{number}"
    fitted = scene.fit.get(name, lines)
    seen = scene.answer(answer) if answer and fitted else None  # without room the key alone has it
    if seen and not scene.room.fits_lines(seen, fitted):
        seen = _see_key(scene, kind, number)
    return Space(fitted, seen, name, *room.limits(lines))


def _cell(scene: Scene, kind: model.HandoutKind, answer: Prose, columns: float, height: int) -> Space:
    seen = scene.answer(answer)
    if seen and not scene.room.fits_cell(seen, columns, height):
        seen = _see_key(scene, kind)
    return Space(1, seen)


def _see_key(scene: Scene, kind: model.HandoutKind, number: str = "") -> Prose:
    return literal(f"{labels.SEE_KEY} {scene.id(kind)}{number}")


def _short_question(scene: Scene, kind: model.HandoutKind, number: str, question: model.Question) -> Question:
    lines = room.lines_for(question.answer, question.lines, most=room.MOST_SHORT_LINES)
    return _question(scene, kind, number, question, lines)


def _questions(scene: Scene) -> Iterator[Block]:
    numbers = iter(numbered_questions(scene.lesson, "questions"))
    yield Boxed(literal(labels.CENTRAL_QUESTION), scene.line(scene.lesson.question))
    yield Heading(2, literal(labels.TEXT_QUESTIONS))
    yield Paragraph(literal(labels.TEXT_DIRECTIONS))
    for _ in scene.lesson.questions.text:
        number, question = next(numbers)
        yield _question(scene, "questions", number, question, room.lines_for(question.answer, question.lines))
    yield Heading(2, literal(labels.OPEN_QUESTIONS))
    yield Paragraph(literal(labels.OPEN_DIRECTIONS))
    if scene.lesson.frames:
        yield Heading(3, literal(labels.FRAMES))
        yield Bullets(tuple(scene.line(frame) for frame in scene.lesson.frames))
    for _ in scene.lesson.questions.open:
        number, question = next(numbers)
        yield _question(scene, "questions", number, question, question.lines or room.OPEN_LINES)


def _activity(scene: Scene) -> Iterator[Block]:
    activity = scene.lesson.activity
    assert activity is not None
    yield Heading(2, literal(labels.DIRECTIONS))
    yield Steps(tuple((literal(f"{number}."), scene.line(step)) for number, step in enumerate(activity.directions, 1)))
    if activity.cards:
        yield Cards(tuple((scene.line(card.title), scene.blocks(card.text)) for card in activity.cards))
    if activity.checklist:
        yield Heading(2, literal(labels.CHECKLIST))
        yield Checklist(tuple(scene.line(entry) for entry in activity.checklist))
    if activity.figure:
        yield _picture(scene, activity.figure)
    if activity.table:
        yield _table(scene, activity.table)
    if activity.organizer:
        yield Heading(2, literal(labels.ORGANIZERS[activity.organizer.kind]))
        yield _diagram(scene, activity.organizer)
    for number, part in enumerate(activity.rounds, 1):
        minutes = f" ({part.minutes}\u00a0{labels.MINUTES})" if part.minutes else ""
        yield Heading(2, Prose(scene.line(part.title).html + minutes))
        listen_for = _listen_for(scene, part.listen_for) if part.listen_for else None
        yield Question(
            Prose(""),
            scene.line(part.directions),
            _space(scene, "activity", part.lines, listen_for, f"-round-{number}"),
        )
    for id, question in numbered_questions(scene.lesson, "activity"):
        yield _short_question(scene, "activity", id, question)


def _diagram(scene: Scene, organizer: model.Organizer) -> Diagram:
    texts = [scene.line(label).text for label in organizer.labels]
    name = labels.ORGANIZERS[organizer.kind]
    alt = labels.ORGANIZER_ALT.format(name=name, labels="; ".join(texts))
    svg, areas = organizers.draw(organizer.kind, texts, alt, scene.room.drawn_type, scene.room.pitch)
    return Diagram(
        f"organizers/{scene.slug}.svg",
        svg,
        alt,
        literal(" ".join(texts)),
        scene.answer(_see_key(scene, "activity", f" {name}")) if organizer.key else None,
        areas,
    )


def _table(scene: Scene, table: model.Table) -> Organizer:
    columns = scene.room.columns(len(table.columns))
    keys = [cell.key for row in table.rows for cell in row.cells if isinstance(cell, model.Cell)]
    wanted = scene.room.row_height(keys, columns)
    height = scene.fit.get("activity-rows", wanted)
    return Organizer(
        "activity",
        tuple(scene.line(head) for head in table.columns),
        tuple(
            (
                scene.line(row.label),
                *(
                    _cell(scene, "activity", scene.line(cell.key), columns, height)
                    if isinstance(cell, model.Cell)
                    else scene.line(cell)
                    for cell in row.cells
                ),
            )
            for row in table.rows
        ),
        height,
        called="activity-rows",
        least=room.least_height(wanted),
        labels_above=scene.room.labels_above,
    )


def _perspectives(scene: Scene) -> Iterator[Block]:
    sheet = scene.lesson.perspectives
    yield Boxed(literal(labels.CENTRAL_QUESTION), scene.line(scene.lesson.question))
    yield Paragraph(scene.line(sheet.directions or labels.PERSPECTIVES_DIRECTIONS))
    heads = tuple(map(literal, (labels.VOICE, labels.CLAIM, labels.BEST_EVIDENCE, labels.OBJECTION)))
    voices = [_voice(scene, row) for row in sheet.rows]
    wanted = scene.room.voice_height([[part.text for part in voice] for voice in voices])
    height = scene.fit.get("perspectives-rows", wanted)
    rows: list[tuple[Prose | Space, ...]] = [
        (Prose("<br>".join(part.html for part in voice)), *_claims(scene, row, height))
        for voice, row in zip(voices, sheet.rows, strict=True)
    ]
    above = scene.room.labels_above
    yield Organizer(
        "perspectives",
        heads,
        tuple(rows),
        height,
        called="perspectives-rows" if above else "",  # a voice beside its cells needs all of their height
        least=room.least_height(wanted),
        labels_above=above,
    )
    missing = scene.line(sheet.missing)
    yield Question(literal(""), literal(labels.MISSING), _space(scene, "perspectives", room.MISSING_LINES, missing))


def _voice(scene: Scene, row: model.Perspective) -> tuple[Prose, Prose, Prose]:
    """Return who speaks, what is at stake for them, and where they are met: a line or more each."""
    seen = literal(scene.refer_all(row.seen_in)).html
    return Prose(f"<b>{scene.line(row.who).html}</b>"), scene.line(row.interest), Prose(f"<i>({seen})</i>")


def _claims(scene: Scene, row: model.Perspective, height: int) -> list[Space]:
    key = (scene.line(row.claim), literal(scene.refer_all(row.evidence)), scene.line(row.objection))
    return [_cell(scene, "perspectives", text, scene.room.claim_columns, height) for text in key]


def _exit_ticket(scene: Scene) -> Iterator[Block]:
    """Two to a page, each with its name block: half the paper, and a cut. Large print has one, not cut."""
    questions = tuple(
        _question(scene, "exit-ticket", number, question, question.lines or 3)
        for number, question in numbered_questions(scene.lesson, "exit-ticket")
    )
    if scene.room.tickets == 1:
        yield from questions
    else:
        title = curly(f"{scene.id('exit-ticket')} {scene.lesson.title}")
        yield Tickets(((names(), title, questions),) * scene.room.tickets)


def _article(scene: Scene) -> Iterator[Block]:
    assert scene.article is not None
    for id in scene.lesson.sections:
        yield Heading(2, literal(scene.section(id).heading))
        yield numbered("reading", [literal(part) for part in scene.article[id]], beside=_beside(scene, labels.NOTES))


BUILDERS: dict[model.HandoutKind, tuple[Callable[[Scene], Iterator[Block]], str]] = {
    "reading": (_reading, labels.READING),
    "documents": (_documents, labels.DOCUMENTS),
    "questions": (_questions, labels.QUESTIONS),
    "activity": (_activity, labels.ACTIVITY),
    "perspectives": (_perspectives, labels.PERSPECTIVES),
    "exit-ticket": (_exit_ticket, labels.EXIT_TICKET),
    "article": (_article, labels.ARTICLE),
}
