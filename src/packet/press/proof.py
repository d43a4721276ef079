"""Prove a bound packet: every given word is on its page, nothing withheld is anywhere, fonts and starts are right."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pikepdf
import pypdfium2
from pypdfium2 import raw

from packet.problems import Problem
from packet.words import letter, tokens

Run = tuple[str, ...]
SHORTEST, RUN = 4, 8
"""A run of this many withheld words on a student's page is a leak, wherever it comes from."""
LETTERS = 3
"""How many letters count as a word, where letters are compared one by one."""
SAID = ("/Alt", "/ActualText", "/E", "/T", "/TU", "/Contents")
"""Where a PDF's tags, form fields and annotations hold text that is not printed."""


@dataclass(frozen=True)
class Given:
    """What some pages (from 0, in order) of the packet must show: these words, and no others."""

    name: str
    first: int
    pages: int
    words: Counter[str]
    repeats: Sequence[Counter[str]] = ()
    """Words that may stand again on later pages: the heads of a table that goes on."""
    drawn: bool = False
    """Whether there is a drawing among them; then letters are counted, not words."""
    recto: bool = True


@dataclass(frozen=True)
class Charge:
    """All that a packet is held to: what each page must show, what nobody may find, and the fonts asked for."""

    given: Sequence[Given]
    withheld: Sequence[Run]
    families: Sequence[str]
    html: Sequence[str]
    """The HTML that the packet was set from; searched for what is withheld."""


def prove(pdf: bytes, charge: Charge) -> list[Problem]:
    """Return everything in which the PDF fails its charge; an empty list is a proof."""
    pages = page_words(pdf)
    wrong = [given for given in charge.given if any(_words(given, pages))]
    apart = page_words(pdf, lines_apart=True) if wrong else []
    problems = [problem for given in wrong if any(_words(given, apart)) for problem in _words(given, pages)]
    problems += _leaks(pdf, pages, charge)
    problems += _fonts(pdf, charge.families)
    return problems


def page_words(pdf: bytes, *, lines_apart: bool = False) -> list[list[str]]:
    """Return the words inside the edges of each page, in the order in which a viewer reads them.

    A viewer takes lines of a single letter, one below another, for one word written downwards; with `lines_apart`,
    which takes longer, each is a word.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        return [tokens(_by_lines(page) if lines_apart else page.get_textpage().get_text_bounded()) for page in document]


def _by_lines(page: pypdfium2.PdfPage) -> str:
    """Return the text inside the edges of a page, with a space before each upright letter wholly below the last."""
    textpage, (left, bottom, right, top) = page.get_textpage(), page.get_bbox()
    said, foot = "", bottom
    for at in range(textpage.count_chars()):
        west, south, east, north = textpage.get_charbox(at, loose=True)
        if left <= (west + east) / 2 <= right and bottom <= (south + north) / 2 <= top:
            below = north <= foot and raw.FPDFText_GetCharAngle(textpage, at) == 0
            said += " " * below + textpage.get_text_range(at, 1)
            foot = south
    return said


def _words(given: Given, pages: Sequence[Sequence[str]]) -> Iterator[Problem]:
    printed = Counter(word for page in pages[given.first : given.first + given.pages] for word in page)
    wanted, repeats = given.words, given.repeats
    if given.drawn:
        printed, wanted, repeats = _letters(printed), _letters(wanted), [_letters(head) for head in repeats]
    lost, extra = wanted - printed, printed - wanted
    for head in repeats:
        again = min((extra[word] // count for word, count in head.items()), default=0)
        extra -= Counter({word: count * min(again, given.pages - 1) for word, count in head.items()})
    if lost:
        yield Problem(
            "lost-words",
            f"{given.name}: {_some(lost)} given, but not on its pages",
            hint="a template leaves them out, or a style hides or cuts them",
        )
    if extra:
        yield Problem(
            "extra-words",
            f"{given.name}: {_some(extra)} on its pages, but not given",
            hint="a template adds words of its own; words belong in labels.py or the lesson",
        )
    if given.recto and given.first % 2:
        yield Problem("not-recto", f"{given.name} begins on a left-hand page", hint="its part lost a blank page")


def _letters(words: Counter[str]) -> Counter[str]:
    """Return the letters of words: labels in a drawing may touch, so where one word ends there is not to be seen."""
    return Counter(letter for word in words.elements() for letter in word)


def _some(words: Counter[str]) -> str:
    names = ", ".join(repr(word) for word in list(words)[:5])
    return f"{words.total()} words ({names}{', ...' if len(words) > 5 else ''})"


def _leaks(pdf: bytes, pages: Sequence[Sequence[str]], charge: Charge) -> Iterator[Problem]:
    if not charge.withheld:
        return
    with pikepdf.open(io.BytesIO(pdf)) as packet:
        attached, said = len(packet.attachments) > 0, list[str]()
        for part in packet.objects:
            if isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
                attached = attached or "/AF" in part
                said += [word for name in SAID if name in part for word in tokens(_string(part[name]))]
        if attached:
            yield Problem("leak", "the student edition has attachments", hint="attach nothing to it")
    places = {
        "the pages": [word for page in pages for word in page],
        "the metadata": _metadata(pdf),
        "the tags and notes": said,
        "the HTML": [word for html in charge.html for word in tokens(html)],
    }
    for place, found in places.items():
        for run in dict.fromkeys(_standing(charge.withheld, found)):
            yield Problem(
                "leak",
                f"{place} of the student edition hold what is withheld: {' '.join(run)!r}",
                hint="an answer is in a student template, or a question repeats its answer",
            )


def _string(value: object) -> str:
    return str(value) if isinstance(value, pikepdf.String) else ""


def withheld_runs(withheld: Sequence[str], given: Sequence[str]) -> list[Run]:
    """Return the runs of words that only teachers may see: those of `withheld` that stand nowhere in `given`.

    A text shorter than a run is taken whole, if it has at least SHORTEST words; still shorter ones are left to the
    count of words, which allows none that was not given.
    """
    runs: dict[Run, None] = {}
    for text in withheld:
        words = tokens(text)
        times = LETTERS if any(map(letter, words)) else 1
        for start in range(max(1, len(words) - RUN * times + 1)):
            run = tuple(words[start : start + RUN * times])
            if len(run) >= SHORTEST * times:
                runs[run] = None
    public = set(_standing(runs, [word for text in given for word in (*tokens(text), "")]))
    return [run for run in runs if run not in public]


def _standing(runs: Iterable[Run], words: Sequence[str]) -> Iterator[Run]:
    """Yield the runs that stand somewhere in a text, each as often as it does."""
    beginning: dict[tuple[str, str], list[Run]] = {}
    for run in runs:
        beginning.setdefault((run[0], run[1]), []).append(run)
    for at, pair in enumerate(pairwise(words)):
        for run in beginning.get(pair, ()):
            if tuple(words[at : at + len(run)]) == run:
                yield run


def _metadata(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as packet:
        texts = [packet.Root.Metadata.read_bytes().decode("utf-8", "replace")]
        texts += [str(value) for value in packet.docinfo.values()]
        with packet.open_outline() as outline:
            texts += _titles(outline.root)
    return tokens(" ".join(texts))


def _titles(entries: Sequence[pikepdf.OutlineItem]) -> list[str]:
    return [title for entry in entries for title in (entry.title, *_titles(entry.children))]


def _fonts(pdf: bytes, families: Sequence[str]) -> Iterator[Problem]:
    allowed = {"".join(family.split()).casefold() for family in families}
    with pikepdf.open(io.BytesIO(pdf)) as packet:
        for name, embedded in sorted(_faces(packet)):
            plain = name.split("+")[-1].replace("-", "").casefold()
            if not embedded:
                yield Problem("font", f"the font {name} is not embedded", hint="use one of the packet's typefaces")
            elif not any(plain.startswith(family) for family in allowed):
                yield Problem(
                    "font",
                    f"the font {name} was used, and nobody asked for it",
                    hint=f"the styles ask for {', '.join(families)}; is one of them missing?",
                )


def _faces(packet: pikepdf.Pdf) -> set[tuple[str, bool]]:
    return {
        (
            str(font.FontDescriptor.FontName).removeprefix("/"),
            any(key in font.FontDescriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")),
        )
        for font in packet.objects
        if isinstance(font, pikepdf.Dictionary) and "/FontDescriptor" in font
    }
