"""The texts of a lesson file by who may see them: a list kept by hand, apart from the program's own."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from packet.unit import yamlfile
from packet.unit.load import Unit
from packet.words import tokens

FOR_TEACHERS = {
    *("answer", "evidence", "not-enough", "follow-up", "listen-for", "key", "claim", "objection", "missing"),
    *("notes", "procedure", "objectives", "materials", "standards", "summary", "grades"),
}
"""Names whose texts, and whatever is below them, students never get."""
FOR_STUDENTS = {
    *("title", "question", "ask", "word", "meaning", "spanish", "standard", "plain", "who", "interest", "directions"),
    *("text", "label", "columns", "cells", "frames", "labels", "checklist"),
}
REFERENCES = {"seen-in", "source", "figure", "figures", "sections"}
"""Names of things that are printed in other words, or elsewhere."""
NOT_PRINTED = {"minutes", "short", "lines", "forms", "kind", "handout"}
GROUPS = {
    *("warm-up", "vocabulary", "reading", "documents", "sourcing", "questions", "open", "perspectives", "rows"),
    *("activity", "cards", "table", "rounds", "exit-ticket", "organizer"),
}
"""Names that hold only others, and whose others are in the lists above."""
PROGRAM_MAY_PRINT = {"standards", "summary", "grades"}
"""Not given to students, but no secret."""

Path = tuple[str, ...]


def texts(tree: yamlfile.Tree, names: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield every text of a file with the names above it."""
    if isinstance(tree, dict):
        for name, part in tree.items():
            yield from texts(part, (*names, name))
    elif isinstance(tree, list):
        for part in tree:
            yield from texts(part, names)
    elif tree is not None:
        yield names, tree


def of(unit: Unit, slug: str) -> list[tuple[Path, str]]:
    """Return every text of a lesson with the names above it, as the file has them."""
    return list(texts(unit.files[f"lesson:{slug}"].tree))


def secret(unit: Unit, slug: str, but: Collection[str] = ()) -> list[str]:
    """Return the texts of a lesson that are for teachers alone and that say something, leaving out the names `but`."""
    return [
        text
        for names, text in of(unit, slug)
        if (FOR_TEACHERS - set(but)) & set(names) and names[-1] not in NOT_PRINTED | {"evidence", "standard"}
    ]


def plain(text: str) -> str:
    """Return a text as its words alone, with a space before and after, so that whole words are compared."""
    return f" {' '.join(tokens(text))} "
