"""Read a web page into blocks of text: headings and paragraphs, and what the page says of itself. Nothing is run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from packet.unit import measure

Attributes = list[tuple[str, str | None]]

_BLOCK_NAMES = """
address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2
h3 h4 h5 h6 header hr html legend li main ol p pre section summary table tbody tfoot thead title tr ul
"""
_DROPPED_NAMES = "aside audio button canvas dialog footer map menu nav noscript object select video"
_VOID_NAMES = "area base br col embed hr img input link meta source track wbr"
_BLOCKS, _DROPPED, _VOID = (frozenset(names.split()) for names in (_BLOCK_NAMES, _DROPPED_NAMES, _VOID_NAMES))
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


def read(text: str) -> Copy:
    """Return the text of a web page: of its largest article, else of its main part, else of the whole of it."""
    page = _Page()
    page.feed(_plausible(_seen(text)))
    page.close()
    page.flush()
    blocks = [block for block, _ in page.found if block.level == 1][:1]
    kept = page.kept()
    if not any(block.level == 1 for block in kept):
        kept = blocks + kept
    said = {name: " ".join(value.split()) for name, value in page.said.items()}
    return Copy(kept, said.get("title", ""), said.get("author", ""), said.get("date", ""), tuple(page.links))


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
class _Scope:
    """The outermost article or main part that is open, and how deep inside it we are."""

    name: str
    number: int
    depth: int = 1


@dataclass
class _Skip:
    """A part that is not read, and how many parts of its name are open."""

    name: str
    depth: int = 1


class _Page(HTMLParser):
    """Walks a page once and collects its blocks, each with the part of the page it stands in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[Block, _Scope | None]] = []
        self.said: dict[str, str] = {}
        self.links: list[str] = []
        self.words: list[str] = []
        self.level = 0
        self.scope: _Scope | None = None
        self.scopes = 0
        self.skip: _Skip | None = None

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Open a part: a new block, a part to skip, or a link."""
        given = {name: value or "" for name, value in attrs}
        if self.skip:
            self.skip.depth += tag == self.skip.name
        elif tag in _DROPPED or _is_hidden(tag, given):
            self.flush()
            self.skip = _Skip(tag)
        else:
            self._open(tag, given)

    def _open(self, tag: str, given: dict[str, str]) -> None:
        if tag in _BLOCKS:
            self.flush()
            self.level = int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else self.level
        if tag in ("article", "main"):
            self._enter(tag)
        elif tag == "br":
            self.words.append("\n")
        elif tag in ("td", "th", "img"):
            self.words.append(" ")
        elif tag == "a" and re.match(r"https?://", given.get("href", ""), re.I):
            self.links.append(given["href"])
        elif tag == "meta":
            self._meta((given.get("name") or given.get("property") or given.get("itemprop") or "").casefold(), given)
        elif tag == "time" and given.get("datetime"):
            self.said.setdefault("date", given["datetime"])

    def _enter(self, tag: str) -> None:
        if self.scope is None or (self.scope.name, tag) == ("main", "article"):
            self.scopes += 1
            self.scope = _Scope(tag, self.scopes)
        elif self.scope.name == tag:
            self.scope.depth += 1

    def _meta(self, name: str, given: dict[str, str]) -> None:
        if name == "author" and given.get("content"):
            self.said.setdefault("author", given["content"])
        elif name in _DATES and given.get("content"):
            self.said["date"] = given["content"]

    def handle_endtag(self, tag: str) -> None:
        """Close a part."""
        if self.skip:
            self.skip.depth -= tag == self.skip.name
            self.skip = self.skip if self.skip.depth else None
            return
        if tag == "title":
            self.said.setdefault("title", "".join(self.words))
            self.words = []
        if tag in _BLOCKS:
            self.flush()
        if self.scope and tag == self.scope.name:
            self.scope.depth -= 1
            self.scope = self.scope if self.scope.depth else None

    def handle_data(self, data: str) -> None:
        """Take text, where it is read at all; the line ends of the file are spaces."""
        if not self.skip:
            self.words.append(data.replace("\n", " ").replace("\r", " "))

    def flush(self) -> None:
        """End the block that was being read."""
        parts = re.split(r"\n[ \t\u00a0]*\n", "".join(self.words))
        lines = [" ".join(part.split()) for part in parts]
        self.found += [(Block(line, self.level), self.scope) for line in lines if line]
        self.words, self.level = [], 0

    def kept(self) -> list[Block]:
        """Return the blocks of the largest article if it is a good part of the page, else of main, else all."""
        sizes: Counter[tuple[str, int]] = Counter()
        for block, scope in self.found:
            if scope:
                sizes[scope.name, scope.number] += len(measure.words(block.text))
        for name in ("article", "main"):
            among = {key: size for key, size in sizes.items() if key[0] == name}
            best = max(among, key=lambda key: among[key], default=None)
            if best and among[best] * 3 > sum(sizes.values()):
                return [block for block, scope in self.found if scope and (scope.name, scope.number) == best]
        return [block for block, _ in self.found]


def _is_hidden(tag: str, given: dict[str, str]) -> bool:
    return tag not in _VOID and ("hidden" in given or given.get("aria-hidden") == "true")
