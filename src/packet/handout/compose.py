"""Compose a lesson's handouts for an edition, and say what that edition must not hold.

What an edition must not see is left out here, not hidden later: the student's Space has no answer to hide.
"""

from __future__ import annotations

from collections.abc import Sequence

from packet.handout import instep, labels, linenumbers
from packet.handout.handout import Handout, Pages
from packet.handout.kinds import BUILDERS, names
from packet.handout.prose import curly, literal
from packet.handout.scene import Scene
from packet.unit import model
from packet.unit.check import walk


def compose(scene: Scene, only: Sequence[model.HandoutKind] = ()) -> Pages:
    """Return the lesson's handouts for the scene's edition; `only` keeps some kinds, and letters do not change."""
    wanted = [kind for kind in scene.kinds if not only or kind in only or kind == "article"]
    title = curly(f"{labels.LESSON} {scene.number}: {scene.lesson.title}")
    pages = Pages(scene.slug, title, "arabic", tuple(_handout(scene, kind) for kind in wanted), "lesson")
    return linenumbers.applied(instep.marked(pages, scene.marks), scene.line_starts)


def _handout(scene: Scene, kind: model.HandoutKind) -> Handout:
    id = scene.id(kind)
    build, name = BUILDERS[kind]
    activity = scene.lesson.activity if kind == "activity" else None
    cut = kind == "exit-ticket" and scene.room.tickets > 1
    return Handout(
        id=id,
        anchor=f"{scene.slug}-{kind}",
        label=literal(f"{labels.HANDOUT} {id}"),
        title=literal(name),
        subtitle=scene.line(activity.title) if activity else None,
        running=f"{scene.number}. {scene.lesson.title}",
        blocks=tuple(build(scene)) if cut else (names(scene.unit.mine), *build(scene)),
        breaks=tuple(sorted(scene.breaks)),
    )


TEACHER_FIELDS = frozenset(
    {
        "answer",
        "not-enough",
        "follow-up",
        "listen-for",
        "key",
        "claim",
        "objection",
        "missing",
        "notes",
        "procedure",
        "objectives",
        "materials",
        "evidence",
    }
)
"""The fields of a lesson that students must never see, by the names they have in the file."""


def withheld(scene: Scene) -> list[str]:
    """Return the texts that this edition must not hold, read from the lesson itself and not from what was composed."""
    if scene.edition != "student":
        return []
    return [
        scene.line(value).text
        for steps, value in walk(scene.lesson)
        if isinstance(value, str) and any(step in TEACHER_FIELDS for step in steps)
    ]
