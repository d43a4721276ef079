"""Write what the peers are given: python prepare.py UNIT FOLDER LESSON... Run as a process, so that the bench is small.

A packet is built once, with its sheets kept, and what it was composed of goes into FOLDER: `packet.html`,
`packet.typ`, the fonts, and `words.json`: the words that every output must show.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import peers

from packet import build
from packet.handout.handout import Pages
from packet.job.choose import checked
from packet.job.job import Edition, Job
from packet.press import fonts, workers
from packet.press.cache import Cache, default_folder
from packet.setting import Fitted, Ideal, Set, Setting, figures


class Watched(Setting):
    """A setting that remembers the parts of the packet, in order."""

    parts: dict[str, Set]

    def fitted(self, lessons: Sequence[Ideal], printed: bool = True) -> list[Fitted]:
        """Return the fitted lessons, and remember their student's pages as they were set at last."""
        found = super().fitted(lessons, printed)
        for lesson in found:
            pages = lesson.student.pages
            self.parts[pages.anchor] = replace(lesson.student, documents=self.documents(pages))
        return found

    def set(self, pages: Sequence[Pages], edition: Edition) -> list[Set]:
        """Return some pages on their sheets, and remember them; contents that are set again replace themselves."""
        made = super().set(pages, edition)
        self.parts |= {part.pages.anchor: part for part in made}
        return made

    def in_order(self) -> list[Set]:
        """Return cover, contents, lessons, back."""
        place = {"cover": 0, "contents": 1, "back": 3}
        return sorted(self.parts.values(), key=lambda part: place.get(part.pages.anchor, 2))

    def files(self) -> dict[str, bytes]:
        """Return every figure that the pages show."""
        return {
            name: content for part in self.parts.values() for name, content in figures(self.unit, part.pages).items()
        }


def prepare(root: Path, folder: Path, lessons: Sequence[str]) -> None:
    """Build a packet, and write its pages for the peers."""
    unit, _ = checked(root)
    job = Job("peers", unit.plan.title, tuple(lessons), ("student",))

    def executor() -> workers.AbstractContextManager[workers.Executor]:
        return workers.pool(workers.cores())

    with Watched(unit, job, lambda _: None, Cache(default_folder()), executor) as setting:
        setting.parts = {}
        build.build(setting, folder, None)
    parts = setting.in_order()
    pages = [part.pages for part in parts]
    peers.html_folder(parts, setting.styles, setting.files(), folder)
    peers.typst_file(pages, folder)
    (folder / "words.json").write_text(json.dumps(peers.expected(pages)), "utf-8")
    (folder / "fonts.json").write_text(json.dumps([str(path) for path in fonts.folders()]), "utf-8")
    listed = "".join(f"<dir>{path}</dir>" for path in fonts.folders())
    (folder / "fonts.conf").write_text(
        f"<?xml version='1.0'?><fontconfig>{listed}<cachedir>{folder}/fontcache</cachedir></fontconfig>", "utf-8"
    )


if __name__ == "__main__":
    prepare(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
