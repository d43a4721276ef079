"""The files of a unit: read if they are plain, inside the unit and of a size; a link out of it is not followed."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from packet import fix
from packet.job.choose import checked
from packet.problems import Problem, Problems
from packet.unit import articletext, files, yamlfile
from packet.unit.load import load

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
FILES = ["01-opening-hours.yaml", "sources/rules.yaml", "figures/plan.yaml", "figures/plan.svg", "packets/whole.yaml"]


def refused(root: Path) -> Problem:
    with pytest.raises(Problems) as raised:
        load(root)
    (problem,) = raised.value.problems
    assert problem.span
    assert problem.hint
    return problem


def moved_out(root: Path, name: str) -> Path:
    """Move a file out of the unit, and leave a link to it."""
    outside = root.parent / Path(name).name
    shutil.move(root / name, outside)
    (root / name).symlink_to(outside)
    return outside


@POSIX
@pytest.mark.parametrize("name", [*FILES, "unit.yaml", "article.yaml"])
def test_a_link_out_of_the_unit_is_not_followed(library: Path, name: str) -> None:
    moved_out(library, name)
    problem = refused(library)
    assert problem.code == "outside"
    assert problem.span
    assert (problem.span.file, problem.span.text) == (library / name, "")


@POSIX
def test_a_folder_that_is_a_link_out_of_the_unit_is_not_followed(library: Path) -> None:
    moved_out(library, "packets")
    assert refused(library).code == "outside"


@POSIX
def test_a_link_inside_the_unit_and_a_unit_behind_a_link_are_read(library: Path) -> None:
    (library / "figures/plan.svg").rename(library / "figures/drawn.svg")
    (library / "figures/plan.svg").symlink_to("drawn.svg")
    (library.parent / "link").symlink_to(library)
    assert b"Shelf" in load(library.parent / "link").drawings["plan"]


@POSIX
def test_the_article_s_text_is_not_read_from_outside(library: Path) -> None:
    (library.parent / "secret").write_text("When it is open\n\nSecret.\n", "utf-8")
    (library / "article.txt").symlink_to(library.parent / "secret")
    with pytest.raises(Problems) as raised:
        articletext.read(library, load(library).article)
    assert [problem.code for problem in raised.value.problems] == ["outside"]


@POSIX
def test_what_a_link_leads_to_is_not_mended(library: Path) -> None:
    outside = moved_out(library, "sources/rules.yaml")
    outside.write_bytes(outside.read_bytes().replace(b"\n", b"\r\n"))
    assert [found.path for found in fix.look(fix.files(library))] == []


@POSIX
@pytest.mark.parametrize("name", FILES)
def test_a_link_to_itself_or_to_nothing(library: Path, name: str) -> None:
    (library / name).unlink()
    (library / name).symlink_to(Path(name).name)
    assert refused(library).code == "unreadable"
    (library / name).unlink()
    (library / name).symlink_to("nothing")
    with pytest.raises(Problems) as raised:
        checked(library)
    errors = [problem.code for problem in raised.value.problems if problem.severity == "error"]
    assert errors in (["no-file"], ["no-figure"])


@POSIX
@pytest.mark.parametrize("name", FILES)
def test_what_is_no_plain_file_is_not_waited_for(library: Path, name: str) -> None:
    (library / name).unlink()
    os.mkfifo(library / name)
    assert refused(library).code == "unreadable"


@pytest.mark.parametrize("name", [*FILES, "unit.yaml"])
def test_fifty_megabytes_are_refused_without_being_read(library: Path, name: str) -> None:
    with (library / name).open("wb") as file:
        file.truncate(50_000_000)
    problem = refused(library)
    assert problem.code == "too-big"
    assert "50,000,000 bytes; 1,000,000 is the most" in problem.message


def test_a_file_of_the_most_bytes_is_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x" * files.MOST_BYTES)
    assert len(files.read(tmp_path / "file")) == files.MOST_BYTES
    (tmp_path / "file.yaml").write_bytes(b"# " + b"x" * (files.MOST_BYTES - 2))
    assert yamlfile.read(tmp_path / "file.yaml").tree is None


@POSIX
@pytest.mark.parametrize(
    "name", ["01-caf\udce9.yaml", "01-\x1b[31mred.yaml", "01-two\nlines.yaml", "1-.yaml", "٣-x.yaml"]
)
def test_a_file_of_any_name_is_named_in_plain_words(
    library: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from packet import report  # noqa: PLC0415 (its consoles are those of the test)

    try:
        (library / name).write_bytes(b"title: x\n")
    except OSError:
        pytest.skip("this file system has no such names")
    try:
        _, found = checked(library)
    except Problems as problems:
        found = problems.problems
    report.problems(found, report.Console(file=sys.stdout))
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize("start", [b"%PDF-1.7\n", b"PK\x03\x04\x14", b"\xd0\xcf\x11\xe0\xa1", b"{\\rtf1\\ansi"])
def test_a_word_processor_s_file_is_no_text(library: Path, start: bytes) -> None:
    (library / FILES[0]).write_bytes(start + b"title: Opening hours\n")
    assert refused(library).code == "not-text"
