"""Names of organisations and places inside one article: short forms in brackets, short and full names, shared names."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache

from core.model import Entity
from core.resources import load_yaml
from core.tag.gazetteer import Row, fold, gazetteer
from core.tag.shaping import Found, word_lists
from core.tag.tokens import Words

_SHORT = re.compile(r"[A-Z][A-Za-z0-9&.-]{1,14}")
_SKIPPED = frozenset(["dan", "di", "untuk", "atau", "the", "of", "and", "for", "pada", "ke"])
_LEGAL = frozenset(
    ["pt", "cv", "tbk", "persero", "inc", "ltd", "limited", "corp", "co", "llc", "plc", "group", "grup", "holdings"]
)
INDONESIA = "gpe:indonesia"


@dataclass(frozen=True, slots=True)
class Bracket:
    """A short form at a word, and the words before the bracket that it stands for."""

    short: str
    at: int
    first: int
    last: int
    spelled: bool  # whether its letters are the first letters of those words


def brackets(words: Words) -> list[Bracket]:
    """Short forms that the text introduces: `Badan Anu (BA)`."""
    found = []
    forms = words.forms
    last = len(forms) - 1
    for number in words.capitals:
        if not 2 <= number < last or forms[number - 1] != "(" or forms[number + 1] != ")":
            continue
        if not _SHORT.fullmatch(forms[number]):
            continue
        spelled = _spelled(words, number)
        first = spelled if spelled is not None else number - 2
        found.append(Bracket(forms[number], number, first, number - 1, spelled is not None))
    return found


def _spelled(words: Words, number: int) -> int | None:
    """The first of the words whose initials are the short form at a word; None where they aren't."""
    letters = [letter.lower() for letter in words.forms[number] if letter.isalnum()]
    place = number - 2
    while letters and place >= max(0, number - 14):
        form = words.forms[place].lower()
        if form in _SKIPPED and form[0] != letters[-1]:
            place -= 1
            continue
        if not form[0].isalnum() or form[0] != letters[-1]:
            return None
        letters.pop()
        place -= 1
    return place + 1 if not letters else None


def alike(one: str, other: str) -> bool:
    """Whether two long names are one with a slip: most of their words begin alike."""
    mine, theirs = ({word[:5] for word in fold(name).split() if word not in _SKIPPED} for name in (one, other))
    return 2 * len(mine & theirs) > max(len(mine), len(theirs))


def letters_fit(short: str, name: str) -> bool:
    """Whether the letters of a short form stand in a name in this order, the first at its start: Jokowi, Korut."""
    rest = iter(fold(name))
    letters = [letter for letter in fold(short) if letter.isalnum()]
    return fold(name)[:1] == letters[0] and all(letter in rest for letter in letters)


def is_tail(words: Words, bracket: Bracket, name: Found) -> bool:
    """Whether a name before a short form is only the end of what it stands for: Indonesia before (DSI)."""
    if bracket.spelled:
        titled = all(form.lower() in word_lists().titles for form in words.forms[bracket.first : name.first])
        return bracket.first < name.first and not (name.label == "PER" and titled)
    initials = "".join(form[0].lower() for form in words.forms[name.first : name.last] if form.lower() not in _SKIPPED)
    short = bracket.short.lower()
    if not name.first or not words.forms[name.first - 1][0].isupper():
        return False
    return name.last - name.first > 1 and len(initials) < len(short) and short.endswith(initials)


@cache
def _expansions() -> dict[str, str]:
    return {str(short): str(long_) for short, long_ in load_yaml("titles.yaml")["expansions"].items()}


def full_form(name: str) -> str:
    """`Pemprov Jatim` -> `Pemerintah Provinsi Jawa Timur`: a head and a province in their long forms."""
    head, _, rest = name.partition(" ")
    if not rest:
        return name
    words = rest.split()
    for start in range(len(words)):
        rows = [row for row in gazetteer().named(" ".join(words[start:])) if row.kind == "provinsi"]
        if rows:
            if words[start] != "Provinsi":
                words[start:] = [rows[0].entity.name]
            break
    long_head = _expansions().get(head.lower(), head)
    if words and long_head.split()[-1] == words[0]:  # `Pemkab Kabupaten Anu`
        words = words[1:]
    return " ".join([long_head, *words])


def core_tokens(name: str) -> tuple[str, ...]:
    """The words of a name that tell it apart: without PT, Tbk and brackets."""
    tokens = tuple(re.findall(r"[^\W_]+", fold(name)))
    kept = tuple(token for token in tokens if token not in _LEGAL)
    return kept or tokens


def bare_place(name: str) -> tuple[str, ...]:
    """A place without its head: `Kelurahan Anu`, `Bandara Anu` -> Anu."""
    tokens = tuple(fold(name).split())
    lists = word_lists()
    while len(tokens) > 1 and (tokens[0] in lists.gpe_heads or tokens[0] in lists.loc_heads):
        tokens = tokens[1:]
    return tokens


def choose_row(rows: tuple[Row, ...], homes: Counter[str]) -> Row:
    """Of rows that share a name, the one whose state the article clearly speaks of most; else Indonesia's."""
    if len(rows) == 1:
        return rows[0]
    ranked = sorted(rows, key=lambda row: (-homes[row.home], row.home != INDONESIA))
    native = next((row for row in rows if row.home == INDONESIA), None)
    if native is None or (homes[ranked[0].home] > 1 and homes[ranked[0].home] > 1.5 * homes[INDONESIA]):
        return ranked[0]
    return native


def count_homes(words: Words, names: list[Found]) -> Counter[str]:
    """How much the article speaks of each state: its name, and unshared names of what belongs to it."""
    homes: Counter[str] = Counter()
    for name in names:
        if len({row.entity.id for row in name.rows}) != 1:
            continue
        row = name.rows[0]
        if row.kind == "negara":  # `dolar AS` does not speak of the state
            before = words.forms[name.first - 1].lower() if name.first else ""
            homes[row.entity.id] += before not in word_lists().money
        elif row.home and row.kind != "media":
            homes[row.home] += 1
    homes[INDONESIA] += 0
    return homes


class Bodies:
    """Organisations or places of one article by their words; a shorter name joins the one fuller name it opens."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], Entity] = {}
        self._first: dict[tuple[str, ...], int] = {}
        self._opened_by: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)

    def add(self, tokens: tuple[str, ...], entity: Entity, first: int) -> None:
        """Take in a name that stands at a word first."""
        if tokens not in self._known:
            self._known[tokens] = entity
            for size in {1, min(2, len(tokens))}:
                self._opened_by[tokens[:size]].append(tokens)
        self._first[tokens] = min(first, self._first.get(tokens, first))

    def rename(self, old: Entity, new: Entity) -> None:
        """Let all names of one entity mean another."""
        for tokens, entity in self._known.items():
            if entity.id == old.id:
                self._known[tokens] = new

    def long_names(self) -> list[tuple[tuple[str, ...], Entity]]:
        """Names of two words or more, longest first."""
        names = [(name, entity) for name, entity in self._known.items() if len(name) > 1]
        return sorted(names, key=lambda item: -len(item[0]))

    def fuller(self, tokens: tuple[str, ...], at: int) -> Entity | None:
        """The entity of the same words, else the one entity whose fuller name begins with them.

        A public body's short name may stand first (`Dinas Pendidikan`); of others the full name must, for `Bank Anu`
        and `Bank Anu Syariah` are two.
        """
        if tokens in self._known:
            return self._known[tokens]
        size = len(tokens)
        public = tokens[0] in word_lists().listing_heads or tokens[0] in word_lists().branches
        opening = {
            self._known[known].id: self._known[known]
            for known in self._opened_by.get(tokens[:2], ())
            if known[:size] == tokens and (public or self._first[known] < at)
        }
        return next(iter(opening.values())) if len(opening) == 1 else None
