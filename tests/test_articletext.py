"""The teacher's own copy of the article: parted by its headings, every word kept, and told what is not right."""

from __future__ import annotations

from pathlib import Path

import pytest

from packet.problems import Exit, Problem, Problems
from packet.unit import articletext
from packet.unit.model import Article

ARTICLE = Article.model_validate(
    {
        "title": "How the Library's Hours Work",
        "byline": "by Some Writer",
        "sections": [
            {"id": "start", "heading": "Introduction", "summary": "x"},
            {"id": "hours", "heading": "When it's open: the hours", "summary": "x"},
            {"id": "end", "heading": "Conclusion", "summary": "x"},
        ],
    }
)
TEXT = """How the Library's Hours Work
by Some Writer

The first
paragraph.

The second.

When it's open: the hours

The third.

Conclusion

The fourth.
"""
PARTED = {"start": ["The first paragraph.", "The second."], "hours": ["The third."], "end": ["The fourth."]}


def read(folder: Path, text: str | bytes) -> dict[str, list[str]]:
    (folder / "article.txt").write_bytes(text.encode() if isinstance(text, str) else text)
    return articletext.read(folder, ARTICLE)


def problems_in(folder: Path, text: str | bytes) -> list[Problem]:
    with pytest.raises(Problems) as raised:
        read(folder, text)
    assert raised.value.exit == Exit.FILES
    return raised.value.problems


def test_the_text_is_parted_by_its_headings(tmp_path: Path) -> None:
    assert read(tmp_path, TEXT) == PARTED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("When it's open: the hours", "WHEN IT’S OPEN – THE HOURS"),
        ("When it's open: the hours", "  When it's   open: the hours  "),
        ("Conclusion", "Conclusion:"),
        ("\n", "\r\n"),
        ("How the Library's", "\ufeffHow the Library’s"),
        ("\nThe first", "\nIntroduction\n\nThe first"),
        ("by Some Writer", "By Some Writer, 1 May"),
    ],
)
def test_headings_are_known_however_they_are_set(tmp_path: Path, old: str, new: str) -> None:
    assert read(tmp_path, TEXT.replace(old, new)) == PARTED


def test_a_heading_inside_a_sentence_is_no_heading(tmp_path: Path) -> None:
    assert read(tmp_path, TEXT.replace("The third.", "The Conclusion comes later."))["hours"] == [
        "The Conclusion comes later."
    ]


def test_a_paragraph_that_begins_with_the_writer_s_name_is_kept(tmp_path: Path) -> None:
    text = TEXT.replace("The third.", "By some writers' own account it is open.")
    assert read(tmp_path, text)["hours"] == ["By some writers' own account it is open."]


def test_without_the_file_it_says_where_to_put_it(tmp_path: Path) -> None:
    with pytest.raises(Problems) as raised:
        articletext.read(tmp_path, ARTICLE)
    (problem,) = raised.value.problems
    assert problem.code == "no-article"
    assert str(tmp_path / "article.txt") in problem.message
    assert "How the Library's Hours Work" in problem.hint


def test_each_missing_heading_is_told(tmp_path: Path) -> None:
    found = problems_in(tmp_path, "Only a beginning.\n")
    assert [problem.code for problem in found] == ["no-heading", "no-heading"]
    assert "When it's open: the hours" in found[0].message
    assert found[0].span
    assert found[0].span.file == tmp_path / "article.txt"


def test_a_heading_without_text_is_told(tmp_path: Path) -> None:
    (problem,) = problems_in(tmp_path, TEXT.replace("The third.", ""))
    assert "When it's open: the hours" in problem.message


def test_an_article_without_introduction_is_told(tmp_path: Path) -> None:
    (problem,) = problems_in(tmp_path, TEXT[TEXT.index("When") :])
    assert "Introduction" in problem.message


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    (problem,) = problems_in(tmp_path, TEXT.replace("first", "café").encode("latin-1"))
    assert problem.code == "encoding"
