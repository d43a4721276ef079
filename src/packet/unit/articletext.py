"""Read the teacher's own copy of the article and part it into sections by their headings."""

from __future__ import annotations

import re
from pathlib import Path

from packet.problems import Problem, Problems, Span, stop
from packet.unit import files, glyphs, hidden, names
from packet.unit.model import Article
from packet.unit.refs import paragraphs


def read(root: Path, article: Article) -> dict[str, list[str]]:
    """Return each section's paragraphs by section id; raise Problems that say what to put where.

    The file is plain text: the title, the byline, then each section under its heading on a line of its own. The
    section without a heading line of its own is the first one, the introduction.
    """
    file = root / names.ARTICLE
    try:
        lines = hidden.dropped(files.text(file, root)).splitlines()
    except FileNotFoundError:
        raise stop(
            "no-article",
            f"there is no {file}, and the article's text is not part of this unit",
            f"save your own copy of “{article.title}” there as plain text, with each heading on a line of its own",
        ) from None
    control = [files.control(line, Span(file, number)) for number, line in enumerate(lines, 1)]
    if any(control):
        raise Problems(problem for problem in control if problem)
    wanted = {_plain(section.heading): section.id for section in article.sections}
    current = article.sections[0].id
    found: dict[str, list[str]] = {section.id: [] for section in article.sections}
    seen = {current}
    above = [article.title, article.byline]
    for line in lines:
        heading = wanted.get(_plain(line))
        if heading:
            current, above = heading, []
            seen.add(heading)
        elif stands_for := next((text for text in above if _begins_with(line, text)), None):
            above.remove(stands_for)
        else:
            found[current].append(line)
            above = above if not line.strip() else []
    missing = [
        section for section in article.sections if section.id not in seen or not "".join(found[section.id]).strip()
    ]
    problems = [
        Problem(
            "no-heading",
            f"the heading “{section.heading}” or its text is not in the file",
            Span(file, 1),
            "give each heading a line of its own, worded as in article.yaml",
        )
        for section in missing
    ]
    problems += glyphs.of_lines(file, lines, root)
    if problems:
        raise Problems(problems)
    return {id: paragraphs("\n".join(body)) for id, body in found.items()}


def _begins_with(line: str, text: str) -> bool:
    """Return whether a line is the title or byline `text`; after a byline there may be a date."""
    return bool(_plain(text)) and _plain(line).startswith(_plain(text))


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w ]+", "", text.replace("’", "'")).split()).casefold()
