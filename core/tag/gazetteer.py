"""The known names: rows of gazetteer_*.csv, found in text by Aho-Corasick on folded text and checked for case."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple, cast

from core.model import Entity, Label
from core.resources import FOLDER, load_csv, load_yaml

TABLES = tuple(sorted(found.name for found in FOLDER.glob("gazetteer_*.csv")))
UNSPOKEN = "pemerintah"  # rows that metonyms refer to; text names the state or its capital instead
_LONGEST_SHORT_FORM = 6  # an all-capital alias of up to so many letters must stand exactly as written


@dataclass(frozen=True, slots=True)
class Row:
    """One entity of the gazetteer. home is the id of the state it belongs to, kind what it is (negara, kota, ...)."""

    entity: Entity
    english: str
    aliases: tuple[str, ...]
    kind: str
    home: str

    @property
    def names(self) -> tuple[str, ...]:
        return (self.entity.name, *self.aliases)


class Hit(NamedTuple):
    """A known name in text: which rows it may be, and whether it matched letter by letter."""

    start: int
    end: int
    rows: tuple[Row, ...]
    exact: bool


@dataclass(slots=True)
class _Pattern:
    surfaces: dict[str, list[Row]] = field(default_factory=dict)


def _folding() -> dict[int, str]:
    """Single letters to their plain small form; hyphens become spaces, so that `Il-sung` and `Il Sung` are one."""
    table = {}
    for code in range(128, 0x250):
        plain = unicodedata.normalize("NFKD", chr(code))[0]
        if plain.isascii() and plain.isalpha():
            table[code] = plain.lower()
    table.update({ord(letter): letter.lower() for letter in map(chr, range(65, 91))})
    table.update({ord("-"): " ", ord("‐"): " ", ord("‑"): " ", ord("’"): "'", ord("‘"): "'", ord("\u00a0"): " "})
    return table


_FOLDING = _folding()
_BEYOND_ASCII = re.compile("[" + "".join(chr(code) for code in _FOLDING if code > 127) + "]")


def fold(text: str) -> str:
    """Text of the same length without case, accents and hyphens."""
    folded = text.encode("utf-8", "surrogatepass").lower().replace(b"-", b" ").decode("utf-8", "surrogatepass")
    if folded.isascii():
        return folded
    return _BEYOND_ASCII.sub(lambda found: _FOLDING[ord(found.group())], folded)


class Gazetteer:
    """All rows with the automaton over their names."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        self.rows = {row.entity.id: row for row in rows}
        patterns: dict[str, _Pattern] = {}
        for row in rows:
            if row.kind == UNSPOKEN:
                continue
            for name in row.names:
                patterns.setdefault(fold(name), _Pattern()).surfaces.setdefault(name, []).append(row)
        self._patterns = list(patterns.values())
        self._by_fold = patterns
        self._cut: dict[str, tuple[Row, ...]] | None = None
        self._automaton: Any = AhoCorasick(list(patterns), matchkind=MatchKind.Standard)

    def find(self, text: str) -> list[Hit]:
        """Known names in text, leftmost and longest, whole words only, in order."""
        hits: list[Hit] = []
        last = len(text)
        for number, start, end in self._automaton.find_matches_as_indexes(fold(text), overlapping=True):
            if end < last and _joined(text, end, end - 1):
                continue
            if start and _joined(text, start - 1, start) and not _glued(text, start):
                continue
            hit = self._checked(text, start, end, number)
            if hit is not None:
                hits.append(hit)
        hits.sort(key=lambda hit: (hit.start, -hit.end))
        kept: list[Hit] = []
        place = 0
        for hit in hits:
            if hit.start >= place:
                kept.append(hit)
                place = hit.end
        return kept

    def shortened(self, surface: str) -> tuple[Row, ...]:
        """Rows of the one name that lost its last letter: `Mosko` of Moskow; none where it may be a word of its own."""
        if self._cut is None:
            self._cut = self._cut_names()
        return self._cut.get(fold(surface), ())

    def _cut_names(self) -> dict[str, tuple[Row, ...]]:
        own = {fold for fold, pattern in self._by_fold.items() if not all(map(str.isupper, pattern.surfaces))}
        cut: dict[str, tuple[Row, ...]] = {}
        for name in self._by_fold:
            if len(name) > 4 and name[:-1] not in own:
                rows = self.named(name)  # `Ukraina` and `Ukraine` lose their last letter to one stump of one state
                cut[name[:-1]] = rows if cut.get(name[:-1], rows) == rows else ()
        return {name: rows for name, rows in cut.items() if rows}

    def named(self, name: str) -> tuple[Row, ...]:
        """Rows that carry a name, whatever its case and hyphens."""
        pattern = self._by_fold.get(fold(name))
        if pattern is None:
            return ()
        return tuple(dict.fromkeys(row for rows in pattern.surfaces.values() for row in rows))

    def _checked(self, text: str, start: int, end: int, number: int) -> Hit | None:
        surface = text[start:end]
        surfaces = self._patterns[number].surfaces
        rows = surfaces.get(surface)
        if rows is not None:
            return Hit(start, end, tuple(rows), True)
        fitting = [row for name, rows in surfaces.items() if _case_fits(surface, name) for row in rows]
        return Hit(start, end, tuple(dict.fromkeys(fitting)), False) if fitting else None


def _joined(text: str, outside: int, inside: int) -> bool:
    """Whether the character outside a match belongs to the same word, address or handle."""
    char = text[outside]
    if char.isalnum() or char == "_":
        return True
    if char in "@#":
        return outside < inside
    if char == "." and outside > inside:  # `Kabar.com`, `KABAR.COM`; but not `Rusia.Sementara`
        beyond = text[outside + 1 : outside + 2]
        return beyond.islower() or (beyond.isupper() and text[inside].isupper())
    if char in "./" and outside < inside:  # `www.kabar`, `kabar.com/berita`
        before = text[max(0, outside - 12) : outside].rpartition(" ")[2].lower()
        return before == "www" if char == "." else "." in before
    return False


@cache
def _gluing_words() -> frozenset[str]:
    return frozenset(map(str, load_yaml("cautions.yaml")["glued"]))


def _glued(text: str, start: int) -> bool:
    """Whether a lost gap joined a name to the word before it: `DilansirAFP`, `dihubungidetikcom`."""
    if not text[start - 1].islower() or not (text[start].isupper() or text.startswith("detik", start)):
        return False
    first = start
    while first and text[first - 1].isalpha() and start - first < 16:
        first -= 1
    return text[first:start].lower() in _gluing_words()


def _case_fits(surface: str, name: str) -> bool:
    """Whether a surface that differs from the name in case may still be it."""
    if name.isupper() and len(name) <= _LONGEST_SHORT_FORM:
        return False
    if surface.isupper():
        return len(surface) >= 4
    if not surface[0].isupper() or not ("-" in name or " " in name) or name[0].islower():
        return False
    second = surface.partition(" ")[2]  # `Kantor berita Anu` is a plain phrase that opens a sentence
    return not second[:1].islower() or name.partition(" ")[2][:1].islower()


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of core/resources, built once a process."""
    return Gazetteer(tuple(_rows()))


def _rows() -> Iterator[Row]:
    for table in TABLES:
        for row in load_csv(table):
            entity = Entity(
                id=row["id"],
                name=row["name"],
                label=cast(Label, row["label"]),
                wikidata=row["wikidata"] or None,
            )
            aliases = tuple(alias for alias in row["aliases"].split("|") if alias)
            yield Row(entity=entity, english=row["english"], aliases=aliases, kind=row["kind"], home=row["home"])
