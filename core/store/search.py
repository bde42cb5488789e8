"""Search words: what a person types, as a tree of what must and must not occur.

Words are whole words without regard to case and all must occur. `hadiah*` is every word that begins so,
`"mobil mewah"` a phrase, `-pajak` or `NOT pajak` must not occur, OR between two asks for either and binds closer than
AND, which may be left out; parentheses group. `rusia NEAR/5 senjata` are at most five words apart, in either order.
`/ru(sia|ble)/` is a regular expression. Anything can be typed: what is no such sign is looked for as it stands, and
what has neither letter nor digit is passed over.

All matching is by RE2, in DuckDB and (through Arrow) for the marks: one engine finds the same everywhere, in time that
grows with the text alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

LONGEST = 500
"""Characters of a search that are read."""

DEEPEST = 20
"""Parentheses within parentheses that are read; those further in are passed over."""

FURTHEST_APART = 50
"""Words that NEAR allows between at most; without a number NEAR_WORDS."""

NEAR_WORDS = 10

_SIGN = re.compile(
    r"""(?P<minus>-(?=["(/\w]))|(?P<open>\()|(?P<close>\))|"(?P<phrase>[^"]*)"?
    |/(?P<pattern>(?:[^/\\]|\\.)+)/(?=[\s)]|$)|(?P<word>[^\s"()]+)""",
    re.VERBOSE,
)
_NEAR = re.compile(r"NEAR(?:/(\d{1,3}))?")
_TOKEN = re.compile(r"[a-z0-9_]+")
_OTHER_WORDS = r"(?:[^a-z0-9_]+[a-z0-9_]+){0,%d}?[^a-z0-9_]+"
_FIRST, _PAST = "\ue000", "\ue001"  # stand around a hit; private use, so that no text needs them


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase, in lower case; open is True for `word*`."""

    words: tuple[str, ...]
    open: bool

    def re2(self) -> str:
        """A regular expression; word edges are ASCII ones."""
        body = r"\s+".join(re.escape(word) for word in self.words)
        before = r"\b" if _is_ascii_word(self.words[0][0]) else ""
        after = r"\b" if _is_ascii_word(self.words[-1][-1]) else ""
        return before + body + (r"\w*" + after if self.open else after)

    def needles(self) -> tuple[str, ...]:
        """What a lower-case text must contain: cheaper to look for than the expression."""
        return (max(self.words, key=len),)

    def tokens(self) -> tuple[tuple[str, bool], ...]:
        """Its runs of ASCII letters, digits and `_`, in order; True for one that may go on."""
        found = [(token, False) for word in self.words for token in _TOKEN.findall(word)]
        if self.open and found and _is_ascii_word(self.words[-1][-1]):
            found[-1] = (found[-1][0], True)
        return tuple(found)

    @property
    def plain(self) -> bool:
        """Its words are one token each, so that the word index alone says where it stands."""
        return all(map(_TOKEN.fullmatch, self.words))


@dataclass(frozen=True, slots=True)
class Near:
    """Two terms with at most so many words between, in either order."""

    one: Term
    other: Term
    words_between: int

    def re2(self) -> str:
        between = _OTHER_WORDS % self.words_between
        one, other = self.one.re2(), self.other.re2()
        return f"(?:{one}{between}{other}|{other}{between}{one})"

    def needles(self) -> tuple[str, ...]:
        return self.one.needles() + self.other.needles()

    def tokens(self) -> tuple[tuple[str, bool], ...]:
        return self.one.tokens() + self.other.tokens()


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression that RE2 reads; without regard to case."""

    source: str

    def re2(self) -> str:
        return f"(?:{self.source})"

    @property
    def anchored(self) -> bool:
        """It may ask where what is searched begins or ends, which differs between article and sentence."""
        return re.search(r"[\^$]|\\[Az]", self.source) is not None

    def needles(self) -> tuple[str, ...]:
        return ()

    def tokens(self) -> tuple[tuple[str, bool], ...]:
        return ()


@dataclass(frozen=True, slots=True)
class Never:
    """Stands for a regular expression that cannot be read: nothing has it."""

    source: str


@dataclass(frozen=True, slots=True)
class All:
    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Either:
    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    part: "Node"


Leaf = Term | Near | Pattern
Node = Leaf | Never | All | Either | Not
Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Query:
    """What must hold; root is None when nothing was asked."""

    root: Node | None

    def __bool__(self) -> bool:
        return self.root is not None

    @property
    def unreadable(self) -> tuple[str, ...]:
        """Regular expressions that cannot be read, or that nothing at all would satisfy."""
        return tuple(leaf.source for leaf, _ in _leaves(self.root) if isinstance(leaf, Never))

    @property
    def wanted(self) -> tuple[Leaf, ...]:
        """What is marked: everything that is not ruled out."""
        return tuple(leaf for leaf, denied in _leaves(self.root) if not denied and not isinstance(leaf, Never))

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """All that is looked for, wanted or not."""
        return tuple(leaf for leaf, _ in _leaves(self.root) if not isinstance(leaf, Never))

    def mark_re2(self) -> str:
        """Finds every hit in a lower-case text; empty when nothing is wanted."""
        return expression("|".join(sorted((leaf.re2() for leaf in self.wanted), key=len, reverse=True)))

    def hits(self, texts: Sequence[str]) -> list[Spans]:
        """The places of all hits in each text, in code points."""
        mark = self.mark_re2()
        if not mark or not texts:
            return [[] for _ in texts]
        folded = pa.array([fold(text) for text in texts], pa.large_string())
        marked = pc.replace_substring_regex(folded, pattern=mark, replacement=rf"{_FIRST}\0{_PAST}")
        return [list(_places(text)) for text in marked.to_pylist()]


def expression(source: str) -> str:
    """The source as both users of RE2 are to read it: no case, and a dot that ends at the line."""
    return f"(?i-s){source}" if source else ""


def fold(text: str) -> str:
    """A text as it is searched: lower case and plain spaces, every character at its place."""
    lower = text.lower()
    if len(lower) != len(text):  # a few letters grow when lowered
        lower = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    lower = lower.replace("\u00a0", " ").replace(_FIRST, "\ufffd").replace(_PAST, "\ufffd")
    return lower.encode("utf-8", "replace").decode("utf-8")


def _places(marked: str) -> Iterator[tuple[int, int]]:
    place = 0
    for number, piece in enumerate(re.split(f"[{_FIRST}{_PAST}]", marked)):
        if number % 2 and piece:
            yield place, place + len(piece)
        place += len(piece)


def _leaves(node: Node | None, denied: bool = False) -> Iterator[tuple[Leaf | Never, bool]]:
    if isinstance(node, All | Either):
        for part in node.parts:
            yield from _leaves(part, denied)
    elif isinstance(node, Not):
        yield from _leaves(node.part, not denied)
    elif node is not None:
        yield node, denied


# ---------------------------------------------------------------- reading


@lru_cache(maxsize=256)
def parse(typed: str) -> Query:
    """Read search words; never fails."""
    return Query(_Reader(list(_SIGN.finditer(typed[:LONGEST]))).everything())


class _Reader:
    """Reads signs from left to right: all := either+, either := one (OR one)*, one := -one | near."""

    def __init__(self, signs: list[re.Match[str]]) -> None:
        self._signs = signs
        self._place = 0
        self._depth = 0

    def everything(self) -> Node | None:
        parts: list[Node] = []
        while self._place < len(self._signs):
            if self._next()["close"] is not None:  # one that was never opened
                self._place += 1
            elif (found := self._all()) is not None:
                parts.append(found)
        return _joined(parts, All)

    def _all(self) -> Node | None:
        parts: list[Node] = []
        while self._place < len(self._signs) and self._next()["close"] is None:
            if (found := self._either()) is not None:
                parts.append(found)
        return _joined(parts, All)

    def _either(self) -> Node | None:
        found = self._one()
        parts = [] if found is None else [found]
        while self._skip("OR"):
            found = self._one()
            parts += [] if found is None else [found]
        return _joined(parts, Either)

    def _one(self) -> Node | None:
        denied = False
        while self._skip_minus() or self._skip("NOT"):
            denied = not denied
        while self._skip("AND") or self._skip("OR") or self._near_words() is not None:
            pass  # a sign with nothing before it says nothing
        found = self._near()
        return Not(found) if denied and found is not None else found

    def _near(self) -> Node | None:
        found = self._atom()
        parts = [] if found is None else [found]
        while (words := self._near_words()) is not None:
            last, found = found, self._atom()
            if isinstance(last, Term) and isinstance(found, Term):
                parts = [part for part in parts if part is not last]
                parts.append(Near(last, found, words))
            elif found is not None:
                parts.append(found)
        return _joined(parts, All)

    def _atom(self) -> Node | None:
        if self._place >= len(self._signs) or self._next()["close"] is not None:
            return None
        sign = self._next()
        self._place += 1
        if sign["open"] is not None:
            return self._grouped()
        if sign["pattern"] is not None:
            return Pattern(sign["pattern"]) if _is_readable(sign["pattern"]) else Never(sign["pattern"])
        return _term(sign["word"] if sign["phrase"] is None else sign["phrase"]) if sign["minus"] is None else None

    def _grouped(self) -> Node | None:
        if self._depth >= DEEPEST:
            return None
        self._depth += 1
        found = self._all()
        self._depth -= 1
        if self._place < len(self._signs):
            self._place += 1  # what ended the group is its closing sign
        return found

    def _next(self) -> re.Match[str]:
        return self._signs[self._place]

    def _skip(self, word: str) -> bool:
        found = self._place < len(self._signs) and self._next()["word"] == word
        self._place += found
        return found

    def _skip_minus(self) -> bool:
        found = self._place < len(self._signs) and self._next()["minus"] is not None
        self._place += found
        return found

    def _near_words(self) -> int | None:
        """How many words NEAR allows between, where that is the next sign; it is passed then."""
        said = self._next()["word"] if self._place < len(self._signs) else None
        found = _NEAR.fullmatch(said or "")
        if found is None:
            return None
        self._place += 1
        return min(int(found[1] or NEAR_WORDS), FURTHEST_APART)


def _joined(parts: Sequence[Node], kind: type[All] | type[Either]) -> Node | None:
    return kind(tuple(parts)) if len(parts) > 1 else (parts[0] if parts else None)


def _term(said: str) -> Term | None:
    words = fold(said).split()
    is_open = bool(words) and words[-1].endswith("*")
    if is_open:
        words[-1] = words[-1].rstrip("*")
    words = [word for word in words if any(map(str.isalnum, word))]
    return Term(tuple(words), is_open) if words else None


@lru_cache(maxsize=256)
def _is_readable(source: str) -> bool:
    """RE2 reads it, and it does not find emptiness."""
    try:
        empty = pc.match_substring_regex(pa.array([""]), pattern=expression(f"(?:{source})"))
    except (pa.ArrowInvalid, UnicodeEncodeError):
        return False
    return list(empty.to_pylist()) == [False]


def _is_ascii_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character == "_")
