"""The actors of the annotated sentences, described as the towards model sees them."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from tone_frames import made_sentences
from tone_rows import Rows, sentence_id

from core.model import Span, Tone
from core.tag.entities import tag_mentions
from core.tag.lexicon import tone_lexicon
from core.tag.quotes import tag_quotes
from core.tag.reading import Reading, Stretch, bare
from core.tag.tone_model import Vectors
from core.tag.towards import targets_of
from core.tag.towards_features import Aimed, Aimer, is_money
from core.tag.towards_model import NO_KEY, POLARITIES, KeyHash, read_inputs

TARGET_FILE = Path(__file__).parent / "target_labels.csv"
UNSURE_WEIGHT = 0.6
BESIDE_WEIGHT = 0.2  # of names that the annotators passed over: places, means, mere company; taken for neutral
MADE_WEIGHT = 0.25
MADE_SCORE = 0.8
CLASSES = {"negative": 0, "neutral": 1, "positive": 2}  # stance in the data: unfavourable, neutral, favourable


def read_sentence(text: str) -> Reading:
    """A sentence alone, with its names and quotes."""
    whole = Stretch(span=Span(start=0, end=len(text)), zone="body")
    reading = Reading(document=bare(text), sentences=(whole,))
    reading = replace(reading, mentions=tag_mentions(reading))
    return replace(reading, quotes=tag_quotes(reading))


@dataclass(frozen=True, slots=True, kw_only=True)
class Actors:
    """Annotated actors of train, then of dev, then other names of train, then made ones; arrays run along them.

    sentence is the number of the row of train, then dev, then made; judged lists the actors of train that were drawn
    at random, beside the names that no annotator listed, made the made actors, which have their tones with them.
    """

    aimed: list[Aimed]
    classes: np.ndarray
    sentence: np.ndarray
    sure: np.ndarray
    groups: np.ndarray
    judged: np.ndarray
    dev: np.ndarray
    beside: np.ndarray
    made: np.ndarray
    made_tones: list[Tone]

    @property
    def weights(self) -> np.ndarray:
        weights = np.where(self.sure, 1.0, UNSURE_WEIGHT).astype(np.float32)
        weights[self.beside] = BESIDE_WEIGHT
        weights[self.made] = MADE_WEIGHT
        return weights


def read_actors(data: Path, rows: Rows) -> Actors:
    """All targets that stand in their sentence, at their first place in it; rows are those of the tone model."""
    aimer = Aimer(tone_lexicon())
    aimed: list[Aimed] = []
    beside: list[tuple[Aimed, int, str]] = []
    columns: list[tuple[int, int, bool, str, bool, bool]] = []
    number = 0
    for part in ("train", "dev"):
        for line in (data / "tone" / f"{part}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            text = row["sentence"]
            found = [(text.find(target["text"]), target) for target in row["targets"]]
            spans = [Span(start=at, end=at + len(target["text"])) for at, target in found if at >= 0]
            reading = read_sentence(text)
            if part == "train" and (unlisted := _unlisted(reading, spans)):
                names = [*spans, *(mention.span for mention in reading.mentions)]
                beside += [
                    (each, number, row["url"] or text)
                    for each in aimer.describe(text, targets_of(reading, unlisted), names)
                ]
            if spans:
                aimed += aimer.describe(text, targets_of(reading, spans), [m.span for m in reading.mentions])
                columns += [
                    (CLASSES[target["stance"]], number, not row["unsure"], row["url"] or text,
                     row.get("sample") == "random", part == "dev")
                    for at, target in found if at >= 0
                ]  # fmt: skip
            number += 1
    for place, text, targets in _labelled_here(rows, number):
        reading = read_sentence(text)
        aimed += aimer.describe(text, targets_of(reading, list(targets)), [m.span for m in reading.mentions])
        columns += [(CLASSES[stance], place, False, rows.groups[place], False, False) for stance in targets.values()]
    number = len(rows.texts)
    annotated = len(columns)
    aimed += [each for each, _, _ in beside]
    columns += [(1, number_of, True, group, False, False) for _, number_of, group in beside]
    first_made = len(columns)
    made_tones: list[Tone] = []
    for made in made_sentences():
        aimed += aimer.describe(made.text, made.targets)
        side = 2 if made.weight > 0 else 0
        columns += [(side if place in made.put else 1, number, True, made.text, False, False)
                    for place in range(len(made.targets))]  # fmt: skip
        made_tones.append(Tone(label=POLARITIES[side], score=MADE_SCORE * (side - 1), layer="narrator"))
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
        beside=np.arange(annotated, first_made),
        made=np.arange(first_made, len(columns)),
        made_tones=made_tones,
    )


def _labelled_here(rows: Rows, first: int) -> Iterator[tuple[int, str, dict[Span, str]]]:
    """Number, text and targets with stances of the sentences labelled for this project; they stand from first on."""
    found: dict[str, dict[Span, str]] = {}
    with TARGET_FILE.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["id"], {})[Span(start=int(row["start"]), end=int(row["end"]))] = row["stance"]
    for place in range(first, len(rows.texts)):
        text = rows.texts[place]
        if targets := found.get(sentence_id(text)):
            yield place, text, targets


def _unlisted(reading: Reading, spans: list[Span]) -> list[Span]:
    """Names found in the sentence that are no annotated target, nor another mention of one."""
    listed = {mention.entity.id for mention in reading.mentions if any(_meet(mention.span, span) for span in spans)}
    texts = {span.of(reading.text) for span in spans}
    return [
        mention.span
        for mention in reading.mentions
        if mention.entity.id not in listed
        and mention.span.of(reading.text) not in texts
        and not is_money(reading.text, mention.span)
    ]


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def tones(chances: np.ndarray) -> list[Tone]:
    """The tone of each sentence as the tagger would give it."""
    scores = (chances[:, 2] - chances[:, 0]).round(4).tolist()
    return [
        Tone(label=POLARITIES[label], score=score, layer="narrator")
        for label, score in zip(chances.argmax(axis=1).tolist(), scores, strict=True)
    ]


def describe(actors: Actors, sentence_tones: list[Tone], vectors: Vectors) -> tuple[np.ndarray, list[list[int]]]:
    """Inputs of the network and buckets of the linear model, one row an actor."""
    known = [*sentence_tones, *actors.made_tones]
    own = [known[number] for number in actors.sentence]
    buckets = KeyHash().buckets(actors.aimed, own).tolist()
    return read_inputs(vectors, actors.aimed, own), [[one for one in row if one != NO_KEY] for row in buckets]
