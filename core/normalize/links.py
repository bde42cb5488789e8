"""Where a headline ends that a page ran into the article: `Baca juga: Harga Beras Naik Warga mengeluh soal ...`.

A linear model over words and their shape scores each place between two words (see headline-end-card.md).
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from core.normalize.lines import Line, small_words
from core.resources import path

MODEL = "models/headline-end.json"
MOST_WORDS = 32  # no headline is longer
CONTEXT = 4000  # characters on either side in which names are looked up
LOOK_AHEAD = 360  # characters read after the label
_QUOTED = re.compile(
    r"(?:\"[^\"\n]{4,180}\"|“[^”\n]{4,180}”|‘[^’\n]{4,180}’(?!\w)|'[^\n]{4,180}?'(?![\w ])|&quot;[^\n]{4,180}?&quot;)"
    r"(?:\s{0,4}(?:di sini|di bawah(?: ini)?|berikut(?: ini)?))?(?:\s{0,2}[:.])?",
    re.IGNORECASE,
)

_PIECE = re.compile(r"\S+?(?:(?<=[a-z0-9)?!.”\"'])(?=[A-Z“]|&(?:amp;)?[lq]d?(?:quot|squo);)|(?=\s|\Z))")
_ENTITY = re.compile(r"&(?:amp;)*(?:quot|[lr][sd]quo|nbsp|#39|apos);")
_EDGE = "\"“”'‘’()[].,:;!?…&-–—"
_LENGTHS = (1, 2, 3, 4, 6, 8, 10, 12, 15, 18, 22)


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of what follows the label, or the part of a word up to where another is glued to it."""

    start: int
    end: int
    text: str
    bare: str  # without marks and entities around it
    shape: str  # C capital, A all capitals, D digits, s small word, w other word in lower case, - no word


def split_pieces(text: str, start: int, line_end: int) -> list[Piece]:
    """The words that may belong to a headline at `start`, and a few after it."""
    limit = min(line_end, start + LOOK_AHEAD)
    pieces: list[Piece] = []
    for found in _PIECE.finditer(text, start, limit):
        bare = _ENTITY.sub("", found.group()).strip(_EDGE)
        pieces.append(Piece(found.start(), found.end(), found.group(), bare, _shape(bare)))
        if len(pieces) == MOST_WORDS + 4:
            break
    return pieces


def _shape(word: str) -> str:
    if not word:
        return "-"
    if word[0].isdigit():
        return "D"
    if word[0].islower():
        return "s" if word in small_words() else "w"
    return "A" if len(word) > 1 and word.isupper() else "C"


def features(pieces: Sequence[Piece], last: int, elsewhere: str, *, closes_line: bool) -> Iterator[str]:
    """What speaks for or against `pieces[last]` being the last word of the headline.

    elsewhere is the rest of the article; closes_line says that the pieces reach to the end of the line.
    """
    word = pieces[last]
    after = pieces[last + 1 : last + 5]
    lowers = sum(piece.shape == "w" for piece in pieces[: last + 1])
    yield f"n{next((step for step in _LENGTHS if last + 1 <= step), 99)}"
    yield f"w{min(lowers, 4)}"
    yield f"wshare{min(4, 8 * lowers // (last + 1))}"
    yield f"a={word.bare.lower()}"
    yield f"ash={word.shape}"
    mark = word.text[-1]
    yield f"am={mark if mark in '.,:;?!…)-' else 'q' if mark in _EDGE else ''}"
    if not after:
        yield "end" if closes_line else "cut"
        return
    follower = after[0]
    yield f"b={follower.bare}"
    if len(after) > 1:
        yield f"bc={follower.bare} {after[1].bare.lower()}"
        yield f"c={after[1].bare}"
    shapes = "".join(piece.shape for piece in after) + ("$" if closes_line and len(after) < 4 else "")
    yield f"sh={word.shape}{shapes[:2]}"
    yield f"shb={shapes}"
    yield f"run{_run(after)}"
    if word.shape in "CAD" and follower.shape in "CAD" and f"{word.bare} {follower.bare}" in elsewhere:
        yield "pair"
    if len(after) > 1 and follower.shape in "CA" and f"{follower.bare} {after[1].bare}" in elsewhere:
        yield f"pair-after{follower.shape}{after[1].shape}"
    if follower.text[0] in '"“&':
        yield "bq"
    if follower.start == word.end:
        yield "glued"
        yield f"glued{word.shape}{follower.shape}{'m' if mark in '.?!' else ''}"
    if word.text[-1] in ".?!" and follower.shape in "CA":
        yield "stop"


def _run(after: Sequence[Piece]) -> int:
    """How many words from here to the first that a headline would not write in lower case."""
    return next((number for number, piece in enumerate(after) if piece.shape == "w"), 9)


@cache
def weights() -> dict[str, float]:
    """Feature -> weight of the model."""
    content: dict[str, float] = json.loads(path(MODEL).read_text(encoding="utf-8"))
    return content


def link_end(text: str, start: int, line_end: int, *, may_be_quoted: bool = False, in_brackets: bool = False) -> int:
    """The place after the headline that starts at `start`, within a line that ends at `line_end`."""
    if may_be_quoted and (found := _QUOTED.match(text, start, line_end)):
        return found.end()
    if in_brackets and (closing := text.find(")", start, min(line_end, start + LOOK_AHEAD))) >= 0:
        return closing + 1
    if text[start : start + 1] in ",;":  # the page lost the headline
        return start + len(text[start:line_end]) - len(text[start:line_end].lstrip(",; "))
    rest = Line(start, line_end, text[start:line_end].strip())
    if not rest.text or (rest.is_headline and not rest.is_paragraph):
        return line_end
    pieces = split_pieces(text, start, line_end)
    if not pieces:
        return line_end
    after = start + LOOK_AHEAD
    elsewhere = text[max(0, start - CONTEXT) : start] + text[after : after + CONTEXT]
    return pieces[best_end(pieces, elsewhere, closes_line=pieces[-1].end >= line_end)].end


def best_end(pieces: Sequence[Piece], elsewhere: str, *, closes_line: bool) -> int:
    """The number of the piece that closes the headline."""
    known = weights()
    scores = [
        sum(known.get(feature, 0.0) for feature in features(pieces, last, elsewhere, closes_line=closes_line))
        for last in range(min(len(pieces), MOST_WORDS))
    ]
    return max(range(len(scores)), key=scores.__getitem__)
