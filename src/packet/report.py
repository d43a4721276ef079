"""Problems and results as lines of text for a terminal or a pipe."""

from __future__ import annotations

import io
import sys
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import get_args

from rich.console import Console
from rich.table import Table
from rich.text import Text

from packet.codes import Explanation
from packet.formats import relative
from packet.problems import Problem, Severity, Span
from packet.unit import measure, refs
from packet.unit.load import Unit
from packet.unit.model import is_written

MOST_COLUMNS = 100
_STYLE = {"error": "bold red", "warning": "bold yellow", "note": "bold"}


class _Console(Console):
    """A console that leaves a broken pipe to its caller."""

    def on_broken_pipe(self) -> None:
        """Raise it again, instead of ending the program with 1."""
        raise BrokenPipeError


out = _Console(file=sys.stdout, highlight=False, soft_wrap=True)
err = _Console(file=sys.stderr, highlight=False, soft_wrap=True)


def problems(found: Iterable[Problem], console: Console = err) -> None:
    """Print each problem: place, message, code, the line with a caret, and the hint."""
    for problem in found:
        console.print(_problem(problem))


def stopped(found: Sequence[Problem], console: Console = err) -> None:
    """Print what stops a command, and how much else there is: a warning among errors would be taken for one."""
    errors, others = ([p for p in found if (p.severity == "error") is wrong] for wrong in (True, False))
    problems(errors, console)
    if others:
        say(f"{counted(others, errors=False)} besides: packet check shows them.")


def worst_last(found: Iterable[Problem]) -> list[Problem]:
    """Return problems with the errors at the end, where a reader of a long list is left."""
    return sorted(found, key=lambda problem: ("note", "warning", "error").index(problem.severity))


def counted(found: Sequence[Problem], errors: bool = True) -> str:
    """Return how many there are of each: `No errors, 2 warnings, 1 note`; without `errors` only the latter two."""
    counts = {kind: sum(problem.severity == kind for problem in found) for kind in get_args(Severity)}
    said = [
        f"{count or 'No'} {kind}{'s' * (count != 1)}"
        for kind, count in counts.items()
        if (errors if kind == "error" else count)
    ]
    return ", ".join(said)


def say(text: str, style: str = "") -> None:
    """Print a message for the person at the terminal, on stderr."""
    err.print(Text(text, style))


def result(text: str) -> None:
    """Print a line of results on stdout."""
    out.print(Text(text))


def lines(text: str) -> None:
    """Print lines for another program on stdout, just as they are; nothing where there are none."""
    if text:
        out.file.write(f"{text}\n")


def agreed(question: str) -> bool | None:
    """Ask a question that is answered with y or n; None if nobody is there to answer it."""
    if not (sys.stdin.isatty() and err.is_terminal):
        return None
    say(f"{question} [y/N] ")
    return sys.stdin.readline().strip().casefold() in ("y", "yes")


def explanation(code: str, explained: Explanation) -> None:
    """Print what a code means, an example of it, and what to do."""
    example = explained.example.replace("\n", "\n    ")
    result(f"{code}: {explained.means}\n\n    {example}\n\n{explained.do}")


def _problem(problem: Problem) -> Text:
    text = Text()
    span = problem.span
    if span:
        text.append(f"{relative(span.file)}:{span.line}:{span.col}: ")
    text.append(problem.severity, _STYLE[problem.severity])
    text.append(f": {problem.message}  [{problem.code}]")
    if span and span.text.strip():
        line, col = _cut(span)
        text.append(f"\n{span.line:5} | {line}\n      | {' ' * _width(line[: col - 1])}")
        text.append("^" * max(1, min(_width(line[col - 1 :]), span.length)), "bold")
    if problem.hint:
        text.append(f"\n      = hint: {problem.hint}")
    text.plain = "".join(
        "�" if letter != "\n" and unicodedata.category(letter) in ("Cc", "Cs") else letter for letter in text.plain
    )
    return text


def _cut(span: Span) -> tuple[str, int]:
    """Return the part of a long line around the place, and the column in that part; what is not seen there is shown."""
    start = max(0, span.col - 1 - MOST_COLUMNS // 2) if len(span.text) > MOST_COLUMNS else 0
    line = span.text[start : start + MOST_COLUMNS].replace("\t", " ")
    col = span.col - start
    unseen = unicodedata.category(line[col - 1 : col] or " ") == "Cf"
    return f"{line[: col - 1]}�{line[col:]}" if unseen else line, col


def _width(text: str) -> int:
    """Return how many columns a terminal gives the text: two for wide characters, none for combining ones."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Give a function that shows the step under way on one line of a terminal; in a pipe it shows nothing."""
    if not err.is_terminal:
        yield lambda step: None
        return
    with err.status("") as status:
        yield lambda step: status.update(Text(step))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], title: str = "") -> None:
    """Print a table on stdout: fitted to a terminal, plain lines with two spaces between columns in a pipe."""
    if out.is_terminal:
        out.print(_table(heads, rows, title))
    else:
        result(plain_table(heads, rows, title))


def plain_table(heads: Sequence[str], rows: Iterable[Sequence[str]], title: str = "") -> str:
    """Return a table as plain lines, with two spaces between columns."""
    console = _Console(file=io.StringIO(), width=200, highlight=False)
    with console.capture() as captured:
        console.print(_table(heads, rows, title))
    return captured.get().rstrip("\n")


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], title: str) -> Table:
    made = Table(box=None, pad_edge=False, title=Text(title, "bold") if title else None, title_justify="left")
    for head in heads:
        made.add_column(Text(head, "bold"), overflow="fold")
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    return made


def lesson(unit: Unit, slug: str) -> None:
    """Print what one lesson holds."""
    lesson = unit.lessons[slug]
    result(f"Lesson {unit.number(slug)}: {lesson.title}\n{lesson.question}\n\n{lesson.summary}\n")
    table(
        ("Min.", "Short", "Step", "Handout"),
        [(str(step.minutes), str(step.short), step.title, step.handout or "") for step in lesson.procedure],
    )
    result("")
    table(
        ("Documents", "", ""),
        [(use.source, unit.sources[use.source].title, unit.sources[use.source].creator) for use in lesson.documents],
    )
    result("\nVocabulary: " + ", ".join(word.word for word in lesson.vocabulary))


def measures(unit: Unit, slugs: Collection[str] = ()) -> None:
    """Print the reading level of each lesson, or of those named, and the balance of its sources."""
    table(*measured(unit, slugs))


def measured(unit: Unit, slugs: Collection[str] = (), brief: bool = False) -> tuple[list[str], list[list[str]]]:
    """Return heads and rows: words and grade of each reading, and how much each side is heard.

    `brief` counts sources only; otherwise their words and questions stand beside them. Sides of which the unit has
    neither have no column.
    """
    rows = []
    whole = measure.balance(unit.lessons.values(), unit.sources)
    opposed = [sides for sides in measure.opposed(unit.plan) if measure.heard(whole, *sides)]
    for slug, lesson in unit.lessons.items():
        if slugs and slug not in slugs:
            continue
        readings = (lesson.reading.standard, lesson.reading.plain)
        texts = [refs.unmarked(text) for text in readings if text and is_written(text)]
        counts = " / ".join(str(len(measure.words(text))) for text in texts)
        grades = " / ".join(f"{measure.grade(text):.1f}" for text in texts)
        balance = measure.balance([lesson], unit.sources)
        rows.append([str(unit.number(slug)), slug, counts, grades, *_sides(opposed, balance, brief)])
    if not slugs:
        rows.append(["", "whole unit", "", "", *_sides(opposed, whole, brief)])
    return ["", "Lesson", "Words", "Grade", *(f"{one} : {other}" for _, one, other in opposed)], rows


def _sides(opposed: Iterable[measure.Opposed], balance: measure.Balance, brief: bool) -> list[str]:
    """Return the counts for each side of each axis, as `2 : 2 (60 : 71 words, 5 : 5 questions)`."""
    cells = []
    for axis, one, other in opposed:
        sources, words, questions = (
            f"{counted[axis][one]} : {counted[axis][other]}"
            for counted in (balance.sources, balance.words, balance.questions)
        )
        cells.append(sources if brief else f"{sources} ({words} words, {questions} questions)")
    return cells


def finding(what: str, well: bool, found: str, advice: str) -> None:
    """Print one line of the doctor's findings, and the advice below it."""
    out.print(Text.assemble(("ok   ", "green") if well else ("FAIL ", "bold red"), f"{what}: {found}"))
    if not well and advice:
        out.print(Text(f"     {advice}"))
