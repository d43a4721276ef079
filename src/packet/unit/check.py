"""Check a unit that could be read: references, minutes, quotations, lengths, coverage. One rule, one function."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from pydantic import BaseModel

from packet.problems import Problem, Span
from packet.unit import drawing, glyphs, measure, refs, schema
from packet.unit.load import Unit, slug_of, unknown
from packet.unit.model import OTHER_COUNTRIES, Cell, Lesson, Level, Question, Source, is_written
from packet.unit.wording import may_be_left_out
from packet.unit.yamlfile import Steps, YamlFile, texts

MOST_EXCERPT_WORDS = 300  # Wineburg and Martin's advice for adapted sources is 200-300 words
SHORT_QUOTATION_WORDS = 100
QUOTED_WORDS = 5
"""From this many words on, words in quotation marks must be a source's own."""
LEAST_READING, MOST_READING = 330, 600  # words; what a class reads in ten to fifteen minutes
OTHER_SIDE = "use a source of the other side too"
MOST_LETTERS = 45
"""The longest word in English dictionaries. What fits in a column of a table is shorter; the proof finds the rest."""
_UNBROKEN = re.compile(
    "[^ \t\n\u00ad\u200b\\-\u2010\u2013\u2014/"
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]+"
)
"""What no line is broken inside of: all but spaces, hyphens, slashes, and scripts without spaces."""
_BLANKS = re.compile("_{3,}")
READINGS = (("reading", "standard"), ("reading", "plain"))
LEVELS: tuple[Level, ...] = ("standard", "plain")


def check(unit: Unit) -> list[Problem]:
    """Return everything that is wrong in a unit; what hangs on a file that could not be read is not judged."""
    return (
        unit.problems
        + [problem for rule in UNIT_RULES for problem in rule(unit)]
        + [
            problem
            for slug, lesson in unit.lessons.items()
            for rule in LESSON_RULES
            for problem in rule(unit, lesson, unit.files[f"lesson:{slug}"])
        ]
    )


def _sources(unit: Unit) -> Iterator[Problem]:
    for id, source in unit.sources.items():
        file = unit.files[f"source:{id}"]
        words = len(measure.words(source.excerpt))
        if words > MOST_EXCERPT_WORDS:
            yield Problem(
                "long-excerpt",
                f"the excerpt has {words} words; {MOST_EXCERPT_WORDS} is the most",
                file.key("excerpt"),
                "leave words out, and mark the place with [...]",
            )
        if source.rights.startswith("short quotation") and words > SHORT_QUOTATION_WORDS:
            yield Problem(
                "long-excerpt",
                f"a short quotation has {words} words; {SHORT_QUOTATION_WORDS} is the most",
                file.key("excerpt"),
                "the text is in copyright: quote less of it",
            )
        if source.language != "en" and not source.translation:
            yield Problem(
                "missing-field",
                "'translation' is missing: who put this excerpt into English?",
                file.key("language"),
                "add a line  translation: translated for this packet",
            )
        yield from _country(unit, source, file)
        for name in source.marks.keys() - refs.source_marks(source).keys():
            yield Problem(
                "unknown-mark",
                f"the marked phrase {name!r} is not in the excerpt",
                file.at("marks", name),
                "copy it from one paragraph of the excerpt, letter for letter",
            )


def _country(unit: Unit, source: Source, file: YamlFile) -> Iterator[Problem]:
    known = [*unit.plan.countries, *OTHER_COUNTRIES] if unit.plan.countries else []
    if known and source.country is None:
        hint = f"add a line  country:  and one of: {', '.join(known)}"
        yield Problem("missing-field", "'country' is missing: this unit weighs two countries", file.at(), hint)
    elif known and source.country not in known:
        yield unknown("country", str(source.country), known, file.at("country"))


def _figures(unit: Unit) -> Iterator[Problem]:
    for id in unit.figures.keys() - {key.removeprefix("figure:") for key in unit.unread}:
        for name in (id, *unit.for_large_print(id)):
            yield from drawing.check(f"figures/{name}.svg", unit.drawings.get(name), unit.files[f"figure:{id}"].at())


def _article(unit: Unit) -> Iterator[Problem]:
    file = unit.files["article"]
    seen: dict[str, int] = {}
    for index, section in enumerate(unit.article.sections):
        if section.id in seen:
            yield Problem(
                "duplicate-id",
                f"the section id {section.id!r} is used twice",
                file.at("sections", index, "id"),
                "give this section another id",
            )
        seen[section.id] = index
        for claim_index, claim in enumerate(section.claims):
            for source_index, id in enumerate(claim.sources):
                if id not in unit.named("source"):
                    yield unknown(
                        "source",
                        id,
                        unit.sources,
                        file.at("sections", index, "claims", claim_index, "sources", source_index),
                    )


def _todos(unit: Unit) -> Iterator[Problem]:
    used = {f"source:{use.source}" for lesson in unit.lessons.values() for use in lesson.documents}
    unused = {f"source:{id}" for id in unit.sources} - used if len(unit.lessons) == len(unit.plan.lessons) else set()
    for key, file in unit.files.items():
        left = to_write(file)
        if left:
            model, _ = schema.KINDS[key.partition(":")[0]]
            optional = [steps for steps in left if may_be_left_out(file.tree, model, steps)]
            count = "a text is" if len(left) == 1 else f"{len(left)} texts are"
            message = f"{count} still to be written, in the place of TODO: {_lines(file, left)}"
            hint = "write your text over the whole of each, TODO included"
            hint += f"; {_lines(file, optional)} may be taken out instead" if optional else ""
            hint = f"no lesson uses this source: remove its file, or {hint}" if key in unused else hint
            yield Problem("todo", message, file.at(*left[0]), hint, "warning")


def to_write(file: YamlFile) -> list[Steps]:
    """Return where the texts of a file stand that are still to be written."""
    return [steps for steps, text in texts(file.tree) if steps and not is_written(text)]


def _lines(file: YamlFile, places: Sequence[Steps]) -> str:
    numbers = list(dict.fromkeys(str(file.at(*steps).line) for steps in places))
    return f"line{'s' * (len(numbers) > 1)} {', '.join(numbers)}"


def _long_words(unit: Unit) -> Iterator[Problem]:
    """Check that every word fits on a line: a line is broken at spaces, hyphens, slashes and between wide letters."""
    for file in unit.files.values():
        for steps, text in texts(file.tree):
            longest = max(_UNBROKEN.findall(_BLANKS.sub(" ", text)), key=len, default="")
            if len(longest) > MOST_LETTERS and (glyphs.NOT_PRINTED | {"alt"}).isdisjoint(steps):
                yield Problem(
                    "long-word",
                    f"a word of {len(longest)} letters fits on no line; {MOST_LETTERS} is the most",
                    file.find(longest[:40], *steps),
                    "put a space or a hyphen into it; or leave the middle out: [...]",
                )


def _coverage(unit: Unit) -> Iterator[Problem]:
    if len(unit.lessons) < len(unit.plan.lessons):  # one of them could not be read, or has no file
        return
    paired = {section for lesson in unit.lessons.values() for section in lesson.sections}
    for index, section in enumerate(unit.article.sections):
        if section.id not in paired:
            yield Problem(
                "no-lesson",
                f"no lesson is paired with the section {section.id!r}",
                unit.files["article"].at("sections", index, "id"),
                "write a lesson for it, or take it out of article.yaml",
                "warning",
            )


def _packets(unit: Unit) -> Iterator[Problem]:
    if unit.plan.packet not in unit.named("packet"):
        yield unknown("packet", unit.plan.packet, unit.packets, unit.files["unit"].at("packet"))


def _lesson_ids(unit: Unit, lesson: Lesson, file: YamlFile) -> Iterator[Problem]:
    sections = [section.id for section in unit.article.sections]
    for index, id in enumerate(lesson.sections):
        if id not in sections:
            yield unknown("section", id, sections, file.at("sections", index))
    held: set[str] = set()
    for index, use in enumerate(lesson.documents):
        place = file.at("documents", index, "source")
        if use.source not in unit.named("source"):
            yield unknown("source", use.source, unit.sources, place)
        if use.source in held:
            yield Problem(
                "duplicate-id",
                f"the source {use.source!r} is in this lesson twice",
                place,
                "put all questions on it in one place",
            )
        held.add(use.source)
    wanted = [(("figures", index), id) for index, id in enumerate(lesson.figures)]
    if lesson.activity and lesson.activity.figure:
        wanted.append((("activity", "figure"), lesson.activity.figure))  # type: ignore[arg-type]
    for steps, id in wanted:
        if id not in unit.named("figure"):
            yield unknown("figure", id, unit.figures, file.at(*steps))
    for index, code in enumerate(lesson.standards):
        if code not in unit.plan.standards:
            yield unknown("standard", code, unit.plan.standards, file.at("standards", index))


def _number(unit: Unit, lesson: Lesson, file: YamlFile) -> Iterator[Problem]:
    number = unit.number(slug_of(file.path))
    if int(file.path.name.split("-")[0]) != number:
        yield Problem(
            "wrong-number",
            f"this is lesson {number} of the unit, but its file begins with another number",
            Span(file.path, 1),
            f"name it {number:02}-{slug_of(file.path)}.yaml",
            "warning",
        )


def _handouts(unit: Unit, lesson: Lesson, file: YamlFile) -> Iterator[Problem]:
    for index, step in enumerate(lesson.procedure if lesson.activity is None else ()):
        if step.handout == "activity":
            yield Problem(
                "no-handout",
                "this lesson has no activity to hand out",
                file.at("procedure", index, "handout"),
                "take this line out, or write the activity",
            )


def _minutes(unit: Unit, lesson: Lesson, file: YamlFile) -> Iterator[Problem]:
    lengths = (("minutes", lesson.minutes, "the lesson"), ("short", lesson.short, "the short lesson"))
    for field, asked, named in lengths:
        total = sum(getattr(step, field) for step in lesson.procedure)
        if total != asked:
            yield Problem(
                "minutes",
                f"{named}: the steps add up to {total} minutes, and its length is {asked}",
                file.key(field) if (field,) in file.keys else file.key("procedure"),
                f"change  {field}:  of a step, or of the lesson",
            )


def _references(unit: Unit, lesson: Lesson, file: YamlFile) -> Iterator[Problem]:
    for steps, text in references(lesson):
        yield from unresolved(unit, lesson, text, file, steps)


def _figure_references(unit: Unit) -> Iterator[Problem]:
    """Check the references in a figure's own words, in every lesson that shows it."""
    for id, figure in unit.figures.items():
        showing = [lesson for lesson in unit.lessons.values() if id in shown(lesson)]
        for steps, text in references(figure):
            file = unit.files[f"figure:{id}"]
            found = (problem for lesson in showing for problem in unresolved(unit, lesson, text, file, steps))
            yield from itertools.islice(found, 1)


def _broken_references(unit: Unit) -> Iterator[Problem]:
    """Check the texts in which references are seen; what is dropped is named by its first words, cut off anywhere."""
    for key, file in unit.files.items():
        for steps, text in texts(file.tree) if key.startswith(("lesson:", "figure:", "mine")) else ():
            for found, hint in refs.broken(text, marked=steps in READINGS) if "drop" not in steps else ():
                message = "no reference or mark is written so, and it would be printed as it stands"
                place = file.find(found[0], *steps, after=text.count(found[0], 0, found.start()))
                yield Problem("broken-reference", message, place, hint)


def shown(lesson: Lesson) -> list[str | None]:
    """Return the figures of a lesson; None stands for an activity without one."""
    return [*lesson.figures, lesson.activity.figure if lesson.activity else None]


def unresolved(unit: Unit, lesson: Lesson, text: str, file: YamlFile, steps: Steps) -> Iterator[Problem]:
    """Yield the problem with a reference that points to nothing in this lesson, at one level or the other."""
    held = {use.source for use in lesson.documents}
    sections = [section.id for section in unit.article.sections]
    readings = lesson.reading.standard + (lesson.reading.plain or "")

    def told_elsewhere(error: refs.Unknown) -> bool:
        """Where a source or mark is written wrongly or cannot be read, that is the mistake, told where it stands."""
        if error.what == "figure":
            return error.name in unit.named("figure")
        if error.what == "mark":
            id, _, name = error.name.strip().partition("#")
            source = unit.sources.get(id)
            return name in source.marks if source else f"{{#{name}}}" in refs.unmarked(readings)
        misspelt = not held <= unit.named("source")
        return error.what == "document" and (error.name in held or (misspelt and error.name in unit.sources))

    for level in LEVELS if lesson.reading.plain else LEVELS[:1]:
        try:
            target = refs.resolve(text, lesson, unit.sources, unit.figures, level)
        except refs.Unknown as error:
            if not told_elsewhere(error):
                problem = unknown(error.what, error.name, error.known, file.find(text, *steps))
                yield replace(problem, hint=error.hint or problem.hint)
            return
        if target.kind == "article" and target.id and target.id not in sections:
            yield unknown("section", target.id, sections, file.find(text, *steps))
            return


def references(part: object) -> Iterator[tuple[Steps, str]]:
    """Yield every reference of a lesson, figure or part of one with its place: in evidence lists, and inside prose."""
    for steps, value in walk(part):
        if isinstance(value, str):
            if len(steps) > 1 and steps[-2] in ("evidence", "seen-in"):
                yield steps, value
            for inside in refs.inline(value):
                yield steps, inside


def walk(value: object, steps: Steps = ()) -> Iterator[tuple[Steps, object]]:
    """Yield every value inside a part with its steps, as they are written in the file."""
    yield steps, value
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from walk(getattr(value, name), (*steps, field.alias or name))
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            yield from walk(entry, (*steps, index))


def _letters(unit: Unit, lesson: Lesson, file: YamlFile) -> Iterator[Problem]:
    for steps, value in walk(lesson):
        if isinstance(value, str):
            for named in re.finditer(r"\b(?:Document|Doc\.?) [A-Z]\b|\bHandout \d*[A-Z]\b|\bparagraphs? \d+\b", value):
                yield Problem(
                    "fixed-place",
                    f"{named[0]!r} is written by hand and may not be true",
                    file.find(named[0], *steps),
                    "write a reference, such as [[source-id#mark]]",
                )


def _quotations(unit: Unit, lesson: Lesson, file: YamlFile) -> Iterator[Problem]:
    if any(key.startswith("source:") for key in unit.unread):
        return
    known = _quotable(unit)
    for steps, value in walk(lesson):
        if not isinstance(value, str) or steps[:1] == ("frames",):
            continue
        for quoted in re.finditer(r"[\"“]([^\"“”]+)[\"”]", value):
            said = _straight(quoted[1]).rstrip(".,;:!?")
            spellings = (said, said[:1].swapcase() + said[1:])  # a quotation may begin inside or at a sentence
            if len(said.split()) >= QUOTED_WORDS and not any(s in text for s in spellings for text in known):
                yield Problem(
                    "not-a-quotation",
                    "these words in quotation marks are in no source of the unit",
                    file.find(quoted[1].split("\n")[0][:30], *steps),
                    "quote the source's own words, or take off the quotation marks",
                )


def _quotable(unit: Unit) -> list[str]:
    texts = [text for source in unit.sources.values() for text in (source.excerpt, source.original or "", source.title)]
    texts += [claim.quote for section in unit.article.sections for claim in section.claims]
    texts += [section.heading for section in unit.article.sections] + [unit.article.title]
    return [_straight(text) for text in texts]


def _straight(text: str) -> str:
    """Return a text on one line, with straight quotation marks: how it was typed is not its wording."""
    return " ".join(text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"').split())


def _vocabulary(unit: Unit, lesson: Lesson, file: YamlFile) -> Iterator[Problem]:
    for level in LEVELS:
        text = getattr(lesson.reading, level)
        if text is None:
            continue
        body = refs.unmarked(text).casefold()
        for index, word in enumerate(lesson.vocabulary):
            forms = [re.escape(form.casefold()) for form in (word.word, *word.forms)]
            if not re.search(rf"\b(?:{'|'.join(forms)})", " ".join(body.split())):
                yield Problem(
                    "word-not-read",
                    f"{word.word!r} is not in the reading ({level})",
                    file.at("vocabulary", index, "word"),
                    "use it in the reading, or list the form that stands there under forms",
                )


def _levels(unit: Unit, lesson: Lesson, file: YamlFile) -> Iterator[Problem]:
    reading = lesson.reading
    if reading.plain is None:
        return
    counts = [len(refs.paragraphs(text)) for text in (reading.standard, reading.plain)]
    if counts[0] != counts[1]:
        yield Problem(
            "levels",
            f"the plain reading has {counts[1]} paragraphs, the standard one {counts[0]}",
            file.key("reading", "plain"),
            "say the same in the same paragraphs",
        )
    grades = [measure.grade(refs.unmarked(text)) for text in (reading.standard, reading.plain)]
    if grades[1] > grades[0] - 1:
        yield Problem(
            "levels",
            f"the plain reading is at grade {grades[1]:.1f}, the standard one at {grades[0]:.1f}",
            file.key("reading", "plain"),
            "use shorter sentences and words",
            "warning",
        )


def _marks(unit: Unit, lesson: Lesson, file: YamlFile) -> Iterator[Problem]:
    for level in LEVELS:
        names = refs.mark_names(getattr(lesson.reading, level) or "")
        for name in sorted({name for name in names if names.count(name) > 1}):
            message = f"the mark {name!r} stands twice in the {level} reading"
            place = file.find(f"{{#{name}}}", "reading", level)
            yield Problem("duplicate-id", message, place, "give one of the phrases another name")


def _length(unit: Unit, lesson: Lesson, file: YamlFile) -> Iterator[Problem]:
    for level in LEVELS:
        text = getattr(lesson.reading, level)
        count = len(measure.words(refs.unmarked(text))) if text and is_written(text) else LEAST_READING
        if not LEAST_READING <= count <= MOST_READING:
            yield Problem(
                "length",
                f"the {level} reading has {count} words; {LEAST_READING} to {MOST_READING} fit a lesson",
                file.key("reading", level),
                "add to it" if count < LEAST_READING else "shorten it",
                severity="warning",
            )


def _balance(unit: Unit, lesson: Lesson, file: YamlFile) -> Iterator[Problem]:
    said = _uneven(unit, [lesson])
    if said and lesson.notes.balance is None:
        hint = f"{OTHER_SIDE}, or add a line below notes:  balance: why one side is heard more here"
        yield Problem("balance", said, file.key("documents"), hint, "warning")


def _unit_balance(unit: Unit) -> Iterator[Problem]:
    """Check the whole only where each lesson is even or says why not: what makes one uneven may be all there is."""
    lessons = list(unit.lessons.values())
    said = _uneven(unit, lessons) if len(lessons) > 1 else ""
    if said and unit.plan.balance is None and not any(_balance_of_each(unit)):
        hint = f"{OTHER_SIDE}, or add a line to this file:  balance: why one side is heard more"
        yield Problem("balance", f"in the whole unit {said}", unit.files["unit"].key("title"), hint, "warning")


def _balance_of_each(unit: Unit) -> Iterator[Problem]:
    for slug, lesson in unit.lessons.items():
        yield from _balance(unit, lesson, unit.files[f"lesson:{slug}"])


def _uneven(unit: Unit, lessons: Sequence[Lesson]) -> str:
    """Return which sides are heard unevenly; nothing where a source is not there, or still to be written."""
    ids = {use.source for lesson in lessons for use in lesson.documents}
    if not all(id in unit.sources and is_written(unit.sources[id].excerpt) for id in ids):
        return ""
    found = measure.uneven(measure.balance(lessons, unit.sources), measure.opposed(unit.plan))
    return f"some are heard more than twice as much as others: {'; '.join(found)}" if found else ""


def _tables(unit: Unit, lesson: Lesson, file: YamlFile) -> Iterator[Problem]:
    table = lesson.activity.table if lesson.activity else None
    for index, row in enumerate(table.rows if table else []):
        assert table is not None
        if len(row.cells) != len(table.columns) - 1:
            yield Problem(
                "table",
                f"this row has {len(row.cells)} cells beside its label, the table {len(table.columns) - 1}",
                file.at("activity", "table", "rows", index),
                "give each column after the first one cell",
            )


LABELS = {
    "t-chart": (2, 2, 120, "two heads"),
    "venn": (3, 3, 70, "what only the first has, what both share, what only the second has"),
    "timeline": (3, 6, 30, "three to six dates"),
    "claim-evidence-reasoning": (3, 3, 90, "one for the claim, one for the evidence, one for the reasoning"),
    "cause-map": (1, 9, 50, "the effect in the middle, then at most eight causes"),
}
"""For each kind of organizer, the fewest and the most labels, the letters of the longest, and what they are.

With the most of them, each the longest, a drawing still fits on a page of large print."""


def _organizers(unit: Unit, lesson: Lesson, file: YamlFile) -> Iterator[Problem]:
    organizer = lesson.activity.organizer if lesson.activity else None
    if organizer is None:
        return
    least, most, letters, meant = LABELS[organizer.kind]
    count = len(organizer.labels)
    if not least <= count <= most:
        wanted = str(least) if least == most else f"{least} to {most}"
        yield Problem(
            "organizer",
            f"this {organizer.kind} has {count} label{'s' if count != 1 else ''}; it takes {wanted}",
            file.key("activity", "organizer", "labels"),
            f"give it {meant}",
        )
    for index, label in enumerate(organizer.labels):
        if len(label) > letters:
            yield Problem(
                "organizer",
                f"this label has {len(label)} letters; {letters} is the most in a {organizer.kind}",
                file.at("activity", "organizer", "labels", index),
                "say it in fewer words; the directions have room for more",
            )


def _standards_of_questions(unit: Unit, lesson: Lesson, file: YamlFile) -> Iterator[Problem]:
    for steps, value in walk(lesson):
        if isinstance(value, Question) and value.standard and value.standard not in lesson.standards:
            yield unknown("standard", value.standard, lesson.standards, file.at(*steps, "standard"))


def _blanks(unit: Unit, lesson: Lesson, file: YamlFile) -> Iterator[Problem]:
    table = lesson.activity.table if lesson.activity else None
    if table and not any(isinstance(cell, Cell) for row in table.rows for cell in row.cells):
        yield Problem(
            "table",
            "this table leaves students nothing to fill",
            file.key("activity", "table"),
            "write  key: answer  for the cells they should fill",
            "warning",
        )


UNIT_RULES: tuple[Callable[[Unit], Iterator[Problem]], ...] = (
    _sources,
    _figures,
    _figure_references,
    _broken_references,
    _article,
    _coverage,
    _long_words,
    _packets,
    glyphs.check,
    _todos,
    _unit_balance,
)
LESSON_RULES: tuple[Callable[[Unit, Lesson, YamlFile], Iterator[Problem]], ...] = (
    _lesson_ids,
    _number,
    _handouts,
    _minutes,
    _references,
    _letters,
    _quotations,
    _vocabulary,
    _levels,
    _marks,
    _length,
    _balance,
    _tables,
    _organizers,
    _standards_of_questions,
    _blanks,
)
