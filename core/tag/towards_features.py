"""A named actor in its sentence as words and numbers, the same in training and in use.

Neither the actor's own name nor any other is among them: who someone is says nothing of how a sentence puts him.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from core.model import Label, Span
from core.resources import load_yaml
from core.tag.lexicon import Hit, Lexicon
from core.tag.remembered import Remembered
from core.tag.tone_features import charge
from core.tag.towards_setting import PREFIXES, RESOURCE, VERB, Setting, read_setting
from core.tag.verbs import speech

LABELS: Final[tuple[Label, ...]] = ("PER", "ORG", "GPE", "LOC", "PRODUCT")
REACH: Final = 8  # words on either side that are listened to as words
NEAR: Final = 6  # words within which a charge is near
MONEY_VIEW: Final = 40  # code points before a name that are looked at for a currency
NAME: Final = "Ø"  # stands for every word of a name
PARTS: Final = ("doer", "victim", "blamed", "blamer")  # blamed stands for blessed too
SIDES: Final = ("before", "after")
BEHIND: Final = 4  # a charged word stands behind the target; smaller numbers are what _before tells


class Aimed(NamedTuple):
    """What is known of one actor.

    keys are words with their place seen from it, before and after the words on either side (nearest first), verbs the
    nearest verb on either side, empty where there is none. classes say how near each toned class of the lexicon is:
    those before by their place among the toned ones, those after by that and the count of these; the rest is 0.
    """

    keys: list[str]
    place_numbers: list[float]
    charge_numbers: list[float]
    classes: dict[int, float]
    before: list[str]
    after: list[str]
    verbs: tuple[str, str]


@cache
def _cues() -> Mapping[str, frozenset[str]]:
    """The word lists of the resource, which says what each is for."""
    data = load_yaml(RESOURCE)
    return {name: frozenset(data[name]["words"]) for name in ("to", "by", "money")}


@cache
def _words_before() -> Mapping[str, int]:
    """The words right before an actor that are a figure each, with the place of the figure."""
    return {word: place for place, word in enumerate(load_yaml(RESOURCE)["before"]["words"])}


def is_money(text: str, span: Span) -> bool:
    """Whether a name only says whose money it is: `dolar AS` speaks of no country."""
    before = text[max(0, span.start - MONEY_VIEW) : span.start].rstrip()
    return bool(before) and before.split()[-1].lower().lstrip('("“') in _cues()["money"]


class Target(NamedTuple):
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

    def describe(
        self, text: str, targets: Sequence[Target], others: Sequence[Span] = (), *, at: int = 0
    ) -> list[Aimed]:
        """One Aimed a target; others are further names in the sentence, hidden as the targets are.

        Spans are places in a longer text that has the sentence at `at`.
        """
        setting = read_setting(text, self.lexicon)
        ranges = [_range(setting, target.span, at) for target in targets]
        own = set(ranges)
        beside = [one for one in (_range(setting, span, at) for span in others) if one not in own]
        named = {place for first, past in (*own, *beside) for place in range(first, past)}
        shown = [
            NAME if place in named or (capital and place) else word
            for place, (word, capital) in enumerate(zip(setting.words, setting.capitals, strict=True))
        ]
        beside = [one for one in beside if all(one[1] <= first or past <= one[0] for first, past in own)]
        scene = _Scene(
            setting,
            shown,
            named,
            sorted({*own, *beside}),
            [verb for verb in setting.verbs if shown[verb] != NAME],
            self._charged(setting.hits, named),
        )
        return [self._aimed(scene, place, target) for place, target in zip(ranges, targets, strict=True)]

    def _charged(self, hits: Sequence[Hit], named: set[int]) -> list["_Charged"]:
        """The hits that carry tone and are no part of a name."""
        return [
            _Charged(
                hit,
                hit.start,
                hit.end,
                charge(hit),
                [self._column[number] for number in hit.entry.classes if number in self._column],
                1 - 1.5 * bool(hit.turned),
                _PARTS_BY_FRAME[hit.entry.frame],
            )
            for hit in hits
            if hit.entry.weight and not named.issuperset(range(hit.start, hit.end))
        ]

    def _aimed(self, scene: "_Scene", place: tuple[int, int], target: Target) -> Aimed:
        first, past = place
        shown = scene.shown
        before, after = shown[max(0, first - REACH) : first][::-1], shown[past : past + REACH]
        verbs = scene.verbs_around(first, past)
        left, right = (shown[verb] if verb is not None else "" for verb in verbs)
        keys = _keys(before, after)
        keys += (f"before verb {left or '-'}", f"after verb {right or '-'}")
        keys += self._hit_keys(scene.charged, first, past)
        charges, classes = self._charge_numbers(scene, place)
        return Aimed(
            keys,
            [*_place_numbers(scene, place, target), *_cue_numbers(scene, place), *_verb_numbers(scene, place, verbs)],
            charges,
            classes,
            [word for word in before if word != NAME],
            [word for word in after if word != NAME],
            (left, right),
        )

    def _hit_keys(self, charged: Sequence["_Charged"], first: int, past: int) -> list[str]:
        """The nearest toned class on each side, with what turns it and whom it blesses or blames."""
        left = next((each.hit for each in reversed(charged) if each.end <= first), None)
        right = next((each.hit for each in charged if each.start >= past), None)
        return [
            f"{side} hit {self.lexicon.classes[number]} {hit.turned} {hit.entry.frame}"
            for side, hit in zip(SIDES, (left, right), strict=True)
            if hit
            for number in hit.entry.classes
        ]

    def _charge_numbers(self, scene: "_Scene", place: tuple[int, int]) -> tuple[list[float], dict[int, float]]:
        """Charges on each side, nearest ones, and the parts that verbs and nouns give; and classes by distance."""
        first, past = place
        width = len(self._column)
        classes: dict[int, float] = {}
        sums = [0.0] * 8  # good and bad: before near, before, after near, after
        nearest = [0.0] * 4
        parts = [0.0] * (4 * len(PARTS))  # good and bad, within the clause or beyond
        commas = scene.setting.commas
        verbs = scene.setting.verbs
        before = _before(scene.prepositions(first)) if scene.charged else 0
        for each in scene.charged:
            start, end, weight = each.start, each.end, each.weight
            if start < past and end > first:
                continue
            right = start >= past
            distance = (start - past if right else first - end) + 1
            bad = int(weight < 0)
            for column in each.columns:
                column += width * right
                classes[column] = classes.get(column, 0.0) + each.factor / distance**0.5
            sums[4 * right + 2 + bad] += weight
            if distance <= NEAR:
                sums[4 * right + bad] += weight
            if right and not nearest[2]:
                nearest[2:] = [weight, 1 / distance]
            elif not right:
                nearest[:2] = [weight, 1 / distance]
            part = each.parts[BEHIND if right else before]
            if part is not None:
                same = commas[min(start, first)] == commas[max(start, past - 1)]
                low, high = (past, start) if right else (end, first)
                between = bisect_left(verbs, high) - bisect_left(verbs, low)
                parts[4 * part + 2 * same + bad] += weight / (1 + between)
        return [*sums, *nearest, *parts], classes


class _Charged(NamedTuple):
    """A hit that carries tone: where it stands, its charge, columns of its classes, what turning leaves of it, parts.

    parts are what a target plays to it, by what _before says of the target, the last where the hit stands behind it.
    """

    hit: Hit
    start: int
    end: int
    weight: float
    columns: list[int]
    factor: float
    parts: tuple[int | None, ...]


class _Scene(NamedTuple):
    """A setting with its names hidden.

    shown are its words, named the places of names, order where each name stands, verbs and charged those outside names.
    """

    setting: Setting
    shown: list[str]
    named: set[int]
    order: list[tuple[int, int]]
    verbs: list[int]
    charged: list[_Charged]

    def verbs_around(self, first: int, past: int) -> tuple[int | None, int | None]:
        """The nearest verb before and after."""
        before, after = bisect_left(self.verbs, first), bisect_left(self.verbs, past)
        return (
            self.verbs[before - 1] if before else None,
            self.verbs[after] if after < len(self.verbs) else None,
        )

    def prepositions(self, first: int) -> list[str]:
        """The two nearest words before a target that belong to no name."""
        return [word for word in self.shown[max(0, first - 7) : first][::-1] if word != NAME][:2]


def _before(near: Sequence[str]) -> int:
    """Which cues are among the nearest words before a target: 1 for one of `to`, 2 for one of `by`, 3 for both."""
    return (not _cues()["to"].isdisjoint(near)) + 2 * (not _cues()["by"].isdisjoint(near))


def _part(frame: str, cues: int) -> int | None:
    """Which of PARTS a target plays to a charged word, by the cues before the target, or BEHIND.

    `menyerang` has its doer on the left, `diserang oleh` on the right; `serangan X` is X's, `serangan ke X` hits X.
    """
    right = cues == BEHIND
    kind, _, whom = frame.partition(" ")
    if whom not in ("agent", "patient"):
        return None
    if kind == "noun":
        if right:
            return None
        does = not cues & 1 if whom == "agent" else bool(cues & 2)
    elif kind == "passive":
        does = not right
    else:
        does = right
    if whom == "agent":
        return PARTS.index("doer" if does else "victim")
    return PARTS.index("blamer" if does else "blamed")


_PARTS_BY_FRAME: Final = Remembered(lambda frame: tuple(_part(frame, cues) for cues in range(BEHIND + 1)))


def _range(setting: Setting, span: Span, at: int) -> tuple[int, int]:
    """First and past token that a span touches; an empty range where it touches none."""
    first = bisect_right(setting.ends, span.start - at)
    return first, max(first, bisect_left(setting.starts, span.end - at))


def _keys(before: Sequence[str], after: Sequence[str]) -> list[str]:
    keys = [f"-{place} {word}" for place, word in enumerate(before[:3], 1)]
    keys += [f"+{place} {word}" for place, word in enumerate(after[:3], 1)]
    keys += [f"-b {word}" for word in before] + [f"+b {word}" for word in after]
    keys.append("-2 " + " ".join(before[:2]))
    keys.append("+2 " + " ".join(after[:2]))
    keys.append(f"-+ {before[0] if before else '<'} {after[0] if after else '>'}")
    return keys


_LABEL_NUMBERS: Final[Mapping[Label | None, tuple[float, ...]]] = {
    label: tuple(float(label == each) for each in (*LABELS, None)) for label in (*LABELS, None)
}


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
        *_LABEL_NUMBERS[target.label],
        float(target.speaks),
        float(target.spoken),
        float(target.reported),
    ]


def _cue_numbers(scene: _Scene, place: tuple[int, int]) -> list[float]:
    """Words of speech around the target, commas and capitals beside it, and the cues right before it."""
    first, past = place
    setting, shown = scene.setting, scene.shown
    cues = speech()
    left, right = first - 1, past
    while left >= 0 and shown[left] == NAME:
        left -= 1
    while right < len(shown) and shown[right] == NAME:
        right += 1
    word = shown[left] if left >= 0 else ""
    then = shown[right] if right < len(shown) else ""
    earlier = shown[left - 1] if left > 0 else ""
    window, behind = shown[max(0, first - NEAR) : first], shown[past : past + NEAR]
    numbers = [
        word in cues.bare,
        not cues.bare.keys().isdisjoint(window),
        then in cues.active,
        not cues.active.keys().isdisjoint(behind),
        word in cues.active,
        word in cues.passive or then in cues.passive,
        "menurut" in window,
        right < len(shown) and past > 0 and setting.commas[right] > setting.commas[past - 1],
        left >= 0 and first < len(shown) and setting.commas[first] > setting.commas[left],
        first > 0 and first - 1 not in scene.named and setting.capitals[first - 1],
        past < len(shown) and past not in scene.named and setting.capitals[past],
    ]
    places = _words_before()
    right_before = [0.0] * len(places)
    for cue in (word, earlier):
        if cue in places:
            right_before[places[cue]] = 1.0
    return [*map(float, numbers), *right_before]


def _prefix_numbers(verb: str) -> tuple[float, ...]:
    found = VERB.match(verb)
    return tuple(float(found is not None and found.group(1) == each) for each in PREFIXES)


_PREFIXES: Final = Remembered(_prefix_numbers)


def _verb_numbers(scene: _Scene, place: tuple[int, int], verbs: tuple[int | None, int | None]) -> list[float]:
    """For the nearest verb on each side its prefix, how near it is, and whether a comma parts it from the target."""
    numbers: list[float] = []
    commas = scene.setting.commas
    for verb, side in zip(verbs, place, strict=True):
        if verb is None:
            numbers += (0.0,) * (len(PREFIXES) + 2)
            continue
        numbers += _PREFIXES[scene.shown[verb]]
        numbers += (1 / (1 + abs(verb - side)), float(side < len(commas) and commas[verb] == commas[side]))
    return numbers
