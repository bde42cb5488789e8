"""Search words: what a person types, as patterns to find and to mark hits.

Words are whole words without regard to case and all must occur. `hadiah*` is every word that begins so,
`"mobil mewah"` a phrase, `-pajak` must not occur, OR between two asks for either. Anything can be typed:
what is no such sign is looked for as it stands, and what has neither letter nor digit is passed over.
"""

import re
from dataclasses import dataclass

_TERM = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_EDGE = r"(?a:\b)"  # ASCII word edges in both engines, so that Python marks what DuckDB finds
_MORE = r"(?a:\w*)"


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase, in lower case; open is True for `word*`."""

    words: tuple[str, ...]
    open: bool

    def pattern(self) -> str:
        """A regular expression for Python."""
        body = r"\s+".join(re.escape(word) for word in self.words)
        before = _EDGE if _is_ascii_word(self.words[0][0]) else ""
        after = _EDGE if _is_ascii_word(self.words[-1][-1]) else ""
        return before + body + (_MORE + (_EDGE if after else "") if self.open else after)

    def re2(self) -> str:
        """The same for DuckDB."""
        return self.pattern().replace(_EDGE, r"\b").replace(_MORE, r"\w*")


@dataclass(frozen=True, slots=True)
class Query:
    """Every group of wanted must have a hit, any of its terms; none of unwanted may have one."""

    wanted: tuple[tuple[Term, ...], ...]
    unwanted: tuple[Term, ...]

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)

    def mark(self) -> re.Pattern[str] | None:
        """Finds every hit of a wanted term in a text; None when nothing is wanted."""
        terms = [term.pattern() for group in self.wanted for term in group]
        return re.compile("|".join(sorted(terms, key=len, reverse=True)), re.IGNORECASE) if terms else None

    def mark_re2(self) -> str:
        """The same for DuckDB; empty when nothing is wanted."""
        terms = sorted((term.pattern() for group in self.wanted for term in group), key=len, reverse=True)
        return "(?i)" + "|".join(terms).replace(_EDGE, r"\b").replace(_MORE, r"\w*") if terms else ""


def parse(typed: str) -> Query:
    """Read search words; never fails."""
    wanted: list[tuple[Term, ...]] = []
    unwanted: list[Term] = []
    either = False
    for found in _TERM.finditer(typed):
        if found["word"] == "OR" and not found["minus"]:
            either = bool(wanted)
            continue
        term = _term(found["phrase"] if found["word"] is None else found["word"])
        if term is None:
            continue
        if found["minus"]:
            unwanted.append(term)
        elif either:
            wanted[-1] = (*wanted[-1], term)
        else:
            wanted.append((term,))
        either = False
    return Query(tuple(wanted), tuple(unwanted))


def _term(said: str) -> Term | None:
    words = said.lower().split()
    is_open = bool(words) and words[-1].endswith("*")
    if is_open:
        words[-1] = words[-1].rstrip("*")
    words = [word for word in words if any(map(str.isalnum, word))]
    return Term(tuple(words), is_open) if words else None


def _is_ascii_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character == "_")
