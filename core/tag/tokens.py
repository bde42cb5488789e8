"""The words of a document by number, cut sentence by sentence and, outside sentences, line by line."""

import re
from dataclasses import dataclass, field
from itertools import accumulate

from core.tag.gazetteer import fold
from core.tag.reading import Reading

# A word keeps its inner hyphens, apostrophes and dots (`Jong-un`, `Ma'ruf`, `Kompas.com`, `1.250,5`);
# every other visible character is a token of its own.
TOKEN = re.compile(r"(\w+(?:[-'’&]\w+|[.,]\d\w*|\.[A-Za-z]\w*)*|[^\w\s])")


@dataclass(slots=True)
class Words:
    """Tokens of a text by number.

    folded are the forms without case, accents and hyphens. firsts are the numbers of those that open a stretch, and one
    behind the last token; opening is the same as a set. capitals are those that begin with a capital. headings are
    those of firsts that open a title or subhead, bylines those that open a byline or an editor's line.
    """

    text: str
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    opening: set[int] = field(default_factory=set)
    capitals: list[int] = field(default_factory=list)
    headings: set[int] = field(default_factory=set)
    bylines: set[int] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.forms)


def read_words(reading: Reading) -> Words:
    """All tokens of a document: those of its sentences, and those of byline and credit lines."""
    text = reading.text
    words = Words(text)
    unspoken = [zone for zone in reading.document.zones if zone.kind in ("byline", "editor", "credit")]
    stretches = [(piece.span.start, piece.span.end) for piece in reading.sentences]
    bylines = {zone.span.start for zone in unspoken if zone.kind != "credit"}
    headings = {piece.span.start for piece in reading.sentences if piece.zone != "body"}
    stretches.extend((zone.span.start, zone.span.end) for zone in unspoken)
    stretches.sort()
    starts, ends, forms = words.starts, words.ends, words.forms
    for start, end in stretches:
        if start in headings:
            words.headings.add(len(starts))
        if start in bylines:
            words.bylines.add(len(starts))
        words.firsts.append(len(starts))
        pieces = TOKEN.split(text[start:end])  # gap, token, gap, ... gap
        places = list(accumulate(map(len, pieces), initial=start))
        forms += pieces[1::2]
        starts += places[1:-1:2]
        ends += places[2::2]
    words.firsts.append(len(starts))
    words.opening = set(words.firsts)
    words.folded = fold("\n".join(forms)).split("\n") if forms else []
    words.capitals = [number for number, form in enumerate(forms) if form[0].isupper()]
    return words
