"""Typeset HTML into PDF sheets. The typesetter sees an order's styles and files, and nothing else."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from packet import faces
from packet.press import typesetter
from packet.press.inspect import Sheet, inspect
from packet.press.sheets import Order, Places, Sheets
from packet.problems import Problem, Problems, stop

SCHEME = "packet"
ROOT = f"{SCHEME}:///"
POINT, MM = 72 / 96, 25.4 / 96  # a CSS pixel in points and in millimetres
_TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".ttf": "font/ttf", ".otf": "font/otf"}
_RULED = re.compile(r"ruled/(\d{1,2})\.svg")
RULE_WIDTH = 0.021  # of the distance between two lines: 0.5 pt at 8.5 mm


@dataclass(frozen=True)
class Galley:
    """HTML laid out on pages, and not yet printed."""

    document: Any
    places: Places

    def line_starts(self) -> dict[str, list[int]]:
        """Return, for each excerpt by its anchor, how many letters stand before each of its lines."""
        from weasyprint.formatting_structure import boxes  # noqa: PLC0415 (not public: a test reads the numbers back)

        found: dict[str, list[int]] = {}
        letters: dict[str, int] = {}
        for page in self.document.pages:
            for line in page._page_box.descendants():
                block = _excerpt_of(line) if isinstance(line, boxes.LineBox) else None
                if block:
                    found.setdefault(block, []).append(letters.get(block, 0))
                    letters[block] = letters.get(block, 0) + _letters(line, boxes.TextBox)
        return found


def typeset(order: Order, html: str) -> Sheets:
    """Return the sheets of one HTML document; raise Problems for what the typesetter or the inspection found."""
    with press(order) as lay_out:
        galley = lay_out(html)
    return inspected(printed(order, [galley]), order)


@contextmanager
def press(order: Order) -> Iterator[Callable[[str], Galley]]:
    """Give what lays out HTML with an order's styles and files; raise Problems if the typesetter found a fault."""
    weasyprint = typesetter.load()
    fetcher = _fetcher(order)
    styles = _parsed(order, fetcher) if "faces" in order.styles else _kept(tuple(order.styles.items()))

    def lay_out(html: str) -> Galley:
        document = weasyprint.HTML(string=html, base_url=ROOT, url_fetcher=fetcher).render(
            font_config=styles.fonts, stylesheets=styles.sheets
        )
        return Galley(document, _places(document))

    complaints = [*styles.complaints]
    with _complaints(complaints):
        try:
            yield lay_out
        except weasyprint.urls.FatalURLFetchingError as error:  # a BaseException
            raise stop("not-served", str(error), "put the file into figures/ or styles/, and name it there") from None
    _faults(order, complaints)


def laid_out(order: Order, galleys: Sequence[Galley], blank: Galley | None) -> Sheets:
    """Return the sheets of some galleys without a PDF: where their blocks fall, at half the cost.

    `blank` fills the back of a leaf, so that each galley begins a leaf; None where only fronts are printed on.
    """
    first = galleys[0].document.pages[0]
    places = [page for galley in _leaves(galleys, blank) for page in galley.places]
    return Sheets(order.name, b"", places, first.width * POINT, first.height * POINT)


def printed(order: Order, galleys: Sequence[Galley], blank: Galley | None = None) -> Sheets:
    """Return the sheets of some galleys with their PDF; the same galleys always give the same bytes.

    It is tagged PDF/A-2a (heads and feet: untagged PDF/A-2b). Raises Problems.
    """
    pages = [page for galley in _leaves(galleys, blank) for page in galley.document.pages]
    remarks: list[str] = []
    with _complaints(remarks):
        document = galleys[0].document.copy(pages)
        pdf = document.write_pdf(pdf_variant="pdf/a-2a" if order.tagged else "pdf/a-2b", pdf_tags=order.tagged)
    return replace(laid_out(order, galleys, blank), pdf=pdf, warnings=_faults(order, remarks))


def _leaves(galleys: Sequence[Galley], blank: Galley | None) -> list[Galley]:
    return [part for one in galleys for part in ((one, blank) if blank and len(one.places) % 2 else (one,))]


def inspected(sheets: Sheets, order: Order) -> Sheets:
    """Return sheets whose pages passed the inspection, if the order asks for one; raise Problems otherwise."""
    if order.body is not None:
        names = [f"{order.name}, page {number}" for number in range(1, sheets.pages + 1)]
        faults = inspect(sheets.pdf, names, [order.body] * len(names), Sheet(holes=order.holes))
        if faults:
            raise Problems(faults)
    return sheets


def _excerpt_of(line: Any) -> str | None:
    """Return the anchor of the excerpt that a line belongs to; paragraphs have it with `-pN` behind it."""
    name = line.element.get("id", "") if line.element is not None and line.element.tag == "p" else ""
    block, _, number = name.rpartition("-p")
    return block if number.isdigit() else None


def _letters(line: Any, kind: Any) -> int:
    """Return how many letters a line has, without the number of its paragraph."""
    texts = [box.text for box in line.descendants() if isinstance(box, kind) and box.element.get("class") != "number"]
    return sum(not letter.isspace() for letter in "".join(texts))


def _places(document: Any) -> Places:
    return [{name: tuple(edge * MM for edge in box) for name, box in page.anchors.items()} for page in document.pages]


@dataclass(frozen=True)
class _Styles:
    """Style sheets as the typesetter has read them, what it remarked on them, and the fonts that they declare."""

    sheets: list[Any]
    fonts: Any
    complaints: list[str]


@lru_cache(maxsize=8)
def _kept(styles: tuple[tuple[str, bytes], ...]) -> _Styles:
    """Read style sheets once for all documents of a process; not those that declare fonts, which others would see."""
    order = Order("a style sheet", dict(styles), {})
    return _parsed(order, _fetcher(order))


def _parsed(order: Order, fetcher: Any) -> _Styles:
    """Read an order's style sheets, and the fonts that they declare."""
    weasyprint = typesetter.load()
    fonts_declared = weasyprint.text.fonts.FontConfiguration()
    complaints: list[str] = []
    with _complaints(complaints):
        sheets = [
            weasyprint.CSS(string=css.decode(), base_url=ROOT, url_fetcher=fetcher, font_config=fonts_declared)
            for css in order.styles.values()
        ]
    return _Styles(sheets, fonts_declared, complaints)


@contextmanager
def _complaints(found: list[str]) -> Iterator[None]:
    """Collect what WeasyPrint logs."""

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    logger, collector = logging.getLogger("weasyprint"), Collector(logging.WARNING)
    logger.addHandler(collector)
    try:
        yield
    finally:
        logger.removeHandler(collector)


def _faults(order: Order, remarks: Sequence[str]) -> tuple[Problem, ...]:
    """Return WeasyPrint's remarks that spoil no page; raise Problems if one does: an ignored style, a missing glyph."""
    found = []
    for remark in dict.fromkeys(remarks):
        if "HarfBuzz-Subset" in remark:
            says = "the typesetter misses the library HarfBuzz-Subset; newer versions cannot cut fonts without it"
            found.append(Problem("no-subsetter", says, hint=typesetter.install_line(), severity="warning"))
        elif tofu := re.search(r"^\.notdef .*\(U\+([0-9A-F]+)\)$", remark, re.DOTALL):
            char = chr(int(tofu[1], 16))
            said = f"{order.name}: no typeface has {faces.described(char)}"
            found.append(Problem("no-glyph", said, hint=faces.advice(char)))
        else:
            hint = "mend the style, figure or text that it names"
            found.append(Problem("typesetter", f"{order.name}: {remark}", hint=hint))
    if any(problem.severity == "error" for problem in found):
        raise Problems(found)
    return tuple(found)


def _fetcher(order: Order) -> Any:
    """Return a fetcher that serves the order's own files and ruled lines, and refuses every other address."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            path = unquote(url.removeprefix(ROOT)) if url.startswith(ROOT) else ""
            ruled = _RULED.fullmatch(path)
            body = ruled_lines(int(ruled[1])).encode() if ruled else order.files.get(path) or faces.packaged(path)
            if body is None:
                raise FatalURLFetchingError(f"{order.name}: {url[:200]} is not in the unit or the styles")
            return URLFetcherResponse(url, body, {"Content-Type": _TYPES[PurePosixPath(path).suffix.lower()]})

    return Fetcher(allowed_protocols=[SCHEME], allow_redirects=False, fail_on_errors=True)


def ruled_lines(count: int) -> str:
    """Return an SVG of `count` ruled lines as one path: the one technique that every viewer draws in full.

    It is stretched over its box, so a look sets the distance of the lines.
    """
    lines = "".join(f"M0 {number - RULE_WIDTH}h100" for number in range(1, count + 1))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 {count}" preserveAspectRatio="none">'
        f'<path d="{lines}" stroke="#000" stroke-width="{RULE_WIDTH}" fill="none"/></svg>'
    )
