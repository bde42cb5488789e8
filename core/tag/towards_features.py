"""A named actor in its sentence as words and numbers, the same in training and in use.

Neither the actor's own name nor any other is among them: who someone is says nothing of how a sentence puts him.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from core.model import Label, Span
from core.resources import load_yaml
from core.tag.lexicon import Hit, Lexicon
from core.tag.tone_features import charge, plain, token_places
from core.tag.verbs import speech

RESOURCE: Final = "tone_towards.yaml"
LABELS: Final[tuple[Label, ...]] = ("PER", "ORG", "GPE", "LOC", "PRODUCT")
REACH: Final = 8  # words on either side that are listened to as words
NEAR: Final = 6  # words within which a charge is near
VERB_LETTERS: Final = 5
MONEY_VIEW: Final = 40  # code points before a name that are looked at for a currency
NAME: Final = "Ø"  # stands for every word of a name
PREFIXES: Final = ("me", "ber", "di", "ter")
VERB = re.compile(rf"({'|'.join(PREFIXES)})[a-z]")
PARTS: Final = ("doer", "victim", "blamed", "blamer")  # blamed stands for blessed too
MARKS = frozenset('"“”')
SIDES: Final = ("before", "after")


@dataclass(frozen=True, slots=True)
class Aimed:
    """What is known of one actor.

    keys are words with their place seen from it, before and after the words on either side (nearest first), verbs the
    nearest verb on either side, empty where there is none.
    """

    keys: list[str]
    numbers: list[float]
    before: list[str]
    after: list[str]
    verbs: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Setting:
    """A sentence before its actors: words with places, hits, and the number of speech marks before each word."""

    words: list[str]
    starts: list[int]
    ends: list[int]
    capitals: list[bool]
    verbs: list[int]
    marks: list[int]
    commas: list[int]
    hits: list[Hit]


@cache
def _cues() -> Mapping[str, tuple[str, ...]]:
    """The word lists of the resource, which says what each is for."""
    data = load_yaml(RESOURCE)
    return {name: tuple(data[name]["words"]) for name in ("before", "to", "by", "money", "no_verb")}


def is_verb(word: str) -> bool:
    return len(word) >= VERB_LETTERS and VERB.match(word) is not None and word not in _cues()["no_verb"]


def is_money(text: str, span: Span) -> bool:
    """Whether a name only says whose money it is: `dolar AS` speaks of no country."""
    before = text[max(0, span.start - MONEY_VIEW) : span.start].rstrip()
    return bool(before) and before.split()[-1].lower().lstrip('("“') in _cues()["money"]


def read_setting(text: str, lexicon: Lexicon) -> Setting:
    places = token_places(text)
    words = [plain(token) for token, _, _ in places]
    marks: list[int] = []
    commas: list[int] = []
    last = seen_marks = seen_commas = 0
    for _, start, end in places:
        for letter in text[last:start]:
            seen_marks += letter in MARKS
            seen_commas += letter in ",;"
        marks.append(seen_marks)
        commas.append(seen_commas)
        last = end
    return Setting(
        words,
        [start for _, start, _ in places],
        [end for _, _, end in places],
        [token[0].isupper() for token, _, _ in places],
        [place for place, word in enumerate(words) if is_verb(word)],
        marks,
        commas,
        lexicon.find(words),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An actor to be described: where the name stands, what it is, and how quotes of the text treat it.

    speaks: it says something; spoken: it stands in direct speech; reported: in indirect speech.
    """

    span: Span
    label: Label | None
    speaks: bool
    spoken: bool
    reported: bool


class Aimer:
    """Describes the actors of a sentence."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._column = {number: place for place, number in enumerate(sorted(lexicon.toned))}

    def describe(self, text: str, targets: Sequence[Target], others: Sequence[Span] = ()) -> list[Aimed]:
        """One Aimed a target; others are further names in the sentence, hidden as the targets are."""
        setting = read_setting(text, self.lexicon)
        ranges = [_range(setting, target.span) for target in targets]
        beside = [_range(setting, span) for span in others]
        named = {place for first, past in [*ranges, *beside] for place in range(first, past)}
        shown = [
            NAME if place in named or (place and setting.capitals[place]) else word
            for place, word in enumerate(setting.words)
        ]
        beside = [one for one in beside if all(one[1] <= first or past <= one[0] for first, past in ranges)]
        scene = _Scene(setting, shown, named, sorted({*ranges, *beside}))
        return [self._aimed(scene, place, target) for place, target in zip(ranges, targets, strict=True)]

    def _aimed(self, scene: "_Scene", place: tuple[int, int], target: Target) -> Aimed:
        first, past = place
        shown = scene.shown
        before, after = shown[max(0, first - REACH) : first][::-1], shown[past : past + REACH]
        hits = [hit for hit in scene.setting.hits if not scene.named.issuperset(range(hit.start, hit.end))]
        verbs = scene.verbs_around(first, past)
        keys = _keys(before, after)
        for side, verb in zip(SIDES, verbs, strict=True):
            keys.append(f"{side} verb {shown[verb] if verb is not None else '-'}")
        keys += self._hit_keys(hits, first, past)
        numbers = [
            *_place_numbers(scene, place, target),
            *_cue_numbers(scene, place),
            *_verb_numbers(scene, place, verbs),
            *self._charge_numbers(scene, hits, place),
        ]
        left, right = (shown[verb] if verb is not None else "" for verb in verbs)
        return Aimed(
            keys,
            numbers,
            [word for word in before if word != NAME],
            [word for word in after if word != NAME],
            (left, right),
        )

    def _hit_keys(self, hits: Sequence[Hit], first: int, past: int) -> list[str]:
        """The nearest toned class on each side, with what turns it and whom it blesses or blames."""
        left = next((hit for hit in reversed(hits) if hit.end <= first and hit.entry.weight), None)
        right = next((hit for hit in hits if hit.start >= past and hit.entry.weight), None)
        return [
            f"{side} hit {self.lexicon.classes[number]} {hit.turned} {hit.entry.frame}"
            for side, hit in zip(SIDES, (left, right), strict=True)
            if hit
            for number in hit.entry.classes
        ]

    def _charge_numbers(self, scene: "_Scene", hits: Sequence[Hit], place: tuple[int, int]) -> list[float]:
        """Charges on each side by class and distance, nearest ones, and the parts that verbs and nouns give."""
        first, past = place
        width = len(self._column)
        classes = [0.0] * (2 * width)
        sums = [0.0] * 8  # good and bad: before near, before, after near, after
        nearest = [0.0] * 4
        parts = [0.0] * (4 * len(PARTS))  # good and bad, within the clause or beyond
        commas = scene.setting.commas
        for hit in hits:
            weight = charge(hit)
            if not weight or (hit.start < past and hit.end > first):
                continue
            right = hit.start >= past
            distance = (hit.start - past if right else first - hit.end) + 1
            bad = int(weight < 0)
            for number in hit.entry.classes:
                if number in self._column:
                    classes[self._column[number] + width * right] += (1 - 1.5 * bool(hit.turned)) / distance**0.5
            sums[4 * right + 2 + bad] += weight
            if distance <= NEAR:
                sums[4 * right + bad] += weight
            if right and not nearest[2]:
                nearest[2:] = [weight, 1 / distance]
            elif not right:
                nearest[:2] = [weight, 1 / distance]
            part = _part(hit.entry.frame, right, scene.prepositions(first))
            if part is not None:
                same = commas[min(hit.start, first)] == commas[max(hit.start, past - 1)]
                between = scene.verbs_between(hit.end, first) if not right else scene.verbs_between(past, hit.start)
                parts[4 * part + 2 * same + bad] += weight / (1 + between)
        return [*classes, *sums, *nearest, *parts]


@dataclass(frozen=True, slots=True)
class _Scene:
    """A setting with its names hidden: shown words, places of names, and where each name stands, in order."""

    setting: Setting
    shown: list[str]
    named: set[int]
    order: list[tuple[int, int]]

    def verbs_around(self, first: int, past: int) -> tuple[int | None, int | None]:
        """The nearest verb before and after."""
        verbs = [verb for verb in self.setting.verbs if self.shown[verb] != NAME]
        return (
            next((verb for verb in reversed(verbs) if verb < first), None),
            next((verb for verb in verbs if verb >= past), None),
        )

    def verbs_between(self, start: int, end: int) -> int:
        return sum(start <= verb < end for verb in self.setting.verbs)

    def prepositions(self, first: int) -> list[str]:
        """The two nearest words before a target that belong to no name."""
        found = (self.shown[place] for place in range(first - 1, max(-1, first - 8), -1))
        return [word for word in found if word != NAME][:2]


def _part(frame: str, right: bool, near: Sequence[str]) -> int | None:
    """Which of PARTS a target plays to a charged word; right: the word stands behind it.

    `menyerang` has its doer on the left, `diserang oleh` on the right; `serangan X` is X's, `serangan ke X` hits X.
    """
    kind, _, whom = frame.partition(" ")
    if whom not in ("agent", "patient"):
        return None
    if kind == "noun":
        if right:
            return None
        does = not _cues()["to"] or not set(near).intersection(_cues()["to"])
        if whom == "patient":
            does = bool(set(near).intersection(_cues()["by"]))
    elif kind == "passive":
        does = not right
    else:
        does = right
    if whom == "agent":
        return PARTS.index("doer" if does else "victim")
    return PARTS.index("blamer" if does else "blamed")


def _range(setting: Setting, span: Span) -> tuple[int, int]:
    """First and past token that a span touches; an empty range where it touches none."""
    first = next((place for place, end in enumerate(setting.ends) if end > span.start), len(setting.words))
    past = first
    while past < len(setting.words) and setting.starts[past] < span.end:
        past += 1
    return first, past


def _keys(before: Sequence[str], after: Sequence[str]) -> list[str]:
    keys = [f"-{place} {word}" for place, word in enumerate(before[:3], 1)]
    keys += [f"+{place} {word}" for place, word in enumerate(after[:3], 1)]
    keys += [f"-b {word}" for word in before] + [f"+b {word}" for word in after]
    keys.append("-2 " + " ".join(before[:2]))
    keys.append("+2 " + " ".join(after[:2]))
    keys.append(f"-+ {before[0] if before else '<'} {after[0] if after else '>'}")
    return keys


def _place_numbers(scene: _Scene, place: tuple[int, int], target: Target) -> list[float]:
    """Where the target stands, among which others, in which speech, and what it is."""
    first, past = place
    setting, order = scene.setting, scene.order
    size = max(len(setting.words), 1)
    rank = order.index(place)
    marks = setting.marks[first] if first < len(setting.marks) else 0
    total = setting.marks[-1] if setting.marks else 0
    return [
        first / size,
        min(first, 20) / 10,
        min(size - past, 20) / 10,
        float(first == 0),
        float(past >= size),
        size / 20,
        float(len(order) == 1),
        min(len(order), 5) / 3,
        float(rank == 0),
        float(rank == len(order) - 1),
        float(first - 1 in scene.named),
        float(past in scene.named),
        float(marks % 2),
        float(total > 0),
        float(total > 0 and marks == total and not marks % 2),
        float(past - first),
        *(float(target.label == each) for each in LABELS),
        float(target.label is None),
        float(target.speaks),
        float(target.spoken),
        float(target.reported),
    ]


def _cue_numbers(scene: _Scene, place: tuple[int, int]) -> list[float]:
    """Words of speech around the target, commas and capitals beside it, and the cues right before it."""
    first, past = place
    setting, shown = scene.setting, scene.shown
    cues = speech()
    left = next((at for at in range(first - 1, -1, -1) if shown[at] != NAME), None)
    right = next((at for at in range(past, len(shown)) if shown[at] != NAME), None)
    word = shown[left] if left is not None else ""
    then = shown[right] if right is not None else ""
    earlier = shown[left - 1] if left else ""
    window, behind = shown[max(0, first - NEAR) : first], shown[past : past + NEAR]
    numbers = [
        word in cues.bare,
        any(each in cues.bare for each in window),
        then in cues.active,
        any(each in cues.active for each in behind),
        word in cues.active,
        word in cues.passive or then in cues.passive,
        "menurut" in window,
        right is not None and past > 0 and setting.commas[right] > setting.commas[past - 1],
        left is not None and first < len(shown) and setting.commas[first] > setting.commas[left],
        first > 0 and first - 1 not in scene.named and setting.capitals[first - 1],
        past < len(shown) and past not in scene.named and setting.capitals[past],
        *(cue in (word, earlier) for cue in _cues()["before"]),
    ]
    return [float(number) for number in numbers]


def _verb_numbers(scene: _Scene, place: tuple[int, int], verbs: tuple[int | None, int | None]) -> list[float]:
    """For the nearest verb on each side its prefix, how near it is, and whether a comma parts it from the target."""
    numbers: list[float] = []
    commas = scene.setting.commas
    for verb, side in zip(verbs, place, strict=True):
        found = VERB.match(scene.shown[verb]) if verb is not None else None
        numbers += [float(found is not None and found.group(1) == each) for each in PREFIXES]
        numbers.append(1 / (1 + abs(verb - side)) if verb is not None else 0.0)
        numbers.append(float(verb is not None and side < len(commas) and commas[verb] == commas[side]))
    return numbers
