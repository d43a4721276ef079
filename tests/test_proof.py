"""The proof can fail: a packet that lost a word, or holds one too many, is never written, and the old files stay."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from jinja2 import ChoiceLoader, DictLoader

from conftest import LIBRARY
from packet import build as machine
from packet import shipped
from packet.handout import html
from packet.press import bind, collate, fonts
from packet.problems import Exit, Problem, Problems
from packet.setting import BODY
from packet.unit.load import load
from pressroom import Packet, job, printed, uninspected

INSPECTED = dict(BODY)
ANSWER = "Midday, Monday through Friday."
Patch = pytest.MonkeyPatch


@pytest.fixture(autouse=True)
def quick(monkeypatch: Patch) -> None:
    uninspected(monkeypatch)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with the files of an earlier build."""
    folder = tmp_path / "out"
    folder.mkdir()
    for edition in ("student", "teacher"):
        (folder / f"job-{edition}.pdf").write_bytes(f"old {edition}".encode())
    return folder


@pytest.fixture
def faults(out: Path, kept_sheets: Path, monkeypatch: Patch) -> Callable[..., list[Problem]]:
    """Build the tiny unit, which must fail, and return what was found; the old files must be as they were."""

    def build(root: Path = LIBRARY, exit: Exit = Exit.FILES, edition: str = "student") -> list[Problem]:
        editions = ("student", "teacher") if edition == "both" else (edition,)
        with pytest.raises(Problems) as raised:
            printed(load(root), job(1, editions=editions), out, kept_sheets)
        assert {file.name: file.read_bytes() for file in out.iterdir()} == {
            "job-student.pdf": b"old student",
            "job-teacher.pdf": b"old teacher",
        }
        assert raised.value.exit == exit
        assert all(problem.message and problem.hint for problem in raised.value.problems)
        return raised.value.problems

    return build


@pytest.fixture
def style(tmp_path: Path, monkeypatch: Patch) -> Callable[[str], None]:
    """Add rules to the last style sheet that every look reads."""

    def add(css: str, sheet: str = "parts") -> None:
        folder = Path(shutil.copytree(shipped.folder("styles"), tmp_path / "styles"))
        with (folder / f"{sheet}.css").open("a", encoding="utf-8") as file:
            file.write(f"\n{css}\n")
        usual = shipped.folder
        monkeypatch.setattr(shipped, "folder", lambda name: folder if name == "styles" else usual(name))

    return add


@pytest.fixture
def template(monkeypatch: Patch) -> Callable[..., None]:
    """Change the text of a template."""

    def change(old: str, new: str, name: str = "blocks.html.j2") -> None:
        usual = html._templates()
        assert usual.loader
        text = usual.loader.get_source(usual, name)[0]
        assert text.count(old) == 1, old
        changed = usual.overlay(loader=ChoiceLoader([DictLoader({name: text.replace(old, new)}), usual.loader]))
        monkeypatch.setattr(html, "_templates", lambda: changed)

    return change


def codes(problems: list[Problem]) -> set[str]:
    return {problem.code for problem in problems}


def messages(problems: list[Problem]) -> str:
    return "\n".join(problem.message for problem in problems)


def test_without_a_fault_the_files_are_written(out: Path, kept_sheets: Path) -> None:
    printed(load(LIBRARY), job(1), out, kept_sheets)
    assert sorted(file.name for file in out.iterdir()) == ["job-student.pdf", "job-teacher.pdf"]
    assert all(file.read_bytes().startswith(b"%PDF") for file in out.iterdir())


@pytest.mark.parametrize(
    ("old", "new", "handout"),
    [
        ("{{ block.ask }}</p>", "</p>", "1B"),
        ('<p class="headnote">{{ block.headnote }}</p>', "", "1B"),
        ("{% if figure.note %}", "{% if not figure.note %}", "1A"),
    ],
)
def test_a_word_taken_out_of_a_template(
    faults: Callable[..., list[Problem]], template: Callable[..., None], old: str, new: str, handout: str
) -> None:
    template(old, new)
    found = faults()
    assert "lost-words" in codes(found)
    assert f"Handout {handout}: " in messages(found)


def test_a_word_that_a_template_adds(faults: Callable[..., list[Problem]], template: Callable[..., None]) -> None:
    template('<p class="headnote">', '<p class="headnote">Remember: ')
    (problem, *more) = faults()
    assert {problem.code, *codes(more)} == {"extra-words"}
    assert "'remember'" in problem.message
    assert "Handout 1B" in problem.message


def test_a_word_that_only_the_teacher_s_template_adds(
    faults: Callable[..., list[Problem]], template: Callable[..., None]
) -> None:
    template('<div class="answer">{{ block.answer }}</div></div>', '<div class="answer">Well: {{ block.answer }}</div></div>')  # fmt: skip  # noqa: E501
    assert codes(faults(edition="both")) == {"extra-words"}, "the student's copy is right, and is not written either"


@pytest.mark.parametrize(
    ("put", "found"),
    [
        ('<p class="headnote">' + ANSWER, {"leak", "extra-words"}),
        (f"<!-- {ANSWER} --><p class='headnote'>", {"leak"}),
        (f'<p style="display: none">{ANSWER}</p><p class="headnote">', {"leak"}),
        (f'<p title="{ANSWER}" class="headnote">', {"leak"}),
        (f'<p class="headnote"><span style="color: #fff">{ANSWER}</span>', {"leak", "extra-words"}),
    ],
    ids=["shown", "comment", "hidden", "attribute", "white"],
)
def test_an_answer_put_into_a_student_template(
    faults: Callable[..., list[Problem]], template: Callable[..., None], put: str, found: set[str]
) -> None:
    template('<p class="headnote">', put)
    problems = faults()
    assert codes(problems) == found
    assert "'midday monday through friday'" in messages(problems)


@pytest.mark.parametrize(
    "css",
    [
        ".glossed { display: none }",
        ".source .headnote { visibility: hidden }",
        ".credit { position: absolute; left: 400mm }",
        ".handout { display: flex; flex-direction: column; height: 100mm; overflow: hidden }",
    ],
    ids=["not displayed", "not visible", "off the page", "cut"],
)
def test_a_style_that_hides(faults: Callable[..., list[Problem]], style: Callable[..., None], css: str) -> None:
    style(css)
    assert "lost-words" in codes(faults())


@pytest.mark.parametrize(
    "css",
    [
        ".card { color: #fff }",
        ".card { height: 2mm; overflow: hidden }",
    ],
    ids=["white", "cut off"],
)
def test_a_style_that_hides_what_a_viewer_still_reads(
    faults: Callable[..., list[Problem]], style: Callable[..., None], monkeypatch: Patch, css: str
) -> None:
    monkeypatch.setattr("packet.setting.BODY", INSPECTED)
    style(css)
    assert faults()


@pytest.mark.parametrize("sheet", ["parts", "folios"])
def test_a_style_that_asks_for_a_missing_font(
    faults: Callable[..., list[Problem]], style: Callable[..., None], sheet: str
) -> None:
    style('.credit { font-family: "Comic Sans MS" }', sheet)
    (problem,) = faults(exit=Exit.MACHINE)
    assert problem.code == "no-font"
    assert "Comic Sans MS" in problem.message
    assert "Gentium Book Plus" in problem.hint


@pytest.mark.parametrize(
    "css",
    [
        ".credit { font-family: Arial }",
        ".credit { font: bold 9pt/1.2 Comic Sans MS, serif }",
        "@media print { .credit { font-family: Arial } }",
        "@page { @top-left { font-family: Arial } }",
        ":root { --mine: Arial } .credit { font-family: var(--mine) }",
    ],
)
def test_a_missing_font_however_it_is_named(css: str) -> None:
    with pytest.raises(Problems) as raised:
        fonts.asked_for({"parts": css})
    (problem,) = raised.value.problems
    assert problem.code == "no-font"
    assert "parts asks for the typeface " in problem.message


@pytest.mark.parametrize(
    "css",
    [
        "a { font: bold 9.5pt/1.2 'Source Sans 3' } @media print { b { font-family: Gentium Book Plus } }",
        ":root { --mine: 'Source Sans 3'; --other: Arial } a { font: 9pt var(--mine) }",
        "a { font-family: inherit; font-weight: bold } b { font-family: Gentium Book Plus }",
    ],
)
def test_fonts_that_are_there(css: str) -> None:
    assert set(fonts.asked_for({"parts": css})) <= set(fonts.FAMILIES)


@pytest.mark.parametrize("css", [".credit { colour: red }", "p:wrong { margin: 0 }"])
def test_what_the_typesetter_warns_of(
    faults: Callable[..., list[Problem]], style: Callable[..., None], css: str
) -> None:
    style(css)
    found = faults()
    assert codes(found) == {"typesetter"}


def test_a_style_that_names_a_file_outside(faults: Callable[..., list[Problem]], style: Callable[..., None]) -> None:
    style(".credit { background: url(file:///etc/hostname) }")
    (problem,) = faults()
    assert problem.code == "not-served"
    assert "file:///etc/hostname" in problem.message


@pytest.mark.parametrize("text", ["👩", "שלום"])
def test_letters_that_no_typeface_has(faults: Callable[..., list[Problem]], library: Path, text: str) -> None:
    file = library / "sources/rules.yaml"
    file.write_text(file.read_text("utf-8").replace("written for a test.", f"written for a {text} test."), "utf-8")
    found = faults(library)
    assert codes(found) == {"no-glyph"}
    assert f"“{text[0]}” (" in messages(found)


def test_letters_one_below_another_are_no_word(library: Path, out: Path, kept_sheets: Path) -> None:
    file = library / "01-opening-hours.yaml"
    text = file.read_text("utf-8")
    starter = "  - I would open it at ___ because ___."
    assert starter in text
    digits = "\n".join(f'  - "{number % 10}"' for number in range(34))
    file.write_text(text.replace(starter, digits), "utf-8")
    assert printed(load(library), job(1, editions=("student",)), out, kept_sheets).files


def test_a_handout_that_starts_on_a_verso(faults: Callable[..., list[Problem]], monkeypatch: Patch) -> None:
    usual = collate.collate

    def shifted(parts: list[collate.Part]) -> list[collate.Slot]:
        return [slot for slot in usual(parts) if (slot.part, slot.page) != (0, 1)]  # the cover's back is lost

    monkeypatch.setattr(machine.collate, "collate", shifted)
    found = faults()
    assert codes(found) == {"not-recto"}
    assert found[0].message == "Handout 1A begins on a left-hand page"
    assert len(found) == 6


@pytest.fixture
def bound(monkeypatch: Patch) -> Callable[..., None]:
    """Change a bound packet before it is proved."""

    def change(change: Callable[[pikepdf.Pdf], None]) -> None:
        usual = bind.bind

        def changed(*args: object) -> bytes:
            made = io.BytesIO()
            with pikepdf.open(io.BytesIO(usual(*args))) as packet:  # type: ignore[arg-type]
                change(packet)
                packet.save(made)
            return made.getvalue()

        monkeypatch.setattr(machine.bind, "bind", changed)

    return change


def attach(packet: pikepdf.Pdf) -> None:
    packet.attachments["key.txt"] = pikepdf.AttachedFileSpec(packet, b"anything")


def say_in_info(packet: pikepdf.Pdf) -> None:
    packet.docinfo["/Keywords"] = ANSWER


def say_in_outline(packet: pikepdf.Pdf) -> None:
    with packet.open_outline() as outline:
        outline.root[0].children.append(pikepdf.OutlineItem(ANSWER, 0))


def say_in_alt(packet: pikepdf.Pdf) -> None:
    packet.Root.StructTreeRoot.K[0].Alt = ANSWER


def say_in_actual_text(packet: pikepdf.Pdf) -> None:
    packet.Root.StructTreeRoot.K[0].ActualText = ANSWER


def say_in_annotation(packet: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents=ANSWER)
    packet.pages[0].obj.Annots = pikepdf.Array([packet.make_indirect(note)])


def attach_to_page(packet: pikepdf.Pdf) -> None:
    packet.pages[0].obj.AF = pikepdf.Array([packet.make_stream(ANSWER.encode())])


@pytest.mark.parametrize(
    "change",
    [
        attach,
        say_in_info,
        say_in_outline,
        say_in_alt,
        say_in_actual_text,
        say_in_annotation,
        attach_to_page,
    ],
)
def test_an_answer_that_is_on_no_page(
    faults: Callable[..., list[Problem]], bound: Callable[..., None], change: Callable[[pikepdf.Pdf], None]
) -> None:
    bound(change)
    assert codes(faults()) == {"leak"}


def test_an_answer_in_the_metadata(faults: Callable[..., list[Problem]], monkeypatch: Patch) -> None:
    usual = bind.bind
    monkeypatch.setattr(
        machine.bind, "bind", lambda *args: usual(*args[:-1], replace(args[-1], description=f"See: {ANSWER}"))
    )
    (problem,) = faults()
    assert problem.code == "leak"
    assert "the metadata of the student edition" in problem.message


def test_a_page_that_is_lost_in_binding(faults: Callable[..., list[Problem]], bound: Callable[..., None]) -> None:
    def swap(packet: pikepdf.Pdf) -> None:
        packet.pages[4].obj.Contents = packet.make_stream(b"")

    bound(swap)
    assert "lost-words" in codes(faults())


def test_an_empty_font_is_found(faults: Callable[..., list[Problem]], bound: Callable[..., None]) -> None:
    def strip(packet: pikepdf.Pdf) -> None:
        for found in packet.objects:
            if isinstance(found, pikepdf.Dictionary) and "/FontFile2" in found:
                del found["/FontFile2"]
            elif isinstance(found, pikepdf.Dictionary) and "/FontFile3" in found:
                del found["/FontFile3"]

    bound(strip)
    found = faults()
    assert "font" in codes(found)
    assert "is not embedded" in messages(found)


def test_no_answer_is_anywhere_in_the_student_s_file(tiny: dict[str, Packet]) -> None:
    made = tiny["student"]
    streams = [
        found.read_bytes() for found in made.open.objects if isinstance(found, pikepdf.Stream) and "/Filter" in found
        and found.get("/Type") in (None, "/Metadata")
    ]  # fmt: skip
    strings = "\n".join(str(found) for found in made.open.objects)
    for answer in (ANSWER, "Supervision is lacking", "Either position", "Caretakers and parents", "Hedged wording"):
        assert answer not in strings
        assert not any(answer.encode() in stream or answer.encode("utf-16-be") in stream for stream in streams)
        assert answer in " ".join(" ".join(text.split()) for text in tiny["key"].texts)
