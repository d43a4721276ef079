"""Read a web page into blocks of text: headings and paragraphs, and what the page says of itself. Nothing is run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import NamedTuple

from packet.unit import measure

Attributes = list[tuple[str, str | None]]

_BLOCK_NAMES = """
address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2
h3 h4 h5 h6 header hr html legend li main ol p pre section summary table tbody tfoot thead title tr ul
"""
_DROPPED_NAMES = "aside audio button canvas dialog footer map menu nav noscript object select video"
_BOX_WORDS = """
ad ads advert advertisement comment comments cookie cookies newsletter promo recirculation related relatedposts share
sharedaddy sharing signup social subscribe subscription tag tags trending
"""
_BOX_MORE = """
area article articles banner bar block body bottom box button buttons consent container content entry footer form group
header icons inline items jp links list module more page posts post sd section sidebar stories story tools top up
widget wrapper
"""
_VOID_NAMES = "area base br col embed hr img input link meta source track wbr"
_BLOCKS, _DROPPED, _VOID = (frozenset(names.split()) for names in (_BLOCK_NAMES, _DROPPED_NAMES, _VOID_NAMES))
_BOX, _ANY = frozenset(_BOX_WORDS.split()), frozenset((_BOX_WORDS + _BOX_MORE).split())
_BOX_IDS = frozenset(("comments", "newsletter", "related", "relatedposts"))
"""What names a box beside an article, in a class or in an id, and what such a name may hold besides.

An id may come from a heading, so it has to say more; and `related-work` is the name of a section.
"""
_ROLES = frozenset(("alertdialog", "complementary", "contentinfo", "dialog", "navigation", "search"))
_UNSEEN = re.compile(
    r"<!--|<!\[CDATA\[|<[!?]|<(script|style|svg|template|textarea|iframe|math|noembed|noframes|xmp)\b", re.I
)
_CLOSING = {"<!--": "-->", "<![cdata[": "]]>"}
_PLAUSIBLE = re.compile(r"</?[a-z](?:[^<>\"']|\"[^\"]{0,5000}\"|'[^']{0,5000}')*+>|<", re.I)
_DATES = frozenset(("article:published_time", "date", "dc.date", "dcterms.date", "datepublished", "pubdate"))


@dataclass(frozen=True)
class Block:
    """A heading (level 1 to 6) or a paragraph (level 0), on one line."""

    text: str
    level: int = 0


@dataclass(frozen=True)
class Copy:
    """What a file holds: its blocks in order, and what it says of itself outside them."""

    blocks: Sequence[Block]
    title: str = ""
    author: str = ""
    date: str = ""
    links: Sequence[str] = ()
    left_out: Sequence[str] = ()
    doubtful: Sequence[str] = ()
    """How each box of a page begins that was left out, such as a newsletter or comments, or is too large for it."""


def read(text: str) -> Copy:
    """Return the text of a web page: of its largest article, else of its main part, else of the whole of it."""
    page = _Page()
    page.feed(_plausible(_seen(text)))
    page.close()
    page.flush()
    blocks = [found.block for found in page.found if found.block.level == 1][:1]
    kept, left_out, doubtful = _without_boxes(page.kept())
    if not any(block.level == 1 for block in kept):
        kept = blocks + kept
    said = {name: " ".join(value.split()) for name, value in page.said.items()}
    return Copy(
        kept, said.get("title", ""), said.get("author", ""), said.get("date", ""), tuple(page.links), left_out, doubtful
    )


def _without_boxes(found: Sequence[_Found]) -> tuple[list[Block], list[str], list[str]]:
    """Return the blocks without the boxes, how each box begins, and how each begins that is kept.

    A box that holds the title is the article under another name; one that holds half of the text may be.
    """
    sizes: Counter[int] = Counter()
    for each in found:
        sizes[each.box] += len(measure.words(each.block.text))
    named = sizes.keys() - {each.box for each in found if each.block.level == 1} - {0}
    out = {box for box in named if sizes[box] * 2 < sizes.total()}
    first = {each.box: each.block.text for each in reversed(found)}
    kept = [each.block for each in found if each.box not in out]
    return kept, [first[box] for box in sorted(out)], [first[box] for box in sorted(named - out)]


def _seen(text: str) -> str:
    """Return a page without comments, declarations, scripts and drawings; one that is never closed ends the page."""
    kept: list[str] = []
    place = 0
    while found := _UNSEEN.search(text, place):
        kept.append(text[place : found.start()])
        if found[1]:
            end = re.compile(rf"</{found[1]}\b[^>]*>", re.I).search(text, found.end())
            place = end.end() if end else len(text)
        else:
            closing = _CLOSING.get(found[0].casefold(), ">")
            at = text.find(closing, found.start() + 2)
            place = at + len(closing) if at >= 0 else len(text)
    return " ".join([*kept, text[place:]])


def _plausible(text: str) -> str:
    """Return a page in which each < begins a whole tag: the parser takes minutes over a thousand unclosed ones."""
    return _PLAUSIBLE.sub(lambda found: "&lt;" if found[0] == "<" else found[0], text)


@dataclass
class _Part:
    """A part of the page that is open, what it is counted as, and how many parts of its name are open in it."""

    name: str
    number: int = 0
    depth: int = 1

    def after(self, tag: str) -> _Part | None:
        """Return the part, or None where `tag` ends it."""
        self.depth -= tag == self.name
        return self if self.depth else None


class _Found(NamedTuple):
    """A block, the article or main part it stands in, and the number of its box, 0 for none."""

    block: Block
    scope: tuple[str, int] | None
    box: int


class _Page(HTMLParser):
    """Walks a page once and collects its blocks, each with the part of the page it stands in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[_Found] = []
        self.said: dict[str, str] = {}
        self.links: list[str] = []
        self.words: list[str] = []
        self.level = 0
        self.scopes: list[_Part] = []
        """The main part that is open, and the article in it."""
        self.box: _Part | None = None
        self.skip: _Part | None = None
        self.parts = 0
        self.lists: list[int | None] = []
        """The number of the next entry of each list that is open; None where its entries have none."""
        self.number = ""
        self.quotes = 0

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Open a part: a new block, a part to skip, or a link."""
        given = {name: value or "" for name, value in attrs}
        if self.skip:
            self.skip.depth += tag == self.skip.name
        elif tag in _DROPPED or _is_hidden(tag, given):
            self.flush()
            self.skip = _Part(tag)
        else:
            self._open(tag, given)

    def _open(self, tag: str, given: dict[str, str]) -> None:
        if tag in _BLOCKS:
            self.flush()
            self.level = int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else self.level
        self._enter(tag, given)
        if tag == "br":
            self.words.append("\n")
        elif tag in ("td", "th", "img"):
            self.words.append(" ")
        elif tag == "q":
            self.words.append("‘" if self.quotes % 2 else "“")
            self.quotes += 1
        elif tag in ("ol", "ul", "li"):
            self._list(tag, given)
        elif tag == "a" and re.match(r"https?://", given.get("href", ""), re.I):
            self.links.append(given["href"])
        elif tag == "meta":
            self._meta((given.get("name") or given.get("property") or given.get("itemprop") or "").casefold(), given)
        elif tag == "time" and given.get("datetime"):
            self.said.setdefault("date", given["datetime"])

    def _enter(self, tag: str, given: dict[str, str]) -> None:
        if self.box:
            self.box.depth += tag == self.box.name
        elif _is_box(tag, given):
            self.flush()
            self.parts += 1
            self.box = _Part(tag, self.parts)
        inside = self.scopes[-1] if self.scopes else None
        if tag in ("article", "main") and (not inside or (inside.name, tag) == ("main", "article")):
            self.parts += 1
            self.scopes.append(_Part(tag, self.parts))
        elif inside:
            inside.depth += tag == inside.name

    def _list(self, tag: str, given: dict[str, str]) -> None:
        if tag != "li":
            start = given.get("start", "")
            self.lists.append(None if tag != "ol" else int(start) if re.fullmatch("[0-9]{1,4}", start) else 1)
        elif self.lists and self.lists[-1] is not None:
            self.number = f"{self.lists[-1]}. "
            self.lists[-1] += 1

    def _meta(self, name: str, given: dict[str, str]) -> None:
        if name == "author" and given.get("content"):
            self.said.setdefault("author", given["content"])
        elif name in _DATES and given.get("content"):
            self.said["date"] = given["content"]

    def handle_endtag(self, tag: str) -> None:
        """Close a part."""
        if self.skip:
            self.skip = self.skip.after(tag)
            return
        if tag == "title":
            self.said.setdefault("title", "".join(self.words))
            self.words = []
        elif tag == "q" and self.quotes:
            self.quotes -= 1
            self.words.append("’" if self.quotes % 2 else "”")
        if tag in _BLOCKS or (self.box and tag == self.box.name):
            self.flush()
        if tag in ("ol", "ul") and self.lists:
            self.lists.pop()
        if self.scopes and not self.scopes[-1].after(tag):
            self.scopes.pop()
        self.box = self.box and self.box.after(tag)

    def handle_data(self, data: str) -> None:
        """Take text, where it is read at all; the line ends of the file are spaces."""
        if not self.skip:
            self.words.append(data.replace("\n", " ").replace("\r", " "))

    def flush(self) -> None:
        """End the block that was being read; the first of an entry of a list begins with its number."""
        parts = re.split(r"\n[ \t\u00a0]*\n", "".join(self.words))
        lines = [line for line in (" ".join(part.split()) for part in parts) if line]
        if lines:
            lines[0], self.number = self.number + lines[0], ""
        scope = (self.scopes[-1].name, self.scopes[-1].number) if self.scopes else None
        self.found += [_Found(Block(line, self.level), scope, self.box.number if self.box else 0) for line in lines]
        self.words, self.level = [], 0

    def kept(self) -> list[_Found]:
        """Return the blocks of the largest article if it is a good part of the page, else of main, else all."""
        sizes: Counter[tuple[str, int]] = Counter()
        for block, scope, _ in self.found:
            if scope:
                sizes[scope] += len(measure.words(block.text))
        for name in ("article", "main"):
            among = {key: size for key, size in sizes.items() if key[0] == name}
            best = max(among, key=lambda key: among[key], default=None)
            if best and among[best] * 3 > sum(sizes.values()):
                return [found for found in self.found if found.scope == best]
        return self.found


def _is_hidden(tag: str, given: dict[str, str]) -> bool:
    shown = tag in _VOID or not ("hidden" in given or given.get("aria-hidden") == "true")
    return not shown or (tag not in _VOID and given.get("role", "").casefold() in _ROLES)


def _is_box(tag: str, given: dict[str, str]) -> bool:
    """Return whether a part's class or id names a box. What may end without a tag of its own is none."""
    if tag not in _BLOCKS or tag in ("html", "body", "main", "article", "p", "li"):
        return False
    named = [(_BOX, name) for name in given.get("class", "").split()] + [(_BOX_IDS, given.get("id", ""))]
    for wanted, name in named:
        words = set(re.findall("[a-z]+", re.sub("(?<=[a-z])(?=[A-Z])", " ", name).casefold()))
        if words <= _ANY and words & wanted:
            return True
    return False
