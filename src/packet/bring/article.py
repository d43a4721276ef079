"""Part a copy of an article into title, byline and sections, so that the whole of it can be found again by headings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import dropwhile

from packet.bring.copy import MOST_HEADING, is_short
from packet.bring.form import COUNTER, DATE, OPENERS, SMALL
from packet.bring.page import Block, Copy
from packet.words import alphabet

HEAD = 6
"""So many blocks below the title may be byline, date or counter."""
MOST_SECTIONS = 99
MOST_SLUG = 40
WHOLE, OPENING = "The whole article", "Introduction"
_BYLINE = re.compile(r"(?i:(?:written |story |words |text )?by:?) +(?![a-z])\S")
_ENDS = (".", "!", "?", ":", "”", '"')
_AFTER_NAME = re.compile(rf" +[|·•–—/-]+ +|,? *\(?(?:updated|published|posted)\b|,? *{DATE}|,? *{COUNTER}", re.I)
_PICTURE = "\u2600-\u27bf\u2b00-\u2bff\ufe0e\ufe0f\u20e3\U0001f000-\U0001faff\U000e0000-\U000e007f"
PICTURES = re.compile(f"[{_PICTURE}]|(?<=[{_PICTURE}])\u200d")
"""Emoji, and what joins them; joined letters stay joined."""


@dataclass
class Section:
    """A section: its id and heading, and its paragraphs. The opening has no heading in the article itself."""

    heading: str
    paragraphs: list[str] = field(default_factory=list)
    id: str = ""
    opening: bool = False


@dataclass(frozen=True)
class Brought:
    """An article that was brought: `byline` is empty where none was found; `below` is what stood with it."""

    title: str
    byline: str
    below: Sequence[str]
    date: str
    sections: Sequence[Section]
    links: Sequence[str]
    left_out: Sequence[str]
    doubtful: Sequence[str]


def parted(copy: Copy, name: str) -> Brought:
    """Return the article in a copy; `name` is its title where the copy has none.

    The sections are named if there are at most MOST_SECTIONS of them; more are no article.
    """
    title, blocks = _title(copy, name)
    byline, below, body = _byline(blocks, copy.author)
    said = re.sub(r"(?<=\d)T(?=\d)", " ", copy.date)
    dates = [*re.findall(DATE, said, re.I), copy.date, *re.findall(DATE, " ".join(below), re.I)]
    sections = _sections(body)
    if len(sections) <= MOST_SECTIONS:
        _name(sections, title)
    return Brought(
        title, byline, below, next(filter(None, dates), ""), sections, copy.links, copy.left_out, copy.doubtful
    )


def _name(sections: Sequence[Section], title: str) -> None:
    """Give each section its id, and a heading that nothing else could be taken for."""
    taken = {key(title), *(key(text) for section in sections for text in section.paragraphs)}
    ids: set[str] = set()
    for number, section in enumerate(sections, 1):
        section.heading = _distinct(section.heading, taken)
        taken.add(key(section.heading))
        section.id = _id("whole-article" if section.heading == WHOLE else section.heading, number, ids)
        ids.add(section.id)


def key(text: str) -> str:
    """Return a text's letters and digits alone: lines that are alike by them could be taken for one another."""
    return "".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold()))


def _title(copy: Copy, name: str) -> tuple[str, list[Block]]:
    """Return the title, and the blocks below it: the first great heading, what the file says, or the first heading."""
    blocks = list(copy.blocks)
    great = next((index for index, block in enumerate(blocks) if block.level == 1 and _heading(block)), None)
    if great is None and not _plain(copy.title) and _heading(blocks[0]):
        great = 0
    title = _plain(blocks[great].text) if great is not None else ""
    if great is not None and title:
        above = [block for block in blocks[:great] if not is_short(block.text) and not block.level]
        blocks = above + blocks[great + 1 :]
    named = _plain(re.sub("[-_]+", " ", name))
    title = next((text for text in (title, _plain(copy.title), named[:1].upper() + named[1:]) if key(text)), "")
    below = list(dropwhile(lambda block: key(block.text) in ("", key(title)), blocks))
    return title[:MOST_HEADING] or "Untitled article", below


def _byline(blocks: Sequence[Block], author: str) -> tuple[str, list[str], list[Block]]:
    """Return the byline, the lines that stood with it (date, counter), and the blocks that are the article.

    They may stand below one longer text, which says what the article is about.
    """
    byline, below, body = "", [], list(blocks[HEAD:])
    kept: list[Block] = []
    author = _plain(re.sub(r"^by +", "", author, flags=re.I)) if key(author) else ""
    for block in blocks[:HEAD]:
        text, above = block.text, sum(not is_short(other.text) for other in kept)
        head = is_short(text) and (not above or (above == 1 and not text.endswith(_ENDS)))
        if head and not byline and _BYLINE.match(text) and (not above or _is_name(text, author)):
            cut = _AFTER_NAME.search(text)
            byline = text[: cut.start()] if cut else text
            below += [text[len(byline) :].strip(" |·•–—,/-")]
        elif head and _is_remark(text):
            below.append(text)
        elif not (head and author and key(text) == key(author)):
            kept.append(block)
    byline = byline.rstrip(" ,|") or (f"by {author}" if author else "")
    return byline, [line for line in below if line], kept + body


def _is_name(byline: str, author: str) -> bool:
    """Return whether a byline holds the author that the file names; where it names none, whether it is all names."""
    cut = _AFTER_NAME.search(byline)
    _, first, *more = re.findall(r"[^\W\d_]+", byline[: cut.start()] if cut else byline)
    named = first not in OPENERS and all(word[0].isupper() or word in SMALL or word == "and" for word in more)
    return key(author) in key(byline) if author else named


def _is_remark(text: str) -> bool:
    """Return whether a line holds a date or a counter, and next to nothing else."""
    left = re.sub(rf"{DATE}|{COUNTER}", " ", text, flags=re.I)
    return left != text and len(re.findall(r"[^\W_]+", left)) <= 4


def _sections(blocks: Iterable[Block]) -> list[Section]:
    """Return the sections; headings with no text between them become one heading."""
    sections = [Section(OPENING, opening=True)]
    for block in blocks:
        last = sections[-1]
        if not _heading(block):
            last.paragraphs += [block.text] if key(block.text) else []
        elif last.paragraphs or last.opening:
            sections.append(Section(_plain(block.text)))
        elif len(last.heading) + len(block.text) < MOST_HEADING:
            last.heading = f"{last.heading}: {_plain(block.text)}"
        else:
            last.paragraphs.append(block.text)
    if not sections[-1].paragraphs and len(sections) > 1:
        sections[-2].paragraphs.append(sections.pop().heading)
    if len(sections) == 1:
        sections[0].heading = WHOLE
    return sections if sections[0].paragraphs else sections[1:]


def _heading(block: Block) -> bool:
    return bool(block.level) and len(block.text) <= MOST_HEADING and bool(key(_plain(block.text)))


def _plain(text: str) -> str:
    """Return a heading on one line and without pictures: emoji are decoration there, and few typefaces have them."""
    return " ".join(PICTURES.sub(" ", text).split())


def _distinct(heading: str, taken: Container[str]) -> str:
    """Return a heading that no other heading, no paragraph and not the title could be taken for."""
    if key(heading) not in taken:
        return heading
    return next(name for number in range(2, 10_000) if key(name := f"{heading} ({number})") not in taken)


def _id(heading: str, number: int, taken: Container[str]) -> str:
    """Return a section's id: the first words of its heading as a slug that is no number and not `all`."""
    first = slug(heading.partition(":")[0]) or slug(heading)
    if not first or first == "all" or re.fullmatch(r"[\d-]+", first):
        first = f"section-{number}"
    names = (first, *(f"{first}-{again}" for again in range(2, 10_000)))
    return next(name for name in names if name not in taken)


def slug(text: str) -> str:
    """Return the first words of a text as a slug; empty where it has no letters of the alphabet and no digits."""
    words = alphabet(text)
    fitting = [" ".join(words[:count]) for count in range(1, 6) if len(" ".join(words[:count])) <= MOST_SLUG]
    return (fitting[-1] if fitting else "".join(words[:1])[:MOST_SLUG]).replace(" ", "-")
