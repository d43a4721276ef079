"""A document's text and its questions on one opening: breaks that are worth a try, from places made by hand."""

from __future__ import annotations

from packet.handout import facing, fit
from packet.handout.fit import Places
from packet.handout.handout import Handout, Names, Numbered, Pages, Question, Source, Space
from packet.handout.kinds import names
from packet.handout.prose import literal

FOOT, PITCH = 262.0, 8.5
WORDS = literal("Words")
HEIGHTS = {Names: 10.0, Source: 60.0, Numbered: 60.0}


def document(name: str, lines: int) -> list[Source | Numbered | Question]:
    before = Question(literal("1"), WORDS, Space(0))
    text = Numbered("excerpt", ((literal("1"), WORDS),), literal(""))
    ask = Question(literal("1"), WORDS, Space(lines, name=f"documents-{name}", least=lines - 1, most=lines + 3))
    return [Source(WORDS, WORDS, (), WORDS), before, text, ask]


def handout(*lines: int) -> Handout:
    """A handout of one document for each number of lines, with a question above its text and one below."""
    blocks = [block for name, count in enumerate(lines) for block in document(str(name), count)]
    return Handout("1B", "one", WORDS, "", (names(), *blocks))


def height(block: object) -> float:
    return 6.0 + PITCH * block.space.lines if isinstance(block, Question) else HEIGHTS[type(block)]


def laid_out(made: Handout) -> Places:
    """Set the blocks one below the other, as the typesetter would: 4 mm apart, from 40 mm down on the first page."""
    places: list[dict[str, tuple[float, float, float, float]]] = [{"one": (25, 19, 200, 30)}]
    y = 40.0
    for index, block in enumerate(made.blocks):
        anchor = f"one-block-{index}"
        if anchor in made.breaks or y + height(block) > FOOT:
            places.append({})
            y = 19.0
        places[-1][anchor] = (25, y, 200, y + height(block))
        y += height(block) + 4
    places[-1]["one-end"] = (25, y, 200, y)
    return places


def sought(made: Handout) -> facing.Change | None:
    pages = Pages("one", WORDS, "arabic", (made,))
    return facing.sought(pages, laid_out(made), FOOT, PITCH).get("one")


def broken(made: Handout, change: facing.Change) -> Handout:
    blocks = tuple(
        Question(block.number, block.ask, Space(change.lines[block.space.name], name=block.space.name))
        if isinstance(block, Question) and change.lines
        else block
        for block in made.blocks
    )
    return Handout(made.id, made.anchor, WORDS, "", blocks, breaks=change.breaks)


def test_text_on_the_first_page_moves_to_face_its_question() -> None:
    made = handout(18)
    assert facing.turned(made, laid_out(made)) == 1, "text on page 1, question overleaf"
    change = sought(made)
    assert change is not None
    after = broken(made, change)
    assert change.breaks == {"one-block-3"}
    assert facing.turned(after, laid_out(after)) == 0
    assert len(laid_out(after)) == 2


def test_a_document_moves_to_the_next_left_hand_page_where_a_sheet_has_room() -> None:
    made = handout(11, 14, 17, 4)
    assert (facing.turned(made, laid_out(made)), len(laid_out(made))) == (1, 5), "the third text is on page 3"
    change = sought(made)
    assert change is not None
    after = broken(made, change)
    assert facing.turned(after, laid_out(after)) == 0
    assert len(laid_out(after)) <= 6, "on the three sheets that there were"


def test_fewer_lines_may_do() -> None:
    made = handout(8)
    change = sought(made)
    assert change is not None
    assert (change.breaks, change.lines) == (frozenset(), {"documents-0": 7})


def test_nothing_is_moved_where_it_would_take_one_more_sheet() -> None:
    made = handout(24)
    assert facing.turned(made, laid_out(made)) == 1
    assert len(laid_out(made)) == 2
    assert sought(made) is None, "text and question do not fit on page 2 together"


def test_no_page_is_left_more_than_half_empty() -> None:
    made = Handout("1B", "one", WORDS, "", tuple(document("0", 18)))
    assert facing.turned(made, laid_out(made)) == 1
    assert sought(made) is None, "page 1 would be blank from 110 mm down"


def test_lines_are_tried_at_their_least_where_a_page_s_worth_is_left_blank() -> None:
    """Of seven questions two go on a page with 13 lines each, one with 14, and each page is then half empty."""
    blanks = {}
    for lines in (13, 14):
        asked = [Question(literal("1"), WORDS, Space(lines, name=f"questions-{n}", least=8)) for n in range(7)]
        made = Handout("1C", "one", WORDS, "", (names(), *asked))
        blanks[lines] = fit.shrunk(Pages("one", WORDS, "arabic", (made,)), laid_out(made), FOOT, PITCH)
    assert [list(tried) for tried in blanks.values()] == [[], ["one"]]
