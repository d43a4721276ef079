"""Problems for other programs: one line each, JSON, or SARIF for code scanning. Pure text; nothing is printed here."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from packet.codes import EXPLAINED
from packet.problems import Problem

SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def short(problems: Sequence[Problem]) -> str:
    """Return one line for each problem: `file:line:col: severity: message [code]`."""
    return "\n".join(f"{_place(problem)}: {_line(problem)}" for problem in problems)


def as_json(problems: Sequence[Problem]) -> str:
    """Return `{"schema": 1, "problems": [...]}`; columns count from 1, `end_col` is the one after the last."""
    return json.dumps({"schema": 1, "problems": [_fields(problem) for problem in problems]}, indent=2)


def sarif(problems: Sequence[Problem]) -> str:
    """Return the problems as SARIF 2.1.0, in the shape that GitHub's code scanning takes."""
    codes = sorted({problem.code for problem in problems})
    driver = {"name": "packet", "rules": [_rule(code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_finding(problem, codes.index(problem.code)) for problem in problems],
    }
    return json.dumps({"$schema": SARIF, "version": "2.1.0", "runs": [run]}, indent=2)


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {"short": short, "json": as_json, "sarif": sarif}


def relative(path: Path) -> str:
    """Return a path as seen from the working folder; as it is where it lies elsewhere."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def _place(problem: Problem) -> str:
    span = problem.span
    return f"{relative(span.file)}:{span.line}:{span.col}" if span else "packet"


def _line(problem: Problem) -> str:
    return f"{problem.severity}: {' '.join(problem.message.split())} [{problem.code}]"


def _fields(problem: Problem) -> dict[str, Any]:
    span = problem.span
    return {
        "file": relative(span.file) if span else None,
        "line": span.line if span else None,
        "col": span.col if span else None,
        "end_col": span.col + span.length if span else None,
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "hint": problem.hint,
    }


def _rule(code: str) -> dict[str, Any]:
    explained = EXPLAINED[code]
    return {
        "id": code,
        "shortDescription": {"text": explained.means},
        "fullDescription": {"text": explained.means},
        "help": {"text": f"For example: {explained.example}\n{explained.do}"},
    }


def _finding(problem: Problem, rule: int) -> dict[str, Any]:
    text = f"{problem.message}; {problem.hint}" if problem.hint else problem.message
    found = {"ruleId": problem.code, "ruleIndex": rule, "level": problem.severity, "message": {"text": text}}
    span = problem.span
    if span is None:
        return found
    region = {"startLine": span.line, "startColumn": span.col, "endColumn": span.col + span.length}
    where = {"artifactLocation": {"uri": _address(span.file)}, "region": region}
    return found | {"locations": [{"physicalLocation": where}]}


def _address(path: Path) -> str:
    seen = relative(path)
    return path.resolve().as_uri() if Path(seen).is_absolute() or seen.startswith("..") else quote(seen)
