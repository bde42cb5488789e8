"""When two names across the corpus are one: spelling variants and fuller forms; the lists are in spellings.yaml.

Everything here is a function of names alone. A name without a row of the gazetteer is compared by two keys: its
spelling (case, spaces, hyphens, accents, doubled letters, titles and forms of Muhammad aside) and its sound (old and
new spelling, ways out of another script aside).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from core.resources import load_yaml

BLOCK_LETTERS = 4
"""Names whose sound ends alike in so many letters are compared with each other."""

SURNAME_LETTERS = 5
"""A shorter last word is often the last syllable of a given name: Kim Jong is not Kim Yo Jong."""

_DOUBLED = re.compile(r"([a-z])\1+")
_LEGAL = frozenset(["pt", "cv", "tbk", "persero", "inc", "ltd", "limited", "corp", "co", "llc", "plc"])
_ROMAN = re.compile(r"[ivxlc]+")  # Komisi VI and Komisi VII are two; capitals are never folded
_INITIAL = 1


@dataclass(frozen=True, slots=True)
class _Rules:
    given: dict[str, str]
    honorifics: frozenset[str]
    degrees: frozenset[str]
    sounds: tuple[tuple[str, str], ...]
    common: frozenset[str]


@cache
def _rules() -> _Rules:
    lists = load_yaml("spellings.yaml")
    sounds = tuple((one, other) for one, other in lists["sounds"])
    return _Rules(
        given={form: forms[0] for forms in lists["given"] for form in forms},
        honorifics=frozenset(lists["honorifics"]),
        degrees=frozenset(lists["degrees"]),
        sounds=sounds,
        common=frozenset(sound_by(word, sounds) for word in lists["common"]),
    )


def plain(name: str) -> str:
    """Small letters without accents and apostrophes; of other scripts the letters stay."""
    letters = unicodedata.normalize("NFKD", name.lower())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"['’‘`´]", "", kept)


@cache
def words_of(name: str, label: str) -> tuple[str, ...]:
    """The words that tell a name apart: a person's without titles and degrees, a body's without legal forms."""
    rules = _rules()
    if label != "PER":
        words = [word.upper() if _ROMAN.fullmatch(word) else word for word in re.findall(r"[^\W_]+", plain(name))]
        return tuple(word for word in words if word not in _LEGAL) or tuple(words)
    joined = re.sub(r"\b([a-z])\.(?=[a-z]\b)", r"\1", plain(name))  # S.H. is one word, M. Saleh are two
    words = re.findall(r"[^\W_]+", joined)
    while len(words) > 2 and words[0] in rules.honorifics:
        words = words[1:]
    while len(words) > 2 and words[-1] in rules.degrees:
        words = words[:-1]
    folded = tuple(rules.given.get(word, word) for word in words)
    return tuple(words) if _all_common(folded) else folded


def spelling_key(name: str, label: str) -> str:
    """Alike for spellings of one name; empty for what is too short to tell: one word of a person, few letters."""
    words = words_of(name, label)
    key = _DOUBLED.sub(r"\1", "".join(words))
    if label == "PER":
        return key if len(words) > 1 and min(len(words[0]), len(words[-1])) > _INITIAL else ""
    return key if len(key) > 4 else ""


def sound(word: str) -> str:
    """A word as it is spoken, roughly."""
    return sound_by(word, _rules().sounds)


def sound_by(word: str, sounds: tuple[tuple[str, str], ...]) -> str:
    """The same by given rules."""
    word = _DOUBLED.sub(r"\1", word)
    for written, spoken in sounds:
        word = word.replace(written, spoken)
    return _DOUBLED.sub(r"\1", word)


def _all_common(words: Iterable[str]) -> bool:
    return all(sound(word) in _rules().common for word in words)


def sound_key(name: str, label: str) -> str:
    """Alike for a person's name in old and new spelling; empty where common names alone would be compared."""
    if label != "PER" or not spelling_key(name, label):
        return ""
    words = words_of(name, label)
    return sound("".join(words)) if len(words) > 2 or not _all_common(words) else ""


def block_of(name: str, label: str) -> str:
    """The group of names that are compared with each other."""
    return sound(re.sub(r"[\W_]+", "", "".join(words_of(name, label))))[-BLOCK_LETTERS:]


def how_alike(one: str, other: str, label: str) -> str | None:
    """`spelling`, `sound` or `fuller`, whichever joins two names of one label, else None."""
    for rule, key in (("spelling", spelling_key), ("sound", sound_key)):
        if key(one, label) and key(one, label) == key(other, label):
            return rule
    return "fuller" if label == "PER" and (fuller(one, other) or fuller(other, one)) else None


def fuller(short: str, long_: str) -> bool:
    """Whether a person's longer name holds the shorter one: initials spelled out, names added in the middle.

    In front only an initial or a form of Muhammad and the like may be added, for other words there are often no part
    of the name. Both end in the same word and share two words in full, one of them not common.
    """
    mine, theirs = words_of(short, "PER"), words_of(long_, "PER")
    if mine == theirs or len(mine) > len(theirs) or len(set(theirs)) < len(theirs):
        return False
    if len(mine) < 2 or len(mine[-1]) < SURNAME_LETTERS or sound(mine[-1]) != sound(theirs[-1]):
        return False
    at = _places(mine, theirs)
    forenames = set(_rules().given.values())
    if at is None or any(len(word) > _INITIAL and word not in forenames for word in theirs[: at[0]]):
        return False
    shared = {word for word in mine if len(word) > _INITIAL} - forenames
    spelled_out = len(mine) < len(theirs) or any(len(word) == _INITIAL for word in mine)
    return spelled_out and len(shared) > 1 and not _all_common(shared)


def _places(mine: tuple[str, ...], theirs: tuple[str, ...]) -> list[int] | None:
    """Where each word of the shorter name stands in the longer one, in order; None where one is missing."""
    places: list[int] = []
    start = 0
    for word in mine:
        start = next((at for at in range(start, len(theirs)) if _stands_for(word, theirs[at])), len(theirs)) + 1
        if start > len(theirs):
            return None
        places.append(start - 1)
    return places


def _stands_for(word: str, other: str) -> bool:
    if len(word) == _INITIAL or len(other) == _INITIAL:
        return len(word) == _INITIAL and word[0] == other[0]
    return sound(word) == sound(other)
