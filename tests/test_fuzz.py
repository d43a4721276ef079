"""A few hundred of the fuzzer's inputs, the same ones each time; `make fuzz` tries a hundred thousand."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from fuzz import mutations
from fuzz.trial import TARGETS, WEIGHTS, Trial, seeds
from packet.problems import Problems


@pytest.mark.parametrize("seed", range(2))
def test_a_wrong_file_ends_in_pages_or_in_problems(tmp_path: Path, seed: int) -> None:
    begin, random = seeds(), Random(seed)
    trial = Trial(tmp_path)
    for _ in range(150):
        target = random.choices(range(len(TARGETS)), WEIGHTS)[0]
        trial(bytes([target]) + mutations.mutated(begin[target][1:], random, begin))
    assert trial.ends["problems"] > 50
    assert trial.ends["pages"] > 10


def test_every_right_file_ends_in_pages(tmp_path: Path) -> None:
    trial = Trial(tmp_path)
    for data in seeds()[: len(TARGETS)]:
        trial(data)
    assert trial.ends == {"pages": len(TARGETS)}


def test_the_trial_can_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trial = Trial(tmp_path)
    monkeypatch.setattr("packet.unit.check.check", lambda unit: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        trial(seeds()[0])
    monkeypatch.setattr("fuzz.trial.checked", lambda root: _refuse())
    with pytest.raises(AssertionError):
        trial(seeds()[0])


def _refuse() -> None:
    raise Problems([])
