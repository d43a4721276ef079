"""Units for the bench: the shipped one with a word changed, and larger ones with its lessons many times."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

_READING = re.compile(r"(\nreading:\n(?:.*\n)*?  standard: \|\n    )\w+")
_LESSONS = re.compile(r"\nlessons:\n(?:  - .*\n)+")


def slugs(root: Path) -> list[str]:
    """Return the unit's lessons in order."""
    listed = _LESSONS.search((root / "unit.yaml").read_text("utf-8"))
    return re.findall(r"  - (\S+)", listed[0]) if listed else []


def edited(root: Path, to: Path, slug: str) -> Path:
    """Copy a unit, with the first word of the reading of one lesson changed."""
    shutil.copytree(root, to)
    file = next(to.glob(f"[0-9]*-{slug}.yaml"))
    text, count = _READING.subn(r"\1Once", file.read_text("utf-8"))
    if count != 1:
        raise RuntimeError(f"{file.name} has no reading to change a word in")
    file.write_text(text, "utf-8")
    return to


def multiplied(root: Path, to: Path, lessons: list[str], times: int) -> Path:
    """Copy a unit with some of its lessons so many times, under new names."""
    shutil.copytree(root, to, ignore=shutil.ignore_patterns("[0-9]*.yaml", "packets"))
    files = {slug: next(root.glob(f"[0-9]*-{slug}.yaml")) for slug in lessons}
    made = [(f"{slug}-x{time}", file) for time in range(times) for slug, file in files.items()]
    for number, (slug, file) in enumerate(made, 1):
        shutil.copyfile(file, to / f"{number:04}-{slug}.yaml")
    plan = (root / "unit.yaml").read_text("utf-8")
    listed = "\nlessons:\n" + "".join(f"  - {slug}\n" for slug, _ in made)
    plan = re.sub(r"\npacket: .*\n", "\npacket: all\n", _LESSONS.sub(lambda _: listed, plan))
    (to / "unit.yaml").write_text(plan, "utf-8")
    (to / "packets").mkdir()
    (to / "packets" / "all.yaml").write_text("title: All\nabout: All.\nlessons: [all]\n", "utf-8")
    return to
