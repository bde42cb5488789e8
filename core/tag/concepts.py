"""Finds a profile's concepts in a text."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from core.model import Mention
from core.tag.profile import Concept, Profile

WORD = re.compile(r"\w+(?:[-'’]\w+)*")
STEM = 3  # letters by which words with a * are looked up


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept found at a stretch of text; word is the number of its first word in the text."""

    concept: str
    start: int
    end: int
    word: int


class ConceptIndex:
    """The words of a profile's concepts, laid out for one pass over a text."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._exact: dict[str, list[str]] = defaultdict(list)
        self._stems: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        self._patterns: list[tuple[re.Pattern[str], str]] = []
        self._entities: dict[str, list[str]] = defaultdict(list)
        self._words: dict[str, tuple[str, ...]] = {}
        self._gates: dict[frozenset[str], tuple[Any, re.Pattern[str]]] = {}
        for concept in concepts:
            self._words[concept.id] = concept.words
            for word in concept.words:
                self._add(tuple(WORD.findall(word)) or (word,), word.endswith("*"), concept.id)
            self._patterns.extend((pattern, concept.id) for pattern in concept.patterns)
            for entity in concept.entities:
                self._entities[entity].append(concept.id)

    def _add(self, parts: tuple[str, ...], open_end: bool, concept: str) -> None:
        if len(parts) > 1:
            self._phrases[parts[0]].append(((*parts[:-1], parts[-1] + "*") if open_end else parts, concept))
        elif open_end:
            self._stems[parts[0][:STEM]].append((parts[0], concept))
        else:
            self._exact[parts[0]].append(concept)

    def opens(self, text: str, gate: Iterable[frozenset[str]], mentions: Iterable[Mention]) -> bool:
        """Whether a text can be of the subject: every group of the gate has a word or an entity in it."""
        lowered = text.lower()
        return all(self._holds(text, lowered, group) or self._mentioned(group, mentions) for group in gate)

    def _holds(self, text: str, lowered: str, group: frozenset[str]) -> bool:
        """Few texts have a word of a group, and an automaton tells the others sooner than the pattern does."""
        if group not in self._gates:
            self._gates[group] = self._gate(group)
        automaton, pattern = self._gates[group]
        return bool(automaton.find_matches_as_indexes(lowered)) and pattern.search(text) is not None

    def _gate(self, group: frozenset[str]) -> tuple[Any, re.Pattern[str]]:
        from ahocorasick_rs import AhoCorasick

        words = [word for concept in sorted(group) for word in self._words[concept]]
        ends = [re.escape(word.rstrip("*")) + ("" if word.endswith("*") else r"\b") for word in words]
        pattern = re.compile(r"(?i)\b(?:" + "|".join(ends or [r"(?!)"]) + ")")
        return AhoCorasick([word.rstrip("*").lower() for word in words]), pattern

    def _mentioned(self, group: frozenset[str], mentions: Iterable[Mention]) -> bool:
        wanted = {entity for entity, concepts in self._entities.items() if group & set(concepts)}
        return bool(wanted) and any(m.entity.id in wanted or m.refers_to in wanted for m in mentions)

    def find(self, text: str, mentions: Iterable[Mention] = ()) -> list[Hit]:
        """All hits, in order of text."""
        spans = [(found.start(), found.end()) for found in WORD.finditer(text)]
        words = [text[start:end].lower() for start, end in spans]
        starts = [start for start, _ in spans]
        hits: list[Hit] = []
        for number, word in enumerate(words):
            hits.extend(Hit(concept, *spans[number], number) for concept in self._exact.get(word, ()))
            for stem, concept in self._stems.get(word[:STEM], ()):
                if word.startswith(stem):
                    hits.append(Hit(concept, *spans[number], number))
            for parts, concept in self._phrases.get(word, ()):
                last = number + len(parts) - 1
                if last < len(words) and _same(parts, words[number : last + 1]):
                    hits.append(Hit(concept, spans[number][0], spans[last][1], number))
        for pattern, concept in self._patterns:
            hits.extend(
                Hit(concept, found.start(), found.end(), bisect_left(starts, found.start()))
                for found in pattern.finditer(text)
            )
        for mention in mentions:
            for entity in (mention.entity.id, mention.refers_to):
                for concept in self._entities.get(entity or "", ()):
                    span = mention.span
                    hits.append(Hit(concept, span.start, span.end, bisect_left(starts, span.start)))
        hits.sort(key=lambda hit: (hit.start, hit.end, hit.concept))
        return hits


def _same(parts: tuple[str, ...], words: list[str]) -> bool:
    *body, last = parts
    if body != words[:-1]:
        return False
    return words[-1].startswith(last[:-1]) if last.endswith("*") else words[-1] == last


def index_of(profile: Profile) -> ConceptIndex:
    """All concepts of a profile, those of its stances under `stance:`."""
    return ConceptIndex(
        [*profile.concepts.values()]
        + [
            Concept(id=f"stance:{name}", words=row.words, patterns=row.patterns, entities=row.entities)
            for name, row in profile.stance.items()
        ]
    )
