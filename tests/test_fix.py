"""`packet fix`: it mends what is safe, shows it first, and changes nothing that could be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import HERE, LIBRARY
from packet import fix
from packet.problems import Exit, Problems
from packet.unit import files, yamlfile
from packet.unit.load import load
from test_cases import CASES, named
from test_cli import Call, call  # noqa: F401 (a fixture)
from test_write import everything

# ruff: noqa: F811 (call is a fixture)

LESSONS = sorted((HERE.parent / "lessons").glob("[0-9]*.yaml"))
LESSON = "01-opening-hours.yaml"
TEXT = "title: Año “1914”\nabout: |\n  One.\n\n  Two é.\n"


def mended(folder: Path, raw: bytes | str) -> str:
    """Return what becomes of a file, read without a change of line ends."""
    file = folder / "file.yaml"
    file.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    found = fix.mend(file)
    return found.after if found else file.read_bytes().decode("utf-8", "backslashreplace")


def with_tabs(text: str) -> str:
    """Return a text with a tab for each two spaces of its indents."""
    lines = [(line.lstrip(" "), line) for line in text.split("\n")]
    return "\n".join("\t" * ((len(line) - len(body)) // 2) + body for body, line in lines)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_however_it_was_saved_it_is_plain_utf_8(tmp_path: Path, encoding: str, end: str) -> None:
    assert mended(tmp_path, TEXT.replace("\n", end).encode(encoding)) == TEXT


def test_windows_letters_among_utf_8_ones(tmp_path: Path) -> None:
    assert mended(tmp_path, b"title: \xc3\xa9t\xe9\n") == "title: été\n"


@pytest.mark.parametrize("raw", [b"title: \x81\n", b"title: a\xff\xfe\x00\x9d\n", b"\xff\xfea"])
def test_bytes_that_are_no_letters_are_left_alone(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "file.yaml").write_bytes(raw)
    assert fix.mend(tmp_path / "file.yaml") is None


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("title:One\nminutes: 5\n", "title: One\nminutes: 5\n"),
        ("a:\n  title:One\n  minutes: 5\n", "a:\n  title: One\n  minutes: 5\n"),
        ("title: One: two\n", 'title: "One: two"\n'),
        ("title: One: two  # for the cover\n", 'title: "One: two"  # for the cover\n'),
        ("title\uff1aOne day\nminutes: 5\n", "title: One day\nminutes: 5\n"),
        ("minutes = 50\ntitle: One\n", "minutes: 50\ntitle: One\n"),
        ("minutes 50 # your lesson\ntitle: One\n", "minutes: 50 # your lesson\ntitle: One\n"),
        ('- title: Say "a": then \\ b\n', '- title: "Say \\"a\\": then \\\\ b"\n'),
        ("title: Why:\nminutes: 5\n", 'title: "Why:"\nminutes: 5\n'),
        ("a:\n\tb: 1\n\tc:\n\t\t- d\n", "a:\n  b: 1\n  c:\n    - d\n"),
        ("a:\n  - b: 1\n\tc: 2\n", "a:\n  - b: 1\n    c: 2\n"),
        ("title One day\nminutes: 5\n", "title: One day\nminutes: 5\n"),
        ("standards:\n  R.1: a\n  R.2 b\n", "standards:\n  R.1: a\n  R.2: b\n"),
        ("minutes: 5\nquestions\n  text:\n    - ask: a\n", "minutes: 5\nquestions:\n  text:\n    - ask: a\n"),
        ('title: "One day\nminutes: 5\n', 'title: "One day"\nminutes: 5\n'),
        ('title: "One day?  # for the cover\nminutes: 5\n', 'title: "One day?"  # for the cover\nminutes: 5\n'),
        ('title: "One day”\nminutes: 5\n', 'title: "One day"\nminutes: 5\n'),
        ('title: "One “two” three”\nminutes: 5\n', 'title: "One “two” three"\nminutes: 5\n'),
        ('title: "One “day”\nminutes: 5\n', 'title: "One “day”"\nminutes: 5\n'),
        ('title: "One day\nquestion: "Why?"\n', 'title: "One day"\nquestion: "Why?"\n'),
        ("a:\n  - 'one\n  - 'two'\n", "a:\n  - 'one'\n  - 'two'\n"),
        ('a: "one\nb: "two\nc: d: e\n', 'a: "one"\nb: "two"\nc: "d: e"\n'),
        ("a:\n\tb: 1\n\tc: 2\nd: e: f\n", 'a:\n  b: 1\n  c: 2\nd: "e: f"\n'),
    ],
)
def test_what_can_be_mended(tmp_path: Path, wrong: str, right: str) -> None:
    assert mended(tmp_path, wrong) == right


@pytest.mark.parametrize(
    "text",
    [
        "title: One\n",
        "a: |\n  x:y\n  \tb: c: d\n",  # a text may hold what it likes
        "a: 'x: y'\nb: http://x\n",
        "a:\n  b:1\n  c:2\n",  # one text of two lines, for the reader
        "a: One: two #three\n",  # is that a comment?
        "a: Bus: No. # 5\n",
        "a: One: two\n  three\n",  # the text goes on
        'a: "never closed\n  b: 2\n',  # the text may go on
        'a: "never closed #2 of them\nb: 2\n',
        'a: "never closed, the # of them\nb: 2\n',
        'a: "closed # too" early\nb: 2\n',
        'a: "never "closed\nb: 2\n',
        'a: "never closed\nand more\nb: 2\n',
        "summary: One line\nquestion everything\nquestion: Why?\n",  # a sentence may begin with the name of a field
        "summary: |\n  One line\nquestion everything\ntitle: One\n",
        "title One #a remark?\nminutes: 5\n",
        "colour blue\nminutes: 5\n",
        "a:\n\tb: c: d\n",  # two mistakes in one line
        "a: |\n    One\n\tb: 2\n    Two\n",  # part of the text, or a field?
        "a: |\n  x:y\nb: 'c' d\n",  # the line above the mistake is not the mistake
        "a: |\n  b\n  \tc\nd: ] e\n",
        "",
    ],
)
def test_what_is_left_alone(tmp_path: Path, text: str) -> None:
    (tmp_path / "file.yaml").write_text(text, "utf-8")
    assert fix.mend(tmp_path / "file.yaml") is None


def test_a_file_too_big_to_read_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "file.yaml").write_bytes(b"a:1\nb: 2\n" + b"#" * files.MOST_BYTES)
    assert fix.mend(tmp_path / "file.yaml") is None


def test_there_are_long_lessons() -> None:
    assert max(path.read_text("utf-8").count("\n  ") for path in LESSONS) > fix.MOST_MENDS


@pytest.mark.parametrize("path", LESSONS, ids=named)
def test_a_lesson_indented_with_tabs_comes_out_as_it_was(tmp_path: Path, path: Path) -> None:
    text = path.read_text("utf-8")
    assert "\t" not in text
    assert "\n\t\t" in with_tabs(text)
    assert mended(tmp_path, with_tabs(text)) == text


@pytest.mark.parametrize("path", CASES, ids=named)
def test_what_could_be_read_is_read_as_before(path: Path) -> None:
    found = fix.mend(path)
    try:
        before = yamlfile.read(path).tree
    except Problems:
        return
    assert found is None or found.after == before, "a file without a fault of its bytes is left alone"


@given(st.text(st.sampled_from("ab: \t\n-|\"'#é[]{}\r"), max_size=60))
def test_whatever_is_typed_what_could_be_read_stays(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.mktemp("typed", numbered=True) / "file.yaml"
    file.write_bytes(text.encode())
    found = fix.mend(file)
    try:
        before = yamlfile.read(file).tree
    except Problems:
        return
    if found:
        file.write_bytes(found.after.encode())
        assert yamlfile.read(file).tree == before


def test_what_was_mended_is_not_mended_again(library: Path) -> None:
    (library / LESSON).write_text(with_tabs((library / LESSON).read_text("utf-8")), "utf-16")
    fix.save(fix.look(fix.files(library)))
    assert fix.look(fix.files(library)) == []
    assert everything(library) == everything(LIBRARY)


def test_in_a_pipe_it_is_shown_and_not_written(call: Call, library: Path) -> None:
    (library / LESSON).write_text((LIBRARY / LESSON).read_text("utf-8").replace("minutes: 50", "minutes:50"), "utf-8")
    before = everything(library)
    result = call("fix")
    assert result.exit_code == Exit.DONE
    lines = result.stdout.splitlines()
    assert lines[:2] == [f"--- {LESSON}", f"+++ {LESSON} (mended)"]
    assert {"-minutes:50", "+minutes: 50"} <= set(lines)
    assert result.stderr == "Nothing was written. To write it: packet fix --yes\n"
    assert everything(library) == before


def test_with_yes_it_is_written(call: Call, library: Path) -> None:
    file = library / LESSON
    file.write_bytes(file.read_bytes().replace(b"minutes: 50", b"minutes:50").replace(b"\n", b"\r\n"))
    result = call("fix", "--yes")
    assert result.exit_code == Exit.DONE
    assert f"{LESSON}: line ends of another system become plain ones" in result.stdout
    assert result.stderr == "1 file mended. Next: packet check\n"
    assert everything(library) == everything(LIBRARY)
    load(library)


@pytest.mark.parametrize(("answer", "written"), [(True, True), (False, False)])
def test_at_a_terminal_it_asks(
    call: Call, library: Path, monkeypatch: pytest.MonkeyPatch, answer: bool, written: bool
) -> None:
    monkeypatch.setattr("packet.report.agreed", lambda question: answer)
    (library / "unit.yaml").write_bytes(b"\xef\xbb\xbf" + (library / "unit.yaml").read_bytes())
    result = call("fix")
    assert ("mended" in result.stderr) == written
    assert (everything(library) == everything(LIBRARY)) == written


def test_only_the_files_named(call: Call, library: Path) -> None:
    for name in (LESSON, "unit.yaml"):
        (library / name).write_bytes(b"\xef\xbb\xbf" + (library / name).read_bytes())
    assert call("fix", "--yes", library / "unit.yaml").exit_code == Exit.DONE
    assert not (library / "unit.yaml").read_bytes().startswith(b"\xef")
    assert (library / LESSON).read_bytes().startswith(b"\xef")


def test_nothing_to_mend(call: Call) -> None:
    result = call("fix")
    assert (result.exit_code, result.stdout) == (Exit.DONE, "")
    assert result.stderr == "There is nothing that can be mended safely.\n"


def test_the_teacher_s_article_is_made_utf_8_and_nothing_else(library: Path) -> None:
    text = "Title:one\n\n\tAño: uno: dos\n"
    (library / "article.txt").write_bytes(text.encode("cp1252"))
    (found,) = fix.look(fix.files(library))
    assert found.after == text


def test_a_file_that_changed_in_the_meantime_is_not_written(library: Path) -> None:
    file = library / "unit.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    found = fix.look([file])
    file.write_bytes(b"title: mine\n")
    with pytest.raises(Problems, match="has changed") as raised:
        fix.save(found)
    assert (raised.value.problems[0].code, raised.value.exit) == ("changed", Exit.CANNOT_WRITE)
    assert file.read_bytes() == b"title: mine\n"


def test_a_link_stays_a_link(library: Path, tmp_path: Path) -> None:
    real = tmp_path / "real.yaml"
    real.write_bytes(b"\xef\xbb\xbf" + (library / "unit.yaml").read_bytes())
    (library / "unit.yaml").unlink()
    (library / "unit.yaml").symlink_to(real)
    fix.save(fix.look([library / "unit.yaml"]))
    assert (library / "unit.yaml").is_symlink()
    assert not real.read_bytes().startswith(b"\xef")


def test_a_file_cannot_speak_to_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "file.yaml"
    file.write_bytes(b"# \x1b[31m \xc2\x9b1m\r\na:1\r\nb: 2\r\n")
    found = fix.mend(file)
    assert found is None or not {"\x1b", "\x9b"} & set(found.shown())


def test_a_file_is_read_so_often_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = "".join(f"n{number}: one: two\n" for number in range(40))
    assert mended(tmp_path, wrong).count('"') == 80
    monkeypatch.setattr(fix, "MOST_READ", 20 * len(wrong))
    fix._read.cache_clear()
    some = mended(tmp_path, wrong).count('"')
    assert 0 < some < 80, "what was mended before stays mended"
    assert fix._reads() < 40
