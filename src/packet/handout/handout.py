"""Handouts as plain values: every reference resolved, every answer already there or already left out.

A block is one dataclass and one macro of the same name in templates/blocks.html.j2. Every printed text in it is a
Prose; a plain str is an id, a kind or an address and is never printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Literal

from packet.handout.prose import Prose, rtl
from packet.words import count

WHOLE_WORDS = 120
"""An excerpt of no more words, some twelve lines, stays on one page."""


class Block:
    """A piece of a page. `name` is the macro that sets it."""

    @property
    def name(self) -> str:
        """The name of the block's macro: the class name in small letters."""
        return type(self).__name__.lower()


@dataclass(frozen=True, slots=True)
class Space(Block):
    """Room to write: ruled lines in the student's copy, the answer in the same room in the teacher's."""

    lines: int
    answer: Prose | None = None
    name: str = ""
    """What the fit calls it; empty where its lines do not change."""
    least: int = 0
    most: int = 0
    """The fewest and the most lines that the fit may give it."""


@dataclass(frozen=True, slots=True)
class Names(Block):
    """The name block of a handout's first page, below the name of the school where it is known."""

    labels: tuple[Prose, ...]
    school: Prose | None = None


@dataclass(frozen=True, slots=True)
class Heading(Block):
    """A heading inside a handout; `level` 2 to 4."""

    level: int
    text: Prose


@dataclass(frozen=True, slots=True)
class Boxed(Block):
    """A short text in a frame, with its label: the central question, the headnote."""

    label: Prose
    text: Prose


@dataclass(frozen=True, slots=True)
class Paragraph(Block):
    """A paragraph or a list of our own text."""

    text: Prose


@dataclass(frozen=True, slots=True)
class Bullets(Block):
    """A list whose order does not matter."""

    entries: tuple[Prose, ...]


@dataclass(frozen=True, slots=True)
class Steps(Block):
    """A numbered list: each entry with its number."""

    entries: tuple[tuple[Prose, Prose], ...]


@dataclass(frozen=True, slots=True)
class Numbered(Block):
    """A text in numbered paragraphs. `manner` is `reading`, `excerpt` or `original`."""

    manner: str
    paragraphs: tuple[tuple[Prose, Prose], ...]
    beside: Prose
    """What the column beside it is headed with: notes, or the document that it is from; it may begin a page."""
    lang: str = "en"
    lines: bool = False
    """Whether every fifth line has its number; only the typesetter knows where lines begin."""
    marks: tuple[tuple[int, Prose], ...] = ()
    """Where pages of the standard edition begin: before which paragraph (from 0), and the words that say so."""

    @property
    def whole(self) -> bool:
        """Whether no page may part it: a short excerpt, or its original."""
        return self.manner != "reading" and sum(count(text.text) for _, text in self.paragraphs) <= WHOLE_WORDS

    @property
    def rtl(self) -> bool:
        """Whether it is written from right to left."""
        return any(rtl(text.text) for _, text in self.paragraphs[:1])


@dataclass(frozen=True, slots=True)
class Mark(Block):
    """Says that a page of the standard edition begins here."""

    text: Prose


@dataclass(frozen=True, slots=True)
class Source(Block):
    """What stands above an excerpt: label and title, source line, headnote."""

    label: Prose
    title: Prose
    line: tuple[tuple[Prose, Prose], ...]
    headnote: Prose


@dataclass(frozen=True, slots=True)
class Credit(Block):
    """What stands below an excerpt: where it is from and its rights."""

    text: Prose


@dataclass(frozen=True, slots=True)
class Glossed(Block):
    """Words and their meanings in running lines below an excerpt."""

    label: Prose
    entries: tuple[tuple[Prose, Prose], ...]


@dataclass(frozen=True, slots=True)
class Question(Block):
    """A numbered question with room for its answer."""

    number: Prose
    ask: Prose
    space: Space


@dataclass(frozen=True, slots=True)
class Table(Block):
    """A table of given text. `kind` names its column widths in the styles."""

    kind: str
    heads: tuple[Prose, ...]
    rows: tuple[tuple[Prose, ...], ...]


@dataclass(frozen=True, slots=True)
class Organizer(Block):
    """A table to fill: a cell is given text, or room to write. `height` is the height of that room in mm."""

    kind: str
    heads: tuple[Prose, ...]
    rows: tuple[tuple[Prose | Space, ...], ...]
    height: int
    marks: tuple[tuple[int, Prose], ...] = ()
    """As in a numbered text: before which row (from 0)."""
    called: str = ""
    """What the fit calls its height; empty where that does not change."""
    least: int = 0
    """The least height that the fit may give it."""
    labels_above: bool = False
    """Whether a row's label stands above its cells, over the whole width."""


@dataclass(frozen=True, slots=True)
class Vocabulary(Block):
    """Words to know: word, meaning, the Spanish word."""

    label: Prose
    entries: tuple[tuple[Prose, Prose, Prose], ...]


@dataclass(frozen=True, slots=True)
class Tickets(Block):
    """The same half page twice, with a line to cut along between them; or once, where half a page is too little."""

    halves: tuple[tuple[Names, Prose, tuple[Question, ...]], ...]


@dataclass(frozen=True, slots=True)
class Picture(Block):
    """A figure with its title, note and source line."""

    drawings: tuple[tuple[str, str], ...]
    """Address for the typesetter and alt text of each drawing; there are several where one page does not hold it."""
    wide: bool
    """Whether a look that enlarges type may turn it on its side."""
    drawn: Prose
    """The words inside the drawings, which stand on the pages with them."""
    title: Prose
    note: Prose | None
    credit: Prose
    words_above: bool = False
    """Whether note and source line stand above the drawing."""


@dataclass(frozen=True, slots=True)
class Area:
    """A place to write in a drawing; its sides are measured from the drawing's left and top, in widths of it."""

    says: str
    """What a screen reader says of it; never printed."""
    left: float
    top: float
    right: float
    bottom: float
    ruled: bool


@dataclass(frozen=True, slots=True)
class Diagram(Block):
    """A graphic organizer that is drawn. `file` is its address for the typesetter, `svg` the drawing that is there."""

    file: str
    svg: str
    alt: str
    drawn: Prose
    """The words inside the drawing, which stand on the page with it."""
    answer: Prose | None = None
    """Where the teacher finds its key."""
    areas: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class Checklist(Block):
    """Short lines, each with a box to tick."""

    entries: tuple[Prose, ...]


@dataclass(frozen=True, slots=True)
class Cards(Block):
    """Cards to read, sort or cut apart."""

    cards: tuple[tuple[Prose, Prose], ...]


@dataclass(frozen=True, slots=True)
class Answers(Block):
    """Entries of the key: the question's id, then labelled parts."""

    entries: tuple[tuple[Prose, tuple[tuple[Prose, Prose], ...]], ...]


@dataclass(frozen=True, slots=True)
class Cover(Block):
    """The packet's first page, below its title."""

    school: tuple[Prose, ...]
    """The school's name, and its own line; none where it gave none."""
    edition: Prose
    packet: Prose | None
    """The packet's own title, where that is not the unit's."""
    about: Prose
    lessons: tuple[tuple[Prose, Prose], ...]
    blanks: tuple[tuple[Prose, Prose | None], ...]
    """Labels such as Class and Date, each with its text or room to write it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents; `anchor` is where it leads, `page` the folio printed there."""

    anchor: str
    title: Prose
    page: Prose
    below: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents(Block):
    """The contents, with true page numbers."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Handout:
    """One handout: it starts on a right-hand page and can be pulled out and copied by itself."""

    id: str
    """`3A`; for pages without a letter a word, such as `contents`."""
    anchor: str
    title: Prose
    running: str
    """What the head of its pages says."""
    blocks: tuple[Block, ...]
    label: Prose | None = None
    """`Handout 3A`, printed above the title."""
    subtitle: Prose | None = None
    breaks: tuple[str, ...] = ()
    """The anchors of the blocks that begin a new page."""


@dataclass(frozen=True, slots=True)
class Pages:
    """What is typeset by itself: the handouts of a lesson, a lesson's teacher pages, front or back matter."""

    anchor: str
    title: Prose
    numbering: Literal["roman", "arabic"]
    handouts: tuple[Handout, ...]
    outline: Literal["lesson", "handouts", "none"] = "handouts"
    """What the outline shows of it: a lesson with its handouts under it, its handouts, or nothing."""
    together: bool = False
    """Whether its handouts stay together, as nobody pulls one out: then only the first begins a leaf."""

    def apart(self) -> list[Pages]:
        """Return what begins a leaf: each handout by itself, or all of them together."""
        return [self] if self.together else [replace(self, handouts=(handout,)) for handout in self.handouts]


def prose_of(value: object) -> Iterator[Prose]:
    """Yield every Prose inside a value, in reading order: what its pages must show, no more and no less."""
    if isinstance(value, Prose):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from prose_of(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from prose_of(getattr(value, field.name))
