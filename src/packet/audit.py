"""Look at a printed packet again: do its pages keep the rules, which packet is it, and has its unit changed since."""

from __future__ import annotations

import io
from dataclasses import dataclass
from xml.etree import ElementTree

import pikepdf
from pydantic import TypeAdapter

from packet.handout.scene import Scene
from packet.job.choose import choose
from packet.job.job import Job
from packet.press.inspect import Measured, Sheet, measure
from packet.problems import stop
from packet.setting import BODY, Setting
from packet.unit import articletext
from packet.unit.load import Unit

_DC = "{http://purl.org/dc/elements/1.1/}"


@dataclass(frozen=True)
class Audit:
    """What was found: a row for each page rule; the build code and the job, where the PDF is one of ours."""

    rows: list[Measured]
    code: str
    job: Job | None


def audit(pdf: bytes) -> Audit:
    """Return what a PDF's pages measure and what it says of itself; raise Problems if it cannot be read."""
    with opened(pdf) as packet:
        pages = len(packet.pages)
        texts = _said(packet.Root.Metadata.read_bytes()) if "/Metadata" in packet.Root else {}
    job = TypeAdapter(Job).validate_json(texts["source"]) if "source" in texts else None
    student = "student" in texts.get("title", "")
    sheet = Sheet(holes="left" if job and job.single_sided else "binding")
    rows = measure(pdf, [BODY["student" if student else "teacher"]] * pages, sheet)
    return Audit(rows, texts.get("identifier", ""), job)


def opened(pdf: bytes) -> pikepdf.Pdf:
    """Open a PDF that a user named; raise Problems if it cannot be read."""
    try:
        return pikepdf.open(io.BytesIO(pdf))
    except pikepdf.PdfError as error:
        raise stop("not-a-pdf", f"this file cannot be read as a PDF: {error}", "name a PDF that packet built") from None


def code_now(unit: Unit, job: Job) -> str:
    """Return the build code that the job would have today."""
    article = articletext.read(unit.root, unit.article) if job.with_article else None
    with Setting(unit, job, lambda step: None, None, None) as setting:
        slugs = choose(unit, job.lessons)
        scenes = [Scene(unit, slug, "student", job.level, article, job.look) for slug in slugs]
        return setting.code(setting.ideal(scenes))


def words(row: Measured) -> tuple[str, str, str, str, str]:
    """Return a row's cells: rule, limit, worst value, page and the text near it."""
    rule = row.rule
    worst = "" if row.worst is None else f"{row.worst:.2f}"
    return rule.what, f"{rule.bound} {rule.limit:g} {rule.unit}", worst, row.page, row.near


def _said(xmp: bytes) -> dict[str, str]:
    """Return what the metadata say under dc: title, identifier, source."""
    found = {}
    for part in ElementTree.fromstring(xmp).iter():
        if part.tag.startswith(_DC):
            found[part.tag.removeprefix(_DC)] = "".join(part.itertext()).strip()
    return found
