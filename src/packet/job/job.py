"""A job: the order a teacher places. Everything that changes what is printed, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from packet.unit.model import HandoutKind, Level, SavedPacket

Edition = Literal["student", "teacher"]
Paper = Literal["letter", "a4"]
EDITIONS: tuple[Edition, ...] = ("student", "teacher")


@dataclass(frozen=True)
class Job:
    """One packet to print: lessons by number, slug or range in the order wanted, and its options."""

    name: str
    """What the files are called: `NAME-student.pdf`."""
    title: str
    lessons: tuple[str, ...]
    editions: tuple[Edition, ...] = EDITIONS
    paper: Paper = "letter"
    handouts: tuple[HandoutKind, ...] = ()
    """Only these kinds; all of them where empty."""
    level: Level = "standard"
    with_article: bool = False
    class_: str = ""
    date: str = ""


def from_saved(name: str, saved: SavedPacket, edition: str = "", paper: str = "") -> Job:
    """Return the job that a saved packet describes; `edition` and `paper` from the command line go first."""
    return Job(
        name=name,
        title=saved.title,
        lessons=tuple(saved.lessons),
        editions=editions(edition or saved.edition or "both"),
        paper="a4" if (paper or saved.paper) == "a4" else "letter",
        handouts=tuple(saved.handouts),
        level=saved.level,
        class_=saved.class_ or "",
        date=saved.date or "",
    )


def editions(name: str) -> tuple[Edition, ...]:
    """Return the editions that `student`, `teacher` or `both` names."""
    return EDITIONS if name == "both" else tuple(edition for edition in EDITIONS if edition == name)
