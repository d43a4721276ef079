"""A part that goes on without end ends with its name."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from packet.press import limits
from packet.press.sheets import Order
from packet.problems import Problems
from packet.unit.load import load
from pressroom import job, printed, uninspected

ORDER = Order("Lesson 1: Opening hours", {"type": b""}, {"figures/plan.svg": b""})
POSIX = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarms there")


@POSIX
def test_what_takes_too_long_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.05)
    with pytest.raises(Problems) as raised, limits.bounded(ORDER):
        while True:
            try:
                time.sleep(1)
            except Exception:
                continue
    (problem,) = raised.value.problems
    assert problem.code == "too-long"
    assert "Lesson 1: Opening hours" in problem.message
    assert "figures/plan.svg" in problem.hint
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


@POSIX
def test_what_takes_too_much_memory_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BYTES", 3_000_000_000)
    with pytest.raises(Problems) as raised, limits.bounded(ORDER):
        bytearray(4_000_000_000)
    assert raised.value.problems[0].code == "too-large"
    assert len(bytearray(10)) == 10


def test_what_is_nested_too_deep_is_named() -> None:
    def deeper() -> None:
        deeper()

    with pytest.raises(Problems) as raised, limits.bounded(ORDER):
        deeper()
    assert raised.value.problems[0].code == "too-nested"


@POSIX
def test_a_hostile_style_ends_with_the_lesson_s_name(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uninspected(monkeypatch)
    monkeypatch.setattr(limits, "SECONDS", 0.05)
    with pytest.raises(Problems) as raised:
        printed(load(library), job(1, editions=("student",)), tmp_path / "out")
    (problem,) = raised.value.problems
    assert problem.code == "too-long"
    assert "Lesson 1" in problem.message
    assert not (tmp_path / "out").exists()
