"""Tone of sentences and articles: how the reporting rates what it tells, and whose tone it is.

Each sentence gets three calibrated chances; the score is P(positive) - P(negative). How the model was trained, on
what and how well it does stands in core/resources/models/tone-card.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from core.model import TONED_FROM, ArticleTone, Layer, Polarity, Quote, Sentence, Span, Tone
from core.tag.lexicon import Hit
from core.tag.reading import Reading
from core.tag.tone_features import plain, token_places
from core.tag.tone_model import ToneModel, load_model

LABELS: Final[tuple[Polarity, ...]] = ("negative", "neutral", "positive")
RATED_LANGUAGES: Final = ("id", "ms", "und")  # the model knows no other; `und` is too little text to tell
LEAST_WEIGHT: Final = 0.02  # log odds; less is the wobble of rounding and of neighbouring figures
HIDDEN: Final = "ø"  # stands for a hidden word: a letter that no table knows
TOPIC: Final = "topic"
INDIRECT_SHARE: Final = 0.25  # an indirect quote seldom fills its sentence: cue and speaker stand in it too


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """A word or phrase that moved a sentence.

    weight is in natural-log odds of positive against negative. rule is `word`, or the lexicon's classes of the
    word, with `negated` or `undone` behind them where something before it turns it.
    """

    span: Span
    text: str
    weight: float
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a sentence got its tone: probabilities in the order of LABELS, movers by falling size of weight.

    Spans are code points of the sentence that was asked about.
    """

    label: Polarity
    score: float
    probabilities: tuple[float, float, float]
    movers: tuple[Mover, ...]


@cache
def tone_model() -> ToneModel:
    """The shipped model, read once a process."""
    return load_model()


def rate_sentences(reading: Reading) -> tuple[Sentence, ...]:
    """Each sentence with its tone. All are neutral with score 0 where the document is in another language."""
    text = reading.text
    texts = [stretch.span.of(text) for stretch in reading.sentences]
    if reading.document.language.code in RATED_LANGUAGES:
        model = tone_model()
        model.tidy()
        rated = model.rate(texts)
    else:
        rated = [(LABELS.index("neutral"), 0.0)] * len(texts)
    return tuple(
        Sentence(
            span=stretch.span,
            zone=stretch.zone,
            tone=Tone(label=LABELS[label], score=score, layer=_layer(text, stretch.span, reading.quotes)),
        )
        for stretch, (label, score) in zip(reading.sentences, rated, strict=True)
    )


def _layer(text: str, span: Span, quotes: Sequence[Quote]) -> Layer:
    """Quoted where most of the sentence's letters are quoted, or a fair share of them indirectly."""
    spoken = indirect = 0
    for quote in quotes:
        start, end = max(span.start, quote.content.start), min(span.end, quote.content.end)
        if start < end:
            letters = _letters(text[start:end])
            spoken += letters
            indirect += letters if quote.kind == "indirect" else 0
    if not spoken:
        return "narrator"
    letters = _letters(span.of(text))
    return "quoted" if spoken * 2 > letters or indirect > INDIRECT_SHARE * letters else "narrator"


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def rate_article(sentences: Sequence[Sentence]) -> ArticleTone:
    """Mean score over the body's sentences, and over its narrator's and quoted ones apart.

    A layer without sentences is None. The label is negative at a mean of -TONED_FROM or less,
    positive at TONED_FROM or more, else neutral. Titles and subheads do not count: they repeat.
    """
    body = [sentence.tone for sentence in sentences if sentence.zone == "body"]
    score = _mean([tone.score for tone in body]) or 0.0
    return ArticleTone(
        label="negative" if score <= -TONED_FROM else "positive" if score >= TONED_FROM else "neutral",
        score=score,
        narrator=_mean([tone.score for tone in body if tone.layer == "narrator"]),
        quoted=_mean([tone.score for tone in body if tone.layer == "quoted"]),
    )


def _mean(scores: Sequence[float]) -> float | None:
    return round(sum(scores) / len(scores), 4) if scores else None


def explain(sentence: str) -> Explanation:
    """What moved one sentence: for each word or phrase, how far its log odds fall when it is hidden.

    A hidden word keeps its place and its capital, so that only what it says is gone. Weights of two words that only
    work together (tidak, setuju) do not add up. Topic words and those that move less than LEAST_WEIGHT are not
    listed, nor is anything in a sentence that is not rated.
    """
    model = tone_model()
    whole = model.describer.describe(sentence)
    places = token_places(sentence)
    words = [token for token, _, _ in places]
    hits = {hit.start: hit for hit in model.describer.lexicon.find([plain(token) for token in words])}
    units: list[tuple[int, int, str]] = []
    while (place := units[-1][1] if units else 0) < len(words):
        hit = hits.get(place)
        units.append((place, hit.end, _rule(model, hit)) if hit else (place, place + 1, "word"))
    without = [model.describer.describe(sentence, _hidden(words, start, end)) for start, end, _ in units]
    odds = model.logits([whole, *without])[:, [2, 0]] @ (1.0, -1.0)
    weights = (odds[0] - odds[1:]).round(4).tolist() if whole.rateable else []
    movers = [
        Mover(
            span=(span := Span(start=places[start][1], end=places[end - 1][2])),
            text=span.of(sentence),
            weight=weight,
            rule=rule,
        )
        for (start, end, rule), weight in zip(units, weights, strict=False)
        if abs(weight) >= LEAST_WEIGHT and TOPIC not in rule.split(", ")
    ]
    chances = model.chances([whole])[0]
    negative, neutral, positive = (float(chance) for chance in chances)
    return Explanation(
        label=LABELS[int(chances.argmax())],
        score=round(float(chances[2] - chances[0]), 4),
        probabilities=(negative, neutral, positive),
        movers=tuple(sorted(movers, key=lambda mover: (-abs(mover.weight), mover.span.start))),
    )


def _hidden(words: list[str], start: int, end: int) -> list[str]:
    masks = [HIDDEN.upper() if word[0].isupper() else HIDDEN for word in words[start:end]]
    return words[:start] + masks + words[end:]


def _rule(model: ToneModel, hit: Hit) -> str:
    """Classes of the lexicon that a hit belongs to, and what turns it: `attack`, `agree, negated`."""
    names = [model.describer.lexicon.classes[number] for number in hit.entry.classes]
    return ", ".join([*names, *([hit.turned] if hit.turned and hit.entry.weight else [])])
