"""Packet beside its peers, as ratios: python bench/bench.py [--quick] [--large] [--json FILE].

All measurements of a round are run one after the other, round after round; a ratio is taken within a round, so that a
machine that is slower for a while is slower for both. What is measured is in workshop.py, its words in same.py.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import machine
import units
from timed import Ran
from workshop import Measure, Workshop

ROOT = Path(__file__).parent.parent / "lessons"
SOURCES = (".py", ".css", ".j2", ".yaml", ".svg")
Round = dict[str, Ran]


@dataclass(frozen=True)
class Row:
    """A row of the table. `ratio` and `limit` take a round's measurements; a limit says why a target is missed."""

    says: str
    target: float
    needs: tuple[str, ...]
    ratio: Callable[[Round], float]
    limit: Callable[[Round], str] = lambda _: ""


@dataclass(frozen=True)
class Result:
    """What a row came to. No ratio: it was not measured."""

    row: str
    target: float
    ratio: float | None
    least: float | None
    most: float | None
    runs: int
    remark: str = ""

    @property
    def met(self) -> str:
        """Whether the target was met."""
        return "-" if self.ratio is None else "met" if self.ratio <= self.target else "NOT met"


def seconds(ours: str, peer: str) -> Callable[[Round], float]:
    """Return the ratio of two measurements' seconds."""
    return lambda took: took[ours].seconds / took[peer].seconds


def _to_ideal(took: Round) -> float:
    return took["first"].seconds / (took["weasyprint"].cpu / machine.cores())


def _peak(times: str) -> Callable[[Round], float]:
    return lambda took: took[times].peak / took["first"].peak


def _slower_than_chromium(took: Round) -> str:
    at_best = took["weasyprint"].cpu / machine.cores() / took["chromium"].seconds if "weasyprint" in took else 0
    return f"bare WeasyPrint on all cores would come to {at_best:.1f}"


def _passes(took: Round) -> str:
    spent = took["first"].cpu / took["weasyprint"].cpu
    return f"{spent:.1f} times its CPU: what the fit changes is laid out again, and each page inspected as a picture"


def _set_anew(took: Round) -> str:
    loading = took["loading"].seconds / took["typst"].seconds
    anew = f"cover, contents and back matter are set anew: {took['chosen'].cpu:.1f} CPU s"
    return f"{anew}; loading WeasyPrint comes to {loading:.1f}"


def _set_anew_inside(took: Round) -> str:
    return f"the same {took['chosen_inside'].seconds:.1f} s, less what loading takes"


def _still_set(took: Round) -> str:
    return f"the lesson, cover, contents and back matter: {took['one_word'].cpu:.1f} CPU s"


def _held_whole(took: Round) -> str:
    more = took["hundred"].peak - took["first"].peak
    return f"the packet that is bound is in memory, each page and tag of it: {more / 1000:.1f} GB more"


def _composed(took: Round) -> str:
    return f"the unit's files and what was written are read: {took['unchanged'].cpu:.2f} CPU s"


def _checked(took: Round) -> str:
    return f"every file is read: {took['listed'].cpu:.2f} CPU s"


def _row(says: str, target: float, ours: str, peer: str, limit: Callable[[Round], str] = lambda _: "") -> Row:
    return Row(says, target, (ours, peer), seconds(ours, peer), limit)


FLOOR = "`python -c 'import typer, yaml'`"
ON_CHROMIUM = "first build, whole unit, student edition, proof included / Chromium on the same HTML"
ON_IDEAL = "first build / (CPU seconds of bare WeasyPrint on the same lessons / cores)"
ON_TYPST = (
    "new selection of lessons already typeset, whole `packet build` process / Typst compiling the same, as a process"
)
ON_CALL = "the same selection inside a running process, request to bytes / Typst's compile call"
MEMORY = "peak memory of the largest process, 1,200 lessons / 12 lessons"
ROWS = (
    _row(ON_CHROMIUM, 1.0, "first", "chromium", _slower_than_chromium),
    Row(ON_IDEAL, 1.15, ("first", "weasyprint"), _to_ideal, _passes),
    _row(ON_TYPST, 1.5, "chosen", "typst", _set_anew),
    _row(ON_CALL, 0.5, "chosen_inside", "typst_inside", _set_anew_inside),
    _row("one word changed in one lesson of twelve / first build", 0.2, "one_word", "first", _still_set),
    _row(f"nothing changed, whole process / {FLOOR}", 2.5, "unchanged", "floor", _composed),
    _row(f"`packet list`, listed before / {FLOOR}", 1.5, "listed", "floor", _checked),
    _row("time for 120 lessons / 12 lessons", 10.5, "ten", "first"),
    _row("time for 1,200 lessons / 12 lessons (--large)", 110, "hundred", "first"),
    Row(MEMORY + " (--large)", 1.5, ("hundred", "first"), _peak("hundred"), _held_whole),
)


def main() -> None:
    """Run the bench and print its table."""
    asked = _asked()
    every = units.slugs(ROOT)
    lessons = every[:3] if asked.quick else every
    runs = asked.runs or (1 if asked.quick else 5)
    stamp = _stamp()
    about = machine.about() | {"lessons": str(len(lessons)), "load before": f"{os.getloadavg()[0]:.2f}"}
    with tempfile.TemporaryDirectory(prefix="packet-bench-") as folder:
        shop = Workshop(Path(folder), ROOT, lessons)
        _tell("preparing")
        shop.prepare()
        rounds = [_round(_measures(shop, asked, number), number, runs) for number in range(1, runs + 1)]
    results = [_result(row, rounds) for row in ROWS]
    if _stamp() != stamp:
        about["CAUTION"] = "the sources were changed during the run, so these numbers do not count"
    print(_table(about, results, rounds))
    if asked.json:
        took = [{name: asdict(ran) for name, ran in one.items()} for one in rounds]
        rows = [asdict(result) | {"met": result.met} for result in results]
        asked.json.write_text(json.dumps({"machine": about, "rows": rows, "rounds": took}, indent=2) + "\n", "utf-8")


def _stamp() -> float:
    """Return when a source was changed last: a kept sheet is worth nothing after that."""
    folders = (ROOT, ROOT.parent / "src", ROOT.parent / "styles")
    return max(file.stat().st_mtime for folder in folders for file in folder.rglob("*") if file.suffix in SOURCES)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="three lessons, one round, not ten times: to try it out")
    parser.add_argument("--runs", type=int, metavar="N", help="rounds [default: 5, or 1 with --quick]")
    parser.add_argument("--without-ten", action="store_true", help="leave out the row that takes most of the time")
    parser.add_argument("--large", action="store_true", help="also a hundred times the lessons, once: an hour and more")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every measurement there")
    return parser.parse_args()


def _measures(shop: Workshop, asked: argparse.Namespace, number: int) -> dict[str, Measure]:
    """Return what is measured in a round, in order: each thing right beside what it is compared with."""
    measures: dict[str, Measure] = {"first": shop.first, "weasyprint": shop.weasyprint, "one_word": shop.one_word}
    if machine.chromium():
        measures = {"chromium": shop.chromium} | measures
    measures["chosen"] = shop.chosen
    if machine.version_of("typst"):
        measures |= {"typst": shop.typst, "loading": shop.loading}
        measures |= {"chosen_inside": shop.chosen_inside, "typst_inside": shop.typst_inside}
    measures |= {"unchanged": shop.unchanged, "floor": shop.floor, "listed": shop.listed}
    if not (asked.quick or asked.without_ten):
        measures["ten"] = lambda: shop.larger(10)
    if asked.large and number == 1:
        measures["hundred"] = lambda: shop.larger(100)
    return measures


def _round(measures: dict[str, Measure], number: int, runs: int) -> Round:
    took: Round = {}
    for name, measure in measures.items():
        _tell(f"round {number} of {runs}: {name}")
        took[name] = measure()
        _tell(f"    {took[name].seconds:.2f} s")
    return took


def _result(row: Row, rounds: Sequence[Round]) -> Result:
    ratios = [row.ratio(took) for took in rounds if all(name in took for name in row.needs)]
    if not ratios:
        return Result(row.says, row.target, None, None, None, 0, "not measured")
    ratio = statistics.median(ratios)
    remark = row.limit(rounds[-1]) if ratio > row.target else ""
    return Result(row.says, row.target, ratio, min(ratios), max(ratios), len(ratios), remark)


def _table(about: dict[str, str], results: Sequence[Result], rounds: Sequence[Round]) -> str:
    """Return the table in Markdown, with the machine above it and the medians of all measurements below."""
    lines = [", ".join(f"{name} {value}" for name, value in about.items()), ""]
    lines += ["| row | target | ratio | spread | runs | |", "| --- | --- | --- | --- | --- | --- |"]
    for made in results:
        ratio, spread = ("", "") if made.ratio is None else (f"{made.ratio:.2f}", f"{made.least:.2f}-{made.most:.2f}")
        end = " ".join(filter(None, (made.met, made.remark)))
        lines.append(f"| {made.row} | <= {made.target} | {ratio} | {spread} | {made.runs} | {end} |")
    names = dict.fromkeys(name for took in rounds for name in took)
    lines += ["", "Medians: " + "; ".join(_median(name, rounds) for name in names)]
    return "\n".join(lines)


def _median(name: str, rounds: Sequence[Round]) -> str:
    ran = [took[name] for took in rounds if name in took]
    took, cpu, peak = (statistics.median(getattr(one, field) for one in ran) for field in ("seconds", "cpu", "peak"))
    return f"{name} {took:.2f} s (CPU {cpu:.2f} s, {peak:.0f} MB)"


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
