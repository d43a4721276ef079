"""Reading YAML: every value stays the text that was written, every place is right, and no file can crash us."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from packet.problems import Problem, Problems
from packet.unit import files, hidden, yamlfile


def read(folder: Path, text: str | bytes) -> yamlfile.YamlFile:
    file = folder / "file.yaml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return yamlfile.read(file)


def problem_in(folder: Path, text: str | bytes) -> Problem:
    with pytest.raises(Problems) as raised:
        read(folder, text)
    (problem,) = raised.value.problems
    return problem


def place(problem: Problem) -> tuple[str, int, int]:
    assert problem.span is not None
    return problem.code, problem.span.line, problem.span.col


def from_place(file: yamlfile.YamlFile, *steps: str | int) -> str:
    """Return the file's text from the place of a value on."""
    span = file.at(*steps)
    assert span.text == file.lines[span.line - 1]
    return "\n".join([span.text[span.col - 1 :], *file.lines[span.line :]])


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("yaml")


PRINTED = st.text().filter(lambda text: not files.CONTROL.search(text) and hidden.dropped(text) == text)


@given(text=PRINTED)
def test_any_text_is_read_back_and_its_place_is_right(folder: Path, text: str) -> None:
    written = {"first": "x", "then": {"list": ["y", text]}}
    file = read(folder, yaml.safe_dump(written))
    assert file.tree == written
    assert yaml.safe_load(from_place(file, "then", "list", 1)) == text


@pytest.mark.parametrize("letter", [r"\0", r"\a", r"\e", r"\x1f", r"\x7f", r"\x9b", r"\uffff", r"\ufdd0"])
def test_a_control_character_is_refused_however_it_is_written(folder: Path, letter: str) -> None:
    problem = problem_in(folder, f'title: "a{letter}b"\n')
    assert place(problem) == ("control", 1, 8)
    assert "U+00" in problem.message or "U+F" in problem.message


WRITTEN = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp"])).filter(
    lambda text: hidden.dropped(text) == text
)


@given(text=WRITTEN)
def test_any_text_in_its_own_letters_is_read_back(folder: Path, text: str) -> None:
    dumped = yaml.safe_dump({"key": text}, allow_unicode=True)
    assert read(folder, dumped).tree == {"key": text}


@given(lines=st.lists(st.text("abcdé “”:#'\"-[]{}*&!|>%@`", min_size=1).filter(str.strip), min_size=1))
def test_any_lines_after_a_bar_are_read_back(folder: Path, lines: list[str]) -> None:
    block = "".join(f"  .{line.rstrip()}\n" for line in lines)
    tree = read(folder, f"before: x\nkey: |\n{block}after: y\n").tree
    assert tree == {"before": "x", "key": "".join(f".{line.rstrip()}\n" for line in lines), "after": "y"}


@given(names=st.lists(st.from_regex(r"[a-z][a-z-]{0,8}", fullmatch=True), min_size=1, unique=True))
def test_the_place_of_every_name_is_right(folder: Path, names: list[str]) -> None:
    file = read(folder, yaml.safe_dump({"top": dict.fromkeys(names, "value")}))
    for name in names:
        span = file.key("top", name)
        assert span.text[span.col - 1 :].strip("'\"? ").startswith(name)


@given(raw=st.binary(max_size=200))
def test_no_bytes_crash_the_reader(folder: Path, raw: bytes) -> None:
    try:
        file = read(folder, raw)
    except Problems as problems:
        assert all(problem.span for problem in problems.problems)
    else:
        assert file.tree is None or isinstance(file.tree, dict | list | str)


PUNCTUATION = st.text("ab: -\n\t'\"[]{}#&*!|>%@`,?~\\")


@given(text=PUNCTUATION)
def test_no_punctuation_crashes_the_reader(folder: Path, text: str) -> None:
    try:
        assert read(folder, text).lines == text.split("\n")
    except Problems as problems:
        for problem in problems.problems:
            assert problem.span is not None
            assert 1 <= problem.span.line <= text.count("\n") + 1
            assert problem.message
            assert problem.hint


LITERAL = ["no", "yes", "on", "off", "true", "12:30", "010", "0x1F", "1e3", "1914-04-21", ".5", "=", "<<", "NaN"]


@pytest.mark.parametrize("text", LITERAL)
def test_what_yaml_would_turn_into_something_else_stays_text(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, f"{text}: {text}\nlist: [{text}]\n").tree == {text: text, "list": [text]}


def test_a_value_that_is_not_written_is_none(tmp_path: Path) -> None:
    assert read(tmp_path, "key:\nother: ''\n").tree == {"key": None, "other": ""}


@pytest.mark.parametrize("text", ["key:\n", "- \n", "key: null\n", "key: ~\n"])
def test_both_parsers_read_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    tree = read(tmp_path, text).tree
    monkeypatch.setattr(yamlfile, "_Loader", yaml.SafeLoader)
    assert read(tmp_path, text).tree == tree


@pytest.mark.parametrize("empty", ["", "\n", "# nothing\n"])
def test_an_empty_file_has_no_tree(tmp_path: Path, empty: str) -> None:
    assert read(tmp_path, empty).tree is None


@pytest.mark.parametrize("open_", ["[", "{a: ", "- ", "? ", "a:\n ", "[{a: ["])
def test_deep_nesting_is_refused_and_does_not_crash(tmp_path: Path, open_: str) -> None:
    text = open_ * 20_000 if open_ != "a:\n " else "".join(f"{' ' * n}a:\n" for n in range(1_000))
    with pytest.raises(Problems) as raised:
        read(tmp_path, text)
    assert raised.value.problems[-1].code in ("too-deep", "bad-key")


def test_forty_levels_are_read(tmp_path: Path) -> None:
    assert read(tmp_path, "[" * 41 + "]" * 41).tree is not None
    assert place(problem_in(tmp_path, "[" * 42 + "]" * 42)) == ("too-deep", 1, 42)


def test_too_many_values_are_refused(tmp_path: Path) -> None:
    assert len(read(tmp_path, "- a\n" * (yamlfile.MOST_NODES - 1)).lines) == yamlfile.MOST_NODES
    assert problem_in(tmp_path, "- a\n" * yamlfile.MOST_NODES).code == "too-big"


def test_too_many_bytes_are_refused_unread(tmp_path: Path) -> None:
    assert place(problem_in(tmp_path, b"\xff" * (files.MOST_BYTES + 1))) == ("too-big", 1, 1)


def test_a_latin_1_file_is_refused_at_its_first_wrong_letter(tmp_path: Path) -> None:
    assert place(problem_in(tmp_path, "title: a\nabout: the café\n".encode("latin-1"))) == ("encoding", 2, 15)


def test_a_latin_1_file_with_a_mark_is_refused_at_its_first_wrong_letter(tmp_path: Path) -> None:
    assert place(problem_in(tmp_path, b"\xef\xbb\xbfabout: the caf\xe9\n")) == ("encoding", 1, 15)


def test_a_latin_1_file_that_begins_with_a_mark(tmp_path: Path) -> None:
    assert problem_in(tmp_path, b"\xef\xbb\xbf" + "abéxy".encode() + b"\xff").code == "encoding"


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_lines_may_end_in_any_way(tmp_path: Path, newline: str) -> None:
    text = "title: a\nabout: |\n  one\n\n  two\nlast: z\n"
    file = read(tmp_path, text.replace("\n", newline))
    assert file.tree == {"title": "a", "about": "one\n\ntwo\n", "last": "z"}
    assert file.at("last") == read(tmp_path, text).at("last")


def test_a_byte_order_mark_is_no_letter(tmp_path: Path) -> None:
    file = read(tmp_path, b"\xef\xbb\xbftitle: a\n")
    assert file.tree == {"title": "a"}
    assert (file.key("title").line, file.key("title").col) == (1, 1)


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85"])
def test_letters_that_end_lines_for_yaml_alone_do_not_move_places(tmp_path: Path, end: str) -> None:
    file = read(tmp_path, f'title: "a{end}b"\nlast: z\n')
    assert file.at("last").text == "last: z"


@pytest.mark.parametrize("control", ["\x08", "\x00", "\x1b"])
def test_a_control_letter_is_shown_where_it_is(tmp_path: Path, control: str) -> None:
    assert place(problem_in(tmp_path, f"title: ok\nabout: a{control}b\n"))[1:] == (2, 9)


def test_places_count_letters_not_bytes(tmp_path: Path) -> None:
    file = read(tmp_path, '"😀é": ["😀", x]\n')
    assert (file.at("😀é", 1).line, file.at("😀é", 1).col) == (1, 13)


def test_a_value_that_is_not_there_is_shown_at_what_is_around_it(tmp_path: Path) -> None:
    file = read(tmp_path, "top:\n  list:\n    - a\n")
    assert file.at("top", "list", 5) == file.at("top", "list")
    assert file.key("top", "other") == file.at("top")
    assert (file.at("nothing").line, file.at("nothing").col) == (1, 1)


def test_a_text_is_found_inside_its_value(tmp_path: Path) -> None:
    file = read(tmp_path, "about: word\ntext: |\n  one two\n  three word\nmore: word\n")
    assert (file.find("word", "text").line, file.find("word", "text").col) == (4, 9)
    assert file.find("nowhere", "text") == file.at("text")


def test_a_text_is_not_found_in_the_name_before_its_value(tmp_path: Path) -> None:
    file = read(tmp_path, "evidence: evi\n")
    assert file.find("evi", "evidence").col == 11


def test_a_text_is_not_found_after_its_value(tmp_path: Path) -> None:
    file = read(tmp_path, 'text: "one \\u0074wo"\nmore: two\n')
    assert file.find("two", "text") == file.at("text")


def test_a_number_sign_in_text_does_not_drop_the_rest_in_silence(tmp_path: Path) -> None:
    (warning,) = read(tmp_path, "title: a\nquestion: Who sits in room #12 today?\n").warnings
    assert (*place(warning), warning.severity) == ("cut-text", 2, 28, "warning")
    assert warning.span
    assert warning.span.length == len("#12 today?")


@pytest.mark.parametrize(
    "text", ['a: "room #12"', "a: 'room #12'", "a: room#12", "a: b # of two", "a: # of two", "a: |\n  room #12"]
)
def test_a_comment_or_a_number_sign_that_is_kept_is_no_warning(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, f"{text}\n").warnings == []


def test_a_comment_is_no_text(tmp_path: Path) -> None:
    assert read(tmp_path, "# top\nkey: value # said\nlist: # of two\n  - a\n").tree == {"key": "value", "list": ["a"]}


def test_no_more_than_a_hundred_problems_are_looked_for(tmp_path: Path) -> None:
    with pytest.raises(Problems) as raised:
        read(tmp_path, "a: b\n" * 5000)
    assert len(raised.value.problems) == yamlfile.MOST_PROBLEMS


@pytest.mark.parametrize("text", ["a: |\n" + "  # b\n" * 5000, "a: b\n" + "  - c\n" * 5000], ids=["remark", "run-on"])
def test_no_more_than_a_hundred_warnings_are_kept(tmp_path: Path, text: str) -> None:
    assert len(read(tmp_path, text).warnings) == yamlfile.MOST_PROBLEMS
