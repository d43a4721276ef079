"""The command `packet`: parse, call, print, exit."""

from __future__ import annotations

import errno
import functools
import io
import json
import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from packet import again, ask, report
from packet.job import choose as choosing
from packet.problems import Exit, Problem, Problems, Span, stop
from packet.unit import load as loading
from packet.unit import where
from packet.unit.model import OTHER_COUNTRIES, Lesson, SavedPacket, Source

# What a command does not need is not loaded: WeasyPrint, pikepdf and Jinja come with the functions that use them.
# ruff: noqa: PLC0415


class Edition(StrEnum):
    """The editions to print."""

    student = "student"
    teacher = "teacher"
    both = "both"
    key = "key"


class Paper(StrEnum):
    """The paper to print on."""

    letter = "letter"
    a4 = "a4"


class Look(StrEnum):
    """How the pages look."""

    classroom = "classroom"
    large_print = "large-print"
    mono = "mono"
    spaced = "spaced"


class Level(StrEnum):
    """The level of the reading."""

    standard = "standard"
    plain = "plain"


class Kind(StrEnum):
    """The kinds of file in a unit."""

    lesson = "lesson"
    source = "source"
    article = "article"
    unit = "unit"
    figure = "figure"
    packet = "packet"
    mine = "mine"


class Format(StrEnum):
    """How problems are written."""

    human = "human"
    short = "short"
    json = "json"
    sarif = "sarif"


ABOUT = {
    name: {
        field: " ".join(about.description.split()) for field, about in model.model_fields.items() if about.description
    }
    for name, model in (("lesson", Lesson), ("source", Source))
}
"""What each field of a lesson and of a source is, in the words that its schema has."""

UnitDir = Annotated[
    Path | None,
    typer.Option(
        "--unit",
        help="The unit's folder.",
        show_default="found upward from here",
        metavar="DIR",
    ),
]
OutDir = Annotated[Path, typer.Option("--out", help="Where the files go.", metavar="DIR")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Print-ready teaching packets from lessons written in YAML.",
)
new_app = typer.Typer(
    no_args_is_help=True, help="Start a unit, a lesson, a source, a saved packet, or your school's own layer."
)
app.add_typer(new_app, name="new")
cache_app = typer.Typer(no_args_is_help=True, help="What was typeset before, and is kept to be used again.")
app.add_typer(cache_app, name="cache")


NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)


def command(of: typer.Typer) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a command whose every end becomes an exit status: problems, a stop by the user, a bug of ours."""

    def register(run: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(run)
        def ended(*args: Any, **kwargs: Any) -> None:
            try:
                run(*args, **kwargs)
            except Problems as problems:
                report.stopped(problems.problems)
                raise typer.Exit(problems.exit) from None
            except KeyboardInterrupt:
                report.say("Stopped. No file is half-written.")
                raise typer.Exit(Exit.STOPPED) from None
            except BrokenPipeError:
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains as it ends
                raise typer.Exit(Exit.DONE) from None
            except typer.Exit:
                raise
            except Exception as error:
                if isinstance(error, OSError) and error.errno in NO_ROOM:
                    message = f"{error.filename or 'a file'} cannot be written: {error.strerror}"
                    report.problems([Problem("cannot-write", message, hint="make room there")])
                    raise typer.Exit(Exit.CANNOT_WRITE) from None
                raise typer.Exit(_bug(error)) from None

        return of.command(name=run.__name__.rstrip("_"))(ended)

    return register


@command(app)
def build(  # noqa: PLR0917
    lessons: Annotated[
        list[str] | None,
        typer.Argument(
            help="Numbers, names or ranges, in the order wanted: 2 5-7 sovereignty.",
            show_default="the unit's packet",
        ),
    ] = None,
    packet: Annotated[str | None, typer.Option(help="A saved packet.", metavar="NAME")] = None,
    edition: Annotated[Edition | None, typer.Option(show_default="both")] = None,
    paper: Annotated[Paper | None, typer.Option(show_default="letter")] = None,
    look: Annotated[Look | None, typer.Option(show_default="classroom")] = None,
    level: Annotated[Level | None, typer.Option(show_default="standard")] = None,
    single_sided: Annotated[bool, typer.Option("--single-sided", help="Holes always on the left; no blanks.")] = False,
    booklet: Annotated[
        bool, typer.Option("--booklet", help="Also a booklet to fold and staple, on paper twice as large.")
    ] = False,
    two_up: Annotated[bool, typer.Option("--two-up", help="Also two small pages to a side.")] = False,
    bleed: Annotated[bool, typer.Option("--bleed", help="Also a cover with bleed and crop marks.")] = False,
    fillable: Annotated[bool, typer.Option("--fillable", help="Also a student PDF to fill in on screen.")] = False,
    class_: Annotated[str, typer.Option("--class", help="Class, printed on the cover.", metavar="TEXT")] = "",
    date: Annotated[str, typer.Option(help="Date, printed on the cover.", metavar="TEXT")] = "",
    with_article: Annotated[
        bool,
        typer.Option("--with-article", help="Add your own copy of the article, from article.txt in the unit."),
    ] = False,
    out: OutDir = Path("build"),
    open_: Annotated[bool, typer.Option("--open", help="Open the PDFs when they are done.")] = False,
    cache: Annotated[bool, typer.Option(help="Keep what was typeset, and use what was kept.")] = True,
    workers: Annotated[int, typer.Option(help="Typesetting processes.", show_default="one a core", min=0, max=256)] = 0,
    dask: Annotated[str, typer.Option(help="Typeset on a Dask cluster instead.", metavar="ADDRESS")] = "",
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say what the fit moved.")] = False,
    unit: UnitDir = None,
) -> None:
    """Print a packet: typeset, bind and prove its PDFs."""
    root = _root(unit)
    before = again.stamp(root)
    known, warnings = choosing.checked(root)
    job = _job(known, lessons or [], packet)
    asked = {
        "editions": _editions(edition),
        "paper": str(paper or ""),
        "look": str(look or ""),
        "level": str(level or ""),
        "single_sided": single_sided,
        "booklet": booklet,
        "two_up": two_up,
        "bleed": bleed,
        "fillable": fillable,
        "class_": class_,
        "date": date,
        "with_article": with_article,
    }
    job = replace(job, **{name: value for name, value in asked.items() if value})
    printed, moved = _print(known, job, out, _executor(workers, dask), cache, always=bool(dask))
    report.problems(printed.warnings)
    if warnings:
        report.say(f"The unit has {report.counted(warnings, errors=False)}; packet check shows them.")
    if left := choosing.to_write(known, choosing.choose(known, job.lessons)):
        report.say(f"The lessons printed are not finished: {left} text{'s' * (left > 1)} still to be written (TODO).")
    for line in moved if verbose else ():
        report.say(line)
    says = "\n".join(f"{file.path}  {file.pages} pages  {printed.code}" for file in printed.files)
    report.result(says)
    if cache and not (warnings or printed.warnings or verbose or open_):
        again.keep(sys.argv[1:], before, root, says, [file.path for file in printed.files])
    if open_:
        for file in printed.files:
            typer.launch(str(file.path))


@command(app)
def watch(
    lessons: Annotated[list[str] | None, typer.Argument(help="As for build.", show_default=False)] = None,
    packet: Annotated[str | None, typer.Option(help="A saved packet.", metavar="NAME")] = None,
    edition: Annotated[Edition | None, typer.Option(show_default="both")] = None,
    out: OutDir = Path("build"),
    unit: UnitDir = None,
) -> None:
    """Print a packet anew whenever a file of the unit is saved, until Ctrl-C."""
    from packet import watch as watching

    root = _root(unit)

    def print_once() -> Any:
        known, warnings = choosing.checked(root)
        job = _job(known, lessons or [], packet)
        job = replace(job, editions=_editions(edition) or job.editions)
        printed, _ = _print(known, job, out, None, keep=True)
        report.problems([*warnings, *printed.warnings])
        return printed

    watching.watch(root, print_once)


@command(app)
def proof(
    file: Annotated[Path, typer.Argument(help="A packet's PDF.", exists=True, dir_okay=False)], unit: UnitDir = None
) -> None:
    """Hold a printed packet to the page rules, and say whether the unit has changed since."""
    from packet import audit

    found = audit.audit(file.read_bytes())
    report.table(
        ("", "Rule", "Limit", "Worst", "Page", "Near"),
        [("ok" if row.passed else "FAIL", *audit.words(row)) for row in found.rows],
    )
    if found.job is None:
        report.say("This PDF does not say which packet it is.")
    else:
        known, _ = choosing.checked(_root(unit))
        now = audit.code_now(known, found.job)
        changed = "the unit is as it was" if now == found.code else f"the unit has changed since; it is {now} now"
        report.result(f"Build code {found.code}: {changed}.")
    if not all(row.passed for row in found.rows):
        raise typer.Exit(Exit.FILES)


@command(app)
def preview(
    file: Annotated[Path, typer.Argument(help="A packet's PDF.", exists=True, dir_okay=False)],
    out: OutDir = Path("build"),
    dpi: Annotated[int, typer.Option(help="Dots per inch of the pages.", min=20, max=300)] = 100,
) -> None:
    """Draw a packet's pages and a contact sheet of them, as PNG pictures."""
    from packet import audit, write
    from packet.press import preview as pictures

    pdf = file.read_bytes()
    audit.opened(pdf).close()
    pages = pictures.pages(pdf, dpi)
    sheet = pictures.contact_sheet(pages, pictures.labels(pdf))
    folder = out / f"{file.stem}-pages"
    drawn = {folder / f"{number:03}.png": page for number, page in enumerate(pages, 1)}
    write.all_or_none(drawn | {out / f"{file.stem}-contact-sheet.png": sheet})
    report.result(str(out / f"{file.stem}-contact-sheet.png"))
    report.result(f"{folder}  {len(pages)} pages")


@command(app)
def list_(as_json: AsJson = False, unit: UnitDir = None) -> None:
    """List the unit's lessons: number, title, minutes, handouts, section."""
    root = _root(unit)
    before = again.stamp(root)
    known = loading.load(root)
    rows = [_row(known, slug) for slug in known.lessons]
    heads = ("", "Lesson", "Slug", "Minutes", "Handouts", "Section")
    cells = [
        (
            str(row["number"]),
            row["title"],
            row["slug"],
            f"{row['minutes']} ({row['short']})",
            " ".join(row["handouts"]),
            "; ".join(row["sections"]),
        )
        for row in rows
    ]
    if as_json:
        says = json.dumps({"schema": 1, "unit": known.plan.title, "lessons": rows}, ensure_ascii=False, indent=2)
    elif report.out.is_terminal:
        report.table(heads, cells)
        return
    else:
        says = report.plain_table(heads, cells)
    report.result(says)
    again.keep(sys.argv[1:], before, root, says)


@command(app)
def show(lesson: Annotated[str, typer.Argument(help="A number or name.")], unit: UnitDir = None) -> None:
    """Show one lesson: its question, handouts, documents and steps."""
    known, _ = choosing.checked(_root(unit))
    for slug in choosing.choose(known, [lesson]):
        report.lesson(known, slug)


@command(app)
def check(
    lessons: Annotated[
        list[str] | None,
        typer.Argument(help="As for build: only these and their sources.", show_default="all"),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings count: end with 1 if there is one.")] = False,
    format: Annotated[Format, typer.Option(help="How problems are written; all but human to stdout.")] = Format.human,
    unit: UnitDir = None,
) -> None:
    """Check the unit or some of its lessons, and measure reading levels and the balance of sources."""
    from packet import formats

    known, slugs, found, status = _looked_at(unit, lessons or [])
    if format is not Format.human:
        report.lines(formats.FORMATS[format](found))
    else:
        report.problems(report.worst_last(found))
        if known and status == Exit.DONE:
            report.measures(known, slugs)
        if found:
            report.say("To read more about a problem: packet explain CODE")
        report.say(report.counted(found) + (f": {known.root}" if known else ""), "bold")
    if strict and status == Exit.DONE and any(problem.severity == "warning" for problem in found):
        status = Exit.FILES
    raise typer.Exit(status)


@command(app)
def explain(
    code: Annotated[str | None, typer.Argument(help="As a message has it in brackets.", show_default="all")] = None,
) -> None:
    """Explain a problem by its code: what it means, an example, what to do."""
    from packet.codes import EXPLAINED

    if code is None:
        report.table(("Code", "Meaning"), [(name, explained.means) for name, explained in EXPLAINED.items()])
        return
    if code not in EXPLAINED:
        raise Problems([replace(loading.unknown("code", code, EXPLAINED, Span(Path(), 1)), span=None)], Exit.USAGE)
    report.explanation(code, EXPLAINED[code])


@command(app)
def schema(kind: Annotated[Kind, typer.Argument(help="A kind of file.")]) -> None:
    """Print the JSON Schema of a kind of file, by which an editor explains fields and marks mistakes."""
    from packet.unit import schema as schemas

    report.lines(schemas.text(kind).rstrip())


@command(app)
def fix(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Files to mend.", exists=True, dir_okay=False, show_default="all of the unit"),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
    unit: UnitDir = None,
) -> None:
    """Mend what is safe: encoding, line ends, tabs, colons, quotation marks. Shows a diff, then asks."""
    from packet import fix as mending

    found = mending.look(files or mending.files(_root(unit)))
    for mended in found:
        report.lines(mended.shown())
    if not found:
        report.say("There is nothing that can be mended safely.")
    elif yes or (agreed := report.agreed("Write these changes?")):
        mending.save(found)
        report.say(f"{len(found)} file{'s' * (len(found) != 1)} mended. Next: packet check")
    else:
        report.say("Nothing was written." if agreed is False else "Nothing was written. To write it: packet fix --yes")


@command(app)
def doctor(out: OutDir = Path("build")) -> None:
    """Look whether this machine has everything that a build needs."""
    from packet.doctor import look

    findings = list(look(out.absolute()))
    for finding in findings:
        report.finding(finding.what, finding.well, finding.found, finding.advice)
    if not all(finding.well for finding in findings):
        raise typer.Exit(Exit.MACHINE)


@command(cache_app)
def size() -> None:
    """Say how much is kept, and where."""
    from packet.press.cache import Cache, default_folder

    count, total = Cache(default_folder()).size()
    report.result(f"{count} documents, {total / 1e6:.1f} MB in {default_folder()}")


@command(cache_app)
def clear() -> None:
    """Remove everything that is kept; it is typeset again when it is needed."""
    from packet.press.cache import Cache, default_folder

    report.result(f"{Cache(default_folder()).clear()} documents removed")


@command(new_app)
def unit(
    folder: Annotated[Path, typer.Argument(help="A new folder.", metavar="DIR")],
    article: Annotated[
        Path | None,
        typer.Option(help="Your own article: plain text, Markdown or HTML.", metavar="FILE", exists=True),
    ] = None,
) -> None:
    """Copy the shipped unit to a new folder; or, with --article, start a unit about an article of your own."""
    from packet import new
    from packet.bring.bring import bring

    report.result(str(bring(article, folder) if article else new.unit(folder)))
    report.say(f"Next: cd {folder} && packet {'check' if article else 'build'}")


@command(new_app)
def lesson(
    name: Annotated[
        str | None,
        typer.Argument(help="Its name: small letters, digits, hyphens.", show_default="from its title"),
    ] = None,
    title: Annotated[str | None, typer.Option(help=ABOUT["lesson"]["title"], metavar="TEXT")] = None,
    section: Annotated[
        list[str] | None,
        typer.Option(
            help="A section of the article, by its id or number.",
            metavar="ID",
            show_default="the first without a lesson",
        ),
    ] = None,
    minutes: Annotated[int | None, typer.Option(help="Its length.", min=10, max=300, show_default="50")] = None,
    unit: UnitDir = None,
) -> None:
    """Add a lesson to fill in at the end of the unit. At a terminal it asks for what it was not told."""
    from packet import new

    known = loading.load(_root(unit))
    sections = {part.id: part.heading for part in known.article.sections}
    told = ask.answers(
        [
            ask.Question("title", ABOUT["lesson"]["title"], title),
            ask.Question(
                "NAME", "Its name: small letters, digits, hyphens.", name, _from_title, new.lesson_name(known)
            ),
            ask.Question(
                "section",
                "The sections that it is about, by id or number.",
                " ".join(section) if section else None,
                lambda _: new.uncovered(known),
                functools.partial(new.sections, known),
                offered=[f"{number:4}  {id}: {heading}" for number, (id, heading) in enumerate(sections.items(), 1)],
            ),
            ask.Question("minutes", "Its length in minutes.", str(minutes or "") or None, lambda _: "50", new.minutes),
        ]
    )
    file = new.lesson(known, told["NAME"], told["title"], told["section"].split(), int(told["minutes"]))
    report.result(str(file))
    report.say("Next: replace each TODO in it, then run: packet check")


@command(new_app)
def source(  # noqa: PLR0917
    name: Annotated[
        str | None,
        typer.Argument(help="Its id: small letters, digits, hyphens.", show_default="from its title"),
    ] = None,
    title: Annotated[str | None, typer.Option(help=ABOUT["source"]["title"], metavar="TEXT")] = None,
    creator: Annotated[str | None, typer.Option(help=ABOUT["source"]["creator"], metavar="TEXT")] = None,
    date: Annotated[str | None, typer.Option(help=ABOUT["source"]["date"], metavar="TEXT")] = None,
    kind: Annotated[str | None, typer.Option(help=ABOUT["source"]["kind"], metavar="TEXT")] = None,
    rights: Annotated[str | None, typer.Option(help=ABOUT["source"]["rights"], metavar="TEXT")] = None,
    country: Annotated[str | None, typer.Option(help=ABOUT["source"]["country"], metavar="NAME")] = None,
    voice: Annotated[str | None, typer.Option(help=ABOUT["source"]["voice"], metavar="NAME")] = None,
    position: Annotated[
        str | None, typer.Option(help=ABOUT["source"]["position"], metavar="NAME", show_default="neither")
    ] = None,
    published: Annotated[str | None, typer.Option(help=ABOUT["source"]["published"], metavar="TEXT")] = None,
    viewpoint: Annotated[str | None, typer.Option(help=ABOUT["source"]["viewpoint"], metavar="TEXT")] = None,
    locator: Annotated[str | None, typer.Option(help=ABOUT["source"]["locator"], metavar="TEXT")] = None,
    unit: UnitDir = None,
) -> None:
    """Add a source to fill in: a document. At a terminal it asks for what it was not told."""
    from packet import new

    known = loading.load(_root(unit))
    countries = (*known.plan.countries, *OTHER_COUNTRIES) if known.plan.countries else ()
    told = ask.answers(
        [
            ask.Question("title", ABOUT["source"]["title"], title),
            ask.Question("NAME", "Its id: small letters, digits, hyphens.", name, _from_title, new.source_name(known)),
            *(
                ask.Question(
                    field,
                    ABOUT["source"][field],
                    given,
                    default,
                    choices=countries if field == "country" else get_args(Source.model_fields[field].annotation),
                )
                for field, given, default in (
                    ("creator", creator, None),
                    ("date", date, None),
                    ("kind", kind, None),
                    ("rights", rights, None),
                    *([("country", country, None)] if countries or country else []),
                    ("voice", voice, None),
                    *([("position", position, _neither)] if known.plan.issue or position is not None else []),
                    ("published", published, _later),
                    ("viewpoint", viewpoint, _later),
                    ("locator", locator, _later),
                )
            ),
        ]
    )
    report.result(str(new.source(known, told["NAME"], told)))
    report.say("Next: replace each TODO in it, name it in a lesson, then run: packet check")


@command(new_app)
def packet(
    name: Annotated[str, typer.Argument(help="Its name: small letters, digits, hyphens.")],
    unit: UnitDir = None,
) -> None:
    """Add a saved packet: a selection of lessons with its options."""
    from packet import new

    report.result(str(new.packet(loading.load(_root(unit)), name)))
    report.say(f"Next: name its lessons, then run: packet build --packet {name}")


@command(new_app)
def mine(unit: UnitDir = None) -> None:
    """Write mine.yaml: what your school changes in what is printed, with every line still a comment."""
    from packet import new

    report.result(str(new.mine(loading.load(_root(unit)))))
    report.say("Next: take the # off the lines you want, then run: packet check")


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(
                errors="backslashreplace"
            )  # names of files may be no text, and consoles know few letters
    app()


def _root(unit: Path | None) -> Path:
    if unit is not None and not (unit / "unit.yaml").is_file():
        raise where.none(unit, f"{unit} holds no unit.yaml", "name the folder that unit.yaml is in")
    return unit or where.find(Path.cwd())


def _from_title(told: ask.Answers) -> str:
    from packet.bring.article import slug

    return slug(told["title"])


def _neither(told: ask.Answers) -> str:
    """Say that a source takes no side."""
    return "neither"


def _later(told: ask.Answers) -> str:
    """Leave a field to be filled in, in the file."""
    return ""


def _looked_at(unit: Path | None, lessons: list[str]) -> tuple[loading.Unit | None, list[str], list[Problem], Exit]:
    """Return the unit where it could be read, the lessons asked for, what was found, and the status it comes to."""
    try:
        known, found = choosing.looked_at(_root(unit))
        slugs = choosing.choose(known, lessons) if known else []
    except Problems as problems:
        return None, [], problems.problems, problems.exit
    if known and slugs:
        found = choosing.concerning(known, slugs, found)
    wrong = any(problem.severity == "error" for problem in found)
    return known, slugs, found, Exit.FILES if wrong else Exit.DONE


def _job(unit: loading.Unit, lessons: list[str], packet: str | None) -> Any:
    from packet.job import job

    if lessons and packet:
        raise stop("usage", "lessons and --packet were both given", "name one or the other", exit=Exit.USAGE)
    if lessons:
        name = "lessons-" + "-".join(lessons)
        named = SavedPacket.model_construct(title=unit.plan.title, lessons=lessons)  # choose looks at the names
        return job.from_saved(name.casefold(), named, unit.mine)
    name = packet or unit.plan.packet
    if name not in unit.packets:
        raise Problems(
            [replace(loading.unknown("packet", name, unit.packets, unit.files["unit"].at()), span=None)],
            Exit.USAGE,
        )
    return job.from_saved(name, unit.packets[name], unit.mine)


def _editions(edition: Edition | None) -> Any:
    from packet.job.job import editions

    return editions(edition) if edition else ()


def _executor(workers: int, dask: str) -> Any:
    from packet.press import workers as processes

    if dask:
        return functools.partial(processes.dask, dask)
    count = workers or processes.cores()
    return functools.partial(processes.pool, count) if count > 1 else None


def _print(  # noqa: PLR0917
    unit: loading.Unit, job: Any, out: Path, executor: Any, keep: bool, always: bool = False
) -> tuple[Any, list[str]]:
    """Build a job with progress; return what was printed and what the fit moved. `always` uses workers for one page."""
    from packet.write import stop_held

    with stop_held():  # a library in C++ that is stopped while it loads takes the program with it
        from packet import build as machine
        from packet.press.cache import Cache, default_folder
        from packet.setting import FEWEST_FOR_WORKERS, Setting
        from packet.unit import articletext

    fewest = 1 if always else FEWEST_FOR_WORKERS
    article = articletext.read(unit.root, unit.article) if job.with_article else None
    cache = Cache(default_folder()) if keep else None
    with report.progress() as tell, Setting(unit, job, tell, cache, executor, fewest) as setting:
        return machine.build(setting, out, article), setting.moved


def _row(unit: loading.Unit, slug: str) -> dict[str, Any]:
    from packet.handout.scene import Scene

    scene = Scene(unit, slug, "student")
    lesson = scene.lesson
    return {
        "number": scene.number,
        "slug": slug,
        "title": lesson.title,
        "minutes": lesson.minutes,
        "short": lesson.short,
        "handouts": [scene.id(kind) for kind in scene.kinds],
        "sections": [scene.section(id).heading for id in lesson.sections],
    }


def _bug(error: Exception) -> int:
    with tempfile.NamedTemporaryFile("w", prefix="packet-bug-", suffix=".txt", delete=False, encoding="utf-8") as file:
        file.write("".join(traceback.format_exception(error)))
    report.say(f"This is a bug in packet, not a mistake of yours: {type(error).__name__}: {error}", "bold red")
    report.say(f"Nothing was written. Please report it with this file: {file.name}")
    return Exit.BUG
