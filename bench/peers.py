"""The same pages for the peers: one HTML document with its files for browsers, one .typ for Typst, and their words."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from html.parser import HTMLParser
from pathlib import Path

from packet.handout.handout import Diagram, Organizer, Pages, Picture, Table, prose_of
from packet.handout.prose import Prose
from packet.press.typeset import ROOT, ruled_lines
from packet.setting import Set
from packet.words import tokens

HERE = Path(__file__).parent
_HEAD = re.compile(r"(.*?)</head>", re.DOTALL)
_BODY = re.compile(r"<body>(.*)</body>", re.DOTALL)
_RULED = re.compile(r"ruled/(\d+)\.svg")
_MARKUP = re.compile(r"([\\`*_#$@<>~=\-+/\[\]\"'.:!(){};])")
_ELEMENTS = {
    "em": ("#emph[", "]"),
    "i": ("#emph[", "]"),
    "strong": ("#strong[", "]"),
    "b": ("#strong[", "]"),
    "p": ("", "#parbreak()"),
    "ul": ("#list(", ")"),
    "ol": ("#enum(", ")"),
    "li": ("[", "],"),
}


def html_folder(parts: Sequence[Set], styles: dict[str, bytes], files: dict[str, bytes], folder: Path) -> None:
    """Write all parts as one HTML document, `packet.html`, with every file that it names beside it."""
    documents = [document for part in parts for document in part.documents]
    bodies = [found[1] for document in documents if (found := _BODY.search(document))]
    links = "".join(f'<link rel="stylesheet" href="{ROOT}styles/{name}.css">' for name in styles)
    head = _HEAD.match(documents[0])[1]  # type: ignore[index]
    divs = [f'<div style="break-before: right">{body}</div>' for body in bodies]
    text = f"{head}{links}</head><body>" + "\n".join(divs) + "</body></html>"
    ruled = {f"ruled/{count}.svg": ruled_lines(int(count)).encode() for count in set(_RULED.findall(text))}
    sheets = {f"styles/{name}.css": css for name, css in styles.items()}
    for name, content in (files | ruled | sheets).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / "packet.html").write_text(text.replace(ROOT, ""), "utf-8")


def typst_file(parts: Sequence[Pages], folder: Path) -> None:
    """Write all parts as `packet.typ`, calls of the functions in handout.typ, beside a copy of those."""
    (folder / "handout.typ").write_bytes((HERE / "handout.typ").read_bytes())
    calls = [f"#{_typst(handout)}" for part in parts for handout in part.handouts]
    text = '#import "handout.typ" as packet\n#show: packet.packet-pages\n' + "\n".join(calls)
    (folder / "packet.typ").write_text(text, "utf-8")


def _typst(value: object) -> str:
    """Return a value as Typst writes it; a dataclass becomes a call of the function of its name."""
    match value:
        case None | bool():
            return {None: "none", True: "true", False: "false"}[value]
        case int() | float():
            return str(value)
        case str():
            return json.dumps(value, ensure_ascii=False)
        case Prose():
            return f"[{_markup(value)}]"
        case tuple():
            return "(" + "".join(f"{_typst(part)}, " for part in value) + ")"
        case _ if is_dataclass(value):
            given = ", ".join(f"{field.name}: {_typst(getattr(value, field.name))}" for field in fields(value))
            return f"packet.{type(value).__name__.lower()}({given})"
    raise TypeError(f"Typst is not told how to write {value!r}")


class _Markup(HTMLParser):
    """Turns the small HTML of a Prose into the markup of Typst."""

    def __init__(self) -> None:
        super().__init__()
        self.out: list[str] = []
        self.ends: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        if tag == "br":
            self.out.append("\\ ")
            return
        if tag == "span" and ("class", "blank") in attrs:
            self.out.append("#packet.blank;")
        opening, ending = _ELEMENTS.get(tag, ("", ""))
        self.out.append(opening)
        self.ends.append(ending)

    def handle_endtag(self, tag: str) -> None:
        """Close it."""
        if tag != "br":
            self.out.append(self.ends.pop())

    def handle_data(self, data: str) -> None:
        """Set the text, so that no letter of it is markup."""
        if self.ends and self.ends[-1] == ")" and not data.strip():
            return
        self.out.append(_MARKUP.sub(r"\\\1", data))


def _markup(prose: Prose) -> str:
    parser = _Markup()
    parser.feed(prose.html)
    parser.close()
    return "".join(parser.out)


def expected(parts: Sequence[Pages]) -> dict[str, object]:
    """Return what every output must show: words, the words in drawings, and table heads, which may stand again."""
    handouts = [handout for part in parts for handout in part.handouts]
    blocks = [block for handout in handouts for block in handout.blocks]
    drawn = Counter(_words(block.drawn for block in blocks if isinstance(block, Picture | Diagram)))
    every = Counter(_words(prose for handout in handouts for prose in prose_of(handout)))
    heads = [Counter(_words(prose_of(block.heads))) for block in blocks if isinstance(block, Table | Organizer)]
    return {"words": every - drawn, "drawn": drawn, "heads": [head for head in heads if head]}


def _words(proses: Iterator[Prose]) -> Iterator[str]:
    return (word for prose in proses for word in tokens(prose.text))
