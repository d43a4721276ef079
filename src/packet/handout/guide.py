"""Compose a lesson's teacher pages: the plan on a page, how to prepare and teach it, and the answer key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from packet.handout import labels
from packet.handout.handout import Answers, Block, Boxed, Bullets, Handout, Heading, Pages, Paragraph, Table
from packet.handout.kinds import numbered_questions
from packet.handout.prose import Prose, curly, literal
from packet.handout.scene import Scene
from packet.unit import model

Answer = tuple[Prose, tuple[tuple[Prose, Prose], ...]]


def guide(scene: Scene) -> Pages:
    """Return the teacher pages that stand before the lesson's handouts."""
    title = f"{labels.LESSON} {scene.number}: {scene.lesson.title}"
    plan = tuple(_plan(scene))
    page = Handout(
        id=f"{scene.number}",
        anchor=f"{scene.slug}-guide",
        title=curly(title),
        subtitle=literal(labels.GUIDE),
        running=f"{labels.TEACHER_PAGES}, {title}",
        blocks=(*plan, *_copies(scene), *_notes(scene), *_key(scene)),
        breaks=(f"{scene.slug}-guide-block-{len(plan)}",),
    )
    return Pages(f"{scene.slug}-guide", literal(labels.TEACHER_PAGES), "roman", (page,))


def key(scene: Scene) -> Pages:
    """Return the lesson's answer key by itself."""
    title = f"{labels.KEY}, {labels.LESSON} {scene.number}: {scene.lesson.title}"
    page = Handout(f"{scene.number}", f"{scene.slug}-key", curly(title), title, (Answers(tuple(_answers(scene))),))
    return Pages(f"{scene.slug}-key", curly(title), "arabic", (page,))


def _plan(scene: Scene) -> Iterator[Block]:
    lesson = scene.lesson
    yield Boxed(literal(labels.CENTRAL_QUESTION), scene.line(lesson.question))
    yield Paragraph(scene.line(lesson.summary))
    yield Table("facts", (), tuple(_facts(scene)))
    yield Heading(2, literal(labels.OBJECTIVES))
    yield Bullets(tuple(scene.line(text) for text in lesson.objectives))
    yield Heading(2, literal(labels.PROCEDURE))
    yield Table(
        "procedure",
        tuple(literal(head) for head in (labels.MIN, labels.SHORT, labels.TEACHER, labels.STUDENTS, labels.HANDOUT)),
        _steps(scene),
    )


def _facts(scene: Scene) -> Iterator[tuple[Prose, Prose]]:
    """Yield what the plan says in few words, so that it stays on its page."""
    lesson = scene.lesson
    yield literal(labels.SECTION), curly("; ".join(scene.section(id).heading for id in lesson.sections))
    time = f"{lesson.minutes} {labels.MINUTES} ({labels.SHORT.lower()}: {lesson.short})"
    yield literal(labels.TIME), Prose(f"{time} &nbsp; <b>{labels.GRADES}</b> {literal(lesson.grades).html}")
    yield from _own_time(scene)
    standards = [(literal(code).html, curly(scene.unit.plan.standards[code]).html) for code in lesson.standards]
    yield literal(labels.STANDARDS), Prose("<br>".join(f"<b>{code}</b> {text}" for code, text in standards))
    yield literal(labels.MATERIALS), Prose("; ".join(scene.line(text).html for text in lesson.materials))


def _own_time(scene: Scene) -> Iterator[tuple[Prose, Prose]]:
    """Yield what to leave out or shorten where the lesson is longer than the school's.

    Each step is either whole or as in the short lesson; the fewest steps are changed, and of those that do, the least.
    """
    lesson, most = scene.lesson, scene.unit.mine.minutes
    if most is None or lesson.minutes <= most:
        return
    name = literal(labels.YOUR_TIME.format(minutes=most))
    if lesson.short > most:
        yield name, literal(labels.TOO_LONG.format(minutes=lesson.short))
        return
    ways: dict[int, tuple[model.Step, ...]] = {0: ()}  # minutes saved to the fewest steps that save so many
    for step in lesson.procedure:
        for saved, way in [*ways.items()] if step.short < step.minutes else ():
            with_it = saved + step.minutes - step.short
            if with_it not in ways or len(way) + 1 < len(ways[with_it]):
                ways[with_it] = (*way, step)
    saved, best = min(
        (found for found in ways.items() if lesson.minutes - found[0] <= most),
        key=lambda found: (len(found[1]), found[0]),
    )
    said = [
        labels.SHORTEN.format(step=step.title, minutes=step.short)
        if step.short
        else labels.LEAVE_OUT.format(step=step.title)
        for step in best
    ]
    spare = most - lesson.minutes + saved
    yield name, curly("; ".join(said + [labels.SPARE.format(minutes=spare)] * bool(spare)))


def _copies(scene: Scene) -> Iterator[Block]:
    """Yield how many copies each class needs; an exit ticket is cut in two where two stand on a page."""
    classes = scene.unit.mine.classes
    if not classes:
        return
    on_a_page = scene.room.tickets
    counts = [(period.name, period.students, -(-period.students // on_a_page)) for period in classes]
    if len(counts) > 1:
        _, each, tickets = zip(*counts, strict=True)
        counts.append((labels.TOTAL, sum(each), sum(tickets)))
    heads = (labels.CLASS, labels.COPIES_EACH, labels.COPIES_TICKET[on_a_page])
    yield Heading(2, literal(labels.COPIES))
    yield Table(
        "copies",
        tuple(literal(head) for head in heads),
        tuple(tuple(literal(str(cell)) for cell in row) for row in counts),
    )


def _steps(scene: Scene) -> tuple[tuple[Prose, ...], ...]:
    rows = []
    for step in scene.lesson.procedure:
        teacher = Prose(f"<b>{scene.line(_closed(step.title)).html}</b> {scene.line(step.teacher).html}")
        handout = scene.id(step.handout) if step.handout and step.handout in scene.kinds else "–"
        rows.append(
            (
                literal(str(step.minutes)),
                literal(str(step.short) if step.short else "–"),
                teacher,
                scene.line(step.students),
                literal(handout),
            )
        )
    total = (literal(str(scene.lesson.minutes)), literal(str(scene.lesson.short)), literal(labels.TOTAL))
    return (*rows, (*total, Prose(""), Prose("")))


def _closed(title: str) -> str:
    return title if title[-1] in ".?!" else f"{title}."


def _notes(scene: Scene) -> Iterator[Block]:
    notes = scene.lesson.notes
    for label, texts in (
        (labels.OWN_NOTES, notes.own),
        (labels.PREPARATION, notes.preparation),
        (labels.MISREADINGS, notes.misreadings),
        (labels.FAIRNESS, notes.fairness),
        (labels.SUPPORT, notes.support),
        (labels.EXTENSION, notes.extension),
        (labels.BALANCE, [notes.balance]),
    ):
        kept = [text for text in texts if text]
        if kept:
            yield Heading(2, literal(label))
            yield Bullets(tuple(scene.line(text) for text in kept))


def _key(scene: Scene) -> Iterator[Block]:
    yield Heading(2, literal(labels.KEY))
    yield Answers(tuple(_answers(scene)))


def _answers(scene: Scene) -> Iterator[Answer]:
    for kind in scene.kinds:
        id = scene.id(kind)
        if kind == "reading":
            heard = scene.line(scene.lesson.warm_up.listen_for)
            yield literal(f"{id} {labels.WARM_UP}"), tuple(_parts((labels.LISTEN_FOR, heard)))
        elif kind == "activity":
            yield from _activity_key(scene, id)
        elif kind == "perspectives":
            yield from _perspectives_key(scene, id)
        for number, question in numbered_questions(scene.lesson, kind):
            yield _answer(scene, f"{id}-{number}", question)


def _answer(scene: Scene, id: str, question: model.Question) -> Answer:
    return literal(id), tuple(
        _parts(
            (labels.ACCEPT, scene.line(question.answer)),
            (labels.EVIDENCE, curly(scene.refer_all(question.evidence))),
            (labels.NOT_ENOUGH, scene.line(question.not_enough) if question.not_enough else None),
            (labels.FOLLOW_UP, scene.line(question.follow_up) if question.follow_up else None),
            (labels.STANDARD, literal(question.standard) if question.standard else None),
        )
    )


def _parts(*parts: tuple[str, Prose | None]) -> Iterator[tuple[Prose, Prose]]:
    yield from ((_before(literal(label)), text) for label, text in parts if text)


def _before(label: Prose) -> Prose:
    """Return a label as it stands before its text: with a colon, or the stop that it has."""
    return label if label.text[-1] in ".?!:" else Prose(f"{label.html}:")


def _activity_key(scene: Scene, id: str) -> Iterator[Answer]:
    activity = scene.lesson.activity
    assert activity is not None
    for row in activity.table.rows if activity.table else ():
        assert activity.table is not None
        cells: Sequence[tuple[str, str | model.Cell]] = list(zip(activity.table.columns[1:], row.cells, strict=True))
        keys = [(head, cell.key) for head, cell in cells if isinstance(cell, model.Cell)]
        if keys:
            yield (
                Prose(f"{id} {scene.line(row.label).html}".removesuffix(":")),
                tuple((_before(scene.line(head)), scene.line(key)) for head, key in keys),
            )
    if activity.organizer and activity.organizer.key:
        name = literal(f"{id} {labels.ORGANIZERS[activity.organizer.kind]}")
        yield name, tuple(_parts((labels.ACCEPT, scene.line(activity.organizer.key))))
    for part in activity.rounds:
        if part.listen_for:
            yield (
                Prose(f"{id} {scene.line(part.title).html}"),
                tuple(_parts((labels.LISTEN_FOR, scene.line(part.listen_for)))),
            )


def _perspectives_key(scene: Scene, id: str) -> Iterator[Answer]:
    for row in scene.lesson.perspectives.rows:
        yield (
            Prose(f"{id} {scene.line(row.who).html}"),
            tuple(
                _parts(
                    (labels.CLAIM, scene.line(row.claim)),
                    (labels.BEST_EVIDENCE, curly(scene.refer_all(row.evidence))),
                    (labels.OBJECTION, scene.line(row.objection)),
                )
            ),
        )
    missing = scene.line(scene.lesson.perspectives.missing)
    yield literal(f"{id} {labels.MISSING}"), tuple(_parts((labels.LISTEN_FOR, missing)))
