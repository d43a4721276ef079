"""Start something new: a unit, a lesson, a source, a saved packet, a school's own layer. Nothing is overwritten."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from packet import shipped, write
from packet.bring import bring
from packet.problems import Exit, Problems, Span, stop
from packet.unit import schema
from packet.unit.load import Unit, unknown
from packet.unit.names import ARTICLE

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def unit(folder: Path) -> Path:
    """Copy the shipped unit to `folder`, which must not exist or be empty; return the folder."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise stop("exists", f"{folder} exists and is not empty", "name a new folder", exit=Exit.USAGE)
    try:
        shutil.copytree(
            shipped.folder("lessons"), folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(ARTICLE, "mine.yaml")
        )
    except OSError as error:
        raise stop(
            "cannot-write",
            f"{folder} cannot be written: {error.strerror or error}",
            "name another folder",
            exit=Exit.CANNOT_WRITE,
        ) from None
    return folder


def lesson(unit: Unit, slug: str, title: str = "", sections: Sequence[str] = (), minutes: int = 50) -> Path:
    """Add a lesson to fill in, at the end of the unit; return its file. Without sections it is about the first."""
    lesson_name(unit)(slug)
    file = unit.root / f"{len(unit.plan.lessons) + 1:02}-{slug}.yaml"
    text = bring.lesson(
        title or "TODO: title of the lesson",
        sections or [unit.article.sections[0].id],
        next(iter(unit.plan.standards), "TODO"),
        next(iter(unit.sources), "TODO"),
        minutes,
    )
    plan = unit.root / "unit.yaml"
    added = _with_schema(unit, "lesson", file, text)
    write.all_or_none(added | {plan: _with_lesson(plan, unit, slug).encode()})
    return file


def source(unit: Unit, id: str, known: Mapping[str, str]) -> Path:
    """Add a source to fill in, with what is known of it, its fields by name; return its file."""
    source_name(unit)(id)
    file = unit.root / "sources" / f"{id}.yaml"
    write.all_or_none(_with_schema(unit, "source", file, bring.source(known, unit.plan.issue)))
    return file


def lesson_name(unit: Unit) -> Callable[[str], str]:
    """Return the check of a new lesson's name: it gives the name back, or raises Problems."""

    def checked(name: str) -> str:
        if name == "all" or name.replace("-", "").isdigit():
            raise stop("bad-name", f"{name!r} would be taken for other lessons", "put a word in it", exit=Exit.USAGE)
        there = {path.stem.split("-", 1)[-1] for path in unit.root.glob("[0-9]*-*.yaml")}
        return _named(name, there | set(unit.lessons))

    return checked


def source_name(unit: Unit) -> Callable[[str], str]:
    """Return the check of a new source's id: it gives the id back, or raises Problems."""
    return lambda name: _named(name, {path.stem for path in (unit.root / "sources").glob("*.yaml")})


def uncovered(unit: Unit) -> str:
    """Return the first section of the article that no lesson is about; the first of all where each has one."""
    taken = {section for lesson in unit.lessons.values() for section in lesson.sections}
    ids = [section.id for section in unit.article.sections]
    return next((id for id in ids if id not in taken), ids[0])


def sections(unit: Unit, answer: str) -> str:
    """Return the ids of the sections that an answer names by id or number, apart by a space; raise Problems."""
    ids = [section.id for section in unit.article.sections]
    found = []
    for name in answer.replace(",", " ").split():
        number = int(name) if name.isascii() and name.isdigit() else 0
        if name not in ids and not 1 <= number <= len(ids):
            problem = unknown("section", name, ids, Span(unit.root / "article.yaml", 1))
            raise Problems([replace(problem, span=None)], Exit.USAGE)
        found.append(name if name in ids else ids[number - 1])
    return " ".join(dict.fromkeys(found))


def minutes(answer: str) -> str:
    """Return a lesson's length as an answer gives it; raise Problems if no lesson is so long."""
    if not (answer.isascii() and answer.isdigit() and 10 <= int(answer) <= 300):
        raise stop("usage", f"{answer!r} is no length of a lesson", "write a number from 10 to 300", exit=Exit.USAGE)
    return answer


def packet(unit: Unit, name: str) -> Path:
    """Add a saved packet of the whole unit, to be narrowed down; return its file."""
    _named(name, {path.stem for path in (unit.root / "packets").glob("*.yaml")})
    file = unit.root / "packets" / f"{name}.yaml"
    text = schema.line("packet") + bring.skeleton("packet").substitute(
        name=name, title=name.replace("-", " ").capitalize(), lesson=list(unit.lessons)[-1]
    )
    write.all_or_none(_with_schema(unit, "packet", file, text))
    return file


def mine(unit: Unit) -> Path:
    """Write a school's own layer in which every line is still a comment; return its file."""
    file = unit.root / "mine.yaml"
    _free(file)
    slug, lesson = next(iter(unit.lessons.items()))
    ask = " ".join(lesson.questions.text[0].ask.split()[:8])
    held = [use.source for use in lesson.documents]
    text = schema.line("mine") + bring.skeleton("mine").substitute(
        lesson=slug,
        question=bring.quoted(ask),
        source=held[0],
        other=next((id for id in unit.sources if id not in held), "another-source"),
    )
    write.all_or_none(_with_schema(unit, "mine", file, text))
    return file


def _with_schema(unit: Unit, kind: str, file: Path, text: str) -> dict[Path, bytes]:
    """Return a new file that names its schema, and the schema, which a unit of an older program may not have."""
    return {
        unit.root / schema.file(kind): schema.text(kind).encode(),
        file: text.encode(),
    }


def _named(name: str, taken: Container[str]) -> str:
    if not name:
        raise stop(
            "bad-name",
            "no name can be made from this title",
            "give one before the options: small letters, digits and hyphens",
            exit=Exit.USAGE,
        )
    if not _SLUG.fullmatch(name):
        raise stop(
            "bad-name",
            f"{name!r} cannot be used as a name",
            "use small letters, digits and hyphens",
            exit=Exit.USAGE,
        )
    if name in taken:
        raise stop("exists", f"{name!r} is there already", "choose another name", exit=Exit.USAGE)
    return name


def _free(file: Path) -> None:
    if file.exists() or file.is_symlink():
        raise stop("exists", f"{file} is there already", "change that file, or move it away", exit=Exit.USAGE)


def _with_lesson(plan: Path, unit: Unit, slug: str) -> str:
    """Return unit.yaml with the lesson added below the last one, in the same manner."""
    lines = plan.read_text("utf-8").split("\n")
    last = unit.files["unit"].at("lessons", len(unit.plan.lessons) - 1)
    text = lines[last.line - 1]
    if not text.lstrip().startswith("- "):
        raise stop(
            "by-hand",
            "the lessons stand in one line here, and cannot be added to safely",
            f"add {slug} yourself, or write one lesson to a line",
            span=last,
        )
    lines.insert(last.line, text[: text.index("- ") + 2] + slug)
    return "\n".join(lines)
