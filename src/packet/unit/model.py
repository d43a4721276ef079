"""The words a unit is written in: article, section, source, lesson, question, packet. Text is as the author wrote it.

Docstrings under the fields are the descriptions an author sees.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

Level = Literal["standard", "plain"]
Country = Literal["Mexico", "United States", "both", "international", "elsewhere"]
Position = Literal["for", "against", "neither"]
Voice = Literal["official", "unofficial"]
HandoutKind = Literal["article", "reading", "documents", "questions", "activity", "perspectives", "exit-ticket"]
Verdict = Literal["supported", "misleading", "wrong", "opinion", "uncheckable"]


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("blank")
    return text.strip()


def _hyphens(name: str) -> str:
    return name.replace("_", "-")


Line = Annotated[str, AfterValidator(_not_blank)]
"""One line of text, literal or with the small Markdown."""
Prose = Annotated[str, AfterValidator(_not_blank)]
"""Text in the small Markdown: *emphasis*, **strong**, paragraphs, lists, and [[references]]."""
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Minutes = Annotated[int, Field(ge=0, le=300)]
Evidence = Annotated[
    list[Line],
    BeforeValidator(lambda given: [given] if isinstance(given, str) else given),
    Field(min_length=1),
]
"""References: `reading#mark`, `source-id#mark`, `source-id#2` (a paragraph), `figure:id`, `article`."""


class Part(BaseModel):
    """A group of fields in a file. Names are written with hyphens; a name we do not know is an error."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        alias_generator=_hyphens,
        use_attribute_docstrings=True,
        str_strip_whitespace=True,
    )


class UnitPlan(Part):
    """unit.yaml: the unit's title, the order of its lessons and what is built when nothing is asked for."""

    title: Line
    subtitle: Line | None = None
    about: Prose
    """Two or three sentences for the cover: what the packet is and how it treats its subject."""
    grades: Line
    lessons: list[Slug] = Field(min_length=1)
    """Slugs in teaching order. A lesson's number is its place in this list."""
    packet: Slug
    """The saved packet that `packet build` makes when no lesson is named."""
    balance: Prose | None = None
    """Why one side is heard more than another in the unit, where it is; answers the balance warning."""
    standards: dict[str, Line] = {}
    """Code to a short paraphrase. Lessons may cite only these."""
    credits: Prose | None = None
    """Printed on the last page of every packet: rights and thanks."""


class Claim(Part):
    """One checkable statement of the article, quoted briefly, with what the record shows."""

    quote: Line
    verdict: Verdict
    because: Prose
    sources: list[Slug] = []


class Section(Part):
    """One section of the article: its heading and our own summary, never its text."""

    id: Slug
    heading: Line
    summary: Prose
    viewpoints: list[Line] = []
    """Whose views the section gives, and how (named, quoted, assumed)."""
    claims: list[Claim] = []


class Article(Part):
    """article.yaml: the article the unit is about."""

    title: Line
    byline: Line
    form: dict[str, Line] = {}
    """Facts of the article's form: date, length, citations, tone."""
    sections: list[Section] = Field(min_length=1)


class Verified(Part):
    """Where the wording of an excerpt was compared, word for word, with a published copy."""

    where: list[Line] = Field(min_length=1)
    match: Literal["exact", "part"]
    note: Line | None = None


class Source(Part):
    """sources/ID.yaml: one document. The excerpt is set literally, as the source has it."""

    title: Line
    creator: Line
    """Who wrote or said it, with the office held at the time."""
    date: Line
    """ISO date where the day is known; otherwise the year, or words."""
    kind: Line
    published: Line
    """Where and for whom it was first published or spoken."""
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] = "en"
    viewpoint: Line
    """Whose view this is, in a few words."""
    country: Country
    position: Position
    """For or against foreign armed force or troops inside Mexico, as the excerpt has it; else neither."""
    voice: Voice
    rights: Line
    headnote: Prose
    """One to three sentences of context, in our words, read before the excerpt."""
    excerpt: Line
    """The English wording, at most 300 words; paragraphs apart by a blank line; [...] where words are left out."""
    line_numbers: bool = False
    """Whether every fifth line of the excerpt is numbered; for longer ones."""
    original: Line | None = None
    """The same passage in its own language."""
    translation: Line | None = None
    """Who translated it; required where the language is not English."""
    locator: Line
    """Where in the document the excerpt stands."""
    gloss: dict[str, Line] = {}
    marks: dict[Slug, Line] = {}
    """A name for a phrase of the excerpt, letter for letter, that questions can point to."""
    verified: Verified


class Figure(Part):
    """figures/ID.yaml: a drawing in figures/ID.svg with its words."""

    title: Line
    alt: Line
    """What the drawing shows, for a reader who cannot see it."""
    credit: Line
    """The source line: where the data come from."""
    note: Prose | None = None
    """What to beware of when reading it."""


class Question(Part):
    """A question with its model answer and the evidence for it."""

    ask: Prose
    answer: Prose
    """A model answer, or for an open question what to listen for."""
    evidence: Evidence
    not_enough: Prose | None = None
    """An answer that sounds right and is not."""
    follow_up: Prose | None = None
    standard: Line | None = None
    lines: Annotated[int, Field(ge=1, le=30)] | None = None
    """Ruled lines for the answer; worked out from the model answer where not given."""


class Step(Part):
    """One timed step of the procedure."""

    title: Line
    minutes: Minutes
    short: Minutes
    """Minutes in the short lesson; 0 drops the step."""
    teacher: Prose
    students: Prose
    handout: HandoutKind | None = None


class Word(Part):
    """A vocabulary word; it must stand in the reading, at every level."""

    word: Line
    meaning: Line
    spanish: Line
    forms: list[Line] = []
    """Other forms that count as the word in the reading (plural, adjective)."""


class WarmUp(Part):
    """The question that opens the lesson, before anything is read."""

    ask: Prose
    listen_for: Prose
    lines: Annotated[int, Field(ge=1, le=12)] = 3


class Reading(Part):
    """The lesson's own text, in numbered paragraphs, at two levels with the same paragraphs.

    `[phrase]{#name}` marks a phrase, so that questions can point to `reading#name` at either level.
    """

    title: Line
    standard: Prose
    plain: Prose | None = None


class DocumentUse(Part):
    """A source in this lesson, with the questions asked before and after it is read."""

    source: Slug
    sourcing: list[Question] = Field(min_length=1)
    """Asked before reading, from the source line and headnote alone."""
    questions: list[Question] = Field(min_length=1)
    """Asked of the text itself."""


class Discussion(Part):
    """The discussion questions: those the text answers, and those it leaves open."""

    text: list[Question] = Field(min_length=1)
    open: list[Question] = Field(min_length=1)


class Perspective(Part):
    """A row of the perspectives worksheet. Students get `who` and `interest`; the rest is the key."""

    who: Line
    interest: Prose
    seen_in: Evidence
    """The documents of this lesson in which this voice is heard."""
    claim: Prose
    evidence: Evidence
    objection: Prose


class Perspectives(Part):
    """The perspectives worksheet; the row "Whose voice is missing?" is always added."""

    directions: Prose | None = None
    rows: list[Perspective] = Field(min_length=2)
    missing: Prose
    """Voices that are missing here, and where one might look for them."""


class Cell(Part):
    """A cell that students fill, with its model answer."""

    key: Prose


class Row(Part):
    """A row of a graphic organizer: a label, then a cell for each further column."""

    label: Line
    cells: list[Line | Cell]
    """Text is printed; `key: answer` leaves the cell blank for students."""


class Table(Part):
    """A graphic organizer in rows and columns."""

    columns: list[Line] = Field(min_length=2)
    rows: list[Row] = Field(min_length=1)


class Round(Part):
    """One round of a structured discussion or group task, with room to write."""

    title: Line
    minutes: Minutes | None = None
    directions: Prose
    listen_for: Prose | None = None
    """For the teacher: what a good round sounds like."""
    lines: Annotated[int, Field(ge=0, le=24)] = 4


class Card(Part):
    """A card to read, sort or cut apart: a role, an event, an option."""

    title: Line
    text: Prose


class Activity(Part):
    """The lesson's main task, on its own handout."""

    kind: Literal[
        "structured academic controversy",
        "jigsaw",
        "corroboration",
        "timeline building",
        "policy options",
        "treaty close reading",
        "graph reading",
        "mapped debate",
        "lateral reading",
        "claim testing",
        "negotiation",
        "concept mapping",
    ]
    title: Line
    directions: list[Prose] = Field(min_length=1)
    figure: Slug | None = None
    cards: list[Card] = []
    table: Table | None = None
    rounds: list[Round] = []
    questions: list[Question] = []


class Notes(Part):
    """For the teacher only."""

    preparation: list[Prose] = Field(min_length=1)
    misreadings: list[Prose] = Field(min_length=1)
    """What students are likely to get wrong, and what to say then."""
    fairness: list[Prose] = Field(min_length=1)
    """How to teach this contested, current subject fairly."""
    support: list[Prose] = []
    """For learners of English and other readers who need a way in."""
    extension: list[Prose] = []
    balance: Prose | None = None
    """Why one side is heard more than another in this lesson, where it is; answers the balance warning."""


class Lesson(Part):
    """NN-slug.yaml: one lesson, paired with one or more sections of the article."""

    title: Line
    sections: list[Slug] = Field(min_length=1)
    question: Line
    """The central question: one worth arguing about."""
    summary: Line
    """One sentence, for the contents and the plan."""
    minutes: Minutes
    short: Minutes = 30
    """Length of the short lesson; each step says what it keeps."""
    grades: Line
    objectives: list[Prose] = Field(min_length=1)
    standards: list[Line] = Field(min_length=1)
    materials: list[Line] = Field(min_length=1)
    warm_up: WarmUp
    procedure: list[Step] = Field(min_length=2)
    vocabulary: list[Word] = Field(min_length=1)
    reading: Reading
    figures: list[Slug] = []
    """Figures set after the reading."""
    documents: list[DocumentUse] = Field(min_length=1)
    questions: Discussion
    frames: list[Line] = []
    """Sentence frames for learners of English; ___ where words are missing."""
    perspectives: Perspectives
    activity: Activity | None = None
    exit_ticket: list[Question] = Field(min_length=1)
    notes: Notes


class SavedPacket(Part):
    """packets/NAME.yaml: a selection of lessons with its options."""

    title: Line
    about: Line | None = None
    lessons: list[Line] = Field(min_length=1)
    """Numbers, slugs, ranges, or `all`, in the order wanted."""
    handouts: list[HandoutKind] = []
    """Only these kinds of handout; all where not given."""
    level: Level = "standard"
    look: Literal["classroom", "large-print", "mono", "spaced"] = "classroom"
    paper: Literal["letter", "a4"] | None = None
    edition: Literal["student", "teacher", "both", "key"] | None = None
    class_: Annotated[str | None, Field(alias="class")] = None
    date: Line | None = None
