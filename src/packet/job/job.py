"""A job: the order a teacher places. Everything that changes what is printed, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from packet.unit import model
from packet.unit.model import HandoutKind, Level, Mine, SavedPacket

Edition = Literal["student", "teacher", "key"]
Paper = model.Paper
Look = model.Look
BOTH: tuple[Edition, ...] = ("student", "teacher")


@dataclass(frozen=True)
class Job:
    """One packet to print: lessons by number, slug or range in the order wanted, and its options."""

    name: str
    """What the files are called; see `file_name`."""
    title: str
    lessons: tuple[str, ...]
    editions: tuple[Edition, ...] = BOTH
    paper: Paper = "letter"
    look: Look = "classroom"
    single_sided: bool = False
    """The holes always on the left, and no blanks for right-hand starts."""
    booklet: bool = False
    two_up: bool = False
    bleed: bool = False
    """Also a cover with bleed and crop marks, for a print shop."""
    fillable: bool = False
    handouts: tuple[HandoutKind, ...] = ()
    """Only these kinds; all of them where empty."""
    level: Level = "standard"
    with_article: bool = False
    class_: str = ""
    date: str = ""

    def file_name(self, edition: str) -> str:
        """Return the name of a file: the job's, what is not as usual, and the edition."""
        unusual = [
            "plain" if self.level == "plain" else "",
            self.look if self.look != "classroom" else "",
            "a4" if self.paper == "a4" else "",
            "single-sided" if self.single_sided else "",
        ]
        return "-".join([self.name, *filter(None, unusual), edition]) + ".pdf"


def from_saved(name: str, saved: SavedPacket, mine: Mine) -> Job:
    """Return the job that a saved packet describes; what it does not say, the school's own layer may."""
    return Job(
        name=name,
        title=saved.title,
        lessons=tuple(saved.lessons),
        editions=editions(saved.edition or "both"),
        paper=saved.paper or mine.paper or "letter",
        look=saved.look or mine.look or "classroom",
        handouts=tuple(saved.handouts),
        level=saved.level,
        class_=saved.class_ or "",
        date=saved.date or "",
    )


def editions(name: str) -> tuple[Edition, ...]:
    """Return the editions that `student`, `teacher`, `key` or `both` names."""
    every: tuple[Edition, ...] = (*BOTH, "key")
    return BOTH if name == "both" else tuple(edition for edition in every if edition == name)
