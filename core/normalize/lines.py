"""Lines of a text and what their shape says: paragraph, headline."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from core.resources import load_yaml

# What a saved page holds as blank within a line, for use inside a character class.
BLANK = " \\t\\r\\x0b\\x0c\\x1c-\\x1f\\x85\\xa0\\u1680\\u2000-\\u200b\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff"
LONGEST_HEADLINE_WORDS = 22
SHORTEST_PARAGRAPH_WORDS = 12

_LINE = re.compile(rf"[^{BLANK}\n](?:[^\n]*[^{BLANK}\n])?")
_WORD = re.compile(r"[^\W_]+(?:[-'’./][^\W_]+)*")
_FINAL_STOP = re.compile(r"[.!?…][\"”'’)\]]*\Z")
_INNER_STOP = re.compile(r"[a-z0-9)\"”][.!?] +[\"“A-Z]")


@dataclass(frozen=True)
class Line:
    """A line without the blanks around it; start and end are places in the text it was split from."""

    start: int
    end: int
    text: str

    @cached_property
    def lower(self) -> str:
        return self.text.lower()

    @cached_property
    def words(self) -> list[str]:
        return _WORD.findall(self.text)

    @cached_property
    def has_final_stop(self) -> bool:
        return _FINAL_STOP.search(self.text[-4:]) is not None

    @cached_property
    def is_paragraph(self) -> bool:
        """Running text: long, or several words that end like a sentence."""
        if len(self.text) > 400:
            return True
        count = len(self.words)
        if count > LONGEST_HEADLINE_WORDS:
            return True
        if count < SHORTEST_PARAGRAPH_WORDS:
            return False
        return self.text.rstrip("\"”'’)")[-1:] in (".", ",", "…") or _INNER_STOP.search(self.text) is not None

    @cached_property
    def capital_share(self) -> float:
        """Share of capitalised or numeric words among those that a headline would capitalise."""
        return capital_share(self.words)

    @cached_property
    def is_headline(self) -> bool:
        """Four to 22 words in headline capitals without a full stop at the end."""
        return (
            len(self.text) < 250
            and self.text[-1] not in ".,;:"
            and 4 <= len(self.words) <= LONGEST_HEADLINE_WORDS
            and self.capital_share >= 0.75
        )


@cache
def small_words() -> frozenset[str]:
    """Words that Indonesian headlines leave in lower case."""
    return frozenset(load_yaml("headlines.yaml")["small_words"])


def capital_share(words: list[str]) -> float:
    """Share of capitalised or numeric words, small words left aside; 0 when nothing is left."""
    weighty = [word for word in words if word.lower() not in small_words()]
    return sum(not word[0].islower() for word in weighty) / len(weighty) if weighty else 0.0


def split_lines(text: str) -> Iterator[Line]:
    """The lines of a text that are not blank, in order."""
    for found in _LINE.finditer(text):
        yield Line(found.start(), found.end(), found.group())
