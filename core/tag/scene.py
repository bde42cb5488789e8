"""A reading laid out for the search of speech: its words by number, its mentions by where they start and end."""

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate

from core.model import Mention
from core.tag.reading import Reading

WORD = re.compile(r"(\w+(?:[-'’]\w+)*)")
SENTENCE_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s|$)|\n")
ABBREVIATIONS = frozenset(
    [
        "dr",
        "drs",
        "dra",
        "ir",
        "prof",
        "hj",
        "st",
        "sh",
        "mh",
        "se",
        "kh",
        "tgk",
        "bpk",
        "jend",
        "letjen",
        "mayjen",
        "brigjen",
        "kol",
        "letkol",
        "kompol",
        "akp",
        "ipda",
        "iptu",
        "tbk",
        "no",
        "st",
        "jl",
    ]
)


class Scene:
    """Words and mentions of one reading. Word numbers count from 0; offsets are code points of the text."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.text
        places = list(accumulate(map(len, WORD.split(self.text))))  # of gap, word, gap, ... gap
        self.starts, self.ends = places[:-1:2], places[1::2]
        folded = self.text.lower()
        if len(folded) != len(self.text):  # a few letters grow when lowered; offsets must not move
            folded = "".join(low if len(low := letter.lower()) == 1 else letter for letter in self.text)
        self.folded = folded
        self.words = [folded[start:end] for start, end in zip(self.starts, self.ends, strict=True)]
        self.mentions = [mention for mention in reading.mentions if mention.where in ("body", "subhead", "title")]
        self.mention_starts = [mention.span.start for mention in self.mentions]
        self._by_end = {mention.span.end: mention for mention in self.mentions}

    def word_from(self, offset: int) -> int:
        """Number of the first word that starts at or after an offset."""
        return bisect_left(self.starts, offset)

    def word_before(self, offset: int) -> int:
        """Number of the last word that ends at or before an offset; -1 where there is none."""
        return bisect_right(self.ends, offset) - 1

    def mention_at(self, offset: int) -> Mention | None:
        """The mention that covers an offset."""
        place = bisect_right(self.mention_starts, offset) - 1
        if place >= 0 and offset < self.mentions[place].span.end:
            return self.mentions[place]
        return None

    def mention_ending(self, offset: int) -> Mention | None:
        return self._by_end.get(offset)

    def mentions_within(self, start: int, end: int) -> list[Mention]:
        """Mentions that start in a stretch."""
        low, high = bisect_left(self.mention_starts, start), bisect_left(self.mention_starts, end)
        return self.mentions[low:high]

    def capital(self, number: int) -> bool:
        return self.text[self.starts[number]].isupper()

    def between(self, left: int, right: int) -> str:
        """The text between two words given by number."""
        return self.text[self.ends[left] : self.starts[right]]

    def clause_end(self, start: int) -> int:
        """Offset of the mark that ends the sentence running at start (the end of the text when none does).

        Looser than the sentence splitter, because speech breaks its rules: a full stop after an
        initial, a title, a number or inside a name does not count.
        """
        for found in SENTENCE_END.finditer(self.text, start):
            if found.group()[0] == "." and self._inner_stop(found.start()):
                continue
            return found.start()
        return len(self.text)

    def _inner_stop(self, offset: int) -> bool:
        mention = self.mention_at(offset)
        if mention is not None and offset < mention.span.end - 1:
            return True
        number = self.word_before(offset)
        if number < 0 or self.ends[number] != offset:
            return False
        word = self.words[number]
        return (len(word) == 1 and word.isalpha()) or word in ABBREVIATIONS
