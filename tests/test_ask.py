"""Questions at a terminal: a wrong answer is asked again, Enter takes what is offered, a stop writes nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from packet import ask, report
from packet.problems import Exit, Problems
from packet.unit.load import load
from test_process import PACKET
from test_write import everything

Typed = Callable[..., list[str]]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Sit at a terminal, and type lines one after another; what was asked is returned."""
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(report.err, "_force_terminal", True)

    def at(*lines: str) -> list[str]:
        left, asked = list(lines), []

        def answer(prompt: object, **options: object) -> str:
            asked.append(str(prompt))
            if not left:
                raise EOFError
            return left.pop(0)

        monkeypatch.setattr(report.err, "input", answer)
        return asked

    return at


def needed(name: str = "title", given: str | None = None, **options: object) -> ask.Question:
    return ask.Question(name, "What is it called?", given, **options)  # type: ignore[arg-type]


def test_what_was_not_given_is_asked_for(typed: Typed) -> None:
    asked = typed("A title", "")
    questions = [needed(), needed("NAME", default=lambda told: told["title"].lower()), needed("kind", "law")]
    assert ask.answers(questions) == {"title": "A title", "NAME": "a title", "kind": "law"}
    assert asked == ["What is it called?: ", "What is it called? [a title]: "]


def test_nothing_is_asked_where_nothing_must_be(typed: Typed) -> None:
    asked = typed()
    assert ask.answers([needed(given="A"), needed("more", default=lambda told: "b")]) == {"title": "A", "more": "b"}
    assert asked == []


def test_a_wrong_answer_is_asked_again(typed: Typed, capsys: pytest.CaptureFixture[str]) -> None:
    asked = typed("", "x", "N", "No")
    assert ask.answers([needed(choices=("no", "none"))]) == {"title": "no"}
    assert len(asked) == 4


def test_a_wrong_option_is_told_before_anything_is_asked(typed: Typed) -> None:
    asked = typed("A")
    with pytest.raises(Problems) as raised:
        ask.answers([needed(), needed("kind", "x", choices=("law",))])
    assert raised.value.exit == Exit.USAGE
    assert asked == []


@pytest.mark.parametrize("piped", ["stdin", "stderr"])
def test_a_pipe_at_either_end_is_no_terminal(typed: Typed, monkeypatch: pytest.MonkeyPatch, piped: str) -> None:
    asked = typed("A title")
    if piped == "stdin":
        monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    else:
        monkeypatch.setattr(report.err, "_force_terminal", False)
    with pytest.raises(Problems, match="--title is missing"):
        ask.answers([needed()])
    assert asked == []


def test_the_end_of_input_is_a_stop(typed: Typed) -> None:
    typed()
    with pytest.raises(KeyboardInterrupt):
        ask.answers([needed()])


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
@pytest.mark.parametrize("key", [b"\x03", b"\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_a_stop_at_a_prompt_writes_nothing(library: Path, key: bytes) -> None:
    import pty  # noqa: PLC0415 (not everywhere)

    before = everything(library)
    pid, ours = pty.fork()
    if pid == 0:
        os.chdir(library)
        os.execv(PACKET[0], [*map(str, PACKET), "new", "source"])
    said = b""
    while b"title:" not in said:
        said += os.read(ours, 4096)
    time.sleep(0.1)
    os.write(ours, key)
    while True:
        try:
            more = os.read(ours, 4096)
        except OSError:  # how a pseudo-terminal ends on Linux
            break
        if not more:
            break
        said += more
    os.close(ours)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == Exit.STOPPED
    assert b"Stopped. No file is half-written." in said
    assert b"Traceback" not in said
    assert everything(library) == before


def test_input_from_a_pipe_is_never_waited_for(library: Path) -> None:
    ended = subprocess.run(
        [*PACKET, "new", "lesson"], cwd=library, stdin=subprocess.PIPE, capture_output=True, timeout=30, check=False
    )
    assert ended.returncode == Exit.USAGE
    assert b"--title is missing" in ended.stderr
    assert list(load(library).lessons) == ["opening-hours"]
