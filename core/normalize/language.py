"""Tells the language of a text: a profile of words and letters first, langdetect where that is unsure.

The profile knows Indonesian, Malay, English and ten languages of Indonesia, which langdetect mostly calls
Indonesian; langdetect knows the rest of the world. A text full of frequent words is left to the profile.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from core.model import Language
from core.resources import load_yaml, path

_CHARACTERS = 1000  # how much of a text is looked at
_FEW_LETTERS = 40  # below that only a plain case is decided
_NO_LETTERS = 20  # below that nothing is
_PLAIN_CASE = 0.6  # confidence that a short text must reach
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ]")
_LATIN_ARTICLE = 120  # so many Latin letters are an article, whatever stands beside them
_GRAM_LETTERS = (1, 2, 3, 4)
_ENOUGH_FREQUENT = 0.14  # share of frequent words from which the profile is not doubted
_SURE_FOREIGN = 0.9  # langdetect's probability from which it is heard at all
_MANY_LETTERS = 80  # from there on it is right about languages that the profile can't know
_LOCAL_DOUBT = 0.5  # it has no local language of Indonesia, so only a doubtful one gives way
_WIDE_KNOWN = frozenset(("id", "ms", "en"))
_MOST_WORDS = 50_000  # kept in memory with their scores; far more than 1,000 characters can hold
_UNKNOWN = Language(code="und", confidence=0.0)

_lock = Lock()  # langdetect's start is not thread-safe, and the memory of scored words is shared


def identify(text: str) -> Language:
    """The language of a clean text by its first 1,000 characters; `und` for too little text.

    Codes are ISO 639-1 where there is one, else ISO 639-3 (`min`, `ban`, `bjn`, `ace`, `mad`, `bbc`, `bug`,
    `nij`). Under 40 letters only a plain case is told, under 20 nothing is.
    """
    return tell(text, profile())


def tell(text: str, known: "Profile") -> Language:
    """The same by a given profile; training asks it about texts that the profile has not seen."""
    text = text[:_CHARACTERS]
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    letters = sum(map(len, words))
    if letters < _NO_LETTERS:
        return _UNKNOWN
    if not text.isascii():
        latin = [word for word in words if _LATIN.match(word)]
        latin_letters = sum(map(len, latin))
        if latin_letters < letters / 2 and latin_letters < _LATIN_ARTICLE:
            return _by_langdetect(text) or _UNKNOWN
        words = latin  # an article that quotes another script is in its own language
    with _lock:
        code, confidence, frequent = known.tell(words)
    if frequent < _ENOUGH_FREQUENT and letters >= _FEW_LETTERS:
        other = _by_langdetect(text)
        if other is not None and other.code not in known.codes and _overrules(other, code, confidence, letters):
            return other
    if letters < _FEW_LETTERS and confidence < _PLAIN_CASE:
        return _UNKNOWN
    return Language(code=code, confidence=round(confidence, 3))


def _overrules(other: Language, code: str, confidence: float, letters: int) -> bool:
    """Whether langdetect's word for a language that the profile does not know stands against the profile's."""
    if other.confidence < _SURE_FOREIGN:
        return False
    if code in _WIDE_KNOWN:
        return confidence < _SURE_FOREIGN or letters >= _MANY_LETTERS
    return confidence < _LOCAL_DOUBT


def _by_langdetect(text: str) -> Language | None:
    """What langdetect guesses first, the same on every run; None where it finds no letters that it knows."""
    from langdetect import DetectorFactory, LangDetectException, detect_langs

    with _lock:
        DetectorFactory.seed = 0
        try:
            best = detect_langs(text)[0]
        except LangDetectException:
            return None
    return Language(code=best.lang.split("-")[0], confidence=round(min(best.prob, 1.0), 3))


class Profile:
    """Scores of words and of runs of letters for each language, and the words that tell Malay from Indonesian."""

    def __init__(self, model: Path) -> None:
        import numpy as np

        with np.load(model, allow_pickle=False) as stored:
            self.codes: tuple[str, ...] = tuple(str(stored["codes"]).split())
            features = str(stored["features"]).split("\n")
            self._weights = stored["weights"].astype(np.float32) / float(stored["scale"])
            seen = str(stored["malay_seen"]).split()
        self._rows = {feature: row for row, feature in enumerate(features)}
        rules = load_yaml("language/malay.yaml")
        self._contrast = dict.fromkeys(seen, float(rules["seen_weight"]))
        for group in rules["groups"]:
            self._contrast.update(dict.fromkeys(group["words"].split(), float(group["weight"])))
        self._endings = tuple((entry["ending"], float(entry["weight"])) for entry in rules["endings"])
        self._profile_weight = float(rules["profile_weight"])
        self._frequent = {name: frozenset(words.split()) for name, words in rules["frequent"].items()}
        self._np: Any = np
        self._forget()

    def tell(self, words: Iterable[str]) -> tuple[str, float, float]:
        """The language's code, its probability, and the share of words that are among its most frequent."""
        words = list(words)
        if len(self._places) + len(words) > _MOST_WORDS:  # never in the midst of a text, whose places would move
            self._forget()
        places = [self._place(word) for word in words]
        scored = self._scored[places].sum(axis=0)
        scores = scored[:-2] / max(float(scored[-1]), 1.0) ** 0.5
        contrast = float(scored[-2]) + self._profile_weight * float(scores[1] - scores[0])
        malay = 1.0 / (1.0 + 2.718281828 ** -max(-30.0, min(30.0, contrast)))
        odds = self._np.exp(scores - scores.max())
        together = float(max(odds[0], odds[1]))  # one language in two standards against all others
        rest = float(odds[2:].sum())
        best = 2 + int(odds[2:].argmax())
        if together >= float(odds[best]):
            row = 1 if malay > 0.5 else 0
            confidence = together / (together + rest) * max(malay, 1.0 - malay)
        else:
            row, confidence = best, float(odds[best]) / (together + rest)
        return self.codes[row], confidence, self._frequency(words)

    def _frequency(self, words: list[str]) -> float:
        return max(sum(word in known for word in words) for known in self._frequent.values()) / max(len(words), 1)

    def _place(self, word: str) -> int:
        """Where the scores of a word stand; those of a new word are added up from its parts."""
        place = self._places.get(word)
        if place is None:
            place = len(self._places)
            parts = features_of(word)
            rows = [row for row in map(self._rows.get, parts) if row is not None]
            self._scored[place, :-2] = self._weights[rows].sum(axis=0)
            self._scored[place, -2] = self._contrast_of(word)
            self._scored[place, -1] = len(parts)
            self._places[word] = place
        return place

    def _contrast_of(self, word: str) -> float:
        if word in self._contrast:
            return self._contrast[word]
        ends = (weight for ending, weight in self._endings if len(word) > 6 and word.endswith(ending))
        return next(ends, 0.0)

    def _forget(self) -> None:
        self._places: dict[str, int] = {}
        self._scored = self._np.zeros((_MOST_WORDS, len(self.codes) + 2), dtype=self._np.float32)


def features_of(word: str) -> list[str]:
    """The word as a whole (`=kata`) and its runs of one to four letters with the word's ends marked."""
    marked = f"<{word}>"
    runs = [marked[start : start + n] for n in _GRAM_LETTERS for start in range(len(marked) - n + 1)]
    return [f"={word}", *runs]


@cache
def profile() -> Profile:
    return Profile(path("models/language.npz"))
