"""Work out the facts of an article's form by simple rules, and say with each fact what the rule was."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from urllib.parse import urlsplit

from packet.unit import measure

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
DATE = (
    rf"(?:\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}\b|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}\b"
    rf"|\b{_MONTH},? \d{{4}}\b|\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}}/\d{{1,2}}/\d{{4}}\b)"
)
COUNTER = r"(?:\b\d[\d,.]*[km]?[ -]+(?:views?|reads?|shares?|comments?|likes?|min(?:ute)?s?)\b(?: read\b)?)"
MOST_NAMED = 12
_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]+", re.I)
_QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|«([^«»]+)»|„([^„“”]+)[“”]")
_YEAR = re.compile(r"(?<![\d.,$€£/-])(1[5-9]\d\d|20\d\d)(?![\d%]|[.,]\d)")
_TOKEN = re.compile(r"([^\W_]+(?:['’-][^\W_]+)*)(\.?[ ]?)")
_SENTENCE_START = re.compile(r"(?:^|[.!?:…][\"'”’)\]]*\s+|[“\"‘(]\s*)$")
_SMALL_WORDS = "of de del da di du la el los las van von der den bin al y"
_OPENING_WORDS = """
A According Across After Again All Also Although Among An And Another Any Are Around As At Because Before Behind Both
But By Can Could Despite Did Do Does During Each Even Every Everyone Few First Five For Four From He Her Here His How
However I If In Instead Is It Its Last Later Let Like Many May Maybe Meanwhile More Most My No Nobody Nor Not Now Of
Often On Once One Only Or Other Our Perhaps Second Several She Should Since So Some Someone Soon Still Such That The
Their Then There These They This Those Though Three Through To Today Tomorrow Two Under Until Was We Were What When
Where Whether Which While Who Why Will With Without Would Yes Yesterday Yet You Your
"""
SMALL, OPENERS = frozenset(_SMALL_WORDS.split()), frozenset(_OPENING_WORDS.split())
"""Words that may join the parts of a name, and words that are capitalised because they begin a sentence."""


def facts(paragraphs: Sequence[str], sections: int, date: str, links: Sequence[str], below: str) -> dict[str, str]:
    """Return the facts of an article's form, by name, in the order they are printed."""
    text = "\n".join(paragraphs)
    count = len(measure.words(text))
    found = {
        "date": date or "none found above the text",
        "length": f"{count:,} {_s('word', count)} in {sections} {_s('section', sections)}, headings not counted",
        "paragraphs": f"{len(paragraphs)}, numbered anew in each section when printed",
        "links": _links([*links, *_ADDRESS.findall(text)]),
        "quotations": _quotations(paragraphs),
        "names seen": _names(paragraphs),
        "years named": ", ".join(sorted(set(_YEAR.findall(text)))) or "none",
    }
    return found | ({"beside the byline": below} if below else {})


def _s(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"


def _links(addresses: Iterable[str]) -> str:
    distinct = list(dict.fromkeys(address.rstrip(".,;:!?") for address in addresses))
    if not distinct:
        return "none"
    hosts = Counter(_host(address) for address in distinct)
    named = [f"{host} ({times})" if times > 1 else host for host, times in hosts.most_common(MOST_NAMED)]
    more = " and others" if len(hosts) > MOST_NAMED else ""
    return f"{len(distinct)}, to {', '.join(named)}{more}"


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "an address without a name").removeprefix("www.")[:80]
    except ValueError:
        return "an address that cannot be read"


def _quotations(paragraphs: Iterable[str]) -> str:
    quoted = ["".join(found.groups("")) for text in paragraphs for found in _QUOTED.finditer(text)]
    count = sum(len(measure.words(words)) >= 3 for words in quoted)
    return f"{count or 'no'} {_s('passage', count)} of three words or more in quotation marks"


def _names(paragraphs: Iterable[str]) -> str:
    """Capitalised words side by side: people, places and bodies alike, and never a name of one word."""
    texts = list(paragraphs)
    small = {word for text in texts for word in re.findall(r"[^\W\d_]+", text) if word.islower()}
    counts = Counter(name for text in texts for name in _runs(text, small))
    named = [name for name, _ in counts.most_common(MOST_NAMED)]
    more = f", and {len(counts) - MOST_NAMED} more" if len(counts) > MOST_NAMED else ""
    return f"{', '.join(named)}{more} (capitalised words side by side)" if named else "none of two words or more"


def _runs(text: str, small: Container[str]) -> Iterable[str]:
    """Yield the names of a paragraph; a run ends at any sign but a space or the stop of an initial.

    A word that begins a sentence is no part of a name if it is among `small`, the words that stand in small letters
    elsewhere, or an adverb or participle by its ending.
    """
    run: list[str] = []
    for token in _TOKEN.finditer(text):
        word, gap = re.sub(r"['’]s$", "", token[1]), token[2]
        goes_on = word == token[1] and (gap == " " or (gap == ". " and len(word) == 1))
        is_part = word[0].isupper() or (bool(run) and word in SMALL)
        if is_part and not run and _SENTENCE_START.search(text[max(0, token.start() - 4) : token.start()]):
            is_part = word.casefold() not in small and not re.search("(?:ly|ing)$", word)
        run += [word] if is_part else []
        if not (goes_on and is_part):
            yield from _run(run)
            run = []
    yield from _run(run)


def _run(run: list[str]) -> Iterable[str]:
    words = list(run)
    while words and (words[0] in OPENERS or words[0] in SMALL or "’" in words[0] or "'" in words[0]):
        words = words[1:]
    while words and words[-1] in SMALL:
        words = words[:-1]
    if 2 <= len(words) <= 6:
        yield " ".join(words)
