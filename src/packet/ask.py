"""Ask at a terminal for what a command was not given; elsewhere say which options are missing, and never wait."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rich.prompt import InvalidResponse, Prompt
from rich.text import Text

from packet import report
from packet.problems import Exit, Problem, Problems, stop

Answers = Mapping[str, str]


def line(answer: str) -> str:
    """Return an answer on one line; raise Problems if it holds what no file should."""
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in answer):
        raise stop("usage", "the text holds signs that cannot be printed", "type it anew", exit=Exit.USAGE)
    return " ".join(answer.split())


@dataclass(frozen=True)
class Question:
    """Something that a command needs to know."""

    name: str
    """What the answer is called: `NAME` for an argument, otherwise the option without its hyphens."""
    words: str
    given: str | None
    """What the command line says."""
    default: Callable[[Answers], str] | None = None
    """The answer where none is given, from those before it; None where one must be given."""
    check: Callable[[str], str] = line
    """Returns an answer as it will be used; raises Problems with what is wrong with it."""
    choices: Sequence[str] = ()
    """The answers there are; the first letters of one will do. Any text where there are none."""
    offered: Sequence[str] = ()
    """Lines to read before answering."""

    @property
    def option(self) -> str:
        """What is typed on the command line."""
        return self.name if self.name.isupper() else f"--{self.name}"

    def read(self, answer: str) -> str:
        """Return an answer as it will be used; raise Problems with what is wrong with it."""
        if self.default is None and not answer.strip():
            raise stop("usage", f"{self.option} is empty", "write something", exit=Exit.USAGE)
        return self.check(self._chosen(answer) if self.choices else answer)

    def _chosen(self, answer: str) -> str:
        said = answer.strip().casefold()
        found = [choice for choice in self.choices if choice.casefold().startswith(said)]
        exact = [choice for choice in found if choice.casefold() == said]
        if len(exact or found) != 1:
            message = f"{self.option}: {answer.strip()!r} is none of the answers"
            raise stop("usage", message, self.one_of(), exit=Exit.USAGE)
        return (exact or found)[0]

    def one_of(self) -> str:
        """Return the advice to give one of the answers there are; empty where any text will do."""
        return f"write one of: {', '.join(self.choices)}" if self.choices else ""


def answers(questions: Sequence[Question]) -> dict[str, str]:
    """Return the answers by name. If one that must be given is missing, all that were not given are asked for."""
    wrong: list[Problem] = []
    known: dict[str, str] = {}
    for question in questions:
        if question.given is not None:
            try:
                known[question.name] = question.read(question.given)
            except Problems as problems:
                wrong += problems.problems
    missing = [question for question in questions if question.given is None and question.default is None]
    attended = sys.stdin is not None and sys.stdin.isatty() and report.err.is_terminal
    if not attended:
        hint = "give it, or run this at a terminal, where it is asked for"
        wrong += [
            Problem("usage", f"{asked.option} is missing: {asked.words}", hint=asked.one_of() or hint)
            for asked in missing
        ]
    if wrong:
        raise Problems(wrong, Exit.USAGE)
    for question in questions:
        if question.given is None:
            default = question.default(known) if question.default else ""
            known[question.name] = _asked(question, default) if missing else question.read(default)
    return {question.name: known[question.name] for question in questions}


class _Prompt(Prompt):
    """A prompt that says what is wrong with an answer, and asks again."""

    question: Question
    default: str

    def process_response(self, value: str) -> str:
        """Return the answer, or the default where only Enter was typed."""
        try:
            return self.question.read(value.strip() or self.default)
        except Problems as problems:
            said = "; ".join(part for part in (problems.problems[0].message, problems.problems[0].hint) if part)
            raise InvalidResponse(Text(f"  {said}")) from None


def _asked(question: Question, default: str) -> str:
    """Ask until the answer is right; Ctrl-D ends it as Ctrl-C does."""
    for offered in question.offered:
        report.say(offered)
    words = question.words.rstrip(".") + f" ({', '.join(question.choices)})" * bool(question.choices)
    if question.default is not None:
        words += f" [{default or 'later'}]"
    prompt = _Prompt(Text(words), console=report.err)
    prompt.question, prompt.default = question, default
    try:
        return str(prompt())
    except EOFError:
        raise KeyboardInterrupt from None
    except UnicodeDecodeError:
        raise stop("usage", "the answer is not UTF-8", "set the terminal to UTF-8", exit=Exit.USAGE) from None
