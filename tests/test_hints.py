"""Hints: what a message advises can be typed as it stands, and does no harm."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from packet.job.choose import checked, looked_at
from packet.problems import Problem, Problems
from packet.unit.model import Activity
from test_one_pass import FINES, HOURS, change, two_lessons  # noqa: F401 (a fixture)

# ruff: noqa: F811 (two_lessons is a fixture)


def only(root: Path) -> Problem:
    """Return the one problem of a unit."""
    try:
        _, found = checked(root)
    except Problems as problems:
        found = problems.problems
    (problem,) = (problem for problem in found if problem.code != "length")
    return problem


KINDS = get_args(Activity.model_fields["kind"].annotation)
WRONG = [
    ("title: Opening hours", "title: Hours: when? # for the cover", 'put the text in quotes: title: "Hours: when?"'),
    ("minutes: 50", "minutes:50 # your lesson", "write minutes: 50"),
    ("sections:\n  - hours", "sections: hours", "write  sections: [hours]"),
    ("sections:\n  - hours\n", "", "add a line  sections: [first, second]"),
    ("kind: corroboration\n  title", "title", f"add a line  kind:  and one of: {', '.join(KINDS)}"),
    ("    evidence: reading#2", "    evidence: reading#5", "reading has 2 paragraphs"),
    ("evidence: letter#1\nexit", "evidence: letter#2\nexit", "letter has 1 paragraph"),
    ("grades: 9-12\n", "", "add a line  grades: your text"),
    ("minutes: 50\nshort", "short", "add a line  minutes: 45"),
    ("question: When", 'question "When: and', "put a colon after question, and its text in quotes"),
    ("title: Opening hours", "title: Opening hours\n\t", "take it out: the line begins at the margin"),
    ("minutes: 50", "minutes: 60", "change  minutes:  of a step, or of the lesson"),
]


@pytest.mark.parametrize(("right", "wrong", "hint"), WRONG)
def test_a_hint_can_be_typed_as_it_stands(library: Path, right: str, wrong: str, hint: str) -> None:
    file = library / HOURS
    text = file.read_text("utf-8")
    assert right in text
    tab = wrong.endswith("\t")
    file.write_text(text.replace(f"{right}\n" if tab else right, wrong, 1), "utf-8")
    assert only(library).hint == hint


def test_minutes_are_said_once(library: Path) -> None:
    change(library / HOURS, "short: 30", "short: 25")
    assert only(library).message == "the short lesson: the steps add up to 30 minutes, and its length is 25"


def test_words_to_choose_from_are_listed_where_a_field_is_missing(library: Path) -> None:
    change(library / "sources/rules.yaml", "voice: official\n", "")
    assert only(library).hint == "add a line  voice:  and one of: official, unofficial"


def test_what_is_to_be_written_is_told_with_every_line_and_what_may_be_left_out(library: Path) -> None:
    file = library / HOURS
    change(file, "  - Scissors for the cards.", "  - Scissors for the cards.\n  - TODO what else")
    change(file, "  - Weigh the rule against the wish.", "  - TODO what they can do")
    change(file, "  balance: Equal sides anyway.", "  balance: TODO")
    problem = only(library)
    assert problem.message == "3 texts are still to be written, in the place of TODO: lines 10, 15, 155"
    assert problem.hint.endswith("TODO included; lines 15, 155 may be taken out instead")


def test_a_text_that_is_still_to_be_written_is_not_too_short(library: Path) -> None:
    change(library / HOURS, "  standard: |\n    The", "  standard: |\n    TODO The")
    try:
        _, found = checked(library)
    except Problems as problems:
        found = problems.problems
    assert [problem.message[:20] for problem in found if problem.code == "length"] == ["the plain reading ha"]


ONE_SIDE = ("voice: official", "voice: unofficial")
WHY_HERE, WHY = "  balance: why one side is heard more here\n", "balance: why one side is heard more\n"


def balances(root: Path) -> list[Problem]:
    return [problem for problem in checked(root)[1] if problem.code == "balance"]


def test_one_message_for_all_that_is_uneven_and_its_hint_works(two_lessons: Path) -> None:
    change(two_lessons / "unit.yaml", "balance: Two texts are all that a test needs.\n", "")
    change(two_lessons / "sources/rules.yaml", *ONE_SIDE)
    for file in (HOURS, FINES):
        change(two_lessons / file, "  balance: Equal sides anyway.\n", "")
    found = balances(two_lessons)
    assert [problem.span.file.name for problem in found if problem.span] == [HOURS, FINES], "no word on the whole unit"
    assert found[0].message.endswith("official and unofficial (sources 0 to 2, words 0 to 36, questions 0 to 4)")
    assert found[0].hint.endswith("add a line below notes:  balance: why one side is heard more here")
    for file in (HOURS, FINES):
        change(two_lessons / file, "notes:\n", f"notes:\n{WHY_HERE}")
    (problem,) = balances(two_lessons)
    assert problem.message.startswith("in the whole unit")
    assert problem.span
    assert (problem.span.file.name, problem.span.line) == ("unit.yaml", 1)
    (two_lessons / "unit.yaml").write_text((two_lessons / "unit.yaml").read_text("utf-8") + WHY, "utf-8")
    assert balances(two_lessons) == []


def test_a_unit_of_one_lesson_is_as_even_as_its_lesson(library: Path) -> None:
    change(library / "unit.yaml", "balance: Two texts are all that a test needs.\n", "")
    change(library / "sources/rules.yaml", *ONE_SIDE)
    assert balances(library) == []


def test_a_source_that_is_still_to_be_written_makes_nothing_uneven(library: Path) -> None:
    change(library / HOURS, "  balance: Equal sides anyway.\n", "")
    change(library / "unit.yaml", "balance: Two texts are all that a test needs.\n", "")
    change(library / "sources/rules.yaml", *ONE_SIDE)
    change(library / "sources/letter.yaml", "excerpt: |\n  ", "excerpt: |\n  TODO ")
    assert only(library).code == "todo"


@pytest.mark.parametrize("line", ["for one reason: it is late", "Then: it was late"])
def test_prose_with_a_colon_is_not_taken_for_a_field(library: Path, line: str) -> None:
    change(library / HOURS, "question: When", f"{line}\nquestion: When")
    assert only(library).hint == "if it goes on with the text above, begin it as far in as that text"


def test_a_sentence_may_begin_with_the_name_of_a_field(library: Path) -> None:
    change(library / HOURS, "    nobody is available to supervise", "because nobody is available")
    problem = only(library)
    assert problem.code == "indent"
    assert problem.hint.startswith("begin it after 4 spaces, like the rest of that text; or, if because is a field")


def test_a_lesson_without_a_file(library: Path) -> None:
    change(library / "unit.yaml", "  - opening-hours\n", "  - opening-hours\n  - late-fines\n")
    assert only(library).hint == "take this line out, or put its file here: 02-late-fines.yaml"


def test_a_source_that_no_lesson_uses_may_go(library: Path) -> None:
    text = (library / "sources/rules.yaml").read_text("utf-8")
    (library / "sources/replace-me.yaml").write_text(text.replace("title: ", "title: TODO "), "utf-8")
    assert only(library).hint.startswith("no lesson uses this source: remove its file, or write")


RUNE = "“ᚠ” (RUNIC LETTER FEHU FEOH FE F, U+16A0)"


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("  - Weigh the rule against the wish.", "  []", "at least one entry is needed here"),
        ("opinions on", "ᚠ and ᚠ on", f"no typeface has {RUNE}"),
        ("opinions on", "ᚠ and ᚢ on", f"no typeface has {RUNE}, nor another of this text"),
    ],
)
def test_one_is_no_several(library: Path, right: str, wrong: str, message: str) -> None:
    change(library / HOURS, right, wrong)
    assert only(library).message == message


@pytest.mark.parametrize("language", ["English", "english", "eng"])
def test_a_language_is_two_letters(library: Path, language: str) -> None:
    change(library / "sources/rules.yaml", "voice: official\n", f"voice: official\nlanguage: {language}\n")
    assert only(library).hint == "write two small letters, such as en or es"


@pytest.mark.parametrize(
    ("lessons", "places"),
    [("[1, 2, opening-hours]", [(2, 17)]), ("\n  - all\n  - 2\n  - opening", [(4, 5), (5, 5)])],
)
def test_a_lesson_that_a_saved_packet_names_twice(
    two_lessons: Path, lessons: str, places: list[tuple[int, int]]
) -> None:
    change(two_lessons / "packets/whole.yaml", "lessons:\n  - all", f"lessons: {lessons}")
    found = [problem.span for problem in looked_at(two_lessons)[1] if problem.code == "lesson-twice"]
    assert [(span.line, span.col) for span in found if span] == places


MINUTES, SCISSORS, TITLE = "    minutes: 30", "  - Scissors for the cards.", "  - title: Loud finish"
SILENT = "  - title: Silent start"
FIRST, LAST = "    The librarian unlocks", "    nobody is available"
NBSP = "\u00a0"
DASH = "if an entry begins here, write  - title  two letters further out; or remove one of the two"
QUOTES = "put the whole text in quotes; or, for a comment, a space after #"
OWN = "write it on a line of its own, and begin that after 4 spaces"
CLOSE = "write ] at its end; or, if it is a text, put it in quotes"
ONE = "; or, if all of it is one text, write | after the name above"
OUT_OF_PLACE = [
    (MINUTES, "   minutes: 30", (21, 4), "begin it after 4 spaces, like line 20"),
    (MINUTES, "  minutes: 30", (21, 3), "begin it after 4 spaces, like the rest of its entry"),
    (MINUTES, f"{NBSP * 4}minutes: 30", (21, 1), "delete it, and type plain spaces"),
    (TITLE, "  title: Loud finish", (26, 3), "write - title: Loud finish"),
    (TITLE, "  -title: Loud finish", (26, 3), "write - title: Loud finish"),
    (TITLE, "    title: Loud finish", (26, 5), DASH),
    (SCISSORS, f"{SCISSORS}\n  Paper.", (15, 3), "write - Paper."),
    (SCISSORS, f"{SCISSORS}\n  -Paper.", (15, 3), "write - Paper."),
    (SCISSORS, f"{SCISSORS}\n  \u2013 Paper.", (15, 3), "write - Paper."),
    (SCISSORS, f"{SCISSORS}\n  \u2022 Paper.", (15, 3), "write - Paper."),
    (SCISSORS, f"{SCISSORS}\n  \u2022Paper.", (15, 3), "write - Paper."),
    (SCISSORS, "  Scissors.\n  - Paper.", (14, 3), f"write - Scissors.{ONE}"),
    (SCISSORS, "  \u2022 Scissors.\n  - Paper.", (14, 3), f"write - Scissors.{ONE}"),
    (SILENT, "    title: Silent start", (20, 5), "write - title: Silent start, after 2 spaces"),
    ("When should", "When\u2028should", (4, 15), "delete it, and type a space"),
    (SCISSORS, f"{SCISSORS}\n  -{NBSP}Paper.", (15, 4), "delete it, and type plain spaces"),
    (SCISSORS, "  -Scissors.\n  -Glue.", (14, 3), "put each entry on a line of its own that begins with '- '"),
    (FIRST, "      The librarian unlocks", (39, 7), "begin it after 4 spaces"),
    (FIRST, "  The librarian unlocks", (39, 3), "begin it after 4 spaces, like the rest of that text"),
    (LAST, "   nobody is available", (40, 4), "begin it after 4 spaces"),
    ("standard: |\n    The", "standard: | The", (38, 15), OWN),
    ("answer: A tester.", 'answer: "No", said a tester.', (53, 21), "write the text after | on a line of its own"),
    ("answer: A tester.", "answer: #NoTester", (53, 17), QUOTES),
    ("warm-up:", "warm up:", (15, 1), "did you mean warm-up?"),
    ("minutes: 50", "minutes 50\n\n# of each class", (6, 8), "write minutes: 50"),
    (SCISSORS, f"{SCISSORS}\n  Paper.\n\n# in class", (15, 3), "write - Paper."),
    ("minutes: 50", "minutes = 50", (6, 8), "write minutes: 50"),
    ("sections:\n  - hours", "sections: [hours", (2, 11), CLOSE),
    ("title: Opening", "title: A \\ b: Opening", (1, 13), 'put the text in quotes: title: "A \\\\ b: Opening hours"'),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "place", "hint"), OUT_OF_PLACE)
def test_a_line_out_of_place_is_told_where_it_stands(
    library: Path, right: str, wrong: str, place: tuple[int, int], hint: str
) -> None:
    change(library / HOURS, right, wrong)
    problem = only(library)
    assert problem.span
    assert (problem.span.line, problem.span.col, problem.hint) == (*place, hint)


@pytest.mark.parametrize(
    ("wrong", "line", "hint"),
    [
        ("  RH.1 Cite evidence from a text.\n\n# Who made it.", 10, "write RH.1: Cite evidence from a text."),
        ("  RH.1 Cite evidence from a text.", 10, "write RH.1: Cite evidence from a text."),
        ("  RH.1: Cite: evidence", 10, 'put the text in quotes: RH.1: "Cite: evidence"'),
    ],
)
def test_a_name_in_a_group_may_hold_a_full_stop(library: Path, wrong: str, line: int, hint: str) -> None:
    change(library / "unit.yaml", "standards:\n  RH.1: Cite evidence from a text.", f"standards: # ours\n{wrong}")
    problem = only(library)
    assert problem.span
    assert (problem.span.line, problem.hint) == (line, hint)
