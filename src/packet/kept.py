"""What was made up before: the name under which a part is kept, by all that it depends on, and what is kept of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from pydantic import TypeAdapter, ValidationError

from packet import program
from packet.handout import fit
from packet.makeup import Copy, MadeUp
from packet.press.cache import Cache
from packet.press.sheets import Order


def name(copy: Copy) -> str:
    """Return the name for what is made up from a copy: a hash of all that it depends on."""
    return _hashed(
        [
            *copy.documents,
            *_ordered(copy.order),
            *_ordered(copy.heads),
            repr((copy.printing, copy.fit, copy.printed)),
            repr([(handout.id, handout.anchor, handout.running, handout.label) for handout in copy.pages.handouts]),
            repr([fit.spaces(handout) for handout in copy.pages.handouts] if copy.fit else None),
        ]
    )


def name_of_document(order: Order, document: str) -> str:
    """Return the name for a document that is set by itself."""
    return _hashed([document, *_ordered(order)])


def get(kept: Cache | None, name: str) -> MadeUp | None:
    """Return what was kept under a name, or None. An entry that is none of ours is set aside."""
    found = kept.get(name) if kept else None
    if kept is None or found is None:
        return None
    line, pdf = found
    try:
        made = _as_json().validate_json(line)
    except ValidationError:
        kept.set_aside(name)
        return None
    return replace(made, sheets=replace(made.sheets, pdf=pdf))


def keep(kept: Cache | None, name: str, made: MadeUp) -> None:
    """Keep a part that was made up."""
    if kept:
        kept.keep(name, _as_json().dump_json(replace(made, sheets=replace(made.sheets, pdf=b""))), made.sheets.pdf)


def _ordered(order: Order) -> Iterator[str | bytes]:
    yield repr((order.name, order.body, order.holes, order.tagged))
    for file, content in (*order.styles.items(), *sorted(order.files.items())):
        yield file
        yield content


def _hashed(parts: list[str | bytes]) -> str:
    digest = hashlib.sha256(program.digest().encode())
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        digest.update(b"%d\n" % len(content) + content)
    return digest.hexdigest()


@cache
def _as_json() -> TypeAdapter[MadeUp]:
    return TypeAdapter(MadeUp)
