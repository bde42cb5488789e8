"""Lines of a text and what their shape says: paragraph, sentence, headline, list item, name."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from core.resources import load_yaml

# What a saved page holds as blank within a line, for use inside a character class.
BLANK = " \\t\\r\\x0b\\x0c\\x1c-\\x1f\\x85\\xa0\\u1680\\u2000-\\u200b\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff"
LONGEST_HEADLINE_WORDS = 22
SHORTEST_PARAGRAPH_WORDS = 12
SHORTEST_CONTENT_WORD = 4  # letters

_LINE = re.compile(rf"[^{BLANK}\n](?:[^\n]*[^{BLANK}\n])?")
_WORD = re.compile(r"[^\W_]+(?:[-'’./][^\W_]+)*")
_FINAL_STOP = re.compile(r"[.!?…][\"”'’)\]]*\Z")
_INNER_STOP = re.compile(r"[a-z0-9)\"”][.!?] +[\"“A-Z]")
_ITEM = re.compile(r"(?:\d{1,3}[.)]|[a-zA-Z][.)]|[-•*–●▪])\s*\S")
_NAME = re.compile(
    r"[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|bin|binti|van|de|al)){0,4}(?:,? (?:dan|dkk|[A-Z][\w.'’-]*)){0,4}"
)


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
        return self.text.rstrip("\"”'’)")[-1:] in (".", ",", ":", "…") or _INNER_STOP.search(self.text) is not None

    @cached_property
    def is_body(self) -> bool:
        """A paragraph, a short sentence, or an item of a list: what an article may end with."""
        if self.is_paragraph:
            return True
        if self.is_item:
            return True
        return len(self.words) >= 3 and self.has_final_stop and self.capital_share < 0.75

    @cached_property
    def is_item(self) -> bool:
        return _ITEM.match(self.text) is not None

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

    @cached_property
    def is_name(self) -> bool:
        """One to nine capitalised words: a person, a desk, or several of them."""
        return len(self.text) < 80 and _NAME.fullmatch(self.text) is not None

    def shares_words(self, body: frozenset[str]) -> float:
        """Share of its content words that stand among those of a body."""
        own = content_words([self.text])
        return len(own & body) / len(own) if own else 1.0


@cache
def small_words() -> frozenset[str]:
    """Words that Indonesian headlines leave in lower case."""
    return frozenset(load_yaml("headlines.yaml")["small_words"])


def capital_share(words: list[str]) -> float:
    """Share of capitalised or numeric words, small words left aside; 0 when nothing is left."""
    weighty = [word for word in words if word.lower() not in small_words()]
    return sum(not word[0].islower() for word in weighty) / len(weighty) if weighty else 0.0


def content_words(texts: Iterable[str]) -> frozenset[str]:
    """The words of at least four letters in lower case, small words left out."""
    found = {word for text in texts for word in _WORD.findall(text.lower()) if len(word) >= SHORTEST_CONTENT_WORD}
    return frozenset(found - small_words())


def split_lines(text: str) -> Iterator[Line]:
    """The lines of a text that are not blank, in order."""
    for found in _LINE.finditer(text):
        yield Line(found.start(), found.end(), found.group())
