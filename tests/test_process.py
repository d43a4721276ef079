"""The command line as a process of its own: what a pipe sees, what is loaded, a machine that lacks something."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import EVERY, HERE, LIBRARY, Run
from packet.problems import Exit

PACKET = [sys.executable, "-c", "from packet.cli import main; main()"]
LOADED = """
import sys
from packet.cli import main
try:
    main()
finally:
    print([name for name in ("weasyprint", "pikepdf", "jinja2") if name in sys.modules], file=sys.stderr)
"""


POSIX = pytest.mark.skipif(sys.platform == "win32", reason="no signals of this kind there")
QUICK = ["list", "list --json", "check", "show 1", "show --help", "build --help", "--help"]


@pytest.mark.parametrize("args", QUICK)
def test_the_typesetter_is_not_loaded_where_it_is_not_needed(run: Run, args: str) -> None:
    given = [] if "--help" in args else ["--unit", LIBRARY]
    ended = run(*args.split(), *given, code=LOADED)
    assert ended.returncode == Exit.DONE
    assert ended.stdout
    assert ended.stderr.splitlines()[-1] == "[]"


@pytest.mark.parametrize("env", [{}, {"NO_COLOR": "1"}, {"TERM": "xterm-256color", "COLORTERM": "truecolor"}])
@pytest.mark.parametrize("args", [["check"], ["show", "nothing"], ["list"]])
def test_no_escape_codes_in_a_pipe(run: Run, args: list[str], env: dict[str, str]) -> None:
    ended = run(*args, "--unit", LIBRARY, **env)
    assert ended.stdout + ended.stderr
    assert "\x1b" not in ended.stdout + ended.stderr


def test_messages_in_a_pipe_are_not_cut(run: Run) -> None:
    ended = run("show", "nothing" * 40, "--unit", LIBRARY, COLUMNS="40")
    assert ended.returncode == Exit.USAGE
    assert "nothing" * 40 in ended.stderr
    assert ended.stdout == ""


def test_json_is_one_document_and_keeps_every_letter(run: Run) -> None:
    ended = run("list", "--json", "--unit", HERE.parent / "lessons", COLUMNS="40")
    told = json.loads(ended.stdout)
    assert len(told["lessons"]) == 12
    assert ended.stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
@pytest.mark.parametrize(("env", "colours"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colour_on_a_terminal_unless_it_is_not_wanted(tmp_path: Path, env: dict[str, str], colours: bool) -> None:
    import pty  # noqa: PLC0415 (not everywhere)

    ours, theirs = pty.openpty()
    terminal = {"TERM": "xterm-256color", **env}
    command = [*PACKET, "show", "nothing", "--unit", LIBRARY]
    subprocess.run(command, stdout=theirs, stderr=theirs, cwd=tmp_path, env=terminal, check=False)
    os.close(theirs)
    said = os.read(ours, 4096).decode()
    os.close(ours)
    assert "there is no lesson" in said
    assert bool(re.search(r"\x1b\[(?:\d+;)*3\dm", said)) is colours


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break otherwise there")
def test_a_reader_that_stops_early_is_no_fault(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    command = [*PACKET, "list", "--unit", LIBRARY]
    ended = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, cwd=tmp_path, check=False)
    os.close(write)
    assert ended.stderr == b""
    assert ended.returncode == Exit.DONE


NO_ROOM = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
del sys.argv[1]
from packet.cli import main
main()
"""


@POSIX
@pytest.mark.parametrize("most", [100, 30_000])
def test_a_full_disk_is_4_and_leaves_the_old_files(run: Run, tmp_path: Path, most: int) -> None:
    """With the first there is no room for anything, with the second for everything but the packet."""
    out = tmp_path / "out"
    out.mkdir()
    for edition in ("student", "teacher"):
        (out / f"whole-{edition}.pdf").write_bytes(b"old")
    env = {"PYTHONDONTWRITEBYTECODE": "1"}  # Python does not see that its own files are cut short
    ended = run(most, "build", "--unit", LIBRARY, "--out", out, "--workers", 1, code=NO_ROOM, **env)
    assert ended.returncode == Exit.CANNOT_WRITE
    assert "cannot be written: File too large  [cannot-write]" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert {file.name: file.read_bytes() for file in out.iterdir()} == {
        "whole-student.pdf": b"old",
        "whole-teacher.pdf": b"old",
    }


@POSIX
@pytest.mark.parametrize("moment", [0.15, 0.7, 1.6, *(pytest.param(n / 4, marks=EVERY) for n in range(1, 20))])
def test_ctrl_c_at_any_moment_is_130_and_leaves_whole_files(tmp_path: Path, moment: float) -> None:
    """A terminal sends it to all processes at once. Where the build was quicker, its files are the new ones."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "two-student.pdf").write_bytes(b"old")
    command = [sys.executable, "-m", "packet", "build", "--unit", str(HERE.parent / "lessons"), "--no-cache"]
    started = subprocess.Popen(
        [*command, "--out", str(out), "--workers", "2"],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    time.sleep(moment)
    os.killpg(started.pid, signal.SIGINT)
    _, said = started.communicate(timeout=60)
    assert started.returncode in (Exit.STOPPED, -signal.SIGINT)
    assert b"Traceback" not in said
    assert said.endswith(b"Stopped. No file is half-written.\n")
    assert [file.name for file in out.iterdir()] == ["two-student.pdf"]


def without(folder: Path, module: str, error: str) -> dict[str, str]:
    """Return an environment in which importing `module` raises `error`, as on a machine that lacks something."""
    (folder / "lacking").mkdir()
    (folder / "lacking" / f"{module}.py").write_text(f"raise {error}\n", "utf-8")
    return {"PYTHONPATH": str(folder / "lacking")}


PANGO = "OSError(\"cannot load library 'libpango-1.0-0': libpango-1.0-0: cannot open shared object file\")"
BY_SYSTEM = [
    ("Linux", "apt install libpango-1.0-0"),
    ("Darwin", "brew install pango"),
    ("Windows", "pacman -S"),
]


@pytest.mark.parametrize(("system", "advice"), BY_SYSTEM)
def test_without_pango_a_build_is_3_and_gives_the_install_line(
    run: Run, tmp_path: Path, system: str, advice: str
) -> None:
    code = f"import platform; platform.system = lambda: {system!r}; from packet.cli import main; main()"
    ended = run("build", "--unit", LIBRARY, code=code, **without(tmp_path, "weasyprint", PANGO))
    assert ended.returncode == Exit.MACHINE
    assert "cannot find libpango-1.0-0" in ended.stderr
    assert advice in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""
    assert not (tmp_path / "build").exists()


def test_without_weasyprint_a_build_is_3_and_says_so(run: Run, tmp_path: Path) -> None:
    lacking = without(tmp_path, "weasyprint", "ImportError('no module')")
    ended = run("build", "--unit", LIBRARY, **lacking)
    assert ended.returncode == Exit.MACHINE
    assert "pip install weasyprint" in ended.stderr


def test_without_the_fonts_a_build_is_3_and_says_so(run: Run, tmp_path: Path) -> None:
    lacking = without(tmp_path, "rendercv_fonts", "ImportError('no module')")
    ended = run("build", "--unit", LIBRARY, **lacking)
    assert ended.returncode == Exit.MACHINE
    assert "pip install rendercv-fonts" in ended.stderr


def test_without_pango_the_doctor_is_3_and_looks_at_the_rest(run: Run, tmp_path: Path) -> None:
    ended = run("doctor", **without(tmp_path, "weasyprint", PANGO))
    assert ended.returncode == Exit.MACHINE
    assert "FAIL WeasyPrint and Pango" in ended.stdout
    assert "libpango-1.0-0" in ended.stdout
    assert "ok   Typefaces" in ended.stdout
    assert "Traceback" not in ended.stdout + ended.stderr


def test_without_pango_everything_that_prints_nothing_works(run: Run, tmp_path: Path) -> None:
    ended = run("check", "--unit", LIBRARY, **without(tmp_path, "weasyprint", PANGO))
    assert ended.returncode == Exit.DONE


def test_a_build_in_a_pipe_says_nothing_but_warnings_and_its_files(run: Run, tmp_path: Path) -> None:
    ended = run("build", "--unit", LIBRARY, "--edition", "student", "--packet", "whole", "--workers", 1)
    assert ended.returncode == Exit.DONE
    assert ended.stderr == "The unit has 2 warnings; packet check shows them.\n"
    assert ended.stdout.count("\n") == 1
    assert ended.stdout.split()[0] == str(Path("build") / "whole-student.pdf")
    assert (tmp_path / "build/whole-student.pdf").read_bytes().startswith(b"%PDF-")
