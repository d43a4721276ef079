"""The fuzzer: `python -m fuzz [--runs N] [FILE ...]`, in the folder tests. A FILE is an input that was kept.

Atheris is libFuzzer for Python: it keeps the inputs that reach new lines of packet and goes on from them. The same
seed gives the same inputs; an input that ends wrongly, takes over 10 s or brings the process over 1 GB is kept in a
file in the folder for temporary files, which is named, and ends the run.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from random import Random

import atheris

with atheris.instrument_imports(include=["packet"]):
    from fuzz.trial import WEIGHTS, Trial, seeds
from fuzz.mutations import LARGEST, mutated

SECONDS, MEGABYTES = 10, 1024


def main() -> None:
    """Run the fuzzer, and say how its inputs ended."""
    asked = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    asked.add_argument("--runs", type=int, default=100_000, help="how many inputs to try")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("files", nargs="*", help="try these inputs alone")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="packet-fuzz-") as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        begin = seeds()
        for number, seed in enumerate(begin):
            (corpus / f"{number:03}").write_bytes(seed)
        trial, start = Trial(Path(folder)), time.monotonic()

        def once(data: bytes) -> None:
            trial(data)
            if trial.ends.total() % 5000 == 0 and not given.files:
                _say(trial, start)

        def change(data: bytes, largest: int, seed: int) -> bytes:
            random = Random(seed)
            target = bytes([random.choices(range(len(WEIGHTS)), WEIGHTS)[0]]) if random.random() < 0.05 else data[:1]
            return (target or b"\0") + mutated(data[1:], random, begin, largest - 1)

        kept = f"-artifact_prefix={Path(tempfile.gettempdir()) / 'packet-fuzz-'}"
        limits = [f"-timeout={SECONDS}", f"-rss_limit_mb={MEGABYTES}", f"-max_len={LARGEST}", kept]
        run = [f"-runs={given.runs}", f"-seed={given.seed}", "-verbosity=0", "-len_control=0", str(corpus)]
        atheris.Setup([sys.argv[0], *limits, *(given.files or run)], once, custom_mutator=change)
        atheris.Fuzz()


def _say(trial: Trial, start: float) -> None:
    ends = ", ".join(f"{count} in {end}" for end, count in sorted(trial.ends.items()))
    print(f"{trial.ends.total():,} inputs in {time.monotonic() - start:.0f} s: {ends}", flush=True)


if __name__ == "__main__":
    main()
