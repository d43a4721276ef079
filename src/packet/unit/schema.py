"""JSON Schema of each kind of file, for editors: made from the model, and never narrower than what the reader accepts.

A unit keeps copies in its folder `.schema`, and a new file's first line names the one that is for it.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema as core

from packet.unit.model import Article, Figure, Lesson, Mine, SavedPacket, Source, UnitPlan

FOLDER = ".schema"
KINDS: dict[str, tuple[type[BaseModel], str]] = {
    "lesson": (Lesson, ""),
    "source": (Source, "sources"),
    "article": (Article, ""),
    "unit": (UnitPlan, ""),
    "figure": (Figure, "figures"),
    "packet": (SavedPacket, "packets"),
    "mine": (Mine, ""),
}
"""Each kind of file: its model, and the folder of the unit that holds such files."""

_TEXT = ["string", "number", "boolean"]
_YES_OR_NO = ("yes", "no", "on", "off", "true", "false", "y", "n", "t", "f", "1", "0")
"""What the model takes for yes or no, in small letters or capitals."""


@cache
def text(kind: str) -> str:
    """Return the schema of a kind of file, as the text of a JSON file."""
    model, _ = KINDS[kind]
    made = {"$schema": "http://json-schema.org/draft-07/schema#"} | model.model_json_schema(schema_generator=_AsRead)
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def file(kind: str) -> str:
    """Return where in a unit the schema of a kind of file is kept."""
    return f"{FOLDER}/{kind}.json"


def line(kind: str) -> str:
    """Return the first line of a new file of a kind, by which editors find its schema."""
    _, folder = KINDS[kind]
    return f"# yaml-language-server: $schema={'../' if folder else ''}{file(kind)}\n"


class _AsRead(GenerateJsonSchema):
    """Editors take `no`, `1.10` and `50` for something other than text, and `"50"` for text; the reader does not."""

    def str_schema(self, schema: core.StringSchema) -> dict[str, Any]:
        """Let a number or `no` stand where text is meant: it is read as it is typed."""
        return super().str_schema(schema) | {"type": _TEXT}

    def int_schema(self, schema: core.IntSchema) -> dict[str, Any]:
        """Let a whole number stand in quotes."""
        return super().int_schema(schema) | {"type": ["integer", "string"], "pattern": r"^\s*[+-]?\d[\d_]*(\.0*)?\s*$"}

    def bool_schema(self, schema: core.BoolSchema) -> dict[str, Any]:
        """Let yes and no be words."""
        words = "|".join("".join(f"[{letter.upper()}{letter}]" for letter in word) for word in _YES_OR_NO)
        return {"anyOf": [{"type": "boolean"}, {"enum": [0, 1]}, {"type": "string", "pattern": f"^({words})$"}]}

    def function_after_schema(self, schema: core.AfterValidatorFunctionSchema) -> dict[str, Any]:
        """Ask for a letter at least: what the model looks at after a text was read is whether it is blank."""
        return super().function_after_schema(schema) | {"pattern": r"\S"}

    def function_before_schema(self, schema: core.BeforeValidatorFunctionSchema) -> dict[str, Any]:
        """Let a text stand for a list of one: that is what the model makes of evidence before it is read."""
        listed = self.generate_inner(schema["schema"])
        return {"anyOf": [listed["items"], listed]}

    def dict_schema(self, schema: core.DictSchema) -> dict[str, Any]:
        """Take no other names than those of the pattern, where there is one."""
        made = super().dict_schema(schema)
        return made | {"additionalProperties": False} if "patternProperties" in made else made

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Leave out titles that only say the name of the field again."""
        return False
