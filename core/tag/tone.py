"""Tone of sentences and articles: how the reporting rates what it tells, and whose tone it is.

A linear model over hashed words, word pairs and letter runs gives each sentence three calibrated
probabilities; the score is P(positive) - P(negative). How it was trained, on what and how well it does
stands in core/resources/models/tone-card.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from core.model import ArticleTone, Layer, Polarity, Quote, Sentence, Span, Tone
from core.tag.reading import Reading
from core.tag.tone_features import token_places
from core.tag.tone_model import ToneModel, load_model

LABELS: Final[tuple[Polarity, ...]] = ("negative", "neutral", "positive")
RATED_LANGUAGES: Final = ("id", "ms", "und")  # the model knows no other; `und` is too little text to tell
ARTICLE_THRESHOLD: Final = 0.15  # a mean score beyond it, either way, names the article's label
INDIRECT_SHARE: Final = 0.25  # an indirect quote seldom fills its sentence: cue and speaker stand in it too


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """A word that moved a sentence. weight is in natural-log odds of positive against negative."""

    span: Span
    text: str
    weight: float
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a sentence got its tone: probabilities in the order of LABELS, movers by falling |weight|.

    Spans are code points of the sentence that was asked about.
    """

    label: Polarity
    score: float
    probabilities: tuple[float, float, float]
    movers: tuple[Mover, ...]


@cache
def _model() -> ToneModel:
    return load_model()


def rate_sentences(reading: Reading) -> tuple[Sentence, ...]:
    """Each sentence with its tone. All are neutral with score 0 where the document is in another language."""
    texts = [stretch.span.of(reading.text) for stretch in reading.sentences]
    if reading.document.language.code in RATED_LANGUAGES:
        rated = _model().rate(texts)
    else:
        rated = [(LABELS.index("neutral"), 0.0)] * len(texts)
    return tuple(
        Sentence(
            span=stretch.span,
            zone=stretch.zone,
            tone=Tone(label=LABELS[label], score=score, layer=_layer(reading.text, stretch.span, reading.quotes)),
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

    A layer without sentences is None. The label is negative at a mean of -ARTICLE_THRESHOLD or less,
    positive at ARTICLE_THRESHOLD or more, else neutral. Titles and subheads do not count: they repeat.
    """
    body = [sentence.tone for sentence in sentences if sentence.zone == "body"]
    score = _mean([tone.score for tone in body]) or 0.0
    return ArticleTone(
        label="negative" if score <= -ARTICLE_THRESHOLD else "positive" if score >= ARTICLE_THRESHOLD else "neutral",
        score=score,
        narrator=_mean([tone.score for tone in body if tone.layer == "narrator"]),
        quoted=_mean([tone.score for tone in body if tone.layer == "quoted"]),
    )


def _mean(scores: Sequence[float]) -> float | None:
    return round(sum(scores) / len(scores), 4) if scores else None


def explain(sentence: str) -> Explanation:
    """The words that moved one sentence, strongest first; their weights and the bias make up its log odds."""
    model = _model()
    places = token_places(sentence)
    words = [word for word, _, _ in places]
    weights = [0.0] * len(words)
    singles, pairs = model.contributions(words)
    for place, weight in enumerate(singles):
        weights[place] += weight
    for (first, second), weight in zip(pairwise(range(len(words))), pairs, strict=True):
        weights[first] += weight / 2
        weights[second] += weight / 2
    movers = [
        Mover(span=Span(start=start, end=end), text=sentence[start:end], weight=round(weight, 4), rule="model")
        for (_, start, end), weight in zip(places, weights, strict=True)
    ]
    negative, neutral, positive = (float(chance) for chance in model.probabilities([sentence])[0])
    label, score = model.rate([sentence])[0]
    return Explanation(
        label=LABELS[label],
        score=score,
        probabilities=(negative, neutral, positive),
        movers=tuple(sorted(movers, key=lambda mover: (-abs(mover.weight), mover.span.start))),
    )
