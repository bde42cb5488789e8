"""The actors of the annotated sentences, described as the towards model sees them."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from core.model import Document, Language, Source, Span, Tone
from core.tag.entities import tag_mentions
from core.tag.lexicon import tone_lexicon
from core.tag.quotes import tag_quotes
from core.tag.reading import Reading, Stretch
from core.tag.tone_model import Vectors
from core.tag.towards import targets_of
from core.tag.towards_features import Aimed, Aimer
from core.tag.towards_model import POLARITIES, KeyHash, read_inputs

UNSURE_WEIGHT = 0.6
CLASSES = {"negative": 0, "neutral": 1, "positive": 2}  # stance in the data: unfavourable, neutral, favourable


def read_sentence(text: str) -> Reading:
    """A sentence alone, with its names and quotes."""
    document = Document(
        id="sentence",
        source=Source(name="sentence", sha256="", record=0),
        raw_text=text,
        text=text,
        removed=(),
        zones=(),
        language=Language(code="id", confidence=1.0),
    )
    whole = Stretch(span=Span(start=0, end=len(text)), zone="body")
    reading = Reading(document=document, sentences=(whole,))
    reading = replace(reading, mentions=tag_mentions(reading))
    return replace(reading, quotes=tag_quotes(reading))


@dataclass(frozen=True, slots=True, kw_only=True)
class Actors:
    """Annotated actors of train, then of dev; arrays run along them.

    sentence is the number of the row of train, then dev; judged marks those of train that were drawn at random.
    """

    aimed: list[Aimed]
    classes: np.ndarray
    sentence: np.ndarray
    sure: np.ndarray
    groups: np.ndarray
    judged: np.ndarray
    dev: np.ndarray

    @property
    def weights(self) -> np.ndarray:
        return np.where(self.sure, 1.0, UNSURE_WEIGHT).astype(np.float32)


def read_actors(data: Path) -> Actors:
    """All targets that stand in their sentence, at their first place in it."""
    aimer = Aimer(tone_lexicon())
    aimed: list[Aimed] = []
    columns: list[tuple[int, int, bool, str, bool, bool]] = []
    number = 0
    for part in ("train", "dev"):
        for line in (data / "tone" / f"{part}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            text = row["sentence"]
            found = [(text.find(target["text"]), target) for target in row["targets"]]
            spans = [Span(start=at, end=at + len(target["text"])) for at, target in found if at >= 0]
            if spans:
                reading = read_sentence(text)
                aimed += aimer.describe(text, targets_of(reading, spans), [m.span for m in reading.mentions])
                columns += [
                    (CLASSES[target["stance"]], number, not row["unsure"], row["url"] or text,
                     row.get("sample") == "random", part == "dev")
                    for at, target in found if at >= 0
                ]  # fmt: skip
            number += 1
    classes, sentence, sure, groups, random, dev = (np.array(column) for column in zip(*columns, strict=True))
    return Actors(
        aimed=aimed,
        classes=classes,
        sentence=sentence,
        sure=sure,
        groups=groups,
        judged=np.flatnonzero(random & ~dev),
        dev=np.flatnonzero(dev),
    )


def tones(chances: np.ndarray) -> list[Tone]:
    """The tone of each sentence as the tagger would give it."""
    scores = (chances[:, 2] - chances[:, 0]).round(4).tolist()
    return [
        Tone(label=POLARITIES[label], score=score, layer="narrator")
        for label, score in zip(chances.argmax(axis=1).tolist(), scores, strict=True)
    ]


def describe(actors: Actors, sentence_tones: list[Tone], vectors: Vectors) -> tuple[np.ndarray, list[list[int]]]:
    """Inputs of the network and buckets of the linear model, one row an actor."""
    own = [sentence_tones[number] for number in actors.sentence]
    hashed = KeyHash()
    return (
        read_inputs(vectors, actors.aimed, own),
        [hashed.buckets(aimed, tone) for aimed, tone in zip(actors.aimed, own, strict=True)],
    )
