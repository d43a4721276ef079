"""Everything that the bench measures, by name: each method runs one thing once, checks its words, returns its time."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import machine
import same
import timed
import units
from timed import Ran

HERE = Path(__file__).parent
HEADLESS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
)


class Workshop:
    """A temporary folder with the unit, the peers' copies of it and a cache; `lessons` are the unit for this run."""

    def __init__(self, folder: Path, root: Path, lessons: Sequence[str]) -> None:
        self.folder, self.root, self.lessons = folder, root, list(lessons)
        self.selection = self.lessons[:0:-2] if len(self.lessons) > 3 else self.lessons[1::-1]
        """A new order and choice, of lessons that were typeset: every second one, backwards."""
        self.other = next(slug for slug in self.lessons if slug not in self.selection)
        self.cache, self.kept = folder / "cache", folder / "kept"
        self.wanted: dict[str, dict[str, dict[str, int]]] = {}

    def prepare(self) -> None:
        """Build once, keep the sheets as the warm cache, and write the pages for the peers."""
        self.edited = units.edited(self.root, self.folder / "edited", self.lessons[len(self.lessons) // 2])
        self._empty()
        self._for_peers("whole", self.lessons)
        shutil.copytree(self.cache, self.kept)
        self._for_peers("chosen", self.selection)
        self._for_peers("other", [self.other])
        if machine.chromium():
            self.chromium()  # unmeasured: now it is in the machine's memory, as the others are

    def _for_peers(self, name: str, lessons: Sequence[str]) -> None:
        (self.folder / name).mkdir()
        self._python(HERE / "prepare.py", self.root, self.folder / name, *lessons)
        self.wanted[name] = json.loads((self.folder / name / "words.json").read_text("utf-8"))

    def first(self) -> Ran:
        """Time a first build: nothing is kept, all cores, proof included."""
        self._empty()
        return self.packet(self.root, self.lessons, "whole")

    def larger(self, times: int) -> Ran:
        """Time a first build of so many times the lessons. Its words are proved by the build itself."""
        self._empty()
        root = self.folder / f"times-{times}"
        if not root.exists():
            units.multiplied(self.root, root, self.lessons, times)
        return self.packet(root, ["all"])

    def one_word(self) -> Ran:
        """Time a build after one word of one lesson was changed."""
        self._warm()
        return self.packet(self.edited, self.lessons)

    def unchanged(self) -> Ran:
        """Time a build when nothing was changed since the last, and what that wrote is still there."""
        self._warm()
        words = ("build", *self.lessons, "--edition", "student", "--unit", self.root, "--out", self.folder / "same")
        self._run(self._packet(), *words)
        ran = self._run(self._packet(), *words)
        self._hold(next((self.folder / "same").glob("*.pdf")), "whole", furnished=True)
        return ran

    def chosen(self) -> Ran:
        """Time the build of a new selection of lessons that were typeset."""
        self._warm()
        return self.packet(self.root, self.selection, "chosen")

    def chosen_inside(self) -> Ran:
        """Time the same in a running process."""
        self._warm()
        out = self.folder / "inside"
        ran = self._python(HERE / "inside.py", "packet", self.root, out, self.other, *self.selection)
        self._hold(out / "inside-student.pdf", "chosen", furnished=True)
        return _said(ran)

    def listed(self) -> Ran:
        """Time `packet list`, of a unit that was listed before."""
        self._run(self._packet(), "list", "--unit", self.root)
        return self._run(self._packet(), "list", "--unit", self.root)

    def floor(self) -> Ran:
        """Time a Python that loads what any such tool loads, and ends."""
        return self._run(sys.executable, "-c", "import typer, yaml")

    def loading(self) -> Ran:
        """Time a Python that loads WeasyPrint, and ends."""
        return self._run(sys.executable, "-c", "import weasyprint")

    def chromium(self) -> Ran:
        """Time Chromium printing the same HTML."""
        profile, out = self.folder / "profile", self.folder / "chromium.pdf"
        shutil.rmtree(profile, ignore_errors=True)
        page = (self.folder / "whole" / "packet.html").as_uri()
        where = [f"--user-data-dir={profile}", f"--print-to-pdf={out}", page]
        ran = self._run(machine.chromium() or "chromium", *HEADLESS, *where)
        self._hold(out, "whole")
        return ran

    def weasyprint(self) -> Ran:
        """Time bare WeasyPrint on the same HTML as one document."""
        out = self.folder / "weasyprint.pdf"
        ran = self._python(HERE / "inside.py", "weasyprint", self.folder / "whole", out)
        self._hold(out, "whole")
        return ran

    def typst(self) -> Ran:
        """Time Typst on the same selection, as a whole process."""
        out = self.folder / "typst.pdf"
        ran = self._python(HERE / "inside.py", "typst", self.folder / "chosen", out)
        self._hold(out, "chosen")
        return ran

    def typst_inside(self) -> Ran:
        """Time Typst's compile call alone."""
        out = self.folder / "typst.pdf"
        ran = self._python(HERE / "inside.py", "typst", self.folder / "chosen", out, self.folder / "other")
        self._hold(out, "chosen")
        return _said(ran)

    def packet(self, root: Path, lessons: Sequence[str], words: str = "") -> Ran:
        """Time `packet build` of some lessons, the student edition; hold it to `words`."""
        out = self.folder / "out"
        ran = self._run(self._packet(), "build", *lessons, "--edition", "student", "--unit", root, "--out", out)
        if words:
            self._hold(next(out.glob("*.pdf")), words, furnished=True)
        shutil.rmtree(out)
        return ran

    def _packet(self) -> Path:
        return Path(sys.executable).with_name("packet")

    def _python(self, *arguments: object) -> Ran:
        return self._run(sys.executable, *arguments)

    def _run(self, *command: object) -> Ran:
        fonts = self.folder / "whole" / "fonts.conf"
        more = {"XDG_CACHE_HOME": str(self.cache), "FONTCONFIG_FILE": str(fonts)}
        return timed.run([str(part) for part in command], more)

    def _hold(self, pdf: Path, words: str, furnished: bool = False) -> None:
        fault = same.fault(pdf.read_bytes(), self.wanted[words], furnished)
        if fault:
            raise RuntimeError(f"{pdf.name} {fault}: its time does not count")

    def _empty(self) -> None:
        shutil.rmtree(self.cache, ignore_errors=True)

    def _warm(self) -> None:
        self._empty()
        shutil.copytree(self.kept, self.cache)


def _said(ran: Ran) -> Ran:
    """Return the seconds that a process measured inside itself."""
    return Ran(float(ran.said), ran.cpu, ran.peak, "")


Measure = Callable[[], Ran]
