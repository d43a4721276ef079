"""Mend what is safe in the files of a unit: encoding, line ends, tabs, colons, a quotation mark left open.

A line is changed only if the file cannot be read as far as that line, and can be once it is changed; what could be
read above it stays as it was. The tabs that lines begin with go together; where they could mean two things they stay.
"""

from __future__ import annotations

import codecs
import difflib
import functools
import json
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from packet import write
from packet.formats import relative
from packet.problems import Exit, Problem, Problems, stop
from packet.unit import files as reading
from packet.unit import yamlfile
from packet.unit.names import ARTICLE
from packet.unit.oneline import without_comment
from packet.unit.yamlfile import Tree

MOST_MENDS = 500
MOST_READ = 12_000_000
"""So many letters of one file are read, over and over: five seconds or so, for sixty lines of a long lesson. What would
take more is left as it is, and still told by the check."""
FOLDERS = ("", "sources", "figures", "packets")
WIDTHS = (2, 4, 8)
"""How many spaces a tab may stand for."""
_CUT = re.compile(r"\s#(?:\S| *\d)")
"""A # that may be text, for an author, though it is a comment for the reader: `room #12`, `No. # 5`."""
UNREAD = {"tab", "colon", "colon-space", "quote", "syntax", "indent", "no-colon", "no-bar", "odd-space"}
"""The codes of files that end, for the reader, at the place of the problem."""


@dataclass(frozen=True)
class Mended:
    """A file and what became of it; `raw` is what was read, `how` what a diff does not show."""

    path: Path
    raw: bytes
    before: str
    after: str
    how: tuple[str, ...]

    def shown(self) -> str:
        """Return what would change: the remarks, then a unified diff, without signs that a terminal would obey."""
        name = relative(self.path)
        lines = difflib.unified_diff(
            self.before.split("\n"), self.after.split("\n"), name, f"{name} (mended)", "", "", 2, ""
        )
        shown = "\n".join([*(f"{name}: {remark}" for remark in self.how), *lines])
        return "".join(letter if letter.isprintable() or letter in "\n\t" else "�" for letter in shown)


def files(root: Path) -> list[Path]:
    """Return the files of a unit that can be mended."""
    found = [path for folder in FOLDERS for path in sorted((root / folder).glob("*.yaml"))]
    return [path for path in (*found, root / ARTICLE) if path.is_file() and reading.inside(path, root)]


def look(paths: Iterable[Path]) -> list[Mended]:
    """Return the files in which something can be mended; nothing is written."""
    return [found for path in paths if (found := mend(path))]


def save(found: Sequence[Mended]) -> None:
    """Write the mended files, all or none; raise Problems if one of them is no longer what was looked at."""
    for one in found:
        if one.path.read_bytes() != one.raw:
            raise stop(
                "changed", f"{one.path} has changed in the meantime", "run packet fix again", exit=Exit.CANNOT_WRITE
            )
    write.all_or_none({one.path.resolve(): one.after.encode() for one in found})


def mend(path: Path) -> Mended | None:
    """Return the file with everything mended that can be; None if nothing can."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise stop("unreadable", f"{path} cannot be read: {error.strerror}", "name a file of the unit") from None
    if len(raw) > reading.MOST_BYTES:
        return None
    try:
        text, encoding = _decoded(raw)
    except UnicodeDecodeError:
        return None
    before = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    after = "\n".join(_lines(before.split("\n"))) if path.suffix == ".yaml" else before
    if after.encode() == raw or (path.suffix == ".yaml" and not _same(raw, after)):
        return None
    how = [encoding] if encoding else []
    how += ["a mark at the start of the file is taken off (BOM)"] if text.startswith("\ufeff") else []
    how += ["line ends of another system become plain ones"] if "\r" in text else []
    return Mended(path, raw, before, after, tuple(how))


def _decoded(raw: bytes) -> tuple[str, str]:
    """Return the text of a file, and a remark if it was not saved as UTF-8."""
    for encoding, bom, zeros in (
        ("utf-16-le", codecs.BOM_UTF16_LE, raw[1::2]),
        ("utf-16-be", codecs.BOM_UTF16_BE, raw[::2]),
    ):
        if raw.startswith(bom) or (raw and zeros.count(0) > len(zeros) / 2):
            return raw.decode(encoding), "it was saved as UTF-16 and becomes UTF-8"
    try:
        return raw.decode("utf-8"), ""
    except UnicodeDecodeError:
        text = raw.decode("utf-8", "packet-windows")
        return text, "it was saved as Windows-1252 and becomes UTF-8; see whether its accents are right"


def _windows(error: UnicodeError) -> tuple[str, int]:
    """Decode the bytes that are not UTF-8 as Windows-1252; raise for the five that are nothing there."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252"), error.end


codecs.register_error("packet-windows", _windows)


def _same(raw: bytes, after: str) -> bool:
    """Return whether the reader finds the same in a file as it was and as it is now; or could not read it before."""
    before, problems = _read(raw)
    return bool(problems) or before == _read(after.encode())[0]


def _lines(lines: list[str]) -> list[str]:
    """Return the lines of a YAML file with all mended that can be: tabs only if they can mean one thing."""
    most = _reads() + MOST_READ // max(1, sum(map(len, lines)))
    if any("\t" in _indent(line) for line in lines):
        readable = [made for width in WIDTHS if not _stops(made := _mended(lines, width, most))]
        trees = [_tree(made) for made in readable]
        if readable and all(tree == trees[0] for tree in trees):
            return readable[0]
    return _mended(lines, None, most)


def _mended(lines: list[str], width: int | None, most: int) -> list[str]:
    """Return the lines with each mended on which the reader stopped; a tab as so many spaces, or left as it is.

    `most` is the number of reads after which no more lines are mended.
    """
    for _ in range(MOST_MENDS):
        if _reads() > most:
            break
        _, problems = _read("\n".join(lines).encode())
        stopped = next((problem for problem in problems if problem.code in UNREAD and problem.span), None)
        changed = _line(lines, stopped, width) if stopped else None
        if changed is None:
            break
        lines = changed
    return lines


def _line(lines: list[str], problem: Problem, width: int | None) -> list[str] | None:
    """Return the lines with the one of the problem mended; None if that cannot be done."""
    assert problem.span
    at = problem.span.line - 1
    if lines[at : at + 1] != [problem.span.text]:  # letters that end a line for YAML alone: nothing here is sure
        return None
    mended = _otherwise(problem.code, lines, at, width)
    if mended is None:
        return None
    below = lines[at + 1 :]
    if problem.code == "tab" and width:  # a line that begins with a tab is no prose yet: they belong together
        below = [_spaced(line, width) if line.startswith("\t") else line for line in below]
    changed = [*lines[:at], mended, *below]
    for end in (at + 1, at + 2):  # a missing space is noticed a line later
        if _stops(lines[:end]) and not _stops(changed[:end]):
            return changed if _goes_on(_tree(lines[:at]), _tree(changed[:end])) else None
    return None


def _otherwise(code: str, lines: list[str], at: int, width: int | None) -> str | None:
    """Return how a line could be written to mend a problem."""
    line = lines[at]
    if code == "tab" and width:
        return _spaced(line, width)
    if code == "colon-space":
        return re.sub(r"^(\s*(?:- )*[\w-]+):(?=\S)", r"\1: ", line)
    if code == "no-colon":
        return _with_colon(lines, at)
    mend = {"colon": _quoted, "quote": _closed}.get(code)
    return mend(line, lines[at + 1 :]) if mend else None


def _spaced(line: str, width: int) -> str:
    return _indent(line).expandtabs(width) + line.lstrip()


def _with_colon(lines: list[str], at: int) -> str | None:
    """Return a line with a colon after its first word; None if the group has that name: then it is a sentence."""
    mended = re.sub(r"^(\s*(?:- )*[\w.-]+) *[\uff1a=]? *(?=\S|$)", r"\1: ", lines[at]).rstrip()
    _, problems = _read("\n".join([*lines[:at], mended, *lines[at + 1 :]]).encode())
    unsure = _CUT.search(mended) or any(problem.code == "duplicate-key" for problem in problems)
    return None if unsure else mended


def _quoted(line: str, below: list[str]) -> str | None:
    """Return a line with its text in quotes, and its comment after it; None if either may be more than that."""
    found = re.match(r"^(\s*(?:- )*)([\w-]+: +)(.*\S)\s*$", line)
    if not found or _CUT.search(found[3]) or _goes_below(found[1], below):
        return None
    body = without_comment(found[3])
    return found[1] + found[2] + json.dumps(body, ensure_ascii=False) + found[3][len(body) :]


def _closed(line: str, below: list[str]) -> str | None:
    """Return a line with its quotation mark closed at its end, before a comment; None if it may belong elsewhere."""
    remark = yamlfile.REMARK.search(line)
    text = line[: remark and remark.start()].rstrip()
    rest = line[len(text) :].rstrip()
    found = re.match(r"^(\s*(?:- )*)(?:[\w-]+: +)?([\"'])[^\"'\\]*\S$", text)
    if not found or " #" in text or found[2] in rest or _goes_below(found[1], below):
        return None
    if found[2] == '"' and text.count("”") > text.count("“"):  # it was closed with the mark of print
        text = text.removesuffix("”")
    return text + found[2] + rest


def _goes_below(before: str, below: list[str]) -> bool:
    """Return whether what begins after `before` goes on in the lines below: they begin further in, or as no field."""
    after = next((line for line in below if line.strip()), "")
    return len(_indent(after)) > len(before) or not re.match(r"$|\s*(?:- |[\w-]+:(?: |$))", after)


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _tree(lines: Sequence[str]) -> Tree:
    return _read("\n".join(lines).encode())[0]


def _stops(lines: Sequence[str]) -> bool:
    return any(problem.code in UNREAD for problem in _read("\n".join(lines).encode())[1])


@functools.lru_cache(maxsize=16)
def _read(raw: bytes) -> tuple[Tree, list[Problem]]:
    """Return what the reader makes of a file of these bytes, and its problems."""
    path = Path(_scratch().name) / "file.yaml"
    path.write_bytes(raw)
    try:
        return yamlfile.read(path).tree, []
    except Problems as problems:
        return None, problems.problems


def _reads() -> int:
    """Return how often a file was read since the program began."""
    return _read.cache_info().misses


@functools.cache
def _scratch() -> tempfile.TemporaryDirectory[str]:
    """Return a folder to read from, which goes when the program ends."""
    return tempfile.TemporaryDirectory(prefix="packet-fix-")


def _goes_on(above: Tree, below: Tree) -> bool:
    """Return whether a tree holds all of what was read above; only the last thing of that may have become longer."""
    if isinstance(above, dict) and isinstance(below, dict):
        *kept, last = [*above] or [""]
        return all(name in below and below[name] == above[name] for name in kept) and (
            not above or (last in below and _goes_on(above[last], below[last]))
        )
    if isinstance(above, list) and isinstance(below, list):
        return not above or (
            above[:-1] == below[: len(above) - 1]
            and len(below) >= len(above)
            and _goes_on(above[-1], below[len(above) - 1])
        )
    if isinstance(above, str) and isinstance(below, str):
        return below.startswith(above.rstrip())
    return above is None
