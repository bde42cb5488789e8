"""How a sentence puts those it names: favourably, unfavourably or neither, with a probability and the reasons.

The tone of a sentence is given; this module says whom it falls on. A victim is neutral, and so is who only speaks
or blames. How the model was trained, on what and how well it does stands in core/resources/models/tone-towards-card.md.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from core.model import Favour, Label, Mention, Quote, Sentence, Span, Tone, Towards
from core.tag.reading import Reading
from core.tag.tone import HIDDEN, LABELS, LEAST_WEIGHT, RATED_LANGUAGES, Mover, tone_model
from core.tag.tone_features import token_places
from core.tag.tone_model import Floats
from core.tag.towards_features import Aimed, Target, is_money
from core.tag.towards_model import TowardsModel, load_towards

FAVOURS: Final[tuple[Favour, ...]] = ("unfavourable", "neutral", "favourable")
Place = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TowardsExplanation:
    """Why a sentence puts an actor so: probabilities in the order of FAVOURS, movers by falling size of weight.

    A mover's weight is in natural-log odds of favourable against unfavourable.
    """

    towards: Towards
    probabilities: tuple[float, float, float]
    movers: tuple[Mover, ...]


@cache
def _model() -> TowardsModel:
    return load_towards()


def tag_towards(reading: Reading, sentences: Sequence[Sentence]) -> tuple[Mention, ...]:
    """The mentions with how their sentences put them.

    None outside sentences, in unrated languages, and for a country that only names its money.
    """
    if reading.document.language.code not in RATED_LANGUAGES:
        return reading.mentions
    text = reading.text
    groups = [
        (sentence, [number for number in numbers if not is_money(text, reading.mentions[number].span)])
        for sentence, numbers in _by_sentence(reading.mentions, sentences)
    ]
    targets = [_targets_within(reading, sentence.span, numbers) for sentence, numbers in groups]
    rated = _rate(reading, [sentence for sentence, _ in groups], targets)
    order = [number for _, numbers in groups for number in numbers]
    found = {number: towards for number, (towards, _) in zip(order, rated, strict=True)}
    return tuple(
        mention.put(found[number]) if number in found else mention for number, mention in enumerate(reading.mentions)
    )


def rate_targets(
    reading: Reading, sentence: Sentence, targets: Sequence[Target]
) -> list[tuple[Towards, tuple[float, float, float]]]:
    """How one sentence puts the targets in it, with the three chances in the order of FAVOURS."""
    return _rate(reading, [sentence], [targets])


def _rate(
    reading: Reading, sentences: Sequence[Sentence], targets: Sequence[Sequence[Target]]
) -> list[tuple[Towards, tuple[float, float, float]]]:
    """All targets of all sentences at once, in their order."""
    model = _model()
    aimed: list[Aimed] = []
    tones: list[Tone] = []
    text = reading.text
    names = [mention.span for mention in reading.mentions]
    starts = [span.start for span in names]
    for sentence, here in zip(sentences, targets, strict=True):
        start, end = sentence.span.start, sentence.span.end
        beside = names[bisect_left(starts, start) : bisect_left(starts, end)]
        aimed += model.aimer.describe(text[start:end], here, beside, at=start)
        tones += [sentence.tone] * len(here)
    if not aimed:
        return []
    return _told(model.chances(tone_model().vectors, aimed, tones), model.lean)


def _by_sentence(mentions: Sequence[Mention], sentences: Sequence[Sentence]) -> list[tuple[Sentence, list[int]]]:
    """Sentences that name someone, with the numbers of their mentions; both come in the order of the text."""
    found: list[tuple[Sentence, list[int]]] = []
    number = 0
    for sentence in sentences:
        while number < len(mentions) and mentions[number].span.start < sentence.span.start:
            number += 1
        first = number
        while number < len(mentions) and mentions[number].span.start < sentence.span.end:
            number += 1
        if first < number:
            found.append((sentence, list(range(first, number))))
    return found


def _targets_within(reading: Reading, span: Span, numbers: Sequence[int]) -> list[Target]:
    """The numbered mentions of one sentence as targets; only its own quotes are compared."""
    quotes = [
        quote
        for quote in reading.quotes
        if _meet(quote.content, span) or (quote.speaker_span is not None and _meet(quote.speaker_span, span))
    ]
    return [_target(reading.mentions[number].span, reading.mentions[number].label, quotes) for number in numbers]


def targets_of(reading: Reading, spans: Sequence[Span]) -> list[Target]:
    """Stretches of the reading's text as targets: what is named there, and how the quotes treat it."""
    labels = [[mention.label for mention in reading.mentions if _meet(mention.span, span)] for span in spans]
    return [_target(span, here[-1] if here else None, reading.quotes) for span, here in zip(spans, labels, strict=True)]


def _target(span: Span, label: Label | None, quotes: Sequence[Quote]) -> Target:
    if not quotes:
        return Target(span=span, label=label, speaks=False, spoken=False, reported=False)
    within = [quote.kind for quote in quotes if _meet(quote.content, span)]
    return Target(
        span=span,
        label=label,
        speaks=any(quote.speaker_span is not None and _meet(quote.speaker_span, span) for quote in quotes),
        spoken=any(kind != "indirect" for kind in within),
        reported="indirect" in within,
    )


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _told(chances: Floats, lean: Floats) -> list[tuple[Towards, tuple[float, float, float]]]:
    """The labels lean towards what is rarer, as macro-F1 asks for; scores and chances stay honest."""
    labels = (np.log(np.maximum(chances, 1e-9)) + lean).argmax(axis=1).tolist()
    scores = (chances[:, 2] - chances[:, 0]).tolist()
    return [
        (Towards(label=FAVOURS[label], score=round(score, 4), chance=round(row[label], 4)), (row[0], row[1], row[2]))
        for label, score, row in zip(labels, scores, chances.tolist(), strict=True)
    ]


def explain_towards(sentence: str, targets: Sequence[Target]) -> tuple[TowardsExplanation, ...]:
    """Why one sentence puts each of its targets as it does: how far its odds fall when a word is hidden.

    Target spans are places in the sentence, as movers' are. Names move nothing.
    """
    if not targets:
        return ()
    model, rater = _model(), tone_model()
    places = [
        (start, end)
        for _, start, end in token_places(sentence)
        if not any(_meet(Span(start=start, end=end), target.span) for target in targets)
    ]
    texts = [sentence, *(_without(sentence, place) for place in places)]
    aimed = [each for text in texts for each in model.aimer.describe(text, targets)]
    tones = [
        Tone(label=LABELS[label], score=score, layer="narrator") for label, score in rater.rate(texts) for _ in targets
    ]
    chances = model.chances(rater.vectors, aimed, tones).reshape(len(texts), len(targets), 3)
    odds = np.log(np.maximum(chances, 1e-9)) @ np.array((-1.0, 0.0, 1.0))
    return tuple(
        TowardsExplanation(
            towards=towards,
            probabilities=probabilities,
            movers=_movers(sentence, places, (odds[0, number] - odds[1:, number]).round(4).tolist()),
        )
        for number, (towards, probabilities) in enumerate(_told(chances[0], model.lean))
    )


def _without(sentence: str, place: Place) -> str:
    """The sentence with one word replaced by as many letters that mean nothing."""
    start, end = place
    mask = HIDDEN * (end - start)
    return sentence[:start] + (mask.capitalize() if sentence[start].isupper() else mask) + sentence[end:]


def _movers(sentence: str, places: Sequence[Place], weights: Sequence[float]) -> tuple[Mover, ...]:
    found = [
        Mover(span=Span(start=start, end=end), text=sentence[start:end], weight=weight, rule="word")
        for (start, end), weight in zip(places, weights, strict=True)
        if abs(weight) >= LEAST_WEIGHT
    ]
    return tuple(sorted(found, key=lambda mover: (-abs(mover.weight), mover.span.start)))
