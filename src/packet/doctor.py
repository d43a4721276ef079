"""Look at the machine: is everything there that a build needs, and what to do where it is not."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from packet.faces import FAMILIES
from packet.press import fonts, typeset, typesetter
from packet.press.sheets import Order
from packet.problems import Problems


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: what was found, and what to do if it is not well."""

    what: str
    well: bool
    found: str
    advice: str = ""


def look(out: Path) -> Iterator[Finding]:
    """Yield a finding for each thing that a build needs; `out` is the folder it would write to."""
    version = platform.python_version()
    yield Finding("Python", sys.version_info >= (3, 11), version, "install Python 3.11 or newer")
    yield _try("WeasyPrint and Pango", _weasyprint)
    yield _try("Font cutting", _subsetter)
    yield _try("Typefaces", lambda: ", ".join(FAMILIES) if fonts.folders() else "")
    yield _try("PDF binding", _pikepdf)
    yield _writable(out)


def _try(what: str, found: Callable[[], str]) -> Finding:
    try:
        return Finding(what, True, found())
    except Problems as problems:
        problem = problems.problems[0]
        return Finding(what, False, problem.message, problem.hint)
    except (OSError, ImportError) as error:
        return Finding(what, False, str(error), "install packet again: pip install --force-reinstall .")


def _weasyprint() -> str:
    weasyprint = typesetter.load()
    pango = weasyprint.text.ffi.pango.pango_version()
    return f"WeasyPrint {weasyprint.__version__}, Pango {pango // 10000}.{pango // 100 % 100}.{pango % 100}"


def _subsetter() -> str:
    html = "<html lang='en'><title>x</title><p>x"
    sheets = typeset.typeset(Order("doctor", {}, {}), html)
    if sheets.warnings:
        raise Problems(sheets.warnings)
    return "HarfBuzz"


def _pikepdf() -> str:
    import pikepdf  # noqa: PLC0415 (a failing import is a finding)

    return f"pikepdf {pikepdf.__version__}"


def _writable(out: Path) -> Finding:
    folder = next(place for place in (out, *out.parents) if place.exists())
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return Finding("Output folder", False, f"{out}: {error.strerror}", "choose another folder with --out")
    free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize if hasattr(os, "statvfs") else None
    return Finding("Output folder", True, f"{out}" + (f", {free // 2**20:,} MB free" if free is not None else ""))
