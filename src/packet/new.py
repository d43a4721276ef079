"""Start something new: a copy of the shipped unit, a lesson to fill in, a saved packet. Nothing is overwritten."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Container
from importlib import resources
from pathlib import Path
from string import Template

from packet import shipped, write
from packet.problems import Exit, stop
from packet.unit import schema
from packet.unit.articletext import NAME
from packet.unit.load import Unit

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def unit(folder: Path) -> Path:
    """Copy the shipped unit to `folder`, which must not exist or be empty; return the folder."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise stop("exists", f"{folder} exists and is not empty", "name a new folder", exit=Exit.CANNOT_WRITE)
    try:
        shutil.copytree(
            shipped.folder("lessons"), folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(NAME, "mine.yaml")
        )
    except OSError as error:
        raise stop(
            "cannot-write",
            f"{folder} cannot be written: {error.strerror or error}",
            "name another folder",
            exit=Exit.CANNOT_WRITE,
        ) from None
    return folder


def lesson(unit: Unit, slug: str) -> Path:
    """Add a lesson to fill in, at the end of the unit; return its file."""
    _named(slug, unit.lessons)
    file = unit.root / f"{len(unit.plan.lessons) + 1:02}-{slug}.yaml"
    text = _skeleton("lesson").substitute(
        section=unit.article.sections[0].id,
        standard=next(iter(unit.plan.standards), "TODO"),
        source=next(iter(unit.sources), "TODO"),
    )
    plan = unit.root / "unit.yaml"
    added = _with_schema(unit, "lesson", file, text)
    write.all_or_none(added | {plan: _with_lesson(plan, unit, slug).encode()})
    return file


def packet(unit: Unit, name: str) -> Path:
    """Add a saved packet of the whole unit, to be narrowed down; return its file."""
    _named(name, unit.packets)
    file = unit.root / "packets" / f"{name}.yaml"
    text = _skeleton("packet").substitute(name=name, title=name.replace("-", " ").capitalize())
    write.all_or_none(_with_schema(unit, "packet", file, text))
    return file


def mine(unit: Unit) -> Path:
    """Write a school's own layer in which every line is still a comment; return its file."""
    file = unit.root / "mine.yaml"
    _free(file)
    slug, lesson = next(iter(unit.lessons.items()))
    ask = " ".join(lesson.questions.text[0].ask.split()[:8])
    held = [use.source for use in lesson.documents]
    text = _skeleton("mine").substitute(
        lesson=slug,
        question=json.dumps(ask, ensure_ascii=False),
        source=held[0],
        other=next((id for id in unit.sources if id not in held), "another-source"),
    )
    write.all_or_none(_with_schema(unit, "mine", file, text))
    return file


def _with_schema(unit: Unit, kind: str, file: Path, text: str) -> dict[Path, bytes]:
    """Return a new file that names its schema, and the schema, which a unit of an older program may not have."""
    return {
        unit.root / schema.file(kind): schema.text(kind).encode(),
        file: f"{schema.line(kind)}{text}".encode(),
    }


def _named(name: str, taken: Container[str]) -> None:
    if not _SLUG.fullmatch(name):
        raise stop(
            "bad-name",
            f"{name!r} cannot be used as a name",
            "use small letters, digits and hyphens",
            exit=Exit.USAGE,
        )
    if name in taken:
        raise stop("exists", f"{name!r} is there already", "choose another name", exit=Exit.USAGE)


def _free(file: Path) -> None:
    if file.exists() or file.is_symlink():
        raise stop("exists", f"{file} is there already", "change that file, or move it away", exit=Exit.CANNOT_WRITE)


def _skeleton(name: str) -> Template:
    return Template(resources.files("packet").joinpath("skeletons", f"{name}.yaml").read_text("utf-8"))


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
