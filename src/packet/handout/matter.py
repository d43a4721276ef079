"""Compose front and back matter: cover, contents, glossary, sources, standards, all drawn from the lessons chosen."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from packet.handout import labels
from packet.handout.handout import (
    Block,
    Bullets,
    Contents,
    Cover,
    Entry,
    Handout,
    Heading,
    Pages,
    Paragraph,
    Table,
)
from packet.handout.kinds import credit, spoken_date
from packet.handout.prose import Prose, begun, blocks, curly, ended, line, literal
from packet.handout.scene import Scene
from packet.job.job import Edition, Job
from packet.unit import model
from packet.unit.load import Unit

Folios = Mapping[str, str]
"""Anchor to the folio printed on its page."""


def cover(unit: Unit, job: Job, slugs: Sequence[str], edition: Edition) -> Pages:
    """Return the cover: title, lessons chosen, class and date."""
    names = {"student": labels.STUDENT_EDITION, "teacher": labels.TEACHER_EDITION}
    mine = unit.mine
    classes = [period.name for period in mine.classes]
    if edition != "student":
        classes = [labels.STUDENTS_OF.format(name=period.name, count=period.students) for period in mine.classes]
    known = job.class_ or ("; ".join(classes) if edition != "student" or len(classes) == 1 else "")
    block = Cover(
        school=tuple(literal(said) for said in (mine.school, mine.header) if said),
        edition=literal(names[edition]),
        packet=literal(job.title) if job.title != unit.plan.title else None,
        about=blocks(unit.plan.about),
        lessons=tuple((literal(str(unit.number(slug))), curly(unit.lessons[slug].title)) for slug in slugs),
        blanks=(
            *(((literal(labels.NAME), None),) if edition == "student" else ()),
            (literal(labels.CLASS), literal(known) if known else None),
            (literal(labels.DATE), literal(job.date) if job.date else None),
        ),
    )
    subtitle = line(unit.plan.subtitle) if unit.plan.subtitle else None
    page = Handout("cover", "cover", line(unit.plan.title), "", (block,), subtitle=subtitle)
    return Pages("cover", literal(unit.plan.title), "roman", (page,))


def contents(unit: Unit, parts: Sequence[Pages], folios: Folios) -> Pages:
    """Return the contents of the parts that follow it."""
    entries: list[Entry] = []
    for part in parts:
        below = tuple(_entry(handout, _titled(handout), folios) for handout in part.handouts)
        if part.outline == "lesson":
            entries.append(replace(below[0], title=part.title, below=below))
        else:
            entries += below
    page = Handout("contents", "contents", literal(labels.CONTENTS), labels.CONTENTS, (Contents(tuple(entries)),))
    return Pages("contents", literal(labels.CONTENTS), "roman", (page,))


def _entry(handout: Handout, title: Prose, folios: Folios) -> Entry:
    return Entry(handout.anchor, title, literal(folios[handout.anchor]))


def _titled(handout: Handout) -> Prose:
    """Return what the contents call a handout: `3D Activity`, or the title of pages without a letter."""
    if handout.label is None:
        return curly(handout.running)
    return Prose(f"{literal(handout.id).html} {handout.title.html}")


def back(unit: Unit, scenes: Sequence[Scene], folios: Folios) -> Pages:
    """Return the back matter: glossary, sources, standards and credits of the lessons chosen."""
    pages = [
        _page("glossary", labels.GLOSSARY, (_glossary(scenes, folios),)),
        _page("sources", labels.SOURCES, tuple(_sources(unit, scenes, folios))),
    ]
    if unit.plan.credits:
        pages.append(
            _page(
                "credits",
                labels.CREDITS,
                (
                    Paragraph(blocks(unit.plan.credits)),
                    Heading(2, literal(labels.STANDARDS)),
                    _standards(unit, scenes),
                ),
            )
        )
    return Pages("back", literal(labels.GLOSSARY), "arabic", tuple(pages), together=True)


def _page(anchor: str, title: str, blocks: tuple[Block, ...]) -> Handout:
    return Handout(anchor, anchor, literal(title), title, blocks)


def _glossary(scenes: Sequence[Scene], folios: Folios) -> Table:
    """Each word once, as the first lesson that has it explains it, with the pages where it is taught."""
    words: dict[str, tuple[Prose, Prose, Prose, list[str]]] = {}
    for scene in scenes:
        for word in scene.lesson.vocabulary:
            entry = words.setdefault(
                word.word.casefold(),
                (line(word.word), scene.line(word.meaning), literal(word.spanish, "es"), []),
            )
            entry[3].append(folios[scene.slug])
    heads = (literal(labels.WORD), literal(labels.MEANING), literal(labels.SPANISH), literal(labels.PAGE))
    rows = [(*entry[:3], _apart(", ".join(entry[3]))) for _, entry in sorted(words.items())]
    if not scenes[0].room.words_stacked:
        return Table("glossary", heads, tuple(rows))
    head, *stacked = [(_under(word, spanish), meaning, page) for word, meaning, spanish, page in (heads, *rows)]
    return Table("glossary", head, tuple(stacked))


def _under(word: Prose, spanish: Prose) -> Prose:
    """Return a word with its Spanish below it."""
    return Prose(f"{word.html}<br><i>{spanish.html}</i>")


def _apart(text: str) -> Prose:
    """Return text that a reader of the PDF keeps apart from the cell before it, however near they come."""
    return Prose("\u00a0" + literal(text).html)


def _sources(unit: Unit, scenes: Sequence[Scene], folios: Folios) -> list[Block]:
    used: dict[str, list[str]] = {}
    for scene in scenes:
        for use in scene.lesson.documents:
            used.setdefault(use.source, []).append(f"{scene.number}, {scene.document(use.source)}")
    entries = []
    for id in sorted(used, key=lambda id: (unit.sources[id].creator.casefold(), unit.sources[id].date)):
        source = unit.sources[id]
        where = "; ".join(f"{labels.LESSON}\u00a0{use}" for use in used[id])
        entries.append(
            Prose(
                f"{curly(source.creator).html}. <b>{ended(curly(source.title).html)}</b> "
                f"{begun(curly(spoken_date(source.date)).html)}. {credit(source).html} "
                f"{_found(source)}<i>({literal(where).html})</i>"
            )
        )
    return [Bullets(tuple(entries))]


def _found(source: model.Source) -> str:
    """Return the address at which the wording was found, if it has one."""
    address = next((place for place in source.verified.where if place.startswith("http")), "")
    return f'<b>{labels.FOUND_AT}</b> <span class="address">{_parted(address)}</span> ' if address else ""


def _parted(address: str) -> str:
    """Return the HTML of an address that may go on in the next line after a sign, so that its words stay whole."""
    door = re.match(r"\w+://(?:www\.)?", address)
    kept = door[0] if door else ""
    parted = re.sub(r"([/_.?=%-]+)(?=[^/_.?=%-])", r"\1<wbr>", literal(address.removeprefix(kept)).html)
    first, sign, rest = parted.partition("<wbr>")
    return f'<span class="held">{kept}{first}</span>{sign}{rest}'


def _natural(code: str) -> list[str]:
    """Return what sorts a standard's code with its numbers as numbers: D2.Civ.3 before D2.Civ.10."""
    return [part.zfill(3) for part in re.findall(r"\d+|\D+", code)]


def _standards(unit: Unit, scenes: Sequence[Scene]) -> Table:
    codes = sorted({code for scene in scenes for code in scene.lesson.standards}, key=_natural)
    rows = tuple(
        (
            literal(code),
            curly(unit.plan.standards[code]),
            literal(", ".join(str(scene.number) for scene in scenes if code in scene.lesson.standards)),
        )
        for code in codes
    )
    return Table("standards", (literal(labels.STANDARD), literal(labels.MEANING), literal(labels.LESSON)), rows)
