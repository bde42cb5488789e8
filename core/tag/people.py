"""Which person a part of a name means: the one the article introduced, and no guess where two fit."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from core.model import Entity
from core.tag.gazetteer import fold
from core.tag.name_features import ordinary_words

PARTICLES = frozenset(
    [
        "al",
        "el",
        "bin",
        "binti",
        "de",
        "da",
        "van",
        "von",
        "der",
        "den",
        "la",
        "le",
        "abu",
        "ben",
        "ibn",
        "dos",
        "di",
        "ten",
    ]
)

SLIP_LETTERS = 5  # a shorter word that differs in a letter is another name
NEAR_WORDS = 8  # names so close to each other are listed, not repeated


@dataclass(slots=True)
class Person:
    """Somebody the article names in full. first is the word where it does so first, uses how often it does."""

    entity: Entity
    tokens: tuple[str, ...]
    first: int
    uses: int = 0
    also: set[str] = field(default_factory=set)  # tokens of other spellings

    @property
    def overshoots(self) -> bool:
        """Whether the name seems to run on into a sentence: `Anu Sastra Aniaya D`."""
        return overshoots(self.tokens)

    def has(self, part: tuple[str, ...]) -> bool:
        """Whether some of the name's words, in a row, are the part; initials fit their words."""
        if len(part) == 1:
            return part[0] in self.tokens or part[0] in self.also
        return any(
            all(_same(mine, theirs) for mine, theirs in zip(self.tokens[at:], part, strict=False))
            for at in range(len(self.tokens) - len(part) + 1)
        ) or _skips(self.tokens, part)


def name_tokens(name: str) -> tuple[str, ...]:
    """`Mathius D. Fakhiri` -> mathius, d, fakhiri."""
    return tuple(piece for piece in fold(name).replace(".", " ").split() if piece)


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long_ = sorted((one, other), key=len)
    return (len(short) == 1 and long_[0] == short) or (len(short) > 4 and long_[:-1] == short)


def _skips(full: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """`Chico Wardoyo` of `Chico Aura Wardoyo`: first and last word alike, the rest in order."""
    if not _same(full[0], part[0]) or not _same(full[-1], part[-1]):
        return False
    rest = iter(full)
    return all(any(_same(mine, theirs) for mine in rest) for theirs in part)


def overshoots(tokens: tuple[str, ...]) -> bool:
    """Whether a name seems to hold words of its sentence, or stands twice: `Anu Sastra Dicopot`."""
    return len(tokens[-1]) == 1 or len(set(tokens)) < len(tokens) or any(map(_is_plain, tokens[1:]))


def _is_plain(token: str) -> bool:
    return token in ordinary_words() and token not in PARTICLES


def one_letter_apart(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether names of as many words differ in one long word only, by one letter behind its first."""
    differing = [(mine, theirs) for mine, theirs in zip(one, other, strict=False) if mine != theirs]
    if len(one) != len(other) or len(one) < 2 or len(differing) != 1:
        return False
    short, long_ = sorted(differing[0], key=len)
    if len(short) < SLIP_LETTERS or short[0] != long_[0] or len(long_) - len(short) > 1:
        return False
    same = next((place for place, (a, b) in enumerate(zip(short, long_, strict=False)) if a != b), len(short))
    return short[same + (len(short) == len(long_)) :] == long_[same + 1 :]


class People:
    """The persons of one article, asked for in order of text."""

    def __init__(self) -> None:
        self._by_id: dict[str, Person] = {}
        self._by_tokens: dict[tuple[str, ...], Person] = {}
        self._by_token: dict[str, dict[str, Person]] = defaultdict(dict)  # and without its last letter
        self._bound: dict[str, Person] = {}

    def introduce(self, entity: Entity, tokens: tuple[str, ...], first: int) -> None:
        """Take in a full name; a second spelling of the same person joins the first."""
        person = self._by_id.get(entity.id)
        if person is None:
            person = self._by_id[entity.id] = Person(entity=entity, tokens=tokens, first=first)
        person.uses += 1
        person.first = min(person.first, first)
        if tokens != person.tokens:
            person.also.update(tokens)
        self._by_tokens.setdefault(tokens, person)
        for token in tokens:
            self._by_token[token][entity.id] = person
            if len(token) > 5:
                self._by_token[token[:-1]][entity.id] = person

    def rename(self, old: Entity, new: Entity) -> None:
        """Let the person of one entity be another: a misspelt name is the known person."""
        person = self._by_id.pop(old.id, None)
        if person is None:
            return
        person.entity = new
        self._by_id[new.id] = person
        for holders in self._by_token.values():
            if holders.pop(old.id, None) is not None:
                holders[new.id] = person

    def slip(self, tokens: tuple[str, ...], at: int) -> Person | None:
        """The one person whose name differs in a single letter: `Prakosa` and `Prakoso` behind the same given name.

        Two such names side by side are two people.
        """
        near = {entity: person for token in tokens for entity, person in self._by_token.get(token, {}).items()}
        fitting = [
            person
            for person in near.values()
            if abs(person.first - at) > NEAR_WORDS and one_letter_apart(person.tokens, tokens)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def known(self, entity_id: str) -> bool:
        """Whether somebody is named in full."""
        return entity_id in self._by_id

    def tokens(self) -> set[str]:
        """Words that may mean an introduced person alone."""
        parts = {token for person in self._by_id.values() for token in (*person.tokens, *person.also)}
        return {token for token in parts if len(token) > 1 and token not in PARTICLES}

    def named(self, tokens: tuple[str, ...]) -> Person | None:
        """Who carries exactly this name."""
        return self._by_tokens.get(tokens)

    def whole(self, tokens: tuple[str, ...]) -> Person | None:
        """The one person whose fuller name holds these words in a row; what overshoots does not compete."""
        near = {entity: person for token in tokens for entity, person in self._by_token.get(token, {}).items()}
        fitting = [person for person in near.values() if person.tokens != tokens and person.has(tokens)]
        if len(fitting) > 1:
            fitting = [person for person in fitting if not person.overshoots]
        return fitting[0] if len(fitting) == 1 else None

    def within(self, tokens: tuple[str, ...]) -> Person | None:
        """Whose whole name a stretch holds beside plain words: `Uang Anu Sastra`, `Anu Sastra Enggan Bicara`."""
        for start in range(len(tokens) - 1):
            for end in range(len(tokens), start + 1, -1):
                person = self._by_tokens.get(tokens[start:end])
                rest = {*tokens[:start], *tokens[end:]} - set(tokens[start:end])
                if person is not None and all(_is_plain(token) or len(token) == 1 for token in rest):
                    return person
        return None

    def holders(self, token: str) -> list[Person]:
        return [person for person in self._by_token.get(token, {}).values() if person.has((token,))]

    def part(self, token: str, at: int) -> Person | None:
        """Whom a lone part means at a word, None where two fit.

        Who alone carries it; else who alone had it until then; else who is named in full more than the others.
        """
        holders = self.holders(token)
        if not holders:
            return None
        before = [person for person in holders if person.first < at]
        if len(before) == 1 or len(holders) == 1:
            person = before[0] if len(before) == 1 else holders[0]
            if before:
                self._bound.setdefault(token, person)
            return person
        bound = self._bound.get(token)
        if bound is not None:
            return bound
        uses = Counter({index: person.uses for index, person in enumerate(before or holders)}).most_common(2)
        return (before or holders)[uses[0][0]] if uses[0][1] > uses[1][1] else None
