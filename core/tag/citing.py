"""A text laid out for the search of what it cites: its words and mentions by number and by place."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate

from core.model import Mention, SourceCite, Span
from core.tag.media import DOMAIN, cues, fold
from core.tag.reading import Reading

WORD = r"[\w&]+(?:['’.-]\w+)*"
TOKEN = re.compile(f"({WORD})")
# A link cut out of a page leaves its cue glued to the name: `dilansirAFP`, `dariAntara`.
PERHAPS_GLUED = re.compile("[a-z](?:[A-Z]|detik)")  # one text in five; the others are cut in half the time
GLUED_TOKEN = re.compile(
    r"((?=[DdMlsok])(?:[Dd]ilansir|[Dd]ikutip|[Mm]elansir|[Mm]engutip|dari|laman|data|situs|media|oleh|kepada)(?=[A-Z]|detik)|"
    + WORD
    + ")"
)

JOINED = re.compile(r"""[.!?]["”']?\s?,+(?=\S)""")


class Citing:
    """Words and mentions of one reading, by number and by place."""

    def __init__(self, reading: Reading) -> None:
        self.text = reading.text
        self.sentences = [part for sentence in reading.sentences for part in _parts(self.text, sentence.span)]
        token = GLUED_TOKEN if PERHAPS_GLUED.search(self.text) else TOKEN
        pieces = token.split(self.text)  # gap, word, gap, ... gap
        places = list(accumulate(map(len, pieces)))
        self.starts = places[:-1:2]
        self.tokens = list(zip(self.starts, places[1::2], strict=True))
        self.raw = pieces[1::2]
        self.words = "\n".join(self.raw).lower().split("\n") if self.raw else []
        self.mentions = [m for m in reading.mentions if m.where in ("body", "subhead", "title")]
        self.mention_starts = [m.span.start for m in self.mentions]
        outlet = reading.document.outlet
        self.own: frozenset[str] = frozenset()
        if outlet:
            self.own = cues().sections.get(outlet.id, frozenset()) | {_bare(outlet.name), _bare(outlet.id)}

    def mention(self, offset: int) -> Mention | None:
        place = bisect_left(self.mention_starts, offset + 1) - 1
        if place >= 0 and offset < self.mentions[place].span.end:
            return self.mentions[place]
        return None

    def is_own(self, name: str) -> bool:
        """Whether a name is the medium that prints the text, or a part of its family."""
        folded = _bare(name)
        return folded in self.own or any(
            folded.startswith(family) and any(own.startswith(family) for own in self.own) for family in cues().families
        )

    def gap(self, number: int) -> str:
        """What stands before a word."""
        return self.text[self.tokens[number - 1][1] : self.tokens[number][0]] if number else ""

    def sentence_at(self, offset: int) -> int:
        """Number of the sentence at an offset; -1 where none stands there."""
        place = bisect_left(self.sentences, offset + 1, key=lambda span: span.start) - 1
        return place if place >= 0 and offset < self.sentences[place].end else -1


def _parts(text: str, sentence: Span) -> list[Span]:
    """A sentence, parted where a copy joined its paragraphs by commas: `... kemarin.,Ia pulang`."""
    starts = [sentence.start, *(found.end() for found in JOINED.finditer(text, sentence.start, sentence.end))]
    return [Span(start=start, end=end) for start, end in zip(starts, [*starts[1:], sentence.end], strict=True)]


def _bare(name: str) -> str:
    """A name for comparison, without the domain: `Kompas.com` is Kompas."""
    return DOMAIN.sub("", fold(name))


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text: its place, the mention that it is, the number of its last word."""

    span: Span
    mention: Mention | None
    last: int


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation with the number of the word that cues it; through holds media named between cue and name."""

    cite: SourceCite
    cue: int
    through: tuple[SourceCite, ...] = ()
