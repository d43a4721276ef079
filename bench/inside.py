"""What is measured inside a process: python inside.py packet|typst|weasyprint ... Prints its seconds.

Both `packet` and `typst` are warmed by another selection first, so that neither is measured cold nor repeats itself.
"""

# Each measures one thing, and must not pay for loading the others.
# ruff: noqa: PLC0415

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def packet(unit_root: str, out: str, other: str, *lessons: str) -> float:
    """Build `other`, then time the build of `lessons`: from the request to bytes that are proved and written."""
    from packet import build
    from packet.job.choose import checked
    from packet.job.job import Job
    from packet.press.cache import Cache, default_folder
    from packet.setting import Setting

    unit, _ = checked(Path(unit_root))

    def once(selection: tuple[str, ...]) -> float:
        began = time.perf_counter()
        job = Job("inside", unit.plan.title, selection, ("student",))
        with Setting(unit, job, lambda _: None, Cache(default_folder()), None) as setting:
            build.build(setting, Path(out), None)
        return time.perf_counter() - began

    once((other,))
    return once(lessons)


def typst(folder: str, out: str, other: str = "") -> float:
    """Compile `other`, if it is given, then time the compilation of the folder's packet."""
    import typst as compiler

    fonts = json.loads((Path(folder) / "fonts.json").read_text("utf-8"))

    def once(place: str) -> bytes:
        return compiler.compile(str(Path(place) / "packet.typ"), font_paths=fonts, ignore_system_fonts=True)

    if other:
        once(other)
    began = time.perf_counter()
    pdf = once(folder)
    seconds = time.perf_counter() - began
    Path(out).write_bytes(pdf)
    return seconds


def weasyprint(folder: str, out: str) -> float:
    """Time bare WeasyPrint on one big document: tagged PDF/A-2a as packet's, and no fit, no inspection, no proof."""
    from weasyprint import HTML

    began = time.perf_counter()
    HTML(filename=str(Path(folder) / "packet.html")).write_pdf(out, pdf_variant="pdf/a-2a", pdf_tags=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    print({"packet": packet, "typst": typst, "weasyprint": weasyprint}[sys.argv[1]](*sys.argv[2:]))
