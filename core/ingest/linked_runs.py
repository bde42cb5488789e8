"""Puts sentences together that a page broke into short pieces: links in a row, words before and after each.

The evidence must be strong, since a line end is also what parts headlines, subheads, captions, lists and poems: a
run of pieces ends in a full stop, holds a name that goes on in lower case, and words that can't end a line of those.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from core.resources import load_yaml

_LINK_WORDS = 6  # a linked name or phrase is hardly longer
_LINKS_IN_A_ROW = 3
_FEWEST_JOINS = 3  # in a text: fewer are chance
_FEWEST_JOINS_OF_A_RUN = 2
_FEWEST_WORDS = 8
_FEWEST_CUES = 2
_PROSE_WORDS = 4
_DASHES = ("-", "–", "—")  # after a dateline
_CLOSING = ",.;:)"
_FINAL = re.compile(r"(?<!,)[\"”’]$|[.!?:;][\"”’)]*$")
_STOP = re.compile(r"[.!?][\"”’)]*$")
_GOES_ON = re.compile(r"[a-z](?![A-Z]|[.)])|[,.;:)](?![.,])|\(\w")  # neither `iPhone` nor `a.`, `b)` of a list
_VERB = re.compile(r"(?:di|me[mn]?)[a-z]{4,}$")


@cache
def words_of(kind: str) -> frozenset[str]:
    """The words of `binding` or `titles` in linked_lines.yaml."""
    return frozenset(load_yaml("linked_lines.yaml")[kind]["words"])


@dataclass(frozen=True)
class Piece:
    """A line that is not blank; place is its number in the text."""

    text: str
    place: int

    @property
    def words(self) -> list[str]:
        return self.text.split()

    @property
    def goes_on(self) -> bool:
        return _GOES_ON.match(self.text) is not None

    @property
    def is_open(self) -> bool:
        return _FINAL.search(self.text) is None

    @property
    def is_name(self) -> bool:
        """`Korea Utara`, a link by its looks."""
        words = self.words
        return self.is_open and len(words) <= _LINK_WORDS and all(word[0].isupper() for word in words)

    @property
    def leads(self) -> bool:
        """`tiba di`, `Pemimpin`: a sentence can't end here."""
        last = self.words[-1]
        named = last.lower() in words_of("titles") and (last.islower() or len(self.words) == 1)
        return last in _DASHES or last.lower() in words_of("binding") or named or _VERB.match(last) is not None

    @property
    def is_cue(self) -> bool:
        words = self.words
        ends = {words[0].lower(), words[-1]} & words_of("binding")
        return (
            self.text[0] in _CLOSING
            or bool(ends)
            or (len(words) >= _PROSE_WORDS and bool(words_of("binding") & {*words}))
        )


def linked_runs(lines: Sequence[str]) -> frozenset[int]:
    """The numbers of the lines that go on with the next one that is not blank."""
    pieces = [Piece(line.strip(), place) for place, line in enumerate(lines) if line.strip()]
    joined = frozenset(piece.place for run in _runs(pieces) if _is_sentence(run) for piece in run[:-1])
    return joined if len(joined) >= _FEWEST_JOINS else frozenset()


def _runs(pieces: list[Piece]) -> list[list[Piece]]:
    runs: list[list[Piece]] = []
    for number, piece in enumerate(pieces):
        if number > 0 and _belong(pieces, number - 1, begun=len(runs[-1]) > 1):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs


def _belong(pieces: list[Piece], number: int, *, begun: bool) -> bool:
    """Whether the piece and the one after it are of one sentence; begun: whether the piece goes on with one before."""
    here, following = pieces[number], pieces[number + 1]
    if not here.is_open:
        return False
    if following.goes_on:
        return here.is_name or here.leads or following.is_cue or begun
    if here.words[-1] in words_of("binding") and here.goes_on and following.text[0].isupper() and not following.is_open:
        return len(following.words) <= _LINK_WORDS  # `tiba di` | `Moskow.`
    after = _after_names(pieces, number + 1)
    if after is None:
        return False
    within = here.leads or (begun and (here.goes_on or here.is_name))
    return within or (after.text[0] in _CLOSING and here.words[-1].islower())  # `kantor berita` | `TASS` | `, Senin`


def _after_names(pieces: list[Piece], number: int) -> Piece | None:
    """The prose that goes on after one name or a few in a row; None where there is no such thing."""
    for piece in pieces[number : number + _LINKS_IN_A_ROW + 1]:
        if not piece.is_name:
            return piece if piece.goes_on and piece is not pieces[number] else None
    return None


def _is_sentence(run: list[Piece]) -> bool:
    """Whether so much of the run speaks for one sentence that a list, table or poem can't be meant."""
    if len(run) <= _FEWEST_JOINS_OF_A_RUN or _STOP.search(run[-1].text) is None:
        return False
    pairs = list(pairwise(run))
    names = sum(here.is_name and following.goes_on for here, following in pairs)
    lower = sum(here.goes_on and following.goes_on for here, following in pairs)
    words = sum(len(piece.words) for piece in run)
    return (
        names > 0 and lower <= names and words >= _FEWEST_WORDS and sum(piece.is_cue for piece in run) >= _FEWEST_CUES
    )
