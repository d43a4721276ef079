"""The command line in one process: exit statuses, where messages go, what a wrong name is answered with."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from conftest import LIBRARY
from packet import ask, cli, report
from packet.problems import Exit
from packet.unit.load import load
from test_write import everything

Call = Callable[..., Any]  # the Result of a CliRunner


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, library: Path, tmp_path: Path) -> Call:
    """Call `packet` from inside the tiny unit; what it says is kept apart from what it gives."""
    monkeypatch.setattr(report.out, "_file", None)
    monkeypatch.setattr(report.err, "_file", None)
    monkeypatch.setattr(report.err, "stderr", True)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.chdir(library)
    return lambda *args: CliRunner().invoke(cli.app, [str(arg) for arg in args])


BUILD = ("build", "--no-cache", "--workers", 1)
"""A build that neither reads nor leaves anything outside its own folder."""


def raiser(error: BaseException) -> Callable[..., None]:
    def fail(*args: object, **kwargs: object) -> None:
        raise error

    return fail


def assert_said(result: Any, *texts: str) -> None:
    for text in texts:
        assert text in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


def test_list_names_the_lessons(call: Call) -> None:
    result = call("list")
    assert result.exit_code == Exit.DONE
    assert result.stdout.splitlines()[1].split()[:5] == ["1", "Opening", "hours", "opening-hours", "50"]
    assert result.stderr == ""


def test_list_as_json(call: Call) -> None:
    told = json.loads(call("list", "--json").stdout)
    assert told["schema"] == 1
    assert told["unit"] == "The school library"
    assert told["lessons"] == [
        {
            "number": 1,
            "slug": "opening-hours",
            "title": "Opening hours",
            "minutes": 50,
            "short": 30,
            "handouts": ["1A", "1B", "1C", "1D", "1E", "1F"],
            "sections": ["When it is open"],
        }
    ]


def test_show_tells_what_a_lesson_holds(call: Call) -> None:
    result = call("show", "1")
    assert result.exit_code == Exit.DONE
    for text in (
        "Lesson 1: Opening hours",
        "When should a library be open?",
        "Loud finish",
        "librarian",
        "rules",
    ):
        assert text in result.stdout


def test_check_gives_measures_on_stdout_and_the_verdict_on_stderr(call: Call) -> None:
    result = call("check")
    assert result.exit_code == Exit.DONE
    assert "opening-hours" in result.stdout
    assert "No errors, 2 warnings" in result.stderr
    assert "No errors" not in result.stdout


def test_a_warning_is_shown_and_does_not_stop(call: Call, library: Path) -> None:
    (library / "01-opening-hours.yaml").rename(library / "02-opening-hours.yaml")
    result = call("check")
    assert result.exit_code == Exit.DONE
    assert "[wrong-number]" in result.stderr
    assert "No errors, 3 warnings" in result.stderr


@pytest.mark.parametrize("command", [["list"], ["show", "1"], ["check"], [*map(str, BUILD)]])
def test_a_mistake_in_the_files_is_1_and_shows_the_place(call: Call, library: Path, command: list[str]) -> None:
    file = library / "01-opening-hours.yaml"
    file.write_text(file.read_text("utf-8").replace("minutes: 50", "minutes: fifty"), "utf-8")
    result = call(*command)
    assert result.exit_code == Exit.FILES
    assert_said(
        result,
        "01-opening-hours.yaml:6:10: error: 'fifty' should be a whole number  [wrong-type]",
        "    6 | minutes: fifty\n      |          ^^^^^",
        "hint: write digits only, such as 45",
    )


def test_every_mistake_of_every_file_in_one_pass(call: Call, library: Path) -> None:
    for name in ("unit", "article", "01-opening-hours", "sources/rules", "figures/plan", "packets/whole"):
        with (library / f"{name}.yaml").open("a", encoding="utf-8") as file:
            file.write("colour: blue\n")
    result = call("check")
    assert result.exit_code == Exit.FILES
    assert result.stderr.count("[unknown-key]") == 6


def test_brackets_in_the_author_s_text_are_printed(call: Call, library: Path) -> None:
    (library / "figures/plan.yaml").write_text("title: A plan [sic] of [red]one room\ncredit: us\n", "utf-8")
    assert "A plan [sic] of [red]one room" in call("check").stderr


def test_an_unknown_lesson_is_2_and_suggests(call: Call) -> None:
    result = call("show", "openning-hours")
    assert result.exit_code == Exit.USAGE
    assert_said(result, "there is no lesson called 'openning-hours'", "did you mean opening-hours?")


def test_an_unknown_lesson_is_2_for_build_and_writes_nothing(call: Call, tmp_path: Path) -> None:
    result = call(*BUILD, "7", "--out", tmp_path / "out")
    assert result.exit_code == Exit.USAGE
    assert_said(result, "there is no lesson 7", "this unit has lessons 1-1")
    assert not (tmp_path / "out").exists()


def test_an_unknown_packet_is_2_and_suggests(call: Call) -> None:
    result = call(*BUILD, "--packet", "hole")
    assert result.exit_code == Exit.USAGE
    assert_said(result, "there is no packet called 'hole'", "did you mean whole?")


def test_lessons_and_a_packet_at_once_are_2(call: Call) -> None:
    result = call(*BUILD, "1", "--packet", "whole")
    assert result.exit_code == Exit.USAGE
    assert_said(result, "lessons and --packet were both given")


@pytest.mark.parametrize("args", [["nonsense"], ["list", "--nonsense"], ["build", "--paper", "legal"], ["show"], []])
def test_wrong_usage_is_2(call: Call, args: list[str]) -> None:
    result = call(*args)
    assert result.exit_code == Exit.USAGE
    assert "Usage: " in result.output


def test_a_folder_that_is_no_unit_is_2(call: Call, tmp_path: Path) -> None:
    result = call("list", "--unit", tmp_path / "nowhere")
    assert result.exit_code == Exit.USAGE
    assert_said(result, "holds no unit.yaml", "[no-unit]")


@pytest.mark.parametrize("below", [".", "sources", "figures"])
def test_a_unit_is_found_by_walking_up(call: Call, library: Path, monkeypatch: pytest.MonkeyPatch, below: str) -> None:
    monkeypatch.chdir(library / below)
    assert "Opening hours" in call("list").stdout


def test_a_unit_in_a_folder_named_lessons_is_found(call: Call, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library.rename(library.parent / "lessons")
    monkeypatch.chdir(library.parent)
    assert "Opening hours" in call("list").stdout


def test_no_unit_anywhere_is_2_and_says_what_to_do(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    result = call("list")
    assert result.exit_code == Exit.USAGE
    assert_said(result, "[no-unit]", "packet new unit")


def test_a_bug_is_70_and_leaves_a_file_to_send(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("packet.unit.load.load", raiser(ZeroDivisionError("no [red] shelf")))
    result = call("list")
    assert result.exit_code == Exit.BUG
    assert_said(result, "a bug in packet", "ZeroDivisionError: no [red] shelf")
    (left,) = tmp_path.glob("packet-bug-*.txt")
    assert str(left) in result.stderr.replace("\n", "")
    assert "Traceback" in left.read_text("utf-8")


def test_ctrl_c_is_130(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("packet.unit.load.load", raiser(KeyboardInterrupt()))
    result = call("list")
    assert result.exit_code == Exit.STOPPED
    assert_said(result, "Stopped. No file is half-written.")


def test_ctrl_c_in_the_typesetter_writes_nothing(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("packet.press.workers.each", raiser(KeyboardInterrupt()))
    result = call(*BUILD, "--out", tmp_path / "out")
    assert result.exit_code == Exit.STOPPED
    assert not (tmp_path / "out").exists()


def test_the_article_without_the_teacher_s_copy_is_1_and_says_where(call: Call) -> None:
    result = call(*BUILD, "--with-article")
    assert result.exit_code == Exit.FILES
    assert_said(result, "article.txt", "save your own copy of “How the library works” there")


def test_a_build_writes_both_editions_and_names_them(call: Call, tmp_path: Path) -> None:
    result = call(*BUILD, "1", "--out", tmp_path / "out")
    assert result.exit_code == Exit.DONE
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "lessons-1-student.pdf",
        "lessons-1-teacher.pdf",
    ]
    for line, edition in zip(result.stdout.splitlines(), ("student", "teacher"), strict=True):
        assert re.match(r"(\S+)  \d+ pages\b", line)
        assert line.split()[0] == str(tmp_path / "out" / f"lessons-1-{edition}.pdf")


def test_out_below_a_file_is_4_and_the_file_stays(call: Call, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", "utf-8")
    result = call(*BUILD, "--edition", "student", "--out", tmp_path / "out" / "deeper")
    assert result.exit_code == Exit.CANNOT_WRITE
    assert_said(result, "[cannot-write]", "--out")
    assert (tmp_path / "out").read_text("utf-8") == "mine"


def test_a_packet_of_a_handout_that_a_lesson_does_not_have(call: Call, library: Path) -> None:
    text = (library / "01-opening-hours.yaml").read_text("utf-8")
    before, after = text.index("activity:\n"), text.index("exit-ticket:\n")
    (library / "01-opening-hours.yaml").write_text(text[:before] + text[after:], "utf-8")
    with (library / "packets/whole.yaml").open("a", encoding="utf-8") as file:
        file.write("handouts:\n  - activity\n")
    result = call(*BUILD, "--edition", "student")
    assert result.exit_code == Exit.FILES
    assert_said(result, "activity")


POSTER = ("--title", "A poster", "--creator", "A [sic] *hand*", "--date", 2001, "--kind", "poster", "--rights", "ours",
          "--country", "mex", "--voice", "Unofficial")  # fmt: skip


@pytest.mark.parametrize(
    "asked",
    [
        ("lesson", "--title", "Late fines"),
        ("lesson", "fines", "--title", "Late: *fines* [sic]", "--section", "1", "--minutes", 45),
        ("source", *POSTER),
        ("source", "on-the-wall", *POSTER, "--position", "for", "--locator", "all of it"),
        ("packet", "fines"),
        ("mine",),
    ],
    ids=lambda asked: " ".join(map(str, asked[:2])),
)
def test_new_names_the_file_and_the_next_step(call: Call, library: Path, asked: tuple[object, ...]) -> None:
    result = call("new", *asked)
    assert result.exit_code == Exit.DONE
    assert Path(result.stdout.strip()).is_file()
    assert result.stderr.startswith("Next: ")
    assert call("check").exit_code == Exit.DONE


MISSING = [
    (("lesson",), ["--title"]),
    (("lesson", "fines", "--minutes", 45), ["--title"]),
    (("source",), ["--title", "--creator", "--date", "--kind", "--rights", "--country", "--voice"]),
    (("source", *POSTER[2:]), ["--title"]),
]


@pytest.mark.parametrize(("asked", "missing"), MISSING)
def test_what_is_missing_without_a_terminal_is_told_at_once(
    call: Call, library: Path, asked: tuple[object, ...], missing: list[str]
) -> None:
    before = everything(library)
    result = call("new", *asked)
    assert result.exit_code == Exit.USAGE
    assert re.findall(r"(--\w+) is missing", result.stderr) == missing
    assert_said(result, "[usage]")
    assert everything(library) == before


WRONG = [
    (("lesson", "../fines", "--title", "Fines"), "'../fines' cannot be used as a name"),
    (("lesson", "/tmp/fines", "--title", "Fines"), "cannot be used as a name"),
    (("lesson", "opening-hours", "--title", "Fines"), "'opening-hours' is there already"),
    (("lesson", "7-8", "--title", "Fines"), "'7-8' would be taken for other lessons"),
    (("lesson", "--title", "All"), "'all' would be taken for other lessons"),
    (("lesson", "--title", "  "), "--title is empty"),
    (("lesson", "--title", "图书馆"), "no name can be made from this title"),
    (("lesson", "--title", "a\x1b[2Jb"), "signs that cannot be printed"),
    (("lesson", "--title", "Fines", "--section", "hour"), "did you mean hours?"),
    (("lesson", "--title", "Fines", "--section", "2"), "there is no section called '2'"),
    (("source", "..", *POSTER), "'..' cannot be used as a name"),
    (("source", "letter", *POSTER), "'letter' is there already"),
    (("source", *POSTER[:-3], "Mexiko", *POSTER[-2:]), "'Mexiko' is none of the answers"),
    (("source", *POSTER[:-1], ""), "--voice is empty"),
    (("source", *POSTER, "--position", ""), "--position: '' is none of the answers"),
]


@pytest.mark.parametrize(("asked", "said"), WRONG)
def test_an_answer_that_cannot_be_used(call: Call, library: Path, asked: tuple[object, ...], said: str) -> None:
    before = everything(library)
    result = call("new", *asked)
    assert result.exit_code == Exit.USAGE
    assert_said(result, said)
    assert everything(library) == before


@pytest.mark.parametrize("issue", ["", "issue: longer hours\n"])
def test_a_side_is_asked_for_where_the_unit_has_two(
    call: Call, library: Path, monkeypatch: pytest.MonkeyPatch, issue: str
) -> None:
    with (library / "unit.yaml").open("a", encoding="utf-8") as plan:
        plan.write(issue)
    asked: list[str] = []
    answers = ask.answers

    def noted(questions: Sequence[ask.Question]) -> dict[str, str]:
        asked.extend(question.name for question in questions)
        return answers(questions)

    monkeypatch.setattr("packet.ask.answers", noted)
    assert call("new", "source", *POSTER).exit_code == Exit.DONE
    assert ("position" in asked) is bool(issue)
    assert "voice" in asked


def test_a_new_source_is_as_it_was_told(call: Call, library: Path) -> None:
    call("new", "source", *POSTER)
    made = load(library).sources["a-poster"]
    assert (made.title, made.creator, made.date, made.rights) == ("A poster", "A [sic] *hand*", "2001", "ours")
    assert (made.country, made.voice, made.position) == ("Mexico", "unofficial", "neither")
    assert made.headnote.startswith("TODO")


def test_help_says_what_is_usual(call: Call) -> None:
    """Rich takes words in brackets for its own."""
    for command in (("build",), ("new", "lesson"), ("new", "source"), ("fix",), ("explain",)):
        assert "[default: (" in call(*command, "--help").stdout
    assert "[default: (" in call("check", "--help").stdout


def test_new_unit_can_be_used_at_once(call: Call, tmp_path: Path) -> None:
    result = call("new", "unit", tmp_path / "mine")
    assert result.exit_code == Exit.DONE
    assert result.stdout.strip() == str(tmp_path / "mine")
    assert call("list", "--unit", tmp_path / "mine").exit_code == Exit.DONE


def test_new_unit_in_a_full_folder_is_2(call: Call) -> None:
    result = call("new", "unit", ".")
    assert result.exit_code == Exit.USAGE
    assert_said(result, "exists and is not empty")


def test_doctor_on_this_machine(call: Call, tmp_path: Path) -> None:
    result = call("doctor", "--out", tmp_path / "out")
    assert result.exit_code == Exit.DONE
    assert all(line.startswith("ok ") for line in result.stdout.splitlines())
    assert not (tmp_path / "out").exists()


def test_doctor_with_an_output_folder_below_a_file(call: Call) -> None:
    result = call("doctor", "--out", LIBRARY / "unit.yaml" / "out")
    assert result.exit_code == Exit.MACHINE
    assert "FAIL Output folder" in result.stdout


@pytest.mark.parametrize("name", ["../late", "/tmp/late", "..", "late/fines", "C:\\late", "late\n", "~", "%2e%2e/late"])
@pytest.mark.parametrize(
    "command",
    [
        BUILD,
        (*BUILD, "--packet"),
        ("show",),
        ("new", "packet"),
        ("new", "lesson", "--title", "T", "--section", "hours"),
    ],
)
def test_a_name_is_never_a_path(call: Call, library: Path, command: tuple[object, ...], name: str) -> None:
    before = everything(library.parent)
    result = call(*command, name)
    assert result.exit_code == Exit.USAGE
    assert "Traceback" not in result.stderr
    assert everything(library.parent) == before


@pytest.mark.parametrize("command", ["proof", "preview"])
def test_a_file_that_is_no_pdf_is_1(call: Call, tmp_path: Path, command: str) -> None:
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(b"%PDF-1.7\n")
    result = call(command, cut)
    assert result.exit_code == Exit.FILES
    assert_said(result, "not-a-pdf")
