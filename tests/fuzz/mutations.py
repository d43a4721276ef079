"""Make a wrong file of a right one: flips, cuts, splices, YAML's own signs, names of fields, letters that hurt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from packet.unit.model import Article, Figure, Lesson, SavedPacket, Source, UnitPlan

LARGEST = 200_000
"""Bytes; larger files have tests of their own, which need no luck."""

REPEATED = tuple(b'[|{a: |- |? |a:\n |> |*|_|[[|(|<g>|"|a|\n| |&|\\|9'.split(b"|"))
"""What is put many times over."""
NAMES = sorted(
    {
        name.encode()
        for model in (UnitPlan, Article, Lesson, Source, Figure, SavedPacket)
        for schema in [model.model_json_schema()]
        for part in (schema, *schema.get("$defs", {}).values())
        for name in part.get("properties", ())
    }
)


def _words() -> list[bytes]:
    lines = (Path(__file__).parent / "words.txt").read_bytes().split(b"\n")
    return [line.decode("unicode_escape").encode("latin-1") for line in lines if line and not line.startswith(b"#:")]


WORDS = [*_words(), b"9" * 5000, b"-" + b"9" * 400, "a\u0300".encode() + "\u0300".encode() * 40, *NAMES]
"""Signs, values, letters, escapes, bytes, markup; and the names of all fields."""


def mutated(data: bytes, random: Random, seeds: Sequence[bytes], largest: int = LARGEST) -> bytes:
    """Return `data` with one to five things changed, never longer than `largest`; `seeds` are files to splice from."""
    for _ in range(random.choice((1, 1, 1, 2, 3, 5))):
        change = random.choice(CHANGES)
        data = change(data, random, random.choice(seeds))[:largest]
    return data


Change = Callable[[bytes, Random, bytes], bytes]


def _at(data: bytes, random: Random) -> int:
    return random.randint(0, len(data))


def _some(data: bytes, random: Random) -> tuple[int, int]:
    start = _at(data, random)
    return start, min(len(data), start + random.choice((1, 1, 2, 4, 16, 100, 1000)))


def _flip(data: bytes, random: Random, _: bytes) -> bytes:
    at = _at(data, random)
    return data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]


def _cut(data: bytes, random: Random, _: bytes) -> bytes:
    start, end = _some(data, random)
    return data[:start] + data[end:]


def _twice(data: bytes, random: Random, _: bytes) -> bytes:
    start, end = _some(data, random)
    return data[:end] + data[start:end] * random.choice((1, 2, 50)) + data[end:]


def _splice(data: bytes, random: Random, other: bytes) -> bytes:
    start, end = _some(other, random)
    at = _at(data, random)
    return data[:at] + other[start:end] + data[at:]


def _word(data: bytes, random: Random, _: bytes) -> bytes:
    at = _at(data, random)
    return data[:at] + random.choice(WORDS) + data[at:]


def _repeat(data: bytes, random: Random, _: bytes) -> bytes:
    at = _at(data, random)
    return data[:at] + random.choice(REPEATED) * random.choice((2, 30, 45, 200, 10_000)) + data[at:]


def _line(data: bytes, random: Random, _: bytes) -> bytes:
    """Change whole lines: take one away, give it twice, move it, or indent it otherwise."""
    lines = data.split(b"\n")
    at = random.randrange(len(lines))
    line = lines.pop(at)
    moved = random.choice(([], [line, line], [b"  " + line], [line[1:]], [line.lstrip()], [b"\t" + line]))
    to = random.choice((at, random.randint(0, len(lines))))
    return b"\n".join([*lines[:to], *moved, *lines[to:]])


def _value(data: bytes, random: Random, _: bytes) -> bytes:
    """Put another value behind a name, bare or in quotation marks, or another name before a value."""
    lines = data.split(b"\n")
    at = random.randrange(len(lines))
    name, colon, value = lines[at].partition(b":")
    said = b" ".join(random.choices(WORDS, k=random.choice((1, 1, 3))))
    quote = random.choice((b"", b"", b'"', b"'"))
    if random.random() < 0.3:
        lines[at] = name[: len(name) - len(name.lstrip(b" -"))] + random.choice(NAMES) + colon + value
    elif random.random() < 0.3:
        lines[at] = name + colon + b" |\n" + b" " * 12 + said.replace(b"\n", b"\n" + b" " * 12)
    else:
        lines[at] = name + colon + b" " + quote + said + quote
    return b"\n".join(lines)


CHANGES: Sequence[Change] = (_flip, _cut, _twice, _splice, _word, _word, _repeat, _line, _line, _value, _value, _value)
