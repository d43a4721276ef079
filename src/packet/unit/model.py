"""The words a unit is written in: article, section, source, lesson, question, packet. Text is as the author wrote it.

Docstrings under the fields are the descriptions an author sees.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from packet.unit.names import SLUG

Level = Literal["standard", "plain"]
Position = Literal["for", "against", "neither"]
Voice = Literal["official", "unofficial"]
HandoutKind = Literal["article", "reading", "documents", "questions", "activity", "perspectives", "exit-ticket"]
OrganizerKind = Literal["t-chart", "venn", "timeline", "claim-evidence-reasoning", "cause-map"]
Verdict = Literal["supported", "misleading", "wrong", "opinion", "uncheckable"]
Paper = Literal["letter", "a4"]
Look = Literal["classroom", "large-print", "mono", "spaced"]
OTHER_COUNTRIES = ("both", "international", "elsewhere")
"""What a source's country may be beside the two of a unit that weighs two."""


def is_written(text: str) -> bool:
    """Return whether a text is its author's; those of a new file begin with TODO until they are written over."""
    return not text.lstrip().startswith("TODO")


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("blank")
    return text.strip()


def _hyphens(name: str) -> str:
    return name.replace("_", "-")


Line = Annotated[str, AfterValidator(_not_blank)]
"""One line of text, literal or with the small Markdown."""
ShortLine = Annotated[str, Field(max_length=60), AfterValidator(_not_blank)]
"""A line that has little room on the page."""
Prose = Annotated[str, AfterValidator(_not_blank)]
"""Text in the small Markdown: *emphasis*, **strong**, paragraphs, lists, and [[references]]."""
Slug = Annotated[str, Field(pattern=f"^{SLUG}$")]
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
    """The unit's title, for the cover."""
    subtitle: Line | None = None
    """A line below the title."""
    about: Prose
    """Two or three sentences for the cover: what the packet is and how it treats its subject."""
    grades: Line
    """The grades it is for, such as 9-12."""
    lessons: list[Slug] = Field(min_length=1)
    """Slugs in teaching order. A lesson's number is its place in this list."""
    packet: Slug
    """The saved packet that `packet build` makes when no lesson is named."""
    countries: Annotated[list[Line], Field(min_length=2, max_length=2)] | None = None
    """Two countries whose voices are weighed against each other; for a unit that is about two."""
    issue: Line | None = None
    """What the sources are for or against, in a few words, where the unit is about such an issue."""
    balance: Prose | None = None
    """Why one side is heard more than another in the unit, where it is; answers the balance warning."""
    standards: dict[str, Line] = {}
    """Code to a short paraphrase. Lessons may cite only these."""
    credits: Prose | None = None
    """Printed on the last page of every packet: rights and thanks."""


class Claim(Part):
    """One checkable statement of the article, quoted briefly, with what the record shows."""

    quote: Line
    """The statement, in the article's own words."""
    verdict: Verdict
    """What the record shows."""
    because: Prose
    """Why, in a few sentences."""
    sources: list[Slug] = []
    """Ids of the sources that show it."""


class Section(Part):
    """One section of the article: its heading and our own summary, never its text."""

    id: Slug
    """A short name that lessons refer to."""
    heading: Line
    """The heading, worded as in the article."""
    summary: Prose
    """The section in our own words."""
    viewpoints: list[Line] = []
    """Whose views the section gives, and how (named, quoted, assumed)."""
    claims: list[Claim] = []
    """Statements that a class can check."""


class Article(Part):
    """article.yaml: the article the unit is about."""

    title: Line
    """The article's title."""
    byline: Line
    """Who signed it, as printed below the title."""
    form: dict[str, Line] = {}
    """Facts of the article's form: date, length, citations, tone."""
    sections: list[Section] = Field(min_length=1)
    """Its sections, in order."""


class Verified(Part):
    """Where the wording of an excerpt was compared, word for word, with a published copy."""

    where: list[Line] = Field(min_length=1)
    """The published copies: addresses or books."""
    match: Literal["exact", "part"]
    """Whether all of the excerpt was found there, or a part."""
    note: Line | None = None
    """What else there is to know about the wording."""


class Source(Part):
    """sources/ID.yaml: one document. The excerpt is set literally, as the source has it."""

    title: Line
    """The document's title."""
    creator: Line
    """Who wrote or said it, with the office held at the time."""
    date: Line
    """ISO date where the day is known; otherwise the year, or words."""
    kind: Line
    """What it is, such as law, letter, speech, report or poll."""
    published: Line
    """Where and for whom it was first published or spoken."""
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] = "en"
    """The two letters of the language it was written in, such as en or es."""
    viewpoint: Line
    """Whose view this is, in a few words."""
    country: Line | None = None
    """The country whose voice it is; where unit.yaml names two: one of them, both, international or elsewhere."""
    position: Position = "neither"
    """For or against the unit's issue, as the excerpt has it; else neither."""
    voice: Voice
    """Official if it speaks for those in power: a state, a court, a board; else unofficial."""
    rights: Line
    """Why it may be printed, such as public domain or short quotation."""
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
    """Hard words of the excerpt, each with its meaning in a few words."""
    marks: dict[Slug, Line] = {}
    """A name for a phrase of the excerpt, letter for letter, that questions can point to."""
    verified: Verified
    """Where the wording was compared with a published copy."""


class Figure(Part):
    """figures/ID.yaml: a drawing in figures/ID.svg with its words."""

    title: Line
    """The figure's title, set above it."""
    alt: Line
    """What the drawing shows, for a reader who cannot see it."""
    credit: Line
    """The source line: where the data come from."""
    note: Prose | None = None
    """What to beware of when reading it."""


class Question(Part):
    """A question with its model answer and the evidence for it."""

    ask: Prose
    """The question."""
    answer: Prose
    """A model answer, or for an open question what to listen for."""
    evidence: Evidence
    """Where the answer stands: reading#mark, source-id#mark, source-id#2 (a paragraph), figure:id or article."""
    not_enough: Prose | None = None
    """An answer that sounds right and is not."""
    follow_up: Prose | None = None
    """What to ask next."""
    standard: Line | None = None
    """The code of the standard it practices, one of the lesson's."""
    lines: Annotated[int, Field(ge=1, le=30)] | None = None
    """Ruled lines for the answer; worked out from the model answer where not given."""


class Step(Part):
    """One timed step of the procedure."""

    title: Line
    """The name of the step."""
    minutes: Minutes
    """Minutes in the full lesson."""
    short: Minutes
    """Minutes in the short lesson; 0 drops the step."""
    teacher: Prose
    """What the teacher does."""
    students: Prose
    """What the students do."""
    handout: HandoutKind | None = None
    """The handout that it uses."""


class Word(Part):
    """A vocabulary word; it must stand in the reading, at every level."""

    word: Line
    """The word, as it stands in the reading."""
    meaning: Line
    """Its meaning, in a few words."""
    spanish: Line
    """The word in Spanish, or in the language your learners of English speak."""
    forms: list[Line] = []
    """Other forms that count as the word in the reading (plural, adjective)."""


class WarmUp(Part):
    """The question that opens the lesson, before anything is read."""

    ask: Prose
    """The question, one that needs no knowledge."""
    listen_for: Prose
    """What a good start sounds like; for the teacher."""
    lines: Annotated[int, Field(ge=1, le=12)] = 3
    """Ruled lines for the answer."""


class Reading(Part):
    """The lesson's own text, in numbered paragraphs, at two levels with the same paragraphs.

    `[phrase]{#name}` marks a phrase, so that questions can point to `reading#name` at either level.
    """

    title: Line
    """The title above the text."""
    standard: Prose
    """The text, with an empty line between paragraphs."""
    plain: Prose | None = None
    """The same in plainer words: the same paragraphs, marks and vocabulary words."""


class DocumentUse(Part):
    """A source in this lesson, with the questions asked before and after it is read."""

    source: Slug
    """The id of the source: its file's name in the folder sources."""
    sourcing: list[Question] = Field(min_length=1)
    """Asked before reading, from the source line and headnote alone."""
    questions: list[Question] = Field(min_length=1)
    """Asked of the text itself."""


class Discussion(Part):
    """The discussion questions: those the text answers, and those it leaves open."""

    text: list[Question] = Field(min_length=1)
    """Questions that the text answers."""
    open: list[Question] = Field(min_length=1)
    """Questions with more than one good answer."""


class Perspective(Part):
    """A row of the perspectives worksheet. Students get `who` and `interest`; the rest is the key."""

    who: Line
    """Whose view it is."""
    interest: Prose
    """What they want or fear."""
    seen_in: Evidence
    """The documents of this lesson in which this voice is heard."""
    claim: Prose
    """Their claim, in its own strongest words."""
    evidence: Evidence
    """Where the best evidence for the claim stands, such as source-id#mark."""
    objection: Prose
    """The strongest objection to the claim."""


class Perspectives(Part):
    """The perspectives worksheet; the row "Whose voice is missing?" is always added."""

    directions: Prose | None = None
    """What students do with the worksheet; the usual words where not given."""
    rows: list[Perspective] = Field(min_length=2)
    """The voices, two or more."""
    missing: Prose
    """Voices that are missing here, and where one might look for them."""


class Cell(Part):
    """A cell that students fill, with its model answer."""

    key: Prose
    """The model answer; students get an empty cell."""


class Row(Part):
    """A row of a graphic organizer: a label, then a cell for each further column."""

    label: Line
    """The first cell, printed for everyone."""
    cells: list[Line | Cell]
    """Text is printed; `key: answer` leaves the cell blank for students."""


class Table(Part):
    """A graphic organizer in rows and columns."""

    columns: list[Line] = Field(min_length=2)
    """The heads of the columns; the first stands above the labels."""
    rows: list[Row] = Field(min_length=1)
    """The rows, each with a label and a cell for each further column."""


class Organizer(Part):
    """A drawing to write into. What stands before a colon in a label is its head; the rest is a prompt."""

    kind: OrganizerKind
    """What sort of drawing it is."""
    labels: list[Line] = Field(min_length=1)
    """T-chart: the two heads. Venn: what only the first has, what both share, what only the second has. Timeline: the
    dates. Claim, evidence, reasoning: a label for each. Cause map: the effect in the middle, then up to eight causes;
    the other boxes stay empty."""
    key: Prose | None = None
    """What a good one holds; printed in the answer key."""


class Round(Part):
    """One round of a structured discussion or group task, with room to write."""

    title: Line
    """The name of the round."""
    minutes: Minutes | None = None
    """How long it takes."""
    directions: Prose
    """What students do in it."""
    listen_for: Prose | None = None
    """For the teacher: what a good round sounds like."""
    lines: Annotated[int, Field(ge=0, le=24)] = 4
    """Ruled lines to write on; 0 for none."""


class Card(Part):
    """A card to read, sort or cut apart: a role, an event, an option."""

    title: Line
    """The head of the card."""
    text: Prose
    """What stands on it."""


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
    """What sort of task it is."""
    title: Line
    """The title of its handout."""
    directions: list[Prose] = Field(min_length=1)
    """What students do, step by step."""
    figure: Slug | None = None
    """The id of a figure to work with, from the folder figures."""
    cards: list[Card] = []
    """Cards to read, sort or cut apart."""
    table: Table | None = None
    """A table to fill in."""
    organizer: Organizer | None = None
    """A drawing to write into."""
    checklist: list[Line] = []
    """Short lines with a box to tick before each, set before the table and the rounds."""
    rounds: list[Round] = []
    """The rounds of a discussion or group task."""
    questions: list[Question] = []
    """Questions on the task, with model answers."""


class Notes(Part):
    """For the teacher only."""

    own: list[Prose] = []
    """A school's own notes, printed before all others; they are kept in mine.yaml."""
    preparation: list[Prose] = Field(min_length=1)
    """What to read, copy and set up before the lesson."""
    misreadings: list[Prose] = Field(min_length=1)
    """What students are likely to get wrong, and what to say then."""
    fairness: list[Prose] = Field(min_length=1)
    """How to teach this contested, current subject fairly."""
    support: list[Prose] = []
    """For learners of English and other readers who need a way in."""
    extension: list[Prose] = []
    """For those who are done early or want to know more."""
    balance: Prose | None = None
    """Why one side is heard more than another in this lesson, where it is; answers the balance warning."""


class Lesson(Part):
    """NN-slug.yaml: one lesson, paired with one or more sections of the article."""

    title: Line
    """The lesson's title, for the contents and the top of its pages."""
    sections: list[Slug] = Field(min_length=1)
    """Ids of the article's sections that the lesson is about, from article.yaml."""
    question: Line
    """The central question: one worth arguing about."""
    summary: Line
    """One sentence, for the contents and the plan."""
    minutes: Minutes
    """Length of the lesson; the minutes of its steps add up to it."""
    short: Minutes = 30
    """Length of the short lesson; each step says what it keeps."""
    grades: Line
    """The grades it is for, such as 9-12."""
    objectives: list[Prose] = Field(min_length=1)
    """What students will be able to do at its end."""
    standards: list[Line] = Field(min_length=1)
    """Codes from unit.yaml."""
    materials: list[Line] = Field(min_length=1)
    """What to copy and to bring."""
    warm_up: WarmUp
    """The question that opens the lesson."""
    procedure: list[Step] = Field(min_length=2)
    """The timed steps of the lesson, in order."""
    vocabulary: list[Word] = Field(min_length=1)
    """Words of the reading that students may not know."""
    reading: Reading
    """The lesson's own text."""
    figures: list[Slug] = []
    """Figures set after the reading."""
    documents: list[DocumentUse] = Field(min_length=1)
    """The sources that the lesson uses, in the order of their letters."""
    questions: Discussion
    """The discussion questions."""
    frames: list[Line] = []
    """Sentence frames for learners of English; ___ where words are missing."""
    perspectives: Perspectives
    """The perspectives worksheet."""
    activity: Activity | None = None
    """The main task, where the lesson has one."""
    exit_ticket: list[Question] = Field(min_length=1)
    """A question or two that show what was understood."""
    notes: Notes
    """For the teacher; never on a student page."""


class SavedPacket(Part):
    """packets/NAME.yaml: a selection of lessons with its options."""

    title: Line
    """The packet's title, for the cover."""
    about: Line | None = None
    """A line on what the packet is for."""
    lessons: list[Line] = Field(min_length=1)
    """Numbers, slugs, ranges, or `all`, in the order wanted."""
    handouts: list[HandoutKind] = []
    """Only these kinds of handout; all where not given."""
    level: Level = "standard"
    """The level of the reading."""
    look: Look | None = None
    """How the pages look; as mine.yaml has it or classroom where not given."""
    paper: Paper | None = None
    """The paper to print on; as mine.yaml has it or letter where not given."""
    edition: Literal["student", "teacher", "both", "key"] | None = None
    """Which editions to print; student and teacher where not given."""
    class_: Annotated[str | None, Field(alias="class")] = None
    """The class, printed on the cover."""
    date: Line | None = None
    """The date, printed on the cover."""


class Period(Part):
    """A class that the unit is taught to."""

    name: ShortLine
    """What the class is called, such as Period 3."""
    students: Annotated[int, Field(ge=1, le=999)]
    """How many students it has: so many copies are made."""


class Swap(DocumentUse):
    """A source in the place of another in a lesson, with new questions: the old ones are about other words."""

    instead_of: Slug
    """The id of the source that the lesson has there."""


class Own(Part):
    """What a school changes in one lesson."""

    drop: list[Line] = []
    """Questions to leave out, each by its first words, as many as tell it from the lesson's other questions."""
    swap: list[Swap] = []
    """Sources to put in the place of others."""
    notes: list[Prose] = []
    """Notes of your own, printed on the lesson's teacher pages before all others."""


class Mine(Part):
    """mine.yaml: what a school changes in what is printed. The unit's own files stay as they are."""

    school: ShortLine | None = None
    """The school's name, printed on the cover and at the top of every handout."""
    header: ShortLine | None = None
    """A line beside the school's name, such as the course or the teacher."""
    classes: list[Period] = []
    """The classes it is printed for; the teacher's pages say how many copies each needs."""
    minutes: Annotated[int, Field(ge=10, le=300)] | None = None
    """The length of your lessons; the teacher's pages say what to shorten where a lesson is longer."""
    paper: Paper | None = None
    """The paper to print on, unless a packet or the command names another."""
    look: Look | None = None
    """How the pages look, unless a packet or the command names another look."""
    lessons: dict[Slug, Own] = {}
    """A lesson's slug to what is changed in it."""
