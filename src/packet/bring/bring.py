"""Write a whole unit for a teacher's own article: all of its files or none, and nothing in place of another."""

from __future__ import annotations

import json
import re
import secrets
import shutil
import unicodedata
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from string import Template

from packet.bring import article, copy, form
from packet.bring.article import Brought, Section
from packet.problems import Exit, Problem, Problems, Span, stop
from packet.unit import measure, schema
from packet.unit.names import ARTICLE

SOURCE = "replace-me"
"""The id of the placeholder source that every new lesson uses."""
STANDARD = "CCSS.CCRA.R.1"
WORDS_A_MINUTE = 200
MOST_SHOWN = 60
"""Letters of a box of which is told."""
_REFERENCE = re.compile(r"\[\[|\]\{#|\b(?:Document|Doc\.?|Handout|[Pp]aragraphs?) \w")


def bring(article_file: Path, folder: Path) -> Path:
    """Write a unit for the article in `article_file` to `folder`, which must not exist or be empty; return the folder.

    The unit checks with warnings only and can be built at once. Raises Problems: a file that is no text or holds no
    article, a folder that is in use or cannot be written.
    """
    _free(folder)
    texts = files(read(article_file))
    try:
        _write(folder.absolute(), texts)
    except OSError as error:
        raise stop(
            "cannot-write",
            f"{folder} cannot be written: {error.strerror or error}",
            "name another folder",
            exit=Exit.CANNOT_WRITE,
        ) from None
    return folder


def read(article_file: Path) -> Brought:
    """Return the article in a file; raise Problems if that is no text, or has too many sections or none."""
    brought = article.parted(copy.read(article_file), article_file.stem)
    if not 1 <= len(brought.sections) <= article.MOST_SECTIONS:
        raise Problems([_unfit(article_file, len(brought.sections))])
    return brought


def files(brought: Brought) -> dict[str, str]:
    """Return the files of the unit for an article: path inside the unit to text."""
    lessons = {
        f"{number:02}-{section.id}.yaml": _lesson(brought, section, number)
        for number, section in enumerate(brought.sections, 1)
    }
    return {
        "unit.yaml": schema.line("unit") + _plan(brought),
        "article.yaml": schema.line("article") + _article(brought),
        **lessons,
        f"sources/{SOURCE}.yaml": _remarked(source({}), _PLACEHOLDER),
        "packets/whole-unit.yaml": schema.line("packet")
        + skeleton("packet").substitute(name="whole-unit", title="The whole unit", lesson=brought.sections[-1].id),
        **{schema.file(kind): schema.text(kind) for kind in schema.KINDS},
        ".gitignore": f"# Your own copy of the article is not yours to publish.\n/{ARTICLE}\n/mine.yaml\n/build/\n",
        ARTICLE: _text(brought),
    }


def skeleton(name: str) -> Template:
    """Return the skeleton of a new file."""
    return Template(resources.files("packet").joinpath("skeletons", f"{name}.yaml").read_text("utf-8"))


def quoted(text: str) -> str:
    """Return a text on one line in double quotes, as YAML reads it back whatever it holds: JSON is YAML."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


_PLAN = Template("""\
# The unit: its title, and its lessons in teaching order. Replace every TODO, then run: packet check
title: $title
subtitle: Reading one article, and what stands behind it
# For the cover: two or three sentences on what the packet is and how it treats its subject.
about: $about
grades: "9-12" # the grades you teach
lessons: # one for each section of the article; take out those you do not need, with their files
$lessons
packet: whole-unit # what packet build makes when no lesson is named
standards: # the codes your school uses, each with a short paraphrase; lessons may cite only these
  CCSS.CCRA.R.1: Read closely, and cite evidence from the text.
  CCSS.CCRA.R.6: Judge how point of view and purpose shape a text.
  CCSS.CCRA.R.8: Judge a text's argument, its claims, and whether its evidence is enough.
# Rights and thanks, for the last page.
credits: $credits
""")

_ARTICLE = Template("""\
# The article this unit is about. Its words stay in $file on your own computer;
# here stand its headings, facts of its form, and what you write about it.
${boxes}title: $title
byline: $byline # as it stands in $file, below the title
form: # worked out by simple rules: correct what is wrong, and add what you see, such as its tone
$form
sections:
$sections
""")

_SECTION = Template("""\
  - id: $id # paragraphs: $paragraphs, words: $words
    heading: $heading
    summary: "TODO: this section in your own words, in two to four sentences" # never the article's own text
    viewpoints: [] # whose views the section gives, and how: named, quoted, assumed
    claims: [] # statements a class can check; each has quote, verdict, because and sources
""")

_PLACEHOLDER = """\
# TODO: replace this source by a real one, and the file's name by its id; then name that id in the lessons.
# It is here only so that the new lessons have a document and can be printed.
"""
_FULL, _SHORT = (5, 15, 10, 10, 5, 5), (5, 10, 0, 10, 0, 5)
"""Minutes of the steps of a new lesson of 50 minutes, and of its short lesson of 30."""
_UNSAID = {
    "title": "TODO: title of a document that the article does not show",
    "creator": "TODO: who wrote or said it, with the office held then",
    "date": "TODO: when, such as 1914-04-21",
    "kind": "TODO: what it is, such as law, letter, speech, report, poll",
    "published": "TODO: where and for whom it was first published",
    "viewpoint": "TODO: whose view it is",
    "position": "neither",
    "voice": "unofficial",
    "rights": "TODO: such as public domain, official government text, short quotation",
    "locator": "TODO: where in the document these words stand",
}
"""What a new source says where nothing is known."""


def source(known: Mapping[str, str], issue: str | None = None) -> str:
    """Return a new source to fill in, with what is known of it: its fields by name, empty where nothing is.

    `issue` is what the unit's sources are for or against. There is a country only where one is known.
    """
    said = {name: quoted(known.get(name) or unsaid) for name, unsaid in _UNSAID.items()}
    country = f"country: {quoted(known['country'])}\n" if known.get("country") else ""
    return schema.line("source") + skeleton("source").substitute(
        said, country=country, issue=" ".join((issue or "what the unit argues about").split())
    )


def lesson(title: str, sections: Sequence[str], standard: str, source_id: str, minutes: int = 50) -> str:
    """Return a new lesson to fill in; its steps and its short lesson share out the minutes."""
    full, short = _shared(minutes, _FULL), _shared(round(minutes * sum(_SHORT) / sum(_FULL)), _SHORT)
    steps = {f"minutes{number}": count for number, count in enumerate(full, 1)}
    steps |= {f"short{number}": count for number, count in enumerate(short, 1)}
    return schema.line("lesson") + skeleton("lesson").substitute(
        steps,
        title=quoted(title),
        sections=", ".join(sections),
        standard=standard,
        source=source_id,
        minutes=minutes,
        short=sum(short),
    )


def _shared(minutes: int, shares: Sequence[int]) -> list[int]:
    """Return whole minutes by shares, which add up; what is over goes to those that are cut shortest."""
    exact = [minutes * share / sum(shares) for share in shares]
    whole = [int(part) for part in exact]
    over = sorted(range(len(shares)), key=lambda at: whole[at] - exact[at])[: minutes - sum(whole)]
    return [part + (at in over) for at, part in enumerate(whole)]


def _plan(brought: Brought) -> str:
    return _PLAN.substitute(
        title=quoted(brought.title),
        about=quoted(f"TODO: what this packet is. It reads an article, “{brought.title}”, beside other documents."),
        lessons="\n".join(f"  - {section.id}" for section in brought.sections),
        credits=quoted("TODO: whose work the lessons are. The article and each excerpt belong to their authors."),
    )


def _article(brought: Brought) -> str:
    paragraphs = [text for section in brought.sections for text in section.paragraphs]
    below = " · ".join(brought.below) if brought.byline else ""
    found = form.facts(paragraphs, len(brought.sections), brought.date, brought.links, below)
    return _ARTICLE.substitute(
        file=ARTICLE,
        boxes=_boxes("Left out of the page, as boxes beside the article", brought.left_out)
        + _boxes("Kept, though the page calls it a box beside the article, that begins", brought.doubtful),
        title=quoted(brought.title),
        byline=quoted(brought.byline or "TODO: who signed it? No byline was found"),
        form="\n".join(f"  {name}: {quoted(fact)}" for name, fact in found.items()),
        sections="".join(map(_section, brought.sections)).rstrip(),
    )


def _boxes(said: str, boxes: Sequence[str]) -> str:
    return f"# {said}: {', '.join(f'“{text[:MOST_SHOWN]}”' for text in boxes)}\n" if boxes else ""


def _section(section: Section) -> str:
    return _SECTION.substitute(
        id=section.id,
        paragraphs=len(section.paragraphs),
        words=_words(section),
        heading=quoted(section.heading),
    )


def _lesson(brought: Brought, section: Section, number: int) -> str:
    """Return the skeleton of a lesson, filled with what is known of its section."""
    title = brought.title if section.heading == article.WHOLE else section.heading
    if _REFERENCE.search(title):  # in a lesson these would be read as references
        title = f"Section {number}"
    words = _words(section)
    known = (
        f"# The section in {ARTICLE}: paragraphs: {len(section.paragraphs)}, words: {words},"
        f" minutes to read: about {max(1, round(words / WORDS_A_MINUTE))}\n"
    )
    return _remarked(lesson(title, [section.id], STANDARD, SOURCE), known)


def _remarked(text: str, remark: str) -> str:
    """Return a new file with a remark below its first line, which names its schema."""
    first, rest = text.split("\n", 1)
    return f"{first}\n{remark}{rest}"


def _words(section: Section) -> int:
    return sum(len(measure.words(text)) for text in section.paragraphs)


def _text(brought: Brought) -> str:
    """Return the article as `articletext` reads it: title, byline, each heading on a line of its own.

    Pictures among the words are named, as typefaces for reading have none.
    """
    headings = {article.key(section.heading) for section in brought.sections} | {article.key(brought.title)}
    byline = article.key(brought.byline)
    parts = [brought.title]
    if brought.byline:
        parts.append(" · ".join([brought.byline, *brought.below]))
    for section in brought.sections:
        parts += [] if section.opening else [section.heading]
        parts += [_apart(_named(text), headings, byline) for text in section.paragraphs]
    return "\n\n".join(parts) + "\n"


def _named(text: str) -> str:
    """Return a text with each emoji as its name in brackets: [paw prints]."""
    return article.PICTURES.sub(lambda found: _name(found[0]), text)


def _name(picture: str) -> str:
    if picture < "\u2600" or "\ufe00" <= picture <= "\ufe0f" or "\U0001f3fb" <= picture <= "\U0001f3ff":
        return ""  # joiners, variants and skin tones
    name = unicodedata.name(picture, "").lower()
    return f"[{name}]" if name and not name.startswith("tag ") else ""


def _apart(paragraph: str, headings: set[str], byline: str) -> str:
    """Return a paragraph in lines of which none could be taken for a heading, the title or the byline."""

    def mistaken(line: str) -> bool:
        name = article.key(line)
        return name in headings or bool(byline and name.startswith(byline))

    words = paragraph.split()
    ways = (f"{' '.join(words[:at])}\n{' '.join(words[at:])}" for at in range(1, len(words)))
    if not mistaken(paragraph):
        return paragraph
    return next((way for way in ways if not any(map(mistaken, way.split("\n")))), paragraph)


def _unfit(file: Path, sections: int) -> Problem:
    if not sections:
        return Problem("no-text", "no text was found below the title", Span(file, 1), "bring the whole article")
    return Problem(
        "too-many-sections",
        f"this text has {sections} headings with text below them; {article.MOST_SECTIONS} is the most",
        Span(file, 1),
        "bring one article, or take headings out of it",
    )


def _free(folder: Path) -> None:
    try:
        used = folder.is_symlink() and not folder.exists()
        used = used or (folder.exists() and (not folder.is_dir() or any(folder.iterdir())))
    except OSError as error:
        raise stop(
            "cannot-write",
            f"{folder} cannot be looked into: {error.strerror}",
            "name another folder",
            exit=Exit.CANNOT_WRITE,
        ) from None
    if used:
        raise stop("exists", f"{folder} exists and is not empty", "name a new folder", exit=Exit.USAGE)


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    """Write a new folder beside its place, and then move it there in one step."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = folder.with_name(f".packet-{secrets.token_hex(4)}")
    try:
        for name in ("", "sources", "packets", "figures", schema.FOLDER):
            (beside / name).mkdir()
        for name, text in texts.items():
            (beside / name).write_text(text, "utf-8", newline="\n")
        _place(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _place(beside: Path, folder: Path) -> None:
    """Move what was written into place. An empty folder stays the folder it was: someone may stand in it."""
    if not folder.exists():
        beside.rename(folder)
        return
    moved: list[Path] = []
    try:
        for path in sorted(beside.iterdir(), key=lambda path: path.name == "unit.yaml"):
            target = folder / path.name
            if target.exists():
                raise FileExistsError(None, f"{path.name} has just appeared there")
            path.rename(target)
            moved.append(target)
    except BaseException:
        for target in moved:
            target.rename(beside / target.name)
        raise
